/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linli-file-disk.h"

#define PART       "part"
#define HASH_CHARS 64

/* Returns: whether @sha256 is 64 lower-case hexadecimal digits, and so safe in a path */
gboolean
linli_shelf_is_name (const char *sha256)
{
  gsize n = 0;

  for (; sha256[n] != '\0'; n++)
    if (n >= HASH_CHARS || !(g_ascii_isdigit (sha256[n]) || (sha256[n] >= 'a' && sha256[n] <= 'f')))
      return FALSE;
  return n == HASH_CHARS;
}

/* Returns: (transfer full): where the whole file is, or would be */
char *
linli_shelf_path (const char *root,
                  const char *sha256)
{
  g_autofree char *shelf = g_strndup (sha256, 2);

  return g_build_filename (root, shelf, sha256, NULL);
}

/* Returns: (transfer full): where a mark of a file stands, there or not */
char *
linli_shelf_beside (const char *root,
                    const char *mark,
                    const char *sha256)
{
  g_autofree char *name = g_strconcat (mark, "-", sha256, NULL);

  return g_build_filename (root, name, NULL);
}

/* Returns: (transfer full): where it grows */
char *
linli_shelf_part_path (const char *root,
                       const char *sha256)
{
  return linli_shelf_beside (root, PART, sha256);
}

static gboolean
stat_file (const char *path,
           gint64     *size,
           gint64     *since)
{
  GStatBuf st;

  if (g_stat (path, &st) != 0 || !S_ISREG (st.st_mode))
    return FALSE;
  if (size != NULL)
    *size = st.st_size;
  if (since != NULL)
    *since = (gint64) st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000;
  return TRUE;
}

/* @size: (out) (optional): bytes. Returns: whether it is here, whole */
gboolean
linli_shelf_has (const char *root,
                 const char *sha256,
                 gint64     *size)
{
  g_autofree char *path = linli_shelf_path (root, sha256);

  return stat_file (path, size, NULL);
}

/* @size: (out): bytes that have come. Returns: whether it has begun to come */
gboolean
linli_shelf_has_part (const char *root,
                      const char *sha256,
                      gint64     *size)
{
  g_autofree char *path = linli_shelf_part_path (root, sha256);

  *size = 0;
  return stat_file (path, size, NULL);
}

static int
open_part (const char *root,
           const char *sha256,
           GError    **error)
{
  g_autofree char *path = linli_shelf_part_path (root, sha256);
  int fd = -1;

  if (g_mkdir_with_parents (root, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    linli_files_set_error (error, errno, path);
  return fd;
}

/**
 * linli_shelf_begin:
 * @error: %LINLI_STORE_ERROR
 *
 * An empty part, unless there is one already.
 */
gboolean
linli_shelf_begin (const char *root,
                   const char *sha256,
                   GError    **error)
{
  int fd = open_part (root, sha256, error);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

static gboolean
write_at (int           fd,
          const guchar *data,
          gsize         size,
          gint64        offset)
{
  while (size > 0)
    {
      gssize n = pwrite (fd, data, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
      offset += n;
    }
  return TRUE;
}

/**
 * linli_shelf_append:
 * @offset: (inout): where @bytes belong; afterwards, where the next do
 * @fits: (out): %FALSE when the part does not end at @offset; nothing was written
 * @error: %LINLI_STORE_ERROR; what came before is kept
 */
gboolean
linli_shelf_append (const char *root,
                    const char *sha256,
                    gint64     *offset,
                    GBytes     *bytes,
                    gboolean   *fits,
                    GError    **error)
{
  int fd = open_part (root, sha256, error);
  gboolean written = TRUE;
  gsize size = 0;
  const guchar *data = g_bytes_get_data (bytes, &size);
  struct stat st;

  *fits = FALSE;
  if (fd < 0)
    return FALSE;
  if (fstat (fd, &st) != 0)
    written = FALSE;
  else if (st.st_size == *offset)
    {
      *fits = TRUE;
      written = write_at (fd, data, size, *offset);
    }
  if (!written)
    {
      int why = errno;

      if (*fits && ftruncate (fd, *offset) != 0)
        g_debug ("A part keeps what could not be written whole; its hash will tell");
      linli_files_set_error (error, why, root);
    }
  else
    *offset = *fits ? *offset + (gint64) size : st.st_size;
  close (fd);

  return written;
}

void
linli_shelf_drop_part (const char *root,
                       const char *sha256)
{
  g_autofree char *path = linli_shelf_part_path (root, sha256);

  g_unlink (path);
}

/* A mark that cannot be made is missed by nobody but the next look. */
gboolean
linli_shelf_mark (const char *root,
                  const char *mark,
                  const char *sha256)
{
  g_autofree char *path = linli_shelf_beside (root, mark, sha256);

  return g_mkdir_with_parents (root, 0700) == 0 && g_file_set_contents (path, "", 0, NULL);
}

/* @since: (out) (optional): microseconds UTC, by the machine's clock */
gboolean
linli_shelf_is_marked (const char *root,
                       const char *mark,
                       const char *sha256,
                       gint64     *since)
{
  g_autofree char *path = linli_shelf_beside (root, mark, sha256);

  return stat_file (path, NULL, since);
}

void
linli_shelf_unmark (const char *root,
                    const char *mark,
                    const char *sha256)
{
  g_autofree char *path = linli_shelf_beside (root, mark, sha256);

  g_unlink (path);
}

/**
 * linli_shelf_place:
 * @from: a complete file in @root
 * @error: %LINLI_STORE_ERROR
 *
 * The name on the shelf appears only when the content is on the disk.
 */
gboolean
linli_shelf_place (const char *root,
                   const char *sha256,
                   const char *from,
                   GError    **error)
{
  g_autofree char *path = linli_shelf_path (root, sha256);
  g_autofree char *shelf = g_path_get_dirname (path);

  if (!linli_files_sync (from, error))
    return FALSE;
  linli_shelf_unmark (root, LINLI_SHELF_UNNEEDED, sha256); /* who brings it will name it */
  if (g_mkdir_with_parents (shelf, 0700) != 0 || g_rename (from, path) != 0)
    {
      linli_files_set_error (error, errno, path);
      return FALSE;
    }

  return linli_files_sync (shelf, error);
}

/**
 * linli_shelf_seal:
 * @good: (out): whether the part is what its name says; else it is dropped
 * @error: %LINLI_STORE_ERROR
 *
 * The part is complete: it becomes a file.
 */
gboolean
linli_shelf_seal (const char *root,
                  const char *sha256,
                  gboolean   *good,
                  GError    **error)
{
  g_autofree char *part = linli_shelf_part_path (root, sha256);
  g_autofree char *found = linli_files_sha256 (part, NULL, error);

  *good = FALSE;
  if (found == NULL)
    return FALSE;
  *good = g_str_equal (found, sha256);
  if (*good)
    return linli_shelf_place (root, sha256, part, error);
  g_unlink (part);

  return TRUE;
}

/* Returns: whether it was there. */
gboolean
linli_shelf_remove (const char *root,
                    const char *sha256)
{
  g_autofree char *path = linli_shelf_path (root, sha256);

  return g_unlink (path) == 0;
}

/**
 * linli_shelf_read:
 * @size: at most so many bytes
 * @error: %LINLI_STORE_ERROR_NOT_FOUND and others
 *
 * Returns: (transfer full): empty at the end of the file
 */
GBytes *
linli_shelf_read (const char *root,
                  const char *sha256,
                  gint64      offset,
                  gsize       size,
                  GError    **error)
{
  g_autofree char *path = linli_shelf_path (root, sha256);
  g_autofree guchar *data = g_malloc (MAX (size, 1));
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gsize got = 0;
  gssize n = fd < 0 ? -1 : 1;

  while (n > 0 && got < size)
    {
      n = pread (fd, data + got, size - got, offset + (gint64) got);
      got += n > 0 ? (gsize) n : 0;
    }
  if (n < 0)
    linli_files_set_error (error, errno, path);
  if (fd >= 0)
    close (fd);

  return n < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&data), got);
}

/**
 * linli_shelf_check:
 * @good: (out): whether its content still is what its name says
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_shelf_check (const char *root,
                   const char *sha256,
                   gboolean   *good,
                   GError    **error)
{
  g_autofree char *path = linli_shelf_path (root, sha256);
  g_autofree char *found = linli_files_sha256 (path, NULL, error);

  *good = g_strcmp0 (found, sha256) == 0;
  return found != NULL;
}
