/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* The desks of this centre (终端), as the hub knows them. It tells an administrator only. */
typedef struct
{
  char    *id;
  char    *name;           /* of the machine */
  char    *prefix;         /* (nullable): of the numbers it prints */
  char    *version;        /* (nullable): of its program */
  char    *enrolled_by;    /* (nullable): who made its code; %NULL for whoever runs the hub */
  char    *revoked_by;     /* (nullable) */
  char    *revoked_reason; /* (nullable) */
  gint64   created_at;     /* microseconds UTC, as all times here; 0: never */
  gint64   seen_at;        /* it last signed in at the hub */
  gint64   sent_at;        /* it last sent something */
  gint64   revoked_at;
  gint64   last_seq;       /* how many of its operations the hub has decided */
  gboolean own;            /* this one */
} LinliDevice;

/* What the hub told. */
typedef struct
{
  GPtrArray *devices; /* (element-type LinliDevice) in the order they came; empty for anything but a list */
  gint64     at;      /* when that was so; 0 when it is no list */
  char      *code;    /* (nullable): for one more desk */
  char      *link;    /* (nullable): address and code, for a QR code */
  gint64     hours;   /* how long the code is good for */
  gint64     made_at; /* it was made, by the hub's clock */
  gint64     until;   /* it is good, by this machine's */
  char      *hub;     /* (nullable): whose words these are */
} LinliDeviceBook;

void             linli_device_book_free   (LinliDeviceBook      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDeviceBook, linli_device_book_free)

LinliDeviceBook *linli_device_book_load   (LinliSyncAgent       *agent,
                                           LinliStore           *store);
LinliDeviceBook *linli_devices_dup_pending (LinliSyncAgent      *agent,
                                           LinliStore           *store);
char            *linli_devices_dup_hub    (LinliSyncAgent       *agent);
void             linli_devices_ask_async  (LinliSyncAgent       *agent,
                                           LinliStore           *store,
                                           const char           *wish,
                                           const char           *device,
                                           const char           *words,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
LinliDeviceBook *linli_devices_ask_finish (GAsyncResult         *result,
                                           GError              **error);
const char      *linli_devices_fault_words (const GError        *error);

G_END_DECLS
