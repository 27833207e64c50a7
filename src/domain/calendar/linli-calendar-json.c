/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars as JSON; docs/deadline.md describes the shape. Weekdays are names
 * because numbers mean different days to different programs: 7 is Sunday to
 * some, nothing to others, and 1 is Sunday or Monday. */

#include "config.h"

#include "linli-calendar-json.h"
#include "linli-calendar-private.h"
#include "linli-json.h"

#include <string.h>

/* A range longer than this is a slip of the pen, not a holiday. */
#define RANGE_MAX 366

static const char *weekday_ids[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
static const char *exception_ids[] = { "off", "work", "hours" };

G_GNUC_PRINTF (3, 4)
static gboolean
fail (GError           **error,
      LinliCalendarError code,
      const char        *format,
      ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LINLI_CALENDAR_ERROR, code, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
parse_span (const char *text,
            int        *from,
            int        *to)
{
  g_auto(GStrv) ends = NULL;

  if (text == NULL)
    return FALSE;

  ends = g_strsplit (text, "-", 3);
  if (g_strv_length (ends) != 2)
    return FALSE;

  *from = linli_clock_time_parse (g_strstrip (ends[0]));
  *to = linli_clock_time_parse (g_strstrip (ends[1]));
  return *from >= 0 && *to >= 0;
}

/* @what names the place for the error message. */
static gboolean
read_hours (JsonNode   *node,
            const char *what,
            LinliHours *hours,
            GError    **error)
{
  JsonArray *spans;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, LINLI_CALENDAR_ERROR_FORMAT, "%s: hours are a list such as [\"09:00-12:00\"]", what);

  spans = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (spans); i++)
    {
      JsonNode *element = json_array_get_element (spans, i);
      const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      int from, to;

      if (!parse_span (text, &from, &to))
        return fail (error, LINLI_CALENDAR_ERROR_FORMAT, "%s: \"%s\" is not a span such as \"09:00-12:00\"",
                     what, text != NULL ? text : "null");
      if (!linli_hours_add (hours, from, to, error))
        {
          g_prefix_error (error, "%s: ", what);
          return FALSE;
        }
    }

  return TRUE;
}

static int
find_id (const char *const *ids,
         guint              n_ids,
         const char        *id)
{
  for (guint i = 0; id != NULL && i < n_ids; i++)
    if (g_str_equal (ids[i], id))
      return (int) i;

  return -1;
}

/**
 * linli_calendar_builder_read_week:
 * @week: {"mon": ["09:00-12:00", "14:00-18:00"], ...}; a weekday left out rests
 * @error: %LINLI_CALENDAR_ERROR_WEEK, %LINLI_CALENDAR_ERROR_SPAN,
 *   %LINLI_CALENDAR_ERROR_FORMAT
 *
 * Replaces the week that the builder had.
 */
gboolean
linli_calendar_builder_read_week (LinliCalendarBuilder *builder,
                                  JsonObject           *week,
                                  GError              **error)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  g_return_val_if_fail (builder != NULL && week != NULL, FALSE);

  linli_calendar_builder_clear_week (builder);
  json_object_iter_init (&iter, week);
  while (json_object_iter_next (&iter, &id, &node))
    {
      LinliHours hours = { 0 };
      int weekday = find_id (weekday_ids, G_N_ELEMENTS (weekday_ids), id);

      if (weekday < 0)
        return fail (error, LINLI_CALENDAR_ERROR_WEEK,
                     "There is no weekday \"%s\": write mon, tue, wed, thu, fri, sat, sun", id);
      if (!read_hours (node, id, &hours, error))
        return FALSE;
      for (const LinliSpan *span = hours.spans; span < hours.spans + hours.n_spans; span++)
        if (!linli_calendar_builder_add_span (builder, weekday, span->from, span->to, error))
          return FALSE;
    }

  return TRUE;
}

/* One entry, a day or a range of days. */
static gboolean
read_exception (LinliCalendarBuilder *builder,
                JsonObject           *object,
                GError              **error)
{
  const char *date_text = linli_json_get_text (object, "date");
  const char *until_text = linli_json_get_text (object, "until");
  LinliDate date = linli_date_parse (date_text);
  LinliDate until = until_text != NULL ? linli_date_parse (until_text) : date;
  const char *name = linli_json_get_text (object, "name");
  const char *kind_id = linli_json_get_text (object, "kind");
  int kind = find_id (exception_ids, G_N_ELEMENTS (exception_ids), kind_id);
  LinliHours hours = { 0 };

  if (date == LINLI_DATE_NONE || until == LINLI_DATE_NONE)
    return fail (error, LINLI_CALENDAR_ERROR_DATE, "\"%s\" is not a day such as \"2026-02-14\"",
                 date == LINLI_DATE_NONE ? (date_text != NULL ? date_text : "null") : until_text);
  if (until < date || until - date >= RANGE_MAX)
    return fail (error, LINLI_CALENDAR_ERROR_DATE,
                 "The days from %s until %s are no range", date_text, until_text);
  if (kind < 0)
    return fail (error, LINLI_CALENDAR_ERROR_FORMAT,
                 "%s: the kind of an exception is off, work or hours", date_text);
  if (kind == LINLI_EXCEPTION_HOURS
      && !read_hours (json_object_get_member (object, "hours"), date_text, &hours, error))
    return FALSE;

  for (LinliDate day = date; day <= until; day++)
    if (!linli_calendar_builder_set_exception (builder, day, kind, &hours, name, error))
      {
        g_prefix_error (error, "%s: ", date_text);
        return FALSE;
      }

  return TRUE;
}

/**
 * linli_calendar_builder_read_exceptions:
 * @exceptions: [{"date": "2026-02-15", "until": "2026-02-23", "kind": "off", "name": "春节"}, ...]
 * @error: %LINLI_CALENDAR_ERROR_DATE, %LINLI_CALENDAR_ERROR_SPAN,
 *   %LINLI_CALENDAR_ERROR_FORMAT
 *
 * Adds to what the builder had; the later word about a day wins.
 */
gboolean
linli_calendar_builder_read_exceptions (LinliCalendarBuilder *builder,
                                        JsonArray            *exceptions,
                                        GError              **error)
{
  g_return_val_if_fail (builder != NULL && exceptions != NULL, FALSE);

  for (guint i = 0; i < json_array_get_length (exceptions); i++)
    {
      JsonNode *node = json_array_get_element (exceptions, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, LINLI_CALENDAR_ERROR_FORMAT, "Exception %u is not an object", i + 1);
      if (!read_exception (builder, json_node_get_object (node), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_calendar_builder_read_years:
 * @object: {"covered_from": 2023, "covered_until": 2026}, among other members
 * @error: %LINLI_CALENDAR_ERROR_YEARS
 */
gboolean
linli_calendar_builder_read_years (LinliCalendarBuilder *builder,
                                   JsonObject           *object,
                                   GError              **error)
{
  gint64 from = 0;
  gint64 until = 0;

  g_return_val_if_fail (builder != NULL && object != NULL, FALSE);

  if (!linli_json_get_int (object, "covered_from", &from)
      || !linli_json_get_int (object, "covered_until", &until))
    return fail (error, LINLI_CALENDAR_ERROR_YEARS,
                 "A calendar needs \"covered_from\" and \"covered_until\", two years");

  return linli_calendar_builder_set_covered (builder, (int) CLAMP (from, 0, G_MAXINT),
                                             (int) CLAMP (until, 0, G_MAXINT), error);
}

static gboolean
read_make_up (LinliCalendarBuilder *builder,
              JsonNode             *node,
              GError              **error)
{
  LinliHours hours = { 0 };

  if (node == NULL)
    return TRUE;
  if (!read_hours (node, "make_up", &hours, error))
    return FALSE;
  for (const LinliSpan *span = hours.spans; span < hours.spans + hours.n_spans; span++)
    if (!linli_calendar_builder_add_make_up_span (builder, span->from, span->to, error))
      return FALSE;

  return TRUE;
}

/**
 * linli_work_calendar_from_json:
 * @object: a calendar as linli_work_calendar_to_json() writes it
 * @error: %LINLI_CALENDAR_ERROR
 *
 * Returns: (transfer full): the calendar
 */
LinliWorkCalendar *
linli_work_calendar_from_json (JsonObject *object,
                               GError    **error)
{
  g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new ();
  JsonObject *week;
  JsonArray *exceptions;
  const char *text;
  gint64 version = 0;

  g_return_val_if_fail (object != NULL, NULL);

  if ((text = linli_json_get_text (object, "name")) != NULL)
    linli_calendar_builder_set_name (builder, text);
  if (linli_json_get_int (object, "version", &version))
    linli_calendar_builder_set_version (builder, (int) CLAMP (version, 0, G_MAXINT));
  linli_calendar_builder_set_source (builder, linli_json_get_text (object, "source"));
  if ((text = linli_json_get_text (object, "zone")) != NULL
      && !linli_calendar_builder_set_zone (builder, text, error))
    return NULL;

  week = linli_json_get_object (object, "week");
  if (week == NULL)
    {
      fail (error, LINLI_CALENDAR_ERROR_WEEK, "A calendar needs a \"week\"");
      return NULL;
    }
  if (!linli_calendar_builder_read_week (builder, week, error)
      || !linli_calendar_builder_read_years (builder, object, error)
      || !read_make_up (builder, json_object_get_member (object, "make_up"), error))
    return NULL;
  exceptions = linli_json_get_array (object, "exceptions");
  if (exceptions != NULL && !linli_calendar_builder_read_exceptions (builder, exceptions, error))
    return NULL;

  return linli_calendar_builder_build (builder, error);
}

static JsonArray *
write_hours (const LinliHours *hours)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < hours->n_spans; i++)
    {
      g_autofree char *from = linli_clock_time_to_text (hours->spans[i].from);
      g_autofree char *to = linli_clock_time_to_text (hours->spans[i].to);
      g_autofree char *span = g_strconcat (from, "-", to, NULL);

      json_array_add_string_element (array, span);
    }

  return array;
}

static gboolean
same_exception (const LinliDayException *a,
                const LinliDayException *b)
{
  return a->kind == b->kind && g_strcmp0 (a->name, b->name) == 0
      && a->hours.n_spans == b->hours.n_spans
      && memcmp (a->hours.spans, b->hours.spans, a->hours.n_spans * sizeof (LinliSpan)) == 0;
}

/* Days in a row of which the same is said are written as one range. */
static JsonArray *
write_exceptions (GArray *exceptions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0, next; i < exceptions->len; i = next)
    {
      const LinliDayException *first = &g_array_index (exceptions, LinliDayException, i);
      JsonObject *object = json_object_new ();
      g_autofree char *date = linli_date_to_text (first->date);

      for (next = i + 1; next < exceptions->len && next - i < RANGE_MAX; next++)
        {
          const LinliDayException *other = &g_array_index (exceptions, LinliDayException, next);

          if (other->date != first->date + (LinliDate) (next - i) || !same_exception (first, other))
            break;
        }

      json_object_set_string_member (object, "date", date);
      if (next - i > 1)
        {
          g_autofree char *until = linli_date_to_text (first->date + (LinliDate) (next - i - 1));

          json_object_set_string_member (object, "until", until);
        }
      json_object_set_string_member (object, "kind", exception_ids[first->kind]);
      if (first->kind == LINLI_EXCEPTION_HOURS)
        json_object_set_array_member (object, "hours", write_hours (&first->hours));
      if (first->name != NULL)
        json_object_set_string_member (object, "name", first->name);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * linli_work_calendar_to_json:
 *
 * Returns: (transfer full): all that linli_work_calendar_from_json() needs to
 *   make an equal calendar; equal calendars give equal JSON
 */
JsonObject *
linli_work_calendar_to_json (LinliWorkCalendar *calendar)
{
  const LinliCalendarRules *rules;
  JsonObject *object;
  JsonObject *week;

  g_return_val_if_fail (calendar != NULL, NULL);

  rules = &calendar->rules;
  object = json_object_new ();
  json_object_set_string_member (object, "name", rules->name);
  json_object_set_int_member (object, "version", rules->version);
  if (rules->source != NULL)
    json_object_set_string_member (object, "source", rules->source);
  json_object_set_string_member (object, "zone", rules->zone);
  json_object_set_int_member (object, "covered_from", rules->covered_from);
  json_object_set_int_member (object, "covered_until", rules->covered_until);

  week = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rules->week); i++)
    if (rules->week[i].n_spans > 0)
      json_object_set_array_member (week, weekday_ids[i], write_hours (&rules->week[i]));
  json_object_set_object_member (object, "week", week);
  if (rules->make_up.n_spans > 0)
    json_object_set_array_member (object, "make_up", write_hours (&rules->make_up));
  json_object_set_array_member (object, "exceptions", write_exceptions (rules->exceptions));

  return object;
}
