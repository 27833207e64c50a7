/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stores of earlier versions, brought up to today's. */

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "linli-clock.h"
#include "linli-desk.h"
#include "linli-json.h"
#include "linli-migrate.h"
#include "linli-registry.h"
#include "linli-sqlite.h"
#include "linli-verify.h"

#define NOW G_GINT64_CONSTANT (1795900000000000)

typedef struct
{
  char      *folder;
  char      *path;
  LinliConn *conn; /* today's program on the old store */
} Store;

static char *
read_golden (guint version)
{
  g_autofree char *name = g_strdup_printf ("store-%u.sql", version);
  g_autofree char *path = g_build_filename (g_getenv ("LINLI_SOURCE_ROOT"), "tests", "golden", name, NULL);
  g_autoptr(GError) error = NULL;
  char *sql = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  return sql;
}

static LinliConn *
open_path (const char *path)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);

  g_assert_no_error (error);
  return conn;
}

/* By the engine itself: our own connections let nobody write a search index's
 * own tables, as a dump does. */
static void
load_dump (const char *path,
           const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

static void
store_open (Store *store,
            guint  version)
{
  g_autofree char *sql = read_golden (version);

  store->folder = g_dir_make_tmp ("linli-migrate-XXXXXX", NULL);
  store->path = g_build_filename (store->folder, "linli.db", NULL);
  load_dump (store->path, sql);
  store->conn = open_path (store->path);
}

static void
store_close (Store *store)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  linli_conn_close (store->conn);
  dir = g_dir_open (store->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (store->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (store->folder);
  g_free (store->path);
  g_free (store->folder);
}

static gint64
get_int (LinliConn  *conn,
         const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  linli_conn_get_int (conn, &value, &error, sql, "");
  g_assert_no_error (error);
  return value;
}

/* Every table with its columns, every index with its columns and condition. */
static GPtrArray *
describe (LinliConn *conn)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStmt) stmt = linli_conn_query (
    conn, &error,
    "SELECT 'column ' || s.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk "
    "FROM sqlite_schema AS s, pragma_table_xinfo (s.name) AS c WHERE s.type = 'table' "
    "UNION ALL SELECT s.type || ' ' || s.sql FROM sqlite_schema AS s "
    "WHERE s.type IN ('index', 'trigger', 'view') AND s.sql NOT NULL ORDER BY 1", "");
  gboolean row = FALSE;

  g_assert_no_error (error);
  while (linli_stmt_step (stmt, &row, &error) && row)
    g_ptr_array_add (lines, linli_stmt_dup_text (stmt, 0));
  g_assert_no_error (error);

  return lines;
}

static void
migrate (Store *store)
{
  g_autoptr(GError) error = NULL;

  linli_migrate (store->conn, linli_store_schema (), NULL, &error);
  g_assert_no_error (error);
}

static void
test_ends_as_a_new_store (gconstpointer data)
{
  Store store = { 0 };
  g_autoptr(LinliConn) fresh = open_path (":memory:");
  g_autoptr(GPtrArray) expected = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;

  store_open (&store, GPOINTER_TO_UINT (data));
  migrate (&store);
  linli_migrate (fresh, linli_store_schema (), NULL, &error);
  g_assert_no_error (error);
  expected = describe (fresh);
  found = describe (store.conn);
  for (guint i = 0; i < MIN (expected->len, found->len); i++)
    g_assert_cmpstr (found->pdata[i], ==, expected->pdata[i]);
  g_assert_cmpuint (found->len, ==, expected->len);
  store_close (&store);
}

static void
test_keeps_every_row (gconstpointer data)
{
  static const char *const tables[] = {
    "audit", "cases", "submission", "dispatch", "clock", "entry", "appellant", "saved_view", "outbox", "duty_item",
  };
  gint64 before[G_N_ELEMENTS (tables)];
  Store store = { 0 };

  store_open (&store, GPOINTER_TO_UINT (data));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      before[i] = get_int (store.conn, sql);
      g_assert_cmpint (before[i], >, 0);
    }
  migrate (&store);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (get_int (store.conn, sql), ==, before[i]);
    }
  store_close (&store);
}

/* Integrity, references, invariants, the index and the chain of the audit. */
static void
test_passes_verification (gconstpointer data)
{
  Store store = { 0 };
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  store_open (&store, GPOINTER_TO_UINT (data));
  migrate (&store);
  g_assert_true (linli_verify_store (store.conn, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
  store_close (&store);
}

/* Version 1 kept the bare name of a place, and let two stand in each other. */
static void
test_completes_places (gconstpointer data)
{
  static const char *const old =
    "INSERT INTO place (id, kind, name, parent_id, active) VALUES ('b', 'building', '3栋', 'e', 1), "
    "('e', 'estate', '桂园花园', 'c', 1), ('c', 'community', '桂园社区', NULL, 1), "
    "('x', 'landmark', '凉亭', 'y', 1), ('y', 'landmark', '小广场', 'x', 1)";
  Store store = { 0 };
  g_autofree char *full_name = NULL;
  g_autoptr(GError) error = NULL;

  store_open (&store, GPOINTER_TO_UINT (data));
  g_assert_true (linli_conn_exec (store.conn, old, &error));
  migrate (&store);
  linli_conn_get_text (store.conn, &full_name, &error, "SELECT full_name || ' ' || community || ' ' || pinyin FROM place "
                       "WHERE id = 'b'", "");
  g_assert_no_error (error);
  g_assert_cmpstr (full_name, ==, "桂园花园3栋 桂园社区 gyhy3d 3d");
  g_assert_cmpint (get_int (store.conn, "SELECT count(*) FROM place WHERE full_name IS NOT NULL"), ==,
                   get_int (store.conn, "SELECT count(*) FROM place"));
  g_assert_cmpint (get_int (store.conn, "SELECT count(*) FROM place WHERE id IN ('x', 'y') AND parent_id IS NULL"), ==, 1);
  store_close (&store);
}

static void
test_work_goes_on (gconstpointer data)
{
  Store store = { 0 };
  LinliFakeClock clock = LINLI_FAKE_CLOCK_INIT (NOW);
  g_autoptr(LinliDesk) desk = linli_desk_new (&clock.parent);
  g_autoptr(JsonObject) args = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;

  store_open (&store, GPOINTER_TO_UINT (data));
  migrate (&store);
  g_assert_true (linli_desk_load (desk, store.conn, &error));
  args = linli_json_parse_object ("{\"text\":\"路灯又不亮了\",\"channel\":\"CK01\"}", -1, &error);
  outcome = linli_desk_submit (desk, store.conn, "case.intake", args, LINLI_EXECUTE_QUEUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  store_close (&store);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char       *name;
    GTestDataFunc     func;
  } tests[] = {
    { "ends-as-a-new-store", test_ends_as_a_new_store },
    { "keeps-every-row", test_keeps_every_row },
    { "passes-verification", test_passes_verification },
    { "work-goes-on", test_work_goes_on },
    { "completes-places", test_completes_places },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint version = 1; version < linli_store_schema ()->version; version++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/migrate/%u/%s", version, tests[i].name);

        g_test_add_data_func (path, GUINT_TO_POINTER (version), tests[i].func);
      }
  return g_test_run ();
}
