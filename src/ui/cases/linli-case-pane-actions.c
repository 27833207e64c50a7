/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the case shown: the actions `case.*`, and `step.undo` for
 * the toasts, which live above the pane. */

#include "config.h"

#include "linli-case-pane-private.h"

#include <glib/gi18n-lib.h>

#include "linli-case-dialogs.h"
#include "linli-case-steps.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-error-words.h"
#include "linli-identity.h"
#include "linli-kept-window.h"
#include "linli-new-case.h"

/* --- After an action --- */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliCasePane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (self->context == NULL)
    return;
  words = reply != NULL ? g_strdup (_("Taken back.")) : linli_error_words (error);
  linli_ui_context_toast (self->context, words);
}

void
linli_case_pane_undo (LinliCasePane *self,
                      const char    *operation)
{
  if (self->context == NULL)
    return;
  if (g_strcmp0 (self->undo, operation) == 0)
    g_clear_pointer (&self->undo, g_free);
  linli_case_pane_update_actions (self);
  linli_store_undo_async (linli_ui_context_get_store (self->context), operation, undone_cb, g_object_ref (self));
}

static void
step_undo_cb (GSimpleAction *action,
              GVariant      *parameter,
              LinliCasePane *self)
{
  linli_case_pane_undo (self, g_variant_get_string (parameter, NULL));
}

static void
resume_intake_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  LinliCasePane *self)
{
  if (self->context == NULL)
    return;
  linli_new_case_resume (self->context, g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-case", NULL);
}

/* Toasts hang above the pane, in the window: their actions are put there. */
void
linli_case_pane_add_toast_actions (LinliCasePane *self,
                                   GtkRoot       *root)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) undo = g_simple_action_new ("undo", G_VARIANT_TYPE_STRING);
  g_autoptr(GSimpleAction) resume = g_simple_action_new ("resume-intake", G_VARIANT_TYPE_STRING);

  g_signal_connect_object (undo, "activate", G_CALLBACK (step_undo_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (undo));
  g_signal_connect_object (resume, "activate", G_CALLBACK (resume_intake_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (resume));
  gtk_widget_insert_action_group (GTK_WIDGET (root), "step", G_ACTION_GROUP (group));
}

/* Says that something was done; the toast, and the key for undo from now on,
 * take @operation back. */
void
linli_case_pane_offer_undo (LinliCasePane *self,
                            const char    *words,
                            const char    *operation)
{
  g_return_if_fail (LINLI_IS_CASE_PANE (self));

  g_free (self->undo);
  self->undo = g_strdup (operation);
  self->to_newest = TRUE;
  linli_ui_context_toast_action (self->context, words, _("Undo"), "step.undo", g_variant_new_string (operation));
  linli_case_pane_update_actions (self);
}

static void
action_done (LinliCasePane *self,
             const char    *words,
             const char    *operation)
{
  linli_case_pane_offer_undo (self, words, operation);
  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.after-action", NULL);
}

static const char *
done_words (const char *command)
{
  const LinliCaseStep *step = linli_case_step_find (command);

  if (g_str_equal (command, "rule.from-owner"))
    return _("The rule now stands before all others.");
  return step != NULL ? g_dgettext (GETTEXT_PACKAGE, step->done) : _("Done.");
}

static void
dialog_done_cb (LinliCasePane *self,
                const char    *command,
                const char    *operation)
{
  if (g_str_equal (command, "identity.reveal")) /* nor can a look be taken back */
    {
      self->named_until = linli_ui_context_now (self->context) + LINLI_IDENTITY_FRESH;
      linli_ui_context_toast (self->context, done_words (command));
      linli_case_pane_reload (self);
    }
  else if (g_str_equal (command, "case.intake")) /* what somebody said cannot be unsaid */
    linli_ui_context_toast (self->context, done_words ("case.again"));
  else
    action_done (self, done_words (command), operation);
}

typedef struct
{
  LinliCasePane *pane;
  char          *command;
  gboolean       undoable;
} Run;

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr(LinliCasePane) self = run->pane;
  g_autofree char *command = run->command;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  gboolean undoable = run->undoable;

  g_free (run);
  if (self->context == NULL)
    return;
  if (reply == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (self->context, words);
    }
  else if (undoable)
    action_done (self, done_words (command), linli_reply_get_operation (reply));
}

/* Runs a command that needs no form; what may be taken back is told with a toast. */
void
linli_case_pane_run (LinliCasePane *self,
                     const char    *command,
                     LinliRequest  *request,
                     gboolean       undoable)
{
  Run *run = g_new0 (Run, 1);

  run->pane = g_object_ref (self);
  run->command = g_strdup (command);
  run->undoable = undoable;
  linli_store_run_async (linli_ui_context_get_store (self->context), command, request, NULL, run_cb, run);
}

/* --- Actions with a form --- */

static void
open_dialog (LinliCasePane     *self,
             LinliActionDialog *dialog)
{
  if (dialog == NULL)
    return;
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (dialog_done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
form_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  LinliActionDialog *dialog;

  if (linli_case_pane_get_case_row (self) == NULL || self->dialog != NULL)
    return;
  dialog = linli_case_dialog_new (self->context, self->sheet, name, NULL);
  if (dialog != NULL)
    open_dialog (self, dialog);
  else
    {
      g_autoptr(LinliRequest) request = linli_request_new ();

      linli_request_set_text (request, "case", self->case_id);
      linli_case_pane_run (self, name, request, TRUE);
    }
}

static void
part_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  LinliRow *part = NULL;

  if (linli_case_pane_get_case_row (self) != NULL && self->dialog == NULL)
    part = linli_case_steps_find_part (self->sheet, name, g_variant_get_string (parameter, NULL));
  if (part == NULL)
    return;
  if (g_str_equal (name, "case.sign"))
    {
      g_autoptr(LinliRequest) request = linli_request_new ();

      linli_request_set_text (request, "dispatch", linli_row_get_id (part));
      linli_case_pane_run (self, name, request, TRUE);
    }
  else
    open_dialog (self, linli_case_dialog_new (self->context, self->sheet, name, part));
}

/* --- The rest --- */

static void
make_rule_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  g_autoptr(LinliRequest) request = linli_request_new ();

  if (self->sheet == NULL || self->sheet->facts->owner == NULL)
    return;
  linli_request_set_text (request, "ownership", linli_row_get_id (self->sheet->facts->owner));
  linli_case_pane_run (self, "rule.from-owner", request, TRUE);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  g_autofree char *operation = g_strdup (self->undo);

  if (operation != NULL)
    linli_case_pane_undo (self, operation);
}

static void
copy_number_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  LinliRow *row = linli_case_pane_get_case_row (self);

  if (row == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), linli_row_get_text (row, LINLI_CASE_CASE_NO));
  linli_ui_context_toast (self->context, _("The case number was copied."));
}

/* Without a form: the one that the case is ready for. */
static const char *
fitting_form (LinliRow *row)
{
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);

  if (g_str_equal (state, "resolved") || linli_case_state_is_over (state))
    return "closing";
  return linli_row_is_null (row, LINLI_CASE_LEAD_UNIT_ID) ? "receipt" : "transfer";
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliRow *row = linli_case_pane_get_case_row (LINLI_CASE_PANE (widget));
  const char *form = g_variant_get_string (parameter, NULL);

  if (row == NULL)
    return;
  if (*form == '\0')
    form = fitting_form (row);
  gtk_widget_activate_action (widget, "win.print-form", "(ss)", form, linli_row_get_id (row));
}

static void
show_newest_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (LINLI_CASE_PANE (widget)->scroller);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
keep_steps_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);

  if (linli_case_pane_get_case_row (self) != NULL)
    linli_kept_record (GTK_WINDOW (gtk_widget_get_root (widget)), self->context, self->case_id);
}

static void
toggle_context_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  linli_context_panel_toggle (LINLI_CASE_PANE (widget)->context_panel);
}

void
linli_case_pane_update_actions (LinliCasePane *self)
{
  guint n;
  const LinliCaseStep *steps = linli_case_steps (&n);

  for (guint i = 0; i < n; i++)
    {
      gboolean allowed = self->sheet != NULL && linli_case_step_is_open (self->sheet, &steps[i]);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), steps[i].action, allowed);
    }
  if (self->named_until != 0)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "identity.reveal", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.attach",
                                 self->sheet != NULL && linli_case_sheet_allows (self->sheet, "case.attach"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.undo", self->undo != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.copy-number", self->sheet != NULL);
}

void
linli_case_pane_install_actions (GtkWidgetClass *widget_class)
{
  guint n;
  const LinliCaseStep *steps = linli_case_steps (&n);

  for (guint i = 0; i < n; i++)
    gtk_widget_class_install_action (widget_class, steps[i].action, steps[i].takes_part ? "s" : NULL,
                                     steps[i].takes_part ? part_action : form_action);
  linli_case_pane_install_file_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "case.make-rule", NULL, make_rule_action);
  gtk_widget_class_install_action (widget_class, "case.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "case.copy-number", NULL, copy_number_action);
  gtk_widget_class_install_action (widget_class, "case.keep-steps", NULL, keep_steps_action);
  gtk_widget_class_install_action (widget_class, "case.toggle-context", NULL, toggle_context_action);
  gtk_widget_class_install_action (widget_class, "case.print", "s", print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "case.print", "s", "");
  gtk_widget_class_install_action (widget_class, "case.show-newest", NULL, show_newest_action);
}

/* --- The palette --- */

/* What can be done with the case shown, the next step first. */
void
linli_case_pane_fill_palette (LinliCasePane *self,
                              LinliPalette  *palette)
{
  static const struct { const char *action; const char *title; const char *icon; const char *key; } others[] = {
    { "case.attach", N_("Add a file"), "mail-attachment-symbolic", "f" },
    { "case.copy-number", N_("Copy the case number"), "edit-copy-symbolic", "period" },
    { "case.keep-steps", N_("_Keep the Last Steps as a Macro…"), "linli-lane-symbolic", NULL },
    { "case.toggle-context", N_("Show or hide what surrounds the case"), "linli-place-symbolic", "<Alt>u" },
  };
  guint n;
  const LinliCaseStep *steps = linli_case_steps (&n);

  if (self->sheet == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      LinliPaletteEntry *entry;

      if (!linli_case_sheet_allows (self->sheet, steps[i].action) ||
          (steps[i].takes_part && linli_case_steps_find_part (self->sheet, steps[i].action, NULL) == NULL))
        continue;
      entry = linli_palette_entry_new (linli_case_step_words (&steps[i]), "linli-work-symbolic", GTK_WIDGET (self),
                                       steps[i].action, steps[i].takes_part ? g_variant_new_string ("") : NULL);
      entry->subtitle = g_strdup (linli_row_get_text (self->sheet->detail->case_row, LINLI_CASE_CASE_NO));
      entry->key = *steps[i].key != '\0' ? g_strdup (steps[i].key) : NULL;
      linli_palette_take (palette, entry);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      LinliPaletteEntry *entry = linli_palette_entry_new (g_dgettext (GETTEXT_PACKAGE, others[i].title), others[i].icon,
                                                          GTK_WIDGET (self), others[i].action, NULL);

      entry->key = g_strdup (others[i].key);
      linli_palette_take (palette, entry);
    }
}
