/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line that lets a desk in, as scanners type it and as others may. */

#include <glib.h>

#include "linli-wire-link.h"

static void
test_there_and_back (void)
{
  static const char *const pairs[][2] = {
    { "https://hub.example.cn", "ABCDE-FGHJK" },
    { "http://10.0.0.7:8700", "A" },
    { "https://邻里.example/路?a=1&code=X", "50% & =?#" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *link = linli_wire_link_make (pairs[i][0], pairs[i][1]);
      g_autofree char *typed = g_strconcat (" ", link, "\r\n", NULL);
      g_autofree char *url = NULL;
      g_autofree char *code = NULL;

      g_assert_true (linli_wire_link_parse (typed, &url, &code));
      g_assert_cmpstr (url, ==, pairs[i][0]);
      g_assert_cmpstr (code, ==, pairs[i][1]);
    }
}

/* Half typed, of another kind, or meant ill: nothing is taken from it. */
static void
test_anything_else_is_left (void)
{
  static const char *const texts[] = {
    "", " ", "linli://join?", "linli://join?&v=1", "linli://join?hub=a&code=b", "linli://join?hub=a&code=b&v=2",
    "linli://join?hub=&code=b&v=1", "linli://join?hub=a&code=&v=1", "linli://join?hub=a&v=1", "linli://join?code=b&v=1",
    "linli://leave?hub=a&code=b&v=1", "https://hub.example.cn", "x linli://join?hub=a&code=b&v=1",
    "linli://join?hub=a%00b&code=b&v=1", "linli://join?hub=a&code=%ff%fe&v=1", "linli://join?hub=%&code=b&v=1",
    "linli://join?hub=%zz&code=b&v=1", "linli://join?hub&code=b&v=1", "linli://join?v=1&v=1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *url = NULL;
      char *code = NULL;

      if (linli_wire_link_parse (texts[i], &url, &code))
        g_error ("“%s” was taken for a link: %s, %s", texts[i], url, code);
      g_assert_null (url);
      g_assert_null (code);
    }
}

/* Whatever is typed, one character after the other, it is whole only at its end. */
static void
test_whole_only_at_its_end (void)
{
  g_autofree char *link = linli_wire_link_make ("https://hub.example.cn", "ABCDE&v=1");

  for (gsize n = 0; link[n] != '\0'; n++)
    {
      g_autofree char *half = g_strndup (link, n);
      char *url = NULL;
      char *code = NULL;

      g_assert_false (linli_wire_link_parse (half, &url, &code));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/there-and-back", test_there_and_back);
  g_test_add_func ("/link/anything-else-is-left", test_anything_else_is_left);
  g_test_add_func ("/link/whole-only-at-its-end", test_whole_only_at_its_end);
  return g_test_run ();
}
