/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-service.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "linli-hub-registry.h"
#include "linli-hub-secret.h"
#include "linli-hub-share.h"
#include "linli-postgres-bell.h"
#include "linli-store-lock.h"
#include "linli-uuid.h"

#define IDLE_SECONDS  600 /* after which an unused workspace is closed */
#define IDLE_SECONDS_SHARED 60 /* where its two connections are few among many */
#define SWEEP_SECONDS 60
#define TRIES         5   /* codes and credentials an address may get wrong a minute */
#define PER_MINUTE    120 /* requests of one key of a side door, unless the operator says otherwise */

struct _LinliHubService
{
  GObject         parent_instance;

  LinliClock     *clock;      /* (unowned) */
  LinliHubPlace   place;
  LinliPostgresBell *bell;    /* (owned) (nullable): between the processes of one database */
  char           *key;
  int             lock;       /* -1 when closed */
  LinliDb        *registry;   /* (owned) */
  GHashTable     *workspaces; /* (owned) id -> LinliHubWorkspace */
  GHashTable     *tries;      /* (owned) address -> wrong codes and credentials since the last sweep */
  LinliIdSource   ids;
  LinliWireConfig config;
  LinliHubCounts  counts;
  LinliHubSettings settings;
  LinliHttpServer *listener;  /* (owned) (nullable): the one for devices */
  LinliHubPresence *presence; /* (owned) (nullable): once somebody told of himself */
  LinliHubBlobs  *blobs;      /* (owned) (nullable): NULL once closed */
  GHashTable     *cared;      /* (owned) id -> monotonic, when its files were looked after */
  gint64          quota;      /* of files, bytes a workspace */
  char           *files;      /* where they are */
  char           *mark;       /* (nullable): of that folder, which several processes share */
  guint           sweep_id;
};

G_DEFINE_FINAL_TYPE (LinliHubService, linli_hub_service, G_TYPE_OBJECT)

static LinliConn *
open_registry (LinliDbLane lane,
               gpointer    data,
               GError    **error)
{
  return linli_hub_place_open_registry (data, lane, error);
}

static gboolean
set_io_error (GError    **error,
              const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

typedef struct
{
  const char *fresh;
  char       *key;
} SharedKey;

static gpointer
share_key_job (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  SharedKey *shared = data;

  linli_hub_registry_share_secret (conn, "key", shared->fresh, &shared->key, error);
  return NULL;
}

/* A token that one process gives is good at every other. */
static gboolean
load_shared_key (LinliHubService *self,
                 GError         **error)
{
  g_autofree char *fresh = linli_hub_secret_new ();
  SharedKey shared = { fresh, NULL };
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (self->registry, LINLI_DB_WRITE, share_key_job, &shared, &local);
  self->key = shared.key;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Made once: tokens outlive a restart. */
static gboolean
load_key (LinliHubService *self,
          GError         **error)
{
  g_autofree char *path = g_build_filename (self->place.folder, "key", NULL);
  g_autofree char *fresh = NULL;

  if (g_file_get_contents (path, &self->key, NULL, NULL) && strlen (g_strstrip (self->key)) == 64)
    return TRUE;
  g_free (self->key);
  self->key = linli_hub_secret_new ();
  fresh = g_strconcat (self->key, "\n", NULL);

  return g_file_set_contents_full (path, fresh, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static gpointer
touch_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  return NULL;
}

static gboolean
sweep_cb (gpointer user_data)
{
  LinliHubService *self = user_data;
  gint64 idle = self->place.database != NULL ? IDLE_SECONDS_SHARED : IDLE_SECONDS;
  gint64 since = g_get_monotonic_time () - idle * G_USEC_PER_SEC;
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_remove_all (self->tries);
  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    if (linli_hub_workspace_is_idle (workspace, since))
      g_hash_table_iter_remove (&iter);

  return G_SOURCE_CONTINUE;
}

/* Another process has committed something. */
static void
heard_cb (const char *id,
          gpointer    data)
{
  LinliHubService *self = data;
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    if (id == NULL || g_str_equal (linli_hub_workspace_get_id (workspace), id))
      linli_hub_workspace_changed (workspace);
}

/**
 * linli_hub_service_changed:
 *
 * To be called after every commit to @workspace: whoever waits for it looks
 * again, here and at the other processes of the hub.
 */
void
linli_hub_service_changed (LinliHubService   *self,
                           LinliHubWorkspace *workspace)
{
  if (self->bell != NULL)
    linli_postgres_bell_ring (self->bell, linli_hub_workspace_get_id (workspace));
  linli_hub_workspace_changed (workspace);
}

/**
 * linli_hub_service_open:
 * @folder: made when it is not there
 * @database: (nullable): address of the PostgreSQL database to keep everything in
 * @files: (nullable): folder for the files of cases, when not in @folder; with
 *   @database the one that all processes share
 * @error: %LINLI_STORE_ERROR_IN_USE when another process serves it, and others
 */
LinliHubService *
linli_hub_service_open (const char *folder,
                        const char *database,
                        const char *files,
                        LinliClock *clock,
                        GError    **error)
{
  g_autoptr(LinliHubService) self = g_object_new (LINLI_TYPE_HUB_SERVICE, NULL);
  g_autofree char *workspaces = g_build_filename (folder, "workspaces", NULL);
  g_autoptr(GError) local = NULL;

  self->clock = clock;
  self->place.folder = g_strdup (folder);
  self->place.database = g_strdup (database);
  self->files = files != NULL ? g_strdup (files) : g_build_filename (folder, "files", NULL);
  if (g_mkdir_with_parents (workspaces, 0700) != 0)
    {
      set_io_error (error, workspaces);
      return NULL;
    }
  self->lock = linli_store_lock (folder, error);
  if (self->lock < 0 || (database == NULL && !load_key (self, error)))
    return NULL;
  self->registry = linli_db_new (open_registry, &self->place, NULL);
  linli_db_run_sync (self->registry, LINLI_DB_WRITE, touch_job, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (database != NULL)
    {
      if (!load_shared_key (self, error) || !linli_hub_share_claim (self->files, self->registry, &self->mark, error))
        return NULL;
      self->bell = linli_postgres_bell_new (database, heard_cb, self);
    }
  self->sweep_id = g_timeout_add_seconds (SWEEP_SECONDS, sweep_cb, self);

  return g_steal_pointer (&self);
}

/**
 * linli_hub_service_close:
 *
 * Waits for what is being written, then lets the folder go.
 */
void
linli_hub_service_close (LinliHubService *self)
{
  g_return_if_fail (LINLI_IS_HUB_SERVICE (self));

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_pointer (&self->bell, linli_postgres_bell_free);
  g_clear_pointer (&self->blobs, linli_hub_blobs_free);
  g_clear_pointer (&self->presence, linli_hub_presence_free);
  g_hash_table_remove_all (self->workspaces);
  if (self->registry != NULL)
    linli_db_close (self->registry);
  linli_store_unlock (self->lock);
  self->lock = -1;
}

static void
linli_hub_service_finalize (GObject *object)
{
  LinliHubService *self = LINLI_HUB_SERVICE (object);

  linli_hub_service_close (self);
  g_clear_object (&self->registry);
  g_clear_object (&self->listener);
  g_hash_table_unref (self->workspaces);
  g_hash_table_unref (self->tries);
  g_hash_table_unref (self->cared);
  linli_hub_place_clear (&self->place);
  g_free (self->key);
  g_free (self->files);
  g_free (self->mark);
  g_free (self->settings.public_url);

  G_OBJECT_CLASS (linli_hub_service_parent_class)->finalize (object);
}

static void
linli_hub_service_class_init (LinliHubServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_hub_service_finalize;
}

static void
linli_hub_service_init (LinliHubService *self)
{
  self->lock = -1;
  self->settings = (LinliHubSettings) { PER_MINUTE, g_strdup ("") };
  self->quota = LINLI_HUB_QUOTA;
  self->config = (LinliWireConfig) LINLI_WIRE_CONFIG_INIT;
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) linli_hub_workspace_free);
  self->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  linli_id_source_init (&self->ids);
}

const char *
linli_hub_service_get_folder (LinliHubService *self)
{
  return self->place.folder;
}

/* Returns: what tokens are signed with */
const char *
linli_hub_service_get_key (LinliHubService *self)
{
  return self->key;
}

/* Returns: hub's time, microseconds UTC */
gint64
linli_hub_service_now (LinliHubService *self)
{
  return linli_clock_now (self->clock);
}

LinliDb *
linli_hub_service_get_registry (LinliHubService *self)
{
  return self->registry;
}

/* Returns: (transfer none): who looks at what in all workspaces */
LinliHubPresence *
linli_hub_service_get_presence (LinliHubService *self)
{
  if (self->presence == NULL)
    self->presence = linli_hub_presence_new ();
  return self->presence;
}

/* Returns: (transfer none): the files of all workspaces */
LinliHubBlobs *
linli_hub_service_get_blobs (LinliHubService *self)
{
  if (self->blobs == NULL)
    self->blobs = linli_hub_blobs_new (self->files, self->mark, self->quota);
  return self->blobs;
}

/**
 * linli_hub_service_take_due:
 * @since: monotonic, microseconds
 *
 * Returns: (transfer full) (element-type utf8): the workspaces in use whose
 *   files nobody has looked after since; now somebody does
 */
GPtrArray *
linli_hub_service_take_due (LinliHubService *self,
                            gint64           since)
{
  GPtrArray *due = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      gint64 *at = g_hash_table_lookup (self->cared, id);

      if (at != NULL && *at > since)
        continue;
      at = g_new (gint64, 1);
      *at = g_get_monotonic_time ();
      g_hash_table_insert (self->cared, g_strdup (id), at);
      g_ptr_array_add (due, g_strdup (id));
    }
  return due;
}

/* @quota: bytes of files that each workspace may keep; before serving */
void
linli_hub_service_set_quota (LinliHubService *self,
                             gint64           quota)
{
  self->quota = quota;
}

/* Returns: (transfer none): what is allowed; the operator may change it before serving */
LinliWireConfig *
linli_hub_service_get_config (LinliHubService *self)
{
  return &self->config;
}

/* Returns: (transfer none): likewise */
LinliHubSettings *
linli_hub_service_get_settings (LinliHubService *self)
{
  return &self->settings;
}

/* Returns: (transfer none): any thread may ask it */
LinliClock *
linli_hub_service_get_clock (LinliHubService *self)
{
  return self->clock;
}

/* Returns: (transfer none) */
LinliHubCounts *
linli_hub_service_get_counts (LinliHubService *self)
{
  return &self->counts;
}

/* Returns: (transfer none): where devices come in */
LinliHttpServer *
linli_hub_service_get_listener (LinliHubService *self)
{
  return self->listener;
}

void
linli_hub_service_set_listener (LinliHubService *self,
                                LinliHttpServer *listener)
{
  g_set_object (&self->listener, listener);
}

/**
 * linli_hub_service_get_workspace:
 * @id: from a token, or otherwise known to exist
 *
 * Returns: (transfer none): open until nobody used it for a while
 */
LinliHubWorkspace *
linli_hub_service_get_workspace (LinliHubService *self,
                                 const char      *id)
{
  LinliHubWorkspace *workspace = g_hash_table_lookup (self->workspaces, id);

  if (workspace != NULL)
    return workspace;
  workspace = linli_hub_workspace_new (&self->place, id);
  g_hash_table_insert (self->workspaces, (gpointer) linli_hub_workspace_get_id (workspace), workspace);

  return workspace;
}

typedef struct
{
  const char *id;
  const char *name;
  gint64      now;
  gboolean    only_first;
  gboolean    added;
} NewWorkspace;

static gpointer
add_workspace_job (LinliConn *conn,
                   gpointer   data,
                   GError   **error)
{
  NewWorkspace *fresh = data;

  linli_hub_registry_add_workspace (conn, fresh->id, fresh->name, fresh->now, fresh->only_first, &fresh->added, error);
  return NULL;
}

static gboolean
add_workspace (LinliHubService *self,
               const char      *name,
               gboolean         only_first,
               char           **id,
               GError         **error)
{
  g_autofree char *made = linli_uuid_new (&self->ids, linli_hub_service_now (self));
  NewWorkspace fresh = { made, name, linli_hub_service_now (self), only_first, FALSE };
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (self->registry, LINLI_DB_WRITE, add_workspace_job, &fresh, &local);
  *id = local == NULL && fresh.added ? g_steal_pointer (&made) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

typedef struct
{
  const char *typed;
  char       *id;
  char       *name;
} Search;

static gpointer
search_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Search *search = data;

  linli_hub_registry_find_workspace (conn, search->typed, &search->id, &search->name, error);
  return NULL;
}

/**
 * linli_hub_service_find_workspace:
 * @typed: its name or id
 * @id: (out) (transfer full) (nullable): %NULL when there is none
 *
 * Blocks for one small query.
 */
gboolean
linli_hub_service_find_workspace (LinliHubService *self,
                                  const char      *typed,
                                  char           **id,
                                  GError         **error)
{
  Search search = { .typed = typed };
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (self->registry, LINLI_DB_READ, search_job, &search, &local);
  g_free (search.name);
  *id = search.id;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * linli_hub_service_make_workspace:
 * @name: what its people call it
 * @error: %G_IO_ERROR_EXISTS when there is one of that name
 *
 * Blocks for one small transaction.
 *
 * Returns: (transfer full): its id
 */
char *
linli_hub_service_make_workspace (LinliHubService *self,
                                  const char      *name,
                                  GError         **error)
{
  g_autofree char *id = NULL;

  if (add_workspace (self, name, FALSE, &id, error) && id == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a workspace of that name already.");
  return g_steal_pointer (&id);
}

/**
 * linli_hub_service_make_first:
 * @id: (out) (transfer full) (nullable): of a workspace called @name; %NULL when
 *   the hub has one already
 */
gboolean
linli_hub_service_make_first (LinliHubService *self,
                              const char      *name,
                              char           **id,
                              GError         **error)
{
  return add_workspace (self, name, TRUE, id, error);
}

/* Returns: whether an address may try a code or a credential: not when it got
 * too many wrong within a minute */
gboolean
linli_hub_service_may_try (LinliHubService *self,
                           const char      *peer)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->tries, peer)) < TRIES;
}

void
linli_hub_service_note_failure (LinliHubService *self,
                                const char      *peer)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->tries, peer));

  g_hash_table_insert (self->tries, g_strdup (peer), GUINT_TO_POINTER (n + 1));
}

/* Every held request looks again, and is answered: for the end. */
void
linli_hub_service_wake_all (LinliHubService *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    linli_hub_workspace_wake_all (workspace);
}

guint
linli_hub_service_n_open (LinliHubService *self)
{
  return g_hash_table_size (self->workspaces);
}

guint
linli_hub_service_n_waiting (LinliHubService *self)
{
  GHashTableIter iter;
  gpointer workspace;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    n += linli_hub_workspace_n_waiting (workspace);
  return n;
}
