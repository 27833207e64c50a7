/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-measure.h"

#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-measure-facts.h"
#include "linli-text.h"

/* --- Small values share one number: a row costs what its columns cost --- */

static const struct
{
  guint shift;
  guint bits;
} fields[] = {
  { 0, 4 },  /* state */
  { 4, 3 },  /* limit */
  { 7, 1 },  /* told */
  { 8, 2 },  /* first */
  { 10, 1 }, /* returned */
  { 11, 1 }, /* instant */
  { 12, 1 }, /* extended */
  { 13, 1 }, /* redone */
  { 14, 3 }, /* supervision */
  { 17, 2 }, /* solved */
  { 19, 1 }, /* rated */
  { 20, 1 }, /* satisfied */
  { 21, 2 }, /* lane */
  { 23, 1 }, /* contacted */
  { 24, 24 }, /* submissions */
};

enum { STATE, LIMIT, TOLD, FIRST, RETURNED, INSTANT, EXTENDED, REDONE, SUPERVISION, SOLVED, RATED, SATISFIED, LANE,
       CONTACTED, SUBMISSIONS };

static inline guint
unpack (gint64 marks,
        guint  field)
{
  return (guint) (marks >> fields[field].shift) & ((1u << fields[field].bits) - 1);
}

static inline gint64
pack (guint  field,
      gint64 value)
{
  return MIN (value, (gint64) (1u << fields[field].bits) - 1) << fields[field].shift;
}

/* Returns: the small values of @self, as the column marks has them */
gint64
linli_case_measure_get_marks (const LinliCaseMeasure *self)
{
  return pack (STATE, self->state) | pack (LIMIT, self->limit) | pack (TOLD, self->told) | pack (FIRST, self->first) |
         pack (RETURNED, self->returned) | pack (INSTANT, self->instant) | pack (EXTENDED, self->extended) |
         pack (REDONE, self->redone) | pack (SUPERVISION, self->supervision) | pack (SOLVED, self->solved) |
         pack (RATED, self->rated) | pack (SATISFIED, self->satisfied) | pack (LANE, self->lane) |
         pack (CONTACTED, self->contacted) | pack (SUBMISSIONS, self->submissions);
}

/**
 * linli_case_measure_read:
 * @stmt: at a row that yields %LINLI_MEASURE_COLUMNS
 * @column: the first of them
 */
void
linli_case_measure_read (LinliCaseMeasure *self,
                         LinliStmt        *stmt,
                         int               column)
{
  gint64 marks = linli_stmt_get_int (stmt, column + 5);

  self->received_at = linli_stmt_get_int (stmt, column);
  self->dispatched_at = linli_stmt_get_int (stmt, column + 1);
  self->finished_at = linli_stmt_get_int (stmt, column + 2);
  self->limit_at = linli_stmt_get_int (stmt, column + 3);
  self->met_at = linli_stmt_get_int (stmt, column + 4);
  self->state = unpack (marks, STATE);
  self->limit = (LinliLimitState) unpack (marks, LIMIT);
  self->told = unpack (marks, TOLD) != 0;
  self->first = (LinliFirstDispatch) unpack (marks, FIRST);
  self->returned = unpack (marks, RETURNED) != 0;
  self->instant = unpack (marks, INSTANT) != 0;
  self->extended = unpack (marks, EXTENDED) != 0;
  self->redone = unpack (marks, REDONE) != 0;
  self->supervision = unpack (marks, SUPERVISION);
  self->solved = (LinliSolved) unpack (marks, SOLVED);
  self->rated = unpack (marks, RATED) != 0;
  self->satisfied = unpack (marks, SATISFIED) != 0;
  self->lane = unpack (marks, LANE);
  self->contacted = unpack (marks, CONTACTED) != 0;
  self->submissions = unpack (marks, SUBMISSIONS);
}

/* --- Measuring a case from its rows --- */

/* Numbers of names, looked up once while many cases are measured in one
 * transaction. */
typedef struct
{
  LinliConn  *conn;                 /* (unowned) */
  GHashTable *known[LINLI_N_HEADS]; /* name -> gint64, owned */
} Numbers;

static void
numbers_init (Numbers   *self,
              LinliConn *conn)
{
  self->conn = conn;
  for (guint i = 0; i < LINLI_N_HEADS; i++)
    self->known[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
numbers_clear (Numbers *self)
{
  for (guint i = 0; i < LINLI_N_HEADS; i++)
    g_hash_table_unref (self->known[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Numbers, numbers_clear)

/* The number of a name under @head, made when it has none; 0 for no name. */
static gboolean
find_number (Numbers    *self,
             guint       head,
             const char *name,
             gint64     *word,
             GError    **error)
{
  g_autofree char *folded = linli_text_fold (name, -1);

  *word = 0;
  if (*folded == '\0')
    return TRUE;
  if (!linli_conn_get_int (self->conn, word, error, "SELECT word FROM case_word WHERE head = ?1 AND folded = ?2", "is",
                           (gint64) head, folded))
    return FALSE;
  if (*word != 0)
    return TRUE;
  if (!linli_conn_run (self->conn, error, "INSERT INTO case_word (head, folded, name) VALUES (?1, ?2, ?3)", "iss",
                       (gint64) head, folded, name))
    return FALSE;
  *word = linli_conn_last_pk (self->conn);

  return TRUE;
}

static gboolean
number_of (Numbers    *self,
           guint       head,
           const char *name,
           gint64     *word,
           GError    **error)
{
  const gint64 *known = name != NULL ? g_hash_table_lookup (self->known[head], name) : NULL;

  *word = known != NULL ? *known : 0;
  if (name == NULL || known != NULL)
    return TRUE;
  if (!find_number (self, head, name, word, error))
    return FALSE;
  g_hash_table_insert (self->known[head], g_strdup (name), g_memdup2 (word, sizeof *word));

  return TRUE;
}

/* --- Keeping up --- */

/* The case that a changed row counts for. */
static const char *
case_of (LinliChange *change)
{
  static const struct { const LinliTable *table; guint column; } owners[] = {
    { &linli_table_case, LINLI_CASE_ID }, { &linli_table_dispatch, LINLI_DISPATCH_CASE_ID },
    { &linli_table_clock, LINLI_CLOCK_CASE_ID },
  };
  LinliRow *row = change->after != NULL ? change->after : change->before;

  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (owners); i++)
    if (change->table == owners[i].table)
      return linli_row_get_text (row, owners[i].column);
  return NULL;
}

static gboolean
measure_one (Numbers                 *numbers,
             const LinliMeasureFacts *facts,
             GError                 **error)
{
  gint64 words[LINLI_N_HEADS];
  LinliCaseMeasure m;

  linli_measure_facts_sum (facts, &m);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_of (numbers, head, facts->heads[head], &words[head], error))
      return FALSE;
  return linli_conn_run (numbers->conn, error, "INSERT OR REPLACE INTO case_measure (pk, " LINLI_MEASURE_COLUMNS ", "
                         LINLI_MEASURE_HEADS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                         "iiiiiiiiiiii", facts->pk, m.received_at, m.dispatched_at, m.finished_at, m.limit_at, m.met_at,
                         linli_case_measure_get_marks (&m), words[0], words[1], words[2], words[3], words[4]);
}

static gboolean
measure_again (Numbers    *numbers,
               const char *id,
               GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (numbers->conn, error, LINLI_MEASURE_FACTS_SQL "c.id = ?1", "s", id);
  gboolean row = FALSE;
  LinliMeasureFacts facts;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  linli_measure_facts_read (&facts, stmt);
  return measure_one (numbers, &facts, error);
}

/**
 * linli_case_measure_some:
 * @first: local key; @last likewise, and both are among them
 * @error: %LINLI_STORE_ERROR
 *
 * Measures the cases of that stretch from their rows, measured before or not.
 */
gboolean
linli_case_measure_some (LinliConn *conn,
                         gint64     first,
                         gint64     last,
                         GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, LINLI_MEASURE_FACTS_SQL "c.pk BETWEEN ?1 AND ?2 ORDER BY c.pk",
                                                "ii", first, last);
  g_auto(Numbers) numbers = { 0 };
  gboolean row = FALSE;

  numbers_init (&numbers, conn);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      LinliMeasureFacts facts;

      linli_measure_facts_read (&facts, stmt);
      if (!measure_one (&numbers, &facts, error) || !linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_case_measure_project:
 * @tx: a transaction with all its changes made
 * @made: (element-type utf8 LinliCaseFresh): cases whose rows need not be read
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_measure_project (LinliTx    *tx,
                            GHashTable *made,
                            GError    **error)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) ids = g_ptr_array_new (); /* in the order they came, as the keys grow */
  GPtrArray *changes = linli_tx_get_changes (tx);
  LinliConn *conn = linli_tx_get_conn (tx);
  g_auto(Numbers) numbers = { 0 };

  numbers_init (&numbers, conn);
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      const char *owner = case_of (change);

      if (owner == NULL)
        continue;
      if (change->table == &linli_table_case && change->after == NULL &&
          !linli_conn_run (conn, error, "DELETE FROM case_measure WHERE pk = ?1", "i", linli_row_get_pk (change->before)))
        return FALSE;
      if (g_hash_table_add (known, (gpointer) owner))
        g_ptr_array_add (ids, (gpointer) owner);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[i];
      const LinliCaseFresh *fresh = g_hash_table_lookup (made, id);
      LinliMeasureFacts facts;

      if (fresh != NULL)
        linli_measure_facts_of (&facts, fresh);
      if (!(fresh != NULL ? measure_one (&numbers, &facts, error) : measure_again (&numbers, id, error)))
        return FALSE;
    }

  return TRUE;
}
