/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is learned of texts: that it does not depend on accidents, explains
 * itself, survives being stored and notices when it did not. */

#include "linli-confusion.h"
#include "linli-folds.h"
#include "linli-grams.h"
#include "linli-learn.h"
#include "linli-table-reader.h"

#include <string.h>

static const char *const matters[][2] = {
  { "小区门口的井盖松动,车一过就响", "井盖" },
  { "人行道上井盖破损,老人差点摔倒", "井盖" },
  { "路中间的井盖不见了,很危险", "井盖" },
  { "夜里十二点工地还在施工,噪音太大睡不着", "噪音" },
  { "楼下烧烤摊噪音扰民,半夜还在唱歌", "噪音" },
  { "隔壁装修噪音大,周末也不停", "噪音" },
  { "路灯不亮,晚上走路看不见", "路灯" },
  { "整条街的路灯坏了一个星期", "路灯" },
  { "小区路灯白天亮晚上不亮", "路灯" },
};

static GPtrArray *
new_examples (void)
{
  GPtrArray *examples = linli_examples_new ();

  for (guint i = 0; i < G_N_ELEMENTS (matters); i++)
    linli_examples_add (examples, matters[i][0], matters[i][1]);
  return examples;
}

static LinliTextModel *
learn (GPtrArray *examples)
{
  const LinliLearning learning = linli_learning_defaults ();
  g_autoptr(GError) error = NULL;
  LinliTextModel *model = linli_learn (examples, &learning, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static void
collect (const char *gram,
         gsize       length,
         guint       n_units,
         gpointer    data)
{
  g_string_append_len (data, gram, (gssize) length);
  g_string_append_printf (data, "/%u ", n_units);
}

static void
test_grams (void)
{
  static const struct { const char *text; guint longest; const char *grams; } cases[] = {
    { "", 2, "" },
    { "，。!", 2, "" },
    { "井盖", 2, "井/1 盖/1 井盖/2 " },
    { "井　盖", 2, "井/1 盖/1 井盖/2 " },
    { "井，盖", 2, "井/1 盖/1 " },
    { "A3区", 2, "a3/1 区/1 a3区/2 " },
    { "Ａ３区", 2, "a3/1 区/1 a3区/2 " },
    { "井盖松", 3, "井/1 盖/1 井盖/2 松/1 盖松/2 井盖松/3 " },
    { "电13800138000", 1, "电/1 #/1 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) found = g_string_new (NULL);

      linli_grams_foreach (cases[i].text, cases[i].longest, collect, found);
      g_assert_cmpstr (found->str, ==, cases[i].grams);
    }
}

static void
test_guess_and_reason (void)
{
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);
  g_autoptr(GPtrArray) guesses = linli_text_model_rank (model, "学校门口井盖松了", 3);
  LinliGuess *first;

  g_assert_cmpuint (guesses->len, ==, 3);
  first = guesses->pdata[0];
  g_assert_cmpstr (first->label, ==, "井盖");
  g_assert_cmpstr (first->words[0], ==, "井盖");
  g_assert_cmpuint (first->n_examples, ==, 3);
  for (guint i = 1; i < guesses->len; i++)
    g_assert_cmpfloat (((LinliGuess *) guesses->pdata[i - 1])->score, >=, ((LinliGuess *) guesses->pdata[i])->score);
}

static void
test_nothing_about_nothing (void)
{
  static const char *const empty[] = { "", "   \n", "。。。", "😀", "纟纟" };
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autoptr(GPtrArray) guesses = linli_text_model_rank (model, empty[i], 3);

      g_assert_cmpuint (guesses->len, ==, 0);
    }
}

static void
test_one_class_is_refused (void)
{
  const LinliLearning learning = linli_learning_defaults ();
  g_autoptr(GPtrArray) examples = linli_examples_new ();
  g_autoptr(GError) error = NULL;

  linli_examples_add (examples, "井盖松动", "井盖");
  linli_examples_add (examples, "井盖松动", "井盖");
  g_assert_null (linli_learn (examples, &learning, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* Whatever the order of the examples, the bytes are the same. */
static void
test_order_makes_no_difference (void)
{
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);
  g_autoptr(GBytes) bytes = linli_text_model_to_bytes (model, "basis");

  for (guint round = 0; round < 10; round++)
    {
      g_autoptr(LinliTextModel) other = NULL;
      g_autoptr(GBytes) again = NULL;

      for (guint i = examples->len; i > 1; i--)
        {
          guint j = (guint) g_test_rand_int_range (0, (gint32) i);
          gpointer swapped = examples->pdata[j];

          examples->pdata[j] = examples->pdata[i - 1];
          examples->pdata[i - 1] = swapped;
        }
      other = learn (examples);
      again = linli_text_model_to_bytes (other, "basis");
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

static void
test_folding_makes_no_difference (void)
{
  static const char *const pairs[][2] = {
    { "A3区井盖松动", "ａ３区井盖　松动" },
    { "路灯ABC不亮", "路灯abc不亮" },
    { "噪音大", "噪\xe2\x80\x8b音大" },
  };
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr(GPtrArray) left = linli_text_model_rank (model, pairs[i][0], 1);
      g_autoptr(GPtrArray) right = linli_text_model_rank (model, pairs[i][1], 1);

      g_assert_cmpuint (left->len, ==, 1);
      g_assert_cmpuint (right->len, ==, 1);
      g_assert_cmpstr (((LinliGuess *) left->pdata[0])->label, ==, ((LinliGuess *) right->pdata[0])->label);
      g_assert_cmpfloat (((LinliGuess *) left->pdata[0])->score, ==, ((LinliGuess *) right->pdata[0])->score);
    }
}

static void
test_comes_back_from_bytes (void)
{
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);
  g_autoptr(GBytes) bytes = linli_text_model_to_bytes (model, "list 3, 9 cases");
  g_autofree char *basis = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTextModel) again = linli_text_model_from_bytes (bytes, &basis, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (basis, ==, "list 3, 9 cases");
  for (guint i = 0; i < G_N_ELEMENTS (matters); i++)
    {
      g_autoptr(GPtrArray) left = linli_text_model_rank (model, matters[i][0], 1);
      g_autoptr(GPtrArray) right = linli_text_model_rank (again, matters[i][0], 1);

      g_assert_cmpstr (((LinliGuess *) left->pdata[0])->label, ==, ((LinliGuess *) right->pdata[0])->label);
      g_assert_cmpfloat (((LinliGuess *) left->pdata[0])->score, ==, ((LinliGuess *) right->pdata[0])->score);
    }
}

/* Any flipped bit and any missing end is noticed. */
static void
test_damage_is_noticed (void)
{
  g_autoptr(GPtrArray) examples = new_examples ();
  g_autoptr(LinliTextModel) model = learn (examples);
  g_autoptr(GBytes) bytes = linli_text_model_to_bytes (model, "basis");
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (guint round = 0; round < 300; round++)
    {
      gsize kept = round % 3 == 0 ? (gsize) g_test_rand_int_range (0, (gint32) length) : length;
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr(GBytes) damaged = NULL;
      g_autoptr(GError) error = NULL;

      if (kept == length)
        copy[g_test_rand_int_range (0, (gint32) length)] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
      damaged = g_bytes_new (copy, kept);
      g_assert_null (linli_text_model_from_bytes (damaged, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_folds (void)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  g_autofree guint *folds = NULL;
  g_autofree guint *same = NULL;
  guint counts[5][2] = { 0 };

  for (guint i = 0; i < 53; i++)
    g_ptr_array_add (labels, (gpointer) (i % 5 == 0 ? "rare" : "common"));
  folds = linli_folds_new (labels, 5, 7);
  same = linli_folds_new (labels, 5, 7);
  g_assert_cmpmem (folds, 53 * sizeof (guint), same, 53 * sizeof (guint));
  for (guint i = 0; i < 53; i++)
    counts[folds[i]][i % 5 == 0]++;
  for (guint f = 0; f < 5; f++)
    {
      g_assert_cmpuint (counts[f][1], >=, 2);
      g_assert_cmpuint (counts[f][1], <=, 3);
      g_assert_cmpuint (counts[f][0], >=, 8);
      g_assert_cmpuint (counts[f][0], <=, 9);
    }
}

static void
test_confusion (void)
{
  g_autoptr(LinliConfusion) confusion = linli_confusion_new ();

  linli_confusion_add (confusion, "a", "a");
  linli_confusion_add (confusion, "a", "b");
  linli_confusion_add (confusion, "b", "b");
  linli_confusion_add (confusion, "b", "b");
  /* a: precision 1, recall 1/2, F1 2/3; b: precision 2/3, recall 1, F1 4/5 */
  g_assert_cmpfloat_with_epsilon (linli_confusion_get_macro_f1 (confusion), (2.0 / 3 + 0.8) / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (linli_confusion_get_accuracy (confusion), 0.75, 1e-9);
}

/* A tenth of the labelled petitions, guessed from a third of them: what a slow
 * machine can learn while it waits. The whole is measured by the benchmark. */
static void
test_real_petitions (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LINLI_REAL_DATA") != NULL ? g_getenv ("LINLI_REAL_DATA") : "../shared/data",
                                            "petitions-labelled.csv", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(LinliTableReader) reader = NULL;
  g_autoptr(GPtrArray) train = linli_examples_new ();
  g_autoptr(GPtrArray) test = linli_examples_new ();
  g_autoptr(LinliConfusion) confusion = linli_confusion_new ();
  g_autoptr(LinliTextModel) model = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row = NULL;

  if (!g_file_query_exists (file, NULL))
    {
      g_test_skip ("real data not found: set LINLI_REAL_DATA");
      return;
    }
  reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; linli_table_reader_next (reader, &row, &error) && row != NULL; i++)
    if (i > 0 && i % 10 <= 3)
      linli_examples_add (i % 10 == 0 ? test : train, row->pdata[0], row->pdata[1]);
  g_assert_no_error (error);
  model = learn (train);
  for (guint i = 0; i < test->len; i++)
    {
      LinliExample *example = test->pdata[i];
      g_autoptr(GPtrArray) guesses = linli_text_model_rank (model, example->text, 1);

      linli_confusion_add (confusion, example->label, ((LinliGuess *) guesses->pdata[0])->label);
    }
  g_test_message ("macro-F1 %.4f on %u", linli_confusion_get_macro_f1 (confusion), test->len);
  g_assert_cmpfloat (linli_confusion_get_macro_f1 (confusion), >, 0.86);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learn/grams", test_grams);
  g_test_add_func ("/learn/guess-and-reason", test_guess_and_reason);
  g_test_add_func ("/learn/nothing-about-nothing", test_nothing_about_nothing);
  g_test_add_func ("/learn/one-class-is-refused", test_one_class_is_refused);
  g_test_add_func ("/learn/order-makes-no-difference", test_order_makes_no_difference);
  g_test_add_func ("/learn/folding-makes-no-difference", test_folding_makes_no_difference);
  g_test_add_func ("/learn/comes-back-from-bytes", test_comes_back_from_bytes);
  g_test_add_func ("/learn/damage-is-noticed", test_damage_is_noticed);
  g_test_add_func ("/learn/folds", test_folds);
  g_test_add_func ("/learn/confusion", test_confusion);
  g_test_add_func ("/learn/real-petitions", test_real_petitions);

  return g_test_run ();
}
