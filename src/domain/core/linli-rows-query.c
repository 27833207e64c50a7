/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-rows-query.h"

#include "linli-json.h"
#include "linli-tx.h"

/**
 * linli_rows_to_node:
 * @rows: (nullable) (element-type LinliRow): %NULL passes @error through
 *
 * Returns: (transfer full): an array of flat objects: the answer of a query
 */
JsonNode *
linli_rows_to_node (GPtrArray *rows,
                    GError   **error)
{
  g_autoptr(GString) text = NULL;

  if (rows == NULL)
    return NULL;

  text = g_string_new ("[");
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      linli_row_append_json (rows->pdata[i], text);
    }
  g_string_append_c (text, ']');

  return linli_json_parse (text->str, (gssize) text->len, error);
}

/**
 * linli_rows_query:
 * @condition: what stands behind WHERE; constant text, never a person's
 *
 * Returns: (transfer full): every row of @table that meets it
 */
JsonNode *
linli_rows_query (LinliConn        *conn,
                  const LinliTable *table,
                  const char       *condition,
                  GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, table, error, condition, "");

  return linli_rows_to_node (rows, error);
}
