/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-typed-list.h"

/* Returns: (transfer full) (nullable): the parts of @typed separated by one space each; %NULL for none */
char *
linli_typed_list_tidy (const char *typed)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *plain = g_strdup (typed != NULL ? typed : "");
  g_auto(GStrv) parts = NULL;

  for (guint i = 0; i < 3; i++)
    {
      static const char *const signs[] = { "、", "，", "；" };
      g_auto(GStrv) pieces = g_strsplit (plain, signs[i], -1);

      g_free (plain);
      plain = g_strjoinv (" ", pieces);
    }
  parts = g_strsplit_set (plain, " ,;\t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", parts[i]);
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}
