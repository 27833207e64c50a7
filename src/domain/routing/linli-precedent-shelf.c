/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case is thrown off the shelf when a row of it changes, or is changed back,
 * and all of them when another connection has written, or when somebody else
 * looks, who may see less or more: what stands here is what the store says, or
 * it is not here. */

#include "config.h"

#include "linli-precedent-shelf.h"

#include "linli-case-tables.h"
#include "linli-routing-tables.h"
#include "linli-watch.h"

#define SHELF_KEY "precedent-shelf"
#define MOST_KEPT 20000 /* cases: some megabytes */

/* What one case teaches: of most cases one thing, or nothing. */
typedef struct
{
  gint64     pk;
  char      *case_id;
  GPtrArray *handled; /* (element-type LinliPrecedent) */
} Kept;

struct _LinliPrecedentShelf
{
  LinliConn  *conn;  /* (unowned): it owns the shelf */
  gint64      stamp; /* of @conn when the shelf was last known to be right */
  GHashTable *by_pk; /* -> Kept (owned) */
  GHashTable *by_id; /* -> Kept (unowned) */
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->case_id);
  g_ptr_array_unref (kept->handled);
  g_free (kept);
}

static void
shelf_free (gpointer data)
{
  LinliPrecedentShelf *self = data;

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_pk);
  g_free (self);
}

static void
clear (LinliPrecedentShelf *self)
{
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->by_pk);
}

static void
changed_cb (LinliRow *row,
            gpointer  data)
{
  LinliPrecedentShelf *self = data;
  const LinliTable *table = row != NULL ? linli_row_get_table (row) : NULL;
  const char *id = NULL;
  Kept *kept;

  if (row == NULL)
    clear (self);
  else if (table == &linli_table_case)
    id = linli_row_get_id (row);
  else if (table == &linli_table_dispatch)
    id = linli_row_get_text (row, LINLI_DISPATCH_CASE_ID);
  else if (table == &linli_table_case_attribute)
    id = linli_row_get_text (row, LINLI_CASE_ATTRIBUTE_CASE_ID);
  kept = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
  if (kept == NULL)
    return;
  g_hash_table_remove (self->by_id, id);
  g_hash_table_remove (self->by_pk, &kept->pk);
}

/**
 * linli_precedent_shelf_find:
 * @shelf: (out) (transfer none) (nullable): the one of @conn, right as of now;
 *   %NULL where several programs write one database
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_precedent_shelf_find (LinliConn            *conn,
                            LinliPrecedentShelf **shelf,
                            GError              **error)
{
  LinliPrecedentShelf *self = linli_conn_get_data (conn, SHELF_KEY);
  g_autoptr(GError) failure = NULL;
  gint64 stamp = 0;

  *shelf = NULL;
  if (!linli_conn_get_stamp (conn, &stamp, &failure))
    {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self == NULL)
    {
      self = g_new0 (LinliPrecedentShelf, 1);
      self->conn = conn;
      self->stamp = stamp;
      self->by_pk = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, kept_free);
      self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
      linli_conn_set_data (conn, SHELF_KEY, self, shelf_free);
      linli_tx_watch (conn, changed_cb, self);
    }
  if (self->stamp != stamp || g_hash_table_size (self->by_pk) > MOST_KEPT)
    clear (self);
  self->stamp = stamp;
  *shelf = self;

  return TRUE;
}

static Kept *
put (LinliPrecedentShelf *self,
     gint64               pk,
     GError             **error)
{
  g_autoptr(GPtrArray) handled = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free);
  g_autofree char *id = NULL;
  Kept *kept;

  if (!linli_conn_get_text (self->conn, &id, error, "SELECT id FROM cases WHERE pk = ?1", "i", pk) ||
      !linli_precedents_handled (self->conn, id, handled, error))
    return NULL;
  kept = g_new0 (Kept, 1);
  kept->pk = pk;
  kept->case_id = g_steal_pointer (&id);
  kept->handled = g_steal_pointer (&handled);
  g_hash_table_insert (self->by_pk, &kept->pk, kept);
  g_hash_table_insert (self->by_id, kept->case_id, kept);

  return kept;
}

/**
 * linli_precedent_shelf_take:
 * @pk: local key of a case that is there
 * @handled: (element-type LinliPrecedent): receives copies of what its handling teaches
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_precedent_shelf_take (LinliPrecedentShelf *self,
                            gint64               pk,
                            GPtrArray           *handled,
                            GError             **error)
{
  Kept *kept = g_hash_table_lookup (self->by_pk, &pk);

  if (kept == NULL)
    kept = put (self, pk, error);
  if (kept == NULL)
    return FALSE;
  for (guint i = 0; i < kept->handled->len; i++)
    g_ptr_array_add (handled, linli_precedent_copy (kept->handled->pdata[i]));
  return TRUE;
}
