/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"

G_BEGIN_DECLS

/* The part of a search that has words, answered by the full-text index. */

GArray  *linli_case_find_pks   (LinliConn      *conn,
                                LinliCaseQuery *query,
                                const char     *expression,
                                LinliCaseSort   sort,
                                guint           limit,
                                GError        **error);
GArray *linli_case_find_sorted (LinliConn     *conn,
                                LinliCaseQuery *query,
                                GArray         *pks,
                                LinliCaseSort   sort,
                                guint           limit,
                                GError        **error);
gboolean linli_case_find_count (LinliConn      *conn,
                                LinliCaseQuery *query,
                                const char     *expression,
                                guint           limit,
                                gint64         *count,
                                GError        **error);

G_END_DECLS
