/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Down: ranges, appended to a part as they come, until the hash can tell. */

#include "config.h"

#include "linli-blob-private.h"

#include "linli-store-error.h"

static void ask_piece (LinliBlobAgent *self);

static gboolean
again_cb (gpointer user_data)
{
  LinliBlobAgent *self = user_data;

  self->down.retry_id = 0;
  linli_blob_get (self);
  return G_SOURCE_REMOVE;
}

static void
put_off (LinliBlobAgent *self,
         guint           seconds)
{
  g_queue_push_head (&self->down.waiting, g_steal_pointer (&self->down.move));
  linli_blob_line_pause (self, &self->down, seconds, again_cb);
}

static void
next (LinliBlobAgent *self)
{
  linli_blob_agent_settle (self, &self->down);
  linli_blob_get (self);
}

/* --- A piece is kept in a thread; the last one is also checked --- */

typedef struct
{
  char    *root;
  char    *sha256;
  GBytes  *bytes;
  gint64   offset; /* in: where they belong; out: where the next do */
  gint64   total;
  gboolean fits;
  gboolean whole;  /* out: it is here */
} Piece;

static void
piece_free (Piece *piece)
{
  g_free (piece->root);
  g_free (piece->sha256);
  g_bytes_unref (piece->bytes);
  g_free (piece);
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Piece *piece = data;
  GError *error = NULL;

  if (linli_shelf_append (piece->root, piece->sha256, &piece->offset, piece->bytes, &piece->fits, &error) &&
      (piece->offset < piece->total || linli_shelf_seal (piece->root, piece->sha256, &piece->whole, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = LINLI_BLOB_AGENT (g_object_ref (source));
  Piece *piece = g_task_get_task_data (G_TASK (result));
  LinliBlobMove *move = self->down.move;
  g_autoptr(GError) error = NULL;

  if (self->store == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_warning ("A file that comes from the hub is not kept: %s", error->message);
      self->no_room = g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL);
      put_off (self, 0);
      return;
    }
  self->no_room = FALSE;
  move->done = piece->offset;
  linli_blob_line_fed (&self->down, TRUE);
  linli_blob_agent_tell (self, move->sha256);
  if (piece->whole)
    next (self);
  else if (piece->offset >= piece->total && ++move->tries >= LINLI_BLOB_TRIES)
    next (self); /* never what its name says: nobody is served by it */
  else if (!linli_blob_agent_may_move (self, move))
    put_off (self, 0);
  else
    ask_piece (self);
}

static void
keep (LinliBlobAgent *self,
      GBytes         *bytes)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, kept_cb, NULL);
  Piece *piece = g_new0 (Piece, 1);

  piece->root = g_strdup (self->root);
  piece->sha256 = g_strdup (self->down.move->sha256);
  piece->bytes = g_bytes_ref (bytes);
  piece->offset = self->down.move->done;
  piece->total = self->down.move->size;
  g_task_set_task_data (task, piece, (GDestroyNotify) piece_free);
  g_task_run_in_thread (task, keep_thread);
}

static void
came_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);
  LinliBlobMove *move = self->down.move;

  if (self->store == NULL)
    return;
  if (answer == NULL)
    {
      linli_blob_line_fed (&self->down, FALSE);
      put_off (self, 0);
    }
  else if (answer->status == 206 && answer->offset == move->done && answer->total >= 0)
    {
      move->size = answer->total;
      keep (self, answer->body);
    }
  else if (answer->status == 404)
    {
      g_hash_table_add (self->nowhere, g_strdup (move->sha256));
      next (self);
    }
  else if (answer->status == 416 && ++move->tries < LINLI_BLOB_TRIES)
    { /* the part is longer than the file: it is nobody's */
      linli_shelf_drop_part (self->root, move->sha256);
      ask_piece (self);
    }
  else
    put_off (self, answer->retry_after); /* also a portal's page with 200 */
}

static void
ask_piece (LinliBlobAgent *self)
{
  LinliBlobMove *move = self->down.move;
  g_autofree char *path = linli_blob_move_path (move);
  g_autofree char *range = NULL;
  const char *headers[3] = { "Range", NULL, NULL };

  linli_shelf_has_part (self->root, move->sha256, &move->done);
  if (move->size > 0 && move->done == move->size)
    { /* cut off between its last byte and the check */
      g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);

      keep (self, nothing);
      return;
    }
  range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, move->done,
                           move->done + (gint64) self->down.piece - 1);
  headers[1] = range;
  self->down.began = g_get_monotonic_time ();
  linli_blob_agent_tell (self, move->sha256);
  linli_hub_client_send_file_async (self->client, "GET", path, headers, NULL, self->cancellable, came_cb,
                                    g_object_ref (self));
}

/* Fetches the next one, if there is one and the line is free. */
void
linli_blob_get (LinliBlobAgent *self)
{
  if (self->down.move != NULL)
    return;
  self->down.move = linli_blob_line_next (self, &self->down);
  while (self->down.move != NULL && linli_shelf_has (self->root, self->down.move->sha256, NULL))
    {
      linli_blob_agent_settle (self, &self->down);
      self->down.move = linli_blob_line_next (self, &self->down);
    }
  if (self->down.move != NULL)
    ask_piece (self);
  else
    linli_blob_agent_list_on (self);
}
