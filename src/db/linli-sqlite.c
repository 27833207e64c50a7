/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sqlite.h"

#include "linli-engine.h"
#include "linli-tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS  5000
#define PROGRESS_STEPS   1000            /* virtual machine steps between looks at the cancellable */
#define WAL_PAGES        "4000"          /* log pages after which they are moved: a big import moves each page less often */
#define WAL_PAGES_FILLED "64000"         /* while much is written that nobody waits for: every move waits for the disk */
#define WAL_LIMIT        "67108864"      /* bytes the log file is cut back to after a checkpoint */

typedef struct
{
  sqlite3        *db;
  GCancellable   *cancellable; /* (owned) (nullable) */
  LinliSqliteHook hook;
  gpointer        hook_data;   /* (unowned) */
  char           *still;       /* (owned) (nullable) path of a file that is read as it lies */
  struct stat     lay;         /* how it lay when it was opened */
} Handle;

static int
store_code (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
    case SQLITE_NOMEM:      return LINLI_STORE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:     return LINLI_STORE_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:     return LINLI_STORE_ERROR_CORRUPT;
    case SQLITE_FULL:       return LINLI_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:       return LINLI_STORE_ERROR_READ_ONLY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:   return LINLI_STORE_ERROR_IO;
    default:                return LINLI_STORE_ERROR_INTERNAL;
    }
}

static gboolean
set_error (Handle *self,
           int     rc,
           GError **error)
{
  if (rc == SQLITE_INTERRUPT && self->cancellable != NULL &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  /* No room for the index of the log, which SQLite takes for a fault of the disk. */
  if (sqlite3_extended_errcode (self->db) == SQLITE_IOERR_SHMSIZE)
    g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL, sqlite3_errstr (SQLITE_FULL));
  else
    g_set_error (error, LINLI_STORE_ERROR, store_code (rc), "%s", sqlite3_errmsg (self->db));
  return FALSE;
}

static int
progress_cb (gpointer data)
{
  return g_cancellable_is_cancelled (((Handle *) data)->cancellable);
}

static void
handle_close (gpointer data)
{
  Handle *self = data;

  g_clear_object (&self->cancellable);
  sqlite3_close (self->db);
  g_free (self->still);
  g_free (self);
}

static void
handle_set_cancellable (gpointer      data,
                        GCancellable *cancellable)
{
  Handle *self = data;

  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->db, PROGRESS_STEPS, cancellable != NULL ? progress_cb : NULL, self);
}

static gboolean
handle_in_transaction (gpointer data)
{
  return !sqlite3_get_autocommit (((Handle *) data)->db);
}

static gint64
handle_last_pk (gpointer data)
{
  return sqlite3_last_insert_rowid (((Handle *) data)->db);
}

static gint64
handle_n_changed (gpointer data)
{
  return sqlite3_changes64 (((Handle *) data)->db);
}

static gboolean
handle_exec (gpointer    data,
             const char *sql,
             GError    **error)
{
  Handle *self = data;
  int rc;

  if (self->hook != NULL)
    self->hook (sql, self->hook_data);
  rc = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || set_error (self, rc, error);
}

static gboolean
handle_get_version (gpointer data,
                    guint   *version,
                    GError **error)
{
  Handle *self = data;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (self->db, "PRAGMA user_version", -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  *version = rc == SQLITE_ROW ? (guint) sqlite3_column_int (stmt, 0) : 0;
  sqlite3_finalize (stmt);

  return rc == SQLITE_ROW || set_error (self, rc, error);
}

static gboolean
handle_set_version (gpointer data,
                    guint    version,
                    GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%u", version);

  return handle_exec (data, sql, error);
}

static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

static gboolean
handle_is_past (gpointer data)
{
  const Handle *self = data;
  const struct stat *then = &self->lay;
  struct stat now;

  if (self->still == NULL)
    return FALSE;
  return has_log (self->still) || stat (self->still, &now) != 0 || now.st_ino != then->st_ino || now.st_size != then->st_size ||
         now.st_mtim.tv_sec != then->st_mtim.tv_sec || now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

static gpointer
handle_prepare (gpointer    data,
                const char *sql,
                GError    **error)
{
  Handle *self = data;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

  if (rc != SQLITE_OK)
    {
      set_error (self, rc, error);
      g_prefix_error (error, "%s: ", sql);
      return NULL;
    }
  return stmt;
}

static void
stmt_finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static void
stmt_reset (gpointer stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

static void
stmt_bind_null (gpointer stmt,
                int      index)
{
  sqlite3_bind_null (stmt, index);
}

static void
stmt_bind_int (gpointer stmt,
               int      index,
               gint64   value)
{
  sqlite3_bind_int64 (stmt, index, value);
}

static void
stmt_bind_text (gpointer    stmt,
                int         index,
                const char *value)
{
  sqlite3_bind_text (stmt, index, value, -1, SQLITE_TRANSIENT);
}

static void
stmt_lend_text (gpointer    stmt,
                int         index,
                const char *value)
{
  sqlite3_bind_text (stmt, index, value, -1, SQLITE_STATIC);
}

static void
stmt_bind_blob (gpointer    stmt,
                int         index,
                const void *data,
                gsize       size)
{
  sqlite3_bind_blob64 (stmt, index, data, size, SQLITE_TRANSIENT);
}

static gboolean
stmt_step (gpointer  data,
           gpointer  stmt,
           gboolean *row,
           GError  **error)
{
  Handle *self = data;
  int rc;

  if (self->hook != NULL)
    self->hook (sqlite3_sql (stmt), self->hook_data);

  rc = sqlite3_step (stmt);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      set_error (self, rc, error);
      sqlite3_reset (stmt); /* a failed statement must not hold its locks */
      return FALSE;
    }

  *row = rc == SQLITE_ROW;
  return TRUE;
}

static int
stmt_n_columns (gpointer stmt)
{
  return sqlite3_column_count (stmt);
}

static const char *
stmt_column_name (gpointer stmt,
                  int      column)
{
  return sqlite3_column_name (stmt, column);
}

static gboolean
stmt_is_null (gpointer stmt,
              int      column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL;
}

static gboolean
stmt_is_int (gpointer stmt,
             int      column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_INTEGER;
}

static gint64
stmt_get_int (gpointer stmt,
              int      column)
{
  return sqlite3_column_int64 (stmt, column);
}

static const char *
stmt_get_text (gpointer stmt,
               int      column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

static const void *
stmt_get_blob (gpointer stmt,
               int      column,
               gsize   *size)
{
  const void *data = sqlite3_column_blob (stmt, column);

  *size = (gsize) sqlite3_column_bytes (stmt, column);
  return data;
}

static const LinliEngine sqlite_engine = {
  .name = "sqlite",
  .begin_write = "BEGIN IMMEDIATE",
  .begin_read = "BEGIN",
  .begin_scratch = "BEGIN",
  .begin_change = "BEGIN IMMEDIATE",
  .relax = "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=" WAL_PAGES_FILLED ";",
  .tighten = "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=" WAL_PAGES ";",
  .columns = "SELECT name FROM pragma_table_info (?1)",
  .stamp = "PRAGMA data_version",
  .close = handle_close,
  .set_cancellable = handle_set_cancellable,
  .is_past = handle_is_past,
  .in_transaction = handle_in_transaction,
  .last_pk = handle_last_pk,
  .n_changed = handle_n_changed,
  .exec = handle_exec,
  .get_version = handle_get_version,
  .set_version = handle_set_version,
  .prepare = handle_prepare,
  .finalize = stmt_finalize,
  .reset = stmt_reset,
  .bind_null = stmt_bind_null,
  .bind_int = stmt_bind_int,
  .bind_text = stmt_bind_text,
  .lend_text = stmt_lend_text,
  .bind_blob = stmt_bind_blob,
  .step = stmt_step,
  .n_columns = stmt_n_columns,
  .column_name = stmt_column_name,
  .is_null = stmt_is_null,
  .is_int = stmt_is_int,
  .get_int = stmt_get_int,
  .get_text = stmt_get_text,
  .get_blob = stmt_get_blob,
};

/* Settings that SQLite ignores inside a transaction, so all of them here.
 * FULL: an acknowledged intake must survive the power cut. Foreign keys stay
 * off: synchronised rows may arrive before their parents; verify checks them.
 * A file that is filled has few long transactions and more pages at hand; that
 * it is whole on the disk, closing it sees to.
 * Temporary data stays in memory so that a full disk cannot spoil a read. */
static gboolean
configure (Handle         *self,
           LinliSqliteMode mode,
           GError        **error)
{
  if (!handle_exec (self, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                          "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;", error))
    return FALSE;

  if (mode == LINLI_SQLITE_READ)
    return TRUE;
  if (mode == LINLI_SQLITE_FILL)
    return handle_exec (self, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
                              "PRAGMA wal_autocheckpoint=" WAL_PAGES_FILLED ";", error);
  return handle_exec (self, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                            "PRAGMA wal_autocheckpoint=" WAL_PAGES "; PRAGMA journal_size_limit=" WAL_LIMIT ";", error);
}

/* Residents' names and words are for the desk's own user alone; the log files
 * take over the mode of the database. Whether it can be made at all, SQLite
 * finds out and says. A file that is there is not touched: closing it would
 * let go the locks that other connections of this process hold on it. */
static void
make_private (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

/* Counting what it allocates costs the engine a lock at every piece of memory,
 * and nobody asks for the count. Where another library woke the engine before,
 * this is refused, and only the speed is lost. */
static gpointer
stop_counting (gpointer unused)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

/* On a medium or in a folder that cannot be written SQLite has no room for the
 * index of a log, and would not open the file. Where there is no log either,
 * the file is all there is, and nobody is at work on it: it is read as it lies,
 * without a lock. Who may write there can begin any time; see handle_is_past().
 *
 * Returns: (transfer full): what to open in place of @path */
static char *
as_it_lies (Handle     *self,
            const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);

  if (g_access (folder, W_OK) == 0 || (errno != EACCES && errno != EROFS) || stat (path, &self->lay) != 0 || has_log (path))
    return g_strdup (path);
  self->still = g_strdup (path);
  return g_strconcat ("file:", escaped, "?immutable=1", NULL);
}

/**
 * linli_sqlite_open:
 * @path: a file, or ":memory:"
 * @error: %LINLI_STORE_ERROR
 *
 * SQLite up to 3.51.2 can lose pages when two connections reset the log at
 * once, so a database has one writing connection, which also checkpoints.
 *
 * Returns: (transfer full): a connection for the thread that uses it
 */
LinliConn *
linli_sqlite_open (const char     *path,
                   LinliSqliteMode mode,
                   GError        **error)
{
  static GOnce once = G_ONCE_INIT;
  int flags = mode == LINLI_SQLITE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Handle *self;
  g_autofree char *name = NULL;
  int rc;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (Handle, 1);
  name = mode == LINLI_SQLITE_READ ? as_it_lies (self, path) : g_strdup (path);
  if (self->still != NULL)
    flags |= SQLITE_OPEN_URI;
  g_once (&once, stop_counting, NULL);
  if (mode != LINLI_SQLITE_READ && !g_str_equal (path, ":memory:"))
    make_private (path);
  rc = sqlite3_open_v2 (name, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK)
    {
      set_error (self, rc, error);
      handle_close (self);
      return NULL;
    }

  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!configure (self, mode, error) || !linli_tokenizer_register (self->db, error))
    {
      handle_close (self);
      return NULL;
    }

  return linli_conn_new (&sqlite_engine, self);
}

/**
 * linli_sqlite_copy:
 * @path: a file that must not exist
 * @error: %LINLI_STORE_ERROR
 *
 * Writes a complete, compact copy of the database as of now, while readers
 * and the writer go on.
 */
gboolean
linli_sqlite_copy (LinliConn  *conn,
                   const char *path,
                   GError    **error)
{
  make_private (path); /* an empty file is as good as none */
  return linli_conn_run (conn, error, "VACUUM INTO ?1", "s", path);
}

/**
 * linli_sqlite_check:
 * @error: %LINLI_STORE_ERROR_CORRUPT with what SQLite found first
 *
 * Reads every page and every index entry.
 */
gboolean
linli_sqlite_check (LinliConn *conn,
                    GError   **error)
{
  g_autofree char *found = NULL;

  if (!linli_conn_get_text (conn, &found, error, "PRAGMA integrity_check(1)", ""))
    return FALSE;
  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;

  g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "%s", found);
  return FALSE;
}

static void
text_function (sqlite3_context *context,
               int              n_values,
               sqlite3_value  **values)
{
  LinliSqliteText func = (LinliSqliteText) sqlite3_user_data (context);
  const char *kind = (const char *) sqlite3_value_text (values[0]);
  const char *text = (const char *) sqlite3_value_text (values[1]);

  if (kind != NULL && text != NULL)
    sqlite3_result_text (context, func (kind, text), -1, g_free);
}

/**
 * linli_sqlite_add_function:
 * @func: the same for the same texts every time, and harmless
 * @error: %LINLI_STORE_ERROR
 *
 * Lets statements of @conn call @name (kind, text); NULL stays NULL.
 */
gboolean
linli_sqlite_add_function (LinliConn      *conn,
                           const char     *name,
                           LinliSqliteText func,
                           GError        **error)
{
  Handle *self = linli_conn_get_handle (conn);
  int rc;

  g_return_val_if_fail (linli_conn_get_engine (conn) == sqlite_engine.name, FALSE);

  rc = sqlite3_create_function_v2 (self->db, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   (gpointer) func, text_function, NULL, NULL, NULL);
  return rc == SQLITE_OK || set_error (self, rc, error);
}

void
linli_sqlite_set_hook (LinliConn      *conn,
                       LinliSqliteHook hook,
                       gpointer        data)
{
  Handle *self = linli_conn_get_handle (conn);

  g_return_if_fail (linli_conn_get_engine (conn) == sqlite_engine.name);

  self->hook = hook;
  self->hook_data = data;
}
