/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-args.h"
#include "linli-hub-intake.h"
#include "linli-hub-keys.h"
#include "linli-hub-service.h"
#include "linli-http-request.h"

G_BEGIN_DECLS

/* The side doors: what comes in without being a desk. A table of paths says
 * who may come and how much they may bring; the documentation of all routes is
 * made from it. */

typedef struct
{
  const char         *method;
  const char         *path;    /* "{name}" stands for any one part */
  gsize               limit;   /* bytes of a body */
  void              (*handle) (LinliHubService *service, LinliHttpRequest *request, GStrv parts); /* what stood for names */
  const char         *key;     /* (nullable): which key opens it */
  const LinliArgSpec *args;    /* (nullable): of a JSON body */
  const char         *query;   /* (nullable): parameters, separated by spaces */
  const char         *doc;     /* one sentence */
} LinliHubRoute;

extern const LinliHubRoute linli_hub_side_routes[]; /* ends with a NULL method */

/* @status: 200 and a @key, or why nobody is let in: 401, 429, 503 */
typedef void (*LinliHubAdmit) (LinliHubService   *service,
                               LinliHttpRequest  *request,
                               guint              status,
                               const LinliHubKey *key,
                               gpointer           data);

gboolean linli_hub_side_handle (LinliHubService   *service,
                                LinliHttpRequest  *request);
gboolean linli_hub_side_limit  (const char        *method,
                                const char        *path,
                                gsize             *limit);
void     linli_hub_side_admit  (LinliHubService   *service,
                                LinliHttpRequest  *request,
                                const char        *secret,
                                const char        *kind,
                                LinliHubAdmit      func,
                                gpointer           data);
const char *linli_hub_side_bearer (LinliHttpRequest *request);
void     linli_hub_side_refuse (LinliHttpRequest  *request,
                                guint              status,
                                const char        *name,
                                const char        *title,
                                const char        *field);
void     linli_hub_side_refuse_error (LinliHttpRequest *request,
                                const GError      *error);
void     linli_hub_side_turn_away (LinliHttpRequest *request,
                                guint              status);
guint    linli_hub_side_status (const GError      *error);
char    *linli_hub_side_secret (LinliHubService   *service,
                                const char        *workspace,
                                const char        *receipt_no);

void     linli_hub_door_intake (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void     linli_hub_door_status (LinliHubService *service, LinliHttpRequest *request, GStrv parts);

extern const LinliArgSpec linli_hub_door_intake_args[];

G_END_DECLS
