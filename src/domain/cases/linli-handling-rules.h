/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-limit.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* The bounds of returning, extending and suspending. Each may be set anew from
 * some moment on; what began before is judged by what held then. */
typedef enum
{
  LINLI_RULE_RETURN_WINDOW,     /* a limit: how long after sending a part may be returned */
  LINLI_RULE_RETURN_LIMIT,      /* returns that go back to the dispatcher; the next goes to ruling */
  LINLI_RULE_EXTENSION_LIMIT,   /* extensions granted to one case at most */
  LINLI_RULE_EXTENSION_LONGEST, /* one of them at most, in original limits */
  LINLI_RULE_SUSPENSION_DAYS,   /* a suspension at most, in days */
} LinliHandlingRule;

#define LINLI_N_HANDLING_RULES (LINLI_RULE_SUSPENSION_DAYS + 1)

const char *linli_handling_rule_name     (LinliHandlingRule   rule);
gboolean    linli_handling_rule_get      (LinliConn          *conn,
                                          LinliHandlingRule   rule,
                                          gint64              at,
                                          gint64             *number,
                                          GError            **error);
gboolean    linli_handling_rule_get_term (LinliConn          *conn,
                                          LinliHandlingRule   rule,
                                          gint64              at,
                                          LinliTerm          *term,
                                          GError            **error);
gboolean    linli_handling_rule_check    (const char         *name,
                                          const char         *value,
                                          GError            **error);

extern const LinliArgSpec linli_handling_set_rule_args[];
gboolean    linli_handling_set_rule_run  (LinliCommandContext *context,
                                          JsonObject          *args,
                                          GError             **error);
JsonNode   *linli_handling_rules_query   (LinliConn           *conn,
                                          const LinliQueryContext *context,
                                          JsonObject          *args,
                                          GError             **error);

G_END_DECLS
