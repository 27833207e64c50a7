/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-json.h"

#include "linli-json.h"
#include "linli-row-scan.h"

/**
 * linli_row_to_json:
 *
 * Returns: (transfer full): the columns that are not NULL, in the table's
 *   order; two equal rows give the same bytes
 */
char *
linli_row_to_json (LinliRow *row)
{
  GString *out = g_string_new (NULL);

  linli_row_append_json (row, out);
  return g_string_free (out, FALSE);
}

/**
 * linli_row_from_json:
 * @object: what linli_row_append_json() wrote; members of columns that this
 *   program does not know are passed over
 * @error: %LINLI_STORE_ERROR_CONSTRAINT
 *
 * Returns: (transfer full): a sound row of @table, without a local key
 */
LinliRow *
linli_row_from_json (const LinliTable *table,
                     JsonObject       *object,
                     GError          **error)
{
  g_autoptr(LinliRow) row = linli_row_new (table);

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      JsonNode *value = json_object_get_member (object, table->columns[i].name);

      if (value != NULL && !linli_row_set_json (row, i, value, error))
        return NULL;
    }

  return linli_row_check (row, error) ? g_steal_pointer (&row) : NULL;
}

/* The same from a text; also %LINLI_JSON_ERROR. */
LinliRow *
linli_row_from_text (const LinliTable *table,
                     const char       *json,
                     GError          **error)
{
  g_autoptr(LinliRow) row = linli_row_scan (table, json);
  g_autoptr(JsonObject) object = NULL;

  if (row != NULL)
    return linli_row_check (row, error) ? g_steal_pointer (&row) : NULL;
  object = linli_json_parse_object (json, -1, error);
  return object != NULL ? linli_row_from_json (table, object, error) : NULL;
}
