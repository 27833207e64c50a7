/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 退件时限: how long after its sending a part may still be returned. Nothing of
 * it is stored: it follows from the sending, the rule that held then, the
 * calendar and the suspensions, and is counted anew each time. */

#include "config.h"

#include "linli-handling.h"

#include "linli-calendar-store.h"
#include "linli-deadline.h"
#include "linli-handling-rules.h"
#include "linli-handling-tables.h"

void
linli_return_window_free (LinliReturnWindow *self)
{
  if (self == NULL)
    return;

  g_free (self->dispatch);
  g_clear_pointer (&self->trace, linli_trace_free);
  g_free (self);
}

static GArray *
load_pauses (LinliConn  *conn,
             const char *case_id,
             GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_suspension, error, "case_id = ?1 ORDER BY id", "s", case_id);
  GArray *pauses;

  if (rows == NULL)
    return NULL;
  pauses = g_array_new (FALSE, FALSE, sizeof (LinliPause));
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean open = linli_row_is_null (rows->pdata[i], LINLI_SUSPENSION_ENDED_AT);
      LinliPause pause = { linli_row_get_int (rows->pdata[i], LINLI_SUSPENSION_FROM_AT),
                           open ? LINLI_PAUSE_OPEN : linli_row_get_int (rows->pdata[i], LINLI_SUSPENSION_ENDED_AT) };

      g_array_append_val (pauses, pause);
    }
  return pauses;
}

/**
 * linli_return_window_load:
 * @part: a dispatch row
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): without an end where the calendar does not reach
 *   or the case is suspended: then nobody is held to one
 */
LinliReturnWindow *
linli_return_window_load (LinliConn *conn,
                          LinliRow  *part,
                          GError   **error)
{
  g_autoptr(LinliReturnWindow) self = g_new0 (LinliReturnWindow, 1);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GArray) pauses = load_pauses (conn, linli_row_get_text (part, LINLI_DISPATCH_CASE_ID), error);
  g_autoptr(LinliDeadline) deadline = NULL;
  LinliDeadlineQuestion question = { .start = linli_row_get_int (part, LINLI_DISPATCH_SENT_AT) };

  self->dispatch = g_strdup (linli_row_get_id (part));
  if (pauses == NULL || !linli_calendar_load_current (conn, &calendar, NULL, error) ||
      !linli_handling_rule_get_term (conn, LINLI_RULE_RETURN_WINDOW, question.start, &self->term, error))
    return NULL;
  if (calendar == NULL)
    return g_steal_pointer (&self);

  question.limit = self->term;
  question.rule = linli_start_rule_default (self->term.unit);
  question.calendar = calendar;
  question.pauses = (const LinliPause *) (gpointer) pauses->data;
  question.n_pauses = pauses->len;
  deadline = linli_deadline_compute (&question, NULL);
  if (deadline != NULL)
    {
      self->until = deadline->due;
      self->trace = g_steal_pointer (&deadline->trace);
    }

  return g_steal_pointer (&self);
}
