/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON that is read without json-glib's parser is read as that does. */

#include "linli-json-read.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = size > 0 ? (const char *) data : "";
  g_autoptr(JsonNode) ours = g_utf8_validate (text, (gssize) size, NULL) ? linli_json_read (text, size) : NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *read = NULL;
  g_autofree char *wanted = NULL;

  if (ours == NULL)
    return 0;
  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
  g_assert_true (json_node_equal (ours, json_parser_get_root (parser)));
  read = json_to_string (ours, FALSE); /* the order of members too */
  wanted = json_to_string (json_parser_get_root (parser), FALSE);
  g_assert_cmpstr (read, ==, wanted);

  return 0;
}
