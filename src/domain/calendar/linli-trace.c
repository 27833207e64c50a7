/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trace as a value, and as JSON in the row of a clock. docs/deadline.md
 * describes the shape. */

#include "config.h"

#include "linli-trace.h"
#include "linli-json-write.h"

#define STEPS_MAX 20000

G_DEFINE_QUARK (linli-trace-error-quark, linli_trace_error)

static const char *kind_ids[LINLI_STEP_N_KINDS] = {
  [LINLI_STEP_RECEIVED]         = "received",
  [LINLI_STEP_EXTENDED]         = "extended",
  [LINLI_STEP_NEXT_DAY]         = "next_day",
  [LINLI_STEP_NEXT_WORKING_DAY] = "next_working_day",
  [LINLI_STEP_BACKWARDS]        = "backwards",
  [LINLI_STEP_OUTSIDE]          = "outside",
  [LINLI_STEP_REST]             = "rest",
  [LINLI_STEP_HOLIDAY]          = "holiday",
  [LINLI_STEP_PAUSED]           = "paused",
  [LINLI_STEP_COUNTED]          = "counted",
  [LINLI_STEP_DUE]              = "due",
  [LINLI_STEP_STILL_PAUSED]     = "still_paused",
};

/* Of the days on which something counts. */
static const char *day_ids[] = {
  [LINLI_DAY_WORKDAY] = "workday",
  [LINLI_DAY_MAKE_UP] = "make_up",
  [LINLI_DAY_SPECIAL] = "special",
};

static void
step_clear (gpointer data)
{
  g_free (((LinliStep *) data)->name);
}

/**
 * linli_trace_new:
 * @term: the limit that the trace explains
 *
 * Returns: (transfer full): a trace without steps
 */
LinliTrace *
linli_trace_new (LinliTerm term)
{
  LinliTrace *trace = g_new0 (LinliTrace, 1);

  trace->term = term;
  trace->steps = g_array_sized_new (FALSE, TRUE, sizeof (LinliStep), 8);
  g_array_set_clear_func (trace->steps, step_clear);
  return trace;
}

void
linli_trace_free (LinliTrace *trace)
{
  if (trace == NULL)
    return;

  g_array_unref (trace->steps);
  g_free (trace);
}

/**
 * linli_trace_add:
 *
 * Returns: (transfer none): the new last step, valid until the next is added
 */
LinliStep *
linli_trace_add (LinliTrace   *trace,
                 LinliStepKind kind)
{
  LinliStep *step;

  g_return_val_if_fail (trace != NULL, NULL);

  g_array_set_size (trace->steps, trace->steps->len + 1);
  step = linli_trace_get_last (trace);
  step->kind = kind;
  return step;
}

/**
 * linli_trace_get_last:
 *
 * Returns: (transfer none) (nullable): the last step
 */
LinliStep *
linli_trace_get_last (LinliTrace *trace)
{
  g_return_val_if_fail (trace != NULL, NULL);

  return trace->steps->len > 0 ? &g_array_index (trace->steps, LinliStep, trace->steps->len - 1) : NULL;
}

/* @word: in plain letters */
static void
append_word (GString    *out,
             const char *member,
             const char *word)
{
  g_string_append_c (out, ',');
  linli_json_append_name (out, member);
  g_string_append_c (out, '"');
  g_string_append (out, word);
  g_string_append_c (out, '"');
}

static void
append_number (GString    *out,
               const char *member,
               gint64      number)
{
  g_string_append_c (out, ',');
  linli_json_append_name (out, member);
  linli_json_append_int (out, number);
}

static void
append_date (GString    *out,
             const char *member,
             LinliDate   date)
{
  g_autofree char *text = linli_date_to_text (date);

  append_word (out, member, text);
}

static void
append_time (GString    *out,
             const char *member,
             int         minute)
{
  g_autofree char *text = linli_clock_time_to_text (minute);

  append_word (out, member, text);
}

static void
append_term (GString  *out,
             LinliTerm term)
{
  g_string_append_printf (out, "\"limit\":{\"amount\":%" G_GINT64_FORMAT ",\"unit\":\"%s\"}", term.amount,
                          linli_limit_unit_to_id (term.unit));
}

/* Whole days off are told by their dates alone. */
static gboolean
has_times (const LinliStep *step)
{
  return step->kind != LINLI_STEP_REST && step->kind != LINLI_STEP_HOLIDAY;
}

static void
append_step (GString         *out,
             const LinliStep *step)
{
  g_string_append (out, "{\"step\":\"");
  g_string_append (out, kind_ids[step->kind]);
  g_string_append_c (out, '"');
  append_date (out, "date", step->first);
  if (step->last != step->first)
    append_date (out, "until", step->last);
  if (has_times (step))
    {
      append_time (out, "from", step->from);
      if (step->to != step->from || step->last != step->first)
        append_time (out, "to", step->to);
    }
  if (step->minutes != 0)
    append_number (out, "minutes", step->minutes);
  if (step->days != 0)
    append_number (out, "days", step->days);
  if (step->day != LINLI_DAY_WORKDAY)
    append_word (out, "day", day_ids[step->day]);
  if (step->kind == LINLI_STEP_EXTENDED)
    {
      g_string_append_c (out, ',');
      append_term (out, step->term);
    }
  if (step->name != NULL)
    {
      g_string_append (out, ",\"name\":");
      linli_json_append_text (out, step->name);
    }
  g_string_append_c (out, '}');
}

/**
 * linli_trace_append_json:
 *
 * Appends the members "limit" and "steps" of a JSON object to @out, as
 * docs/deadline.md describes them. Written straight: a change of the calendar
 * writes thousands of traces.
 */
void
linli_trace_append_json (const LinliTrace *trace,
                         GString          *out)
{
  g_return_if_fail (trace != NULL && out != NULL);

  append_term (out, trace->term);
  g_string_append (out, ",\"steps\":[");
  for (guint i = 0; i < trace->steps->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_step (out, &g_array_index (trace->steps, LinliStep, i));
    }
  g_string_append_c (out, ']');
}

/**
 * linli_trace_to_json:
 *
 * Returns: (transfer full): {"limit": {...}, "steps": [...]}
 */
JsonObject *
linli_trace_to_json (const LinliTrace *trace)
{
  g_autoptr(GString) out = g_string_new ("{");

  g_return_val_if_fail (trace != NULL, NULL);

  linli_trace_append_json (trace, out);
  g_string_append_c (out, '}');
  return linli_json_parse_object (out->str, -1, NULL);
}

static gboolean
find_id (const char *const *ids,
         guint              n_ids,
         const char        *id,
         guint             *found)
{
  for (*found = 0; id != NULL && *found < n_ids; ++*found)
    if (g_str_equal (ids[*found], id))
      return TRUE;

  return FALSE;
}

static gboolean
read_times (JsonObject *object,
            LinliStep  *step)
{
  const char *to = linli_json_get_text (object, "to");

  if (!has_times (step))
    {
      step->to = LINLI_MINUTES_PER_DAY;
      return TRUE;
    }

  step->from = linli_clock_time_parse (linli_json_get_text (object, "from"));
  step->to = to != NULL ? linli_clock_time_parse (to) : step->from;
  return step->from >= 0 && step->to >= 0;
}

static gboolean
read_step (JsonObject *object,
           LinliTrace *trace)
{
  const char *until = linli_json_get_text (object, "until");
  const char *day_id = linli_json_get_text (object, "day");
  LinliDate first = linli_date_parse (linli_json_get_text (object, "date"));
  LinliDate last = until != NULL ? linli_date_parse (until) : first;
  gint64 days = 0;
  guint kind;
  guint day = LINLI_DAY_WORKDAY;
  LinliStep *step;

  if (!find_id (kind_ids, G_N_ELEMENTS (kind_ids), linli_json_get_text (object, "step"), &kind)
      || (day_id != NULL && !find_id (day_ids, G_N_ELEMENTS (day_ids), day_id, &day))
      || first == LINLI_DATE_NONE || last == LINLI_DATE_NONE || last < first)
    return FALSE;

  step = linli_trace_add (trace, kind);
  step->first = first;
  step->last = last;
  step->day = day;
  step->name = g_strdup (linli_json_get_text (object, "name"));
  linli_json_get_int (object, "minutes", &step->minutes);
  linli_json_get_int (object, "days", &days);
  step->days = (int) CLAMP (days, 0, G_MAXINT);
  if (kind == LINLI_STEP_EXTENDED
      && !linli_term_from_json (linli_json_get_object (object, "limit"), &step->term, NULL))
    return FALSE;

  return read_times (object, step);
}

/**
 * linli_trace_from_json:
 * @object: what linli_trace_to_json() wrote
 * @error: %LINLI_TRACE_ERROR, %LINLI_LIMIT_ERROR
 *
 * Returns: (transfer full): the trace
 */
LinliTrace *
linli_trace_from_json (JsonObject *object,
                       GError    **error)
{
  g_autoptr(LinliTrace) trace = NULL;
  JsonArray *steps = linli_json_get_array (object, "steps");
  LinliTerm term;

  g_return_val_if_fail (object != NULL, NULL);

  if (!linli_term_from_json (linli_json_get_object (object, "limit"), &term, error))
    return NULL;
  if (steps == NULL || json_array_get_length (steps) > STEPS_MAX)
    {
      g_set_error_literal (error, LINLI_TRACE_ERROR, LINLI_TRACE_ERROR_FORMAT, "A trace needs \"steps\"");
      return NULL;
    }

  trace = linli_trace_new (term);
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonNode *node = json_array_get_element (steps, i);

      if (!JSON_NODE_HOLDS_OBJECT (node) || !read_step (json_node_get_object (node), trace))
        {
          g_set_error (error, LINLI_TRACE_ERROR, LINLI_TRACE_ERROR_FORMAT,
                       "Step %u of the trace is not readable", i + 1);
          return NULL;
        }
    }

  return g_steal_pointer (&trace);
}
