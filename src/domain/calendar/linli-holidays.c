/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of holidays as they are published: JSON of the shape {"year": 2026,
 * "days": [{"name", "date", "isOffDay"}]}, or an ICS feed. Both end as day
 * exceptions; whatever cannot be read is reported by its place. */

#include "config.h"

#include "linli-holidays.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-holidays-private.h"
#include "linli-json.h"

#define SIZE_MAX_BYTES (4 * 1024 * 1024)
#define NAME_MAX_BYTES 200
#define DETAIL_MAX_BYTES 80

G_DEFINE_QUARK (linli-holidays-error-quark, linli_holidays_error)

static void
refusal_clear (gpointer data)
{
  g_free (((LinliHolidayRefusal *) data)->detail);
}

static LinliHolidays *
holidays_new (void)
{
  LinliHolidays *holidays = g_new0 (LinliHolidays, 1);

  holidays->exceptions = g_array_new (FALSE, FALSE, sizeof (LinliDayException));
  g_array_set_clear_func (holidays->exceptions, (GDestroyNotify) linli_day_exception_clear);
  holidays->refusals = g_array_new (FALSE, FALSE, sizeof (LinliHolidayRefusal));
  g_array_set_clear_func (holidays->refusals, refusal_clear);
  return holidays;
}

void
linli_holidays_free (LinliHolidays *holidays)
{
  if (holidays == NULL)
    return;

  g_array_unref (holidays->exceptions);
  g_array_unref (holidays->refusals);
  g_free (holidays);
}

void
linli_holidays_add (LinliHolidays     *holidays,
                    LinliDate          date,
                    LinliExceptionKind kind,
                    const char        *name)
{
  LinliDayException exception = { .date = date, .kind = kind };

  if (name != NULL && *name != '\0' && strlen (name) <= NAME_MAX_BYTES)
    exception.name = g_strdup (name);
  g_array_append_val (holidays->exceptions, exception);
}

/* @sentence: static
 * @detail: (nullable): whatever the file says, cut where it is long */
void
linli_holidays_refuse (LinliHolidays *holidays,
                       guint          place,
                       const char    *sentence,
                       const char    *detail)
{
  LinliHolidayRefusal refusal = { .place = place, .sentence = sentence };
  g_autofree char *cut = g_strndup (detail != NULL ? detail : "", DETAIL_MAX_BYTES);

  if (detail != NULL)
    refusal.detail = g_utf8_make_valid (cut, -1); /* a character may have been cut */
  g_array_append_val (holidays->refusals, refusal);
}

/**
 * linli_holidays_refusal_say:
 * @translate: (nullable): %NULL for English
 *
 * Returns: (transfer full): why the entry was not taken
 */
char *
linli_holidays_refusal_say (const LinliHolidayRefusal *refusal,
                            const char              *(*translate) (const char *sentence))
{
  const char *sentence = translate != NULL ? translate (refusal->sentence) : refusal->sentence;
  GString *words = g_string_new (sentence);

  if (refusal->detail != NULL)
    g_string_replace (words, "%s", refusal->detail, 1);
  return g_string_free (words, FALSE);
}

static void
parse_day (LinliHolidays *holidays,
           JsonNode      *node,
           guint          place)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *text = linli_json_get_text (object, "date");
  LinliDate date = linli_date_parse (text);
  JsonNode *off = object != NULL ? json_object_get_member (object, "isOffDay") : NULL;

  if (object == NULL)
    linli_holidays_refuse (holidays, place, N_("The entry is not an object."), NULL);
  else if (date == LINLI_DATE_NONE)
    linli_holidays_refuse (holidays, place, N_("“%s” is not a day."), text != NULL ? text : "null");
  else if (off == NULL || json_node_get_value_type (off) != G_TYPE_BOOLEAN)
    linli_holidays_refuse (holidays, place, N_("%s: “isOffDay” is neither true nor false."), text);
  else
    linli_holidays_add (holidays, date,
                        json_node_get_boolean (off) ? LINLI_EXCEPTION_OFF : LINLI_EXCEPTION_WORK,
                        linli_json_get_text (object, "name"));
}

static gboolean
parse_json (LinliHolidays *holidays,
            const char    *text,
            gsize          length,
            GError       **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(JsonObject) object = linli_json_parse_object (text, (gssize) length, &local);
  JsonArray *days = linli_json_get_array (object, "days");
  gint64 year = 0;

  if (object == NULL)
    {
      g_set_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT, "%s", local->message);
      return FALSE;
    }
  if (days == NULL)
    {
      g_set_error_literal (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT,
                           "A list of holidays needs \"days\"");
      return FALSE;
    }
  if (json_array_get_length (days) > LINLI_HOLIDAYS_ENTRIES_MAX)
    {
      g_set_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG,
                   "A list of %u holidays is not believable", json_array_get_length (days));
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (days); i++)
    parse_day (holidays, json_array_get_element (days, i), i + 1);

  /* A year is published as a whole, and may reach into the last days of the
   * year before, of which it then says nothing else. */
  if (linli_json_get_int (object, "year", &year) && year >= 1000 && year <= 9999
      && holidays->exceptions->len > 0)
    holidays->first_year = holidays->last_year = (int) year;
  return TRUE;
}

static int
compare_exceptions (gconstpointer a,
                    gconstpointer b)
{
  const LinliDayException *left = a;
  const LinliDayException *right = b;

  return (left->date > right->date) - (left->date < right->date);
}

/* Ascending, one entry per day. Two entries that contradict each other are
 * both refused: nobody here can know which one is right. */
static void
sort_exceptions (LinliHolidays *holidays)
{
  GArray *all = holidays->exceptions;
  guint next;

  g_array_sort (all, compare_exceptions);
  for (guint i = 0; i < all->len; i = next)
    {
      const LinliDayException *exception = &g_array_index (all, LinliDayException, i);
      gboolean contradiction = FALSE;

      for (next = i + 1; next < all->len; next++)
        {
          const LinliDayException *other = &g_array_index (all, LinliDayException, next);

          if (other->date != exception->date)
            break;
          contradiction = contradiction || other->kind != exception->kind;
        }

      if (contradiction)
        {
          g_autofree char *date = linli_date_to_text (exception->date);

          linli_holidays_refuse (holidays, 0, N_("%s is both a holiday and a make-up day."), date);
          g_array_remove_range (all, i, next - i);
          next = i;
        }
      else if (next - i > 1)
        {
          g_array_remove_range (all, i + 1, next - i - 1);
          next = i + 1;
        }
    }
}

static void
note_years (LinliHolidays *holidays)
{
  const GArray *all = holidays->exceptions;

  if (all->len == 0 || holidays->first_year != 0)
    return;

  holidays->first_year = linli_date_get_year (g_array_index (all, LinliDayException, 0).date);
  holidays->last_year = linli_date_get_year (g_array_index (all, LinliDayException, all->len - 1).date);
}

/**
 * linli_holidays_parse:
 * @text: a file or a download, whatever is in it
 * @length: bytes of @text, or -1 when NUL-terminated
 * @error: %LINLI_HOLIDAYS_ERROR
 *
 * Reads holiday JSON or an ICS feed, told apart by how they begin. An entry
 * that cannot be read costs only itself: it is listed among the refusals.
 *
 * Returns: (transfer full): the holidays
 */
LinliHolidays *
linli_holidays_parse (const char *text,
                      gssize      length,
                      GError    **error)
{
  g_autoptr(LinliHolidays) holidays = holidays_new ();
  gsize size;
  gsize start = 0;
  gboolean parsed;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > SIZE_MAX_BYTES)
    {
      g_set_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG,
                   "%" G_GSIZE_FORMAT " bytes are too many for a list of holidays", size);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) size, NULL))
    {
      g_set_error_literal (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT,
                           "The list of holidays is not UTF-8");
      return NULL;
    }

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    start = 3;
  while (start < size && g_ascii_isspace (text[start]))
    start++;
  if (start < size && text[start] == '{')
    parsed = parse_json (holidays, text + start, size - start, error);
  else
    parsed = linli_holidays_parse_ics (holidays, text + start, size - start, error);
  if (!parsed)
    return NULL;

  sort_exceptions (holidays);
  note_years (holidays);
  return g_steal_pointer (&holidays);
}

/**
 * linli_holidays_apply:
 * @builder: takes over every day of @holidays
 * @error: %LINLI_CALENDAR_ERROR
 *
 * Which years count as covered is not touched: whether a list is complete is
 * for a person to say, with linli_holidays_check_year() at hand.
 */
gboolean
linli_holidays_apply (const LinliHolidays  *holidays,
                      LinliCalendarBuilder *builder,
                      GError              **error)
{
  g_return_val_if_fail (holidays != NULL && builder != NULL, FALSE);

  for (guint i = 0; i < holidays->exceptions->len; i++)
    {
      const LinliDayException *exception = &g_array_index (holidays->exceptions, LinliDayException, i);

      if (!linli_calendar_builder_set_exception (builder, exception->date, exception->kind, NULL,
                                                 exception->name, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_holidays_check_year:
 * @days: (out): holidays on weekdays, less make-up days, in @year
 * @expected: (out): the statutory number of days, 11 up to 2024 and 13 since
 *
 * A check sum of a year's list. Rules: 全国年节及纪念日放假办法, and its
 * revision of 2024-11-10. Holidays that fall on a weekend or into a
 * neighbouring year can move it by a day, so a difference is worth a look, not
 * a refusal.
 *
 * Returns: whether the two agree
 */
gboolean
linli_holidays_check_year (const LinliHolidays *holidays,
                           int                  year,
                           int                 *days,
                           int                 *expected)
{
  g_return_val_if_fail (holidays != NULL && days != NULL && expected != NULL, FALSE);

  *days = 0;
  *expected = year >= 2025 ? 13 : 11;
  for (guint i = 0; i < holidays->exceptions->len; i++)
    {
      const LinliDayException *exception = &g_array_index (holidays->exceptions, LinliDayException, i);
      gboolean weekend = linli_date_get_weekday (exception->date) >= LINLI_SATURDAY;

      if (linli_date_get_year (exception->date) != year)
        continue;
      if (exception->kind == LINLI_EXCEPTION_OFF && !weekend)
        ++*days;
      else if (exception->kind == LINLI_EXCEPTION_WORK && weekend)
        --*days;
    }

  return *days == *expected;
}
