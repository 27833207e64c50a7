/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-parts.h"

#include <glib/gi18n.h>

#include "linli-case-commands-private.h"
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

/* --- When the last part ends --- */

static LinliRow *
load_case (LinliCommandContext *context,
           const char          *id,
           GError             **error)
{
  LinliRow *row = NULL;

  linli_tx_find (context->tx, &linli_table_case, id, &row, error);
  return row;
}

/* What came of the parts, one line each, is the result of the whole. */
static gboolean
gather (LinliCaseFile *whole,
        GError       **error)
{
  g_autoptr(GPtrArray) parts = linli_tx_select (whole->context->tx, &linli_table_case, error,
                                                "parent_id = ?1 ORDER BY id", "s", linli_case_file_get_id (whole));
  g_autoptr(GString) result = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];
      g_autofree char *root = NULL;
      g_autoptr(LinliRow) lives = NULL;
      const char *words;

      if (!linli_case_find_root (linli_tx_get_conn (whole->context->tx), linli_row_get_id (part), &root, error))
        return FALSE;
      lives = load_case (whole->context, root, error);
      if (lives == NULL)
        return FALSE;
      words = linli_row_get_text (lives, LINLI_CASE_RESULT);
      if (words == NULL)
        words = linli_row_get_text (lives, LINLI_CASE_RESIDENT_REPLY);
      g_string_append_printf (result, "%s%s %s%s%s", i > 0 ? "\n" : "", linli_row_get_text (part, LINLI_CASE_CASE_NO),
                              linli_row_get_text (part, LINLI_CASE_TITLE), words != NULL ? "：" : "", words != NULL ? words : "");
    }
  if (g_utf8_strlen (result->str, -1) > 8000)
    g_string_truncate (result, (gsize) (g_utf8_offset_to_pointer (result->str, 8000) - result->str));
  linli_row_set_text (whole->row, LINLI_CASE_RESULT, result->str);

  return parts != NULL;
}

static gboolean
settle_whole (LinliCommandContext *context,
              const char          *id,
              GError             **error)
{
  g_autoptr(LinliCaseFile) whole = linli_case_file_load (context, id, NULL, error);
  const LinliCaseEntry entry = { .kind = "join", .audience = "unit" };
  gboolean finished = FALSE;

  if (whole == NULL)
    return FALSE;
  if (linli_case_file_get_state (whole) != LINLI_CASE_STATE_IN_PROGRESS)
    return TRUE;
  if (!linli_case_parts_are_finished (context, id, &finished, error))
    return FALSE;
  if (!finished)
    return TRUE;
  linli_case_file_set_state (whole, LINLI_CASE_STATE_PENDING_REVIEW);

  return gather (whole, error) && linli_case_file_add_entry (whole, &entry, error) && linli_case_file_save (whole, error);
}

/**
 * linli_case_parts_settle:
 * @file: a case just stored
 *
 * When it ends, whatever waited for it goes on: the whole it is a part of, and
 * the wholes of parts that were merged into it.
 */
gboolean
linli_case_parts_settle (LinliCaseFile *file,
                         GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  g_autoptr(GPtrArray) wholes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  if (linli_case_state_is_open (linli_row_get_text (file->row, LINLI_CASE_STATE)) ||
      linli_case_file_get_state (file) == LINLI_CASE_STATE_MERGED)
    return TRUE;
  stmt = linli_conn_query (conn, error, "WITH RECURSIVE member (id) AS (SELECT id FROM cases WHERE id = ?1 UNION "
                           "SELECT cases.id FROM cases JOIN member ON cases.merged_into_id = member.id) "
                           "SELECT DISTINCT parent_id FROM cases WHERE id IN (SELECT id FROM member) AND parent_id IS NOT NULL "
                           "ORDER BY parent_id", "s",
                           linli_case_file_get_id (file));
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_ptr_array_add (wholes, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  for (guint i = 0; i < wholes->len; i++)
    if (!settle_whole (file->context, wholes->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * linli_case_parts_reopen:
 * @file: a case that is open again
 *
 * The whole it is a part of, if it had gone to review, waits again.
 */
gboolean
linli_case_parts_reopen (LinliCaseFile *file,
                         GError       **error)
{
  const char *id = linli_row_get_text (file->row, LINLI_CASE_PARENT_ID);
  g_autoptr(LinliCaseFile) whole = NULL;
  const LinliCaseEntry entry = { .kind = "split", .audience = "unit" };

  if (id == NULL)
    return TRUE;
  whole = linli_case_file_load (file->context, id, NULL, error);
  if (whole == NULL)
    return FALSE;
  if (linli_case_file_get_state (whole) != LINLI_CASE_STATE_PENDING_REVIEW)
    return TRUE;
  linli_case_file_set_state (whole, LINLI_CASE_STATE_IN_PROGRESS);

  return linli_case_file_add_entry (whole, &entry, error) && linli_case_file_save (whole, error);
}

/**
 * linli_case_is_waiting_part:
 * @waiting: (out): whether a whole waits for @file and will tell the resident
 */
gboolean
linli_case_is_waiting_part (LinliCaseFile *file,
                            gboolean      *waiting,
                            GError       **error)
{
  const char *id = linli_row_get_text (file->row, LINLI_CASE_PARENT_ID);
  g_autofree char *state = NULL;

  *waiting = FALSE;
  if (id == NULL)
    return TRUE;
  if (!linli_conn_get_text (linli_tx_get_conn (file->context->tx), &state, error,
                            "SELECT state FROM cases WHERE id = ?1", "s", id))
    return FALSE;
  *waiting = g_strcmp0 (state, "in_progress") == 0;
  return TRUE;
}
