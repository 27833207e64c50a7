/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folded text as a row of units: what they are is said in linli-text.h. */

#include "config.h"

#include "linli-text-private.h"

#include <string.h>

#define MAX_NUMBER 12 /* digits of a telephone number, area code and all */
#define MAX_GAP    3  /* characters between its groups */

static gunichar
char_at (const char *text,
         gsize       at,
         gsize      *next)
{
  *next = at + (gsize) g_utf8_skip[(guchar) text[at]];
  return g_utf8_get_char (text + at);
}

static gsize
word_end (const char *folded,
          gsize       length,
          gsize       at)
{
  guint characters = 0;

  while (at < length)
    {
      gsize next;
      LinliCharClass class = linli_char_class (char_at (folded, at, &next));

      if (class != LINLI_CHAR_WORD && class != LINLI_CHAR_MARK)
        break;
      if (class == LINLI_CHAR_WORD && characters++ == LINLI_TEXT_WORD_MAX)
        break;
      at = next;
    }

  return at;
}

static gboolean
find_unit (const char    *folded,
           gsize          length,
           gsize          at,
           gboolean       after_han,
           LinliTextUnit *unit)
{
  gboolean glued = after_han;

  while (at < length)
    {
      gsize next;
      LinliCharClass class = linli_char_class (char_at (folded, at, &next));

      if (class == LINLI_CHAR_HAN || class == LINLI_CHAR_WORD)
        {
          unit->han = class == LINLI_CHAR_HAN;
          unit->glued = unit->han && glued;
          unit->start = at;
          unit->end = unit->han ? next : word_end (folded, length, at);
          return TRUE;
        }
      if (class != LINLI_CHAR_SPACE)
        glued = FALSE;
      at = next;
    }

  return FALSE;
}

/* The first unit of a folded text, or FALSE when it has none. */
gboolean
linli_text_unit_first (const char    *folded,
                       gsize          length,
                       LinliTextUnit *unit)
{
  return find_unit (folded, length, 0, FALSE, unit);
}

/* The unit behind @unit; @next may be the same place. */
gboolean
linli_text_unit_next (const char          *folded,
                      gsize                length,
                      const LinliTextUnit *unit,
                      LinliTextUnit       *next)
{
  return find_unit (folded, length, unit->end, unit->han, next);
}

static gboolean
is_number (const char          *folded,
           const LinliTextUnit *unit)
{
  for (gsize i = unit->start; i < unit->end; i++)
    if (!g_ascii_isdigit (folded[i]))
      return FALSE;

  return TRUE;
}

/* 138-0013-8000, 0755 8462 3456, (0755) 84623456: a dash, a space, a bracket. */
static gboolean
is_gap (const char *folded,
        gsize       at,
        gsize       end)
{
  guint characters = 0;

  if (at == end)
    return FALSE;
  while (at < end)
    {
      gunichar c = char_at (folded, at, &at);

      if (c != '-' && c != ' ' && c != '(' && c != ')' && c != 0x2212 &&
          !(c >= 0x2010 && c <= 0x2015))
        return FALSE;
      if (++characters > MAX_GAP)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_mobile (const char *digits,
           gsize       n)
{
  return n == 11 && digits[0] == '1' && digits[1] >= '3';
}

static gsize
area_code_length (const char *digits)
{
  return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

/* Whether groups that begin with @first digits and hold @n in all are a
 * number of the mainland: mobile, with area code, or 400 and 800. */
static gboolean
is_grouped_number (const char *digits,
                   gsize       n,
                   gsize       first)
{
  if (first >= 3 && is_mobile (digits, n))
    return TRUE;
  if (digits[0] == '0' && digits[1] != '0' && n >= 10)
    return first == area_code_length (digits) && n - first >= 7 && n - first <= 8;

  return n == 10 && first <= 4 &&
         (g_str_has_prefix (digits, "400") || g_str_has_prefix (digits, "800"));
}

/* The longest number that begins at @first. */
static LinliAliasKind
join_groups (const char          *folded,
             gsize                length,
             const LinliTextUnit *first,
             LinliAlias          *alias)
{
  LinliTextUnit unit = *first;
  gsize first_length = first->end - first->start;
  gsize end = 0;
  gsize n = 0;

  memset (alias, 0, sizeof *alias);
  do
    {
      gsize size = unit.end - unit.start;

      if (size < 2 || n + size > MAX_NUMBER || !is_number (folded, &unit) ||
          (n > 0 && !is_gap (folded, end, unit.start)))
        break;
      memcpy (alias->digits + n, folded + unit.start, size);
      n += size;
      end = unit.end;
      if (n > first_length && is_grouped_number (alias->digits, n, first_length))
        {
          alias->length = n;
          alias->end = end;
        }
    }
  while (linli_text_unit_next (folded, length, &unit, &unit));

  return alias->length > 0 ? LINLI_ALIAS_JOINED : LINLI_ALIAS_NONE;
}

/* The digits behind 86 or 0086: groups, or one word. */
static LinliAliasKind
without_country (const char          *folded,
                 gsize                length,
                 const LinliTextUnit *unit,
                 LinliAlias          *alias)
{
  LinliTextUnit next;

  if (!linli_text_unit_next (folded, length, unit, &next) ||
      !is_gap (folded, unit->end, next.start) || !is_number (folded, &next))
    return LINLI_ALIAS_NONE;
  if (!is_mobile (folded + next.start, next.end - next.start))
    return join_groups (folded, length, &next, alias);

  memcpy (alias->digits, folded + next.start, 11);
  alias->length = 11;
  alias->end = next.end;
  return LINLI_ALIAS_JOINED;
}

static LinliAliasKind
one_word (const char          *digits,
          gsize                n,
          const LinliTextUnit *unit,
          LinliAlias          *alias)
{
  gsize skip = g_str_has_prefix (digits, "0086") ? 4 : g_str_has_prefix (digits, "86") ? 2 : 0;
  LinliAliasKind kind = LINLI_ALIAS_JOINED;

  if (skip == 0 || !is_mobile (digits + skip, n - skip))
    {
      if (digits[0] != '0' || digits[1] == '0')
        return LINLI_ALIAS_NONE;
      skip = area_code_length (digits);
      if (n < skip + 7 || n > skip + 8)
        return LINLI_ALIAS_NONE;
      kind = LINLI_ALIAS_LOCAL;
    }

  alias->length = n - skip;
  alias->end = unit->end;
  memcpy (alias->digits, digits + skip, alias->length);
  return kind;
}

/* What @unit also reads as, when it begins a telephone number. */
LinliAliasKind
linli_text_unit_alias (const char          *folded,
                       gsize                length,
                       const LinliTextUnit *unit,
                       LinliAlias          *alias)
{
  gsize n = unit->end - unit->start;
  char digits[LINLI_ALIAS_MAX + 1] = "";

  if (unit->han || n < 2 || n > LINLI_ALIAS_MAX - 1 ||
      strchr ("0148", folded[unit->start]) == NULL || !is_number (folded, unit))
    return LINLI_ALIAS_NONE;

  memcpy (digits, folded + unit->start, n);
  if (strcmp (digits, "86") == 0 || strcmp (digits, "0086") == 0)
    return without_country (folded, length, unit, alias);
  if (n >= 3 && n <= 9)
    return join_groups (folded, length, unit, alias);
  if (n >= 10)
    return one_word (digits, n, unit, alias);

  return LINLI_ALIAS_NONE;
}

/**
 * linli_text_phone_number:
 * @text: any text
 *
 * Reads @text as one telephone number of the mainland: a mobile, a landline
 * with its area code, 400 or 800, in groups or not, with 86 or without.
 *
 * Returns: (transfer full) (nullable): its digits without 86, or %NULL when
 *   @text is anything else
 */
char *
linli_text_phone_number (const char *text)
{
  g_autofree char *folded = NULL;
  LinliTextUnit unit;
  LinliTextUnit next;
  LinliAlias alias;
  LinliAliasKind kind;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  folded = linli_text_fold (text, -1);
  length = strlen (folded);
  if (!linli_text_unit_first (folded, length, &unit) || !is_number (folded, &unit))
    return NULL;

  kind = linli_text_unit_alias (folded, length, &unit, &alias);
  if (kind == LINLI_ALIAS_JOINED)
    {
      LinliTextUnit last = { .start = alias.end, .end = alias.end };

      if (linli_text_unit_next (folded, length, &last, &next))
        return NULL;
      return g_strndup (alias.digits, alias.length);
    }
  if (linli_text_unit_next (folded, length, &unit, &next) ||
      (kind != LINLI_ALIAS_LOCAL && !is_mobile (folded + unit.start, unit.end - unit.start)))
    return NULL;

  return g_strndup (folded + unit.start, unit.end - unit.start);
}

/**
 * linli_text_phone_digits:
 * @text: a telephone number or a part of one, as typed
 *
 * Returns: (transfer full) (nullable): the digits to look for, or %NULL when
 *   there are none, or letters are among them
 */
char *
linli_text_phone_digits (const char *text)
{
  char *number = linli_text_phone_number (text);
  g_autofree char *folded = NULL;
  GString *digits;

  if (number != NULL)
    return number;

  folded = linli_text_fold (text, -1);
  digits = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (linli_char_class (g_utf8_get_char (p)) >= LINLI_CHAR_WORD && !g_ascii_isdigit (*p))
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
    }

  return g_string_free (digits, digits->len == 0);
}
