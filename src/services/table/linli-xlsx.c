/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of one sheet of a spreadsheet, streamed: the sheet is unpacked and
 * parsed block by block and the parser rests at the end of each row. */

#include "config.h"

#include "linli-xlsx.h"

#include "linli-csv.h"
#include "linli-table-row.h"
#include "linli-xlsx-merge.h"
#include "linli-xlsx-parts.h"
#include "linli-xml.h"

#include <string.h>

/* A workbook of a million rows unpacks to about one GiB, ten- to thirtyfold. */
const LinliXlsxLimits linli_xlsx_default_limits = {
  .zip = {
    .max_total = G_GUINT64_CONSTANT (4) << 30,
    .ratio_from = 32 << 20,
    .max_ratio = 250,
    .max_entries = 10000,
  },
  .max_texts = 4000000,
  .max_text_bytes = 256 << 20,
};

typedef enum
{
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_BOOLEAN,
  TYPE_TEXT, /* inline, the cached result of a formula, an error, an ISO date */
} CellType;

struct _LinliXlsx
{
  LinliZip       *zip;         /* (owned) */
  LinliXlsxBook  *book;        /* (owned) */
  LinliTableNotes notes;
  gboolean        fill_merged;
  guint           sheet;

  LinliXml       *xml;         /* (owned) (nullable) of the sheet being read */
  LinliXlsxMerge *merge;       /* (owned) (nullable) */
  LinliTableRow   row;
  guint64         row_number;
  gboolean        in_rows;
  gboolean        in_row;
  gboolean        row_ready;

  gboolean        in_cell;
  gboolean        has_formula;
  gboolean        has_value;
  guint           column;      /* of the open cell */
  guint           next_column; /* when a cell does not say where it is */
  CellType        type;
  guint           style;
  gboolean        in_value;
  guint           in_hint;
  GString        *value;       /* (owned) */
  GString        *shown;       /* (owned) scratch */
  GError         *failure;     /* (owned) what ended the reading, told again */
};

static void
fail_row (LinliXlsx *self,
          LinliXml  *xml,
          GError    *error)
{
  g_prefix_error (&error, "Row %" G_GUINT64_FORMAT ": ", self->row_number);
  linli_xml_fail (xml, error);
}

static void
begin_row (LinliXlsx   *self,
           const char **attributes)
{
  const char *number = linli_xml_attribute (attributes, "r");
  guint64 n = number != NULL ? g_ascii_strtoull (number, NULL, 10) : 0;

  self->row_number = MAX (MIN (n, G_MAXUINT32), self->row_number + 1);
  self->next_column = 0;
  self->in_row = TRUE;
  linli_table_row_begin_sparse (&self->row);
}

static CellType
parse_type (const char *type)
{
  if (type == NULL || strcmp (type, "n") == 0)
    return TYPE_NUMBER;
  if (strcmp (type, "s") == 0)
    return TYPE_SHARED;
  if (strcmp (type, "b") == 0)
    return TYPE_BOOLEAN;
  return TYPE_TEXT;
}

static void
begin_cell (LinliXlsx   *self,
            const char **attributes)
{
  const char *place = linli_xml_attribute (attributes, "r");
  const char *style = linli_xml_attribute (attributes, "s");
  guint64 row;

  if (place == NULL || !linli_xlsx_parse_reference (place, &place, &self->column, &row))
    self->column = self->next_column;
  self->next_column = self->column + 1;
  self->type = parse_type (linli_xml_attribute (attributes, "t"));
  self->style = style != NULL ? (guint) MIN (g_ascii_strtoull (style, NULL, 10), G_MAXINT) : 0;
  self->in_cell = TRUE;
  self->has_formula = self->has_value = FALSE;
  self->in_hint = 0;
  g_string_truncate (self->value, 0);
}

static void
sheet_start (LinliXml    *xml,
             gpointer     data,
             const char  *name,
             const char **attributes)
{
  LinliXlsx *self = data;

  if (strcmp (name, "sheetData") == 0)
    self->in_rows = TRUE;
  else if (self->in_rows && strcmp (name, "row") == 0)
    begin_row (self, attributes);
  else if (self->in_row && strcmp (name, "c") == 0)
    begin_cell (self, attributes);
  else if (self->in_cell && strcmp (name, "rPh") == 0)
    self->in_hint++;
  else if (self->in_cell && strcmp (name, "f") == 0)
    self->has_formula = TRUE;
  else if (self->in_cell && (strcmp (name, "v") == 0 || strcmp (name, "t") == 0))
    {
      self->has_value = TRUE;
      self->in_value = self->in_hint == 0;
    }
}

static void
sheet_text (LinliXml   *xml,
            gpointer    data,
            const char *text,
            gsize       length)
{
  LinliXlsx *self = data;

  if (!self->in_value)
    return;
  if (self->value->len + length > LINLI_TABLE_MAX_CELL)
    fail_row (self, xml, g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                                      "cell %u is larger than %d MiB", self->column + 1,
                                      LINLI_TABLE_MAX_CELL >> 20));
  else
    g_string_append_len (self->value, text, (gssize) length);
}

/* Returns NULL with @error when the cell refers to a text the file lacks. */
static const char *
show_value (LinliXlsx  *self,
            gsize      *length,
            GError    **error)
{
  static const LinliXlsxFormat plain = { LINLI_XLSX_PLAIN, 0 };
  const char *text;
  char *end;
  guint64 number;

  switch (self->type)
    {
    case TYPE_SHARED:
      number = g_ascii_strtoull (self->value->str, &end, 10);
      text = *end == '\0' ? linli_xlsx_book_get_text (self->book, number, length) : NULL;
      if (text == NULL)
        g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT,
                     "cell %u refers to a text that is not in the file", self->column + 1);
      return text;
    case TYPE_BOOLEAN:
      g_string_assign (self->shown, strcmp (self->value->str, "1") == 0 ? "TRUE" : "FALSE");
      break;
    case TYPE_TEXT:
      g_string_assign (self->shown, self->value->str);
      linli_xlsx_unescape (self->shown, 0);
      break;
    case TYPE_NUMBER:
    default:
      g_string_truncate (self->shown, 0);
      linli_xlsx_append_number (self->shown, self->value->str,
                                self->style < self->book->formats->len
                                ? &g_array_index (self->book->formats, LinliXlsxFormat, self->style)
                                         : &plain,
                                self->book->date1904);
      break;
    }
  *length = self->shown->len;
  return self->shown->str;
}

static void
end_cell (LinliXlsx *self,
          LinliXml  *xml)
{
  GError *error = NULL;
  const char *text;
  gsize length = 0;

  self->in_cell = FALSE;
  if (self->has_formula && !self->has_value)
    linli_table_notes_add (&self->notes, LINLI_TABLE_NOTE_NO_RESULT, self->row_number, 1);
  if (self->value->len == 0)
    return; /* formatting reaches far beyond the table */
  text = show_value (self, &length, &error);
  if (text == NULL ||
      (length > 0 && !linli_table_row_place (&self->row, self->column, text, length, &error)))
    fail_row (self, xml, error);
}

static void
end_row (LinliXlsx *self,
         LinliXml  *xml)
{
  GError *error = NULL;

  self->in_row = FALSE;
  if (self->merge != NULL &&
      !linli_xlsx_merge_fill (self->merge, self->row_number, &self->row, &error))
    {
      fail_row (self, xml, error);
      return;
    }
  self->row_ready = self->row.cells->len > 0;
  if (self->row_ready)
    linli_xml_pause (xml);
}

static void
sheet_end (LinliXml   *xml,
           gpointer    data,
           const char *name)
{
  LinliXlsx *self = data;

  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_value = FALSE;
  else if (strcmp (name, "rPh") == 0 && self->in_hint > 0)
    self->in_hint--;
  else if (strcmp (name, "c") == 0 && self->in_cell)
    end_cell (self, xml);
  else if (strcmp (name, "row") == 0 && self->in_row)
    end_row (self, xml);
  else if (strcmp (name, "sheetData") == 0)
    self->in_rows = FALSE;
}

static const LinliXmlHandlers sheet_handlers = { sheet_start, sheet_end, sheet_text };

/**
 * linli_xlsx_new:
 * @stream: a seekable stream of an XLSX file
 * @fill_merged: whether the text of a cell merged over rows shows in each
 * @limits: (nullable): other than the usual ones; copied
 * @cancellable: (nullable): polled at every block
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full): a reader before the first row of the first sheet
 *   that is not hidden
 */
LinliXlsx *
linli_xlsx_new (GInputStream          *stream,
                gboolean               fill_merged,
                const LinliXlsxLimits *limits,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr(LinliXlsx) self = NULL;
  guint first = 0;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  if (limits == NULL)
    limits = &linli_xlsx_default_limits;
  self = g_new0 (LinliXlsx, 1);
  linli_table_row_init (&self->row);
  self->value = g_string_new (NULL);
  self->shown = g_string_new (NULL);
  self->fill_merged = fill_merged;
  self->zip = linli_zip_new (stream, &limits->zip, cancellable, error);
  if (self->zip == NULL)
    return NULL;
  self->book = linli_xlsx_book_read (self->zip, limits->max_texts, limits->max_text_bytes, error);
  if (self->book == NULL)
    return NULL;

  while (first + 1 < self->book->sheets->len && linli_xlsx_is_sheet_hidden (self, first))
    first++;
  if (linli_xlsx_is_sheet_hidden (self, first))
    first = 0;
  return linli_xlsx_select_sheet (self, first, error) ? g_steal_pointer (&self) : NULL;
}

void
linli_xlsx_free (LinliXlsx *self)
{
  if (self == NULL)
    return;

  linli_xml_free (self->xml);
  linli_xlsx_merge_free (self->merge);
  linli_xlsx_book_free (self->book);
  linli_zip_free (self->zip);
  linli_table_row_clear (&self->row);
  g_string_free (self->value, TRUE);
  g_string_free (self->shown, TRUE);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * linli_xlsx_select_sheet:
 * @sheet: from 0
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Starts reading @sheet from its first row.
 */
gboolean
linli_xlsx_select_sheet (LinliXlsx *self,
                         guint      sheet,
                         GError   **error)
{
  const LinliXlsxSheet *chosen;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sheet < self->book->sheets->len, FALSE);

  chosen = self->book->sheets->pdata[sheet];
  g_clear_pointer (&self->xml, linli_xml_free);
  g_clear_pointer (&self->merge, linli_xlsx_merge_free);
  g_clear_error (&self->failure);
  memset (&self->notes, 0, sizeof self->notes);
  self->sheet = sheet;
  self->row_number = 0;
  self->in_rows = self->in_row = self->in_cell = self->in_value = FALSE;

  if (self->fill_merged && linli_zip_find (self->zip, chosen->part, &self->failure))
    self->merge = linli_xlsx_merge_read (self->zip, &self->failure);
  if (self->failure != NULL || !linli_zip_find (self->zip, chosen->part, &self->failure))
    {
      if (error != NULL)
        *error = g_error_copy (self->failure);
      return FALSE;
    }
  self->xml = linli_xml_new (&sheet_handlers, self);
  return TRUE;
}

/**
 * linli_xlsx_next:
 * @row: (out) (transfer none) (nullable) (element-type utf8): the cells, valid
 *   until the next call; %NULL at the end of the sheet
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR; told again by every later call
 *
 * Rows without any text are left out. Rows end with their last text.
 *
 * Returns: %FALSE on error
 */
gboolean
linli_xlsx_next (LinliXlsx  *self,
                 GPtrArray **row,
                 GError    **error)
{
  LinliXmlResult result;

  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  *row = NULL;
  if (self->failure == NULL && self->xml == NULL)
    return TRUE;

  self->row_ready = FALSE;
  result = self->failure != NULL ? LINLI_XML_FAILED
           : linli_xml_run (self->xml, self->zip, &self->failure);
  if (result == LINLI_XML_FAILED)
    {
      g_clear_pointer (&self->xml, linli_xml_free);
      if (error != NULL)
        *error = g_error_copy (self->failure);
      return FALSE;
    }
  if (result == LINLI_XML_ENDED)
    {
      g_clear_pointer (&self->xml, linli_xml_free);
      return TRUE;
    }

  *row = linli_table_row_finish (&self->row);
  return TRUE;
}

/**
 * linli_xlsx_get_row:
 *
 * Returns: the number the spreadsheet shows beside the last row, from 1
 */
guint64
linli_xlsx_get_row (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_number;
}

/**
 * linli_xlsx_get_notes:
 *
 * Returns: (transfer none): what was met in this sheet up to now
 */
const LinliTableNotes *
linli_xlsx_get_notes (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->notes;
}

/**
 * linli_xlsx_get_total:
 *
 * Returns: bytes of the sheet, unpacked, as the file says
 */
guint64
linli_xlsx_get_total (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return MAX (linli_zip_get_entry_size (self->zip), linli_zip_get_entry_read (self->zip));
}

/**
 * linli_xlsx_get_position:
 *
 * Returns: bytes of the sheet that have been read
 */
guint64
linli_xlsx_get_position (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return linli_zip_get_entry_read (self->zip);
}

guint
linli_xlsx_get_n_sheets (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->book->sheets->len;
}

const char *
linli_xlsx_get_sheet_name (LinliXlsx *self,
                           guint      sheet)
{
  g_return_val_if_fail (self != NULL && sheet < self->book->sheets->len, NULL);
  return ((LinliXlsxSheet *) self->book->sheets->pdata[sheet])->name;
}

gboolean
linli_xlsx_is_sheet_hidden (LinliXlsx *self,
                            guint      sheet)
{
  g_return_val_if_fail (self != NULL && sheet < self->book->sheets->len, FALSE);
  return ((LinliXlsxSheet *) self->book->sheets->pdata[sheet])->hidden;
}

guint
linli_xlsx_get_sheet (LinliXlsx *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->sheet;
}
