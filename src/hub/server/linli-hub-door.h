/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"
#include "linli-http-request.h"

G_BEGIN_DECLS

/* What happens behind each door. A visit is a request of a device that has
 * shown its token; the door frees it when it has answered. */
typedef struct _LinliHubVisit LinliHubVisit;

struct _LinliHubVisit
{
  LinliHubService   *service;   /* (unowned): outlives its requests */
  LinliHttpRequest  *request;   /* (owned) */
  LinliHubWorkspace *workspace; /* (unowned): open while a job or a wait is under way */
  char              *workspace_id;
  char              *device;
  LinliWireConfig    config;    /* as it was when the request came */
  gint64             now;
  char              *word;      /* (nullable) the cursor, the fresh identity, the hash of a file */
  gint64             until;     /* monotonic: how long it waits for something new; 0: not */
  guint64            turn;      /* in which it last looked */
  char              *seen;      /* (nullable) what there was when it began to wait */
  gint64             asked_at;  /* monotonic */
  LinliHubTicket    *ticket;    /* (owned) (nullable) of a push */
  LinliHubWork       work;      /* of a door that waits */
  gboolean         (*is_news) (LinliHubVisit *visit, LinliHubReply *reply);
  gint64             after;     /* the revision the desk has seen; -1: it does not say */
};

LinliHubVisit *linli_hub_visit_new (LinliHubService  *service,
                                    LinliHttpRequest *request,
                                    const char       *workspace,
                                    const char       *device);
void           linli_hub_visit_free (LinliHubVisit   *visit);

void linli_hub_door_health  (LinliHubService *service, LinliHttpRequest *request);
void linli_hub_door_ready   (LinliHubService *service, LinliHttpRequest *request);
void linli_hub_door_config  (LinliHubService *service, LinliHttpRequest *request);
void linli_hub_door_enrol   (LinliHubService *service, LinliHttpRequest *request);
void linli_hub_door_token   (LinliHubService *service, LinliHttpRequest *request);

void linli_hub_door_tip     (LinliHubVisit *visit);
void linli_hub_door_ops     (LinliHubVisit *visit);
void linli_hub_door_changes (LinliHubVisit *visit);
void linli_hub_door_digest  (LinliHubVisit *visit);
void linli_hub_door_fork    (LinliHubVisit *visit);
void linli_hub_door_presence (LinliHubVisit *visit);

void linli_hub_door_devices       (LinliHubVisit *visit);
void linli_hub_door_device_code   (LinliHubVisit *visit);
void linli_hub_door_device_name   (LinliHubVisit *visit);
void linli_hub_door_device_revoke (LinliHubVisit *visit);

void linli_hub_door_missing     (LinliHubVisit *visit);
void linli_hub_door_blob_look   (LinliHubVisit *visit);
void linli_hub_door_blob_get    (LinliHubVisit *visit);
void linli_hub_door_blob_begin  (LinliHubVisit *visit);
void linli_hub_door_blob_append (LinliHubVisit *visit);

G_END_DECLS
