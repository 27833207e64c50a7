/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 并案: many residents, one matter. What came in (submissions) moves to the
 * target; what was said and filed stays with the case it was said in and is
 * read from the target, so that nobody's words get another reader and a merge
 * can be taken back at any time. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-case-family.h"
#include "linli-case-parts.h"
#include "linli-closing-private.h"
#include "linli-json.h"
#include "linli-merge-clocks.h"
#include "linli-merge-preview.h"
#include "linli-merge-tables.h"

static const char *const unit_choices[] = { "recall", "carry", NULL };

const LinliArgSpec linli_case_merge_args[] = {
  { "target", LINLI_ARG_ID, TRUE, .doc = "the case that goes on" },
  { "sources", LINLI_ARG_TEXTS, TRUE, LINLI_MERGE_MAX_SOURCES, .doc = "ids of the cases that become part of it" },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000 },
  { "units", LINLI_ARG_TEXT, .choices = unit_choices,
    .doc = "what becomes of units at work on a source: recalled, which is the rule, or carried over as assisting units" },
  { NULL }
};

typedef struct
{
  LinliCaseFile *target;  /* (unowned) */
  const char    *reason;  /* (nullable) */
  gboolean       carry;
  GPtrArray     *numbers; /* (owned) of the sources */
  gint64         n_moved; /* submissions */
} Merge;

/* --- Whether it may be done --- */

static gboolean
refuse (GError    **error,
        const char *reason,
        const char *field,
        const char *words)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, reason, field, words);
  return FALSE;
}

static gboolean
is_part_of (LinliRow *part,
            LinliRow *whole)
{
  return g_strcmp0 (linli_row_get_text (part, LINLI_CASE_PARENT_ID), linli_row_get_id (whole)) == 0;
}

static gboolean
check_pair (Merge         *self,
            LinliCaseFile *source,
            GError       **error)
{
  LinliCaseFile *target = self->target;
  gboolean is_split = FALSE;

  if (is_part_of (source->row, target->row) || is_part_of (target->row, source->row))
    return refuse (error, "part-of-it", "sources", N_("One of these cases is a part of the other."));
  if (!linli_case_has_parts (source->context, linli_case_file_get_id (source), &is_split, error))
    return FALSE;
  if (is_split)
    return refuse (error, "is-split", "sources",
                   N_("A case that was split cannot be merged away: merge its parts, or undo the split."));
  if (linli_row_get_int (source->row, LINLI_CASE_REDO_COUNT) > 0)
    return refuse (error, "is-redone", "sources",
                   N_("A case that is done again has been answered once: merge the other into it."));
  if (linli_case_file_get_state (target) == LINLI_CASE_STATE_RECEIVED &&
      linli_case_file_get_state (source) != LINLI_CASE_STATE_RECEIVED)
    return refuse (error, "target-behind", "target",
                   N_("The target is not registered yet, the other is: merge them the other way round."));

  return TRUE;
}

/* --- What the source leaves behind --- */

static LinliPartState
part_state (LinliRow *part)
{
  return linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE));
}

static void
add_triple (JsonArray  *list,
            const char *id,
            const char *state,
            const char *words)
{
  JsonArray *triple = json_array_new ();

  json_array_add_string_element (triple, id);
  json_array_add_string_element (triple, state);
  if (words != NULL)
    json_array_add_string_element (triple, words);
  json_array_add_array_element (list, triple);
}

static void
set_list (LinliRow  *record,
          guint      column,
          JsonArray *list)
{
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), list);
  g_autofree char *text = linli_json_node_to_text (node, FALSE);

  linli_row_set_text (record, column, text);
}

/* Whether the target, as it is now, still has to do what a clock of the source
 * waits for. */
static gboolean
counts (LinliCaseFile *target,
        LinliRow      *clock)
{
  return linli_row_is_null (clock, LINLI_CLOCK_DISPATCH_ID) &&
         linli_merged_clock_counts (linli_row_get_text (clock, LINLI_CLOCK_KIND), linli_case_file_get_state (target));
}

static gboolean
stop_clocks (Merge         *self,
             LinliCaseFile *source,
             LinliRow      *record,
             GError       **error)
{
  g_autoptr(JsonArray) list = json_array_new ();
  GPtrArray *clocks = linli_case_file_get_clocks (source, error);

  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    {
      const char *state = linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_STATE);

      if (!g_str_equal (state, "met") && !g_str_equal (state, "stopped"))
        add_triple (list, linli_row_get_id (clocks->pdata[i]), state,
                    counts (self->target, clocks->pdata[i]) ? "counts" : NULL);
    }
  set_list (record, LINLI_MERGE_CLOCKS, list);

  return clocks != NULL && linli_case_clocks_stop (source, NULL, error);
}

static gboolean
has_lead (LinliCaseFile *target)
{
  gint64 round = linli_case_file_get_round (target);

  for (guint i = 0; i < target->parts->len; i++)
    if (linli_row_get_int (target->parts->pdata[i], LINLI_DISPATCH_SEQ) == round &&
        part_state (target->parts->pdata[i]) & (LINLI_PARTS_LIVE | LINLI_PART_DONE) &&
        g_str_equal (linli_row_get_text (target->parts->pdata[i], LINLI_DISPATCH_ROLE), "lead"))
      return TRUE;
  return FALSE;
}

static gboolean
has_unit (LinliCaseFile *target,
          const char    *unit)
{
  gint64 round = linli_case_file_get_round (target);

  for (guint i = 0; i < target->parts->len; i++)
    if (linli_row_get_int (target->parts->pdata[i], LINLI_DISPATCH_SEQ) == round &&
        part_state (target->parts->pdata[i]) & (LINLI_PARTS_LIVE | LINLI_PART_DONE) &&
        g_str_equal (linli_row_get_text (target->parts->pdata[i], LINLI_DISPATCH_UNIT_ID), unit))
      return TRUE;
  return FALSE;
}

/* The unit goes on where it is, assisting the target's lead. */
static gboolean
carry_part (Merge     *self,
            LinliRow  *part,
            JsonArray *carried,
            GError   **error)
{
  LinliCaseFile *target = self->target;
  g_autoptr(LinliRow) copy = NULL;
  g_autofree char *id = NULL;

  if (has_unit (target, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID)))
    return TRUE;
  copy = linli_row_copy (part);
  id = linli_command_new_id (target->context);
  linli_row_set_text (copy, LINLI_DISPATCH_ID, id);
  linli_row_set_text (copy, LINLI_DISPATCH_CASE_ID, linli_case_file_get_id (target));
  linli_row_set_text (copy, LINLI_DISPATCH_ROLE, "assist");
  linli_row_set_int (copy, LINLI_DISPATCH_SEQ, linli_case_file_get_round (target));
  add_triple (carried, id, linli_row_get_text (copy, LINLI_DISPATCH_STATE), NULL);
  if (!linli_tx_insert (target->context->tx, copy, error) ||
      (part_state (copy) == LINLI_PART_SENT &&
       !linli_case_clocks_start_at (target, copy, "sign", linli_row_get_int (copy, LINLI_DISPATCH_SENT_AT), error)))
    return FALSE;
  g_ptr_array_add (target->parts, g_steal_pointer (&copy));

  return TRUE;
}

static gboolean
leave_part (Merge         *self,
            LinliCaseFile *source,
            LinliRow      *part,
            JsonArray     *carried,
            GError       **error)
{
  g_autofree char *reason = NULL;

  if (self->carry && !carry_part (self, part, carried, error))
    return FALSE;
  reason = g_strconcat ("并入 ", linli_row_get_text (self->target->row, LINLI_CASE_CASE_NO),
                        self->reason != NULL ? "：" : NULL, self->reason, NULL);
  if (g_utf8_strlen (reason, -1) > 2000)
    *g_utf8_offset_to_pointer (reason, 2000) = '\0';
  linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (LINLI_PART_RECALLED));
  linli_row_set_text (part, LINLI_DISPATCH_CLOSE_REASON, reason);

  return linli_tx_update (source->context->tx, part, error);
}

static gboolean
leave_parts (Merge         *self,
             LinliCaseFile *source,
             LinliRow      *record,
             GError       **error)
{
  g_autoptr(JsonArray) before = json_array_new ();
  g_autoptr(JsonArray) carried = json_array_new ();
  guint under_way = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) | LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS);
  GPtrArray *parts = linli_case_file_get_parts (source, error);

  if (parts == NULL || linli_case_file_get_parts (self->target, error) == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if (!(part_state (part) & LINLI_PARTS_LIVE))
        continue;
      /* Under way without a lead is what was split: it waits for its parts. */
      if (self->carry && (!(LINLI_CASE_STATE_BIT (linli_case_file_get_state (self->target)) & under_way) ||
                          !has_lead (self->target)))
        return refuse (error, "target-without-lead", "units",
                       N_("The target is with no unit, so nobody can be carried over to it: merge the other way "
                          "round, or recall the units."));
      add_triple (before, linli_row_get_id (part), linli_row_get_text (part, LINLI_DISPATCH_STATE),
                  linli_row_get_text (part, LINLI_DISPATCH_CLOSE_REASON));
      if (!leave_part (self, source, part, carried, error))
        return FALSE;
    }
  set_list (record, LINLI_MERGE_PARTS, before);
  set_list (record, LINLI_MERGE_CARRIED, carried);

  return TRUE;
}

/* --- What goes over --- */

static gboolean
move_submissions (Merge         *self,
                  LinliCaseFile *source,
                  GError       **error)
{
  const char *id = linli_case_file_get_id (source);
  LinliTx *tx = source->context->tx;
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, &linli_table_submission, error, "case_id = ?1 ORDER BY id", "s", id);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (rows->pdata[i]);

      if (linli_row_is_null (row, LINLI_SUBMISSION_HOME_ID))
        linli_row_set_text (row, LINLI_SUBMISSION_HOME_ID, id);
      linli_row_set_text (row, LINLI_SUBMISSION_CASE_ID, linli_case_file_get_id (self->target));
      if (!linli_tx_update (tx, row, error))
        return FALSE;
    }
  if (rows == NULL)
    return FALSE;
  self->n_moved += rows->len;
  linli_row_set_int (source->row, LINLI_CASE_N_SUBMISSIONS, 0);

  return TRUE;
}

/* The strictest wins. */
static void
keep_secret (Merge    *self,
             LinliRow *source,
             LinliRow *record)
{
  gboolean makes = linli_row_get_int (source, LINLI_CASE_CONFIDENTIAL) != 0 &&
                   linli_row_get_int (self->target->row, LINLI_CASE_CONFIDENTIAL) == 0;

  linli_row_set_int (record, LINLI_MERGE_MADE_CONFIDENTIAL, makes);
  if (makes)
    linli_row_set_int (self->target->row, LINLI_CASE_CONFIDENTIAL, TRUE);
}

static LinliRow *
new_record (Merge         *self,
            LinliCaseFile *source)
{
  LinliCommandContext *context = source->context;
  LinliRow *record = linli_row_new (&linli_table_merge_record);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (record, LINLI_MERGE_ID, id);
  linli_row_set_text (record, LINLI_MERGE_SOURCE_ID, linli_case_file_get_id (source));
  linli_row_set_text (record, LINLI_MERGE_TARGET_ID, linli_case_file_get_id (self->target));
  linli_row_set_int (record, LINLI_MERGE_MERGED_AT, linli_command_now (context));
  linli_row_set_text (record, LINLI_MERGE_ACTOR_ID, context->operation->actor);
  linli_row_set_text (record, LINLI_MERGE_REASON, self->reason);
  linli_row_set_text (record, LINLI_MERGE_STATE, linli_row_get_text (source->row, LINLI_CASE_STATE));
  linli_row_set_text (record, LINLI_MERGE_TARGET_ITEM_ID, linli_row_get_text (self->target->row, LINLI_CASE_ITEM_ID));
  keep_secret (self, source->row, record);

  return record;
}

static gboolean
end_source (Merge         *self,
            LinliCaseFile *source,
            GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "merge", .audience = "unit", .body = self->reason, .payload = payload };

  linli_payload_text (payload, "into", linli_row_get_text (self->target->row, LINLI_CASE_CASE_NO));
  linli_row_set_text (source->row, LINLI_CASE_MERGED_INTO_ID, linli_case_file_get_id (self->target));
  linli_case_file_set_state (source, source->transition->to);
  g_ptr_array_add (self->numbers, g_strdup (linli_row_get_text (source->row, LINLI_CASE_CASE_NO)));

  return linli_sum_up_callbacks (source, error) && linli_case_file_add_entry (source, &entry, error) &&
         linli_case_file_save (source, error);
}

static gboolean
merge_one (Merge      *self,
           const char *id,
           GError    **error)
{
  LinliCommandContext *context = self->target->context;
  g_autoptr(LinliCaseFile) source = NULL;
  g_autoptr(LinliRow) record = NULL;

  if (g_str_equal (id, linli_case_file_get_id (self->target)))
    return refuse (error, "into-itself", "sources", N_("A case cannot be merged into itself."));
  source = linli_case_file_open_as (context, id, "source", "sources", error);
  if (source == NULL || !check_pair (self, source, error))
    return FALSE;

  record = new_record (self, source);
  return leave_parts (self, source, record, error) &&
         stop_clocks (self, source, record, error) &&
         move_submissions (self, source, error) &&
         linli_tx_insert (context->tx, record, error) &&
         end_source (self, source, error);
}

/* --- The target --- */

/* Units carried over may owe something that the target's own had done. */
static gboolean
follow_parts (Merge   *self,
              GError **error)
{
  gboolean fits = TRUE;

  return !self->carry || linli_case_file_settle (self->target, &fits, error);
}

static gboolean
receive (Merge   *self,
         GError **error)
{
  LinliCaseFile *target = self->target;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "merge", .audience = "unit", .body = self->reason, .payload = payload };

  linli_payload_texts (payload, "cases", self->numbers);
  linli_payload_int (payload, "n_residents", self->n_moved);
  linli_row_set_int (target->row, LINLI_CASE_N_SUBMISSIONS,
                     linli_row_get_int (target->row, LINLI_CASE_N_SUBMISSIONS) + self->n_moved);
  return follow_parts (self, error) &&
         linli_merged_clocks_choose (target, payload, error) &&
         linli_sum_up_callbacks (target, error) &&
         linli_case_file_add_entry (target, &entry, error) &&
         linli_case_file_save (target, error) &&
         linli_case_parts_check_waiting (target, error);
}

static gboolean
check_sources (JsonArray *sources,
               GError   **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (json_array_get_length (sources) == 0)
    return linli_refuse_invalid (error, "sources", N_("This must be filled in."));
  for (guint i = 0; i < json_array_get_length (sources); i++)
    if (!g_hash_table_add (seen, (gpointer) json_array_get_string_element (sources, i)))
      return linli_refuse_invalid (error, "sources", N_("A case is named twice."));
  return TRUE;
}

gboolean
linli_case_merge_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  JsonArray *sources = linli_json_get_array (args, "sources");
  const char *reason = linli_json_get_text (args, "reason");
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliCaseFile) target = NULL;
  Merge merge = { .reason = reason != NULL && *reason != '\0' ? reason : NULL, .numbers = numbers,
                  .carry = g_strcmp0 (linli_json_get_text (args, "units"), "carry") == 0 };

  if (!check_sources (sources, error))
    return FALSE;
  target = linli_case_file_open_as (context, linli_json_get_text (args, "target"), "target", "target", error);
  if (target == NULL)
    return FALSE;
  merge.target = target;
  for (guint i = 0; i < json_array_get_length (sources); i++)
    if (!merge_one (&merge, json_array_get_string_element (sources, i), error))
      return FALSE;
  linli_command_tell (context, "case", linli_case_file_get_id (target));
  linli_command_tell (context, "case_no", linli_row_get_text (target->row, LINLI_CASE_CASE_NO));
  linli_command_tell_int (context, "n_moved", merge.n_moved);

  return receive (&merge, error);
}
