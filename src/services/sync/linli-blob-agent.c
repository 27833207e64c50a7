/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-blob-agent.h"

#include "linli-blob-private.h"

#define FIRST_PIECE   (128 * 1024)
#define SMALLEST      (16 * 1024)
#define QUICK_SECONDS 2                /* a piece that passes in less may be larger the next time */
#define MAX_DELAY     300              /* seconds between tries */
#define SAVING_UP     (1024 * 1024)    /* what a metered network carries without being asked */
#define SAVING_DOWN   (64 * 1024)
#define LIST_SECONDS  1800

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliBlobAgent, linli_blob_agent, G_TYPE_OBJECT)

void
linli_blob_move_free (LinliBlobMove *move)
{
  if (move == NULL)
    return;

  g_free (move->sha256);
  g_free (move->row);
  g_free (move);
}

/* Returns: (transfer full): of the file at the hub, below the workspace */
char *
linli_blob_move_path (const LinliBlobMove *move)
{
  return g_strconcat ("blobs/", move->sha256, move->row != NULL ? "?row=" : NULL, move->row, NULL);
}

/* @sha256: (nullable): all may have changed */
void
linli_blob_agent_tell (LinliBlobAgent *self,
                       const char     *sha256)
{
  g_signal_emit (self, signals[CHANGED], 0, sha256);
}

/* --- Lines --- */

static gboolean
saves (LinliBlobAgent *self)
{
  return self->saving || g_network_monitor_get_network_metered (g_network_monitor_get_default ());
}

/* Returns: whether @move may go on now */
gboolean
linli_blob_agent_may_move (LinliBlobAgent      *self,
                           const LinliBlobMove *move)
{
  gboolean up = self->up.move == move || g_queue_find (&self->up.waiting, move) != NULL;

  return self->ready && self->client != NULL &&
         (move->asked || !saves (self) || move->size <= (up ? SAVING_UP : SAVING_DOWN));
}

/* Returns: (transfer full) (nullable): out of the queue: what was asked for
 * first, then in order */
LinliBlobMove *
linli_blob_line_next (LinliBlobAgent *self,
                      LinliBlobLine  *line)
{
  GList *found = NULL;

  if (line->retry_id != 0 || !self->ready || self->client == NULL)
    return NULL;
  for (GList *l = line->waiting.head; l != NULL; l = l->next)
    {
      LinliBlobMove *move = l->data;

      if (linli_blob_agent_may_move (self, move) && (found == NULL || move->asked))
        found = l;
      if (found != NULL && ((LinliBlobMove *) found->data)->asked)
        break;
    }
  if (found != NULL)
    {
      LinliBlobMove *move = found->data;

      g_queue_delete_link (&line->waiting, found);
      return move;
    }
  return NULL;
}

/* A piece has passed, or has not: the next one is larger or smaller. */
void
linli_blob_line_fed (LinliBlobLine *line,
                     gboolean       well)
{
  gint64 took = g_get_monotonic_time () - line->began;

  if (well)
    line->delay = 0;
  if (well && took < QUICK_SECONDS * G_USEC_PER_SEC)
    line->piece = MIN (line->piece * 2, LINLI_SHELF_PART_MAX);
  else if (!well)
    line->piece = MAX (line->piece / 4, SMALLEST);
}

/* @seconds: that the hub asks for; 0 when it says nothing */
void
linli_blob_line_pause (LinliBlobAgent *self,
                       LinliBlobLine  *line,
                       guint           seconds,
                       GSourceFunc     again)
{
  line->delay = MIN (MAX (line->delay * 2, 1), MAX_DELAY);
  g_clear_handle_id (&line->retry_id, g_source_remove);
  if (self->ready)
    line->retry_id = g_timeout_add_seconds (MAX (line->delay, seconds), again, self);
  linli_blob_agent_tell (self, NULL);
}

/* What is under way is over, however it ended. */
void
linli_blob_agent_settle (LinliBlobAgent *self,
                         LinliBlobLine  *line)
{
  LinliBlobMove *move = g_steal_pointer (&line->move);

  linli_blob_agent_tell (self, move->sha256);
  linli_blob_move_free (move);
}

static LinliBlobMove *
find_move (LinliBlobLine *line,
           const char    *sha256)
{
  if (line->move != NULL && g_str_equal (line->move->sha256, sha256))
    return line->move;
  for (GList *l = line->waiting.head; l != NULL; l = l->next)
    if (g_str_equal (((LinliBlobMove *) l->data)->sha256, sha256))
      return l->data;
  return NULL;
}

/* The one of that name, in the queue or under way; a new one when there is none.
 * @row: (nullable): id of an attachment that has it */
LinliBlobMove *
linli_blob_agent_add_move (LinliBlobLine *line,
                           const char    *sha256,
                           const char    *row,
                           gint64         size)
{
  LinliBlobMove *move = find_move (line, sha256);

  if (move == NULL)
    {
      move = g_new0 (LinliBlobMove, 1);
      move->sha256 = g_strdup (sha256);
      move->size = size;
      g_queue_push_tail (&line->waiting, move);
    }
  if (move->row == NULL)
    move->row = g_strdup (row);
  return move;
}

/* Whichever line is free goes on. */
void
linli_blob_agent_go (LinliBlobAgent *self)
{
  if (self->store == NULL)
    return;
  linli_blob_send (self);
  linli_blob_get (self);
}

/* --- How it stands --- */

/**
 * linli_blob_agent_get_state:
 * @done: (out) (optional): of what is under way, from 0 to 1
 */
LinliBlobState
linli_blob_agent_get_state (LinliBlobAgent *self,
                            const char     *sha256,
                            double         *done)
{
  LinliBlobMove *up;
  LinliBlobMove *down;

  g_return_val_if_fail (LINLI_IS_BLOB_AGENT (self), LINLI_BLOB_HERE);

  up = find_move (&self->up, sha256);
  down = find_move (&self->down, sha256);
  if (done != NULL)
    *done = 0;
  if (linli_shelf_has (self->root, sha256, NULL))
    {
      if (g_hash_table_contains (self->refused, sha256))
        return LINLI_BLOB_REFUSED;
      if (up != NULL && up == self->up.move && up->size > 0 && done != NULL)
        *done = (double) up->done / (double) up->size;
      if (up != NULL && up == self->up.move)
        return LINLI_BLOB_SENDING;
      return linli_shelf_is_marked (self->root, LINLI_SHELF_UNSENT, sha256, NULL) ? LINLI_BLOB_WAITING : LINLI_BLOB_HERE;
    }
  if (down != NULL && down == self->down.move && down->size > 0 && done != NULL)
    *done = (double) down->done / (double) down->size;
  if (down != NULL && down == self->down.move)
    return LINLI_BLOB_FETCHING;
  if (down != NULL && self->no_room)
    return LINLI_BLOB_NO_ROOM;
  if (down != NULL && down->asked)
    return LINLI_BLOB_ASKED;
  return g_hash_table_contains (self->nowhere, sha256) ? LINLI_BLOB_NOWHERE : LINLI_BLOB_ABSENT;
}

static void
count_line (LinliBlobAgent *self,
            LinliBlobLine  *line,
            guint          *n,
            gint64         *bytes,
            guint          *n_held)
{
  if (line->move != NULL)
    {
      *n += 1;
      *bytes += line->move->size - line->move->done;
    }
  for (GList *l = line->waiting.head; l != NULL; l = l->next)
    {
      LinliBlobMove *move = l->data;

      *n += 1;
      *bytes += move->size;
      *n_held += self->ready && self->client != NULL && !linli_blob_agent_may_move (self, move);
    }
}

void
linli_blob_agent_count (LinliBlobAgent *self,
                        LinliBlobCount *count)
{
  gint64 bytes = 0;

  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  *count = (LinliBlobCount) { 0 };
  count_line (self, &self->up, &count->n_to_send, &count->bytes_to_send, &count->n_waiting_for_line);
  count_line (self, &self->down, &count->n_to_fetch, &bytes, &count->n_waiting_for_line);
  count->n_refused = g_hash_table_size (self->refused);
  count->hub_full = self->hub_full && count->n_to_send > 0;
}

static gboolean
rests (LinliBlobAgent *self,
       LinliBlobLine  *line)
{
  guint n = 0;
  guint n_held = 0;
  gint64 bytes = 0;

  count_line (self, line, &n, &bytes, &n_held);
  return n == n_held;
}

/* Returns: whether nothing is under way that goes on by itself */
gboolean
linli_blob_agent_is_idle (LinliBlobAgent *self)
{
  g_return_val_if_fail (LINLI_IS_BLOB_AGENT (self), TRUE);

  return self->n_lists == 0 && !linli_blob_agent_has_more (self) && rests (self, &self->up) &&
         (rests (self, &self->down) || (self->no_room && self->down.move == NULL));
}

gboolean
linli_blob_agent_is_ready (LinliBlobAgent *self)
{
  return self->ready && self->client != NULL;
}

/* --- What a person wants --- */

/**
 * linli_blob_agent_fetch:
 * @row: id of an attachment that has it
 * @size: bytes, as its row says
 *
 * However large it is, and on whatever network: at once, or when the hub is
 * there again.
 */
void
linli_blob_agent_fetch (LinliBlobAgent *self,
                        const char     *sha256,
                        const char     *row,
                        gint64          size)
{
  LinliBlobMove *move;

  g_return_if_fail (LINLI_IS_BLOB_AGENT (self) && linli_shelf_is_name (sha256));

  if (linli_shelf_has (self->root, sha256, NULL))
    return;
  g_hash_table_remove (self->nowhere, sha256);
  move = linli_blob_agent_add_move (&self->down, sha256, row, size);
  move->asked = TRUE;
  g_clear_handle_id (&self->down.retry_id, g_source_remove);
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, sha256);
}

/* Everything is tried again, on whatever network: a person said so. */
void
linli_blob_agent_retry (LinliBlobAgent *self)
{
  GHashTableIter iter;
  gpointer sha256;

  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  if (self->store == NULL)
    return;
  g_hash_table_iter_init (&iter, self->refused);
  while (g_hash_table_iter_next (&iter, &sha256, NULL))
    linli_blob_agent_offer (self, sha256, NULL);
  g_hash_table_remove_all (self->refused);
  g_hash_table_remove_all (self->nowhere);
  for (GList *l = self->up.waiting.head; l != NULL; l = l->next)
    ((LinliBlobMove *) l->data)->asked = TRUE;
  for (GList *l = self->down.waiting.head; l != NULL; l = l->next)
    ((LinliBlobMove *) l->data)->asked = TRUE;
  g_clear_handle_id (&self->up.retry_id, g_source_remove);
  g_clear_handle_id (&self->down.retry_id, g_source_remove);
  self->listed = FALSE;
  linli_blob_agent_list (self);
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, NULL);
}

/* @saving: carry large files only when they are asked for, whatever the
 * machine knows of its network */
void
linli_blob_agent_set_saving (LinliBlobAgent *self,
                             gboolean        saving)
{
  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  self->saving = saving;
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, NULL);
}

gboolean
linli_blob_agent_is_saving (LinliBlobAgent *self)
{
  return saves (self);
}

/* --- Life --- */

/* @ready: the hub answers and has every operation of this desk */
void
linli_blob_agent_set_ready (LinliBlobAgent *self,
                            gboolean        ready)
{
  gboolean was = self->ready;

  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  self->ready = ready;
  if (!ready || self->store == NULL)
    return;
  if (!was)
    {
      g_clear_handle_id (&self->up.retry_id, g_source_remove);
      g_clear_handle_id (&self->down.retry_id, g_source_remove);
    }
  linli_blob_agent_list (self);
  linli_blob_agent_go (self);
}

/* What the hub lacks is asked again when the line is ready. */
void
linli_blob_agent_forget_lists (LinliBlobAgent *self)
{
  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  self->listed = FALSE;
}

void
linli_blob_agent_use (LinliBlobAgent        *self,
                      const LinliHubAddress *address)
{
  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  g_clear_object (&self->client);
  self->client = linli_hub_client_new (address);
  self->listed = FALSE;
}

static void
network_cb (GNetworkMonitor *monitor,
            GParamSpec      *pspec,
            LinliBlobAgent  *self)
{
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, NULL);
}

/* @store: open for writing */
LinliBlobAgent *
linli_blob_agent_new (LinliStore *store)
{
  LinliBlobAgent *self = g_object_new (LINLI_TYPE_BLOB_AGENT, NULL);
  LinliDb *db = linli_store_get_db (store);
  g_autoptr(GPtrArray) unsent = NULL;

  self->store = g_object_ref (store);
  self->root = g_build_filename (linli_store_get_folder (store), "attachments", NULL);
  self->changed_id = g_signal_connect (db, "changed::attachment", G_CALLBACK (linli_blob_agent_attached_cb), self);
  self->swapped_id = g_signal_connect (db, "swapped", G_CALLBACK (linli_blob_agent_swapped_cb), self);
  self->network_id = g_signal_connect (g_network_monitor_get_default (), "notify::network-metered",
                                       G_CALLBACK (network_cb), self);
  self->list_id = g_timeout_add_seconds (LIST_SECONDS, linli_blob_agent_list_again_cb, self);
  self->sweep_id = g_timeout_add_seconds (LIST_SECONDS / 3, linli_blob_agent_sweep_cb, self);
  unsent = linli_shelf_marked (self->root, LINLI_SHELF_UNSENT);
  for (guint i = 0; i < unsent->len; i++)
    linli_blob_agent_offer (self, unsent->pdata[i], NULL);

  return self;
}

/* Before the store is closed. What is half way goes on the next time. */
void
linli_blob_agent_stop (LinliBlobAgent *self)
{
  LinliDb *db;

  g_return_if_fail (LINLI_IS_BLOB_AGENT (self));

  if (self->store == NULL)
    return;
  db = linli_store_get_db (self->store);
  g_clear_handle_id (&self->list_id, g_source_remove);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->up.retry_id, g_source_remove);
  g_clear_handle_id (&self->down.retry_id, g_source_remove);
  g_clear_signal_handler (&self->changed_id, db);
  g_clear_signal_handler (&self->swapped_id, db);
  g_clear_signal_handler (&self->network_id, g_network_monitor_get_default ());
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
}

static void
linli_blob_agent_finalize (GObject *object)
{
  LinliBlobAgent *self = LINLI_BLOB_AGENT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->up.waiting, (GDestroyNotify) linli_blob_move_free);
  g_queue_clear_full (&self->down.waiting, (GDestroyNotify) linli_blob_move_free);
  linli_blob_move_free (self->up.move);
  linli_blob_move_free (self->down.move);
  g_hash_table_unref (self->refused);
  g_hash_table_unref (self->nowhere);
  g_free (self->root);

  G_OBJECT_CLASS (linli_blob_agent_parent_class)->finalize (object);
}

static void
linli_blob_agent_class_init (LinliBlobAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_blob_agent_finalize;

  /**
   * LinliBlobAgent::changed:
   * @sha256: (nullable): the file; %NULL when it may be any
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
linli_blob_agent_init (LinliBlobAgent *self)
{
  self->cancellable = g_cancellable_new ();
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->nowhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->up.piece = FIRST_PIECE;
  self->down.piece = FIRST_PIECE;
}
