/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-query.h"

G_BEGIN_DECLS

/* A search line on its way to being a query. */
typedef struct
{
  LinliCaseQuery *query;
  LinliConn      *conn;
  GTimeZone      *zone;
  const char     *actor;
  guint           wanted;   /* states named; 0: none */
  guint           unwanted;
} LinliQueryReader;

void     linli_query_reader_take_as_words (LinliQueryReader  *self,
                                           const LinliClause *clause);
gboolean linli_query_reader_is_figure     (const LinliClause *clause);
gboolean linli_query_reader_read_figure   (LinliQueryReader  *self,
                                           const LinliClause *clause,
                                           GError           **error);

G_END_DECLS
