/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a unit has of a case, of a resident and of its own people, as rows. A
 * table that is not named here leaves the hub for no unit: whoever adds one
 * decides, and until then nothing is given away. */

#include "config.h"

#include "linli-hub-scope.h"

#include <stdarg.h>

#include "linli-account-tables.h"
#include "linli-calendar-tables.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-closing-tables.h"
#include "linli-core-tables.h"
#include "linli-handling-tables.h"
#include "linli-hub-silence.h"
#include "linli-inbox-tables.h"
#include "linli-lane-tables.h"
#include "linli-merge-tables.h"
#include "linli-people-tables.h"
#include "linli-plant.h"
#include "linli-routing-tables.h"
#include "linli-row-json.h"
#include "linli-sight.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

/* The lists everybody works with. */
static const LinliTable *const lists[] = {
  &linli_table_centre, &linli_table_unit, &linli_table_channel, &linli_table_reason, &linli_table_duty_item,
  &linli_table_work_calendar, &linli_table_handling_rule, &linli_table_policy, &linli_table_supervision_rule,
  &linli_table_lane, &linli_table_attribute, &linli_table_place, &linli_table_role_right,
};

/* What belongs to a person; without an owner it is everybody's. */
static const struct
{
  const LinliTable *table;
  guint             owner;
  gboolean          shares; /* rows without an owner are in the lists */
} belongings[] = {
  { &linli_table_credential, LINLI_CREDENTIAL_ACCOUNT_ID, FALSE },
  { &linli_table_saved_view, LINLI_SAVED_VIEW_OWNER_ID, FALSE },
  { &linli_table_template, LINLI_TEMPLATE_OWNER_ID, TRUE },
  { &linli_table_macro, LINLI_MACRO_OWNER_ID, TRUE },
};

/* What is the case's, and for whose eyes. */
static const struct
{
  const LinliTable *table;
  const char       *condition;
  int               audience; /* column; -1: none */
} parts[] = {
  { &linli_table_submission, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_dispatch, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_clock, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_entry, "case_id = ?1 ORDER BY id", LINLI_ENTRY_AUDIENCE },
  { &linli_table_attachment, "case_id = ?1 ORDER BY id", LINLI_ATTACHMENT_AUDIENCE },
  { &linli_table_return_note, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_request, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_suspension, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_supervision, "case_id = ?1 ORDER BY id", -1 },
  { &linli_table_merge_record, "source_id = ?1 AND undone_at IS NULL ORDER BY id", -1 },
};

static void
row_free (gpointer data)
{
  LinliHubScopeRow *self = data;

  g_free (self->row_id);
  g_free (self->case_id);
  g_free (self->body);
  g_free (self);
}

/* @unit: outlives it; %LINLI_HUB_SCOPE_ALL for the lists */
LinliHubScope *
linli_hub_scope_new (LinliConn  *conn,
                     const char *unit)
{
  LinliHubScope *self = g_new0 (LinliHubScope, 1);

  self->conn = conn;
  self->unit = unit;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
linli_hub_scope_free (LinliHubScope *self)
{
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->cases);
  g_free (self);
}

static void
add (LinliHubScope *self,
     LinliRow      *row,
     const char    *case_id)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autofree char *key = g_strconcat (table->name, "/", linli_row_get_id (row), NULL);
  LinliHubScopeRow *kept;

  if (g_hash_table_contains (self->by_key, key))
    return;
  kept = g_new0 (LinliHubScopeRow, 1);
  kept->table = table;
  kept->row_id = g_strdup (linli_row_get_id (row));
  kept->case_id = g_strdup (case_id);
  kept->body = linli_row_to_json (row);
  g_ptr_array_add (self->rows, kept);
  g_hash_table_insert (self->by_key, g_steal_pointer (&key), kept);
}

/**
 * linli_hub_scope_list:
 * @sql: whose first column is a text
 *
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *
linli_hub_scope_list (LinliConn  *conn,
                      GError    **error,
                      const char *sql,
                      const char *types,
                      ...)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;
  va_list args;

  va_start (args, types);
  stmt = linli_conn_query_valist (conn, error, sql, types, args);
  va_end (args);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (texts, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&texts);
}

/* Whether a row of @table is everybody's, if it has no owner. */
gboolean
linli_hub_scope_is_list (const LinliTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i] == table)
      return TRUE;
  return FALSE;
}

/**
 * linli_hub_scope_owner:
 * @shares: (out) (optional): whether rows without an owner are everybody's
 *
 * Returns: the column that says whose a row of @table is; -1 when it is nobody's
 */
int
linli_hub_scope_owner (const LinliTable *table,
                       gboolean         *shares)
{
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    if (belongings[i].table == table)
      {
        if (shares != NULL)
          *shares = belongings[i].shares;
        return (int) belongings[i].owner;
      }
  return -1;
}

/* --- Whose it is --- */

/* Whether a part of the case @c is the unit's. Asked by way of the case: a unit has
 * thousands of parts, and an engine that may choose goes through all of them. */
#define HAS_PART(c, which) "?1 IN (SELECT unit_id FROM dispatch WHERE case_id = " c ".id" which ")"

/* Whether it sees the case at all: what is confidential only while it has a part of it in hand. */
#define SEEN(c) "(" c ".confidential = 0 OR " HAS_PART (c, " AND " LINLI_SIGHT_IN_HAND) ")"

/**
 * linli_hub_scope_has_case:
 * @has: (out): whether @unit has the case: it was dispatched there, or a case it
 *   was merged into was, whose readers read its words. What is confidential only
 *   while the unit has a part of it in hand, as linli_sight_set() has it.
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_scope_has_case (LinliConn  *conn,
                          const char *unit,
                          const char *case_id,
                          gboolean   *has,
                          GError    **error)
{
  gint64 n = 0;

  *has = FALSE;
  if (!linli_conn_get_int (conn, &n, error,
                           LINLI_PLANTED (SCOPE_CONFIDENTIAL)
                             ? "SELECT count(*) FROM dispatch WHERE case_id = ?2 AND unit_id = ?1"
                             : "WITH RECURSIVE up (at) AS (SELECT id FROM cases WHERE id = ?2 UNION SELECT merged_into_id "
                               "FROM up JOIN cases ON cases.id = up.at WHERE merged_into_id IS NOT NULL) "
                               "SELECT count(*) FROM up JOIN cases a ON a.id = up.at JOIN cases c ON c.id = ?2 WHERE "
                               HAS_PART ("a", "") " AND " SEEN ("a") " AND " SEEN ("c"), "ss", unit, case_id))
    return FALSE;
  *has = n > 0;
  return TRUE;
}

/* @has: (out): whether the person sits at the unit, see linli_unit_scope_of_account() */
gboolean
linli_hub_scope_has_actor (LinliConn  *conn,
                           const char *unit,
                           const char *account,
                           gboolean   *has,
                           GError    **error)
{
  g_autofree char *of = NULL;

  *has = FALSE;
  if (!linli_unit_scope_load (conn, account, &of, error))
    return FALSE;
  *has = g_strcmp0 (of, unit) == 0;
  return TRUE;
}

/* linli_hub_scope_has_case(), asked once for each case. */
static gboolean
has_case (LinliHubScope *self,
          const char    *id,
          gboolean      *has,
          GError       **error)
{
  gpointer known = NULL;

  if (g_hash_table_lookup_extended (self->cases, id, NULL, &known))
    {
      *has = GPOINTER_TO_INT (known);
      return TRUE;
    }
  if (!linli_hub_scope_has_case (self->conn, self->unit, id, has, error))
    return FALSE;
  g_hash_table_insert (self->cases, g_strdup (id), GINT_TO_POINTER (*has));
  return TRUE;
}

/* @has: (out): whether the unit has the row of @table that @id names, in a case it has */
static gboolean
has_row (LinliHubScope *self,
         const char    *table,
         const char    *id,
         gboolean      *has,
         GError       **error)
{
  const char *sql = g_str_equal (table, "submission") ? "SELECT case_id FROM submission WHERE id = ?1"
                    : g_str_equal (table, "dispatch") ? "SELECT case_id FROM dispatch WHERE id = ?1"
                                                      : "SELECT case_id FROM entry WHERE id = ?1 AND audience <> 'internal'";
  g_autofree char *of = NULL;

  *has = FALSE;
  return linli_conn_get_text (self->conn, &of, error, sql, "s", id) &&
         (of == NULL || has_case (self, of, has, error));
}

/* What a column names and the unit has not, it is not told of. */
static gboolean
has_reference (LinliHubScope     *self,
               const LinliColumn *column,
               const char        *id,
               gboolean          *has,
               GError           **error)
{
  const char *to = column->references;

  *has = TRUE;
  if (g_str_equal (to, "cases"))
    return has_case (self, id, has, error);
  if (g_str_equal (to, "account"))
    return linli_hub_scope_has_actor (self->conn, self->unit, id, has, error);
  if (g_str_equal (to, "submission") || g_str_equal (to, "dispatch") || g_str_equal (to, "entry"))
    return has_row (self, to, id, has, error);
  *has = !g_str_equal (to, "import");
  return TRUE;
}

/* @fits: (out): %FALSE when the row says nothing without what it names */
static gboolean
narrow (LinliHubScope *self,
        LinliRow      *row,
        gboolean      *fits,
        GError       **error)
{
  const LinliColumn *columns = linli_row_get_table (row)->columns;

  *fits = TRUE;
  for (guint i = 0; columns[i].name != NULL && *fits; i++)
    {
      gboolean has = TRUE;

      if (columns[i].references == NULL || linli_row_is_null (row, i))
        continue;
      if (!has_reference (self, &columns[i], linli_row_get_text (row, i), &has, error))
        return FALSE;
      if (!has && columns[i].flags & LINLI_COLUMN_REQUIRED)
        *fits = FALSE;
      else if (!has)
        linli_row_set_null (row, i);
    }
  return TRUE;
}

/* --- Cases --- */

/* What only the centre needs to know of a case.
 *
 * @words: (inout): see linli_hub_silence_load() */
static gboolean
add_head (LinliHubScope *self,
          LinliRow      *found,
          GString       *words,
          GError       **error)
{
  g_autoptr(LinliRow) row = linli_row_copy (found);
  const char *appellant = linli_row_get_text (row, LINLI_CASE_APPELLANT_ID);
  gboolean silent = linli_row_get_int (row, LINLI_CASE_CONFIDENTIAL) != 0;
  gboolean fits = TRUE;

  if ((!silent && appellant != NULL && !linli_hub_silence_has (self->conn, appellant, &silent, error)) ||
      !linli_hub_silence_load (self->conn, row, silent, words, error))
    return FALSE;
  if (silent)
    linli_hub_silence_names (row);
  linli_row_set_null (row, LINLI_CASE_ROUTE);
  linli_row_set_null (row, LINLI_CASE_SOURCE_KEY);
  linli_hub_silence_words (row, words->str);
  if (!narrow (self, row, &fits, error))
    return FALSE;
  add (self, row, linli_row_get_id (row));
  return TRUE;
}

static gboolean
add_parts (LinliHubScope *self,
           const char    *case_id,
           const char    *words,
           guint          n,
           GError       **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (self->conn, parts[n].table, error, parts[n].condition, "s", case_id);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (rows->pdata[i]);
      gboolean fits = TRUE;

      if (parts[n].audience >= 0 && !LINLI_PLANTED (SCOPE_INTERNAL) &&
          !linli_unit_scope_reads (linli_row_get_text (row, (guint) parts[n].audience)))
        continue;
      if (parts[n].table == &linli_table_submission)
        linli_row_set_null (row, LINLI_SUBMISSION_SOURCE_KEY);
      linli_hub_silence_words (row, words);
      if (!narrow (self, row, &fits, error))
        return FALSE;
      if (fits)
        add (self, row, case_id);
    }
  return rows != NULL;
}

/* Adds what the unit has of the case; nothing when it has not got it. */
gboolean
linli_hub_scope_add_case (LinliHubScope *self,
                          const char    *case_id,
                          GError       **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  gboolean has = FALSE;

  if (!has_case (self, case_id, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  rows = linli_conn_select (self->conn, &linli_table_case, error, "id = ?1", "s", case_id);
  if (rows == NULL || (rows->len > 0 && !add_head (self, rows->pdata[0], words, error)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!add_parts (self, case_id, words->str, i, error))
      return FALSE;
  return TRUE;
}

/* Adds the resident, if one of the unit's cases is about that person. */
gboolean
linli_hub_scope_add_appellant (LinliHubScope *self,
                               const char    *id,
                               GError       **error)
{
  g_autoptr(GPtrArray) cases = linli_hub_scope_list (self->conn, error, "SELECT id FROM cases WHERE appellant_id = ?1 "
                                                     "UNION SELECT case_id FROM submission WHERE appellant_id = ?1", "s", id);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(LinliRow) row = NULL;
  gboolean has = FALSE;
  gboolean silent = FALSE;

  for (guint i = 0; cases != NULL && i < cases->len && !has; i++)
    if (!has_case (self, cases->pdata[i], &has, error))
      return FALSE;
  if (cases == NULL || !has)
    return cases != NULL;
  rows = linli_conn_select (self->conn, &linli_table_appellant, error, "id = ?1", "s", id);
  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  if (!linli_hub_silence_has (self->conn, id, &silent, error))
    return FALSE;
  row = linli_row_copy (rows->pdata[0]);
  if (silent)
    {
      linli_hub_silence_names (row);
      linli_row_set_null (row, LINLI_APPELLANT_NOTE);
    }
  add (self, row, NULL);
  return TRUE;
}

/* --- People and lists --- */

static gboolean
add_selected (LinliHubScope    *self,
              const LinliTable *table,
              const char       *condition,
              const char       *value,
              GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (self->conn, table, error, condition, "s", value);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    add (self, rows->pdata[i], NULL);
  return rows != NULL;
}

/* Adds the person, if that is one of the unit's, and what belongs to it. */
gboolean
linli_hub_scope_add_account (LinliHubScope *self,
                             const char    *id,
                             GError       **error)
{
  gboolean has = FALSE;

  if (!linli_hub_scope_has_actor (self->conn, self->unit, id, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  if (!add_selected (self, &linli_table_account, "id = ?1", id, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      g_autofree char *condition = g_strconcat (belongings[i].table->columns[belongings[i].owner].name,
                                                " = ?1 ORDER BY id", NULL);

      if (!add_selected (self, belongings[i].table, condition, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
linli_hub_scope_add_lists (LinliHubScope *self,
                           GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!add_selected (self, lists[i], "?1 = ?1 ORDER BY id", "", error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      g_autofree char *condition = g_strconcat (belongings[i].table->columns[belongings[i].owner].name,
                                                " IS NULL AND ?1 = ?1 ORDER BY id", NULL);

      if (belongings[i].shares && !add_selected (self, belongings[i].table, condition, "", error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_hub_scope_add_all:
 *
 * Adds everything that the unit has, looking at the tables alone: what
 * linli_hub_scope_follow() keeps as it goes must come to the same.
 */
gboolean
linli_hub_scope_add_all (LinliHubScope *self,
                         GError       **error)
{
  static const struct
  {
    const char *sql;
    gboolean  (*add) (LinliHubScope *self, const char *id, GError **error);
  } kinds[] = {
    { "SELECT id FROM account ORDER BY id", linli_hub_scope_add_account },
    { "SELECT id FROM cases ORDER BY id", linli_hub_scope_add_case },
    { "SELECT id FROM appellant ORDER BY id", linli_hub_scope_add_appellant },
  };

  if (!linli_hub_scope_add_lists (self, error))
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr(GPtrArray) ids = linli_hub_scope_list (self->conn, error, kinds[k].sql, "");

      for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!kinds[k].add (self, ids->pdata[i], error))
          return FALSE;
      if (ids == NULL)
        return FALSE;
    }
  return TRUE;
}
