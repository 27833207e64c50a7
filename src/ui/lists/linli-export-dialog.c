/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-case-export.h"
#include "linli-error-words.h"

#define TICK_MS 100

struct _LinliExportDialog
{
  AdwWindow        parent_instance;

  /* Template children */
  GtkFlowBox      *columns;
  GtkDropDown     *format;
  GtkWidget       *export;
  GtkStack        *stack;
  GtkProgressBar  *progress;
  GtkLabel        *trouble;

  /* Owned */
  LinliUiContext  *context;
  GCancellable    *cancellable;
  LinliCaseExport *running;  /* (nullable) */
  GtkFileChooserNative *chooser; /* (nullable) */
  char            *line;
  char            *name;     /* of the view */

  /* State */
  LinliCaseSort    sort;
  guint            tick_id;
};

G_DEFINE_FINAL_TYPE (LinliExportDialog, linli_export_dialog, ADW_TYPE_WINDOW)

static const char *const endings[] = { "xlsx", "csv" };

/* "Open cases 2026-02-14.xlsx"; what a file may not be called becomes a space */
static char *
file_name (LinliUiContext *context,
           const char     *name,
           const char     *ending)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_ui_context_now (context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = g_date_time_to_timezone (utc, linli_ui_context_get_zone (context));
  g_autofree char *day = g_date_time_format (here, "%Y-%m-%d");
  g_autofree char *plain = g_strdelimit (g_strdup (name), "/\\:*?\"<>|", ' ');

  return g_strdup_printf ("%s %s.%s", plain, day, ending);
}

static GtkCheckButton *
nth_check (LinliExportDialog *self,
           guint              i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->columns, (int) i);

  return child != NULL ? GTK_CHECK_BUTTON (gtk_flow_box_child_get_child (child)) : NULL;
}

static guint64
chosen_columns (LinliExportDialog *self)
{
  guint64 columns = 0;

  for (guint i = 0; i < linli_case_export_n_columns (); i++)
    if (gtk_check_button_get_active (nth_check (self, i)))
      columns |= G_GUINT64_CONSTANT (1) << i;
  return columns;
}

static void
column_toggled_cb (LinliExportDialog *self)
{
  gtk_widget_set_sensitive (self->export, chosen_columns (self) != 0);
}

/* --- Running --- */

static gboolean
tick_cb (gpointer data)
{
  LinliExportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress, linli_case_export_get_fraction (self->running));

  return G_SOURCE_CONTINUE;
}

static void
say_trouble (LinliExportDialog *self,
             const GError      *error)
{
  g_autofree char *why = linli_error_words (error);
  /* Translators: why */
  g_autofree char *words = g_strdup_printf (_("Nothing was written; a file that was there before is unchanged. %s"), why);

  gtk_label_set_label (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliExportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  guint n = 0;
  gboolean done = linli_case_export_run_finish (LINLI_CASE_EXPORT (source), result, &n, &error);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->running);
  if (self->context == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "choose");
  if (done)
    {
      g_autofree char *words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u case exported.", "%'u cases exported.", n), n);

      linli_ui_context_toast (self->context, words);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_trouble (self, error);
}

static void
run (LinliExportDialog *self,
     GFile             *file)
{
  LinliStore *store = linli_ui_context_get_store (self->context);
  g_autofree char *actor = linli_store_dup_actor (store);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = linli_case_export_new (file, chosen_columns (self), self->line, self->sort, actor,
                                         linli_ui_context_now (self->context), linli_ui_context_get_zone (self->context));
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "run");
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  linli_case_export_run_async (self->running, store, self->cancellable, exported_cb, g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog   *chooser,
           int                response,
           LinliExportDialog *self)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    run (self, file);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliExportDialog *self = LINLI_EXPORT_DIALOG (widget);
  g_autofree char *file = file_name (self->context, self->name, endings[gtk_drop_down_get_selected (self->format)]);

  if (self->chooser != NULL || self->running != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Export Cases"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Export"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Stops what runs, else closes. */
static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliExportDialog *self = LINLI_EXPORT_DIALOG (widget);

  if (self->running != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
linli_export_dialog_dispose (GObject *object)
{
  LinliExportDialog *self = LINLI_EXPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->context);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (linli_export_dialog_parent_class)->dispose (object);
}

static void
linli_export_dialog_finalize (GObject *object)
{
  LinliExportDialog *self = LINLI_EXPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->running);
  g_free (self->line);
  g_free (self->name);

  G_OBJECT_CLASS (linli_export_dialog_parent_class)->finalize (object);
}

static void
linli_export_dialog_class_init (LinliExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_export_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, export);
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, LinliExportDialog, trouble);
  gtk_widget_class_install_action (widget_class, "export.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
}

static void
linli_export_dialog_init (LinliExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < linli_case_export_n_columns (); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (linli_case_export_column_words (i));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      g_signal_connect_object (check, "toggled", G_CALLBACK (column_toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_insert (self->columns, check, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
    }
}

/* @name: of the view, for the file */
void
linli_export_dialog_open (LinliUiContext *context,
                          GtkWindow      *parent,
                          const char     *line,
                          LinliCaseSort   sort,
                          const char     *name)
{
  LinliExportDialog *self = g_object_new (LINLI_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  self->line = g_strdup (line);
  self->sort = sort;
  self->name = g_strdup (name);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- Figures: a few hundred rows, written at once --- */

typedef struct
{
  LinliUiContext       *context;
  LinliFigures         *figures;
  GtkFileChooserNative *chooser;
} FiguresExport;

static void
figures_chosen_cb (GtkNativeDialog *chooser,
                   int              response,
                   FiguresExport   *self)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autoptr(GError) error = NULL;

  if (file != NULL)
    {
      gboolean done = linli_figures_export (self->figures, file, &error);
      g_autofree char *words = done ? g_strdup (_("Figures exported.")) : linli_error_words (error);

      linli_ui_context_toast (self->context, words);
    }
  g_object_unref (self->context);
  linli_figures_free (self->figures);
  g_object_unref (self->chooser);
  g_free (self);
}

/* @figures: (transfer full) */
void
linli_export_figures (LinliUiContext *context,
                      GtkWindow      *parent,
                      LinliFigures   *figures)
{
  FiguresExport *self = g_new0 (FiguresExport, 1);
  g_autofree char *name = file_name (context, _("Figures"), endings[0]);

  self->context = g_object_ref (context);
  self->figures = figures;
  self->chooser = gtk_file_chooser_native_new (_("Export Figures"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"),
                                               _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (figures_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
