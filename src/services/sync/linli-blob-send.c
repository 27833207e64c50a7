/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Up: say what comes, learn where it goes on, send pieces, until the hub says
 * that it has all of it and that it is what its name says. */

#include "config.h"

#include "linli-blob-private.h"

#include <string.h>

static void begin (LinliBlobAgent *self);
static void send_piece (LinliBlobAgent *self);

static gboolean
again_cb (gpointer user_data)
{
  LinliBlobAgent *self = user_data;

  self->up.retry_id = 0;
  linli_blob_send (self);
  return G_SOURCE_REMOVE;
}

/* Back into the queue, for later. */
static void
put_off (LinliBlobAgent *self,
         guint           seconds)
{
  g_queue_push_head (&self->up.waiting, g_steal_pointer (&self->up.move));
  linli_blob_line_pause (self, &self->up, seconds, again_cb);
}

static void
refuse (LinliBlobAgent *self)
{
  g_hash_table_add (self->refused, g_strdup (self->up.move->sha256));
  linli_blob_agent_settle (self, &self->up);
  linli_blob_send (self);
}

static void
arrived (LinliBlobAgent *self)
{
  linli_shelf_unmark (self->root, LINLI_SHELF_UNSENT, self->up.move->sha256);
  g_hash_table_remove (self->refused, self->up.move->sha256);
  self->n_arrived++;
  linli_blob_agent_settle (self, &self->up);
  linli_blob_send (self);
}

/* What came there is not what its name says: the line, or this disk. Whichever
 * it is, the others do not wait behind it. */
static void
start_over (LinliBlobAgent *self)
{
  if (++self->up.move->tries < LINLI_BLOB_TRIES)
    begin (self);
  else
    refuse (self);
}

/* Returns: whether the answer lets this file go on */
static gboolean
take_answer (LinliBlobAgent *self,
             LinliHubAnswer *answer,
             gboolean        beginning)
{
  LinliBlobMove *move = self->up.move;

  self->hub_full = answer->fault == LINLI_HUB_FAULT_NO_ROOM;
  switch (answer->status)
    {
    case 200:
    case 204:
    case 409:
      if (answer->offset < 0 || answer->offset > move->size)
        break; /* a portal's page, not the hub's word */
      move->done = answer->offset;
      return TRUE;
    case 404:
      if (!beginning)
        start_over (self); /* half of it was given up there */
      else
        { /* no row there refers to it: its operation was refused, or is not there yet */
          linli_blob_agent_settle (self, &self->up);
          linli_blob_send (self);
        }
      return FALSE;
    case 422:
      start_over (self);
      return FALSE;
    case 413:
    case 507:
      refuse (self);
      return FALSE;
    default:
      break;
    }
  put_off (self, answer->retry_after);
  return FALSE;
}

static void
go_on (LinliBlobAgent *self,
       LinliHubAnswer *answer)
{
  if (answer->complete)
    arrived (self);
  else if (!linli_blob_agent_may_move (self, self->up.move))
    put_off (self, 0);
  else
    send_piece (self);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);
  gint64 before;

  if (self->store == NULL)
    return;
  before = self->up.move->done;
  if (answer == NULL)
    {
      linli_blob_line_fed (&self->up, FALSE);
      put_off (self, 0);
      return;
    }
  if (!take_answer (self, answer, FALSE))
    return;
  linli_blob_line_fed (&self->up, answer->status != 409);
  linli_blob_agent_tell (self, self->up.move->sha256);
  /* A hub that names the same place for ever is not asked for ever. */
  if (answer->status == 409 && self->up.move->done == before && ++self->up.move->tries >= LINLI_BLOB_TRIES)
    put_off (self, 0);
  else
    go_on (self, answer);
}

/* --- A piece is read in a thread --- */

typedef struct
{
  char  *root;
  char  *sha256;
  gint64 offset;
  gsize  size;
} Piece;

static void
piece_free (Piece *piece)
{
  g_free (piece->root);
  g_free (piece->sha256);
  g_free (piece);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Piece *piece = data;
  GError *error = NULL;
  GBytes *bytes = linli_shelf_read (piece->root, piece->sha256, piece->offset, piece->size, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = LINLI_BLOB_AGENT (g_object_ref (source));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  LinliBlobMove *move = self->up.move;
  g_autofree char *path = NULL;
  g_autofree char *offset = NULL;
  const char *headers[5] = { "Upload-Offset", NULL, "Upload-Complete", "?0", NULL };

  if (self->store == NULL)
    return;
  if (bytes == NULL || (g_bytes_get_size (bytes) == 0 && move->done < move->size))
    {
      refuse (self); /* it is gone from this disk, or shorter than it was */
      return;
    }
  offset = g_strdup_printf ("%" G_GINT64_FORMAT, move->done);
  headers[1] = offset;
  if (move->done + (gint64) g_bytes_get_size (bytes) >= move->size)
    headers[3] = "?1";
  path = linli_blob_move_path (move);
  self->up.began = g_get_monotonic_time ();
  linli_hub_client_send_file_async (self->client, "PATCH", path, headers, bytes, self->cancellable, sent_cb,
                                    g_object_ref (self));
}

static void
send_piece (LinliBlobAgent *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);
  Piece *piece = g_new0 (Piece, 1);

  piece->root = g_strdup (self->root);
  piece->sha256 = g_strdup (self->up.move->sha256);
  piece->offset = self->up.move->done;
  piece->size = self->up.piece;
  g_task_set_task_data (task, piece, (GDestroyNotify) piece_free);
  g_task_run_in_thread (task, read_thread);
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);

  if (self->store == NULL)
    return;
  if (answer == NULL)
    put_off (self, 0);
  else if (take_answer (self, answer, TRUE))
    go_on (self, answer);
}

static void
begin (LinliBlobAgent *self)
{
  LinliBlobMove *move = self->up.move;
  g_autofree char *path = linli_blob_move_path (move);
  g_autofree char *text = g_strdup_printf ("{\"size\":%" G_GINT64_FORMAT "}", move->size);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  linli_blob_agent_tell (self, move->sha256);
  linli_hub_client_send_async (self->client, "PUT", path, body, self->cancellable, begun_cb, g_object_ref (self));
}

/* Sends the next one, if there is one and the line is free. */
void
linli_blob_send (LinliBlobAgent *self)
{
  if (self->up.move != NULL)
    return;
  self->up.move = linli_blob_line_next (self, &self->up);
  while (self->up.move != NULL && !linli_shelf_has (self->root, self->up.move->sha256, &self->up.move->size))
    {
      linli_blob_agent_settle (self, &self->up);
      self->up.move = linli_blob_line_next (self, &self->up);
    }
  if (self->up.move != NULL)
    begin (self);
  else
    linli_blob_agent_list_on (self);
}
