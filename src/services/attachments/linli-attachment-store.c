/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-attachment-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "linli-file-disk.h"
#include "linli-sha256.h"
#include "linli-shelf.h"
#include "linli-store-error.h"

#define BUFFER_SIZE 65536
#define SNIFF_SIZE  4096

void
linli_stored_file_free (LinliStoredFile *file)
{
  if (file == NULL)
    return;

  g_free (file->sha256);
  g_free (file->name);
  g_free (file->content_type);
  g_free (file);
}

static char *
dup_root (const char *folder)
{
  return g_build_filename (folder, "attachments", NULL);
}

/**
 * linli_attachment_get_file:
 * @sha256: 64 hexadecimal digits
 *
 * Returns: (transfer full): where the content is, or would be
 */
GFile *
linli_attachment_get_file (const char *folder,
                           const char *sha256)
{
  g_autofree char *root = dup_root (folder);
  g_autofree char *path = linli_shelf_path (root, sha256);

  return g_file_new_for_path (path);
}

static gboolean
write_all (int           fd,
           const guchar *data,
           gsize         size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
copy_stream (GInputStream    *stream,
             int              fd,
             const char      *path,
             LinliStoredFile *stored,
             GCancellable    *cancellable,
             GError         **error)
{
  LinliSha256 sum;
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  gssize n;

  linli_sha256_begin (&sum);
  while ((n = g_input_stream_read (stream, buffer, BUFFER_SIZE, cancellable, error)) > 0)
    {
      if (stored->size == 0)
        {
          g_autofree char *type = g_content_type_guess (stored->name, buffer, (gsize) MIN (n, SNIFF_SIZE), NULL);

          stored->content_type = g_content_type_get_mime_type (type);
        }
      stored->size += n;
      if (stored->size > LINLI_ATTACHMENT_MAX)
        {
          g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT,
                       "The file is larger than %d MB", LINLI_ATTACHMENT_MAX / (1024 * 1024));
          return FALSE;
        }
      if (!write_all (fd, buffer, (gsize) n))
        {
          linli_files_set_error (error, errno, path);
          return FALSE;
        }
      linli_sha256_add (&sum, buffer, (gsize) n);
    }
  if (n < 0)
    return FALSE;
  if (stored->content_type == NULL)
    stored->content_type = g_strdup ("application/octet-stream");
  stored->sha256 = linli_sha256_end_text (&sum);

  return TRUE;
}

/**
 * linli_attachment_find_small:
 * @path: of a file of the store, or of any other
 *
 * Returns: (transfer full) (nullable): where the small picture of it is kept, there or not; it
 *   goes when the file goes. %NULL for a file that is in no store.
 */
char *
linli_attachment_find_small (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *root = g_path_get_dirname (folder);
  g_autofree char *sha256 = g_path_get_basename (path);
  g_autofree char *stands = NULL;

  if (!linli_shelf_is_name (sha256))
    return NULL;
  stands = linli_shelf_path (root, sha256);
  return g_strcmp0 (stands, path) == 0 ? linli_shelf_beside (root, LINLI_SHELF_SMALL, sha256) : NULL;
}

/**
 * linli_attachment_put:
 * @folder: the store's folder
 * @stream: the content; at most LINLI_ATTACHMENT_MAX bytes
 * @name: what the person calls it
 * @error: %LINLI_STORE_ERROR, %G_IO_ERROR while reading
 *
 * Copies the content into the store; blocks. A copy that no command names is
 * harmless.
 *
 * Returns: (transfer full): what a command needs to name it
 */
LinliStoredFile *
linli_attachment_put (const char   *folder,
                      GInputStream *stream,
                      const char   *name,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr(LinliStoredFile) stored = g_new0 (LinliStoredFile, 1);
  g_autofree char *root = dup_root (folder);
  g_autofree char *part = g_build_filename (root, "part-XXXXXX", NULL);
  gboolean written;
  int fd;

  stored->name = g_strdup (name);
  if (g_mkdir_with_parents (root, 0700) != 0 || (fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600)) < 0)
    {
      linli_files_set_error (error, errno, root);
      return NULL;
    }
  written = copy_stream (stream, fd, part, stored, cancellable, error);
  close (fd);
  if (!written || !linli_shelf_place (root, stored->sha256, part, error))
    {
      g_unlink (part);
      return NULL;
    }

  return g_steal_pointer (&stored);
}

typedef struct
{
  char   *folder;
  GFile  *file;  /* (nullable) */
  GBytes *bytes; /* (nullable) */
  char   *name;
} PutJob;

static void
put_job_free (PutJob *job)
{
  g_free (job->folder);
  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job->name);
  g_free (job);
}

static void
put_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  PutJob *job = data;
  g_autoptr(GInputStream) stream = NULL;
  LinliStoredFile *stored = NULL;
  GError *error = NULL;

  if (job->file != NULL)
    stream = G_INPUT_STREAM (g_file_read (job->file, cancellable, &error));
  else
    stream = g_memory_input_stream_new_from_bytes (job->bytes);
  if (stream != NULL)
    stored = linli_attachment_put (job->folder, stream, job->name, cancellable, &error);

  if (stored != NULL)
    g_task_return_pointer (task, stored, (GDestroyNotify) linli_stored_file_free);
  else
    g_task_return_error (task, error);
}

static void
start_put (const char          *folder,
           GFile               *file,
           GBytes              *bytes,
           char                *name,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  PutJob *job = g_new0 (PutJob, 1);

  job->folder = g_strdup (folder);
  g_set_object (&job->file, file);
  job->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  job->name = name;
  g_task_set_task_data (task, job, (GDestroyNotify) put_job_free);
  g_task_run_in_thread (task, put_thread);
}

/* linli_attachment_put() of a file that was dropped or chosen. */
void
linli_attachment_put_file_async (const char          *folder,
                                 GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *base = g_file_get_basename (file);

  start_put (folder, file, NULL, g_filename_display_name (base), cancellable, callback, user_data);
}

/* linli_attachment_put() of something that was pasted. */
void
linli_attachment_put_bytes_async (const char          *folder,
                                  GBytes              *bytes,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  start_put (folder, NULL, bytes, g_strdup (name), cancellable, callback, user_data);
}

LinliStoredFile *
linli_attachment_put_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
