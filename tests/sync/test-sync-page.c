/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "linli-wire-page.h"

/* Which page to fetch while this one is written, as reading all of it would say. */
static void
test_find_next (void)
{
  static const struct { const char *next; gboolean more; } ends[] = { { "f1:17:epoch", TRUE }, { "f1:17:epoch", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      GString *text = g_string_new (NULL);
      g_autoptr(GBytes) message = NULL;
      g_autoptr(GBytes) torn = NULL;
      g_autoptr(LinliWirePage) page = NULL;
      g_autofree char *next = NULL;

      linli_wire_page_begin (text, "epoch", "start", 1, NULL);
      linli_wire_page_row (text, "cases", "01900000-0000-7000-8000-000000000001", 17,
                           "{\"id\":\"01900000-0000-7000-8000-000000000001\",\"title\":\"\\\"next\\\":\"}");
      linli_wire_page_end (text, ends[i].next, 17, ends[i].more, 40, 1000, 0);
      message = g_string_free_to_bytes (text);
      page = linli_wire_page_parse (message, NULL);
      next = linli_wire_page_find_next (message);
      g_assert_nonnull (page);
      g_assert_cmpstr (next, ==, page->more ? page->next : NULL);
      torn = g_bytes_new_from_bytes (message, 0, g_bytes_get_size (message) - 3);
      g_assert_null (linli_wire_page_find_next (torn));
    }
}

static void
test_no_page (void)
{
  static const char *const texts[] = { "", "\n", "x\n", "\n\n", "{\"more\":true}\n", "[]\n", "<html>\n", "{\"next\":1,\"more\":true}\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GBytes) message = g_bytes_new_static (texts[i], strlen (texts[i]));

      g_assert_null (linli_wire_page_find_next (message));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/find-next", test_find_next);
  g_test_add_func ("/page/no-page", test_no_page);
  return g_test_run ();
}
