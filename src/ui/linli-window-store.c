/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a folder to an open centre: opening, making, filling and bringing back. */

#include "config.h"

#include "linli-window-private.h"

#include <glib/gi18n-lib.h>

#include "linli-backup.h"
#include "linli-demo.h"
#include "linli-files.h"
#include "linli-seed.h"
#include "linli-toast.h"

/* Something takes a while. */
void
linli_window_show_wait (LinliWindow *self,
                        const char  *title)
{
  adw_status_page_set_title (self->wait, title);
  gtk_stack_set_visible_child_name (self->stack, "wait");
}

/* The centre cannot be opened: why, and what can be done. */
void
linli_window_show_trouble (LinliWindow  *self,
                           const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_warning ("%s: %s", self->folder, error->message);
  if (self->trouble == NULL)
    {
      self->trouble = g_object_new (LINLI_TYPE_TROUBLE_PAGE, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->trouble), "trouble");
    }
  linli_trouble_page_show (self->trouble, error, self->folder);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
set_folder (LinliWindow *self,
            const char  *folder)
{
  char *copy = g_strdup (folder);

  g_free (self->folder);
  self->folder = copy;
}

/* @folder: (nullable): where a centre is to be made if one is made */
void
linli_window_set_folder (LinliWindow *self,
                         const char  *folder)
{
  g_return_if_fail (LINLI_IS_WINDOW (self));

  set_folder (self, folder);
}

/* Returns: (transfer full): where a centre is kept unless somebody says otherwise */
char *
linli_window_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "linli", "centre", NULL);
}

/* --- Entering an open store --- */

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  LinliSession *session = linli_session_read_finish (LINLI_STORE (source), result, &error);

  if (session != NULL && (session->closed || (session->sign_in && session->person == NULL)))
    linli_window_ask_person (self, LINLI_STORE (source), session);
  else if (session != NULL)
    linli_window_enter_store (self, LINLI_STORE (source), session);
  else if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND))
    {
      /* The folder was made but no centre in it: the start page finishes the work. */
      linli_store_close (LINLI_STORE (source));
      linli_window_show_start (self);
    }
  else
    {
      linli_store_close (LINLI_STORE (source));
      linli_window_show_trouble (self, error);
    }
}

static void
enter (LinliWindow *self,
       LinliStore  *store)
{
  linli_session_read_async (store, self->cancellable, session_cb, g_object_ref (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = linli_store_open_finish (result, &error);

  if (store != NULL)
    enter (self, store);
  else
    linli_window_show_trouble (self, error);
}

static void
open_store (LinliWindow    *self,
            const char     *folder,
            LinliStoreMode  mode,
            GAsyncReadyCallback callback)
{
  set_folder (self, folder);
  linli_store_open_async (folder, mode, self->clock, self->cancellable, callback, g_object_ref (self));
}

void
linli_window_open_folder (LinliWindow *self,
                          const char  *folder)
{
  g_return_if_fail (LINLI_IS_WINDOW (self));
  g_return_if_fail (folder != NULL);

  open_store (self, folder, LINLI_STORE_EXISTING, opened_cb);
}

void
linli_window_retry (LinliWindow *self)
{
  g_autofree char *folder = g_strdup (self->folder);

  linli_window_open_folder (self, folder);
}

void
linli_window_open_read_only (LinliWindow *self)
{
  g_autofree char *folder = g_strdup (self->folder);

  open_store (self, folder, LINLI_STORE_READ_ONLY, opened_cb);
}

/* --- Making a centre --- */

typedef struct
{
  LinliWindow *window;
  LinliStore  *store; /* (nullable) */
  char        *name;
  char        *community;
  char        *person; /* (nullable): a demo brings its own */
  char        *before; /* (nullable): the window's folder until then */
  gboolean     is_demo;
} Making;

static void
making_free (Making *making)
{
  g_object_unref (making->window);
  g_clear_object (&making->store);
  g_free (making->name);
  g_free (making->community);
  g_free (making->person);
  g_free (making->before);
  g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
seeded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Making) making = user_data;
  g_autoptr(GError) error = NULL;

  if (linli_seed_finish (LINLI_STORE (source), result, &error))
    enter (making->window, making->store);
  else
    {
      linli_store_close (making->store);
      linli_window_show_trouble (making->window, error);
    }
}

static void
demo_progress_cb (guint    done,
                  guint    total,
                  gpointer user_data)
{
  Making *making = user_data;
  /* translators: how far the making of the demo centre is, in percent */
  g_autofree char *text = g_strdup_printf (_("%u%% done"), total > 0 ? done * 100 / total : 0);

  adw_status_page_set_description (making->window->wait, text);
}

/* Half a demo is of no use: it is thrown away, and the window is where it was.
 *
 * @store: (nullable) */
static void
give_up_demo (LinliWindow  *self,
              LinliStore   *store,
              const char   *before,
              const GError *error)
{
  gboolean full = g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (store != NULL)
    linli_store_close (store);
  if (self->demo_folder != NULL)
    linli_files_remove_tree (self->demo_folder);
  g_clear_pointer (&self->demo_folder, g_free);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_warning ("demo: %s", error->message);
  set_folder (self, before);
  linli_window_show_start (self);
  text = full ? g_strdup (_("The disk is full, so the demo centre could not be made. Nothing of it is left."))
              /* translators: the placeholder is what the system said */
              : g_strdup_printf (_("The demo centre could not be made; nothing of it is left. (%s)"), error->message);
  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 0); /* until it was read */
  linli_toast_show (self->toasts, toast);
}

static void
demo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Making) making = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree LinliDemoResult *made = linli_demo_finish (LINLI_STORE (source), result, &error);

  if (!g_cancellable_is_cancelled (making->window->cancellable))
    adw_status_page_set_description (making->window->wait, NULL);
  if (made != NULL)
    enter (making->window, making->store);
  else
    give_up_demo (making->window, making->store, making->before, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Making) making = user_data;
  g_autoptr(GError) error = NULL;
  LinliNewCentre centre;

  making->store = linli_store_open_finish (result, &error);
  if (making->store == NULL && making->is_demo)
    {
      give_up_demo (making->window, NULL, making->before, error);
      return;
    }
  if (making->store == NULL)
    {
      linli_window_show_trouble (making->window, error);
      return;
    }
  if (making->is_demo)
    {
      linli_demo_async (making->store, LINLI_DEMO_SEED, LINLI_DEMO_CASES, demo_progress_cb, making,
                        making->window->cancellable, demo_cb, making);
      making = NULL;
      return;
    }
  centre = (LinliNewCentre) { .name = making->name, .person = making->person,
                              .community = *making->community != '\0' ? making->community : NULL };
  linli_seed_async (making->store, &centre, making->window->cancellable, seeded_cb, making);
  making = NULL;
}

static void
make_centre (LinliWindow *self,
             const char  *folder,
             const char  *name,
             const char  *community,
             const char  *person,
             gboolean     is_demo)
{
  Making *making = g_new0 (Making, 1);

  making->window = g_object_ref (self);
  making->name = g_strdup (name);
  making->community = g_strdup (community);
  making->person = g_strdup (person);
  making->before = g_strdup (self->folder);
  making->is_demo = is_demo;
  set_folder (self, folder);
  linli_store_open_async (folder, LINLI_STORE_CREATE, self->clock, self->cancellable, made_cb, making);
}

/* In the default folder, or beside what is there already. */
void
linli_window_create_centre (LinliWindow *self,
                            const char  *name,
                            const char  *community,
                            const char  *person)
{
  g_autofree char *folder = self->folder != NULL ? g_strdup (self->folder) : linli_window_default_folder ();
  g_autofree char *file = g_build_filename (folder, "linli.db", NULL);

  for (guint i = 2; g_file_test (file, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *base = linli_window_default_folder ();

      g_free (folder);
      g_free (file);
      folder = g_strdup_printf ("%s-%u", base, i);
      file = g_build_filename (folder, "linli.db", NULL);
    }
  linli_window_show_wait (self, _("Setting Up the Centre…"));
  make_centre (self, folder, name, community, person, FALSE);
}

/**
 * linli_window_open_demo:
 *
 * Makes a centre full of made-up matters that lasts as long as the window.
 */
void
linli_window_open_demo (LinliWindow *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (LINLI_IS_WINDOW (self));

  linli_window_show_wait (self, _("Making Up a Centre…"));
  if (self->demo_folder == NULL)
    self->demo_folder = g_dir_make_tmp ("linli-demo-XXXXXX", &error);
  if (self->demo_folder == NULL)
    {
      give_up_demo (self, NULL, self->folder, error);
      return;
    }
  make_centre (self, self->demo_folder, NULL, NULL, NULL, TRUE);
}

/* --- Choosing a folder --- */

static void
folder_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  LinliWindow     *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      linli_window_open_folder (self, g_file_peek_path (file));
    }
  g_object_unref (dialog);
}

void
linli_window_choose_folder (LinliWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open a Centre’s Folder"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                              _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- Bringing back a backup --- */

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliBackupInfo) info = linli_restore_finish (result, &error);
  g_autofree char *folder = g_strdup (self->folder);

  if (info != NULL)
    linli_window_open_folder (self, folder);
  else
    linli_window_show_trouble (self, error);
}

static void
backup_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  LinliWindow     *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *folder = self->folder != NULL ? g_strdup (self->folder) : linli_window_default_folder ();

      set_folder (self, folder);
      linli_window_show_wait (self, _("Bringing Back the Backup…"));
      linli_restore_async (g_file_peek_path (file), folder, linli_clock_now (self->clock), self->cancellable,
                           restored_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

/* A centre that is where the backup goes is kept beside it. */
void
linli_window_choose_backup (LinliWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Bring Back a Backup"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Bring Back"), _("_Cancel"));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Backups of Linli"));
  gtk_file_filter_add_suffix (filter, LINLI_BACKUP_SUFFIX + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (backup_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- The way back --- */

static char *
dup_if_centre (const char *folder,
               gint64     *written)
{
  g_autofree char *path = g_build_filename (folder, "linli.db", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL)
    return NULL;
  *written = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);

  return g_strdup (folder);
}

/* Returns: (transfer full) (nullable): the folder of the centre that was open last, or, where the settings know of
 *   none that is still there, as on an account whose settings were lost, of the centre written last where centres are
 *   kept. What has a dot in its name is none: what bringing back a backup put aside, or has not brought back whole. */
char *
linli_window_dup_last_folder (LinliWindow *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-store");
  g_autofree char *fallback = linli_window_default_folder ();
  g_autofree char *parent = g_path_get_dirname (fallback);
  g_autoptr(GDir) dir = NULL;
  gint64 written, newest = -1;
  char *found = *last != '\0' ? dup_if_centre (last, &written) : NULL;
  const char *name;

  if (found != NULL || (dir = g_dir_open (parent, 0, NULL)) == NULL)
    return found;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      g_autofree char *centre = strchr (name, '.') == NULL ? dup_if_centre (folder, &written) : NULL;

      if (centre != NULL && written > newest)
        {
          newest = written;
          g_free (found);
          found = g_steal_pointer (&centre);
        }
    }

  return found;
}

void
linli_window_show_start (LinliWindow *self)
{
  g_autofree char *last = NULL;

  g_return_if_fail (LINLI_IS_WINDOW (self));

  last = linli_window_dup_last_folder (self);
  if (self->start == NULL)
    {
      self->start = g_object_new (LINLI_TYPE_START_PAGE, NULL);
      g_signal_connect_object (self->start, "create", G_CALLBACK (linli_window_create_centre), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->start), "start");
    }
  linli_start_page_set_last (self->start, last);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

void
linli_window_enter_store (LinliWindow  *self,
                          LinliStore   *store,
                          LinliSession *session)
{
  linli_window_leave_store (self);
  if (self->demo_folder == NULL || !g_str_equal (self->demo_folder, self->folder))
    g_settings_set_string (self->settings, "last-store", self->folder);
  self->context = linli_ui_context_new (store, session, self->settings, self->clock);
  self->desk = linli_desk_view_new (self->context);
  adw_bin_set_child (self->desk_slot, GTK_WIDGET (self->desk));
  linli_window_entered (self);
  linli_window_watch_swap (self);
}

/* Forms and windows over this one belong to its store; each keeps what is half
 * typed as it closes. */
void
linli_window_close_dialogs (LinliWindow *self)
{
  g_autoptr(GList) all = gtk_window_list_toplevels ();
  g_autoptr(GPtrArray) ours = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *link = all; link != NULL; link = link->next)
    {
      GtkWindow *below = gtk_window_get_transient_for (link->data);

      while (below != NULL && below != GTK_WINDOW (self))
        below = gtk_window_get_transient_for (below);
      if (below != NULL)
        g_ptr_array_add (ours, g_object_ref (link->data));
    }
  for (guint i = 0; i < ours->len; i++)
    gtk_window_close (ours->pdata[i]);
}

/* Takes the pages down; the store stays open. */
void
linli_window_leave_desk (LinliWindow *self)
{
  linli_window_forget_input (self);
  linli_window_close_dialogs (self);
  linli_ui_context_set_toast (self->context, NULL, NULL);
  linli_desk_view_stop (self->desk);
  self->desk = NULL;
  self->covered = FALSE;
  self->outdated = FALSE;
  g_clear_pointer (&self->former, g_free);
  adw_bin_set_child (self->desk_slot, NULL);
  linli_ui_context_stop (self->context);
  g_clear_object (&self->context);
}

/* Takes the pages down, then closes the store behind them. */
void
linli_window_leave_store (LinliWindow *self)
{
  LinliStore *asked = self->sign_in != NULL ? linli_sign_in_page_get_store (self->sign_in) : NULL;
  g_autoptr(LinliStore) store = NULL;

  if (self->context != NULL)
    {
      store = g_object_ref (linli_ui_context_get_store (self->context));
      linli_window_leave_desk (self);
    }
  else if (asked != NULL)
    store = g_object_ref (asked);
  if (self->sign_in != NULL)
    linli_sign_in_page_clear (self->sign_in);
  if (store != NULL)
    linli_store_close (store);
}
