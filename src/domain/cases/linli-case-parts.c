/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-parts.h"

#include <glib/gi18n.h>

#include "linli-case-family.h"

/**
 * linli_case_has_parts:
 * @has_parts: (out): whether the case @id was split
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_has_parts (LinliCommandContext *context,
                      const char          *id,
                      gboolean            *has_parts,
                      GError             **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT EXISTS (SELECT 1 FROM cases WHERE parent_id = ?1)", "s", id))
    return FALSE;
  *has_parts = n != 0;
  return TRUE;
}

/* Returns: (transfer full) (element-type utf8): the cases that the parts of
 * @id live in now: themselves, or what they were merged into */
static GPtrArray *
find_waited_for (LinliConn  *conn,
                 const char *id,
                 GError    **error)
{
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT id FROM cases WHERE parent_id = ?1 ORDER BY id",
                                                "s", id);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      char *root = NULL;

      if (!linli_case_find_root (conn, linli_stmt_get_text (stmt, 0), &root, error))
        return NULL;
      g_ptr_array_add (roots, root);
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&roots);
}

/**
 * linli_case_parts_are_finished:
 * @finished: (out): whether nothing is left to be done about any part of @id
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_parts_are_finished (LinliCommandContext *context,
                               const char          *id,
                               gboolean            *finished,
                               GError             **error)
{
  LinliConn *conn = linli_tx_get_conn (context->tx);
  g_autoptr(GPtrArray) roots = find_waited_for (conn, id, error);

  *finished = TRUE;
  for (guint i = 0; roots != NULL && i < roots->len; i++)
    {
      g_autofree char *state = NULL;

      if (!linli_conn_get_text (conn, &state, error, "SELECT state FROM cases WHERE id = ?1", "s", roots->pdata[i]))
        return FALSE;
      if (state != NULL && linli_case_state_is_open (state))
        *finished = FALSE;
    }

  return roots != NULL;
}

/* @seen: (element-type utf8): cases looked at; grows while it is walked */
static gboolean
add_waited_for (LinliConn  *conn,
                GPtrArray  *seen,
                const char *id,
                GError    **error)
{
  g_autoptr(GPtrArray) roots = find_waited_for (conn, id, error);

  for (guint i = 0; roots != NULL && i < roots->len; i++)
    if (!g_ptr_array_find_with_equal_func (seen, roots->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (seen, g_strdup (roots->pdata[i]));
  return roots != NULL;
}

/**
 * linli_case_parts_check_waiting:
 * @file: a case that others were just merged into
 * @error: %LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION when it would now wait for its
 *   own end, by way of parts that live elsewhere
 */
gboolean
linli_case_parts_check_waiting (LinliCaseFile *file,
                                GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  if (!add_waited_for (conn, seen, linli_case_file_get_id (file), error))
    return FALSE;
  for (guint i = 0; i < seen->len; i++)
    {
      if (g_str_equal (seen->pdata[i], linli_case_file_get_id (file)))
        {
          linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "waits-for-itself", "sources",
                        N_("Merged like this, a case would have to wait for its own end."));
          return FALSE;
        }
      if (!add_waited_for (conn, seen, seen->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}
