/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells as people fill them, as values. Times have a file of their own. */

#include "config.h"

#include "linli-field-parse.h"

#include "linli-text.h"

#include <string.h>

G_DEFINE_QUARK (linli-field-error-quark, linli_field_error)

static gboolean
is_one_of (const char        *text,
           const char *const *words)
{
  for (; *words != NULL; words++)
    if (strcmp (text, *words) == 0)
      return TRUE;
  return FALSE;
}

/* Folded, without white space around. */
static char *
fold (const char *text)
{
  return g_strstrip (linli_text_fold (text, -1));
}

/**
 * linli_field_is_blank:
 * @text: a cell
 *
 * Returns: whether @text is empty or one of the signs exports and people use for it
 */
gboolean
linli_field_is_blank (const char *text)
{
  static const char *const signs[] = {
    "", "-", "--", "---", "—", "——", "–", "/", "\\", "null", "(null)", "none", "nan", "n/a", "#n/a",
    NULL,
  };
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, TRUE);

  folded = fold (text);
  return is_one_of (folded, signs);
}

/**
 * linli_field_parse_bool:
 * @value: (out): what @text says
 * @error: %LINLI_FIELD_ERROR
 */
gboolean
linli_field_parse_bool (const char *text,
                        gboolean   *value,
                        GError    **error)
{
  static const char *const yes[] = { "是", "有", "对", "真", "已", "y", "yes", "true", "t", "1", "1.0",
                                     "√", "✓", "✔", "☑", NULL };
  static const char *const no[] = { "否", "无", "错", "假", "未", "没有", "不是", "n", "no", "false", "f",
                                    "0", "0.0",
                                    "×", "✗", "✘", "x", "☐", NULL };
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  folded = fold (text);
  if (is_one_of (folded, yes) || is_one_of (folded, no))
    {
      *value = is_one_of (folded, yes);
      return TRUE;
    }
  if (linli_field_is_blank (text))
    g_set_error_literal (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_EMPTY,
                         "Neither yes nor no is given");
  else
    g_set_error (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_UNREADABLE,
                 "“%s” is neither yes nor no", text);
  return FALSE;
}

static gboolean
is_number_of (const char *digits,
              const char *first,
              gsize       min,
              gsize       max)
{
  gsize n = strlen (digits);

  return n >= min && n <= max && g_str_has_prefix (digits, first);
}

/* Digits as dialled in China: mobile, landline with area code, service
 * numbers, and what is dialled inside a town. */
static gboolean
is_dialable (const char *digits)
{
  if (digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9' && strlen (digits) == 11)
    return TRUE;
  return is_number_of (digits, "0", 10, 12) || is_number_of (digits, "400", 10, 10) ||
         is_number_of (digits, "800", 10, 10) ||
         (digits[0] >= '1' && (is_number_of (digits, "", 7, 8) || is_number_of (digits, "", 3, 6)));
}

/* Two numbers stand with a mark between them, or are too long for one. */
static gboolean
holds_several (const char *text)
{
  static const char *const marks[] = { "/", ",", ";", "、", "或", "和", NULL };
  guint digits = 0, numbers = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean mark = FALSE;

      for (guint i = 0; marks[i] != NULL && !mark; i++)
        mark = g_str_has_prefix (p, marks[i]);
      if (mark)
        {
          numbers += digits >= 7;
          digits = 0;
        }
      digits += g_ascii_isdigit (*p);
    }
  return numbers + (digits >= 7) > 1 || digits >= 18;
}

static char *
keep_digits (const char *text,
             GString    *rest)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 128 && g_ascii_isdigit ((char) c))
        g_string_append_c (digits, (char) c);
      else if (c >= 128 || strchr (" -().", (int) c) == NULL)
        g_string_append_unichar (rest, c);
    }
  return g_string_free (digits, FALSE);
}

static guint
count_digits (const char *text,
              const char *end)
{
  guint n = 0;

  for (; text < end; text++)
    n += g_ascii_isdigit (*text);
  return n;
}

/* Cuts an extension off the end of @text: "转801", "ext 801", or "-801" behind
 * a landline with its area code. */
static char *
take_extension (char *text)
{
  static const char *const marks[] = { "转", "分机", "ext.", "ext", "x", "#", "-", NULL };

  for (const char *const *mark = marks; *mark != NULL; mark++)
    {
      char *at = g_strrstr (text, *mark);
      gboolean landline = *text == '0' || *text == '(';
      const char *extension;
      gsize digits;

      if (at == NULL || count_digits (text, at) < (**mark == '-' ? 10 : 7) ||
          (**mark == '-' && !landline))
        continue;
      extension = at + strlen (*mark);
      extension += strspn (extension, " :");
      digits = strspn (extension, "0123456789");
      if (digits < 1 || digits > 5 || extension[digits] != '\0')
        continue;
      *at = '\0';
      return g_strdup (extension);
    }
  return NULL;
}

/**
 * linli_field_parse_phone:
 * @text: a telephone number as typed
 * @error: %LINLI_FIELD_ERROR
 *
 * Returns: (transfer full): digits without 86, "-" and the extension behind a
 *   landline, "+" before a foreign number
 */
char *
linli_field_parse_phone (const char *text,
                         GError    **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *extension = NULL;
  g_autofree char *all = NULL;
  g_autoptr(GString) rest = g_string_new (NULL);
  const char *digits;

  g_return_val_if_fail (text != NULL, NULL);

  if (linli_field_is_blank (text))
    {
      g_set_error_literal (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_EMPTY,
                           "No telephone number is given");
      return NULL;
    }
  folded = fold (text);
  if (holds_several (folded))
    {
      g_set_error (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_SEVERAL,
                   "“%s” holds more than one number", text);
      return NULL;
    }

  if (g_str_has_suffix (folded, ".0") && strlen (folded) > 8)
    folded[strlen (folded) - 2] = '\0'; /* a number that passed through a spreadsheet */
  extension = take_extension (folded);
  digits = all = keep_digits (folded, rest);
  if (strcmp (rest->str, "+") == 0 && folded[0] == '+' && !g_str_has_prefix (all, "86") &&
      is_number_of (all, "", 8, 15))
    return g_strconcat ("+", all, NULL);
  if (g_str_has_prefix (digits, "0086"))
    digits += 4;
  else if (g_str_has_prefix (digits, "86") && strlen (digits) >= 12)
    digits += 2;

  if ((rest->len > 0 && strcmp (rest->str, "+") != 0) || !is_dialable (digits))
    {
      g_set_error (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_UNREADABLE,
                   "“%s” is no telephone number", text);
      return NULL;
    }
  return extension != NULL ? g_strconcat (digits, "-", extension, NULL) : g_strdup (digits);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x0b || c == 0x0c ||
         c == 0x85;
}

static gboolean
is_invisible (gunichar c)
{
  return c == 0xfeff || c == 0x200b || c == 0x2060;
}

static gboolean
is_gap (gunichar c)
{
  return g_unichar_isspace (c) || is_invisible (c) || c < 0x20 || c == 0x7f;
}

/* Appends the words of one line with one space between them. */
static void
append_line (GString    *out,
             const char *line,
             const char *end)
{
  gboolean gap = FALSE, any = FALSE;

  for (const char *p = line; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_gap (c))
        {
          gap |= !is_invisible (c);
          continue;
        }
      if (gap && any)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      gap = FALSE;
      any = TRUE;
    }
}

static char *
clean (const char *text,
       const char *joint)
{
  GString *out = g_string_new (NULL);
  guint blank = 0;

  for (const char *line = text; *line != '\0';)
    {
      const char *end = line;
      gsize before, start;

      while (*end != '\0' && !is_line_end (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      before = start = out->len;
      if (before > 0)
        {
          g_string_append (out, joint);
          if (blank > 0 && *joint == '\n')
            g_string_append_c (out, '\n');
          start = out->len;
        }
      append_line (out, line, end);
      blank = out->len == start ? blank + 1 : 0;
      if (blank > 0)
        g_string_truncate (out, before);
      if (*end == '\r' && end[1] == '\n')
        end++;
      line = *end != '\0' ? g_utf8_next_char (end) : end;
    }
  return g_string_free (out, FALSE);
}

/**
 * linli_field_clean_text:
 * @text: valid UTF-8
 *
 * White space as a reader needs it: no indents, no trailing blanks, at most
 * one empty line between paragraphs, one space where there were tabs or
 * ideographic spaces. Every other character stays, in its order.
 *
 * Returns: (transfer full): the text
 */
char *
linli_field_clean_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  return clean (text, "\n");
}

/**
 * linli_field_clean_line:
 * @text: valid UTF-8
 *
 * Like linli_field_clean_text() for names and titles: line ends become spaces.
 *
 * Returns: (transfer full): the text on one line
 */
char *
linli_field_clean_line (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  return clean (text, " ");
}
