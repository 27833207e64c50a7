/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linli-file-disk.h"
#include "linli-store-error.h"

#define BUFFER_SIZE 65536

struct _LinliArchiveWriter
{
  struct archive *archive;
  char           *path;
};

static gboolean
fail (struct archive *archive,
      const char     *path,
      GError        **error)
{
  int number = archive_errno (archive);
  const char *text = archive_error_string (archive);

  if (number == ENOSPC || number == EDQUOT || number == EACCES || number == EROFS || number == ENOENT)
    linli_files_set_error (error, number, path);
  else
    g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "%s: %s", path,
                 text != NULL ? text : "cannot be read");
  return FALSE;
}

/* Everything residents ever said is in it: for its owner's eyes, until the
 * owner decides otherwise. Whether it can be made, the archive finds out. */
static void
make_private (const char *path)
{
  int fd;

  g_unlink (path);
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
}

/**
 * linli_archive_writer_new:
 * @path: the file to make, anew if it is there
 * @error: %LINLI_STORE_ERROR
 */
LinliArchiveWriter *
linli_archive_writer_new (const char *path,
                          GError    **error)
{
  g_autoptr(LinliArchiveWriter) self = g_new0 (LinliArchiveWriter, 1);

  make_private (path);
  self->path = g_strdup (path);
  self->archive = archive_write_new ();
  archive_write_add_filter_gzip (self->archive);
  archive_write_set_filter_option (self->archive, "gzip", "compression-level", "3");
  archive_write_set_format_pax_restricted (self->archive);
  if (archive_write_open_filename (self->archive, path) != ARCHIVE_OK)
    {
      fail (self->archive, path, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
linli_archive_writer_free (LinliArchiveWriter *self)
{
  if (self == NULL)
    return;

  if (self->archive != NULL)
    archive_write_free (self->archive);
  g_free (self->path);
  g_free (self);
}

static gboolean
add_header (LinliArchiveWriter *self,
            const char         *name,
            gint64              size,
            GError            **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int rc;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  rc = archive_write_header (self->archive, entry);
  archive_entry_free (entry);

  return rc == ARCHIVE_OK || fail (self->archive, self->path, error);
}

gboolean
linli_archive_writer_add_text (LinliArchiveWriter *self,
                               const char         *name,
                               const char         *text,
                               GError            **error)
{
  gsize size = strlen (text);

  return add_header (self, name, (gint64) size, error) &&
         (archive_write_data (self->archive, text, size) >= 0 || fail (self->archive, self->path, error));
}

static gboolean
copy_in (LinliArchiveWriter *self,
         int                 fd,
         const char         *path,
         GCancellable       *cancellable,
         GError            **error)
{
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  gssize n;

  while ((n = read (fd, buffer, BUFFER_SIZE)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (archive_write_data (self->archive, buffer, (gsize) n) < 0)
        return fail (self->archive, self->path, error);
    }
  if (n < 0)
    linli_files_set_error (error, errno, path);

  return n == 0;
}

/* Adds the file at @path under @name. */
gboolean
linli_archive_writer_add_file (LinliArchiveWriter *self,
                               const char         *name,
                               const char         *path,
                               GCancellable       *cancellable,
                               GError            **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  struct stat info;
  gboolean added;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      linli_files_set_error (error, errno, path);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  added = add_header (self, name, info.st_size, error) && copy_in (self, fd, path, cancellable, error);
  close (fd);

  return added;
}

/**
 * linli_archive_writer_finish:
 * @size: (out): bytes of the finished file
 *
 * Closes the archive and waits until it is on the disk.
 */
gboolean
linli_archive_writer_finish (LinliArchiveWriter *self,
                             guint64            *size,
                             GError            **error)
{
  GStatBuf info;

  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return fail (self->archive, self->path, error);
  if (!linli_files_sync (self->path, error))
    return FALSE;
  if (g_stat (self->path, &info) == 0)
    *size = (guint64) info.st_size;

  return TRUE;
}

/* Only what we write ourselves: the database, the manifest, and attachments
 * named by their hash. Anything else in the file is somebody's trap. */
static gboolean
is_ours (const char *name)
{
  g_auto(GStrv) parts = NULL;

  if (g_strcmp0 (name, "manifest.json") == 0 || g_strcmp0 (name, "linli.db") == 0)
    return TRUE;
  if (name == NULL || !g_str_has_prefix (name, "attachments/"))
    return FALSE;
  parts = g_strsplit (name, "/", -1);
  if (g_strv_length (parts) != 3 || strlen (parts[1]) != 2 || strlen (parts[2]) != 64)
    return FALSE;
  for (const char *p = parts[2]; *p != '\0'; p++)
    if (!g_ascii_isxdigit (*p))
      return FALSE;
  return strncmp (parts[1], parts[2], 2) == 0;
}

static gboolean
copy_out (struct archive *archive,
          const char     *source,
          const char     *path,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gssize n = 0;
  gboolean written = fd >= 0;

  while (written && (n = archive_read_data (archive, buffer, BUFFER_SIZE)) > 0)
    written = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
              write (fd, buffer, (gsize) n) == n;
  if (n < 0)
    fail (archive, source, error);
  else if (!written && error != NULL && *error == NULL)
    linli_files_set_error (error, errno, path);
  if (fd >= 0 && (fsync (fd) != 0 || close (fd) != 0) && written)
    {
      linli_files_set_error (error, errno, path);
      return FALSE;
    }

  return written && n == 0;
}

static gboolean
extract_entries (struct archive *archive,
                 const char     *source,
                 const char     *folder,
                 GCancellable   *cancellable,
                 GError        **error)
{
  struct archive_entry *entry = NULL;
  int rc;

  while ((rc = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      const char *name = archive_entry_pathname (entry);
      g_autofree char *path = NULL;
      g_autofree char *parent = NULL;

      if (!is_ours (name))
        {
          g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "This is not a backup of Linli");
          return FALSE;
        }
      path = g_build_filename (folder, name, NULL);
      parent = g_path_get_dirname (path);
      g_mkdir_with_parents (parent, 0700);
      if (!copy_out (archive, source, path, cancellable, error))
        return FALSE;
    }

  return rc == ARCHIVE_EOF || fail (archive, source, error);
}

/**
 * linli_archive_extract:
 * @path: a file that linli_archive_writer_finish() completed, or anything
 * @folder: an empty folder
 * @error: %LINLI_STORE_ERROR_CORRUPT when it is not one of ours or is damaged
 */
gboolean
linli_archive_extract (const char   *path,
                       const char   *folder,
                       GCancellable *cancellable,
                       GError      **error)
{
  struct archive *archive = archive_read_new ();
  gboolean extracted;

  archive_read_support_filter_gzip (archive);
  archive_read_support_format_tar (archive);
  extracted = archive_read_open_filename (archive, path, BUFFER_SIZE) == ARCHIVE_OK
                ? extract_entries (archive, path, folder, cancellable, error)
                : fail (archive, path, error);
  archive_read_free (archive);

  return extracted;
}
