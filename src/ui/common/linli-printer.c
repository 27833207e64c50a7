/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desk's printer: a document is read and laid out in the read lane, then
 * given page by page to GTK's print dialog, which also writes PDF files.
 * LINLI_PRINT_TO=FILE writes the PDF without asking, for tests and for desks
 * that print by other means. */

#include "config.h"

#include "linli-printer.h"

#include <glib/gi18n-lib.h>

#include "linli-error-words.h"

#define SETTINGS "linli-print-settings" /* of this window, while it lives */

typedef struct
{
  LinliUiContext *context;
  GtkWidget      *widget;
  char           *actor;  /* (nullable): who asked for it */
} Printing;

static void
printing_free (Printing *self)
{
  g_object_unref (self->context);
  g_object_unref (self->widget);
  g_free (self->actor);
  g_free (self);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *print,
              int                page,
              LinliPaper        *paper)
{
  linli_paper_draw (paper, gtk_print_context_get_cairo_context (print), (guint) page);
}

static void
say_error (LinliUiContext *context,
           const GError   *error)
{
  g_autofree char *why = linli_error_words (error);
  /* Translators: why */
  g_autofree char *words = g_strdup_printf (_("Nothing was printed. %s"), why);

  linli_ui_context_toast (context, words);
}

static void
done_cb (GtkPrintOperation      *operation,
         GtkPrintOperationResult result,
         Printing               *self)
{
  g_autoptr(GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      say_error (self->context, error);
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      GtkRoot *root = gtk_widget_get_root (self->widget);

      if (root != NULL)
        g_object_set_data_full (G_OBJECT (root), SETTINGS, g_object_ref (gtk_print_operation_get_print_settings (operation)),
                                g_object_unref);
      linli_ui_context_toast (self->context, _("Printed."));
    }
}

static GtkPageSetup *
page_setup (LinliPaper *paper)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr(GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  double width, height;

  linli_paper_get_size (paper, &width, &height);
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);

  return setup;
}

static void
run (Printing   *self,
     LinliPaper *paper)
{
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = page_setup (paper);
  const char *path = g_getenv ("LINLI_PRINT_TO");
  GtkRoot *root = gtk_widget_get_root (self->widget);
  GtkPrintSettings *settings = root != NULL ? g_object_get_data (G_OBJECT (root), SETTINGS) : NULL;
  g_autoptr(GError) error = NULL;

  gtk_print_operation_set_job_name (operation, linli_paper_get_title (paper));
  gtk_print_operation_set_n_pages (operation, (int) linli_paper_lay_out (paper));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  if (settings != NULL)
    gtk_print_operation_set_print_settings (operation, settings);
  g_object_set_data_full (G_OBJECT (operation), "paper", paper, (GDestroyNotify) linli_paper_free);
  g_object_set_data_full (G_OBJECT (operation), "printing", self, (GDestroyNotify) printing_free);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), self);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  else
    gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                                       : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error) == GTK_PRINT_OPERATION_RESULT_ERROR &&
      error != NULL)
    say_error (self->context, error);
}

/* What one person asked for is not laid before another. */
static gboolean
is_left (Printing *self)
{
  g_autofree char *actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));

  if (g_strcmp0 (actor, self->actor) == 0)
    return FALSE;
  linli_ui_context_toast (self->context, _("Nothing was printed: another person sits here now. "
                                           "Whoever wanted it prints it again."));
  return TRUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Printing *self = user_data;
  g_autoptr(GError) error = NULL;
  LinliPaper *paper = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (paper != NULL && !is_left (self))
    {
      run (self, paper); /* takes both */
      return;
    }
  if (paper != NULL)
    linli_paper_free (paper);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_error (self->context, error);
  printing_free (self);
}

/* Returns: (transfer full): a job for the case or the rows @subject names */
LinliPrintJob *
linli_print_job_new_case (LinliUiContext *context,
                          const char     *form,
                          const char     *subject)
{
  LinliPrintJob *job = g_new0 (LinliPrintJob, 1);

  job->form = g_strdup (form);
  job->subject = g_strdup (subject);
  job->actor = linli_store_dup_actor (linli_ui_context_get_store (context));
  job->now = linli_ui_context_now (context);

  return job;
}

static Printing *
printing_new (LinliUiContext *context,
              GtkWidget      *widget)
{
  Printing *self = g_new0 (Printing, 1);

  self->context = g_object_ref (context);
  self->widget = g_object_ref (widget);
  self->actor = linli_store_dup_actor (linli_ui_context_get_store (context));
  return self;
}

/**
 * linli_print_paper:
 * @widget: in whose window the dialog is shown
 * @paper: (transfer full): put together, not laid out yet
 *
 * Asks for a printer, prints; says in a toast how it ended.
 */
void
linli_print_paper (LinliUiContext *context,
                   GtkWidget      *widget,
                   LinliPaper     *paper)
{
  run (printing_new (context, widget), paper);
}

/**
 * linli_print:
 * @widget: in whose window the dialog is shown
 * @job: (transfer full)
 *
 * Reads, asks for a printer, prints; says in a toast how it ended.
 */
void
linli_print (LinliUiContext *context,
             GtkWidget      *widget,
             LinliPrintJob  *job)
{
  linli_store_read_async (linli_ui_context_get_store (context), linli_print_job_run, job,
                          (GDestroyNotify) linli_print_job_free, (GDestroyNotify) linli_paper_free, NULL, loaded_cb,
                          printing_new (context, widget));
}
