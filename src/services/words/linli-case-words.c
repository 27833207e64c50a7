/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *id;
  const char *words;
  const char *css;  /* who is to act: us, others, nobody any more */
} Word;

static const Word states[] = {
  { "received", NC_("case state", "To accept"), "ours" },
  { "registered", NC_("case state", "To dispatch"), "ours" },
  { "deliberating", NC_("case state", "Deliberating"), "theirs" },
  { "aiding", NC_("case state", "Neighbours help"), "theirs" },
  { "dispatched", NC_("case state", "To sign"), "theirs" },
  { "in_progress", NC_("case state", "In progress"), "theirs" },
  { "suspended", NC_("case state", "Suspended"), "theirs" },
  { "pending_review", NC_("case state", "To review"), "ours" },
  { "resolved", NC_("case state", "Resolved"), "ours" },
  { "closed", NC_("case state", "Closed"), "over" },
  { "declined", NC_("case state", "Declined"), "over" },
  { "withdrawn", NC_("case state", "Withdrawn"), "over" },
  { "merged", NC_("case state", "Merged"), "over" },
};

static const Word clock_kinds[] = {
  { "dispatch", NC_("clock", "Dispatch"), NULL },
  { "sign", NC_("clock", "Sign"), NULL },
  { "contact", NC_("clock", "First contact"), NULL },
  { "resolve", NC_("clock", "Settle"), NULL },
  { "callback", NC_("clock", "Call back"), NULL },
  { "explain", NC_("clock", "Answer"), NULL },
};

static const Word *
find (const Word *words,
      guint       n,
      const char *id)
{
  for (guint i = 0; id != NULL && i < n; i++)
    if (g_str_equal (words[i].id, id))
      return &words[i];

  return NULL;
}

/* What a person calls a state; the id itself when it is unknown to this version. */
const char *
linli_case_state_words (const char *state)
{
  const Word *word = find (states, G_N_ELEMENTS (states), state);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "case state", word->words) : state;
}

/* The style class of a state's pill. */
const char *
linli_case_state_class (const char *state)
{
  const Word *word = find (states, G_N_ELEMENTS (states), state);

  return word != NULL ? word->css : "theirs";
}

/* Whether nothing more is due for a case in @state. */
gboolean
linli_case_state_is_over (const char *state)
{
  return g_str_equal (linli_case_state_class (state), "over");
}

/* Returns: (nullable): %NULL for the normal case, which needs no word */
const char *
linli_case_urgency_words (const char *urgency)
{
  if (g_strcmp0 (urgency, "urgent") == 0)
    return C_("urgency", "Urgent");
  if (g_strcmp0 (urgency, "hard") == 0)
    return C_("urgency", "Hard");

  return NULL;
}

/* What a clock measures; the id itself when unknown, %NULL for %NULL. */
const char *
linli_clock_kind_words (const char *kind)
{
  const Word *word = find (clock_kinds, G_N_ELEMENTS (clock_kinds), kind);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "clock", word->words) : kind;
}
