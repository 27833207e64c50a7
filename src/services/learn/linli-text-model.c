/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-text-model.h"

#include <stdlib.h>

#include "linli-text-model-private.h"
#include "linli-text.h"

#define LONGEST_STRETCH 6 /* characters of a word to show */

/* @labels: (element-type utf8): names of the classes; copied */
LinliTextModel *
linli_text_model_new (LinliVocabulary *vocabulary,
                      GPtrArray       *labels)
{
  LinliTextModel *self = g_new0 (LinliTextModel, 1);

  self->refs = 1;
  self->vocabulary = linli_vocabulary_ref (vocabulary);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < labels->len; i++)
    g_ptr_array_add (self->labels, g_strdup (labels->pdata[i]));
  self->biases = g_new0 (float, labels->len);
  self->postings = g_array_new (FALSE, FALSE, sizeof (LinliPosting));
  self->starts = g_new0 (guint, linli_vocabulary_get_size (vocabulary) + 1);

  return self;
}

LinliTextModel *
linli_text_model_ref (LinliTextModel *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
linli_text_model_unref (LinliTextModel *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->refs))
    return;
  linli_vocabulary_unref (self->vocabulary);
  g_ptr_array_unref (self->labels);
  g_free (self->biases);
  g_array_unref (self->postings);
  g_free (self->starts);
  g_free (self);
}

/* @n_examples: how many examples of the class have the gram */
void
linli_text_model_add (LinliTextModel *self,
                      guint           feature,
                      guint           class,
                      float           weight,
                      guint           n_examples)
{
  const LinliPosting posting = { feature, class, weight, n_examples };

  g_return_if_fail (feature < linli_vocabulary_get_size (self->vocabulary) && class < self->labels->len);

  g_array_append_val (self->postings, posting);
}

void
linli_text_model_set_bias (LinliTextModel *self,
                           guint           class,
                           float           bias)
{
  self->biases[class] = bias;
}

static int
compare_postings (gconstpointer a,
                  gconstpointer b)
{
  const LinliPosting *left = a;
  const LinliPosting *right = b;

  if (left->feature != right->feature)
    return left->feature < right->feature ? -1 : 1;
  return left->class < right->class ? -1 : left->class > right->class;
}

/* Nothing is added any more. */
void
linli_text_model_close (LinliTextModel *self)
{
  guint n = linli_vocabulary_get_size (self->vocabulary);
  guint i = 0;

  g_array_sort (self->postings, compare_postings);
  for (guint feature = 0; feature < n; feature++)
    {
      self->starts[feature] = i;
      while (i < self->postings->len && g_array_index (self->postings, LinliPosting, i).feature == feature)
        i++;
    }
  self->starts[n] = i;
}

guint
linli_text_model_get_n_classes (LinliTextModel *self)
{
  return self->labels->len;
}

void
linli_guess_free (LinliGuess *guess)
{
  for (guint i = 0; i < G_N_ELEMENTS (guess->words); i++)
    g_free (guess->words[i]);
  g_free (guess);
}

/* --- Ranking --- */

typedef struct
{
  guint  class;
  double score;
} Standing;

static int
compare_standings (gconstpointer a,
                   gconstpointer b)
{
  const Standing *left = a;
  const Standing *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return left->class < right->class ? -1 : left->class > right->class;
}

static const LinliPosting *
find_posting (LinliTextModel *self,
              guint           feature,
              guint           class)
{
  for (guint i = self->starts[feature]; i < self->starts[feature + 1]; i++)
    if (g_array_index (self->postings, LinliPosting, i).class == class)
      return &g_array_index (self->postings, LinliPosting, i);
  return NULL;
}

/* Characters that hold a sentence together say nothing by themselves. */
static gboolean
is_filler (gunichar c)
{
  static const char fillers[] = "的了是在有和就都很也我们你他她它这那着过吗呢吧啊呀把被还不没又";

  return g_utf8_strchr (fillers, -1, c) != NULL;
}

/* A stretch of the text that speaks for a class. */
typedef struct
{
  const char *start;
  const char *end;
  double      weight;
  double      best;       /* of its pairs */
  guint       n_examples; /* that have the best pair */
} Stretch;

static const LinliGramWeight *
find_term (GArray *terms,
           guint   feature)
{
  guint low = 0;
  guint high = terms->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const LinliGramWeight *term = &g_array_index (terms, LinliGramWeight, middle);

      if (term->feature == feature)
        return term;
      if (term->feature < feature)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* What the pair of characters from @p to @end adds to the class. */
static double
weigh_pair (LinliTextModel *self,
            GArray         *terms,
            guint           class,
            const char     *p,
            const char     *end,
            guint          *n_examples)
{
  guint feature = 0;
  const LinliGramWeight *term;
  const LinliPosting *posting;

  if (is_filler (g_utf8_get_char (p)) || is_filler (g_utf8_get_char (g_utf8_prev_char (end))) ||
      !linli_vocabulary_find (self->vocabulary, p, (gsize) (end - p), &feature))
    return 0;
  term = find_term (terms, feature);
  posting = find_posting (self, feature, class);
  if (term == NULL || posting == NULL)
    return 0;
  *n_examples = posting->n_examples;
  return (double) term->value * posting->weight;
}

/* Pairs of Han characters that speak for the class, grown together. */
static GArray *
find_stretches (LinliTextModel *self,
                GArray         *terms,
                const char     *folded,
                guint           class)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *next = g_utf8_next_char (p);
      const char *end = *next != '\0' ? g_utf8_next_char (next) : next;
      Stretch *last = stretches->len > 0 ? &g_array_index (stretches, Stretch, stretches->len - 1) : NULL;
      guint n_examples = 0;
      double weight;

      if (*next == '\0' || !linli_char_is_han (g_utf8_get_char (p)) || !linli_char_is_han (g_utf8_get_char (next)))
        continue;
      weight = weigh_pair (self, terms, class, p, end, &n_examples);
      if (weight <= 0)
        continue;
      if (last == NULL || last->end <= p || g_utf8_pointer_to_offset (last->start, end) > LONGEST_STRETCH)
        {
          const Stretch new = { p, end, 0, 0, 0 };

          g_array_append_val (stretches, new);
          last = &g_array_index (stretches, Stretch, stretches->len - 1);
        }
      last->end = end;
      last->weight += weight;
      if (weight > last->best)
        {
          last->best = weight;
          last->n_examples = n_examples;
        }
    }

  return stretches;
}

static int
compare_stretches (gconstpointer a,
                   gconstpointer b)
{
  const Stretch *left = a;
  const Stretch *right = b;

  if (left->weight != right->weight)
    return left->weight > right->weight ? -1 : 1;
  return left->start < right->start ? -1 : left->start > right->start;
}

/* The stretches of the text that add most to the class, each once. */
static void
explain (LinliTextModel *self,
         GArray         *terms,
         const char     *folded,
         guint           class,
         LinliGuess     *guess)
{
  g_autoptr(GArray) stretches = find_stretches (self, terms, folded, class);
  guint n = 0;

  g_array_sort (stretches, compare_stretches);
  for (guint i = 0; i < stretches->len && n < G_N_ELEMENTS (guess->words); i++)
    {
      const Stretch *stretch = &g_array_index (stretches, Stretch, i);
      g_autofree char *word = g_strndup (stretch->start, (gsize) (stretch->end - stretch->start));

      if (n > 0 && (stretch->weight < g_array_index (stretches, Stretch, 0).weight / 5 || g_str_equal (word, guess->words[n - 1])))
        continue;
      if (n == 0)
        guess->n_examples = stretch->n_examples;
      guess->words[n++] = g_steal_pointer (&word);
    }
}

static Standing *
score_all (LinliTextModel *self,
           GArray         *terms)
{
  Standing *standings = g_new (Standing, self->labels->len);

  for (guint class = 0; class < self->labels->len; class++)
    standings[class] = (Standing) { class, self->biases[class] };
  for (guint t = 0; t < terms->len; t++)
    {
      const LinliGramWeight *term = &g_array_index (terms, LinliGramWeight, t);

      for (guint i = self->starts[term->feature]; i < self->starts[term->feature + 1]; i++)
        {
          const LinliPosting *posting = &g_array_index (self->postings, LinliPosting, i);

          standings[posting->class].score += (double) term->value * posting->weight;
        }
    }

  return standings;
}

/**
 * linli_text_model_rank:
 * @limit: how many at most
 *
 * The likeliest classes of @text. A text of which no gram is known has none:
 * nothing is guessed about nothing.
 *
 * Returns: (transfer full) (element-type LinliGuess): likeliest first
 */
GPtrArray *
linli_text_model_rank (LinliTextModel *self,
                       const char     *text,
                       guint           limit)
{
  GPtrArray *guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_guess_free);
  g_autoptr(GArray) terms = NULL;
  g_autofree Standing *standings = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, guesses);

  terms = linli_vocabulary_weigh (self->vocabulary, text);
  if (terms->len == 0)
    return guesses;
  folded = linli_text_fold (text, -1);
  standings = score_all (self, terms);
  qsort (standings, self->labels->len, sizeof (Standing), compare_standings);
  for (guint i = 0; i < MIN (limit, self->labels->len); i++)
    {
      LinliGuess *guess = g_new0 (LinliGuess, 1);

      guess->label = self->labels->pdata[standings[i].class];
      guess->score = standings[i].score;
      explain (self, terms, folded, standings[i].class, guess);
      g_ptr_array_add (guesses, guess);
    }

  return guesses;
}
