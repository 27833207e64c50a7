/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* One case among those around another one. */
typedef struct
{
  char  *id;
  char  *title;
  char  *state;
  gint64 received_at; /* microseconds UTC */
  gint64 minutes;     /* working minutes from intake to close; -1: not closed, or not to be counted */
} LinliNearCase;

/* What surrounds a case: the same matter nearby, the resident's other matters,
 * and how the leaf usually goes. Frozen once loaded. */
typedef struct
{
  GPtrArray *near;         /* (element-type LinliNearCase) newest first */
  guint      n_near;
  GPtrArray *own;          /* (element-type LinliNearCase) of the same residents */
  guint      n_own;        /* without the case itself */
  guint      n_own_open;
  guint      n_own_rated;  /* call-backs that got a grade */
  guint      n_own_satisfied;
  GPtrArray *leaf;         /* (element-type LinliNearCase) closed last */
  guint      n_timed;      /* closed cases that the times are drawn from */
  gint64     median;       /* working minutes from intake to close */
  gint64     p90;
} LinliCaseContext;

#define LINLI_CASE_CONTEXT_SHOWN  5
#define LINLI_CASE_CONTEXT_NEWEST 2000 /* of a leaf; nearness is looked for among these */
#define LINLI_CASE_CONTEXT_TIMED  200  /* closed cases of a leaf whose times are taken */

LinliCaseContext *linli_case_context_load (LinliConn        *conn,
                                           const char       *case_id,
                                           GError          **error);
void              linli_case_context_free (LinliCaseContext *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseContext, linli_case_context_free)

G_END_DECLS
