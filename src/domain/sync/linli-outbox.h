/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* The operations of this desk on their way: queued until the hub has decided
 * them, decided until its rows are here, settled for as long as a hub restored
 * from a backup might have lost them. Being sent is no state: it ends with the
 * program. */

/* One line of a push. */
typedef struct
{
  char  *id;
  gint64 seq;
  char  *body; /* the exact line */
} LinliOutboxLine;

/* How much waits, and since when. */
typedef struct
{
  gint64 n_queued;
  gint64 n_decided;
  gint64 n_held;    /* of the queued: not visible in the tables for the moment */
  gint64 oldest_at; /* when the oldest queued one was made; 0 when none is */
  gint64 n_parked;  /* open 待处理 */
} LinliOutboxCount;

gboolean   linli_outbox_add       (LinliTx          *tx,
                                   const char       *operation,
                                   GError          **error);
gboolean   linli_outbox_number    (LinliTx          *tx,
                                   GError          **error);
GPtrArray *linli_outbox_next      (LinliConn        *conn,
                                   guint             max_lines,
                                   gsize             max_bytes,
                                   GError          **error);
gboolean   linli_outbox_rewind    (LinliTx          *tx,
                                   gint64            expect,
                                   gboolean          settle,
                                   gint64           *n_rewound,
                                   GError          **error);
gboolean   linli_outbox_settle    (LinliTx          *tx,
                                   gint64            complete_rev,
                                   GError          **error);
gboolean   linli_outbox_forget    (LinliTx          *tx,
                                   gint64            before,
                                   GError          **error);
gboolean   linli_outbox_note_try  (LinliConn        *conn,
                                   const char       *reason,
                                   GError          **error);
gboolean   linli_outbox_get_oldest (LinliConn       *conn,
                                   gint64           *seq,
                                   GError          **error);
#ifdef LINLI_PLANT
void       linli_outbox_assume    (LinliConn        *conn);
gboolean   linli_outbox_find_number (LinliTx        *tx,
                                   gint64            seq,
                                   LinliRow        **row,
                                   GError          **error);
#else
#define    linli_outbox_assume(conn) ((void) 0)
#define    linli_outbox_find_number(tx, seq, row, error) FALSE
#endif
gboolean   linli_outbox_count     (LinliConn        *conn,
                                   LinliOutboxCount *count,
                                   GError          **error);

G_END_DECLS
