/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "linli-preferences.h"
#include "linli-watchdog.h"
#include "linli-window.h"

struct _LinliApplication
{
  AdwApplication  parent_instance;

  /* Owned */
  GSettings      *settings;
  char           *store;     /* (nullable): --store */
  LinliWatchdog  *watchdog;  /* (nullable): when LINLI_WATCHDOG asks for it */

  /* State */
  gboolean        demo;      /* --demo */
  gboolean        two_desks; /* --two-desks */
  int             base_dpi;  /* the desktop's own, in 1/1024 dots per inch */
};

G_DEFINE_FINAL_TYPE (LinliApplication, linli_application, ADW_TYPE_APPLICATION)

/* --- Preferences that reach every window --- */

static void
color_scheme_cb (LinliApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (chosen, 0, (int) G_N_ELEMENTS (schemes) - 1)]);
}

static void
text_scale_cb (LinliApplication *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  double scale = g_settings_get_double (self->settings, "text-scale");

  if (settings == NULL)
    return;
  if (self->base_dpi == 0)
    g_object_get (settings, "gtk-xft-dpi", &self->base_dpi, NULL);
  if (self->base_dpi <= 0)
    self->base_dpi = 96 * 1024;
  g_object_set (settings, "gtk-xft-dpi", (int) (self->base_dpi * scale), NULL);
}

/* --- Actions --- */

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LinliApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* Nobody is signed in: who passes by does not switch the lock off. */
  if (LINLI_IS_WINDOW (window) && linli_window_is_covered (LINLI_WINDOW (window)))
    return;
  linli_preferences_show (window, self->settings);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", "Linli 邻里",
                         "application-icon", LINLI_APP_ID,
                         "version", LINLI_VERSION,
                         "developer-name", _("The Linli contributors"),
                         "comments", _("The desk of a community Party-service centre: residents’ matters taken in, "
                                       "followed and settled, without waiting for a network."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static gpointer
copy_ref (gconstpointer window,
          gpointer      data)
{
  return g_object_ref ((gpointer) window);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autolist (GtkWindow) windows = g_list_copy_deep (gtk_application_get_windows (user_data), copy_ref, NULL);

  /* One that closes may take another with it. */
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

/* Asked to end from outside: as if the windows were closed, so that a
 * throw-away centre is thrown away. */
static gboolean
terminated_cb (gpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static void
show_case_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  GtkWindow *window;

  g_application_activate (user_data);
  window = gtk_application_get_active_window (user_data);
  if (LINLI_IS_WINDOW (window))
    linli_window_show_case (LINLI_WINDOW (window), g_variant_get_string (parameter, NULL));
}

/* One line for tests: how long the main loop was kept busy since the last one. */
static gboolean
report_watchdog (gpointer data)
{
  LinliApplication *self = data;

  if (self->watchdog != NULL)
    {
      g_print ("watchdog longest=%" G_GINT64_FORMAT "us over=%u busiest=%" G_GINT64_FORMAT "us\n",
               linli_watchdog_get_longest (self->watchdog), linli_watchdog_get_n_over (self->watchdog),
               linli_watchdog_get_busiest (self->watchdog));
      linli_watchdog_reset (self->watchdog);
    }

  return G_SOURCE_CONTINUE;
}

static void
watchdog_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  report_watchdog (user_data);
}

static const GActionEntry actions[] = {
  { "preferences", preferences_action, NULL, NULL, NULL, { 0 } },
  { "about", about_action, NULL, NULL, NULL, { 0 } },
  { "quit", quit_action, NULL, NULL, NULL, { 0 } },
  { "show-case", show_case_action, "s", NULL, NULL, { 0 } },
  { "watchdog", watchdog_action, NULL, NULL, NULL, { 0 } },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.new-case", { "<Control>n" } },
  { "win.lock", { "<Control><Shift>l" } },
  { "win.palette", { "<Control>k" } },
  { "win.search", { "<Control>f" } },
  { "win.show-place('figures')", { "<Control>0" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.show-sidebar", { "F9" } },
  { "win.back", { "<Alt>Left" } },
  { "win.forward", { "<Alt>Right" } },
  { "window.close", { "<Control>w" } },
};

static void
set_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].keys);

  for (int i = 0; i < 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-nth(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Control>%d", i + 1);
      const char *keys[] = { key, NULL };

      gtk_application_set_accels_for_action (application, action, keys);
    }
}

/* --- Life --- */

static void
read_icons (GTask        *task,
            gpointer      source,
            gpointer      theme,
            GCancellable *cancellable)
{
  gtk_icon_theme_has_icon (theme, "open-menu-symbolic");
}

/* Reads the icon theme beside the start. GTK begins to do so too, but throws it
 * away when the program's own icons join it, and reads it again at the first
 * icon drawn, on the thread that everybody waits for. Looking icons up is what
 * a GtkIconTheme allows from any thread. */
static void
read_icons_early (void)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_object_ref (gtk_icon_theme_get_for_display (gdk_display_get_default ())), g_object_unref);
  g_task_run_in_thread (task, read_icons);
}

static void
linli_application_startup (GApplication *application)
{
  LinliApplication *self = LINLI_APPLICATION (application);

  adw_init ();
  G_APPLICATION_CLASS (linli_application_parent_class)->startup (application);
  read_icons_early ();

  self->settings = g_settings_new (LINLI_APP_ID);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::text-scale", G_CALLBACK (text_scale_cb), self, G_CONNECT_SWAPPED);
  color_scheme_cb (self);
  text_scale_cb (self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self));
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  g_unix_signal_add (SIGINT, terminated_cb, self);
  g_unix_signal_add (SIGHUP, terminated_cb, self);
  if (g_getenv ("LINLI_WATCHDOG") != NULL)
    {
      self->watchdog = linli_watchdog_new (g_main_context_default ());
      g_unix_signal_add (SIGUSR1, report_watchdog, self);
    }
}

static void
open_something (LinliApplication *self,
                LinliWindow      *window)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-store");
  g_autofree char *file = NULL;
  const char *folder = self->store != NULL ? self->store : last;

  if (self->demo)
    {
      (self->two_desks ? linli_window_open_two_desks : linli_window_open_demo) (window);
      return;
    }
  file = g_build_filename (folder, "linli.db", NULL);
  if (*folder != '\0' && (self->store == NULL || g_file_test (file, G_FILE_TEST_EXISTS)))
    linli_window_open_folder (window, folder);
  else
    {
      linli_window_set_folder (window, self->store);
      linli_window_show_start (window);
    }
}

static void
linli_application_activate (GApplication *application)
{
  LinliApplication *self = LINLI_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (linli_window_new (GTK_APPLICATION (self), self->settings, linli_clock_system ()));
      open_something (self, LINLI_WINDOW (window));
      linli_window_present_opened (LINLI_WINDOW (window));
    }
  else
    gtk_window_present (window);
}

static int
linli_application_handle_local_options (GApplication *application,
                                        GVariantDict *options)
{
  LinliApplication *self = LINLI_APPLICATION (application);
  g_autofree char *store = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("linli %s\n", LINLI_VERSION);
      return 0;
    }
  self->two_desks = g_variant_dict_contains (options, "two-desks");
  self->demo = self->two_desks || g_variant_dict_contains (options, "demo");
  if (g_variant_dict_lookup (options, "store", "^ay", &store))
    self->store = g_canonicalize_filename (store, NULL);
  /* A centre named here is opened here, also while another one is open. */
  if (self->demo || self->store != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
linli_application_finalize (GObject *object)
{
  LinliApplication *self = LINLI_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->watchdog);
  g_free (self->store);

  G_OBJECT_CLASS (linli_application_parent_class)->finalize (object);
}

static void
linli_application_class_init (LinliApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = linli_application_finalize;
  application_class->startup = linli_application_startup;
  application_class->activate = linli_application_activate;
  application_class->handle_local_options = linli_application_handle_local_options;
}

static void
linli_application_init (LinliApplication *self)
{
  static const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a throw-away centre full of sample data"), NULL },
    { "two-desks", 0, 0, G_OPTION_ARG_NONE, NULL, N_("The same with a hub and a second desk, to see them work together"), NULL },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the centre in this folder"), N_("FOLDER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say the version and end"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), NULL);
}

LinliApplication *
linli_application_new (void)
{
  return g_object_new (LINLI_TYPE_APPLICATION,
                       "application-id", LINLI_APP_ID,
                       "resource-base-path", "/io/github/linli_desk/Linli",
                       NULL);
}
