/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One clock: from the words of the duty list to a due time with its trace. */

#include "config.h"

#include "linli-case-clocks.h"

#include "linli-case-clock-private.h"
#include "linli-catalogue-tables.h"
#include "linli-deadline.h"
#include "linli-json.h"

static gboolean
read_limit (const char *text,
            LinliTerm  *term)
{
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);
  const LinliLimit *limit = linli_limit_text_choose (parsed);

  if (limit == NULL)
    return FALSE;
  *term = limit->term;
  return TRUE;
}

/* The item's rule was written for its own limit, in days; its other clocks, and
 * minutes and hours, count as their unit usually does. */
static LinliStartRule
choose_rule (LinliRow   *item,
             const char *kind,
             LinliTerm   term)
{
  LinliStartRule rule = linli_start_rule_default (term.unit);

  if (linli_limit_unit_is_days (term.unit) && g_str_equal (kind, "resolve"))
    linli_start_rule_from_id (linli_row_get_text (item, LINLI_DUTY_ITEM_START_RULE), &rule);
  return rule;
}

/**
 * linli_case_clock_set_rule:
 * @clock: receives limit, start rule and their source
 * @item: the duty item
 *
 * Returns: whether @item names a limit for clocks of @kind
 */
gboolean
linli_case_clock_set_rule (LinliRow   *clock,
                           LinliRow   *item,
                           const char *kind)
{
  const char *limits = linli_row_get_text (item, LINLI_DUTY_ITEM_LIMITS);
  g_autoptr(JsonObject) object = limits != NULL ? linli_json_parse_object (limits, -1, NULL) : NULL;
  const char *text = object != NULL ? linli_json_get_text (object, kind) : NULL;
  g_autofree char *reference = NULL;
  g_autofree char *natural = NULL;
  LinliStartRule rule = LINLI_START_IMMEDIATE;
  LinliTerm term;

  if (text == NULL || *text == '\0')
    return FALSE;
  if (read_limit (text, &term))
    {
      /* What is urgent does not wait for the office to open. */
      if (term.unit == LINLI_LIMIT_MINUTE &&
          g_strcmp0 (linli_row_get_text (item, LINLI_DUTY_ITEM_URGENCY), "urgent") == 0)
        {
          term.unit = LINLI_LIMIT_URGENT_MINUTE;
          natural = linli_term_to_zh (term);
        }
      rule = choose_rule (item, kind, term);
    }
  reference = g_strdup_printf ("%s@%" G_GINT64_FORMAT, linli_row_get_text (item, LINLI_DUTY_ITEM_CODE),
                               linli_row_get_int (item, LINLI_DUTY_ITEM_VERSION));
  linli_row_set_text (clock, LINLI_CLOCK_RULE_REF, reference);
  linli_row_set_text (clock, LINLI_CLOCK_LIMIT_TEXT, natural != NULL ? natural : text);
  linli_row_set_text (clock, LINLI_CLOCK_START_RULE, linli_start_rule_to_id (rule));

  return TRUE;
}

/**
 * linli_case_clock_read_pauses:
 * @text: (nullable): [[from, to], ...]; an open pause ends in null
 *
 * Returns: (transfer full) (element-type LinliPause)
 */
GArray *
linli_case_clock_read_pauses (const char *text)
{
  GArray *pauses = g_array_new (FALSE, FALSE, sizeof (LinliPause));
  g_autoptr(JsonNode) node = text != NULL ? linli_json_parse (text, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *pair = json_array_get_array_element (array, i);
      LinliPause pause = { json_array_get_int_element (pair, 0), LINLI_PAUSE_OPEN };

      if (!json_array_get_null_element (pair, 1))
        pause.to = json_array_get_int_element (pair, 1);
      g_array_append_val (pauses, pause);
    }

  return pauses;
}

/* [[limit, who granted it], ...] */
static void
read_extensions (const char *text,
                 GArray     *terms,
                 GPtrArray  *names)
{
  g_autoptr(JsonNode) node = text != NULL ? linli_json_parse (text, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *pair = json_array_get_array_element (array, i);
      LinliTerm term;

      if (!read_limit (json_array_get_string_element (pair, 0), &term))
        continue;
      g_array_append_val (terms, term);
      g_ptr_array_add (names, json_array_get_null_element (pair, 1) ? NULL : g_strdup (json_array_get_string_element (pair, 1)));
    }
}

/* Says in the trace who granted each extension. The engine tells those of the
 * limit's own unit first, then the others. */
static void
name_extensions (LinliTrace *trace,
                 LinliTerm   limit,
                 GArray     *terms,
                 GPtrArray  *names)
{
  guint step = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < terms->len; i++)
      {
        if ((g_array_index (terms, LinliTerm, i).unit == limit.unit) != (pass == 0))
          continue;
        while (step < trace->steps->len && g_array_index (trace->steps, LinliStep, step).kind != LINLI_STEP_EXTENDED)
          step++;
        if (step < trace->steps->len)
          g_array_index (trace->steps, LinliStep, step++).name = g_strdup (names->pdata[i]);
      }
}

/* Returns: whether the limit of @clock can be read */
gboolean
linli_case_clock_read_limit (LinliRow  *clock,
                             LinliTerm *term)
{
  return read_limit (linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT), term);
}

/* @by: (nullable): the name of who granted it */
void
linli_case_clock_add_extension (LinliRow   *clock,
                                const char *amount,
                                const char *by)
{
  const char *known = linli_row_get_text (clock, LINLI_CLOCK_EXTENSIONS);
  g_autoptr(GString) text = g_string_new (known != NULL ? known : "[");

  if (known != NULL)
    {
      g_string_truncate (text, text->len - 1); /* the bracket */
      g_string_append_c (text, ',');
    }
  g_string_append_c (text, '[');
  linli_json_append_text (text, amount);
  g_string_append_c (text, ',');
  if (by != NULL)
    linli_json_append_text (text, by);
  else
    g_string_append (text, "null");
  g_string_append (text, "]]");
  linli_row_set_text (clock, LINLI_CLOCK_EXTENSIONS, text->str);
}

static void
set_fault (LinliRow   *clock,
           const char *fault)
{
  linli_row_set_null (clock, LINLI_CLOCK_DUE_AT);
  linli_row_set_null (clock, LINLI_CLOCK_TRACE);
  linli_row_set_text (clock, LINLI_CLOCK_STATE, "unknown");
  linli_row_set_text (clock, LINLI_CLOCK_FAULT, fault);
}

static void
set_trace (LinliRow   *clock,
           LinliTrace *trace)
{
  g_autoptr(GString) text = g_string_new ("{");
  const char *origin = linli_row_get_text (clock, LINLI_CLOCK_ORIGIN_ID);

  linli_trace_append_json (trace, text);
  if (origin != NULL)
    {
      g_string_append (text, ",\"origin\":");
      linli_json_append_text (text, origin);
    }
  g_string_append_c (text, '}');
  linli_row_set_text (clock, LINLI_CLOCK_TRACE, text->str);
}

/**
 * linli_case_clock_compute:
 * @clock: a clock that runs, or would if it could be computed
 * @calendar: (nullable)
 *
 * Sets due time, trace, state and fault from limit, start, pauses and extensions.
 */
void
linli_case_clock_compute (LinliRow          *clock,
                          LinliWorkCalendar *calendar,
                          const char        *calendar_id)
{
  g_autoptr(GArray) pauses = linli_case_clock_read_pauses (linli_row_get_text (clock, LINLI_CLOCK_PAUSES));
  g_autoptr(GArray) extensions = g_array_new (FALSE, FALSE, sizeof (LinliTerm));
  g_autoptr(GPtrArray) granted_by = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliDeadline) deadline = NULL;
  g_autoptr(GError) error = NULL;
  LinliDeadlineQuestion question = { 0 };

  linli_row_set_text (clock, LINLI_CLOCK_CALENDAR_ID, calendar_id);
  if (calendar == NULL)
    {
      set_fault (clock, LINLI_CLOCK_FAULT_NO_CALENDAR);
      return;
    }
  question.start = linli_row_get_int (clock, LINLI_CLOCK_STARTED_AT);
  question.calendar = calendar;
  question.pauses = (const LinliPause *) (gpointer) pauses->data;
  question.n_pauses = pauses->len;
  read_extensions (linli_row_get_text (clock, LINLI_CLOCK_EXTENSIONS), extensions, granted_by);
  question.extensions = (const LinliTerm *) (gpointer) extensions->data;
  question.n_extensions = extensions->len;
  if (!read_limit (linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT), &question.limit) ||
      !linli_start_rule_from_id (linli_row_get_text (clock, LINLI_CLOCK_START_RULE), &question.rule))
    {
      set_fault (clock, LINLI_CLOCK_FAULT_UNREADABLE);
      return;
    }

  deadline = linli_deadline_compute (&question, &error);
  if (deadline == NULL)
    {
      gboolean limit = g_error_matches (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_LIMIT);

      set_fault (clock, limit ? LINLI_CLOCK_FAULT_UNREADABLE : LINLI_CLOCK_FAULT_UNCOVERED);
      return;
    }
  linli_row_set_null (clock, LINLI_CLOCK_FAULT);
  linli_row_set_text (clock, LINLI_CLOCK_STATE, deadline->paused ? "paused" : "running");
  linli_row_set_null (clock, LINLI_CLOCK_DUE_AT);
  if (!deadline->paused)
    linli_row_set_int (clock, LINLI_CLOCK_DUE_AT, deadline->due);
  name_extensions (deadline->trace, question.limit, extensions, granted_by);
  set_trace (clock, deadline->trace);
}
