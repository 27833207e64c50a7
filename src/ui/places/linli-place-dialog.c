/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-people-tables.h"
#include "linli-place-words.h"

/* What is usually added to a place of some kind. */
static const char *
kind_inside (LinliRow *parent)
{
  const char *kind = parent != NULL ? linli_row_get_text (parent, LINLI_PLACE_KIND) : NULL;

  if (kind == NULL)
    return "community";
  return g_str_equal (kind, "community") ? "estate" : g_str_equal (kind, "building") ? "unit" : "building";
}

static void
add_kind (LinliActionDialog *dialog,
          const char        *chosen)
{
  static const char *const ids[] = { "community", "estate", "road", "building", "unit", "landmark", NULL };
  const char *words[G_N_ELEMENTS (ids)] = { NULL };

  for (guint i = 0; ids[i] != NULL; i++)
    words[i] = linli_place_kind_words (ids[i]);
  linli_action_dialog_add_choice (dialog, "kind", _("_Kind"), ids, words, chosen);
}

static void
hint (LinliFormInput *input,
      const char     *words)
{
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), words);
}

/**
 * linli_place_dialog_new:
 * @place: (nullable): %NULL for a new one
 * @parent: (nullable): what it stands in, to begin with
 */
LinliActionDialog *
linli_place_dialog_new (LinliUiContext *context,
                        LinliRow       *place,
                        LinliRow       *parent)
{
  g_autofree char *subject = place != NULL ? g_strdup (linli_row_get_id (place))
                                           : g_strconcat ("new ", parent != NULL ? linli_row_get_id (parent) : "", NULL);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "place.save", subject,
                                                       place != NULL ? _("Edit the Place") : _("New Place"), _("Save"));
  const char *kind = place != NULL ? linli_row_get_text (place, LINLI_PLACE_KIND) : kind_inside (parent);
  LinliFormInput *inputs[4];

  if (place != NULL)
    linli_action_dialog_fix_text (dialog, "place", linli_row_get_id (place));
  inputs[0] = linli_action_dialog_add_entry (dialog, "name", _("_Name"),
                                             place != NULL ? linli_row_get_text (place, LINLI_PLACE_NAME) : NULL);
  inputs[0]->required = TRUE;
  hint (inputs[0], _("As people say it there, such as 3栋"));
  add_kind (dialog, kind);
  inputs[1] = linli_action_dialog_add_picker (dialog, "parent", _("Stands _in"), LINLI_PICK_PLACE, parent);
  linli_picker_set_hint (LINLI_PICKER (linli_field_get_input (inputs[1]->field)),
                         _("Community, estate or building; empty for a community"));
  inputs[2] = linli_action_dialog_add_entry (dialog, "aliases", _("_Other names"),
                                             place != NULL ? linli_row_get_text (place, LINLI_PLACE_ALIASES) : NULL);
  hint (inputs[2], _("Old names and nicknames, spaces between"));
  inputs[3] = linli_action_dialog_add_entry (dialog, "grid", _("_Grid"),
                                             place != NULL ? linli_row_get_text (place, LINLI_PLACE_GRID) : NULL);
  hint (inputs[3], _("Empty: that of what it stands in"));
  for (guint i = 1; place != NULL && i < G_N_ELEMENTS (inputs); i++)
    inputs[i]->edits = TRUE;

  return dialog;
}
