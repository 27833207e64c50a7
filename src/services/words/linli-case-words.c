/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-words.h"

#include <glib/gi18n-lib.h>

#include "linli-word.h"

static const LinliWord states[] = {
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

/* The class is for who sits at the unit. */
static const LinliWord part_states[] = {
  { "sent", NC_("dispatch", "To sign"), "ours" },
  { "signed", NC_("dispatch", "Signed"), "ours" },
  { "working", NC_("dispatch", "Working"), "ours" },
  { "done", NC_("dispatch", "Done"), "theirs" },
  { "returned", NC_("dispatch", "Returned"), "over" },
  { "recalled", NC_("dispatch", "Recalled"), "over" },
  { "released", NC_("dispatch", "Released"), "over" },
};

static const LinliWord clock_kinds[] = {
  { "dispatch", NC_("clock", "Dispatch"), NULL },
  { "sign", NC_("clock", "Sign"), NULL },
  { "contact", NC_("clock", "First contact"), NULL },
  { "resolve", NC_("clock", "Settle"), NULL },
  { "callback", NC_("clock", "Call back"), NULL },
  { "explain", NC_("clock", "Answer"), NULL },
};

/* What a person calls a state; the id itself when it is unknown to this version. */
const char *
linli_case_state_words (const char *state)
{
  return linli_word_say (states, G_N_ELEMENTS (states), "case state", state);
}

/* The style class of a state's pill. */
const char *
linli_case_state_class (const char *state)
{
  const LinliWord *word = linli_word_find (states, G_N_ELEMENTS (states), state);

  return word != NULL ? word->more : "theirs";
}

/* Whether nothing more is due for a case in @state. */
gboolean
linli_case_state_is_over (const char *state)
{
  return g_str_equal (linli_case_state_class (state), "over");
}

/* How far one unit is with its part. */
const char *
linli_part_state_words (const char *state)
{
  return linli_word_say (part_states, G_N_ELEMENTS (part_states), "dispatch", state);
}

/* The unit's own part, where that says more there than the state of the whole:
 * while units are at work, and once the unit is out of it. */
static const LinliWord *
find_telling_part (const char *state,
                   const char *part)
{
  const LinliWord *word = linli_word_find (part_states, G_N_ELEMENTS (part_states), part);
  gboolean at_work = g_strcmp0 (state, "dispatched") == 0 || g_strcmp0 (state, "in_progress") == 0;

  return word != NULL && (at_work || (g_str_equal (word->more, "over") && !linli_case_state_is_over (state))) ? word : NULL;
}

/**
 * linli_case_standing_words:
 * @part: (nullable): state of the part of the unit that whoever looks sits at
 *
 * Returns: what a list says of how far a case is
 */
const char *
linli_case_standing_words (const char *state,
                           const char *part)
{
  return find_telling_part (state, part) != NULL ? linli_part_state_words (part) : linli_case_state_words (state);
}

/* The style class of the pill with linli_case_standing_words(). */
const char *
linli_case_standing_class (const char *state,
                           const char *part)
{
  const LinliWord *word = find_telling_part (state, part);

  return word != NULL ? word->more : linli_case_state_class (state);
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
  return linli_word_say (clock_kinds, G_N_ELEMENTS (clock_kinds), "clock", kind);
}
