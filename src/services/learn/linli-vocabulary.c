/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-vocabulary.h"

#include <math.h>
#include <string.h>

#include "linli-grams.h"

/* A gram while and after counting. */
typedef struct
{
  const char *gram; /* (unowned): in the chunk */
  guint       n_texts;
  guint       last; /* number of the text it was seen in last, from 1 */
} Gram;

struct _LinliVocabulary
{
  int           refs;
  guint         longest;
  guint         n_texts;
  GStringChunk *chunk;
  GHashTable   *index; /* gram: its place in grams */
  GArray       *grams; /* element-type Gram */
};

/* @longest: grams of one to so many units */
LinliVocabulary *
linli_vocabulary_new (guint longest)
{
  LinliVocabulary *self = g_new0 (LinliVocabulary, 1);

  self->refs = 1;
  self->longest = longest;
  self->chunk = g_string_chunk_new (1 << 16);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->grams = g_array_new (FALSE, TRUE, sizeof (Gram));

  return self;
}

LinliVocabulary *
linli_vocabulary_ref (LinliVocabulary *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
linli_vocabulary_unref (LinliVocabulary *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->refs))
    return;
  g_string_chunk_free (self->chunk);
  g_hash_table_unref (self->index);
  g_array_unref (self->grams);
  g_free (self);
}

static gboolean
find (LinliVocabulary *self,
      const char      *gram,
      gsize            length,
      guint           *feature)
{
  char key[1024];
  gpointer found = NULL;

  if (length >= sizeof key)
    return FALSE;
  memcpy (key, gram, length);
  key[length] = '\0';
  if (!g_hash_table_lookup_extended (self->index, key, NULL, &found))
    return FALSE;
  *feature = GPOINTER_TO_UINT (found);
  return TRUE;
}

static Gram *
insert (LinliVocabulary *self,
        const char      *gram,
        gsize            length)
{
  Gram new = { .gram = g_string_chunk_insert_len (self->chunk, gram, (gssize) length) };

  g_hash_table_insert (self->index, (gpointer) new.gram, GUINT_TO_POINTER (self->grams->len));
  g_array_append_val (self->grams, new);
  return &g_array_index (self->grams, Gram, self->grams->len - 1);
}

static void
count_gram (const char *gram,
            gsize       length,
            guint       n_units,
            gpointer    data)
{
  LinliVocabulary *self = data;
  guint feature = 0;
  Gram *known = find (self, gram, length, &feature) ? &g_array_index (self->grams, Gram, feature)
                                                   : insert (self, gram, length);

  if (known->last == self->n_texts)
    return;
  known->last = self->n_texts;
  known->n_texts++;
}

/* Counts the grams of one more text. */
void
linli_vocabulary_add (LinliVocabulary *self,
                      const char      *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  self->n_texts++;
  linli_grams_foreach (text, self->longest, count_gram, self);
}

/* Commonest first; equals by their letters, so that the order of the texts
 * does not matter. */
static int
compare_grams (gconstpointer a,
               gconstpointer b)
{
  const Gram *left = a;
  const Gram *right = b;

  if (left->n_texts != right->n_texts)
    return left->n_texts > right->n_texts ? -1 : 1;
  return strcmp (left->gram, right->gram);
}

/**
 * linli_vocabulary_close:
 * @least: grams in fewer texts are forgotten
 * @most: at most so many grams are kept, the commonest; 0 keeps all
 */
void
linli_vocabulary_close (LinliVocabulary *self,
                        guint            least,
                        guint            most)
{
  GArray *counted = self->grams;
  GStringChunk *chunk = self->chunk;

  g_array_sort (counted, compare_grams);
  self->chunk = g_string_chunk_new (1 << 16);
  self->grams = g_array_new (FALSE, TRUE, sizeof (Gram));
  g_hash_table_remove_all (self->index);
  for (guint i = 0; i < counted->len; i++)
    {
      const Gram *gram = &g_array_index (counted, Gram, i);

      if (gram->n_texts < least || (most != 0 && i >= most))
        break;
      insert (self, gram->gram, strlen (gram->gram))->n_texts = gram->n_texts;
    }
  g_array_unref (counted);
  g_string_chunk_free (chunk);
}

/* An empty one to be filled by linli_vocabulary_append(). */
LinliVocabulary *
linli_vocabulary_restore (guint longest,
                          guint n_texts)
{
  LinliVocabulary *self = linli_vocabulary_new (longest);

  self->n_texts = n_texts;
  return self;
}

/* Returns: %FALSE when @gram is there already */
gboolean
linli_vocabulary_append (LinliVocabulary *self,
                         const char      *gram,
                         guint            n_texts)
{
  if (g_hash_table_contains (self->index, gram))
    return FALSE;
  insert (self, gram, strlen (gram))->n_texts = n_texts;
  return TRUE;
}

guint
linli_vocabulary_get_size (LinliVocabulary *self)
{
  return self->grams->len;
}

guint
linli_vocabulary_get_longest (LinliVocabulary *self)
{
  return self->longest;
}

guint
linli_vocabulary_get_n_texts (LinliVocabulary *self)
{
  return self->n_texts;
}

const char *
linli_vocabulary_get_gram (LinliVocabulary *self,
                           guint            feature)
{
  return g_array_index (self->grams, Gram, feature).gram;
}

/* Returns: how many of the counted texts have the gram */
guint
linli_vocabulary_get_count (LinliVocabulary *self,
                            guint            feature)
{
  return g_array_index (self->grams, Gram, feature).n_texts;
}

/* --- Weighing --- */

typedef struct
{
  LinliVocabulary *vocabulary;
  GArray          *features; /* of guint, as they occur */
} Weighing;

static void
note_gram (const char *gram,
           gsize       length,
           guint       n_units,
           gpointer    data)
{
  Weighing *weighing = data;
  guint feature = 0;

  if (find (weighing->vocabulary, gram, length, &feature))
    g_array_append_val (weighing->features, feature);
}

static int
compare_features (gconstpointer a,
                  gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/* One plus the logarithm of how often, times how rare. */
static float
weight_of (LinliVocabulary *self,
           guint            feature,
           guint            times)
{
  double idf = log ((1.0 + self->n_texts) / (1.0 + linli_vocabulary_get_count (self, feature))) + 1.0;

  return (float) ((1.0 + log (times)) * idf);
}

/* The vector's length becomes 1. */
static void
normalise (GArray *terms)
{
  double sum = 0;

  for (guint i = 0; i < terms->len; i++)
    sum += (double) g_array_index (terms, LinliTerm, i).value * g_array_index (terms, LinliTerm, i).value;
  for (guint i = 0; i < terms->len; i++)
    g_array_index (terms, LinliTerm, i).value /= (float) sqrt (sum);
}

/**
 * linli_vocabulary_weigh:
 *
 * TF-IDF with sublinear counts, of length 1. Any thread.
 *
 * Returns: (transfer full) (element-type LinliTerm): by feature, ascending;
 *   empty when no gram is known
 */
GArray *
linli_vocabulary_weigh (LinliVocabulary *self,
                        const char      *text)
{
  g_autoptr(GArray) features = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (LinliTerm));
  Weighing weighing = { self, features };

  linli_grams_foreach (text, self->longest, note_gram, &weighing);
  g_array_sort (features, compare_features);
  for (guint i = 0, n; i < features->len; i += n)
    {
      guint feature = g_array_index (features, guint, i);
      LinliTerm term = { feature, 0 };

      for (n = 1; i + n < features->len && g_array_index (features, guint, i + n) == feature; n++)
        ;
      term.value = weight_of (self, feature, n);
      g_array_append_val (terms, term);
    }
  normalise (terms);

  return terms;
}

/* Returns: how alike two texts are, 0 to 1; @a and @b from linli_vocabulary_weigh() */
double
linli_vector_product (GArray *a,
                      GArray *b)
{
  double sum = 0;

  for (guint i = 0, j = 0; i < a->len && j < b->len;)
    {
      const LinliTerm *left = &g_array_index (a, LinliTerm, i);
      const LinliTerm *right = &g_array_index (b, LinliTerm, j);

      if (left->feature == right->feature)
        sum += (double) left->value * right->value;
      if (left->feature <= right->feature)
        i++;
      if (right->feature <= left->feature)
        j++;
    }
  return sum;
}
