/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-tx.h"

#include "linli-row-cache.h"
#include "linli-row-sql.h"
#include "linli-tx-frame.h"
#include "linli-watch.h"

#define OBSERVER "linli-tx-observer"
#define WATCHER  "linli-tx-watcher"

typedef struct
{
  LinliTxObserver func;
  gpointer        data;
} Observer;

typedef struct
{
  LinliTxWatcher func;
  gpointer       data;
} Watcher;

struct _LinliTx
{
  LinliConn     *conn;  /* (unowned) */
  gboolean       open;
  LinliTxFrame  *frame; /* (owned) the innermost */
  GHashTable    *freed; /* (nullable) "table/id" -> local key of a row removed in this transaction */
  GHashTable    *tops;  /* (nullable) table -> the greatest of them */
  LinliRowCache *known; /* (owned) (nullable) see linli_tx_keep_rows() */
};

static void
tell_watcher (LinliConn *conn,
              LinliRow  *before,
              LinliRow  *after)
{
  Watcher *watcher = linli_conn_get_data (conn, WATCHER);

  if (watcher == NULL)
    return;
  if (before != NULL)
    watcher->func (before, watcher->data);
  if (after != NULL)
    watcher->func (after, watcher->data);
}

/* No row has changed, but any may read otherwise over @conn from now on: through other views. */
void
linli_tx_doubt (LinliConn *conn)
{
  Watcher *watcher = linli_conn_get_data (conn, WATCHER);

  if (watcher != NULL)
    watcher->func (NULL, watcher->data);
}

/* What changed since @frame began is no more, or may be no more. */
static void
tell_undone (LinliConn    *conn,
             LinliTxFrame *frame)
{
  Watcher *watcher = linli_conn_get_data (conn, WATCHER);

  if (watcher == NULL)
    return;
  if (frame->is_part)
    linli_tx_doubt (conn);
  for (guint i = 0; i < frame->changes->len; i++)
    {
      LinliChange *change = frame->changes->pdata[i];

      tell_watcher (conn, change->before, change->after);
    }
}

/**
 * linli_tx_begin:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): an open writing transaction; freeing it before
 *   linli_tx_commit() rolls everything back
 */
LinliTx *
linli_tx_begin (LinliConn *conn,
                GError   **error)
{
  LinliTx *tx;

  if (!linli_conn_begin_write (conn, error))
    return NULL;

  tx = g_new0 (LinliTx, 1);
  tx->conn = conn;
  tx->open = TRUE;
  tx->frame = linli_tx_frame_new (NULL);

  return tx;
}

static void
roll_back (LinliTx *tx)
{
  linli_conn_rollback (tx->conn);
  tx->open = FALSE;
  for (LinliTxFrame *frame = tx->frame; frame != NULL; frame = frame->outer)
    tell_undone (tx->conn, frame);
}

/**
 * linli_tx_commit:
 *
 * On failure nothing was written; the changes can still be read.
 */
gboolean
linli_tx_commit (LinliTx *tx,
                 GError **error)
{
  Observer *observer = linli_conn_get_data (tx->conn, OBSERVER);

  g_return_val_if_fail (tx->open, FALSE);

  if (!linli_conn_commit (tx->conn, error))
    {
      roll_back (tx);
      return FALSE;
    }
  tx->open = FALSE;
  if (observer != NULL)
    observer->func (linli_tx_get_changes (tx), observer->data);

  return TRUE;
}

/**
 * linli_tx_observe:
 * @func: told the changes of every transaction committed over @conn from now
 *   on, but for those that linli_tx_take_changes() took
 */
void
linli_tx_observe (LinliConn       *conn,
                  LinliTxObserver  func,
                  gpointer         data)
{
  Observer *observer = g_new0 (Observer, 1);

  observer->func = func;
  observer->data = data;
  linli_conn_set_data (conn, OBSERVER, observer, g_free);
}

/**
 * linli_tx_watch:
 * @func: told of every row that changes over @conn from now on, at once, and
 *   again when the change is taken back
 *
 * For what is kept in memory of rows, and must be thrown away with them: there
 * is one watcher a connection.
 */
void
linli_tx_watch (LinliConn     *conn,
                LinliTxWatcher func,
                gpointer       data)
{
  Watcher *watcher = g_new0 (Watcher, 1);

  g_return_if_fail (linli_conn_get_data (conn, WATCHER) == NULL);

  watcher->func = func;
  watcher->data = data;
  linli_conn_set_data (conn, WATCHER, watcher, g_free);
}

void
linli_tx_free (LinliTx *tx)
{
  if (tx == NULL)
    return;

  if (tx->open)
    roll_back (tx);
  while (tx->frame != NULL)
    tx->frame = linli_tx_frame_drop (tx->frame);
  g_clear_pointer (&tx->freed, g_hash_table_unref);
  g_clear_pointer (&tx->tops, g_hash_table_unref);
  g_clear_pointer (&tx->known, linli_row_cache_free);
  g_free (tx);
}

LinliConn *
linli_tx_get_conn (LinliTx *tx)
{
  return tx->conn;
}

/**
 * linli_tx_keep_rows:
 *
 * Once nobody else can write the tables until @tx ends: a row that it has read
 * or written by its id is not read from the database again. Operations that
 * share a transaction look at the same rows many times.
 */
void
linli_tx_keep_rows (LinliTx *tx)
{
  if (tx->known == NULL)
    tx->known = linli_row_cache_new ();
}

/**
 * linli_tx_get_changes:
 *
 * Returns: (transfer none) (element-type LinliChange): what changed so far; a
 *   row made and removed again shows with both states NULL
 */
GPtrArray *
linli_tx_get_changes (LinliTx *tx)
{
  return tx->frame->changes;
}

/**
 * linli_tx_take_changes:
 *
 * Hands over what changed and begins a new record: several operations may
 * share one transaction, and each answers for its own changes.
 *
 * Returns: (transfer full) (element-type LinliChange): as linli_tx_get_changes()
 */
GPtrArray *
linli_tx_take_changes (LinliTx *tx)
{
  return linli_tx_frame_take (tx->frame);
}

/* @id: may be that of @before or @after
 * @after: (transfer full) (nullable): changed by nobody from now on */
static void
note_change (LinliTx          *tx,
             const LinliTable *table,
             const char       *id,
             LinliRow         *before,
             LinliRow         *after)
{
  if (tx->known != NULL && after != NULL)
    linli_row_cache_keep (tx->known, after);
  else if (tx->known != NULL)
    linli_row_cache_forget (tx->known, table, id);
  linli_tx_frame_note (tx->frame, table, id, before, after);
  tell_watcher (tx->conn, before, after);
}

/**
 * linli_tx_push:
 * @error: %LINLI_STORE_ERROR
 *
 * Marks a point inside the transaction to go back to, and begins a record of
 * changes of its own; linli_tx_pop() ends both.
 */
gboolean
linli_tx_push (LinliTx *tx,
               GError **error)
{
  if (!linli_conn_run (tx->conn, error, "SAVEPOINT linli", ""))
    return FALSE;
  tx->frame = linli_tx_frame_new (tx->frame);

  return TRUE;
}

/**
 * linli_tx_pop:
 * @keep: %FALSE to go back to where linli_tx_push() stood
 * @error: %LINLI_STORE_ERROR; then the whole transaction must be dropped
 */
gboolean
linli_tx_pop (LinliTx *tx,
              gboolean keep,
              GError **error)
{
  g_return_val_if_fail (tx->frame->outer != NULL, FALSE);

  if (keep)
    tx->frame = linli_tx_frame_merge (tx->frame);
  else
    {
      tell_undone (tx->conn, tx->frame);
      tx->frame = linli_tx_frame_drop (tx->frame);
      if (tx->known != NULL)
        linli_row_cache_clear (tx->known);
    }
  return (keep || linli_conn_run (tx->conn, error, "ROLLBACK TO linli", "")) &&
         linli_conn_run (tx->conn, error, "RELEASE linli", "");
}

/* @row: (out) (transfer full) (nullable): frozen */
static gboolean
find_frozen (LinliTx          *tx,
             const LinliTable *table,
             const char       *id,
             LinliRow        **row,
             GError          **error)
{
  LinliRow *known = tx->known != NULL ? linli_row_cache_find (tx->known, table, id) : NULL;
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean found = FALSE;

  *row = known != NULL ? linli_row_ref (known) : NULL;
  if (known != NULL)
    return TRUE;
  stmt = linli_conn_query (tx->conn, error, linli_row_sql_get (tx->conn, table)->find, "s", id);
  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  if (found)
    *row = linli_row_read (table, stmt);
  if (found && tx->known != NULL)
    linli_row_cache_keep (tx->known, *row);
  return TRUE;
}

/**
 * linli_tx_find:
 * @row: (out) (transfer full) (nullable): the row, or %NULL when there is none
 *
 * Returns: whether the question could be answered
 */
gboolean
linli_tx_find (LinliTx          *tx,
               const LinliTable *table,
               const char       *id,
               LinliRow        **row,
               GError          **error)
{
  g_autoptr(LinliRow) frozen = NULL;

  *row = NULL;
  if (!find_frozen (tx, table, id, &frozen, error))
    return FALSE;
  if (frozen != NULL)
    *row = tx->known != NULL ? linli_row_copy (frozen) : g_steal_pointer (&frozen);

  return TRUE;
}

static void
set_missing (const LinliTable *table,
             const char       *id,
             GError          **error)
{
  g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "No %s called %s",
               table->name, id != NULL ? id : "(nothing)");
}

/**
 * linli_tx_get:
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such row
 *
 * Returns: (transfer full): a row of the caller's own, ready to be changed
 */
LinliRow *
linli_tx_get (LinliTx          *tx,
              const LinliTable *table,
              const char       *id,
              GError          **error)
{
  LinliRow *row = NULL;

  if (linli_tx_find (tx, table, id, &row, error) && row == NULL)
    set_missing (table, id, error);

  return row;
}

/* linli_tx_get() for a row that is only looked at. */
static LinliRow *
get_frozen (LinliTx          *tx,
            const LinliTable *table,
            const char       *id,
            GError          **error)
{
  LinliRow *row = NULL;

  if (find_frozen (tx, table, id, &row, error) && row == NULL)
    set_missing (table, id, error);

  return row;
}

static gint64 *
dup_key (gint64 pk)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = pk;
  return copy;
}

/* Lists and search index know a row by its local key: one that is removed and
 * made again within a transaction keeps it, so nobody else may take it. */
static void
remember_key (LinliTx          *tx,
              const LinliTable *table,
              LinliRow         *row)
{
  const gint64 *top;

  if (tx->freed == NULL)
    {
      tx->freed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      tx->tops = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    }
  top = g_hash_table_lookup (tx->tops, table);
  if (top == NULL || *top < linli_row_get_pk (row))
    g_hash_table_insert (tx->tops, (gpointer) table, dup_key (linli_row_get_pk (row)));
  g_hash_table_insert (tx->freed, g_strconcat (table->name, "/", linli_row_get_id (row), NULL),
                       dup_key (linli_row_get_pk (row)));
}

/* @pk: (out): 0 to let the engine choose */
static gboolean
choose_key (LinliTx  *tx,
            LinliRow *row,
            gint64   *pk,
            GError  **error)
{
  const LinliTable *table = linli_row_get_table (row);
  const gint64 *top = tx->tops != NULL ? g_hash_table_lookup (tx->tops, table) : NULL;
  g_autofree char *key = NULL;
  g_autofree char *sql = NULL;
  const gint64 *own;

  *pk = 0;
  if (top == NULL)
    return TRUE;
  key = g_strconcat (table->name, "/", linli_row_get_id (row), NULL);
  own = g_hash_table_lookup (tx->freed, key);
  if (own != NULL)
    {
      *pk = *own;
      return TRUE;
    }
  if (!linli_conn_reuses_keys (tx->conn))
    return TRUE;
  sql = g_strdup_printf ("SELECT max(pk) FROM %s", table->name);
  if (!linli_conn_get_int (tx->conn, pk, error, sql, ""))
    return FALSE;
  *pk = *pk < *top ? *top + 1 : 0;
  return TRUE;
}

static gboolean
insert (LinliTx  *tx,
        LinliRow *row,
        gboolean  last,
        GError  **error)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;
  gint64 pk = 0;

  if (!linli_row_check (row, error) || !choose_key (tx, row, &pk, error))
    return FALSE;
  stmt = linli_conn_prepare (tx->conn, pk != 0 ? linli_row_sql_get (tx->conn, table)->insert_at
                                               : linli_row_sql_get (tx->conn, table)->insert, error);
  if (stmt == NULL)
    return FALSE;
  linli_row_bind (row, stmt, 1);
  if (pk != 0)
    linli_stmt_bind_int (stmt, (int) linli_table_n_columns (table) + 1, pk);
  if (!linli_stmt_step (stmt, &more, error))
    return FALSE;
  linli_row_set_pk (row, pk != 0 ? pk : linli_conn_last_pk (tx->conn));
  note_change (tx, table, linli_row_get_id (row), NULL, last ? linli_row_ref (row) : linli_row_copy (row));

  return TRUE;
}

/**
 * linli_tx_insert:
 * @row: complete; its local key is filled in
 * @error: %LINLI_STORE_ERROR_CONSTRAINT for a fault or a second row of that id
 */
gboolean
linli_tx_insert (LinliTx  *tx,
                 LinliRow *row,
                 GError  **error)
{
  return insert (tx, row, FALSE, error);
}

/**
 * linli_tx_insert_last:
 * @row: complete, and changed by nobody from now on, though it may be read
 *
 * linli_tx_insert() of a row that its maker is done with: @tx shares it instead
 * of remembering a copy, which counts where thousands are written.
 */
gboolean
linli_tx_insert_last (LinliTx  *tx,
                      LinliRow *row,
                      GError  **error)
{
  return insert (tx, row, TRUE, error);
}

/**
 * linli_tx_load:
 * @row: sound, and new here as far as anybody knows
 * @error: %LINLI_STORE_ERROR_CONSTRAINT when something stands in its way; then
 *   it was not written, and @tx goes on
 *
 * For filling a store that nobody has open yet: the row is not checked again,
 * and @tx does not remember it, so nothing is derived from it or announced. On
 * the engine of a desk, where a statement that fails leaves nothing behind.
 */
gboolean
linli_tx_load (LinliTx  *tx,
               LinliRow *row,
               GError  **error)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;

  stmt = linli_conn_prepare (tx->conn, linli_row_sql_get (tx->conn, linli_row_get_table (row))->insert, error);
  if (stmt == NULL)
    return FALSE;
  linli_row_bind (row, stmt, 1);
  tell_watcher (tx->conn, NULL, row);
  return linli_stmt_step (stmt, &more, error);
}

/* Returns: (transfer full): indices of the columns that differ; %NULL when one
 * of them never changes */
static GArray *
find_changed (LinliRow *before,
              LinliRow *row,
              gboolean  guarded,
              GError  **error)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      if (linli_row_equal_column (before, row, i))
        continue;
      if (guarded && (table->flags & LINLI_TABLE_APPEND_ONLY || table->columns[i].flags & LINLI_COLUMN_FIXED))
        {
          g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT,
                       "%s.%s never changes", table->name, table->columns[i].name);
          return NULL;
        }
      g_array_append_val (changed, i);
    }

  return g_steal_pointer (&changed);
}

static gboolean
write_columns (LinliTx  *tx,
               LinliRow *row,
               GArray   *columns,
               GError  **error)
{
  const guint *indices = (const guint *) (gpointer) columns->data;
  g_autofree char *sql = linli_row_sql_update (linli_row_get_table (row), indices, columns->len);
  g_autoptr(LinliStmt) stmt = linli_conn_prepare (tx->conn, sql, error);
  gboolean more = FALSE;

  if (stmt == NULL)
    return FALSE;
  linli_stmt_bind_text (stmt, 1, linli_row_get_id (row));
  for (guint i = 0; i < columns->len; i++)
    linli_row_bind_column (row, indices[i], stmt, (int) i + 2);

  return linli_stmt_step (stmt, &more, error);
}

static gboolean
write_changed (LinliTx  *tx,
               LinliRow *before,
               LinliRow *row,
               gboolean  guarded,
               GError  **error)
{
  g_autoptr(GArray) changed = NULL;

  if (!linli_row_check (row, error))
    return FALSE;
  changed = find_changed (before, row, guarded, error);
  if (changed == NULL)
    return FALSE;
  if (changed->len == 0)
    return TRUE;
  if (!write_columns (tx, row, changed, error))
    return FALSE;
  linli_row_set_pk (row, linli_row_get_pk (before));
  note_change (tx, linli_row_get_table (row), linli_row_get_id (row), before, linli_row_copy (row));

  return TRUE;
}

/**
 * linli_tx_update:
 * @row: the row as it shall be; found by its id
 * @error: %LINLI_STORE_ERROR
 *
 * Writes what differs; an update that changes nothing leaves no trace.
 */
gboolean
linli_tx_update (LinliTx  *tx,
                 LinliRow *row,
                 GError  **error)
{
  g_autoptr(LinliRow) before = get_frozen (tx, linli_row_get_table (row), linli_row_get_id (row), error);

  return before != NULL && write_changed (tx, before, row, TRUE, error);
}

/**
 * linli_tx_put:
 * @row: the row as it shall be, new or known
 * @error: %LINLI_STORE_ERROR
 *
 * For rows that were decided elsewhere and are only copied here: what no
 * command may change, such as a verbatim text, is written too.
 */
gboolean
linli_tx_put (LinliTx  *tx,
              LinliRow *row,
              GError  **error)
{
  g_autoptr(LinliRow) before = NULL;

  if (!find_frozen (tx, linli_row_get_table (row), linli_row_get_id (row), &before, error))
    return FALSE;
  return before != NULL ? write_changed (tx, before, row, FALSE, error) : linli_tx_insert (tx, row, error);
}

/**
 * linli_tx_delete:
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such row
 */
gboolean
linli_tx_delete (LinliTx          *tx,
                 const LinliTable *table,
                 const char       *id,
                 GError          **error)
{
  g_autoptr(LinliRow) before = get_frozen (tx, table, id, error);

  if (before == NULL || !linli_conn_run (tx->conn, error, linli_row_sql_get (tx->conn, table)->remove, "s", id))
    return FALSE;
  remember_key (tx, table, before);
  note_change (tx, table, id, before, NULL);

  return TRUE;
}
