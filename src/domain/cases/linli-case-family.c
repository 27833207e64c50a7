/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-family.h"

#define DEEPEST 1000 /* pointers followed; nobody merges that often */

/* Returns: whether it could be read; @next is %NULL at the root */
static gboolean
find_next (LinliConn  *conn,
           const char *id,
           gboolean   *exists,
           char      **next,
           GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT merged_into_id FROM cases WHERE id = ?1", "s", id);

  *next = NULL;
  if (stmt == NULL || !linli_stmt_step (stmt, exists, error))
    return FALSE;
  if (*exists)
    *next = linli_stmt_dup_text (stmt, 0);
  return TRUE;
}

/**
 * linli_case_find_root:
 * @root: (out) (transfer full): where the matter of case @id lives now: @id
 *   itself unless it is merged. Pointers that lead nowhere or in a circle are
 *   not followed at all: what is meant for @id then stays there.
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_find_root (LinliConn  *conn,
                      const char *id,
                      char      **root,
                      GError    **error)
{
  g_autofree char *at = g_strdup (id);

  for (guint n = 0; n < DEEPEST; n++)
    {
      g_autofree char *next = NULL;
      gboolean exists = FALSE;

      if (!find_next (conn, at, &exists, &next, error))
        return FALSE;
      if (next == NULL)
        {
          *root = g_strdup (exists ? at : id);
          return TRUE;
        }
      g_free (at);
      at = g_steal_pointer (&next);
    }
  *root = g_strdup (id);

  return TRUE;
}

/**
 * linli_case_find_members:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): ids of the cases that are
 *   merged into @id, directly or by way of others, in the order of their ids
 */
GPtrArray *
linli_case_find_members (LinliConn  *conn,
                         const char *id,
                         GError    **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt =
    linli_conn_query (conn, error, "WITH RECURSIVE member (id) AS (SELECT id FROM cases WHERE merged_into_id = ?1 "
                      "UNION SELECT cases.id FROM cases JOIN member ON cases.merged_into_id = member.id) "
                      "SELECT id FROM member WHERE id <> ?1 ORDER BY id", "s", id);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (ids, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&ids);
}
