/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-db.h"
#include "linli-http-request.h"
#include "linli-hub-place.h"
#include "linli-hub-queue.h"

G_BEGIN_DECLS

/* An open workspace: its lanes, and the desks that wait for something new
 * in it. Lives in the main thread; only the jobs run in the lanes. */

typedef struct _LinliHubWorkspace LinliHubWorkspace;

/* Runs in a lane with the workspace's own connection. */
typedef LinliHubReply *(*LinliHubWork) (LinliConn *conn,
                                        gpointer   data);

/* In the main thread again. @reply is NULL when the request was given up, or
 * the database could not be opened, which @error then says. */
typedef void (*LinliHubWorkDone) (LinliHubWorkspace *workspace,
                                  LinliHubReply     *reply,
                                  const GError      *error,
                                  gpointer           data);

LinliHubWorkspace *linli_hub_workspace_new      (const LinliHubPlace *place,
                                                 const char         *id);
void               linli_hub_workspace_free     (LinliHubWorkspace  *self);
const char        *linli_hub_workspace_get_id   (LinliHubWorkspace  *self);
LinliHubQueue     *linli_hub_workspace_get_queue (LinliHubWorkspace *self);
void               linli_hub_workspace_run      (LinliHubWorkspace  *self,
                                                 LinliDbLane         lane,
                                                 LinliHubWork        work,
                                                 LinliHubWorkDone    done,
                                                 gpointer            data,
                                                 GDestroyNotify      data_free,
                                                 GCancellable       *cancellable);
void               linli_hub_workspace_look     (LinliHubWorkspace *self,
                                                 LinliHubWork       work,
                                                 LinliHubWorkDone   done,
                                                 gpointer           data,
                                                 GCancellable      *cancellable);
void               linli_hub_workspace_survey   (LinliHubWorkspace  *self,
                                                 LinliHubWork        work,
                                                 LinliHubWorkDone    done,
                                                 gpointer            data);
gboolean           linli_hub_workspace_is_idle  (LinliHubWorkspace  *self,
                                                 gint64              since);

guint64            linli_hub_workspace_get_turn (LinliHubWorkspace  *self);
void               linli_hub_workspace_changed  (LinliHubWorkspace  *self);
guint              linli_hub_workspace_n_waiting (LinliHubWorkspace *self);
gboolean           linli_hub_workspace_wait     (LinliHubWorkspace  *self,
                                                 guint64             turn,
                                                 guint               seconds,
                                                 GCancellable       *cancellable,
                                                 GSourceFunc         wake,
                                                 gpointer            data);
void               linli_hub_workspace_wake_all (LinliHubWorkspace  *self);

G_END_DECLS
