/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query-date.h"
#include "linli-text.h"

G_BEGIN_DECLS

/* The search line: words, "短语", -排除 and operators, all of which must hold.
 *
 *   状态: state:      单位: unit:     事项: item:     渠道: channel:
 *   超期: overdue:    收件: received: 到期: due:      负责: owner:
 *   人: person:       电话: phone:    编号: no:       待: awaits:
 *   派遣: dispatched: 办结: finished: 时限: limit:    大类: class:
 *   社区: community:  分流: lane:     满意度: grade:  统计: figure:
 *   派件: part:
 *
 * Spellings besides these are in the table in linli-query-parser.c. A colon may
 * be full width and white space may follow it. Names separated by a comma are
 * alternatives: 状态:待派遣,已派遣. Quotes are "…", “…”, 「…」 and 『…』. What
 * is no operator is a word: nothing typed is ever dropped without an issue. */

typedef enum
{
  LINLI_CLAUSE_TERM,     /* occurs in the text, see linli-text.h */
  LINLI_CLAUSE_STATE,
  LINLI_CLAUSE_UNIT,
  LINLI_CLAUSE_ITEM,
  LINLI_CLAUSE_CHANNEL,
  LINLI_CLAUSE_OVERDUE,
  LINLI_CLAUSE_RECEIVED,
  LINLI_CLAUSE_DUE,
  LINLI_CLAUSE_PERSON,
  LINLI_CLAUSE_PHONE,
  LINLI_CLAUSE_NUMBER,
  LINLI_CLAUSE_OWNER,
  LINLI_CLAUSE_DISPATCHED,
  LINLI_CLAUSE_FINISHED,
  LINLI_CLAUSE_LIMIT,
  LINLI_CLAUSE_CLASS,
  LINLI_CLAUSE_COMMUNITY,
  LINLI_CLAUSE_LANE,
  LINLI_CLAUSE_GRADE,
  LINLI_CLAUSE_FIGURE,
  LINLI_CLAUSE_AWAITS,   /* a ruling, or a decision about a request */
  LINLI_CLAUSE_PART,     /* how far a unit is with what was dispatched to it */
} LinliClauseKind;

typedef enum
{
  LINLI_OVERDUE_NO,
  LINLI_OVERDUE_YES,
  LINLI_OVERDUE_SOON, /* due, but not yet over */
} LinliOverdue;

typedef struct
{
  LinliClauseKind kind;
  gboolean        excluded; /* must not hold */
  gboolean        quoted;
  LinliTextSpan   span;     /* all of it in the line, sign and operator too */
  LinliTextSpan   value;    /* what the operator is given, without quotes */
  char          **values;   /* folded alternatives, at least one; of a term
                             * as typed; of a telephone its digits */
  LinliDayRange   days;     /* received, due, dispatched, finished, limit */
  LinliOverdue    overdue;  /* overdue */
} LinliClause;

typedef enum
{
  LINLI_QUERY_UNKNOWN_OPERATOR, /* searched as words */
  LINLI_QUERY_BAD_VALUE,        /* no date, no digits: searched as words */
  LINLI_QUERY_REVERSED_RANGE,   /* read the other way round */
  LINLI_QUERY_NO_VALUE,         /* an operator without anything: left out */
  LINLI_QUERY_OPEN_QUOTE,       /* closed at the end of the line */
  LINLI_QUERY_NO_WORDS,         /* only signs: left out */
  LINLI_QUERY_TOO_LONG,         /* a term no index can look up: left out */
  LINLI_QUERY_TOO_MANY,         /* from here on left out */
} LinliQueryIssueKind;

typedef struct
{
  LinliQueryIssueKind kind;
  LinliTextSpan       span;
} LinliQueryIssue;

typedef struct
{
  char   *source;  /* the line, valid UTF-8; spans are bytes of it */
  GArray *clauses; /* LinliClause */
  GArray *issues;  /* LinliQueryIssue */
} LinliQueryText;

LinliQueryText *linli_query_text_parse   (const char           *line,
                                          const GDate          *today);
void            linli_query_text_free    (LinliQueryText       *query);
char           *linli_query_text_match   (const LinliQueryText *query);
char           *linli_query_text_exclude (const LinliQueryText *query);
gboolean        linli_query_text_accepts (const LinliQueryText *query,
                                          const char           *folded);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliQueryText, linli_query_text_free)

G_END_DECLS
