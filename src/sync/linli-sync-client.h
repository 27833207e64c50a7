/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-uuid.h"
#include "linli-wire-note.h"

G_BEGIN_DECLS

/* A desk's side of the conversation, without the conversation: events go in,
 * actions come out. It has no socket, clock, thread or chance of its own, so
 * that a simulator can live through years of bad luck in a minute, and what it
 * has found stays found. Belongs to the writing lane's thread; whatever it
 * must not forget is in the store. */
typedef struct _LinliSyncClient LinliSyncClient;

/* Times are microseconds: `mono` never steps, `now` is the desk's idea of UTC. */
typedef struct
{
  enum
  {
    LINLI_SYNC_EVENT_TICK,      /* time has passed; also right after a start */
    LINLI_SYNC_EVENT_WAKE,      /* something to send, the network is back, a person asks */
    LINLI_SYNC_EVENT_REPLY,     /* to the request called @request */
    LINLI_SYNC_EVENT_FAILED,    /* no whole reply came */
    LINLI_SYNC_EVENT_SIGNED_IN, /* there are credentials again */
    LINLI_SYNC_EVENT_UNBLOCKED, /* a person has dealt with what blocked */
  } kind;
  gint64  mono;
  gint64  now;
  guint64 request;
  guint   status;
  gint64  retry_after; /* seconds; 0: the reply names none */
  GBytes *body;        /* (unowned) (nullable) */
} LinliSyncEvent;

typedef struct
{
  enum
  {
    LINLI_SYNC_ACTION_PUSH,       /* POST @body to ops */
    LINLI_SYNC_ACTION_PULL,       /* GET changes since @text */
    LINLI_SYNC_ACTION_FORK,       /* ask for the identity @text in place of ours */
    LINLI_SYNC_ACTION_WAIT,       /* a tick is due at @at; replaces an earlier wait */
    LINLI_SYNC_ACTION_OPEN_FRESH, /* open the file beside the store, then tick */
    LINLI_SYNC_ACTION_DROP_FRESH, /* throw it away, then tick */
    LINLI_SYNC_ACTION_SWAP,       /* it takes the store's place, at once, then tick */
    LINLI_SYNC_ACTION_SIGN_IN,    /* the credentials do no longer; nothing is lost */
    LINLI_SYNC_ACTION_IDENTITY,   /* the desk is called otherwise now: load it again */
  } kind;
  guint64 request; /* of the first three; at most one is under way */
  char   *text;    /* (owned) (nullable) */
  GBytes *body;    /* (owned) (nullable) */
  gint64  at;      /* monotonic */
  guint   rows;    /* of a pull: at most so many; 0: as many as the hub gives */
} LinliSyncAction;

LinliSyncClient *linli_sync_client_new        (LinliIdSource         *chance);
void             linli_sync_client_free       (LinliSyncClient       *self);
void             linli_sync_client_set_config (LinliSyncClient       *self,
                                               const LinliWireConfig *config);
GPtrArray       *linli_sync_client_step       (LinliSyncClient       *self,
                                               LinliConn             *main,
                                               LinliConn             *fresh,
                                               const LinliSyncEvent  *event);
const char      *linli_sync_client_get_trouble (LinliSyncClient      *self);
const char      *linli_sync_client_get_waits   (LinliSyncClient      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliSyncClient, linli_sync_client_free)

G_END_DECLS
