/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-handling.h"

#include "linli-case-clock-private.h"
#include "linli-case-clocks.h"
#include "linli-centre-zone.h"
#include "linli-deadline.h"
#include "linli-handling-tables.h"

/* How an open row of each table is told from a settled one; the indexes that
 * allow one a case say the same. */
static const struct
{
  const LinliTable *table;
  const char       *open;
} kinds[] = {
  { &linli_table_return_note, "case_id = ?1 AND state = 'ruling'" },
  { &linli_table_request, "case_id = ?1 AND state IN ('asked', 'endorsed')" },
  { &linli_table_suspension, "case_id = ?1 AND ended_at IS NULL" },
};

static const char *
text_of (LinliRow *row,
         guint     column)
{
  const char *text = linli_row_get_text (row, column);

  return text != NULL ? text : "";
}

/* --- What a screen shows --- */

static gboolean
load_windows (LinliConn     *conn,
              LinliHandling *self,
              GPtrArray     *parts,
              GError       **error)
{
  for (guint i = 0; i < parts->len; i++)
    {
      LinliPartState state = linli_part_state_from_text (text_of (parts->pdata[i], LINLI_DISPATCH_STATE));
      LinliReturnWindow *window;

      if (!(state & (LINLI_PART_SENT | LINLI_PART_SIGNED)))
        continue;
      window = linli_return_window_load (conn, parts->pdata[i], error);
      if (window == NULL)
        return FALSE;
      g_ptr_array_add (self->windows, window);
    }
  return TRUE;
}

static void
find_open_rows (LinliHandling *self)
{
  for (guint i = 0; i < self->returns->len; i++)
    if (g_str_equal (text_of (self->returns->pdata[i], LINLI_RETURN_NOTE_STATE), "ruling"))
      self->dispute = self->returns->pdata[i];
  for (guint i = 0; i < self->requests->len; i++)
    {
      const char *state = text_of (self->requests->pdata[i], LINLI_REQUEST_STATE);

      if (g_str_equal (state, "asked") || g_str_equal (state, "endorsed"))
        self->request = self->requests->pdata[i];
    }
  for (guint i = 0; i < self->suspensions->len; i++)
    if (linli_row_is_null (self->suspensions->pdata[i], LINLI_SUSPENSION_ENDED_AT))
      self->suspension = self->suspensions->pdata[i];
}

/**
 * linli_handling_load:
 * @parts: (element-type LinliRow): the case's dispatch rows
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full)
 */
LinliHandling *
linli_handling_load (LinliConn  *conn,
                     const char *case_id,
                     GPtrArray  *parts,
                     GError    **error)
{
  g_autoptr(LinliHandling) self = g_new0 (LinliHandling, 1);
  const struct
  {
    const LinliTable *table;
    GPtrArray       **rows;
  } lists[] = {
    { &linli_table_return_note, &self->returns },
    { &linli_table_ruling, &self->rulings },
    { &linli_table_request, &self->requests },
    { &linli_table_suspension, &self->suspensions },
  };

  g_return_val_if_fail (conn != NULL && case_id != NULL && parts != NULL, NULL);

  self->windows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_return_window_free);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      *lists[i].rows = linli_conn_select (conn, lists[i].table, error, "case_id = ?1 ORDER BY id", "s", case_id);
      if (*lists[i].rows == NULL)
        return NULL;
    }
  find_open_rows (self);

  return load_windows (conn, self, parts, error) ? g_steal_pointer (&self) : NULL;
}

void
linli_handling_free (LinliHandling *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->returns, g_ptr_array_unref);
  g_clear_pointer (&self->rulings, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->suspensions, g_ptr_array_unref);
  g_clear_pointer (&self->windows, g_ptr_array_unref);
  g_free (self);
}

/* Returns: (transfer none) (nullable): of the part called @dispatch */
LinliReturnWindow *
linli_handling_find_window (LinliHandling *self,
                            const char    *dispatch)
{
  for (guint i = 0; i < self->windows->len; i++)
    {
      LinliReturnWindow *window = self->windows->pdata[i];

      if (g_str_equal (window->dispatch, dispatch))
        return window;
    }
  return NULL;
}

/**
 * linli_handling_allows:
 *
 * Returns: whether what is open leaves room for @command; the table of steps
 *   and the commands themselves judge the rest
 */
gboolean
linli_handling_allows (LinliHandling *self,
                       const char    *command)
{
  const char *kind = self->request != NULL ? linli_row_get_text (self->request, LINLI_REQUEST_KIND) : NULL;
  const struct
  {
    const char *command;
    gboolean    allowed;
  } answers[] = {
    { "case.dispatch", self->dispute == NULL },
    { "case.ask-extension", kind == NULL },
    { "case.ask-suspension", kind == NULL },
    { "case.suspend", g_strcmp0 (kind, "suspension") != 0 },
    { "case.decide-extension", g_strcmp0 (kind, "extension") == 0 },
    { "case.decide-suspension", g_strcmp0 (kind, "suspension") == 0 },
    { "case.withdraw-request", kind != NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].command, command))
      return answers[i].allowed;
  return TRUE;
}

/**
 * linli_suspensions_due:
 * @now: microseconds UTC
 * @n: (out): how many suspended cases go on by now; case.resume-due lets them
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_suspensions_due (LinliConn *conn,
                       gint64     now,
                       gint64    *n,
                       GError   **error)
{
  return linli_conn_get_int (conn, n, error, "SELECT count(*) FROM suspension WHERE ended_at IS NULL AND until_at <= ?1", "i", now);
}

/* --- What commands share --- */

/**
 * linli_handling_find_open:
 * @table: of returns, requests or suspensions
 * @row: (out) (transfer full) (nullable): the open one of the case
 */
gboolean
linli_handling_find_open (LinliCaseFile    *file,
                          const LinliTable *table,
                          LinliRow        **row,
                          GError          **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  guint i = 0;

  while (kinds[i].table != table)
    g_assert (++i < G_N_ELEMENTS (kinds));
  *row = NULL;
  rows = linli_tx_select (file->context->tx, table, error, kinds[i].open, "s", linli_case_file_get_id (file));
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *row = linli_row_ref (rows->pdata[0]);

  return TRUE;
}

static gboolean
is_live (LinliCaseFile *file,
         const char    *dispatch)
{
  for (guint i = 0; i < file->parts->len; i++)
    if (g_str_equal (linli_row_get_id (file->parts->pdata[i]), dispatch))
      return (linli_part_state_from_text (text_of (file->parts->pdata[i], LINLI_DISPATCH_STATE)) & LINLI_PARTS_LIVE) != 0;
  return FALSE;
}

/* A request speaks for a part: it goes with it. */
static gboolean
lapse_request (LinliCaseFile *file,
               GError       **error)
{
  static const guint alive = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                             LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
                             LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED);
  g_autoptr(LinliRow) request = NULL;

  if (!linli_handling_find_open (file, &linli_table_request, &request, error))
    return FALSE;
  if (request == NULL)
    return TRUE;
  if (linli_case_file_get_parts (file, error) == NULL)
    return FALSE;
  if (alive & LINLI_CASE_STATE_BIT (linli_case_file_get_state (file)) &&
      is_live (file, linli_row_get_text (request, LINLI_REQUEST_DISPATCH_ID)))
    return TRUE;

  linli_row_set_text (request, LINLI_REQUEST_STATE, "lapsed");
  return linli_tx_update (file->context->tx, request, error);
}

/* Only a ruling, or the end of the matter, ends a dispute: were it forgotten
 * while the case is merged or with the neighbours, it could be dispatched
 * unruled as soon as it comes back. */
static gboolean
lapse_dispute (LinliCaseFile *file,
               GError       **error)
{
  static const guint lasting = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_REGISTERED) |
                               LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DELIBERATING) |
                               LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_AIDING) |
                               LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_MERGED);
  g_autoptr(LinliRow) dispute = NULL;

  if (LINLI_CASE_STATE_BIT (linli_case_file_get_state (file)) & lasting)
    return TRUE;
  if (!linli_handling_find_open (file, &linli_table_return_note, &dispute, error))
    return FALSE;
  if (dispute == NULL)
    return TRUE;
  linli_row_set_text (dispute, LINLI_RETURN_NOTE_STATE, "lapsed");
  return linli_tx_update (file->context->tx, dispute, error);
}

static gboolean
end_suspension (LinliCaseFile *file,
                GError       **error)
{
  g_autoptr(LinliRow) suspension = NULL;

  if (linli_case_file_get_state (file) == LINLI_CASE_STATE_SUSPENDED)
    return TRUE;
  linli_row_set_null (file->row, LINLI_CASE_SUSPENDED_UNTIL);
  if (!linli_handling_find_open (file, &linli_table_suspension, &suspension, error))
    return FALSE;
  if (suspension == NULL)
    return TRUE;
  linli_row_set_int (suspension, LINLI_SUSPENSION_ENDED_AT, linli_command_now (file->context));
  linli_row_set_text (suspension, LINLI_SUSPENSION_ENDED_BY, "over");

  return linli_tx_update (file->context->tx, suspension, error) && linli_handling_sync_clocks (file, NULL, error);
}

/**
 * linli_handling_settle:
 *
 * Whatever command took the case elsewhere: what was open and has become
 * pointless is closed with it. Part of linli_case_file_save().
 */
gboolean
linli_handling_settle (LinliCaseFile *file,
                       GError       **error)
{
  return lapse_request (file, error) && lapse_dispute (file, error) && end_suspension (file, error);
}

static LinliPause
pause_of (LinliRow *suspension)
{
  gint64 from = linli_row_get_int (suspension, LINLI_SUSPENSION_FROM_AT);

  if (linli_row_is_null (suspension, LINLI_SUSPENSION_ENDED_AT))
    return (LinliPause) { from, LINLI_PAUSE_OPEN };
  return (LinliPause) { from, linli_row_get_int (suspension, LINLI_SUSPENSION_ENDED_AT) };
}

/* [[from, to], ...]; %NULL for none. */
static char *
pauses_to_text (GArray *pauses)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < pauses->len; i++)
    {
      const LinliPause *pause = &g_array_index (pauses, LinliPause, i);

      g_string_append_printf (text, "%s[%" G_GINT64_FORMAT ",", i > 0 ? "," : "[", pause->from);
      if (pause->to == LINLI_PAUSE_OPEN)
        g_string_append (text, "null]");
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT "]", pause->to);
    }
  if (text->len == 0)
    return NULL;
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What lay before the clock was started is left out. */
static char *
own_pauses (LinliRow  *clock,
            GPtrArray *suspensions)
{
  g_autoptr(GArray) pauses = g_array_new (FALSE, FALSE, sizeof (LinliPause));

  for (guint i = 0; i < suspensions->len; i++)
    {
      LinliPause pause = pause_of (suspensions->pdata[i]);

      if (pause.to > linli_row_get_int (clock, LINLI_CLOCK_STARTED_AT))
        g_array_append_val (pauses, pause);
    }
  return pauses_to_text (pauses);
}

/* A clock that counts for a case merged into this one has that one's pauses
 * too: of this one's it knows those since, and learns how they end. */
static char *
merged_pauses (LinliRow  *clock,
               GPtrArray *suspensions)
{
  g_autoptr(GArray) pauses = linli_case_clock_read_pauses (linli_row_get_text (clock, LINLI_CLOCK_PAUSES));

  for (guint i = 0; i < suspensions->len; i++)
    {
      LinliPause pause = pause_of (suspensions->pdata[i]);
      gboolean known = FALSE;

      for (guint j = 0; j < pauses->len; j++)
        if (g_array_index (pauses, LinliPause, j).from == pause.from)
          {
            g_array_index (pauses, LinliPause, j).to = pause.to;
            known = TRUE;
          }
      if (!known && pause.to == LINLI_PAUSE_OPEN)
        g_array_append_val (pauses, pause);
    }
  return pauses_to_text (pauses);
}

/**
 * linli_handling_sync_clocks:
 * @payload: (nullable): receives every due time that moved
 *
 * The pauses of every open clock are the suspensions of its case: they are
 * read off them again, so that a clock that was set going meanwhile, or by an
 * undo, has the same ones as the others.
 */
gboolean
linli_handling_sync_clocks (LinliCaseFile *file,
                            LinliPayload  *payload,
                            GError       **error)
{
  GPtrArray *clocks = linli_case_file_get_clocks (file, error);
  g_autoptr(GPtrArray) suspensions = linli_tx_select (file->context->tx, &linli_table_suspension, error,
                                                      "case_id = ?1 ORDER BY from_at, id", "s",
                                                      linli_case_file_get_id (file));

  if (clocks == NULL || suspensions == NULL)
    return FALSE;
  for (guint i = 0; i < clocks->len; i++)
    {
      gboolean merged = !linli_row_is_null (clocks->pdata[i], LINLI_CLOCK_ORIGIN_ID) ||
                        !linli_row_is_null (clocks->pdata[i], LINLI_CLOCK_OWN);
      g_autofree char *pauses = merged ? merged_pauses (clocks->pdata[i], suspensions)
                                       : own_pauses (clocks->pdata[i], suspensions);

      if (!linli_case_clocks_set_pauses (file, clocks->pdata[i], pauses, payload, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_handling_moment:
 * @at: microseconds UTC
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the centre's date and time in digits, the same in
 *   every language
 */
char *
linli_handling_moment (LinliConn *conn,
                       gint64     at,
                       GError   **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = NULL;

  if (zone == NULL)
    return NULL;
  here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  return here != NULL ? g_date_time_format (here, "%Y-%m-%d %H:%M") : g_strdup ("?");
}
