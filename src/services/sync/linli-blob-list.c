/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to carry: what the hub lacks, what the store wants, what was
 * added a moment ago. */

#include "config.h"

#include "linli-blob-private.h"

#include "linli-case-blobs.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-sight.h"

#define MAX_WANTED 500

/* @row: (nullable): id of an attachment that has it */
void
linli_blob_agent_offer (LinliBlobAgent *self,
                        const char     *sha256,
                        const char     *row)
{
  gint64 size = 0;

  if (!linli_shelf_is_name (sha256) || !linli_shelf_has (self->root, sha256, &size))
    return;
  linli_shelf_mark (self->root, LINLI_SHELF_UNSENT, sha256);
  linli_blob_agent_add_move (&self->up, sha256, row, size);
}

static void
want (LinliBlobAgent *self,
      LinliRow       *row)
{
  const char *sha256 = linli_row_get_text (row, LINLI_ATTACHMENT_SHA256);
  gint64 size = linli_row_get_int (row, LINLI_ATTACHMENT_SIZE);

  if (linli_shelf_is_name (sha256) && !linli_row_is_null (row, LINLI_ATTACHMENT_SHA256) && size <= LINLI_BLOB_SMALL &&
      !linli_shelf_has (self->root, sha256, NULL))
    linli_blob_agent_add_move (&self->down, sha256, linli_row_get_id (row), size);
}

static void
lists_over (LinliBlobAgent *self,
            gboolean        well)
{
  self->n_lists--;
  if (!well)
    self->listed = FALSE; /* asked again when the hub is there again */
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, NULL);
}

static void
missing_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);
  g_autoptr(JsonObject) told = NULL;
  JsonArray *missing = NULL;
  gsize size = 0;

  if (self->store == NULL)
    return;
  if (answer != NULL && answer->status == 200)
    {
      const char *text = g_bytes_get_data (answer->body, &size);

      told = linli_json_parse_object (text, (gssize) size, NULL);
      missing = told != NULL ? linli_json_get_array (told, "missing") : NULL;
      self->more_missing = missing != NULL && linli_json_get_bool (told, "more");
    }
  for (guint i = 0; missing != NULL && i < json_array_get_length (missing); i++)
    {
      JsonNode *node = json_array_get_element (missing, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        linli_blob_agent_offer (self, json_node_get_string (node), NULL);
    }
  lists_over (self, missing != NULL);
}

static gpointer
wanted_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  return linli_sight_lift (conn, error) ? linli_case_blobs_wanted (conn, LINLI_BLOB_SMALL, MAX_WANTED, *(gint64 *) data, error)
                                        : NULL;
}

static void
wanted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    want (self, rows->pdata[i]);
  self->more_wanted = rows != NULL && rows->len == MAX_WANTED;
  self->n_wanted += rows != NULL ? rows->len : 0;
  lists_over (self, rows != NULL);
}

static void
ask_missing (LinliBlobAgent *self)
{
  self->more_missing = FALSE;
  self->n_arrived = 0;
  self->n_lists++;
  linli_hub_client_send_async (self->client, "GET", "blobs", NULL, self->cancellable, missing_cb, g_object_ref (self));
}

static void
ask_wanted (LinliBlobAgent *self)
{
  gint64 *told = g_new (gint64, 1);

  *told = self->n_wanted;
  self->more_wanted = FALSE;
  self->n_lists++;
  linli_store_read_async (self->store, wanted_job, told, g_free, (GDestroyNotify) g_ptr_array_unref, NULL, wanted_cb,
                          g_object_ref (self));
}

static gboolean
is_dry (const LinliBlobLine *line)
{
  return line->move == NULL && line->waiting.length == 0;
}

/* The hub is asked again only when it has got something since. */
static gboolean
may_miss_more (LinliBlobAgent *self)
{
  return self->more_missing && self->n_arrived > 0 && is_dry (&self->up);
}

static gboolean
may_want_more (LinliBlobAgent *self)
{
  return self->more_wanted && is_dry (&self->down);
}

/* Returns: whether a list was longer than one is told at a time, and it is time for the rest */
gboolean
linli_blob_agent_has_more (LinliBlobAgent *self)
{
  return may_miss_more (self) || may_want_more (self);
}

/* A line has run dry: what was not told yet follows. */
void
linli_blob_agent_list_on (LinliBlobAgent *self)
{
  if (!self->ready || self->client == NULL || self->store == NULL)
    return;
  if (may_miss_more (self))
    ask_missing (self);
  if (may_want_more (self))
    ask_wanted (self);
}

/* Asks the hub what it lacks and the store what it wants: at the beginning,
 * after the store was fetched anew, when a person asks, and now and then. */
void
linli_blob_agent_list (LinliBlobAgent *self)
{
  if (self->listed || !self->ready || self->client == NULL || self->store == NULL)
    return;
  self->listed = TRUE;
  self->n_wanted = 0;
  ask_missing (self);
  ask_wanted (self);
}

/* A GSourceFunc. */
gboolean
linli_blob_agent_list_again_cb (gpointer user_data)
{
  LinliBlobAgent *self = user_data;

  self->listed = FALSE;
  linli_blob_agent_list (self);
  return G_SOURCE_CONTINUE;
}

static gpointer
rows_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_sight_lift (conn, error) ? linli_case_blobs_at (conn, data, error) : NULL;
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  self->n_lists--;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_hash_table_remove (self->nowhere, linli_row_get_text (rows->pdata[i], LINLI_ATTACHMENT_SHA256));
      if (!linli_row_is_null (rows->pdata[i], LINLI_ATTACHMENT_REMOVED_AT))
        continue;
      linli_blob_agent_offer (self, linli_row_get_text (rows->pdata[i], LINLI_ATTACHMENT_SHA256),
                              linli_row_get_id (rows->pdata[i]));
      want (self, rows->pdata[i]);
    }
  linli_blob_agent_go (self);
  linli_blob_agent_tell (self, NULL);
}

/* A handler: somebody added a file here, or news of one has come. */
void
linli_blob_agent_attached_cb (LinliDb        *db,
                              GArray         *pks,
                              LinliBlobAgent *self)
{
  if (self->client == NULL)
    return;
  self->n_lists++;
  linli_store_read_async (self->store, rows_job, g_array_ref (pks), (GDestroyNotify) g_array_unref,
                          (GDestroyNotify) g_ptr_array_unref, NULL, rows_cb, g_object_ref (self));
}

/* The store was fetched anew. */
void
linli_blob_agent_swapped_cb (LinliDb        *db,
                             LinliBlobAgent *self)
{
  self->listed = FALSE;
  linli_blob_agent_list (self);
}
