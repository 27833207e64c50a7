/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-holiday-file.h"

#include <glib/gi18n-lib.h>

#include "linli-calendar-builder.h"
#include "linli-calendar-store.h"
#include "linli-json.h"

#define MAX_BYTES (4 * 1024 * 1024)

void
linli_holiday_file_free (LinliHolidayFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->holidays, linli_holidays_free);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->moved, g_ptr_array_unref);
  g_free (self->operation);
  g_free (self);
}

static char *
load_text (GFile   *file,
           gsize   *size,
           GError **error)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                                                 NULL, error);
  char *text = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_BYTES)
    {
      g_set_error_literal (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG,
                           "The file is too large for a list of holidays");
      return NULL;
    }
  return g_file_load_contents (file, NULL, &text, size, NULL, error) ? text : NULL;
}

static const char *
translate (const char *sentence)
{
  return g_dgettext (GETTEXT_PACKAGE, sentence);
}

static char *
refusal_words (const LinliHolidayRefusal *refusal)
{
  g_autofree char *reason = linli_holidays_refusal_say (refusal, translate);

  return refusal->place > 0 ? g_strdup_printf (_("Entry %u: %s"), refusal->place, reason) : g_steal_pointer (&reason);
}

/**
 * linli_holiday_file_read:
 * @file: holidays as JSON or ICS
 * @error: a file that is neither, or has no day that can be read
 *
 * Returns: (transfer full): its days, and which entries were refused
 */
LinliHolidayFile *
linli_holiday_file_read (GFile   *file,
                         GError **error)
{
  gsize size = 0;
  g_autofree char *text = load_text (file, &size, error);
  g_autoptr(LinliHolidays) holidays = text != NULL ? linli_holidays_parse (text, (gssize) size, error) : NULL;
  LinliHolidayFile *self;

  if (holidays == NULL)
    return NULL;

  if (holidays->exceptions->len == 0)
    {
      g_autofree char *first = holidays->refusals->len > 0
                                 ? refusal_words (&g_array_index (holidays->refusals, LinliHolidayRefusal, 0)) : g_strdup ("");

      g_set_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_EMPTY, _("No day of this list can be read, so nothing was "
                                                                             "changed. %s"), first);
      return NULL;
    }

  self = g_new0 (LinliHolidayFile, 1);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->moved = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->n_days = holidays->exceptions->len;
  for (guint i = 0; i < holidays->refusals->len; i++)
    g_ptr_array_add (self->warnings, refusal_words (&g_array_index (holidays->refusals, LinliHolidayRefusal, i)));
  self->holidays = g_steal_pointer (&holidays);

  return self;
}

/* A year counts as known when its list adds up to the statutory days, give or
 * take one, and joins the years known already. An incomplete list must not
 * make deadlines look certain. */
static gboolean
extend_covered (LinliHolidayFile     *self,
                LinliWorkCalendar    *calendar,
                LinliCalendarBuilder *builder,
                GError              **error)
{
  int from = linli_work_calendar_get_covered_from (calendar);
  int until = linli_work_calendar_get_covered_until (calendar);

  for (int year = self->holidays->first_year; year != 0 && year <= self->holidays->last_year; year++)
    {
      int days = 0;
      int expected = 0;

      linli_holidays_check_year (self->holidays, year, &days, &expected);
      if (year >= from && year <= until)
        continue;
      if (ABS (days - expected) > 1)
        g_ptr_array_add (self->warnings,
                         g_strdup_printf (_("%d: the list names %d days off, the law %d; the year stays unknown."),
                                          year, days, expected));
      else if (year == until + 1)
        until = year;
      else if (year == from - 1)
        from = year;
      else
        g_ptr_array_add (self->warnings,
                         g_strdup_printf (_("%d: the years between are missing; the year stays unknown."), year));
    }

  return linli_calendar_builder_set_covered (builder, from, until, error);
}

/* The calendar and the clocks that it moves: one operation, taken back as one. */
static gboolean
replace_calendar (LinliHolidayFile  *self,
                  LinliStore        *store,
                  LinliConn         *conn,
                  LinliWorkCalendar *calendar,
                  LinliExecuteFlags  flags,
                  GError           **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOutcome) outcome = NULL;
  JsonArray *moved;

  json_object_set_string_member (args, "name", linli_work_calendar_get_name (calendar));
  json_object_set_object_member (args, "body", linli_work_calendar_to_json (calendar));
  outcome = linli_store_submit (store, conn, "calendar.replace", args, flags, error);
  if (outcome == NULL)
    return FALSE;
  if (!(flags & LINLI_EXECUTE_DRY_RUN))
    self->operation = g_strdup (outcome->operation);
  moved = linli_json_get_array (outcome->result, "moved");
  for (guint i = 0; moved != NULL && i < json_array_get_length (moved); i++)
    g_ptr_array_add (self->moved, json_object_ref (json_array_get_object_element (moved, i)));
  return TRUE;
}

/**
 * linli_holiday_file_import:
 * @conn: the connection of a writing job
 * @flags: with %LINLI_EXECUTE_DRY_RUN nothing changes, and `moved` tells what would
 * @error: %LINLI_DOMAIN_ERROR, %LINLI_STORE_ERROR, %LINLI_CALENDAR_ERROR
 *
 * Makes the next version of the current calendar with these days, which moves
 * the open deadlines; undoing `operation` takes both back.
 */
gboolean
linli_holiday_file_import (LinliHolidayFile *self,
                           LinliStore       *store,
                           LinliConn        *conn,
                           LinliExecuteFlags flags,
                           GError          **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(LinliCalendarBuilder) builder = NULL;
  g_autoptr(LinliWorkCalendar) next = NULL;

  if (!linli_calendar_load_current (conn, &calendar, NULL, error))
    return FALSE;
  if (calendar == NULL)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "The store has no working calendar");
      return FALSE;
    }
  builder = linli_calendar_builder_new_from (calendar);
  linli_calendar_builder_set_version (builder, linli_work_calendar_get_version (calendar) + 1);
  if (!linli_holidays_apply (self->holidays, builder, error) || !extend_covered (self, calendar, builder, error))
    return FALSE;
  next = linli_calendar_builder_build (builder, error);

  return next != NULL && replace_calendar (self, store, conn, next, flags, error);
}
