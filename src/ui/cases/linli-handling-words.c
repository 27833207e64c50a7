/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-handling-words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "linli-case-tables.h"
#include "linli-deadline.h"
#include "linli-handling-tables.h"
#include "linli-time-words.h"

typedef struct
{
  const char *name;  /* of the fact */
  const char *id;
  const char *words;
} Word;

static const Word words_of_values[] = {
  { "cause", "season", NC_("cause", "Out of season") },
  { "cause", "works", NC_("cause", "Works must be finished first") },
  { "cause", "resident", NC_("cause", "Waiting for the resident") },
  { "cause", "other", NC_("cause", "Another cause") },
  { "request", "asked", NC_("request", "asked for") },
  { "request", "endorsed", NC_("request", "the unit’s second person agreed") },
  { "request", "granted", NC_("request", "granted") },
  { "request", "refused", NC_("request", "refused") },
  { "request", "withdrawn", NC_("request", "taken back") },
  { "goes_to", "ruling", NC_("goes to", "a ruling") },
  { "resumed", "date", NC_("resumed", "by itself, on its day") },
  { "resumed", "hand", NC_("resumed", "by hand") },
};

static const char *
context_of (const char *name)
{
  return g_str_equal (name, "goes_to") ? "goes to" : name;
}

/* Returns: (nullable): %NULL when the fact is no word of ours */
const char *
linli_handling_value_words (const char *name,
                            const char *value)
{
  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (words_of_values); i++)
    if (g_str_equal (words_of_values[i].name, name) && g_str_equal (words_of_values[i].id, value))
      return g_dpgettext2 (GETTEXT_PACKAGE, context_of (name), words_of_values[i].words);

  return NULL;
}

const char *
linli_suspension_cause_words (const char *cause)
{
  const char *words = linli_handling_value_words ("cause", cause);

  return words != NULL ? words : cause;
}

/* @date: 2026-03-10 */
char *
linli_date_words (const char *date)
{
  int year = 0, month = 0, day = 0;
  g_autoptr(GDateTime) time = NULL;

  if (date != NULL && sscanf (date, "%4d-%2d-%2d", &year, &month, &day) == 3)
    time = g_date_time_new_utc (year, month, day, 0, 0, 0);
  /* Translators: a date, for g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%e %B %Y")) : g_strdup (date);
}

/* "Municipal Services: it is a lamp, not a cover (06.02 ...); proposes Lighting" */
char *
linli_return_words (LinliRow *note)
{
  const char *proposed = linli_row_get_text (note, LINLI_RETURN_NOTE_PROPOSED_UNIT_NAME);
  const char *unit = linli_row_get_text (note, LINLI_RETURN_NOTE_UNIT_NAME);
  const char *reason = linli_row_get_text (note, LINLI_RETURN_NOTE_REASON);
  const char *clause = linli_row_get_text (note, LINLI_RETURN_NOTE_ITEM_NAME);

  if (proposed == NULL)
    /* Translators: a unit, its reason to return a case, the clause of the duty list */
    return g_strdup_printf (_("%s: %s\nClause: %s"), unit, reason, clause);
  /* Translators: a unit, its reason to return a case, the clause of the duty list, another unit */
  return g_strdup_printf (_("%s: %s\nClause: %s\nProposed unit: %s"), unit, reason, clause, proposed);
}

/* Returns: (nullable): until when a part may be returned; %NULL when that is no question */
char *
linli_return_window_words (LinliCaseSheet *sheet,
                           const char     *dispatch,
                           LinliUiContext *context)
{
  LinliReturnWindow *window = linli_handling_find_window (sheet->detail->handling, dispatch);
  g_autofree char *until = NULL;

  if (window == NULL || window->until == 0)
    return NULL;
  until = linli_moment_full_words (window->until, linli_ui_context_get_zone (context));
  if (linli_deadline_is_overdue (linli_ui_context_now (context), window->until))
    return g_strdup_printf (_("Could be returned until %s"), until);
  return g_strdup_printf (_("May be returned until %s"), until);
}

/* What is asked for. */
char *
linli_request_words (LinliRow *request)
{
  g_autofree char *until = NULL;

  if (g_str_equal (linli_row_get_text (request, LINLI_REQUEST_KIND), "extension"))
    /* Translators: an amount of time */
    return g_strdup_printf (_("Extension of %s"), linli_row_get_text (request, LINLI_REQUEST_AMOUNT));
  until = linli_date_words (linli_row_get_text (request, LINLI_REQUEST_UNTIL_DATE));
  return g_strdup_printf (_("Suspension until %s"), until);
}

/* What is asked for, and who is to answer. */
char *
linli_request_waits_words (LinliRow *request)
{
  g_autofree char *what = linli_request_words (request);

  /* Translators: "Extension of 3 working days, to decide" */
  return g_strdup_printf (_("%s, to decide"), what);
}

char *
linli_extended_words (gint64 n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Extended %u time", "Extended %u times", (gulong) n), (guint) n);
}

char *
linli_returned_words (gint64 n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Returned %u time", "Returned %u times", (gulong) n), (guint) n);
}

/* Returns: (nullable): %NULL for a clock that was never extended */
char *
linli_clock_extension_words (LinliRow       *clock,
                             LinliUiContext *context)
{
  gint64 first = linli_row_get_int (clock, LINLI_CLOCK_FIRST_DUE_AT);
  g_autofree char *moment = NULL;

  if (linli_row_get_text (clock, LINLI_CLOCK_EXTENSIONS) == NULL)
    return NULL;
  if (first == 0)
    return g_strdup (_("Extended"));
  moment = linli_moment_full_words (first, linli_ui_context_get_zone (context));
  return g_strdup_printf (_("Extended; was first due %s"), moment);
}

static void
append_span (GString        *words,
             LinliRow       *suspension,
             LinliUiContext *context)
{
  GTimeZone *zone = linli_ui_context_get_zone (context);
  gint64 end = linli_row_get_int (suspension, LINLI_SUSPENSION_ENDED_AT);
  g_autofree char *from = linli_moment_full_words (linli_row_get_int (suspension, LINLI_SUSPENSION_FROM_AT), zone);
  g_autofree char *to = linli_moment_full_words (end != 0 ? end : linli_row_get_int (suspension, LINLI_SUSPENSION_UNTIL_AT), zone);

  if (words->len > 0)
    g_string_append_c (words, '\n');
  if (end != 0)
    /* Translators: two moments */
    g_string_append_printf (words, _("Stood still from %s to %s"), from, to);
  else
    g_string_append_printf (words, _("Stands still since %s, until %s at the latest"), from, to);
}

/* Returns: (nullable): when a clock did not count; %NULL when it always did */
char *
linli_clock_pause_words (LinliRow       *clock,
                         LinliCaseSheet *sheet,
                         LinliUiContext *context)
{
  GPtrArray *suspensions = sheet->detail->handling->suspensions;
  gint64 started = linli_row_get_int (clock, LINLI_CLOCK_STARTED_AT);
  g_autoptr(GString) words = g_string_new (NULL);

  if (linli_row_get_text (clock, LINLI_CLOCK_PAUSES) == NULL)
    return NULL;
  for (guint i = 0; i < suspensions->len; i++)
    {
      gint64 end = linli_row_get_int (suspensions->pdata[i], LINLI_SUSPENSION_ENDED_AT);
      gint64 met = linli_row_get_int (clock, LINLI_CLOCK_MET_AT);

      if ((end == 0 || end > started) &&
          (met == 0 || linli_row_get_int (suspensions->pdata[i], LINLI_SUSPENSION_FROM_AT) < met))
        append_span (words, suspensions->pdata[i], context);
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
