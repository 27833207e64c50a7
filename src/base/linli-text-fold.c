/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding goes cluster by cluster: a base character and what combines with
 * it. Nothing before or after a cluster can change its normal form, so the
 * result is that of normalising the whole text, while Chinese and ASCII,
 * which are nearly all there is, never reach the normaliser, and every byte
 * written knows which bytes it came from. */

#include "config.h"

#include "linli-text.h"

#include "linli-text-private.h"

#include <string.h>

/* As Unicode's stream-safe format has it. More marks than this on one letter
 * are an attack: ordering them takes quadratic time. */
#define MAX_MARKS 30

typedef struct
{
  GString *out;
  GArray  *spans;   /* (nullable): one LinliTextSpan per byte of out */
  GString *cluster; /* source characters waiting for the next base */
  guint    marks;   /* in the cluster */
  guint    start;   /* of the cluster in the source */
  guint    end;
} Folder;

/**
 * linli_char_is_kana:
 *
 * Returns: whether @c is hiragana or katakana, full width
 */
gboolean
linli_char_is_kana (gunichar c)
{
  return (c >= 0x3041 && c <= 0x3096) || (c >= 0x309d && c <= 0x309f) ||
         (c >= 0x30a1 && c <= 0x30fa) || (c >= 0x30fc && c <= 0x30ff) ||
         (c >= 0x31f0 && c <= 0x31ff) || (c >= 0x3031 && c <= 0x3035) ||
         (c >= 0x1b000 && c <= 0x1b16f);
}

/**
 * linli_char_is_han:
 *
 * Ideographs of all planes and extensions, present and to come, the marks
 * that stand for one (々 〇), the Hangzhou numerals, and the private-use
 * characters with which older systems write rare names.
 *
 * Returns: whether @c is one of them
 */
gboolean
linli_char_is_han (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) ||
         (c >= 0x3038 && c <= 0x303c) || (c >= 0x2e80 && c <= 0x2fdf) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xe000 && c <= 0xf8ff) ||
         (c >= 0x20000 && c <= 0x3fffd) || (c >= 0xf0000 && c <= 0x10fffd);
}

/**
 * linli_char_class:
 * @c: a character of a folded text
 *
 * Returns: what @c is to the search
 */
LinliCharClass
linli_char_class (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? LINLI_CHAR_WORD
           : c == ' ' || (c >= '\t' && c <= '\r') ? LINLI_CHAR_SPACE
                                                  : LINLI_CHAR_SEPARATOR;
  if (linli_char_is_han (c) || linli_char_is_kana (c))
    return LINLI_CHAR_HAN;
  if (g_unichar_isalnum (c))
    return LINLI_CHAR_WORD;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return LINLI_CHAR_MARK;
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return LINLI_CHAR_SPACE;
    default:
      return c == 0x85 ? LINLI_CHAR_SPACE : LINLI_CHAR_SEPARATOR;
    }
}

/* Characters a reader does not see, and the keycap around an emoji digit. */
static gboolean
is_invisible (gunichar c)
{
  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    return !(c >= '\t' && c <= '\r') && c != 0x85;
  if (c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c == 0x3164 ||
      c == 0xffa0 || (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0f) ||
      (c >= 0xe0000 && c <= 0xe0fff))
    return TRUE;
  if (c < 0x0483)
    return c == 0xad;

  return g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_jamo (gunichar c)
{
  return (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3130 && c <= 0x318f) ||
         (c >= 0xa960 && c <= 0xa97f) || (c >= 0xd7b0 && c <= 0xd7ff) ||
         (c >= 0xffa0 && c <= 0xffdc);
}

static gboolean
is_mark (gunichar c)
{
  return c >= 0x300 && (linli_char_class (c) == LINLI_CHAR_MARK ||
                        g_unichar_combining_class (c) != 0 || c == 0xff9e || c == 0xff9f);
}

/* Nothing combines with it and its normal form is itself. */
static gboolean
stands_alone (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x3001 && c <= 0x301f) || (c >= 0x2018 && c <= 0x201d);
}

static void
emit (Folder  *self,
      gunichar c)
{
  LinliTextSpan span = { self->start, self->end };
  gsize before = self->out->len;

  if (linli_char_class (c) == LINLI_CHAR_SPACE)
    {
      if (before == 0 || self->out->str[before - 1] == ' ')
        return;
      c = ' ';
    }
  if (c < 0x80)
    g_string_append_c (self->out, (char) c);
  else
    g_string_append_unichar (self->out, c);
  for (gsize i = before; self->spans != NULL && i < self->out->len; i++)
    g_array_append_val (self->spans, span);
}

static char *
lower (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (p)));

  return g_string_free (out, FALSE);
}

static void
emit_normalized (Folder *self)
{
  g_autofree char *normal = g_utf8_normalize (self->cluster->str, (gssize) self->cluster->len,
                                              G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lowered = lower (normal);
  guint marks = 0;

  if (strcmp (normal, lowered) != 0)
    {
      g_free (normal);
      normal = g_utf8_normalize (lowered, -1, G_NORMALIZE_ALL_COMPOSE);
    }
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      marks = is_mark (c) ? marks + 1 : 0;
      if (marks <= MAX_MARKS)
        emit (self, c);
    }
}

static void
flush (Folder *self)
{
  if (self->cluster->len == 1)
    emit (self, (gunichar) g_ascii_tolower (self->cluster->str[0]));
  else if (self->cluster->len > 0)
    emit_normalized (self);
  g_string_truncate (self->cluster, 0);
  self->marks = 0;
}

static void
take (Folder  *self,
      gunichar c,
      guint    start,
      guint    end)
{
  gboolean mark = is_mark (c);

  if (!mark && !(self->cluster->len > 1 && is_jamo (c)))
    flush (self);
  if (self->cluster->len == 0)
    self->start = start;
  self->end = end;

  if (stands_alone (c))
    emit (self, c);
  else if (!mark || ++self->marks <= MAX_MARKS)
    g_string_append_unichar (self->cluster, c);
}

/* Any byte string is read: what is no UTF-8 gives U+FFFD, byte by byte. */
static gunichar
read_char (const char *text,
           gsize       length,
           guint      *size)
{
  gunichar c;

  *size = 1;
  if ((guchar) text[0] < 0x80)
    return (guchar) text[0];

  c = g_utf8_get_char_validated (text, (gssize) length);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0xfffd;

  *size = (guint) g_utf8_skip[(guchar) text[0]];
  return c;
}

/* Returns: how many bytes at the front of @text are common ideographs */
static gsize
ideographs_at (const char *text,
               gsize       length)
{
  const guchar *bytes = (const guchar *) text;
  gsize at = 0;

  while (at + 3 <= length && bytes[at] >= 0xe4 && bytes[at] <= 0xe9 && (bytes[at + 1] & 0xc0) == 0x80 &&
         (bytes[at + 2] & 0xc0) == 0x80 && (bytes[at] > 0xe4 || bytes[at + 1] >= 0xb8)) /* U+4E00 to U+9FFF */
    at += 3;
  return at;
}

static inline gboolean
is_printable (char c)
{
  return (c >= ' ' && c <= '~') || c == '\n';
}

/* Printable ASCII before something that cannot combine with it. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  return is_printable (text[0]) &&
         (length == 1 || is_printable (text[1]) || ideographs_at (text + 1, MIN (length - 1, 3)) > 0);
}

/* Ideographs are written as they stand. */
static void
emit_ideographs (Folder     *self,
                 const char *text,
                 gsize       length,
                 gsize       at)
{
  g_string_append_len (self->out, text + at, (gssize) length);
  for (gsize i = 0; self->spans != NULL && i < length; i++)
    {
      LinliTextSpan span = { (guint) (at + i - i % 3), (guint) (at + i - i % 3) + 3 };

      g_array_append_val (self->spans, span);
    }
}

/* What nearly every text consists of goes around the clusters.
 *
 * Returns: how many bytes at @at were folded, 0 when they are nothing common */
static gsize
fold_common (Folder     *self,
             const char *text,
             gsize       size,
             gsize       at)
{
  gsize length = ideographs_at (text + at, size - at);

  if (length == 0 && !is_plain (text + at, size - at))
    return 0;
  flush (self);
  if (length > 0)
    {
      emit_ideographs (self, text, length, at);
      return length;
    }
  self->start = (guint) at;
  self->end = (guint) at + 1;
  emit (self, (gunichar) g_ascii_tolower (text[at]));
  return 1;
}

/**
 * linli_text_fold_spans:
 * @text: any bytes
 * @length: how many, or -1 when NUL-terminated
 * @spans: (out) (optional) (transfer full): for every byte of the result the
 *   bytes of @text it stands for, as #LinliTextSpan
 *
 * Folds @text as described in linli-text.h. Folding twice changes nothing.
 *
 * Returns: (transfer full): valid UTF-8, without NUL
 */
char *
linli_text_fold_spans (const char *text,
                       gssize      length,
                       GArray    **spans)
{
  Folder self = { 0 };
  gsize size;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  g_return_val_if_fail (size < G_MAXUINT, NULL);

  self.out = g_string_sized_new (size);
  self.cluster = g_string_sized_new (16);
  if (spans != NULL)
    self.spans = g_array_sized_new (FALSE, FALSE, sizeof (LinliTextSpan), (guint) size);

  for (gsize at = 0; at < size;)
    {
      gsize common = fold_common (&self, text, size, at);
      gunichar c;
      guint step;

      at += common;
      if (common > 0)
        continue;
      c = read_char (text + at, size - at, &step);
      if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xff01 - '!';
      else if (c == 0x3000)
        c = ' ';
      else if (c >= LINLI_RADICAL_FIRST && c <= LINLI_RADICAL_LAST)
        c = linli_radical_ideograph (c);
      if (!is_invisible (c))
        take (&self, c, (guint) at, (guint) at + step);
      at += step;
    }
  flush (&self);

  if (self.out->len > 0 && self.out->str[self.out->len - 1] == ' ')
    g_string_truncate (self.out, self.out->len - 1);
  if (spans != NULL)
    *spans = g_array_set_size (self.spans, (guint) self.out->len);
  g_string_free (self.cluster, TRUE);

  return g_string_free (self.out, FALSE);
}

/**
 * linli_text_fold:
 * @text: any bytes
 * @length: how many, or -1 when NUL-terminated
 *
 * Returns: (transfer full): @text folded, see linli_text_fold_spans()
 */
char *
linli_text_fold (const char *text,
                 gssize      length)
{
  return linli_text_fold_spans (text, length, NULL);
}
