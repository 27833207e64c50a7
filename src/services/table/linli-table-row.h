/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-error.h"

#include <string.h>

G_BEGIN_DECLS

/* No cell of a row this small can be too large. */
#define LINLI_TABLE_SMALL_ROW 65536

/* The one row a reader holds: all cells in one piece of memory that is kept
 * from row to row. While a row grows, cells holds offsets into text, because
 * text may move; linli_table_row_finish() turns them into pointers. */
typedef struct
{
  char      *text;       /* (owned) cells, each ended by NUL */
  gsize      length;
  gsize      size;
  gsize      cell_start;
  GPtrArray *cells;      /* (owned) */
} LinliTableRow;

void       linli_table_row_init     (LinliTableRow *row);
void       linli_table_row_clear    (LinliTableRow *row);
void       linli_table_row_begin    (LinliTableRow *row);
gboolean   linli_table_row_append_checked (LinliTableRow *row,
                                     const char    *text,
                                     gsize          length,
                                     GError       **error);
gboolean   linli_table_row_end_cell (LinliTableRow *row,
                                     GError       **error);

void       linli_table_row_begin_sparse (LinliTableRow *row);
gboolean   linli_table_row_place    (LinliTableRow *row,
                                     guint          column,
                                     const char    *text,
                                     gsize          length,
                                     GError       **error);
gboolean   linli_table_row_has_cell (const LinliTableRow *row,
                                     guint          column);

GPtrArray *linli_table_row_finish   (LinliTableRow *row);

static inline gsize
linli_table_row_get_cell_length (const LinliTableRow *row)
{
  return row->length - row->cell_start;
}

/* Adds @text to the open cell; fails with LINLI_TABLE_ERROR_LIMIT, without
 * saying where. Small cells of small rows, nearly all, need no check. */
static inline gboolean
linli_table_row_append (LinliTableRow *row,
                        const char    *text,
                        gsize          length,
                        GError       **error)
{
  if (row->length + length >= row->size || row->length + length > LINLI_TABLE_SMALL_ROW)
    return linli_table_row_append_checked (row, text, length, error);
  memcpy (row->text + row->length, text, length);
  row->length += length;
  return TRUE;
}

G_END_DECLS
