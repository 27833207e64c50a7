/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views of a million cases in milliseconds: every list comes in its order out
 * of an index that holds all it needs. Several states are several ranges of
 * one index, which SQLite merges row by row (UNION ALL with ORDER BY), so that
 * the first fifty cost fifty. What an index cannot answer, "no clock runs" and
 * "not overdue", is the small set of the opposite, left out on the way; so are
 * the confidential cases that are not for whoever looks. Therefore the tables
 * themselves are asked here, see linli-sight.h. */

#include "config.h"

#include "linli-case-select.h"

#include "linli-case-state.h"
#include "linli-figure-choice.h"
#include "linli-sight.h"
#include "linli-unit-scope.h"

/* Filters of one list; the same for every state. */
typedef struct
{
  GString *sql;
  GArray  *values; /* gint64, parameters from ?1 on */
  char    *owner;  /* (nullable): parameter behind them */
} Filter;

static void
filter_clear (Filter *self)
{
  g_string_free (self->sql, TRUE);
  g_array_unref (self->values);
  g_free (self->owner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, filter_clear)

/* Excluded spans only of a column that is never NULL. */
static void
filter_add_span (Filter              *self,
                 const char          *column,
                 const LinliTimeSpan *span)
{
  g_string_append_printf (self->sql, " AND %s(1 = 1", span->excluded ? "NOT " : "");
  if (span->from != 0)
    {
      g_array_append_val (self->values, span->from);
      g_string_append_printf (self->sql, " AND %s >= ?%u", column, self->values->len);
    }
  if (span->before != 0)
    {
      g_array_append_val (self->values, span->before);
      g_string_append_printf (self->sql, " AND %s < ?%u", column, self->values->len);
    }
  g_string_append_c (self->sql, ')');
}

/* Whether the due time of cases is asked for; at a unit that of its parts is, see keep_due(). */
static gboolean
asks_for_due (LinliCaseQuery *query)
{
  if (query->unit != NULL)
    return FALSE;
  for (guint i = 0; i < query->due->len; i++)
    if (!g_array_index (query->due, LinliTimeSpan, i).excluded)
      return TRUE;
  return query->overdue > 0;
}

static void
filter_init (Filter         *self,
             LinliCaseQuery *query,
             gboolean        with_due)
{
  self->sql = g_string_new (NULL);
  self->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->owner = g_strdup (query->owner);
  for (guint i = 0; i < query->received->len; i++)
    filter_add_span (self, "received_at", &g_array_index (query->received, LinliTimeSpan, i));
  if (with_due)
    g_string_append (self->sql, " AND due_at IS NOT NULL");
  for (guint i = 0; query->unit == NULL && i < query->due->len; i++)
    if (!g_array_index (query->due, LinliTimeSpan, i).excluded)
      filter_add_span (self, "due_at", &g_array_index (query->due, LinliTimeSpan, i));
  if (query->unit == NULL && query->overdue > 0)
    filter_add_span (self, "due_at", &(LinliTimeSpan) { 0, query->now, FALSE });
  if (self->owner != NULL)
    g_string_append_printf (self->sql, " AND owner_id = ?%u", self->values->len + 1);
}

static LinliStmt *
filter_prepare (Filter     *self,
                LinliConn  *conn,
                const char *sql,
                guint       limit,
                GError    **error)
{
  LinliStmt *stmt = linli_conn_prepare (conn, sql, error);
  int last = (int) self->values->len;

  if (stmt == NULL)
    return NULL;
  for (int i = 0; i < last; i++)
    linli_stmt_bind_int (stmt, i + 1, g_array_index (self->values, gint64, i));
  if (self->owner != NULL)
    linli_stmt_bind_text (stmt, ++last, self->owner);
  linli_stmt_bind_int (stmt, last + 1, limit != 0 ? (gint64) limit : -1);

  return stmt;
}

static guint
limit_index (Filter *self)
{
  return self->values->len + (self->owner != NULL) + 1;
}

static void
append_arm (GString    *sql,
            Filter     *filter,
            guint       state,
            const char *key,
            const char *index)
{
  g_string_append_printf (sql, "%sSELECT pk, %s FROM main.cases INDEXED BY %s WHERE state = '%s'%s",
                          sql->len > 0 ? " UNION ALL " : "", key, index,
                          linli_case_state_to_id ((LinliCaseState) state), filter->sql->str);
}

/* One arm a state, each in order by itself; closed cases, the most, come in
 * last so that they pass through one merge only. */
static char *
arms_sql (Filter     *filter,
          guint       states,
          const char *key,
          const char *index)
{
  GString *sql = g_string_new (NULL);

  for (guint state = 0; state < LINLI_N_CASE_STATES; state++)
    if (states & LINLI_CASE_STATE_BIT (state) && state != LINLI_CASE_STATE_CLOSED)
      append_arm (sql, filter, state, key, index);
  if (states & LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED))
    append_arm (sql, filter, LINLI_CASE_STATE_CLOSED, key, index);
  g_string_append_printf (sql, " ORDER BY 2 DESC, 1 DESC LIMIT ?%u", limit_index (filter));

  return g_string_free (sql, FALSE);
}

static void
append_states (GString *sql,
               guint    states)
{
  if (states == LINLI_CASE_STATES_ALL)
    return;
  g_string_append (sql, " AND state IN (''"); /* an empty list is not SQL everywhere */
  for (guint state = 0; state < LINLI_N_CASE_STATES; state++)
    if (states & LINLI_CASE_STATE_BIT (state))
      g_string_append_printf (sql, ", '%s'", linli_case_state_to_id ((LinliCaseState) state));
  g_string_append_c (sql, ')');
}

static char *
single_sql (Filter     *filter,
            guint       states,
            const char *index,
            const char *order)
{
  GString *sql = g_string_new ("SELECT pk FROM main.cases");

  if (index != NULL)
    g_string_append_printf (sql, " INDEXED BY %s", index);
  g_string_append (sql, " WHERE 1 = 1");
  g_string_append (sql, filter->sql->str);
  append_states (sql, states);
  g_string_append_printf (sql, " ORDER BY %s LIMIT ?%u", order, limit_index (filter));

  return g_string_free (sql, FALSE);
}

/* A clock runs on open cases only, so one person's urgent ones are few. */
static char *
owner_sql (Filter         *filter,
           LinliCaseQuery *query,
           LinliCaseSort   sort,
           gboolean        with_due)
{
  guint states = with_due ? query->states & LINLI_CASE_STATES_OPEN : query->states;

  if (sort == LINLI_CASE_SORT_RECEIVED && states != 0)
    return arms_sql (filter, states, "received_at", "case_owner");
  return single_sql (filter, states, "case_owner",
                     sort == LINLI_CASE_SORT_DUE ? "due_at, pk DESC" : "touched_at DESC, pk DESC");
}

static char *
choose_sql (Filter         *filter,
            LinliCaseQuery *query,
            LinliCaseSort   sort)
{
  gboolean with_due = asks_for_due (query) || sort == LINLI_CASE_SORT_DUE;

  if (filter->owner != NULL)
    return owner_sql (filter, query, sort, with_due);
  if (with_due)
    {
      const char *order = sort == LINLI_CASE_SORT_DUE        ? "due_at, pk DESC"
                          : sort == LINLI_CASE_SORT_RECEIVED ? "received_at DESC, pk DESC"
                                                             : "touched_at DESC, pk DESC";

      return single_sql (filter, query->states, "case_due", order);
    }
  if (sort == LINLI_CASE_SORT_TOUCHED)
    return arms_sql (filter, query->states, "touched_at", "case_touched");
  if (query->states == LINLI_CASE_STATES_ALL)
    return single_sql (filter, query->states, "case_received", "received_at DESC, pk DESC");

  return arms_sql (filter, query->states, "received_at", "case_state_received");
}

/* Which rows of a list are wanted. */
typedef struct
{
  const LinliCaseSet *only; /* (nullable) */
  LinliCaseSet        skip;
} Choice;

/* Appends to @pks what the statement yields and @choice lets through. */
static gboolean
collect (LinliStmt    *stmt,
         const Choice *choice,
         guint         limit,
         GArray       *pks,
         GError      **error)
{
  gboolean row = FALSE;

  if (!linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      if (!linli_case_set_contains (&choice->skip, pk) &&
          (choice->only == NULL || linli_case_set_contains (choice->only, pk)))
        g_array_append_val (pks, pk);
      if ((limit != 0 && pks->len >= limit) || (choice->only != NULL && pks->len >= choice->only->n))
        return TRUE;
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
collect_list (LinliConn      *conn,
              LinliCaseQuery *query,
              LinliCaseSort   sort,
              const Choice   *choice,
              guint           limit,
              GArray         *pks,
              GError        **error)
{
  g_auto(Filter) filter = { 0 };
  g_autofree char *sql = NULL;
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean all_fit = choice->only == NULL && choice->skip.n == 0;

  filter_init (&filter, query, asks_for_due (query) || sort == LINLI_CASE_SORT_DUE);
  sql = choose_sql (&filter, query, sort);
  stmt = filter_prepare (&filter, conn, sql, all_fit ? limit : 0, error);

  return stmt != NULL && collect (stmt, choice, limit, pks, error);
}

/* Adds to @set what a statement yields. */
static gboolean
collect_set (LinliStmt    *stmt,
             LinliCaseSet *set,
             GError      **error)
{
  gboolean row = FALSE;

  if (!linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      linli_case_set_add (set, linli_stmt_get_int (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

#define DUE_SQL "SELECT pk FROM cases WHERE due_at IS NOT NULL AND due_at >= ?1 AND due_at < ?2 AND ?3 IS NULL"
#define UNIT_DUE_SQL \
  "SELECT c.pk FROM dispatch d JOIN cases c ON c.id = d.case_id WHERE d.unit_id = ?3 AND " LINLI_UNIT_LIVE " AND " \
  LINLI_UNIT_CLOCK ("due_at", "?3") " >= ?1 AND " LINLI_UNIT_CLOCK ("due_at", "?3") " < ?2"

/* Adds the cases that some clock has running until within @span; those of @unit
 * (nullable) alone. */
static gboolean
collect_due (LinliConn           *conn,
             const char          *unit,
             const LinliTimeSpan *span,
             LinliCaseSet        *set,
             GError             **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, unit != NULL ? UNIT_DUE_SQL : DUE_SQL, "iis", span->from,
                                                span->before != 0 ? span->before : G_MAXINT64, unit);

  return stmt != NULL && collect_set (stmt, set, error);
}

/* Adds the cases that wait for something. */
static gboolean
collect_awaiting (LinliConn    *conn,
                  guint         awaits,
                  LinliCaseSet *set,
                  GError      **error)
{
  static const struct { guint awaits; const char *sql; } kinds[] = {
    { LINLI_AWAITS_RULING, "SELECT cases.pk FROM return_note JOIN cases ON cases.id = case_id WHERE return_note.state = 'ruling' "
      "AND cases.state = 'registered'" },
    { LINLI_AWAITS_EXTENSION, "SELECT cases.pk FROM request JOIN cases ON cases.id = case_id "
                              "WHERE request.state IN ('asked', 'endorsed') AND kind = 'extension'" },
    { LINLI_AWAITS_SUSPENSION, "SELECT cases.pk FROM request JOIN cases ON cases.id = case_id "
                               "WHERE request.state IN ('asked', 'endorsed') AND kind = 'suspension'" },
    { LINLI_AWAITS_LOOK, "SELECT DISTINCT whole.pk FROM cases part JOIN cases whole ON whole.id = part.parent_id "
                         "WHERE part.parent_id IS NOT NULL AND part.touched_at > whole.touched_at "
                         "AND whole.state NOT IN ('closed', 'declined', 'withdrawn', 'merged')" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(LinliStmt) stmt = NULL;

      if (!(awaits & kinds[i].awaits))
        continue;
      stmt = linli_conn_query (conn, error, kinds[i].sql, "");
      if (stmt == NULL || !collect_set (stmt, set, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_select_unwanted:
 * @unwanted: receives the cases that @query leaves out by due time or owner,
 *   or that are hidden from whoever looks
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_select_unwanted (LinliConn      *conn,
                            LinliCaseQuery *query,
                            LinliCaseSet   *unwanted,
                            GError        **error)
{
  LinliTimeSpan late = { G_MININT64, query->now, FALSE };
  g_autoptr(LinliStmt) stmt = NULL;

  if (linli_sight_hides (conn))
    {
      g_autoptr(LinliStmt) hidden = linli_conn_query (conn, error, "SELECT pk FROM temp.sight_hidden", "");

      if (hidden == NULL || !collect_set (hidden, unwanted, error))
        return FALSE;
    }
  if (query->overdue < 0 && !collect_due (conn, query->unit, &late, unwanted, error))
    return FALSE;
  for (guint i = 0; i < query->due->len; i++)
    {
      LinliTimeSpan *span = &g_array_index (query->due, LinliTimeSpan, i);

      if (span->excluded && !collect_due (conn, query->unit, span, unwanted, error))
        return FALSE;
    }
  if (!collect_awaiting (conn, query->not_awaits, unwanted, error) ||
      (query->not_stages != 0 &&
       !linli_unit_scope_collect (conn, query->unit, query->not_stages, query->now, unwanted, error)))
    return FALSE;
  if (query->not_owner == NULL)
    return TRUE;
  stmt = linli_conn_query (conn, error, "SELECT pk FROM cases WHERE owner_id = ?1", "s", query->not_owner);

  return stmt != NULL && collect_set (stmt, unwanted, error);
}

/* Whether the candidates can be named: late or soon due, one person's, or of a figure, or waiting. */
gboolean
linli_case_select_asks_few (LinliCaseQuery *query)
{
  return asks_for_due (query) || query->owner != NULL || query->figures != NULL ||
         query->awaits != 0 || query->stages != 0 || query->unit != NULL;
}

/* Whether more is asked than states. */
gboolean
linli_case_select_asks_more (LinliCaseQuery *query)
{
  return query->overdue != 0 || query->due->len > 0 || query->received->len > 0 || query->owner != NULL ||
         query->not_owner != NULL || query->figures != NULL || query->awaits != 0 || query->not_awaits != 0 ||
         query->stages != 0 || query->not_stages != 0 || query->unit != NULL;
}

static gboolean
choose_and_collect (LinliConn      *conn,
                    LinliCaseQuery *query,
                    LinliCaseSort   sort,
                    Choice         *choice,
                    guint           limit,
                    GArray         *pks,
                    GError        **error)
{
  LinliTimeSpan any = { G_MININT64, 0, FALSE };

  if (!linli_case_select_unwanted (conn, query, &choice->skip, error) ||
      !collect_list (conn, query, sort, choice, limit, pks, error))
    return FALSE;
  if (sort != LINLI_CASE_SORT_DUE || asks_for_due (query) || (limit != 0 && pks->len >= limit))
    return TRUE;

  /* Behind the most urgent come those that no clock runs on. */
  return collect_due (conn, NULL, &any, &choice->skip, error) &&
         collect_list (conn, query, LINLI_CASE_SORT_RECEIVED, choice, limit, pks, error);
}

/* Leaves of @set what is in @only too. */
static void
keep_only (LinliCaseSet       *set,
           const LinliCaseSet *only)
{
  for (gint64 pk = 0; only != NULL && pk < (gint64) (set->n_words * 64); pk++)
    if (linli_case_set_contains (set, pk) && !linli_case_set_contains (only, pk))
      linli_case_set_remove (set, pk);
}

/* Leaves of @set, at a unit, what is due there when @query asks. */
static gboolean
keep_due (LinliConn      *conn,
          LinliCaseQuery *query,
          LinliCaseSet   *set,
          GError        **error)
{
  const LinliTimeSpan late = { G_MININT64, query->now, FALSE };

  for (guint i = 0; query->unit != NULL && i <= query->due->len; i++)
    {
      const LinliTimeSpan *span = i < query->due->len ? &g_array_index (query->due, LinliTimeSpan, i) : &late;
      g_auto(LinliCaseSet) due = { 0 };

      if (span->excluded || (span == &late && query->overdue <= 0))
        continue;
      if (!collect_due (conn, query->unit, span, &due, error))
        return FALSE;
      keep_only (set, &due);
    }
  return TRUE;
}

/**
 * linli_case_select_pks:
 * @query: its words are not looked at
 * @only: (nullable): leave out all others
 * @limit: how many at most; 0 for all
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64): cases in the order of @sort
 */
GArray *
linli_case_select_pks (LinliConn          *conn,
                       LinliCaseQuery     *query,
                       LinliCaseSort       sort,
                       const LinliCaseSet *only,
                       guint               limit,
                       GError            **error)
{
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto(LinliCaseSet) figure = { 0 };
  g_auto(LinliCaseSet) awaiting = { 0 };
  g_auto(LinliCaseSet) parts = { 0 };
  Choice choice = { .only = only };
  gboolean ok;

  if (query->figures != NULL && only == NULL)
    {
      if (!linli_figure_choice_select (query->figures, conn, query->now, &figure, error))
        return NULL;
      only = choice.only = &figure;
    }
  if (query->awaits != 0)
    {
      if (!collect_awaiting (conn, query->awaits, &awaiting, error))
        return NULL;
      keep_only (&awaiting, only);
      only = choice.only = &awaiting;
    }
  if (query->stages != 0 || query->unit != NULL)
    {
      if (!linli_unit_scope_collect (conn, query->unit, query->stages, query->now, &parts, error) ||
          !keep_due (conn, query, &parts, error))
        return NULL;
      keep_only (&parts, only);
      only = choice.only = &parts;
    }
  if (query->states == 0 || (only != NULL && only->n == 0))
    return g_steal_pointer (&pks);
  ok = choose_and_collect (conn, query, sort, &choice, limit, pks, error);
  linli_case_set_clear (&choice.skip);

  return ok ? g_steal_pointer (&pks) : NULL;
}

static gboolean
count_by_tally (LinliConn *conn,
                guint      states,
                gint64    *count,
                GError   **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT coalesce(sum(n), 0) FROM case_tally WHERE 1 = 1");

  append_states (sql, states);
  return linli_conn_get_int (conn, count, error, sql->str, "");
}

/**
 * linli_case_select_count:
 * @limit: stop counting there; 0 counts all
 *
 * What linli_case_select_pks() would find, without making the list.
 */
gboolean
linli_case_select_count (LinliConn      *conn,
                         LinliCaseQuery *query,
                         guint           limit,
                         gint64         *count,
                         GError        **error)
{
  g_autoptr(GArray) pks = NULL;

  *count = 0;
  if (query->states == 0)
    return TRUE;
  if (!linli_case_select_asks_more (query))
    return count_by_tally (conn, query->states, count, error);

  pks = linli_case_select_pks (conn, query, LINLI_CASE_SORT_RECEIVED, NULL, limit, error);
  if (pks == NULL)
    return FALSE;
  *count = pks->len;
  return TRUE;
}
