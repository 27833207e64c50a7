/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions about deadlines, made of anything. */

#include "linli-deadline.h"
#include "linli-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(JsonObject) in = linli_json_parse_object ((const char *) data, (gssize) size, NULL);
  g_autoptr(JsonObject) out = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (in == NULL)
    return 0;

  out = linli_deadline_run_json (in, NULL, &error);
  g_assert_true ((out == NULL) == (error != NULL));
  if (out != NULL)
    text = linli_json_object_to_text (out);

  return 0;
}
