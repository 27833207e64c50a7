/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-limit.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* 办理规定: what a centre may decide for itself about how cases end. Each has
 * a value from the beginning, so an untouched centre works. */

#define LINLI_POLICY_FOUR_EYES         "four-eyes"             /* off, unit, strict */
#define LINLI_POLICY_CALLBACK_ATTEMPTS "callback-attempts"     /* half days on which nobody was reached */
#define LINLI_POLICY_CALLBACK_REQUIRED "callback-required"     /* yes, no */
#define LINLI_POLICY_REDO_LIMIT        "redo-limit"            /* redone more often goes to the supervisor */
#define LINLI_POLICY_REVIEW_PERIOD     "review-period"         /* limit after closing */
#define LINLI_POLICY_REPLY_LIMIT       "supervision-reply"     /* limit for a unit's answer */
#define LINLI_POLICY_AUTOMATIC         "supervision-automatic" /* yes, no */

char     *linli_policy_dup      (LinliConn   *conn,
                                 const char  *code,
                                 GError     **error);
gboolean  linli_policy_get_int  (LinliConn   *conn,
                                 const char  *code,
                                 gint64      *value,
                                 GError     **error);
gboolean  linli_policy_is       (LinliConn   *conn,
                                 const char  *code,
                                 const char  *value,
                                 gboolean    *is,
                                 GError     **error);
gboolean  linli_policy_check    (const char  *code,
                                 const char  *value,
                                 GError     **error);
gboolean  linli_term_from_text  (const char  *text,
                                 LinliTerm   *term);

extern const LinliArgSpec linli_policy_set_args[];
gboolean  linli_policy_set_run  (LinliCommandContext     *context,
                                 JsonObject              *args,
                                 GError                 **error);
JsonNode *linli_policy_list     (LinliConn               *conn,
                                 const LinliQueryContext *context,
                                 JsonObject              *args,
                                 GError                 **error);

G_END_DECLS
