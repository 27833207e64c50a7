/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* One action on many cases, worked through in turns of the writing lane, so
 * that a million cases keep nobody else waiting. Every case is judged by the
 * command itself, has an operation of its own and can be undone by itself; a
 * refused case stops no other. Between turns any thread may read the numbers. */
typedef enum
{
  LINLI_BULK_MODE_CHECK, /* try every case, change none */
  LINLI_BULK_MODE_RUN,
  LINLI_BULK_MODE_UNDO,  /* take back what an earlier run did */
} LinliBulkMode;

/* A case that was refused. */
typedef struct
{
  char *id;
  char *case_no; /* (nullable): it is gone */
  char *title;   /* (nullable) */
} LinliBulkCase;

/* Cases that were refused for one reason; no more than LINLI_BULK_SHOWN of
 * them are kept by name, the record in the store has all. */
typedef struct
{
  GError    *error;
  guint      n;
  GPtrArray *cases; /* (element-type LinliBulkCase) */
} LinliBulkGroup;

#define LINLI_BULK_SHOWN 500

typedef struct
{
  LinliBulkMode       mode;
  char               *command; /* name of the command, or "macro" */
  JsonObject         *shared;  /* (owned) arguments of every case; of a macro its name */
  GPtrArray          *steps;   /* (owned) (element-type LinliMacroStep) what is done to each case, or nothing of it */
  GArray             *pks;     /* (owned) (nullable): gint64, the cases */
  char               *query;   /* (nullable): how they were chosen */
  char               *bulk;    /* (nullable): id of the record; of a run once it began */

  guint               n_total;
  guint               n_seen;
  guint               n_done;    /* of a check: could be done */
  guint               n_refused;
  GPtrArray          *groups;    /* (element-type LinliBulkGroup) in the order of their first case */
  gboolean            stop;      /* set between turns: no further case */
  gboolean            finished;

  /* Its own */
  gboolean            begun;
  GPtrArray          *changes;   /* (element-type GPtrArray) of this turn, told to the lists after it */
  char               *unit;      /* (nullable): the actor handles for it alone */
  gint64              cursor;    /* of an undo: last record taken back */
  char               *last_case; /* (nullable): of an undo: the case last counted */
} LinliBulkJob;

LinliBulkJob *linli_bulk_job_new      (LinliBulkMode   mode,
                                       const char     *command,
                                       JsonObject     *shared,
                                       GArray         *pks,
                                       const char     *query,
                                       GError        **error);
LinliBulkJob *linli_bulk_job_new_macro (LinliBulkMode  mode,
                                       const char     *name,
                                       const char     *steps,
                                       GArray         *pks,
                                       const char     *query,
                                       GError        **error);
LinliBulkJob *linli_bulk_job_new_undo (const char     *bulk);
gboolean      linli_bulk_job_turn     (LinliBulkJob   *self,
                                       LinliConn      *conn,
                                       LinliDesk      *desk,
                                       LinliStore     *store,
                                       gint64          budget,
                                       GError        **error);
void          linli_bulk_job_free     (LinliBulkJob   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliBulkJob, linli_bulk_job_free)

G_END_DECLS
