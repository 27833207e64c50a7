/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sheet-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "linli-table-writer.h"

#define MOST_ROWS  1048576 /* of a sheet; the next begins another */
#define MOST_UNITS 32767   /* of a cell */

struct _LinliSheetWriter
{
  LinliTableWriter *csv;       /* (owned) (nullable) */
  char             *path;      /* (owned) */
  char             *temporary; /* (owned) (nullable): until it has its name */
  lxw_workbook     *book;      /* (owned) (nullable) */
  lxw_worksheet    *sheet;     /* (unowned) */
  lxw_format       *bold;      /* (unowned) */
  GPtrArray        *head;      /* (owned): texts of the first row, for every sheet */
  guint64           numbers;   /* columns that hold numbers, a bit each */
  guint64           rows;
  lxw_row_t         row;       /* in the sheet */
};

/* By the end of the name: .xlsx, else CSV. */
LinliSheetFormat
linli_sheet_format_of (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return lower != NULL && g_str_has_suffix (lower, ".xlsx") ? LINLI_SHEET_XLSX : LINLI_SHEET_CSV;
}

static gboolean
begin_book (LinliSheetWriter *self,
            GError          **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  int fd;

  self->temporary = g_build_filename (folder, ".linli-XXXXXX", NULL);
  fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE, "Cannot write %s: %s", self->path,
                   g_strerror (errno));
      g_clear_pointer (&self->temporary, g_free);
      return FALSE;
    }
  g_close (fd, NULL);
  options.tmpdir = folder; /* where the result must fit, its parts do */
  self->book = workbook_new_opt (self->temporary, &options);
  self->sheet = self->book != NULL ? workbook_add_worksheet (self->book, NULL) : NULL;
  if (self->sheet == NULL)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE, "Cannot write %s", self->path);
      return FALSE;
    }
  self->bold = workbook_add_format (self->book);
  format_set_bold (self->bold);
  worksheet_freeze_panes (self->sheet, 1, 0);

  return TRUE;
}

/**
 * linli_sheet_writer_new:
 * @file: where the table shall be, in a local folder
 * @numbers: which columns hold whole numbers, a bit each
 * @error: %LINLI_TABLE_ERROR
 *
 * Begins a file beside @file. Blocks: for worker threads.
 *
 * Returns: (transfer full): a writer before the first row, which is the head
 */
LinliSheetWriter *
linli_sheet_writer_new (GFile           *file,
                        LinliSheetFormat format,
                        guint64          numbers,
                        GError         **error)
{
  g_autoptr(LinliSheetWriter) self = g_new0 (LinliSheetWriter, 1);

  self->numbers = numbers;
  self->head = g_ptr_array_new_with_free_func (g_free);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE,
                           "Tables can be written to local folders only");
      return NULL;
    }
  if (format == LINLI_SHEET_XLSX)
    return begin_book (self, error) ? g_steal_pointer (&self) : NULL;

  self->csv = linli_table_writer_new (file, LINLI_TABLE_WRITER_GUARD, error);
  return self->csv != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_sheet_writer_free:
 *
 * Gives up a table that was not finished: nothing of it stays.
 */
void
linli_sheet_writer_free (LinliSheetWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->csv, linli_table_writer_free);
  if (self->book != NULL)
    workbook_close (self->book); /* the only way to free one */
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_ptr_array_unref (self->head);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

static void
write_text (LinliSheetWriter *self,
            lxw_col_t         column,
            const char       *text,
            lxw_format       *format)
{
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (text, -1) > MOST_UNITS)
    text = cut = g_utf8_substring (text, 0, MOST_UNITS);
  worksheet_write_string (self->sheet, self->row, column, text, format);
}

/* A text stays a text whatever it begins with: no cell is ever a formula. */
static void
write_cell (LinliSheetWriter *self,
            lxw_col_t         column,
            const char       *cell)
{
  char *end = NULL;
  gint64 number;

  if (cell == NULL || *cell == '\0')
    return;
  if (self->row > 0 && column < 64 && (self->numbers >> column & 1))
    {
      number = g_ascii_strtoll (cell, &end, 10);
      if (*end == '\0' && ABS (number) < G_GINT64_CONSTANT (1000000000000000))
        {
          worksheet_write_number (self->sheet, self->row, column, (double) number, NULL);
          return;
        }
    }
  write_text (self, column, cell, self->row == 0 ? self->bold : NULL);
}

static void
next_sheet (LinliSheetWriter *self)
{
  self->sheet = workbook_add_worksheet (self->book, NULL);
  worksheet_freeze_panes (self->sheet, 1, 0);
  self->row = 0;
  for (guint i = 0; i < self->head->len; i++)
    write_cell (self, (lxw_col_t) i, self->head->pdata[i]);
  self->row = 1;
}

/**
 * linli_sheet_writer_add_row:
 * @cells: (array length=n_cells): UTF-8; %NULL is an empty cell
 * @error: %LINLI_TABLE_ERROR
 */
gboolean
linli_sheet_writer_add_row (LinliSheetWriter   *self,
                            const char *const  *cells,
                            gsize               n_cells,
                            GError            **error)
{
  self->rows++;
  if (self->csv != NULL)
    return linli_table_writer_add_row (self->csv, cells, n_cells, error);

  for (gsize i = 0; self->rows == 1 && i < n_cells; i++)
    g_ptr_array_add (self->head, g_strdup (cells[i]));
  if (self->row == MOST_ROWS)
    next_sheet (self);
  for (gsize i = 0; i < n_cells; i++)
    write_cell (self, (lxw_col_t) i, cells[i]);
  self->row++;

  return TRUE;
}

static gboolean
finish_book (LinliSheetWriter *self,
             GError          **error)
{
  lxw_error failed;
  int number;

  errno = 0;
  failed = workbook_close (self->book);
  number = errno;
  self->book = NULL;
  if (failed != LXW_NO_ERROR || g_rename (self->temporary, self->path) != 0)
    {
      gboolean full = number == ENOSPC || number == EDQUOT || number == EFBIG;

      g_set_error (error, LINLI_TABLE_ERROR, full ? LINLI_TABLE_ERROR_FULL : LINLI_TABLE_ERROR_WRITE,
                   full ? "No room for %s: %s" : "Cannot write %s: %s", self->path,
                   full ? g_strerror (number) : failed != LXW_NO_ERROR ? lxw_strerror (failed) : g_strerror (errno));
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);

  return TRUE;
}

/**
 * linli_sheet_writer_finish:
 * @error: %LINLI_TABLE_ERROR_FULL or %LINLI_TABLE_ERROR_WRITE
 *
 * Gives the table its name. Ends the writing.
 */
gboolean
linli_sheet_writer_finish (LinliSheetWriter *self,
                           GError          **error)
{
  return self->csv != NULL ? linli_table_writer_finish (self->csv, error) : finish_book (self, error);
}

/**
 * linli_sheet_writer_get_rows:
 *
 * Returns: rows added so far, with the head
 */
guint64
linli_sheet_writer_get_rows (LinliSheetWriter *self)
{
  return self->rows;
}
