/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After the calendar changed: every open clock anew, a page at a time, and a
 * list of what moved. */

#include "config.h"

#include "linli-clock-recompute.h"

#include "linli-calendar-store.h"
#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-json.h"

#define PAGE_MAX 2000

const LinliArgSpec linli_clock_recompute_args[] = {
  { "after", LINLI_ARG_ID, .doc = "the `next` of the page before; nothing for the first" },
  { "limit", LINLI_ARG_INT, .doc = "clocks a page; 500 when absent" },
  { NULL }
};

static gint64
due_of (LinliRow *clock)
{
  return linli_row_is_null (clock, LINLI_CLOCK_DUE_AT) ? 0 : linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
}

static void
set_due (JsonObject *object,
         const char *member,
         gint64      due)
{
  if (due == 0)
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, due);
}

/**
 * linli_clock_moved_add:
 * @moved: what a command tells about the clocks that it moves
 * @before: microseconds UTC; 0: no due time could be given
 * @after: the same
 */
void
linli_clock_moved_add (JsonArray  *moved,
                       LinliRow   *case_row,
                       const char *kind,
                       gint64      before,
                       gint64      after)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "case", linli_row_get_id (case_row));
  json_object_set_string_member (object, "case_no", linli_row_get_text (case_row, LINLI_CASE_CASE_NO));
  json_object_set_string_member (object, "title", linli_row_get_text (case_row, LINLI_CASE_TITLE));
  json_object_set_string_member (object, "kind", kind);
  set_due (object, "old", before);
  set_due (object, "new", after);
  json_array_add_object_element (moved, object);
}

/* Clocks of one case mostly stand together: it gets one line for all of them. */
typedef struct
{
  LinliCommandContext *context; /* (unowned) */
  LinliCaseFile       *file;    /* (owned) (nullable): the case whose clocks are moving */
  LinliPayload        *payload; /* (owned) (nullable): how far */
  JsonArray           *moved;   /* (owned) */
} Mover;

static void
mover_clear (Mover *mover)
{
  g_clear_pointer (&mover->file, linli_case_file_free);
  g_clear_pointer (&mover->payload, linli_payload_free);
  json_array_unref (mover->moved);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mover, mover_clear)

static gboolean
save_case (Mover   *mover,
           GError **error)
{
  const LinliCaseEntry entry = { .kind = "clock", .audience = "internal", .payload = mover->payload };
  gboolean saved;

  if (mover->file == NULL)
    return TRUE;
  saved = linli_case_file_add_entry (mover->file, &entry, error) && linli_case_file_save (mover->file, error);
  g_clear_pointer (&mover->file, linli_case_file_free);
  g_clear_pointer (&mover->payload, linli_payload_free);

  return saved;
}

static gboolean
open_case (Mover      *mover,
           const char *id,
           GError    **error)
{
  if (mover->file != NULL && g_str_equal (linli_case_file_get_id (mover->file), id))
    return TRUE;
  if (!save_case (mover, error))
    return FALSE;
  mover->file = linli_case_file_load (mover->context, id, NULL, error);
  mover->payload = linli_payload_new ();

  return mover->file != NULL;
}

static void
tell_moved (Mover    *mover,
            LinliRow *before,
            LinliRow *after)
{
  const char *kind = linli_row_get_text (after, LINLI_CLOCK_KIND);
  g_autofree char *name = g_strconcat ("due.", kind, NULL);

  linli_clock_moved_add (mover->moved, mover->file->row, kind, due_of (before), due_of (after));
  linli_payload_change_time (mover->payload, name, linli_row_get_int (before, LINLI_CLOCK_DUE_AT),
                             linli_row_get_int (after, LINLI_CLOCK_DUE_AT));
}

static gboolean
recompute (Mover             *mover,
           LinliRow          *clock,
           LinliWorkCalendar *calendar,
           const char        *calendar_id,
           GError           **error)
{
  g_autoptr(LinliRow) after = linli_row_copy (clock);

  linli_case_clock_compute (after, calendar, calendar_id);
  if (!linli_tx_update (mover->context->tx, after, error))
    return FALSE;
  if (linli_row_equal_column (clock, after, LINLI_CLOCK_DUE_AT))
    return TRUE;
  if (!open_case (mover, linli_row_get_text (clock, LINLI_CLOCK_CASE_ID), error))
    return FALSE;
  tell_moved (mover, clock, after);

  return TRUE;
}

/* Tells `n_done`, `moved` (case, case_no, title, kind, old, new) and, unless this was
 * the last page, `next`. */
gboolean
linli_clock_recompute_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_auto(Mover) mover = { context, NULL, NULL, json_array_new () };
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GPtrArray) clocks = NULL;
  g_autofree char *calendar_id = NULL;
  const char *after = linli_json_get_text (args, "after");
  gint64 limit = 500;

  linli_json_get_int (args, "limit", &limit);
  limit = CLAMP (limit, 1, PAGE_MAX);
  if (!linli_calendar_load_current (linli_tx_get_conn (context->tx), &calendar, &calendar_id, error))
    return FALSE;
  clocks = linli_tx_select (context->tx, &linli_table_clock, error,
                            LINLI_CLOCK_IS_OPEN " AND id > ?1 ORDER BY id LIMIT ?2", "si", after != NULL ? after : "", limit);
  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    if (!recompute (&mover, clocks->pdata[i], calendar, calendar_id, error))
      return FALSE;
  if (clocks == NULL || !save_case (&mover, error))
    return FALSE;

  linli_command_tell_int (context, "n_done", clocks->len);
  json_object_set_array_member (context->result, "moved", json_array_ref (mover.moved));
  if (clocks->len == (guint) limit)
    linli_command_tell (context, "next", linli_row_get_id (clocks->pdata[clocks->len - 1]));

  return TRUE;
}

/* --- Together with the calendar --- */

/* Whether the clock says something else to people, beside by which version it counts. */
static gboolean
says_otherwise (LinliRow *before,
                LinliRow *after)
{
  return !linli_row_equal_column (before, after, LINLI_CLOCK_DUE_AT) ||
         !linli_row_equal_column (before, after, LINLI_CLOCK_STATE) ||
         !linli_row_equal_column (before, after, LINLI_CLOCK_FAULT);
}

/**
 * linli_clocks_follow:
 * @calendar: counts since this command, under the id @calendar_id
 *
 * Computes every open clock under it and writes those that it moves; the
 * others stay, truly, under the version they were counted by. Tells `moved` as
 * clock.recompute does.
 */
gboolean
linli_clocks_follow (LinliCommandContext *context,
                     LinliWorkCalendar   *calendar,
                     const char          *calendar_id,
                     GError             **error)
{
  g_auto(Mover) mover = { context, NULL, NULL, json_array_new () };
  g_autoptr(GPtrArray) clocks = linli_tx_select (context->tx, &linli_table_clock, error,
                                                 LINLI_CLOCK_IS_OPEN " ORDER BY case_id, id", "");

  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    {
      g_autoptr(LinliRow) after = linli_row_copy (clocks->pdata[i]);

      linli_case_clock_compute (after, calendar, calendar_id);
      if (!says_otherwise (clocks->pdata[i], after))
        continue;
      if (!linli_tx_update (context->tx, after, error) ||
          !open_case (&mover, linli_row_get_text (after, LINLI_CLOCK_CASE_ID), error))
        return FALSE;
      tell_moved (&mover, clocks->pdata[i], after);
    }
  if (clocks == NULL || !save_case (&mover, error))
    return FALSE;
  json_object_set_array_member (context->result, "moved", json_array_ref (mover.moved));

  return TRUE;
}

void
linli_clock_move_free (LinliClockMove *self)
{
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->kind);
  g_free (self);
}

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  const LinliClockMove *left = *(LinliClockMove *const *) a;
  const LinliClockMove *right = *(LinliClockMove *const *) b;

  if (left->before != right->before)
    return left->before < right->before ? -1 : 1;
  return g_strcmp0 (left->case_no, right->case_no);
}

/**
 * linli_clock_moves_parse:
 * @moved: (nullable): what a command told
 *
 * Returns: (transfer full) (element-type LinliClockMove): the same
 */
GPtrArray *
linli_clock_moves_parse (JsonArray *moved)
{
  GPtrArray *moves = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_clock_move_free);

  for (guint i = 0; moved != NULL && i < json_array_get_length (moved); i++)
    {
      JsonObject *object = json_array_get_object_element (moved, i);
      LinliClockMove *move = g_new0 (LinliClockMove, 1);

      move->case_id = g_strdup (linli_json_get_text (object, "case"));
      move->case_no = g_strdup (linli_json_get_text (object, "case_no"));
      move->title = g_strdup (linli_json_get_text (object, "title"));
      move->kind = g_strdup (linli_json_get_text (object, "kind"));
      linli_json_get_int (object, "old", &move->before);
      linli_json_get_int (object, "new", &move->after);
      g_ptr_array_add (moves, move);
    }
  g_ptr_array_sort (moves, compare_moves);
  return moves;
}

static gboolean
add_move (LinliConn *conn,
          GPtrArray *moves,
          LinliRow  *before,
          LinliRow  *after,
          GError   **error)
{
  const char *id = linli_row_get_text (after, LINLI_CLOCK_CASE_ID);
  g_autoptr(GPtrArray) cases = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", id);
  LinliClockMove *move;

  if (cases == NULL || cases->len == 0)
    return cases != NULL;
  move = g_new0 (LinliClockMove, 1);
  move->case_id = g_strdup (id);
  move->case_no = g_strdup (linli_row_get_text (cases->pdata[0], LINLI_CASE_CASE_NO));
  move->title = g_strdup (linli_row_get_text (cases->pdata[0], LINLI_CASE_TITLE));
  move->kind = g_strdup (linli_row_get_text (after, LINLI_CLOCK_KIND));
  move->before = due_of (before);
  move->after = due_of (after);
  g_ptr_array_add (moves, move);

  return TRUE;
}

/**
 * linli_clock_moves_find:
 * @calendar: such as the centre thinks of having
 *
 * Returns: (transfer full) (element-type LinliClockMove): what
 *   linli_clocks_follow() would move, those due first first
 */
GPtrArray *
linli_clock_moves_find (LinliConn         *conn,
                        LinliWorkCalendar *calendar,
                        GError           **error)
{
  g_autoptr(GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_clock_move_free);
  g_autoptr(GPtrArray) clocks = linli_conn_select (conn, &linli_table_clock, error, LINLI_CLOCK_IS_OPEN, "");

  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    {
      g_autoptr(LinliRow) after = linli_row_copy (clocks->pdata[i]);

      linli_case_clock_compute (after, calendar, NULL);
      if (says_otherwise (clocks->pdata[i], after) && !add_move (conn, moves, clocks->pdata[i], after, error))
        return NULL;
    }
  g_ptr_array_sort (moves, compare_moves);
  return clocks != NULL ? g_steal_pointer (&moves) : NULL;
}

/* @n: (out): open clocks that have no due time because the holidays of a year are not known */
gboolean
linli_clocks_count_uncovered (LinliConn *conn,
                              gint64    *n,
                              GError   **error)
{
  return linli_conn_get_int (conn, n, error, "SELECT count(*) FROM clock WHERE state = 'unknown' AND fault = ?1", "s",
                             LINLI_CLOCK_FAULT_UNCOVERED);
}
