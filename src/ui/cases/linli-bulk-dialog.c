/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One form for many cases: what the command asks, whom it can be done to, and
 * afterwards whom it was not done to, which can be read, opened and exported. */

#include "config.h"

#include "linli-bulk-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-bulk-preview.h"
#include "linli-bulk-run.h"
#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-catalogue-tables.h"
#include "linli-error-words.h"
#include "linli-macro-words.h"
#include "linli-macro.h"

/* The check follows the typing with this pause. */
#define PAUSE_MS 250

typedef struct
{
  LinliUiContext    *context;
  LinliActionDialog *dialog;  /* (unowned) (nullable): weak */
  LinliBulkPreview  *preview; /* (unowned) (nullable): weak */
  LinliBulkRun      *run;     /* (nullable): check or run under way */
  char              *command;
  char              *query;   /* (nullable) */
  char              *macro;   /* (nullable): its name, when steps are done in place of the command */
  char              *steps;   /* (nullable) */
  char              *bulk;    /* (nullable): once it ran */
  GArray            *pks;
  guint              pause_id;
  LinliBulkDoneFunc  done;
  gpointer           data;
  GDestroyNotify     data_free;
} Bulk;

static void
forget_run (Bulk *self)
{
  if (self->run == NULL)
    return;
  linli_bulk_run_stop (self->run);
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

static void
bulk_free (gpointer data)
{
  Bulk *self = data;

  /* A check without a reader is worth nothing; a run goes on by itself. */
  if (self->run != NULL && linli_bulk_run_get_job (self->run)->mode == LINLI_BULK_MODE_CHECK)
    forget_run (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->preview);
  g_clear_object (&self->context);
  g_array_unref (self->pks);
  g_free (self->command);
  g_free (self->query);
  g_free (self->macro);
  g_free (self->steps);
  g_free (self->bulk);
  if (self->data_free != NULL)
    self->data_free (self->data);
}

static void
bulk_unref (gpointer data)
{
  g_rc_box_release_full (data, bulk_free);
}

static void
bulk_unref_closure (gpointer  data,
                    GClosure *closure)
{
  bulk_unref (data);
}

/* --- What a command asks for --- */

static void
add_urgency (LinliActionDialog *dialog)
{
  static const char *const ids[] = { "urgent", "normal", "hard", NULL };
  const char *words[] = { _("Urgent"), _("Ordinary"), _("Hard"), NULL };

  linli_action_dialog_add_choice (dialog, "urgency", _("_Urgency"), ids, words, "urgent");
}

static void
add_audience (LinliActionDialog *dialog,
              gboolean           unit)
{
  static const char *const ids[] = { "internal", "unit", NULL };
  const char *words[] = { _("For the centre alone"), _("For the units too"), NULL };

  linli_action_dialog_add_choice (dialog, "audience", _("_For whom"), ids + unit, words + unit, ids[unit]);
}

static void
add_item (LinliActionDialog *dialog)
{
  LinliFormInput *input = linli_action_dialog_add_picker (dialog, "item", _("_Duty item"), LINLI_PICK_DUTY_ITEM, NULL);

  input->required = TRUE;
  input->column = LINLI_DUTY_ITEM_CODE;
  linli_picker_set_hint (LINLI_PICKER (linli_field_get_input (input->field)),
                         _("Name, the resident’s word for it, or pinyin initials"));
}

static void
add_fields (LinliActionDialog *dialog,
            const char        *command,
            gboolean           unit)
{
  static const struct
  {
    const char *command;
    const char *name;
    const char *label;
    gboolean    required;
  } areas[] = {
    { "case.dispatch", "instruction", N_("_Instruction to the units"), FALSE },
    { "case.classify", "reason", N_("_Reason (clocks keep the moment they started)"), FALSE },
    { "case.note", "body", N_("_Note"), TRUE },
    { "case.done", "result", N_("_Result"), TRUE },
    { "case.review", "note", N_("_Note"), FALSE },
    { "case.close", "reply", N_("_What the resident was told"), TRUE },
    { "case.close", "note", N_("_Internal note"), FALSE },
    { "case.withdraw", "reason", N_("_Why the resident takes it back"), TRUE },
  };

  if (g_str_equal (command, "case.accept") || g_str_equal (command, "case.classify"))
    add_item (dialog);
  if (g_str_equal (command, "case.dispatch"))
    {
      LinliFormInput *lead = linli_action_dialog_add_picker (dialog, "lead", _("_Lead unit"), LINLI_PICK_UNIT, NULL);

      linli_picker_set_hint (LINLI_PICKER (linli_field_get_input (lead->field)),
                             _("Empty: each to the units the duty list names"));
    }
  if (g_str_equal (command, "case.assign"))
    linli_action_dialog_add_picker (dialog, "owner", _("_Person (nobody when empty)"), LINLI_PICK_ACCOUNT, NULL);
  if (g_str_equal (command, "case.edit"))
    add_urgency (dialog);
  if (g_str_equal (command, "case.note"))
    add_audience (dialog, unit);
  if (g_str_equal (command, "case.review"))
    linli_action_dialog_fix_text (dialog, "verdict", "pass");
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (g_str_equal (areas[i].command, command))
      linli_action_dialog_add_area (dialog, areas[i].name, g_dgettext (GETTEXT_PACKAGE, areas[i].label),
                                    NULL)->required = areas[i].required;
}

/* --- The check --- */

static LinliBulkRun *
new_run (Bulk          *self,
         LinliBulkMode  mode,
         LinliRequest  *request,
         GError       **error)
{
  LinliStore *store = linli_ui_context_get_store (self->context);

  return self->steps != NULL
           ? linli_bulk_run_new_macro (store, mode, self->macro, self->steps, self->pks, self->query, error)
           : linli_bulk_run_new (store, mode, self->command, request, self->pks, self->query, error);
}

static void
checked_cb (LinliBulkRun *run,
            GError       *error,
            Bulk         *self)
{
  if (self->preview == NULL || self->run != run)
    return;
  if (error != NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_bulk_preview_say (self->preview, words);
    }
  else
    linli_bulk_preview_show (self->preview, linli_bulk_run_get_job (run));
}

static void
progress_cb (LinliBulkRun *run,
             Bulk         *self)
{
  if (self->preview != NULL && self->run == run)
    linli_bulk_preview_progress (self->preview, linli_bulk_run_get_job (run));
}

static void
check (Bulk *self)
{
  g_autoptr(LinliRequest) request = NULL;
  g_autoptr(GError) error = NULL;

  if (self->dialog == NULL || self->bulk != NULL)
    return;
  forget_run (self);
  if (!linli_action_dialog_is_complete (self->dialog))
    {
      linli_bulk_preview_say (self->preview, _("What can be done is shown once the form is filled in."));
      return;
    }
  request = linli_action_dialog_dup_request (self->dialog, FALSE);
  self->run = new_run (self, LINLI_BULK_MODE_CHECK, request, &error);
  if (self->run == NULL)
    {
      linli_bulk_preview_say (self->preview, error->message);
      return;
    }
  g_signal_connect (self->run, "progress", G_CALLBACK (progress_cb), self);
  g_signal_connect (self->run, "finished", G_CALLBACK (checked_cb), self);
  linli_bulk_run_start (self->run);
}

static gboolean
pause_cb (gpointer data)
{
  Bulk *self = data;

  self->pause_id = 0;
  check (self);

  return G_SOURCE_REMOVE;
}

static void
edited_cb (LinliActionDialog *dialog,
           Bulk              *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/* --- Afterwards --- */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;

  linli_store_read_finish (LINLI_STORE (source), result, &error);
  if (error != NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (context, words);
      return;
    }
  linli_ui_context_toast (context, _("The list was written."));
}

static const char *
translate (const char *text)
{
  if (g_str_equal (text, "refused"))
    return _("Refused");
  if (g_str_equal (text, "kept"))
    return _("Not taken back");
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static void
file_chosen_cb (GtkNativeDialog *chooser,
                int              response,
                Bulk            *self)
{
  g_autoptr(GtkNativeDialog) ended = chooser; /* was kept for this answer */
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  LinliBulkList *list;

  gtk_native_dialog_destroy (chooser);
  if (file == NULL)
    return;
  list = g_new0 (LinliBulkList, 1);
  list->bulk = g_strdup (self->bulk);
  list->path = g_file_get_path (file);
  list->headings[0] = g_strdup (_("Case number"));
  list->headings[1] = g_strdup (_("Title"));
  list->headings[2] = g_strdup (_("Outcome"));
  list->headings[3] = g_strdup (_("Reason"));
  list->translate = translate;
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_bulk_list_write, list,
                          linli_bulk_list_free, NULL, NULL, exported_cb, g_object_ref (self->context));
}

static void
export_cb (GtkWidget *button,
           Bulk      *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export the List"), GTK_WINDOW (gtk_widget_get_root (button)),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("Refused cases.csv"));
  g_signal_connect_data (chooser, "response", G_CALLBACK (file_chosen_cb), g_rc_box_acquire (self), bulk_unref_closure, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
undo_cb (GtkWidget *button,
         Bulk      *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (gtk_widget_get_root (button)));

  linli_bulk_undo (parent, self->context, self->bulk);
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (button)));
}

static void
add_button (Bulk       *self,
            const char *label,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_data (button, "clicked", callback, g_rc_box_acquire (self), bulk_unref_closure, 0);
  linli_bulk_preview_add (self->preview, button);
}

static void
show_partial (Bulk         *self,
              LinliBulkJob *job)
{
  linli_bulk_preview_show (self->preview, job);
  add_button (self, _("E_xport the List…"), G_CALLBACK (export_cb));
  if (job->mode == LINLI_BULK_MODE_RUN && job->n_done > 0)
    add_button (self, _("_Undo"), G_CALLBACK (undo_cb));
}

/* --- The run --- */

static void
ran_cb (LinliBulkRun *run,
        GError       *error,
        Bulk         *self)
{
  LinliBulkJob *job = linli_bulk_run_get_job (run);

  if (error != NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (self->context, words);
    }
  self->bulk = g_strdup (job->bulk);
  if (self->done != NULL)
    self->done (job->bulk, job->n_done, self->data);
  if (self->dialog != NULL)
    {
      gboolean partial = job->n_refused > 0 || error != NULL;

      if (partial && self->preview != NULL)
        show_partial (self, job);
      linli_action_dialog_end (self->dialog, partial);
    }
  forget_run (self); /* each held the other until now */
}

static void
run_cb (LinliActionDialog *dialog,
        LinliRequest      *request,
        gpointer           data)
{
  Bulk *self = data;
  g_autoptr(GError) error = NULL;

  forget_run (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->run = new_run (self, LINLI_BULK_MODE_RUN, request, &error);
  if (self->run == NULL)
    {
      linli_action_dialog_fail (dialog, error);
      return;
    }
  g_signal_connect_data (self->run, "progress", G_CALLBACK (progress_cb), g_rc_box_acquire (self), bulk_unref_closure, 0);
  g_signal_connect_data (self->run, "finished", G_CALLBACK (ran_cb), g_rc_box_acquire (self), bulk_unref_closure, 0);
  linli_bulk_run_start (self->run);
}

static const char *
title_format (const char *command)
{
  static const struct
  {
    const char *command;
    const char *title;
  } titles[] = {
    { "case.accept", N_("Register %'u Cases") },
    { "case.assign", N_("Assign %'u Cases") },
    { "case.classify", N_("Classify %'u Cases") },
    { "case.close", N_("Close %'u Cases") },
    { "case.dispatch", N_("Dispatch %'u Cases") },
    { "case.done", N_("Report %'u Cases Done") },
    { "case.edit", N_("Mark the Urgency of %'u Cases") },
    { "case.note", N_("Note on %'u Cases") },
    { "case.review", N_("Pass the Review of %'u Cases") },
    { "case.sign", N_("Sign for %'u Cases") },
    { "case.withdraw", N_("Withdraw %'u Cases") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].command, command))
      return titles[i].title;
  return NULL;
}

/* Whether @command can be run on many cases from the window. */
gboolean
linli_bulk_dialog_knows (const char *command)
{
  return title_format (command) != NULL;
}

static char *
title_of (const char *command,
          guint       n)
{
  const char *title = title_format (command);
  const char *format = title != NULL ? g_dgettext (GETTEXT_PACKAGE, title) : NULL;

  if (format == NULL)
    return NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n);
#pragma GCC diagnostic pop
}

static Bulk *
bulk_new (LinliUiContext *context,
          const char     *command,
          GArray         *pks,
          const char     *query)
{
  Bulk *self = g_rc_box_new0 (Bulk);

  self->context = g_object_ref (context);
  self->command = g_strdup (command);
  self->query = g_strdup (query);
  self->pks = g_array_ref (pks);

  return self;
}

static void
set_dialog (Bulk              *self,
            LinliActionDialog *dialog)
{
  GtkWidget *preview = linli_bulk_preview_new ();

  g_set_weak_pointer (&self->dialog, dialog);
  g_set_weak_pointer (&self->preview, LINLI_BULK_PREVIEW (preview));
  gtk_window_set_modal (GTK_WINDOW (dialog), FALSE); /* cases are opened beside it */
  gtk_window_set_default_size (GTK_WINDOW (dialog), 560, 520); /* room for those that cannot */
  linli_action_dialog_add_result (dialog, preview);
}

/**
 * linli_bulk_dialog_open:
 * @command: of the cases room
 * @pks: (transfer none) (element-type gint64): the cases; not to be changed afterwards
 * @query: (nullable): the search line that chose them
 * @done: (nullable): told when it ran, also when the form was closed meanwhile
 *
 * Returns: %FALSE when there is no form for @command
 */
gboolean
linli_bulk_dialog_open (GtkWindow         *parent,
                        LinliUiContext    *context,
                        const char        *command,
                        GArray            *pks,
                        const char        *query,
                        LinliBulkDoneFunc  done,
                        gpointer           data,
                        GDestroyNotify     data_free)
{
  g_autofree char *title = title_of (command, pks->len);
  LinliActionDialog *dialog;
  Bulk *self;

  if (title == NULL)
    {
      if (data_free != NULL)
        data_free (data);
      return FALSE;
    }
  self = bulk_new (context, command, pks, query);
  self->done = done;
  self->data = data;
  self->data_free = data_free;
  dialog = linli_action_dialog_new (context, command, "bulk", title, _("Do It"));
  add_fields (dialog, command, linli_ui_context_get_session (context)->unit != NULL);
  set_dialog (self, dialog);
  g_signal_connect (dialog, "edited", G_CALLBACK (edited_cb), self);
  linli_action_dialog_set_run (dialog, run_cb, self, bulk_unref);
  linli_action_dialog_open (dialog, parent);
  check (self);

  return TRUE;
}

/* --- A macro --- */

typedef struct
{
  char  *macro; /* id */
  gint64 pk;    /* of the only case, 0 of several */
} Asked;

typedef struct
{
  Bulk      *bulk;
  GtkWindow *parent;
} MacroOpening;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->macro);
  g_free (asked);
}

static gpointer
read_plan (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Asked *asked = data;

  return linli_macro_plan_load (conn, asked->macro, asked->pk, error);
}

/* What somebody filled in by hand is never changed without saying so. */
static GtkWidget *
override_warning (LinliMacroPlan *plan)
{
  GString *columns = g_string_new (NULL);
  g_autofree char *words = NULL;
  GtkWidget *label;

  for (guint i = 0; plan->overrides != NULL && plan->overrides[i] != NULL; i++)
    g_string_append_printf (columns, "%s%s", i > 0 ? _(", ") : "", linli_macro_column_words (plan->overrides[i]));
  if (columns->len > 0)
    /* Translators: names of fields, such as “duty item, urgency” */
    words = g_strdup_printf (_("This changes what is filled in already: %s."), columns->str);
  g_string_free (columns, TRUE);
  if (words == NULL)
    return NULL;
  label = linli_text_new (words, "warning");

  return label;
}

static void
read_plan_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  MacroOpening *opening = user_data;
  Bulk *self = opening->bulk;
  g_autoptr(GtkWindow) parent = opening->parent;
  g_autoptr(GError) error = NULL;
  LinliMacroPlan *plan = linli_store_read_finish (LINLI_STORE (source), result, &error);
  g_autoptr(LinliMacroSheet) words = NULL;
  LinliActionDialog *dialog;
  GtkWidget *warning;

  g_free (opening);
  if (plan == NULL)
    {
      g_autofree char *failed = linli_error_words (error);

      linli_ui_context_toast (self->context, failed);
      bulk_unref (self);
      return;
    }
  self->macro = g_strdup (plan->name);
  self->steps = g_strdup (plan->steps);
  words = linli_macro_sheet_new (plan->steps);
  warning = override_warning (plan);
  dialog = linli_action_dialog_new (self->context, "macro", "bulk", plan->name, _("Do It"));
  linli_action_dialog_add_widget (dialog, linli_macro_sheet_list (words));
  if (warning != NULL)
    linli_action_dialog_add_widget (dialog, warning);
  set_dialog (self, dialog);
  linli_action_dialog_set_run (dialog, run_cb, self, bulk_unref);
  linli_action_dialog_open (dialog, parent);
  check (self);
  linli_macro_plan_free (plan);
}

/* linli_bulk_dialog_open() for the steps of a macro, of which each case gets
 * all or none. @macro: its id */
void
linli_bulk_dialog_open_macro (GtkWindow         *parent,
                              LinliUiContext    *context,
                              const char        *macro,
                              GArray            *pks,
                              const char        *query,
                              LinliBulkDoneFunc  done,
                              gpointer           data,
                              GDestroyNotify     data_free)
{
  Bulk *self = bulk_new (context, "macro", pks, query);
  MacroOpening *opening = g_new0 (MacroOpening, 1);
  Asked *asked = g_new0 (Asked, 1);

  self->done = done;
  self->data = data;
  self->data_free = data_free;
  opening->bulk = self;
  opening->parent = g_object_ref (parent);
  asked->macro = g_strdup (macro);
  asked->pk = pks->len == 1 ? g_array_index (pks, gint64, 0) : 0;
  linli_store_read_async (linli_ui_context_get_store (context), read_plan, asked, asked_free,
                          (GDestroyNotify) linli_macro_plan_free, NULL, read_plan_cb, opening);
}

/* --- Taking it all back --- */

static void
undone_cb (LinliBulkRun *run,
           GError       *error,
           Bulk         *self)
{
  LinliBulkJob *job = linli_bulk_run_get_job (run);
  GtkWindow *parent = g_object_get_data (G_OBJECT (run), "parent");
  g_autofree char *words = NULL;

  if (error != NULL)
    words = linli_error_words (error);
  else if (job->n_refused == 0)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Taken back for %'u case.", "Taken back for %'u cases.",
                                          job->n_done), job->n_done);
  if (words != NULL)
    {
      linli_ui_context_toast (self->context, words);
      return;
    }
  if (parent == NULL || !gtk_widget_get_realized (GTK_WIDGET (parent)))
    return;
  set_dialog (self, linli_action_dialog_new (self->context, "core.undo", self->bulk, _("Not All Taken Back"), ""));
  linli_action_dialog_open (self->dialog, parent);
  linli_action_dialog_end (self->dialog, TRUE);
  show_partial (self, job);
}

/* Takes @bulk back, case by case, and tells about those that must stay. */
void
linli_bulk_undo (GtkWindow      *parent,
                 LinliUiContext *context,
                 const char     *bulk)
{
  g_autoptr(LinliBulkRun) run = linli_bulk_run_new_undo (linli_ui_context_get_store (context), bulk);
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bulk *self = bulk_new (context, "core.undo", none, NULL);

  self->bulk = g_strdup (bulk);
  g_object_set_data_full (G_OBJECT (run), "parent", g_object_ref (parent), g_object_unref);
  g_signal_connect_data (run, "finished", G_CALLBACK (undone_cb), self, bulk_unref_closure, 0);
  linli_bulk_run_start (run);
}
