/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-blobs.h"

#include <string.h>

#include "linli-hub-share.h"
#include "linli-hub.h"
#include "linli-store-error.h"

#define COUNT_AGE (60 * G_USEC_PER_SEC) /* after which what others may have added is counted */

struct _LinliHubBlobs
{
  char        *root;
  char        *mark;   /* (nullable): of a root that other processes change too */
  gint64       quota;
  GThreadPool *thread; /* (owned): one; NULL until there is something to do */
  GHashTable  *used;   /* (owned) workspace -> Used; the thread's own */
};

typedef struct
{
  gint64 bytes;
  gint64 counted_at; /* monotonic */
} Used;

typedef struct
{
  LinliHubErrand     *errand; /* (owned) */
  LinliHubErrandDone  done;
  gpointer            data;
} Order;

LinliHubErrand *
linli_hub_errand_new (LinliHubBlobKind kind,
                      const char      *workspace,
                      const char      *sha256)
{
  LinliHubErrand *errand = g_new0 (LinliHubErrand, 1);

  errand->kind = kind;
  errand->workspace = g_strdup (workspace);
  errand->sha256 = g_strdup (sha256);
  errand->now = g_get_real_time ();

  return errand;
}

static void
errand_free (LinliHubErrand *errand)
{
  g_free (errand->workspace);
  g_free (errand->sha256);
  g_clear_pointer (&errand->piece, g_bytes_unref);
  g_clear_pointer (&errand->hashes, g_ptr_array_unref);
  g_clear_pointer (&errand->damaged, g_ptr_array_unref);
  g_free (errand);
}

static char *
root_of (LinliHubBlobs *self,
         const char    *workspace)
{
  return g_build_filename (self->root, workspace, NULL);
}

/* --- In the thread --- */

static void
add_up (const char *sha256,
        gint64      size,
        gpointer    data)
{
  *(gint64 *) data += size;
}

/* Counted once a run, and kept true by what is done here; where others do the
 * same, counted again when it is old. */
static gint64 *
get_used (LinliHubBlobs *self,
          const char    *workspace,
          const char    *root)
{
  Used *used = g_hash_table_lookup (self->used, workspace);
  gint64 now = g_get_monotonic_time ();

  if (used == NULL || (self->mark != NULL && now - used->counted_at > COUNT_AGE))
    {
      used = g_new0 (Used, 1);
      used->counted_at = now;
      linli_shelf_each (root, add_up, &used->bytes);
      g_hash_table_insert (self->used, g_strdup (workspace), used);
    }
  return &used->bytes;
}

static void
look (LinliHubErrand *errand,
      const char     *root)
{
  errand->last = linli_shelf_has (root, errand->sha256, &errand->offset);
  if (!errand->last && !linli_shelf_has_part (root, errand->sha256, &errand->offset))
    errand->problem = "blob-unknown";
}

static const char *
fault_of (const GError *error)
{
  g_warning ("A file is not kept: %s", error->message);
  return linli_hub_problem_of (error);
}

static void
begin (LinliHubBlobs  *self,
       LinliHubErrand *errand,
       const char     *root)
{
  g_autoptr(GError) error = NULL;

  look (errand, root);
  if (errand->problem == NULL)
    return; /* it is here, or half of it */
  errand->problem = NULL;
  if (errand->size < 0 || errand->size > LINLI_SHELF_FILE_MAX)
    errand->problem = "too-large";
  else if (*get_used (self, errand->workspace, root) + errand->size > self->quota)
    errand->problem = "quota-exceeded";
  else if (!linli_shelf_begin (root, errand->sha256, &error))
    errand->problem = fault_of (error);
}

static void
seal (LinliHubBlobs  *self,
      LinliHubErrand *errand,
      const char     *root)
{
  gint64 *used = get_used (self, errand->workspace, root);
  gboolean good = FALSE;
  g_autoptr(GError) error = NULL;

  if (!linli_shelf_seal (root, errand->sha256, &good, &error))
    errand->problem = fault_of (error);
  else if (good)
    *used += errand->offset;
  else
    errand->problem = "blob-damaged";
}

static void
append (LinliHubBlobs  *self,
        LinliHubErrand *errand,
        const char     *root)
{
  gboolean last = errand->last;
  gint64 offset = errand->offset;
  gboolean fits = FALSE;
  g_autoptr(GError) error = NULL;

  look (errand, root);
  if (errand->problem != NULL || errand->last)
    return; /* never begun, or given up; or another desk was quicker */
  if (offset + (gint64) g_bytes_get_size (errand->piece) > LINLI_SHELF_FILE_MAX)
    {
      linli_shelf_drop_part (root, errand->sha256);
      errand->problem = "too-large";
      return;
    }
  errand->offset = offset;
  if (!linli_shelf_append (root, errand->sha256, &errand->offset, errand->piece, &fits, &error))
    errand->problem = fault_of (error);
  else if (!fits)
    errand->problem = "blob-offset";
  else if (last)
    seal (self, errand, root);
  errand->last = last && errand->problem == NULL;
}

static void
find_missing (LinliHubErrand *errand,
              const char     *root)
{
  for (guint i = errand->hashes->len; i > 0; i--)
    if (linli_shelf_has (root, errand->hashes->pdata[i - 1], NULL))
      g_ptr_array_remove_index (errand->hashes, i - 1);
}

typedef struct
{
  LinliHubBlobs  *self;
  LinliHubErrand *errand;
  const char     *root;
} Check;

/* Returns: -1 where nobody else is; also when the root cannot be written */
static int
lock_root (LinliHubBlobs *self)
{
  return self->mark != NULL ? linli_hub_share_lock (self->root) : -1;
}

/* Checking takes long and locks for each file that it removes. */
static void
check_file (const char *sha256,
            gint64      size,
            gpointer    data)
{
  Check *check = data;
  gboolean good = FALSE;
  int lock;

  check->errand->n_files++;
  check->errand->n_bytes += size;
  if (!linli_shelf_check (check->root, sha256, &good, NULL) || good)
    return;
  lock = lock_root (check->self);
  if (lock < 0 && check->self->mark != NULL)
    return;
  if (linli_shelf_check (check->root, sha256, &good, NULL) && !good) /* nobody brought a sound one meanwhile */
    {
      linli_shelf_remove (check->root, sha256);
      g_ptr_array_add (check->errand->damaged, g_strdup (sha256));
    }
  linli_hub_share_unlock (lock);
}

static void
check_all (LinliHubBlobs  *self,
           LinliHubErrand *errand,
           const char     *root)
{
  Check check = { self, errand, root };

  errand->damaged = g_ptr_array_new_with_free_func (g_free);
  linli_shelf_each (root, check_file, &check);
  g_hash_table_remove (self->used, errand->workspace);
  find_missing (errand, root);
}

static gboolean
is_referred (const char *sha256,
             gpointer    data)
{
  return g_hash_table_contains (data, sha256);
}

static void
sweep (LinliHubBlobs  *self,
       LinliHubErrand *errand,
       const char     *root)
{
  g_autoptr(GHashTable) needed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < errand->hashes->len; i++)
    g_hash_table_add (needed, errand->hashes->pdata[i]);
  linli_shelf_sweep (root, errand->now, errand->grace, is_referred, needed, &errand->swept);
  g_hash_table_remove (self->used, errand->workspace);
}

static gboolean
done_cb (gpointer data)
{
  Order *order = data;

  order->done (order->errand, order->data);
  errand_free (order->errand);
  g_free (order);
  return G_SOURCE_REMOVE;
}

static void
run (LinliHubBlobs  *self,
     LinliHubErrand *errand)
{
  g_autofree char *root = root_of (self, errand->workspace);

  switch (errand->kind)
    {
    case LINLI_HUB_BLOB_LOOK:
      look (errand, root);
      break;
    case LINLI_HUB_BLOB_BEGIN:
      begin (self, errand, root);
      break;
    case LINLI_HUB_BLOB_APPEND:
      append (self, errand, root);
      break;
    case LINLI_HUB_BLOB_MISSING:
      find_missing (errand, root);
      break;
    case LINLI_HUB_BLOB_CHECK:
      check_all (self, errand, root);
      break;
    case LINLI_HUB_BLOB_SWEEP:
      sweep (self, errand, root);
      break;
    }
}

static void
work (gpointer data,
      gpointer user_data)
{
  Order *order = data;
  LinliHubErrand *errand = order->errand;
  LinliHubBlobs *self = user_data;
  gboolean changes = errand->kind == LINLI_HUB_BLOB_BEGIN || errand->kind == LINLI_HUB_BLOB_APPEND ||
                     errand->kind == LINLI_HUB_BLOB_SWEEP;
  int lock = changes ? lock_root (self) : -1;

  if (linli_hub_blobs_is_there (self) && (!changes || self->mark == NULL || lock >= 0))
    run (self, errand);
  else
    {
      g_warning ("The folder %s for the files of cases is not there, or cannot be written", self->root);
      errand->problem = "unavailable";
    }
  linli_hub_share_unlock (lock);
  g_idle_add_full (G_PRIORITY_DEFAULT, done_cb, order, NULL);
}

/* --- In the main thread --- */

/**
 * linli_hub_blobs_new:
 * @mark: (nullable): of a @root that the hub's processes share, from
 *   linli_hub_share_claim()
 * @quota: bytes that each workspace may keep
 */
LinliHubBlobs *
linli_hub_blobs_new (const char *root,
                     const char *mark,
                     gint64      quota)
{
  LinliHubBlobs *self = g_new0 (LinliHubBlobs, 1);

  self->root = g_strdup (root);
  self->mark = g_strdup (mark);
  self->quota = quota;
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/* What is under way is finished first. */
void
linli_hub_blobs_free (LinliHubBlobs *self)
{
  if (self == NULL)
    return;

  if (self->thread != NULL)
    g_thread_pool_free (self->thread, FALSE, TRUE);
  g_hash_table_unref (self->used);
  g_free (self->root);
  g_free (self->mark);
  g_free (self);
}

/* Returns: whether the root is there, as far as several processes share one.
 * Any thread may ask */
gboolean
linli_hub_blobs_is_there (LinliHubBlobs *self)
{
  return self->mark == NULL || linli_hub_share_is_there (self->root, self->mark);
}

/* Returns: (transfer full): where a whole file is, or would be */
char *
linli_hub_blobs_path (LinliHubBlobs *self,
                      const char    *workspace,
                      const char    *sha256)
{
  g_autofree char *root = root_of (self, workspace);

  return linli_shelf_path (root, sha256);
}

/**
 * linli_hub_blobs_run:
 * @errand: (transfer full)
 * @done: called in the main thread, once
 */
void
linli_hub_blobs_run (LinliHubBlobs      *self,
                     LinliHubErrand     *errand,
                     LinliHubErrandDone  done,
                     gpointer            data)
{
  Order *order = g_new0 (Order, 1);

  order->errand = errand;
  order->done = done;
  order->data = data;
  if (self->thread == NULL)
    self->thread = g_thread_pool_new (work, self, 1, TRUE, NULL);
  g_thread_pool_push (self->thread, order, NULL);
}
