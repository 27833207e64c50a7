/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-merge-preview.h"

G_BEGIN_DECLS

/* What the merge form asks the store. Both are plain data for the read lane. */
typedef struct
{
  char      *target; /* (nullable): to be chosen */
  GPtrArray *ids;
} LinliMergeQuestion;

typedef struct
{
  GPtrArray *ids;    /* (owned) (nullable): the cases at hand, and what is near them */
  char      *typed;  /* (owned) (nullable): or what somebody looks for */
  char      *actor;
  gint64     now;
} LinliMergeWanted;

void     linli_merge_question_free (gpointer    data);
gpointer linli_merge_question_read (LinliConn  *conn,
                                    gpointer    data,
                                    GError    **error);
void     linli_merge_wanted_free   (gpointer    data);
gpointer linli_merge_wanted_read   (LinliConn  *conn,
                                    gpointer    data,
                                    GError    **error);

G_END_DECLS
