/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 挂起: a case that cannot go on before the season, the works or the resident
 * allow it. Its clocks stand still; it goes on by hand, or by itself at the
 * opening of the day that was named, whenever somebody looks. */

#include "config.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-case-commands-private.h"
#include "linli-case-request.h"
#include "linli-centre-zone.h"
#include "linli-core-tables.h"
#include "linli-handling-rules.h"
#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"

#define PAGE_MAX 500

const LinliArgSpec linli_case_suspend_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "until", LINLI_ARG_DATE, TRUE, .doc = "the day on which it goes on by itself" },
  { "cause", LINLI_ARG_TEXT, TRUE, .choices = linli_suspension_causes },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_resume_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "note", LINLI_ARG_TEXT, FALSE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_resume_due_args[] = {
  { "limit", LINLI_ARG_INT, .doc = "cases at most; 100 when absent" },
  { NULL }
};

/* --- Until when --- */

static gboolean
midnight (LinliConn *conn,
          LinliDate  date,
          gint64    *at,
          GError   **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GDateTime) start = NULL;
  int year, month, day;

  if (zone == NULL)
    return FALSE;
  linli_date_split (date, &year, &month, &day);
  start = g_date_time_new (zone, year, month, day, 0, 0, 0);
  *at = start != NULL ? g_date_time_to_unix (start) * G_USEC_PER_SEC : 0;
  return TRUE;
}

/* Where the calendar does not reach, the day begins at midnight: then nothing
 * is guessed about its hours, and nothing is lost to the resident. */
static gboolean
find_opening (LinliConn *conn,
              LinliDate  date,
              gint64    *at,
              GError   **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  const LinliCalendarDay *day = NULL;
  LinliDate working;

  if (!linli_calendar_load_current (conn, &calendar, NULL, error))
    return FALSE;
  if (calendar != NULL && linli_work_calendar_find_working_day (calendar, date, 0, &working, NULL))
    day = linli_work_calendar_get_day (calendar, working, NULL);
  if (day == NULL)
    return midnight (conn, date, at, error);
  *at = day->spans[0].from * 60 * G_USEC_PER_SEC;
  return TRUE;
}

/**
 * linli_case_find_opening:
 * @date: 2026-03-01
 * @opening: (out): when work begins on that day, or the next worked one, in microseconds UTC
 * @error: %LINLI_DOMAIN_ERROR_INVALID when it is over already or too far off
 */
gboolean
linli_case_find_opening (LinliCaseFile *file,
                         const char    *date,
                         gint64        *opening,
                         GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  gint64 now = linli_command_now (file->context);
  LinliDate day = linli_date_parse (date);
  gint64 days = 0;
  gint64 start = 0;
  g_autofree char *most = NULL;

  if (!linli_handling_rule_get (conn, LINLI_RULE_SUSPENSION_DAYS, now, &days, error) ||
      !find_opening (conn, day, opening, error) || !midnight (conn, day, &start, error))
    return FALSE;
  if (*opening <= now || start <= now)
    return linli_refuse_invalid (error, "until", N_("Name a day to come."));
  if (start <= now + days * 24 * 3600 * G_USEC_PER_SEC)
    return TRUE;
  most = g_strdup_printf ("%" G_GINT64_FORMAT, days);
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "too-long", "until",
                     N_("A case is suspended for %s days at most."), most);
  return FALSE;
}

/* --- Suspending --- */

/**
 * linli_case_begin_suspension:
 *
 * From now on no clock of the case counts. The parts stay as they are.
 */
gboolean
linli_case_begin_suspension (LinliCaseFile *file,
                             const char    *cause,
                             const char    *reason,
                             const char    *date,
                             GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_suspension);
  g_autofree char *id = NULL;
  gint64 opening = 0;

  if (!linli_case_find_opening (file, date, &opening, error))
    return FALSE;
  id = linli_command_new_id (context);
  linli_row_set_text (row, LINLI_SUSPENSION_ID, id);
  linli_row_set_text (row, LINLI_SUSPENSION_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_SUSPENSION_CAUSE, cause);
  linli_row_set_text (row, LINLI_SUSPENSION_REASON, reason);
  linli_row_set_int (row, LINLI_SUSPENSION_FROM_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_SUSPENSION_UNTIL_DATE, date);
  linli_row_set_int (row, LINLI_SUSPENSION_UNTIL_AT, opening);
  linli_row_set_int (file->row, LINLI_CASE_SUSPENDED_UNTIL, opening);
  linli_case_file_set_state (file, LINLI_CASE_STATE_SUSPENDED);
  linli_command_tell (context, "suspension", id);

  return linli_tx_insert (context->tx, row, error) && linli_handling_sync_clocks (file, NULL, error);
}

static gboolean
refuse_asked (LinliCaseFile *file,
              GError       **error)
{
  g_autoptr(LinliRow) request = NULL;

  if (!linli_handling_find_open (file, &linli_table_request, &request, error))
    return FALSE;
  if (request == NULL || !g_str_equal (linli_row_get_text (request, LINLI_REQUEST_KIND), "suspension"))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "request-open", "case",
                N_("The unit has asked for this already: decide its request."));
  return FALSE;
}

gboolean
linli_case_suspend_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  const char *cause = linli_json_get_text (args, "cause");
  const char *until = linli_json_get_text (args, "until");
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "suspend", .audience = "unit", .body = reason, .payload = payload };

  if (file == NULL || !refuse_asked (file, error) ||
      !linli_case_begin_suspension (file, cause, reason, until, error))
    return FALSE;
  linli_payload_text (payload, "cause", cause);
  linli_payload_text (payload, "until", until);

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

/* --- Going on --- */

static gboolean
resume (LinliCaseFile *file,
        gint64         at,
        const char    *by,
        const char    *note,
        GError       **error)
{
  g_autoptr(LinliRow) suspension = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "resume", .audience = "unit", .body = note, .payload = payload };

  if (!linli_handling_find_open (file, &linli_table_suspension, &suspension, error))
    return FALSE;
  if (suspension != NULL)
    {
      linli_row_set_int (suspension, LINLI_SUSPENSION_ENDED_AT, at);
      linli_row_set_text (suspension, LINLI_SUSPENSION_ENDED_BY, by);
      if (!linli_tx_update (file->context->tx, suspension, error))
        return FALSE;
    }
  linli_payload_text (payload, "resumed", by);

  return linli_handling_sync_clocks (file, payload, error) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

gboolean
linli_case_resume_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);

  return file != NULL &&
         (context->roles & LINLI_ROLE_REVIEWER ||
          linli_case_check_unit (file, linli_row_get_text (file->row, LINLI_CASE_LEAD_UNIT_ID), "case", error)) &&
         resume (file, linli_command_now (context), "hand", linli_json_get_text (args, "note"), error);
}

static gboolean
resume_one (LinliCommandContext *context,
            LinliRow            *suspension,
            GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_load (context, linli_row_get_text (suspension, LINLI_SUSPENSION_CASE_ID),
                                                        NULL, error);

  if (file == NULL)
    return FALSE;
  file->transition = linli_case_find_transition ("case.resume", NULL, linli_case_file_get_state (file));
  return file->transition == NULL ||
         resume (file, linli_row_get_int (suspension, LINLI_SUSPENSION_UNTIL_AT), "date", NULL, error);
}

/* Tells `n_resumed`. Whoever notices runs it; each case goes on from the opening
 * of its day, not from the moment of the noticing. */
gboolean
linli_case_resume_due_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  gint64 limit = 100;

  linli_json_get_int (args, "limit", &limit);
  rows = linli_tx_select (context->tx, &linli_table_suspension, error,
                          "ended_at IS NULL AND until_at <= ?1 ORDER BY until_at, id LIMIT ?2", "ii",
                          linli_command_now (context), CLAMP (limit, 1, PAGE_MAX));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!resume_one (context, rows->pdata[i], error))
      return FALSE;
  if (rows == NULL)
    return FALSE;
  linli_command_tell_int (context, "n_resumed", rows->len);

  return TRUE;
}
