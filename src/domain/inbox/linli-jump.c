/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases and residents come out of the search index, newest first, so that a
 * store of a million cases answers between two keys; the list of residents
 * itself would have to be read through. */

#include "config.h"

#include "linli-jump.h"

#include <string.h>

#include "linli-case-search.h"
#include "linli-inbox-commands.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"
#include "linli-macro.h"
#include "linli-people-tables.h"
#include "linli-text.h"
#include "linli-unit-scope.h"
#include "linli-unit-search.h"

/* Residents are looked for among those of so many newest cases. */
#define CASES_READ 60

static void
jump_free (LinliJump *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->query);
  g_free (self);
}

static LinliJump *
add (GPtrArray  *found,
     const char *kind,
     const char *id,
     const char *title)
{
  LinliJump *jump = g_new0 (LinliJump, 1);

  jump->kind = kind;
  jump->id = g_strdup (id);
  jump->title = g_strdup (title);
  g_ptr_array_add (found, jump);

  return jump;
}

/* A value of an operator, quoted so that blanks stay in it. */
static char *
make_line (const char *operator,
           const char *value)
{
  g_auto(GStrv) parts = g_strsplit (value, "\"", -1);
  g_autofree char *clean = g_strjoinv (" ", parts);

  return g_strdup_printf ("%s:\"%s\"", operator, clean);
}

static gboolean
find_cases (LinliConn  *conn,
            const char *typed,
            gint64      now,
            const char *actor,
            guint       limit,
            GPtrArray  *found,
            GError    **error)
{
  g_autoptr(GArray) pks = linli_case_search_ids (conn, typed, LINLI_CASE_SORT_RECEIVED, now, actor, limit, error);
  g_autoptr(LinliStmt) stmt = NULL;

  if (pks != NULL)
    stmt = linli_conn_prepare (conn, "SELECT id, title, case_no FROM cases WHERE pk = ?1", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < pks->len; i++)
    {
      gboolean row = FALSE;

      linli_stmt_bind_int (stmt, 1, g_array_index (pks, gint64, i));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        add (found, "case", linli_stmt_get_text (stmt, 0), linli_stmt_get_text (stmt, 1))->subtitle =
          linli_stmt_dup_text (stmt, 2);
      linli_stmt_reset (stmt);
    }
  return TRUE;
}

static gboolean
is_known (GPtrArray  *found,
          const char *id)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((LinliJump *) found->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* Others of a case's residents may be the reason it was found. */
static gboolean
add_people (LinliStmt  *stmt,
            gint64      pk,
            const char *folded,
            guint       limit,
            GPtrArray  *found,
            guint      *n,
            GError    **error)
{
  gboolean row = FALSE;

  linli_stmt_bind_int (stmt, 1, pk);
  linli_stmt_bind_text (stmt, 2, folded);
  if (!linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row && *n < limit)
    {
      const char *id = linli_stmt_get_text (stmt, 0);
      const char *name = linli_stmt_get_text (stmt, 1);
      const char *phone = linli_stmt_get_text (stmt, 2);

      if (!is_known (found, id))
        {
          LinliJump *jump = add (found, "person", id, name);

          jump->subtitle = g_strdup (phone);
          jump->query = make_line ("person", phone != NULL && *phone != '\0' ? phone : name);
          (*n)++;
        }
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  linli_stmt_reset (stmt);

  return TRUE;
}

static gboolean
find_people (LinliConn  *conn,
             const char *typed,
             gint64      now,
             const char *actor,
             guint       limit,
             GPtrArray  *found,
             GError    **error)
{
  g_autofree char *line = make_line ("person", typed);
  g_autofree char *folded = linli_text_fold (typed, -1);
  g_autoptr(GArray) pks = linli_case_search_ids (conn, line, LINLI_CASE_SORT_RECEIVED, now, actor, CASES_READ, error);
  g_autoptr(LinliStmt) stmt = NULL;
  guint n = 0;

  if (pks != NULL)
    stmt = linli_conn_prepare (conn,
                               "SELECT DISTINCT a.id, a.name, a.phone FROM cases c"
                               " JOIN submission s ON s.case_id = c.id JOIN appellant a ON a.id = s.appellant_id"
                               " WHERE c.pk = ?1 AND a.name IS NOT NULL AND (instr (lower (a.name), ?2) > 0"
                               " OR instr (ifnull (a.pinyin, ''), ?2) > 0 OR instr (ifnull (a.phone, ''), ?2) > 0)",
                               error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < pks->len && n < limit; i++)
    if (!add_people (stmt, g_array_index (pks, gint64, i), folded, limit, found, &n, error))
      return FALSE;
  return TRUE;
}

static gboolean
find_units (LinliConn  *conn,
            const char *typed,
            guint       limit,
            GPtrArray  *found,
            GError    **error)
{
  g_autoptr(GPtrArray) units = linli_unit_search (conn, typed, limit, error);

  for (guint i = 0; units != NULL && i < units->len; i++)
    {
      const char *name = linli_row_get_text (units->pdata[i], LINLI_UNIT_NAME);
      LinliJump *jump = add (found, "unit", linli_row_get_id (units->pdata[i]), name);

      jump->subtitle = g_strdup (linli_row_get_text (units->pdata[i], LINLI_UNIT_KIND));
      jump->query = make_line ("unit", name);
    }
  return units != NULL;
}

static gboolean
find_macros (LinliConn  *conn,
             const char *typed,
             const char *actor,
             GPtrArray  *found,
             GError    **error)
{
  g_autoptr(GPtrArray) macros = linli_macro_find (conn, actor, error);
  g_autofree char *folded = linli_text_fold (typed, -1);

  for (guint i = 0; macros != NULL && i < macros->len; i++)
    {
      const char *name = linli_row_get_text (macros->pdata[i], LINLI_MACRO_NAME);
      const char *initials = linli_row_get_text (macros->pdata[i], LINLI_MACRO_PINYIN);
      g_autofree char *lower = linli_text_fold (name, -1);

      if (strstr (lower, folded) != NULL || (initials != NULL && strstr (initials, folded) != NULL))
        add (found, "macro", linli_row_get_id (macros->pdata[i]), name);
    }
  return macros != NULL;
}

/**
 * linli_jump_find:
 * @typed: a number, words, a name, pinyin initials, a telephone or its tail
 * @actor: (nullable): account id, as for searches
 * @limit: of each kind at the most
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliJump): macros, residents, cases, units
 */
GPtrArray *
linli_jump_find (LinliConn  *conn,
                 const char *typed,
                 gint64      now,
                 const char *actor,
                 guint       limit,
                 GError    **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_free);
  g_autofree char *line = g_strstrip (g_strdup (typed));
  g_autofree char *unit = NULL;

  if (*line == '\0')
    return g_steal_pointer (&found);
  if (!linli_unit_scope_load (conn, actor, &unit, error))
    return NULL;
  /* A name finds its cases too; whoever types one means the person first. A
   * unit looks for cases only: residents and units are the centre's lists. */
  if (!find_macros (conn, line, actor, found, error) ||
      (unit == NULL && !find_people (conn, line, now, actor, limit, found, error)) ||
      !find_cases (conn, line, now, actor, limit, found, error) ||
      (unit == NULL && !find_units (conn, line, limit, found, error)))
    return NULL;

  return g_steal_pointer (&found);
}

const LinliArgSpec linli_jump_find_args[] = {
  { "typed", LINLI_ARG_TEXT, TRUE, 200, .doc = "a number, words, a name, pinyin initials, a telephone or its tail" },
  { "limit", LINLI_ARG_INT, .doc = "of each kind; 8 when absent" },
  { NULL }
};

JsonNode *
linli_jump_find_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;
  gint64 limit = 8;

  linli_json_get_int (args, "limit", &limit);
  found = linli_jump_find (conn, linli_json_get_text (args, "typed"), context->now, context->actor,
                           (guint) CLAMP (limit, 1, 100), error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    {
      LinliJump *jump = found->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", jump->kind);
      json_object_set_string_member (object, "id", jump->id);
      json_object_set_string_member (object, "title", jump->title);
      if (jump->subtitle != NULL)
        json_object_set_string_member (object, "subtitle", jump->subtitle);
      if (jump->query != NULL)
        json_object_set_string_member (object, "query", jump->query);
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);

  return node;
}
