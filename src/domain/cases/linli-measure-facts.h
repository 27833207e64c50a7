/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-fresh.h"
#include "linli-case-measure.h"

G_BEGIN_DECLS

/* The first limit counts, whatever came after it: 重办 keeps the first clock. */
#define LINLI_MEASURE_FACTS_SQL \
  "SELECT c.pk, c.case_no, c.received_at, c.closed_at, c.state, c.n_submissions, c.return_count, c.redo_count," \
  " c.instant_answer_id IS NOT NULL, c.supervision_level, c.extension_count, c.solved, c.satisfaction, c.lane," \
  " c.item_name, c.channel_code, c.lead_unit_name, c.community," \
  " (SELECT min(sent_at) FROM dispatch WHERE case_id = c.id)," \
  " (SELECT max(done_at) FROM dispatch WHERE case_id = c.id AND state = 'done')," \
  " (SELECT state FROM dispatch WHERE case_id = c.id AND role = 'lead' ORDER BY seq, id LIMIT 1)," \
  " k.state, k.due_at, k.met_at, k.rule_ref," \
  " EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id AND contacted_at IS NOT NULL)" \
  " FROM cases AS c LEFT JOIN clock AS k ON k.pk = (SELECT pk FROM clock WHERE case_id = c.id AND kind = 'resolve'" \
  " AND dispatch_id IS NULL ORDER BY started_at, id LIMIT 1) WHERE "

/* What is measured, from a row of LINLI_MEASURE_FACTS_SQL or from the rows of a case just made. */
typedef struct
{
  gint64      pk;
  const char *case_no;
  gint64      received_at;
  gint64      closed_at;
  const char *state;
  gint64      submissions, returns, redos, supervision, extensions;
  gboolean    instant;
  gboolean    contacted;
  const char *solved;
  const char *lane;
  const char *heads[LINLI_N_HEADS];
  gint64      sent_at;
  gboolean    is_done;
  gint64      done_at;
  const char *first;       /* (nullable) state of the first lead unit's part */
  const char *limit_state; /* (nullable) */
  gboolean    has_limit;
  gint64      limit_at;
  gint64      met_at;
  const char *rule;
} LinliMeasureFacts;

void linli_measure_facts_read (LinliMeasureFacts       *self,
                               LinliStmt               *stmt);
void linli_measure_facts_of   (LinliMeasureFacts       *self,
                               const LinliCaseFresh    *fresh);
void linli_measure_facts_sum  (const LinliMeasureFacts *self,
                               LinliCaseMeasure        *measure);

G_END_DECLS
