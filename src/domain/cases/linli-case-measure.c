/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-measure.h"

#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-measure-facts.h"
#include "linli-text.h"

#define PAGE           1000
#define ROWS_AT_ONCE   500
#define PROBLEMS_NAMED 10

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

static gint64
marks_of (const LinliCaseMeasure *self)
{
  return pack (STATE, self->state) | pack (LIMIT, self->limit) | pack (TOLD, self->told) | pack (FIRST, self->first) |
         pack (RETURNED, self->returned) | pack (INSTANT, self->instant) | pack (EXTENDED, self->extended) |
         pack (REDONE, self->redone) | pack (SUPERVISION, self->supervision) | pack (SOLVED, self->solved) |
         pack (RATED, self->rated) | pack (SATISFIED, self->satisfied) | pack (LANE, self->lane) |
         pack (CONTACTED, self->contacted) |
         pack (SUBMISSIONS, self->submissions);
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

typedef struct
{
  gint64           pk;
  LinliCaseMeasure measure;
  gint64           words[LINLI_N_HEADS];
} Measured;

/* Numbers of names, looked up once while many cases are measured in one
 * transaction. */
typedef struct
{
  LinliConn  *conn;                 /* (unowned) */
  gboolean    make;                 /* new names get numbers; else they are -1, as none is stored */
  GHashTable *known[LINLI_N_HEADS]; /* name -> gint64, owned */
} Numbers;

static void
numbers_init (Numbers   *self,
              LinliConn *conn,
              gboolean   make)
{
  self->conn = conn;
  self->make = make;
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

/* The number of a name under @head, made when it has none and they are made; 0
 * for no name. */
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
  if (*word != 0 || !self->make)
    {
      *word = *word != 0 ? *word : -1;
      return TRUE;
    }
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

static gboolean
measure_facts (Measured                *self,
               const LinliMeasureFacts *facts,
               Numbers                 *numbers,
               GError                 **error)
{
  self->pk = facts->pk;
  linli_measure_facts_sum (facts, &self->measure);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_of (numbers, head, facts->heads[head], &self->words[head], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_measured (LinliConn      *conn,
                const Measured *self,
                GError        **error)
{
  const LinliCaseMeasure *m = &self->measure;

  return linli_conn_run (conn, error, "INSERT OR REPLACE INTO case_measure (pk, " LINLI_MEASURE_COLUMNS ", "
                         LINLI_MEASURE_HEADS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                         "iiiiiiiiiiii", self->pk, m->received_at, m->dispatched_at, m->finished_at, m->limit_at,
                         m->met_at, marks_of (m), self->words[0], self->words[1], self->words[2], self->words[3],
                         self->words[4]);
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
  Measured measured;

  return measure_facts (&measured, facts, numbers, error) && write_measured (numbers->conn, &measured, error);
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
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *changes = linli_tx_get_changes (tx);
  LinliConn *conn = linli_tx_get_conn (tx);
  g_auto(Numbers) numbers = { 0 };
  GHashTableIter iter;
  gpointer id;

  numbers_init (&numbers, conn, TRUE);
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      const char *owner = case_of (change);

      if (owner == NULL)
        continue;
      if (change->table == &linli_table_case && change->after == NULL &&
          !linli_conn_run (conn, error, "DELETE FROM case_measure WHERE pk = ?1", "i", linli_row_get_pk (change->before)))
        return FALSE;
      g_hash_table_add (ids, (gpointer) owner);
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const LinliCaseFresh *fresh = g_hash_table_lookup (made, id);
      LinliMeasureFacts facts;

      if (fresh != NULL)
        linli_measure_facts_of (&facts, fresh);
      if (!(fresh != NULL ? measure_one (&numbers, &facts, error) : measure_again (&numbers, id, error)))
        return FALSE;
    }

  return TRUE;
}

/* Called for every case. */
typedef gboolean (*Each) (Numbers                 *numbers,
                          const LinliMeasureFacts *facts,
                          gpointer                 data,
                          GError                 **error);

static gboolean
each_case (LinliConn *conn,
           gboolean   make,
           Each       each,
           gpointer   data,
           GError   **error)
{
  g_auto(Numbers) numbers = { 0 };
  gint64 last = -1;
  guint n;

  numbers_init (&numbers, conn, make);
  do
    {
      g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                    LINLI_MEASURE_FACTS_SQL "c.pk > ?1 ORDER BY c.pk LIMIT ?2", "ii",
                                                    last, (gint64) PAGE);
      gboolean row = FALSE;

      if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
        return FALSE;
      for (n = 0; row; n++)
        {
          LinliMeasureFacts facts;

          linli_measure_facts_read (&facts, stmt);
          last = facts.pk;
          if (!each (&numbers, &facts, data, error) || !linli_stmt_step (stmt, &row, error))
            return FALSE;
        }
    }
  while (n == PAGE);

  return TRUE;
}

/* Made anew as a whole: names are numbered here, and rows are written many at a
 * time, so that a store on another machine is not asked for each of them. */
typedef struct
{
  GHashTable *words; /* "head folded" -> number */
  GString    *rows;  /* VALUES that wait */
  guint       n_rows;
} Rebuild;

static void
rebuild_clear (Rebuild *self)
{
  g_hash_table_unref (self->words);
  g_string_free (self->rows, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rebuild, rebuild_clear)

static gboolean
number_name (Rebuild    *self,
             LinliConn  *conn,
             LinliHead   head,
             const char *name,
             gint64     *word,
             GError    **error)
{
  g_autofree char *folded = name != NULL ? linli_text_fold (name, -1) : NULL;
  g_autofree char *key = g_strdup_printf ("%u %s", (guint) head, folded != NULL ? folded : "");
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->words, key));

  *word = number;
  if (folded == NULL || *folded == '\0' || number != 0)
    return TRUE;
  number = g_hash_table_size (self->words) + 1;
  g_hash_table_insert (self->words, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  return linli_conn_get_int (conn, word, error,
                             "INSERT INTO case_word (word, head, folded, name) VALUES (?1, ?2, ?3, ?4) RETURNING word",
                             "iiss", (gint64) number, (gint64) head, folded, name);
}

static gboolean
write_rows (Rebuild   *self,
            LinliConn *conn,
            GError   **error)
{
  g_autofree char *sql = NULL;

  if (self->n_rows == 0)
    return TRUE;
  sql = g_strconcat ("INSERT INTO case_measure (pk, " LINLI_MEASURE_COLUMNS ", " LINLI_MEASURE_HEADS ") VALUES ",
                     self->rows->str, NULL);
  g_string_truncate (self->rows, 0);
  self->n_rows = 0;

  return linli_conn_exec (conn, sql, error);
}

static gboolean
rebuild_each (Numbers                 *numbers,
              const LinliMeasureFacts *facts,
              gpointer                 data,
              GError                 **error)
{
  Rebuild *self = data;
  LinliCaseMeasure m;
  gint64 words[LINLI_N_HEADS];

  linli_measure_facts_sum (facts, &m);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_name (self, numbers->conn, (LinliHead) head, facts->heads[head], &words[head], error))
      return FALSE;
  const gint64 values[] = { facts->pk, m.received_at, m.dispatched_at, m.finished_at, m.limit_at,
                            m.met_at, marks_of (&m) };

  g_string_append (self->rows, self->n_rows > 0 ? ", (" : "(");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_string_append_printf (self->rows, "%" G_GINT64_FORMAT ", ", values[i]);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    g_string_append_printf (self->rows, "%" G_GINT64_FORMAT "%s", words[head], head + 1 < LINLI_N_HEADS ? ", " : ")");

  return ++self->n_rows < ROWS_AT_ONCE || write_rows (self, numbers->conn, error);
}

/**
 * linli_case_measure_rebuild:
 * @conn: inside a transaction that may write the tables of
 *   LINLI_CASE_MEASURE_TABLES(), on either engine
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_measure_rebuild (LinliConn *conn,
                            GError   **error)
{
  g_auto(Rebuild) self = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_string_new (NULL), 0 };

  return linli_conn_run (conn, error, "DELETE FROM case_measure", "") &&
         linli_conn_run (conn, error, "DELETE FROM case_word", "") &&
         each_case (conn, TRUE, rebuild_each, &self, error) && write_rows (&self, conn, error);
}

typedef struct
{
  GPtrArray *problems;
  guint      n;
} Check;

static gboolean
is_stored (LinliConn      *conn,
           const Measured *made,
           gboolean       *same,
           GError        **error)
{
  const LinliCaseMeasure *m = &made->measure;
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_measure WHERE pk = ?1 AND received_at = ?2 "
                           "AND dispatched_at = ?3 AND finished_at = ?4 AND limit_at = ?5 AND met_at = ?6 AND marks = ?7 "
                           "AND item = ?8 AND channel = ?9 AND unit = ?10 AND community = ?11 AND grade = ?12",
                           "iiiiiiiiiiii", made->pk, m->received_at, m->dispatched_at, m->finished_at, m->limit_at,
                           m->met_at, marks_of (m), made->words[0], made->words[1], made->words[2], made->words[3],
                           made->words[4]))
    return FALSE;
  *same = n == 1;
  return TRUE;
}

static gboolean
verify_each (Numbers                 *numbers,
             const LinliMeasureFacts *facts,
             gpointer                 data,
             GError                 **error)
{
  Check *check = data;
  Measured made;
  gboolean same = FALSE;

  if (!measure_facts (&made, facts, numbers, error) || !is_stored (numbers->conn, &made, &same, error))
    return FALSE;
  if (!same && ++check->n <= PROBLEMS_NAMED)
    g_ptr_array_add (check->problems, g_strdup_printf ("figures: case %s is counted otherwise than its rows say; "
                                                       "run linlictl reindex", facts->case_no));
  return TRUE;
}

/**
 * linli_case_measure_verify:
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when it could not be found out
 *
 * Whether every case counts for what its rows say.
 */
gboolean
linli_case_measure_verify (LinliConn *conn,
                           GPtrArray *problems,
                           GError   **error)
{
  Check check = { problems, 0 };
  gint64 n = 0;

  if (!each_case (conn, FALSE, verify_each, &check, error) ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_measure WHERE pk NOT IN (SELECT pk FROM cases)", ""))
    return FALSE;
  if (check.n > PROBLEMS_NAMED)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %u cases in all are counted wrongly", check.n));
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %" G_GINT64_FORMAT " cases that are gone are still counted", n));
  return TRUE;
}
