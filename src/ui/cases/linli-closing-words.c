/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-closing-words.h"

#include <glib/gi18n-lib.h>

#include "linli-closing-tables.h"

static const char *
say (const char *context,
     const char *words)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, context, words);
}

/* @level: 1 to 4, as a supervision has it; 0 for one that was lifted */
const char *
linli_level_words (int level)
{
  static const char *const levels[] = {
    NC_("supervision", "Lifted"), NC_("supervision", "Reminder"), NC_("supervision", "Urging"),
    NC_("supervision", "Supervision Order"), NC_("supervision", "Notice of Criticism"),
  };

  g_return_val_if_fail (level >= 0 && level < (int) G_N_ELEMENTS (levels), NULL);

  return say ("supervision", levels[level]);
}

/* @answer: (nullable): as a call-back holds it */
const char *
linli_solved_words (const char *answer)
{
  static const char *const answers[] = { NC_("solved", "Solved"), NC_("solved", "Partly solved"), NC_("solved", "Not solved") };
  int rank = linli_solved_rank (answer);

  return rank >= 0 ? say ("solved", answers[rank]) : answer;
}

/* @grade: (nullable): as a call-back holds it */
const char *
linli_satisfaction_words (const char *grade)
{
  static const char *const grades[LINLI_N_SATISFACTIONS] = {
    NC_("satisfaction", "Very satisfied"), NC_("satisfaction", "Satisfied"), NC_("satisfaction", "Fair"),
    NC_("satisfaction", "Dissatisfied"), NC_("satisfaction", "Very dissatisfied"),
  };
  int rank = linli_satisfaction_rank (grade);

  return rank >= 0 ? say ("satisfaction", grades[rank]) : grade;
}

/* How a resident was told or asked. */
const char *
linli_method_words (const char *method)
{
  static const struct { const char *id; const char *words; } methods[] = {
    { "phone", NC_("method", "By telephone") }, { "face", NC_("method", "Face to face") },
    { "sms", NC_("method", "Text message") },   { "wechat", NC_("method", "WeChat") },
    { "letter", NC_("method", "Letter") },      { "mail", NC_("method", "E-mail") },
    { "public", NC_("method", "Public notice") }, { "other", NC_("method", "Another way") },
  };

  for (guint i = 0; method != NULL && i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].id, method))
      return say ("method", methods[i].words);
  return method;
}
