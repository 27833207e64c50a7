/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-words.h"

#include <glib/gi18n-lib.h>

#include "linli-people-tables.h"

/* Returns: what a kind of place is called; @kind itself when it is none */
const char *
linli_place_kind_words (const char *kind)
{
  static const struct { const char *kind; const char *words; } kinds[] = {
    { "community", NC_("place", "Community") }, { "estate", NC_("place", "Estate") }, { "road", NC_("place", "Road") },
    { "building", NC_("place", "Building") }, { "unit", NC_("place", "Entrance") }, { "landmark", NC_("place", "Landmark") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "place", kinds[i].words);
  return kind;
}

/* Returns: (transfer full): what else is known of it, in a line */
char *
linli_place_detail_words (LinliRow *place)
{
  const char *grid = linli_row_get_text (place, LINLI_PLACE_GRID);
  const char *aliases = linli_row_get_text (place, LINLI_PLACE_ALIASES);
  GString *words = g_string_new (linli_place_kind_words (linli_row_get_text (place, LINLI_PLACE_KIND)));

  if (grid != NULL)
    g_string_append_printf (words, " · %s", grid);
  if (aliases != NULL)
    {
      /* Translators: %s are other names of a place */
      g_autofree char *also = g_strdup_printf (_("also %s"), aliases);

      g_string_append_printf (words, " · %s", also);
    }
  if (!linli_row_get_int (place, LINLI_PLACE_ACTIVE))
    g_string_append_printf (words, " · %s", C_("place", "retired"));

  return g_string_free (words, FALSE);
}
