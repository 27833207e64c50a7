/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 秒回: what can be answered on the spot is, and the case is over. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-answer-tables.h"
#include "linli-answers.h"
#include "linli-json.h"

const LinliArgSpec linli_case_answer_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "answer", LINLI_ARG_ID, TRUE, .doc = "id of the answer given" },
  { "version", LINLI_ARG_INT, .doc = "the wording that was read out; refused when there is a later one" },
  { NULL }
};

static gboolean
check_wording (LinliRow   *answer,
               JsonObject *args,
               GError    **error)
{
  gint64 version = 0;

  if (!linli_json_get_int (args, "version", &version) || version == linli_row_get_int (answer, LINLI_ANSWER_VERSION))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", "version",
                N_("Somebody changed this answer meanwhile. Look at it again."));
  return FALSE;
}

/* What was right last year may be wrong today: only an answer that somebody
 * vouches for on this day may close a case. */
static LinliRow *
find_answer (LinliCommandContext *context,
             JsonObject          *args,
             GError             **error)
{
  g_autoptr(LinliRow) answer = linli_command_get (context, &linli_table_instant_answer,
                                                  linli_json_get_text (args, "answer"), "answer", error);
  g_autofree char *today = NULL;

  if (answer == NULL || !check_wording (answer, args, error))
    return NULL;
  today = linli_answer_today (linli_tx_get_conn (context->tx), linli_command_now (context), error);
  if (today == NULL)
    return NULL;
  if (!linli_answer_is_valid (answer, today))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "answer-not-valid", "answer",
                    N_("This answer is not valid today. Confirm or correct it first, or register the case."));
      return NULL;
    }
  if (g_str_equal (linli_row_get_text (answer, LINLI_ANSWER_AUDIENCE), "internal"))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "answer-internal", "answer",
                    N_("This answer is for the desk alone and closes no case."));
      return NULL;
    }

  return g_steal_pointer (&answer);
}

static gboolean
set_leaf (LinliCaseFile *file,
          LinliRow      *answer,
          GError       **error)
{
  const char *code = linli_row_get_text (answer, LINLI_ANSWER_ITEM_CODE);
  g_autoptr(LinliRow) item = NULL;

  if (linli_row_get_text (file->row, LINLI_CASE_ITEM_CODE) != NULL || code == NULL)
    return TRUE;
  item = linli_case_find_leaf (file->context, code, error);
  if (item == NULL)
    return FALSE;
  linli_case_set_leaf (file->row, item);
  return TRUE;
}

static gboolean
add_entry (LinliCaseFile *file,
           LinliRow      *answer,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "answer", .audience = "resident", .payload = payload,
                                 .body = linli_row_get_text (answer, LINLI_ANSWER_TEXT) };

  linli_payload_text (payload, "answer", linli_row_get_id (answer));
  linli_payload_int (payload, "version", linli_row_get_int (answer, LINLI_ANSWER_VERSION));
  return linli_case_file_add_entry (file, &entry, error);
}

gboolean
linli_case_answer_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) answer = find_answer (context, args, error);
  g_autoptr(LinliCaseFile) file = answer != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;

  if (file == NULL || !set_leaf (file, answer, error) || !linli_case_refuse_catch_all (file, error))
    return FALSE;
  linli_row_set_text (file->row, LINLI_CASE_INSTANT_ANSWER_ID, linli_row_get_id (answer));
  linli_row_set_text (file->row, LINLI_CASE_RESIDENT_REPLY, linli_row_get_text (answer, LINLI_ANSWER_TEXT));
  linli_row_set_int (file->row, LINLI_CASE_CLOSED_AT, linli_command_now (context));

  return linli_case_file_advance (file, error) &&
         add_entry (file, answer, error) &&
         linli_case_file_save (file, error);
}
