/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powercut-vfs.h"

#include "powercut-bytes.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR    512
#define SHM_SIZE  32768 /* bytes of a region of shared memory */
#define VFS_NAME  "powercut"
#define N_LOCKS   SQLITE_SHM_NLOCK

typedef struct
{
  gsize  offset;
  gsize  size;
  guint8 data[];
} Write;

typedef struct
{
  char       *name;
  PowercutBytes now;    /* as the running program sees it */
  PowercutBytes synced; /* as the platter surely holds it */
  GPtrArray  *pending; /* Write, since the last sync */
  GPtrArray  *files;   /* (element-type File): open on it */
  gboolean    recast;  /* changed otherwise than by writes */
  gboolean    deleted;
  GPtrArray  *shm;     /* regions of shared memory, for the log's index */
  int         shm_shared[N_LOCKS];
  gboolean    shm_exclusive[N_LOCKS];
  int         n_shared; /* file locks: readers */
  gboolean    reserved;
  gboolean    exclusive;
} Inode;

struct _PowercutDisk
{
  sqlite3_vfs  vfs;
  sqlite3_vfs *system;
  GHashTable  *inodes; /* name -> Inode */
  GRand       *rand;
  gint64       writes_left; /* -1: never fails */
  gint64       space;       /* bytes, -1: endless */
  gboolean     dead;
};

typedef struct
{
  sqlite3_file  base;
  PowercutDisk *disk;
  Inode        *inode;
  int           lock;
  gboolean      delete_on_close;
} File;

static void
inode_free (Inode *inode)
{
  g_free (inode->name);
  powercut_bytes_clear (&inode->now);
  powercut_bytes_clear (&inode->synced);
  g_ptr_array_unref (inode->pending);
  g_ptr_array_unref (inode->files);
  g_ptr_array_unref (inode->shm);
  g_free (inode);
}

static Inode *
inode_new (const char *name)
{
  Inode *inode = g_new0 (Inode, 1);

  inode->name = g_strdup (name);
  powercut_bytes_init (&inode->now);
  powercut_bytes_init (&inode->synced);
  inode->pending = g_ptr_array_new_with_free_func (g_free);
  inode->files = g_ptr_array_new ();
  inode->shm = g_ptr_array_new_with_free_func (g_free);
  return inode;
}

static gboolean
still_works (PowercutDisk *disk)
{
  if (disk->dead)
    return FALSE;
  if (disk->writes_left >= 0 && disk->writes_left-- == 0)
    disk->dead = TRUE;
  return !disk->dead;
}

static int
file_close (sqlite3_file *file)
{
  File *self = (File *) file;

  g_ptr_array_remove_fast (self->inode->files, self);
  if (self->delete_on_close)
    self->inode->deleted = TRUE;
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file,
           void         *buffer,
           int           size,
           sqlite3_int64 offset)
{
  File *self = (File *) file;
  const PowercutBytes *now = &self->inode->now;
  gsize there = (gsize) offset < now->length ? MIN ((gsize) size, now->length - (gsize) offset) : 0;

  if (self->disk->dead)
    return SQLITE_IOERR_READ;
  powercut_bytes_read (now, (gsize) offset, buffer, (gsize) size);
  return there == (gsize) size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

gsize
powercut_disk_get_used (PowercutDisk *disk)
{
  GHashTableIter iter;
  gpointer inode;
  gsize used = 0;

  g_hash_table_iter_init (&iter, disk->inodes);
  while (g_hash_table_iter_next (&iter, NULL, &inode))
    used += ((Inode *) inode)->deleted ? 0 : ((Inode *) inode)->now.length;
  return used;
}

static int
file_write (sqlite3_file *file,
            const void   *data,
            int           size,
            sqlite3_int64 offset)
{
  File *self = (File *) file;
  gsize grows = (gsize) (offset + size) > self->inode->now.length ? (gsize) (offset + size) - self->inode->now.length : 0;
  Write *write;

  if (!still_works (self->disk))
    return SQLITE_IOERR_WRITE;
  if (self->disk->space >= 0 && grows > 0 &&
      powercut_disk_get_used (self->disk) + grows > (gsize) self->disk->space)
    return SQLITE_FULL;

  powercut_bytes_write (&self->inode->now, (gsize) offset, data, (gsize) size);
  write = g_malloc (sizeof *write + (gsize) size);
  write->offset = (gsize) offset;
  write->size = (gsize) size;
  memcpy (write->data, data, (gsize) size);
  g_ptr_array_add (self->inode->pending, write);
  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *file,
               sqlite3_int64 size)
{
  File *self = (File *) file;

  if (!still_works (self->disk))
    return SQLITE_IOERR_TRUNCATE;
  if ((gsize) size < self->inode->now.length)
    {
      powercut_bytes_truncate (&self->inode->now, (gsize) size);
      self->inode->recast = TRUE;
    }
  return SQLITE_OK;
}

static void
settle (Inode *inode)
{
  if (inode->recast)
    powercut_bytes_share (&inode->now, &inode->synced);
  for (guint i = 0; !inode->recast && i < inode->pending->len; i++)
    {
      const Write *write = inode->pending->pdata[i];

      powercut_bytes_share_part (&inode->now, &inode->synced, write->offset, write->size);
    }
  g_ptr_array_set_size (inode->pending, 0);
  inode->recast = FALSE;
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  File *self = (File *) file;

  if (!still_works (self->disk))
    return SQLITE_IOERR_FSYNC;
  settle (self->inode);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file  *file,
           sqlite3_int64 *size)
{
  *size = (sqlite3_int64) ((File *) file)->inode->now.length;
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  File *self = (File *) file;
  Inode *inode = self->inode;

  if (level <= self->lock)
    return SQLITE_OK;
  if (self->lock == SQLITE_LOCK_NONE)
    {
      if (inode->exclusive)
        return SQLITE_BUSY;
      inode->n_shared++;
      self->lock = SQLITE_LOCK_SHARED;
    }
  if (level >= SQLITE_LOCK_RESERVED && self->lock < SQLITE_LOCK_RESERVED)
    {
      if (inode->reserved)
        return SQLITE_BUSY;
      inode->reserved = TRUE;
      self->lock = SQLITE_LOCK_RESERVED;
    }
  if (level == SQLITE_LOCK_EXCLUSIVE)
    {
      if (inode->n_shared > 1)
        return SQLITE_BUSY;
      inode->exclusive = TRUE;
      self->lock = SQLITE_LOCK_EXCLUSIVE;
    }
  return SQLITE_OK;
}

static int
file_unlock (sqlite3_file *file,
             int           level)
{
  File *self = (File *) file;

  if (self->lock >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED)
    self->inode->reserved = self->inode->exclusive = FALSE;
  if (self->lock >= SQLITE_LOCK_SHARED && level == SQLITE_LOCK_NONE)
    self->inode->n_shared--;
  self->lock = MIN (self->lock, level);
  return SQLITE_OK;
}

static int
file_check_reserved (sqlite3_file *file,
                     int          *reserved)
{
  *reserved = ((File *) file)->inode->reserved;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file,
              int           op,
              void         *arg)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector (sqlite3_file *file)
{
  return SECTOR;
}

static int
file_traits (sqlite3_file *file)
{
  return 0;
}

static int
shm_map (sqlite3_file   *file,
         int             region,
         int             size,
         int             extend,
         void volatile **address)
{
  Inode *inode = ((File *) file)->inode;

  g_return_val_if_fail (size == SHM_SIZE, SQLITE_IOERR);
  while (extend && inode->shm->len <= (guint) region)
    g_ptr_array_add (inode->shm, g_malloc0 (SHM_SIZE));
  *address = inode->shm->len > (guint) region ? inode->shm->pdata[region] : NULL;
  return SQLITE_OK;
}

static int
shm_lock (sqlite3_file *file,
          int           offset,
          int           n,
          int           flags)
{
  Inode *inode = ((File *) file)->inode;
  gboolean shared = (flags & SQLITE_SHM_SHARED) != 0;

  for (int i = offset; flags & SQLITE_SHM_LOCK && i < offset + n; i++)
    if (inode->shm_exclusive[i] || (!shared && inode->shm_shared[i] > 0))
      return SQLITE_BUSY;
  for (int i = offset; i < offset + n; i++)
    if (flags & SQLITE_SHM_LOCK)
      {
        inode->shm_shared[i] += shared;
        inode->shm_exclusive[i] = !shared;
      }
    else if (shared)
      inode->shm_shared[i]--;
    else
      inode->shm_exclusive[i] = FALSE;
  return SQLITE_OK;
}

static void
shm_barrier (sqlite3_file *file)
{
}

static int
shm_unmap (sqlite3_file *file,
           int           delete_it)
{
  if (delete_it)
    g_ptr_array_set_size (((File *) file)->inode->shm, 0);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
  file_check_reserved, file_control, file_sector, file_traits, shm_map, shm_lock, shm_barrier, shm_unmap,
  NULL, NULL,
};

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *name,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  PowercutDisk *disk = (PowercutDisk *) vfs;
  g_autofree char *own = name != NULL ? g_strdup (name) : g_strdup_printf ("temp-%u", g_hash_table_size (disk->inodes));
  Inode *inode = g_hash_table_lookup (disk->inodes, own);
  File *self = (File *) file;

  memset (self, 0, sizeof *self);
  if ((inode == NULL || inode->deleted) && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  if (inode == NULL || inode->deleted)
    {
      inode = inode_new (own);
      g_hash_table_replace (disk->inodes, inode->name, inode);
    }
  self->base.pMethods = &methods;
  self->disk = disk;
  self->inode = inode;
  self->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  g_ptr_array_add (inode->files, self);
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

/* Names on our disk are durable at once; SQLite syncs the folder anyway. */
static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *name,
            int          sync)
{
  PowercutDisk *disk = (PowercutDisk *) vfs;
  Inode *inode = g_hash_table_lookup (disk->inodes, name);

  if (!still_works (disk))
    return SQLITE_IOERR_DELETE;
  if (inode == NULL || inode->deleted)
    return SQLITE_IOERR_DELETE_NOENT;
  inode->deleted = TRUE;
  powercut_bytes_truncate (&inode->now, 0);
  inode->recast = TRUE;
  settle (inode);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *name,
            int          flags,
            int         *result)
{
  Inode *inode = g_hash_table_lookup (((PowercutDisk *) vfs)->inodes, name);

  *result = inode != NULL && !inode->deleted && (flags != SQLITE_ACCESS_EXISTS || inode->now.length > 0);
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *vfs,
               const char  *name,
               int          size,
               char        *out)
{
  g_strlcpy (out, name, (gsize) size);
  return SQLITE_OK;
}

static int
vfs_random (sqlite3_vfs *vfs, int size, char *out)
{
  PowercutDisk *disk = (PowercutDisk *) vfs;

  for (int i = 0; i < size; i++)
    out[i] = (char) g_rand_int (disk->rand);
  return size;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
vfs_time (sqlite3_vfs *vfs, double *now)
{
  *now = 2461000.5;
  return SQLITE_OK;
}

static int
vfs_time_int64 (sqlite3_vfs *vfs, sqlite3_int64 *now)
{
  *now = G_GINT64_CONSTANT (212630443200000);
  return SQLITE_OK;
}

static int
vfs_last_error (sqlite3_vfs *vfs, int size, char *out)
{
  return 0;
}

PowercutDisk *
powercut_disk_new (guint32 seed)
{
  PowercutDisk *disk = g_new0 (PowercutDisk, 1);

  disk->inodes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) inode_free);
  disk->rand = g_rand_new_with_seed (seed);
  disk->writes_left = -1;
  disk->space = -1;
  disk->vfs = (sqlite3_vfs) {
    .iVersion = 2, .szOsFile = sizeof (File), .mxPathname = 512, .zName = VFS_NAME,
    .xOpen = vfs_open, .xDelete = vfs_delete, .xAccess = vfs_access, .xFullPathname = vfs_full_path,
    .xRandomness = vfs_random, .xSleep = vfs_sleep, .xCurrentTime = vfs_time,
    .xGetLastError = vfs_last_error, .xCurrentTimeInt64 = vfs_time_int64,
  };
  return disk;
}

void
powercut_disk_free (PowercutDisk *disk)
{
  g_hash_table_unref (disk->inodes);
  g_rand_free (disk->rand);
  g_free (disk);
}

/* From now on every database this process opens is on @disk. */
void
powercut_disk_mount (PowercutDisk *disk)
{
  disk->system = sqlite3_vfs_find (NULL);
  sqlite3_vfs_register (&disk->vfs, 1);
}

void
powercut_disk_unmount (PowercutDisk *disk)
{
  sqlite3_vfs_unregister (&disk->vfs);
  sqlite3_vfs_register (disk->system, 1);
}

/* The power goes at the write or sync after @n_writes others. */
void
powercut_disk_fail_after (PowercutDisk *disk,
                          gint64        n_writes)
{
  disk->writes_left = n_writes;
}

void
powercut_disk_set_space (PowercutDisk *disk,
                         gint64        n_bytes)
{
  disk->space = n_bytes;
}

gboolean
powercut_disk_is_dead (PowercutDisk *disk)
{
  return disk->dead;
}

/* Of one write, any of its sectors may have reached the platter, in any order. */
static void
land (PowercutDisk  *disk,
      PowercutBytes *platter,
      Write         *write)
{
  for (gsize at = 0; at < write->size; at += SECTOR)
    {
      gsize part = MIN (SECTOR, write->size - at);

      if (g_rand_boolean (disk->rand))
        powercut_bytes_write (platter, write->offset + at, write->data + at,
                              g_rand_int_range (disk->rand, 0, 20) == 0 ? part / 2 : part);
    }
}

/* The power is back: what each file holds now. */
void
powercut_disk_cut (PowercutDisk *disk)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, disk->inodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Inode *inode = value;

      for (guint i = 0; i < inode->pending->len; i++)
        land (disk, &inode->synced, inode->pending->pdata[i]);
      powercut_bytes_share (&inode->synced, &inode->now);
      g_ptr_array_set_size (inode->pending, 0);
      inode->recast = FALSE;
      g_ptr_array_set_size (inode->shm, 0);
      memset (inode->shm_shared, 0, sizeof inode->shm_shared);
      memset (inode->shm_exclusive, 0, sizeof inode->shm_exclusive);
      inode->n_shared = 0;
      inode->reserved = inode->exclusive = FALSE;
    }
  disk->dead = FALSE;
  disk->writes_left = -1;
}

/* A bad page: bytes of file @name at @offset are not what they were. */
void
powercut_disk_spoil (PowercutDisk *disk,
                     const char   *name,
                     gsize         offset)
{
  Inode *inode = g_hash_table_lookup (disk->inodes, name);
  guint8 sector[SECTOR];
  gsize size;

  g_assert_nonnull (inode);
  g_assert_cmpuint (inode->now.length, >, offset);
  size = MIN (SECTOR, inode->now.length - offset);
  powercut_bytes_read (&inode->now, offset, sector, size);
  for (gsize i = 0; i < size; i++)
    sector[i] ^= 0x5a;
  powercut_bytes_write (&inode->now, offset, sector, size);
  inode->recast = TRUE;
  settle (inode);
}

static const char *const parts[] = { "", "-wal", "-journal" };

gboolean
powercut_disk_has (PowercutDisk *disk,
                   const char   *name)
{
  Inode *inode = g_hash_table_lookup (disk->inodes, name);

  return inode != NULL && !inode->deleted && inode->now.length > 0;
}

/* A database that nobody has open, and its logs. */
void
powercut_disk_remove (PowercutDisk *disk,
                      const char   *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (name, parts[i], NULL);

      g_hash_table_remove (disk->inodes, part);
    }
}

static void
put_inode (PowercutDisk *disk,
           const char   *name,
           Inode        *from)
{
  Inode *inode = inode_new (name);

  powercut_bytes_share (&from->now, &inode->now);
  inode->recast = TRUE;
  settle (inode);
  g_hash_table_replace (disk->inodes, inode->name, inode);
}

/* The same; the new name is on the platter at once. */
void
powercut_disk_rename (PowercutDisk *disk,
                      const char   *from,
                      const char   *to)
{
  powercut_disk_remove (disk, to);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *old = g_strconcat (from, parts[i], NULL);
      g_autofree char *new = g_strconcat (to, parts[i], NULL);
      Inode *inode = g_hash_table_lookup (disk->inodes, old);

      if (inode != NULL && !inode->deleted)
        put_inode (disk, new, inode);
    }
  powercut_disk_remove (disk, from);
}

/* @to becomes what @from holds now; nobody may have anything open on it. */
void
powercut_disk_copy (PowercutDisk *from,
                    PowercutDisk *to)
{
  GHashTableIter iter;
  gpointer name, inode;

  g_hash_table_remove_all (to->inodes);
  g_hash_table_iter_init (&iter, from->inodes);
  while (g_hash_table_iter_next (&iter, &name, &inode))
    if (!((Inode *) inode)->deleted)
      put_inode (to, name, inode);
}

/* File @name of @from, and its logs, become file @other of @to. */
void
powercut_disk_copy_file (PowercutDisk *from,
                         const char   *name,
                         PowercutDisk *to,
                         const char   *other)
{
  powercut_disk_remove (to, other);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *old = g_strconcat (name, parts[i], NULL);
      g_autofree char *new = g_strconcat (other, parts[i], NULL);
      Inode *inode = g_hash_table_lookup (from->inodes, old);

      if (inode != NULL && !inode->deleted)
        put_inode (to, new, inode);
    }
}

/* What is open on @from goes on on @to, as another program would that had it
 * open and was waiting: nothing in shared memory is worth anything. */
static void
hand_over (Inode        *from,
           PowercutDisk *disk,
           Inode        *to)
{
  g_autoptr(GPtrArray) shm = to->shm;

  for (guint i = 0; i < from->files->len; i++)
    {
      File *file = from->files->pdata[i];

      file->disk = disk;
      file->inode = to;
      g_ptr_array_add (to->files, file);
    }
  g_ptr_array_set_size (from->files, 0);
  to->n_shared = from->n_shared;
  from->n_shared = 0;
  to->shm = from->shm;
  from->shm = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < to->shm->len; i++)
    memset (to->shm->pdata[i], 0, SHM_SIZE);
}

/* A connection to file @name of @from, in no transaction, becomes one to file
 * @other of @to, which nobody has open. It was opened on a disk that outlives it. */
void
powercut_disk_move (PowercutDisk *from,
                    const char   *name,
                    PowercutDisk *to,
                    const char   *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *old = g_strconcat (name, parts[i], NULL);
      g_autofree char *new = g_strconcat (other, parts[i], NULL);
      Inode *left = g_hash_table_lookup (from->inodes, old);
      Inode *met = g_hash_table_lookup (to->inodes, new);

      if (left == NULL || left->files->len == 0)
        continue;
      if (met == NULL)
        {
          met = inode_new (new);
          g_hash_table_insert (to->inodes, met->name, met);
        }
      met->deleted = FALSE;
      hand_over (left, to, met);
    }
}
