/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"
#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* A hub, and a desk that can join it, in the same process. */
typedef struct
{
  char            *folder;
  LinliFakeClock   clock;
  LinliHubService *service;
  LinliHttpServer *server;
  LinliStore      *store;
  LinliSyncAgent  *agent;
  char            *workspace;
  gboolean       (*refuse) (LinliHttpRequest *request, gpointer data); /* (nullable): what gets no answer of the hub's: its own, or none */
  gpointer         refuse_data;
} OneDesk;

void        one_desk_set_up    (OneDesk       *f,
                                gconstpointer  unused);
void        one_desk_join      (OneDesk       *f);
void        one_desk_tear_down (OneDesk       *f,
                                gconstpointer  unused);
LinliReply *one_desk_run       (OneDesk       *f,
                                const char    *command,
                                const char    *args);
void        one_desk_wait      (OneDesk       *f,
                                gboolean     (*func) (OneDesk *f));
void        one_desk_rest      (OneDesk       *f);

G_END_DECLS
