/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-engine.h"
#include "linli-watch.h"

#include <string.h>

/* Statements kept ready; the whole program uses a few hundred texts. */
#define CACHE_SIZE 400
#define HASHED     48 /* bytes at the end of a statement */

struct _LinliConn
{
  const LinliEngine *engine;
  gpointer           handle; /* (owned) the engine's connection */
  GHashTable        *cache;  /* SQL text -> LinliStmt (owned); in use or idle */
  GData             *data;   /* (owned) what its users keep beside it */
  gboolean           relaxed; /* see linli_conn_relax() */
  gboolean           owing;   /* a power cut may take back what is committed, here or by a program that died */
};

struct _LinliStmt
{
  LinliConn *conn;   /* (unowned) */
  gpointer   handle; /* (owned) the engine's statement */
  char      *sql;
  gboolean   in_use;
  gboolean   cached; /* owned by the cache, else by its user */
};

static void
stmt_free (LinliStmt *stmt)
{
  stmt->conn->engine->finalize (stmt->handle);
  g_free (stmt->sql);
  g_free (stmt);
}

/* Statements begin alike, with the columns of a table, and differ where they
 * end: to look at all of each would cost more than many of them do. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  gsize length = strlen (sql);
  const char *at = sql + (length > HASHED ? length - HASHED : 0);
  guint64 hash = length;
  guint64 eight;

  for (; sql + length - at >= (gssize) sizeof eight; at += sizeof eight)
    {
      memcpy (&eight, at, sizeof eight);
      hash = (hash ^ eight) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  for (; *at != '\0'; at++)
    hash = hash * 33 + (guchar) *at;
  return (guint) (hash ^ hash >> 32);
}

/* For engines: takes over @handle. */
LinliConn *
linli_conn_new (const LinliEngine *engine,
                gpointer           handle)
{
  LinliConn *conn = g_new0 (LinliConn, 1);

  conn->engine = engine;
  conn->handle = handle;
  conn->cache = g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify) stmt_free);
  conn->owing = engine->relax != NULL;
  g_datalist_init (&conn->data);

  return conn;
}

gpointer
linli_conn_get_handle (LinliConn *conn)
{
  return conn->handle;
}

void
linli_conn_close (LinliConn *conn)
{
  if (conn == NULL)
    return;

  g_datalist_clear (&conn->data);
  g_hash_table_unref (conn->cache);
  conn->engine->close (conn->handle);
  g_free (conn);
}

/**
 * linli_conn_renew:
 *
 * Outside a transaction: another file has come to lie where the connection's
 * was, as tests make it. What was read from the old one is forgotten;
 * statements stay.
 */
void
linli_conn_renew (LinliConn *conn)
{
  g_datalist_clear (&conn->data);
  conn->owing = conn->engine->relax != NULL;
}

/**
 * linli_conn_is_past:
 *
 * Outside a transaction.
 *
 * Returns: whether somebody has changed what @conn reads without a lock, or is
 *   about to: it has to be opened anew
 */
gboolean
linli_conn_is_past (LinliConn *conn)
{
  return conn->engine->is_past != NULL && conn->engine->is_past (conn->handle);
}

const char *
linli_conn_get_engine (LinliConn *conn)
{
  return conn->engine->name;
}

/* Returns: (transfer full) (nullable): rows with the names of the columns; none when there is no such table */
LinliStmt *
linli_conn_query_columns (LinliConn  *conn,
                          const char *table,
                          GError    **error)
{
  return linli_conn_query (conn, error, conn->engine->columns, "s", table);
}

/**
 * linli_conn_set_cancellable:
 * @cancellable: (nullable): polled while statements run
 *
 * A running statement ends with %G_IO_ERROR_CANCELLED soon after
 * @cancellable is cancelled, from whichever thread.
 */
void
linli_conn_set_cancellable (LinliConn    *conn,
                            GCancellable *cancellable)
{
  conn->engine->set_cancellable (conn->handle, cancellable);
}

/**
 * linli_conn_get_data:
 *
 * Returns: (transfer none) (nullable): what linli_conn_set_data() put under @key
 */
gpointer
linli_conn_get_data (LinliConn  *conn,
                     const char *key)
{
  return g_datalist_get_data (&conn->data, key);
}

/**
 * linli_conn_set_data:
 * @data: (transfer full): replaces what was there
 *
 * Keeps beside the connection something read from it that never changes, such
 * as the parsed form of a row that is only ever written once.
 */
void
linli_conn_set_data (LinliConn     *conn,
                     const char    *key,
                     gpointer       data,
                     GDestroyNotify destroy)
{
  g_datalist_set_data_full (&conn->data, key, data, destroy);
}

/**
 * linli_conn_exec:
 * @sql: one or several statements without parameters
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_conn_exec (LinliConn  *conn,
                 const char *sql,
                 GError    **error)
{
  return conn->engine->exec (conn->handle, sql, error);
}

gint64
linli_conn_last_pk (LinliConn *conn)
{
  return conn->engine->last_pk (conn->handle);
}

/* Rows touched by the last INSERT, UPDATE or DELETE. */
gint64
linli_conn_n_changed (LinliConn *conn)
{
  return conn->engine->n_changed (conn->handle);
}

gboolean
linli_conn_begin_write (LinliConn *conn,
                        GError   **error)
{
  return linli_conn_run (conn, error, conn->engine->begin_write, "");
}

gboolean
linli_conn_begin_read (LinliConn *conn,
                       GError   **error)
{
  return linli_conn_run (conn, error, conn->engine->begin_read, "");
}

/**
 * linli_conn_begin_scratch:
 * @error: %LINLI_STORE_ERROR
 *
 * Opens a transaction that sees one moment of the database and may make and
 * fill temporary tables, which are this connection's alone and gone with it. A
 * reading connection can do that too.
 */
gboolean
linli_conn_begin_scratch (LinliConn *conn,
                          GError   **error)
{
  return linli_conn_run (conn, error, conn->engine->begin_scratch, "");
}

/**
 * linli_conn_begin_change:
 * @error: %LINLI_STORE_ERROR
 *
 * Opens a transaction in which the tables may change: no other connection does
 * so until it ends.
 */
gboolean
linli_conn_begin_change (LinliConn *conn,
                         GError   **error)
{
  if (conn->engine->exec (conn->handle, conn->engine->begin_change, error))
    return TRUE;
  linli_conn_rollback (conn); /* begun, perhaps, and the turn did not come */
  return FALSE;
}

/* @version: (out): of the tables; 0 for an empty store */
gboolean
linli_conn_get_version (LinliConn *conn,
                        guint     *version,
                        GError   **error)
{
  return conn->engine->get_version (conn->handle, version, error);
}

/* To be called last in the transaction that makes the tables so. */
gboolean
linli_conn_set_version (LinliConn *conn,
                        guint      version,
                        GError   **error)
{
  return conn->engine->set_version (conn->handle, version, error);
}

/* Returns: whether the local key of a row that is gone may be given to another */
gboolean
linli_conn_reuses_keys (LinliConn *conn)
{
  return !conn->engine->never_reuses_keys;
}

/**
 * linli_conn_get_stamp:
 * @stamp: (out): another number than before once another connection has
 *   written what this one sees now
 * @error: %LINLI_STORE_ERROR
 *
 * For what is kept in memory beside a connection. What it writes itself does
 * not change the stamp.
 *
 * Returns: %FALSE without @error where the engine cannot tell
 */
gboolean
linli_conn_get_stamp (LinliConn *conn,
                      gint64    *stamp,
                      GError   **error)
{
  return conn->engine->stamp != NULL && linli_conn_get_int (conn, stamp, error, conn->engine->stamp, "");
}

gboolean
linli_conn_commit (LinliConn *conn,
                   GError   **error)
{
  if (!linli_conn_run (conn, error, "COMMIT", ""))
    return FALSE;
  conn->owing = conn->owing || conn->relaxed; /* one that wrote nothing waits for nothing */
  return TRUE;
}

/**
 * linli_conn_relax:
 * @relaxed: whether commits return before they are on the disk
 * @error: %LINLI_STORE_ERROR
 *
 * Outside a transaction. A power cut takes relaxed commits back from the last
 * one on, whole ones and in order, until one that is not relaxed and writes, or
 * linli_conn_settle(), has put all of them on the disk. An engine that knows
 * nothing of the kind goes on as ever.
 */
gboolean
linli_conn_relax (LinliConn *conn,
                  gboolean   relaxed,
                  GError   **error)
{
  const char *sql = relaxed ? conn->engine->relax : conn->engine->tighten;

  if (conn->relaxed == relaxed || sql == NULL)
    return TRUE;
  g_return_val_if_fail (!linli_conn_is_in_transaction (conn), FALSE);
  if (!conn->engine->exec (conn->handle, sql, error))
    return FALSE;
  conn->relaxed = relaxed;
  return TRUE;
}

/**
 * linli_conn_settle:
 * @error: %LINLI_STORE_ERROR
 *
 * Outside a transaction: afterwards no power cut takes back what was committed
 * before. To be called before anybody outside is told of it.
 */
gboolean
linli_conn_settle (LinliConn *conn,
                   GError   **error)
{
  guint version = 0;

  g_return_val_if_fail (!conn->relaxed, FALSE);

  if (!conn->owing)
    return TRUE;
  /* A commit is waited for together with all before it, and needs something to write. */
  if (linli_conn_begin_write (conn, error) && linli_conn_get_version (conn, &version, error) &&
      linli_conn_set_version (conn, version, error) && linli_conn_commit (conn, error))
    {
      conn->owing = FALSE;
      return TRUE;
    }
  linli_conn_rollback (conn);
  return FALSE;
}

/**
 * linli_conn_rollback:
 *
 * Ends the open transaction without a trace; without one it does nothing.
 * Cannot fail: an engine that lost its transaction has rolled it back.
 */
void
linli_conn_rollback (LinliConn *conn)
{
  if (conn->engine->in_transaction (conn->handle))
    linli_conn_run (conn, NULL, "ROLLBACK", "");
}

gboolean
linli_conn_is_in_transaction (LinliConn *conn)
{
  return conn->engine->in_transaction (conn->handle);
}

/**
 * linli_conn_prepare:
 * @sql: one statement
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): a statement with nothing bound
 */
LinliStmt *
linli_conn_prepare (LinliConn  *conn,
                    const char *sql,
                    GError    **error)
{
  LinliStmt *stmt = g_hash_table_lookup (conn->cache, sql);
  gpointer handle;

  if (stmt != NULL && !stmt->in_use)
    {
      stmt->in_use = TRUE;
      return stmt;
    }

  handle = conn->engine->prepare (conn->handle, sql, error);
  if (handle == NULL)
    return NULL;

  stmt = g_new0 (LinliStmt, 1);
  stmt->conn = conn;
  stmt->handle = handle;
  stmt->sql = g_strdup (sql);
  stmt->in_use = TRUE;
  if (g_hash_table_size (conn->cache) < CACHE_SIZE && !g_hash_table_contains (conn->cache, sql))
    {
      stmt->cached = TRUE;
      g_hash_table_insert (conn->cache, stmt->sql, stmt);
    }

  return stmt;
}

void
linli_stmt_release (LinliStmt *stmt)
{
  if (stmt == NULL)
    return;

  if (stmt->cached)
    {
      linli_stmt_reset (stmt);
      stmt->in_use = FALSE;
    }
  else
    stmt_free (stmt);
}

typedef void (*BindText) (LinliStmt  *stmt,
                          int         index,
                          const char *value);

static LinliStmt *
query (LinliConn  *conn,
       GError    **error,
       const char *sql,
       const char *types,
       va_list     args,
       BindText    bind_text)
{
  LinliStmt *stmt = linli_conn_prepare (conn, sql, error);

  if (stmt == NULL)
    return NULL;

  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's': bind_text (stmt, i + 1, va_arg (args, const char *)); break;
      case 'i': linli_stmt_bind_int (stmt, i + 1, va_arg (args, gint64)); break;
      case 'b': linli_stmt_bind_blob (stmt, i + 1, va_arg (args, GBytes *)); break;
      case 'n': linli_stmt_bind_null (stmt, i + 1); break;
      default: g_assert_not_reached ();
      }

  return stmt;
}

/**
 * linli_conn_query_valist:
 * @types: one letter a parameter: s text (nullable), i gint64, n NULL,
 *   b GBytes (nullable)
 *
 * Returns: (transfer full): a statement ready to step
 */
LinliStmt *
linli_conn_query_valist (LinliConn  *conn,
                         GError    **error,
                         const char *sql,
                         const char *types,
                         va_list     args)
{
  return query (conn, error, sql, types, args, linli_stmt_bind_text);
}

LinliStmt *
linli_conn_query (LinliConn  *conn,
                  GError    **error,
                  const char *sql,
                  const char *types,
                  ...)
{
  va_list args;
  LinliStmt *stmt;

  va_start (args, types);
  stmt = linli_conn_query_valist (conn, error, sql, types, args);
  va_end (args);

  return stmt;
}

/**
 * linli_conn_run:
 *
 * Runs one statement to its end, dropping any rows. Parameters as in
 * linli_conn_query_valist(); integers must be passed as gint64.
 */
gboolean
linli_conn_run (LinliConn  *conn,
                GError    **error,
                const char *sql,
                const char *types,
                ...)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = TRUE;
  va_list args;

  va_start (args, types);
  stmt = query (conn, error, sql, types, args, linli_stmt_lend_text); /* the caller's texts outlive it */
  va_end (args);
  if (stmt == NULL)
    return FALSE;

  while (row)
    if (!linli_stmt_step (stmt, &row, error))
      return FALSE;

  return TRUE;
}

/**
 * linli_conn_get_int:
 * @value: (out): first column of the first row; 0 when there is none
 */
gboolean
linli_conn_get_int (LinliConn  *conn,
                    gint64     *value,
                    GError    **error,
                    const char *sql,
                    const char *types,
                    ...)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;
  va_list args;

  va_start (args, types);
  stmt = query (conn, error, sql, types, args, linli_stmt_lend_text); /* the caller's texts outlive it */
  va_end (args);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;

  *value = row ? linli_stmt_get_int (stmt, 0) : 0;
  return TRUE;
}

/**
 * linli_conn_get_text:
 * @value: (out) (transfer full) (nullable): first column of the first row;
 *   %NULL when there is none
 */
gboolean
linli_conn_get_text (LinliConn  *conn,
                     char      **value,
                     GError    **error,
                     const char *sql,
                     const char *types,
                     ...)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;
  va_list args;

  va_start (args, types);
  stmt = query (conn, error, sql, types, args, linli_stmt_lend_text); /* the caller's texts outlive it */
  va_end (args);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;

  *value = row ? linli_stmt_dup_text (stmt, 0) : NULL;
  return TRUE;
}

void
linli_stmt_bind_null (LinliStmt *stmt,
                      int        index)
{
  stmt->conn->engine->bind_null (stmt->handle, index);
}

void
linli_stmt_bind_int (LinliStmt *stmt,
                     int        index,
                     gint64     value)
{
  stmt->conn->engine->bind_int (stmt->handle, index, value);
}

/* @value: (nullable): copied */
void
linli_stmt_bind_text (LinliStmt  *stmt,
                      int         index,
                      const char *value)
{
  if (value == NULL)
    linli_stmt_bind_null (stmt, index);
  else
    stmt->conn->engine->bind_text (stmt->handle, index, value);
}

/**
 * linli_stmt_lend_text:
 * @value: (nullable): stays as it is until @stmt is stepped to its end, reset or
 *   released
 *
 * linli_stmt_bind_text() without the copy.
 */
void
linli_stmt_lend_text (LinliStmt  *stmt,
                      int         index,
                      const char *value)
{
  if (value == NULL)
    linli_stmt_bind_null (stmt, index);
  else
    stmt->conn->engine->lend_text (stmt->handle, index, value);
}

/* @value: (nullable): copied */
void
linli_stmt_bind_blob (LinliStmt *stmt,
                      int        index,
                      GBytes    *value)
{
  gsize size = 0;
  const void *data;

  if (value == NULL)
    {
      linli_stmt_bind_null (stmt, index);
      return;
    }
  data = g_bytes_get_data (value, &size);
  stmt->conn->engine->bind_blob (stmt->handle, index, data != NULL ? data : "", size);
}

/**
 * linli_stmt_step:
 * @row: (out): whether a row stands ready
 * @error: %LINLI_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 */
gboolean
linli_stmt_step (LinliStmt *stmt,
                 gboolean  *row,
                 GError   **error)
{
  return stmt->conn->engine->step (stmt->conn->handle, stmt->handle, row, error);
}

/* Back to the start, with nothing bound. */
void
linli_stmt_reset (LinliStmt *stmt)
{
  stmt->conn->engine->reset (stmt->handle);
}

int
linli_stmt_n_columns (LinliStmt *stmt)
{
  return stmt->conn->engine->n_columns (stmt->handle);
}

const char *
linli_stmt_column_name (LinliStmt *stmt,
                        int        column)
{
  return stmt->conn->engine->column_name (stmt->handle, column);
}

gboolean
linli_stmt_is_null (LinliStmt *stmt,
                    int        column)
{
  return stmt->conn->engine->is_null (stmt->handle, column);
}

gboolean
linli_stmt_is_int (LinliStmt *stmt,
                   int        column)
{
  return stmt->conn->engine->is_int (stmt->handle, column);
}

gint64
linli_stmt_get_int (LinliStmt *stmt,
                    int        column)
{
  return stmt->conn->engine->get_int (stmt->handle, column);
}

/**
 * linli_stmt_get_text:
 *
 * Returns: (transfer none) (nullable): valid until the next step or release
 */
const char *
linli_stmt_get_text (LinliStmt *stmt,
                     int        column)
{
  return stmt->conn->engine->get_text (stmt->handle, column);
}

char *
linli_stmt_dup_text (LinliStmt *stmt,
                     int        column)
{
  return g_strdup (linli_stmt_get_text (stmt, column));
}

/**
 * linli_stmt_dup_blob:
 *
 * Returns: (transfer full) (nullable): %NULL for NULL
 */
GBytes *
linli_stmt_dup_blob (LinliStmt *stmt,
                     int        column)
{
  gsize size = 0;
  const void *data;

  if (linli_stmt_is_null (stmt, column))
    return NULL;
  data = stmt->conn->engine->get_blob (stmt->handle, column, &size);
  return g_bytes_new (data, size);
}
