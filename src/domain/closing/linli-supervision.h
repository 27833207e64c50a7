/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"
#include "linli-ladder.h"

G_BEGIN_DECLS

/* What the ladder calls for in one case, with what a person wants to know. */
typedef struct
{
  char  *case_id;
  char  *case_no;
  char  *title;
  char  *unit;      /* name */
  char  *dispatch;  /* id */
  char  *rule;
  char  *words;     /* reason to begin with */
  char  *reply;     /* (nullable): limit for the answer */
  char  *kind;      /* (nullable): the clock; NULL: the unit was silent */
  int    level;
  gint64 due;
  gint64 at;
} LinliLadderProposal;

GPtrArray *linli_ladder_proposals_load   (LinliConn     *conn,
                                          gint64         now,
                                          GError       **error);
GPtrArray *linli_ladder_proposals_judge  (LinliConn     *conn,
                                          GPtrArray     *rules,
                                          gint64         now,
                                          GError       **error);
GPtrArray *linli_supervision_try         (LinliConn     *conn,
                                          JsonObject    *args,
                                          gint64         now,
                                          GError       **error);
void       linli_ladder_proposal_free    (LinliLadderProposal *self);
gboolean   linli_supervision_call_for    (LinliConn     *conn,
                                          const char    *case_id,
                                          gint64         now,
                                          LinliLadderProposal **proposal,
                                          GError       **error);

gboolean   linli_supervision_judge       (GPtrArray     *clocks,
                                          GPtrArray     *supervisions,
                                          GPtrArray     *rules,
                                          LinliWorkCalendar *calendar,
                                          gint64         now,
                                          LinliLadderCall *call);
gboolean   linli_supervision_issue       (LinliCaseFile *file,
                                          LinliRow      *part,
                                          int            level,
                                          const char    *rule,
                                          const char    *reason,
                                          const char    *reply_limit,
                                          GError       **error);
gboolean   linli_supervision_follow      (LinliCaseFile *file,
                                          GError       **error);

G_END_DECLS
