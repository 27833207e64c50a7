/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* One command of an import, from the importing thread to the writing lane: in
 * the name of who began it, whoever sits at the desk by now. */
typedef struct
{
  LinliStore       *store;
  const char       *actor;   /* (nullable) */
  const char       *command;
  JsonObject       *args;
  const char       *written; /* (nullable) see linli_desk_submit_written() */
  LinliExecuteFlags flags;
  LinliOutcome     *outcome; /* (owned) (nullable) how it ended, from then on */
} LinliImportOrder;

LinliOutcome *linli_import_order_carry_out (LinliImportOrder *order,
                                            GError          **error);
JsonObject   *linli_import_order_give      (LinliStore       *store,
                                            const char       *actor,
                                            const char       *command,
                                            JsonObject       *args,
                                            GError          **error);
gboolean      linli_import_take_back       (LinliStore       *store,
                                            const char       *actor,
                                            const char       *import,
                                            GError          **error);

G_END_DECLS
