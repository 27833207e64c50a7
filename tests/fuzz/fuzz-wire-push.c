/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub reads from a desk, and a desk from a hub. */

#include "linli-wire-push.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(LinliWirePush) push = linli_wire_push_parse (bytes, NULL);
  g_autoptr(LinliWirePushReply) reply = linli_wire_push_reply_parse (bytes, NULL);

  if (push != NULL)
    {
      g_assert_true (push->seq >= 1);
      for (guint i = 0; i < push->lines->len; i++)
        {
          const LinliWireLine *line = &g_array_index (push->lines, LinliWireLine, i);

          g_assert_true (line->text >= (const char *) g_bytes_get_data (bytes, NULL));
          g_assert_true (line->text + line->length < (const char *) g_bytes_get_data (bytes, NULL) + size);
        }
    }
  for (guint i = 0; reply != NULL && i < reply->results->len; i++)
    {
      const LinliWireResult *result = reply->results->pdata[i];
      g_autoptr(GString) text = g_string_new (NULL);

      g_assert_true (result->from_rev <= result->rev);
      linli_wire_result_append (result, text);
    }

  return 0;
}
