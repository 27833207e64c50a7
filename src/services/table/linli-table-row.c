/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-table-row.h"

#include "linli-csv.h"

#include <string.h>

void
linli_table_row_init (LinliTableRow *row)
{
  g_return_if_fail (row != NULL);

  memset (row, 0, sizeof *row);
  row->size = 4096;
  row->text = g_malloc (row->size);
  row->cells = g_ptr_array_new ();
}

void
linli_table_row_clear (LinliTableRow *row)
{
  g_return_if_fail (row != NULL);

  g_clear_pointer (&row->text, g_free);
  g_clear_pointer (&row->cells, g_ptr_array_unref);
}

void
linli_table_row_begin (LinliTableRow *row)
{
  g_return_if_fail (row != NULL);

  row->length = 0;
  row->cell_start = 0;
  g_ptr_array_set_size (row->cells, 0);
}

static void
reserve (LinliTableRow *row,
         gsize          more)
{
  if (row->size - row->length >= more)
    return;
  row->size = MAX (row->size * 2, row->length + more);
  row->text = g_realloc (row->text, row->size);
}

/**
 * linli_table_row_append_checked:
 * @error: %LINLI_TABLE_ERROR_LIMIT, without saying where
 *
 * Adds @text to the cell that is open, making room and minding the limits.
 */
gboolean
linli_table_row_append_checked (LinliTableRow *row,
                                const char    *text,
                                gsize          length,
                                GError       **error)
{
  g_return_val_if_fail (row != NULL, FALSE);

  if (row->length - row->cell_start + length > LINLI_TABLE_MAX_CELL)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                   "cell %u is larger than %d MiB", row->cells->len + 1,
                       LINLI_TABLE_MAX_CELL >> 20);
      return FALSE;
    }
  if (row->length + length > LINLI_TABLE_MAX_ROW)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                   "the row is larger than %d MiB", LINLI_TABLE_MAX_ROW >> 20);
      return FALSE;
    }
  reserve (row, length + 1);
  memcpy (row->text + row->length, text, length);
  row->length += length;
  return TRUE;
}

/**
 * linli_table_row_end_cell:
 * @error: %LINLI_TABLE_ERROR_LIMIT, without saying where
 *
 * Closes the open cell and opens the next.
 */
gboolean
linli_table_row_end_cell (LinliTableRow *row,
                          GError       **error)
{
  g_return_val_if_fail (row != NULL, FALSE);

  if (row->cells->len >= LINLI_TABLE_MAX_COLUMNS)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                   "the row has more than %d columns", LINLI_TABLE_MAX_COLUMNS);
      return FALSE;
    }
  reserve (row, 1);
  row->text[row->length++] = '\0';
  g_ptr_array_add (row->cells, GSIZE_TO_POINTER (row->cell_start));
  row->cell_start = row->length;
  return TRUE;
}

/**
 * linli_table_row_begin_sparse:
 *
 * Begins a row whose cells come by column; offset 0 is every empty cell.
 */
void
linli_table_row_begin_sparse (LinliTableRow *row)
{
  linli_table_row_begin (row);
  row->text[row->length++] = '\0';
  row->cell_start = row->length;
}

/**
 * linli_table_row_place:
 * @column: from 0
 * @error: %LINLI_TABLE_ERROR_LIMIT, without saying where
 *
 * Puts a cell into a sparse row.
 */
gboolean
linli_table_row_place (LinliTableRow *row,
                       guint          column,
                       const char    *text,
                       gsize          length,
                       GError       **error)
{
  gsize offset;

  g_return_val_if_fail (row != NULL && row->length > 0, FALSE);

  if (column >= LINLI_TABLE_MAX_COLUMNS)
    {
      g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                   "the row has more than %d columns", LINLI_TABLE_MAX_COLUMNS);
      return FALSE;
    }
  offset = row->cell_start;
  if (!linli_table_row_append (row, text, length, error))
    return FALSE;
  row->text[row->length++] = '\0';
  row->cell_start = row->length;
  while (row->cells->len <= column)
    g_ptr_array_add (row->cells, GSIZE_TO_POINTER (0));
  row->cells->pdata[column] = GSIZE_TO_POINTER (offset);
  return TRUE;
}

gboolean
linli_table_row_has_cell (const LinliTableRow *row,
                          guint                column)
{
  g_return_val_if_fail (row != NULL, FALSE);
  return column < row->cells->len && row->cells->pdata[column] != NULL;
}

/**
 * linli_table_row_finish:
 *
 * Returns: (transfer none) (element-type utf8): the closed cells, valid until
 *   the next linli_table_row_begin()
 */
GPtrArray *
linli_table_row_finish (LinliTableRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  for (guint i = 0; i < row->cells->len; i++)
    row->cells->pdata[i] = row->text + GPOINTER_TO_SIZE (row->cells->pdata[i]);
  return row->cells;
}
