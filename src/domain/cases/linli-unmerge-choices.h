/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* Before a merge is undone: what came to the other case since, which may stay,
 * go along or be copied. Frozen once loaded: any thread may hold it. */
typedef struct
{
  LinliRow  *source;      /* the merged case */
  LinliRow  *root;        /* where its residents are now */
  LinliRow  *record;      /* of the merge */
  GPtrArray *entries;     /* LinliRow: notes, files and replies, oldest first */
  GPtrArray *submissions; /* LinliRow: further voices, oldest first */
} LinliUnmergeChoices;

LinliUnmergeChoices *linli_unmerge_choices_load (LinliConn            *conn,
                                                 const char           *case_id,
                                                 GError              **error);
void                 linli_unmerge_choices_free (LinliUnmergeChoices  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliUnmergeChoices, linli_unmerge_choices_free)

G_END_DECLS
