/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who must do it: one lead unit, any number of assisting ones, each with its
 * own part of the case. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-attributes.h"
#include "linli-case-clocks.h"
#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"
#include "linli-people-tables.h"

#define MAX_UNITS 20

const LinliArgSpec linli_case_dispatch_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "lead", LINLI_ARG_ID, TRUE, .doc = "主办单位" },
  { "assist", LINLI_ARG_TEXTS, FALSE, MAX_UNITS, .doc = "协办单位, ids" },
  { "instruction", LINLI_ARG_TEXT, FALSE, 4000 },
  { NULL }
};

const LinliArgSpec linli_case_assist_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "units", LINLI_ARG_TEXTS, TRUE, MAX_UNITS, .doc = "further assisting units, ids" },
  { "instruction", LINLI_ARG_TEXT, FALSE, 4000 },
  { NULL }
};

const LinliArgSpec linli_case_recall_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_release_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

static LinliRow *
find_unit (LinliCommandContext *context,
           const char          *id,
           const char          *field,
           GError             **error)
{
  g_autoptr(LinliRow) unit = linli_command_get (context, &linli_table_unit, id, field, error);

  if (unit != NULL && !linli_row_get_int (unit, LINLI_UNIT_ACTIVE))
    {
      linli_refuse_invalid (error, field, N_("This unit no longer takes cases."));
      return NULL;
    }
  return g_steal_pointer (&unit);
}

static gboolean
is_lead (LinliRow *part)
{
  return g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");
}

static LinliPartState
part_state (LinliRow *part)
{
  return linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE));
}

/* A unit has one part of a round at most, unless it was let go meanwhile. */
static gboolean
has_part (LinliCaseFile *file,
          gint64         round,
          const char    *unit)
{
  for (guint i = 0; i < file->parts->len; i++)
    if (linli_row_get_int (file->parts->pdata[i], LINLI_DISPATCH_SEQ) == round &&
        part_state (file->parts->pdata[i]) & (LINLI_PARTS_LIVE | LINLI_PART_DONE) &&
        g_str_equal (linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_UNIT_ID), unit))
      return TRUE;
  return FALSE;
}

static LinliRow *
add_part (LinliCaseFile *file,
          gint64         round,
          const char    *unit_id,
          const char    *role,
          const char    *instruction,
          const char    *field,
          GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) unit = find_unit (context, unit_id, field, error);
  g_autoptr(LinliRow) part = linli_row_new (&linli_table_dispatch);
  g_autofree char *id = NULL;

  if (unit == NULL)
    return NULL;
  if (has_part (file, round, unit_id))
    {
      linli_refuse_invalid (error, field, N_("A unit is named twice."));
      return NULL;
    }

  id = linli_command_new_id (context);
  linli_row_set_text (part, LINLI_DISPATCH_ID, id);
  linli_row_set_text (part, LINLI_DISPATCH_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (part, LINLI_DISPATCH_UNIT_ID, unit_id);
  linli_row_set_text (part, LINLI_DISPATCH_UNIT_NAME, linli_row_get_text (unit, LINLI_UNIT_NAME));
  linli_row_set_text (part, LINLI_DISPATCH_ROLE, role);
  linli_row_set_int (part, LINLI_DISPATCH_SEQ, round);
  linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (LINLI_PART_SENT));
  linli_row_set_int (part, LINLI_DISPATCH_SENT_AT, linli_command_now (context));
  linli_row_set_text (part, LINLI_DISPATCH_INSTRUCTION, instruction);
  if (!linli_tx_insert (context->tx, part, error) ||
      !linli_case_clocks_start (file, part, "sign", error) ||
      (is_lead (part) && !linli_case_clocks_start (file, part, "contact", error)))
    return NULL;
  g_ptr_array_add (file->parts, linli_row_ref (part));

  return g_steal_pointer (&part);
}

static gboolean
add_assistants (LinliCaseFile *file,
                gint64         round,
                JsonObject    *args,
                const char    *field,
                const char    *instruction,
                GPtrArray     *names,
                GError       **error)
{
  JsonArray *units = linli_json_get_array (args, field);

  for (guint i = 0; units != NULL && i < json_array_get_length (units); i++)
    {
      g_autoptr(LinliRow) part = add_part (file, round, json_array_get_string_element (units, i), "assist",
                                           instruction, field, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (names, g_strdup (linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME)));
    }
  return TRUE;
}

static gboolean
add_dispatch_entry (LinliCaseFile *file,
                    LinliRow      *lead,
                    GPtrArray     *assistants,
                    const char    *instruction,
                    GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "dispatch", .audience = "unit", .body = instruction, .payload = payload,
                                 .dispatch = lead != NULL ? linli_row_get_id (lead) : NULL };

  if (lead != NULL)
    linli_payload_text (payload, "lead", linli_row_get_text (lead, LINLI_DISPATCH_UNIT_NAME));
  linli_payload_texts (payload, "assist", assistants);
  return linli_case_file_add_entry (file, &entry, error);
}

static void
set_lead (LinliCaseFile *file,
          LinliRow      *lead)
{
  linli_row_set_text (file->row, LINLI_CASE_LEAD_UNIT_ID,
                      lead != NULL ? linli_row_get_text (lead, LINLI_DISPATCH_UNIT_ID) : NULL);
  linli_row_set_text (file->row, LINLI_CASE_LEAD_UNIT_NAME,
                      lead != NULL ? linli_row_get_text (lead, LINLI_DISPATCH_UNIT_NAME) : NULL);
}

static gboolean
check_item (LinliCaseFile *file,
            GError       **error)
{
  LinliRow *item = NULL;

  if (!linli_case_file_get_item (file, &item, error))
    return FALSE;
  return item != NULL || linli_refuse_invalid (error, "item", N_("Choose what the matter is before dispatching it."));
}

/**
 * linli_case_start_round:
 * @lead: id of the unit
 * @args: its "assist" names the assisting units
 * @assistants: (element-type utf8): receives their names
 *
 * Sends the case out, for the first time or once more; the caller takes the
 * step in its state.
 *
 * Returns: (transfer full): the lead's part
 */
LinliRow *
linli_case_start_round (LinliCaseFile *file,
                        const char    *lead,
                        JsonObject    *args,
                        const char    *instruction,
                        GPtrArray     *assistants,
                        GError       **error)
{
  g_autoptr(LinliRow) part = NULL;
  gint64 round;

  if (!check_item (file, error) || linli_case_file_get_parts (file, error) == NULL)
    return NULL;
  round = linli_case_file_get_round (file) + 1;
  part = add_part (file, round, lead, "lead", instruction, "lead", error);
  if (part == NULL || !add_assistants (file, round, args, "assist", instruction, assistants, error))
    return NULL;
  set_lead (file, part);
  linli_command_tell (file->context, "lead_dispatch", linli_row_get_id (part));

  return g_steal_pointer (&part);
}

/**
 * linli_case_send:
 * @unit: id of the lead unit
 * @args: its "assist" and "instruction" are looked at
 *
 * Begins the next round of a case without a lead, and says so on its timeline.
 */
gboolean
linli_case_send (LinliCaseFile *file,
                 const char    *unit,
                 JsonObject    *args,
                 GError       **error)
{
  g_autoptr(GPtrArray) assistants = g_ptr_array_new_with_free_func (g_free);
  const char *instruction = linli_json_get_text (args, "instruction");
  g_autoptr(LinliRow) lead = linli_case_start_round (file, unit, args, instruction, assistants, error);

  return lead != NULL && add_dispatch_entry (file, lead, assistants, instruction, error);
}

static gboolean
refuse_dispute (LinliCaseFile *file,
                GError       **error)
{
  g_autoptr(LinliRow) dispute = NULL;

  if (!linli_handling_find_open (file, &linli_table_return_note, &dispute, error))
    return FALSE;
  if (dispute == NULL)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "awaits-ruling", "case",
                N_("It was returned too often: rule whose it is instead of dispatching it again."));
  return FALSE;
}

gboolean
linli_case_dispatch_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);

  return file != NULL && refuse_dispute (file, error) &&
         linli_case_send (file, linli_json_get_text (args, "lead"), args, error) &&
         linli_case_keep_route (file, error) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_save (file, error);
}

gboolean
linli_case_assist_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(GPtrArray) assistants = g_ptr_array_new_with_free_func (g_free);

  if (file == NULL || linli_case_file_get_parts (file, error) == NULL ||
      !add_assistants (file, linli_case_file_get_round (file), args, "units", linli_json_get_text (args, "instruction"),
                       assistants, error))
    return FALSE;
  if (assistants->len == 0)
    return linli_refuse_invalid (error, "units", N_("This must be filled in."));

  return linli_case_file_advance (file, error) &&
         add_dispatch_entry (file, NULL, assistants, linli_json_get_text (args, "instruction"), error) &&
         linli_case_file_save (file, error);
}

/* The unit owes this part no more. */
gboolean
linli_case_end_part (LinliCaseFile *file,
                     LinliRow      *part,
                     LinliPartState state,
                     const char    *reason,
                     GError       **error)
{
  linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (state));
  linli_row_set_text (part, LINLI_DISPATCH_CLOSE_REASON, reason);
  return linli_tx_update (file->context->tx, part, error) && linli_case_clocks_stop (file, part, error);
}

/* Without its lead a round has nobody to report to: everybody is called back,
 * and the case waits to be dispatched anew. */
gboolean
linli_case_end_round (LinliCaseFile *file,
                      const char    *reason,
                      GError       **error)
{
  for (guint i = 0; i < file->parts->len; i++)
    if (part_state (file->parts->pdata[i]) & LINLI_PARTS_LIVE &&
        !linli_case_end_part (file, file->parts->pdata[i], LINLI_PART_RECALLED, reason, error))
      return FALSE;
  set_lead (file, NULL);
  return TRUE;
}

static gboolean
add_end_entry (LinliCaseFile *file,
               const char    *kind,
               LinliRow      *part,
               const char    *reason,
               GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = kind, .audience = "unit", .body = reason,
                                 .dispatch = linli_row_get_id (part), .payload = payload };

  linli_payload_text (payload, "unit", linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  linli_payload_text (payload, "role", linli_row_get_text (part, LINLI_DISPATCH_ROLE));
  return linli_case_file_add_entry (file, &entry, error);
}

gboolean
linli_case_recall_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  LinliRow *part = NULL;
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;

  if (file == NULL)
    return FALSE;
  if (!(is_lead (part) ? linli_case_end_round (file, reason, error)
                       : linli_case_end_part (file, part, LINLI_PART_RECALLED, reason, error)))
    return FALSE;

  return linli_case_file_advance (file, error) &&
         add_end_entry (file, "recall", part, reason, error) &&
         linli_case_file_save (file, error);
}

gboolean
linli_case_release_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  LinliRow *part = NULL;
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;

  return file != NULL &&
         linli_case_end_part (file, part, LINLI_PART_RELEASED, reason, error) &&
         linli_case_file_advance (file, error) &&
         add_end_entry (file, "release", part, reason, error) &&
         linli_case_file_save (file, error);
}
