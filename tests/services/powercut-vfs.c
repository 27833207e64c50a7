/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powercut-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR    512
#define VFS_NAME  "powercut"
#define N_LOCKS   SQLITE_SHM_NLOCK

typedef struct
{
  gsize   offset;
  GBytes *data;
} Write;

typedef struct
{
  char       *name;
  GByteArray *now;     /* as the running program sees it */
  GByteArray *synced;  /* as the platter surely holds it */
  GPtrArray  *pending; /* Write, since the last sync */
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
write_free (Write *write)
{
  g_bytes_unref (write->data);
  g_free (write);
}

static void
inode_free (Inode *inode)
{
  g_free (inode->name);
  g_byte_array_unref (inode->now);
  g_byte_array_unref (inode->synced);
  g_ptr_array_unref (inode->pending);
  g_ptr_array_unref (inode->shm);
  g_free (inode);
}

static Inode *
inode_new (const char *name)
{
  Inode *inode = g_new0 (Inode, 1);

  inode->name = g_strdup (name);
  inode->now = g_byte_array_new ();
  inode->synced = g_byte_array_new ();
  inode->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) write_free);
  inode->shm = g_ptr_array_new_with_free_func (g_free);
  return inode;
}

static void
put (GByteArray   *bytes,
     gsize         offset,
     const guint8 *data,
     gsize         size)
{
  if (bytes->len < offset + size)
    {
      gsize old = bytes->len;

      g_byte_array_set_size (bytes, (guint) (offset + size));
      memset (bytes->data + old, 0, bytes->len - old);
    }
  memcpy (bytes->data + offset, data, size);
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
  GByteArray *now = self->inode->now;
  gsize there = (gsize) offset < now->len ? MIN ((gsize) size, now->len - (gsize) offset) : 0;

  if (self->disk->dead)
    return SQLITE_IOERR_READ;
  if (there > 0)
    memcpy (buffer, now->data + offset, there);
  memset ((char *) buffer + there, 0, (gsize) size - there);
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
    used += ((Inode *) inode)->deleted ? 0 : ((Inode *) inode)->now->len;
  return used;
}

static int
file_write (sqlite3_file *file,
            const void   *data,
            int           size,
            sqlite3_int64 offset)
{
  File *self = (File *) file;
  gsize grows = (gsize) (offset + size) > self->inode->now->len ? (gsize) (offset + size) - self->inode->now->len : 0;
  Write *write;

  if (!still_works (self->disk))
    return SQLITE_IOERR_WRITE;
  if (self->disk->space >= 0 && grows > 0 &&
      powercut_disk_get_used (self->disk) + grows > (gsize) self->disk->space)
    return SQLITE_FULL;

  put (self->inode->now, (gsize) offset, data, (gsize) size);
  write = g_new0 (Write, 1);
  write->offset = (gsize) offset;
  write->data = g_bytes_new (data, (gsize) size);
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
  if ((gsize) size < self->inode->now->len)
    {
      g_byte_array_set_size (self->inode->now, (guint) size);
      self->inode->recast = TRUE;
    }
  return SQLITE_OK;
}

static void
settle (Inode *inode)
{
  if (inode->recast)
    {
      g_byte_array_set_size (inode->synced, 0);
      g_byte_array_append (inode->synced, inode->now->data, inode->now->len);
    }
  for (guint i = 0; !inode->recast && i < inode->pending->len; i++)
    {
      const Write *write = inode->pending->pdata[i];

      put (inode->synced, write->offset, g_bytes_get_data (write->data, NULL), g_bytes_get_size (write->data));
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
  *size = ((File *) file)->inode->now->len;
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

  while (extend && inode->shm->len <= (guint) region)
    g_ptr_array_add (inode->shm, g_malloc0 ((gsize) size));
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
  g_byte_array_set_size (inode->now, 0);
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

  *result = inode != NULL && !inode->deleted && (flags != SQLITE_ACCESS_EXISTS || inode->now->len > 0);
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
land (PowercutDisk *disk,
      GByteArray   *platter,
      Write        *write)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (write->data, &size);

  for (gsize at = 0; at < size; at += SECTOR)
    {
      gsize part = MIN (SECTOR, size - at);

      if (g_rand_boolean (disk->rand))
        put (platter, write->offset + at, data + at, g_rand_int_range (disk->rand, 0, 20) == 0 ? part / 2 : part);
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
        land (disk, inode->synced, inode->pending->pdata[i]);
      g_byte_array_set_size (inode->now, 0);
      g_byte_array_append (inode->now, inode->synced->data, inode->synced->len);
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

  g_assert_nonnull (inode);
  for (gsize i = offset; i < MIN (offset + SECTOR, inode->now->len); i++)
    inode->now->data[i] ^= 0x5a;
  inode->recast = TRUE;
  settle (inode);
}

static const char *const parts[] = { "", "-wal", "-journal" };

gboolean
powercut_disk_has (PowercutDisk *disk,
                   const char   *name)
{
  Inode *inode = g_hash_table_lookup (disk->inodes, name);

  return inode != NULL && !inode->deleted && inode->now->len > 0;
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

  g_byte_array_append (inode->now, from->now->data, from->now->len);
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
