/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of RFC 5545 that holiday feeds use: all-day events whose summary
 * says 休 or 班. Feeds also list feasts that are no days off; taking those for
 * holidays is how a year loses working days, so an event without a mark is
 * ignored, and counted. */

#include "config.h"

#include "linli-holidays-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define LINE_MAX_BYTES 8192
#define EVENT_MAX_DAYS 100

typedef struct
{
  const char *at;
  const char *end;
  guint       number;    /* of the physical line @at stands at the end of */
  guint       first;     /* where the last logical line began */
  gboolean    truncated; /* the last logical line was longer than any of ours */
} Lines;

typedef struct
{
  guint     line;
  LinliDate start;
  LinliDate end; /* exclusive; LINLI_DATE_NONE: one day */
  gboolean  timed;
  gboolean  repeats;
  gboolean  broken;
  char     *summary; /* (owned) unescaped */
  char     *special; /* (owned) X-APPLE-SPECIAL-DAY */

} Event;

static void
event_clear (Event *event)
{
  g_free (event->summary);
  g_free (event->special);
  *event = (Event) { .start = LINLI_DATE_NONE, .end = LINLI_DATE_NONE };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* The next logical line: physical lines that begin with a blank continue the
 * one before. Returns FALSE at the end. */
static gboolean
next_line (Lines   *lines,
           GString *line)
{
  gboolean folded = FALSE;

  g_string_truncate (line, 0);
  lines->first = lines->number + 1;
  lines->truncated = FALSE;
  if (lines->at == lines->end)
    return FALSE;

  do
    {
      const char *start = lines->at + folded;
      const char *eol = memchr (start, '\n', (gsize) (lines->end - start));
      const char *stop = eol != NULL ? eol : lines->end;

      lines->at = eol != NULL ? eol + 1 : lines->end;
      lines->number++;
      if (stop > start && stop[-1] == '\r')
        stop--;
      if (line->len + (gsize) (stop - start) <= LINE_MAX_BYTES)
        g_string_append_len (line, start, stop - start);
      else
        lines->truncated = TRUE;
      folded = lines->at < lines->end && (*lines->at == ' ' || *lines->at == '\t');
    }
  while (folded);

  return TRUE;
}

/* Splits NAME;PARAMETERS:VALUE in place. A colon inside a quoted parameter
 * does not end it. */
static char *
split_property (char  *line,
                char **parameters)
{
  gboolean quoted = FALSE;

  *parameters = NULL;
  for (char *p = line; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (*p == ';' && !quoted && *parameters == NULL)
        {
          *p = '\0';
          *parameters = p + 1;
        }
      else if (*p == ':' && !quoted)
        {
          *p = '\0';
          return p + 1;
        }
    }

  return NULL;
}

static char *
unescape (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    if (*p == '\\' && p[1] != '\0')
      g_string_append_c (text, *++p == 'n' || *p == 'N' ? ' ' : *p);
    else
      g_string_append_c (text, *p);

  return g_string_free (text, FALSE);
}

/* "20260214"; a time of day after it makes the event no matter of days. */
static LinliDate
parse_date (const char *value,
            gboolean   *timed)
{
  g_autofree char *dashed = NULL;

  if (strlen (value) < 8)
    return LINLI_DATE_NONE;
  if (value[8] == 'T')
    *timed = TRUE;
  else if (value[8] != '\0')
    return LINLI_DATE_NONE;

  dashed = g_strdup_printf ("%.4s-%.2s-%.2s", value, value + 4, value + 6);
  return linli_date_parse (dashed);
}

static void
read_property (Event      *event,
               const char *name,
               const char *value)
{
  if (g_ascii_strcasecmp (name, "SUMMARY") == 0)
    {
      g_free (event->summary);
      event->summary = unescape (value);
    }
  else if (g_ascii_strcasecmp (name, "X-APPLE-SPECIAL-DAY") == 0)
    {
      g_free (event->special);
      event->special = g_strdup (value);
    }
  else if (g_ascii_strcasecmp (name, "DTSTART") == 0)
    {
      event->start = parse_date (value, &event->timed);
      event->broken = event->broken || event->start == LINLI_DATE_NONE;
    }
  else if (g_ascii_strcasecmp (name, "DTEND") == 0)
    {
      event->end = parse_date (value, &event->timed);
      event->broken = event->broken || event->end == LINLI_DATE_NONE;
    }
  else if (g_ascii_strcasecmp (name, "DURATION") == 0)
    event->broken = event->broken || !g_str_equal (value, "P1D");
  else if (g_ascii_strcasecmp (name, "RRULE") == 0 || g_ascii_strcasecmp (name, "RDATE") == 0)
    event->repeats = TRUE;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ispunct (c) || c == '|' || c == 0xff5c;
}

/* Whether @word says so itself ("补班") or ends with it ("春节补班"). In the
 * second case the mark is cut off. The short marks stand alone only: a class,
 * 开班, is no make-up day. */
static gboolean
take_mark (char       *word,
           const char *alone,
           const char *const *suffixes)
{
  if (g_str_equal (word, alone))
    {
      *word = '\0';
      return TRUE;
    }
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (word, suffixes[i]))
      {
        word[strlen (word) - strlen (suffixes[i])] = '\0';
        return TRUE;
      }

  return FALSE;
}

/* "第1天", "共8天": feeds that write one event per day number them. */
static gboolean
is_numbering (const char *word)
{
  return (g_str_has_prefix (word, "第") || g_str_has_prefix (word, "共")) && g_str_has_suffix (word, "天");
}

/* Takes a summary apart. @name gets what is left without the marks. */
static void
read_summary (const char *summary,
              gboolean   *off,
              gboolean   *work,
              GString    *name)
{
  static const char *work_marks[] = { "调休上班", "补班", "上班", NULL };
  static const char *off_marks[] = { "放假", "假期", "休假", "休息", NULL };
  const char *p = summary;

  while (*p != '\0')
    {
      g_autofree char *word = NULL;
      const char *start;

      while (*p != '\0' && is_separator (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      for (start = p; *p != '\0' && !is_separator (g_utf8_get_char (p));)
        p = g_utf8_next_char (p);
      if (p == start)
        break;

      word = g_strndup (start, (gsize) (p - start));
      if (is_numbering (word))
        continue;
      if (take_mark (word, "班", work_marks))
        *work = TRUE;
      else if (take_mark (word, "休", off_marks))
        *off = TRUE;
      if (*word != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? "、" : "", word);
    }
}

static void
finish_event (LinliHolidays *holidays,
              const Event   *event)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gboolean off = FALSE;
  gboolean work = FALSE;
  LinliDate end = event->end != LINLI_DATE_NONE ? event->end : event->start + 1;

  if (event->summary != NULL)
    read_summary (event->summary, &off, &work, name);
  if (event->special != NULL)
    {
      off = g_str_equal (event->special, "WORK-HOLIDAY");
      work = g_str_equal (event->special, "ALTERNATE-WORKDAY");
    }

  if (!off && !work)
    holidays->n_ignored++;
  else if (off && work)
    linli_holidays_refuse (holidays, event->line, N_("“%s” is marked as a day off and as a working day."), event->summary);
  else if (event->start == LINLI_DATE_NONE || event->broken)
    linli_holidays_refuse (holidays, event->line, N_("The event has no readable day."), NULL);
  else if (event->timed)
    linli_holidays_refuse (holidays, event->line, N_("The event does not last whole days."), NULL);
  else if (event->repeats)
    linli_holidays_refuse (holidays, event->line, N_("The event repeats; holidays are published year by year."), NULL);
  else if (end <= event->start || end - event->start > EVENT_MAX_DAYS)
    linli_holidays_refuse (holidays, event->line, N_("The event ends before it starts, or lasts too long."), NULL);
  else
    for (LinliDate day = event->start; day < end; day++)
      linli_holidays_add (holidays, day, off ? LINLI_EXCEPTION_OFF : LINLI_EXCEPTION_WORK, name->str);
}

/* Reads the lines of one event, up to its END. Returns FALSE when the file
 * stops before. */
static gboolean
read_event (Lines   *lines,
            GString *line,
            Event   *event)
{
  guint depth = 0;

  while (next_line (lines, line))
    {
      char *parameters;
      char *value = split_property (line->str, &parameters);

      if (lines->truncated)
        event->broken = TRUE;
      if (value == NULL)
        continue;
      if (g_ascii_strcasecmp (line->str, "BEGIN") == 0)
        depth++; /* an alarm within the event */
      else if (g_ascii_strcasecmp (line->str, "END") == 0)
        {
          if (depth == 0)
            return TRUE;
          depth--;
        }
      else if (depth == 0)
        read_property (event, line->str, value);
    }

  return FALSE;
}

/* @text is valid UTF-8. Adds to @holidays in the order of the file. */
gboolean
linli_holidays_parse_ics (LinliHolidays *holidays,
                          const char    *text,
                          gsize          length,
                          GError       **error)
{
  g_autoptr(GString) line = g_string_new (NULL);
  Lines lines = { .at = text, .end = text + length };
  guint n_events = 0;

  if (!next_line (&lines, line) || g_ascii_strcasecmp (g_strstrip (line->str), "BEGIN:VCALENDAR") != 0)
    {
      g_set_error_literal (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT,
                           "Neither holiday JSON nor an ICS calendar");
      return FALSE;
    }

  while (next_line (&lines, line))
    {
      g_auto(Event) event = { .line = lines.first, .start = LINLI_DATE_NONE, .end = LINLI_DATE_NONE };

      if (g_ascii_strcasecmp (g_strstrip (line->str), "BEGIN:VEVENT") != 0)
        continue;
      if (++n_events > LINLI_HOLIDAYS_ENTRIES_MAX
          || holidays->exceptions->len > LINLI_HOLIDAYS_ENTRIES_MAX)
        {
          g_set_error_literal (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG,
                               "The calendar has more events than any list of holidays");
          return FALSE;
        }

      if (read_event (&lines, line, &event))
        finish_event (holidays, &event);
      else
        linli_holidays_refuse (holidays, event.line, N_("The file ends within this event."), NULL);
    }

  return TRUE;
}
