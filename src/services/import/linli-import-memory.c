/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-memory.h"

#include "linli-case-imports.h"
#include "linli-case-tables.h"
#include "linli-json.h"

/**
 * linli_import_memory_note:
 * @columns: (array fixed-size=LINLI_IMPORT_N_FIELDS): from 0, or -1
 *
 * Returns: (transfer full): what import.start takes as `mapping`
 */
JsonObject *
linli_import_memory_note (GPtrArray *header,
                          const int *columns)
{
  g_autoptr(GArray) matches = g_array_new (FALSE, TRUE, sizeof (LinliColumnMatch));
  JsonObject *note = json_object_new ();

  for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
    {
      const LinliColumnMatch match = { .column = columns[i] };

      g_array_append_val (matches, match);
    }
  linli_column_mappings_save (note, header, linli_import_fields (), LINLI_IMPORT_N_FIELDS, matches);

  return note;
}

static gpointer
load_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_case_imports_load (conn, error);
}

static gboolean
recall_one (LinliRow  *import,
            GPtrArray *header,
            int       *columns)
{
  const char *text = linli_row_get_text (import, LINLI_IMPORT_MAPPING);
  g_autoptr(JsonObject) note = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr(GArray) matches = NULL;

  if (note == NULL || !g_str_equal (linli_row_get_text (import, LINLI_IMPORT_STATE), "finished"))
    return FALSE;
  matches = linli_column_mappings_recall (note, header, linli_import_fields (), LINLI_IMPORT_N_FIELDS);
  for (guint i = 0; matches != NULL && i < LINLI_IMPORT_N_FIELDS; i++)
    columns[i] = g_array_index (matches, LinliColumnMatch, i).column;

  return matches != NULL;
}

/**
 * linli_import_memory_recall:
 * @columns: (array fixed-size=LINLI_IMPORT_N_FIELDS): set only when something is remembered
 * @when: (out): microseconds UTC; 0 when nothing is remembered
 * @error: %LINLI_STORE_ERROR
 *
 * What somebody decided for such headings in the latest import that was
 * brought to its end; one that was undone taught nothing. Blocks.
 */
gboolean
linli_import_memory_recall (LinliStore *store,
                            GPtrArray  *header,
                            int        *columns,
                            gint64     *when,
                            GError    **error)
{
  g_autoptr(GPtrArray) imports = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, load_job, NULL, error);

  *when = 0;
  for (guint i = 0; imports != NULL && i < imports->len && *when == 0; i++)
    if (recall_one (imports->pdata[i], header, columns))
      *when = linli_row_get_int (imports->pdata[i], LINLI_IMPORT_STARTED_AT);
  return imports != NULL;
}
