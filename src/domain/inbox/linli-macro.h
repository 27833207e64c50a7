/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* One step of a macro: a command of the cases room and its arguments. */
typedef struct
{
  const LinliCommand *command;
  JsonObject         *args; /* (owned) without the case */
} LinliMacroStep;

GPtrArray  *linli_macro_parse     (const char *steps,
                                   GError    **error);
GPtrArray  *linli_macro_single    (const LinliCommand *command,
                                   JsonObject *args);
const char **linli_macro_overrides (GPtrArray  *steps,
                                   LinliRow   *case_row);
GPtrArray  *linli_macro_find      (LinliConn  *conn,
                                   const char *actor,
                                   GError    **error);

gboolean    linli_macro_find_named (LinliConn *conn,
                                   const char *name,
                                   const char *actor,
                                   LinliRow  **macro,
                                   GError    **error);

G_END_DECLS
