/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verb evaluate: how good the hints of the intake page are, measured on a
 * file whose answers are known. Needs no store. */

#include "config.h"

#include "linli-ctl-evaluate.h"

#include "linli-learn.h"

typedef struct
{
  const char *name;
  gboolean  (*run) (const LinliEvaluation *evaluation, JsonObject *answer, GError **error);
} Subject;

static const Subject subjects[] = {
  { "suggestion", linli_ctl_evaluate_suggestion },
};

static void
evaluation_clear (LinliEvaluation *evaluation)
{
  g_free (evaluation->train);
  g_free (evaluation->test);
  g_strfreev (evaluation->text);
  g_free (evaluation->class);
  g_free (evaluation->reply);
  g_free (evaluation->person);
  g_free (evaluation->time);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliEvaluation, evaluation_clear)

static gboolean
check (const LinliEvaluation *evaluation,
       GError               **error)
{
  if (evaluation->train == NULL || evaluation->text == NULL)
    return linli_ctl_usage (error, "Name the file and its column of words: --train FILE --text COLUMN");
  if (evaluation->folds == 1 || evaluation->folds < 0 || evaluation->folds > 100)
    return linli_ctl_usage (error, "--folds wants a number from 2 to 100");
  if (evaluation->grams < 1 || evaluation->grams > 4)
    return linli_ctl_usage (error, "--grams wants a number from 1 to 4");
  if (evaluation->least < 1 || !(evaluation->cost > 0) || !(evaluation->bayes >= 0 && evaluation->bayes <= 1))
    return linli_ctl_usage (error, "--least is 1 or more, --cost more than 0, --bayes from 0 to 1");
  if (evaluation->seed < 0 || evaluation->seed > G_MAXUINT32)
    return linli_ctl_usage (error, "--seed wants a number from 0 to 4294967295");
  return TRUE;
}

static gboolean
parse (int              argc,
       char           **argv,
       LinliEvaluation *evaluation,
       GError         **error)
{
  const GOptionEntry entries[] = {
    { "train", 0, 0, G_OPTION_ARG_FILENAME, &evaluation->train, NULL, NULL },
    { "test", 0, 0, G_OPTION_ARG_FILENAME, &evaluation->test, NULL, NULL },
    { "text", 0, 0, G_OPTION_ARG_STRING_ARRAY, &evaluation->text, NULL, NULL },
    { "class", 0, 0, G_OPTION_ARG_STRING, &evaluation->class, NULL, NULL },
    { "reply", 0, 0, G_OPTION_ARG_STRING, &evaluation->reply, NULL, NULL },
    { "person", 0, 0, G_OPTION_ARG_STRING, &evaluation->person, NULL, NULL },
    { "time", 0, 0, G_OPTION_ARG_STRING, &evaluation->time, NULL, NULL },
    { "folds", 0, 0, G_OPTION_ARG_INT, &evaluation->folds, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &evaluation->seed, NULL, NULL },
    { "grams", 0, 0, G_OPTION_ARG_INT, &evaluation->grams, NULL, NULL },
    { "least", 0, 0, G_OPTION_ARG_INT, &evaluation->least, NULL, NULL },
    { "cost", 0, 0, G_OPTION_ARG_DOUBLE, &evaluation->cost, NULL, NULL },
    { "bayes", 0, 0, G_OPTION_ARG_DOUBLE, &evaluation->bayes, NULL, NULL },
    { "balance", 0, 0, G_OPTION_ARG_DOUBLE, &evaluation->balance, NULL, NULL },
    { "floor", 0, 0, G_OPTION_ARG_DOUBLE, &evaluation->floor, NULL, NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) options = g_option_context_new (NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) local = NULL;

  /* The first word is the subject, where a program's name would be. */
  for (int i = 0; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  words = g_strv_builder_end (builder);
  g_option_context_set_help_enabled (options, FALSE);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse_strv (options, &words, &local))
    return linli_ctl_usage (error, local->message);
  if (g_strv_length (words) > 1)
    return linli_ctl_usage (error, "There is a word too many");

  return check (evaluation, error);
}

/* The verb evaluate SUBJECT --train FILE .... */
gboolean
linli_ctl_evaluate (LinliCtl *ctl,
                    int       argc,
                    char    **argv,
                    int      *exit_code,
                    GError  **error)
{
  const LinliLearning learning = linli_learning_defaults ();
  g_auto(LinliEvaluation) evaluation = { .seed = 1, .grams = (int) learning.longest, .least = (int) learning.least,
                                         .cost = learning.cost, .bayes = learning.bayes,
                                         .balance = learning.balance, .floor = 0.4 };
  g_autoptr(JsonObject) answer = json_object_new ();
  const Subject *subject = NULL;

  for (guint i = 0; argc > 0 && i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].name, argv[0]))
      subject = &subjects[i];
  if (subject == NULL)
    return linli_ctl_usage (error, "Say what to evaluate: suggestion");
  if (!parse (argc, argv, &evaluation, error) || !subject->run (&evaluation, answer, error))
    return FALSE;
  if (ctl->format != LINLI_FORMAT_JSON && json_object_has_member (answer, "classes"))
    linli_ctl_print (ctl, json_object_get_member (answer, "classes"));
  else
    linli_ctl_print_object (ctl, answer);

  return TRUE;
}
