/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk.h"
#include "linli-hub-service.h"

G_BEGIN_DECLS

/* Work in a workspace's own database that the operator waits for, who is one
 * person. Meanwhile the hub goes on serving. */

/* Runs in a lane. */
typedef gboolean (*LinliHubTask) (LinliConn  *conn,
                                  LinliClock *clock,
                                  gpointer    data,
                                  GError    **error);

char         *linli_hub_task_find_workspace (LinliHubService *service,
                                             const char      *typed,
                                             GError         **error);
gboolean      linli_hub_task_run            (LinliHubService *service,
                                             const char      *workspace,
                                             LinliDbLane      lane,
                                             LinliHubTask     func,
                                             gpointer         data,
                                             GError         **error);
gboolean      linli_hub_task_survey         (LinliHubService *service,
                                             const char      *workspace,
                                             LinliHubTask     func,
                                             gpointer         data,
                                             GError         **error);
LinliOutcome *linli_hub_task_submit         (LinliConn       *conn,
                                             LinliClock      *clock,
                                             const char      *command,
                                             JsonObject      *args,
                                             GError         **error);

G_END_DECLS
