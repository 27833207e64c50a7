/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-world.h"

#include "case-world.h"
#include "linli-registry.h"
#include "linli-row-json.h"
#include "linli-sqlite.h"
#include "linli-tx.h"

#define WINDOW 200 /* cases that were worked on at the same time */

typedef struct
{
  LinliConn *from;
  LinliConn *to;
  gint64     rev;
} Copy;

static void
must (gboolean done,
      GError  *error)
{
  if (!done)
    g_error ("%s", error->message);
}

static void
put (Copy     *self,
     LinliTx  *tx,
     LinliRow *row)
{
  const char *kind = linli_row_get_table (row)->name;
  g_autofree char *key = g_strconcat (kind, "/", linli_row_get_id (row), NULL);
  g_autofree char *body = linli_row_to_json (row);
  GError *error = NULL;

  must (linli_tx_insert (tx, row, &error) &&
        linli_conn_run (self->to, &error, "INSERT INTO hub_feed (id, rev, kind, row_id, body, at) VALUES (?1, ?2, ?3, ?4, ?5, 1)",
                        "sisss", key, ++self->rev, kind, linli_row_get_id (row), body), error);
}

/* One transaction. */
static void
copy_rows (Copy      *self,
           GPtrArray *rows)
{
  GError *error = NULL;
  g_autoptr(LinliTx) tx = linli_tx_begin (self->to, &error);

  must (tx != NULL, error);
  for (guint i = 0; i < rows->len; i++)
    put (self, tx, rows->pdata[i]);
  must (linli_tx_commit (tx, &error), error);
}

static gboolean
is_of_a_case (const LinliTable *table)
{
  return table == linli_registry_find_table ("cases") || linli_table_find_column (table, "case_id") >= 0;
}

/* The rows of cases from @first to @last: in a feed that has grown, what
 * belongs to a case stands close together. */
static void
copy_cases (Copy   *self,
            gint64  first,
            gint64  last)
{
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint i = 0; tables[i] != NULL; i++)
    {
      gboolean own = g_str_equal (tables[i]->name, "cases");
      g_autoptr(GPtrArray) rows = NULL;
      GError *error = NULL;

      if (tables[i]->flags & LINLI_TABLE_LOCAL || !is_of_a_case (tables[i]))
        continue;
      rows = linli_conn_select (self->from, tables[i], &error,
                                own ? "pk BETWEEN ?1 AND ?2 ORDER BY pk"
                                    : "case_id IN (SELECT id FROM cases WHERE pk BETWEEN ?1 AND ?2) ORDER BY pk", "ii", first,
                                last);
      must (rows != NULL, error);
      copy_rows (self, rows);
    }
}

static void
copy_lists (Copy *self)
{
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) rows = NULL;
      GError *error = NULL;

      if (tables[i]->flags & LINLI_TABLE_LOCAL || is_of_a_case (tables[i]))
        continue;
      rows = linli_conn_select (self->from, tables[i], &error, "1 = 1 ORDER BY pk", "");
      must (rows != NULL, error);
      copy_rows (self, rows);
    }
}

/**
 * hub_world_fill:
 * @path: the database of an empty workspace that no hub has open
 *
 * Returns: how many rows a desk must fetch
 */
guint64
hub_world_fill (const char *path,
                guint       n_cases)
{
  const CaseWorld world = { .n_cases = n_cases, .n_entries = 3, .open_in_1000 = 40, .seed = 1, .now = CASE_WORLD_NOW };
  g_autoptr(LinliConn) from = case_world_open (":memory:");
  g_autoptr(LinliConn) to = linli_sqlite_open (path, LINLI_SQLITE_WRITE, NULL);
  Copy copy = { from, to, 0 };

  case_world_fill (from, &world);
  linli_conn_exec (to, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;", NULL);
  copy_lists (&copy);
  for (gint64 first = 1; first <= n_cases; first += WINDOW)
    copy_cases (&copy, first, first + WINDOW - 1);
  linli_conn_run (to, NULL, "UPDATE hub_clock SET rev = ?1", "i", copy.rev);
  linli_conn_exec (to, "PRAGMA wal_checkpoint(TRUNCATE);", NULL);

  return (guint64) copy.rev;
}
