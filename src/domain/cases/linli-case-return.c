/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 退件: the unit says that this is not its duty, under which clause of the duty
 * list, and whose it is instead. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-deadline.h"
#include "linli-handling-rules.h"
#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"
#include "linli-people-tables.h"

const LinliArgSpec linli_case_return_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "item", LINLI_ARG_TEXT, TRUE, 60, .doc = "the clause: code of the leaf, or of the leaf that it really is" },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { "proposed", LINLI_ARG_ID, .doc = "the unit whose duty it is instead" },
  { NULL }
};

static gboolean
check_window (LinliCaseFile *file,
              LinliRow      *part,
              GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  g_autoptr(LinliReturnWindow) window = linli_return_window_load (conn, part, error);
  g_autofree char *moment = NULL;

  if (window == NULL)
    return FALSE;
  if (window->until == 0 || !linli_deadline_is_overdue (linli_command_now (file->context), window->until))
    return TRUE;
  moment = linli_handling_moment (conn, window->until, error);
  if (moment != NULL)
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "return-window", "dispatch",
                       N_("The time to return this ran out on %s; ask the dispatcher to recall it."), moment);
  return FALSE;
}

/* What was ruled stays ruled until somebody rules anew. */
static gboolean
check_ruling (LinliCaseFile *file,
              LinliRow      *part,
              GError       **error)
{
  g_autoptr(GPtrArray) rulings = linli_tx_select (file->context->tx, &linli_table_ruling, error,
                                                  "case_id = ?1 ORDER BY ruled_at DESC, id DESC LIMIT 1", "s",
                                                  linli_case_file_get_id (file));
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;

  if (rulings == NULL)
    return FALSE;
  if (rulings->len == 0 || !g_str_equal (linli_row_get_text (rulings->pdata[0], LINLI_RULING_UNIT_ID),
                                         linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID)))
    return TRUE;
  moment = linli_handling_moment (linli_tx_get_conn (file->context->tx),
                                  linli_row_get_int (rulings->pdata[0], LINLI_RULING_RULED_AT), error);
  if (moment == NULL)
    return FALSE;
  words = g_strdup_printf ("%s %s %s", moment, linli_row_get_text (rulings->pdata[0], LINLI_RULING_BASIS),
                           linli_row_get_text (rulings->pdata[0], LINLI_RULING_TEXT));
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "ruled", "dispatch",
                     N_("It was ruled to be this unit’s and cannot be returned any more: %s"), words);
  return FALSE;
}

static gboolean
set_proposed (LinliCaseFile *file,
              LinliRow      *part,
              LinliRow      *note,
              const char    *proposed,
              GError       **error)
{
  g_autoptr(LinliRow) unit = NULL;

  if (proposed == NULL || *proposed == '\0')
    return TRUE;
  unit = linli_command_get (file->context, &linli_table_unit, proposed, "proposed", error);
  if (unit == NULL)
    return FALSE;
  if (!linli_row_get_int (unit, LINLI_UNIT_ACTIVE))
    return linli_refuse_invalid (error, "proposed", N_("This unit no longer takes cases."));
  if (g_str_equal (proposed, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID)))
    return linli_refuse_invalid (error, "proposed", N_("Name another unit than the one that returns it."));
  linli_row_set_text (note, LINLI_RETURN_NOTE_PROPOSED_UNIT_ID, proposed);
  linli_row_set_text (note, LINLI_RETURN_NOTE_PROPOSED_UNIT_NAME, linli_row_get_text (unit, LINLI_UNIT_NAME));

  return TRUE;
}

static LinliRow *
make_note (LinliCaseFile *file,
           LinliRow      *part,
           JsonObject    *args,
           GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) note = linli_row_new (&linli_table_return_note);
  g_autoptr(LinliRow) clause = linli_case_find_leaf (context, linli_json_get_text (args, "item"), error);
  g_autofree char *id = NULL;

  if (clause == NULL || !set_proposed (file, part, note, linli_json_get_text (args, "proposed"), error))
    return NULL;
  id = linli_command_new_id (context);
  linli_row_set_text (note, LINLI_RETURN_NOTE_ID, id);
  linli_row_set_text (note, LINLI_RETURN_NOTE_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (note, LINLI_RETURN_NOTE_DISPATCH_ID, linli_row_get_id (part));
  linli_row_set_text (note, LINLI_RETURN_NOTE_UNIT_ID, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID));
  linli_row_set_text (note, LINLI_RETURN_NOTE_UNIT_NAME, linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  linli_row_set_text (note, LINLI_RETURN_NOTE_ROLE, linli_row_get_text (part, LINLI_DISPATCH_ROLE));
  linli_row_set_text (note, LINLI_RETURN_NOTE_ITEM_CODE, linli_json_get_text (args, "item"));
  linli_row_set_text (note, LINLI_RETURN_NOTE_ITEM_NAME, linli_case_leaf_name (clause));
  linli_row_set_text (note, LINLI_RETURN_NOTE_REASON, linli_json_get_text (args, "reason"));
  linli_row_set_text (note, LINLI_RETURN_NOTE_STATE, "back");
  linli_row_set_int (note, LINLI_RETURN_NOTE_RETURNED_AT, linli_command_now (context));
  linli_row_set_text (note, LINLI_RETURN_NOTE_RETURNED_BY, context->operation->actor);
  linli_command_tell (context, "return", id);

  return g_steal_pointer (&note);
}

/* Only what the lead gives back is counted: an assisting unit's return leaves
 * the case where it is. */
static gboolean
count_return (LinliCaseFile *file,
              LinliRow      *note,
              GError       **error)
{
  gint64 count = linli_row_get_int (file->row, LINLI_CASE_RETURN_COUNT);
  gint64 limit = 0;

  if (!linli_handling_rule_get (linli_tx_get_conn (file->context->tx), LINLI_RULE_RETURN_LIMIT,
                                linli_command_now (file->context), &limit, error))
    return FALSE;
  if (count >= limit)
    linli_row_set_text (note, LINLI_RETURN_NOTE_STATE, "ruling");
  linli_row_set_int (file->row, LINLI_CASE_RETURN_COUNT, count + 1);

  return TRUE;
}

static gboolean
add_entry (LinliCaseFile *file,
           LinliRow      *part,
           LinliRow      *note,
           gboolean       lead,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "return", .audience = "unit", .dispatch = linli_row_get_id (part),
                                 .body = linli_row_get_text (note, LINLI_RETURN_NOTE_REASON), .payload = payload };

  linli_payload_text (payload, "unit", linli_row_get_text (note, LINLI_RETURN_NOTE_UNIT_NAME));
  linli_payload_text (payload, "role", linli_row_get_text (note, LINLI_RETURN_NOTE_ROLE));
  linli_payload_text (payload, "clause", linli_row_get_text (note, LINLI_RETURN_NOTE_ITEM_NAME));
  linli_payload_text (payload, "proposed", linli_row_get_text (note, LINLI_RETURN_NOTE_PROPOSED_UNIT_NAME));
  if (lead)
    linli_payload_int (payload, "return_count", linli_row_get_int (file->row, LINLI_CASE_RETURN_COUNT));
  linli_payload_text (payload, "goes_to",
                      g_str_equal (linli_row_get_text (note, LINLI_RETURN_NOTE_STATE), "ruling") ? "ruling" : NULL);
  return linli_case_file_add_entry (file, &entry, error);
}

/* The lead's return ends the round as a recall does; its clock to settle by
 * goes on, for the resident has been waiting all the while. */
gboolean
linli_case_return_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  LinliRow *part = NULL;
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;
  g_autoptr(LinliRow) note = NULL;
  gboolean lead;

  if (file == NULL || !check_ruling (file, part, error) || !check_window (file, part, error))
    return FALSE;
  note = make_note (file, part, args, error);
  if (note == NULL)
    return FALSE;
  lead = g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");
  if ((lead && !count_return (file, note, error)) || !linli_tx_insert (context->tx, note, error) ||
      !linli_case_end_part (file, part, LINLI_PART_RETURNED, reason, error) ||
      (lead && !linli_case_end_round (file, reason, error)))
    return FALSE;

  return linli_case_file_advance (file, error) &&
         add_entry (file, part, note, lead, error) &&
         linli_case_file_save (file, error);
}
