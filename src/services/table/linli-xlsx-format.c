/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a spreadsheet's number means to the person who typed it. Dates are
 * numbers of days with a format on top; the format decides. */

#include "config.h"

#include "linli-xlsx-format.h"

#include <math.h>
#include <string.h>

#define LAST_SERIAL 2958465 /* 9999-12-31 */
#define DAY_SECONDS 86400

/**
 * linli_xlsx_format_from_id:
 * @id: a number format the file does not define itself
 *
 * The built-in formats, with those of Chinese editions (27-36, 50-58).
 */
LinliXlsxFormat
linli_xlsx_format_from_id (guint id)
{
  LinliXlsxFormat format = { LINLI_XLSX_PLAIN, 0 };

  if (id == 46)
    format.kind = LINLI_XLSX_DURATION;
  else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
           id == 56)
    format.kind = LINLI_XLSX_TIME;
  else if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58)
    format.kind = LINLI_XLSX_DATE;
  return format;
}

/* Skips what a format only copies: quoted text, escapes, fills, brackets.
 * Sets @elapsed for [h], [mm], [s]. */
static const char *
skip_literal (const char *code,
              gboolean   *elapsed)
{
  const char *end;

  switch (*code)
    {
    case '"':
      end = strchr (code + 1, '"');
      break;
    case '[':
      end = strchr (code, ']');
      if (end != NULL && strchr ("hHmMsS", code[1]) != NULL &&
          strspn (code + 1, "hHmMsS") == (gsize) (end - code - 1))
        *elapsed = TRUE;
      break;
    case '\\':
    case '_':
    case '*':
      end = code[1] != '\0' ? g_utf8_next_char (code + 1) - 1 : code;
      break;
    default:
      return code;
    }
  return end != NULL ? end + 1 : code + strlen (code);
}

/**
 * linli_xlsx_format_from_code:
 * @code: a format as the file spells it
 */
LinliXlsxFormat
linli_xlsx_format_from_code (const char *code)
{
  LinliXlsxFormat format = { LINLI_XLSX_PLAIN, 0 };
  gboolean day = FALSE, month = FALSE, clock = FALSE, elapsed = FALSE;
  const char *p = code;

  g_return_val_if_fail (code != NULL, format);

  if (g_ascii_strncasecmp (code, "general", 7) == 0)
    return format;
  format.width = (guint) strspn (code, "0");
  if (format.width > 1 && (code[format.width] == '\0' || code[format.width] == ';'))
    {
      format.kind = LINLI_XLSX_PADDED;
      return format;
    }

  while (*p != '\0' && *p != ';')
    {
      const char *next = skip_literal (p, &elapsed);
      char c = g_ascii_tolower (*p);

      if (next != p)
        {
          p = next;
          continue;
        }
      if (g_ascii_strncasecmp (p, "AM/PM", 5) == 0)
        p += 4;
      day |= c == 'y' || c == 'd';
      clock |= c == 'h' || c == 's';
      month |= c == 'm';
      p++;
    }

  if (day)
    format.kind = LINLI_XLSX_DATE;
  else if (elapsed)
    format.kind = LINLI_XLSX_DURATION;
  else if (clock)
    format.kind = LINLI_XLSX_TIME;
  else if (month)
    format.kind = LINLI_XLSX_DATE;
  return format;
}

static void
append_day (GString *out,
            gint64   serial,
            gboolean date1904)
{
  GDate date;

  /* The 1900 calendar has a 29 February 1900 that never was. */
  if (!date1904 && serial == 60)
    {
      g_string_append (out, "1900-02-29");
      return;
    }
  g_date_clear (&date, 1);
  if (date1904)
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1904);
  else
    g_date_set_dmy (&date, serial < 60 ? 31 : 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, (guint) serial);
  g_string_append_printf (out, "%04d-%02d-%02d", g_date_get_year (&date),
                          (int) g_date_get_month (&date),
                          g_date_get_day (&date));
}

static void
append_clock (GString *out,
              gint64   seconds)
{
  g_string_append_printf (out, "%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
                          seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static gboolean
append_moment (GString             *out,
               double               value,
               LinliXlsxFormatKind  kind,
               gboolean             date1904)
{
  gint64 seconds, day, clock;

  if (!(value >= 0 && value < LAST_SERIAL + 1 - (date1904 ? 1462 : 0)))
    return FALSE;
  seconds = llround (value * DAY_SECONDS);
  day = seconds / DAY_SECONDS;
  clock = seconds % DAY_SECONDS;

  if (kind == LINLI_XLSX_DURATION || (kind == LINLI_XLSX_TIME && day == 0))
    {
      append_clock (out, seconds);
      return TRUE;
    }
  if (day == 0 && !date1904)
    return FALSE; /* "1900-01-00": an empty cell that a formula counted */
  if (day > LAST_SERIAL - (date1904 ? 1462 : 0))
    return FALSE;

  append_day (out, day, date1904);
  if (clock != 0)
    {
      g_string_append_c (out, ' ');
      append_clock (out, clock);
    }
  return TRUE;
}

/* As the sheet shows it: files hold 17 digits, 0.1 + 0.2 shows as 0.3. */
static void
append_plain (GString    *out,
              const char *text,
              double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize digits = strspn (text, "0123456789");

  if (text[digits] == '\0' && digits > 0)
    g_string_append (out, text);
  else if (value == floor (value) && fabs (value) < 1e21)
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.0f", value));
  else
    g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.15g", value));
}

/**
 * linli_xlsx_append_number:
 * @out: where to write
 * @text: the cell's value as the file holds it
 * @format: how the cell is shown
 * @date1904: whether day 0 is 1 January 1904
 *
 * Days become YYYY-MM-DD, moments YYYY-MM-DD HH:MM:SS, all else stays a
 * number; what is no number stays as it is.
 */
void
linli_xlsx_append_number (GString               *out,
                          const char            *text,
                          const LinliXlsxFormat *format,
                          gboolean               date1904)
{
  char *end = NULL;
  double value;
  gsize length;

  g_return_if_fail (out != NULL && text != NULL && format != NULL);

  value = g_ascii_strtod (text, &end);
  length = strlen (text);
  if (end == text || *end != '\0' || !isfinite (value))
    g_string_append (out, text);
  else if (format->kind == LINLI_XLSX_PADDED && length < format->width &&
           strspn (text, "0123456789") == length)
    g_string_append_printf (out, "%0*" G_GINT64_FORMAT, (int) format->width,
                            g_ascii_strtoll (text, NULL, 10));
  else if (format->kind == LINLI_XLSX_PLAIN || format->kind == LINLI_XLSX_PADDED ||
           !append_moment (out, value, format->kind, date1904))
    append_plain (out, text, value);
}
