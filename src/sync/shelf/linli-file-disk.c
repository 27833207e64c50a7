/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-file-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "linli-sha256.h"
#include "linli-store-error.h"

#define BUFFER_SIZE 65536

/* Says what the operating system said in the words of the store. */
void
linli_files_set_error (GError    **error,
                       int         number,
                       const char *path)
{
  LinliStoreError code;

  switch (number)
    {
    case ENOSPC:
    case EDQUOT: code = LINLI_STORE_ERROR_FULL; break;
    case EACCES:
    case EPERM:
    case EROFS:  code = LINLI_STORE_ERROR_READ_ONLY; break;
    case ENOENT: code = LINLI_STORE_ERROR_NOT_FOUND; break;
    default:     code = LINLI_STORE_ERROR_IO; break;
    }
  g_set_error (error, LINLI_STORE_ERROR, (int) code, "%s: %s", path, g_strerror (number));
}

/**
 * linli_files_sync:
 * @path: a file or folder
 * @error: %LINLI_STORE_ERROR
 *
 * Waits until @path is on the disk.
 */
gboolean
linli_files_sync (const char *path,
                  GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    linli_files_set_error (error, errno, path);
  if (fd >= 0)
    close (fd);

  return synced;
}

/**
 * linli_files_sha256:
 * @size: (out) (optional): bytes read
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): lower-case hexadecimal
 */
char *
linli_files_sha256 (const char *path,
                    guint64    *size,
                    GError    **error)
{
  LinliSha256 sum;
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  guint64 total = 0;
  gssize n = 0;

  linli_sha256_begin (&sum);
  while (fd >= 0 && (n = read (fd, buffer, BUFFER_SIZE)) > 0)
    {
      linli_sha256_add (&sum, buffer, (gsize) n);
      total += (guint64) n;
    }
  if (fd < 0 || n < 0)
    {
      linli_files_set_error (error, errno, path);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  close (fd);
  if (size != NULL)
    *size = total;

  return linli_sha256_end_text (&sum);
}
