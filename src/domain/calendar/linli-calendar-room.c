/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the centre works. */

#include "config.h"

#include "linli-calendar-room.h"

#include <glib/gi18n.h>

#include "linli-calendar-tables.h"
#include "linli-calendar.h"
#include "linli-deadline.h"
#include "linli-json.h"
#include "linli-rows-query.h"

static const LinliTable *const tables[] = {
  &linli_table_work_calendar,
  NULL
};

const LinliArgSpec linli_calendar_save_args[] = {
  { "name", LINLI_ARG_TEXT, TRUE, 120 },
  { "body", LINLI_ARG_OBJECT, TRUE, .doc = "week, exceptions, covered years; see docs/deadline.md" },
  { NULL }
};

static gboolean
retire_current (LinliCommandContext *context,
                const char          *name,
                gint64              *version,
                GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, &linli_table_work_calendar, error,
                                               "name = ?1 ORDER BY version DESC", "s", name);

  if (rows == NULL)
    return FALSE;
  *version = rows->len > 0 ? linli_row_get_int (rows->pdata[0], LINLI_WORK_CALENDAR_VERSION) : 0;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(LinliRow) old = linli_row_copy (rows->pdata[i]);

      linli_row_set_int (old, LINLI_WORK_CALENDAR_CURRENT, FALSE);
      if (!linli_tx_update (context->tx, old, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_covered (LinliRow *row,
             guint     column,
             int       year,
             gboolean  last)
{
  g_autofree char *date = g_strdup_printf (last ? "%04d-12-31" : "%04d-01-01", year);

  linli_row_set_text (row, column, date);
}

/**
 * linli_calendar_add_version:
 * @name: of the calendar whose next version @calendar is
 * @body: @calendar as JSON
 *
 * Part of a command: @calendar counts from now on. Tells `calendar`, its id.
 */
gboolean
linli_calendar_add_version (LinliCommandContext *context,
                            const char          *name,
                            LinliWorkCalendar   *calendar,
                            JsonObject          *body,
                            GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_work_calendar);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *text = linli_json_object_to_text (body);
  gint64 version = 0;

  if (!retire_current (context, name, &version, error))
    return FALSE;

  linli_row_set_text (row, LINLI_WORK_CALENDAR_ID, id);
  linli_row_set_text (row, LINLI_WORK_CALENDAR_NAME, name);
  linli_row_set_int (row, LINLI_WORK_CALENDAR_VERSION, version + 1);
  linli_row_set_text (row, LINLI_WORK_CALENDAR_BODY, text);
  set_covered (row, LINLI_WORK_CALENDAR_COVERED_FROM, linli_work_calendar_get_covered_from (calendar), FALSE);
  set_covered (row, LINLI_WORK_CALENDAR_COVERED_UNTIL, linli_work_calendar_get_covered_until (calendar), TRUE);
  linli_row_set_text (row, LINLI_WORK_CALENDAR_SOURCE, linli_work_calendar_get_source (calendar));
  linli_row_set_int (row, LINLI_WORK_CALENDAR_CURRENT, TRUE);
  linli_command_tell (context, "calendar", id);

  return linli_tx_insert (context->tx, row, error);
}

/* The command calendar.save. Tells `calendar`, the id of the version. */
gboolean
linli_calendar_save_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  JsonObject *body = linli_json_get_object (args, "body");
  g_autoptr(GError) fault = NULL;
  g_autoptr(LinliWorkCalendar) calendar = linli_work_calendar_from_json (body, &fault);

  if (calendar == NULL)
    {
      linli_command_tell (context, "fault", fault->message);
      return linli_refuse_invalid (error, "body", N_("This calendar cannot be used: its hours or days contradict each other."));
    }
  return linli_calendar_add_version (context, linli_json_get_text (args, "name"), calendar, body, error);
}

static const LinliCommand commands[] = {
  { "calendar.save", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, linli_calendar_save_args, linli_calendar_save_run,
    "Make the next version of a working calendar; clock.recompute then moves the open deadlines.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

static const LinliArgSpec no_args[] = { { NULL } };

static JsonNode *
list_calendars (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  return linli_rows_query (conn, &linli_table_work_calendar, "1 = 1 ORDER BY name, version DESC", error);
}

static const LinliQuery queries[] = {
  { "calendar.list", no_args, list_calendars, "Working calendars, newest version first.", TRUE },
  { NULL }
};

const LinliRoom linli_calendar_room = {
  .name = "calendar",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
