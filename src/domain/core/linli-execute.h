/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_EXECUTE_DRY_RUN = 1 << 0, /* check and tell, write nothing */
  LINLI_EXECUTE_QUEUE   = 1 << 1, /* put the operation into the outbox for a hub */
  LINLI_EXECUTE_BARE    = 1 << 2, /* the store has no projections: a hub's has none */
  LINLI_EXECUTE_AGAIN   = 1 << 3, /* a known operation on newer rows: rows alone, the trail has it already */
  LINLI_EXECUTE_STEP    = 1 << 4, /* of a work whose end alone is told to anybody: see linli_conn_relax() */
} LinliExecuteFlags;

/* How an operation ended. */
typedef struct
{
  char       *operation; /* its id */
  JsonObject *result;    /* (owned) what the command tells */
  GPtrArray  *changes;   /* (owned) (element-type LinliChange) rows changed */
  gboolean    repeated;  /* the operation was known: this is its first answer */
} LinliOutcome;

LinliOutcome *linli_execute_in      (LinliTx              *tx,
                                     const LinliOperation *operation,
                                     LinliExecuteFlags     flags,
                                     GError              **error);
LinliOutcome *linli_execute         (LinliConn            *conn,
                                     const LinliOperation *operation,
                                     LinliExecuteFlags     flags,
                                     GError              **error);
gboolean      linli_execute_project (LinliTx              *tx,
                                     gboolean              whole,
                                     GError              **error);
void          linli_outcome_free    (LinliOutcome         *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliOutcome, linli_outcome_free)

G_END_DECLS
