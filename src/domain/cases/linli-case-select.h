/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"
#include "linli-case-set.h"

G_BEGIN_DECLS

/* The part of a search that needs no words: read from indexes in view order. */

GArray  *linli_case_select_pks   (LinliConn      *conn,
                                  LinliCaseQuery *query,
                                  LinliCaseSort   sort,
                                  const LinliCaseSet *only,
                                  guint           limit,
                                  GError        **error);
gboolean linli_case_select_unwanted (LinliConn   *conn,
                                  LinliCaseQuery *query,
                                  LinliCaseSet   *unwanted,
                                  GError        **error);
gboolean linli_case_select_asks_more (LinliCaseQuery *query);
gboolean linli_case_select_asks_few (LinliCaseQuery *query);
gboolean linli_case_select_count (LinliConn      *conn,
                                  LinliCaseQuery *query,
                                  guint           limit,
                                  gint64         *count,
                                  GError        **error);

G_END_DECLS
