/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-clocks.h"

#include <string.h>

#include "linli-calendar-store.h"
#include "linli-case-clock-private.h"
#include "linli-case-clocks.h"
#include "linli-catalogue-tables.h"
#include "linli-deadline.h"
#include "linli-json.h"
#include "linli-merge-tables.h"

#define BIT(state) LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_##state)

#define TO_DO (BIT (REGISTERED) | BIT (DELIBERATING) | BIT (AIDING) | BIT (DISPATCHED) | BIT (IN_PROGRESS))

/* In which states a case that others joined needs a clock of a kind, even if it
 * would have none by itself; and in which, when they joined, theirs counts. */
static const struct
{
  const char *kind;
  guint       states;
  guint       counts;
} needs[] = {
  { "dispatch", BIT (REGISTERED), BIT (REGISTERED) },
  { "resolve", TO_DO | BIT (SUSPENDED), TO_DO | BIT (PENDING_REVIEW) },
  { "callback", BIT (RESOLVED), BIT (RESOLVED) },
};

/* What a clock counts: the columns that its due time is computed from. */
static const guint counted[] = { LINLI_CLOCK_RULE_REF, LINLI_CLOCK_LIMIT_TEXT, LINLI_CLOCK_START_RULE, LINLI_CLOCK_PAUSES };

typedef struct
{
  LinliCaseFile     *file;        /* (unowned) */
  const char        *kind;
  LinliWorkCalendar *calendar;    /* (owned) (nullable) */
  char              *calendar_id; /* (owned) (nullable) */
  LinliRow          *clock;       /* (owned) (nullable): the case's clock of that kind */
  LinliRow          *own;         /* (owned) (nullable): as it would be by itself */
  char              *own_item;    /* (owned) (nullable): the item its own limit came from */
  GArray            *history;     /* (owned) LinliPause: when the case itself rested */
} Choice;

static void
choice_clear (Choice *self)
{
  g_clear_pointer (&self->calendar, linli_work_calendar_unref);
  g_clear_pointer (&self->calendar_id, g_free);
  g_clear_pointer (&self->clock, linli_row_unref);
  g_clear_pointer (&self->own, linli_row_unref);
  g_clear_pointer (&self->own_item, g_free);
  g_clear_pointer (&self->history, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static gboolean
is_ended (LinliRow *clock)
{
  const char *state = linli_row_get_text (clock, LINLI_CLOCK_STATE);

  return g_str_equal (state, "met") || g_str_equal (state, "stopped");
}

static gboolean
is_met (LinliRow *clock)
{
  return clock != NULL && !linli_row_is_null (clock, LINLI_CLOCK_MET_AT);
}

/* --- Pauses --- */

static char *
write_pauses (GArray *pauses)
{
  GString *text;

  if (pauses->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < pauses->len; i++)
    {
      const LinliPause *pause = &g_array_index (pauses, LinliPause, i);

      g_string_append_printf (text, "%s[%" G_GINT64_FORMAT ",", i == 0 ? "[" : ",", pause->from);
      if (pause->to == LINLI_PAUSE_OPEN)
        g_string_append (text, "null]");
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT "]", pause->to);
    }
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static void
set_pauses (LinliRow *clock,
            GArray   *pauses)
{
  g_autofree char *text = write_pauses (pauses);

  linli_row_set_text (clock, LINLI_CLOCK_PAUSES, text);
}

/* Adds to @clock's pauses those of @history that began at @since or later; a
 * pause still open at that moment ends there. */
static void
rest_since (LinliRow *clock,
            GArray   *history,
            gint64    since)
{
  g_autoptr(GArray) pauses = linli_case_clock_read_pauses (linli_row_get_text (clock, LINLI_CLOCK_PAUSES));

  for (guint i = 0; i < pauses->len; i++)
    if (g_array_index (pauses, LinliPause, i).to == LINLI_PAUSE_OPEN)
      g_array_index (pauses, LinliPause, i).to = since;
  for (guint i = 0; i < history->len; i++)
    if (g_array_index (history, LinliPause, i).from >= since)
      g_array_append_vals (pauses, &g_array_index (history, LinliPause, i), 1);
  set_pauses (clock, pauses);
}

static LinliPause *
find_pause (GArray *pauses,
            gint64  from)
{
  for (guint i = 0; i < pauses->len; i++)
    if (g_array_index (pauses, LinliPause, i).from == from)
      return &g_array_index (pauses, LinliPause, i);
  return NULL;
}

/* Brings @history up to date with @pauses, which it was copied into at @at.
 *
 * Returns: whether there was anything new */
static gboolean
catch_up (GArray *history,
          GArray *pauses,
          gint64  at)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < pauses->len; i++)
    {
      LinliPause *pause = &g_array_index (pauses, LinliPause, i);
      LinliPause *known = find_pause (history, pause->from);

      if (known != NULL && known->to != pause->to)
        {
          known->to = pause->to;
          changed = TRUE;
        }
      else if (known == NULL && pause->from >= at)
        {
          g_array_append_vals (history, pause, 1);
          changed = TRUE;
        }
    }

  return changed;
}

/* --- What the case's clock is by itself --- */

static char *
own_to_text (Choice *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *pauses = write_pauses (self->history);

  json_object_set_int_member (object, "at", linli_command_now (self->file->context));
  if (self->own_item != NULL)
    json_object_set_string_member (object, "item", self->own_item);
  if (self->own == NULL && pauses != NULL)
    json_object_set_string_member (object, "pauses", pauses);
  if (self->own != NULL)
    {
      json_object_set_int_member (object, "started_at", linli_row_get_int (self->own, LINLI_CLOCK_STARTED_AT));
      for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
        if (!linli_row_is_null (self->own, counted[i]))
          json_object_set_string_member (object, linli_table_clock.columns[counted[i]].name,
                                         linli_row_get_text (self->own, counted[i]));
    }

  return linli_json_object_to_text (object);
}

/* A clock that counts for another case remembers itself in its column "own". */
static void
read_own (Choice *self)
{
  const char *text = linli_row_get_text (self->clock, LINLI_CLOCK_OWN);
  g_autoptr(JsonObject) object = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr(GArray) rests = NULL;
  gboolean rested;
  gint64 started_at = 0;
  gint64 at = 0;

  if (object == NULL)
    {
      self->own = linli_row_copy (self->clock);
      self->own_item = g_strdup (linli_row_get_text (self->file->row, LINLI_CASE_ITEM_ID));
      self->history = linli_case_clock_read_pauses (linli_row_get_text (self->clock, LINLI_CLOCK_PAUSES));
      return;
    }

  self->own_item = g_strdup (linli_json_get_text (object, "item"));
  self->history = linli_case_clock_read_pauses (linli_json_get_text (object, "pauses"));
  linli_json_get_int (object, "at", &at);
  rests = linli_case_clock_read_pauses (linli_row_get_text (self->clock, LINLI_CLOCK_PAUSES));
  rested = catch_up (self->history, rests, at);
  if (!linli_json_get_int (object, "started_at", &started_at))
    return; /* by itself it would not run */

  self->own = linli_row_copy (self->clock);
  linli_row_set_int (self->own, LINLI_CLOCK_STARTED_AT, started_at);
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    linli_row_set_text (self->own, counted[i], linli_json_get_text (object, linli_table_clock.columns[counted[i]].name));
  if (rested)
    set_pauses (self->own, self->history);
  linli_row_set_null (self->own, LINLI_CLOCK_ORIGIN_ID);
  linli_row_set_null (self->own, LINLI_CLOCK_OWN);
}

/* --- Whose limit runs out first --- */

/* Since the case was put under another item, that item's limits hold; not for
 * what had been done by then. */
static gboolean
follow_item (Choice     *self,
             LinliRow   *clock,
             const char *item_then,
             GError    **error)
{
  LinliRow *item = NULL;

  if (g_strcmp0 (item_then, linli_row_get_text (self->file->row, LINLI_CASE_ITEM_ID)) == 0 || is_met (self->clock))
    return TRUE;
  if (!linli_case_file_get_item (self->file, &item, error))
    return FALSE;
  if (item != NULL)
    linli_case_clock_set_rule (clock, item, self->kind);
  return TRUE;
}

static gboolean
is_running (LinliRow *clock)
{
  return g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_STATE), "running");
}

/* An earlier @clock takes the place of @best. */
static void
compare (Choice    *self,
         LinliRow  *clock,
         LinliRow **best)
{
  linli_case_clock_compute (clock, self->calendar, self->calendar_id);
  if (*best != NULL &&
      (!is_running (clock) ||
       (is_running (*best) &&
        linli_row_get_int (clock, LINLI_CLOCK_DUE_AT) >= linli_row_get_int (*best, LINLI_CLOCK_DUE_AT))))
    return;
  linli_row_unref (*best);
  *best = linli_row_ref (clock);
}

/* The clock of a merged case, as it would count within the target. */
static gboolean
compare_member (Choice    *self,
                LinliRow  *record,
                LinliRow  *member,
                LinliRow **best,
                GError   **error)
{
  g_autoptr(LinliRow) clock = linli_row_copy (self->clock != NULL ? self->clock : member);

  linli_row_set_int (clock, LINLI_CLOCK_STARTED_AT, linli_row_get_int (member, LINLI_CLOCK_STARTED_AT));
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    linli_row_set_text (clock, counted[i], linli_row_get_text (member, counted[i]));
  rest_since (clock, self->history, linli_row_get_int (record, LINLI_MERGE_MERGED_AT));
  linli_row_set_text (clock, LINLI_CLOCK_ORIGIN_ID, linli_row_get_text (record, LINLI_MERGE_SOURCE_ID));
  if (!follow_item (self, clock, linli_row_get_text (record, LINLI_MERGE_TARGET_ITEM_ID), error))
    return FALSE;
  compare (self, clock, best);

  return TRUE;
}

static gboolean
compare_record (Choice    *self,
                LinliRow  *record,
                LinliRow **best,
                GError   **error)
{
  g_autoptr(JsonNode) node = linli_json_parse (linli_row_get_text (record, LINLI_MERGE_CLOCKS), -1, error);
  JsonArray *clocks = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++)
    {
      JsonArray *was = json_array_get_array_element (clocks, i);
      const char *id = json_array_get_string_element (was, 0);
      g_autoptr(LinliRow) member = NULL;

      if (json_array_get_length (was) < 3)
        continue;
      if (!linli_tx_find (self->file->context->tx, &linli_table_clock, id, &member, error))
        return FALSE;
      if (member != NULL &&
          g_str_equal (linli_row_get_text (member, LINLI_CLOCK_KIND), self->kind) &&
          !compare_member (self, record, member, best, error))
        return FALSE;
    }

  return clocks != NULL;
}

/* What a merged case waited for has been done since, under an earlier clock:
 * a later round is not measured by it again. */
static gboolean
is_served (Choice   *self,
           LinliRow *record)
{
  GPtrArray *clocks = self->file->clocks;
  gint64 since = linli_row_get_int (record, LINLI_MERGE_MERGED_AT);

  for (guint i = 0; i < clocks->len; i++)
    {
      LinliRow *clock = clocks->pdata[i];

      if (self->clock != NULL && g_str_equal (linli_row_get_id (clock), linli_row_get_id (self->clock)))
        return FALSE;
      if (g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_KIND), self->kind) &&
          linli_row_is_null (clock, LINLI_CLOCK_DISPATCH_ID) && is_met (clock) &&
          linli_row_get_int (clock, LINLI_CLOCK_MET_AT) >= since)
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_earliest (Choice    *self,
               GPtrArray *records,
               LinliRow **best,
               GError   **error)
{
  if (self->own != NULL)
    {
      if (!follow_item (self, self->own, self->own_item, error))
        return FALSE;
      compare (self, self->own, best);
    }
  for (guint i = 0; i < records->len; i++)
    {
      if (is_served (self, records->pdata[i]))
        continue;
      if (is_met (self->clock) && linli_row_get_int (records->pdata[i], LINLI_MERGE_MERGED_AT) >
                                    linli_row_get_int (self->clock, LINLI_CLOCK_MET_AT))
        continue;
      if (!compare_record (self, records->pdata[i], best, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Putting it down --- */

static gboolean
is_same (LinliRow *a,
         LinliRow *b)
{
  for (guint i = 0; linli_table_clock.columns[i].name != NULL; i++)
    if (!linli_row_equal_column (a, b, i))
      return FALSE;
  return TRUE;
}

static gboolean
remove_clock (Choice  *self,
              GError **error)
{
  GPtrArray *clocks = self->file->clocks;

  if (!linli_tx_delete (self->file->context->tx, &linli_table_clock, linli_row_get_id (self->clock), error))
    return FALSE;
  for (guint i = 0; i < clocks->len; i++)
    if (g_str_equal (linli_row_get_id (clocks->pdata[i]), linli_row_get_id (self->clock)))
      return g_ptr_array_remove_index (clocks, i), TRUE;
  return TRUE;
}

static gboolean
insert_clock (Choice   *self,
              LinliRow *best,
              GError  **error)
{
  g_autofree char *id = linli_command_new_id (self->file->context);
  g_autoptr(LinliRow) clock = linli_row_new (&linli_table_clock);

  for (guint i = LINLI_CLOCK_KIND; linli_table_clock.columns[i].name != NULL; i++)
    if (linli_row_is_null (best, i))
      continue;
    else if (linli_table_clock.columns[i].type == LINLI_TYPE_TIME || linli_table_clock.columns[i].type == LINLI_TYPE_INT)
      linli_row_set_int (clock, i, linli_row_get_int (best, i));
    else
      linli_row_set_text (clock, i, linli_row_get_text (best, i));
  linli_row_set_text (clock, LINLI_CLOCK_ID, id);
  linli_row_set_text (clock, LINLI_CLOCK_CASE_ID, linli_case_file_get_id (self->file));
  if (linli_row_get_int (self->file->row, LINLI_CASE_REDO_COUNT) > 0)
    linli_row_set_int (clock, LINLI_CLOCK_REDO, linli_row_get_int (self->file->row, LINLI_CASE_REDO_COUNT));
  if (!linli_tx_insert (self->file->context->tx, clock, error))
    return FALSE;
  g_ptr_array_add (self->file->clocks, g_steal_pointer (&clock));

  return TRUE;
}

/* A clock that has ended counts something else from now on, but stays ended. */
static gboolean
replace_clock (Choice   *self,
               LinliRow *best,
               GError  **error)
{
  GPtrArray *clocks = self->file->clocks;

  if (is_ended (self->clock))
    linli_row_set_text (best, LINLI_CLOCK_STATE, linli_row_get_text (self->clock, LINLI_CLOCK_STATE));
  if (is_same (best, self->clock))
    return TRUE;
  for (guint i = 0; i < clocks->len; i++)
    if (g_str_equal (linli_row_get_id (clocks->pdata[i]), linli_row_get_id (best)))
      {
        linli_row_unref (clocks->pdata[i]);
        clocks->pdata[i] = linli_row_ref (best);
      }

  return linli_tx_update (self->file->context->tx, best, error);
}

static gboolean
put_down (Choice       *self,
          LinliRow     *best,
          LinliPayload *payload,
          GError      **error)
{
  g_autofree char *name = g_strconcat ("due.", self->kind, NULL);
  gint64 before = self->clock != NULL ? linli_row_get_int (self->clock, LINLI_CLOCK_DUE_AT) : 0;

  if (best == NULL)
    return self->clock == NULL || remove_clock (self, error);
  if (linli_row_is_null (best, LINLI_CLOCK_ORIGIN_ID))
    linli_row_set_null (best, LINLI_CLOCK_OWN);
  else if (self->clock == NULL || g_strcmp0 (linli_row_get_text (self->clock, LINLI_CLOCK_ORIGIN_ID),
                                             linli_row_get_text (best, LINLI_CLOCK_ORIGIN_ID)) != 0)
    {
      g_autofree char *own = own_to_text (self);

      linli_row_set_text (best, LINLI_CLOCK_OWN, own);
    }
  if (payload != NULL)
    linli_payload_change_time (payload, name, before, linli_row_get_int (best, LINLI_CLOCK_DUE_AT));

  return self->clock != NULL ? replace_clock (self, best, error) : insert_clock (self, best, error);
}

static gboolean
is_whole (LinliRow   *clock,
          const char *kind)
{
  return g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_KIND), kind) &&
         linli_row_is_null (clock, LINLI_CLOCK_DISPATCH_ID);
}

/* Returns: (transfer full) (nullable): the clock of a kind that is open */
static LinliRow *
find_open (LinliCaseFile *file,
           const char    *kind)
{
  for (guint i = file->clocks->len; i > 0; i--)
    if (is_whole (file->clocks->pdata[i - 1], kind) && !is_ended (file->clocks->pdata[i - 1]))
      return linli_row_ref (file->clocks->pdata[i - 1]);
  return NULL;
}

/* @clock: (nullable) (transfer full): none yet when %NULL */
static gboolean
choose (LinliCaseFile *file,
        LinliRow      *clock,
        const char    *kind,
        GPtrArray     *records,
        LinliPayload  *payload,
        GError       **error)
{
  g_auto(Choice) self = { .file = file, .kind = kind, .clock = clock };
  g_autoptr(LinliRow) best = NULL;

  if (!linli_calendar_load_current (linli_tx_get_conn (file->context->tx), &self.calendar, &self.calendar_id, error))
    return FALSE;
  if (self.clock != NULL)
    read_own (&self);
  else
    self.history = g_array_new (FALSE, FALSE, sizeof (LinliPause));

  return find_earliest (&self, records, &best, error) && put_down (&self, best, payload, error);
}

static gboolean
is_member (GPtrArray  *records,
           const char *id)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (linli_row_get_text (records->pdata[i], LINLI_MERGE_SOURCE_ID), id))
      return TRUE;
  return FALSE;
}

/* Clocks that have ended, but counted for a case that is no longer part of this. */
static gboolean
choose_ended (LinliCaseFile *file,
              const char    *kind,
              GPtrArray     *records,
              GError       **error)
{
  g_autoptr(GPtrArray) clocks = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);

  for (guint i = 0; i < file->clocks->len; i++) /* choosing may remove one */
    g_ptr_array_add (clocks, linli_row_ref (file->clocks->pdata[i]));
  for (guint i = 0; i < clocks->len; i++)
    {
      const char *origin = linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_ORIGIN_ID);

      if (origin != NULL && is_whole (clocks->pdata[i], kind) && is_ended (clocks->pdata[i]) &&
          !is_member (records, origin) &&
          !choose (file, linli_row_ref (clocks->pdata[i]), kind, records, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_merged_clock_counts:
 * @state: of a case that another is being merged into
 *
 * Returns: whether that other's clock of @kind waits for something that is
 *   still to be done
 */
gboolean
linli_merged_clock_counts (const char     *kind,
                           LinliCaseState  state)
{
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (g_str_equal (needs[i].kind, kind))
      return (needs[i].counts & LINLI_CASE_STATE_BIT (state)) != 0;
  return FALSE;
}

/**
 * linli_merge_records_of:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): the merges that hold and
 *   went into @target itself, oldest first
 */
GPtrArray *
linli_merge_records_of (LinliTx    *tx,
                        const char *target,
                        GError    **error)
{
  return linli_tx_select (tx, &linli_table_merge_record, error,
                          "target_id = ?1 AND undone_at IS NULL ORDER BY merged_at, id", "s", target);
}

/**
 * linli_merged_clocks_choose:
 * @payload: (nullable): receives every due time that moved
 *
 * Lets the case's clocks count what runs out first of its own limits and those
 * of the cases merged into it. To be called whenever either changed.
 */
gboolean
linli_merged_clocks_choose (LinliCaseFile *file,
                            LinliPayload  *payload,
                            GError       **error)
{
  guint state = LINLI_CASE_STATE_BIT (linli_case_file_get_state (file));
  g_autoptr(GPtrArray) records = linli_merge_records_of (file->context->tx, linli_case_file_get_id (file), error);

  if (records == NULL || linli_case_file_get_clocks (file, error) == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      LinliRow *clock = find_open (file, needs[i].kind);

      if (!choose_ended (file, needs[i].kind, records, error))
        {
          linli_row_unref (clock);
          return FALSE;
        }
      if ((clock != NULL || needs[i].states & state) && !choose (file, clock, needs[i].kind, records, payload, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_merged_clocks_begin:
 * @clock: an open clock of the case
 * @at: the moment its own limit begins
 *
 * Where a merged case's limit was running before the case's own began, the
 * own one is noted too, and the earlier of them holds.
 */
gboolean
linli_merged_clocks_begin (LinliCaseFile *file,
                           LinliRow      *clock,
                           gint64         at,
                           GError       **error)
{
  g_auto(Choice) self = { .file = file, .kind = linli_row_get_text (clock, LINLI_CLOCK_KIND) };
  g_autofree char *text = NULL;
  LinliRow *item = NULL;

  if (linli_row_is_null (clock, LINLI_CLOCK_ORIGIN_ID))
    return TRUE;
  self.clock = linli_row_ref (clock);
  read_own (&self);
  if (self.own != NULL)
    return TRUE;
  if (!linli_case_file_get_item (file, &item, error))
    return FALSE;
  self.own = linli_row_copy (clock);
  if (item == NULL || !linli_case_clock_set_rule (self.own, item, self.kind))
    return TRUE;
  linli_row_set_int (self.own, LINLI_CLOCK_STARTED_AT, at);
  linli_row_set_null (self.own, LINLI_CLOCK_PAUSES);
  g_free (self.own_item);
  self.own_item = g_strdup (linli_row_get_id (item));
  text = own_to_text (&self);
  linli_row_set_text (clock, LINLI_CLOCK_OWN, text);

  return linli_tx_update (file->context->tx, clock, error) && linli_merged_clocks_choose (file, NULL, error);
}
