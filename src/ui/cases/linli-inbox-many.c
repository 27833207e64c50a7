/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to many cases of the view at once, and what the palette offers
 * of the page. */

#include "config.h"

#include "linli-inbox-page-private.h"

#include <glib/gi18n-lib.h>

#include "linli-bulk-dialog.h"
#include "linli-case-ids.h"
#include "linli-error-words.h"
#include "linli-merge-dialog.h"
#include "linli-merge-preview.h"
#include "linli-view-keeper.h"

static void
mark_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  linli_case_list_mark_all (LINLI_INBOX_PAGE (widget)->list);
}

static void
mark_none_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);

  linli_case_list_set_marking (self->list, FALSE);
  linli_case_list_focus (self->list, FALSE);
}

static void
bulk_done_cb (const char *bulk,
              guint       n_done,
              gpointer    data)
{
  LinliInboxPage *self = data;
  g_autofree char *words = NULL;

  if (self->context == NULL)
    return;
  linli_case_list_set_marking (self->list, FALSE);
  if (n_done == 0)
    return;
  g_free (self->bulk);
  self->bulk = g_strdup (bulk);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.undo-bulk", TRUE);
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Done to %'u case.", "Done to %'u cases.", n_done), n_done);
  linli_ui_context_toast_action (self->context, words, _("Undo"), "bulk.undo", g_variant_new_string (bulk));
}

static void
bulk_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autoptr(GArray) pks = linli_case_marks_dup_pks (linli_case_list_get_marks (self->list));

  if (pks->len > 0)
    linli_bulk_dialog_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->context,
                            g_variant_get_string (parameter, NULL), pks, linli_case_list_get_query (self->list),
                            bulk_done_cb, g_object_ref (self), g_object_unref);
}

/* --- Merging what is marked (并案) --- */

static gpointer
read_ids (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_case_ids_load (conn, data, error);
}

static void
merged_cb (LinliInboxPage    *self,
           const char        *command,
           const char        *operation)
{
  if (self->context == NULL)
    return;
  linli_case_list_set_marking (self->list, FALSE);
  linli_case_pane_offer_undo (linli_inbox_page_get_pane (self),
                                _("Merged. Each resident keeps number, reply and call-back."), operation);
}

static void
read_ids_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliInboxPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ids = linli_store_read_finish (LINLI_STORE (source), result, &error);
  LinliActionDialog *dialog;

  if (self->context == NULL)
    return;
  if (ids == NULL || ids->len == 0)
    {
      g_autofree char *words = error != NULL ? linli_error_words (error) : g_strdup (_("These cases are gone."));

      linli_ui_context_toast (self->context, words);
      return;
    }
  dialog = linli_merge_dialog_new (self->context, ids);
  g_signal_connect_object (dialog, "done", G_CALLBACK (merged_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
merge_marked_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autoptr(GArray) pks = linli_case_marks_dup_pks (linli_case_list_get_marks (self->list));

  if (pks->len > LINLI_MERGE_MAX_SOURCES + 1)
    {
      g_autofree char *words = g_strdup_printf (_("At most %u cases are merged at once; their words must be read first."),
                                                (guint) LINLI_MERGE_MAX_SOURCES + 1);

      linli_ui_context_toast (self->context, words);
    }
  else if (pks->len > 0)
    linli_store_read_async (linli_ui_context_get_store (self->context), read_ids, g_array_ref (pks),
                            (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                            read_ids_cb, g_object_ref (self));
}

/* The key of a step means the marked cases where there are any and it can be
 * taken for many: whoever marked five and presses D would otherwise dispatch the
 * one shown and believe that five went. */
gboolean
linli_inbox_page_step_marked (LinliInboxPage *self,
                              const char     *action)
{
  if (linli_case_marks_get_n (linli_case_list_get_marks (self->list)) == 0)
    return FALSE;
  if (g_str_equal (action, "case.merge"))
    return gtk_widget_activate_action (GTK_WIDGET (self), "inbox.merge-marked", NULL);

  return linli_bulk_dialog_knows (action) && gtk_widget_activate_action (GTK_WIDGET (self), "inbox.bulk", "s", action);
}

/* --- Taking back --- */

static void
undo_bulk (LinliInboxPage *self,
           const char     *bulk)
{
  if (self->context == NULL)
    return;
  if (g_strcmp0 (self->bulk, bulk) == 0)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.undo-bulk", FALSE);
  linli_bulk_undo (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context, bulk);
}

static void
undo_bulk_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);

  if (self->bulk != NULL)
    undo_bulk (self, self->bulk);
}

static void
toast_undo_cb (GSimpleAction  *action,
               GVariant       *parameter,
               LinliInboxPage *self)
{
  undo_bulk (self, g_variant_get_string (parameter, NULL));
}

typedef struct
{
  LinliInboxPage *page;
  char           *macro;
  GArray         *pks;
} MacroRun;

static void
macro_run_free (gpointer data)
{
  MacroRun *macro = data;

  g_object_unref (macro->page);
  g_free (macro->macro);
  g_array_unref (macro->pks);
  g_free (macro);
}

static gboolean
run_macro (gpointer data)
{
  MacroRun *macro = data;
  LinliInboxPage *self = macro->page;

  if (self->context != NULL)
    linli_bulk_dialog_open_macro (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context, macro->macro,
                                  macro->pks, linli_case_list_get_query (self->list), bulk_done_cb,
                                  g_object_ref (self), g_object_unref);
  return G_SOURCE_REMOVE;
}

/* On the marked cases, else on the one shown. */
static void
macro_cb (GSimpleAction  *action,
          GVariant       *parameter,
          LinliInboxPage *self)
{
  MacroRun *macro = g_new0 (MacroRun, 1);
  gint64 pk = linli_case_pane_get_pk (linli_inbox_page_get_pane (self));
  gboolean one;

  macro->page = g_object_ref (self);
  macro->macro = g_strdup (g_variant_get_string (parameter, NULL));
  macro->pks = linli_case_marks_dup_pks (linli_case_list_get_marks (self->list));
  one = macro->pks->len == 0;
  if (one && pk != 0)
    g_array_append_val (macro->pks, pk);
  if (macro->pks->len == 0)
    {
      linli_ui_context_toast (self->context, _("Choose a case first; the macro is run on it."));
      macro_run_free (macro);
    }
  else if (one)
    linli_case_pane_settle_draft (linli_inbox_page_get_pane (self), run_macro, macro, macro_run_free);
  else
    {
      run_macro (macro);
      macro_run_free (macro);
    }
}

/* Toasts hang above the page, in the window, and so does the palette: their
 * actions are put there. */
void
linli_inbox_page_add_root_actions (LinliInboxPage *self,
                                   GtkRoot        *root)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) undo = g_simple_action_new ("undo", G_VARIANT_TYPE_STRING);
  g_autoptr(GSimpleAction) macro = g_simple_action_new ("macro", G_VARIANT_TYPE_STRING);

  g_signal_connect_object (undo, "activate", G_CALLBACK (toast_undo_cb), self, 0);
  g_signal_connect_object (macro, "activate", G_CALLBACK (macro_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (undo));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (macro));
  gtk_widget_insert_action_group (GTK_WIDGET (root), "bulk", G_ACTION_GROUP (group));
}

void
linli_inbox_page_install_many (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inbox.mark-all", NULL, mark_all_action);
  gtk_widget_class_install_action (widget_class, "inbox.mark-none", NULL, mark_none_action);
  gtk_widget_class_install_action (widget_class, "inbox.bulk", "s", bulk_action);
  gtk_widget_class_install_action (widget_class, "inbox.merge-marked", NULL, merge_marked_action);
  gtk_widget_class_install_action (widget_class, "inbox.undo-bulk", NULL, undo_bulk_action);
}

static gboolean
is_offered (LinliInboxPage *self,
            const char     *action)
{
  if (g_str_equal (action, "inbox.save-view"))
    return self->searching;
  if (g_str_equal (action, "inbox.change-view"))
    return !self->searching && self->saved != NULL && linli_view_keeper_may_change (self->context, self->saved);
  if (g_str_equal (action, "inbox.merge-marked"))
    return linli_case_marks_get_n (linli_case_list_get_marks (self->list)) > 1;

  return !g_str_equal (action, "inbox.undo-bulk") || self->bulk != NULL;
}

/* What can be done here: with the case shown, then with the list. */
void
linli_inbox_page_fill_palette (LinliInboxPage *self,
                               LinliPalette   *palette)
{
  static const struct { const char *action; const char *title; const char *icon; const char *key; } commands[] = {
    { "inbox.mark-all", N_("Mark the whole view"), "selection-mode-symbolic", "<Control>a" },
    { "inbox.save-view", N_("_Save This Search…"), "linli-view-symbolic", NULL },
    { "inbox.merge-marked", N_("_Merge the Marked Cases…"), "linli-merge-symbolic", NULL },
    { "inbox.change-view", N_("_Change This View…"), "linli-view-symbolic", NULL },
    { "view.list-compact", N_("One _Line a Case"), "linli-catalogue-symbolic", NULL },
    { "inbox.undo-bulk", N_("_Take Back the Last Action on Many Cases"), "edit-undo-symbolic", NULL },
  };

  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  linli_case_pane_fill_palette (linli_inbox_page_get_pane (self), palette);
  linli_inbox_page_fill_seen (self, palette);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      LinliPaletteEntry *entry;

      if (!is_offered (self, commands[i].action))
        continue;
      entry = linli_palette_entry_new (g_dgettext (GETTEXT_PACKAGE, commands[i].title), commands[i].icon,
                                       GTK_WIDGET (self), commands[i].action, NULL);
      entry->key = g_strdup (commands[i].key);
      linli_palette_take (palette, entry);
    }
}
