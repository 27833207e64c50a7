/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stream of bytes as a stream of UTF-8 lines, in bounded memory. Runs of
 * clean UTF-8 are handed out as they lie in the buffer; everything else goes
 * line by line, each line decoded by what it is. A file that is half GB18030
 * and half UTF-8 is therefore read in full, with a note naming the first line
 * of the other half. */

#include "config.h"

#include "linli-text-source.h"

#include <string.h>

#define BLOCK        (256 * 1024)
#define HEAD         (64 * 1024)
#define LONGEST_LINE (16 * 1024 * 1024)

/* So many damaged lines in a row are no slip of a clipboard any more. */
#define DAMAGED_RUN_MAX 16

struct _LinliTextSource
{
  GInputStream    *stream;      /* (owned) */
  GCancellable    *cancellable; /* (owned) (nullable) */
  LinliTableNotes *notes;       /* (unowned) */
  GIConv           converter;   /* from GB18030, or (GIConv) -1 until needed */
  GString         *decoded;     /* (owned) the line handed out, when not verbatim */

  guint8          *buffer;      /* (owned); bytes start..end are still to be handed out */
  gsize            size;
  gsize            start;
  gsize            end;
  guint64          offset;      /* of buffer[start] in the file */
  gboolean         eof;

  LinliEncoding    encoding;    /* what most of the file is */
  LinliEncoding    prior;       /* what the last line with Chinese in it was */
  gboolean         decided;     /* encoding rests on evidence, not on its absence */
  guint            damaged_run;
};

static gboolean
fill (LinliTextSource *self,
      gsize            wanted,
      GError         **error)
{
  gssize n;

  g_assert (!self->eof);

  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  if (self->size - self->end < wanted)
    {
      self->size = MAX (self->size * 2, self->end + wanted);
      self->buffer = g_realloc (self->buffer, self->size);
    }

  n = g_input_stream_read (self->stream, self->buffer + self->end, self->size - self->end,
                           self->cancellable, error);
  if (n < 0)
    return FALSE;
  self->end += (gsize) n;
  self->eof = n == 0;
  return TRUE;
}

static gboolean
open_head (LinliTextSource *self,
           GError         **error)
{
  gsize bom = 0;

  while (!self->eof && self->end < HEAD)
    if (!fill (self, BLOCK, error))
      return FALSE;
  if (self->end == 0)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT, "The file is empty");
      return FALSE;
    }
  if (!linli_encoding_detect (self->buffer, MIN (self->end, HEAD), self->eof && self->end <= HEAD,
                              &self->encoding, &bom, error))
    return FALSE;

  self->decided = bom > 0 || self->encoding != LINLI_ENCODING_UTF8;
  self->prior = self->encoding;
  self->start = bom;
  self->offset = bom;
  return TRUE;
}

/**
 * linli_text_source_new:
 * @stream: where the bytes come from
 * @notes: (transfer none): outlives the source; damage is noted here
 * @cancellable: (nullable): polled at every block
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Reads the head of @stream and settles the prevailing encoding.
 *
 * Returns: (transfer full): a new source
 */
LinliTextSource *
linli_text_source_new (GInputStream    *stream,
                       LinliTableNotes *notes,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr(LinliTextSource) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (notes != NULL, NULL);

  self = g_new0 (LinliTextSource, 1);
  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->notes = notes;
  self->converter = (GIConv) -1;
  self->decoded = g_string_new (NULL);
  self->size = BLOCK;
  self->buffer = g_malloc (self->size);

  return open_head (self, error) ? g_steal_pointer (&self) : NULL;
}

void
linli_text_source_free (LinliTextSource *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_string_free (self->decoded, TRUE);
  g_free (self->buffer);
  g_free (self);
}

/* Bytes up to the last line end, so that nothing behind it can change what
 * they mean. A CR at the very end may be half of a CRLF. */
static gsize
whole_lines (const guint8 *text,
             gsize         length)
{
  gsize at = length;

  while (at > 0 && text[at - 1] != '\n')
    at--;
  if (at == 0 && length > 1)
    for (at = length - 1; at > 0 && text[at - 1] != '\r'; at--)
      ;
  return at;
}

/* Makes at least one whole line available.
 * Returns FALSE with no line at the end of the file, or with an error. */
static gboolean
have_line (LinliTextSource *self,
           guint64          line,
           gsize           *length,
           GError         **error)
{
  *length = 0;

  for (;;)
    {
      gsize left = self->end - self->start;

      if (left > 0)
        *length = self->encoding == LINLI_ENCODING_UTF8 && !self->eof
                  ? whole_lines (self->buffer + self->start, left)
                  : linli_encoding_line_end (self->buffer + self->start, left, self->encoding,
                                             self->eof);
      if (*length > 0)
        return TRUE;
      if (self->eof)
        return FALSE;
      if (left >= LONGEST_LINE)
        {
          g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                       "Line %" G_GUINT64_FORMAT " is longer than %d MiB", line,
                           LONGEST_LINE >> 20);
          return FALSE;
        }
      /* Twice as much each time: a long line is searched a bounded number of times. */
      if (!fill (self, MAX (left, BLOCK), error))
        return FALSE;
    }
}

static gboolean
take_verbatim (LinliTextSource *self,
               LinliTextChunk  *chunk)
{
  const guint8 *text = self->buffer + self->start;
  gsize left = self->end - self->start;
  gboolean ascii = TRUE;
  gsize valid, lines;

  /* In a file that began otherwise each line is judged and noted by itself. */
  if (self->prior != LINLI_ENCODING_UTF8 || self->encoding != LINLI_ENCODING_UTF8)
    return FALSE;

  valid = linli_utf8_valid_prefix (text, left, &ascii);
  lines = self->eof && valid == left ? left : whole_lines (text, valid);
  if (lines == 0)
    return FALSE;

  chunk->text = (const char *) text;
  chunk->length = lines;
  chunk->verbatim = TRUE;
  self->damaged_run = 0;
  self->decided |= !ascii;
  return TRUE;
}

static gboolean
note_damage (LinliTextSource *self,
             guint64          line,
             LinliTextChunk  *chunk,
             GError         **error)
{
  chunk->damaged = TRUE;
  linli_table_notes_add (self->notes, LINLI_TABLE_NOTE_DAMAGED_TEXT, line, 1);
  if (++self->damaged_run < DAMAGED_RUN_MAX)
    return TRUE;

  g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING,
               "From line %" G_GUINT64_FORMAT " on, the file holds data that is not text",
               line + 1 - DAMAGED_RUN_MAX);
  return FALSE;
}

static gboolean
append_gb18030 (LinliTextSource *self,
                const guint8    *text,
                gsize            length,
                gboolean        *clean,
                GError         **error)
{
  if (self->converter == (GIConv) -1)
    self->converter = g_iconv_open ("UTF-8", "GB18030");
  if (self->converter == (GIConv) -1)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING,
                           "This system cannot decode GB18030 text");
      return FALSE;
    }
  *clean = linli_gb18030_append (self->decoded, self->converter, text, length);
  return TRUE;
}

static void
settle_line (LinliTextSource *self,
             LinliEncoding    encoding,
             guint64          line)
{
  if (!self->decided)
    self->encoding = encoding;
  else if (self->encoding != encoding)
    linli_table_notes_add (self->notes, LINLI_TABLE_NOTE_MIXED_ENCODING, line, 1);
  self->decided = TRUE;
  self->prior = encoding;
}

/* One line that is not known to be clean UTF-8. */
static gboolean
take_line (LinliTextSource *self,
           guint64          line,
           gsize            length,
           LinliTextChunk  *chunk,
           GError         **error)
{
  const guint8 *text = self->buffer + self->start;
  gboolean clean = TRUE;

  g_string_truncate (self->decoded, 0);
  if (self->encoding == LINLI_ENCODING_UTF16LE || self->encoding == LINLI_ENCODING_UTF16BE)
    clean = linli_utf16_append (self->decoded, text, length,
                                self->encoding == LINLI_ENCODING_UTF16BE);
  else
    switch (linli_encoding_judge_line (text, length, self->prior))
      {
      case LINLI_LINE_GB18030:
        settle_line (self, LINLI_ENCODING_GB18030, line);
        if (!append_gb18030 (self, text, length, &clean, error))
          return FALSE;
        break;
      case LINLI_LINE_UTF8:
        settle_line (self, LINLI_ENCODING_UTF8, line);
        g_string_append_len (self->decoded, (const char *) text, (gssize) length);
        break;
      case LINLI_LINE_DAMAGED:
        clean = FALSE;
        if (self->prior != LINLI_ENCODING_GB18030)
          linli_utf8_append_repaired (self->decoded, text, length);
        else if (!append_gb18030 (self, text, length, &clean, error))
          return FALSE;
        clean = FALSE;
        break;
      case LINLI_LINE_ASCII:
      default:
        g_string_append_len (self->decoded, (const char *) text, (gssize) length);
        break;
      }

  chunk->text = self->decoded->str;
  chunk->length = self->decoded->len;
  if (!clean)
    return note_damage (self, line, chunk, error);
  self->damaged_run = 0;
  return TRUE;
}

/**
 * linli_text_source_read:
 * @line: number of the line the chunk begins, for messages
 * @chunk: (out): the next lines; empty at the end of the file
 * @error: %LINLI_TABLE_ERROR_LIMIT, %LINLI_TABLE_ERROR_ENCODING or %G_IO_ERROR
 *
 * A chunk that is not verbatim, or is damaged, is exactly one line.
 */
gboolean
linli_text_source_read (LinliTextSource *self,
                        guint64          line,
                        LinliTextChunk  *chunk,
                        GError         **error)
{
  g_autoptr(GError) local = NULL;
  gsize length = 0, used;

  g_return_val_if_fail (self != NULL && chunk != NULL, FALSE);

  memset (chunk, 0, sizeof *chunk);
  if (!have_line (self, line, &length, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  chunk->offset = self->offset;
  if (self->encoding == LINLI_ENCODING_UTF16LE || self->encoding == LINLI_ENCODING_UTF16BE ||
      !take_verbatim (self, chunk))
    {
      length = linli_encoding_line_end (self->buffer + self->start, self->end - self->start,
                                        self->encoding, self->eof);
      used = length;
      if (!take_line (self, line, length, chunk, error))
        return FALSE;
    }
  else
    used = chunk->length;

  self->start += used;
  self->offset += used;
  return TRUE;
}

/**
 * linli_text_source_peek_head:
 *
 * Returns: (transfer none): the first bytes behind the mark, whole lines if
 *   there are any, until the first read
 */
const guint8 *
linli_text_source_peek_head (LinliTextSource *self,
                             gsize           *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = MIN (self->end - self->start, HEAD);
  return self->buffer + self->start;
}

LinliEncoding
linli_text_source_get_encoding (LinliTextSource *self)
{
  g_return_val_if_fail (self != NULL, LINLI_ENCODING_UTF8);
  return self->encoding;
}

/**
 * linli_text_source_get_position:
 *
 * Returns: bytes of the file handed out so far
 */
guint64
linli_text_source_get_position (LinliTextSource *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->offset;
}
