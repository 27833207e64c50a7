/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-evidence-kinds.h"
#include "linli-row.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_EVIDENCE_MISSING,
  LINLI_EVIDENCE_SHOWN,
  LINLI_EVIDENCE_WAIVED,
} LinliEvidenceState;

/* One line of the checklist 办结要件 of a case, and the line of the timeline that
 * ticks it. */
typedef struct
{
  const char        *kind;
  LinliEvidenceState state;
  guint              n;          /* how many files or contacts show it */
  char              *what;       /* (nullable): name of the latest file, words of the contact, reason of the waiver */
  char              *entry;      /* (nullable): id of the line */
  char              *attachment; /* (nullable): id of the file */
  char              *by;         /* (nullable): name of the person */
  gboolean           inner;      /* only the centre may see the file */
  gint64             at;         /* microseconds UTC; 0 while it is missing */
} LinliEvidence;

const char *linli_evidence_state_to_text (LinliEvidenceState state);
GPtrArray  *linli_evidence_load          (LinliConn   *conn,
                                          const char  *case_id,
                                          LinliRow    *item,
                                          gboolean     for_unit,
                                          GError     **error);
GPtrArray  *linli_evidence_load_of_case  (LinliConn   *conn,
                                          const char  *case_id,
                                          gboolean     for_unit,
                                          GError     **error);

G_END_DECLS
