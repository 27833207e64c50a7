/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-hash.h"

#include "linli-row-json.h"
#include "linli-sync-tables.h"

#define PAGE 500

/* @body: a row as linli_row_to_json() writes it */
guint64
linli_row_hash (const char *body)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 hash = 0;

  g_checksum_update (sum, (const guchar *) body, -1);
  g_checksum_get_digest (sum, digest, &length);
  for (guint i = 0; i < 8; i++)
    hash = hash << 8 | digest[i];

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
