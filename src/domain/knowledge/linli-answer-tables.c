/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-answer-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const char *const audiences[] = { "resident", "internal", NULL };

/* How often and when an answer was used is read off the cases it closed, so
 * that undoing one use disturbs no other. */
static const LinliColumn answer_columns[] = {
  [LINLI_ANSWER_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ANSWER_QUESTIONS] = { "questions", LINLI_TYPE_TEXT, REQUIRED, 4000, .doc = "how people ask, a line each; the first is its title" },
  [LINLI_ANSWER_TEXT] = { "answer", LINLI_TYPE_TEXT, REQUIRED, 8000, .doc = "what the resident is told" },
  [LINLI_ANSWER_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, 0, 60, .doc = "the leaf a case closed by it belongs to" },
  [LINLI_ANSWER_OWNER_UNIT_ID] = { "owner_unit_id", LINLI_TYPE_UUID, 0, .references = "unit", .doc = "who answers for it being right" },
  [LINLI_ANSWER_VALID_FROM] = { "valid_from", LINLI_TYPE_DATE, 0, .doc = "first day" },
  [LINLI_ANSWER_VALID_UNTIL] = { "valid_until", LINLI_TYPE_DATE, 0, .doc = "last day; to be confirmed anew afterwards" },
  [LINLI_ANSWER_AUDIENCE] = { "audience", LINLI_TYPE_TEXT, REQUIRED, .choices = audiences, .doc = "internal: for the desk to know, closes no case" },
  [LINLI_ANSWER_VERSION] = { "version", LINLI_TYPE_INT, REQUIRED, .doc = "counts its wordings" },
  [LINLI_ANSWER_CHANGED_AT] = { "changed_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_ANSWER_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED, .doc = "not retired" },
  { NULL }
};

const LinliTable linli_table_instant_answer = {
  "instant_answer", answer_columns, NULL, 0, "What can be answered on the spot, until when that is right, and who says so."
};
