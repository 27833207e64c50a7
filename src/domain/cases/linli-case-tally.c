/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-tally.h"

#include "linli-case-index.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"

typedef struct
{
  gint64 stretch;
  gint64 oldest;
  gint64 newest;
} Span;

/* What one transaction adds up to, so that an import of a thousand cases
 * writes a few rows here. */
typedef struct
{
  gint64  by_state[LINLI_N_CASE_STATES];
  GArray *spans; /* Span */
} Sums;

static void
add_state (Sums     *self,
           LinliRow *row,
           gint64    by)
{
  LinliCaseState state;

  if (row != NULL && linli_case_state_from_id (linli_row_get_text (row, LINLI_CASE_STATE), &state))
    self->by_state[state] += by;
}

/* Stretches only grow: too wide a span costs a look, too narrow a case. */
static void
add_time (Sums     *self,
          LinliRow *row)
{
  gint64 time = linli_row_get_int (row, LINLI_CASE_RECEIVED_AT);
  Span span = { linli_row_get_pk (row) >> LINLI_CASE_SPAN_BITS, time, time };

  for (guint i = self->spans->len; i > 0; i--)
    {
      Span *known = &g_array_index (self->spans, Span, i - 1);

      if (known->stretch != span.stretch)
        continue;
      known->oldest = MIN (known->oldest, time);
      known->newest = MAX (known->newest, time);
      return;
    }
  g_array_append_val (self->spans, span);
}

static void
add_change (Sums        *self,
            LinliChange *change)
{
  add_state (self, change->before, -1);
  add_state (self, change->after, 1);
  if (change->after != NULL &&
      (change->before == NULL || !linli_row_equal_column (change->before, change->after, LINLI_CASE_RECEIVED_AT)))
    add_time (self, change->after);
}

static gboolean
write_sums (Sums      *self,
            LinliConn *conn,
            GError   **error)
{
  for (guint i = 0; i < LINLI_N_CASE_STATES; i++)
    if (self->by_state[i] != 0 &&
        !linli_conn_run (conn, error, "INSERT INTO case_tally (state, n) VALUES (?1, ?2) "
                         "ON CONFLICT (state) DO UPDATE SET n = n + ?2", "si",
                         linli_case_state_to_id ((LinliCaseState) i), self->by_state[i]))
      return FALSE;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const Span *span = &g_array_index (self->spans, Span, i);

      if (!linli_conn_run (conn, error, "INSERT INTO case_span (stretch, oldest, newest) VALUES (?1, ?2, ?3) "
                           "ON CONFLICT (stretch) DO UPDATE SET oldest = min(oldest, ?2), newest = max(newest, ?3)",
                           "iii", span->stretch, span->oldest, span->newest))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_tally_project:
 * @tx: a transaction with all its changes made
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_tally_project (LinliTx *tx,
                          GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  GPtrArray *changes = linli_tx_get_changes (tx);
  Sums sums = { .spans = spans };

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table == &linli_table_case)
        add_change (&sums, change);
    }

  return write_sums (&sums, linli_tx_get_conn (tx), error);
}

/**
 * linli_case_tally_rebuild:
 * @conn: the writing connection, inside a transaction
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_tally_rebuild (LinliConn *conn,
                          GError   **error)
{
  return linli_conn_run (conn, error, "DELETE FROM case_tally", "") &&
         linli_conn_run (conn, error, "INSERT INTO case_tally (state, n) SELECT state, count(*) FROM cases "
                                      "GROUP BY state", "") &&
         linli_conn_run (conn, error, "DELETE FROM case_span", "") &&
         linli_conn_run (conn, error, "INSERT INTO case_span (stretch, oldest, newest) SELECT pk >> ?1, "
                                      "min(received_at), max(received_at) FROM cases GROUP BY 1",
                         "i", (gint64) LINLI_CASE_SPAN_BITS);
}
