/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-action-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-capture-key.h"
#include "linli-cards.h"
#include "linli-choice-bar.h"
#include "linli-core-tables.h"
#include "linli-domain-error.h"
#include "linli-draft-keeper.h"
#include "linli-draft.h"
#include "linli-error-words.h"
#include "linli-template-menu.h"
#include "linli-text-area.h"
#include "linli-unit-chips.h"

#define WIDTH_WITH_ASIDE 940 /* px */

struct _LinliActionDialog
{
  AdwWindow          parent_instance;

  /* Template children */
  AdwWindowTitle    *heading;
  GtkButton         *cancel;
  GtkButton         *confirm;
  GtkButton         *second;
  GtkBox            *aside;
  GtkWidget         *aside_scroll;
  GtkScrolledWindow *scroll;
  GtkLabel          *message;
  GtkBox            *fields;

  /* Owned */
  LinliUiContext    *context;
  LinliDraftKeeper  *keeper;
  LinliRequest      *fixed;     /* arguments that are no fields */
  GPtrArray         *inputs;    /* LinliFormInput, in their order */
  GCancellable      *cancellable;
  char              *command;
  char              *subject;
  char              *choice;    /* (nullable): argument that the two buttons decide */
  char              *choice_first;
  char              *choice_second;
  char              *choice_needs; /* (nullable): field that only the second button requires */
  LinliConflictFunc  conflict;  /* (nullable) */
  gpointer           conflict_data;
  GDestroyNotify     conflict_free;
  LinliRunFunc       run_func;     /* (nullable) */
  gpointer           run_data;
  GDestroyNotify     run_free;
  LinliCollectFunc   collect;   /* (nullable) */
  gpointer           collect_data; /* (unowned): a widget in the form */

  /* State */
  gboolean           filling;   /* what changes is not typed */
  gboolean           running;
  gboolean           offers_case; /* the subject is a case, or a part of one */
};

enum { DONE, EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliActionDialog, linli_action_dialog, ADW_TYPE_WINDOW)

/* --- The draft --- */

static LinliRequest *
draft_body (gpointer form)
{
  LinliActionDialog *self = form;
  LinliRequest *body = NULL;

  for (guint i = 0; i < self->inputs->len; i++)
    if (linli_form_input_is_touched (self->inputs->pdata[i]) && body == NULL)
      body = linli_request_new ();
  for (guint i = 0; body != NULL && i < self->inputs->len; i++)
    linli_form_input_save (self->inputs->pdata[i], body);

  return body;
}

static void
saved_cb (LinliDraftKeeper  *keeper,
          const GError      *error,
          LinliActionDialog *self)
{
  g_autofree char *words = error != NULL ? linli_error_words (error) : NULL;

  if (words != NULL)
    linli_action_dialog_say (self, words, TRUE);
}

static void
changed_cb (LinliActionDialog *self)
{
  if (!self->filling && self->keeper != NULL)
    linli_draft_keeper_touch (self->keeper);
  g_signal_emit (self, signals[EDITED], 0);
}

static gpointer
read_drafts (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  char **key = data;

  return linli_drafts_load (conn, key[0], key[1], key[2], error);
}

static void
make_keeper (LinliActionDialog *self,
             LinliRow          *draft)
{
  self->keeper = linli_draft_keeper_new (linli_ui_context_get_store (self->context), self->command, self->subject,
                                         draft != NULL ? linli_row_get_id (draft) : NULL, draft_body, self);
  g_signal_connect_object (self->keeper, "saved", G_CALLBACK (saved_cb), self, 0);
}

static void
read_drafts_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliActionDialog) self = user_data;
  g_autoptr(GPtrArray) drafts = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  LinliRow *draft = drafts != NULL && drafts->len > 0 ? drafts->pdata[0] : NULL;
  const char *json = draft != NULL ? linli_row_get_text (draft, LINLI_DRAFT_BODY) : NULL;
  g_autoptr(LinliRequest) body = json != NULL ? linli_request_parse (json) : NULL;

  if (self->context == NULL || self->keeper != NULL)
    return;
  make_keeper (self, draft);
  if (body == NULL)
    return;
  self->filling = TRUE;
  for (guint i = 0; i < self->inputs->len; i++)
    linli_form_input_restore (self->inputs->pdata[i], body);
  self->filling = FALSE;
  linli_action_dialog_say (self, _("This is what you had typed before."), FALSE);
}

/* --- Running --- */

static void
clear_errors (LinliActionDialog *self)
{
  for (guint i = 0; i < self->inputs->len; i++)
    linli_field_set_error (((LinliFormInput *) self->inputs->pdata[i])->field, NULL);
  linli_action_dialog_say (self, NULL, FALSE);
}

static void
show_error (LinliActionDialog *self,
            const GError      *error)
{
  const char *name = linli_domain_error_get_field (error);
  LinliFormInput *input = name != NULL ? linli_action_dialog_find (self, name) : NULL;
  g_autofree char *words = linli_error_words (error);

  if (input == NULL)
    {
      linli_action_dialog_say (self, words, TRUE);
      return;
    }
  linli_field_set_error (input->field, words);
  gtk_widget_grab_focus (GTK_WIDGET (input->field));
}

static void
set_running (LinliActionDialog *self,
             gboolean           running)
{
  self->running = running;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.confirm", !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.second", !running);
  linli_form_freeze (GTK_WIDGET (self->fields), running);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(LinliActionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL)
    return;
  set_running (self, FALSE);
  if (reply == NULL)
    {
      if (g_error_matches (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_CONFLICT) && self->conflict != NULL)
        self->conflict (self, self->conflict_data);
      else
        show_error (self, error);
      return;
    }
  linli_draft_keeper_discard (self->keeper);
  g_signal_emit (self, signals[DONE], 0, self->command, linli_reply_get_operation (reply));
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Words that name nothing of the list must not pass for an empty field. */
static gboolean
is_unknown (LinliFormInput *input)
{
  GtkWidget *widget = linli_field_get_input (input->field);

  return LINLI_IS_PICKER (widget) && !linli_picker_is_free (LINLI_PICKER (widget)) &&
         linli_picker_get_row (LINLI_PICKER (widget)) == NULL && *linli_picker_get_text (LINLI_PICKER (widget)) != '\0';
}

static gboolean
check (LinliActionDialog *self,
       gboolean           is_second)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      LinliFormInput *input = self->inputs->pdata[i];
      gboolean needed = is_second && g_strcmp0 (input->name, self->choice_needs) == 0;
      g_autofree char *text = linli_form_input_dup_text (input);

      if (!linli_form_input_is_missing (input) && !(needed && *g_strstrip (text) == '\0') && !is_unknown (input))
        continue;
      linli_field_set_error (input->field, LINLI_IS_PICKER (linli_field_get_input (input->field))
                                             ? _("Choose one from the list.")
                                             : _("This must be filled in."));
      gtk_widget_grab_focus (GTK_WIDGET (input->field));
      return FALSE;
    }

  return TRUE;
}

static void
run (LinliActionDialog *self,
     gboolean           is_second)
{
  g_autoptr(LinliRequest) request = NULL;
  g_autofree char *fault = NULL;

  if (self->running || self->keeper == NULL)
    return;
  clear_errors (self);
  if (!check (self, is_second))
    return;
  linli_draft_keeper_flush (self->keeper);
  request = linli_action_dialog_dup_request (self, is_second);
  if (self->collect != NULL && !self->collect (request, self->collect_data, &fault))
    {
      linli_action_dialog_say (self, fault, TRUE);
      return;
    }
  set_running (self, TRUE);
  if (self->run_func != NULL)
    self->run_func (self, request, self->run_data);
  else
    linli_store_run_async (linli_ui_context_get_store (self->context), self->command, request, NULL, run_cb,
                           g_object_ref (self));
}

static void
confirm_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  run (LINLI_ACTION_DIALOG (widget), FALSE);
}

static void
second_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  run (LINLI_ACTION_DIALOG (widget), TRUE);
}

/* --- The object --- */

static gboolean
linli_action_dialog_close_request (GtkWindow *window)
{
  LinliActionDialog *self = LINLI_ACTION_DIALOG (window);

  if (self->keeper != NULL)
    linli_draft_keeper_flush (self->keeper);

  return GTK_WINDOW_CLASS (linli_action_dialog_parent_class)->close_request (window);
}

static void
linli_action_dialog_dispose (GObject *object)
{
  LinliActionDialog *self = LINLI_ACTION_DIALOG (object);

  if (self->keeper != NULL)
    linli_draft_keeper_leave (self->keeper);
  g_clear_object (&self->keeper);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  if (self->conflict_free != NULL)
    self->conflict_free (self->conflict_data);
  self->conflict_free = NULL;
  self->conflict = NULL;
  if (self->run_free != NULL)
    self->run_free (self->run_data);
  self->run_free = NULL;
  self->run_func = NULL;

  G_OBJECT_CLASS (linli_action_dialog_parent_class)->dispose (object);
}

static void
linli_action_dialog_finalize (GObject *object)
{
  LinliActionDialog *self = LINLI_ACTION_DIALOG (object);

  g_clear_pointer (&self->fixed, linli_request_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_free (self->command);
  g_free (self->subject);
  g_free (self->choice);
  g_free (self->choice_first);
  g_free (self->choice_second);
  g_free (self->choice_needs);

  G_OBJECT_CLASS (linli_action_dialog_parent_class)->finalize (object);
}

static void
linli_action_dialog_class_init (LinliActionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_action_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_action_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = linli_action_dialog_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/linli_desk/Linli/ui/linli-action-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, second);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, aside);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, aside_scroll);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, scroll);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, message);
  gtk_widget_class_bind_template_child (widget_class, LinliActionDialog, fields);

  gtk_widget_class_install_action (widget_class, "dialog.confirm", NULL, confirm_action);
  gtk_widget_class_install_action (widget_class, "dialog.second", NULL, second_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * LinliActionDialog::done:
   * @command: its name
   * @operation: what may be undone
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /* A field changed, by whatever hand. */
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
linli_action_dialog_init (LinliActionDialog *self)
{
  self->fixed = linli_request_new ();
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_form_input_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_capture_key (GTK_WIDGET (self), "<Control>Return|<Control>KP_Enter", "dialog.confirm");
}

/**
 * linli_action_dialog_new:
 * @command: "case.close"
 * @subject: (nullable): the case, or the part of it, that the draft belongs to
 * @confirm: the button's label
 */
LinliActionDialog *
linli_action_dialog_new (LinliUiContext *context,
                         const char     *command,
                         const char     *subject,
                         const char     *title,
                         const char     *confirm)
{
  LinliActionDialog *self = g_object_new (LINLI_TYPE_ACTION_DIALOG, "title", title, NULL);

  self->context = g_object_ref (context);
  self->command = g_strdup (command);
  self->subject = g_strdup (subject);
  self->offers_case = subject != NULL && g_uuid_string_is_valid (subject);
  adw_window_title_set_title (self->heading, title);
  gtk_button_set_label (self->confirm, confirm);

  return self;
}

void
linli_action_dialog_fix_text (LinliActionDialog *self,
                              const char        *name,
                              const char        *value)
{
  linli_request_set_text (self->fixed, name, value);
}

void
linli_action_dialog_fix_bool (LinliActionDialog *self,
                              const char        *name,
                              gboolean           value)
{
  linli_request_set_bool (self->fixed, name, value);
}

void
linli_action_dialog_fix_object (LinliActionDialog *self,
                                const char        *name,
                                LinliRequest      *value)
{
  linli_request_set_object (self->fixed, name, value);
}

void
linli_action_dialog_fix_int (LinliActionDialog *self,
                             const char        *name,
                             gint64             value)
{
  linli_request_set_int (self->fixed, name, value);
}

/* @widget: (transfer floating): anything a LinliFormInput knows */
LinliFormInput *
linli_action_dialog_add_input (LinliActionDialog *self,
                               const char        *name,
                               const char        *label,
                               GtkWidget         *widget)
{
  LinliFormInput *input = linli_form_input_new (name, linli_field_new (label, widget));

  gtk_box_append (self->fields, GTK_WIDGET (input->field));
  linli_form_input_connect (input, G_CALLBACK (changed_cb), self);
  g_ptr_array_add (self->inputs, input);

  return input;
}

/* Which kept texts belong into a field. */
static const char *
purpose_of (const char *name)
{
  static const struct { const char *name; const char *purpose; } purposes[] = {
    { "reply", "reply" }, { "explanation", "reply" }, { "instruction", "instruction" }, { "result", "result" },
    { "reason", "reason" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i].name, name))
      return purposes[i].purpose;
  return "note";
}

/* @text: (nullable): to begin with */
LinliFormInput *
linli_action_dialog_add_area (LinliActionDialog *self,
                              const char        *name,
                              const char        *label,
                              const char        *text)
{
  GtkWidget *area = linli_text_area_new (110, 260);
  LinliFormInput *input = linli_action_dialog_add_input (self, name, label, area);
  GtkTextView *view = GTK_TEXT_VIEW (linli_text_area_get_view (LINLI_TEXT_AREA (area)));

  linli_template_menu_attach (view, self->context, purpose_of (name));
  if (self->offers_case)
    linli_template_menu_set_case (view, self->subject);
  linli_form_input_set_text (input, text);

  return input;
}

/* @text: (nullable): to begin with */
LinliFormInput *
linli_action_dialog_add_entry (LinliActionDialog *self,
                               const char        *name,
                               const char        *label,
                               const char        *text)
{
  LinliFormInput *input = linli_action_dialog_add_input (self, name, label, gtk_entry_new ());

  linli_form_input_set_text (input, text);

  return input;
}

/* @row: (nullable): to begin with */
LinliFormInput *
linli_action_dialog_add_picker (LinliActionDialog *self,
                                const char        *name,
                                const char        *label,
                                LinliPickKind      kind,
                                LinliRow          *row)
{
  GtkWidget *picker = linli_picker_new (self->context, kind, FALSE);

  if (row != NULL)
    linli_picker_set_row (LINLI_PICKER (picker), row);

  return linli_action_dialog_add_input (self, name, label, picker);
}

LinliFormInput *
linli_action_dialog_add_units (LinliActionDialog *self,
                               const char        *name,
                               const char        *label)
{
  return linli_action_dialog_add_input (self, name, label, linli_unit_chips_new (self->context));
}

/* @words: translated, as many as @ids; @chosen: (nullable): an id */
LinliFormInput *
linli_action_dialog_add_choice (LinliActionDialog *self,
                                const char        *name,
                                const char        *label,
                                const char *const *ids,
                                const char *const *words,
                                const char        *chosen)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (words);
  LinliFormInput *input = linli_action_dialog_add_input (self, name, label, drop_down);

  input->choices = g_strdupv ((char **) ids);
  linli_form_input_set_text (input, chosen);

  return input;
}

/* Like linli_action_dialog_add_choice(), all words in view and none chosen;
 * @words: translated, with mnemonics */
LinliFormInput *
linli_action_dialog_add_bar (LinliActionDialog *self,
                             const char        *name,
                             const char        *label,
                             const char *const *ids,
                             const char *const *words)
{
  LinliFormInput *input = linli_action_dialog_add_input (self, name, label, linli_choice_bar_new (words));

  input->choices = g_strdupv ((char **) ids);

  return input;
}

/* Something to read among the fields. */
void
linli_action_dialog_add_widget (LinliActionDialog *self,
                                GtkWidget         *widget)
{
  gtk_box_append (self->fields, widget);
}

/* Something to read, or to do at once, that is in view beside the fields
 * however many they are. It comes after them by Tab. */
void
linli_action_dialog_add_aside (LinliActionDialog *self,
                               GtkWidget         *widget)
{
  if (!gtk_widget_get_visible (self->aside_scroll))
    {
      gtk_widget_set_visible (self->aside_scroll, TRUE);
      gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_WITH_ASIDE, -1);
    }
  gtk_box_append (self->aside, widget);
}

/* Room for what the first choice will bring up: a window keeps the height that
 * it is shown with, and what comes below its edge is not seen. @height: px */
void
linli_action_dialog_reserve (LinliActionDialog *self,
                             int                height)
{
  gtk_scrolled_window_set_min_content_height (self->scroll, height);
}

/* Something below the fields that stays alive while the command runs. */
void
linli_action_dialog_add_result (LinliActionDialog *self,
                                GtkWidget         *widget)
{
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->fields))), widget);
}

/**
 * linli_action_dialog_add_second:
 * @name: the argument that the button decides
 * @first: its value by the first button
 * @second: its value by this one
 * @needed: (nullable): a field that only this one requires
 *
 * Two ways out of the form instead of one.
 */
void
linli_action_dialog_add_second (LinliActionDialog *self,
                                const char        *label,
                                const char        *name,
                                const char        *first,
                                const char        *second,
                                const char        *needed)
{
  gtk_button_set_label (self->second, label);
  gtk_widget_set_visible (GTK_WIDGET (self->second), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->second), "destructive-action");
  self->choice = g_strdup (name);
  self->choice_first = g_strdup (first);
  self->choice_second = g_strdup (second);
  self->choice_needs = g_strdup (needed);
}

/* @func: what to do about a case that was changed meanwhile, instead of only saying so */
void
linli_action_dialog_set_conflict (LinliActionDialog *self,
                                  LinliConflictFunc  func,
                                  gpointer           data,
                                  GDestroyNotify     data_free)
{
  self->conflict = func;
  self->conflict_data = data;
  self->conflict_free = data_free;
}

/* @func: called in place of running the command itself */
void
linli_action_dialog_set_run (LinliActionDialog *self,
                             LinliRunFunc       func,
                             gpointer           data,
                             GDestroyNotify     data_free)
{
  self->run_func = func;
  self->run_data = data;
  self->run_free = data_free;
}

/**
 * linli_action_dialog_dup_request:
 * @second: as the second button would ask it
 *
 * Returns: (transfer full): the command's arguments as the form stands
 */
LinliRequest *
linli_action_dialog_dup_request (LinliActionDialog *self,
                                 gboolean           second)
{
  LinliRequest *request = linli_request_copy (self->fixed);

  if (self->choice != NULL)
    linli_request_set_text (request, self->choice, second ? self->choice_second : self->choice_first);
  for (guint i = 0; i < self->inputs->len; i++)
    linli_form_input_send (self->inputs->pdata[i], request);

  return request;
}

/* Whether every field that must be filled in is. */
gboolean
linli_action_dialog_is_complete (LinliActionDialog *self)
{
  for (guint i = 0; i < self->inputs->len; i++)
    if (linli_form_input_is_missing (self->inputs->pdata[i]))
      return FALSE;
  return TRUE;
}

/* The command was run elsewhere and refused: the form is there to be mended. */
void
linli_action_dialog_fail (LinliActionDialog *self,
                          const GError      *error)
{
  if (self->context == NULL)
    return;
  set_running (self, FALSE);
  show_error (self, error);
}

/* The command was run elsewhere: the draft has done its work. @stays: the form
 * remains to be read, but cannot be handed in again. */
void
linli_action_dialog_end (LinliActionDialog *self,
                         gboolean           stays)
{
  if (self->context == NULL)
    return;
  if (self->keeper != NULL)
    linli_draft_keeper_discard (self->keeper);
  if (!stays)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fields), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->second), FALSE);
  gtk_button_set_label (self->cancel, _("Leave"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cancel), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel));
}

/* @data: (unowned): a widget of the form, that lives as long */
void
linli_action_dialog_set_collect (LinliActionDialog *self,
                                 LinliCollectFunc   func,
                                 gpointer           data)
{
  self->collect = func;
  self->collect_data = data;
}

/* Returns: (transfer none) (nullable) */
LinliFormInput *
linli_action_dialog_find (LinliActionDialog *self,
                          const char        *name)
{
  for (guint i = 0; i < self->inputs->len; i++)
    if (g_str_equal (((LinliFormInput *) self->inputs->pdata[i])->name, name))
      return self->inputs->pdata[i];

  return NULL;
}

/* @words: (nullable): above the fields; %NULL for nothing */
void
linli_action_dialog_say (LinliActionDialog *self,
                         const char        *words,
                         gboolean           is_error)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
}

/* Shows it, with what had been typed into it before. */
void
linli_action_dialog_open (LinliActionDialog *self,
                          GtkWindow         *parent)
{
  LinliStore *store = linli_ui_context_get_store (self->context);
  g_autofree char *actor = linli_store_dup_actor (store);
  char **key = g_new0 (char *, 4);

  g_return_if_fail (LINLI_IS_ACTION_DIALOG (self));

  for (guint i = 0; i < self->inputs->len; i++)
    linli_form_input_keep (self->inputs->pdata[i]);
  key[0] = g_strdup (actor != NULL ? actor : "");
  key[1] = g_strdup (self->command);
  key[2] = g_strdup (self->subject);
  linli_store_read_async (store, read_drafts, key, (GDestroyNotify) g_strfreev,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_drafts_cb, g_object_ref (self));
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  if (self->inputs->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (((LinliFormInput *) self->inputs->pdata[0])->field));
  gtk_window_present (GTK_WINDOW (self));
}
