/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-trace.h"

G_BEGIN_DECLS

/* A step as it is told: working weeks in a row have become one. */
typedef struct
{
  LinliStep step;    /* its name belongs to the trace */
  int       skipped; /* days of rest within it */
} LinliClause;

/* A sentence in the making; what both languages need to know. */
typedef struct
{
  GString           *out;     /* (owned) */
  LinliTerm          term;    /* the limit, or the extension, that is being counted */
  LinliClause       *clauses; /* (unowned) */
  guint              n_clauses;
  gboolean           dated;   /* a weekday alone does not say which day is meant */
  int                year;    /* the year that goes without saying */
  LinliDate          spoken;  /* the day that was spoken of last */
  gboolean           counted; /* something has been counted already */
} LinliNarration;

gboolean linli_narration_is_last      (const LinliNarration *narration,
                                       guint                 i);
gboolean linli_narration_counts_days  (const LinliNarration *narration,
                                       const LinliStep      *step);
gboolean linli_narration_has_gap      (const LinliNarration *narration,
                                       const LinliStep      *step);
gboolean linli_narration_is_weekend   (const LinliStep      *step);

void     linli_narrate_zh             (LinliNarration       *narration);
void     linli_narrate_en             (LinliNarration       *narration);

G_END_DECLS
