/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entries of a ZIP file, read one at a time from a seekable stream, with
 * an eye on what they unpack to. Only files with their directory at the end
 * are read: one without it has been cut off. */

#include "config.h"

#include "linli-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#define BLOCK (64 * 1024)

struct _LinliZip
{
  GInputStream   *stream;      /* (owned) */
  GCancellable   *cancellable; /* (owned) (nullable) */
  LinliZipLimits  limits;
  guint64         file_size;

  struct archive *archive;     /* (owned) (nullable) */
  guint8         *block;       /* (owned) lent to the archive */
  GError         *stream_error; /* (owned) why the last callback failed */

  char           *name;        /* (owned) of the entry, folded */
  guint64         entry_size;  /* as the directory says, or 0 */
  guint64         entry_read;
  guint64         total;       /* unpacked since the last rewind */
  guint           entries;
};

static la_ssize_t
read_cb (struct archive *archive,
         void           *data,
         const void    **buffer)
{
  LinliZip *self = data;
  gssize n;

  g_clear_error (&self->stream_error);
  n = g_input_stream_read (self->stream, self->block, BLOCK, self->cancellable,
                           &self->stream_error);
  *buffer = self->block;
  if (n < 0)
    archive_set_error (archive, EIO, "reading failed");
  return n;
}

static la_int64_t
seek_cb (struct archive *archive,
         void           *data,
         la_int64_t      offset,
         int             whence)
{
  LinliZip *self = data;
  GSeekType type = whence == SEEK_SET ? G_SEEK_SET : whence == SEEK_CUR ? G_SEEK_CUR : G_SEEK_END;

  g_clear_error (&self->stream_error);
  if (!g_seekable_seek (G_SEEKABLE (self->stream), offset, type, self->cancellable,
                        &self->stream_error))
    return ARCHIVE_FATAL;
  return g_seekable_tell (G_SEEKABLE (self->stream));
}

/* What went wrong below, or else that the file is not whole. */
static gboolean
set_archive_error (LinliZip *self,
                   GError  **error)
{
  const char *message = archive_error_string (self->archive);

  if (self->stream_error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->stream_error));
  else
    g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_TORN,
                 "The file is damaged or not complete: %s",
                     message != NULL ? message : "unreadable");
  return FALSE;
}

/**
 * linli_zip_new:
 * @stream: a seekable stream
 * @limits: copied
 * @cancellable: (nullable): polled at every block
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full): the file before its first entry
 */
LinliZip *
linli_zip_new (GInputStream         *stream,
               const LinliZipLimits *limits,
               GCancellable         *cancellable,
               GError              **error)
{
  g_autoptr(LinliZip) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  if (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_OPEN,
                           "A spreadsheet must be copied to a local folder before it can be read");
      return NULL;
    }

  self = g_new0 (LinliZip, 1);
  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->limits = *limits;
  self->block = g_malloc (BLOCK);
  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, error))
    return NULL;
  self->file_size = (guint64) g_seekable_tell (G_SEEKABLE (stream));

  return linli_zip_rewind (self, error) ? g_steal_pointer (&self) : NULL;
}

void
linli_zip_free (LinliZip *self)
{
  if (self == NULL)
    return;

  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->stream_error);
  g_free (self->block);
  g_free (self->name);
  g_free (self);
}

/**
 * linli_zip_rewind:
 *
 * Starts over before the first entry.
 */
gboolean
linli_zip_rewind (LinliZip *self,
                  GError  **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, self->cancellable, error))
    return FALSE;
  if (self->archive != NULL)
    archive_read_free (self->archive);
  self->archive = archive_read_new ();
  self->total = 0;
  self->entries = 0;

  archive_read_support_format_zip_seekable (self->archive);
  archive_read_set_read_callback (self->archive, read_cb);
  archive_read_set_seek_callback (self->archive, seek_cb);
  archive_read_set_callback_data (self->archive, self);
  if (archive_read_open1 (self->archive) != ARCHIVE_OK)
    return set_archive_error (self, error);
  return TRUE;
}

/**
 * linli_zip_fold_name:
 *
 * Returns: (transfer full): @name as entries are compared: some writers use
 *   backslashes, a leading slash or another case
 */
char *
linli_zip_fold_name (const char *name)
{
  char *folded;

  g_return_val_if_fail (name != NULL, NULL);

  folded = g_ascii_strdown (name, -1);
  g_strdelimit (folded, "\\", '/');
  return folded[0] == '/' ? memmove (folded, folded + 1, strlen (folded)) : folded;
}

/**
 * linli_zip_next:
 * @name: (out) (transfer none) (nullable): the entry's folded name, valid
 *   until the next call; %NULL after the last
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Goes to the next entry.
 */
gboolean
linli_zip_next (LinliZip    *self,
                const char **name,
                GError     **error)
{
  struct archive_entry *entry;
  const char *path;
  int result;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  *name = NULL;
  result = archive_read_next_header (self->archive, &entry);
  if (result == ARCHIVE_EOF)
    return TRUE;
  if (result < ARCHIVE_WARN)
    return set_archive_error (self, error);
  if (++self->entries > self->limits.max_entries)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_BOMB,
                   "The file holds more than %u parts", self->limits.max_entries);
      return FALSE;
    }

  path = archive_entry_pathname_utf8 (entry);
  if (path == NULL)
    path = archive_entry_pathname (entry);
  g_free (self->name);
  self->name = linli_zip_fold_name (path != NULL ? path : "");
  self->entry_size = archive_entry_size_is_set (entry)
           ? (guint64) MAX (archive_entry_size (entry), 0) : 0;
  self->entry_read = 0;
  *name = self->name;
  return TRUE;
}

/**
 * linli_zip_find:
 * @name: a folded name
 * @error: %LINLI_TABLE_ERROR_FORMAT when there is no such entry
 *
 * Starts over and goes to the entry.
 */
gboolean
linli_zip_find (LinliZip   *self,
                const char *name,
                GError    **error)
{
  const char *found;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (!linli_zip_rewind (self, error))
    return FALSE;
  do
    if (!linli_zip_next (self, &found, error))
      return FALSE;
  while (found != NULL && strcmp (found, name) != 0);

  if (found == NULL)
    g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT,
                 "The spreadsheet lacks its part %s", name);
  return found != NULL;
}

/**
 * linli_zip_read:
 * @error: %LINLI_TABLE_ERROR_BOMB, %LINLI_TABLE_ERROR_TORN or %G_IO_ERROR
 *
 * Returns: bytes of the entry put into @buffer, 0 at its end, -1 on error
 */
gssize
linli_zip_read (LinliZip *self,
                void     *buffer,
                gsize     length,
                GError  **error)
{
  la_ssize_t n;

  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -1;
  n = archive_read_data (self->archive, buffer, length);
  if (n < 0)
    {
      set_archive_error (self, error);
      return -1;
    }

  self->entry_read += (guint64) n;
  self->total += (guint64) n;
  if (self->total > self->limits.max_total ||
      (self->total > self->limits.ratio_from &&
       self->total / self->limits.max_ratio > self->file_size))
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_BOMB,
                   "The file is built to exhaust this computer: %" G_GUINT64_FORMAT
                   " bytes have already come out of %" G_GUINT64_FORMAT, self->total,
                       self->file_size);
      return -1;
    }
  return n;
}

/**
 * linli_zip_get_entry_size:
 *
 * Returns: what the file says the entry unpacks to, or 0
 */
guint64
linli_zip_get_entry_size (LinliZip *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entry_size;
}

guint64
linli_zip_get_entry_read (LinliZip *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entry_read;
}
