/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"
#include "linli-trace.h"

G_BEGIN_DECLS

/* One fact that an entry carries beside its words. */
typedef struct
{
  char    *name;
  char    *before;    /* (nullable): only of a change */
  char    *value;     /* (nullable): as it is now; lists are joined */
  gboolean is_change;
  gboolean is_time;   /* the values are microseconds UTC */
} LinliCaseFact;

GPtrArray *linli_case_facts_read    (const char    *payload);
char      *linli_case_clock_to_text (LinliRow      *clock,
                                     LinliLanguage  language);

G_END_DECLS
