/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* The statements that reading and writing rows of a table come down to. */
typedef struct
{
  char *insert;    /* every column in order, from ?1 */
  char *insert_at; /* the same, and the local key behind them */
  char *select;    /* pk and every column in order; ends behind WHERE */
  char *find;      /* the same, by id ?1 */
  char *remove;    /* by id ?1 */
} LinliRowSql;

const LinliRowSql *linli_row_sql_get    (LinliConn        *conn,
                                         const LinliTable *table);
char              *linli_row_sql_update (const LinliTable *table,
                                         const guint      *columns,
                                         guint             n_columns);

G_END_DECLS
