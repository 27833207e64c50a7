/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What linlictl and HTTP may ask of the cases room, by name. Times leave here
 * as ISO 8601 text, rows as flat objects. */

#include "config.h"

#include "linli-case-queries.h"

#include <glib/gi18n.h>

#include "linli-calendar-change.h"
#include "linli-case-detail.h"
#include "linli-case-imports.h"
#include "linli-case-overview.h"
#include "linli-case-sheet.h"
#include "linli-case-queries-private.h"
#include "linli-case-record.h"
#include "linli-case-tables.h"
#include "linli-case-views.h"
#include "linli-duty-limits.h"
#include "linli-figure-queries.h"
#include "linli-handling-rules.h"
#include "linli-json.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

#define LIST_LIMIT 50
#define MOST       10000

/* Every column that has a value, under its name. */
static JsonObject *
row_to_object (LinliRow *row)
{
  const LinliTable *table = linli_row_get_table (row);
  JsonObject *object = json_object_new ();

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      const LinliColumn *column = &table->columns[i];

      if (linli_row_is_null (row, i))
        continue;
      if (column->type == LINLI_TYPE_TIME)
        linli_json_set_time (object, column->name, linli_row_get_int (row, i));
      else if (column->type == LINLI_TYPE_INT)
        json_object_set_int_member (object, column->name, linli_row_get_int (row, i));
      else if (column->type == LINLI_TYPE_BOOL)
        json_object_set_boolean_member (object, column->name, linli_row_get_int (row, i) != 0);
      else if (column->type != LINLI_TYPE_BLOB)
        json_object_set_string_member (object, column->name, linli_row_get_text (row, i));
    }

  return object;
}

static JsonArray *
rows_to_array (GPtrArray *rows)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, row_to_object (rows->pdata[i]));
  return array;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static const char *
line_of (JsonObject *args)
{
  const char *line = linli_json_get_text (args, "query");

  return line != NULL ? line : "";
}

static guint
limit_of (JsonObject *args)
{
  gint64 limit = LIST_LIMIT;

  linli_json_get_int (args, "limit", &limit);
  return (guint) CLAMP (limit, 1, MOST);
}

/* What was not understood of the line, and how it was taken. */
static JsonArray *
issues_to_array (const LinliQueryText *text)
{
  static const char *const kinds[] = {
    [LINLI_QUERY_UNKNOWN_OPERATOR] = "unknown-operator", [LINLI_QUERY_BAD_VALUE] = "bad-value",
    [LINLI_QUERY_REVERSED_RANGE] = "reversed-range",     [LINLI_QUERY_NO_VALUE] = "no-value",
    [LINLI_QUERY_OPEN_QUOTE] = "open-quote",             [LINLI_QUERY_NO_WORDS] = "no-words",
    [LINLI_QUERY_TOO_LONG] = "too-long",                 [LINLI_QUERY_TOO_MANY] = "too-many",
  };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < text->issues->len; i++)
    {
      LinliQueryIssue *issue = &g_array_index (text->issues, LinliQueryIssue, i);
      g_autofree char *piece = g_strndup (text->source + issue->span.start, issue->span.end - issue->span.start);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", kinds[issue->kind]);
      json_object_set_string_member (object, "text", piece);
      json_array_add_object_element (array, object);
    }

  return array;
}

/* Behind the case @after; from the start when it is not in the list. */
static gboolean
start_after (LinliConn  *conn,
             GArray     *pks,
             const char *after,
             guint      *start,
             GError    **error)
{
  gint64 pk = 0;

  *start = 0;
  if (after == NULL)
    return TRUE;
  if (!linli_conn_get_int (conn, &pk, error, "SELECT pk FROM cases WHERE id = ?1", "s", after))
    return FALSE;
  for (guint i = 0; pk != 0 && i < pks->len; i++)
    if (g_array_index (pks, gint64, i) == pk)
      *start = i + 1;

  return TRUE;
}

/* In the list of @unit (nullable) stands how far it is with its part, and what is due there. */
static gboolean
tell_own (LinliConn   *conn,
          const char  *unit,
          gint64       pk,
          JsonObject  *object,
          GError     **error)
{
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) records = NULL;
  LinliCaseRecord *record;

  if (unit == NULL)
    return TRUE;
  g_array_append_val (pks, pk);
  records = linli_case_records_load (conn, unit, pks, error);
  if (records == NULL)
    return FALSE;
  record = records->pdata[0];
  json_object_remove_member (object, "due_at");
  json_object_remove_member (object, "due_kind");
  if (record == NULL)
    return TRUE;
  json_object_set_string_member (object, "part", linli_case_record_get_part (record));
  if (linli_case_record_get_due_at (record) == 0)
    return TRUE;
  linli_json_set_time (object, "due_at", linli_case_record_get_due_at (record));
  json_object_set_string_member (object, "due_kind", linli_case_record_get_due_kind (record));
  return TRUE;
}

static const LinliArgSpec list_args[] = {
  { "query", LINLI_ARG_TEXT, FALSE, 1000, .doc = "a search line as in the window; every case when absent" },
  { "sort", LINLI_ARG_TEXT, FALSE, 20, .doc = "received (newest first), due (most urgent first), touched" },
  { "limit", LINLI_ARG_INT, .doc = "50 when absent, 10000 at most" },
  { "after", LINLI_ARG_ID, .doc = "the last case of the page before" },
  { NULL }
};

static JsonNode *
query_list (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  const char *after = linli_json_get_text (args, "after");
  const char *sort_text = linli_json_get_text (args, "sort");
  LinliCaseSort sort = LINLI_CASE_SORT_RECEIVED;
  g_autoptr(GArray) pks = NULL;
  g_autoptr(JsonArray) array = json_array_new ();
  g_autofree char *unit = NULL;
  guint limit = limit_of (args);
  guint start;

  if (sort_text != NULL && !linli_case_sort_from_text (sort_text, &sort))
    {
      linli_refuse_invalid (error, "sort", N_("This is not one of the possible values."));
      return NULL;
    }
  pks = linli_case_search_ids (conn, line_of (args), sort, context->now, context->actor, after != NULL ? 0 : limit, error);
  if (pks == NULL || !start_after (conn, pks, after, &start, error) ||
      !linli_unit_scope_load (conn, context->actor, &unit, error))
    return NULL;

  for (guint i = start; i < pks->len && i < start + limit; i++)
    {
      g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "pk = ?1", "i",
                                                     g_array_index (pks, gint64, i));

      if (rows == NULL)
        return NULL;
      if (rows->len == 0)
        continue;
      json_array_add_object_element (array, row_to_object (rows->pdata[0]));
      if (!tell_own (conn, unit, g_array_index (pks, gint64, i),
                     json_array_get_object_element (array, json_array_get_length (array) - 1), error))
        return NULL;
    }

  return linli_json_take_array (g_steal_pointer (&array));
}

static const LinliArgSpec count_args[] = {
  { "query", LINLI_ARG_TEXT, FALSE, 1000, .doc = "a search line as in the window" },
  { NULL }
};

static JsonNode *
query_count (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(LinliCaseQuery) query = linli_case_query_load (conn, line_of (args), context->now, context->actor, error);
  JsonObject *object;
  gint64 count = 0;

  if (query == NULL || !linli_case_search_run_count (conn, query, 0, &count, error))
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "count", count);
  json_object_set_array_member (object, "issues", issues_to_array (query->text));

  return take_object (object);
}

static const LinliArgSpec show_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a case, or number of a receipt" },
  { NULL }
};

/* What was said and filed in merged cases stays apart from the target's own:
 * each has its own readers. */
static JsonArray *
members_to_array (GPtrArray *members)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < members->len; i++)
    {
      LinliCaseMember *member = members->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_object_member (object, "case", row_to_object (member->case_row));
      json_object_set_array_member (object, "entries", rows_to_array (member->entries));
      json_object_set_array_member (object, "attachments", rows_to_array (member->attachments));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonNode *
query_show (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  g_autofree char *id = linli_case_find_id (conn, linli_json_get_text (args, "case"), error);
  g_autoptr(LinliCaseDetail) detail = id != NULL ? linli_case_detail_load_for (conn, id, context->actor, LINLI_ROLE_ANY, error)
                                                      : NULL;
  JsonArray *actions;
  JsonObject *object;

  if (detail == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_object_member (object, "case", row_to_object (detail->case_row));
  if (detail->item != NULL)
    json_object_set_object_member (object, "item", row_to_object (detail->item));
  json_object_set_array_member (object, "submissions", rows_to_array (detail->submissions));
  json_object_set_array_member (object, "appellants", rows_to_array (detail->appellants));
  json_object_set_array_member (object, "dispatches", rows_to_array (detail->dispatches));
  json_object_set_array_member (object, "clocks", rows_to_array (detail->clocks));
  json_object_set_array_member (object, "entries", rows_to_array (detail->entries));
  json_object_set_array_member (object, "attachments", rows_to_array (detail->attachments));
  json_object_set_array_member (object, "links", rows_to_array (detail->links));
  json_object_set_array_member (object, "members", members_to_array (detail->members));
  json_object_set_array_member (object, "parts", rows_to_array (detail->parts));
  if (detail->target != NULL)
    json_object_set_object_member (object, "target", row_to_object (detail->target));
  if (detail->parent != NULL)
    json_object_set_object_member (object, "parent", row_to_object (detail->parent));
  json_object_set_array_member (object, "returns", rows_to_array (detail->handling->returns));
  json_object_set_array_member (object, "rulings", rows_to_array (detail->handling->rulings));
  json_object_set_array_member (object, "requests", rows_to_array (detail->handling->requests));
  json_object_set_array_member (object, "suspensions", rows_to_array (detail->handling->suspensions));
  actions = json_array_new ();
  for (guint i = 0; detail->actions[i] != NULL; i++)
    json_array_add_string_element (actions, detail->actions[i]);
  json_object_set_array_member (object, "actions", actions);

  return take_object (object);
}

static const LinliArgSpec no_args[] = { { NULL } };

static JsonNode *
query_views (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) views = linli_case_views_load (conn, context->actor, error);
  g_autoptr(GArray) counts = NULL;
  JsonArray *array;

  counts = views != NULL ? linli_case_view_counts (conn, views, context->now, context->actor, error) : NULL;
  if (counts == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < views->len; i++)
    {
      LinliCaseView *view = views->pdata[i];
      LinliCaseViewCount *count = &g_array_index (counts, LinliCaseViewCount, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", view->id);
      json_object_set_string_member (object, "name", view->name);
      json_object_set_string_member (object, "query", view->query);
      json_object_set_string_member (object, "sort", linli_case_sort_to_text (view->sort));
      json_object_set_boolean_member (object, "built_in", view->built_in);
      json_object_set_boolean_member (object, "shared", view->shared);
      json_object_set_int_member (object, "count", count->n);
      json_object_set_boolean_member (object, "more", count->more);
      json_array_add_object_element (array, object);
    }

  return linli_json_take_array (array);
}

static JsonArray *
days_to_array (LinliCaseOverview *overview)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < LINLI_CASE_OVERVIEW_DAYS; i++)
    {
      JsonObject *day = json_object_new ();

      linli_json_set_time (day, "start", overview->days[i].start);
      json_object_set_int_member (day, "in", overview->days[i].n_in);
      json_object_set_int_member (day, "out", overview->days[i].n_out);
      json_array_add_object_element (array, day);
    }
  return array;
}

static JsonArray *
units_to_array (LinliCaseOverview *overview)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < overview->late_units->len; i++)
    {
      LinliCaseLateUnit *late = &g_array_index (overview->late_units, LinliCaseLateUnit, i);
      JsonObject *unit = json_object_new ();

      if (late->unit != NULL)
        json_object_set_string_member (unit, "unit", late->unit);
      json_object_set_int_member (unit, "overdue", late->n);
      json_array_add_object_element (array, unit);
    }
  return array;
}

static JsonNode *
query_overview (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  g_autoptr(LinliCaseOverview) overview = linli_case_overview_load (conn, context->now, error);
  JsonObject *states;
  JsonObject *object;

  if (overview == NULL)
    return NULL;
  object = json_object_new ();
  states = json_object_new ();
  for (guint i = 0; i < LINLI_N_CASE_STATES; i++)
    json_object_set_int_member (states, linli_case_state_to_id ((LinliCaseState) i), overview->by_state[i]);
  json_object_set_int_member (object, "received_today", overview->days[LINLI_CASE_OVERVIEW_DAYS - 1].n_in);
  json_object_set_int_member (object, "open", overview->n_open);
  json_object_set_int_member (object, "overdue", overview->n_overdue);
  json_object_set_int_member (object, "due_today", overview->n_due_today);
  json_object_set_object_member (object, "states", states);
  json_object_set_array_member (object, "days", days_to_array (overview));
  json_object_set_array_member (object, "late_units", units_to_array (overview));

  return take_object (object);
}

static JsonNode *
query_entries (LinliConn               *conn,
               const LinliQueryContext *context,
               JsonObject              *args,
               GError                 **error)
{
  g_autofree char *id = linli_case_find_id (conn, linli_json_get_text (args, "case"), error);
  g_autofree char *unit = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (id == NULL || !linli_unit_scope_open (conn, context->actor, id, &unit, error))
    return NULL;
  rows = linli_conn_select (conn, &linli_table_entry, error, "case_id = ?1 ORDER BY at, pk", "s", id);
  for (guint i = rows != NULL && unit != NULL ? rows->len : 0; i > 0; i--)
    if (!linli_unit_scope_reads (linli_row_get_text (rows->pdata[i - 1], LINLI_ENTRY_AUDIENCE)))
      g_ptr_array_remove_index (rows, i - 1);
  return rows != NULL ? linli_json_take_array (rows_to_array (rows)) : NULL;
}

static JsonNode *
query_imports (LinliConn               *conn,
               const LinliQueryContext *context,
               JsonObject              *args,
               GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_case_imports_load (conn, error);

  return rows != NULL ? linli_json_take_array (rows_to_array (rows)) : NULL;
}

const LinliQuery linli_case_queries[] = {
  { "calendar.try-days", linli_calendar_set_days_args, linli_calendar_try_days_query,
    "Which open deadlines calendar.set-days would move, from when to when." },
  { "calendar.try-week", linli_calendar_set_week_args, linli_calendar_try_week_query,
    "Which open deadlines calendar.set-week would move." },
  { "calendar.try-years", linli_calendar_set_years_args, linli_calendar_try_years_query,
    "Which open deadlines calendar.set-years would move." },
  { "duty.limits", linli_duty_limits_args, linli_duty_limits_query,
    "The limits of the leaves of the duty list, and how many open cases each has." },
  { "case.list", list_args, query_list, "Cases that a search line finds, in order.", TRUE },
  { "case.count", count_args, query_count, "How many cases a search line finds, and what of it was not understood.", TRUE },
  { "case.duplicates", linli_case_duplicates_args, linli_case_duplicates_query,
    "Recent cases that may be the same matter as one being taken in, and why." },
  { "case.show", show_args, query_show, "Everything about one case.", TRUE },
  { "case.views", no_args, query_views, "The kept searches and how many cases each has.", TRUE },
  { "case.overview", no_args, query_overview, "How things stand: states, lateness, two weeks in and out." },
  { "case.merge-preview", linli_merge_preview_args, linli_merge_preview_query,
    "Who would come together in a merge, until when, and what speaks against it." },
  { "case.merge-candidates", linli_merge_candidates_args, linli_merge_candidates_query,
    "Open cases that may be the same matter: same leaf, same place, within three days." },
  { "case.unmerge-preview", linli_unmerge_preview_args, linli_unmerge_preview_query,
    "What came to the other case since a merge, and may go along when the merge is undone." },
  { "case.figures", linli_case_figures_args, linli_case_figures_query,
    "The figures of a period, each with its parts and the search line that opens them." },
  { "entry.list", show_args, query_entries, "The timeline of a case, oldest first.", TRUE },
  { "handling.rules", no_args, linli_handling_rules_query, "The bounds of returning, extending and suspending.", TRUE },
  { "import.list", no_args, query_imports, "What was brought in from files, latest first." },
  { NULL }
};
