/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-commands-private.h"
#include "linli-json.h"

#define BATCH_MAX 1000

const LinliArgSpec linli_import_start_args[] = {
  { "kind", LINLI_ARG_TEXT, TRUE, 40, .doc = "what the file holds: cases, petitions, ..." },
  { "file_name", LINLI_ARG_TEXT, TRUE, 400 },
  { "mapping", LINLI_ARG_OBJECT, .doc = "which column became which field" },
  { NULL }
};

const LinliArgSpec linli_case_import_args[] = {
  { "import", LINLI_ARG_ID, TRUE },
  { "rows", LINLI_ARG_OBJECTS, TRUE, BATCH_MAX,
    .doc = "source_key (unique for ever), external_no, title, subject, text, channel, received_at, closed_at, state "
           "(open, closed, closed_in_time, closed_late), item_name, item_code, nature, urgency, community, street, place, "
           "unit_name, appellant_name, appellant_phone, reply, reply_at, confidential" },
  { NULL }
};

const LinliArgSpec linli_import_finish_args[] = {
  { "import", LINLI_ARG_ID, TRUE },
  { "n_refused", LINLI_ARG_INT, TRUE, .doc = "rows of the file that could not be used" },
  { NULL }
};

/* Returns: (transfer full): the import, still running */
static LinliRow *
open_import (LinliCommandContext *context,
             JsonObject          *args,
             GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_import, linli_json_get_text (args, "import"),
                                               "import", error);

  if (row != NULL && !g_str_equal (linli_row_get_text (row, LINLI_IMPORT_STATE), "running"))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "import-over", "import",
                    N_("This import is already over."));
      return NULL;
    }
  return g_steal_pointer (&row);
}

gboolean
linli_import_start_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  JsonObject *mapping = linli_json_get_object (args, "mapping");
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_import);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *text = mapping != NULL ? linli_json_object_to_text (mapping) : NULL;

  linli_row_set_text (row, LINLI_IMPORT_ID, id);
  linli_row_set_text (row, LINLI_IMPORT_KIND, linli_json_get_text (args, "kind"));
  linli_row_set_text (row, LINLI_IMPORT_FILE_NAME, linli_json_get_text (args, "file_name"));
  linli_row_set_text (row, LINLI_IMPORT_STATE, "running");
  linli_row_set_int (row, LINLI_IMPORT_STARTED_AT, linli_command_now (context));
  linli_row_set_int (row, LINLI_IMPORT_N_NEW, 0);
  linli_row_set_int (row, LINLI_IMPORT_N_KNOWN, 0);
  linli_row_set_int (row, LINLI_IMPORT_N_REFUSED, 0);
  linli_row_set_text (row, LINLI_IMPORT_MAPPING, text);
  linli_command_tell (context, "import", id);

  return linli_tx_insert (context->tx, row, error);
}

/* Two centres may both have a number 1 out of somebody's table: as a number of
 * Linli's own it means the case that came in the same minute, which is as much
 * as a list tells. */
static gboolean
is_known (LinliImportBatch     *batch,
          const LinliImportRow *row,
          gboolean             *known,
          GError              **error)
{
  LinliConn *conn = linli_tx_get_conn (batch->context->tx);
  const char *source_key = row->words[LINLI_IMPORT_WORD_SOURCE_KEY];
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT 1 FROM cases WHERE source_key = ?1", "s", source_key) ||
      (n == 0 && g_str_has_prefix (source_key, LINLI_IMPORT_OWN_PREFIX) &&
       !linli_conn_get_int (conn, &n, error, "SELECT 1 FROM cases WHERE id = ?1 OR (case_no IN (?1, ?2) "
                            "AND received_at / 60000000 = ?3)", "ssi", source_key + strlen (LINLI_IMPORT_OWN_PREFIX),
                            row->words[LINLI_IMPORT_WORD_EXTERNAL_NO], row->received_at / (60 * G_USEC_PER_SEC))))
    return FALSE;
  *known = n != 0;
  return TRUE;
}

static void
add_refusal (JsonArray  *refused,
             guint       index,
             const char *field,
             const char *fault)
{
  JsonObject *refusal = json_object_new ();

  json_object_set_int_member (refusal, "row", index);
  json_object_set_string_member (refusal, "field", field);
  json_object_set_string_member (refusal, "message", fault);
  json_array_add_object_element (refused, refusal);
}

typedef struct
{
  gint64     n_new;
  gint64     n_known;
  gint64     n_places; /* of the new: the list knows where they are */
  JsonArray *refused; /* (owned) */
} Tally;

static gboolean
import_row (LinliImportBatch *batch,
            JsonObject       *object,
            guint             index,
            Tally            *tally,
            GError          **error)
{
  g_auto(LinliImportRow) row = { 0 };
  const char *field = NULL;
  const char *fault = NULL;
  gboolean known = FALSE;

  if (!linli_import_row_read (&row, object, &field, &fault))
    {
      add_refusal (tally->refused, index, field, fault);
      return TRUE;
    }
  if (!is_known (batch, &row, &known, error))
    return FALSE;
  if (known)
    {
      tally->n_known++;
      return TRUE;
    }
  tally->n_new++;

  if (!linli_import_row_resolve (&row, batch, error))
    return FALSE;
  tally->n_places += row.spot != NULL;

  return linli_import_row_insert (&row, batch, error);
}

static gboolean
count_rows (LinliCommandContext *context,
            LinliRow            *import,
            const Tally         *tally,
            GError             **error)
{
  linli_row_set_int (import, LINLI_IMPORT_N_NEW, linli_row_get_int (import, LINLI_IMPORT_N_NEW) + tally->n_new);
  linli_row_set_int (import, LINLI_IMPORT_N_KNOWN, linli_row_get_int (import, LINLI_IMPORT_N_KNOWN) + tally->n_known);
  linli_command_tell_int (context, "n_new", tally->n_new);
  linli_command_tell_int (context, "n_known", tally->n_known);
  linli_command_tell_int (context, "n_places", tally->n_places);
  json_object_set_array_member (context->result, "refused", json_array_ref (tally->refused));

  return linli_tx_update (context->tx, import, error);
}

/* Rows that cannot be used are told, one by one, and leave the others alone;
 * rows that came before, in this file or another, are counted and left alone. */
gboolean
linli_case_import_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) import = open_import (context, args, error);
  g_auto(LinliImportBatch) batch = { 0 };
  g_autoptr(JsonArray) refused = json_array_new ();
  JsonArray *rows = linli_json_get_array (args, "rows");
  Tally tally = { .refused = refused };

  if (import == NULL)
    return FALSE;
  linli_import_batch_init (&batch, context, linli_row_get_id (import));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!import_row (&batch, json_array_get_object_element (rows, i), i, &tally, error))
      return FALSE;

  return count_rows (context, import, &tally, error);
}

gboolean
linli_import_finish_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  g_autoptr(LinliRow) import = open_import (context, args, error);
  gint64 n_refused = 0;

  if (import == NULL)
    return FALSE;
  linli_json_get_int (args, "n_refused", &n_refused);
  if (n_refused < 0)
    return linli_refuse_invalid (error, "n_refused", N_("This cannot be less than nothing."));
  linli_row_set_int (import, LINLI_IMPORT_N_REFUSED, n_refused);
  linli_row_set_text (import, LINLI_IMPORT_STATE, "finished");
  linli_row_set_int (import, LINLI_IMPORT_FINISHED_AT, linli_command_now (context));

  return linli_tx_update (context->tx, import, error);
}
