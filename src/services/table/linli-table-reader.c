/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One door to every kind of table file. What a file is, its content says: a
 * name ending in .xls may hold CSV, XLSX or a web page. */

#include "config.h"

#include "linli-table-reader.h"

#include "linli-csv.h"
#include "linli-table-guard.h"
#include "linli-xlsx.h"

#include <string.h>

#define HEAD 1024

struct _LinliTableReader
{
  GObject    parent_instance;
  LinliCsv  *csv;   /* (owned) (nullable) */
  LinliXlsx *xlsx;  /* (owned) (nullable); exactly one of both */
  guint64    total;
  gboolean   unguard;
};

G_DEFINE_FINAL_TYPE (LinliTableReader, linli_table_reader, G_TYPE_OBJECT)

static void
linli_table_reader_finalize (GObject *object)
{
  LinliTableReader *self = LINLI_TABLE_READER (object);

  g_clear_pointer (&self->csv, linli_csv_free);
  g_clear_pointer (&self->xlsx, linli_xlsx_free);
  G_OBJECT_CLASS (linli_table_reader_parent_class)->finalize (object);
}

static void
linli_table_reader_class_init (LinliTableReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = linli_table_reader_finalize;
}

static void
linli_table_reader_init (LinliTableReader *self)
{
}

/* What GIO says, as what to do about it. Cancelling stays what it is. */
static void
translate_error (GError   **error,
                 gboolean   opening,
                 GFile     *file)
{
  g_autoptr(GError) local = *error;
  g_autofree char *name = NULL;

  if (local->domain != G_IO_ERROR || local->code == G_IO_ERROR_CANCELLED)
    {
      g_steal_pointer (&local);
      return;
    }
  name = file != NULL ? g_file_get_parse_name (file) : g_strdup ("the file");
  *error = opening ? g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_OPEN,
                                  "Cannot open %s: %s", name, local->message)
                   : g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_TORN,
                                  "Reading %s stopped: %s", name, local->message);
}

static gboolean
looks_like_markup (const guint8 *head,
                   gsize         length,
                   const char   *tag)
{
  g_autofree char *text = g_ascii_strdown ((const char *) head, (gssize) length);
  const char *p = text;

  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  p += strspn (p, " \t\r\n");
  return *p == '<' && strstr (p, tag) != NULL;
}

/* Files that people take for tables, with what to do instead. */
static gboolean
refuse_other_kinds (const guint8 *head,
                    gsize         length,
                    GError      **error)
{
  static const struct { const char *magic; gsize length; const char *advice; } kinds[] = {
    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
      "an old Excel file (.xls) or one with a password; save it as XLSX or CSV without a password" },
    { "%PDF-", 5, "a PDF; ask for the table it was printed from" },
    { "Rar!", 4, "a RAR archive; unpack it and choose the table inside" },
    { "7z\xbc\xaf\x27\x1c", 6, "a 7z archive; unpack it and choose the table inside" },
    { "\x1f\x8b", 2, "a gzip archive; unpack it and choose the table inside" },
    { "\x89PNG", 4, "a picture; ask for the table it was taken of" },
    { "\xff\xd8\xff", 3, "a picture; ask for the table it was taken of" },
    { "PK\x05\x06", 4, "an empty ZIP archive" },
    { "{\\rtf", 5, "a text document; copy its table into a spreadsheet and save it as XLSX" },
  };
  const char *advice = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && advice == NULL; i++)
    if (length >= kinds[i].length && memcmp (head, kinds[i].magic, kinds[i].length) == 0)
      advice = kinds[i].advice;
  if (advice == NULL &&
      (looks_like_markup (head, length, "<html") || looks_like_markup (head, length, "<table")))
    advice = "a web page; open it with a spreadsheet program and save it as XLSX";
  if (advice == NULL &&
      looks_like_markup (head, length, "urn:schemas-microsoft-com:office:spreadsheet"))
    advice = "an XML spreadsheet of 2003; save it as XLSX";
  if (advice == NULL)
    return FALSE;

  g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT, "The file is %s", advice);
  return TRUE;
}

static gboolean
open_content (LinliTableReader      *self,
              GInputStream          *stream,
              LinliTableReaderFlags  flags,
              GCancellable          *cancellable,
              GError               **error)
{
  guint8 head[HEAD];
  gsize length = 0;

  if (!g_input_stream_read_all (stream, head, sizeof head, &length, cancellable, error) ||
      refuse_other_kinds (head, length, error))
    return FALSE;
  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  if (length >= 4 && memcmp (head, "PK\x03\x04", 4) == 0)
    self->xlsx = linli_xlsx_new (stream, (flags & LINLI_TABLE_READER_FILL_MERGED) != 0, NULL,
                                 cancellable, error);
  else
    self->csv = linli_csv_new (stream, cancellable, error);
  return self->xlsx != NULL || self->csv != NULL;
}

/**
 * linli_table_reader_new:
 * @file: a local file
 * @cancellable: (nullable): polled while opening and reading
 * @error: %LINLI_TABLE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Opens @file by what it holds. Blocks: call it on a worker thread, and use
 * the reader from one thread at a time.
 *
 * Returns: (transfer full): a reader before the first row
 */
LinliTableReader *
linli_table_reader_new (GFile                  *file,
                        LinliTableReaderFlags   flags,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr(LinliTableReader) self = NULL;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GFileInfo) info = NULL;
  GError *local = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (LINLI_TYPE_TABLE_READER, NULL);
  stream = g_file_read (file, cancellable, &local);
  if (stream != NULL)
    info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable,
                                           &local);
  if (info != NULL)
    self->total = (guint64) g_file_info_get_size (info);
  if (local == NULL && open_content (self, G_INPUT_STREAM (stream), flags, cancellable, &local))
    return g_steal_pointer (&self);

  translate_error (&local, TRUE, file);
  g_propagate_error (error, local);
  return NULL;
}

/**
 * linli_table_reader_next:
 * @row: (out) (transfer none) (nullable) (element-type utf8): the cells, valid
 *   until the next call; %NULL at the end
 * @error: %LINLI_TABLE_ERROR, or %G_IO_ERROR_CANCELLED; told again by later calls
 *
 * Rows are as long as the file has them, not all the same.
 *
 * Returns: %FALSE on error
 */
gboolean
linli_table_reader_next (LinliTableReader *self,
                         GPtrArray       **row,
                         GError          **error)
{
  GError *local = NULL;

  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  if (!(self->csv != NULL ? linli_csv_next (self->csv, row, &local)
        : linli_xlsx_next (self->xlsx, row, &local)))
    {
      translate_error (&local, FALSE, NULL);
      g_propagate_error (error, local);
      return FALSE;
    }

  if (self->unguard && *row != NULL)
    for (guint i = 0; i < (*row)->len; i++)
      if (linli_table_is_guarded ((*row)->pdata[i]))
        (*row)->pdata[i] = (char *) (*row)->pdata[i] + 1;
  return TRUE;
}

/**
 * linli_table_reader_set_unguard:
 * @unguard: whether to take away the apostrophes #LinliTableWriter put before
 *   cells that look like formulas
 *
 * For files that were written here and corrected by hand. Holds from the next
 * row on, so the header may decide.
 */
void
linli_table_reader_set_unguard (LinliTableReader *self,
                                gboolean          unguard)
{
  g_return_if_fail (LINLI_IS_TABLE_READER (self));
  self->unguard = unguard;
}

/**
 * linli_table_reader_get_row:
 *
 * Returns: the number a spreadsheet shows beside the last row, from 1
 */
guint64
linli_table_reader_get_row (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? linli_csv_get_row (self->csv) : linli_xlsx_get_row (self->xlsx);
}

/**
 * linli_table_reader_get_line:
 *
 * Returns: the line of a CSV file the last row began on; in XLSX its row
 */
guint64
linli_table_reader_get_line (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? linli_csv_get_line (self->csv) : linli_xlsx_get_row (self->xlsx);
}

/**
 * linli_table_reader_get_offset:
 *
 * Returns: the byte of a CSV file the last row began at; 0 in XLSX
 */
guint64
linli_table_reader_get_offset (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? linli_csv_get_offset (self->csv) : 0;
}

/**
 * linli_table_reader_is_row_damaged:
 *
 * Returns: whether the last row holds U+FFFD where the file has bytes that are
 *   no text: to be refused, not stored
 */
gboolean
linli_table_reader_is_row_damaged (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), FALSE);
  return self->csv != NULL && linli_csv_is_row_damaged (self->csv);
}

/**
 * linli_table_reader_get_total:
 *
 * Returns: bytes to read: of the file, or of the sheet unpacked
 */
guint64
linli_table_reader_get_total (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? self->total : linli_xlsx_get_total (self->xlsx);
}

/**
 * linli_table_reader_get_position:
 *
 * Returns: how many of them are done with
 */
guint64
linli_table_reader_get_position (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? linli_csv_get_position (self->csv)
           : linli_xlsx_get_position (self->xlsx);
}

LinliTableKind
linli_table_reader_get_kind (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), LINLI_TABLE_CSV);
  return self->csv != NULL ? LINLI_TABLE_CSV : LINLI_TABLE_XLSX;
}

LinliEncoding
linli_table_reader_get_encoding (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), LINLI_ENCODING_UTF8);
  return self->csv != NULL ? linli_csv_get_encoding (self->csv) : LINLI_ENCODING_UTF8;
}

/**
 * linli_table_reader_get_separator:
 *
 * Returns: what separates the cells of a CSV file; NUL in XLSX
 */
char
linli_table_reader_get_separator (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), '\0');
  return self->csv != NULL ? linli_csv_get_separator (self->csv) : '\0';
}

/**
 * linli_table_reader_get_notes:
 *
 * Returns: (transfer none): what was met up to the last row and should be shown
 */
const LinliTableNotes *
linli_table_reader_get_notes (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), NULL);
  return self->csv != NULL ? linli_csv_get_notes (self->csv) : linli_xlsx_get_notes (self->xlsx);
}

/**
 * linli_table_reader_get_n_sheets:
 *
 * Returns: sheets with cells; 1 for CSV
 */
guint
linli_table_reader_get_n_sheets (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? 1 : linli_xlsx_get_n_sheets (self->xlsx);
}

/**
 * linli_table_reader_get_sheet_name:
 *
 * Returns: (transfer none): the name on the tab; empty for CSV
 */
const char *
linli_table_reader_get_sheet_name (LinliTableReader *self,
                                   guint             sheet)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), NULL);
  return self->csv != NULL ? "" : linli_xlsx_get_sheet_name (self->xlsx, sheet);
}

gboolean
linli_table_reader_is_sheet_hidden (LinliTableReader *self,
                                    guint             sheet)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), FALSE);
  return self->csv == NULL && linli_xlsx_is_sheet_hidden (self->xlsx, sheet);
}

guint
linli_table_reader_get_sheet (LinliTableReader *self)
{
  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), 0);
  return self->csv != NULL ? 0 : linli_xlsx_get_sheet (self->xlsx);
}

/**
 * linli_table_reader_select_sheet:
 * @sheet: below linli_table_reader_get_n_sheets()
 * @error: %LINLI_TABLE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Starts reading @sheet from its first row. A CSV file cannot start again.
 */
gboolean
linli_table_reader_select_sheet (LinliTableReader *self,
                                 guint             sheet,
                                 GError          **error)
{
  GError *local = NULL;

  g_return_val_if_fail (LINLI_IS_TABLE_READER (self), FALSE);
  g_return_val_if_fail (sheet < linli_table_reader_get_n_sheets (self), FALSE);

  if (self->csv != NULL || linli_xlsx_select_sheet (self->xlsx, sheet, &local))
    return TRUE;
  translate_error (&local, FALSE, NULL);
  g_propagate_error (error, local);
  return FALSE;
}
