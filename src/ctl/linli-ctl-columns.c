/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ctl-evaluate.h"
#include "linli-table-reader.h"

static char *
cell_of (GPtrArray *row,
         guint      column)
{
  return g_strstrip (g_strdup (column < row->len ? (const char *) row->pdata[column] : ""));
}

static gboolean
find_columns (GPtrArray *header,
              char     **headings,
              guint     *columns,
              GError   **error)
{
  for (guint i = 0; headings[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint c = 0; c < header->len && !found; c++)
        {
          g_autofree char *name = cell_of (header, c);

          found = g_str_equal (name, headings[i]);
          columns[i] = c;
        }
      if (!found)
        {
          g_autofree char *message = g_strdup_printf ("The file has no column named %s", headings[i]);

          return linli_ctl_usage (error, message);
        }
    }
  return TRUE;
}

/**
 * linli_ctl_read_columns:
 * @path: a CSV or XLSX file whose first row names its columns
 * @headings: %NULL-terminated
 * @error: %LINLI_CTL_ERROR_USAGE when a column is not there, or %LINLI_TABLE_ERROR
 *
 * Returns: (transfer full) (element-type GStrv): the cells of the wanted
 *   columns, a row each, without the white space around them
 */
GPtrArray *
linli_ctl_read_columns (const char *path,
                        char      **headings,
                        GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n = g_strv_length (headings);
  g_autofree guint *columns = g_new0 (guint, n + 1);
  GPtrArray *row = NULL;

  if (reader == NULL || !linli_table_reader_next (reader, &row, error))
    return NULL;
  if (row == NULL)
    {
      linli_ctl_usage (error, "The file is empty");
      return NULL;
    }
  if (!find_columns (row, headings, columns, error))
    return NULL;
  for (;;)
    {
      g_autoptr(GStrvBuilder) cells = NULL;

      if (!linli_table_reader_next (reader, &row, error))
        return NULL;
      if (row == NULL)
        break;
      cells = g_strv_builder_new ();
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *cell = cell_of (row, columns[i]);

          g_strv_builder_add (cells, cell);
        }
      g_ptr_array_add (rows, g_strv_builder_end (cells));
    }

  return g_steal_pointer (&rows);
}
