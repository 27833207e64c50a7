/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-mask.h"

#include <string.h>

#define HEAD          3 /* digits of a telephone that stay before the stars, and */
#define TAIL          4 /* behind them */
#define ID_HEAD       4
#define ID_DIGITS     18
#define MOBILE_DIGITS 11
#define ID_LENGTH     36 /* of the ids that the program gives */
#define MOST_DIGITS   20 /* longer runs are no number of a person */
#define MOST_SEPARATORS 3 /* between two groups, as in "138 - 0000" */
#define FULL_WIDTH    (0xff01 - '!') /* from a character to its full-width form */

/* 张三丰 as 张**: as many stars for every name, so that its length tells nothing. */
char *
linli_mask_name (const char *name)
{
  const char *rest = name != NULL && *name != '\0' ? g_utf8_next_char (name) : name;

  return rest == name ? g_strdup (name) : g_strdup_printf ("%.*s**", (int) (rest - name), name);
}

/* Several names, however they are separated; the separators stay. */
char *
linli_mask_names (const char *names)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean within = FALSE;

  for (const char *p = names; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '*')
        continue;
      if (!g_unichar_isalnum (c))
        within = FALSE;
      if (within)
        continue;
      g_string_append_unichar (out, c);
      if (g_unichar_isalnum (c))
        {
          g_string_append (out, "**");
          within = TRUE;
        }
    }
  return names != NULL ? g_strdup (out->str) : NULL;
}

/* Several telephones separated by spaces, each 138****5678; a line of the town
 * keeps its end, ****1234, and what is shorter, or no plain number, nothing. */
char *
linli_mask_phone (const char *phone)
{
  g_auto(GStrv) words = phone != NULL ? g_strsplit (phone, " ", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);
      char *masked;

      if (length == 0)
        continue;
      masked = length <= HEAD + TAIL || !g_str_is_ascii (words[i])
                 ? g_strdup ("****")
                 : g_strdup_printf ("%.*s****%s", length < MOBILE_DIGITS - 1 ? 0 : HEAD, words[i], words[i] + length - TAIL);
      g_free (words[i]);
      words[i] = masked;
    }
  return words != NULL ? g_strjoinv (" ", words) : NULL;
}

/* What people type stands in either width: 138 as １３８, X as Ｘ.
 *
 * @length: (out): bytes of it
 *
 * Returns: the digit at @p, or X; 0 where none is */
static char
digit_at (const char *p,
          gsize      *length)
{
  gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, -1);

  *length = c < 0x80 ? 1 : 3;
  if (c >= FULL_WIDTH && c <= FULL_WIDTH + '~')
    c -= FULL_WIDTH;
  if (c == 'X' || c == 'x')
    return 'X';
  return c < 0x80 && g_ascii_isdigit ((char) c) ? (char) c : 0;
}

static gboolean
is_digit_at (const char *p)
{
  gsize length;
  char digit = digit_at (p, &length);

  return digit != 0 && digit != 'X';
}

/* An address down to the building: what leads to the door is left out. Where no
 * building is named, what stands before the first digit. */
char *
linli_mask_address (const char *address)
{
  static const char *const buildings[] = { "单元", "号楼", "栋", "幢", "座" };
  const char *end = NULL;

  if (address == NULL || *address == '\0' || g_str_has_suffix (address, LINLI_MASK_WHOLE))
    return g_strdup (address);
  for (guint i = 0; i < G_N_ELEMENTS (buildings); i++)
    {
      const char *found = strstr (address, buildings[i]);

      if (found != NULL && (end == NULL || found < end))
        end = found + strlen (buildings[i]);
    }
  for (const char *p = address; end == NULL && *p != '\0'; p++)
    if (is_digit_at (p))
      end = p;
  return g_strdup_printf ("%.*s" LINLI_MASK_WHOLE, end != NULL ? (int) (end - address) : 0, address);
}

/* Whether it is an identity card's number, a mobile, with 86 before it or
 * without, or a line with its area. */
static gboolean
append_masked (GString    *out,
               const char *digits)
{
  gsize length = strlen (digits);
  const char *tail = digits + length - MIN (length, TAIL);
  gsize country = length < MOBILE_DIGITS + 2 ? 0 : g_str_has_prefix (digits, "86") ? 2 : g_str_has_prefix (digits, "0086") ? 4 : 0;

  if (length == ID_DIGITS && *digits != '0')
    g_string_append_printf (out, "%.*s**********%s", ID_HEAD, digits, tail);
  else if (length == country + MOBILE_DIGITS && digits[country] == '1' && digits[country + 1] >= '3')
    g_string_append_printf (out, "%.*s****%s", (int) country + HEAD, digits, tail);
  else if (length >= MOBILE_DIGITS - 1 && length <= MOBILE_DIGITS + 1 && digits[0] == '0' && digits[1] != '0')
    g_string_append_printf (out, "%.*s****%s", HEAD, digits, tail);
  else
    return FALSE;
  return TRUE;
}

/* Returns: how many bytes of what may stand between the groups of one number
 * begin @p: spaces, strokes and closing brackets of either width, a few */
static gsize
separator_at (const char *p)
{
  static const char *const known[] = { " ", "-", ")", "　", "－", "）", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014",
                                       "\u2015", "\u2212", "\u00a0", "·" };
  gsize length = 0;

  for (guint n = 0; n < MOST_SEPARATORS; n++)
    {
      gsize before = length;

      for (guint i = 0; i < G_N_ELEMENTS (known) && length == before; i++)
        if (g_str_has_prefix (p + length, known[i]))
          length += strlen (known[i]);
      if (length == before)
        break;
    }
  return length;
}

/* A number may be written in groups, and what stands before it, the number of a
 * door or a day, looks like one more: of all that begins at @p the longest counts.
 *
 * Returns: where it ends, or, if there is none, the first group */
static const char *
append_number (GString    *out,
               const char *p)
{
  const char *first = NULL;
  const char *end = NULL;
  gsize start = out->len;
  char digits[MOST_DIGITS + 2];
  gsize n = 0;

  for (const char *q = p; is_digit_at (q);)
    {
      gsize found = out->len;
      gsize length;

      for (; is_digit_at (q) && n < MOST_DIGITS; q += length)
        digits[n++] = digit_at (q, &length);
      if (n == ID_DIGITS - 1 && digit_at (q, &length) == 'X')
        {
          digits[n++] = length == 1 ? *q : 'X';
          q += length;
        }
      digits[n] = '\0';
      if (!g_ascii_isalnum (*q) && !is_digit_at (q) && append_masked (out, digits))
        {
          g_string_erase (out, (gssize) start, (gssize) (found - start));
          end = q;
        }
      while (first == NULL && is_digit_at (q)) /* too long for a number of a person */
        {
          digit_at (q, &length);
          q += length;
        }
      first = first != NULL ? first : q;
      length = separator_at (q);
      if (length == 0)
        break;
      q += length;
    }
  if (end == NULL)
    g_string_append_len (out, p, first - p);
  return end != NULL ? end : first;
}

static gboolean
is_id (const char *p)
{
  char id[ID_LENGTH + 1] = { 0 };

  if (!g_ascii_isxdigit (*p) || strnlen (p, ID_LENGTH) < ID_LENGTH)
    return FALSE;
  memcpy (id, p, ID_LENGTH);
  return g_uuid_string_is_valid (id);
}

/**
 * linli_mask_prose:
 * @text: (nullable): what somebody wrote, or JSON
 *
 * Hides telephones and numbers of identity cards wherever they stand. A name
 * in the middle of a sentence nobody can tell from other words, unless it is
 * known whom the sentence is about: linli_mask_known().
 */
char *
linli_mask_prose (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *p = text;

  while (p != NULL && *p != '\0')
    {
      gboolean begins = p == text || !g_ascii_isalnum (p[-1]);

      if (begins && is_id (p))
        {
          g_string_append_len (out, p, ID_LENGTH);
          p += ID_LENGTH;
        }
      else if (begins && is_digit_at (p))
        p = append_number (out, p);
      else
        g_string_append_c (out, *p++);
    }
  return g_string_free (out, text == NULL);
}

/* --- Who is known --- */

#define LEAST_DIGITS 7  /* of a telephone: what is shorter is a number of the town, or of a door */
#define MARK         '!' /* before those of whom nothing may be known */

/* What is written where no name is known, and names nobody. */
static gboolean
is_nobody (const char *name)
{
  static const char *const words[] = { "匿名", "居民", "市民", "群众", "业主", "住户", "村民", "网友", "来电人", "来访人",
                                       "诉求人", "当事人", "先生", "女士", "同志", "未知", "不详", "某某" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], name))
      return TRUE;
  return FALSE;
}

/* Latin names are not looked for inside of words.
 *
 * @before: (nullable): the byte before it */
static gboolean
is_whole (const char *before,
          const char *word,
          const char *after)
{
  gsize length = strlen (word);

  return !(before != NULL && g_ascii_isalnum (*before) && g_ascii_isalnum (*word)) &&
         !(g_ascii_isalnum (*after) && g_ascii_isalnum (word[length - 1]));
}

/* Returns: how many bytes of @p are the telephone @digits, in whatever groups; 0: none */
static gsize
telephone_at (const char *p,
              const char *digits)
{
  const char *q = p;
  gsize length = 0;

  for (const char *digit = digits; *digit != '\0'; digit++)
    {
      if (digit > digits)
        q += separator_at (q);
      if (digit_at (q, &length) != *digit)
        return 0;
      q += length;
    }
  return is_digit_at (q) ? 0 : (gsize) (q - p);
}

/* Of all that is known the longest counts: 张三丰 is not 张三 and 丰.
 *
 * Returns: how many bytes of @p are a known word; 0: none */
static gsize
known_at (const char *text,
          const char *p,
          GPtrArray  *known,
          const char **found)
{
  gboolean begins = p == text || !is_digit_at (p - 1);
  gsize longest = 0;

  for (guint i = 0; i < known->len; i++)
    {
      const char *mark = known->pdata[i];
      const char *word = *mark == MARK ? mark + 1 : mark;
      gsize length = 0;

      if (g_ascii_isdigit (*word))
        length = begins ? telephone_at (p, word) : 0;
      else if (g_str_has_prefix (p, word) && is_whole (p > text ? p - 1 : NULL, word, p + strlen (word)))
        length = strlen (word);
      if (length > longest)
        {
          longest = length;
          *found = mark;
        }
    }
  return longest;
}

static void
add_known (GPtrArray  *known,
           const char *mark,
           const char *line)
{
  g_auto(GStrv) numbers = NULL;

  if (!g_ascii_isdigit (*line) && *line != '+')
    {
      if (g_utf8_strlen (line, -1) > 1 && strchr (line, '*') == NULL && !is_nobody (line))
        g_ptr_array_add (known, g_strconcat (mark, line, NULL));
      return;
    }
  numbers = g_strsplit (line, " ", -1);
  for (guint i = 0; numbers[i] != NULL; i++)
    {
      g_autoptr(GString) digits = g_string_new (NULL);

      for (const char *p = numbers[i]; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (digits, *p);
      if (digits->len >= LEAST_DIGITS)
        g_ptr_array_add (known, g_strconcat (mark, digits->str, NULL));
    }
}

/**
 * linli_mask_known:
 * @known: names and telephones of those a text is about, a line each; after “!” those of whom nothing may be left
 * @text: (nullable): what somebody wrote
 *
 * Hides them wherever they stand. A name of one character is left: it is a word of many sentences.
 */
char *
linli_mask_known (const char *known,
                  const char *text)
{
  g_auto(GStrv) lines = g_strsplit (known, "\n", -1);
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GString *out;

  if (text == NULL)
    return NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    add_known (words, *lines[i] == MARK ? "!" : "", *lines[i] == MARK ? lines[i] + 1 : lines[i]);
  if (words->len == 0)
    return g_strdup (text);

  out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0';)
    {
      const char *found = NULL;
      gsize length = known_at (text, p, words, &found);
      g_autofree char *masked = NULL;

      if (length == 0)
        {
          g_string_append_c (out, *p++);
          continue;
        }
      masked = *found == MARK ? g_strdup (LINLI_MASK_WHOLE)
               : g_ascii_isdigit (*found) ? linli_mask_phone (found) : linli_mask_name (found);
      g_string_append (out, masked);
      p += length;
    }
  return g_string_free (out, FALSE);
}

/**
 * linli_mask_text:
 * @kind: "name", "names", "phone", "address", "prose"; of anything else nothing is left
 * @text: (nullable)
 *
 * Returns: (transfer full) (nullable)
 */
char *
linli_mask_text (const char *kind,
                 const char *text)
{
  static const struct { const char *kind; char *(*mask) (const char *); } kinds[] = {
    { "name", linli_mask_name }, { "names", linli_mask_names }, { "phone", linli_mask_phone },
    { "address", linli_mask_address }, { "prose", linli_mask_prose },
  };

  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].mask (text);
  return text != NULL && *text != '\0' ? g_strdup ("****") : g_strdup (text);
}
