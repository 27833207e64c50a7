/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file of places would do: first what cannot be taken, with the reason,
 * then what is new and what changes. */

#include "config.h"

#include "linli-place-preview.h"

#include <glib/gi18n-lib.h>

#include "linli-json.h"
#include "linli-place-words.h"

#define MOST_ROWS 200 /* shown of each kind */

/* Returns: (transfer full): the whole in a sentence */
char *
linli_place_file_words (LinliPlaceFile *file)
{
  return g_strdup_printf (_("%u new, %u changed, %u as before, %u that cannot be taken."), file->counts[LINLI_PLACE_NEW],
                          file->counts[LINLI_PLACE_CHANGED], file->counts[LINLI_PLACE_SAME],
                          file->counts[LINLI_PLACE_REFUSED]);
}

static GtkWidget *
row_new (LinliPlaceLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  const char *name = line->full_name != NULL ? line->full_name : linli_json_get_text (line->place, "name");
  const char *kind = linli_json_get_text (line->place, "kind");
  const char *grid = linli_json_get_text (line->place, "grid");
  g_autofree char *title = g_markup_escape_text (name != NULL && *name != '\0' ? name : _("No name"), -1);
  g_autofree char *number = g_strdup_printf (_("Row %u"), (guint) line->line);
  g_autofree char *words = line->reason != NULL
                             ? g_strdup (g_dgettext (GETTEXT_PACKAGE, line->reason))
                             : g_strjoin (" · ", kind != NULL ? linli_place_kind_words (kind) : "", grid, NULL);
  g_autofree char *safe = g_markup_escape_text (words, -1);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static void
add_group (AdwPreferencesPage *page,
           LinliPlaceFile     *file,
           LinliPlaceVerdict   verdict,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  if (file->counts[verdict] == 0)
    return;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < file->lines->len && n < MOST_ROWS; i++)
    {
      LinliPlaceLine *line = file->lines->pdata[i];

      if (line->verdict != verdict)
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (line));
      n++;
    }
  if (n < file->counts[verdict])
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", file->counts[verdict] - n),
                                               file->counts[verdict] - n);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), more);
    }
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

/* @file: checked */
GtkWidget *
linli_place_preview_new (LinliPlaceFile *file)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *words = linli_place_file_words (file);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What This File Would Do"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  add_group (ADW_PREFERENCES_PAGE (page), file, LINLI_PLACE_REFUSED, _("Cannot Be Taken"));
  add_group (ADW_PREFERENCES_PAGE (page), file, LINLI_PLACE_CHANGED, C_("places", "Changed"));
  add_group (ADW_PREFERENCES_PAGE (page), file, LINLI_PLACE_NEW, C_("places", "New"));

  return page;
}
