/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The deadline engine for scripts: one JSON object in, one out, nothing read
 * but the arguments. docs/deadline.md describes both. */

#include "config.h"

#include "linli-calendar-json.h"
#include "linli-deadline.h"
#include "linli-json.h"

#include <string.h>

#define PAUSES_MAX     10000
#define EXTENSIONS_MAX 1000

/* The week when nobody says otherwise. */
static const LinliSpan default_hours[] = { { 9 * 60, 12 * 60 }, { 14 * 60, 18 * 60 } };

typedef struct
{
  LinliDeadlineQuestion question;
  LinliWorkCalendar    *calendar;   /* (owned) */
  GArray               *pauses;     /* (owned) LinliPause */
  GArray               *extensions; /* (owned) LinliTerm */
  LinliBareUnit         bare;
  JsonArray            *warnings;   /* (owned) */
} Input;

static void
input_clear (Input *input)
{
  g_clear_pointer (&input->calendar, linli_work_calendar_unref);
  g_clear_pointer (&input->pauses, g_array_unref);
  g_clear_pointer (&input->extensions, g_array_unref);
  g_clear_pointer (&input->warnings, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError    **error,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_FORMAT, format, args);
  va_end (args);
  return FALSE;
}

G_GNUC_PRINTF (2, 3)
static void
warn (Input      *input,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  json_array_add_string_element (input->warnings, text);
}

/* A time without an offset means another moment on another machine, and is
 * refused. Seconds may be left out, which GLib does not allow. */
static gboolean
read_time (JsonObject *object,
           const char *member,
           gint64     *time,
           GError    **error)
{
  const gsize to_the_minute = strlen ("2026-02-13T17:00");
  const char *text = linli_json_get_text (object, member);
  g_autofree char *full = NULL;
  g_autoptr(GDateTime) parsed = NULL;

  if (text != NULL && strlen (text) > to_the_minute && text[to_the_minute] != ':')
    text = full = g_strdup_printf ("%.*s:00%s", (int) to_the_minute, text, text + to_the_minute);
  if (text != NULL)
    parsed = g_date_time_new_from_iso8601 (text, NULL);
  if (parsed == NULL)
    return fail (error, "\"%s\" must be a time with its offset, such as \"2026-02-13T17:00+08:00\"", member);

  *time = g_date_time_to_unix (parsed) * G_USEC_PER_SEC + g_date_time_get_microsecond (parsed);
  return TRUE;
}

/* A clock cannot know whether it is the season, so whoever reads it is told. */
static void
warn_of_condition (Input            *input,
                   const LinliLimit *limit,
                   const LinliLimit *used)
{
  g_autofree char *term = linli_term_to_zh (limit->term);

  if (limit->qualifier != NULL)
    warn (input, "\"%s\": %s holds for %s only; it is %s", limit->source, term, limit->qualifier,
          limit == used ? "used all the same" : "not used");
  else if (limit != used)
    warn (input, "\"%s\": %s is one more limit; it is not used", limit->source, term);
}

static gboolean
read_term (Input     *input,
           JsonNode  *node,
           LinliTerm *term,
           GError   **error)
{
  g_autoptr(LinliLimitText) parsed = NULL;
  const LinliLimit *limit;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return linli_term_from_json (json_node_get_object (node), term, error);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, "A limit is a text such as \"5工作日\" or {\"amount\": 5, \"unit\": \"working_day\"}");

  parsed = linli_limit_text_parse (json_node_get_string (node), input->bare);
  if (parsed->limits->len == 0)
    return fail (error, "\"%s\" is not a limit", json_node_get_string (node));

  limit = linli_limit_text_choose (parsed);
  *term = limit->term;
  if (limit->assumed)
    warn (input, "\"%s\" does not say whether working time is meant; read as %s", limit->source,
          linli_limit_unit_to_id (limit->term.unit));
  for (guint i = 0; i < parsed->limits->len; i++)
    warn_of_condition (input, &g_array_index (parsed->limits, LinliLimit, i), limit);
  if (limit->least != limit->term.amount)
    warn (input, "\"%s\" is a range; its upper end is used", limit->source);
  for (guint i = 0; i < parsed->rest->len; i++)
    warn (input, "\"%s\" is not part of a limit", (const char *) g_ptr_array_index (parsed->rest, i));
  return TRUE;
}

static gboolean
read_rule (JsonObject     *in,
           LinliLimitUnit  unit,
           LinliStartRule *rule,
           GError        **error)
{
  const char *id = linli_json_get_text (in, "start_rule");

  if (!json_object_has_member (in, "start_rule"))
    *rule = linli_start_rule_default (unit);
  else if (!linli_start_rule_from_id (id, rule))
    return fail (error, "\"start_rule\" is immediate, next_day or next_working_day");

  return TRUE;
}

static gboolean
add_default_week (LinliCalendarBuilder *builder,
                  GError              **error)
{
  for (int weekday = LINLI_MONDAY; weekday <= LINLI_FRIDAY; weekday++)
    for (guint i = 0; i < G_N_ELEMENTS (default_hours); i++)
      if (!linli_calendar_builder_add_span (builder, weekday, default_hours[i].from,
                                            default_hours[i].to, error))
        return FALSE;

  return TRUE;
}

/* The members that replace parts of a calendar. */
static gboolean
read_calendar_parts (LinliCalendarBuilder *builder,
                     JsonObject           *in,
                     GError              **error)
{
  JsonObject *week = linli_json_get_object (in, "week");
  JsonArray *exceptions = linli_json_get_array (in, "exceptions");
  const char *zone = linli_json_get_text (in, "zone");
  gboolean years = json_object_has_member (in, "covered_from") || json_object_has_member (in, "covered_until");

  if (json_object_has_member (in, "week") && week == NULL)
    return fail (error, "\"week\" must be an object");
  if (json_object_has_member (in, "exceptions") && exceptions == NULL)
    return fail (error, "\"exceptions\" must be an array");

  return (week == NULL || linli_calendar_builder_read_week (builder, week, error))
      && (zone == NULL || linli_calendar_builder_set_zone (builder, zone, error))
      && (exceptions == NULL || linli_calendar_builder_read_exceptions (builder, exceptions, error))
      && (!years || linli_calendar_builder_read_years (builder, in, error));
}

/* A whole calendar, or the given base, with some parts replaced. */
static gboolean
read_calendar (Input             *input,
               JsonObject        *in,
               LinliWorkCalendar *base,
               GError           **error)
{
  g_autoptr(LinliCalendarBuilder) builder = NULL;
  g_autoptr(LinliWorkCalendar) whole = NULL;

  if (json_object_has_member (in, "calendar"))
    {
      JsonObject *object = linli_json_get_object (in, "calendar");

      if (object == NULL)
        return fail (error, "\"calendar\" must be an object");
      whole = linli_work_calendar_from_json (object, error);
      if (whole == NULL)
        return FALSE;
      base = whole;
    }

  builder = base != NULL ? linli_calendar_builder_new_from (base) : linli_calendar_builder_new ();
  if (base == NULL && !add_default_week (builder, error))
    return FALSE;
  if (!read_calendar_parts (builder, in, error))
    return FALSE;

  input->calendar = linli_calendar_builder_build (builder, error);
  return input->calendar != NULL;
}

static gboolean
read_pauses (Input      *input,
             JsonObject *in,
             GError    **error)
{
  JsonArray *array = linli_json_get_array (in, "pauses");

  if (!json_object_has_member (in, "pauses"))
    return TRUE;
  if (array == NULL || json_array_get_length (array) > PAUSES_MAX)
    return fail (error, "\"pauses\" must be an array of at most %d", PAUSES_MAX);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *to = object != NULL ? json_object_get_member (object, "to") : NULL;
      LinliPause pause = { 0, LINLI_PAUSE_OPEN };

      if (!read_time (object, "from", &pause.from, error)
          || (to != NULL && !JSON_NODE_HOLDS_NULL (to) && !read_time (object, "to", &pause.to, error)))
        {
          g_prefix_error (error, "Pause %u: ", i + 1);
          return FALSE;
        }
      g_array_append_val (input->pauses, pause);
    }

  return TRUE;
}

static gboolean
read_extensions (Input      *input,
                 JsonObject *in,
                 GError    **error)
{
  JsonArray *array = linli_json_get_array (in, "extensions");

  if (!json_object_has_member (in, "extensions"))
    return TRUE;
  if (array == NULL || json_array_get_length (array) > EXTENSIONS_MAX)
    return fail (error, "\"extensions\" must be an array of at most %d", EXTENSIONS_MAX);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      LinliTerm term;

      if (!read_term (input, json_array_get_element (array, i), &term, error))
        return FALSE;
      g_array_append_val (input->extensions, term);
    }

  return TRUE;
}

static gboolean
read_input (Input             *input,
            JsonObject        *in,
            LinliWorkCalendar *base,
            GError           **error)
{
  const char *bare = linli_json_get_text (in, "bare_units");

  input->pauses = g_array_new (FALSE, FALSE, sizeof (LinliPause));
  input->extensions = g_array_new (FALSE, FALSE, sizeof (LinliTerm));
  input->warnings = json_array_new ();
  input->bare = g_strcmp0 (bare, "working") == 0 ? LINLI_BARE_IS_WORKING : LINLI_BARE_IS_CLOCK;
  if (bare != NULL && !g_str_equal (bare, "working") && !g_str_equal (bare, "clock"))
    return fail (error, "\"bare_units\" is clock or working");

  if (!read_time (in, "start", &input->question.start, error)
      || !read_term (input, json_object_get_member (in, "limit"), &input->question.limit, error)
      || !read_rule (in, input->question.limit.unit, &input->question.rule, error)
      || !read_calendar (input, in, base, error)
      || !read_pauses (input, in, error)
      || !read_extensions (input, in, error))
    return FALSE;

  input->question.calendar = input->calendar;
  input->question.pauses = (const LinliPause *) input->pauses->data;
  input->question.n_pauses = input->pauses->len;
  input->question.extensions = (const LinliTerm *) input->extensions->data;
  input->question.n_extensions = input->extensions->len;
  return TRUE;
}

/* How the deadline looks at "now", when that was given. */
static gboolean
write_remaining (const Input         *input,
                 const LinliDeadline *deadline,
                 JsonObject          *in,
                 JsonObject          *out,
                 GError             **error)
{
  gboolean working = linli_limit_unit_is_working (input->question.limit.unit);
  LinliRemaining remaining;
  gint64 now;

  if (!json_object_has_member (in, "now"))
    return TRUE;
  if (!read_time (in, "now", &now, error))
    return FALSE;
  if (deadline->paused)
    return TRUE;
  if (!linli_deadline_remaining (now, deadline->due, working ? input->calendar : NULL,
                                 &remaining, error))
    return FALSE;

  json_object_set_boolean_member (out, "overdue", remaining.overdue);
  json_object_set_int_member (out, remaining.overdue ? "overdue_minutes" : "minutes_left",
                              remaining.minutes);
  return TRUE;
}

static JsonObject *
write_answer (Input               *input,
              const LinliDeadline *deadline)
{
  g_autofree char *zh = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
  g_autofree char *en = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_EN);
  g_autoptr(JsonObject) trace = linli_trace_to_json (deadline->trace);
  JsonObject *out = json_object_new ();

  if (deadline->paused)
    {
      json_object_set_null_member (out, "due");
      json_object_set_int_member (out, "minutes_left", deadline->left);
    }
  else
    {
      g_autofree char *due = linli_work_calendar_format_time (input->calendar, deadline->due);

      json_object_set_string_member (out, "due", due);
    }
  json_object_set_boolean_member (out, "paused", deadline->paused);
  json_object_set_object_member (out, "limit", linli_term_to_json (input->question.limit));
  json_object_set_string_member (out, "start_rule", linli_start_rule_to_id (input->question.rule));
  json_object_set_array_member (out, "trace",
                                json_array_ref (json_object_get_array_member (trace, "steps")));
  json_object_set_string_member (out, "text_zh", zh);
  json_object_set_string_member (out, "text_en", en);
  json_object_set_array_member (out, "warnings", json_array_ref (input->warnings));

  return out;
}

/**
 * linli_deadline_run_json:
 * @in: the question
 * @base: (nullable): the calendar where @in brings none of its own, normally
 *   the built-in one; @in may replace parts of it
 * @error: %LINLI_DEADLINE_ERROR, %LINLI_CALENDAR_ERROR, %LINLI_LIMIT_ERROR
 *
 * Returns: (transfer full): due, trace, both texts and warnings
 */
JsonObject *
linli_deadline_run_json (JsonObject        *in,
                         LinliWorkCalendar *base,
                         GError           **error)
{
  g_auto(Input) input = { 0 };
  g_autoptr(LinliDeadline) deadline = NULL;
  g_autoptr(JsonObject) out = NULL;

  g_return_val_if_fail (in != NULL, NULL);

  if (!read_input (&input, in, base, error))
    return NULL;
  deadline = linli_deadline_compute (&input.question, error);
  if (deadline == NULL)
    return NULL;
  out = write_answer (&input, deadline);
  if (!write_remaining (&input, deadline, in, out, error))
    return NULL;

  return g_steal_pointer (&out);
}
