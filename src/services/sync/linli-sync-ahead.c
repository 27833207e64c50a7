/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-ahead.h"

#include "linli-wire-page.h"

struct _LinliSyncAhead
{
  char              *path;
  gboolean           came;
  LinliHubAnswer    *page;   /* (owned) (nullable) */
  LinliSyncAheadDone done;   /* (nullable): who waits for it */
  gpointer           data;
};

static void
ahead_clear (gpointer data)
{
  LinliSyncAhead *self = data;

  g_free (self->path);
  linli_hub_answer_free (self->page);
}

static void
ahead_unref (LinliSyncAhead *self)
{
  g_rc_box_release_full (self, ahead_clear);
}

static void
hand_over (LinliSyncAhead *self)
{
  LinliSyncAheadDone done = g_steal_pointer (&self->done);

  done (g_steal_pointer (&self->page), self->data);
}

/* A page counts only when another follows it: the last one says where the hub
 * stands, and is fetched when that is asked. A fault does not: it may be over. */
static void
came_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  LinliSyncAhead *self = user_data;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, NULL);
  g_autofree char *next = answer != NULL && answer->status == 200 ? linli_wire_page_find_next (answer->body) : NULL;

  self->came = TRUE;
  if (next != NULL)
    self->page = g_steal_pointer (&answer);
  if (self->done != NULL)
    hand_over (self);
  ahead_unref (self);
}

/**
 * linli_sync_ahead_new:
 * @path: below the workspace
 *
 * Asks for it at once.
 */
LinliSyncAhead *
linli_sync_ahead_new (LinliHubClient *client,
                      const char     *path,
                      GCancellable   *cancellable)
{
  LinliSyncAhead *self = g_rc_box_new0 (LinliSyncAhead);

  self->path = g_strdup (path);
  linli_hub_client_send_async (client, "GET", path, NULL, cancellable, came_cb, g_rc_box_acquire (self));
  return self;
}

/* Whoever waits for the page is still told. */
void
linli_sync_ahead_free (LinliSyncAhead *self)
{
  if (self != NULL)
    ahead_unref (self);
}

gboolean
linli_sync_ahead_is (LinliSyncAhead *self,
                     const char     *path)
{
  return g_str_equal (self->path, path);
}

/**
 * linli_sync_ahead_take:
 * @done: called once, at once when the page is there
 */
void
linli_sync_ahead_take (LinliSyncAhead    *self,
                       LinliSyncAheadDone done,
                       gpointer           data)
{
  self->done = done;
  self->data = data;
  if (self->came)
    hand_over (self);
}
