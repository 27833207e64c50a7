/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-text-model.h"

#include <string.h>

#include "linli-text-model-private.h"

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

/* A word to show: of two characters or more. */
static gboolean
is_word (const char *gram)
{
  return g_utf8_strlen (gram, -1) >= 2 && !g_ascii_isdigit (*gram);
}

static gboolean
overlaps (LinliGuess *guess,
          const char *gram)
{
  const char *last = g_utf8_prev_char (gram + strlen (gram));

  for (guint i = 0; i < G_N_ELEMENTS (guess->words) && guess->words[i] != NULL; i++)
    {
      const char *word = guess->words[i];
      const char *end = g_utf8_prev_char (word + strlen (word));

      if (strstr (word, gram) != NULL || strstr (gram, word) != NULL || strcmp (end, last) == 0 ||
          g_utf8_get_char (word) == g_utf8_get_char (last) || g_utf8_get_char (end) == g_utf8_get_char (gram))
        return TRUE;
    }
  return FALSE;
}

/* The grams of the text that add most to the class, none of them a piece of
 * another or grown together with it. */
static void
explain (LinliTextModel *self,
         GArray         *terms,
         guint           class,
         LinliGuess     *guess)
{
  for (guint i = 0; i < G_N_ELEMENTS (guess->words); i++)
    {
      double best = 0;
      const char *word = NULL;
      guint n_examples = 0;

      for (guint t = 0; t < terms->len; t++)
        {
          const LinliTerm *term = &g_array_index (terms, LinliTerm, t);
          const LinliPosting *posting = find_posting (self, term->feature, class);
          const char *gram = linli_vocabulary_get_gram (self->vocabulary, term->feature);

          if (posting == NULL || posting->n_examples == 0 || (double) term->value * posting->weight <= best ||
              !is_word (gram) || overlaps (guess, gram))
            continue;
          best = (double) term->value * posting->weight;
          word = gram;
          n_examples = posting->n_examples;
        }
      if (word == NULL)
        break;
      guess->words[i] = g_strdup (word);
      if (i == 0)
        guess->n_examples = n_examples;
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
      const LinliTerm *term = &g_array_index (terms, LinliTerm, t);

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

  g_return_val_if_fail (self != NULL && text != NULL, guesses);

  terms = linli_vocabulary_weigh (self->vocabulary, text);
  if (terms->len == 0)
    return guesses;
  standings = score_all (self, terms);
  qsort (standings, self->labels->len, sizeof (Standing), compare_standings);
  for (guint i = 0; i < MIN (limit, self->labels->len); i++)
    {
      LinliGuess *guess = g_new0 (LinliGuess, 1);

      guess->label = self->labels->pdata[standings[i].class];
      guess->score = standings[i].score;
      explain (self, terms, standings[i].class, guess);
      g_ptr_array_add (guesses, guess);
    }

  return guesses;
}
