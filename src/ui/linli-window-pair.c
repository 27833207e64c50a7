/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Synchronisation in a minute: a demo centre gets a hub of its own and a second
 * desk beside it. All of it is gone when the first window closes. */

#include "config.h"

#include "linli-window-private.h"

#include <glib/gi18n-lib.h>

#define LOOK_MS 300

/* Returns: whether this is a throw-away centre that works alone */
gboolean
linli_window_can_pair (LinliWindow *self)
{
  LinliSyncAgent *agent = self->context != NULL ? linli_ui_context_get_sync (self->context) : NULL;

  return agent != NULL && self->hub == NULL && self->demo_folder != NULL &&
         g_strcmp0 (self->demo_folder, self->folder) == 0 && linli_sync_agent_get_url (agent) == NULL;
}

static void
give_up (LinliWindow  *self,
         const GError *error)
{
  g_clear_object (&self->hub);
  if (self->context != NULL)
    linli_ui_context_toast (self->context, g_dgettext (GETTEXT_PACKAGE, error->message));
  linli_window_update_actions (self);
}

static void
open_second (LinliWindow *self)
{
  LinliWindow *second = linli_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->settings, self->clock);
  g_autoptr(GError) error = NULL;

  second->demo_folder = g_dir_make_tmp ("linli-demo-XXXXXX", &error);
  if (second->demo_folder == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (second));
      give_up (self, error);
      return;
    }
  g_set_weak_pointer (&self->pair, second);
  second->is_second = TRUE;
  linli_window_join_known (second, second->demo_folder, linli_demo_hub_get_url (self->hub),
                           linli_demo_hub_get_code (self->hub, 1));
  gtk_window_present (GTK_WINDOW (second));
  linli_ui_context_toast (self->context, _("The second desk opens beside this one: what is done at one shows at the other."));
}

/* The first desk sends its centre, fetches it back as the hub has it, and is
 * opened again meanwhile: it is looked at until it is in step. */
static gboolean
look_cb (gpointer user_data)
{
  LinliWindow *self = user_data;
  LinliSyncAgent *agent = self->context != NULL ? linli_ui_context_get_sync (self->context) : NULL;

  if (agent == NULL || linli_sync_agent_get_state (agent) != LINLI_SYNC_ONLINE || !linli_sync_agent_is_idle (agent))
    return G_SOURCE_CONTINUE;
  self->look_id = 0;
  open_second (self);
  return G_SOURCE_REMOVE;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = linli_sync_agent_join_finish (LINLI_SYNC_AGENT (source), result, &error);

  if (self->hub == NULL)
    return; /* the window is going */
  if (name == NULL)
    {
      give_up (self, error);
      return;
    }
  self->look_id = g_timeout_add (LOOK_MS, look_cb, self);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  self->pairing = FALSE;
  g_clear_object (&self->hub);
  self->hub = linli_demo_hub_start_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    g_clear_object (&self->hub);
  else if (self->hub == NULL)
    give_up (self, error);
  else
    linli_sync_agent_join_async (linli_ui_context_get_sync (self->context), linli_demo_hub_get_url (self->hub),
                                 linli_demo_hub_get_code (self->hub, 0), NULL, self->cancellable, joined_cb,
                                 g_object_ref (self));
}

/**
 * linli_window_pair:
 *
 * Does nothing where linli_window_can_pair() says no.
 */
void
linli_window_pair (LinliWindow *self)
{
  g_return_if_fail (LINLI_IS_WINDOW (self));

  if (!linli_window_can_pair (self) || self->pairing)
    return;
  self->pairing = TRUE;
  linli_ui_context_toast (self->context, _("A hub starts on this computer, and the desk joins it…"));
  linli_demo_hub_start_async (linli_ui_context_get_session (self->context)->centre, self->cancellable, started_cb,
                              g_object_ref (self));
}

/* With the first window goes the second, and the hub. */
void
linli_window_unpair (LinliWindow *self)
{
  LinliWindow *second = self->pair;

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_weak_pointer (&self->pair);
  if (second != NULL)
    gtk_window_destroy (GTK_WINDOW (second));
  g_clear_object (&self->hub);
}
