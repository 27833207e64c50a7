/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-route-words.h"

#include <glib/gi18n-lib.h>

/**
 * linli_route_reason_words:
 *
 * Returns: (transfer full): one sentence that says why the unit is proposed
 */
char *
linli_route_reason_words (const LinliRouteNote *note)
{
  int n_for = (int) note->n_for;
  int n_all = (int) note->n_all;

  if (g_str_equal (note->reason, "place"))
    /* Translators: a unit, findings for it, all findings */
    return g_strdup_printf (_("At this place, findings that it belongs to %s: %d of %d."), note->lead, n_for, n_all);
  if (g_str_equal (note->reason, "community"))
    return g_strdup_printf (_("In this community, findings that its kind belongs to %s: %d of %d."), note->lead, n_for,
                            n_all);
  if (g_str_equal (note->reason, "habit"))
    return g_strdup_printf (_("In this community, cases of its kind settled by %s: %d of %d."), note->lead, n_for, n_all);
  if (g_str_equal (note->reason, "elsewhere"))
    return g_strdup_printf (_("Cases of this item settled by %s: %d of %d."), note->lead, n_for, n_all);
  if (g_str_equal (note->reason, "rule") && note->later != NULL)
    /* Translators: the name of a rule, the unit that finds out the owner */
    return g_strdup_printf (_("Rule “%s”. The owner is not known yet; %s finds out afterwards."), note->rule, note->later);
  if (g_str_equal (note->reason, "rule"))
    return g_strdup_printf (_("Rule “%s”."), note->rule);
  if (g_str_equal (note->reason, "item"))
    return g_strdup (_("The duty list names it for this item; no rule and no earlier case says otherwise."));

  return g_strdup (_("No rule, no earlier case and no duty item names a unit: choose one."));
}

/* Returns: (transfer full) (nullable): that the dispatcher chose another unit */
char *
linli_route_chosen_words (const LinliRouteNote *note)
{
  if (note->chosen == NULL || note->followed || note->lead == NULL)
    return NULL;
  /* Translators: the unit proposed, the unit chosen */
  return g_strdup_printf (_("%s was proposed; the dispatcher chose %s."), note->lead, note->chosen);
}

/* What a rule wants and what the case has, by the condition that did not hold. */
static char *
wanted_words (const LinliRouteNoteRule *rule,
              const char               *got)
{
  if (g_str_equal (rule->outcome, "attribute"))
    /* Translators: an attribute, what the rule wants of it, what the case has */
    return g_strdup_printf (_("%s must be %s, here it is %s"), rule->attribute, rule->wanted, got);
  if (g_str_equal (rule->outcome, "dates"))
    return g_strdup_printf (_("in force %s, this is of %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "community"))
    return g_strdup_printf (_("for %s, this is in %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "place"))
    return g_strdup_printf (_("for places with %s, this is %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "grid"))
    return g_strdup_printf (_("for grid %s, this is in %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "channel"))
    return g_strdup_printf (_("for channel %s, this came by %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "time"))
    return g_strdup_printf (_("for %s, this came at %s"), rule->wanted, got);
  if (g_str_equal (rule->outcome, "item"))
    return g_strdup_printf (_("for item %s, this is %s"), rule->wanted, got);

  return g_strdup (rule->outcome);
}

static char *
outcome_words (const LinliRouteNoteRule *rule)
{
  static const struct { const char *outcome, *words; } plain[] = {
    { "urgency", N_("for another urgency") },
    { "off", N_("switched off") },
    { "unit", N_("its unit no longer takes cases") },
    { "later", N_("would fit, but something before it decided") },
    { "fits", N_("fits, and decides") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].outcome, rule->outcome))
      return g_strdup (g_dgettext (GETTEXT_PACKAGE, plain[i].words));

  return wanted_words (rule, rule->got != NULL ? rule->got : C_("attribute", "not said"));
}

/* Returns: (transfer full): a rule and what became of it */
char *
linli_route_rule_words (const LinliRouteNoteRule *rule)
{
  g_autofree char *outcome = outcome_words (rule);

  /* Translators: the name of a rule, and why it did not decide */
  return g_strdup_printf (_("%s: %s"), rule->rule, outcome);
}

/* Returns: (transfer full): an earlier case and what it teaches */
char *
linli_route_case_words (const LinliRouteNoteCase *one)
{
  if (g_str_equal (one->kind, "owner"))
    /* Translators: a case number, a unit */
    return g_strdup_printf (_("%s: found to be %s’s"), one->case_no, one->unit);
  if (g_str_equal (one->kind, "ruling"))
    return g_strdup_printf (_("%s: ruled to be %s’s"), one->case_no, one->unit);
  if (g_str_equal (one->kind, "reroute"))
    return g_strdup_printf (_("%s: went astray first, then %s took it on"), one->case_no, one->unit);

  return g_strdup_printf (_("%s: settled by %s"), one->case_no, one->unit);
}
