/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 裁决: whose the matter is, said once, with law and clause. The unit gets it in
 * the same step, so that nobody can send it elsewhere in between. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"
#include "linli-people-tables.h"

const LinliArgSpec linli_case_rule_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "unit", LINLI_ARG_ID, TRUE, .doc = "whose the matter is" },
  { "basis", LINLI_ARG_TEXT, TRUE, 1000, .doc = "law and clause" },
  { "text", LINLI_ARG_TEXT, TRUE, 4000, .doc = "the ruling in words" },
  { "assist", LINLI_ARG_TEXTS, FALSE, 20, .doc = "协办单位, ids" },
  { "instruction", LINLI_ARG_TEXT, FALSE, 4000 },
  { NULL }
};

static gboolean
insert_ruling (LinliCaseFile *file,
               JsonObject    *args,
               LinliRow      *unit,
               LinliRow      *dispute,
               GError       **error)
{
  static const struct { guint from, to; } columns[] = {
    { LINLI_CASE_ITEM_CODE, LINLI_RULING_ITEM_CODE },
    { LINLI_CASE_COMMUNITY, LINLI_RULING_COMMUNITY },
    { LINLI_CASE_PLACE, LINLI_RULING_PLACE },
    { LINLI_CASE_PLACE_ID, LINLI_RULING_PLACE_ID },
  };
  g_autoptr(LinliRow) ruling = linli_row_new (&linli_table_ruling);
  g_autofree char *id = linli_command_new_id (file->context);

  linli_row_set_text (ruling, LINLI_RULING_ID, id);
  linli_row_set_text (ruling, LINLI_RULING_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (ruling, LINLI_RULING_RETURN_ID, dispute != NULL ? linli_row_get_id (dispute) : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    linli_row_set_text (ruling, columns[i].to, linli_row_get_text (file->row, columns[i].from));
  linli_row_set_text (ruling, LINLI_RULING_UNIT_ID, linli_row_get_id (unit));
  linli_row_set_text (ruling, LINLI_RULING_UNIT_NAME, linli_row_get_text (unit, LINLI_UNIT_NAME));
  linli_row_set_text (ruling, LINLI_RULING_BASIS, linli_json_get_text (args, "basis"));
  linli_row_set_text (ruling, LINLI_RULING_TEXT, linli_json_get_text (args, "text"));
  linli_row_set_int (ruling, LINLI_RULING_RULED_AT, linli_command_now (file->context));
  linli_row_set_text (ruling, LINLI_RULING_RULED_BY, file->context->operation->actor);
  linli_command_tell (file->context, "ruling", id);

  return linli_tx_insert (file->context->tx, ruling, error);
}

static gboolean
settle_dispute (LinliCaseFile *file,
                LinliRow      *dispute,
                GError       **error)
{
  if (dispute == NULL)
    return TRUE;
  linli_row_set_text (dispute, LINLI_RETURN_NOTE_STATE, "ruled");
  return linli_tx_update (file->context->tx, dispute, error);
}

static gboolean
add_entry (LinliCaseFile *file,
           JsonObject    *args,
           LinliRow      *unit,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "ruling", .audience = "unit", .body = linli_json_get_text (args, "text"),
                                 .payload = payload };

  linli_payload_text (payload, "unit", linli_row_get_text (unit, LINLI_UNIT_NAME));
  linli_payload_text (payload, "basis", linli_json_get_text (args, "basis"));
  return linli_case_file_add_entry (file, &entry, error);
}

static gboolean
refuse_done (LinliCaseFile *file,
             GError       **error)
{
  for (guint i = 0; i < file->parts->len; i++)
    if (g_str_equal (linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_ROLE), "lead") &&
        g_str_equal (linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_STATE), "done"))
      {
        linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "lead-done", "unit",
                      N_("The lead unit has reported its result already: let the review decide about it."));
        return FALSE;
      }
  return TRUE;
}

/* Whoever holds it goes on when it is ruled to be theirs; from anybody else it
 * is taken away. */
static gboolean
hand_over (LinliCaseFile *file,
           JsonObject    *args,
           const char    *unit,
           GError       **error)
{
  const char *holder = linli_row_get_text (file->row, LINLI_CASE_LEAD_UNIT_ID);
  gboolean held = linli_case_file_get_state (file) != LINLI_CASE_STATE_REGISTERED;

  if (held && g_strcmp0 (holder, unit) == 0)
    return TRUE;
  return (!held || (refuse_done (file, error) && linli_case_end_round (file, linli_json_get_text (args, "text"), error))) &&
         linli_case_send (file, unit, args, error);
}

gboolean
linli_case_rule_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  g_autoptr(LinliCaseFile) file = NULL;
  g_autoptr(LinliRow) unit = NULL;
  g_autoptr(LinliRow) dispute = NULL;

  if (linli_case_get_words (args, "basis", error) == NULL || linli_case_get_words (args, "text", error) == NULL)
    return FALSE;
  file = linli_case_file_open (context, args, NULL, error);
  unit = file != NULL ? linli_command_get (context, &linli_table_unit, linli_json_get_text (args, "unit"), "unit", error) : NULL;
  if (unit == NULL || linli_case_file_get_parts (file, error) == NULL ||
      !linli_handling_find_open (file, &linli_table_return_note, &dispute, error) ||
      !insert_ruling (file, args, unit, dispute, error) ||
      !settle_dispute (file, dispute, error) ||
      !add_entry (file, args, unit, error))
    return FALSE;

  return hand_over (file, args, linli_row_get_id (unit), error) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_save (file, error);
}
