/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* One writing transaction and what it changed. Commands touch data only
 * through this: the record of changes is the audit entry, the undo, the feed
 * and the signal to the lists, all from one place. */
typedef struct _LinliTx LinliTx;

/* The first state before and the last state after, per row. */
typedef struct
{
  const LinliTable *table;
  LinliRow         *before; /* (owned) (nullable): NULL for a new row */
  LinliRow         *after;  /* (owned) (nullable): NULL for a removed row */
} LinliChange;

/* @changes: (element-type LinliChange): what was committed; not to be kept. */
typedef void (*LinliTxObserver) (GPtrArray *changes,
                                 gpointer   data);

void        linli_tx_observe     (LinliConn        *conn,
                                  LinliTxObserver   func,
                                  gpointer          data);
LinliTx    *linli_tx_begin       (LinliConn        *conn,
                                  GError          **error);
gboolean    linli_tx_commit      (LinliTx          *tx,
                                  GError          **error);
void        linli_tx_free        (LinliTx          *tx);
LinliConn  *linli_tx_get_conn    (LinliTx          *tx);
void        linli_tx_keep_rows   (LinliTx          *tx);
GPtrArray  *linli_tx_get_changes (LinliTx          *tx);
GPtrArray  *linli_tx_take_changes (LinliTx         *tx);
gboolean    linli_tx_push        (LinliTx          *tx,
                                  GError          **error);
gboolean    linli_tx_pop         (LinliTx          *tx,
                                  gboolean          keep,
                                  GError          **error);

gboolean    linli_tx_find        (LinliTx          *tx,
                                  const LinliTable *table,
                                  const char       *id,
                                  LinliRow        **row,
                                  GError          **error);
LinliRow   *linli_tx_get         (LinliTx          *tx,
                                  const LinliTable *table,
                                  const char       *id,
                                  GError          **error);
GPtrArray  *linli_tx_select      (LinliTx          *tx,
                                  const LinliTable *table,
                                  GError          **error,
                                  const char       *condition,
                                  const char       *types,
                                  ...);
GPtrArray  *linli_conn_select    (LinliConn        *conn,
                                  const LinliTable *table,
                                  GError          **error,
                                  const char       *condition,
                                  const char       *types,
                                  ...);
gboolean    linli_tx_insert      (LinliTx          *tx,
                                  LinliRow         *row,
                                  GError          **error);
gboolean    linli_tx_insert_last (LinliTx          *tx,
                                  LinliRow         *row,
                                  GError          **error);
gboolean    linli_tx_load        (LinliTx          *tx,
                                  LinliRow         *row,
                                  GError          **error);
gboolean    linli_tx_update      (LinliTx          *tx,
                                  LinliRow         *row,
                                  GError          **error);
gboolean    linli_tx_put         (LinliTx          *tx,
                                  LinliRow         *row,
                                  GError          **error);
gboolean    linli_tx_delete      (LinliTx          *tx,
                                  const LinliTable *table,
                                  const char       *id,
                                  GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliTx, linli_tx_free)

G_END_DECLS
