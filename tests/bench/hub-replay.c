/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-replay.h"

#include <gio/gio.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>

#define LOG "bench_log"

/* One statement of the hub's, once for all rows that it was run for. */
typedef struct
{
  char *sql;
  int   n_values;
} Kind;

typedef struct
{
  guint          kind;   /* of kinds; G_MAXUINT: here a transaction ends */
  guint          first;  /* of values */
} Write;

struct _HubReplay
{
  char      *base;   /* the database before */
  GPtrArray *kinds;  /* (element-type Kind) */
  GArray    *writes; /* (element-type Write) */
  GPtrArray *values; /* (element-type sqlite3_value) */
};

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA cell_size_check=ON; PRAGMA cache_size=-16000; PRAGMA journal_mode=WAL;"
                        "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;",
                    NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  sqlite3_busy_timeout (db, 5000);
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

/* ---- recording ---- */

/* Returns: (transfer full): the names of the rows of @sql's first column */
static GPtrArray *
read_names (sqlite3    *db,
            const char *sql)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = prepare (db, sql);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  sqlite3_finalize (stmt);
  return names;
}

static GPtrArray *
read_tables (sqlite3 *db)
{
  return read_names (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                         "AND name <> '" LOG "' ORDER BY name");
}

static GPtrArray *
read_columns (sqlite3    *db,
              const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s') ORDER BY cid", table);

  return read_names (db, sql);
}

/* The changed columns of an updated row are marked with 1, the others with 0. */
static void
add_trigger (sqlite3    *db,
             const char *table,
             GPtrArray  *columns,
             const char *verb)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  gboolean is_update = g_str_equal (verb, "UPDATE");

  g_string_printf (sql, "CREATE TRIGGER bench_%s_%s AFTER %s ON %s BEGIN INSERT INTO " LOG " (name, verb, mask", table, verb,
                   verb, table);
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql, ", c%u", i);
  g_string_append_printf (sql, ") VALUES ('%s', '%s', ''", table, verb);
  for (guint i = 0; is_update && i < columns->len; i++)
    g_string_append_printf (sql, " || (OLD.%s IS NOT NEW.%s)", (char *) columns->pdata[i], (char *) columns->pdata[i]);
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql, ", %s.%s", g_str_equal (verb, "DELETE") ? "OLD" : "NEW", (char *) columns->pdata[i]);
  g_string_append (sql, "); END");
  run (db, sql->str);
}

/**
 * hub_replay_record:
 * @path: a workspace whose hub waits for a push
 * @base: where to keep it as it is now
 *
 * From now on the workspace keeps every row that the hub writes in it.
 */
void
hub_replay_record (const char *path,
                   const char *base)
{
  static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE" };
  sqlite3 *db = open_file (path);
  g_autofree char *copy = g_strdup_printf ("VACUUM INTO '%s'", base);
  g_autoptr(GPtrArray) tables = read_tables (db);
  g_autoptr(GString) log = g_string_new ("CREATE TABLE " LOG " (seq INTEGER PRIMARY KEY, name, verb, mask");
  guint n_most = 0;

  run (db, copy);
  for (guint t = 0; t < tables->len; t++)
    {
      g_autoptr(GPtrArray) columns = read_columns (db, tables->pdata[t]);

      n_most = MAX (n_most, columns->len);
    }
  for (guint i = 0; i < n_most; i++)
    g_string_append_printf (log, ", c%u", i);
  g_string_append_c (log, ')');
  run (db, log->str);
  for (guint t = 0; t < tables->len; t++)
    {
      g_autoptr(GPtrArray) columns = read_columns (db, tables->pdata[t]);

      for (guint v = 0; v < G_N_ELEMENTS (verbs); v++)
        add_trigger (db, tables->pdata[t], columns, verbs[v]);
    }
  sqlite3_close (db);
}

/* ---- loading what was recorded ---- */

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_free (kind->sql);
  g_free (kind);
}

/* Rows are found by their id, as the hub finds them: the column behind the local key. */
static char *
make_sql (const char *table,
          const char *verb,
          const char *mask,
          GPtrArray  *columns)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  gboolean first = TRUE;

  if (g_str_equal (verb, "INSERT"))
    {
      g_string_printf (sql, "INSERT INTO %s VALUES (?", table);
      for (guint i = 1; i < columns->len; i++)
        g_string_append (sql, ",?");
      g_string_append_c (sql, ')');
    }
  else if (g_str_equal (verb, "DELETE"))
    g_string_printf (sql, "DELETE FROM %s WHERE id = ?", table);
  else
    {
      g_string_printf (sql, "UPDATE %s SET", table);
      for (guint i = 0; i < columns->len; i++)
        if (mask[i] == '1')
          {
            g_string_append_printf (sql, "%s %s = ?", first ? "" : ",", (char *) columns->pdata[i]);
            first = FALSE;
          }
      g_string_append (sql, " WHERE id = ?");
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static guint
find_id (GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (columns->pdata[i], "id"))
      return i;
  g_error ("a table without ids");
}

static void
add_value (HubReplay    *self,
           sqlite3_stmt *stmt,
           guint         column)
{
  g_ptr_array_add (self->values, sqlite3_value_dup (sqlite3_column_value (stmt, 4 + (int) column)));
}

static void
add_write (HubReplay    *self,
           sqlite3_stmt *stmt,
           GPtrArray    *columns,
           GHashTable   *known)
{
  const char *table = (const char *) sqlite3_column_text (stmt, 1);
  const char *verb = (const char *) sqlite3_column_text (stmt, 2);
  const char *mask = (const char *) sqlite3_column_text (stmt, 3);
  g_autofree char *sql = NULL;
  Write write = { 0, self->values->len };
  gpointer at = NULL;

  if (g_str_equal (verb, "UPDATE") && strchr (mask, '1') == NULL)
    return; /* it locked the row */
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (verb, "INSERT") || (g_str_equal (verb, "UPDATE") && mask[i] == '1'))
      add_value (self, stmt, i);
  if (!g_str_equal (verb, "INSERT"))
    add_value (self, stmt, find_id (columns));
  sql = make_sql (table, verb, mask, columns);
  if (!g_hash_table_lookup_extended (known, sql, NULL, &at))
    {
      Kind *kind = g_new0 (Kind, 1);

      kind->sql = g_steal_pointer (&sql);
      kind->n_values = (int) (self->values->len - write.first);
      at = GUINT_TO_POINTER (self->kinds->len);
      g_hash_table_insert (known, kind->sql, at);
      g_ptr_array_add (self->kinds, kind);
    }
  write.kind = GPOINTER_TO_UINT (at);
  g_array_append_val (self->writes, write);
  if (g_str_equal (table, "hub_clock")) /* every push sets it last */
    {
      write.kind = G_MAXUINT;
      g_array_append_val (self->writes, write);
    }
}

static void
end_recording (sqlite3 *db)
{
  g_autoptr(GPtrArray) triggers = read_names (db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'");

  for (guint i = 0; i < triggers->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER %s", (char *) triggers->pdata[i]);

      run (db, sql);
    }
  run (db, "DROP TABLE " LOG);
}

/**
 * hub_replay_load:
 * @path: the workspace, recorded, that no hub has open any more; afterwards as
 *   the hub left it
 * @base: as it was before
 */
HubReplay *
hub_replay_load (const char *path,
                 const char *base)
{
  HubReplay *self = g_new0 (HubReplay, 1);
  sqlite3 *db = open_file (path);
  sqlite3_stmt *stmt = prepare (db, "SELECT * FROM " LOG " ORDER BY seq");
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  self->base = g_strdup (base);
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->writes = g_array_new (FALSE, FALSE, sizeof (Write));
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (stmt, 1);

      if (!g_hash_table_contains (columns, table))
        g_hash_table_insert (columns, g_strdup (table), read_columns (db, table));
      add_write (self, stmt, g_hash_table_lookup (columns, table), known);
    }
  sqlite3_finalize (stmt);
  end_recording (db);
  sqlite3_close (db);
  return self;
}

void
hub_replay_free (HubReplay *self)
{
  if (self == NULL)
    return;
  g_free (self->base);
  g_ptr_array_unref (self->kinds);
  g_array_unref (self->writes);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* ---- writing it again ---- */

typedef struct
{
  const HubReplay *replay;
  char            *path;
} Writer;

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static gpointer
write_thread (gpointer data)
{
  Writer *self = data;
  const HubReplay *replay = self->replay;
  sqlite3 *db = open_file (self->path);
  g_autoptr(GPtrArray) stmts = g_ptr_array_new_with_free_func (finalize);

  for (guint i = 0; i < replay->kinds->len; i++)
    g_ptr_array_add (stmts, prepare (db, ((Kind *) replay->kinds->pdata[i])->sql));
  run (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < replay->writes->len; i++)
    {
      const Write *write = &g_array_index (replay->writes, Write, i);
      sqlite3_stmt *stmt;

      if (write->kind == G_MAXUINT)
        {
          run (db, "COMMIT; BEGIN IMMEDIATE");
          continue;
        }
      stmt = stmts->pdata[write->kind];
      for (int v = 0; v < ((Kind *) replay->kinds->pdata[write->kind])->n_values; v++)
        sqlite3_bind_value (stmt, v + 1, replay->values->pdata[write->first + (guint) v]);
      if (sqlite3_step (stmt) != SQLITE_DONE || sqlite3_changes (db) != 1)
        g_error ("%s: %s", sqlite3_sql (stmt), sqlite3_errmsg (db));
      sqlite3_reset (stmt);
    }
  run (db, "COMMIT");
  g_ptr_array_set_size (stmts, 0);
  sqlite3_close (db);
  return NULL;
}

static char *
copy_base (const HubReplay *self,
           const char      *folder)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("replay-%u.db", n++);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) from = g_file_new_for_path (self->base);
  g_autoptr(GFile) to = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  if (!g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_error ("%s: %s", path, error->message);
  return path;
}

/**
 * hub_replay_write:
 * @n_copies: files written at once, each by a thread of its own
 * @processor: (out): seconds of processor time that all copies took
 *
 * Returns: how often a second all that was recorded is written
 */
double
hub_replay_write (const HubReplay *self,
                  const char      *folder,
                  guint            n_copies,
                  double          *processor)
{
  g_autofree Writer *writers = g_new0 (Writer, n_copies);
  g_autofree GThread **threads = g_new0 (GThread *, n_copies);
  gint64 began;
  clock_t used;

  for (guint i = 0; i < n_copies; i++)
    writers[i] = (Writer) { self, copy_base (self, folder) };
  began = g_get_monotonic_time ();
  used = clock ();
  for (guint i = 0; i < n_copies; i++)
    threads[i] = g_thread_new ("replay", write_thread, &writers[i]);
  for (guint i = 0; i < n_copies; i++)
    {
      g_thread_join (threads[i]);
      g_free (writers[i].path);
    }
  began = g_get_monotonic_time () - began;
  *processor = (double) (clock () - used) / CLOCKS_PER_SEC;
  return (double) n_copies * G_USEC_PER_SEC / (double) MAX (began, 1);
}
