/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RFC 4180 as people's files bend it. Beyond the RFC:
 * - any of , ; tab | separates, found out from the first records;
 * - LF, CRLF and CR end a record, also mixed;
 * - a quote inside an unquoted cell is text; text behind a closing quote
 *   belongs to the cell, so an unescaped quote spoils one cell, not the file;
 * - a line with nothing on it is no record but counts as a spreadsheet row;
 * - a quote that is never closed is an error that names the line it is on. */

#include "config.h"

#include "linli-csv.h"

#include "linli-csv-sniff.h"
#include "linli-table-row.h"
#include "linli-text-source.h"

#include <string.h>

typedef enum
{
  BETWEEN, /* before the first cell of a record */
  CELL_START,
  PLAIN,
  QUOTED,
  QUOTE_SEEN, /* inside quotes, after a quote: the end or the first of two */
} State;

struct _LinliCsv
{
  LinliTextSource *source;     /* (owned) */
  LinliTableNotes  notes;
  char             separator;
  guint8           stops[256]; /* bytes that may end a plain cell */

  LinliTextChunk   chunk;
  gsize            at;         /* in the chunk */
  State            state;
  gboolean         skip_lf;    /* the last record ended with CR */
  gboolean         quoted;     /* the open cell began with a quote */
  LinliTableRow    row;

  guint64          line;       /* where reading stands, from 1 */
  guint64          quote_line; /* where the last quote was opened */
  guint64          row_number; /* of the row handed out, as a spreadsheet counts */
  guint64          row_line;
  guint64          row_offset;
  gboolean         row_damaged;
  gboolean         done;
  GError          *failure;    /* (owned) what ended the reading, told again */
};

static void
set_separator (LinliCsv *self,
               char      separator)
{
  memset (self->stops, 0, sizeof self->stops);
  self->separator = separator;
  self->stops[(guchar) separator] = 1;
  self->stops['\n'] = self->stops['\r'] = self->stops['"'] = 1;
}

static guint64
count_lines (const char *text,
             gsize       length)
{
  const char *end = text + length, *p;
  guint64 n = 0;

  for (p = text; (p = memchr (p, '\n', (gsize) (end - p))) != NULL; p++)
    n++;
  for (p = text; (p = memchr (p, '\r', (gsize) (end - p))) != NULL; p++)
    n += p + 1 == end || p[1] != '\n';
  return n;
}

static gboolean
end_cell (LinliCsv *self,
          GError  **error)
{
  self->state = CELL_START;
  return linli_table_row_end_cell (&self->row, error);
}

/* At a line end outside quotes. Sets @record unless the line was blank. */
static gboolean
end_record (LinliCsv *self,
            gboolean *record,
            GError  **error)
{
  gboolean blank = self->row.cells->len == 0 && !self->quoted &&
                   linli_table_row_get_cell_length (&self->row) == 0;

  self->row_number++;
  if (!blank && !end_cell (self, error))
    return FALSE;
  self->state = BETWEEN;
  self->quoted = FALSE;
  *record = !blank;
  return TRUE;
}

/* The bulk of most files goes through here: cell after cell until a quote
 * begins one, the record ends, or the chunk does. */
static gboolean
scan_plain (LinliCsv *self,
            gboolean *record,
            GError  **error)
{
  const char *text = self->chunk.text;
  gsize at = self->at, length = self->chunk.length;

  for (;;)
    {
      gsize from = at;

      while (at < length && !self->stops[(guchar) text[at]])
        at++;
      self->at = at;
      if (!linli_table_row_append (&self->row, text + from, at - from, error))
        return FALSE;
      if (at == length)
        return TRUE;

      self->at = ++at;
      if (text[at - 1] != self->separator)
        break;
      if (!end_cell (self, error))
        return FALSE;
      if (at == length || text[at] == '"')
        return TRUE;
      self->state = PLAIN;
    }

  if (text[at - 1] == '"')
    {
      linli_table_notes_add (&self->notes, LINLI_TABLE_NOTE_STRAY_QUOTE, self->line, 1);
      return linli_table_row_append (&self->row, "\"", 1, error);
    }
  self->skip_lf = text[at - 1] == '\r';
  self->line++;
  return end_record (self, record, error);
}

static gboolean
scan_quoted (LinliCsv *self,
             GError  **error)
{
  const char *text = self->chunk.text + self->at;
  gsize left = self->chunk.length - self->at;
  const char *quote = memchr (text, '"', left);
  gsize n = quote != NULL ? (gsize) (quote - text) : left;

  if (!linli_table_row_append (&self->row, text, n, error))
    {
      g_prefix_error (error, "the quote opened on line %" G_GUINT64_FORMAT " is never closed, or ",
                      self->quote_line);
      return FALSE;
    }
  self->line += count_lines (text, n);
  self->at += n;
  if (quote != NULL)
    {
      self->at++;
      self->state = QUOTE_SEEN;
    }
  return TRUE;
}

static gboolean
after_quote (LinliCsv *self,
             GError  **error)
{
  char c = self->chunk.text[self->at];

  if (c == '"')
    {
      self->at++;
      self->state = QUOTED;
      return linli_table_row_append (&self->row, "\"", 1, error);
    }
  if (c != self->separator && c != '\n' && c != '\r')
    linli_table_notes_add (&self->notes, LINLI_TABLE_NOTE_STRAY_QUOTE, self->line, 1);
  self->state = PLAIN;
  return TRUE;
}

static void
begin_record (LinliCsv *self)
{
  if (self->skip_lf && self->chunk.text[self->at] == '\n')
    self->at++;
  self->skip_lf = FALSE;
  if (self->at == self->chunk.length)
    return;

  self->state = CELL_START;
  linli_table_row_begin (&self->row);
  self->row_line = self->line;
  self->row_offset = self->chunk.offset + (self->chunk.verbatim ? self->at : 0);
  self->row_damaged = self->chunk.damaged;
}

static void
begin_cell (LinliCsv *self)
{
  self->state = PLAIN;
  if (self->chunk.text[self->at] != '"')
    return;

  self->state = QUOTED;
  self->quoted = TRUE;
  self->quote_line = self->line;
  self->at++;
}

static gboolean
scan_chunk (LinliCsv *self,
            gboolean *record,
            GError  **error)
{
  gboolean ok = TRUE;

  while (ok && !*record && self->at < self->chunk.length)
    switch (self->state)
      {
      case BETWEEN:
        begin_record (self);
        break;
      case CELL_START:
        begin_cell (self);
        break;
      case QUOTED:
        ok = scan_quoted (self, error);
        break;
      case QUOTE_SEEN:
        ok = after_quote (self, error);
        break;
      case PLAIN:
      default:
        ok = scan_plain (self, record, error);
        break;
      }

  return ok;
}

static gboolean
end_of_file (LinliCsv *self,
             gboolean *record,
             GError  **error)
{
  self->done = TRUE;
  if (self->state == QUOTED)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_TORN,
                   "the quote opened on line %" G_GUINT64_FORMAT
                   " is not closed before the end of the file", self->quote_line);
      return FALSE;
    }
  /* The last line may lack its end. */
  return self->state == BETWEEN || end_record (self, record, error);
}

static gboolean
read_record (LinliCsv *self,
             gboolean *record,
             GError  **error)
{
  while (!*record && !self->done)
    {
      if (self->at == self->chunk.length)
        {
          self->at = 0;
          if (!linli_text_source_read (self->source, self->line, &self->chunk, error))
            return FALSE;
          if (self->chunk.length == 0)
            return end_of_file (self, record, error);
          self->row_damaged |= self->chunk.damaged;
        }
      if (!scan_chunk (self, record, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_csv_next:
 * @row: (out) (transfer none) (nullable) (element-type utf8): the cells, valid
 *   until the next call; %NULL at the end of the file
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR; told again by every later call
 *
 * Rows are as long as they are in the file.
 *
 * Returns: %FALSE on error
 */
gboolean
linli_csv_next (LinliCsv   *self,
                GPtrArray **row,
                GError    **error)
{
  g_autoptr(GError) local = NULL;
  gboolean record = FALSE;

  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  *row = NULL;
  if (self->failure == NULL && !read_record (self, &record, &local))
    {
      if (local->domain == LINLI_TABLE_ERROR)
        g_prefix_error (&local, "Row %" G_GUINT64_FORMAT " (line %" G_GUINT64_FORMAT "): ",
                        self->row_number + 1, self->row_line);
      self->failure = g_steal_pointer (&local);
    }
  if (self->failure != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (self->failure);
      return FALSE;
    }
  if (record)
    *row = linli_table_row_finish (&self->row);
  return TRUE;
}

static LinliCsv *
csv_new (GInputStream *stream,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr(LinliCsv) self = g_new0 (LinliCsv, 1);

  linli_table_row_init (&self->row);
  self->line = 1;
  self->source = linli_text_source_new (stream, &self->notes, cancellable, error);
  return self->source != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_csv_new:
 * @stream: the file from its beginning
 * @cancellable: (nullable): polled at every block
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Reads the head, settles encoding and separator.
 *
 * Returns: (transfer full): a reader before the first row
 */
LinliCsv *
linli_csv_new (GInputStream *stream,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr(LinliCsv) self = NULL;
  g_autoptr(GString) utf8 = g_string_new (NULL);
  const guint8 *head;
  LinliEncoding encoding;
  gsize length;
  GPtrArray *skipped;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = csv_new (stream, cancellable, error);
  if (self == NULL)
    return NULL;

  head = linli_text_source_peek_head (self->source, &length);
  encoding = linli_text_source_get_encoding (self->source);
  if (encoding == LINLI_ENCODING_UTF16LE || encoding == LINLI_ENCODING_UTF16BE)
    {
      linli_utf16_append (utf8, head, length, encoding == LINLI_ENCODING_UTF16BE);
      head = (const guint8 *) utf8->str;
      length = utf8->len;
    }
  set_separator (self, linli_csv_find_directive (head, length));
  if (self->separator == '\0')
    set_separator (self, linli_csv_sniff_separator (head, length));
  else if (!linli_csv_next (self, &skipped, error))
    return NULL;
  self->row_number = 0;

  return g_steal_pointer (&self);
}

/**
 * linli_csv_new_full:
 * @separator: one ASCII character, when it is known
 *
 * Like linli_csv_new() without looking for a separator.
 *
 * Returns: (transfer full): a reader before the first row
 */
LinliCsv *
linli_csv_new_full (GInputStream *stream,
                    char          separator,
                    GCancellable *cancellable,
                    GError      **error)
{
  LinliCsv *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (separator > 0 && separator != '"' && separator != '\n' && separator != '\r',
                        NULL);

  self = csv_new (stream, cancellable, error);
  if (self != NULL)
    set_separator (self, separator);
  return self;
}

void
linli_csv_free (LinliCsv *self)
{
  if (self == NULL)
    return;

  linli_text_source_free (self->source);
  linli_table_row_clear (&self->row);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * linli_csv_get_row:
 *
 * Returns: the number a spreadsheet shows beside the last row, from 1
 */
guint64
linli_csv_get_row (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_number;
}

/**
 * linli_csv_get_line:
 *
 * Returns: the line of the file the last row began on, from 1
 */
guint64
linli_csv_get_line (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_line;
}

/**
 * linli_csv_get_offset:
 *
 * Returns: the byte of the file the last row began at
 */
guint64
linli_csv_get_offset (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_offset;
}

/**
 * linli_csv_get_position:
 *
 * Returns: bytes of the file that are done with, for progress
 */
guint64
linli_csv_get_position (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->chunk.verbatim)
    return self->chunk.offset + self->at;
  return linli_text_source_get_position (self->source);
}

/**
 * linli_csv_is_row_damaged:
 *
 * Returns: whether the last row holds U+FFFD where the file has no text: such
 *   a row is to be refused, not stored
 */
gboolean
linli_csv_is_row_damaged (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->row_damaged;
}

char
linli_csv_get_separator (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, '\0');
  return self->separator;
}

LinliEncoding
linli_csv_get_encoding (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, LINLI_ENCODING_UTF8);
  return linli_text_source_get_encoding (self->source);
}

/**
 * linli_csv_get_notes:
 *
 * Returns: (transfer none): what was met up to now
 */
const LinliTableNotes *
linli_csv_get_notes (LinliCsv *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->notes;
}
