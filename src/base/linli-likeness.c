/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-likeness.h"

#include "linli-text.h"

struct _LinliShingles
{
  GArray *hashes; /* of guint64, ascending, each once */
};

/* FNV-1a */
static guint64
hash_more (guint64     hash,
           const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

static void
keep_each_once (GArray *hashes)
{
  guint n = 0;

  g_array_sort (hashes, compare);
  for (guint i = 0; i < hashes->len; i++)
    if (n == 0 || g_array_index (hashes, guint64, n - 1) != g_array_index (hashes, guint64, i))
      g_array_index (hashes, guint64, n++) = g_array_index (hashes, guint64, i);
  g_array_set_size (hashes, n);
}

/* Returns: (transfer full) */
LinliShingles *
linli_shingles_new (const char *text)
{
  const guint64 basis = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  g_autofree char *folded = NULL;
  LinliShingles *self;
  const char *before = NULL; /* a Han character that the next one follows at once */

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new (LinliShingles, 1);
  self->hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  folded = linli_text_fold (text, -1);
  for (const char *p = folded; *p != '\0';)
    {
      LinliCharClass kind = linli_char_class (g_utf8_get_char (p));
      const char *next = g_utf8_next_char (p);
      guint64 hash;

      if (kind == LINLI_CHAR_HAN && before != NULL)
        {
          hash = hash_more (hash_more (basis, before, (gsize) (g_utf8_next_char (before) - before)), p, (gsize) (next - p));
          g_array_append_val (self->hashes, hash);
        }
      if (kind == LINLI_CHAR_WORD)
        {
          while (*next != '\0' && (linli_char_class (g_utf8_get_char (next)) == LINLI_CHAR_WORD ||
                                   linli_char_class (g_utf8_get_char (next)) == LINLI_CHAR_MARK))
            next = g_utf8_next_char (next);
          hash = hash_more (basis, p, (gsize) (next - p));
          g_array_append_val (self->hashes, hash);
        }
      if (kind != LINLI_CHAR_SPACE)
        before = kind == LINLI_CHAR_HAN ? p : NULL;
      p = next;
    }
  keep_each_once (self->hashes);

  return self;
}

void
linli_shingles_free (LinliShingles *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->hashes);
  g_free (self);
}

guint
linli_shingles_get_n (const LinliShingles *self)
{
  return self->hashes->len;
}

static guint
count_shared (const LinliShingles *a,
              const LinliShingles *b)
{
  guint n = 0;

  for (guint i = 0, j = 0; i < a->hashes->len && j < b->hashes->len;)
    {
      guint64 left = g_array_index (a->hashes, guint64, i);
      guint64 right = g_array_index (b->hashes, guint64, j);

      n += left == right;
      i += left <= right;
      j += right <= left;
    }
  return n;
}

/* Returns: 0 for nothing in common to 1 for the same (Dice's measure); 0 when
 *   either has nothing to compare */
double
linli_shingles_likeness (const LinliShingles *a,
                         const LinliShingles *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->hashes->len == 0 || b->hashes->len == 0)
    return 0;
  return 2.0 * count_shared (a, b) / (a->hashes->len + b->hashes->len);
}

/* Returns: which share, 0 to 1, of @part is in @whole */
double
linli_shingles_cover (const LinliShingles *part,
                      const LinliShingles *whole)
{
  g_return_val_if_fail (part != NULL && whole != NULL, 0);

  return part->hashes->len > 0 ? (double) count_shared (part, whole) / part->hashes->len : 0;
}
