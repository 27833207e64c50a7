/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-callback-sheet.h"
#include "linli-case-detail.h"
#include "linli-duty-units.h"
#include "linli-evidence.h"
#include "linli-lanes.h"
#include "linli-route-note.h"
#include "linli-routing.h"

G_BEGIN_DECLS

/* A case with the names that its codes stand for: what one screen shows.
 * Frozen once loaded: any thread may hold it. */
typedef struct
{
  LinliCaseDetail *detail;
  GHashTable      *channels; /* code -> name, of the submissions */
  LinliDutyUnits  *units;    /* (nullable): whom the duty item names */
  char            *owner;    /* (nullable): name of the account */
  GPtrArray       *supervisions; /* every one of the case, oldest first */
  GPtrArray       *ladder;   /* (nullable): its rules, where a unit may be pressed */
  LinliWorkCalendar *calendar; /* (nullable): for the ladder */
  LinliCallbackSheet *callbacks; /* (nullable): once the case got as far as that */
  GPtrArray       *evidence; /* LinliEvidence: what should show the result, and what does */
  LinliRow        *note;     /* (nullable): a half-typed note, a draft row */
  LinliMatterFacts *facts;   /* what is asked about its leaf, and whose it turned out to be */
  LinliLaneSheet  *lanes;    /* what was recorded on the lane it goes */
  LinliDutyUnits  *proposed; /* (nullable): the units that @routing proposes */
  LinliRouting    *routing;  /* (nullable): whom it should go to, while it waits to be dispatched */
  LinliRow        *instead;  /* (nullable): the unit whose it is, says the one that returned it last */
} LinliCaseSheet;

LinliCaseSheet *linli_case_sheet_load (LinliConn      *conn,
                                       const char     *case_id,
                                       const char     *actor,
                                       LinliRole       roles,
                                       GError        **error);
void            linli_case_sheet_free (LinliCaseSheet *self);
char           *linli_case_find_id    (LinliConn      *conn,
                                       const char     *subject,
                                       GError        **error);
const char     *linli_case_sheet_get_channel (LinliCaseSheet *self,
                                       const char     *code);
gboolean        linli_case_sheet_allows (LinliCaseSheet *self,
                                       const char     *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseSheet, linli_case_sheet_free)

G_END_DECLS
