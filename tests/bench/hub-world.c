/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-world.h"

#include "case-world.h"
#include "linli-registry.h"
#include "linli-row-json.h"
#include "linli-sqlite.h"
#include "linli-tx.h"

#define PAGE 2000 /* rows a transaction */

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

static void
copy_table (Copy             *self,
            const LinliTable *table)
{
  g_autoptr(GPtrArray) page = NULL;
  gint64 after = 0;

  do
    {
      g_autoptr(LinliTx) tx = NULL;
      GError *error = NULL;

      g_clear_pointer (&page, g_ptr_array_unref);
      page = linli_conn_select (self->from, table, &error, "pk > ?1 ORDER BY pk LIMIT ?2", "ii", after, (gint64) PAGE);
      tx = page != NULL ? linli_tx_begin (self->to, &error) : NULL;
      must (tx != NULL, error);
      for (guint i = 0; i < page->len; i++)
        {
          after = linli_row_get_pk (page->pdata[i]);
          put (self, tx, page->pdata[i]);
        }
      must (linli_tx_commit (tx, &error), error);
    }
  while (page->len == PAGE);
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
  const LinliTable *const *tables = linli_store_schema ()->tables;
  g_autoptr(LinliConn) from = case_world_open (":memory:");
  g_autoptr(LinliConn) to = linli_sqlite_open (path, LINLI_SQLITE_WRITE, NULL);
  Copy copy = { from, to, 0 };

  case_world_fill (from, &world);
  linli_conn_exec (to, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;", NULL);
  for (guint i = 0; tables[i] != NULL; i++)
    if (!(tables[i]->flags & LINLI_TABLE_LOCAL))
      copy_table (&copy, tables[i]);
  linli_conn_run (to, NULL, "UPDATE hub_clock SET rev = ?1", "i", copy.rev);
  linli_conn_exec (to, "PRAGMA wal_checkpoint(TRUNCATE);", NULL);

  return (guint64) copy.rev;
}
