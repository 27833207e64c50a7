/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undoing a merge: what came to the other case since stays there, goes along,
 * or is copied, line by line. */

#include "config.h"

#include "linli-merge-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-error-words.h"
#include "linli-time-words.h"
#include "linli-unmerge-choices.h"

/* The lines of the form, by what the drop-downs chose. */
typedef struct
{
  GtkBox         *box;     /* (unowned) */
  LinliUiContext *context; /* (owned) */
  GPtrArray      *lines;   /* Line */
} Lines;

typedef struct
{
  const char  *kind; /* "entry" or "submission" */
  char        *id;
  GtkDropDown *to;   /* (unowned) */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->id);
  g_free (line);
}

static void
lines_free (gpointer data)
{
  Lines *lines = data;

  g_object_unref (lines->context);
  g_ptr_array_unref (lines->lines);
  g_free (lines);
}

static const char *const targets[] = { "stay", "source", "copy" };

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  Lines *lines = g_object_get_data (G_OBJECT (data), "lines");

  for (guint i = 0; i < lines->lines->len; i++)
    {
      Line *line = lines->lines->pdata[i];
      guint to = gtk_drop_down_get_selected (line->to);
      g_autoptr(LinliRequest) choice = NULL;

      if (to == 0 || to >= G_N_ELEMENTS (targets))
        continue;
      choice = linli_request_new ();
      linli_request_set_text (choice, line->kind, line->id);
      linli_request_set_text (choice, "to", targets[to]);
      linli_request_add_object (request, "assign", choice);
    }

  return TRUE;
}

static void
add_line (Lines      *self,
          const char *kind,
          LinliRow   *row,
          const char *head,
          gint64      at,
          const char *text)
{
  const char *words[] = { _("Stays there"), _("Goes along"), g_str_equal (kind, "entry") ? _("Is copied") : NULL, NULL };
  g_autofree char *moment = linli_moment_words (at, linli_ui_context_now (self->context),
                                                linli_ui_context_get_zone (self->context));
  g_autofree char *caption = g_strdup_printf ("%s · %s", head, moment);
  g_autofree char *name = g_strdup_printf (_("%s: %s"), caption, text != NULL ? text : "");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *says = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = linli_text_new (text != NULL ? text : "", NULL);
  Line *line = g_new0 (Line, 1);

  line->kind = kind;
  line->id = g_strdup (linli_row_get_id (row));
  line->to = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words));
  gtk_widget_set_valign (GTK_WIDGET (line->to), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->to), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (says, TRUE);
  gtk_box_append (GTK_BOX (says), linli_caption_new (caption));
  gtk_box_append (GTK_BOX (says), label);
  gtk_box_append (GTK_BOX (box), says);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (line->to));
  gtk_box_append (self->box, box);
  g_ptr_array_add (self->lines, line);
}

static void
show_choices (Lines               *self,
              LinliUnmergeChoices *choices)
{
  g_autofree char *words = NULL;

  if (choices->entries->len + choices->submissions->len == 0)
    {
      words = g_strdup_printf (_("Nothing came to %s since."), linli_row_get_text (choices->root, LINLI_CASE_CASE_NO));
      gtk_box_append (self->box, linli_caption_new (words));
      return;
    }
  words = g_strdup_printf (_("This came to %s since. What goes along or is copied is for the centre alone, unless it was "
                             "written to this case’s number."), linli_row_get_text (choices->root, LINLI_CASE_CASE_NO));
  gtk_box_append (self->box, linli_text_new (words, "dim-label"));
  for (guint i = 0; i < choices->submissions->len; i++)
    {
      LinliRow *row = choices->submissions->pdata[i];

      add_line (self, "submission", row, linli_row_get_text (row, LINLI_SUBMISSION_RECEIPT_NO),
                linli_row_get_int (row, LINLI_SUBMISSION_RECEIVED_AT), linli_row_get_text (row, LINLI_SUBMISSION_TEXT));
    }
  for (guint i = 0; i < choices->entries->len; i++)
    {
      LinliRow *row = choices->entries->pdata[i];

      add_line (self, "entry", row, linli_entry_kind_words (linli_row_get_text (row, LINLI_ENTRY_KIND)),
                linli_row_get_int (row, LINLI_ENTRY_AT), linli_row_get_text (row, LINLI_ENTRY_BODY));
    }
}

static gpointer
read_choices (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  LinliUnmergeChoices *choices;

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  choices = linli_unmerge_choices_load (conn, data, error);
  linli_conn_rollback (conn);

  return choices;
}

static void
read_choices_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GtkWidget) box = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliUnmergeChoices) choices = linli_store_read_finish (LINLI_STORE (source), result, &error);
  Lines *lines = g_object_get_data (G_OBJECT (box), "lines");

  if (choices != NULL)
    show_choices (lines, choices);
  else
    {
      g_autofree char *words = linli_error_words (error);

      gtk_box_append (lines->box, linli_text_new (words, "error"));
    }
}

LinliActionDialog *
linli_unmerge_dialog_new (LinliUiContext *context,
                          LinliCaseSheet *sheet)
{
  const char *id = linli_row_get_id (sheet->detail->case_row);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "case.unmerge", id, _("Undo the Merge"), _("Undo the Merge"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  Lines *lines = g_new0 (Lines, 1);

  lines->box = GTK_BOX (box);
  lines->context = g_object_ref (context);
  lines->lines = g_ptr_array_new_with_free_func (line_free);
  g_object_set_data_full (G_OBJECT (box), "lines", lines, lines_free);
  linli_action_dialog_fix_text (dialog, "case", id);
  linli_action_dialog_add_widget (dialog,
                                  linli_text_new (_("The case becomes what it was: its residents, its units and its "
                                                    "clocks, as if they had run all along."), NULL));
  linli_action_dialog_add_widget (dialog, box);
  linli_action_dialog_add_entry (dialog, "reason", _("_Reason (the units read it too)"), NULL);
  linli_action_dialog_set_collect (dialog, collect, box);
  linli_store_read_async (linli_ui_context_get_store (context), read_choices, g_strdup (id), g_free,
                          (GDestroyNotify) linli_unmerge_choices_free, NULL, read_choices_cb, g_object_ref_sink (box));

  return dialog;
}
