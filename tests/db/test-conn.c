/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Empty stores for tests, on whichever engine the run is about: with
 * LINLI_TEST_DATABASE each is a fresh schema of that PostgreSQL database, see
 * tests/with-postgres; else a SQLite database in memory. */

#include "test-conn.h"

#include "linli-postgres.h"
#include "linli-sqlite.h"

#include <unistd.h>

gboolean
test_conn_is_postgres (void)
{
  return g_getenv ("LINLI_TEST_DATABASE") != NULL;
}

/* What tests say in SQLite's words to look at a store; nothing of the domain
 * may use it. */
static const char words[] =
  "CREATE FUNCTION join_with (a text, b text, c text) RETURNS text LANGUAGE sql IMMUTABLE AS "
  "$$ SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE a || c || b END $$;"
  "CREATE FUNCTION join_with (a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT join_with (a, b, ',') $$;"
  "CREATE AGGREGATE group_concat (text) (SFUNC = join_with, STYPE = text);"
  "CREATE AGGREGATE group_concat (text, text) (SFUNC = join_with, STYPE = text);"
  "CREATE FUNCTION json_extract (value text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS "
  "$$ SELECT CASE value::json ->> substr (path, 3) WHEN 'true' THEN '1' WHEN 'false' THEN '0' "
  "ELSE value::json ->> substr (path, 3) END $$;"
  "CREATE FUNCTION json_array_length (value text) RETURNS bigint LANGUAGE sql IMMUTABLE AS "
  "$$ SELECT pg_catalog.json_array_length (value::json)::bigint $$;"
  "CREATE FUNCTION strftime (form text, at bigint, epoch text, zone text) RETURNS text LANGUAGE sql STABLE AS "
  "$$ SELECT to_char (to_timestamp (at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI') $$;";

/* Returns: (transfer full): the writing connection of an empty store */
LinliConn *
test_conn_new (void)
{
  static guint n;
  g_autoptr(GError) error = NULL;
  g_autofree char *schema = g_strdup_printf ("test_%d_%u", getpid (), n++);
  LinliConn *conn = test_conn_is_postgres ()
                      ? linli_postgres_open (g_getenv ("LINLI_TEST_DATABASE"), schema, LINLI_POSTGRES_WRITE, &error)
                      : linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, &error);

  g_assert_no_error (error);
  if (test_conn_is_postgres ())
    linli_conn_exec (conn, words, &error);
  g_assert_no_error (error);
  return conn;
}
