/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "linli-hub-presence.h"

#define S G_USEC_PER_SEC

static void
assert_there (LinliHubPresence *presence,
              const char       *workspace,
              const char       *device,
              gint64            now,
              const char       *expected)
{
  g_autoptr(GPtrArray) list = linli_hub_presence_list (presence, workspace, device, "case", now);
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      LinliHubPresent *one = list->pdata[i];

      g_string_append_printf (words, "%s%s ", one->person, one->writing ? "*" : "");
    }
  g_assert_cmpstr (words->str, ==, expected);
}

static void
test_told_and_forgotten (void)
{
  g_autoptr(LinliHubPresence) presence = linli_hub_presence_new ();

  linli_hub_presence_tell (presence, "centre", "a", "case", "Li", FALSE, 0);
  linli_hub_presence_tell (presence, "centre", "b", "case", "Wu", FALSE, 10 * S);
  linli_hub_presence_tell (presence, "centre", "c", "other", "Xu", FALSE, 10 * S);
  linli_hub_presence_tell (presence, "elsewhere", "d", "case", "Yu", FALSE, 10 * S);
  assert_there (presence, "centre", "a", 10 * S, "Wu ");     /* not of itself, not of other cases or centres */
  assert_there (presence, "centre", "c", 10 * S, "Li Wu ");
  linli_hub_presence_tell (presence, "centre", "b", "case", "Wu", TRUE, 20 * S);
  assert_there (presence, "centre", "c", 20 * S, "Wu* Li "); /* who writes comes first */
  assert_there (presence, "centre", "c", 30 * S, "Wu* ");    /* the desk that fell silent is forgotten */
  linli_hub_presence_tell (presence, "centre", "b", NULL, NULL, FALSE, 31 * S);
  assert_there (presence, "centre", "c", 31 * S, "");        /* who turns to nothing is gone at once */
  assert_there (presence, "elsewhere", "x", 31 * S, "Yu ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub-presence/told-and-forgotten", test_told_and_forgotten);
  return g_test_run ();
}
