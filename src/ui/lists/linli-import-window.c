/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-window.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-file-words.h"
#include "linli-import-places-row.h"
#include "linli-importer.h"
#include "linli-list-import.h"
#include "linli-moves-words.h"
#include "linli-place-import.h"
#include "linli-place-preview.h"
#include "linli-time-words.h"

#define WARNINGS_SHOWN 12
#define TICK_MS 150 /* how often the progress is looked at */

struct _LinliImportWindow
{
  AdwWindow            parent_instance;

  /* Template children */
  AdwWindowTitle      *title;
  GtkButton           *start_button;
  GtkStack            *stack;
  AdwPreferencesGroup *columns_group;
  AdwBin              *places_slot;
  GtkButton           *anew_button;
  GtkProgressBar      *progress;
  AdwStatusPage       *done_page;
  GtkButton           *refused_button;
  GtkButton           *undo_button;
  GtkWidget           *done_close;
  GtkWidget           *failed_close;
  AdwStatusPage       *failed_page;

  /* Owned */
  LinliUiContext      *context;
  GFile               *file;
  LinliImporter       *importer; /* (nullable) of a file of cases */
  GCancellable        *cancellable;
  char                *import;       /* (nullable) batch that can be undone */
  char                *refused_path; /* (nullable) */
  LinliPlaceFile      *places;       /* (nullable) of a file of places */
  gboolean             holidays;     /* of a file of holidays */
  GPtrArray           *operations;   /* (nullable) that brought places or holidays in, to be undone */

  /* Borrowed */
  LinliImportPlacesRow *recognised;
  AdwComboRow         *rows[LINLI_IMPORT_N_FIELDS];

  guint                tick_id;
  gboolean             running;      /* cases come in, or are taken back after a stop */
};

G_DEFINE_FINAL_TYPE (LinliImportWindow, linli_import_window, ADW_TYPE_WINDOW)

static void
stop_ticking (LinliImportWindow *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
show_page (LinliImportWindow *self,
           const char        *name)
{
  gboolean ready = g_str_equal (name, "columns") || g_str_equal (name, "places");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->start_button), ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start", ready);
}

/* How it ended otherwise than it was to: this window is gone, and nobody looks at its pages. */
static void
tell_after_stop (LinliImportWindow *self,
                 const char        *words)
{
  if (self->running && g_cancellable_is_cancelled (self->cancellable))
    linli_ui_context_toast (self->context, words);
}

static void
fail (LinliImportWindow *self,
      GError            *error)
{
  g_autofree char *words = NULL;

  stop_ticking (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (self->running)
        linli_ui_context_toast (self->context, _("The import was stopped. Nothing of the file has stayed."));
      self->running = FALSE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  words = linli_file_words (error);
  tell_after_stop (self, words);
  self->running = FALSE;
  adw_status_page_set_description (self->failed_page, words);
  show_page (self, "failed");
  gtk_widget_grab_focus (self->failed_close);
}

static void
finish (LinliImportWindow *self,
        const char        *title,
        const char        *description)
{
  stop_ticking (self);
  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, description);
  gtk_widget_set_visible (GTK_WIDGET (self->refused_button), self->refused_path != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), self->import != NULL || self->operations != NULL);
  show_page (self, "done");
  gtk_widget_grab_focus (self->done_close);
}

/* --- Cases: columns --- */

/* The first thing any of the first rows holds in that column. */
static const char *
find_sample (LinliImportWindow *self,
             int                column)
{
  GPtrArray *preview = linli_importer_get_preview (self->importer);

  for (guint i = 0; column >= 0 && i < preview->len; i++)
    {
      GPtrArray *row = preview->pdata[i];

      if ((guint) column < row->len && *(const char *) row->pdata[column] != '\0')
        return row->pdata[column];
    }
  return NULL;
}

static void
update_sample (LinliImportWindow *self,
               guint              field)
{
  const char *sample = find_sample (self, linli_importer_get_column (self->importer, field));
  g_autofree char *line = NULL;
  g_autofree char *escaped = NULL;

  if (sample != NULL)
    {
      line = g_utf8_substring (sample, 0, MIN (g_utf8_strlen (sample, -1), 60));
      g_strdelimit (line, "\r\n\t", ' ');
      escaped = g_markup_escape_text (g_strstrip (line), -1);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[field]), escaped != NULL ? escaped : "");
}

static void
column_chosen_cb (AdwComboRow       *row,
                  GParamSpec        *pspec,
                  LinliImportWindow *self)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "field"));
  int column = (int) adw_combo_row_get_selected (row) - 1;

  if (column == linli_importer_get_column (self->importer, field))
    return;
  linli_importer_set_column (self->importer, field, column);
  update_sample (self, field);
  linli_import_places_row_look (self->recognised, self->importer, linli_ui_context_get_store (self->context));
}

static GListModel *
make_column_names (GPtrArray *header)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("Not in the File"));
  for (guint i = 0; i < header->len; i++)
    {
      const char *heading = header->pdata[i];
      g_autofree char *number = g_strdup_printf (_("Column %u"), i + 1);

      gtk_string_list_append (names, *heading != '\0' ? heading : number);
    }
  return G_LIST_MODEL (names);
}

static void
add_column_row (LinliImportWindow *self,
                guint              field,
                GListModel        *names)
{
  GtkWidget *row = adw_combo_row_new ();

  self->rows[field] = ADW_COMBO_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(linli_import_field_label (field)));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), names);
  g_object_set_data (G_OBJECT (row), "field", GUINT_TO_POINTER (field));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (column_chosen_cb), self, 0);
  adw_preferences_group_add (self->columns_group, row);
}

static void
show_choice (LinliImportWindow *self)
{
  gint64 remembered = linli_importer_get_remembered (self->importer);
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
    {
      adw_combo_row_set_selected (self->rows[i], (guint) (linli_importer_get_column (self->importer, i) + 1));
      update_sample (self, i);
    }
  linli_import_places_row_look (self->recognised, self->importer, linli_ui_context_get_store (self->context));
  if (remembered != 0)
    {
      moment = linli_moment_words (remembered, linli_ui_context_now (self->context),
                                   linli_ui_context_get_zone (self->context));
      /* Translators: %s is when such a file was imported before */
      words = g_strdup_printf (_("Columns as the last time, %s"), moment);
    }
  adw_window_title_set_subtitle (self->title, words != NULL ? words
                                              : linli_importer_get_preset (self->importer) != NULL
                                                  ? _("A kind of file that Linli knows")
                                                  : _("Columns found by their headings"));
  gtk_widget_set_visible (GTK_WIDGET (self->anew_button), remembered != 0);
}

static void
show_columns (LinliImportWindow *self)
{
  g_autoptr(GListModel) names = make_column_names (linli_importer_get_header (self->importer));

  self->recognised = LINLI_IMPORT_PLACES_ROW (linli_import_places_row_new ());
  adw_preferences_group_add (self->columns_group, GTK_WIDGET (self->recognised));
  for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
    add_column_row (self, i, names);
  show_choice (self);
  show_page (self, "columns");
  gtk_widget_grab_focus (GTK_WIDGET (self->start_button));
}

static void
assign_anew_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliImportWindow *self = LINLI_IMPORT_WINDOW (widget);

  linli_importer_propose (self->importer);
  gtk_widget_grab_focus (GTK_WIDGET (self->start_button));
  show_choice (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  self->importer = linli_importer_open_finish (result, &error);
  if (self->importer != NULL)
    show_columns (self);
  else
    fail (self, error);
}

/* --- Places --- */

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  self->places = linli_place_import_look_finish (LINLI_STORE (source), result, &error);
  if (self->places == NULL)
    {
      fail (self, error);
      return;
    }
  adw_bin_set_child (self->places_slot, linli_place_preview_new (self->places));
  show_page (self, "places");
  gtk_widget_grab_focus (GTK_WIDGET (self->start_button));
}

static void
brought_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) operations = linli_place_import_run_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (operations == NULL)
    {
      fail (self, error);
      return;
    }
  if (operations->len > 0)
    self->operations = g_steal_pointer (&operations);
  words = linli_place_file_words (self->places);
  finish (self, self->operations != NULL ? _("Places Imported") : _("Everything Was Here Already"), words);
}

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!linli_place_import_undo_finish (LINLI_STORE (source), result, &error))
    {
      g_autofree char *words = linli_error_words (error);

      finish (self, _("Import Not Undone"), words);
      return;
    }
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  finish (self, _("Import Undone"), self->places != NULL ? _("The places are as they were before.")
                                                         : _("The calendar and the due times are as they were before."));
}

/* --- Cases: the run --- */

static gboolean
tick_cb (gpointer user_data)
{
  LinliImportWindow *self = user_data;
  g_autofree char *text = NULL;
  double fraction = 0;
  guint n_rows = 0;

  linli_importer_get_progress (self->importer, &fraction, &n_rows);
  text = g_strdup_printf (ngettext ("%u row", "%u rows", n_rows), n_rows);
  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_progress_bar_set_text (self->progress, text);
  return G_SOURCE_CONTINUE;
}

static char *
describe (const LinliImportResult *result)
{
  g_autofree char *mixed = linli_file_notes_words (&result->notes, result->encoding);
  g_autoptr(GString) words = g_string_new (NULL);

  if (result->n_known > 0)
    g_string_append_printf (words, ngettext ("%d was here already.", "%d were here already.", (gulong) result->n_known),
                            (int) result->n_known);
  if (words->len > 0)
    g_string_append_c (words, '\n');
  if (result->n_places > 0)
    g_string_append_printf (words, ngettext ("The place of %d was recognised.\n", "The places of %d were recognised.\n",
                                             (gulong) result->n_places), (int) result->n_places);
  if (result->n_refused > 0)
    g_string_append_printf (words, ngettext ("%d row could not be read; it is in a file of its own that says why. "
                                             "Correct it and import it again.",
                                             "%d rows could not be read; they are in a file of their own that says "
                                             "why. Correct it and import it again.", (gulong) result->n_refused),
                            (int) result->n_refused);
  else
    g_string_append (words, _("No row was refused."));
  if (mixed != NULL)
    g_string_append_printf (words, "\n%s", mixed);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliImportResult) told = linli_importer_run_finish (LINLI_IMPORTER (source), result, &error);
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;

  if (told == NULL)
    {
      fail (self, error);
      return;
    }
  title = g_strdup_printf (ngettext ("%d Case Imported", "%d Cases Imported", (gulong) told->n_new), (int) told->n_new);
  tell_after_stop (self, title);
  self->running = FALSE;
  self->import = told->n_new > 0 ? g_strdup (told->import) : NULL;
  self->refused_path = g_strdup (told->refused_path);
  description = describe (told);
  finish (self, title, description);
}

/* Beside the file if that can be written, else among the person's documents. */
static char *
choose_refused_path (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_strdup_printf (_("%s – refused rows.csv"), base);
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (folder != NULL && g_access (folder, W_OK) == 0)
    return g_build_filename (folder, name, NULL);
  return g_build_filename (documents != NULL ? documents : g_get_home_dir (), name, NULL);
}

static void listed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliImportWindow *self = LINLI_IMPORT_WINDOW (widget);
  g_autofree char *refused = choose_refused_path (self->file);
  g_autoptr(GError) error = NULL;

  if (self->places != NULL)
    {
      show_page (self, "wait");
      linli_place_import_run_async (linli_ui_context_get_store (self->context), self->places, brought_cb,
                                    g_object_ref (self));
      return;
    }
  if (self->holidays)
    {
      show_page (self, "wait");
      linli_list_import_async (linli_ui_context_get_store (self->context), LINLI_LIST_HOLIDAYS, self->file, FALSE,
                               self->cancellable, listed_cb, g_object_ref (self));
      return;
    }
  if (!linli_importer_check (self->importer, &error))
    {
      g_autofree char *words = linli_file_words (error);

      adw_preferences_group_set_description (self->columns_group, words);
      return;
    }
  self->running = TRUE;
  show_page (self, "running");
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  linli_importer_run_async (self->importer, linli_ui_context_get_store (self->context), refused, self->cancellable,
                            ran_cb, g_object_ref (self));
}

/* What came in is taken back page by page, which takes as long as it took to
 * come in, and needs no window. */
static void
stop (LinliImportWindow *self)
{
  if (self->running && !g_cancellable_is_cancelled (self->cancellable))
    {
      stop_ticking (self);
      linli_ui_context_toast (self->context, _("The import was stopped. What had come in is being taken back."));
    }
  g_cancellable_cancel (self->cancellable);
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
open_refused_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  LinliImportWindow *self = LINLI_IMPORT_WINDOW (widget);
  g_autoptr(GFile) file = g_file_new_for_path (self->refused_path);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!linli_import_undo_finish (result, &error))
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->import, g_free);
  finish (self, _("Import Undone"), _("Cases that somebody has worked on since have stayed."));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliImportWindow *self = LINLI_IMPORT_WINDOW (widget);

  show_page (self, "wait");
  if (self->operations != NULL)
    {
      linli_place_import_undo_async (linli_ui_context_get_store (self->context), self->operations, taken_back_cb,
                                     g_object_ref (self));
      return;
    }
  linli_import_undo_async (linli_ui_context_get_store (self->context), self->import, undone_cb, g_object_ref (self));
}

/* --- Lists: no columns to assign --- */

/* What a list of holidays moves, and what of it was not understood. */
static char *
holidays_words (LinliImportWindow *self,
                LinliListImport   *told)
{
  g_autofree char *moves = linli_moves_words (told->moves, linli_ui_context_get_zone (self->context), told->operation != NULL);
  GString *words = g_string_new (moves);

  for (guint i = 0; i < told->warnings->len && i < WARNINGS_SHOWN; i++)
    g_string_append_printf (words, "%s%s", i == 0 ? "\n\n" : "\n", (char *) told->warnings->pdata[i]);
  return g_string_free (words, FALSE);
}

static char *
holidays_title (LinliListImport *told)
{
  return g_strdup_printf (ngettext ("%d Day Read", "%d Days Read", (gulong) told->n_read), (int) told->n_read);
}

/* Before anything changes: whose due times the list would move. */
static void
show_effect (LinliImportWindow *self,
             LinliListImport   *told)
{
  GtkWidget *page = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *title = holidays_title (told);
  g_autofree char *words = holidays_words (self, told);

  gtk_widget_add_css_class (box, "dialog-body");
  gtk_box_append (GTK_BOX (box), linli_text_new (title, "title-3"));
  gtk_box_append (GTK_BOX (box), linli_text_new (_("Nothing has changed yet. If you import this list:"), NULL));
  gtk_box_append (GTK_BOX (box), linli_text_new (words, NULL));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page), box);
  adw_bin_set_child (self->places_slot, page);
  show_page (self, "places");
  gtk_widget_grab_focus (GTK_WIDGET (self->start_button));
}

static void
finish_holidays (LinliImportWindow *self,
                 LinliListImport   *told)
{
  g_autofree char *title = holidays_title (told);
  g_autofree char *words = holidays_words (self, told);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  self->operations = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->operations, g_steal_pointer (&told->operation));
  finish (self, title, escaped);
}

static void
finish_duty (LinliImportWindow *self,
             LinliListImport   *told)
{
  g_autoptr(GString) description = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf (ngettext ("%d Duty Item Read", "%d Duty Items Read", (gulong) told->n_read),
                                            (int) told->n_read);
  g_autofree char *escaped = NULL;

  g_string_append_printf (description, _("Classes included: %d new, %d changed, %d as before."), (int) told->n_new,
                          (int) told->n_changed, (int) told->n_same);
  for (guint i = 0; i < told->warnings->len && i < WARNINGS_SHOWN; i++)
    g_string_append_printf (description, "\n%s", (char *) told->warnings->pdata[i]);
  escaped = g_markup_escape_text (description->str, -1);
  finish (self, title, escaped);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliListImport) told = linli_list_import_finish (LINLI_STORE (source), result, &error);

  if (told == NULL)
    fail (self, error);
  else if (self->context == NULL)
    return;
  else if (told->kind == LINLI_LIST_DUTY)
    finish_duty (self, told);
  else if (told->operation == NULL)
    show_effect (self, told);
  else
    finish_holidays (self, told);
}

/* --- Life --- */

static void
linli_import_window_dispose (GObject *object)
{
  LinliImportWindow *self = LINLI_IMPORT_WINDOW (object);

  stop_ticking (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->importer);
  g_clear_object (&self->file);
  g_clear_object (&self->context);
  g_clear_pointer (&self->import, g_free);
  g_clear_pointer (&self->refused_path, g_free);
  g_clear_pointer (&self->operations, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_import_window_parent_class)->dispose (object);
}

/* A run that is under way holds the window and works on the file. */
static void
linli_import_window_finalize (GObject *object)
{
  g_clear_pointer (&LINLI_IMPORT_WINDOW (object)->places, linli_place_file_free);

  G_OBJECT_CLASS (linli_import_window_parent_class)->finalize (object);
}

static gboolean
linli_import_window_close_request (GtkWindow *window)
{
  stop (LINLI_IMPORT_WINDOW (window));

  return GTK_WINDOW_CLASS (linli_import_window_parent_class)->close_request (window);
}

static void
linli_import_window_class_init (LinliImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = linli_import_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, start_button);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, columns_group);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, places_slot);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, anew_button);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, done_page);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, refused_button);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, done_close);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, failed_close);
  gtk_widget_class_bind_template_child (widget_class, LinliImportWindow, failed_page);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "import.assign-anew", NULL, assign_anew_action);
  gtk_widget_class_install_action (widget_class, "import.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.open-refused", NULL, open_refused_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
linli_import_window_init (LinliImportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_page (self, "wait");
}

/**
 * linli_import_window_open:
 * @kind: "cases", "duty", "holidays" or "places"
 *
 * Brings @file in, in a window of its own.
 */
void
linli_import_window_open (GtkWindow      *parent,
                          LinliUiContext *context,
                          const char     *kind,
                          GFile          *file)
{
  LinliImportWindow *self = g_object_new (LINLI_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  LinliStore *store = linli_ui_context_get_store (context);
  g_autofree char *base = g_file_get_basename (file);

  self->context = g_object_ref (context);
  self->file = g_object_ref (file);
  adw_window_title_set_title (self->title, base);
  gtk_window_present (GTK_WINDOW (self));
  if (g_str_equal (kind, "cases"))
    linli_importer_open_async (file, store, linli_ui_context_get_zone (context), self->cancellable, opened_cb,
                               g_object_ref (self));
  else if (g_str_equal (kind, "places"))
    linli_place_import_look_async (store, file, self->cancellable, looked_cb, g_object_ref (self));
  else
    {
      self->holidays = g_str_equal (kind, "holidays");
      linli_list_import_async (store, self->holidays ? LINLI_LIST_HOLIDAYS : LINLI_LIST_DUTY, file, self->holidays,
                               self->cancellable, listed_cb, g_object_ref (self));
    }
}
