/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-change.h"

#include <glib/gi18n.h>

#include "linli-calendar-builder.h"
#include "linli-calendar-room.h"
#include "linli-calendar-store.h"
#include "linli-case-commands-private.h"
#include "linli-clock-recompute.h"
#include "linli-json.h"

#define DAYS_MAX 366 /* more at once is a slip of the pen */

static const char *const kinds[] = { "off", "work", "hours", "week", NULL };
static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

const LinliArgSpec linli_calendar_set_days_args[] = {
  { "date", LINLI_ARG_DATE, TRUE, .doc = "the day, or the first of some" },
  { "until", LINLI_ARG_DATE, .doc = "the last of them; the same day when absent" },
  { "kind", LINLI_ARG_TEXT, TRUE, .choices = kinds,
    .doc = "off: a holiday; work: a make-up day; hours: hours of its own; week: as the week says" },
  { "hours", LINLI_ARG_TEXT, FALSE, 200, .doc = "of kind hours: 09:00-12:00 14:00-16:00" },
  { "name", LINLI_ARG_TEXT, FALSE, 40, .doc = "what people call it: 春节" },
  { NULL }
};

#define HOURS_DOC .doc = "08:30-12:00 14:00-18:00; a day without any rests"

const LinliArgSpec linli_calendar_set_week_args[] = {
  { "mon", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "tue", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "wed", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "thu", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "fri", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "sat", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "sun", LINLI_ARG_TEXT, FALSE, 200, HOURS_DOC },
  { "make_up", LINLI_ARG_TEXT, FALSE, 200, .doc = "of a make-up day; those of the first working weekday when absent" },
  { NULL }
};

const LinliArgSpec linli_calendar_set_years_args[] = {
  { "from", LINLI_ARG_INT, TRUE, .doc = "first year whose holidays are known" },
  { "until", LINLI_ARG_INT, TRUE, .doc = "last such year" },
  { NULL }
};

/* --- Hours as people write them --- */

static void
replace_all (GString          *text,
             const char *const *signs,
             const char       *by)
{
  for (guint i = 0; signs[i] != NULL; i++)
    g_string_replace (text, signs[i], by, 0);
}

static gboolean
read_span (LinliHours *hours,
           const char *text)
{
  g_auto(GStrv) ends = g_strsplit (text, "-", 3);

  return g_strv_length (ends) == 2 &&
         linli_hours_add (hours, linli_clock_time_parse (ends[0]), linli_clock_time_parse (ends[1]), NULL);
}

/* @text: (nullable): none for a day of rest */
static gboolean
read_hours (const char *text,
            const char *field,
            LinliHours *hours,
            GError    **error)
{
  static const char *const colons[] = { "：", NULL };
  static const char *const dashes[] = { " - ", "–", "—", "~", "～", "至", NULL };
  static const char *const gaps[] = { "，", ",", "、", "；", ";", NULL };
  g_autoptr(GString) plain = g_string_new (text);
  g_auto(GStrv) spans = NULL;

  replace_all (plain, colons, ":");
  replace_all (plain, dashes, "-");
  replace_all (plain, gaps, " ");
  spans = g_strsplit (plain->str, " ", -1);
  for (guint i = 0; spans[i] != NULL; i++)
    if (*spans[i] != '\0' && !read_span (hours, spans[i]))
      return linli_refuse_invalid (error, field, N_("Hours are written 08:30-12:00 14:00-18:00: each span ends after it "
                                                    "begins, no two overlap, and there are eight at most."));
  return TRUE;
}

/* Returns: (transfer full): as people write them; empty for a day of rest */
char *
linli_hours_to_text (const LinliHours *hours)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hours->n_spans; i++)
    {
      g_autofree char *from = linli_clock_time_to_text (hours->spans[i].from);
      g_autofree char *to = linli_clock_time_to_text (hours->spans[i].to);

      g_string_append_printf (text, "%s%s-%s", i > 0 ? " " : "", from, to);
    }
  return g_string_free (text, FALSE);
}

/* --- What is to change --- */

static gboolean
set_days (LinliCalendarBuilder *builder,
          LinliDate             from,
          LinliDate             until,
          JsonObject           *args,
          GError              **error)
{
  const char *kind = linli_json_get_text (args, "kind");
  const char *name = linli_json_get_text (args, "name");
  LinliHours hours = { 0 };
  int exception = 0;

  if (name != NULL && *name == '\0')
    name = NULL;
  if (!read_hours (linli_json_get_text (args, "hours"), "hours", &hours, error))
    return FALSE;
  if (g_str_equal (kind, "hours") && hours.n_spans == 0)
    return linli_refuse_invalid (error, "hours", N_("Say the hours of such a day: 09:00-12:00 14:00-16:00."));
  while (kinds[exception + 1] != NULL && !g_str_equal (kinds[exception], kind))
    exception++;
  for (LinliDate day = from; day <= until; day++)
    if (g_str_equal (kind, "week"))
      linli_calendar_builder_remove_exception (builder, day);
    else if (!linli_calendar_builder_set_exception (builder, day, (LinliExceptionKind) exception, &hours, name, error))
      return FALSE;
  return TRUE;
}

static gboolean
plan_days (LinliCalendarBuilder *builder,
           JsonObject           *args,
           GError              **error)
{
  const char *last = linli_json_get_text (args, "until");
  LinliDate from = linli_date_parse (linli_json_get_text (args, "date"));
  LinliDate until = last != NULL && *last != '\0' ? linli_date_parse (last) : from;

  if (from == LINLI_DATE_NONE)
    return linli_refuse_invalid (error, "date", N_("Write a day such as 2026-02-14."));
  if (until == LINLI_DATE_NONE)
    return linli_refuse_invalid (error, "until", N_("Write a day such as 2026-02-14."));
  if (until < from)
    return linli_refuse_invalid (error, "until", N_("The last day comes before the first."));
  if (until - from >= DAYS_MAX)
    return linli_refuse_invalid (error, "until", N_("These are more days than a year has."));
  return set_days (builder, from, until, args, error);
}

static gboolean
plan_week (LinliCalendarBuilder *builder,
           JsonObject           *args,
           GError              **error)
{
  LinliHours make_up = { 0 };
  guint n_spans = 0;

  linli_calendar_builder_clear_week (builder);
  for (int i = 0; i < (int) G_N_ELEMENTS (weekdays); i++)
    {
      LinliHours hours = { 0 };

      if (!read_hours (linli_json_get_text (args, weekdays[i]), weekdays[i], &hours, error))
        return FALSE;
      for (guint k = 0; k < hours.n_spans; k++, n_spans++)
        if (!linli_calendar_builder_add_span (builder, i, hours.spans[k].from, hours.spans[k].to, error))
          return FALSE;
    }
  if (n_spans == 0)
    return linli_refuse_invalid (error, "mon", N_("Somebody has to be at work on one day of the week at least."));
  if (!read_hours (linli_json_get_text (args, "make_up"), "make_up", &make_up, error))
    return FALSE;
  linli_calendar_builder_clear_make_up (builder);
  for (guint k = 0; k < make_up.n_spans; k++)
    if (!linli_calendar_builder_add_make_up_span (builder, make_up.spans[k].from, make_up.spans[k].to, error))
      return FALSE;
  return TRUE;
}

static gboolean
plan_years (LinliCalendarBuilder *builder,
            JsonObject           *args,
            GError              **error)
{
  gint64 from = 0;
  gint64 until = 0;

  linli_json_get_int (args, "from", &from);
  linli_json_get_int (args, "until", &until);
  if (from > until)
    return linli_refuse_invalid (error, "until", N_("The last year comes before the first."));
  return linli_calendar_builder_set_covered (builder, (int) CLAMP (from, 0, G_MAXINT), (int) CLAMP (until, 0, G_MAXINT), NULL) ||
         linli_refuse_invalid (error, "until", N_("A calendar cannot know the holidays of those years."));
}

static const struct
{
  const char *command;
  gboolean  (*plan) (LinliCalendarBuilder *builder, JsonObject *args, GError **error);
} plans[] = {
  { "calendar.set-days", plan_days },
  { "calendar.set-week", plan_week },
  { "calendar.set-years", plan_years },
};

/* @command: calendar.set-days, calendar.set-week or calendar.set-years
 * @error: %LINLI_DOMAIN_ERROR for what cannot be
 *
 * Returns: (transfer full): the next version of @calendar, which nobody has yet */
static LinliWorkCalendar *
plan (LinliWorkCalendar *calendar,
      const char        *command,
      JsonObject        *args,
      GError           **error)
{
  g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new_from (calendar);
  guint i = 0;

  while (!g_str_equal (plans[i].command, command))
    g_assert (++i < G_N_ELEMENTS (plans));
  linli_calendar_builder_set_version (builder, linli_work_calendar_get_version (calendar) + 1);
  return plans[i].plan (builder, args, error) ? linli_calendar_builder_build (builder, error) : NULL;
}

/* --- Changing it --- */

static LinliWorkCalendar *
plan_next (LinliConn  *conn,
           const char *command,
           JsonObject *args,
           GError    **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;

  if (!linli_calendar_load_current (conn, &calendar, NULL, error))
    return NULL;
  if (calendar == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-calendar", NULL,
                    N_("The centre has no working calendar yet that could be changed."));
      return NULL;
    }
  return plan (calendar, command, args, error);
}

static gboolean
change (LinliCommandContext *context,
        const char          *command,
        JsonObject          *args,
        GError             **error)
{
  g_autoptr(LinliWorkCalendar) next = plan_next (linli_tx_get_conn (context->tx), command, args, error);
  g_autoptr(JsonObject) body = next != NULL ? linli_work_calendar_to_json (next) : NULL;

  return body != NULL && linli_calendar_add_version (context, linli_work_calendar_get_name (next), next, body, error) &&
         linli_clocks_follow (context, next, linli_json_get_text (context->result, "calendar"), error);
}

gboolean
linli_calendar_set_days_run (LinliCommandContext *context,
                             JsonObject          *args,
                             GError             **error)
{
  return change (context, "calendar.set-days", args, error);
}

gboolean
linli_calendar_set_week_run (LinliCommandContext *context,
                             JsonObject          *args,
                             GError             **error)
{
  return change (context, "calendar.set-week", args, error);
}

gboolean
linli_calendar_set_years_run (LinliCommandContext *context,
                              JsonObject          *args,
                              GError             **error)
{
  return change (context, "calendar.set-years", args, error);
}

/* The command calendar.replace, with the arguments of calendar.save. */
gboolean
linli_calendar_replace_run (LinliCommandContext *context,
                            JsonObject          *args,
                            GError             **error)
{
  const char *id;
  g_autoptr(LinliWorkCalendar) calendar = NULL;

  if (!linli_calendar_save_run (context, args, error))
    return FALSE;
  id = linli_json_get_text (context->result, "calendar");
  return linli_calendar_load (linli_tx_get_conn (context->tx), id, &calendar, error) &&
         linli_clocks_follow (context, calendar, id, error);
}

/* --- What it would do --- */

/**
 * linli_calendar_try:
 * @command: calendar.set-days, calendar.set-week or calendar.set-years
 *
 * Returns: (transfer full) (element-type LinliClockMove): which clocks of open
 *   cases @command would move
 */
GPtrArray *
linli_calendar_try (LinliConn  *conn,
                    const char *command,
                    JsonObject *args,
                    GError    **error)
{
  g_autoptr(LinliWorkCalendar) next = plan_next (conn, command, args, error);

  return next != NULL ? linli_clock_moves_find (conn, next, error) : NULL;
}

static void
set_due (JsonObject *object,
         const char *member,
         gint64      due)
{
  if (due != 0)
    linli_json_set_time (object, member, due);
  else
    json_object_set_null_member (object, member);
}

static JsonNode *
try (LinliConn  *conn,
     const char *command,
     JsonObject *args,
     GError    **error)
{
  g_autoptr(GPtrArray) moves = linli_calendar_try (conn, command, args, error);
  JsonArray *array;

  if (moves == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < moves->len; i++)
    {
      const LinliClockMove *move = moves->pdata[i];
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "case", move->case_id);
      linli_json_set_text (object, "case_no", move->case_no);
      linli_json_set_text (object, "title", move->title);
      linli_json_set_text (object, "clock", move->kind);
      set_due (object, "old", move->before);
      set_due (object, "new", move->after);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

JsonNode *
linli_calendar_try_days_query (LinliConn               *conn,
                               const LinliQueryContext *context,
                               JsonObject              *args,
                               GError                 **error)
{
  return try (conn, "calendar.set-days", args, error);
}

JsonNode *
linli_calendar_try_week_query (LinliConn               *conn,
                               const LinliQueryContext *context,
                               JsonObject              *args,
                               GError                 **error)
{
  return try (conn, "calendar.set-week", args, error);
}

JsonNode *
linli_calendar_try_years_query (LinliConn               *conn,
                                const LinliQueryContext *context,
                                JsonObject              *args,
                                GError                 **error)
{
  return try (conn, "calendar.set-years", args, error);
}
