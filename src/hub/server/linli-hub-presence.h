/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who looks at which case right now, as the desks tell it: a courtesy, never a
 * lock. In memory only; what a desk told ends by itself, so that a desk that
 * crashed or lost its network is soon forgotten. Main thread. */
typedef struct _LinliHubPresence LinliHubPresence;

typedef struct
{
  char    *subject; /* the case */
  char    *person;  /* as the desk calls its person */
  gboolean writing;
  gint64   until;   /* microseconds UTC */
} LinliHubPresent;

#define LINLI_HUB_PRESENCE_LEASE_S 30 /* desks repeat themselves three times as often */
#define LINLI_HUB_PRESENCE_SHOWN   8

LinliHubPresence *linli_hub_presence_new  (void);
void              linli_hub_presence_free (LinliHubPresence *self);
void              linli_hub_presence_tell (LinliHubPresence *self,
                                           const char       *workspace,
                                           const char       *device,
                                           const char       *subject,
                                           const char       *person,
                                           gboolean          writing,
                                           gint64            now);
GPtrArray        *linli_hub_presence_list (LinliHubPresence *self,
                                           const char       *workspace,
                                           const char       *device,
                                           const char       *subject,
                                           gint64            now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubPresence, linli_hub_presence_free)

G_END_DECLS
