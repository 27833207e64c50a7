/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is asked, the index answers what reading every case would. */

#include <locale.h>

#include "case-world.h"
#include "linli-case-doc.h"
#include "linli-case-index.h"
#include "linli-case-search.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-people-tables.h"
#include "linli-sqlite.h"
#include "linli-text.h"

#define NOW  CASE_WORLD_NOW
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* A case as the scan reads it. */
typedef struct
{
  LinliRow *row;
  char     *columns[LINLI_N_CASE_DOC]; /* folded */
} Scanned;

typedef struct
{
  LinliConn *conn;
  GPtrArray *cases; /* Scanned */
  GRand     *rand;
} Fixture;

static void
scanned_free (Scanned *scanned)
{
  linli_row_unref (scanned->row);
  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    g_free (scanned->columns[i]);
  g_free (scanned);
}

static void
scan (Fixture *f)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (f->conn, &linli_table_case, NULL, "1 = 1 ORDER BY pk", "");

  g_clear_pointer (&f->cases, g_ptr_array_unref);
  f->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) scanned_free);
  for (guint i = 0; i < rows->len; i++)
    {
      Scanned *scanned = g_new0 (Scanned, 1);
      g_autoptr(LinliCaseDoc) doc = linli_case_doc_build (f->conn, linli_row_get_pk (rows->pdata[i]), NULL);

      scanned->row = linli_row_ref (rows->pdata[i]);
      for (guint c = 0; c < LINLI_N_CASE_DOC; c++)
        scanned->columns[c] = linli_text_fold (doc->columns[c], -1);
      g_ptr_array_add (f->cases, scanned);
    }
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  CaseWorld world = { .n_entries = 3, .open_in_1000 = 300, .seed = 11, .now = NOW };

  world.n_cases = GPOINTER_TO_UINT (data);
  world.n_history = world.n_cases / 3;
  f->conn = case_world_open (":memory:");
  f->rand = g_rand_new_with_seed (4711);
  case_world_fill (f->conn, &world);
  scan (f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_ptr_array_unref (f->cases);
  g_rand_free (f->rand);
  linli_conn_close (f->conn);
}

static gboolean
contains (Scanned            *scanned,
          LinliCaseDocColumn  column,
          const char         *term)
{
  return linli_text_contains (scanned->columns[column], term);
}

static gboolean
contains_anywhere (Scanned    *scanned,
                   const char *term)
{
  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    if (contains (scanned, (LinliCaseDocColumn) i, term))
      return TRUE;
  return FALSE;
}

static gboolean
is_state (Scanned *scanned,
          guint    states)
{
  LinliCaseState state;

  g_assert_true (linli_case_state_from_id (linli_row_get_text (scanned->row, LINLI_CASE_STATE), &state));
  return (states & LINLI_CASE_STATE_BIT (state)) != 0;
}

static gboolean
is_late (Scanned *scanned)
{
  return !linli_row_is_null (scanned->row, LINLI_CASE_DUE_AT) &&
         linli_row_get_int (scanned->row, LINLI_CASE_DUE_AT) < NOW;
}

/* A question in two tellings: the line, and what must hold. */
typedef struct
{
  GString   *line;
  GPtrArray *words;    /* must be there */
  GPtrArray *unwanted; /* must not */
  guint      states;
  int        overdue;
  gboolean   mine;
  char      *unit;
  gint64     received_from;
} Question;

static void
question_clear (Question *q)
{
  g_string_free (q->line, TRUE);
  g_ptr_array_unref (q->words);
  g_ptr_array_unref (q->unwanted);
  g_free (q->unit);
}

static gboolean
holds (const Question *q,
       Scanned        *scanned)
{
  for (guint i = 0; i < q->words->len; i++)
    if (!contains_anywhere (scanned, q->words->pdata[i]))
      return FALSE;
  for (guint i = 0; i < q->unwanted->len; i++)
    if (contains_anywhere (scanned, q->unwanted->pdata[i]))
      return FALSE;

  return is_state (scanned, q->states) &&
         (q->overdue == 0 || is_late (scanned) == (q->overdue > 0)) &&
         (!q->mine || g_strcmp0 (linli_row_get_text (scanned->row, LINLI_CASE_OWNER_ID), case_world_account ()) == 0) &&
         (q->unit == NULL || contains (scanned, LINLI_CASE_DOC_UNIT, q->unit)) &&
         linli_row_get_int (scanned->row, LINLI_CASE_RECEIVED_AT) >= q->received_from;
}

/* A piece of some case, so that most questions have answers. */
static char *
random_word (Fixture *f)
{
  Scanned *scanned = f->cases->pdata[g_rand_int_range (f->rand, 0, (int) f->cases->len)];
  const char *text = scanned->columns[g_rand_int_range (f->rand, 0, LINLI_CASE_DOC_MARKS)];
  glong length = g_utf8_strlen (text, -1);
  glong start;

  if (length == 0 || g_rand_int_range (f->rand, 0, 4) == 0)
    return g_strdup (case_world_word (f->rand));
  start = g_rand_int_range (f->rand, 0, (int) length);
  return g_strdelimit (g_utf8_substring (text, start, MIN (length, start + g_rand_int_range (f->rand, 1, 5))),
                       " |:\"/-", '1');
}

static void
add_operators (Fixture  *f,
               Question *q)
{
  static const struct { const char *text; guint states; } states[] = {
    { "state:open", LINLI_CASE_STATES_OPEN },
    { "状态:待派遣", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_REGISTERED) },
    { "-状态:结案", LINLI_CASE_STATES_ALL & ~LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED) },
    { "状态:办理中", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                     LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
                     LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED) },
  };
  guint dice = (guint) g_rand_int_range (f->rand, 0, 14);

  if (dice < G_N_ELEMENTS (states))
    {
      g_string_append_printf (q->line, " %s", states[dice].text);
      q->states = states[dice].states;
    }
  else if (dice == 5 || dice == 6)
    {
      q->overdue = dice == 5 ? 1 : -1;
      g_string_append (q->line, dice == 5 ? " 超期:是" : " overdue:no");
    }
  else if (dice == 7)
    {
      q->mine = TRUE;
      g_string_append (q->line, " owner:me");
    }
  else if (dice == 8)
    {
      q->unit = g_strdup ("水务");
      g_string_append (q->line, " 单位:水务");
    }
  else if (dice == 9)
    {
      q->received_from = NOW - 10 * HOUR - 5 * 24 * HOUR; /* midnight of the 9th */
      g_string_append (q->line, " 收件:2026-02-09..");
    }
}

static void
ask_anything (Fixture  *f,
              Question *q)
{
  guint n = (guint) g_rand_int_range (f->rand, 0, 3);

  q->line = g_string_new (NULL);
  q->words = g_ptr_array_new_with_free_func (g_free);
  q->unwanted = g_ptr_array_new_with_free_func (g_free);
  q->states = LINLI_CASE_STATES_ALL;
  for (guint i = 0; i <= n; i++)
    {
      char *word = random_word (f);
      gboolean excluded = g_rand_int_range (f->rand, 0, 6) == 0;
      LinliTextReason reason;
      g_autofree char *fts = linli_text_to_fts (word, &reason);

      g_string_append_printf (q->line, " %s%s", excluded ? "-" : "", word);
      if (fts == NULL)
        g_free (word);
      else
        g_ptr_array_add (excluded ? q->unwanted : q->words, word);
    }
  add_operators (f, q);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  LinliRow *left = (*(Scanned **) a)->row;
  LinliRow *right = (*(Scanned **) b)->row;
  gint64 l = linli_row_get_int (left, LINLI_CASE_RECEIVED_AT);
  gint64 r = linli_row_get_int (right, LINLI_CASE_RECEIVED_AT);

  if (l != r)
    return l > r ? -1 : 1;
  return linli_row_get_pk (left) > linli_row_get_pk (right) ? -1 : 1;
}

static guint
assert_answer (Fixture        *f,
               const Question *q,
               guint           limit)
{
  g_autoptr(GPtrArray) expected = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) pks = linli_case_search_ids (f->conn, q->line->str, LINLI_CASE_SORT_RECEIVED, NOW,
                                                 case_world_account (), limit, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < f->cases->len; i++)
    if (holds (q, f->cases->pdata[i]))
      g_ptr_array_add (expected, f->cases->pdata[i]);
  g_ptr_array_sort (expected, compare);
  g_test_message ("“%s” limit %u: %u of %u", q->line->str, limit, pks->len, expected->len);
  g_assert_cmpuint (pks->len, ==, limit != 0 ? MIN (limit, expected->len) : expected->len);
  for (guint i = 0; i < pks->len; i++)
    g_assert_cmpint (g_array_index (pks, gint64, i), ==, linli_row_get_pk (((Scanned *) expected->pdata[i])->row));

  return expected->len;
}

static void
test_agrees_with_a_scan (Fixture      *f,
                         gconstpointer data)
{
  guint n_questions = CASE_WORLD_SHARE (g_test_slow () ? 2000000 : 200000) / f->cases->len + 5;
  guint n_answered = 0;

  for (guint i = 0; i < n_questions; i++)
    {
      Question q = { 0 };
      gint64 count = -1;
      guint n;

      ask_anything (f, &q);
      n = assert_answer (f, &q, 0);
      assert_answer (f, &q, 7);
      assert_answer (f, &q, 50);
      g_assert_true (linli_case_search_count (f->conn, q.line->str, NOW, case_world_account (), &count, NULL));
      g_assert_cmpint (count, ==, n);
      n_answered += n > 0;
      question_clear (&q);
    }
  g_assert_cmpuint (n_answered, >, n_questions / 4);
}

/* Every order, with and without a bound, is the same list in another order. */
static void
test_orders_agree (Fixture      *f,
                   gconstpointer data)
{
  static const char *const lines[] = { "小区", "漏水 state:open", "施工 -噪音", "单位:城管局 overdue:yes", "owner:me 垃圾" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint sort = 0; sort <= LINLI_CASE_SORT_TOUCHED; sort++)
      {
        g_autoptr(GArray) all = linli_case_search_ids (f->conn, lines[i], (LinliCaseSort) sort, NOW,
                                                       case_world_account (), 0, NULL);
        g_autoptr(GArray) few = linli_case_search_ids (f->conn, lines[i], (LinliCaseSort) sort, NOW,
                                                       case_world_account (), 20, NULL);
        gint64 before = G_MAXINT64;

        g_assert_cmpuint (all->len, >, 0);
        g_assert_cmpuint (few->len, ==, MIN (20, all->len));
        for (guint j = 0; j < few->len; j++)
          g_assert_cmpint (g_array_index (few, gint64, j), ==, g_array_index (all, gint64, j));
        for (guint j = 0; j < all->len; j++)
          {
            LinliRow *row = ((Scanned *) f->cases->pdata[g_array_index (all, gint64, j) - 1])->row;
            gint64 key = sort == LINLI_CASE_SORT_TOUCHED          ? linli_row_get_int (row, LINLI_CASE_TOUCHED_AT)
                         : sort == LINLI_CASE_SORT_RECEIVED       ? linli_row_get_int (row, LINLI_CASE_RECEIVED_AT)
                         : linli_row_is_null (row, LINLI_CASE_DUE_AT) ? -G_MAXINT64
                                                                  : -linli_row_get_int (row, LINLI_CASE_DUE_AT);

            g_assert_cmpint (key, <=, before);
            before = key;
          }
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, n, func) g_test_add ("/case-search/" path, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)
  ADD ("agrees-with-a-scan", CASE_WORLD_SHARE (1200) + 100, test_agrees_with_a_scan);
  ADD ("agrees-with-a-scan-over-stretches", g_test_slow () ? 30000 : CASE_WORLD_SHARE (9000), test_agrees_with_a_scan);
  ADD ("orders-agree", CASE_WORLD_SHARE (3000) + 500, test_orders_agree);
#undef ADD
  return g_test_run ();
}
