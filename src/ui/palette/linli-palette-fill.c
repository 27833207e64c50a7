/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the palette offers wherever one is. Each page adds what it can do. */

#include "config.h"

#include "linli-palette-fill.h"

#include <glib/gi18n-lib.h>

#include "linli-place.h"

/* The views of the sidebar, in its order. */
void
linli_palette_fill_places (LinliPalette *palette,
                           GtkWidget    *window,
                           LinliPlaces  *places)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (places)); i++)
    {
      g_autoptr(LinliPlace) place = g_list_model_get_item (G_LIST_MODEL (places), i);
      LinliPaletteEntry *entry = linli_palette_entry_new (place->title, place->icon, window, "win.show-place",
                                                          g_variant_new_string (place->id));

      entry->subtitle = linli_place_dup_count (place);
      linli_palette_take (palette, entry);
    }
}

/* @unit: whether the window is a handling unit's */
void
linli_palette_fill_window (LinliPalette *palette,
                           GtkWidget    *window,
                           gboolean      unit)
{
  static const struct
  {
    const char *title;
    const char *icon;
    const char *action;
    const char *argument; /* (nullable) as g_variant_parse() reads it */
    const char *key;      /* (nullable) */
    gboolean    centre;   /* not for a window of one handling unit */
  } commands[] = {
    { N_("New Case"), "list-add-symbolic", "win.new-case", NULL, "<Control>n", TRUE },
    { N_("Search all cases"), "system-search-symbolic", "win.search", NULL, "<Control>f" },
    { N_("Import Cases…"), "linli-import-symbolic", "win.import", "'cases'", NULL, TRUE },
    { N_("Import a Duty List…"), "linli-import-symbolic", "win.import", "'duty'", NULL, TRUE },
    { N_("Import Holidays…"), "linli-import-symbolic", "win.import", "'holidays'", NULL, TRUE },
    { N_("Import Places…"), "linli-import-symbolic", "win.import", "'places'", NULL, TRUE },
    { N_("Kept _Texts and Macros…"), "linli-note-symbolic", "win.kept", NULL, NULL },
    { N_("Saved _Views…"), "linli-view-symbolic", "win.views", NULL, NULL },
    { N_("_Three Lanes and the Agenda"), "linli-lane-symbolic", "win.show-lanes", NULL, NULL, TRUE },
    { N_("Distri_ct"), "linli-figures-symbolic", "win.show-district", NULL, NULL, TRUE },
    { N_("T_his Centre"), "linli-ruling-symbolic", "win.show-centre", NULL, NULL, TRUE },
    { N_("Supervision Ladder"), "linli-supervise-symbolic", "win.show-centre-room", "'ladder'", NULL, TRUE },
    { N_("Working Calendar"), "x-office-calendar-symbolic", "win.show-centre-room", "'calendar'", NULL, TRUE },
    { N_("Rules of Procedure"), "linli-ruling-symbolic", "win.show-centre-room", "'procedure'", NULL, TRUE },
    { N_("Names of the Three Lanes"), "linli-lane-symbolic", "win.show-centre-room", "'lanes'", NULL, TRUE },
    { N_("Closing Evidence"), "linli-done-symbolic", "win.show-centre-room", "'evidence'", NULL, TRUE },
    { N_("Limits by Duty Item"), "linli-clock-symbolic", "win.show-centre-room", "'limits'", NULL, TRUE },
    { N_("What Is Asked about Matters"), "linli-dispatch-symbolic", "win.show-centre-room", "'attributes'", NULL, TRUE },
    { N_("Routing R_ules"), "linli-dispatch-symbolic", "win.show-rules", NULL, NULL, TRUE },
    { N_("P_laces of the Centre"), "linli-place-symbolic", "win.show-places", NULL, NULL, TRUE },
    { N_("Back Up…"), "drive-harddisk-symbolic", "win.back-up", NULL, NULL, TRUE },
    { N_("Lock or Change Person"), "system-lock-screen-symbolic", "win.lock", NULL, "<Control><Shift>l" },
    { N_("My Password…"), "dialog-password-symbolic", "win.own-password", NULL, NULL },
    { N_("Handling U_nits"), "linli-unit-symbolic", "win.show-units", NULL, NULL, TRUE },
    { N_("Desks of the Cent_re"), "drive-harddisk-symbolic", "win.show-devices", NULL, NULL, TRUE },
    { N_("People and Roles"), "system-users-symbolic", "win.show-people", NULL, NULL, TRUE },
    { N_("Looks at Residents’ Names"), "linli-resident-symbolic", "win.show-identity-reads", NULL, NULL, TRUE },
    { N_("Preferences"), "preferences-system-symbolic", "app.preferences", NULL, "<Control>comma" },
    { N_("Keyboard shortcuts"), "input-keyboard-symbolic", "win.show-help-overlay", NULL, "F1" },
    { N_("Refresh"), "view-refresh-symbolic", "win.refresh", NULL, "F5" },
    { N_("Show or hide places"), "sidebar-show-symbolic", "win.show-sidebar", NULL, "F9" },
    { N_("Quit"), "application-exit-symbolic", "app.quit", NULL, "<Control>q" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      GVariant *argument = NULL;
      LinliPaletteEntry *entry;

      if (unit && commands[i].centre)
        continue;
      if (commands[i].argument != NULL)
        argument = g_variant_parse (NULL, commands[i].argument, NULL, NULL, NULL);
      entry = linli_palette_entry_new (g_dgettext (GETTEXT_PACKAGE, commands[i].title), commands[i].icon, window,
                                       commands[i].action, argument);
      if (argument != NULL)
        g_variant_unref (argument);
      entry->key = g_strdup (commands[i].key);
      linli_palette_take (palette, entry);
    }
}
