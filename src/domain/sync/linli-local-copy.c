/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-local-copy.h"

#include "linli-registry.h"
#include "linli-sync-tables.h"

#define PAGE 500

/* What belongs to one set of the hub's rows stays with it. */
static gboolean
goes_along (const LinliTable *table)
{
  return table->flags & LINLI_TABLE_LOCAL && table != &linli_table_shadow && table != &linli_table_arrived &&
         table != &linli_table_sync_state;
}

static gboolean
copy_table (LinliConn        *from,
            LinliTx          *to,
            const LinliTable *table,
            GError          **error)
{
  g_autofree char *top = g_strdup_printf ("SELECT max(pk) FROM %s", table->name);
  g_autoptr(GPtrArray) page = NULL;
  gint64 last = 0;

  /* A trail is only ever added to: what is there already is the same. */
  if (table->flags & LINLI_TABLE_APPEND_ONLY)
    {
      if (!linli_conn_get_int (linli_tx_get_conn (to), &last, error, top, ""))
        return FALSE;
    }
  else
    {
      g_autofree char *clear = g_strdup_printf ("DELETE FROM %s", table->name);

      if (!linli_conn_run (linli_tx_get_conn (to), error, clear, ""))
        return FALSE;
    }
  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = linli_conn_select (from, table, error, "pk > ?1 ORDER BY pk LIMIT ?2", "ii", last, (gint64) PAGE);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          last = linli_row_get_pk (page->pdata[i]);
          if (!linli_tx_insert (to, page->pdata[i], error))
            return FALSE;
        }
    }
  while (page->len == PAGE);

  return TRUE;
}

/**
 * linli_local_copy:
 * @from: the store in use
 * @to: a fresh one that takes its place
 * @error: %LINLI_STORE_ERROR
 *
 * Carries over everything that belongs to this desk and not to the hub: its
 * trail, what waits to be sent, what waits for a person, drafts, settings.
 */
gboolean
linli_local_copy (LinliConn *from,
                  LinliTx   *to,
                  GError   **error)
{
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint i = 0; tables[i] != NULL; i++)
    if (goes_along (tables[i]) && !copy_table (from, to, tables[i], error))
      return FALSE;
  return TRUE;
}
