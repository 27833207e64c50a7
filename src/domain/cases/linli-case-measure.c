/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-measure.h"

#include <string.h>

#include "linli-case-clocks.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
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

/* The first limit counts, whatever came after it: 重办 keeps the first clock. */
#define CASE_SQL \
  "SELECT c.pk, c.case_no, c.received_at, c.closed_at, c.state, c.n_submissions, c.return_count, c.redo_count," \
  " c.instant_answer_id IS NOT NULL, c.supervision_level, c.extension_count, c.solved, c.satisfaction, c.lane," \
  " c.item_name, c.channel_code, c.lead_unit_name, c.community," \
  " (SELECT min(sent_at) FROM dispatch WHERE case_id = c.id)," \
  " (SELECT max(done_at) FROM dispatch WHERE case_id = c.id AND state = 'done')," \
  " (SELECT state FROM dispatch WHERE case_id = c.id AND role = 'lead' ORDER BY seq, id LIMIT 1)," \
  " k.state, k.due_at, k.met_at, k.rule_ref," \
  " EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id AND contacted_at IS NOT NULL)" \
  " FROM cases AS c LEFT JOIN clock AS k ON k.pk = (SELECT pk FROM clock WHERE case_id = c.id AND kind = 'resolve'" \
  " AND dispatch_id IS NULL ORDER BY started_at, id LIMIT 1) WHERE "

enum { C_PK, C_CASE_NO, C_RECEIVED, C_CLOSED, C_STATE, C_SUBMISSIONS, C_RETURNS, C_REDOS, C_INSTANT, C_SUPERVISION,
       C_EXTENSIONS, C_SOLVED, C_GRADE, C_LANE, C_ITEM, C_CHANNEL, C_UNIT, C_COMMUNITY, C_SENT, C_DONE, C_FIRST,
       C_LIMIT_STATE, C_LIMIT_AT, C_MET_AT, C_RULE, C_CONTACTED };

static const int head_columns[LINLI_N_HEADS] = {
  [LINLI_HEAD_ITEM] = C_ITEM, [LINLI_HEAD_CHANNEL] = C_CHANNEL, [LINLI_HEAD_UNIT] = C_UNIT,
  [LINLI_HEAD_COMMUNITY] = C_COMMUNITY, [LINLI_HEAD_GRADE] = C_GRADE,
};

typedef struct
{
  gint64           pk;
  LinliCaseMeasure measure;
  gint64           words[LINLI_N_HEADS];
} Measured;

static guint
choice_of (const char        *text,
           const char *const *choices)
{
  for (guint i = 0; text != NULL && choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text))
      return i + 1;
  return 0;
}

static void
measure_limit (LinliCaseMeasure *self,
               LinliStmt        *stmt)
{
  const char *state = linli_stmt_get_text (stmt, C_LIMIT_STATE);

  if (state == NULL || linli_stmt_is_null (stmt, C_LIMIT_AT))
    return;
  self->limit_at = linli_stmt_get_int (stmt, C_LIMIT_AT);
  self->met_at = linli_stmt_get_int (stmt, C_MET_AT);
  self->told = g_strcmp0 (linli_stmt_get_text (stmt, C_RULE), LINLI_CLOCK_RULE_SOURCE) == 0;
  if (g_str_equal (state, "met"))
    self->limit = self->met_at <= self->limit_at ? LINLI_LIMIT_IN_TIME : LINLI_LIMIT_LATE;
  else if (g_str_equal (state, "running"))
    self->limit = LINLI_LIMIT_RUNNING;
  else
    self->limit = g_str_equal (state, "paused") ? LINLI_LIMIT_PAUSED : LINLI_LIMIT_STOPPED;
}

/* Satisfied are the three better of the five grades of 好差评. */
static void
measure_callback (LinliCaseMeasure *self,
                  LinliStmt        *stmt)
{
  static const char *const solved[] = { "yes", "partly", "no", NULL };
  static const char *const good[] = { "very_satisfied", "satisfied", "basically_satisfied", NULL };
  const char *grade = linli_stmt_get_text (stmt, C_GRADE);

  self->solved = (LinliSolved) choice_of (linli_stmt_get_text (stmt, C_SOLVED), solved);
  self->rated = grade != NULL;
  self->satisfied = grade != NULL && g_strv_contains (good, grade);
}

static gboolean
is_finished (guint state)
{
  return state == LINLI_CASE_STATE_RESOLVED || state == LINLI_CASE_STATE_CLOSED;
}

static void
measure (LinliCaseMeasure *self,
         LinliStmt        *stmt)
{
  static const char *const lanes[] = { "major", "minor", "private", NULL };
  const char *first = linli_stmt_get_text (stmt, C_FIRST);
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;

  memset (self, 0, sizeof *self);
  linli_case_state_from_id (linli_stmt_get_text (stmt, C_STATE), &state);
  self->state = state;
  self->received_at = linli_stmt_get_int (stmt, C_RECEIVED);
  self->dispatched_at = linli_stmt_get_int (stmt, C_SENT);
  if (is_finished (state))
    self->finished_at = linli_stmt_get_int (stmt, linli_stmt_is_null (stmt, C_DONE) ? C_CLOSED : C_DONE);
  self->first = first == NULL                     ? LINLI_FIRST_NONE
                : g_str_equal (first, "returned") ? LINLI_FIRST_RETURNED
                                                  : LINLI_FIRST_KEPT;
  self->returned = linli_stmt_get_int (stmt, C_RETURNS) > 0;
  self->redone = linli_stmt_get_int (stmt, C_REDOS) > 0;
  self->instant = linli_stmt_get_int (stmt, C_INSTANT) != 0;
  self->extended = linli_stmt_get_int (stmt, C_EXTENSIONS) > 0;
  self->contacted = linli_stmt_get_int (stmt, C_CONTACTED) != 0;
  self->supervision = (guint) linli_stmt_get_int (stmt, C_SUPERVISION);
  self->submissions = (guint) linli_stmt_get_int (stmt, C_SUBMISSIONS);
  self->lane = choice_of (linli_stmt_get_text (stmt, C_LANE), lanes);
  measure_limit (self, stmt);
  measure_callback (self, stmt);
}

/* The number of a name under @head, made when it has none; 0 for no name. */
static gboolean
number_of (LinliConn  *conn,
           LinliHead   head,
           const char *name,
           gboolean    make,
           gint64     *word,
           GError    **error)
{
  g_autofree char *folded = name != NULL ? linli_text_fold (name, -1) : NULL;

  *word = 0;
  if (folded == NULL || *folded == '\0')
    return TRUE;
  if (!linli_conn_get_int (conn, word, error, "SELECT word FROM case_word WHERE head = ?1 AND folded = ?2", "is",
                           (gint64) head, folded))
    return FALSE;
  if (*word != 0 || !make)
    {
      *word = *word != 0 ? *word : -1;
      return TRUE;
    }
  if (!linli_conn_run (conn, error, "INSERT INTO case_word (head, folded, name) VALUES (?1, ?2, ?3)", "iss",
                       (gint64) head, folded, name))
    return FALSE;
  *word = linli_conn_last_pk (conn);

  return TRUE;
}

/* @make: whether new names get numbers; else they are -1, as none is stored */
static gboolean
measure_row (Measured  *self,
             LinliConn *conn,
             LinliStmt *stmt,
             gboolean   make,
             GError   **error)
{
  self->pk = linli_stmt_get_int (stmt, C_PK);
  measure (&self->measure, stmt);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_of (conn, (LinliHead) head, linli_stmt_get_text (stmt, head_columns[head]), make,
                    &self->words[head], error))
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
measure_again (LinliConn  *conn,
               const char *id,
               GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, CASE_SQL "c.id = ?1", "s", id);
  Measured measured;
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  return !row || (measure_row (&measured, conn, stmt, TRUE, error) && write_measured (conn, &measured, error));
}

/**
 * linli_case_measure_project:
 * @tx: a transaction with all its changes made
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_measure_project (LinliTx *tx,
                            GError **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *changes = linli_tx_get_changes (tx);
  LinliConn *conn = linli_tx_get_conn (tx);
  GHashTableIter iter;
  gpointer id;

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
    if (!measure_again (conn, id, error))
      return FALSE;

  return TRUE;
}

/* Called for every case. */
typedef gboolean (*Each) (LinliConn *conn,
                          LinliStmt *stmt,
                          gpointer   data,
                          GError   **error);

static gboolean
each_case (LinliConn *conn,
           Each       each,
           gpointer   data,
           GError   **error)
{
  gint64 last = -1;
  guint n;

  do
    {
      g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, CASE_SQL "c.pk > ?1 ORDER BY c.pk LIMIT ?2", "ii", last,
                                                    (gint64) PAGE);
      gboolean row = FALSE;

      if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
        return FALSE;
      for (n = 0; row; n++)
        {
          last = linli_stmt_get_int (stmt, C_PK);
          if (!each (conn, stmt, data, error) || !linli_stmt_step (stmt, &row, error))
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
rebuild_each (LinliConn *conn,
              LinliStmt *stmt,
              gpointer   data,
              GError   **error)
{
  Rebuild *self = data;
  LinliCaseMeasure m;
  gint64 words[LINLI_N_HEADS];

  measure (&m, stmt);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_name (self, conn, (LinliHead) head, linli_stmt_get_text (stmt, head_columns[head]), &words[head], error))
      return FALSE;
  const gint64 values[] = { linli_stmt_get_int (stmt, C_PK), m.received_at, m.dispatched_at, m.finished_at, m.limit_at,
                            m.met_at, marks_of (&m) };

  g_string_append (self->rows, self->n_rows > 0 ? ", (" : "(");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_string_append_printf (self->rows, "%" G_GINT64_FORMAT ", ", values[i]);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    g_string_append_printf (self->rows, "%" G_GINT64_FORMAT "%s", words[head], head + 1 < LINLI_N_HEADS ? ", " : ")");

  return ++self->n_rows < ROWS_AT_ONCE || write_rows (self, conn, error);
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
         each_case (conn, rebuild_each, &self, error) && write_rows (&self, conn, error);
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
verify_each (LinliConn *conn,
             LinliStmt *stmt,
             gpointer   data,
             GError   **error)
{
  Check *check = data;
  Measured made;
  gboolean same = FALSE;

  if (!measure_row (&made, conn, stmt, FALSE, error) || !is_stored (conn, &made, &same, error))
    return FALSE;
  if (!same && ++check->n <= PROBLEMS_NAMED)
    g_ptr_array_add (check->problems, g_strdup_printf ("figures: case %s is counted otherwise than its rows say; "
                                                       "run linlictl reindex", linli_stmt_get_text (stmt, C_CASE_NO)));
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

  if (!each_case (conn, verify_each, &check, error) ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_measure WHERE pk NOT IN (SELECT pk FROM cases)", ""))
    return FALSE;
  if (check.n > PROBLEMS_NAMED)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %u cases in all are counted wrongly", check.n));
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %" G_GINT64_FORMAT " cases that are gone are still counted", n));
  return TRUE;
}
