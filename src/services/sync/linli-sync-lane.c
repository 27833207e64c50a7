/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-lane.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "linli-sqlite.h"
#include "linli-sync-apply.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

#define MAX_ROUNDS 8 /* opening, dropping and asking again within one step */

struct _LinliSyncLane
{
  char            *path;       /* of the store's file */
  char            *fresh_path;
  char            *kept_path;  /* where the old file goes */
  LinliIdSource    chance;
  LinliSyncClient *client;     /* (owned) */
  LinliConn       *fresh;      /* (owned) (nullable) */
  gboolean         looked;     /* for a file that an earlier run left behind */
};

void
linli_sync_facts_clear (LinliSyncFacts *self)
{
  g_clear_pointer (&self->blocked, g_free);
  g_clear_pointer (&self->ended_by, g_free);
  g_clear_pointer (&self->ended_reason, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->waits, g_free);
}

void
linli_sync_facts_copy (LinliSyncFacts       *self,
                       const LinliSyncFacts *from)
{
  linli_sync_facts_clear (self);
  *self = *from;
  self->blocked = g_strdup (from->blocked);
  self->ended_by = g_strdup (from->ended_by);
  self->ended_reason = g_strdup (from->ended_reason);
  self->trouble = g_strdup (from->trouble);
  self->waits = g_strdup (from->waits);
}

void
linli_sync_step_free (LinliSyncStep *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->actions);
  linli_sync_facts_clear (&self->facts);
  g_free (self);
}

/* @folder: of the store. Any thread; used and freed in the writing lane. */
LinliSyncLane *
linli_sync_lane_new (const char *folder)
{
  LinliSyncLane *self = g_new0 (LinliSyncLane, 1);

  self->path = g_build_filename (folder, LINLI_STORE_FILE, NULL);
  self->fresh_path = g_build_filename (folder, LINLI_STORE_FRESH_FILE, NULL);
  self->kept_path = g_build_filename (folder, "backups", "before-fetching-anew.db", NULL);
  linli_id_source_init (&self->chance);
  self->client = linli_sync_client_new (&self->chance);

  return self;
}

void
linli_sync_lane_free (LinliSyncLane *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->fresh, linli_conn_close);
  linli_sync_client_free (self->client);
  g_free (self->path);
  g_free (self->fresh_path);
  g_free (self->kept_path);
  g_free (self);
}

/* --- The file in which everything is fetched anew --- */

static gboolean
open_fresh (LinliSyncLane *self,
            GError       **error)
{
  if (self->fresh == NULL)
    self->fresh = linli_sqlite_open (self->fresh_path, LINLI_SQLITE_FILL, error);
  return self->fresh != NULL;
}

static void
drop_fresh (LinliSyncLane *self)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  g_clear_pointer (&self->fresh, linli_conn_close);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->fresh_path, ends[i], NULL);

      g_unlink (path);
    }
}

/* One that was begun goes on; one that was complete has been overtaken. */
static gboolean
look_for_fresh (LinliSyncLane *self,
                GError       **error)
{
  gboolean usable = FALSE;

  self->looked = TRUE;
  if (!g_file_test (self->fresh_path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!open_fresh (self, NULL) || !linli_sync_fresh_is_usable (self->fresh, &usable, NULL) || !usable)
    drop_fresh (self);
  return TRUE;
}

static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

/* A power cut between the two leaves no file under the store's name; whoever
 * opens the store next finishes what was begun (linli-store.c). */
static void
swap_files (gpointer data)
{
  LinliSyncLane *self = data;

  g_clear_pointer (&self->fresh, linli_conn_close);
  /* A log left beside a file would be taken for the other's: somebody reads the
   * store, or the disk is full. All is fetched again later. */
  if (has_log (self->path) || has_log (self->fresh_path))
    {
      g_warning ("The store that was fetched anew does not take its place: a log is left");
      drop_fresh (self);
    }
  else if (g_rename (self->path, self->kept_path) != 0)
    {
      g_warning ("The store is not moved aside: %s", g_strerror (errno));
      drop_fresh (self);
    }
  else if (g_rename (self->fresh_path, self->path) != 0)
    {
      g_warning ("The store that was fetched anew does not take its place: %s", g_strerror (errno));
      if (g_rename (self->kept_path, self->path) == 0)
        drop_fresh (self);
    }
}

/* --- A step --- */

static void
action_free (gpointer data)
{
  LinliSyncAction *action = data;

  g_free (action->text);
  g_clear_pointer (&action->body, g_bytes_unref);
  g_free (action);
}

static gboolean
read_facts (LinliSyncLane  *self,
            LinliConn      *conn,
            LinliSyncFacts *facts,
            GError        **error)
{
  g_autoptr(LinliRow) state = NULL;
  const char *trouble = linli_sync_client_get_trouble (self->client);

  if (!linli_sync_state_find (conn, &state, error) || !linli_outbox_count (conn, &facts->outbox, error))
    return FALSE;
  facts->enrolled = state != NULL;
  facts->trouble = g_strdup (trouble);
  if (facts->outbox.n_queued > 0)
    facts->waits = g_strdup (linli_sync_client_get_waits (self->client));
  if (state == NULL)
    return TRUE;
  facts->last_ok_at = linli_row_get_int (state, LINLI_SYNC_STATE_LAST_OK_AT);
  facts->complete_rev = linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV);
  facts->clock_offset = linli_row_get_int (state, LINLI_SYNC_STATE_CLOCK_OFFSET);
  facts->n_unindexed = MAX (linli_row_get_int (state, LINLI_SYNC_STATE_INDEX_FROM) - 1, 0);
  facts->fetching = !linli_row_is_null (state, LINLI_SYNC_STATE_BOOTSTRAP);
  facts->blocked = g_strdup (linli_row_get_text (state, LINLI_SYNC_STATE_BLOCKED));
  facts->ended_by = g_strdup (linli_row_get_text (state, LINLI_SYNC_STATE_ENDED_BY));
  facts->ended_reason = g_strdup (linli_row_get_text (state, LINLI_SYNC_STATE_ENDED_REASON));
  facts->ended_at = linli_row_get_int (state, LINLI_SYNC_STATE_ENDED_AT);

  return TRUE;
}

/* Does what belongs in the lane. @again: (out): the engine wants to be asked once more */
static gboolean
carry_out (LinliSyncLane   *self,
           LinliSyncAction *action,
           LinliConn       *conn,
           LinliDesk       *desk,
           LinliStore      *store,
           gboolean        *again,
           gboolean        *done,
           GError         **error)
{
  *done = TRUE;
  switch (action->kind)
    {
    case LINLI_SYNC_ACTION_OPEN_FRESH:
      *again = TRUE;
      return open_fresh (self, error);
    case LINLI_SYNC_ACTION_DROP_FRESH:
      drop_fresh (self);
      *again = TRUE;
      return TRUE;
    case LINLI_SYNC_ACTION_SWAP:
      linli_db_swap (linli_store_get_db (store), swap_files, self);
      return TRUE;
    case LINLI_SYNC_ACTION_IDENTITY:
      *again = TRUE;
      return linli_desk_load (desk, conn, error);
    case LINLI_SYNC_ACTION_PUSH:
    case LINLI_SYNC_ACTION_PULL:
    case LINLI_SYNC_ACTION_FORK:
    case LINLI_SYNC_ACTION_WAIT:
    case LINLI_SYNC_ACTION_SIGN_IN:
      *done = FALSE;
      return TRUE;
    }
  g_assert_not_reached ();
}

static gboolean
run_round (LinliSyncLane        *self,
           LinliConn            *conn,
           LinliDesk            *desk,
           LinliStore           *store,
           const LinliSyncEvent *event,
           LinliSyncStep        *step,
           gboolean             *again,
           GError              **error)
{
  g_autoptr(GPtrArray) actions = linli_sync_client_step (self->client, conn, self->fresh, event);

  while (actions->len > 0)
    {
      gboolean done = FALSE;

      if (!carry_out (self, actions->pdata[0], conn, desk, store, again, &done, error))
        return FALSE;
      if (done)
        g_ptr_array_remove_index (actions, 0);
      else
        g_ptr_array_add (step->actions, g_ptr_array_steal_index (actions, 0));
    }
  return TRUE;
}

/**
 * linli_sync_lane_step:
 * @error: a fault of this machine; the engine is none the worse for it
 *
 * In the writing lane: tells the engine what happened and does what it wants
 * done to files.
 *
 * Returns: (transfer full): what is left to do, and how things stand
 */
LinliSyncStep *
linli_sync_lane_step (LinliSyncLane        *self,
                      LinliConn            *conn,
                      LinliDesk            *desk,
                      LinliStore           *store,
                      const LinliSyncEvent *event,
                      GError              **error)
{
  g_autoptr(LinliSyncStep) step = g_new0 (LinliSyncStep, 1);
  LinliSyncEvent next = *event;
  gboolean again = TRUE;

  step->actions = g_ptr_array_new_with_free_func (action_free);
  if (!self->looked && !look_for_fresh (self, error))
    return NULL;
  for (guint i = 0; again && i < MAX_ROUNDS; i++)
    {
      again = FALSE;
      if (!run_round (self, conn, desk, store, &next, step, &again, error))
        return NULL;
      next = (LinliSyncEvent) { .kind = LINLI_SYNC_EVENT_TICK, .mono = event->mono, .now = event->now };
    }
  if (!read_facts (self, conn, &step->facts, error))
    return NULL;

  return g_steal_pointer (&step);
}
