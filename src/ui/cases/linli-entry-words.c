/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the marks of a timeline, a dispatch and a change are called. */

#include "config.h"

#include "linli-entry-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "linli-case-clocks.h"
#include "linli-case-words.h"
#include "linli-closing-words.h"
#include "linli-evidence-kinds.h"
#include "linli-handling-words.h"
#include "linli-time-words.h"
#include "linli-word.h"

static const LinliWord kinds[] = {
  { "intake", NC_("entry", "Taken in"), "linli-case-new-symbolic" },
  { "accept", NC_("entry", "Registered"), "linli-case-inbox-symbolic" },
  { "classify", NC_("entry", "Put under another item"), "linli-catalogue-symbolic" },
  { "edit", NC_("entry", "Corrected"), "document-edit-symbolic" },
  { "dispatch", NC_("entry", "Dispatched"), "linli-dispatch-symbolic" },
  { "recall", NC_("entry", "Recalled"), "edit-undo-symbolic" },
  { "release", NC_("entry", "Released"), "edit-undo-symbolic" },
  { "sign", NC_("entry", "Signed for"), "linli-sign-symbolic" },
  { "contact", NC_("entry", "Spoke to the resident"), "linli-resident-symbolic" },
  { "work", NC_("entry", "Progress"), "linli-work-symbolic" },
  { "note", NC_("entry", "Note"), "linli-note-symbolic" },
  { "done", NC_("entry", "Reported done"), "linli-done-symbolic" },
  { "review", NC_("entry", "Review passed"), "linli-review-symbolic" },
  { "reject", NC_("entry", "Sent back by the review"), "linli-review-symbolic" },
  { "close", NC_("entry", "Closed"), "linli-case-closed-symbolic" },
  { "decline", NC_("entry", "Declined"), "linli-decline-symbolic" },
  { "withdraw", NC_("entry", "Withdrawn"), "linli-withdraw-symbolic" },
  { "reply", NC_("entry", "Reply"), "linli-reply-symbolic" },
  { "attach", NC_("entry", "File added"), "mail-attachment-symbolic" },
  { "detach", NC_("entry", "File removed"), "mail-attachment-symbolic" },
  { "assign", NC_("entry", "Assigned"), "linli-resident-symbolic" },
  { "clock", NC_("entry", "Time limit moved"), "linli-clock-symbolic" },
  { "import", NC_("entry", "Imported"), "linli-import-symbolic" },
  { "undo", NC_("entry", "Taken back"), "edit-undo-symbolic" },
  { "merge", NC_("entry", "Merged"), "linli-merge-symbolic" },
  { "unmerge", NC_("entry", "Merge undone"), "edit-undo-symbolic" },
  { "split", NC_("entry", "Split"), "linli-split-symbolic" },
  { "join", NC_("entry", "Part finished"), "linli-done-symbolic" },
  { "answer", NC_("entry", "Answered at once"), "linli-answer-symbolic" },
  { "return", NC_("entry", "Returned by the unit"), "linli-return-symbolic" },
  { "ruling", NC_("entry", "Ruled"), "linli-ruling-symbolic" },
  { "extend", NC_("entry", "Extension"), "linli-extend-symbolic" },
  { "suspend", NC_("entry", "Suspended"), "linli-clock-paused-symbolic" },
  { "resume", NC_("entry", "Resumed"), "linli-clock-symbolic" },
  { "supervise", NC_("entry", "Supervised"), "linli-supervise-symbolic" },
  { "explain", NC_("entry", "Answer to the supervision"), "linli-reply-symbolic" },
  { "notice", NC_("entry", "Resident informed"), "linli-resident-symbolic" },
  { "callback", NC_("entry", "Called back"), "linli-callback-symbolic" },
  { "redo", NC_("entry", "Done again"), "linli-redo-symbolic" },
  { "lane", NC_("entry", "Lane chosen"), "linli-lane-symbolic" },
  { "agenda", NC_("entry", "Party agenda"), "linli-agenda-symbolic" },
  { "deliberate", NC_("entry", "Deliberation"), "linli-deliberate-symbolic" },
  { "aid", NC_("entry", "Mutual help"), "linli-aid-symbolic" },
  { "route", NC_("entry", "Routing"), "linli-dispatch-symbolic" },
  { "waive", NC_("entry", "Closing evidence waived"), "linli-review-symbolic" },
};

static const LinliWord audiences[] = {
  { "internal", NC_("audience", "Internal"), N_("Only the centre reads this") },
  { "unit", NC_("audience", "Units"), N_("The centre and the handling units read this") },
  { "resident", NC_("audience", "Resident"), N_("The resident may read this too") },
};

static const LinliWord roles[] = {
  { "lead", NC_("dispatch", "Lead"), NULL },
  { "assist", NC_("dispatch", "Assisting"), NULL },
};

static const LinliWord faults[] = {
  { LINLI_CLOCK_FAULT_NO_CALENDAR, N_("There is no working calendar yet, so no due time can be given."), NULL },
  { LINLI_CLOCK_FAULT_UNCOVERED, N_("The holidays of that year are not known yet, so no due time can be given."), NULL },
  { LINLI_CLOCK_FAULT_UNREADABLE, N_("The limit in the duty list cannot be read as one."), NULL },
};

static const LinliWord lanes[] = {
  { "major", NC_("lane", "Major: the Party committee leads"), NULL },
  { "minor", NC_("lane", "Minor: neighbours deliberate"), NULL },
  { "private", NC_("lane", "Private: mutual help"), NULL },
};

/* The id is what the store holds. */
static const LinliWord natures[] = {
  { "投诉", NC_("nature", "Complaint"), NULL },
  { "求助", NC_("nature", "Request for help"), NULL },
  { "咨询", NC_("nature", "Enquiry"), NULL },
  { "建议", NC_("nature", "Suggestion"), NULL },
  { "举报", NC_("nature", "Report of an offence"), NULL },
  { "表扬", NC_("nature", "Praise"), NULL },
};

static const char *const nature_ids[] = { "投诉", "求助", "咨询", "建议", "举报", "表扬", NULL };

static const LinliWord fields[] = {
  { "title", NC_("field", "Title"), NULL },
  { "summary", NC_("field", "Summary"), NULL },
  { "nature", NC_("field", "Nature"), NULL },
  { "lane", NC_("field", "Lane"), NULL },
  { "urgency", NC_("field", "Urgency"), NULL },
  { "item_version", NC_("field", "Version of the duty item"), NULL },
  { "community", NC_("field", "Community"), NULL },
  { "place", NC_("field", "Place"), NULL },
  { "grid", NC_("field", "Grid"), NULL },
  { "item_name", NC_("field", "Duty item"), NULL },
  { "owner", NC_("field", "In charge"), NULL },
  { "lead", NC_("field", "Lead unit"), NULL },
  { "assist", NC_("field", "Assisting units"), NULL },
  { "unit", NC_("field", "Unit"), NULL },
  { "meeting_on", NC_("field", "Meeting"), NULL },
  { "held_on", NC_("field", "Held on"), NULL },
  { "responsible", NC_("field", "Responsible"), NULL },
  { "promise_on", NC_("field", "Promised by"), NULL },
  { "follow_up_on", NC_("field", "To be done by"), NULL },
  { "wanted", NC_("field", "Wanted"), NULL },
  { "helper", NC_("field", "Helper"), NULL },
  { "found_owner", NC_("field", "Owner found"), NULL },
  { "name", NC_("field", "File"), NULL },
  { "receipt_no", NC_("field", "Receipt no."), NULL },
  { "confidential", NC_("field", "Confidential"), NULL },
  { "level", NC_("field", "Level"), NULL },
  { "attempt", NC_("field", "Attempt"), NULL },
  { "reached", NC_("field", "Reached"), NULL },
  { "solved", NC_("field", "Solved"), NULL },
  { "satisfaction", NC_("field", "Satisfaction"), NULL },
  { "method", NC_("field", "How"), NULL },
  { "why", NC_("field", "Reason"), NULL },
  { "redo_count", NC_("field", "Done again"), NULL },
  { "reject_count", NC_("field", "Sent back so often"), NULL },
  { "state", NC_("field", "State"), NULL },
  { "into", NC_("field", "Merged into"), NULL },
  { "cases", NC_("field", "Received"), NULL },
  { "n_residents", NC_("field", "Residents"), NULL },
  { "via", NC_("field", "Sent to"), NULL },
  { "from", NC_("field", "From"), NULL },
  { "case_left", NC_("field", "Has left"), NULL },
  { "parts", NC_("field", "Parts"), NULL },
  { "clause", NC_("field", "Clause"), NULL },
  { "proposed", NC_("field", "Proposed unit"), NULL },
  { "return_count", NC_("field", "Times returned"), NULL },
  { "goes_to", NC_("field", "Goes to"), NULL },
  { "basis", NC_("field", "Basis"), NULL },
  { "amount", NC_("field", "Longer by"), NULL },
  { "cause", NC_("field", "Cause"), NULL },
  { "until", NC_("field", "Until"), NULL },
  { "request", NC_("field", "Request"), NULL },
  { "resumed", NC_("field", "Resumed"), NULL },
  { "evidence", NC_("field", "Closing evidence"), NULL },
  { "waived", NC_("field", "Waived"), NULL },
};

/* What an entry of the timeline reports; the id itself when unknown to this version. */
const char *
linli_entry_kind_words (const char *kind)
{
  return linli_word_say (kinds, G_N_ELEMENTS (kinds), "entry", kind);
}

const char *
linli_entry_kind_icon (const char *kind)
{
  const LinliWord *word = linli_word_find (kinds, G_N_ELEMENTS (kinds), kind);

  return word != NULL ? word->more : "linli-note-symbolic";
}

const char *
linli_audience_words (const char *audience)
{
  return linli_word_say (audiences, G_N_ELEMENTS (audiences), "audience", audience);
}

/* The whole sentence, for tooltips and beside the composer. */
const char *
linli_audience_long_words (const char *audience)
{
  const LinliWord *word = linli_word_find (audiences, G_N_ELEMENTS (audiences), audience);

  return word != NULL ? g_dgettext (GETTEXT_PACKAGE, word->more) : audience;
}

const char *
linli_part_role_words (const char *role)
{
  return linli_word_say (roles, G_N_ELEMENTS (roles), "dispatch", role);
}

/* Why a clock has no due time. */
const char *
linli_clock_fault_words (const char *fault)
{
  const LinliWord *word = linli_word_find (faults, G_N_ELEMENTS (faults), fault);

  return word != NULL ? g_dgettext (GETTEXT_PACKAGE, word->words) : fault;
}

const char *
linli_lane_words (const char *lane)
{
  return linli_word_say (lanes, G_N_ELEMENTS (lanes), "lane", lane);
}

/* @nature: (nullable): as the store holds it; other words than ours stay as they are */
const char *
linli_nature_words (const char *nature)
{
  return linli_word_say (natures, G_N_ELEMENTS (natures), "nature", nature);
}

/* Returns: (transfer none): the natures offered, as the store holds them */
const char *const *
linli_natures (void)
{
  return nature_ids;
}

/* @field: a column of the case, or a fact of an entry */
const char *
linli_case_field_words (const char *field)
{
  return linli_word_say (fields, G_N_ELEMENTS (fields), "field", field);
}

static char *
value_words (const LinliCaseFact *fact,
             const char          *value,
             GTimeZone           *zone)
{
  const char *words = value;

  if (value == NULL || *value == '\0')
    return g_strdup (C_("field", "nothing"));
  if (fact->is_time)
    return linli_moment_full_words (g_ascii_strtoll (value, NULL, 10), zone);
  if (g_str_equal (fact->name, "urgency"))
    words = linli_case_urgency_words (value) != NULL ? linli_case_urgency_words (value) : C_("urgency", "Ordinary");
  else if (g_str_equal (fact->name, "lane"))
    words = linli_lane_words (value);
  else if (g_str_equal (fact->name, "nature"))
    words = linli_nature_words (value);
  else if (g_str_equal (fact->name, "state"))
    words = linli_case_state_words (value);
  else if (g_str_equal (fact->name, "level"))
    words = linli_level_words (CLAMP (atoi (value), 0, 4));
  else if (g_str_equal (fact->name, "solved"))
    words = linli_solved_words (value);
  else if (g_str_equal (fact->name, "satisfaction"))
    words = linli_satisfaction_words (value);
  else if (g_str_equal (fact->name, "method"))
    words = linli_method_words (value);
  else if (g_str_equal (fact->name, "confidential") || g_str_equal (fact->name, "reached"))
    words = g_str_equal (value, "1") ? C_("field", "yes") : C_("field", "no");
  else if (g_str_equal (fact->name, "evidence"))
    words = g_dgettext (GETTEXT_PACKAGE, linli_evidence_kind_words (value));
  else if (g_str_equal (fact->name, "waived"))
    words = g_str_equal (value, "yes") ? C_("field", "yes") : C_("field", "no, asked for again");
  else if (g_str_equal (fact->name, "until"))
    return linli_date_words (value);
  else if (linli_handling_value_words (fact->name, value) != NULL)
    words = linli_handling_value_words (fact->name, value);

  return g_strdup (words);
}

/* What is for programs only. */
static gboolean
is_hidden (const LinliCaseFact *fact)
{
  static const char *const hidden[] = {
    "item_code", "place_id", "attachment", "channel", "role", "reason", "latitude", "longitude", NULL
  };

  return g_strv_contains (hidden, fact->name);
}

/**
 * linli_case_fact_words:
 *
 * Returns: (transfer full) (nullable): "Title: old → new"; %NULL when a person
 *   need not be told
 */
char *
linli_case_fact_words (const LinliCaseFact *fact,
                       GTimeZone           *zone)
{
  g_autofree char *before = NULL;
  g_autofree char *value = NULL;
  g_autofree char *due = NULL;
  const char *name;

  g_return_val_if_fail (fact != NULL, NULL);

  if (is_hidden (fact) || (!fact->is_change && fact->value == NULL))
    return NULL;
  value = value_words (fact, fact->value, zone);
  if (fact->is_time)
    /* Translators: the due time of one clock: "Settle due" */
    name = due = g_strdup_printf (_("%s due"), linli_clock_kind_words (fact->name + strlen ("due.")));
  else
    name = linli_case_field_words (fact->name);
  if (!fact->is_change || fact->before == NULL)
    /* Translators: the name of a fact, and the fact */
    return g_strdup_printf (_("%s: %s"), name, value);
  before = value_words (fact, fact->before, zone);

  /* Translators: the name of a field, what it was, what it is now */
  return g_strdup_printf (_("%s: %s → %s"), name, before, value);
}
