/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a unit does with its part: signs, speaks to the resident, works,
 * reports its result. */

#include "config.h"

#include "linli-case-commands-private.h"

#include "linli-case-clocks.h"
#include "linli-closing-private.h"
#include "linli-core-tables.h"
#include "linli-json.h"

const LinliArgSpec linli_case_sign_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { NULL }
};

const LinliArgSpec linli_case_contact_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "note", LINLI_ARG_TEXT, FALSE, 4000, .doc = "what was said" },
  { NULL }
};

const LinliArgSpec linli_case_work_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "note", LINLI_ARG_TEXT, TRUE, 4000 },
  { NULL }
};

const LinliArgSpec linli_case_done_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "result", LINLI_ARG_TEXT, TRUE, 8000, .doc = "处置结果" },
  { NULL }
};

static gboolean
is_lead (LinliRow *part)
{
  return g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");
}

/* Stores the part as it has become and lets the case follow. */
static gboolean
hand_back (LinliCaseFile *file,
           LinliRow      *part,
           const char    *kind,
           const char    *body,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = kind, .audience = "unit", .body = body,
                                 .dispatch = linli_row_get_id (part), .payload = payload };

  linli_payload_text (payload, "unit", linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (file->transition->part_to));
  return linli_tx_update (file->context->tx, part, error) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

gboolean
linli_case_sign_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  LinliRow *part = NULL;
  g_autoptr(LinliCaseFile) file = linli_case_file_open_part (context, args, &part, error);

  if (file == NULL || !linli_case_clocks_meet (file, part, "sign", error))
    return FALSE;
  linli_row_set_int (part, LINLI_DISPATCH_SIGNED_AT, linli_command_now (context));
  if (context->account != NULL)
    linli_row_set_text (part, LINLI_DISPATCH_HANDLER_ID, linli_row_get_id (context->account));

  return hand_back (file, part, "sign", NULL, error);
}

gboolean
linli_case_contact_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  LinliRow *part = NULL;
  g_autoptr(LinliCaseFile) file = linli_case_file_open_part (context, args, &part, error);

  if (file == NULL || !linli_case_clocks_meet (file, part, "contact", error))
    return FALSE;
  if (linli_row_is_null (part, LINLI_DISPATCH_CONTACTED_AT))
    linli_row_set_int (part, LINLI_DISPATCH_CONTACTED_AT, linli_command_now (context));

  return hand_back (file, part, "contact", linli_json_get_text (args, "note"), error);
}

gboolean
linli_case_work_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  LinliRow *part = NULL;
  const char *note = linli_case_get_words (args, "note", error);
  g_autoptr(LinliCaseFile) file = note != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;

  return file != NULL && hand_back (file, part, "work", note, error);
}

/* The lead's result is the case's; a contact that was never reported is not
 * owed any more once the part is done. */
gboolean
linli_case_done_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  LinliRow *part = NULL;
  const char *result = linli_case_get_words (args, "result", error);
  g_autoptr(LinliCaseFile) file = result != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;

  if (file == NULL || (is_lead (part) && !linli_check_evidence (file, "result", error)) ||
      !linli_case_clocks_stop (file, part, error))
    return FALSE;
  linli_row_set_int (part, LINLI_DISPATCH_DONE_AT, linli_command_now (context));
  linli_row_set_text (part, LINLI_DISPATCH_RESULT, result);
  if (is_lead (part))
    linli_row_set_text (file->row, LINLI_CASE_RESULT, result);

  return hand_back (file, part, "done", result, error);
}
