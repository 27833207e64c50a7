/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV as Chinese spreadsheet programs open it without asking: UTF-8 with a
 * mark, CRLF, commas. The file appears under its name only when it is whole;
 * until then, and after any failure, what was there before stays. */

#include "config.h"

#include "linli-table-writer.h"

#include "linli-table-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (64 * 1024)

struct _LinliTableWriter
{
  char                  *path;      /* (owned) */
  char                  *temporary; /* (owned) (nullable) until it has its name */
  int                    fd;
  LinliTableWriterFlags  flags;
  GString               *buffer;    /* (owned) not yet written */
  guint64                rows;
  GError                *failure;   /* (owned) what ended the writing, told again */
};

static gboolean
fail (LinliTableWriter *self,
      int               number,
      GError          **error)
{
  gboolean full = number == ENOSPC || number == EDQUOT || number == EFBIG;

  if (self->failure == NULL)
    self->failure = g_error_new (LINLI_TABLE_ERROR,
                                 full ? LINLI_TABLE_ERROR_FULL : LINLI_TABLE_ERROR_WRITE,
                                 full ? "No room for %s: %s" : "Cannot write %s: %s",
                                 self->path, g_strerror (number));
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return FALSE;
}

/* A link keeps pointing where it points; the file behind it is replaced. */
static char *
real_path (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      char *target = realpath (path, NULL);

      if (target != NULL)
        {
          g_autofree char *copy = g_strdup (target);

          free (target);
          return g_steal_pointer (&copy);
        }
    }
  return g_steal_pointer (&path);
}

/**
 * linli_table_writer_new:
 * @file: where the table shall be, in a local folder
 * @error: %LINLI_TABLE_ERROR_FULL or %LINLI_TABLE_ERROR_WRITE
 *
 * Begins a file beside @file. Blocks: for worker threads.
 *
 * Returns: (transfer full): a writer before the first row
 */
LinliTableWriter *
linli_table_writer_new (GFile                  *file,
                        LinliTableWriterFlags   flags,
                        GError                **error)
{
  g_autoptr(LinliTableWriter) self = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_new0 (LinliTableWriter, 1);
  self->fd = -1;
  self->flags = flags;
  self->buffer = g_string_new ("\xef\xbb\xbf");
  self->path = real_path (file);
  if (self->path == NULL)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE,
                           "Tables can be written to local folders only");
      return NULL;
    }
  if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      fail (self, EISDIR, error);
      return NULL;
    }

  folder = g_path_get_dirname (self->path);
  self->temporary = g_build_filename (folder, ".linli-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      g_clear_pointer (&self->temporary, g_free);
      fail (self, errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * linli_table_writer_free:
 *
 * Gives up a table that was not finished: nothing of it stays.
 */
void
linli_table_writer_free (LinliTableWriter *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_error (&self->failure);
  g_string_free (self->buffer, TRUE);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

static gboolean
flush (LinliTableWriter *self,
       GError          **error)
{
  const char *p = self->buffer->str;
  gsize left = self->buffer->len;

  while (left > 0)
    {
      gssize n = write (self->fd, p, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (self, errno, error);
      p += n;
      left -= (gsize) n;
    }
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

/* Any character that some reader may take for structure: also the separators
 * of other dialects, so that none of them explains the file better. */
static gboolean
needs_quotes (const char *cell,
              gboolean    alone)
{
  return (alone && *cell == '\0') || strpbrk (cell, ",;\t|\"\r\n") != NULL ||
         g_ascii_strncasecmp (cell, "sep=", 4) == 0;
}

static void
append_cell (LinliTableWriter *self,
             const char       *cell,
             gboolean          alone)
{
  gboolean guard = (self->flags & LINLI_TABLE_WRITER_GUARD) != 0 && linli_table_needs_guard (cell);

  if (!needs_quotes (cell, alone))
    {
      g_string_append (self->buffer, guard ? "'" : "");
      g_string_append (self->buffer, cell);
      return;
    }

  g_string_append (self->buffer, guard ? "\"'" : "\"");
  for (const char *quote; (quote = strchr (cell, '"')) != NULL; cell = quote + 1)
    {
      g_string_append_len (self->buffer, cell, quote + 1 - cell);
      g_string_append_c (self->buffer, '"');
    }
  g_string_append (self->buffer, cell);
  g_string_append_c (self->buffer, '"');
}

/**
 * linli_table_writer_add_row:
 * @cells: (array length=n_cells): UTF-8; %NULL is an empty cell
 * @n_cells: at least 1
 * @error: %LINLI_TABLE_ERROR_FULL or %LINLI_TABLE_ERROR_WRITE, of this or an
 *   earlier row
 */
gboolean
linli_table_writer_add_row (LinliTableWriter   *self,
                            const char *const  *cells,
                            gsize               n_cells,
                            GError            **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);
  g_return_val_if_fail (cells != NULL && n_cells > 0, FALSE);

  if (self->failure != NULL)
    return fail (self, 0, error);

  for (gsize i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (self->buffer, ',');
      append_cell (self, cells[i] != NULL ? cells[i] : "", n_cells == 1);
    }
  g_string_append (self->buffer, "\r\n");
  self->rows++;
  return self->buffer->len < BLOCK || flush (self, error);
}

/* The name is durable once its folder is; some file systems cannot do that. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/**
 * linli_table_writer_finish:
 * @error: %LINLI_TABLE_ERROR_FULL or %LINLI_TABLE_ERROR_WRITE
 *
 * Makes the table durable and gives it its name. Ends the writing.
 */
gboolean
linli_table_writer_finish (LinliTableWriter *self,
                           GError          **error)
{
  int fd;

  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (self->failure != NULL)
    return fail (self, 0, error);
  if (!flush (self, error))
    return FALSE;
  if (fsync (self->fd) != 0 && errno != EINVAL && errno != EROFS)
    return fail (self, errno, error);
  fd = self->fd;
  self->fd = -1;
  if (close (fd) != 0)
    return fail (self, errno, error);
  if (g_rename (self->temporary, self->path) != 0)
    return fail (self, errno, error);

  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

/**
 * linli_table_writer_get_rows:
 *
 * Returns: rows added so far, with the header
 */
guint64
linli_table_writer_get_rows (LinliTableWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rows;
}
