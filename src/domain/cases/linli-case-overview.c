/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-overview.h"

#include "linli-centre-zone.h"

/* Called with every row that a statement yields. */
typedef void (*Take) (LinliStmt *stmt,
                      gpointer   data);

static gboolean
each_row (LinliStmt *stmt,
          Take       take,
          gpointer   data,
          GError   **error)
{
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      take (stmt, data);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static void
clear_unit (gpointer unit)
{
  g_free (((LinliCaseLateUnit *) unit)->unit);
}

static void
take_state (LinliStmt *stmt,
            gpointer   data)
{
  LinliCaseOverview *self = data;
  LinliCaseState state;

  if (!linli_case_state_from_id (linli_stmt_get_text (stmt, 0), &state))
    return;
  self->by_state[state] = linli_stmt_get_int (stmt, 1);
  if (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN)
    self->n_open += self->by_state[state];
}

static void
take_unit (LinliStmt *stmt,
           gpointer   data)
{
  LinliCaseOverview *self = data;
  LinliCaseLateUnit unit = { linli_stmt_dup_text (stmt, 0), linli_stmt_get_int (stmt, 1) };

  g_array_append_val (self->late_units, unit);
}

/* The latest day that has begun by @time. */
static LinliCaseDay *
day_of (LinliCaseOverview *self,
        gint64             time)
{
  for (guint i = LINLI_CASE_OVERVIEW_DAYS; i > 0; i--)
    if (time >= self->days[i - 1].start)
      return &self->days[i - 1];
  return NULL;
}

static void
take_in (LinliStmt *stmt,
         gpointer   data)
{
  LinliCaseDay *day = day_of (data, linli_stmt_get_int (stmt, 0));

  if (day != NULL)
    day->n_in++;
}

static void
take_out (LinliStmt *stmt,
          gpointer   data)
{
  LinliCaseDay *day = day_of (data, linli_stmt_get_int (stmt, 0));

  if (day != NULL)
    day->n_out++;
}

/* Days begin at the centre's midnight. Returns: when today ends */
static gint64
set_days (LinliCaseOverview *self,
          gint64             now,
          GTimeZone         *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = g_date_time_to_timezone (utc, zone);
  g_autoptr(GDateTime) today = g_date_time_new (zone, g_date_time_get_year (here), g_date_time_get_month (here),
                                                g_date_time_get_day_of_month (here), 0, 0, 0);
  g_autoptr(GDateTime) tomorrow = g_date_time_add_days (today, 1);

  for (int i = 0; i < LINLI_CASE_OVERVIEW_DAYS; i++)
    {
      g_autoptr(GDateTime) day = g_date_time_add_days (today, i + 1 - LINLI_CASE_OVERVIEW_DAYS);

      self->days[i].start = g_date_time_to_unix (day) * G_USEC_PER_SEC;
    }

  return g_date_time_to_unix (tomorrow) * G_USEC_PER_SEC;
}

static gboolean
load (LinliCaseOverview *self,
      LinliConn         *conn,
      gint64             now,
      gint64             day_end,
      GError           **error)
{
  gint64 first = self->days[0].start;
  gint64 today = self->days[LINLI_CASE_OVERVIEW_DAYS - 1].start;
  g_autoptr(LinliStmt) states = linli_conn_query (conn, error, "SELECT state, n FROM case_tally", "");
  g_autoptr(LinliStmt) in = linli_conn_query (conn, error, "SELECT received_at FROM cases WHERE received_at >= ?1 "
                                              "AND received_at < ?2", "ii", first, day_end);
  g_autoptr(LinliStmt) out = linli_conn_query (conn, error, "SELECT closed_at FROM cases WHERE closed_at IS NOT NULL "
                                               "AND closed_at >= ?1 AND closed_at < ?2", "ii", first, day_end);
  g_autoptr(LinliStmt) units = linli_conn_query (conn, error, "SELECT lead_unit_name, count(*) FROM cases "
                                                 "WHERE due_at IS NOT NULL AND due_at < ?1 GROUP BY lead_unit_name "
                                                 "ORDER BY 2 DESC, 1 LIMIT ?2", "ii", now,
                                                 (gint64) LINLI_CASE_OVERVIEW_UNITS);

  return each_row (states, take_state, self, error) && each_row (in, take_in, self, error) &&
         each_row (out, take_out, self, error) && each_row (units, take_unit, self, error) &&
         linli_conn_get_int (conn, &self->n_overdue, error, "SELECT count(*) FROM cases WHERE due_at IS NOT NULL "
                             "AND due_at < ?1", "i", now) &&
         linli_conn_get_int (conn, &self->n_due_today, error, "SELECT count(*) FROM cases WHERE due_at IS NOT NULL "
                             "AND due_at >= ?1 AND due_at < ?2", "ii", today, day_end);
}

/**
 * linli_case_overview_load:
 * @now: microseconds UTC
 * @error: %LINLI_STORE_ERROR
 *
 * Reads the numbers kept by state, the cases a clock runs on, and two weeks:
 * however many cases there are beside them costs nothing.
 *
 * Returns: (transfer full): how things stand
 */
LinliCaseOverview *
linli_case_overview_load (LinliConn *conn,
                          gint64     now,
                          GError   **error)
{
  g_autoptr(LinliCaseOverview) self = NULL;
  g_autoptr(GTimeZone) zone = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  zone = linli_centre_zone_load (conn, error);
  if (zone == NULL)
    return NULL;
  self = g_new0 (LinliCaseOverview, 1);
  self->late_units = g_array_new (FALSE, FALSE, sizeof (LinliCaseLateUnit));
  g_array_set_clear_func (self->late_units, clear_unit);
  if (!load (self, conn, now, set_days (self, now, zone), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
linli_case_overview_free (LinliCaseOverview *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->late_units);
  g_free (self);
}
