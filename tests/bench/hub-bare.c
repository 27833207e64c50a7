/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* nftw */

#include "hub-bare.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The rows of one table. */
typedef struct
{
  char      *insert;
  int        n_columns;
  GPtrArray *values; /* (element-type sqlite3_value) row after row */
} Table;

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA cache_size=-16000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                        "PRAGMA wal_autocheckpoint=4000;", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  return db;
}

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%.200s: %s", sql, sqlite3_errmsg (db));
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return stmt;
}

static void
table_free (gpointer data)
{
  Table *self = data;

  g_ptr_array_unref (self->values);
  g_free (self->insert);
  g_free (self);
}

static Table *
read_table (sqlite3    *db,
            const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY rowid", name);
  sqlite3_stmt *stmt = prepare (db, sql);
  Table *self = g_new0 (Table, 1);
  GString *insert = g_string_new (NULL);

  self->n_columns = sqlite3_column_count (stmt);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  g_string_append_printf (insert, "INSERT INTO %s VALUES (?", name);
  for (int i = 1; i < self->n_columns; i++)
    g_string_append (insert, ",?");
  g_string_append_c (insert, ')');
  self->insert = g_string_free (insert, FALSE);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < self->n_columns; i++)
      g_ptr_array_add (self->values, sqlite3_value_dup (sqlite3_column_value (stmt, i)));
  sqlite3_finalize (stmt);
  return self;
}

typedef struct
{
  GPtrArray *tables; /* (element-type Table) */
  char      *schema;
} Rows;

static void
rows_read (Rows       *self,
           const char *path)
{
  sqlite3 *db = open_file (path);
  sqlite3_stmt *stmt = prepare (db, "SELECT sql, CASE type WHEN 'table' THEN name END FROM sqlite_schema "
                                    "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type <> 'table', type");
  GString *schema = g_string_new (NULL);

  self->tables = g_ptr_array_new_with_free_func (table_free);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_string_append_printf (schema, "%s;\n", (const char *) sqlite3_column_text (stmt, 0));
      if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
        g_ptr_array_add (self->tables, read_table (db, (const char *) sqlite3_column_text (stmt, 1)));
    }
  self->schema = g_string_free (schema, FALSE);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

static void
rows_clear (Rows *self)
{
  g_ptr_array_unref (self->tables);
  g_free (self->schema);
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

typedef struct
{
  const Rows *rows;
  guint       n_commits;
  char       *path;
} Writer;

static void
insert (const Table  *table,
        sqlite3_stmt *stmt,
        guint         row)
{
  for (int i = 0; i < table->n_columns; i++)
    sqlite3_bind_value (stmt, i + 1, table->values->pdata[row * (guint) table->n_columns + (guint) i]);
  if (sqlite3_step (stmt) != SQLITE_DONE)
    g_error ("%s: %s", table->insert, sqlite3_errmsg (sqlite3_db_handle (stmt)));
  sqlite3_reset (stmt);
}

/* Every transaction writes its share of every table, as pushes do. */
static gpointer
write_thread (gpointer data)
{
  Writer *self = data;
  GPtrArray *tables = self->rows->tables;
  sqlite3 *db = open_file (self->path);
  g_autoptr(GPtrArray) stmts = g_ptr_array_new_with_free_func (finalize);

  for (guint t = 0; t < tables->len; t++)
    g_ptr_array_add (stmts, prepare (db, ((Table *) tables->pdata[t])->insert));
  for (guint64 c = 0; c < self->n_commits; c++)
    {
      run (db, "BEGIN IMMEDIATE");
      for (guint t = 0; t < tables->len; t++)
        {
          const Table *table = tables->pdata[t];
          guint64 n = table->values->len / (guint) table->n_columns;

          for (guint64 row = n * c / self->n_commits; row < n * (c + 1) / self->n_commits; row++)
            insert (table, stmts->pdata[t], (guint) row);
        }
      run (db, "COMMIT");
    }
  g_ptr_array_set_size (stmts, 0);
  sqlite3_close (db);
  return NULL;
}

/**
 * hub_bare_write:
 * @path: a workspace
 * @n_copies: files written at once, each by a thread of its own
 * @n_commits: durable transactions in which its rows are written
 * @processor: (out): seconds of processor time that all copies took
 *
 * Returns: workspaces a second
 */
double
hub_bare_write (const char *path,
                const char *folder,
                guint       n_copies,
                guint       n_commits,
                double     *processor)
{
  static guint n;
  clock_t used;
  Rows rows;
  g_autofree Writer *writers = g_new0 (Writer, n_copies);
  g_autofree GThread **threads = g_new0 (GThread *, n_copies);
  gint64 began;

  rows_read (&rows, path);
  for (guint i = 0; i < n_copies; i++)
    {
      g_autofree char *name = g_strdup_printf ("bare-%u.db", n++);
      sqlite3 *db;

      writers[i] = (Writer) { &rows, MAX (n_commits, 1), g_build_filename (folder, name, NULL) };
      db = open_file (writers[i].path);
      run (db, rows.schema);
      sqlite3_close (db);
    }
  began = g_get_monotonic_time ();
  used = clock ();
  for (guint i = 0; i < n_copies; i++)
    threads[i] = g_thread_new ("bare", write_thread, &writers[i]);
  for (guint i = 0; i < n_copies; i++)
    {
      g_thread_join (threads[i]);
      g_free (writers[i].path);
    }
  began = g_get_monotonic_time () - began;
  *processor = (double) (clock () - used) / CLOCKS_PER_SEC;
  rows_clear (&rows);
  return (double) n_copies * G_USEC_PER_SEC / (double) MAX (began, 1);
}

/* Returns: rows of the feed a second, each read whole */
double
hub_bare_read (const char *path)
{
  sqlite3 *db = open_file (path);
  sqlite3_stmt *stmt = prepare (db, "SELECT rev, kind, row_id, body FROM hub_feed ORDER BY rev");
  gint64 began = g_get_monotonic_time ();
  guint64 n_rows = 0;
  guint64 n_bytes = 0;

  while (g_get_monotonic_time () - began < G_USEC_PER_SEC)
    {
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          for (int i = 1; i < 4; i++)
            n_bytes += sqlite3_column_text (stmt, i) != NULL ? (guint64) sqlite3_column_bytes (stmt, i) : 0;
          n_rows++;
        }
      sqlite3_reset (stmt);
    }
  began = g_get_monotonic_time () - began;
  g_assert_cmpuint (n_bytes, >, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return (double) n_rows * G_USEC_PER_SEC / (double) began;
}

static int
remove_one (const char        *path,
            const struct stat *about,
            int                flag,
            struct FTW        *ftw)
{
  return remove (path);
}

/* The whole of the scratch folder. */
void
hub_bare_remove (const char *folder)
{
  nftw (folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
