/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A merge taken back, a minute or a year later: the case becomes what it was,
 * its clocks as if they had run all along, and its residents go home with it.
 * What came to the target meanwhile stays there unless somebody says else. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-case-clocks.h"
#include "linli-case-family.h"
#include "linli-case-parts.h"
#include "linli-closing-private.h"
#include "linli-json.h"
#include "linli-merge-clocks.h"
#include "linli-merge-tables.h"
#include "linli-unmerge-private.h"

#define MAX_ASSIGNED 500

const LinliArgSpec linli_case_unmerge_args[] = {
  { "case", LINLI_ARG_ID, TRUE, .doc = "the merged case" },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000 },
  { "assign", LINLI_ARG_OBJECTS, FALSE, MAX_ASSIGNED,
    .doc = "what came to the target since: {\"entry\": id or \"submission\": id, \"to\": \"stay\", \"source\" or \"copy\"}; "
           "what is not named stays" },
  { NULL }
};

static void
unmerge_clear (LinliUnmerge *self)
{
  g_clear_pointer (&self->source, linli_case_file_free);
  g_clear_pointer (&self->root, linli_case_file_free);
  g_clear_pointer (&self->record, linli_row_unref);
  g_clear_pointer (&self->secret_by, linli_row_unref);
  g_clear_pointer (&self->family, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliUnmerge, unmerge_clear)

static gboolean
refuse (GError    **error,
        const char *reason,
        const char *words)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, reason, "case", words);
  return FALSE;
}

/* --- Finding --- */

static gboolean
find_record (LinliUnmerge *self,
             GError      **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (self->source->context->tx, &linli_table_merge_record, error,
                                               "source_id = ?1 AND undone_at IS NULL", "s",
                                               linli_case_file_get_id (self->source));

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return refuse (error, "no-record", N_("Nothing is known of how this case was merged, so it cannot be undone."));
  self->record = linli_row_copy (rows->pdata[0]);
  self->secret_by = linli_row_ref (self->record);

  return TRUE;
}

static gboolean
find_root (LinliUnmerge *self,
           GError      **error)
{
  LinliConn *conn = linli_tx_get_conn (self->source->context->tx);
  const char *id = linli_case_file_get_id (self->source);
  g_autofree char *root = NULL;

  self->family = linli_case_find_members (conn, id, error);
  if (self->family == NULL || !linli_case_find_root (conn, id, &root, error))
    return FALSE;
  g_ptr_array_add (self->family, g_strdup (id));
  if (g_str_equal (root, id))
    return refuse (error, "broken-chain", N_("The case points at none that exists; the store needs to be checked."));
  self->root = linli_case_file_load (self->source->context, root, "case", error);

  return self->root != NULL;
}

/* The words of these residents may have gone into the parts. */
static gboolean
check_not_split (LinliUnmerge *self,
                 GError      **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (self->source->context->tx), &n, error,
                           "SELECT count(*) FROM cases JOIN entry ON entry.case_id = cases.id AND entry.kind = 'split' "
                           "WHERE parent_id = ?1 AND entry.at >= ?2", "si", linli_case_file_get_id (self->root),
                           linli_row_get_int (self->record, LINLI_MERGE_MERGED_AT)))
    return FALSE;
  return n == 0 || refuse (error, "target-split",
                           N_("The case it was merged into was split since. Undo the split first, then the merge."));
}

/* A whole that is over must not get an open part again. */
static gboolean
check_whole (LinliUnmerge *self,
             GError      **error)
{
  const char *parent = linli_row_get_text (self->source->row, LINLI_CASE_PARENT_ID);
  g_autoptr(LinliRow) row = NULL;

  if (parent == NULL)
    return TRUE;
  if (!linli_tx_find (self->source->context->tx, &linli_table_case, parent, &row, error))
    return FALSE;
  return row == NULL || !g_str_equal (linli_row_get_text (row, LINLI_CASE_STATE), "closed") ||
         refuse (error, "whole-closed", N_("The case that this is a part of is closed, so the part cannot be opened again."));
}

static gboolean
is_in_family (LinliUnmerge *self,
              const char   *id)
{
  return id != NULL && g_ptr_array_find_with_equal_func (self->family, id, g_str_equal, NULL);
}

/* --- The residents --- */

/* @submission: one that came with the source, or is to go with it */
gboolean
linli_unmerge_take_home (LinliUnmerge *self,
                         LinliRow     *submission,
                         GError      **error)
{
  const char *id = linli_case_file_get_id (self->source);
  g_autoptr(LinliRow) row = linli_row_copy (submission);
  const char *home = linli_row_get_text (row, LINLI_SUBMISSION_HOME_ID);

  if (home == NULL || g_str_equal (home, id))
    linli_row_set_null (row, LINLI_SUBMISSION_HOME_ID);
  linli_row_set_text (row, LINLI_SUBMISSION_CASE_ID, id);
  self->n_home++;

  return linli_tx_update (self->source->context->tx, row, error);
}

static gboolean
take_residents_home (LinliUnmerge *self,
                     GError      **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (self->source->context->tx, &linli_table_submission, error,
                                               "case_id = ?1 AND home_id IS NOT NULL ORDER BY id", "s",
                                               linli_case_file_get_id (self->root));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (is_in_family (self, linli_row_get_text (rows->pdata[i], LINLI_SUBMISSION_HOME_ID)) &&
        !linli_unmerge_take_home (self, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

/* --- The case as it was --- */

static JsonArray *
get_list (LinliRow *record,
          guint     column,
          GError  **error)
{
  g_autoptr(JsonNode) node = linli_json_parse (linli_row_get_text (record, column), -1, error);

  return node != NULL ? json_node_dup_array (node) : NULL;
}

static gboolean
restore_part (LinliUnmerge *self,
              JsonArray    *was,
              GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  g_autoptr(LinliRow) part = NULL;

  if (!linli_tx_find (tx, &linli_table_dispatch, json_array_get_string_element (was, 0), &part, error))
    return FALSE;
  if (part == NULL)
    return TRUE;
  linli_row_set_text (part, LINLI_DISPATCH_STATE, json_array_get_string_element (was, 1));
  linli_row_set_text (part, LINLI_DISPATCH_CLOSE_REASON,
                      json_array_get_length (was) > 2 ? json_array_get_string_element (was, 2) : NULL);

  return linli_tx_update (tx, part, error);
}

/* As if it had run all along: only a calendar that changed meanwhile can have
 * moved it. */
static gboolean
restore_clock (LinliUnmerge      *self,
               LinliRow          *clock,
               const char        *state,
               LinliWorkCalendar *calendar,
               const char        *calendar_id,
               GError           **error)
{
  gint64 before = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);

  linli_row_set_text (clock, LINLI_CLOCK_STATE, state);
  if (g_strcmp0 (linli_row_get_text (clock, LINLI_CLOCK_CALENDAR_ID), calendar_id) != 0)
    linli_case_clock_compute (clock, calendar, calendar_id);
  if (before != linli_row_get_int (clock, LINLI_CLOCK_DUE_AT))
    g_debug ("case %s: a clock moved while it was merged", linli_case_file_get_id (self->source));

  return linli_tx_update (self->source->context->tx, clock, error);
}

static gboolean
restore_clocks (LinliUnmerge *self,
                GError      **error)
{
  g_autoptr(JsonArray) was = get_list (self->record, LINLI_MERGE_CLOCKS, error);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autofree char *calendar_id = NULL;
  GPtrArray *clocks = linli_case_file_get_clocks (self->source, error);

  if (was == NULL || clocks == NULL ||
      !linli_calendar_load_current (linli_tx_get_conn (self->source->context->tx), &calendar, &calendar_id, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (was); i++)
    for (guint c = 0; c < clocks->len; c++)
      if (g_str_equal (linli_row_get_id (clocks->pdata[c]),
                       json_array_get_string_element (json_array_get_array_element (was, i), 0)) &&
          !restore_clock (self, clocks->pdata[c], json_array_get_string_element (json_array_get_array_element (was, i), 1),
                          calendar, calendar_id, error))
        return FALSE;
  return TRUE;
}

/* What pressed the units when the merge took them away. */
static gboolean
restore_supervisions (LinliUnmerge *self,
                      GError      **error)
{
  LinliRow *row = self->source->row;
  g_autoptr(GPtrArray) rows = linli_tx_select (self->source->context->tx, &linli_table_supervision, error,
                                               "case_id = ?1 AND lifted_at = ?2 AND lift_reason IS NULL ORDER BY id", "si",
                                               linli_row_get_id (row), linli_row_get_int (self->record, LINLI_MERGE_MERGED_AT));
  gint64 level = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LinliRow *supervision = rows->pdata[i];

      linli_row_set_null (supervision, LINLI_SUPERVISION_LIFTED_AT);
      level = MAX (level, linli_row_get_int (supervision, LINLI_SUPERVISION_LEVEL));
      if (!linli_tx_update (self->source->context->tx, supervision, error))
        return FALSE;
    }
  if (level > 0)
    linli_row_set_int (row, LINLI_CASE_SUPERVISION_LEVEL, level);
  return rows != NULL;
}

/* A unit carried into it may have gone home meanwhile, with the case it came from. */
static gboolean
settle_source (LinliUnmerge *self,
               GError      **error)
{
  gboolean fits = FALSE;

  g_clear_pointer (&self->source->parts, g_ptr_array_unref);
  return linli_case_file_settle (self->source, &fits, error) &&
         (fits || refuse (error, "changed-since", N_("This cannot be undone any more: it was changed again afterwards.")));
}

static gboolean
restore_source (LinliUnmerge *self,
                GError      **error)
{
  g_autoptr(JsonArray) parts = get_list (self->record, LINLI_MERGE_PARTS, error);
  LinliRow *row = self->source->row;

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    if (!restore_part (self, json_array_get_array_element (parts, i), error))
      return FALSE;
  linli_row_set_null (row, LINLI_CASE_MERGED_INTO_ID);
  linli_row_set_text (row, LINLI_CASE_STATE, linli_row_get_text (self->record, LINLI_MERGE_STATE));
  linli_row_set_int (row, LINLI_CASE_N_SUBMISSIONS, self->n_home);

  return parts != NULL && restore_clocks (self, error) && settle_source (self, error) &&
         restore_supervisions (self, error) && linli_merged_clocks_choose (self->source, NULL, error);
}

/* --- What it leaves behind --- */

static gboolean
delete_clocks_of (LinliTx    *tx,
                  const char *dispatch,
                  GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, &linli_table_clock, error, "dispatch_id = ?1 ORDER BY id", "s", dispatch);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!linli_tx_delete (tx, &linli_table_clock, linli_row_get_id (rows->pdata[i]), error))
      return FALSE;
  return rows != NULL;
}

/* Where the case that a unit was carried to has been merged on: coming back it
 * must not call that unit again, which goes home now. */
static gboolean
forget_part (LinliUnmerge *self,
             const char   *dispatch,
             GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, &linli_table_merge_record, error, "source_id = ?1 AND undone_at IS NULL",
                                               "s", linli_row_get_text (self->record, LINLI_MERGE_TARGET_ID));
  g_autoptr(JsonArray) parts = rows != NULL && rows->len > 0 ? get_list (rows->pdata[0], LINLI_MERGE_PARTS, error) : NULL;

  if (parts == NULL)
    return rows != NULL && rows->len == 0;
  for (guint i = 0; i < json_array_get_length (parts); i++)
    if (g_str_equal (json_array_get_string_element (json_array_get_array_element (parts, i), 0), dispatch))
      {
        g_autofree char *text = NULL;
        g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), parts);

        json_array_remove_element (parts, i);
        text = linli_json_node_to_text (node, FALSE);
        linli_row_set_text (rows->pdata[0], LINLI_MERGE_PARTS, text);
        return linli_tx_update (tx, rows->pdata[0], error);
      }
  return TRUE;
}

/* A unit that was carried over goes as it came if it did nothing here; what it
 * did do is history of the other case. */
static gboolean
drop_carried (LinliUnmerge *self,
              JsonArray    *was,
              GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  const char *id = json_array_get_string_element (was, 0);
  g_autoptr(LinliRow) part = NULL;
  gboolean merged_on;
  gint64 n_said = 0;

  if (!linli_tx_find (tx, &linli_table_dispatch, id, &part, error) ||
      !linli_conn_get_int (linli_tx_get_conn (tx), &n_said, error,
                           "SELECT count(*) FROM entry WHERE dispatch_id = ?1 AND at >= ?2", "si", id,
                           linli_row_get_int (self->record, LINLI_MERGE_MERGED_AT)))
    return FALSE;
  if (part == NULL)
    return TRUE;
  merged_on = !g_str_equal (linli_row_get_text (self->record, LINLI_MERGE_TARGET_ID), linli_case_file_get_id (self->root));
  if (n_said == 0 && (merged_on || g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_STATE),
                                                json_array_get_string_element (was, 1))))
    return delete_clocks_of (tx, id, error) && linli_tx_delete (tx, &linli_table_dispatch, id, error);
  if (merged_on)
    return forget_part (self, id, error);
  if (!(linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & LINLI_PARTS_LIVE))
    return TRUE;
  linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (LINLI_PART_RECALLED));
  return linli_tx_update (tx, part, error) && linli_case_clocks_stop (self->root, part, error);
}

/* A case stays confidential for the sake of the others in it; where only the
 * one that leaves made it so, it no longer is, and so on up the chain. */
static gboolean
settle_secrecy (LinliUnmerge *self,
                LinliRow     *target,
                GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  const char *id = linli_row_get_id (target);
  g_autoptr(LinliRow) by = g_steal_pointer (&self->secret_by);
  g_autoptr(GPtrArray) heirs = NULL;
  g_autoptr(GPtrArray) next = NULL;
  gint64 n = 0;

  if (by == NULL || !linli_row_get_int (by, LINLI_MERGE_MADE_CONFIDENTIAL))
    return TRUE;
  heirs = linli_tx_select (tx, &linli_table_merge_record, error,
                           "target_id = ?1 AND undone_at IS NULL AND id <> ?2 AND EXISTS (SELECT 1 FROM cases "
                           "WHERE cases.id = source_id AND confidential <> 0) ORDER BY merged_at, id LIMIT 1",
                           "ss", id, linli_row_get_id (by));
  next = linli_tx_select (tx, &linli_table_merge_record, error, "source_id = ?1 AND undone_at IS NULL", "s", id);
  if (heirs == NULL || next == NULL ||
      !linli_conn_get_int (linli_tx_get_conn (tx), &n, error,
                           "SELECT count(*) FROM submission JOIN appellant ON appellant.id = appellant_id "
                           "WHERE case_id = ?1 AND home_id IS NULL AND appellant.confidential <> 0", "s", id))
    return FALSE;
  if (heirs->len > 0)
    {
      linli_row_set_int (heirs->pdata[0], LINLI_MERGE_MADE_CONFIDENTIAL, TRUE);
      return linli_tx_update (tx, heirs->pdata[0], error);
    }
  if (n > 0)
    return TRUE;
  linli_row_set_int (target, LINLI_CASE_CONFIDENTIAL, FALSE);
  if (next->len > 0)
    self->secret_by = linli_row_ref (next->pdata[0]);

  return TRUE;
}

static gboolean
end_record (LinliUnmerge *self,
            GError      **error)
{
  linli_row_set_int (self->record, LINLI_MERGE_UNDONE_AT, linli_command_now (self->source->context));
  linli_row_set_text (self->record, LINLI_MERGE_UNDONE_BY, self->source->context->operation->actor);
  return linli_tx_update (self->source->context->tx, self->record, error);
}

/* Cases between the source and the root: merged themselves, their stopped
 * clocks are what the root compares. Innermost first. */
static gboolean
settle_between (LinliUnmerge *self,
                GError      **error)
{
  LinliCommandContext *context = self->source->context;
  g_autofree char *at = g_strdup (linli_row_get_text (self->record, LINLI_MERGE_TARGET_ID));

  while (at != NULL && !g_str_equal (at, linli_case_file_get_id (self->root)))
    {
      g_autoptr(LinliCaseFile) file = linli_case_file_load (context, at, "case", error);

      if (file == NULL || !settle_secrecy (self, file->row, error) ||
          !linli_merged_clocks_choose (file, NULL, error) || !linli_tx_update (context->tx, file->row, error))
        return FALSE;
      g_free (at);
      at = g_strdup (linli_row_get_text (file->row, LINLI_CASE_MERGED_INTO_ID));
    }
  return TRUE;
}

static gboolean
settle_root (LinliUnmerge *self,
             LinliPayload *payload,
             GError      **error)
{
  g_autoptr(JsonArray) carried = get_list (self->record, LINLI_MERGE_CARRIED, error);
  LinliRow *row = self->root->row;
  gboolean fits = TRUE;

  if (carried == NULL || linli_case_file_get_clocks (self->root, error) == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (carried); i++)
    if (!drop_carried (self, json_array_get_array_element (carried, i), error))
      return FALSE;
  if (json_array_get_length (carried) > 0)
    {
      g_clear_pointer (&self->root->parts, g_ptr_array_unref);
      g_clear_pointer (&self->root->clocks, g_ptr_array_unref);
      if (!linli_case_file_settle (self->root, &fits, error))
        return FALSE;
    }
  linli_row_set_int (row, LINLI_CASE_N_SUBMISSIONS, linli_row_get_int (row, LINLI_CASE_N_SUBMISSIONS) - self->n_home);

  return settle_secrecy (self, row, error) && linli_merged_clocks_choose (self->root, payload, error);
}

static gboolean
save (LinliUnmerge *self,
      const char   *reason,
      GError      **error)
{
  g_autoptr(LinliPayload) back = linli_payload_new ();
  g_autoptr(LinliPayload) left = linli_payload_new ();
  const LinliCaseEntry here = { .kind = "unmerge", .audience = "unit", .body = reason, .payload = back };
  const LinliCaseEntry there = { .kind = "unmerge", .audience = "unit", .body = reason, .payload = left };

  linli_payload_text (back, "from", linli_row_get_text (self->root->row, LINLI_CASE_CASE_NO));
  linli_payload_text (left, "case_left", linli_row_get_text (self->source->row, LINLI_CASE_CASE_NO));
  return settle_between (self, error) &&
         settle_root (self, left, error) &&
         linli_sum_up_callbacks (self->source, error) &&
         linli_sum_up_callbacks (self->root, error) &&
         linli_case_file_add_entry (self->source, &here, error) &&
         linli_case_file_save (self->source, error) &&
         linli_case_parts_reopen (self->source, error) &&
         linli_case_file_add_entry (self->root, &there, error) &&
         linli_case_file_save (self->root, error);
}

gboolean
linli_case_unmerge_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  const char *reason = linli_json_get_text (args, "reason");
  g_auto(LinliUnmerge) unmerge = { 0 };

  unmerge.source = linli_case_file_open (context, args, NULL, error);
  if (unmerge.source == NULL || !find_record (&unmerge, error) || !find_root (&unmerge, error) ||
      !check_not_split (&unmerge, error) || !check_whole (&unmerge, error))
    return FALSE;
  linli_command_tell (context, "target", linli_case_file_get_id (unmerge.root));

  return take_residents_home (&unmerge, error) &&
         linli_unmerge_assign (&unmerge, linli_json_get_array (args, "assign"), error) &&
         end_record (&unmerge, error) &&
         restore_source (&unmerge, error) &&
         save (&unmerge, reason != NULL && *reason != '\0' ? reason : NULL, error);
}
