/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-case-family.h"
#include "linli-case-parts.h"
#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-handling.h"
#include "linli-json.h"
#include "linli-supervision.h"
#include "linli-unit-scope.h"

/**
 * linli_case_file_new:
 * @row: (transfer none): a case that is not stored yet, its id set
 *
 * Returns: (transfer full)
 */
LinliCaseFile *
linli_case_file_new (LinliCommandContext *context,
                     LinliRow            *row)
{
  LinliCaseFile *file = g_new0 (LinliCaseFile, 1);

  file->context = context;
  file->row = linli_row_ref (row);
  file->is_new = TRUE;
  file->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  file->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);

  return file;
}

/**
 * linli_case_file_load:
 * @field: the argument that named the case, for the refusal
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the case, whatever its state
 */
LinliCaseFile *
linli_case_file_load (LinliCommandContext *context,
                      const char          *id,
                      const char          *field,
                      GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_case, id, field, error);
  LinliCaseFile *file;

  if (row == NULL)
    return NULL;
  file = g_new0 (LinliCaseFile, 1);
  file->context = context;
  file->row = g_steal_pointer (&row);

  return file;
}

/**
 * linli_case_file_find:
 * @error: also where the case is there and not for the actor
 *
 * linli_case_file_load() for a case that whoever gave the command named.
 */
LinliCaseFile *
linli_case_file_find (LinliCommandContext *context,
                      const char          *id,
                      const char          *field,
                      GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_load (context, id, field, error);

  if (file == NULL || !linli_case_check_seen (context, file->row, field, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
linli_case_file_free (LinliCaseFile *file)
{
  if (file == NULL)
    return;

  linli_row_unref (file->row);
  linli_row_unref (file->item);
  g_clear_pointer (&file->parts, g_ptr_array_unref);
  g_clear_pointer (&file->clocks, g_ptr_array_unref);
  g_free (file);
}

static gboolean
check_transition (LinliCaseFile *file,
                  const char    *variant,
                  const char    *field,
                  GError       **error)
{
  LinliCaseState state = linli_case_file_get_state (file);

  file->transition = linli_case_find_transition (file->context->operation->kind, variant, state);
  if (file->transition == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "illegal-transition", field,
                    LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_CLOSED ? N_("The case is settled; this can no longer be done.")
                                                 : N_("The case is in a state that does not allow this."));
      return FALSE;
    }
  if (!(file->transition->roles & file->context->roles))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", NULL,
                    N_("Your role does not allow this."));
      return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_file_open:
 * @args: its "case" names the case
 * @variant: (nullable): see linli_case_find_transition()
 * @error: %LINLI_DOMAIN_ERROR when the case is unknown or the running command
 *   does not lead on from its state
 *
 * Returns: (transfer full): the case, free to be changed under the rule found
 */
LinliCaseFile *
linli_case_file_open (LinliCommandContext *context,
                      JsonObject          *args,
                      const char          *variant,
                      GError             **error)
{
  return linli_case_file_open_as (context, linli_json_get_text (args, "case"), variant, "case", error);
}

/**
 * linli_case_file_open_as:
 * @field: the argument that names the case, for the refusal
 *
 * linli_case_file_open() where a command is about several cases.
 */
LinliCaseFile *
linli_case_file_open_as (LinliCommandContext *context,
                         const char          *id,
                         const char          *variant,
                         const char          *field,
                         GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_find (context, id, field, error);

  if (file == NULL || !linli_unit_scope_check_case (context, id, field, error) ||
      !check_transition (file, variant, field, error))
    return NULL;
  return g_steal_pointer (&file);
}

/* Nobody writes what the writer could not read afterwards. A unit may have a
 * merged case without the one that it is part of now, which its own desk does
 * not even know.
 *
 * @root: (nullable): the case that it is part of */
static gboolean
check_readable (LinliCaseFile *file,
                const char    *root,
                GError       **error)
{
  const char *unit = linli_unit_scope_of_account (file->context->account);
  gboolean has = FALSE;

  if (unit == NULL || !g_str_equal (linli_row_get_text (file->row, LINLI_CASE_STATE), "merged"))
    return TRUE;
  if (root != NULL && !linli_unit_scope_has (linli_tx_get_conn (file->context->tx), unit, root, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", "case",
                N_("This case was merged into another, which was not dispatched to your unit; tell the centre."));
  return FALSE;
}

/**
 * linli_case_file_follow:
 * @file: as loaded, nothing of it changed yet
 * @payload: (nullable): receives the number that was asked for as "via", when
 *   that is another than the one that is meant now
 * @error: %LINLI_STORE_ERROR; %LINLI_DOMAIN_ERROR_NOT_ALLOWED when that is not
 *   for the writer's unit
 *
 * What is meant for a merged case goes to the case it is part of now. Where
 * the pointers are broken it stays with the case it was meant for.
 */
gboolean
linli_case_file_follow (LinliCaseFile *file,
                        LinliPayload  *payload,
                        GError       **error)
{
  LinliTx *tx = file->context->tx;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *root = NULL;

  if (linli_row_is_null (file->row, LINLI_CASE_MERGED_INTO_ID))
    return check_readable (file, NULL, error);
  if (!linli_case_find_root (linli_tx_get_conn (tx), linli_case_file_get_id (file), &root, error) ||
      !check_readable (file, root, error) || !linli_tx_find (tx, &linli_table_case, root, &row, error))
    return FALSE;
  if (row == NULL || g_str_equal (root, linli_case_file_get_id (file)))
    return TRUE;
  if (payload != NULL)
    linli_payload_text (payload, "via", linli_row_get_text (file->row, LINLI_CASE_CASE_NO));
  linli_row_unref (file->row);
  file->row = g_steal_pointer (&row);
  g_clear_pointer (&file->parts, g_ptr_array_unref);
  g_clear_pointer (&file->clocks, g_ptr_array_unref);
  g_clear_pointer (&file->item, linli_row_unref);

  return TRUE;
}

/**
 * linli_case_check_unit:
 * @unit: (nullable): the id of the one that is acted for
 * @field: the argument that named it, for the refusal
 *
 * Somebody who sits at a unit's own desk acts for that unit alone.
 */
gboolean
linli_case_check_unit (LinliCaseFile *file,
                       const char    *unit,
                       const char    *field,
                       GError       **error)
{
  LinliRow *account = file->context->account;
  const char *own = account != NULL ? linli_row_get_text (account, LINLI_ACCOUNT_UNIT_ID) : NULL;

  if (own == NULL || file->context->roles & LINLI_ROLE_DISPATCHER || g_strcmp0 (own, unit) == 0)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", field,
                N_("This was dispatched to another unit."));
  return FALSE;
}

static gboolean
check_part (LinliCaseFile *file,
            LinliRow      *part,
            GError       **error)
{
  LinliPartState state = linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE));
  LinliCaseGuard guards = file->transition->guards;

  if (!(file->transition->part & state))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "illegal-transition", "dispatch",
                    N_("The unit's part is in a state that does not allow this."));
      return FALSE;
    }
  if (guards & LINLI_GUARD_ASSIST_ONLY && g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead"))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "lead-stays", "dispatch",
                    N_("The lead unit cannot be released; recall it and dispatch to another."));
      return FALSE;
    }

  if (guards & LINLI_GUARD_LEAD_ONLY && !g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead"))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "lead-only", "dispatch",
                    N_("The lead unit answers for the limit: only it can ask for this."));
      return FALSE;
    }

  return !(guards & LINLI_GUARD_OWN_UNIT) ||
         linli_case_check_unit (file, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID), "dispatch", error);
}

/**
 * linli_case_file_open_part:
 * @args: its "dispatch" names the part
 * @part: (out) (transfer none): the dispatch row, belonging to the file
 * @error: see linli_case_file_open()
 *
 * Returns: (transfer full): the case that the part belongs to
 */
LinliCaseFile *
linli_case_file_open_part (LinliCommandContext *context,
                           JsonObject          *args,
                           LinliRow           **part,
                           GError             **error)
{
  const char *id = linli_json_get_text (args, "dispatch");
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_dispatch, id, "dispatch", error);
  g_autoptr(LinliCaseFile) file = NULL;

  if (row == NULL)
    return NULL;
  file = linli_case_file_find (context, linli_row_get_text (row, LINLI_DISPATCH_CASE_ID), "dispatch", error);
  if (file == NULL || !check_transition (file, NULL, "dispatch", error) || !check_part (file, row, error) ||
      linli_case_file_get_parts (file, error) == NULL)
    return NULL;

  for (guint i = 0; i < file->parts->len; i++)
    if (g_str_equal (linli_row_get_id (file->parts->pdata[i]), id))
      *part = file->parts->pdata[i];
  return g_steal_pointer (&file);
}

const char *
linli_case_file_get_id (LinliCaseFile *file)
{
  return linli_row_get_id (file->row);
}

LinliCaseState
linli_case_file_get_state (LinliCaseFile *file)
{
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;

  linli_case_state_from_id (linli_row_get_text (file->row, LINLI_CASE_STATE), &state);
  return state;
}

void
linli_case_file_set_state (LinliCaseFile *file,
                           LinliCaseState state)
{
  linli_row_set_text (file->row, LINLI_CASE_STATE, linli_case_state_to_id (state));
}

/**
 * linli_case_file_get_parts:
 *
 * Returns: (transfer none): the case's dispatch rows, oldest first; %NULL when
 *   they could not be read
 */
GPtrArray *
linli_case_file_get_parts (LinliCaseFile *file,
                           GError       **error)
{
  if (file->parts == NULL)
    file->parts = linli_tx_select (file->context->tx, &linli_table_dispatch, error,
                                   "case_id = ?1 ORDER BY id", "s", linli_case_file_get_id (file));
  return file->parts;
}

GPtrArray *
linli_case_file_get_clocks (LinliCaseFile *file,
                            GError       **error)
{
  if (file->clocks == NULL)
    file->clocks = linli_tx_select (file->context->tx, &linli_table_clock, error,
                                    "case_id = ?1 ORDER BY id", "s", linli_case_file_get_id (file));
  return file->clocks;
}

/**
 * linli_case_file_get_item:
 * @item: (out) (transfer none) (nullable): the duty item in the version that
 *   the case was classified by
 */
gboolean
linli_case_file_get_item (LinliCaseFile *file,
                          LinliRow     **item,
                          GError       **error)
{
  const char *id = linli_row_get_text (file->row, LINLI_CASE_ITEM_ID);

  if (file->item != NULL && g_strcmp0 (linli_row_get_id (file->item), id) != 0)
    g_clear_pointer (&file->item, linli_row_unref);
  if (file->item == NULL && id != NULL &&
      !linli_tx_find (file->context->tx, &linli_table_duty_item, id, &file->item, error))
    return FALSE;

  *item = file->item;
  return TRUE;
}

/* Returns: how often the case was dispatched; parts must have been read */
gint64
linli_case_file_get_round (LinliCaseFile *file)
{
  gint64 seq = 0;

  for (guint i = 0; i < file->parts->len; i++)
    seq = MAX (seq, linli_row_get_int (file->parts->pdata[i], LINLI_DISPATCH_SEQ));
  return seq;
}

/* Only the newest round counts: what an earlier one left behind is history. */
static LinliCaseState
state_of_parts (LinliCaseFile *file)
{
  g_autofree LinliCasePart *parts = g_new0 (LinliCasePart, file->parts->len);
  gint64 newest = linli_case_file_get_round (file);
  guint n_parts = 0;

  for (guint i = 0; i < file->parts->len; i++)
    {
      LinliRow *part = file->parts->pdata[i];

      if (linli_row_get_int (part, LINLI_DISPATCH_SEQ) != newest)
        continue;
      parts[n_parts].lead = g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");
      parts[n_parts].state = linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE));
      n_parts++;
    }

  return linli_case_state_of_parts (parts, n_parts);
}

/* 拆分: a whole waits for its parts; a part's resident is told by the whole, so
 * it needs no call-back of its own; and a whole that no unit leads goes back to
 * be dispatched when its result is sent back. */
static gboolean
adjust_for_parts (LinliCaseFile  *file,
                  LinliCaseState  from,
                  LinliCaseState *to,
                  GError        **error)
{
  static const guint ends = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_PENDING_REVIEW) |
                            LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RESOLVED) |
                            LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED);
  gboolean finished = TRUE;
  gboolean waiting = FALSE;

  if (linli_case_file_get_parts (file, error) == NULL)
    return FALSE;
  if (from == LINLI_CASE_STATE_PENDING_REVIEW && *to == LINLI_CASE_STATE_IN_PROGRESS &&
      state_of_parts (file) == LINLI_CASE_STATE_REGISTERED)
    *to = LINLI_CASE_STATE_REGISTERED;
  if ((LINLI_CASE_STATE_BIT (*to) & ends || (*to == LINLI_CASE_STATE_REGISTERED && from == LINLI_CASE_STATE_IN_PROGRESS)) &&
      !linli_case_parts_are_finished (file->context, linli_case_file_get_id (file), &finished, error))
    return FALSE;
  if (!finished)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "open-parts", "case",
                    N_("The case was split, and parts of it are still open: see to the parts first."));
      return FALSE;
    }
  if (*to != LINLI_CASE_STATE_RESOLVED)
    return TRUE;
  if (!linli_case_is_waiting_part (file, &waiting, error))
    return FALSE;
  if (waiting)
    {
      if (!linli_case_refuse_catch_all (file, error))
        return FALSE;
      *to = LINLI_CASE_STATE_CLOSED;
      linli_row_set_int (file->row, LINLI_CASE_CLOSED_AT, linli_command_now (file->context));
    }

  return TRUE;
}

/**
 * linli_case_file_advance:
 *
 * Takes the step that the rule names, and the clocks with it; a state that
 * follows from the parts is read off them, so they must already be as the
 * command leaves them.
 */
gboolean
linli_case_file_advance (LinliCaseFile *file,
                         GError       **error)
{
  LinliCaseState from = linli_case_file_get_state (file);
  LinliCaseState to = file->transition->to;

  if (to == LINLI_CASE_STATE_BY_PARTS)
    {
      if (linli_case_file_get_parts (file, error) == NULL)
        return FALSE;
      to = state_of_parts (file);
    }
  if (to == LINLI_CASE_STATE_SAME)
    return TRUE;
  if (!adjust_for_parts (file, from, &to, error))
    return FALSE;
  linli_case_file_set_state (file, to);

  return linli_case_clocks_follow (file, from, to, error);
}

static gboolean
is_live (LinliRow *part)
{
  return (linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & LINLI_PARTS_LIVE) != 0;
}

/* Whether another part of the same round is the same unit's: it may have been
 * asked again since it went. */
static gboolean
is_twice (LinliCaseFile *file,
          LinliRow      *part)
{
  for (guint i = 0; i < file->parts->len; i++)
    {
      LinliRow *other = file->parts->pdata[i];

      if (other != part && linli_row_equal_column (other, part, LINLI_DISPATCH_SEQ) &&
          linli_row_equal_column (other, part, LINLI_DISPATCH_UNIT_ID) &&
          linli_part_state_from_text (linli_row_get_text (other, LINLI_DISPATCH_STATE)) & (LINLI_PARTS_LIVE | LINLI_PART_DONE))
        return TRUE;
    }
  return FALSE;
}

/* Whether whoever owes a part owes it once, to the newest round, in a state in
 * which somebody has the case. */
static gboolean
fits_parts (LinliCaseFile *file,
            LinliCaseState from,
            LinliCaseState to)
{
  static const guint held = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                            LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS);
  gint64 newest = linli_case_file_get_round (file);

  for (guint i = 0; i < file->parts->len; i++)
    if (is_live (file->parts->pdata[i]) &&
        (linli_row_get_int (file->parts->pdata[i], LINLI_DISPATCH_SEQ) != newest || is_twice (file, file->parts->pdata[i]) ||
         !(from == LINLI_CASE_STATE_SUSPENDED || LINLI_CASE_STATE_BIT (to) & held)))
      return FALSE;
  return TRUE;
}

/* Nothing counts before a case is registered. */
static gboolean
has_open_clock (LinliCaseFile *file)
{
  for (guint i = 0; i < file->clocks->len; i++)
    if (linli_row_is_null (file->clocks->pdata[i], LINLI_CLOCK_MET_AT) &&
        !g_str_equal (linli_row_get_text (file->clocks->pdata[i], LINLI_CLOCK_STATE), "stopped"))
      return TRUE;
  return FALSE;
}

/**
 * linli_case_file_settle:
 * @fits: (out): %FALSE when no step of the table leads to where the case is
 *
 * After rows went back one by one: what a later command on another part had
 * made of the state is made of it again.
 */
gboolean
linli_case_file_settle (LinliCaseFile *file,
                        gboolean      *fits,
                        GError       **error)
{
  static const guint by_parts = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
                                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_PENDING_REVIEW);
  LinliCaseState from = linli_case_file_get_state (file);
  LinliCaseState to = from;
  gboolean is_split = FALSE;

  if (linli_case_file_get_parts (file, error) == NULL || linli_case_file_get_clocks (file, error) == NULL)
    return FALSE;
  /* What waits for dispatch goes on waiting, though its last round was done. */
  if (LINLI_CASE_STATE_BIT (from) & by_parts)
    to = state_of_parts (file);
  if (to == LINLI_CASE_STATE_REGISTERED && from != to)
    {
      if (!linli_case_has_parts (file->context, linli_case_file_get_id (file), &is_split, error))
        return FALSE;
      to = is_split ? from : to;
    }
  *fits = fits_parts (file, from, to) && (from != LINLI_CASE_STATE_RECEIVED || !has_open_clock (file));
  linli_case_file_set_state (file, to);

  return !*fits || (linli_case_clocks_follow (file, from, to, error) && linli_handling_sync_clocks (file, NULL, error));
}

/**
 * linli_case_file_save:
 *
 * Stores the case, with its next due time, touched and counted. Clocks and
 * parts are stored by whoever changed them.
 */
gboolean
linli_case_file_save (LinliCaseFile *file,
                      GError       **error)
{
  if (linli_case_file_get_clocks (file, error) == NULL || (!file->is_new && !linli_handling_settle (file, error)))
    return FALSE;
  if (!linli_supervision_follow (file, error))
    return FALSE;
  linli_case_clocks_sum (file);
  linli_row_set_int (file->row, LINLI_CASE_TOUCHED_AT, linli_command_now (file->context));
  linli_row_set_int (file->row, LINLI_CASE_REVISION, linli_row_get_int (file->row, LINLI_CASE_REVISION) + 1);

  return (file->is_new ? linli_tx_insert (file->context->tx, file->row, error)
                       : linli_tx_update (file->context->tx, file->row, error)) &&
         linli_case_parts_settle (file, error);
}

/**
 * linli_case_file_add_entry:
 *
 * Writes the next line of the timeline. Lines are never changed: a correction
 * is another line.
 */
gboolean
linli_case_file_add_entry (LinliCaseFile        *file,
                           const LinliCaseEntry *entry,
                           GError              **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_entry);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_ENTRY_ID, id);
  linli_row_set_text (row, LINLI_ENTRY_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_ENTRY_KIND, entry->kind);
  linli_row_set_text (row, LINLI_ENTRY_AUDIENCE, entry->audience);
  linli_row_set_text (row, LINLI_ENTRY_BODY, entry->body);
  linli_row_set_text (row, LINLI_ENTRY_ACTOR_ID, context->operation->actor);
  if (context->account != NULL)
    linli_row_set_text (row, LINLI_ENTRY_ACTOR_NAME, linli_row_get_text (context->account, LINLI_ACCOUNT_NAME));
  linli_row_set_int (row, LINLI_ENTRY_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_ENTRY_DISPATCH_ID, entry->dispatch);
  linli_row_set_text (row, LINLI_ENTRY_SUBMISSION_ID, entry->submission);
  if (entry->payload != NULL)
    linli_row_set_text (row, LINLI_ENTRY_PAYLOAD, linli_payload_close (entry->payload));
  if (entry->id != NULL)
    *entry->id = g_strdup (id);

  return linli_tx_insert (context->tx, row, error);
}

/**
 * linli_case_get_words:
 * @error: %LINLI_DOMAIN_ERROR_INVALID naming @name when nothing is said
 *
 * Returns: (transfer none): the argument @name as typed
 */
const char *
linli_case_get_words (JsonObject *args,
                      const char *name,
                      GError    **error)
{
  const char *words = linli_json_get_text (args, name);

  for (const char *p = words; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return words;
  linli_refuse_invalid (error, name, N_("This must be filled in."));
  return NULL;
}
