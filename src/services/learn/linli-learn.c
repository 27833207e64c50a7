/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A linear machine for each class, against all others. The solver works on
 * the primal problem: it draws no random numbers, so the same examples always
 * give the same model. */

#include "config.h"

#include "linli-learn.h"

#include <linear.h>
#include <math.h>
#include <string.h>

#define BAYES_SMOOTHING 1.0
#define PRECISION       0.01 /* where the solver stops */
#define NEGLIGIBLE      1e-7

/* The examples as the solver wants them. */
typedef struct
{
  const LinliLearning  *learning;
  LinliVocabulary      *vocabulary;
  GPtrArray            *labels;  /* element-type utf8, sorted */
  guint                *classes; /* of the examples */
  struct feature_node **nodes;   /* of the examples; the last before the end is the bias */
  guint                 n;
  guint                 n_features;
  double               *sums;    /* examples that have a feature */
} Problem;

static void
example_free (LinliExample *example)
{
  g_free (example->text);
  g_free (example->label);
  g_free (example);
}

/* Returns: (transfer full) (element-type LinliExample) */
GPtrArray *
linli_examples_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) example_free);
}

void
linli_examples_add (GPtrArray  *examples,
                    const char *text,
                    const char *label)
{
  LinliExample *example = g_new (LinliExample, 1);

  example->text = g_strdup (text);
  example->label = g_strdup (label);
  g_ptr_array_add (examples, example);
}

/* What docs/suggestions.md found best on labelled petitions. */
LinliLearning
linli_learning_defaults (void)
{
  return (LinliLearning) { .longest = 2, .least = 2, .cost = 1.0, .bayes = 0.5, .balance = 0.5, .seed = 1 };
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_examples (gconstpointer a,
                  gconstpointer b)
{
  const LinliExample *left = *(const LinliExample *const *) a;
  const LinliExample *right = *(const LinliExample *const *) b;
  int order = strcmp (left->label, right->label);

  return order != 0 ? order : strcmp (left->text, right->text);
}

/* Sorted, so that classes have the same numbers whatever the examples' order. */
static void
number_classes (Problem   *problem,
                GPtrArray *examples)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  problem->labels = g_ptr_array_new ();
  for (guint i = 0; i < examples->len; i++)
    {
      LinliExample *example = examples->pdata[i];

      if (g_hash_table_add (seen, example->label))
        g_ptr_array_add (problem->labels, example->label);
    }
  g_ptr_array_sort (problem->labels, compare_texts);
  for (guint i = 0; i < problem->labels->len; i++)
    g_hash_table_replace (seen, problem->labels->pdata[i], GUINT_TO_POINTER (i));
  problem->classes = g_new (guint, examples->len);
  for (guint i = 0; i < examples->len; i++)
    problem->classes[i] = GPOINTER_TO_UINT (g_hash_table_lookup (seen, ((LinliExample *) examples->pdata[i])->label));
}

static struct feature_node *
make_nodes (Problem    *problem,
            const char *text)
{
  g_autoptr(GArray) terms = linli_vocabulary_weigh (problem->vocabulary, text);
  struct feature_node *nodes = g_new (struct feature_node, terms->len + 2);

  for (guint i = 0; i < terms->len; i++)
    {
      const LinliTerm *term = &g_array_index (terms, LinliTerm, i);

      nodes[i] = (struct feature_node) { (int) term->feature + 1, term->value };
      problem->sums[term->feature] += 1;
    }
  nodes[terms->len] = (struct feature_node) { (int) problem->n_features + 1, 1.0 };
  nodes[terms->len + 1] = (struct feature_node) { -1, 0 };

  return nodes;
}

static void
problem_init (Problem             *problem,
              GPtrArray           *examples,
              const LinliLearning *learning)
{
  problem->learning = learning;
  problem->n = examples->len;
  problem->vocabulary = linli_vocabulary_new (learning->longest);
  for (guint i = 0; i < examples->len; i++)
    linli_vocabulary_add (problem->vocabulary, ((LinliExample *) examples->pdata[i])->text);
  linli_vocabulary_close (problem->vocabulary, learning->least, learning->most);
  problem->n_features = linli_vocabulary_get_size (problem->vocabulary);
  problem->sums = g_new0 (double, problem->n_features);
  number_classes (problem, examples);
  problem->nodes = g_new (struct feature_node *, examples->len);
  for (guint i = 0; i < examples->len; i++)
    problem->nodes[i] = make_nodes (problem, ((LinliExample *) examples->pdata[i])->text);
}

static void
problem_clear (Problem *problem)
{
  for (guint i = 0; i < problem->n; i++)
    g_free (problem->nodes[i]);
  g_free (problem->nodes);
  g_free (problem->classes);
  g_free (problem->sums);
  g_clear_pointer (&problem->labels, g_ptr_array_unref);
  g_clear_pointer (&problem->vocabulary, linli_vocabulary_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Problem, problem_clear)

/* The examples a class is learned from: all of its own, and the others or a
 * share of them. */
static GArray *
choose_examples (const Problem *problem,
                 guint          class,
                 GRand         *rand)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_others = 0;
  guint wanted = problem->learning->others;

  for (guint i = 0; i < problem->n; i++)
    n_others += problem->classes[i] != class;
  if (wanted == 0)
    wanted = n_others;
  for (guint i = 0; i < problem->n; i++)
    {
      gboolean own = problem->classes[i] == class;

      if (!own && n_others-- > wanted && g_rand_int_range (rand, 0, (gint32) n_others + 1) >= (gint32) wanted)
        continue;
      wanted -= !own && wanted > 0;
      g_array_append_val (chosen, i);
    }

  return chosen;
}

/* How many examples of @class have each feature. */
static double *
count_own (const Problem *problem,
           guint          class)
{
  double *own = g_new0 (double, problem->n_features);

  for (guint i = 0; i < problem->n; i++)
    for (const struct feature_node *node = problem->nodes[i]; problem->classes[i] == class && node[1].index != -1; node++)
      own[node->index - 1] += 1;
  return own;
}

/* How much likelier a feature is in the class than elsewhere, as a logarithm. */
static double *
make_ratios (const Problem *problem,
             const double  *own)
{
  double *ratios = g_new (double, problem->n_features);
  double inside = 0;
  double outside = 0;

  for (guint f = 0; f < problem->n_features; f++)
    {
      inside += own[f] + BAYES_SMOOTHING;
      outside += problem->sums[f] - own[f] + BAYES_SMOOTHING;
    }
  for (guint f = 0; f < problem->n_features; f++)
    ratios[f] = log ((own[f] + BAYES_SMOOTHING) / inside) - log ((problem->sums[f] - own[f] + BAYES_SMOOTHING) / outside);
  return ratios;
}

static struct feature_node *
scale_nodes (const struct feature_node *nodes,
             const double              *ratios)
{
  guint n = 0;
  struct feature_node *scaled;

  while (nodes[n].index != -1)
    n++;
  scaled = g_new (struct feature_node, n + 1);
  memcpy (scaled, nodes, (n + 1) * sizeof *nodes);
  for (guint i = 0; i + 1 < n; i++)
    scaled[i].value *= ratios[nodes[i].index - 1];
  return scaled;
}

static void
be_silent (const char *text)
{
}

/* Adds @share of the machine's weights to @weights; the bias is the last. */
static void
solve (const Problem *problem,
       guint          class,
       GArray        *chosen,
       const double  *ratios,
       double         share,
       double        *weights)
{
  g_autofree double *sides = g_new (double, chosen->len);
  g_autofree struct feature_node **nodes = g_new (struct feature_node *, chosen->len);
  struct problem task = { (int) chosen->len, (int) problem->n_features + 1, sides, nodes, 1.0 };
  int labels[] = { 1, -1 };
  double shares[] = { 1, 1 };
  struct parameter how = { .solver_type = L2R_L2LOSS_SVC, .eps = PRECISION, .C = problem->learning->cost,
                           .nr_weight = 2, .weight_label = labels, .weight = shares };
  struct model *model;
  guint n_own = 0;

  for (guint k = 0; k < chosen->len; k++)
    {
      guint i = g_array_index (chosen, guint, k);

      sides[k] = problem->classes[i] == class ? 1 : -1;
      n_own += problem->classes[i] == class;
      nodes[k] = ratios != NULL ? scale_nodes (problem->nodes[i], ratios) : problem->nodes[i];
    }
  if (n_own > 0 && n_own < chosen->len)
    shares[0] = pow ((double) (chosen->len - n_own) / n_own, problem->learning->balance);
  set_print_string_function (be_silent);
  model = train (&task, &how);
  for (guint f = 0; f <= problem->n_features; f++)
    weights[f] += share * model->w[f] * (model->label[0] == 1 ? 1 : -1) *
                  (ratios != NULL && f < problem->n_features ? ratios[f] : 1);
  free_and_destroy_model (&model);
  for (guint k = 0; ratios != NULL && k < chosen->len; k++)
    g_free (nodes[k]);
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left > right ? -1 : left < right;
}

/* Returns: the size below which weights are left out */
static double
least_size (const Problem *problem,
            const double  *weights)
{
  guint kept = problem->learning->per_class;
  g_autofree double *sizes = NULL;

  if (kept == 0 || kept >= problem->n_features)
    return NEGLIGIBLE;
  sizes = g_new (double, problem->n_features);
  for (guint f = 0; f < problem->n_features; f++)
    sizes[f] = fabs (weights[f]);
  qsort (sizes, problem->n_features, sizeof (double), compare_sizes);
  return MAX (sizes[kept], NEGLIGIBLE);
}

static void
learn_class (const Problem  *problem,
             guint           class,
             GRand          *rand,
             LinliTextModel *model)
{
  double bayes = problem->learning->bayes;
  g_autoptr(GArray) chosen = choose_examples (problem, class, rand);
  g_autofree double *own = count_own (problem, class);
  g_autofree double *weights = g_new0 (double, problem->n_features + 1);
  double least;

  if (bayes < 1)
    solve (problem, class, chosen, NULL, 1 - bayes, weights);
  if (bayes > 0)
    {
      g_autofree double *ratios = make_ratios (problem, own);

      solve (problem, class, chosen, ratios, bayes, weights);
    }
  least = least_size (problem, weights);
  for (guint f = 0; f < problem->n_features; f++)
    if (fabs (weights[f]) > least)
      linli_text_model_add (model, f, class, (float) weights[f], (guint) own[f]);
  linli_text_model_set_bias (model, class, (float) weights[problem->n_features]);
}

/**
 * linli_learn:
 * @examples: (element-type LinliExample): of two classes at least
 * @error: %G_IO_ERROR_CANCELLED; %G_IO_ERROR_NOT_SUPPORTED when there is
 *   nothing to tell apart
 *
 * Takes seconds; runs in any thread. Equal examples, in whatever order, give
 * an equal model.
 *
 * Returns: (transfer full)
 */
LinliTextModel *
linli_learn (GPtrArray           *examples,
             const LinliLearning *learning,
             GCancellable        *cancellable,
             GError             **error)
{
  g_auto(Problem) problem = { 0 };
  g_autoptr(GPtrArray) sorted = NULL;
  g_autoptr(LinliTextModel) model = NULL;
  g_autoptr(GRand) rand = NULL;

  g_return_val_if_fail (examples != NULL && learning != NULL, NULL);

  /* Sums of fractions depend on their order: the examples get one of their own. */
  sorted = g_ptr_array_new ();
  g_ptr_array_extend (sorted, examples, NULL, NULL);
  g_ptr_array_sort (sorted, compare_examples);
  problem_init (&problem, sorted, learning);
  if (problem.labels->len < 2 || problem.n_features == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is nothing to tell apart: %u classes, %u grams",
                   problem.labels->len, problem.n_features);
      return NULL;
    }
  model = linli_text_model_new (problem.vocabulary, problem.labels);
  rand = g_rand_new_with_seed (learning->seed);
  for (guint class = 0; class < problem.labels->len; class++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      learn_class (&problem, class, rand, model);
    }
  linli_text_model_close (model);

  return g_steal_pointer (&model);
}
