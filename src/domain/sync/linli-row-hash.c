/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-hash.h"

#include "linli-row-json.h"
#include "linli-sync-tables.h"

#define PAGE 500

/* FNV-1a, 64 bits: it finds what went wrong by accident. Whoever could forge a
 * row could forge the sum as well.
 *
 * @body: a row as linli_row_to_json() writes it */
guint64
linli_row_hash (const char *body)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const guint8 *at = (const guint8 *) body; *at != '\0'; at++)
    hash = (hash ^ *at) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

/* What stands over a shadow is this desk's own and does not count. */
static gboolean
add_visible (LinliConn        *conn,
             const LinliTable *table,
             gint64           *n,
             guint64          *sum,
             GError          **error)
{
  g_autofree char *condition = g_strdup_printf ("pk > ?1 AND NOT EXISTS (SELECT 1 FROM shadow WHERE shadow.id = '%s/' || %s.id) "
                                                "ORDER BY pk LIMIT ?2", table->name, table->name);
  g_autoptr(GPtrArray) page = NULL;
  gint64 last = 0;

  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = linli_conn_select (conn, table, error, condition, "ii", last, (gint64) PAGE);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          g_autofree char *body = linli_row_to_json (page->pdata[i]);

          last = linli_row_get_pk (page->pdata[i]);
          *sum += linli_row_hash (body);
          (*n)++;
        }
    }
  while (page->len == PAGE);

  return TRUE;
}

/**
 * linli_row_hash_table:
 * @n: (out): rows of @table that the hub has sent here
 * @sum: (out): of their hashes
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_row_hash_table (LinliConn        *conn,
                      const LinliTable *table,
                      gint64           *n,
                      guint64          *sum,
                      GError          **error)
{
  g_autoptr(GPtrArray) shadows = linli_conn_select (conn, &linli_table_shadow, error,
                                                    "kind = ?1 AND body IS NOT NULL", "s", table->name);

  *n = 0;
  *sum = 0;
  if (shadows == NULL)
    return FALSE;
  for (guint i = 0; i < shadows->len; i++)
    *sum += linli_row_hash (linli_row_get_text (shadows->pdata[i], LINLI_SHADOW_BODY));
  *n = shadows->len;

  return add_visible (conn, table, n, sum, error);
}
