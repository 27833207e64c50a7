/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-procedure-words.h"

#include <glib/gi18n-lib.h>

#include "linli-policy.h"

#define OWN      N_("the centre's own rule")
#define PRACTICE N_("usual practice of hotlines")
#define PLATFORM N_("practice of city-management platforms")

static const LinliProcedureRule rules[] = {
  { .code = "return.window", .is_bound = TRUE, .label = N_("_Limit, such as 1工作日"),
    .sentence = N_("A unit may return its part within %s of its sending"),
    .affects = N_("Parts that are sent from now on"), .source = PRACTICE },
  { .code = "return.limit", .is_bound = TRUE, .label = N_("_Returns, 0 to 10"),
    .sentence = N_("After %s returns of a case, the next one goes to a ruling"),
    .affects = N_("The next return of a case"),
    .source = N_("hotline ordinances, such as Weifang 2021 article 22: what was ruled on is not returned again") },
  { .code = "extension.limit", .is_bound = TRUE, .label = N_("_Extensions, 0 to 10"),
    .sentence = N_("A case is given %s extensions at most"),
    .affects = N_("The next request for an extension"), .source = PLATFORM },
  { .code = "extension.longest", .is_bound = TRUE, .label = N_("Original _limits, 1 to 10"),
    .sentence = N_("One extension is at most %s times the original limit"),
    .affects = N_("The next request for an extension"), .source = PLATFORM },
  { .code = "suspension.days", .is_bound = TRUE, .label = N_("_Days, 1 to 366"),
    .sentence = N_("A case is suspended for %s days at most"),
    .affects = N_("The next suspension"), .source = OWN },
  { .code = LINLI_POLICY_FOUR_EYES, .label = N_("_Who may not review"),
    .affects = N_("Reviews and call-backs from now on"), .source = OWN,
    .choices = { "off", "unit", "strict" },
    .choice_names = { N_("Nobody is barred"), N_("The unit that handled it"), N_("The unit, and whoever keyed in its report") },
    .choice_sentences = { N_("Anybody with the role reviews a report and calls back about it"),
                          N_("Nobody of the unit that handled a case reviews its report or calls back about it"),
                          N_("Nobody of the unit that handled a case, nor whoever keyed in its report, reviews it or calls back") } },
  { .code = LINLI_POLICY_CALLBACK_REQUIRED, .label = N_("Call back _before closing"),
    .affects = N_("Closing from now on"),
    .source = N_("the centre's own rule; hotline ordinances, such as Jinan 2018 article 27, call back about every report"),
    .choices = { "yes", "no" }, .choice_names = { N_("Required"), N_("Not required") },
    .choice_sentences = { N_("A case closes only when every resident who wants a reply was called back"),
                          N_("A case may close before everybody was called back") } },
  { .code = LINLI_POLICY_CALLBACK_ATTEMPTS, .label = N_("_Half days, 0 to 20"),
    .sentence = N_("A resident is unreachable after tries on %s different half days"),
    .affects = N_("Closing a case as unreachable"), .source = OWN },
  { .code = LINLI_POLICY_REDO_LIMIT, .label = N_("_Times, 0 to 20"),
    .sentence = N_("A case that was done again %s times goes to the supervisor with each further time"),
    .affects = N_("The next time a case is done again"), .source = OWN },
  { .code = LINLI_POLICY_REVIEW_PERIOD, .label = N_("_Limit, such as 30自然日"),
    .sentence = N_("The same matter brought again within %s of closing reopens its case"),
    .affects = N_("Every closed case, from now on"), .source = OWN },
  { .code = LINLI_POLICY_REPLY_LIMIT, .label = N_("_Limit, such as 1工作日"),
    .sentence = N_("A unit answers a supervision within %s, unless the step of the ladder says otherwise"),
    .affects = N_("Supervisions that are issued from now on"), .source = OWN },
  { .code = LINLI_POLICY_AUTOMATIC, .label = N_("Who _issues it"),
    .affects = N_("What the supervision ladder calls for from now on"), .source = OWN,
    .choices = { "yes", "no" }, .choice_names = { N_("The desk by itself"), N_("A person") },
    .choice_sentences = { N_("The desk issues what the ladder calls for by itself, in working hours"),
                          N_("A person issues what the ladder calls for") } },
};

const LinliProcedureRule *
linli_procedure_rules (guint *n)
{
  *n = G_N_ELEMENTS (rules);
  return rules;
}

/* Returns: (nullable) */
const LinliProcedureRule *
linli_procedure_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].code, code))
      return &rules[i];
  return NULL;
}

/* Returns: (transfer full): the rule with that @value */
char *
linli_procedure_sentence (const LinliProcedureRule *rule,
                          const char               *value)
{
  g_auto(GStrv) parts = NULL;

  for (guint i = 0; rule->choices[i] != NULL; i++)
    if (g_str_equal (rule->choices[i], value))
      return g_strdup (g_dgettext (GETTEXT_PACKAGE, rule->choice_sentences[i]));
  g_return_val_if_fail (rule->sentence != NULL, g_strdup (value));
  parts = g_strsplit (g_dgettext (GETTEXT_PACKAGE, rule->sentence), "%s", 2);
  return g_strjoinv (value, parts);
}
