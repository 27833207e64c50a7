/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-places-row.h"

#include <glib/gi18n-lib.h>

#include "linli-file-words.h"
#include "linli-import-places.h"

#define SHOWN 8

struct _LinliImportPlacesRow
{
  AdwActionRow  parent_instance;

  GCancellable *cancellable; /* (owned) (nullable): of the look under way */
  int           place;       /* columns it was taken by, or is being taken by */
  int           community;
};

G_DEFINE_FINAL_TYPE (LinliImportPlacesRow, linli_import_places_row, ADW_TYPE_ACTION_ROW)

static void
forget (LinliImportPlacesRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
linli_import_places_row_dispose (GObject *object)
{
  forget (LINLI_IMPORT_PLACES_ROW (object));

  G_OBJECT_CLASS (linli_import_places_row_parent_class)->dispose (object);
}

/* A look under way holds the row, so that dispose would wait for it. */
static void
linli_import_places_row_unroot (GtkWidget *widget)
{
  forget (LINLI_IMPORT_PLACES_ROW (widget));

  GTK_WIDGET_CLASS (linli_import_places_row_parent_class)->unroot (widget);
}

static void
linli_import_places_row_class_init (LinliImportPlacesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_import_places_row_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = linli_import_places_row_unroot;
}

static void
linli_import_places_row_init (LinliImportPlacesRow *self)
{
  self->place = self->community = -2; /* nobody has looked */
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (self), "linli-place-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
linli_import_places_row_new (void)
{
  return g_object_new (LINLI_TYPE_IMPORT_PLACES_ROW, NULL);
}

static char *
unknown_words (const LinliImportPlaces *places)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = MIN (places->unknown->len, SHOWN);

  if (places->unknown->len == 0)
    return g_strdup ("");
  for (guint i = 0; i < n; i++)
    {
      const LinliUnknownPlace *one = places->unknown->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? C_("between names", ", ") : "", one->text);
      if (one->n > 1)
        g_string_append_printf (names, " (%u)", one->n);
    }
  if (places->n_unknown > n)
    /* Translators: the first names of places, and how many others there are */
    return g_strdup_printf (_("Not in the list of places: %s and %u others"), names->str, places->n_unknown - n);
  return g_strdup_printf (_("Not in the list of places: %s"), names->str);
}

static void
show_places (LinliImportPlacesRow    *self,
             const LinliImportPlaces *places)
{
  g_autofree char *title = g_strdup_printf (ngettext ("The place is recognised in %u of %u row that names one",
                                                      "The place is recognised in %u of %u rows that name one",
                                                      places->n_named), places->n_found, places->n_named);
  g_autofree char *unknown = unknown_words (places);
  g_autofree char *mixed = linli_file_notes_words (&places->notes, places->encoding);
  g_autofree char *words = mixed != NULL && places->n_named > 0 && *unknown != '\0'
                             ? g_strconcat (unknown, "\n", mixed, NULL)
                             : g_strdup (mixed != NULL ? mixed : unknown);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 places->n_named > 0 ? title : _("The file mixes two encodings"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (self),
                                places->n_named > 0 ? "linli-place-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self), places->n_named > 0 || mixed != NULL);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliImportPlacesRow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliImportPlaces) places = linli_import_places_look_finish (result, &error);
  g_autofree char *words = NULL;
  g_autofree char *subtitle = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (places != NULL)
    {
      show_places (self, places);
      return;
    }
  words = linli_file_words (error);
  subtitle = g_markup_escape_text (words, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("The places could not be looked up"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

/**
 * linli_import_places_row_look:
 *
 * Looks again when another column says where, or in which community.
 */
void
linli_import_places_row_look (LinliImportPlacesRow *self,
                              LinliImporter        *importer,
                              LinliStore           *store)
{
  int place = linli_importer_get_column (importer, LINLI_IMPORT_PLACE);
  int community = linli_importer_get_column (importer, LINLI_IMPORT_COMMUNITY);

  g_return_if_fail (LINLI_IS_IMPORT_PLACES_ROW (self));

  if (place == self->place && community == self->community)
    return;
  forget (self);
  self->place = place;
  self->community = community;
  gtk_widget_set_visible (GTK_WIDGET (self), place >= 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Looking up the places…"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "");
  self->cancellable = g_cancellable_new ();
  linli_import_places_look_async (importer, store, self->cancellable, looked_cb, g_object_ref (self));
}
