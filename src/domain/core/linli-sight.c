/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Temporary views with the tables' own names, which the engine finds before
 * the tables. For people who may see everything there are none, and nothing
 * costs anything; for others a statement is planned as if it had spelled out
 * the condition itself. Hubs keep no persons' connections, so this is for the
 * desk's engine alone. */

#include "config.h"

#include "linli-sight.h"

#include <string.h>

#include "linli-account-tables.h"
#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-inbox-tables.h"
#include "linli-known.h"
#include "linli-lane-tables.h"
#include "linli-mask.h"
#include "linli-people-tables.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-sqlite.h"
#include "linli-sync-tables.h"
#include "linli-watch.h"

#define DATA_KEY "linli-sight"

#define HIDDEN_IDS "(SELECT id FROM temp.sight_hidden)"
#define HIDDEN_PKS "(SELECT pk FROM temp.sight_hidden)"

/* Who looks. */
typedef struct
{
  const char *actor; /* "" for nobody */
  char       *unit;  /* (nullable) */
  gboolean    masks; /* may not see who residents are */
  gboolean    hides; /* may not see confidential cases */
} Eye;

/* What is in force, kept with the connection. */
typedef struct
{
  char    *eye;   /* (nullable) whose it is, once all of it stands */
  GString *drops; /* statements that lift it, or what there is of it */
  gboolean hides;
} Sight;

static void
sight_free (gpointer data)
{
  Sight *self = data;

  g_free (self->eye);
  g_string_free (self->drops, TRUE);
  g_free (self);
}

/* Columns whose words are neither a name nor found by their name. */
static const char *
kind_of (const LinliTable  *table,
         const LinliColumn *column)
{
  if (g_str_equal (column->name, "phone") || g_str_equal (column->name, "address"))
    return column->name;
  if (table == &linli_table_deliberation || table == &linli_table_mutual_aid)
    return "names";
  return g_str_has_suffix (column->name, "name") ? "name" : "blank";
}

/* Whether the rows of @table belong to one case, by a column that is never empty. */
static const char *
case_column (const LinliTable *table)
{
  for (const LinliColumn *column = table->columns; column->name != NULL; column++)
    if (column->flags & LINLI_COLUMN_REQUIRED && g_strcmp0 (column->references, "cases") == 0)
      return column->name;
  return NULL;
}

/* Of whom not even the surname may be known (保密), who may have asked for it
 * in another case. */
static const char *
silence (const LinliTable *table)
{
  if (table == &linli_table_case)
    return "confidential <> 0 OR EXISTS (SELECT 1 FROM main.appellant a WHERE a.id = appellant_id AND a.confidential <> 0) "
           "OR appellant_id IN " LINLI_KNOWN_WHO_ASKED ("main.");
  if (table == &linli_table_appellant)
    return "confidential <> 0 OR id IN " LINLI_KNOWN_WHO_ASKED ("main.");
  return NULL;
}

static void
append_personal (GString           *sql,
                 const Eye         *eye,
                 const LinliTable  *table,
                 const LinliColumn *column)
{
  g_autofree char *shown = eye->masks ? g_strdup_printf ("linli_mask ('%s', %s)", kind_of (table, column), column->name)
                                      : g_strdup (column->name);

  if (eye->hides && silence (table) != NULL)
    g_string_append_printf (sql, ", CASE WHEN %s IS NOT NULL AND (%s) THEN '" LINLI_MASK_WHOLE "' ELSE %s END AS %s",
                            column->name, silence (table), shown, column->name);
  else
    g_string_append_printf (sql, ", %s AS %s", shown, column->name);
}

/* The trail and what waits for the hub hold rows and arguments whole: nobody
 * but the author reads them then, and the rows nobody. */
static const struct
{
  const LinliTable *table;
  guint             column;
  const char       *shown; /* of which %s is the person */
} guarded[] = {
  { &linli_table_audit, LINLI_AUDIT_BODY, "CASE WHEN actor = '%s' THEN body ELSE '{}' END" },
  { &linli_table_audit, LINLI_AUDIT_CHANGES, "'[]'" },
  { &linli_table_audit, LINLI_AUDIT_RESULT, "CASE WHEN actor = '%s' THEN result ELSE '{}' END" },
  { &linli_table_bulk, LINLI_BULK_ARGS, "CASE WHEN actor = '%s' THEN args ELSE '{}' END" },
  { &linli_table_bulk, LINLI_BULK_QUERY, "CASE WHEN actor = '%s' THEN query END" },
  { &linli_table_parked, LINLI_PARKED_MINE, "CASE WHEN EXISTS (SELECT 1 FROM main.audit a WHERE a.id = parked.id "
    "AND a.actor = '%s') THEN mine ELSE '{}' END" },
  { &linli_table_parked, LINLI_PARKED_THEIRS, "NULL" },
  { &linli_table_shadow, LINLI_SHADOW_BODY, "NULL" },
};

static const char *
guard_of (const LinliTable *table,
          guint             column)
{
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if (guarded[i].table == table && guarded[i].column == column)
      return guarded[i].shown;
  return NULL;
}

/* Tables without a word of or about a resident. */
static gboolean
is_plain (const LinliTable *table)
{
  gboolean plain = table != &linli_table_draft && case_column (table) == NULL;

  for (guint i = 0; plain && table->columns[i].name != NULL; i++)
    plain = !(table->columns[i].flags & LINLI_COLUMN_PERSONAL) && guard_of (table, i) == NULL;
  return plain || table == &linli_table_account;
}

#define SILENT LINLI_KNOWN_SILENT ("main.")

/* An expression: who the case that @id names is known to be about, as
 * linli_mask_known() takes it. Who sees the others is left those who asked for silence. */
static char *
known_of (const Eye  *eye,
          const char *id)
{
  const char *mark = eye->hides ? "CASE WHEN " SILENT " THEN '!' ELSE '' END || " : "";

  return g_strdup_printf ("coalesce ((SELECT group_concat (%scoalesce (a.name, '') || char (10) || %scoalesce (a.phone, '') || "
                          "char (10) || %scoalesce (k.appellant_name, ''), char (10)) FROM main.cases k "
                          "LEFT JOIN main.submission s ON s.case_id IN " LINLI_KNOWN_KIN " LEFT JOIN main.appellant a "
                          "ON a.id = s.appellant_id WHERE k.id = %s%s), '')", mark, mark, mark, id,
                          eye->masks ? "" : " AND " SILENT);
}

/* Words of people, with the names of those they are about left out. */
static void
append_prose (GString           *sql,
              const Eye         *eye,
              const LinliTable  *table,
              const LinliColumn *column)
{
  const char *belongs = table == &linli_table_case ? "id" : case_column (table);
  g_autofree char *id = belongs != NULL ? g_strdup_printf ("%s.%s", table->name, belongs) : NULL;
  g_autofree char *known = id != NULL ? known_of (eye, id)
                                      : g_strdup ("coalesce (name || char (10) || coalesce (phone, ''), '')");
  g_autofree char *left = g_strdup_printf ("linli_known (%s, %s.%s)", known, table->name, column->name);

  g_string_append_printf (sql, eye->masks ? ", CASE WHEN %s.%s IS NOT NULL THEN linli_mask ('prose', %s) END AS %s"
                                          : ", CASE WHEN %s.%s IS NOT NULL THEN %s END AS %s", table->name, column->name, left,
                          column->name);
}

static void
append_columns (GString          *sql,
                const Eye        *eye,
                const LinliTable *table)
{
  gboolean of_cases = table == &linli_table_case || table == &linli_table_appellant || case_column (table) != NULL;

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      const LinliColumn *column = &table->columns[i];
      const char *guard = guard_of (table, i);

      if (guard != NULL)
        {
          g_autoptr(GString) shown = g_string_new (guard);

          g_string_replace (shown, "%s", eye->actor, 0);
          g_string_append_printf (sql, ", %s AS %s", shown->str, column->name);
        }
      else if (column->flags & LINLI_COLUMN_PERSONAL)
        append_personal (sql, eye, table, column);
      else if (of_cases && linli_known_is_prose (column))
        append_prose (sql, eye, table, column);
      else
        g_string_append_printf (sql, ", %s", column->name);
    }
}

static void
append_rows (GString          *sql,
             const Eye        *eye,
             const LinliTable *table)
{
  if (table == &linli_table_draft)
    g_string_append_printf (sql, " WHERE actor = '%s'", eye->actor);
  if (!eye->hides)
    return;
  if (table == &linli_table_case)
    g_string_append (sql, " WHERE confidential = 0 OR id NOT IN " HIDDEN_IDS);
  else if (table == &linli_table_parked)
    g_string_append (sql, " WHERE coalesce (subject_id, '') NOT IN " HIDDEN_IDS);
  for (const LinliColumn *column = table->columns; column->name != NULL; column++)
    if (column->flags & LINLI_COLUMN_REQUIRED && g_strcmp0 (column->references, "cases") == 0)
      g_string_append_printf (sql, " %s %s NOT IN " HIDDEN_IDS,
                              g_str_equal (column->name, case_column (table)) ? "WHERE" : "AND", column->name);
}

static gboolean
add_view (LinliConn  *conn,
          Sight      *sight,
          const char *name,
          const char *select,
          GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TEMP VIEW %s AS %s", name, select);

  g_string_append_printf (sight->drops, "DROP VIEW IF EXISTS temp.%s;", name);
  return linli_conn_exec (conn, sql, error);
}

/* The confidential cases that are not for this eye: few, and out of an index
 * of their own. A unit sees what it has in hand. */
static gboolean
add_hidden (LinliConn *conn,
            const Eye *eye,
            Sight     *sight,
            GError   **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT pk, id, state FROM main.cases WHERE confidential <> 0");

  if (eye->unit != NULL)
    g_string_append_printf (sql, " AND id NOT IN (SELECT case_id FROM main.dispatch WHERE unit_id = '%s' "
                            "AND " LINLI_SIGHT_IN_HAND ")", eye->unit);
  return add_view (conn, sight, "sight_hidden", sql->str, error);
}

/* What is counted beside the tables. */
static gboolean
add_derived (LinliConn *conn,
             const Eye *eye,
             Sight     *sight,
             GError   **error)
{
  if (!eye->hides)
    return TRUE;
  return add_view (conn, sight, "case_measure", "SELECT * FROM main.case_measure WHERE pk NOT IN " HIDDEN_PKS, error) &&
         add_view (conn, sight, "case_tally", "SELECT state, n - (SELECT count(*) FROM temp.sight_hidden h "
                   "WHERE h.state = t.state) AS n FROM main.case_tally t", error);
}

static gboolean
add_views (LinliConn *conn,
           const Eye *eye,
           Sight     *sight,
           GError   **error)
{
  const LinliTable *const *tables = linli_store_schema ()->tables;

  if (!linli_sqlite_add_function (conn, "linli_mask", linli_mask_text, error) ||
      !linli_sqlite_add_function (conn, "linli_known", linli_mask_known, error) ||
      (eye->hides && !add_hidden (conn, eye, sight, error)))
    return FALSE;
  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autoptr(GString) sql = NULL;

      if (is_plain (tables[i]))
        continue;
      sql = g_string_new ("SELECT pk");
      append_columns (sql, eye, tables[i]);
      g_string_append_printf (sql, " FROM main.%s", tables[i]->name);
      append_rows (sql, eye, tables[i]);
      if (!add_view (conn, sight, tables[i]->name, sql->str, error))
        return FALSE;
    }
  return add_derived (conn, eye, sight, error);
}

/**
 * linli_sight_lift:
 * @error: %LINLI_STORE_ERROR
 *
 * The store as it is: for backups, checks, synchronisation and learning, which
 * show nobody anything.
 */
gboolean
linli_sight_lift (LinliConn *conn,
                  GError   **error)
{
  Sight *sight = linli_conn_get_data (conn, DATA_KEY);

  if (sight == NULL || sight->drops->len == 0)
    return TRUE;
  linli_tx_doubt (conn);
  g_clear_pointer (&sight->eye, g_free); /* half of it is nobody's */
  if (!linli_conn_exec (conn, sight->drops->str, error))
    return FALSE;
  g_string_truncate (sight->drops, 0);
  sight->hides = FALSE;
  return TRUE;
}

static Sight *
sight_of (LinliConn *conn)
{
  Sight *sight = linli_conn_get_data (conn, DATA_KEY);

  if (sight == NULL)
    {
      sight = g_new0 (Sight, 1);
      sight->drops = g_string_new (NULL);
      linli_conn_set_data (conn, DATA_KEY, sight, sight_free);
    }
  return sight;
}

/* Returns: (transfer full) (nullable): the unit of an account; only what can
 * stand between quotes */
static gboolean
load_unit (LinliConn  *conn,
           const char *actor,
           char      **unit,
           GError    **error)
{
  if (!linli_conn_get_text (conn, unit, error, "SELECT unit_id FROM account WHERE id = ?1", "s", actor))
    return FALSE;
  if (*unit != NULL && strchr (*unit, '\'') != NULL)
    g_clear_pointer (unit, g_free);
  return TRUE;
}

/* @granted: seen beside what the roles have the right to */
static gboolean
set_eye (LinliConn  *conn,
         const char *actor,
         LinliRight  granted,
         GError    **error)
{
  g_autofree char *unit = NULL;
  g_autofree char *key = NULL;
  LinliRight rights = 0;
  Sight *sight;
  Eye eye;

  if (actor == NULL || strchr (actor, '\'') != NULL)
    actor = "";
  if (!linli_rights_of_person (conn, actor, &rights, error) || !load_unit (conn, actor, &unit, error))
    return FALSE;
  rights |= granted;
  eye = (Eye) { actor, unit, (rights & LINLI_RIGHT_IDENTITY) == 0, (rights & LINLI_RIGHT_CONFIDENTIAL) == 0 };
  if (!eye.masks && !eye.hides)
    return linli_sight_lift (conn, error);

  key = g_strdup_printf ("%d %d %s %s", eye.masks, eye.hides, actor, unit != NULL ? unit : "");
  sight = sight_of (conn);
  if (g_strcmp0 (sight->eye, key) == 0)
    return TRUE;
  if (!linli_sight_lift (conn, error))
    return FALSE;
  linli_tx_doubt (conn);
  if (!add_views (conn, &eye, sight, error))
    return FALSE;
  sight->eye = g_steal_pointer (&key);
  sight->hides = eye.hides;
  return TRUE;
}

/**
 * linli_sight_set:
 * @conn: a connection that only reads, outside of a transaction
 * @actor: (nullable): account id; nobody, where people sign in, sees least
 * @error: %LINLI_STORE_ERROR; then nothing may be shown
 *
 * From now on @conn shows what this person may see. Cheap where nothing has
 * changed since it was last called, so call it before every job.
 */
gboolean
linli_sight_set (LinliConn  *conn,
                 const char *actor,
                 GError    **error)
{
  return set_eye (conn, actor, 0, error);
}

/* The same with names and numbers whole; see linli_identity_open(), which says
 * when. What is confidential stays so. */
gboolean
linli_sight_set_named (LinliConn  *conn,
                       const char *actor,
                       GError    **error)
{
  return set_eye (conn, actor, LINLI_RIGHT_IDENTITY, error);
}

/* Whether some cases are not shown to whoever looks through @conn; they are
 * then in the view sight_hidden (pk, id, state). */
gboolean
linli_sight_hides (LinliConn *conn)
{
  Sight *sight = linli_conn_get_data (conn, DATA_KEY);

  return sight != NULL && sight->hides;
}
