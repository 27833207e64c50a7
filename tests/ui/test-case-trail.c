/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "linli-case-trail.h"

/* What is done, letter by letter, and the case that each step leads to:
 * a capital is looked at, < and > are steps, a small letter is only passed by. */
static void
test_steps (void)
{
  static const struct { const char *done, *shown; } walks[] = {
    { "<", "-" },
    { "A<", "-" },
    { "AB<", "A" },
    { "ABC<<", "BA" },
    { "ABC<<<", "BA-" },
    { "ABC<<>>", "BABC" },
    { "ABC<<>>>", "BABC-" },
    { "ABC<<D<", "BAA" },     /* what lay ahead is given up */
    { "ABC<B<", "BA" },       /* looking at where one stepped to changes nothing */
    { "ABc<", "B" },          /* passed by: back is the one looked at */
    { "AA<", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_autoptr(LinliCaseTrail) trail = linli_case_trail_new ();
      g_autoptr(GString) shown = g_string_new (NULL);
      char now[2] = { 0 };

      for (const char *p = walks[i].done; *p != '\0'; p++)
        if (*p == '<' || *p == '>')
          {
            const char *id = linli_case_trail_step (trail, now, *p == '<');

            g_string_append (shown, id != NULL ? id : "-");
            if (id != NULL)
              now[0] = id[0];
          }
        else
          {
            now[0] = *p;
            if (g_ascii_isupper (*p))
              linli_case_trail_see (trail, now, "title", "number");
          }
      g_assert_cmpstr (shown->str, ==, walks[i].shown);
    }
}

static void
test_list (void)
{
  g_autoptr(LinliCaseTrail) trail = linli_case_trail_new ();
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(GString) ids = g_string_new (NULL);

  for (const char *p = "ABACD"; *p != '\0'; p++)
    {
      char id[2] = { *p, '\0' };

      linli_case_trail_see (trail, id, "title", "number");
    }
  for (guint i = 0; i < 200; i++)
    linli_case_trail_see (trail, i % 2 == 0 ? "E" : "D", "title", "number");
  linli_case_trail_see (trail, "F", "title", "number");
  list = linli_case_trail_list (trail, "F", 8);
  for (guint i = 0; i < list->len; i++)
    g_string_append (ids, ((LinliSeenCase *) list->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, "DE"); /* each once, without the one shown; the oldest are forgotten */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-trail/steps", test_steps);
  g_test_add_func ("/case-trail/list", test_list);
  return g_test_run ();
}
