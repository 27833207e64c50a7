/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* 时限 of a leaf of the duty list: within what time each thing has to happen.
 * A change makes the leaf's next version, for the cases registered from then
 * on; if wanted, the open cases go under it too, their clocks with them. */

extern const char *const linli_duty_limit_kinds[]; /* kinds of clocks, NULL-terminated */

/* A leaf as the list of limits shows it. */
typedef struct
{
  LinliRow *item;   /* (owned) the version in force */
  gint64    n_open; /* open cases under it, in whatever version */
} LinliDutyLimits;

void       linli_duty_limits_free (LinliDutyLimits *self);
GPtrArray *linli_duty_limits_load (LinliConn       *conn,
                                   GError         **error);

extern const LinliArgSpec linli_duty_set_limits_args[];
gboolean   linli_duty_set_limits_run (LinliCommandContext *context,
                                   JsonObject          *args,
                                   GError             **error);
extern const LinliArgSpec linli_duty_limits_args[];
JsonNode  *linli_duty_limits_query (LinliConn              *conn,
                                   const LinliQueryContext *context,
                                   JsonObject              *args,
                                   GError                 **error);

G_END_DECLS
