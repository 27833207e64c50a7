/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One program at a time may write a store. The kernel drops the lock when the
 * program ends in whatever way, so a lock never outlives its holder. */

#include "config.h"

#include "linli-store-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "linli-store-error.h"

/**
 * linli_store_lock:
 * @folder: an existing folder
 * @error: %LINLI_STORE_ERROR_IN_USE when another program holds it,
 *   %LINLI_STORE_ERROR_READ_ONLY when the folder cannot be written
 *
 * Returns: a descriptor for linli_store_unlock(), or -1
 */
int
linli_store_lock (const char *folder,
                  GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int code = errno == ENOSPC || errno == EDQUOT ? LINLI_STORE_ERROR_FULL
               : errno == EACCES || errno == EROFS || errno == EPERM ? LINLI_STORE_ERROR_READ_ONLY
                                                                     : LINLI_STORE_ERROR_IO;

      g_set_error (error, LINLI_STORE_ERROR, code, "%s: %s", path, g_strerror (errno));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_IN_USE,
                   "Another program has the store %s open", folder);
      close (fd);
      return -1;
    }

  return fd;
}

void
linli_store_unlock (int fd)
{
  if (fd >= 0)
    close (fd);
}
