/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing the centre's own words about a case, safe against a second desk:
 * only what was changed here is sent, and what another desk changed meanwhile
 * is shown before it could be overwritten. */

#include "config.h"

#include "linli-case-edit-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-case-facts.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-error-words.h"
#include "linli-picker.h"

static const struct
{
  const char *name;
  guint       column;
} fields[] = {
  { "title", LINLI_CASE_TITLE },
  { "summary", LINLI_CASE_SUMMARY },
  { "community", LINLI_CASE_COMMUNITY },
  { "place", LINLI_CASE_PLACE },
  { "nature", LINLI_CASE_NATURE },
  { "urgency", LINLI_CASE_URGENCY },
};

/* Takes over what changed at the other desk where nothing was typed here, and
 * says what it was. */
static void
rebase (LinliActionDialog *dialog,
        LinliRow          *row,
        GTimeZone         *zone)
{
  g_autoptr(GString) words = g_string_new (_("Somebody changed this case meanwhile. What you typed is still here; "
                                             "saving again keeps it."));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      LinliFormInput *input = linli_action_dialog_find (dialog, fields[i].name);
      const char *value = linli_row_get_text (row, fields[i].column);
      LinliCaseFact fact = { (char *) fields[i].name, input->initial, (char *) value, TRUE, FALSE };
      g_autofree char *line = NULL;

      if (g_strcmp0 (input->initial, value != NULL ? value : "") == 0)
        continue;
      line = linli_case_fact_words (&fact, zone);
      g_string_append_printf (words, "\n%s", line);
      if (!linli_form_input_is_touched (input))
        linli_form_input_set_text (input, value);
      g_free (input->initial);
      input->initial = g_strdup (value != NULL ? value : "");
    }
  linli_action_dialog_fix_int (dialog, "revision", linli_row_get_int (row, LINLI_CASE_REVISION));
  linli_action_dialog_say (dialog, words->str, TRUE);
}

static gpointer
read_again (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  return linli_case_detail_load (conn, data, LINLI_ROLE_ANY, error);
}

static void
read_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliActionDialog) dialog = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseDetail) detail = linli_store_read_finish (LINLI_STORE (source), result, &error);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  if (detail != NULL && gtk_widget_get_realized (GTK_WIDGET (dialog)))
    rebase (dialog, detail->case_row, zone);
}

typedef struct
{
  LinliUiContext *context;
  char           *case_id;
} Conflict;

static void
conflict_free (gpointer data)
{
  Conflict *conflict = data;

  g_object_unref (conflict->context);
  g_free (conflict->case_id);
  g_free (conflict);
}

static void
conflict_cb (LinliActionDialog *dialog,
             gpointer           data)
{
  Conflict *conflict = data;

  linli_store_read_async (linli_ui_context_get_store (conflict->context), read_again, g_strdup (conflict->case_id),
                          g_free, (GDestroyNotify) linli_case_detail_unref, NULL, read_again_cb,
                          g_object_ref (dialog));
}

static void
add_choices (LinliActionDialog *dialog,
             LinliRow          *row)
{
  static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };
  const char *urgency_words[] = { C_("urgency", "Urgent"), C_("urgency", "Ordinary"), C_("urgency", "Hard"), NULL };
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  const char *nature = linli_row_get_text (row, LINLI_CASE_NATURE);
  const char *const *natures = linli_natures ();

  g_ptr_array_add (ids, (gpointer) "");
  g_ptr_array_add (words, (gpointer) C_("nature", "Not said"));
  for (guint i = 0; natures[i] != NULL; i++)
    {
      g_ptr_array_add (ids, (gpointer) natures[i]);
      g_ptr_array_add (words, (gpointer) linli_nature_words (natures[i]));
    }
  if (nature != NULL && !g_strv_contains (natures, nature))
    {
      g_ptr_array_add (ids, (gpointer) nature); /* as it was imported */
      g_ptr_array_add (words, (gpointer) nature);
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (words, NULL);
  linli_action_dialog_add_choice (dialog, "nature", _("_Nature"), (const char *const *) ids->pdata,
                                  (const char *const *) words->pdata, nature)->edits = TRUE;
  linli_action_dialog_add_choice (dialog, "urgency", _("_Urgency"), urgencies, urgency_words,
                                  linli_row_get_text (row, LINLI_CASE_URGENCY))->edits = TRUE;
}

LinliActionDialog *
linli_case_edit_dialog_new (LinliUiContext *context,
                            LinliCaseSheet *sheet)
{
  LinliRow *row = sheet->detail->case_row;
  LinliActionDialog *dialog = linli_action_dialog_new (context, "case.edit", linli_row_get_id (row),
                                                       _("Edit the Case"), _("Save"));
  LinliFormInput *title = linli_action_dialog_add_entry (dialog, "title", _("_Title"),
                                                         linli_row_get_text (row, LINLI_CASE_TITLE));
  Conflict *conflict = g_new0 (Conflict, 1);
  GtkWidget *place;

  title->required = TRUE;
  title->edits = TRUE;
  linli_action_dialog_fix_text (dialog, "case", linli_row_get_id (row));
  linli_action_dialog_fix_int (dialog, "revision", linli_row_get_int (row, LINLI_CASE_REVISION));
  linli_action_dialog_add_area (dialog, "summary", _("_Summary"),
                                linli_row_get_text (row, LINLI_CASE_SUMMARY))->edits = TRUE;
  linli_action_dialog_add_entry (dialog, "community", _("_Community"),
                                 linli_row_get_text (row, LINLI_CASE_COMMUNITY))->edits = TRUE;
  place = linli_picker_new (context, LINLI_PICK_PLACE, TRUE);
  linli_picker_set_text (LINLI_PICKER (place), linli_row_get_text (row, LINLI_CASE_PLACE));
  linli_action_dialog_add_input (dialog, "place", _("_Place"), place)->edits = TRUE;
  add_choices (dialog, row);
  conflict->context = g_object_ref (context);
  conflict->case_id = g_strdup (linli_row_get_id (row));
  linli_action_dialog_set_conflict (dialog, conflict_cb, conflict, conflict_free);

  return dialog;
}
