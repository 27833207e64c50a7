/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-views.h"

#include <glib/gi18n.h>

#include "linli-case-tables.h"
#include "linli-command.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

static const struct
{
  const char   *id;
  const char   *name;
  const char   *query;
  LinliCaseSort sort;
  LinliRole     roles; /* whose it is; 0: everybody's */
} built_in[] = {
  { "open", N_("All open"), "state:open", LINLI_CASE_SORT_RECEIVED },
  { "received", N_("To accept"), "state:received", LINLI_CASE_SORT_RECEIVED },
  { "registered", N_("To dispatch"), "state:registered", LINLI_CASE_SORT_DUE },
  { "handling", N_("Being handled"), "state:handling", LINLI_CASE_SORT_DUE },
  { "review", N_("To review"), "state:pending_review", LINLI_CASE_SORT_DUE },
  { "ruling", N_("To rule on"), "awaits:ruling", LINLI_CASE_SORT_DUE, LINLI_ROLE_DISPATCHER | LINLI_ROLE_REVIEWER },
  { "decision", N_("Requests to decide"), "awaits:decision", LINLI_CASE_SORT_DUE,
    LINLI_ROLE_DISPATCHER | LINLI_ROLE_REVIEWER },
  { "callback", N_("Resolved, to call back"), "state:resolved", LINLI_CASE_SORT_DUE },
  { "due-today", N_("Due today"), "due:today", LINLI_CASE_SORT_DUE },
  { "overdue", N_("Overdue"), "overdue:yes", LINLI_CASE_SORT_DUE },
  { "mine", N_("Mine"), "owner:me state:open", LINLI_CASE_SORT_DUE },
  { "closed", N_("Closed"), "state:closed", LINLI_CASE_SORT_RECEIVED },
  { "all", N_("All cases"), "", LINLI_CASE_SORT_RECEIVED },
};

/* At a handling unit (承办单位端): what stands with it. */
static const struct
{
  const char *id;
  const char *name;
  const char *query;
  LinliCaseSort sort;
} of_units[] = {
  { "open", N_("In hand"), "part:open", LINLI_CASE_SORT_DUE },
  { "to-sign", N_("To sign for"), "part:unsigned", LINLI_CASE_SORT_DUE },
  { "handling", N_("Being worked on"), "part:working", LINLI_CASE_SORT_DUE },
  { "due-soon", N_("Due soon"), "part:soon", LINLI_CASE_SORT_DUE },
  { "overdue", N_("Overdue"), "part:late", LINLI_CASE_SORT_DUE },
  { "sent-back", N_("Sent back to us"), "part:sent-back", LINLI_CASE_SORT_DUE },
  { "reported", N_("Reported done"), "part:reported", LINLI_CASE_SORT_TOUCHED },
  { "all", N_("All that came to us"), "", LINLI_CASE_SORT_RECEIVED },
};

static void
view_free (LinliCaseView *view)
{
  g_free (view->id);
  g_free (view->name);
  g_free (view->query);
  g_free (view);
}

static void
add_view (GPtrArray    *views,
          const char   *id,
          const char   *name,
          const char   *query,
          LinliCaseSort sort,
          gboolean      is_built_in,
          gboolean      shared)
{
  LinliCaseView *view = g_new0 (LinliCaseView, 1);

  view->id = g_strdup (id);
  view->name = g_strdup (name);
  view->query = g_strdup (query);
  view->sort = sort;
  view->built_in = is_built_in;
  view->shared = shared;
  g_ptr_array_add (views, view);
}

static gboolean
load_roles (LinliConn  *conn,
            const char *actor,
            LinliRole  *roles,
            GError    **error)
{
  g_autofree char *text = NULL;

  if (actor != NULL && !linli_conn_get_text (conn, &text, error, "SELECT roles FROM account WHERE id = ?1", "s", actor))
    return FALSE;
  *roles = text != NULL ? linli_roles_from_text (text) : 0;
  return TRUE;
}

/**
 * linli_case_views_load:
 * @actor: (nullable): account whose own views are wanted beside the shared
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliCaseView): the built-in views,
 *   then the saved ones as they are ordered, one's own before everybody's; at a
 *   handling unit its lists, then one's own
 */
GPtrArray *
linli_case_views_load (LinliConn  *conn,
                       const char *actor,
                       GError    **error)
{
  g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) view_free);
  g_autoptr(GPtrArray) saved = NULL;
  g_autofree char *unit = NULL;
  LinliRole roles = 0;

  g_return_val_if_fail (conn != NULL, NULL);

  if (!load_roles (conn, actor, &roles, error) || !linli_unit_scope_load (conn, actor, &unit, error))
    return NULL;
  saved = linli_conn_select (conn, &linli_table_saved_view, error,
                             "active = 1 AND (owner_id IS NULL OR owner_id = ?1)"
                             " ORDER BY owner_id IS NULL, position, pk",
                             "s", actor);
  if (saved == NULL)
    return NULL;

  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (of_units); i++)
    add_view (views, of_units[i].id, of_units[i].name, of_units[i].query, of_units[i].sort, TRUE, TRUE);
  for (guint i = 0; unit == NULL && i < G_N_ELEMENTS (built_in); i++)
    if (built_in[i].roles == 0 || built_in[i].roles & roles)
      add_view (views, built_in[i].id, built_in[i].name, built_in[i].query, built_in[i].sort, TRUE, TRUE);
  for (guint i = 0; i < saved->len; i++)
    {
      LinliRow *row = saved->pdata[i];
      LinliCaseSort sort = LINLI_CASE_SORT_RECEIVED;

      if (unit != NULL && linli_row_is_null (row, LINLI_SAVED_VIEW_OWNER_ID))
        continue;
      linli_case_sort_from_text (linli_row_get_text (row, LINLI_SAVED_VIEW_SORT), &sort);
      add_view (views, linli_row_get_id (row), linli_row_get_text (row, LINLI_SAVED_VIEW_NAME),
                linli_row_get_text (row, LINLI_SAVED_VIEW_QUERY), sort, FALSE,
                linli_row_is_null (row, LINLI_SAVED_VIEW_OWNER_ID));
    }

  return g_steal_pointer (&views);
}

/**
 * linli_case_view_counts:
 * @views: from linli_case_views_load()
 * @now: microseconds UTC, for "overdue" and "today"
 * @actor: (nullable): whom "mine" means
 * @error: %LINLI_STORE_ERROR
 *
 * Built-in views are counted to the last case: their numbers are kept by
 * state, or come from the few cases a clock runs on.
 *
 * Returns: (transfer full) (element-type LinliCaseViewCount): a number for
 *   every view
 */
GArray *
linli_case_view_counts (LinliConn  *conn,
                        GPtrArray  *views,
                        gint64      now,
                        const char *actor,
                        GError    **error)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, TRUE, sizeof (LinliCaseViewCount));

  g_return_val_if_fail (conn != NULL && views != NULL, NULL);

  for (guint i = 0; i < views->len; i++)
    {
      LinliCaseView *view = views->pdata[i];
      g_autoptr(LinliCaseQuery) query = linli_case_query_load (conn, view->query, now, actor, error);
      guint limit = view->built_in ? 0 : LINLI_CASE_VIEW_COUNT_LIMIT + 1;
      LinliCaseViewCount count = { 0 };

      if (query == NULL || !linli_case_search_run_count (conn, query, limit, &count.n, error))
        return NULL;
      if (limit != 0 && count.n >= limit)
        {
          count.n = LINLI_CASE_VIEW_COUNT_LIMIT;
          count.more = TRUE;
        }
      g_array_append_val (counts, count);
    }

  return g_steal_pointer (&counts);
}
