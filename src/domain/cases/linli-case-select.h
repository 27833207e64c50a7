/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"

G_BEGIN_DECLS

/* The part of a search that needs no words: read from indexes in view order. */

GArray  *linli_case_select_pks   (LinliConn      *conn,
                                  LinliCaseQuery *query,
                                  LinliCaseSort   sort,
                                  guint           limit,
                                  GError        **error);
gboolean linli_case_select_count (LinliConn      *conn,
                                  LinliCaseQuery *query,
                                  guint           limit,
                                  gint64         *count,
                                  GError        **error);

G_END_DECLS
