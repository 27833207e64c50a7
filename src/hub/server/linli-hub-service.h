/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-clock.h"
#include "linli-db.h"
#include "linli-hub-blobs.h"
#include "linli-hub-presence.h"
#include "linli-hub-workspace.h"
#include "linli-http-server.h"
#include "linli-wire-note.h"

G_BEGIN_DECLS

/* Everything a running hub has, but for its listeners: the folder and its
 * lock, the registry, the workspaces that are in use, the key that signs
 * tokens, and what it counts. One process a folder; with a PostgreSQL database,
 * which then holds registry, workspaces and key, several may serve one hub,
 * each with a folder of its own; the files of cases are in one that they share.
 *
 *   FOLDER/hub.db          the registry
 *   FOLDER/workspaces/     a database each
 *   FOLDER/files/          and a folder for its files, here or where the operator says
 *   FOLDER/key             signs tokens; readable by its owner only
 *   FOLDER/control         the socket of `linli-hub`'s other verbs
 *   FOLDER/lock            held by the process that serves */

#define LINLI_TYPE_HUB_SERVICE (linli_hub_service_get_type ())
G_DECLARE_FINAL_TYPE (LinliHubService, linli_hub_service, LINLI, HUB_SERVICE, GObject)

#define LINLI_HUB_N_BOUNDS 8 /* of the histogram of times */

typedef struct
{
  guint64 n_pushes;
  guint64 n_push_problems;
  guint64 push_times[LINLI_HUB_N_BOUNDS + 1];
  guint64 push_time_sum; /* microseconds */
  guint64 n_pulls;
  guint64 pull_bytes;
} LinliHubCounts;

/* What the operator chose for the side doors. */
typedef struct
{
  gint64 per_minute; /* requests that one key may make */
  char  *public_url; /* what addresses in answers begin with; "" for none */
} LinliHubSettings;

LinliHubService   *linli_hub_service_open           (const char          *folder,
                                                     const char          *database,
                                                     const char          *files,
                                                     LinliClock          *clock,
                                                     GError             **error);
void               linli_hub_service_close          (LinliHubService     *self);
const char        *linli_hub_service_get_folder     (LinliHubService     *self);
const char        *linli_hub_service_get_key        (LinliHubService     *self);
gint64             linli_hub_service_now            (LinliHubService     *self);
LinliDb           *linli_hub_service_get_registry   (LinliHubService     *self);
LinliWireConfig   *linli_hub_service_get_config     (LinliHubService     *self);
LinliHubSettings  *linli_hub_service_get_settings   (LinliHubService     *self);
LinliClock        *linli_hub_service_get_clock      (LinliHubService     *self);
LinliHubWorkspace *linli_hub_service_get_workspace  (LinliHubService     *self,
                                                     const char          *id);
LinliHubBlobs     *linli_hub_service_get_blobs      (LinliHubService     *self);
LinliHubPresence  *linli_hub_service_get_presence   (LinliHubService     *self);
GPtrArray         *linli_hub_service_take_due       (LinliHubService     *self,
                                                     gint64               since);
void               linli_hub_service_set_quota      (LinliHubService     *self,
                                                     gint64               quota);
LinliHubCounts    *linli_hub_service_get_counts     (LinliHubService     *self);
LinliHttpServer   *linli_hub_service_get_listener   (LinliHubService     *self);
void               linli_hub_service_set_listener   (LinliHubService     *self,
                                                     LinliHttpServer     *listener);
char              *linli_hub_service_make_workspace (LinliHubService     *self,
                                                     const char          *name,
                                                     GError             **error);
gboolean           linli_hub_service_find_workspace (LinliHubService *self,
                                                     const char          *typed,
                                                     char               **id,
                                                     GError             **error);
gboolean           linli_hub_service_make_first     (LinliHubService     *self,
                                                     const char          *name,
                                                     char               **id,
                                                     GError             **error);
void               linli_hub_service_changed        (LinliHubService     *self,
                                                     LinliHubWorkspace   *workspace);
gboolean           linli_hub_service_may_try        (LinliHubService     *self,
                                                     const char          *peer);
void               linli_hub_service_note_failure   (LinliHubService     *self,
                                                     const char          *peer);
void               linli_hub_service_wake_all       (LinliHubService     *self);
guint              linli_hub_service_n_open         (LinliHubService     *self);
guint              linli_hub_service_n_waiting      (LinliHubService     *self);

G_END_DECLS
