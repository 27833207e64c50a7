/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over the measures of the period counts everything at once: each
 * case says which sets it is in, and adds to the period and to its row of
 * every grouping. The period it is compared with is a second, shorter pass. */

#include "config.h"

#include "linli-figures.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-case-search.h"
#include "linli-case-state.h"
#include "linli-centre-zone.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

const LinliFigureDef linli_figure_defs[] = {
  { "finishing", N_("Finishing rate"), LINLI_FIGURE_RATE, LINLI_SET_FINISHED, LINLI_SET_ACCEPTED, 1,
    N_("declined, withdrawn and merged cases") },
  { "in-time", N_("On-time rate"), LINLI_FIGURE_RATE, LINLI_SET_IN_TIME, LINLI_SET_JUDGED, 1,
    N_("cases without a limit, and unfinished ones whose limit lies ahead") },
  { "first-right", N_("First-dispatch accuracy"), LINLI_FIGURE_RATE, LINLI_SET_FIRST_RIGHT, LINLI_SET_DISPATCHED, 1,
    N_("cases never dispatched") },
  { "returned", N_("Return rate"), LINLI_FIGURE_RATE, LINLI_SET_RETURNED, LINLI_SET_DISPATCHED, -1,
    N_("cases never dispatched") },
  { "instant", N_("Instant-answer rate"), LINLI_FIGURE_RATE, LINLI_SET_INSTANT, LINLI_SET_ACCEPTED, 0,
    N_("declined, withdrawn and merged cases") },
  { "repeat", N_("Submissions per case"), LINLI_FIGURE_MULTIPLE, LINLI_SET_ACCEPTED, LINLI_SET_ACCEPTED, 0,
    N_("declined, withdrawn and merged cases") },
  { "response", N_("Response rate"), LINLI_FIGURE_RATE, LINLI_SET_RESPONDED, LINLI_SET_CALLED_BACK, 1,
    N_("cases where the resident was not reached or said nothing") },
  { "solved", N_("Solved rate"), LINLI_FIGURE_RATE, LINLI_SET_SOLVED, LINLI_SET_ASKED_SOLVED, 1,
    N_("cases where the resident was not reached or did not say") },
  { "satisfied", N_("Satisfaction rate"), LINLI_FIGURE_RATE, LINLI_SET_SATISFIED, LINLI_SET_RATED, 1,
    N_("cases where the resident was not reached or gave no grade") },
  { "extended", N_("Extension rate"), LINLI_FIGURE_RATE, LINLI_SET_EXTENDED, LINLI_SET_DISPATCHED, -1,
    N_("cases never dispatched") },
  { "redone", N_("Redo rate"), LINLI_FIGURE_RATE, LINLI_SET_REDONE, LINLI_SET_DISPATCHED, -1,
    N_("cases never dispatched") },
  { "supervised", N_("Supervised cases"), LINLI_FIGURE_COUNT, LINLI_SET_SUPERVISED, LINLI_SET_ACCEPTED, -1, NULL },
  { "overdue", N_("Overdue cases"), LINLI_FIGURE_COUNT, LINLI_SET_OVERDUE, LINLI_SET_UNFINISHED, -1, NULL },
  { NULL }
};

static const char *const groupings[] = {
  [LINLI_GROUP_TIME] = "time", [LINLI_GROUP_CLASS] = "class", [LINLI_GROUP_ITEM] = "item",
  [LINLI_GROUP_CHANNEL] = "channel", [LINLI_GROUP_UNIT] = "unit", [LINLI_GROUP_COMMUNITY] = "community",
  [LINLI_GROUP_LANE] = "lane", [LINLI_GROUP_GRADE] = "grade",
};

static const char *const lanes[] = { NULL, "major", "minor", "private" };

const char *
linli_figure_grouping_to_id (LinliFigureGrouping grouping)
{
  g_return_val_if_fail (grouping < LINLI_N_GROUPS, NULL);

  return groupings[grouping];
}

/* What is counted: the numerator of @def. */
gint64
linli_figure_get_part (const LinliFigureDef    *def,
                       const LinliFigureCounts *counts)
{
  return def->kind == LINLI_FIGURE_MULTIPLE ? counts->submissions : counts->n[def->part];
}

static void
row_free (gpointer data)
{
  LinliFigureRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row);
}

/* --- One pass --- */

/* The rows that words of a head count under, by the number of the word. */
typedef struct
{
  GPtrArray *rows; /* LinliFigureRow, unowned, (nullable) elements */
} ByWord;

typedef struct
{
  LinliFigures       *figures;
  LinliFigureCounts  *counts;
  LinliWorkCalendar  *calendar; /* (nullable) */
  GArray             *natural;  /* gint64 minutes */
  GArray             *working;
  const LinliCaseSet *only;     /* (nullable) */
  gboolean            grouped;
  ByWord              heads[LINLI_N_GROUPS];
  GArray             *begins;   /* gint64: when the rows of LINLI_GROUP_TIME begin */
} Pass;

static const LinliHead head_of_grouping[LINLI_N_GROUPS] = {
  [LINLI_GROUP_CLASS] = LINLI_HEAD_ITEM, [LINLI_GROUP_ITEM] = LINLI_HEAD_ITEM,
  [LINLI_GROUP_CHANNEL] = LINLI_HEAD_CHANNEL, [LINLI_GROUP_UNIT] = LINLI_HEAD_UNIT,
  [LINLI_GROUP_COMMUNITY] = LINLI_HEAD_COMMUNITY, [LINLI_GROUP_GRADE] = LINLI_HEAD_GRADE,
};

static void
count (gint64 *n,
       guint64 sets)
{
  while (sets != 0)
    {
      int set = g_bit_nth_lsf ((gulong) sets, -1);

      n[set]++;
      sets &= sets - 1;
    }
}

static gint64
time_of (const LinliCaseMeasure *measure,
         LinliFigureBasis        basis)
{
  switch (basis)
    {
    case LINLI_BASIS_DISPATCHED: return measure->dispatched_at;
    case LINLI_BASIS_FINISHED:   return measure->finished_at;
    case LINLI_BASIS_LIMIT:      return measure->limit_at;
    case LINLI_BASIS_RECEIVED:
    case LINLI_N_BASES:
    default:                     return measure->received_at;
    }
}

static LinliFigureRow *
row_of_time (Pass  *self,
             gint64 time)
{
  guint low = 0;
  guint high = self->begins->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->begins, gint64, middle) <= time)
        low = middle;
      else
        high = middle;
    }
  return self->figures->groups[LINLI_GROUP_TIME]->pdata[low];
}

static void
count_in_row (LinliFigureRow *row,
              guint64         sets,
              gint64          minutes)
{
  count (row->n, sets);
  row->minutes += minutes;
}

static void
count_in_groups (Pass                   *self,
                 const LinliCaseMeasure *measure,
                 guint64                 sets,
                 const guint            *words,
                 gint64                  minutes)
{
  count_in_row (row_of_time (self, time_of (measure, self->figures->basis)), sets, minutes);
  for (guint grouping = LINLI_GROUP_CLASS; grouping < LINLI_N_GROUPS; grouping++)
    {
      GPtrArray *rows = self->heads[grouping].rows;
      guint word = grouping == LINLI_GROUP_LANE ? measure->lane : words[head_of_grouping[grouping]];

      if (word < rows->len && rows->pdata[word] != NULL)
        count_in_row (rows->pdata[word], sets, minutes);
    }
}

/* No time at all is worked in any year, but is none that is known. */
static gboolean
knows (LinliWorkCalendar *calendar,
       gint64             at)
{
  LinliDate day;

  linli_work_calendar_to_local (calendar, at, &day, NULL);
  return linli_work_calendar_covers (calendar, day);
}

static void
take (gint64                  pk,
      const LinliCaseMeasure *measure,
      guint64                 sets,
      const guint            *words,
      gpointer                data)
{
  Pass *self = data;
  gint64 minutes = 0;

  if (sets == 0 || (self->only != NULL && !linli_case_set_contains (self->only, pk)))
    return;
  count (self->counts->n, sets);
  if (sets & LINLI_SET_BIT (LINLI_SET_ACCEPTED))
    self->counts->submissions += measure->submissions;
  if (sets & LINLI_SET_BIT (LINLI_SET_TIMED))
    {
      gint64 worked;

      minutes = (measure->finished_at - measure->received_at) / MINUTE;
      g_array_append_val (self->natural, minutes);
      if (self->calendar != NULL && (minutes > 0 || knows (self->calendar, measure->received_at)) &&
          linli_work_calendar_count_minutes (self->calendar, measure->received_at, measure->finished_at, &worked, NULL))
        g_array_append_val (self->working, worked);
    }
  if (self->grouped)
    count_in_groups (self, measure, sets, words, minutes);
}

/* --- Rows to count in --- */

static LinliFigureRow *
add_row (GPtrArray  *rows,
         const char *key)
{
  LinliFigureRow *row = g_new0 (LinliFigureRow, 1);

  row->key = g_strdup (key);
  row->name = g_strdup (key);
  g_ptr_array_add (rows, row);

  return row;
}

static void
set_row (ByWord         *self,
         guint           word,
         LinliFigureRow *row)
{
  if (self->rows->len <= word)
    g_ptr_array_set_size (self->rows, (int) word + 1);
  self->rows->pdata[word] = row;
}

/* Several items share the row of their class. */
static LinliFigureRow *
row_of_class (GPtrArray  *rows,
              GHashTable *by_name,
              const char *item)
{
  g_autofree char *name = linli_figure_class_of (item);
  LinliFigureRow *row = g_hash_table_lookup (by_name, name);

  if (row == NULL)
    {
      row = add_row (rows, name);
      g_hash_table_insert (by_name, row->key, row);
    }
  return row;
}

static void
take_word (Pass       *self,
           GHashTable *classes,
           LinliStmt  *stmt)
{
  guint word = (guint) linli_stmt_get_int (stmt, 0);
  guint head = (guint) linli_stmt_get_int (stmt, 1);
  const char *name = linli_stmt_get_text (stmt, 2);

  for (guint grouping = LINLI_GROUP_CLASS; grouping < LINLI_N_GROUPS; grouping++)
    {
      GPtrArray *rows = self->figures->groups[grouping];

      if (grouping == LINLI_GROUP_LANE || head_of_grouping[grouping] != head)
        continue;
      set_row (&self->heads[grouping], word,
               grouping == LINLI_GROUP_CLASS ? row_of_class (rows, classes, name) : add_row (rows, name));
    }
}

static gboolean
make_rows (Pass      *self,
           LinliConn *conn,
           GError   **error)
{
  g_autoptr(GHashTable) classes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT word, head, name FROM case_word", "");
  gboolean row = FALSE;

  for (guint grouping = LINLI_GROUP_CLASS; grouping < LINLI_N_GROUPS; grouping++)
    set_row (&self->heads[grouping], 0, add_row (self->figures->groups[grouping], NULL));
  for (guint lane = 1; lane < G_N_ELEMENTS (lanes); lane++)
    set_row (&self->heads[LINLI_GROUP_LANE], lane, add_row (self->figures->groups[LINLI_GROUP_LANE], lanes[lane]));
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      take_word (self, classes, stmt);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static void
write_day (const GDate *date,
           char         day[LINLI_DAY_SIZE])
{
  g_snprintf (day, LINLI_DAY_SIZE, "%04u-%02u-%02u", (guint) g_date_get_year (date) % 10000,
              (guint) g_date_get_month (date) % 100, (guint) g_date_get_day (date) % 100);
}

/* Weeks begin on Monday, months on their first; the ends are cut to the period. */
static void
make_days (Pass                     *self,
           const LinliFigureRequest *request,
           GTimeZone                *zone)
{
  GDate day = request->from;

  while (g_date_compare (&day, &request->to) <= 0)
    {
      LinliFigureRow *row = add_row (self->figures->groups[LINLI_GROUP_TIME], NULL);
      GDate last = day;
      gint64 begin;

      if (request->step == LINLI_STEP_WEEK)
        g_date_add_days (&last, 7 - (guint) g_date_get_weekday (&day));
      else if (request->step == LINLI_STEP_MONTH)
        g_date_set_day (&last, g_date_get_days_in_month (g_date_get_month (&day), g_date_get_year (&day)));
      if (g_date_compare (&last, &request->to) > 0)
        last = request->to;
      write_day (&day, row->from);
      write_day (&last, row->to);
      row->key = g_strdup (row->from);
      begin = linli_centre_zone_midnight (zone, row->from, 0);
      g_array_append_val (self->begins, begin);
      day = last;
      g_date_add_days (&day, 1);
    }
}

/* --- Afterwards --- */

static int
compare_minutes (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
spread (LinliFigureSpread *self,
        GArray            *minutes)
{
  self->n = minutes->len;
  if (minutes->len == 0)
    return;
  g_array_sort (minutes, compare_minutes);
  for (guint i = 0; i < minutes->len; i++)
    self->sum += g_array_index (minutes, gint64, i);
  self->median = g_array_index (minutes, gint64, (minutes->len - 1) / 2);
  self->p90 = g_array_index (minutes, gint64, ((guint64) minutes->len * 9 + 9) / 10 - 1);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const LinliFigureRow *left = *(LinliFigureRow *const *) a;
  const LinliFigureRow *right = *(LinliFigureRow *const *) b;

  if (left->n[LINLI_SET_CASES] != right->n[LINLI_SET_CASES])
    return left->n[LINLI_SET_CASES] > right->n[LINLI_SET_CASES] ? -1 : 1;
  return g_strcmp0 (left->key, right->key);
}

/* Most cases first; heads without any are left out. */
static void
order_rows (GPtrArray *rows)
{
  for (guint i = rows->len; i > 0; i--)
    if (((LinliFigureRow *) rows->pdata[i - 1])->n[LINLI_SET_CASES] == 0)
      g_ptr_array_remove_index_fast (rows, i - 1);
  g_ptr_array_sort (rows, compare_rows);
}

static gboolean
name_rows (LinliConn  *conn,
           GPtrArray  *rows,
           const char *sql,
           GError    **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LinliFigureRow *row = rows->pdata[i];
      char *name = NULL;

      if (row->key == NULL)
        continue;
      if (!linli_conn_get_text (conn, &name, error, sql, "s", row->key))
        return FALSE;
      if (name != NULL)
        {
          g_free (row->name);
          row->name = name;
        }
    }
  return TRUE;
}

/* --- The two passes --- */

static void
pass_clear (Pass *self)
{
  g_clear_pointer (&self->calendar, linli_work_calendar_unref);
  g_array_unref (self->natural);
  g_array_unref (self->working);
  g_array_unref (self->begins);
  for (guint i = 0; i < LINLI_N_GROUPS; i++)
    g_ptr_array_unref (self->heads[i].rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

static gboolean
pass_init (Pass         *self,
           LinliFigures *figures,
           LinliConn    *conn,
           GError      **error)
{
  self->figures = figures;
  self->natural = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->working = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < LINLI_N_GROUPS; i++)
    self->heads[i].rows = g_ptr_array_new ();

  return linli_calendar_load_current (conn, &self->calendar, NULL, error);
}

/* Whether the line asks for nothing but what the measures know. */
static gboolean
is_measured (const LinliCaseQuery *query)
{
  return query->terms->len == 0 && query->states == LINLI_CASE_STATES_ALL && query->overdue == 0 &&
         query->due->len == 0 && query->owner == NULL && query->not_owner == NULL;
}

static gboolean
run_pass (Pass             *self,
          LinliConn        *conn,
          LinliCaseQuery   *query,
          GTimeZone        *zone,
          const char       *from,
          const char       *to,
          GError          **error)
{
  LinliFigures *figures = self->figures;
  LinliTimeSpan span = { linli_centre_zone_midnight (zone, from, 0), linli_centre_zone_midnight (zone, to, 1), FALSE };
  GArray *spans = query->figures->spans[figures->basis];
  gboolean ok;

  g_array_set_size (self->natural, 0);
  g_array_set_size (self->working, 0);
  g_array_append_val (spans, span);
  ok = linli_figure_choice_scan (query->figures, conn, figures->now, self->grouped, take, self, error);
  g_array_set_size (spans, spans->len - 1);
  spread (&self->counts->natural, self->natural);
  spread (&self->counts->working, self->working);

  return ok;
}

/* Months are compared with months, however many days they have: the first
 * fourteen days of March with those of February. Most of a year is compared
 * with the same part of the last. */
static void
go_back (GDate                 *from,
         GDate                 *to,
         LinliFigureComparison  compare)
{
  guint n_days = g_date_get_julian (to) - g_date_get_julian (from) + 1;
  guint n_months = (guint) (g_date_get_year (to) - g_date_get_year (from)) * 12 + g_date_get_month (to) -
                   g_date_get_month (from) + 1;
  gboolean whole = g_date_is_last_of_month (to);

  if (compare == LINLI_COMPARE_YEAR ||
      (n_months > 6 && n_months <= 12 && g_date_get_day (from) == 1 && g_date_get_month (from) == G_DATE_JANUARY))
    n_months = 12;
  else if (g_date_get_day (from) != 1)
    {
      g_date_subtract_days (from, n_days);
      g_date_subtract_days (to, n_days);
      return;
    }
  g_date_subtract_months (from, n_months);
  g_date_subtract_months (to, n_months);
  if (whole && compare != LINLI_COMPARE_YEAR)
    g_date_set_day (to, g_date_get_days_in_month (g_date_get_month (to), g_date_get_year (to)));
}

static void
set_before (LinliFigures             *self,
            const LinliFigureRequest *request)
{
  GDate from = request->from;
  GDate to = request->to;

  self->compared = request->compare != LINLI_COMPARE_NONE;
  go_back (&from, &to, request->compare);
  write_day (&from, self->before_from);
  write_day (&to, self->before_to);
}

static gboolean
run_both (LinliFigures             *self,
          LinliConn                *conn,
          const LinliFigureRequest *request,
          LinliCaseQuery           *query,
          const LinliCaseSet       *only,
          GError                  **error)
{
  g_auto(Pass) pass = { 0 };
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);

  if (zone == NULL || !pass_init (&pass, self, conn, error) || !make_rows (&pass, conn, error))
    return FALSE;
  make_days (&pass, request, zone);
  if (pass.calendar != NULL)
    {
      g_snprintf (self->known_from, LINLI_DAY_SIZE, "%04d-01-01", linli_work_calendar_get_covered_from (pass.calendar));
      g_snprintf (self->known_to, LINLI_DAY_SIZE, "%04d-12-31", linli_work_calendar_get_covered_until (pass.calendar));
    }
  pass.only = only;
  pass.counts = &self->counts;
  pass.grouped = TRUE;
  if (!run_pass (&pass, conn, query, zone, self->from, self->to, error))
    return FALSE;
  pass.counts = &self->before;
  pass.grouped = FALSE;

  return !self->compared || run_pass (&pass, conn, query, zone, self->before_from, self->before_to, error);
}

static gboolean
load (LinliFigures             *self,
      LinliConn                *conn,
      const LinliFigureRequest *request,
      const char               *actor,
      GError                  **error)
{
  g_autoptr(LinliCaseQuery) query = linli_case_query_load (conn, self->line, self->now, actor, error);
  g_auto(LinliCaseSet) only = { 0 };
  gboolean measured;

  if (query == NULL)
    return FALSE;
  measured = is_measured (query);
  if (!measured)
    {
      g_autoptr(GArray) pks = linli_case_search_run (conn, query, LINLI_CASE_SORT_RECEIVED, 0, error);

      if (pks == NULL)
        return FALSE;
      for (guint i = 0; i < pks->len; i++)
        linli_case_set_add (&only, g_array_index (pks, gint64, i));
    }
  if (query->figures == NULL)
    {
      query->figures = linli_figure_choice_new ();
      for (guint i = 0; i < query->received->len; i++)
        linli_figure_choice_add_span (query->figures, LINLI_BASIS_RECEIVED,
                                      &g_array_index (query->received, LinliTimeSpan, i));
    }
  if (!run_both (self, conn, request, query, measured ? NULL : &only, error))
    return FALSE;
  for (guint grouping = LINLI_GROUP_CLASS; grouping < LINLI_N_GROUPS; grouping++)
    order_rows (self->groups[grouping]);

  return name_rows (conn, self->groups[LINLI_GROUP_CHANNEL], "SELECT name FROM channel WHERE code = ?1", error) &&
         name_rows (conn, self->groups[LINLI_GROUP_GRADE],
                    "SELECT label FROM reason WHERE kind = 'satisfaction' AND code = ?1", error);
}

/**
 * linli_figures_load:
 * @now: microseconds UTC
 * @actor: (nullable): account that "owner:me" means
 * @error: %LINLI_STORE_ERROR
 *
 * Counts the cases of a period, and those of the one it is compared with.
 *
 * Returns: (transfer full): all of one moment
 */
LinliFigures *
linli_figures_load (LinliConn                *conn,
                    const LinliFigureRequest *request,
                    gint64                    now,
                    const char               *actor,
                    GError                  **error)
{
  g_autoptr(LinliFigures) self = NULL;
  gboolean loaded;

  g_return_val_if_fail (conn != NULL && request != NULL, NULL);
  g_return_val_if_fail (g_date_valid (&request->from) && g_date_valid (&request->to), NULL);
  g_return_val_if_fail (g_date_compare (&request->from, &request->to) <= 0, NULL);

  self = g_atomic_rc_box_new0 (LinliFigures);
  self->line = g_strdup (request->line != NULL ? request->line : "");
  self->basis = request->basis;
  self->now = now;
  write_day (&request->from, self->from);
  write_day (&request->to, self->to);
  set_before (self, request);
  for (guint i = 0; i < LINLI_N_GROUPS; i++)
    self->groups[i] = g_ptr_array_new_with_free_func (row_free);

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  loaded = load (self, conn, request, actor, error);
  linli_conn_rollback (conn);

  return loaded ? g_steal_pointer (&self) : NULL;
}

LinliFigures *
linli_figures_ref (LinliFigures *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
figures_clear (gpointer data)
{
  LinliFigures *self = data;

  for (guint i = 0; i < LINLI_N_GROUPS; i++)
    if (self->groups[i] != NULL)
      g_ptr_array_unref (self->groups[i]);
  g_free (self->line);
}

/* Gives up a reference. */
void
linli_figures_free (LinliFigures *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, figures_clear);
}
