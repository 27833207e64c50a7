/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LINLI_TABLE_ERROR (linli_table_error_quark ())

/* Named for what the person at the desk does next. Stopping on request is
 * always G_IO_ERROR_CANCELLED. */
typedef enum
{
  LINLI_TABLE_ERROR_OPEN,     /* choose a file that exists and may be read */
  LINLI_TABLE_ERROR_FORMAT,   /* save it as XLSX or CSV, it is something else */
  LINLI_TABLE_ERROR_ENCODING, /* ask for the file again, its text is not text */
  LINLI_TABLE_ERROR_LIMIT,    /* split the file: a cell, row or list is too big */
  LINLI_TABLE_ERROR_BOMB,     /* do not open it: built to exhaust the machine */
  LINLI_TABLE_ERROR_TORN,     /* copy it again, its end is missing */
  LINLI_TABLE_ERROR_FULL,     /* free some room and write again */
  LINLI_TABLE_ERROR_WRITE,    /* choose another place to write to */
} LinliTableError;

GQuark linli_table_error_quark (void);

/* What a file may contain and still be read. Each kind remembers the first
 * and the last line it was met on and how often. */
typedef enum
{
  LINLI_TABLE_NOTE_MIXED_ENCODING, /* lines in the other of UTF-8 and GB18030 */
  LINLI_TABLE_NOTE_DAMAGED_TEXT,   /* lines with bytes that are in neither */
  LINLI_TABLE_NOTE_STRAY_QUOTE,    /* quotes where none belongs, kept as text */
  LINLI_TABLE_NOTE_NO_RESULT,      /* formulas saved without their result, read as empty */
  LINLI_TABLE_N_NOTES
} LinliTableNote;

typedef struct
{
  guint64 first_line[LINLI_TABLE_N_NOTES];
  guint64 last_line[LINLI_TABLE_N_NOTES];
  guint64 count[LINLI_TABLE_N_NOTES];
} LinliTableNotes;

void linli_table_notes_add (LinliTableNotes *notes,
                            LinliTableNote   note,
                            guint64          line,
                            guint64          count);

G_END_DECLS
