/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-client.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Carries the files of cases between a desk and its hub: one up and one down at
 * a time, over a line of its own, while no operation waits to be sent. What is
 * killed half way goes on where it was. Main thread. */

typedef enum
{
  LINLI_BLOB_HERE,     /* and at the hub, as far as is known */
  LINLI_BLOB_WAITING,  /* here; the hub does not have it yet */
  LINLI_BLOB_SENDING,
  LINLI_BLOB_REFUSED,  /* here; the hub does not take it */
  LINLI_BLOB_ABSENT,   /* not here yet; comes when somebody asks for it */
  LINLI_BLOB_ASKED,    /* somebody did */
  LINLI_BLOB_FETCHING,
  LINLI_BLOB_NOWHERE,  /* not here, and the hub had none either when it was asked */
  LINLI_BLOB_NO_ROOM,  /* it came, and this disk is full; comes again later */
} LinliBlobState;

typedef struct
{
  guint  n_to_send;
  gint64 bytes_to_send;
  guint  n_refused;
  guint  n_to_fetch; /* that are fetched by themselves, or were asked for */
  guint  n_waiting_for_line; /* of both, what a metered network holds back */
  gboolean hub_full; /* those to be sent wait until the hub's disk has room */
} LinliBlobCount;

#define LINLI_BLOB_SMALL (1024 * 1024) /* bytes; larger ones are fetched when they are opened */

#define LINLI_TYPE_BLOB_AGENT (linli_blob_agent_get_type ())
G_DECLARE_FINAL_TYPE (LinliBlobAgent, linli_blob_agent, LINLI, BLOB_AGENT, GObject)

LinliBlobAgent *linli_blob_agent_new        (LinliStore            *store);
void            linli_blob_agent_stop       (LinliBlobAgent        *self);
void            linli_blob_agent_use        (LinliBlobAgent        *self,
                                             const LinliHubAddress *address);
void            linli_blob_agent_set_ready  (LinliBlobAgent        *self,
                                             gboolean               ready);
void            linli_blob_agent_set_saving (LinliBlobAgent        *self,
                                             gboolean               saving);
gboolean        linli_blob_agent_is_saving  (LinliBlobAgent        *self);
void            linli_blob_agent_forget_lists (LinliBlobAgent      *self);
gboolean        linli_blob_agent_is_ready   (LinliBlobAgent        *self);
gboolean        linli_blob_agent_is_idle    (LinliBlobAgent        *self);
LinliBlobState  linli_blob_agent_get_state  (LinliBlobAgent        *self,
                                             const char            *sha256,
                                             double                *done);
void            linli_blob_agent_count      (LinliBlobAgent        *self,
                                             LinliBlobCount        *count);
void            linli_blob_agent_fetch      (LinliBlobAgent        *self,
                                             const char            *sha256,
                                             const char            *row,
                                             gint64                 size);
void            linli_blob_agent_retry      (LinliBlobAgent        *self);

G_END_DECLS
