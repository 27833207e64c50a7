/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-figures.h"

#include <glib/gi18n.h>

#include "linli-centre-zone.h"
#include "linli-figure-choice.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-text.h"

#define STALE       (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define MOST_CASES  1000

/* --- Measures --- */

/* The tables are made anew each time: a server of PostgreSQL never tidies up
 * what is deleted from temporary ones. When they were filled is written beside
 * them, because they go with a connection that is lost. */
#define STATE_SQL(place) \
  "CREATE TABLE IF NOT EXISTS " place ".hub_measured (pk BIGINT PRIMARY KEY, at BIGINT NOT NULL, rev BIGINT NOT NULL)"
#define TABLES_SQL(place, number, keyed) \
  "DELETE FROM " place ".hub_measured; DROP TABLE IF EXISTS " place ".case_word; " \
  "DROP TABLE IF EXISTS " place ".case_measure;\n" \
  LINLI_CASE_MEASURE_TABLES ("CREATE TABLE " place ".", number, "", keyed)

static const struct
{
  const char *engine;
  const char *state_sql;
  const char *tables_sql;
} dialects[] = {
  { "sqlite", STATE_SQL ("temp"), TABLES_SQL ("temp", "INTEGER", " WITHOUT ROWID") },
  { "postgresql", STATE_SQL ("pg_temp"), TABLES_SQL ("pg_temp", "BIGINT", "") },
};

static gboolean
measure_anew (LinliConn  *conn,
              const char *tables_sql,
              gint64      now,
              gint64      rev,
              GError    **error)
{
  return linli_conn_exec (conn, tables_sql, error) && linli_case_measure_rebuild (conn, error) &&
         linli_conn_run (conn, error, "INSERT INTO hub_measured (pk, at, rev) VALUES (1, ?1, ?2)", "ii", now, rev);
}

/* All cases are measured anew when something changed, but no more than once a
 * minute, however often a district asks. */
static gboolean
measure_if_stale (LinliConn *conn,
                  gint64     now,
                  GError   **error)
{
  guint dialect = g_str_equal (linli_conn_get_engine (conn), dialects[0].engine) ? 0 : 1;
  gint64 at = 0;
  gint64 of = 0;
  gint64 rev = 0;

  if (!linli_conn_exec (conn, dialects[dialect].state_sql, error) ||
      !linli_conn_get_int (conn, &rev, error, "SELECT rev FROM hub_clock", "") ||
      !linli_conn_get_int (conn, &at, error, "SELECT at FROM hub_measured", "") ||
      !linli_conn_get_int (conn, &of, error, "SELECT rev FROM hub_measured", ""))
    return FALSE;
  return (at != 0 && (of == rev || (now - at < STALE && now >= at))) ||
         measure_anew (conn, dialects[dialect].tables_sql, now, rev, error);
}

static gboolean
measure (LinliConn *conn,
         gint64     now,
         GError   **error)
{
  if (!linli_conn_begin_scratch (conn, error))
    return FALSE;
  if (measure_if_stale (conn, now, error) && linli_conn_commit (conn, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

/* --- Figures --- */

static void
copy (JsonObject *from,
      JsonObject *to,
      const char *member)
{
  if (json_object_has_member (from, member))
    json_object_set_member (to, member, json_node_copy (json_object_get_member (from, member)));
}

/* Returns: (transfer full): what is counted under the heads of a grouping,
 * without the search lines of a desk */
static JsonArray *
make_rows (JsonObject *answer,
           const char *grouping)
{
  static const char *const sets[] = { "name", "cases", "accepted", "finished", "unfinished", "judged", "in-time", "overdue" };
  JsonObject *groups = linli_json_get_object (answer, "groups");
  JsonArray *from = groups != NULL ? linli_json_get_array (groups, grouping) : NULL;
  JsonArray *rows = json_array_new ();

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    {
      JsonObject *row = json_object_new ();

      for (guint n = 0; n < G_N_ELEMENTS (sets); n++)
        copy (json_array_get_object_element (from, i), row, sets[n]);
      json_array_add_object_element (rows, row);
    }
  return rows;
}

/**
 * linli_hub_figures:
 * @args: of the query case.figures
 * @now: hub's time, for what is overdue
 * @error: %LINLI_DOMAIN_ERROR for a period that is none
 *
 * Returns: (transfer full): sets and times of the period and of the one it is
 *   compared with, and the classes, units and communities
 */
JsonObject *
linli_hub_figures (LinliConn  *conn,
                   JsonObject *args,
                   gint64      now,
                   GError    **error)
{
  static const struct { const char *member; const char *id; } groupings[] = {
    { "classes", "class" }, { "units", "unit" }, { "communities", "community" },
  };
  static const char *const members[] = { "basis", "from", "to", "before_from", "before_to", "counts", "before" };
  const LinliQuery *query = linli_registry_find_query ("case.figures");
  const LinliQueryContext context = { .now = now };
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (!linli_args_check (query->args, args, error) || !measure (conn, now, error))
    return NULL;
  node = query->run (conn, &context, args, error);
  if (node == NULL)
    return NULL;
  object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    copy (json_node_get_object (node), object, members[i]);
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    json_object_set_array_member (object, groupings[i].member, make_rows (json_node_get_object (node), groupings[i].id));

  return object;
}

/* --- The cases behind a number --- */

typedef struct
{
  gint64 received_at;
  gint64 pk;
} Found;

static void
take_case (gint64                  pk,
           const LinliCaseMeasure *measured,
           guint64                 sets,
           const guint            *words,
           gpointer                data)
{
  const Found found = { measured->received_at, pk };

  g_array_append_val ((GArray *) data, found);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *left = a;
  const Found *right = b;

  if (left->received_at != right->received_at)
    return left->received_at < right->received_at ? -1 : 1;
  return (left->pk > right->pk) - (left->pk < right->pk);
}

/* No title: it is made from the resident's words. */
static gboolean
add_case (LinliConn *conn,
          gint64     pk,
          JsonArray *rows,
          GError   **error)
{
  static const char *const names[] = { "case_no", "state", "class", "unit", "community", "received_at", "due_at", "closed_at" };
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT case_no, state, item_name, lead_unit_name, community, received_at, "
                                                "due_at, closed_at FROM cases WHERE pk = ?1", "i", pk);
  JsonObject *row;
  gboolean found = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  if (!found) /* since it was measured */
    return TRUE;
  row = json_object_new ();
  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    if (linli_stmt_is_null (stmt, i))
      json_object_set_null_member (row, names[i]);
    else if (linli_stmt_is_int (stmt, i))
      {
        g_autofree char *time = linli_time_to_text (linli_stmt_get_int (stmt, i));

        json_object_set_string_member (row, names[i], time);
      }
    else
      json_object_set_string_member (row, names[i], linli_stmt_get_text (stmt, i));
  json_array_add_object_element (rows, row);

  return TRUE;
}

static gboolean
read_span (LinliConn     *conn,
           JsonObject    *args,
           LinliTimeSpan *span,
           GError       **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);

  if (zone == NULL)
    return FALSE;
  *span = (LinliTimeSpan) { linli_centre_zone_midnight (zone, linli_json_get_text (args, "from"), 0),
                            linli_centre_zone_midnight (zone, linli_json_get_text (args, "to"), 1) };
  return TRUE;
}

static const LinliArgSpec cases_args[] = {
  { "from", LINLI_ARG_DATE, TRUE },
  { "to", LINLI_ARG_DATE, TRUE },
  { "basis", LINLI_ARG_TEXT, FALSE, 20 },
  { "set", LINLI_ARG_TEXT, FALSE, 40, .doc = "which of the counted; cases when absent" },
  { "class", LINLI_ARG_TEXT, FALSE, 120 },
  { NULL }
};

/**
 * linli_hub_figures_cases:
 * @args: from, to, basis as for the figures; set, class
 * @error: %LINLI_DOMAIN_ERROR
 *
 * Returns: (transfer full): at most a thousand, the oldest first, with nothing about anybody
 */
JsonArray *
linli_hub_figures_cases (LinliConn  *conn,
                         JsonObject *args,
                         gint64      now,
                         GError    **error)
{
  const char *set_name = linli_json_get_text (args, "set");
  const char *class = linli_json_get_text (args, "class");
  g_autoptr(LinliFigureChoice) choice = linli_figure_choice_new ();
  g_autofree char *folded = class != NULL ? linli_text_fold (class, -1) : NULL;
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr(JsonArray) rows = json_array_new ();
  LinliFigureBasis basis = LINLI_BASIS_RECEIVED;
  LinliFigureSet set = LINLI_SET_CASES;
  LinliTimeSpan span;

  if (!linli_args_check (cases_args, args, error))
    return NULL;
  if ((set_name != NULL && !linli_figure_set_find (set_name, &set)) ||
      (linli_json_get_text (args, "basis") != NULL && !linli_figure_basis_from_id (linli_json_get_text (args, "basis"), &basis)))
    {
      linli_refuse_invalid (error, set_name != NULL ? "set" : "basis", N_("There is no such argument."));
      return NULL;
    }
  if (!measure (conn, now, error) || !read_span (conn, args, &span, error))
    return NULL;
  choice->wanted = LINLI_SET_BIT (set);
  linli_figure_choice_add_span (choice, basis, &span);
  if (folded != NULL)
    {
      char *names[] = { folded, NULL };

      if (!linli_figure_choice_add_names (choice, conn, LINLI_HEAD_ITEM, LINLI_NAMES_CLASS, names, FALSE, error))
        return NULL;
    }
  if (!linli_figure_choice_scan (choice, conn, now, FALSE, take_case, found, error))
    return NULL;
  g_array_sort (found, compare_found);
  for (guint i = 0; i < MIN (found->len, MOST_CASES); i++)
    if (!add_case (conn, g_array_index (found, Found, i).pk, rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}
