/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A resident's text that begins with "=" is a formula to a spreadsheet, and a
 * formula may reach out of the file. An apostrophe in front makes it text.
 * A cell that already begins like a guarded one gets one more, so that taking
 * one away always gives the cell back. */

#include "config.h"

#include "linli-table-guard.h"

#include <string.h>

static gboolean
is_plain_number (const char *cell)
{
  const char *p = cell + 1;
  gsize whole = strspn (p, "0123456789");

  if (*p == '\0')
    return TRUE; /* a lone sign: how people write "none" */
  p += whole;
  if (whole > 0 && *p == '.')
    p += 1 + strspn (p + 1, "0123456789");
  return whole > 0 && *p == '\0';
}

static gboolean
begins_formula (const char *text)
{
  static const char *wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                "\xef\xbc\xa0" }; /* ＝＋－＠ */

  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

/**
 * linli_table_needs_guard:
 * @cell: any text
 *
 * Returns: whether an apostrophe must precede @cell in a file for
 *   spreadsheets; numbers with a sign need none
 */
gboolean
linli_table_needs_guard (const char *cell)
{
  const char *text;

  g_return_val_if_fail (cell != NULL, FALSE);

  text = cell + strspn (cell, "'");
  if (!begins_formula (text))
    return FALSE;
  return text > cell || !((*cell == '+' || *cell == '-') && is_plain_number (cell));
}

/**
 * linli_table_is_guarded:
 *
 * Returns: whether the first character of @cell is a guard
 */
gboolean
linli_table_is_guarded (const char *cell)
{
  g_return_val_if_fail (cell != NULL, FALSE);
  return *cell == '\'' && begins_formula (cell + strspn (cell, "'"));
}
