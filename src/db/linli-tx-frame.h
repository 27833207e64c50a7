/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* What changed since a point that a transaction can go back to. */
typedef struct _LinliTxFrame LinliTxFrame;
struct _LinliTxFrame
{
  LinliTxFrame *outer;   /* (owned) (nullable) */
  GPtrArray    *changes; /* (owned) LinliChange, in the order rows were first touched */
  GHashTable   *index;   /* (owned) set of what rows they are about */
  gboolean      is_part; /* some of what changed since was handed over and is not among @changes */
};

LinliTxFrame *linli_tx_frame_new   (LinliTxFrame     *outer);
LinliTxFrame *linli_tx_frame_drop  (LinliTxFrame     *self);
LinliTxFrame *linli_tx_frame_merge (LinliTxFrame     *self);
GPtrArray    *linli_tx_frame_take  (LinliTxFrame     *self);
void          linli_tx_frame_note  (LinliTxFrame     *self,
                                    const LinliTable *table,
                                    const char       *id,
                                    LinliRow         *before,
                                    LinliRow         *after);

G_END_DECLS
