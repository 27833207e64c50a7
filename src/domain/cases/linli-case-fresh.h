/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* A case made in a transaction, with all its rows as the record of changes has
 * them: what is derived of it need not read them back, which costs an import
 * as much as writing them. */
typedef struct
{
  LinliRow  *matter; /* (unowned) the case */
  GPtrArray *rows;   /* (element-type LinliRow) (unowned): submissions, dispatches, clocks and entries; those of one
                      * table in the order of their local keys */
} LinliCaseFresh;

GHashTable *linli_case_fresh_gather (LinliTx *tx);

G_END_DECLS
