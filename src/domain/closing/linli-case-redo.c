/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 重办 and 再次反映: a case that was held to be solved is not. The first
 * clocks stay as they were met, for the statistics; new ones are marked. */

#include "config.h"

#include "linli-closing-private.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-deadline.h"
#include "linli-json.h"
#include "linli-ladder.h"
#include "linli-policy.h"
#include "linli-supervision.h"

#define MAX_UNITS 20

const LinliArgSpec linli_case_redo_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 4000, .doc = "what is still wrong; the unit reads it" },
  { "lead", LINLI_ARG_ID, .doc = "主办单位; the last one when absent" },
  { "assist", LINLI_ARG_TEXTS, FALSE, MAX_UNITS, .doc = "协办单位, ids" },
  { NULL }
};

/* @open: (out): whether the review period after closing has not run out. */
static gboolean
check_period (LinliCaseFile *file,
              gboolean      *open,
              GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  LinliDeadlineQuestion question = { .start = linli_row_get_int (file->row, LINLI_CASE_CLOSED_AT) };
  g_autofree char *period = linli_policy_dup (conn, LINLI_POLICY_REVIEW_PERIOD, error);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(LinliDeadline) deadline = NULL;
  g_autofree char *id = NULL;

  *open = FALSE;
  if (period == NULL || !linli_calendar_load_current (conn, &calendar, &id, error))
    return FALSE;
  question.calendar = calendar;
  if (linli_term_from_text (period, &question.limit))
    question.rule = linli_start_rule_default (question.limit.unit);
  deadline = calendar != NULL ? linli_deadline_compute (&question, NULL) : NULL;
  /* Where the calendar does not reach, the resident has the benefit of the doubt. */
  *open = deadline == NULL || linli_command_now (file->context) <= deadline->due;
  return TRUE;
}

/* Nobody is bound any more by what was said of the earlier attempt. */
static void
forget_end (LinliCaseFile *file)
{
  static const guint columns[] = { LINLI_CASE_CLOSED_AT, LINLI_CASE_SOLVED, LINLI_CASE_SATISFACTION, LINLI_CASE_RESULT,
                                   LINLI_CASE_DECLINE_REASON };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    linli_row_set_null (file->row, columns[i]);
  linli_row_set_int (file->row, LINLI_CASE_REDO_COUNT, linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT) + 1);
}

static const char *
last_lead (LinliCaseFile *file)
{
  const char *unit = NULL;

  for (guint i = 0; i < file->parts->len; i++)
    if (g_str_equal (linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_ROLE), "lead"))
      unit = linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_UNIT_ID);
  return unit;
}

/* Whatever is redone too often is no longer the unit's affair alone. */
static gboolean
call_supervisor (LinliCaseFile *file,
                 LinliRow      *lead,
                 GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  g_autofree char *reply = linli_policy_dup (conn, LINLI_POLICY_REPLY_LIMIT, error);
  gint64 count = linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT);
  g_autofree char *reason = NULL;
  gint64 limit = 0;

  if (reply == NULL || !linli_policy_get_int (conn, LINLI_POLICY_REDO_LIMIT, &limit, error))
    return FALSE;
  if (count <= limit)
    return TRUE;
  reason = g_strdup_printf ("已重办%" G_GINT64_FORMAT "次，超过规定的%" G_GINT64_FORMAT "次，转督办。", count, limit);
  return linli_supervision_issue (file, lead, LINLI_LADDER_SUPERVISE, "redo-limit", reason, reply, error);
}

/**
 * linli_redo_case:
 * @args: its "lead" and "assist" say to whom, when present
 * @reason: what is still wrong
 *
 * Dispatches the case once more, the file being open under a rule that leads
 * to "dispatched". The file is saved by the caller.
 */
gboolean
linli_redo_case (LinliCaseFile *file,
                 JsonObject    *args,
                 const char    *reason,
                 GError       **error)
{
  const char *unit = linli_json_get_text (args, "lead");
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(GPtrArray) assistants = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliRow) lead = NULL;
  LinliCaseEntry entry = { .kind = "redo", .audience = "unit", .body = reason, .payload = payload };

  if (linli_case_file_get_parts (file, error) == NULL)
    return FALSE;
  if (unit == NULL)
    unit = last_lead (file);
  if (unit == NULL)
    return linli_refuse_invalid (error, "lead", N_("This must be filled in."));
  forget_end (file);
  lead = linli_case_start_round (file, unit, args, reason, assistants, error);
  if (lead == NULL || !linli_case_file_advance (file, error))
    return FALSE;
  linli_payload_text (payload, "lead", linli_row_get_text (lead, LINLI_DISPATCH_UNIT_NAME));
  linli_payload_texts (payload, "assist", assistants);
  linli_payload_int (payload, "redo_count", linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT));
  entry.dispatch = linli_row_get_id (lead);

  return linli_case_file_add_entry (file, &entry, error) && call_supervisor (file, lead, error);
}

gboolean
linli_case_redo_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  gboolean open = TRUE;

  if (file == NULL || (!linli_row_is_null (file->row, LINLI_CASE_CLOSED_AT) && !check_period (file, &open, error)))
    return FALSE;
  if (!open)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "review-period-over", "case",
                    N_("The review period after closing has run out. Take the matter in as a new case; "
                       "it will be linked to this one."));
      return FALSE;
    }
  return linli_redo_case (file, args, reason, error) && linli_case_file_save (file, error);
}

static gboolean
follow_merges (LinliCommandContext *context,
               LinliCaseFile      **file,
               GError             **error)
{
  for (guint i = 0; i < 10 && linli_case_file_get_state (*file) == LINLI_CASE_STATE_MERGED; i++)
    {
      LinliCaseFile *target = linli_case_file_load (context, linli_row_get_text ((*file)->row, LINLI_CASE_MERGED_INTO_ID),
                                                    "again_of", error);

      if (target == NULL)
        return FALSE;
      linli_case_file_free (*file);
      *file = target;
    }
  return TRUE;
}

static gboolean
reopen (LinliCaseFile *file,
        GError       **error)
{
  const LinliCaseEntry entry = { .kind = "redo", .audience = "unit" };

  forget_end (file);
  linli_row_set_null (file->row, LINLI_CASE_LEAD_UNIT_ID);
  linli_row_set_null (file->row, LINLI_CASE_LEAD_UNIT_NAME);
  linli_case_file_set_state (file, LINLI_CASE_STATE_RECEIVED);
  return linli_case_file_add_entry (file, &entry, error);
}

/**
 * linli_take_again:
 * @id: the settled case whose matter is brought once more
 * @reopened: (out): whether it is inside the review period
 *
 * 再次反映. Inside the period the case itself is received again and gets the
 * new submission; later a new case is made, see linli_link_again().
 *
 * Returns: (transfer full): the case
 */
LinliCaseFile *
linli_take_again (LinliCommandContext *context,
                  const char          *id,
                  gboolean            *reopened,
                  GError             **error)
{
  LinliCaseFile *loaded = linli_case_file_find (context, id, "again_of", error);
  g_autoptr(LinliCaseFile) file = NULL;
  LinliCaseState state;

  if (loaded == NULL)
    return NULL;
  if (!follow_merges (context, &loaded, error))
    {
      linli_case_file_free (loaded);
      return NULL;
    }
  file = loaded;
  state = linli_case_file_get_state (file);
  if (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "case-open", "again_of",
                    N_("That case is still open; attach the new words to it instead."));
      return NULL;
    }
  *reopened = FALSE;
  if (state != LINLI_CASE_STATE_WITHDRAWN && !linli_row_is_null (file->row, LINLI_CASE_CLOSED_AT) &&
      !check_period (file, reopened, error))
    return NULL;
  if (*reopened && !reopen (file, error))
    return NULL;

  return g_steal_pointer (&file);
}

/* The new case says which earlier one it comes back to. */
gboolean
linli_link_again (LinliCaseFile *file,
                  const char    *earlier,
                  GError       **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_link);
  g_autofree char *id = linli_command_new_id (file->context);

  linli_row_set_text (row, LINLI_LINK_ID, id);
  linli_row_set_text (row, LINLI_LINK_FROM_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_LINK_TO_ID, earlier);
  linli_row_set_text (row, LINLI_LINK_KIND, "related");
  linli_row_set_int (row, LINLI_LINK_MADE_AT, linli_command_now (file->context));
  return linli_tx_insert (file->context->tx, row, error);
}
