/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new desk of a centre that has a hub: joined, everything fetched, opened.
 * And a desk whose store has been fetched anew: opened again. */

#include "config.h"

#include "linli-window-private.h"

#include <glib/gi18n-lib.h>

#include "linli-join-window.h"
#include "linli-sync-window.h"
#include "linli-sync-words.h"

/* A store that has no centre yet, until the hub has brought it one. */
typedef struct
{
  LinliWindow    *window; /* (owned) */
  LinliStore     *store;  /* (owned) */
  LinliSyncAgent *agent;  /* (owned) */
  char           *url;    /* (nullable): nobody has to be asked for it */
  char           *code;   /* (nullable) */
  gboolean        joined;
} Joining;

static void
joining_end (Joining *joining)
{
  linli_sync_agent_stop (joining->agent);
  linli_store_close (joining->store);
  g_object_unref (joining->agent);
  g_object_unref (joining->store);
  g_object_unref (joining->window);
  g_free (joining->url);
  g_free (joining->code);
  g_free (joining);
}

/* Not from within a signal of what is taken down. */
static gboolean
open_joined_cb (gpointer user_data)
{
  Joining *joining = user_data;
  g_autoptr(LinliWindow) window = g_object_ref (joining->window);
  g_autofree char *folder = g_strdup (window->folder);

  joining_end (joining);
  linli_window_open_folder (window, folder);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (LinliSyncAgent *agent,
             Joining        *joining)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *words = linli_sync_long_words (agent, linli_clock_now (joining->window->clock), zone);

  if (!joining->joined)
    return;
  adw_status_page_set_description (joining->window->wait, words);
  if (!linli_sync_agent_is_connected (agent))
    return;
  adw_status_page_set_description (joining->window->wait, NULL);
  g_signal_handlers_disconnect_by_func (agent, progress_cb, joining);
  g_idle_add (open_joined_cb, joining);
}

static void
joined_cb (LinliJoinWindow *dialog,
           const char      *name,
           Joining         *joining)
{
  g_autofree char *title = g_strdup_printf (_("Fetching %s…"), name);

  joining->joined = TRUE;
  linli_window_show_wait (joining->window, title);
}

static void
dialog_closed_cb (GtkWidget *dialog,
                  Joining   *joining)
{
  if (!joining->joined)
    joining_end (joining);
}

static void
known_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Joining *joining = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = linli_sync_agent_join_finish (LINLI_SYNC_AGENT (source), result, &error);

  if (name != NULL)
    {
      joined_cb (NULL, name, joining);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linli_window_show_trouble (joining->window, error);
  joining_end (joining);
}

static void
ask (Joining *joining)
{
  LinliJoinWindow *dialog = linli_join_window_new (GTK_WINDOW (joining->window), joining->agent);

  g_signal_connect (dialog, "joined", G_CALLBACK (joined_cb), joining);
  g_signal_connect (dialog, "unrealize", G_CALLBACK (dialog_closed_cb), joining);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Joining *joining = user_data;
  g_autoptr(GError) error = NULL;

  joining->store = linli_store_open_finish (result, &error);
  if (joining->store == NULL)
    {
      linli_window_show_trouble (joining->window, error);
      g_object_unref (joining->window);
      g_free (joining->url);
      g_free (joining->code);
      g_free (joining);
      return;
    }
  joining->agent = linli_sync_agent_new (joining->store);
  g_signal_connect (joining->agent, "changed", G_CALLBACK (progress_cb), joining);
  if (joining->url == NULL)
    ask (joining);
  else
    linli_sync_agent_join_async (joining->agent, joining->url, joining->code, NULL, joining->window->cancellable, known_cb,
                                 joining);
}

static void
begin (LinliWindow *self,
       const char  *folder,
       const char  *url,
       const char  *code)
{
  Joining *joining = g_new0 (Joining, 1);

  joining->window = g_object_ref (self);
  joining->url = g_strdup (url);
  joining->code = g_strdup (code);
  linli_window_set_folder (self, folder);
  linli_store_open_async (folder, LINLI_STORE_CREATE, self->clock, self->cancellable, opened_cb, joining);
}

/* A hub whose address and code are known already. */
void
linli_window_join_known (LinliWindow *self,
                         const char  *folder,
                         const char  *url,
                         const char  *code)
{
  linli_window_show_wait (self, _("Joining the Hub…"));
  begin (self, folder, url, code);
}

/* From the start page: this computer becomes a desk of a centre that exists. */
void
linli_window_join_hub (LinliWindow *self)
{
  g_autofree char *folder = self->folder != NULL ? g_strdup (self->folder) : linli_window_default_folder ();

  begin (self, folder, NULL, NULL);
}

/* --- Fetched anew --- */

static gboolean
reopen_cb (gpointer user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autofree char *folder = g_strdup (self->folder);

  if (self->context == NULL)
    return G_SOURCE_REMOVE;
  linli_window_leave_store (self);
  linli_window_open_folder (self, folder);
  return G_SOURCE_REMOVE;
}

static void
swapped_cb (LinliDb     *db,
            LinliWindow *self)
{
  g_idle_add (reopen_cb, g_object_ref (self));
}

/* Every list holds keys of the file that was: the pages are made again. What
 * was half typed is a draft, and has come along. */
void
linli_window_watch_swap (LinliWindow *self)
{
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (self->context)), "swapped",
                           G_CALLBACK (swapped_cb), self, 0);
}

void
linli_window_show_sync (LinliWindow *self)
{
  if (self->context != NULL && linli_ui_context_get_sync (self->context) != NULL)
    gtk_window_present (GTK_WINDOW (linli_sync_window_new (GTK_WINDOW (self), self->context)));
}
