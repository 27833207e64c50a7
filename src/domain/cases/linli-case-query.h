/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-query-text.h"

G_BEGIN_DECLS

/* A search line as questions about cases. All of them must hold; naming
 * several states means any of them. What cannot be understood is searched as
 * words, and an issue of @text says so: a search is never silently empty. */

/* Where a word is looked for. */
typedef enum
{
  LINLI_CASE_FIELD_ANY,
  LINLI_CASE_FIELD_PEOPLE,
  LINLI_CASE_FIELD_UNIT,
  LINLI_CASE_FIELD_ITEM,
  LINLI_CASE_FIELD_CHANNEL,
} LinliCaseField;

/* What a case waits for beside its state. */
typedef enum
{
  LINLI_AWAITS_RULING     = 1 << 0, /* 裁决 */
  LINLI_AWAITS_EXTENSION  = 1 << 1, /* 延期, asked for */
  LINLI_AWAITS_SUSPENSION = 1 << 2, /* 挂起, asked for */
  LINLI_AWAITS_LOOK       = 1 << 3, /* 拆分: a whole, since whose last change a part changed */
} LinliCaseAwaits;

typedef struct
{
  LinliCaseField field;
  char         **texts; /* any of them */
  gboolean       excluded;
} LinliCaseTerm;

/* A span of time, microseconds UTC: from <= t < before; 0 is no bound. */
typedef struct
{
  gint64   from;
  gint64   before;
  gboolean excluded; /* outside it */
} LinliTimeSpan;

/* What only the figures know of a case, see linli-figure-choice.h. */
typedef struct _LinliFigureChoice LinliFigureChoice;

typedef struct
{
  LinliQueryText *text;      /* what was typed, and what was not understood */
  GPtrArray      *terms;     /* LinliCaseTerm */
  guint           states;    /* set, see linli-case-state.h */
  int             overdue;   /* 1 only overdue, -1 only others, 0 all */
  GArray         *due;       /* LinliTimeSpan */
  GArray         *received;  /* LinliTimeSpan */
  char           *owner;     /* (nullable): account id */
  char           *not_owner; /* (nullable) */
  LinliFigureChoice *figures; /* (nullable) */
  gint64          now;
  guint           awaits;    /* any of LinliCaseAwaits; 0: none was named */
  guint           not_awaits;
  char           *unit;      /* (nullable): only what was dispatched to it, see linli-unit-scope.h */
  guint           stages;    /* any of LinliPartStage; 0: none was named */
  guint           not_stages;
} LinliCaseQuery;

LinliCaseQuery *linli_case_query_load  (LinliConn      *conn,
                                        const char     *line,
                                        gint64          now,
                                        const char     *actor,
                                        GError        **error);
void            linli_case_query_free  (LinliCaseQuery *self);
gboolean        linli_time_span_holds  (const LinliTimeSpan *span,
                                        gint64          time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseQuery, linli_case_query_free)

G_END_DECLS
