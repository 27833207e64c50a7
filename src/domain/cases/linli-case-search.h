/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-query.h"
#include "linli-conn.h"

G_BEGIN_DECLS

/* How a view is ordered. Ties fall to the case stored later, so that the
 * order is the same every time. */
typedef enum
{
  LINLI_CASE_SORT_RECEIVED, /* newest first */
  LINLI_CASE_SORT_DUE,      /* most urgent first; then those that no clock runs on, newest first */
  LINLI_CASE_SORT_TOUCHED,  /* last touched first */
} LinliCaseSort;

GArray     *linli_case_search_ids     (LinliConn      *conn,
                                       const char     *query,
                                       LinliCaseSort   sort,
                                       gint64          now,
                                       const char     *actor,
                                       guint           limit,
                                       GError        **error);
gboolean    linli_case_search_count   (LinliConn      *conn,
                                       const char     *query,
                                       gint64          now,
                                       const char     *actor,
                                       gint64         *count,
                                       GError        **error);
GArray     *linli_case_search_run     (LinliConn      *conn,
                                       LinliCaseQuery *query,
                                       LinliCaseSort   sort,
                                       guint           limit,
                                       GError        **error);
gboolean    linli_case_search_run_count (LinliConn    *conn,
                                       LinliCaseQuery *query,
                                       guint           limit,
                                       gint64         *count,
                                       GError        **error);

const char *linli_case_sort_to_text   (LinliCaseSort   sort);
gboolean    linli_case_sort_from_text (const char     *text,
                                       LinliCaseSort  *sort);

G_END_DECLS
