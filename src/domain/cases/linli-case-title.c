/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-title.h"

static gboolean
ends_sentence (gunichar c)
{
  return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff1b || /* 。！？； */
         c == '!' || c == '?' || c == ';' || c == '\n' || c == '\r' || c == 0x2026;
}

/* Where a title that is too long may be cut without hurting a word. */
static gboolean
is_pause (gunichar c)
{
  return c == 0xff0c || c == 0x3001 || c == ',' || c == 0xff1a || c == ':' || g_unichar_isspace (c);
}

/* Letters and digits belong together; between Han characters one may cut. */
static gboolean
is_word (gunichar c)
{
  return c < 0x2e80 && g_unichar_isalnum (c);
}

static const char *
skip_leading (const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (!ends_sentence (c) && !is_pause (c))
        break;
      text = g_utf8_next_char (text);
    }
  return text;
}

/**
 * linli_case_title_from_text:
 * @text: what the resident said
 *
 * The first sentence, or as much of it as fits: up to its last pause, or up
 * to a place between two words.
 *
 * Returns: (transfer full): at most %LINLI_CASE_TITLE_MAX characters; empty
 *   when @text says nothing
 */
char *
linli_case_title_from_text (const char *text)
{
  const char *start = skip_leading (text);
  const char *pause = NULL; /* the last one that leaves a title of some length */
  const char *gap = NULL;   /* the last place between two words */
  const char *p = start;
  gunichar before = 0;
  guint n = 0;

  if (*start == '\0') /* nothing but punctuation: better that than nothing */
    return g_strstrip (g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), LINLI_CASE_TITLE_MAX)));

  for (; *p != '\0' && n <= LINLI_CASE_TITLE_MAX; n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (ends_sentence (c))
        return g_strchomp (g_strndup (start, (gsize) (p - start)));
      if (is_pause (c) && n >= LINLI_CASE_TITLE_MAX / 3)
        pause = p;
      if (n > 0 && n < LINLI_CASE_TITLE_MAX && !(is_word (before) && is_word (c)))
        gap = p;
      before = c;
      p = g_utf8_next_char (p);
    }
  if (n <= LINLI_CASE_TITLE_MAX)
    return g_strchomp (g_strdup (start));

  if (pause != NULL)
    return g_strchomp (g_strndup (start, (gsize) (pause - start)));
  if (gap == NULL)
    gap = g_utf8_offset_to_pointer (start, LINLI_CASE_TITLE_MAX - 1);
  return g_strdup_printf ("%.*s\xe2\x80\xa6", (int) (gap - start), start);
}
