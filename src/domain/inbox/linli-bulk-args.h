/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

gboolean    linli_bulk_is_possible (const LinliCommand *command);
JsonObject *linli_bulk_args        (LinliConn          *conn,
                                    const LinliCommand *command,
                                    JsonObject         *shared,
                                    LinliRow           *case_row,
                                    const char         *unit,
                                    GError            **error);

gboolean    linli_bulk_fill_texts  (LinliConn          *conn,
                                    JsonObject         *args,
                                    const char         *case_id,
                                    gint64              now,
                                    const char         *actor,
                                    GError            **error);

G_END_DECLS
