/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is printed says what the store says, on as many pages as it takes. */

#include <glib/gstdio.h>
#include <string.h>

#include "linli-paper.h"
#include "linli-print-job.h"

#include "demo-fixture.h"

static gboolean
have (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    g_test_skip ("A program that reads PDF files back is not installed");
  return path != NULL;
}

static char *
read_back (const char *program,
           const char *first,
           const char *second,
           const char *path,
           const char *last)
{
  const char *argv[] = { program, first, second, path, last, NULL };
  g_autofree char *errors = NULL;
  char *text = NULL;
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, &errors, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  return text;
}

static gpointer
ask (LinliConn *conn,
     gpointer   sql,
     GError   **error)
{
  char *text = NULL;

  linli_conn_get_text (conn, &text, error, sql, "");
  return text;
}

static char *
dup_text (DemoFixture    *f,
          const char *sql)
{
  g_autoptr(GError) error = NULL;
  char *text = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, ask, (gpointer) sql, &error);

  g_assert_no_error (error);
  g_assert_nonnull (text);
  return text;
}

/* Returns: the path of the PDF; @n_pages (out) */
static char *
print (DemoFixture    *f,
       const char *form,
       const char *subject,
       guint      *n_pages)
{
  g_autoptr(LinliPrintJob) job = g_new0 (LinliPrintJob, 1);
  g_autofree char *name = g_strconcat (form, ".pdf", NULL);
  char *path = g_build_filename (f->base.folder, name, NULL);
  g_autoptr(LinliPaper) paper = NULL;
  g_autoptr(GError) error = NULL;

  job->form = g_strdup (form);
  job->subject = g_strdup (subject);
  job->actor = dup_text (f, "SELECT id FROM account WHERE roles LIKE '%dispatcher%' ORDER BY pk LIMIT 1");
  job->now = linli_clock_now (&f->base.clock.parent);
  g_date_set_dmy (&job->request.from, 1, G_DATE_JANUARY, 2025);
  g_date_set_dmy (&job->request.to, 31, G_DATE_DECEMBER, 2026);
  job->request.step = LINLI_STEP_MONTH;
  paper = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, linli_print_job_run, job, &error);
  g_assert_no_error (error);
  *n_pages = linli_paper_lay_out (paper);
  linli_paper_write_pdf (paper, path, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_receipt (DemoFixture      *f,
              gconstpointer data)
{
  g_autofree char *number = dup_text (f, "SELECT receipt_no FROM submission JOIN appellant ON appellant_id = appellant.id "
                                         "WHERE phone IS NOT NULL ORDER BY submission.pk LIMIT 1");
  g_autofree char *sql = g_strdup_printf ("SELECT phone FROM submission JOIN appellant ON appellant_id = appellant.id "
                                          "WHERE receipt_no = '%s'", number);
  g_autofree char *phone = dup_text (f, sql);
  g_autofree char *tail = g_strdup (phone + strlen (phone) - 4);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  if (!have ("pdftotext"))
    return;
  path = print (f, "receipt", number, &n_pages);
  text = read_back ("pdftotext", "-enc", "UTF-8", path, "-");
  g_assert_nonnull (strstr (text, number));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_null (strstr (text, phone)); /* who finds it learns no number to call */
  g_assert_nonnull (strstr (text, tail));
}

/* The code holds the number and nothing of the person. */
static void
test_code (DemoFixture      *f,
           gconstpointer data)
{
  g_autofree char *number = dup_text (f, "SELECT receipt_no FROM submission ORDER BY pk LIMIT 1");
  g_autofree char *picture = g_build_filename (f->base.folder, "receipt", NULL);
  g_autofree char *png = g_strconcat (picture, "-1.ppm", NULL);
  g_autofree char *path = NULL;
  g_autofree char *drawn = NULL;
  g_autofree char *code = NULL;
  guint n_pages;

  if (!have ("pdftoppm") || !have ("zbarimg"))
    return;
  path = print (f, "receipt", number, &n_pages);
  drawn = read_back ("pdftoppm", "-r", "150", path, picture);
  code = read_back ("zbarimg", "-q", "--raw", png, NULL);
  g_assert_cmpstr (g_strstrip (code), ==, number);
}

static void
test_slips (DemoFixture      *f,
            gconstpointer data)
{
  static const struct { const char *form; const char *subject; const char *sql; } slips[] = {
    { "transfer", "SELECT case_no FROM cases JOIN dispatch ON case_id = cases.id ORDER BY cases.pk LIMIT 1",
      "SELECT unit_name FROM cases JOIN dispatch ON case_id = cases.id ORDER BY cases.pk, dispatch.pk LIMIT 1" },
    { "closing", "SELECT case_no FROM cases WHERE state = 'closed' ORDER BY pk LIMIT 1",
      "SELECT case_no FROM cases WHERE state = 'closed' ORDER BY pk LIMIT 1" },
  };

  if (!have ("pdftotext"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autofree char *subject = dup_text (f, slips[i].subject);
      g_autofree char *expected = dup_text (f, slips[i].sql);
      g_autofree char *path = NULL;
      g_autofree char *text = NULL;
      guint n_pages;

      path = print (f, slips[i].form, subject, &n_pages);
      text = read_back ("pdftotext", "-enc", "UTF-8", path, "-");
      g_assert_nonnull (strstr (text, subject));
      g_assert_nonnull (strstr (text, expected));
    }
}

/* Every row of the view, the head again on every page. */
static void
test_ledger (DemoFixture      *f,
             gconstpointer data)
{
  g_autofree char *n = dup_text (f, "SELECT count(*) || ' cases' FROM cases");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint n_pages, heads = 0;

  if (!have ("pdftotext"))
    return;
  path = print (f, "ledger", "", &n_pages);
  text = read_back ("pdftotext", "-enc", "UTF-8", path, "-");
  g_assert_nonnull (strstr (text, n));
  for (const char *at = text; (at = strstr (at, "Closed or due")) != NULL; at++)
    heads++;
  g_assert_cmpuint (n_pages, >, 1);
  g_assert_cmpuint (heads, ==, n_pages);
}

/* Who may not export takes no list out on paper either. */
static void
test_ledger_is_an_export (DemoFixture      *f,
                          gconstpointer data)
{
  g_autoptr(LinliPrintJob) job = g_new0 (LinliPrintJob, 1);
  g_autoptr(LinliPaper) paper = NULL;
  g_autoptr(GError) error = NULL;

  job->form = g_strdup ("ledger");
  job->actor = g_strdup ("nobody of this name");
  paper = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, linli_print_job_run, job, &error);
  g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_ALLOWED);
  g_assert_null (paper);
}

static void
test_figures (DemoFixture      *f,
              gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  if (!have ("pdftotext"))
    return;
  path = print (f, "figures", NULL, &n_pages);
  text = read_back ("pdftotext", "-enc", "UTF-8", path, "-");
  g_assert_nonnull (strstr (text, "Finishing rate"));
  g_assert_nonnull (strstr (text, "By Class"));
}

/* Words longer than a page go on on the next; none is lost. */
static void
test_long_words (void)
{
  g_autoptr(LinliPaper) paper = linli_paper_new ("long", LINLI_PAPER_PORTRAIT);
  g_autofree char *folder = g_dir_make_tmp ("linli-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.pdf", NULL);
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (!have ("pdftotext"))
    return;
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (words, "w%04u ", i);
  linli_paper_add_title (paper, "long");
  linli_paper_add_row (paper, (const LinliPaperCell[]) { { "name", 0.2, TRUE }, { words->str, 0.8 } }, 2, 0);
  linli_paper_add_text (paper, "the end", FALSE, FALSE);
  g_assert_cmpuint (linli_paper_lay_out (paper), >, 2);
  linli_paper_write_pdf (paper, path, &error);
  g_assert_no_error (error);
  text = read_back ("pdftotext", "-enc", "UTF-8", path, "-");
  for (guint i = 0; i < 2000; i++)
    {
      char word[8];

      g_snprintf (word, sizeof word, "w%04u", i);
      if (strstr (text, word) == NULL)
        g_error ("%s is not on paper", word);
    }
  g_assert_nonnull (strstr (text, "the end"));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/print/receipt", DemoFixture, NULL, demo_fixture_set_up, test_receipt, demo_fixture_tear_down);
  g_test_add ("/print/code", DemoFixture, NULL, demo_fixture_set_up, test_code, demo_fixture_tear_down);
  g_test_add ("/print/slips", DemoFixture, NULL, demo_fixture_set_up, test_slips, demo_fixture_tear_down);
  g_test_add ("/print/ledger", DemoFixture, NULL, demo_fixture_set_up, test_ledger, demo_fixture_tear_down);
  g_test_add ("/print/ledger-is-an-export", DemoFixture, NULL, demo_fixture_set_up, test_ledger_is_an_export, demo_fixture_tear_down);
  g_test_add ("/print/figures", DemoFixture, NULL, demo_fixture_set_up, test_figures, demo_fixture_tear_down);
  g_test_add_func ("/print/long-words", test_long_words);

  return g_test_run ();
}
