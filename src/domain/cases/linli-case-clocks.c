/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-clocks.h"

#include "linli-calendar-store.h"
#include "linli-case-clock-private.h"
#include "linli-handling.h"
#include "linli-merge-clocks.h"

static gboolean
is_open (LinliRow *clock)
{
  const char *state = linli_row_get_text (clock, LINLI_CLOCK_STATE);

  return g_str_equal (state, "running") || g_str_equal (state, "paused") || g_str_equal (state, "unknown");
}

static gboolean
is_kind (LinliRow   *clock,
         const char *kind)
{
  return g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_KIND), kind);
}

static gboolean
is_of_part (LinliRow *clock,
            LinliRow *part)
{
  const char *dispatch = linli_row_get_text (clock, LINLI_CLOCK_DISPATCH_ID);

  return g_strcmp0 (dispatch, part != NULL ? linli_row_get_id (part) : NULL) == 0;
}

static gboolean
compute (LinliCaseFile *file,
         LinliRow      *clock,
         GError       **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autofree char *id = NULL;

  if (!linli_calendar_load_current (linli_tx_get_conn (file->context->tx), &calendar, &id, error))
    return FALSE;
  linli_case_clock_compute (clock, calendar, id);
  return TRUE;
}

/**
 * linli_case_clocks_start_at:
 * @part: (nullable): the dispatch it watches, else the whole case
 * @at: the moment it counts from
 *
 * Starts a clock, if the duty item names a limit for its kind.
 */
gboolean
linli_case_clocks_start_at (LinliCaseFile *file,
                            LinliRow      *part,
                            const char    *kind,
                            gint64         at,
                            GError       **error)
{
  g_autoptr(LinliRow) clock = linli_row_new (&linli_table_clock);
  g_autofree char *id = NULL;
  LinliRow *item = NULL;

  if (linli_case_file_get_clocks (file, error) == NULL || !linli_case_file_get_item (file, &item, error))
    return FALSE;
  if (item == NULL || !linli_case_clock_set_rule (clock, item, kind))
    return TRUE;

  id = linli_command_new_id (file->context);
  linli_row_set_text (clock, LINLI_CLOCK_ID, id);
  linli_row_set_text (clock, LINLI_CLOCK_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (clock, LINLI_CLOCK_DISPATCH_ID, part != NULL ? linli_row_get_id (part) : NULL);
  linli_row_set_text (clock, LINLI_CLOCK_KIND, kind);
  linli_row_set_int (clock, LINLI_CLOCK_STARTED_AT, at);
  if (linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT) > 0)
    linli_row_set_int (clock, LINLI_CLOCK_REDO, linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT));
  if (!compute (file, clock, error) || !linli_tx_insert (file->context->tx, clock, error))
    return FALSE;
  g_ptr_array_add (file->clocks, g_steal_pointer (&clock));

  return TRUE;
}

/**
 * linli_case_clocks_start:
 * @part: (nullable): the dispatch it watches, else the whole case
 *
 * Starts a clock now, if the duty item names a limit for its kind.
 */
gboolean
linli_case_clocks_start (LinliCaseFile *file,
                         LinliRow      *part,
                         const char    *kind,
                         GError       **error)
{
  return linli_case_clocks_start_at (file, part, kind, linli_command_now (file->context), error);
}

static gboolean
end_clock (LinliCaseFile *file,
           LinliRow      *clock,
           gboolean       met,
           GError       **error)
{
  linli_row_set_text (clock, LINLI_CLOCK_STATE, met ? "met" : "stopped");
  if (met)
    linli_row_set_int (clock, LINLI_CLOCK_MET_AT, linli_command_now (file->context));
  return linli_tx_update (file->context->tx, clock, error);
}

/**
 * linli_case_clocks_meet:
 * @part: (nullable): as when it was started
 *
 * What the clock waited for has happened, now.
 */
gboolean
linli_case_clocks_meet (LinliCaseFile *file,
                        LinliRow      *part,
                        const char    *kind,
                        GError       **error)
{
  GPtrArray *clocks = linli_case_file_get_clocks (file, error);

  if (clocks == NULL)
    return FALSE;
  for (guint i = 0; i < clocks->len; i++)
    if (is_open (clocks->pdata[i]) && is_kind (clocks->pdata[i], kind) && is_of_part (clocks->pdata[i], part) &&
        !end_clock (file, clocks->pdata[i], TRUE, error))
      return FALSE;
  return TRUE;
}

/**
 * linli_case_clocks_stop:
 * @part: (nullable): whose clocks, %NULL for every clock of the case
 *
 * What they waited for need not happen any more.
 */
gboolean
linli_case_clocks_stop (LinliCaseFile *file,
                        LinliRow      *part,
                        GError       **error)
{
  GPtrArray *clocks = linli_case_file_get_clocks (file, error);

  if (clocks == NULL)
    return FALSE;
  for (guint i = 0; i < clocks->len; i++)
    if (is_open (clocks->pdata[i]) && (part == NULL || is_of_part (clocks->pdata[i], part)) &&
        !end_clock (file, clocks->pdata[i], FALSE, error))
      return FALSE;
  return TRUE;
}

/* The newest clock of a kind that belongs to the whole case. */
static LinliRow *
find_clock (LinliCaseFile *file,
            const char    *kind)
{
  for (guint i = file->clocks->len; i > 0; i--)
    if (is_kind (file->clocks->pdata[i - 1], kind) && is_of_part (file->clocks->pdata[i - 1], NULL))
      return file->clocks->pdata[i - 1];
  return NULL;
}

/* Work sent back goes on under the clock it began with. */
static gboolean
reopen_resolve (LinliCaseFile *file,
                GError       **error)
{
  LinliRow *clock;

  if (linli_case_file_get_clocks (file, error) == NULL)
    return FALSE;
  clock = find_clock (file, "resolve");
  if (clock == NULL || is_open (clock))
    return TRUE;
  linli_row_set_null (clock, LINLI_CLOCK_MET_AT);

  return compute (file, clock, error) && linli_tx_update (file->context->tx, clock, error) &&
         linli_merged_clocks_choose (file, NULL, error);
}

/* Dispatching again, after a recall, leaves the first clock running. */
static gboolean
start_resolve (LinliCaseFile *file,
               gint64         at,
               GError       **error)
{
  LinliRow *clock;

  if (linli_case_file_get_clocks (file, error) == NULL)
    return FALSE;
  clock = find_clock (file, "resolve");
  if (clock != NULL && is_open (clock))
    return linli_merged_clocks_begin (file, clock, at, error);
  return linli_case_clocks_start_at (file, NULL, "resolve", at, error) &&
         linli_merged_clocks_choose (file, NULL, error);
}

/* The neighbours or a helper have it in hand, as a unit has what it was sent. */
static gboolean
is_among_us (LinliCaseState state)
{
  return state == LINLI_CASE_STATE_DELIBERATING || state == LINLI_CASE_STATE_AIDING;
}

/**
 * linli_case_clocks_follow:
 *
 * Starts, meets and stops the clocks of the whole case as it goes from one
 * state to another.
 */
gboolean
linli_case_clocks_follow (LinliCaseFile *file,
                          LinliCaseState from,
                          LinliCaseState to,
                          GError       **error)
{
  if (from == to)
    return TRUE;
  if (to == LINLI_CASE_STATE_REGISTERED)
    return linli_case_clocks_start (file, NULL, "dispatch", error);
  if (from == LINLI_CASE_STATE_REGISTERED && (to == LINLI_CASE_STATE_DISPATCHED || is_among_us (to)))
    return linli_case_clocks_meet (file, NULL, "dispatch", error) &&
           start_resolve (file, linli_command_now (file->context), error);
  if (to == LINLI_CASE_STATE_DISPATCHED && (from == LINLI_CASE_STATE_RESOLVED || from == LINLI_CASE_STATE_CLOSED))
    return linli_case_clocks_stop (file, NULL, error) &&
           start_resolve (file, linli_command_now (file->context), error);
  if (to == LINLI_CASE_STATE_PENDING_REVIEW)
    return linli_case_clocks_meet (file, NULL, "resolve", error);
  if (from == LINLI_CASE_STATE_PENDING_REVIEW && to == LINLI_CASE_STATE_IN_PROGRESS)
    return reopen_resolve (file, error);
  /* A part of a whole is closed as soon as it is settled. */
  if ((to == LINLI_CASE_STATE_RESOLVED || to == LINLI_CASE_STATE_CLOSED) && is_among_us (from) &&
      !linli_case_clocks_meet (file, NULL, "resolve", error))
    return FALSE;
  if (to == LINLI_CASE_STATE_RESOLVED)
    return linli_case_clocks_start (file, NULL, "callback", error);
  if (to == LINLI_CASE_STATE_CLOSED)
    return linli_case_clocks_meet (file, NULL, "callback", error);
  if (to == LINLI_CASE_STATE_DECLINED || to == LINLI_CASE_STATE_WITHDRAWN)
    return linli_case_clocks_stop (file, NULL, error);

  return TRUE;
}

static gboolean
change_rule (LinliCaseFile *file,
             LinliRow      *item,
             LinliRow      *clock,
             LinliPayload  *payload,
             GError       **error)
{
  const char *kind = linli_row_get_text (clock, LINLI_CLOCK_KIND);
  gint64 before = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  g_autofree char *name = g_strconcat ("due.", kind, NULL);

  if (!linli_case_clock_set_rule (clock, item, kind))
    return TRUE;
  if (!compute (file, clock, error))
    return FALSE;
  linli_payload_change_time (payload, name, before, linli_row_get_int (clock, LINLI_CLOCK_DUE_AT));

  return linli_tx_update (file->context->tx, clock, error);
}

/**
 * linli_case_clocks_reclassify:
 * @payload: receives every due time that moved
 *
 * Puts the running clocks under the limits of the case's new item. They keep
 * the moment they started; a kind for which the new item names no limit keeps
 * the limit it had. Work under way whose old item named no limit to finish it
 * by gets the new item's, counted from the dispatch.
 */
gboolean
linli_case_clocks_reclassify (LinliCaseFile *file,
                              LinliPayload  *payload,
                              GError       **error)
{
  GPtrArray *clocks = linli_case_file_get_clocks (file, error);
  LinliCaseState state = linli_case_file_get_state (file);
  LinliRow *item = NULL;

  if (clocks == NULL || !linli_case_file_get_item (file, &item, error))
    return FALSE;
  for (guint i = 0; item != NULL && i < clocks->len; i++)
    if (is_open (clocks->pdata[i]) && linli_row_is_null (clocks->pdata[i], LINLI_CLOCK_ORIGIN_ID) &&
        !change_rule (file, item, clocks->pdata[i], payload, error))
      return FALSE;
  if (!linli_merged_clocks_choose (file, payload, error))
    return FALSE;
  if (state != LINLI_CASE_STATE_DISPATCHED && state != LINLI_CASE_STATE_IN_PROGRESS &&
      state != LINLI_CASE_STATE_SUSPENDED)
    return TRUE;
  if (linli_case_file_get_parts (file, error) == NULL)
    return FALSE;
  /* What was split is not dispatched itself: its parts have the limits. */
  return file->parts->len == 0 ||
         (start_resolve (file, linli_row_get_int (file->parts->pdata[0], LINLI_DISPATCH_SENT_AT), error) &&
          linli_handling_sync_clocks (file, NULL, error));
}

/**
 * linli_case_clocks_set_pauses:
 * @pauses: (nullable): JSON, as in the table
 * @payload: (nullable): receives how far the due time moved
 *
 * Leaves alone a clock that has ended, or has these pauses already.
 */
gboolean
linli_case_clocks_set_pauses (LinliCaseFile *file,
                              LinliRow      *clock,
                              const char    *pauses,
                              LinliPayload  *payload,
                              GError       **error)
{
  gint64 before = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  g_autofree char *name = g_strconcat ("due.", linli_row_get_text (clock, LINLI_CLOCK_KIND), NULL);

  if (!is_open (clock) || g_strcmp0 (linli_row_get_text (clock, LINLI_CLOCK_PAUSES), pauses) == 0)
    return TRUE;
  linli_row_set_text (clock, LINLI_CLOCK_PAUSES, pauses);
  if (!compute (file, clock, error))
    return FALSE;
  if (payload != NULL)
    linli_payload_change_time (payload, name, before, linli_row_get_int (clock, LINLI_CLOCK_DUE_AT));

  return linli_tx_update (file->context->tx, clock, error);
}

/**
 * linli_case_clocks_extend:
 * @amount: 5工作日
 * @by: (nullable): the name of who granted it
 *
 * Lengthens a clock. When it was due before the first extension stays on it:
 * figures of punctuality ask for both.
 */
gboolean
linli_case_clocks_extend (LinliCaseFile *file,
                          LinliRow      *clock,
                          const char    *amount,
                          const char    *by,
                          GError       **error)
{
  if (linli_row_is_null (clock, LINLI_CLOCK_FIRST_DUE_AT) && !linli_row_is_null (clock, LINLI_CLOCK_DUE_AT))
    linli_row_set_int (clock, LINLI_CLOCK_FIRST_DUE_AT, linli_row_get_int (clock, LINLI_CLOCK_DUE_AT));
  linli_case_clock_add_extension (clock, amount, by);

  return compute (file, clock, error) && linli_tx_update (file->context->tx, clock, error);
}

/* @due: (out): when the clock would be due, extended by @term; 0 when that cannot be said */
gboolean
linli_case_clocks_try_extension (LinliCaseFile *file,
                                 LinliRow      *clock,
                                 LinliTerm      term,
                                 gint64        *due,
                                 GError       **error)
{
  g_autoptr(LinliRow) copy = linli_row_copy (clock);
  g_autofree char *amount = linli_term_to_zh (term);

  linli_case_clock_add_extension (copy, amount, NULL);
  if (!compute (file, copy, error))
    return FALSE;
  *due = linli_row_get_int (copy, LINLI_CLOCK_DUE_AT);

  return TRUE;
}

/* Whether there is still something to be done that a clock of the whole case
 * counts for. */
static gboolean
is_awaited (LinliRow      *clock,
            LinliCaseState state)
{
  static const guint unsolved = LINLI_CASE_STATES_OPEN & ~(LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RECEIVED) |
                                                           LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_PENDING_REVIEW) |
                                                           LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RESOLVED));

  if (is_kind (clock, "resolve"))
    return (LINLI_CASE_STATE_BIT (state) & unsolved) != 0;
  return !is_kind (clock, "callback") || state == LINLI_CASE_STATE_RESOLVED;
}

static gboolean
is_of_live_part (LinliCaseFile *file,
                 LinliRow      *clock)
{
  for (guint i = 0; i < file->parts->len; i++)
    if (is_of_part (clock, file->parts->pdata[i]))
      return (linli_part_state_from_text (linli_row_get_text (file->parts->pdata[i], LINLI_DISPATCH_STATE)) &
              LINLI_PARTS_LIVE) != 0;
  return FALSE;
}

/**
 * linli_case_clocks_fit:
 *
 * Returns: whether the whole case has one open clock of a kind at most, and
 *   every open clock is for something that is still to be done; clocks and
 *   parts must have been read. Rows that went back one by one may have brought
 *   a clock that others replaced, or that nobody waits for any more
 */
gboolean
linli_case_clocks_fit (LinliCaseFile *file)
{
  LinliCaseState state = linli_case_file_get_state (file);

  for (guint i = 0; i < file->clocks->len; i++)
    {
      LinliRow *clock = file->clocks->pdata[i];

      if (!is_open (clock))
        continue;
      if (!(is_of_part (clock, NULL) ? is_awaited (clock, state) : is_of_live_part (file, clock)))
        return FALSE;
      if (!is_of_part (clock, NULL))
        continue;
      for (guint j = 0; j < i; j++)
        if (is_open (file->clocks->pdata[j]) && is_of_part (file->clocks->pdata[j], NULL) &&
            is_kind (file->clocks->pdata[j], linli_row_get_text (clock, LINLI_CLOCK_KIND)))
          return FALSE;
    }
  return TRUE;
}

/**
 * linli_case_clocks_sum:
 *
 * The case shows the clock that runs out first.
 */
void
linli_case_clocks_sum (LinliCaseFile *file)
{
  LinliRow *first = NULL;

  for (guint i = 0; i < file->clocks->len; i++)
    {
      LinliRow *clock = file->clocks->pdata[i];

      if (g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_STATE), "running") &&
          (first == NULL || linli_row_get_int (clock, LINLI_CLOCK_DUE_AT) < linli_row_get_int (first, LINLI_CLOCK_DUE_AT)))
        first = clock;
    }

  linli_row_set_null (file->row, LINLI_CASE_DUE_AT);
  linli_row_set_null (file->row, LINLI_CASE_DUE_KIND);
  if (first != NULL)
    {
      linli_row_set_int (file->row, LINLI_CASE_DUE_AT, linli_row_get_int (first, LINLI_CLOCK_DUE_AT));
      linli_row_set_text (file->row, LINLI_CASE_DUE_KIND, linli_row_get_text (first, LINLI_CLOCK_KIND));
    }
}
