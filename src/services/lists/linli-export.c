/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table as CSV or XLSX, exactly its rows or exactly those of a view, whatever their
 * number. Times are written as people read them, texts so that no spreadsheet
 * takes them for formulas, verifiers of passwords not at all. */

#include "config.h"

#include "linli-export.h"

#include "linli-args.h"
#include "linli-row.h"
#include "linli-sheet-writer.h"
#include "linli-tx.h"
#include "linli-verifier.h"

#define PAGE 500

static char *
cell_text (LinliRow *row,
           guint     column)
{
  const LinliTable *table = linli_row_get_table (row);

  if (linli_row_is_null (row, column))
    return g_strdup ("");
  switch (table->columns[column].type)
    {
    case LINLI_TYPE_TIME:
      return linli_time_to_text (linli_row_get_int (row, column));
    case LINLI_TYPE_INT:
    case LINLI_TYPE_BOOL:
      return g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (row, column));
    case LINLI_TYPE_BLOB:
      return g_strdup ("");
    case LINLI_TYPE_TEXT:
    case LINLI_TYPE_UUID:
    case LINLI_TYPE_DATE:
    case LINLI_TYPE_JSON:
    default:
      return linli_verifier_hide (linli_row_get_text (row, column));
    }
}

static gboolean
write_row (LinliSheetWriter *writer,
           LinliRow         *row,
           GError          **error)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; linli_row_get_table (row)->columns[i].name != NULL; i++)
    g_ptr_array_add (cells, cell_text (row, i));
  return linli_sheet_writer_add_row (writer, (const char *const *) cells->pdata, cells->len, error);
}

/* Which columns are whole numbers. */
static guint64
numbers_of (const LinliTable *table)
{
  guint64 numbers = 0;

  for (guint i = 0; table->columns[i].name != NULL && i < 64; i++)
    if (table->columns[i].type == LINLI_TYPE_INT)
      numbers |= G_GUINT64_CONSTANT (1) << i;
  return numbers;
}

static gboolean
write_header (LinliSheetWriter *writer,
              const LinliTable *table,
              GError          **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; table->columns[i].name != NULL; i++)
    g_ptr_array_add (names, (gpointer) table->columns[i].name);
  return linli_sheet_writer_add_row (writer, (const char *const *) names->pdata, names->len, error);
}

static gboolean
write_rows (LinliSheetWriter *writer,
            GPtrArray        *rows,
            GCancellable     *cancellable,
            GError          **error)
{
  if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!write_row (writer, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_all (LinliConn        *conn,
           const LinliTable *table,
           LinliSheetWriter *writer,
           GCancellable     *cancellable,
           GError          **error)
{
  gint64 last = 0;

  while (TRUE)
    {
      g_autoptr(GPtrArray) rows = linli_conn_select (conn, table, error, "pk > ?1 ORDER BY pk LIMIT ?2", "ii",
                                                     last, (gint64) PAGE);

      if (!write_rows (writer, rows, cancellable, error))
        return FALSE;
      if (rows->len == 0)
        return TRUE;
      last = linli_row_get_pk (rows->pdata[rows->len - 1]);
    }
}

static gboolean
write_chosen (LinliConn        *conn,
              const LinliTable *table,
              GArray           *pks,
              LinliSheetWriter *writer,
              GCancellable     *cancellable,
              GError          **error)
{
  for (guint i = 0; i < pks->len; i++)
    {
      g_autoptr(GPtrArray) rows = linli_conn_select (conn, table, error, "pk = ?1", "i", g_array_index (pks, gint64, i));

      if (!write_rows (writer, rows, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_export_table:
 * @conn: a reading connection
 * @pks: (nullable) (element-type gint64): the rows of a view, in its order;
 *   %NULL for all of them
 * @file: replaced in one step when the export is complete; its name decides:
 *   .xlsx, else CSV
 * @n_rows: (out): rows written
 * @error: %LINLI_STORE_ERROR, %LINLI_TABLE_ERROR, %G_IO_ERROR_CANCELLED
 */
gboolean
linli_export_table (LinliConn        *conn,
                    const LinliTable *table,
                    GArray           *pks,
                    GFile            *file,
                    GCancellable     *cancellable,
                    guint64          *n_rows,
                    GError          **error)
{
  g_autoptr(LinliSheetWriter) writer = linli_sheet_writer_new (file, linli_sheet_format_of (file), numbers_of (table), error);
  gboolean written;

  if (writer == NULL || !write_header (writer, table, error))
    return FALSE;
  written = pks != NULL ? write_chosen (conn, table, pks, writer, cancellable, error)
                        : write_all (conn, table, writer, cancellable, error);
  if (!written || !linli_sheet_writer_finish (writer, error))
    return FALSE;
  *n_rows = linli_sheet_writer_get_rows (writer) - 1;

  return TRUE;
}
