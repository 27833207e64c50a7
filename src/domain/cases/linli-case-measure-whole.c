/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all cases count for, made anew as a whole, or looked through. Names are
 * numbered in memory, and rows are written many at a time, so that a store on
 * another machine is not asked for each of them. */

#include "config.h"

#include "linli-case-measure.h"

#include "linli-measure-facts.h"
#include "linli-text.h"

#define PAGE           1000
#define ROWS_AT_ONCE   500
#define PROBLEMS_NAMED 10

/* Called for every case from a local key on. */
typedef gboolean (*Each) (LinliConn               *conn,
                          const LinliMeasureFacts *facts,
                          gpointer                 data,
                          GError                 **error);

static gboolean
each_case (LinliConn *conn,
           gint64     from,
           Each       each,
           gpointer   data,
           GError   **error)
{
  gint64 last = from - 1;
  guint n;

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
          if (!each (conn, &facts, data, error) || !linli_stmt_step (stmt, &row, error))
            return FALSE;
        }
    }
  while (n == PAGE);

  return TRUE;
}

/* --- Numbers of names --- */

static GHashTable *
new_words (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static char *
key_of (guint       head,
        const char *folded)
{
  return g_strdup_printf ("%u %s", head, folded);
}

/* @words: "head folded" -> number
 *
 * Returns: 0 when the name has none yet, or there is no name: then @folded is
 *   empty */
static guint
find_word (GHashTable  *words,
           guint        head,
           const char  *name,
           char       **folded)
{
  g_autofree char *key = NULL;

  *folded = linli_text_fold (name != NULL ? name : "", -1);
  key = key_of (head, *folded);
  return GPOINTER_TO_UINT (g_hash_table_lookup (words, key));
}

/* --- Made anew --- */

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
             guint       head,
             const char *name,
             gint64     *word,
             GError    **error)
{
  g_autofree char *folded = NULL;
  guint number = find_word (self->words, head, name, &folded);

  *word = number;
  if (*folded == '\0' || number != 0)
    return TRUE;
  number = g_hash_table_size (self->words) + 1;
  g_hash_table_insert (self->words, key_of (head, folded), GUINT_TO_POINTER (number));
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
rebuild_each (LinliConn               *conn,
              const LinliMeasureFacts *facts,
              gpointer                 data,
              GError                 **error)
{
  Rebuild *self = data;
  LinliCaseMeasure m;
  gint64 words[LINLI_N_HEADS];

  linli_measure_facts_sum (facts, &m);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    if (!number_name (self, conn, head, facts->heads[head], &words[head], error))
      return FALSE;
  const gint64 values[] = { facts->pk, m.received_at, m.dispatched_at, m.finished_at, m.limit_at,
                            m.met_at, linli_case_measure_get_marks (&m) };

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
  g_auto(Rebuild) self = { new_words (), g_string_new (NULL), 0 };

  return linli_conn_run (conn, error, "DELETE FROM case_measure", "") &&
         linli_conn_run (conn, error, "DELETE FROM case_word", "") &&
         each_case (conn, 0, rebuild_each, &self, error) && write_rows (&self, conn, error);
}

/* --- Looked through --- */

typedef struct
{
  GHashTable *words;    /* "head folded" -> number, as stored */
  GPtrArray  *problems; /* (unowned) */
  guint       n;
} Check;

static gboolean
read_words (GHashTable *words,
            LinliConn  *conn,
            GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT word, head, folded FROM case_word", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_hash_table_insert (words, key_of ((guint) linli_stmt_get_int (stmt, 1), linli_stmt_get_text (stmt, 2)),
                           GUINT_TO_POINTER (linli_stmt_get_int (stmt, 0)));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
verify_each (LinliConn               *conn,
             const LinliMeasureFacts *facts,
             gpointer                 data,
             GError                 **error)
{
  Check *check = data;
  LinliCaseMeasure m;
  gint64 words[LINLI_N_HEADS];
  gint64 n = 0;

  linli_measure_facts_sum (facts, &m);
  for (guint head = 0; head < LINLI_N_HEADS; head++)
    {
      g_autofree char *folded = NULL;

      words[head] = find_word (check->words, head, facts->heads[head], &folded);
      if (words[head] == 0 && *folded != '\0')
        words[head] = -1; /* as none is stored */
    }
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_measure WHERE pk = ?1 AND received_at = ?2 "
                           "AND dispatched_at = ?3 AND finished_at = ?4 AND limit_at = ?5 AND met_at = ?6 AND marks = ?7 "
                           "AND item = ?8 AND channel = ?9 AND unit = ?10 AND community = ?11 AND grade = ?12",
                           "iiiiiiiiiiii", facts->pk, m.received_at, m.dispatched_at, m.finished_at, m.limit_at, m.met_at,
                           linli_case_measure_get_marks (&m), words[0], words[1], words[2], words[3], words[4]))
    return FALSE;
  if (n != 1 && ++check->n <= PROBLEMS_NAMED)
    g_ptr_array_add (check->problems, g_strdup_printf ("figures: case %s is counted otherwise than its rows say; "
                                                       "run linlictl reindex", facts->case_no));
  return TRUE;
}

/**
 * linli_case_measure_verify:
 * @from: local key: cases below it are not looked at
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when it could not be found out
 *
 * Whether every case counts for what its rows say.
 */
gboolean
linli_case_measure_verify (LinliConn *conn,
                           gint64     from,
                           GPtrArray *problems,
                           GError   **error)
{
  g_autoptr(GHashTable) words = new_words ();
  Check check = { words, problems, 0 };
  gint64 n = 0;

  if (!read_words (words, conn, error) || !each_case (conn, from, verify_each, &check, error) ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_measure WHERE pk NOT IN (SELECT pk FROM cases)", ""))
    return FALSE;
  if (check.n > PROBLEMS_NAMED)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %u cases in all are counted wrongly", check.n));
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("figures: %" G_GINT64_FORMAT " cases that are gone are still counted", n));
  return TRUE;
}
