/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* Before a merge: who would come together, until when, and what speaks
 * against it. Frozen once loaded: any thread may hold it. */

typedef enum
{
  LINLI_MERGE_OTHER_ITEM   = 1 << 0, /* under another leaf than the target */
  LINLI_MERGE_OTHER_PLACE  = 1 << 1,
  LINLI_MERGE_FAR_APART    = 1 << 2, /* received more than three days apart */
  LINLI_MERGE_UNIT_AT_WORK = 1 << 3, /* a unit that the target does not have is at work on it */
  LINLI_MERGE_EARLIER      = 1 << 4, /* its limit runs out before the target's */
  LINLI_MERGE_CONFIDENTIAL = 1 << 5, /* makes the target confidential */
  LINLI_MERGE_SETTLED      = 1 << 6, /* the target, or this, only waits for review or call-back */
} LinliMergeWarning;

#define LINLI_MERGE_NEAR_DAYS 3
#define LINLI_MERGE_MAX_SOURCES 100 /* that case.merge takes at once */

typedef struct
{
  LinliRow          *row;         /* the case */
  GPtrArray         *submissions; /* LinliRow, oldest first */
  GPtrArray         *names;       /* (element-type utf8) of their residents, "" for unknown ones */
  LinliMergeWarning  warnings;
  const char        *refusal;     /* (nullable): the reason why it cannot be merged, as case.merge names it */
} LinliMergeCase;

typedef struct
{
  LinliMergeCase *target;
  GPtrArray      *sources;  /* LinliMergeCase, as asked */
  gint64          n_residents; /* of all together */
  gint64          due_at;   /* of the target afterwards; 0 when no clock would run */
  LinliRow       *due_from; /* (nullable): the case whose limit that is */
} LinliMergePreview;

LinliMergePreview *linli_merge_preview_load   (LinliConn         *conn,
                                               const char        *target,
                                               GPtrArray         *sources,
                                               GError           **error);
void               linli_merge_preview_free   (LinliMergePreview *self);
GPtrArray         *linli_merge_candidates_load (LinliConn        *conn,
                                               const char        *case_id,
                                               guint              limit,
                                               GError           **error);
gboolean           linli_merge_search         (LinliConn         *conn,
                                               const char        *typed,
                                               gint64             now,
                                               const char        *actor,
                                               guint              limit,
                                               GPtrArray         *found,
                                               GError           **error);
char              *linli_merge_choose_target  (LinliConn         *conn,
                                               GPtrArray         *ids,
                                               GError           **error);
LinliMergeCase    *linli_merge_case_load      (LinliConn         *conn,
                                               const char        *id,
                                               GError           **error);
void               linli_merge_case_free      (LinliMergeCase    *self);
const char        *linli_merge_warning_to_text (LinliMergeWarning warning);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliMergePreview, linli_merge_preview_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliMergeCase, linli_merge_case_free)

G_END_DECLS
