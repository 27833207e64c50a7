/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-blobs.h"

#include "linli-case-tables.h"
#include "linli-tx.h"

#define HASH_CHARS 64

/**
 * linli_case_blobs_wanted:
 * @max_size: bytes; larger ones wait until somebody opens them
 * @limit: at most so many
 * @offset: how many have been told before
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): attachments of the cases
 *   that are worked on, in the order they are worth fetching: pictures, which
 *   show in the list, then the newest
 */
GPtrArray *
linli_case_blobs_wanted (LinliConn *conn,
                         gint64     max_size,
                         gint64     limit,
                         gint64     offset,
                         GError   **error)
{
  return linli_conn_select (conn, &linli_table_attachment, error,
                            "removed_at IS NULL AND size <= ?1 AND case_id IN (SELECT id FROM cases WHERE state NOT IN "
                            "('closed', 'declined', 'withdrawn', 'merged')) "
                            "ORDER BY content_type LIKE 'image/%' DESC, added_at DESC, pk LIMIT ?2 OFFSET ?3", "iii",
                            max_size, limit, offset);
}

/* Returns: (transfer full) (element-type LinliRow): those of @pks that are there */
GPtrArray *
linli_case_blobs_at (LinliConn *conn,
                     GArray    *pks,
                     GError   **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);

  for (guint i = 0; i < pks->len; i++)
    {
      g_autoptr(GPtrArray) one = linli_conn_select (conn, &linli_table_attachment, error, "pk = ?1", "i",
                                                    g_array_index (pks, gint64, i));

      if (one == NULL)
        return NULL;
      if (one->len > 0)
        g_ptr_array_add (rows, linli_row_ref (one->pdata[0]));
    }
  return g_steal_pointer (&rows);
}

/* Every run of 64 hexadecimal digits: what a draft or an operation names. */
static void
add_hashes (GHashTable *set,
            const char *text)
{
  gsize n = 0;

  for (const char *p = text;; p++)
    {
      if (g_ascii_isxdigit (*p))
        {
          n++;
          continue;
        }
      if (n == HASH_CHARS)
        g_hash_table_add (set, g_strndup (p - HASH_CHARS, HASH_CHARS));
      n = 0;
      if (*p == '\0')
        return;
    }
}

static gboolean
add_all (GHashTable *set,
         LinliStmt  *stmt,
         GError    **error)
{
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_autofree char *text = linli_stmt_dup_text (stmt, 0);

      add_hashes (set, text);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_case_blobs_needed:
 * @removed_since: microseconds UTC; what was taken out of its case before counts no more
 * @error: %LINLI_STORE_ERROR
 *
 * Files that cases have; that something half typed names; and that an
 * operation names which the hub has not decided, or has refused while nobody
 * has settled it.
 *
 * Returns: (transfer full) (element-type utf8): a set of hashes
 */
GHashTable *
linli_case_blobs_needed (LinliConn *conn,
                         gint64     removed_since,
                         GError   **error)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(LinliStmt) rows = linli_conn_query (conn, error,
                                                "SELECT sha256 FROM attachment WHERE removed_at IS NULL OR removed_at >= ?1",
                                                "i", removed_since);
  g_autoptr(LinliStmt) texts = NULL;

  if (!add_all (set, rows, error))
    return NULL;
  texts = linli_conn_query (conn, error,
                            "SELECT body FROM draft UNION ALL SELECT mine FROM parked WHERE closed_at IS NULL "
                            "UNION ALL SELECT a.body FROM audit a JOIN outbox o ON o.id = a.id WHERE o.state <> 'settled'", "");
  return add_all (set, texts, error) ? g_steal_pointer (&set) : NULL;
}

/**
 * linli_case_blobs_find:
 * @name: the id of an attachment, or a hash
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): none or one
 */
GPtrArray *
linli_case_blobs_find (LinliConn  *conn,
                       const char *name,
                       GError    **error)
{
  return linli_conn_select (conn, &linli_table_attachment, error, "id = ?1 OR sha256 = ?1 ORDER BY pk LIMIT 1", "s", name);
}

/* Returns: (transfer full) (element-type utf8): hashes of the files that cases have, each once */
GPtrArray *
linli_case_blobs_live (LinliConn *conn,
                       GError   **error)
{
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT DISTINCT sha256 FROM attachment "
                                                             "WHERE removed_at IS NULL ORDER BY 1", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (hashes, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&hashes);
}
