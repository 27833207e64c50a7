/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-figures.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-centre-zone.h"
#include "linli-figure-choice.h"
#include "linli-json.h"
#include "linli-registry.h"

#define MEASURED_AT "linli-hub-measured"
#define MEASURED_REV "linli-hub-measured-rev"
#define STALE       (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define MOST_CASES  1000

/* --- Measures --- */

static gboolean
make_tables (LinliConn *conn,
             GError   **error)
{
  g_auto(GStrv) parts = g_strsplit (LINLI_CASE_MEASURE_SQL, "CREATE TABLE ", -1);
  g_autofree char *sql = g_strjoinv ("CREATE TEMP TABLE ", parts);

  return linli_conn_exec (conn, sql, error);
}

static gboolean
rebuild (LinliConn *conn,
         GError   **error)
{
  if (!linli_conn_begin_read (conn, error))
    return FALSE;
  if (linli_case_measure_rebuild (conn, error) && linli_conn_commit (conn, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

static void
remember (LinliConn  *conn,
          const char *key,
          gint64      value)
{
  gint64 *kept = g_new (gint64, 1);

  *kept = value;
  linli_conn_set_data (conn, key, kept, g_free);
}

/* All cases are measured anew when something changed, but no more than once a
 * minute, however often a district asks. */
static gboolean
measure (LinliConn *conn,
         gint64     now,
         GError   **error)
{
  gint64 *at = linli_conn_get_data (conn, MEASURED_AT);
  gint64 *of = linli_conn_get_data (conn, MEASURED_REV);
  gint64 rev = 0;

  if (!linli_conn_get_int (conn, &rev, error, "SELECT rev FROM hub_clock", ""))
    return FALSE;
  if (at != NULL && (*of == rev || (now - *at < STALE && now >= *at)))
    return TRUE;
  if ((at == NULL && !make_tables (conn, error)))
    return FALSE;
  remember (conn, MEASURED_AT, 0);
  remember (conn, MEASURED_REV, -1);
  if (!rebuild (conn, error))
    return FALSE;
  remember (conn, MEASURED_AT, now);
  remember (conn, MEASURED_REV, rev);

  return TRUE;
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

/* Returns: (transfer full): what is counted of the classes, without the search
 * lines of a desk */
static JsonArray *
make_classes (JsonObject *answer)
{
  static const char *const sets[] = { "name", "cases", "accepted", "finished", "unfinished", "judged", "in-time", "overdue" };
  JsonObject *groups = linli_json_get_object (answer, "groups");
  JsonArray *from = groups != NULL ? linli_json_get_array (groups, "class") : NULL;
  JsonArray *classes = json_array_new ();

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    {
      JsonObject *row = json_object_new ();

      for (guint n = 0; n < G_N_ELEMENTS (sets); n++)
        copy (json_array_get_object_element (from, i), row, sets[n]);
      json_array_add_object_element (classes, row);
    }
  return classes;
}

/**
 * linli_hub_figures:
 * @args: of the query case.figures
 * @now: hub's time, for what is overdue
 * @error: %LINLI_DOMAIN_ERROR for a period that is none
 *
 * Returns: (transfer full): sets and times of the period and of the one it is
 *   compared with, and the classes
 */
JsonObject *
linli_hub_figures (LinliConn  *conn,
                   JsonObject *args,
                   gint64      now,
                   GError    **error)
{
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
  json_object_set_array_member (object, "classes", make_classes (json_node_get_object (node)));

  return object;
}

/* --- The cases behind a number --- */

typedef struct
{
  LinliConn *conn;
  JsonArray *rows;
  GError    *error;
} Taking;

/* No title: it is made from the resident's words. */
static void
take_case (gint64                  pk,
           const LinliCaseMeasure *unused_measure,
           guint64                 sets,
           const guint            *words,
           gpointer                data)
{
  static const char *const names[] = { "case_no", "state", "class", "unit", "community", "received_at", "due_at", "closed_at" };
  Taking *taking = data;
  g_autoptr(LinliStmt) stmt = NULL;
  JsonObject *row;
  gboolean found = FALSE;

  if (taking->error != NULL || json_array_get_length (taking->rows) >= MOST_CASES)
    return;
  stmt = linli_conn_query (taking->conn, &taking->error,
                           "SELECT case_no, state, item_name, lead_unit_name, community, received_at, due_at, closed_at "
                           "FROM cases WHERE pk = ?1", "i", pk);
  if (stmt == NULL || !linli_stmt_step (stmt, &found, &taking->error) || !found)
    return;
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
  json_array_add_object_element (taking->rows, row);
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
 * Returns: (transfer full): at most a thousand, with nothing about anybody
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
  g_autoptr(JsonArray) rows = json_array_new ();
  Taking taking = { conn, rows, NULL };
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
  if (class != NULL)
    {
      char *names[] = { (char *) class, NULL };

      if (!linli_figure_choice_add_names (choice, conn, LINLI_HEAD_ITEM, LINLI_NAMES_CLASS, names, FALSE, error))
        return NULL;
    }
  if (!linli_figure_choice_scan (choice, conn, now, FALSE, take_case, &taking, error))
    return NULL;
  if (taking.error != NULL)
    {
      g_propagate_error (error, taking.error);
      return NULL;
    }
  return g_steal_pointer (&rows);
}
