/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluate suggestion: learns from some rows of a file, and guesses the class
 * of others, which the learning has not seen in any form. */

#include "config.h"

#include "linli-ctl-evaluate.h"

#include "linli-confusion.h"
#include "linli-folds.h"
#include "linli-learn.h"

typedef struct
{
  const LinliEvaluation *evaluation;
  LinliLearning          learning;
  LinliConfusion        *confusion;   /* (owned) of all guesses together */
  JsonArray             *of_folds;    /* (owned) macro-F1 of each fold */
  double                 sum_f1;
  guint                  n_folds;
  gint64                 training;    /* microseconds */
  gint64                 answering;
  gint64                 slowest;
  guint                  n_answers;
} Trial;

static GPtrArray *
read_examples (const LinliEvaluation *evaluation,
               const char            *path,
               GError               **error)
{
  g_autoptr(GStrvBuilder) headings = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) examples = linli_examples_new ();
  guint n = g_strv_length (evaluation->text);

  g_strv_builder_addv (headings, (const char **) evaluation->text);
  g_strv_builder_add (headings, evaluation->class);
  names = g_strv_builder_end (headings);
  rows = linli_ctl_read_columns (path, names, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      char **cells = rows->pdata[i];
      g_autofree char *label = g_strdup (cells[n]);
      g_autofree char *text = NULL;

      cells[n][0] = '\0';
      text = g_strjoinv ("\n", cells);
      if (*label != '\0' && *g_strstrip (text) != '\0')
        linli_examples_add (examples, text, label);
    }

  return g_steal_pointer (&examples);
}

static void
guess_all (Trial          *trial,
           LinliTextModel *model,
           GPtrArray      *examples)
{
  g_autoptr(LinliConfusion) own = linli_confusion_new ();

  for (guint i = 0; i < examples->len; i++)
    {
      LinliExample *example = examples->pdata[i];
      gint64 start = g_get_monotonic_time ();
      g_autoptr(GPtrArray) guesses = linli_text_model_rank (model, example->text, 3);
      gint64 took = g_get_monotonic_time () - start;
      const char *guess = guesses->len > 0 ? ((LinliGuess *) guesses->pdata[0])->label : "";

      trial->answering += took;
      trial->slowest = MAX (trial->slowest, took);
      trial->n_answers++;
      linli_confusion_add (own, example->label, guess);
      linli_confusion_add (trial->confusion, example->label, guess);
    }
  trial->sum_f1 += linli_confusion_get_macro_f1 (own);
  trial->n_folds++;
  json_array_add_double_element (trial->of_folds, linli_confusion_get_macro_f1 (own));
}

static gboolean
try_one (Trial     *trial,
         GPtrArray *train,
         GPtrArray *test,
         GError   **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(LinliTextModel) model = linli_learn (train, &trial->learning, NULL, error);

  if (model == NULL)
    return FALSE;
  trial->training += g_get_monotonic_time () - start;
  guess_all (trial, model, test);
  return TRUE;
}

static gboolean
try_folds (Trial     *trial,
           GPtrArray *examples,
           GError   **error)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint n_folds = (guint) trial->evaluation->folds;
  g_autofree guint *folds = NULL;

  for (guint i = 0; i < examples->len; i++)
    g_ptr_array_add (labels, ((LinliExample *) examples->pdata[i])->label);
  folds = linli_folds_new (labels, n_folds, (guint32) trial->evaluation->seed);
  for (guint fold = 0; fold < n_folds; fold++)
    {
      g_autoptr(GPtrArray) train = g_ptr_array_new ();
      g_autoptr(GPtrArray) test = g_ptr_array_new ();

      for (guint i = 0; i < examples->len; i++)
        g_ptr_array_add (folds[i] == fold ? test : train, examples->pdata[i]);
      if (!try_one (trial, train, test, error))
        return FALSE;
    }
  return TRUE;
}

/* Texts that are in both: what is learned by heart proves little. */
static guint
count_shared (GPtrArray *train,
              GPtrArray *test)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < train->len; i++)
    g_hash_table_add (known, ((LinliExample *) train->pdata[i])->text);
  for (guint i = 0; i < test->len; i++)
    n += g_hash_table_contains (known, ((LinliExample *) test->pdata[i])->text);
  return n;
}

static guint
count_repeated (GPtrArray *examples)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < examples->len; i++)
    n += !g_hash_table_add (known, ((LinliExample *) examples->pdata[i])->text);
  return n;
}

static void
tell_learning (Trial      *trial,
               JsonObject *answer)
{
  JsonObject *learning = json_object_new ();

  json_object_set_int_member (learning, "grams", trial->learning.longest);
  json_object_set_int_member (learning, "least", trial->learning.least);
  json_object_set_double_member (learning, "cost", trial->learning.cost);
  json_object_set_double_member (learning, "bayes", trial->learning.bayes);
  json_object_set_double_member (learning, "balance", trial->learning.balance);
  json_object_set_object_member (answer, "learning", learning);
}

static void
tell (Trial      *trial,
      JsonObject *answer)
{
  tell_learning (trial, answer);
  json_object_set_int_member (answer, "answers", trial->n_answers);
  json_object_set_double_member (answer, "macro_f1", trial->sum_f1 / trial->n_folds);
  json_object_set_array_member (answer, "macro_f1_of_folds", json_array_ref (trial->of_folds));
  json_object_set_double_member (answer, "macro_f1_pooled", linli_confusion_get_macro_f1 (trial->confusion));
  json_object_set_double_member (answer, "accuracy", linli_confusion_get_accuracy (trial->confusion));
  json_object_set_double_member (answer, "training_seconds", (double) trial->training / trial->n_folds / G_USEC_PER_SEC);
  json_object_set_double_member (answer, "answer_ms", (double) trial->answering / MAX (trial->n_answers, 1) / 1000);
  json_object_set_double_member (answer, "slowest_answer_ms", (double) trial->slowest / 1000);
  json_object_set_array_member (answer, "classes", linli_confusion_to_classes (trial->confusion));
}

static gboolean
run_trial (Trial      *trial,
           JsonObject *answer,
           GError    **error)
{
  const LinliEvaluation *evaluation = trial->evaluation;
  g_autoptr(GPtrArray) train = read_examples (evaluation, evaluation->train, error);
  g_autoptr(GPtrArray) test = NULL;

  if (train == NULL)
    return FALSE;
  json_object_set_int_member (answer, "examples", train->len);
  if (evaluation->folds > 0)
    {
      json_object_set_string_member (answer, "method", "shuffled stratified cross-validation");
      json_object_set_int_member (answer, "folds", evaluation->folds);
      json_object_set_int_member (answer, "seed", evaluation->seed);
      json_object_set_int_member (answer, "repeated_texts", count_repeated (train));
      return try_folds (trial, train, error);
    }
  test = read_examples (evaluation, evaluation->test, error);
  if (test == NULL)
    return FALSE;
  json_object_set_string_member (answer, "method", "one file to learn from, another to guess");
  json_object_set_int_member (answer, "seen_before", count_shared (train, test));
  return try_one (trial, train, test, error);
}

gboolean
linli_ctl_evaluate_suggestion (const LinliEvaluation *evaluation,
                               JsonObject            *answer,
                               GError               **error)
{
  g_autoptr(LinliConfusion) confusion = linli_confusion_new ();
  g_autoptr(JsonArray) of_folds = json_array_new ();
  Trial trial = { .evaluation = evaluation, .learning = linli_learning_defaults (), .confusion = confusion,
                  .of_folds = of_folds };

  if (evaluation->class == NULL)
    return linli_ctl_usage (error, "Name the column of classes: --class COLUMN");
  if (evaluation->folds == 0 && evaluation->test == NULL)
    return linli_ctl_usage (error, "Name a second file with --test, or cross-validate with --folds");
  trial.learning.longest = (guint) evaluation->grams;
  trial.learning.least = (guint) evaluation->least;
  trial.learning.cost = evaluation->cost;
  trial.learning.bayes = evaluation->bayes;
  trial.learning.balance = evaluation->balance;
  trial.learning.seed = (guint32) evaluation->seed;
  if (!run_trial (&trial, answer, error))
    return FALSE;
  tell (&trial, answer);

  return TRUE;
}
