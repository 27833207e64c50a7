/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An export holds exactly the rows of the view, as people read them, and is
 * whole or not there. */

#include <glib/gstdio.h>
#include <string.h>

#include "linli-case-export.h"
#include "linli-table-reader.h"

#include "demo-fixture.h"

typedef struct
{
  gboolean over;
  guint    n;
  GError  *error;
} Outcome;

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Outcome *outcome = user_data;

  linli_case_export_run_finish (LINLI_CASE_EXPORT (source), result, &outcome->n, &outcome->error);
  outcome->over = TRUE;
}

static Outcome
export (DemoFixture      *f,
        GFile        *file,
        guint64       columns,
        const char   *line,
        GCancellable *cancellable)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr(LinliCaseExport) job = linli_case_export_new (file, columns, line, LINLI_CASE_SORT_RECEIVED, NULL,
                                                          linli_clock_now (&f->base.clock.parent), zone);
  Outcome outcome = { 0 };

  linli_case_export_run_async (job, f->store, cancellable, exported_cb, &outcome);
  while (!outcome.over)
    g_main_context_iteration (NULL, TRUE);

  return outcome;
}

/* All cells, joined: rows by |, cells by tab; @n_rows (out). */
static char *
read_back (GFile *file,
           guint *n_rows)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
  GString *all = g_string_new (NULL);
  GPtrArray *row = NULL;

  g_assert_no_error (error);
  linli_table_reader_set_unguard (reader, linli_table_reader_get_kind (reader) == LINLI_TABLE_CSV);
  *n_rows = 0;
  while (linli_table_reader_next (reader, &row, &error) && row != NULL)
    {
      for (guint i = 0; i < row->len; i++)
        g_string_append_printf (all, "%s\t", (char *) row->pdata[i]);
      while (all->len > 0 && all->str[all->len - 1] == '\t')
        g_string_truncate (all, all->len - 1);
      g_string_append_c (all, '|');
      ++*n_rows;
    }
  g_assert_no_error (error);

  return g_string_free (all, FALSE);
}

static GFile *
file_in (DemoFixture    *f,
         const char *name)
{
  return g_file_new_build_filename (f->base.folder, name, NULL);
}

static gpointer
count (LinliConn *conn,
       gpointer   line,
       GError   **error)
{
  gint64 n = -1;

  linli_case_search_count (conn, line, G_GINT64_CONSTANT (1771034400000000), NULL, &n, error);
  return GINT_TO_POINTER ((int) n);
}

/* The two kinds of file say the same, and as many rows as the view has. */
static void
test_same_rows (DemoFixture      *f,
                gconstpointer data)
{
  static const char *const lines[] = { "", "state:closed", "-state:closed", "state:withdrawn 没有这样的词" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GFile) csv = file_in (f, "a.csv");
      g_autoptr(GFile) xlsx = file_in (f, "a.XLSX");
      int n = GPOINTER_TO_INT (linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, count,
                                                  (gpointer) lines[i], NULL));
      Outcome plain = export (f, csv, 0, lines[i], NULL);
      Outcome book = export (f, xlsx, 0, lines[i], NULL);
      g_autofree char *in_csv = NULL;
      g_autofree char *in_xlsx = NULL;
      guint n_csv, n_xlsx;

      g_assert_no_error (plain.error);
      g_assert_no_error (book.error);
      g_assert_cmpuint (plain.n, ==, n);
      g_assert_cmpuint (book.n, ==, n);
      in_csv = read_back (csv, &n_csv);
      in_xlsx = read_back (xlsx, &n_xlsx);
      g_assert_cmpuint (n_csv, ==, n + 1);
      g_assert_cmpstr (in_csv, ==, in_xlsx);
    }
}

static void
test_columns (DemoFixture      *f,
              gconstpointer data)
{
  g_autoptr(GFile) file = file_in (f, "a.csv");
  Outcome outcome = export (f, file, 1 << 0 | 1 << 2, "state:closed", NULL);
  g_autofree char *all = NULL;
  guint n;

  g_assert_no_error (outcome.error);
  all = read_back (file, &n);
  g_assert_true (g_str_has_prefix (all, "Case number\tState|"));
  g_assert_nonnull (strstr (all, "\tClosed|"));
}

/* 办结要件 in the file: what was asked for and brought, and nothing where nothing is asked. */
static void
test_evidence (DemoFixture      *f,
               gconstpointer data)
{
  g_autoptr(GFile) file = file_in (f, "a.csv");
  Outcome outcome = export (f, file, 1 << 2 | 1 << 16, "", NULL);
  g_autofree char *all = NULL;
  guint n;

  g_assert_no_error (outcome.error);
  all = read_back (file, &n);
  g_assert_true (g_str_has_prefix (all, "State\tClosing evidence|"));
  g_assert_nonnull (strstr (all, "Closed\tPhoto before: present; Photo after: present|"));
  g_assert_nonnull (strstr (all, "In progress\tPhoto after: Still missing|"));
  g_assert_nonnull (strstr (all, "Closed|"));
}

static gpointer
find_auditor (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  char *id = NULL;

  linli_conn_get_text (conn, &id, error, "SELECT id FROM account WHERE roles = 'auditor'", "");
  return id;
}

/* An auditor may export, but not know who the residents are. */
static void
test_masked (DemoFixture      *f,
             gconstpointer data)
{
  g_autofree char *auditor = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, find_auditor, NULL, NULL);
  g_autoptr(GFile) file = file_in (f, "a.csv");
  g_autofree char *all = NULL;
  g_auto(GStrv) names = NULL;
  Outcome outcome;
  guint n;

  linli_store_set_actor (f->store, auditor);
  outcome = export (f, file, 1 << 10, "", NULL);
  g_assert_no_error (outcome.error);
  all = read_back (file, &n);
  names = g_strsplit (all, "|", -1);
  for (guint i = 1; names[i] != NULL; i++)
    if (*names[i] != '\0')
      g_assert_true (g_str_has_suffix (names[i], "**"));
}

/* Another person sits down while it runs: it stays theirs who began it, with their eyes. */
static void
test_changing_persons (DemoFixture      *f,
                       gconstpointer data)
{
  g_autofree char *chief = linli_store_dup_actor (f->store);
  g_autofree char *auditor = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, find_auditor, NULL, NULL);
  const struct { const char *begins, *follows; gboolean masked; } turns[] = {
    { auditor, chief, TRUE }, { chief, auditor, FALSE }, { auditor, NULL, TRUE }, { chief, "", FALSE },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr(GFile) file = file_in (f, "a.csv");
      g_autoptr(LinliCaseExport) job = linli_case_export_new (file, 1 << 10, "", LINLI_CASE_SORT_RECEIVED, turns[i].begins,
                                                              linli_clock_now (&f->base.clock.parent), zone);
      g_autofree char *all = NULL;
      g_auto(GStrv) names = NULL;
      Outcome outcome = { 0 };
      guint n_named = 0;
      guint n;

      linli_store_set_actor (f->store, turns[i].begins);
      linli_case_export_run_async (job, f->store, NULL, exported_cb, &outcome);
      linli_store_set_actor (f->store, turns[i].follows);
      while (!outcome.over)
        g_main_context_iteration (NULL, TRUE);
      g_assert_no_error (outcome.error);
      all = read_back (file, &n);
      names = g_strsplit (all, "|", -1);
      for (guint row = 1; names[row] != NULL; row++)
        n_named += *names[row] != '\0' && !g_str_has_suffix (names[row], "**");
      g_assert_cmpint (n_named == 0, ==, turns[i].masked);
    }
}

/* Stopped, or with no room: what was there before stays. */
static void
test_whole_or_not (DemoFixture      *f,
                   gconstpointer data)
{
  static const char *const names[] = { "a.csv", "a.xlsx" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = file_in (f, names[i]);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *before = NULL;
      Outcome outcome;

      g_file_replace_contents (file, "old", 3, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);
      g_cancellable_cancel (cancellable);
      outcome = export (f, file, 0, "", cancellable);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&outcome.error);
      g_assert_true (g_file_load_contents (file, NULL, &before, NULL, NULL, NULL));
      g_assert_cmpstr (before, ==, "old");
    }
}

static void
test_nowhere (DemoFixture      *f,
              gconstpointer data)
{
  static const char *const names[] = { "no/such/folder/a.csv", "no/such/folder/a.xlsx" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GFile) file = file_in (f, names[i]);
      Outcome outcome = export (f, file, 0, "", NULL);

      g_assert_error (outcome.error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE);
      g_clear_error (&outcome.error);
    }
}

/* Texts stay texts: no cell of a workbook is a formula, none of a CSV runs. */
static void
test_no_formula (DemoFixture      *f,
                 gconstpointer data)
{
  static const char *const cells[] = { "=1+1", "+86 138", "@SUM(A1)", "-2" };
  g_autoptr(GFile) xlsx = file_in (f, "f.xlsx");
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliSheetWriter) writer = linli_sheet_writer_new (xlsx, LINLI_SHEET_XLSX, 0, &error);
  g_autofree char *all = NULL;
  guint n;

  g_assert_no_error (error);
  linli_sheet_writer_add_row (writer, cells, G_N_ELEMENTS (cells), &error);
  linli_sheet_writer_add_row (writer, cells, G_N_ELEMENTS (cells), &error);
  linli_sheet_writer_finish (writer, &error);
  g_assert_no_error (error);
  all = read_back (xlsx, &n);
  g_assert_cmpstr (all, ==, "=1+1\t+86 138\t@SUM(A1)\t-2|=1+1\t+86 138\t@SUM(A1)\t-2|");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/case-export/same-rows", DemoFixture, NULL, demo_fixture_set_up, test_same_rows, demo_fixture_tear_down);
  g_test_add ("/case-export/evidence", DemoFixture, NULL, demo_fixture_set_up, test_evidence, demo_fixture_tear_down);
  g_test_add ("/case-export/columns", DemoFixture, NULL, demo_fixture_set_up, test_columns, demo_fixture_tear_down);
  g_test_add ("/case-export/masked", DemoFixture, NULL, demo_fixture_set_up, test_masked, demo_fixture_tear_down);
  g_test_add ("/case-export/changing-persons", DemoFixture, NULL, demo_fixture_set_up, test_changing_persons,
              demo_fixture_tear_down);
  g_test_add ("/case-export/whole-or-not", DemoFixture, NULL, demo_fixture_set_up, test_whole_or_not, demo_fixture_tear_down);
  g_test_add ("/case-export/nowhere", DemoFixture, NULL, demo_fixture_set_up, test_nowhere, demo_fixture_tear_down);
  g_test_add ("/case-export/no-formula", DemoFixture, NULL, demo_fixture_set_up, test_no_formula, demo_fixture_tear_down);

  return g_test_run ();
}
