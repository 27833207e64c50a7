/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* What is derived from the rows of the cases room and stands beside them on a
 * desk, brought up to date inside every transaction:
 *
 *   case_search  the document of every case, see linli-case-doc.h
 *   case_fts     the full-text index over it
 *   case_tally   how many cases are in each state
 *   case_span    between which times the cases of a stretch of keys arrived
 *   case_measure what every case counts for in the figures, see
 *                linli-case-measure.h; case_word has the names it counts under */

/* Cases whose keys agree above these bits are one stretch in case_span. */
#define LINLI_CASE_SPAN_BITS 12

extern const char linli_case_index_sql[];

gboolean linli_case_index_project (LinliTx   *tx,
                                   gboolean   whole,
                                   GError   **error);
gboolean linli_case_index_rebuild (LinliConn *conn,
                                   GError   **error);
gboolean linli_case_index_put_off (LinliConn *conn,
                                   gint64    *from,
                                   GError   **error);
gboolean linli_case_index_some    (LinliConn *conn,
                                   guint      n,
                                   gint64    *from,
                                   GError   **error);
gboolean linli_case_index_verify  (LinliConn *conn,
                                   GPtrArray *problems,
                                   GError   **error);

G_END_DECLS
