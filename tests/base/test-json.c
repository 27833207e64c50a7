/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-json-read.h"

#include <string.h>

static void
test_refuse (void)
{
  static const char *bad[] = { "", "{", "[1,2", "{\"a\":\"\xff\"}", "nonsense", "[1]", "{}{}", "{\"a\":1}\n[2]", "{} x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (linli_json_parse_object (bad[i], -1, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == LINLI_JSON_ERROR);
    }
}

static void
test_depth (void)
{
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (linli_json_parse (deep->str, (gssize) deep->len, &error));
  g_assert_error (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_TOO_DEEP);
}

static void
test_members (void)
{
  g_autoptr(JsonObject) object = linli_json_parse_object ("{\"t\":\"井盖\",\"n\":7,\"z\":null,\"b\":true,\"a\":[]}", -1, NULL);
  gint64 n = 0;

  g_assert_cmpstr (linli_json_get_text (object, "t"), ==, "井盖");
  g_assert_null (linli_json_get_text (object, "n"));
  g_assert_null (linli_json_get_text (object, "z"));
  g_assert_null (linli_json_get_text (object, "absent"));
  g_assert_true (linli_json_get_int (object, "n", &n));
  g_assert_cmpint (n, ==, 7);
  g_assert_false (linli_json_get_int (object, "t", &n));
  g_assert_true (linli_json_get_bool (object, "b"));
  g_assert_nonnull (linli_json_get_array (object, "a"));
}

static void
test_append (void)
{
  g_autoptr(GString) out = g_string_new (NULL);

  linli_json_append_text (out, "a\"\\\n\x01井");
  g_assert_cmpstr (out->str, ==, "\"a\\\"\\\\\\n\\u0001井\"");
}

/* Our own writer says what json-glib's parser understands as the same. */
static void
test_write (void)
{
  static const char *const texts[] = {
    "{}", "{\"a\":[]}", "{\"b\":{\"z\":null,\"a\":true,\"c\":false},\"a\":-9223372036854775808}",
    "{\"t\":\"井盖\\\"\\\\/\\n\\t\\r\\u0001\\u007f𠮷\",\"\":[1,[2,[\"x\"]],{}]}", "{\"x\":1.5,\"y\":[0.25]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonObject) object = linli_json_parse_object (texts[i], -1, NULL);
      g_autoptr(JsonObject) again = NULL;
      g_autofree char *text = linli_json_object_to_text (object);
      g_autoptr(JsonNode) a = json_node_new (JSON_NODE_OBJECT);
      g_autoptr(JsonNode) b = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *theirs = NULL;

      again = linli_json_parse_object (text, -1, NULL);
      g_assert_nonnull (again);
      json_node_set_object (a, object);
      json_node_set_object (b, again);
      g_assert_true (json_node_equal (a, b));
      theirs = json_to_string (a, FALSE);
      g_assert_cmpstr (text, ==, theirs);
    }
}

/* What is read without json-glib's parser is read as that does. */
static void
test_read (void)
{
  static const struct { const char *text; gboolean plain; } texts[] = {
    { "{}", TRUE }, { " [ ] \n", TRUE }, { "{\"a\":1,\"a\":[2,-3]}", TRUE }, { "[0,-1,999999999999999999]", TRUE },
    { "{\"t\":\"井盖\\\"\\\\\\/\\n\\t\\r\\u0001\\u007f\\u4e95𠮷 and more than eight bytes\",\"\":[1,[2,[\"x\"]],{}]}", TRUE },
    { "{\"a\" : true , \"b\":false,\"c\":null}", TRUE }, { "[[[[]]],[\"\",\"1234567\",\"12345678\",\"123456789\"]]", TRUE },
    { "[1.5]", FALSE }, { "[9223372036854775807]", FALSE }, { "[1e3]", FALSE }, { "[\"\\ud842\\udfb7\"]", FALSE },
    { "[\"\\b\\f\"]", FALSE }, { "7", FALSE }, { "\"a\"", FALSE }, { "[\"a\nb\"]", FALSE },
    { "[01]", FALSE }, { "[-0]", FALSE }, { "[1,]", FALSE }, { "{\"a\"}", FALSE }, { "{a:1}", FALSE }, { "[truely]", FALSE },
    { "[\"a", FALSE }, { "[\"\\", FALSE }, { "[\"\\u00", FALSE }, { "[\"\\u0000\"]", FALSE }, { "[1", FALSE }, { "[1]]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) ours = linli_json_read (texts[i].text, strlen (texts[i].text));
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(JsonNode) whole = linli_json_parse (texts[i].text, -1, NULL);

      g_test_message ("%s", texts[i].text);
      g_assert_cmpint (ours != NULL, ==, texts[i].plain);
      if (ours == NULL)
        continue;
      g_assert_true (json_parser_load_from_data (parser, texts[i].text, -1, NULL));
      g_assert_true (json_node_equal (ours, json_parser_get_root (parser)));
      g_assert_true (json_node_equal (ours, whole));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/refuse", test_refuse);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/append", test_append);
  g_test_add_func ("/json/write", test_write);
  g_test_add_func ("/json/read", test_read);
  return g_test_run ();
}
