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

/* A macro about to be run. */
typedef struct
{
  char  *name;
  char  *steps;     /* as the store keeps them */
  char **overrides; /* (nullable): of a single case, see linli_macro_overrides() */
} LinliMacroPlan;

LinliMacroPlan *linli_macro_plan_load (LinliConn      *conn,
                                   const char     *macro,
                                   gint64          pk,
                                   GError        **error);
void        linli_macro_plan_free (LinliMacroPlan *self);

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

char       *linli_macro_record_text (LinliConn *conn,
                                   const char *case_id,
                                   const char *actor,
                                   GError    **error);
JsonArray  *linli_macro_record    (LinliConn  *conn,
                                   const char *case_id,
                                   const char *actor,
                                   GError    **error);

G_END_DECLS
