/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was learned, as read back from a file made of anything. The sum that
 * guards it is put right, or nothing behind it would ever be reached. */

#include "linli-text-model.h"

#define MARK "linlimd1"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
read_back (GBytes *bytes)
{
  g_autofree char *basis = NULL;
  g_autoptr(LinliTextModel) model = linli_text_model_from_bytes (bytes, &basis, NULL);
  g_autoptr(GPtrArray) guesses = NULL;

  if (model == NULL)
    return;
  guesses = linli_text_model_rank (model, "小区门口井盖松动 A3", 3);
  g_assert_cmpuint (guesses->len, <=, 3);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GByteArray) whole = g_byte_array_new ();
  g_autoptr(GBytes) raw = g_bytes_new (data, size);
  g_autoptr(GBytes) guarded = NULL;
  guint8 sum[32];
  gsize length = sizeof sum;

  read_back (raw);
  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, sum, &length);
  g_byte_array_append (whole, (const guint8 *) MARK, sizeof MARK - 1);
  g_byte_array_append (whole, sum, sizeof sum);
  g_byte_array_append (whole, data, (guint) size);
  guarded = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  read_back (guarded);

  return 0;
}
