/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* Tells the hub which case is shown here, and learns who else shows it: never
 * a lock, only a word. Without a hub, or while it is away, there is nobody.
 * Main thread. */
#define LINLI_TYPE_PRESENCE (linli_presence_get_type ())
G_DECLARE_FINAL_TYPE (LinliPresence, linli_presence, LINLI, PRESENCE, GObject)

typedef struct
{
  char    *person;
  gboolean writing;
} LinliPresent;

/* Whether somebody writes here; asked at every beat. */
typedef gboolean (*LinliIsWritingFunc) (gpointer data);

LinliPresence *linli_presence_new        (LinliSyncAgent     *agent,
                                          const char         *person,
                                          LinliIsWritingFunc  is_writing,
                                          gpointer            data);
void           linli_presence_look_at    (LinliPresence      *self,
                                          const char         *case_id);
GPtrArray     *linli_presence_get_others (LinliPresence      *self);
void           linli_presence_stop       (LinliPresence      *self);

G_END_DECLS
