/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-grams.h"

#include <string.h>

#include "linli-text.h"

/* A number this long names one thing (a telephone, a meter): that there is
 * one says something, which one does not. */
#define LONG_NUMBER 6

typedef struct
{
  const char *start;
  gsize       length;
} Unit;

typedef struct
{
  Unit          units[LINLI_GRAM_LONGEST]; /* the last ones, oldest first */
  guint         n_units;
  guint         longest;
  LinliGramFunc func;
  gpointer      data;
} Scan;

static gboolean
is_long_number (const Unit *unit)
{
  if (unit->length < LONG_NUMBER)
    return FALSE;
  for (gsize i = 0; i < unit->length; i++)
    if (!g_ascii_isdigit (unit->start[i]))
      return FALSE;
  return TRUE;
}

/* Tells every gram that ends with @unit. */
static void
add_unit (Scan       *scan,
          const char *start,
          gsize       length)
{
  char buffer[LINLI_GRAM_LONGEST * LINLI_TEXT_WORD_MAX * 6];
  gsize used = 0;
  Unit unit = { start, length };

  if (is_long_number (&unit))
    unit = (Unit) { "#", 1 };
  if (scan->n_units == scan->longest)
    memmove (scan->units, scan->units + 1, (scan->longest - 1) * sizeof (Unit));
  else
    scan->n_units++;
  scan->units[scan->n_units - 1] = unit;

  for (guint n = 1; n <= scan->n_units; n++)
    {
      const Unit *first = &scan->units[scan->n_units - n];

      if (used + first->length > sizeof buffer)
        break;
      memmove (buffer + first->length, buffer, used);
      memcpy (buffer, first->start, first->length);
      used += first->length;
      scan->func (buffer, used, n, scan->data);
    }
}

/* Returns: the end of the word that begins at @p */
static const char *
end_of_word (const char *p)
{
  guint n = 0;

  while (*p != '\0' && n < LINLI_TEXT_WORD_MAX)
    {
      LinliCharClass kind = linli_char_class (g_utf8_get_char (p));

      if (kind != LINLI_CHAR_WORD && kind != LINLI_CHAR_MARK)
        break;
      p = g_utf8_next_char (p);
      n++;
    }
  return p;
}

/**
 * linli_grams_foreach:
 * @text: anything; it is folded here, so that full width, case and compatibility
 *   characters make no difference
 * @longest: 1 to %LINLI_GRAM_LONGEST units
 *
 * Calls @func for every gram, as often as it occurs, with its length in bytes
 * and in units; the gram is not terminated. Pure; any thread.
 */
void
linli_grams_foreach (const char    *text,
                     guint          longest,
                     LinliGramFunc  func,
                     gpointer       data)
{
  g_autofree char *folded = NULL;
  Scan scan = { .longest = longest, .func = func, .data = data };

  g_return_if_fail (text != NULL && longest >= 1 && longest <= LINLI_GRAM_LONGEST);

  folded = linli_text_fold (text, -1);
  for (const char *p = folded; *p != '\0';)
    {
      LinliCharClass kind = linli_char_class (g_utf8_get_char (p));
      const char *next = g_utf8_next_char (p);

      if (kind == LINLI_CHAR_WORD)
        next = end_of_word (p);
      if (kind == LINLI_CHAR_WORD || kind == LINLI_CHAR_HAN)
        add_unit (&scan, p, (gsize) (next - p));
      else if (kind != LINLI_CHAR_SPACE)
        scan.n_units = 0;
      p = next;
    }
}
