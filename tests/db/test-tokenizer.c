/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The index finds what a scan finds: no more, no less, whatever the text. */

#include "linli-text.h"
#include "linli-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

#define N_TEXTS 150

typedef struct
{
  sqlite3   *db;
  GPtrArray *texts;  /* as stored; row n holds number n - 1 */
  GPtrArray *folded;
} Fixture;

static void
exec (sqlite3    *db,
      const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &f->db), ==, SQLITE_OK);
  linli_tokenizer_register (f->db, &error);
  g_assert_no_error (error);
  exec (f->db, "CREATE TABLE case_search (pk INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  exec (f->db, "CREATE VIRTUAL TABLE case_fts USING fts5(body, content='case_search', content_rowid='pk',"
               " tokenize='linli', prefix='1 3 4 5 6')");
  f->texts = g_ptr_array_new_with_free_func (g_free);
  f->folded = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  exec (f->db, "INSERT INTO case_fts (case_fts, rank) VALUES ('integrity-check', 1)");
  g_assert_cmpint (sqlite3_close (f->db), ==, SQLITE_OK);
  g_ptr_array_unref (f->texts);
  g_ptr_array_unref (f->folded);
}

static void
add_text (Fixture *f,
          char    *text)
{
  sqlite3_stmt *stmt;

  g_ptr_array_add (f->texts, text);
  g_ptr_array_add (f->folded, linli_text_fold (text, -1));
  sqlite3_prepare_v2 (f->db, "INSERT INTO case_search (pk, body) VALUES (?1, ?2)", -1, &stmt, NULL);
  sqlite3_bind_int (stmt, 1, (int) f->texts->len);
  sqlite3_bind_text (stmt, 2, text, -1, SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
}

static void
build_index (Fixture *f)
{
  exec (f->db, "INSERT INTO case_fts (case_fts) VALUES ('rebuild')");
}

static char *
run_match (Fixture    *f,
           const char *expression)
{
  GString *rows = g_string_new (NULL);
  sqlite3_stmt *stmt;
  int rc;

  sqlite3_prepare_v2 (f->db, "SELECT rowid FROM case_fts WHERE case_fts MATCH ?1 ORDER BY rowid", -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, expression, -1, SQLITE_TRANSIENT);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    g_string_append_printf (rows, "%d ", sqlite3_column_int (stmt, 0));
  if (rc != SQLITE_DONE)
    g_error ("%s: %s", expression, sqlite3_errmsg (f->db));
  sqlite3_finalize (stmt);

  return g_string_free (rows, FALSE);
}

static char *
run_scan (Fixture    *f,
          const char *term)
{
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < f->folded->len; i++)
    if (linli_text_contains (f->folded->pdata[i], term))
      g_string_append_printf (rows, "%u ", i + 1);

  return g_string_free (rows, FALSE);
}

/* Returns whether anything was found. */
static gboolean
check_term (Fixture    *f,
            const char *term)
{
  g_autofree char *expression = linli_text_to_fts (term, NULL);
  g_autofree char *scanned = run_scan (f, term);
  g_autofree char *matched = NULL;

  if (expression == NULL)
    {
      g_assert_cmpstr (scanned, ==, "");
      return FALSE;
    }
  matched = run_match (f, expression);
  if (strcmp (matched, scanned) != 0)
    {
      g_test_message ("term %s as %s", term, expression);
      for (guint i = 0; i < f->texts->len && f->texts->len < 40; i++)
        g_test_message ("%u: %s", i + 1, (char *) f->texts->pdata[i]);
    }
  g_assert_cmpstr (matched, ==, scanned);

  return *matched != '\0';
}

/* Few different characters, so that chance makes matches. */
static char *
random_text (GRand *rand,
             guint  max)
{
  static const char *pieces[] = {
    "下", "水", "道", "路", "区", "𠮷", "𬭎", "々", "〇", "ア", "ﾞ", "樂", "，", "。", " ", "\xe3\x80\x80", "\n",
    "-", "/", "🔥", "👨‍👩‍👧", "1️⃣", "a", "A", "Ｂ", "b3", "é", "e\xcc\x81", "1", "３", "86", "138", "0013",
    "8000", "13800138000", "0755", "8462", "3456", "84623456", "(", ")", "+", "\"", "*", "'", "AND", "\xcc\x81",
    "\xff", "각", "ᄀ", "ᅡ", "\xe2\x80\x8b", "⻓", "长", "①", "2026", "-02-", "SZPS",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  };
  GString *text = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (rand, 1, (gint32) max + 1);
  /* A text draws from a window of the pieces, or phone numbers never form. */
  guint width = (guint) g_rand_int_range (rand, 4, G_N_ELEMENTS (pieces));
  guint first = (guint) g_rand_int_range (rand, 0, (gint32) (G_N_ELEMENTS (pieces) - width));

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[first + (guint) g_rand_int_range (rand, 0, (gint32) width)]);

  return g_string_free (text, FALSE);
}

static char *
cut_term (GRand      *rand,
          const char *text,
          guint       max)
{
  glong n = g_utf8_strlen (text, -1);
  glong start;
  glong size;

  if (n == 0)
    return g_strdup ("");
  start = g_rand_int_range (rand, 0, (gint32) n);
  size = g_rand_int_range (rand, 1, (gint32) max + 1);
  return g_utf8_substring (text, start, MIN (start + size, n));
}

static void
test_random (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1130);
  guint rounds = g_test_slow () ? 100 : 4;
  guint found = 0;

  for (guint round = 0; round < rounds; round++)
    {
      g_ptr_array_set_size (f->texts, 0);
      g_ptr_array_set_size (f->folded, 0);
      exec (f->db, "DELETE FROM case_search");
      for (guint i = 0; i < N_TEXTS; i++)
        add_text (f, random_text (rand, 14));
      build_index (f);

      for (guint i = 0; i < 300; i++)
        {
          const char *source = f->texts->pdata[g_rand_int_range (rand, 0, N_TEXTS)];
          g_autofree char *valid = g_utf8_make_valid (source, -1);
          g_autofree char *term = i % 3 == 0 ? random_text (rand, 4) : cut_term (rand, valid, 6);

          found += check_term (f, term);
        }
    }
  g_test_message ("%u of %u terms found something", found, rounds * 300);
  g_assert_cmpuint (found, >, rounds * 100);
}

/* Every character that Unicode has, alone and beside a Han character. */
static void
test_every_character (Fixture      *f,
                      gconstpointer data)
{
  gunichar step = g_test_slow () ? 1 : 397;

  for (gunichar c = 1; c <= 0x10ffff; c += c < 0x3100 ? 1 : step)
    {
      char text[16];

      if (c >= 0xd800 && c <= 0xdfff)
        continue;
      text[g_unichar_to_utf8 (c, text)] = '\0';
      add_text (f, g_strdup (text));
      if (f->texts->len == 250)
        {
          build_index (f);
          for (guint i = 0; i < f->texts->len; i += 17)
            {
              g_autofree char *beside = g_strconcat ("水", f->texts->pdata[i], NULL);

              check_term (f, f->texts->pdata[i]);
              check_term (f, beside);
            }
          g_ptr_array_set_size (f->texts, 0);
          g_ptr_array_set_size (f->folded, 0);
          exec (f->db, "DELETE FROM case_search");
        }
    }
  build_index (f);
}

static char *
find_real_data (const char *name)
{
  const char *folder = g_getenv ("LINLI_REAL_DATA");
  const char *root = g_getenv ("LINLI_SOURCE_ROOT");
  g_autofree char *path = NULL;

  if (folder != NULL)
    path = g_build_filename (folder, name, NULL);
  else
    path = g_build_filename (root != NULL ? root : ".", "..", "shared", "data", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* Lines of the files as they are: what a line means does not matter here. */
static guint
add_lines (Fixture    *f,
           const char *name,
           guint       max)
{
  g_autofree char *path = find_real_data (name);
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return 0;
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL && n < max; i++)
    if (strlen (lines[i]) > 20)
      {
        add_text (f, g_strdup (lines[i]));
        n++;
      }

  return n;
}

static void
test_real (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (12345);
  guint max = g_test_slow () ? 2000 : 200;
  guint n_terms = g_test_slow () ? 5000 : 300;
  guint found = 0;

  if (add_lines (f, "petitions-labelled-raw.csv", max) + add_lines (f, "pingshan-cases-2018.csv", max) == 0)
    {
      g_test_skip ("No real data: set LINLI_REAL_DATA");
      return;
    }
  build_index (f);

  for (guint i = 0; i < n_terms; i++)
    {
      const char *text = f->texts->pdata[g_rand_int_range (rand, 0, (gint32) f->texts->len)];
      g_autofree char *term = cut_term (rand, text, 4);

      found += check_term (f, term);
    }
  g_test_message ("%u texts, %u of %u terms found something", f->texts->len, found, n_terms);
}

static void
test_operators (Fixture      *f,
                gconstpointer data)
{
  static const struct { const char *first; const char *join; const char *second; const char *rows; } cases[] = {
    { "下水", "AND", "路灯", "3 " },
    { "下水", "OR", "路", "1 2 3 " },
    { "水", "NOT", "路灯", "1 " },
    { "138-0013-8000", "AND", "灯", "4 " },
  };
  static const char *texts[] = { "下水道", "路面", "下水，路灯", "灯坏 电话13800138000" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (f, g_strdup (texts[i]));
  build_index (f);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = linli_text_to_fts (cases[i].first, NULL);
      g_autofree char *second = linli_text_to_fts (cases[i].second, NULL);
      g_autofree char *expression = g_strjoin (" ", first, cases[i].join, second, NULL);
      g_autofree char *rows = run_match (f, expression);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_highlight (Fixture      *f,
                gconstpointer data)
{
  sqlite3_stmt *stmt;

  add_text (f, g_strdup ("Ａ３区，下水道堵塞"));
  build_index (f);
  sqlite3_prepare_v2 (f->db, "SELECT highlight(case_fts, 0, '[', ']') FROM case_fts WHERE case_fts MATCH '\"下水道\"'",
                      -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (stmt, 0), ==, "Ａ３区，[下水道]堵塞");
  sqlite3_finalize (stmt);
}

/* Rows change one by one in life; the index must follow without a rebuild. */
static void
test_incremental (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *rows = NULL;

  exec (f->db, "INSERT INTO case_search VALUES (1, '下水道'), (2, '路灯 138-0013-8000')");
  exec (f->db, "INSERT INTO case_fts (rowid, body) SELECT pk, body FROM case_search");
  exec (f->db, "INSERT INTO case_fts (case_fts, rowid, body) VALUES ('delete', 1, '下水道')");
  exec (f->db, "UPDATE case_search SET body = '井盖' WHERE pk = 1");
  exec (f->db, "INSERT INTO case_fts (rowid, body) VALUES (1, '井盖')");
  rows = run_match (f, "\"下\"*");
  g_assert_cmpstr (rows, ==, "");
  g_free (rows);
  rows = run_match (f, "\"井盖\" OR \"13800138000\"");
  g_assert_cmpstr (rows, ==, "1 2 ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tokenizer/random-texts-and-terms", Fixture, NULL, set_up, test_random, tear_down);
  g_test_add ("/tokenizer/every-character", Fixture, NULL, set_up, test_every_character, tear_down);
  g_test_add ("/tokenizer/real-texts", Fixture, NULL, set_up, test_real, tear_down);
  g_test_add ("/tokenizer/operators", Fixture, NULL, set_up, test_operators, tear_down);
  g_test_add ("/tokenizer/highlight", Fixture, NULL, set_up, test_highlight, tear_down);
  g_test_add ("/tokenizer/incremental", Fixture, NULL, set_up, test_incremental, tear_down);
  return g_test_run ();
}
