/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of cases, as a centre brings them in: again, with other headings, with
 * bad rows, and stopped half-way. */

#include <gio/gio.h>
#include <string.h>

#include "linli-case-imports.h"
#include "linli-case-tables.h"
#include "linli-holiday-file.h"
#include "linli-import-places.h"
#include "linli-importer.h"
#include "linli-json.h"
#include "linli-seed.h"

#include "store-fixture.h"

#define MANY 5000
#define STRANGER "00000000-0000-7000-8000-000000000000"

typedef struct
{
  StoreFixture  store_fixture;
  LinliStore   *store;
  GTimeZone    *zone;
} Fixture;

static gpointer
seed_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliNewCentre centre = { "桂园", NULL, NULL, NULL, "陈静", FALSE };

  linli_seed_centre (data, conn, &centre, error);
  return NULL;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;

  store_fixture_set_up (&f->store_fixture, NULL);
  folder = g_build_filename (f->store_fixture.folder, "store", NULL);
  f->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  f->store = linli_store_open_sync (folder, LINLI_STORE_CREATE, &f->store_fixture.clock.parent, &error);
  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_WRITE, seed_job, f->store, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_store_close (f->store);
  g_object_unref (f->store);
  g_time_zone_unref (f->zone);
  store_fixture_tear_down (&f->store_fixture, NULL);
}

static GFile *
write_file (Fixture    *f,
            const char *name,
            const char *content)
{
  g_autofree char *path = g_build_filename (f->store_fixture.folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static LinliImporter *
look_at (Fixture *f,
         GFile   *file)
{
  g_autoptr(GError) error = NULL;
  LinliImporter *importer = linli_importer_open (file, f->store, f->zone, NULL, &error);

  g_assert_no_error (error);
  return importer;
}

static LinliImportResult *
bring_in (Fixture       *f,
          LinliImporter *importer,
          const char    *refused_path)
{
  g_autoptr(GError) error = NULL;
  LinliImportResult *result = linli_importer_run (importer, f->store, refused_path, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static gpointer
count_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM cases", "");
  return NULL;
}

static gint64
n_cases (Fixture *f)
{
  gint64 n = -1;

  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, count_job, &n, NULL);
  return n;
}

/* Headings that say nothing, assigned by hand once, are assigned by themselves
 * the next time; but an import that was taken back taught nothing. */
static void
test_columns_are_remembered (Fixture      *f,
                             gconstpointer data)
{
  g_autoptr(GFile) first = write_file (f, "一月.csv", "甲,乙,丙\n1,路灯不亮,2026-01-05 09:00\n2,井盖松动,2026-01-06 10:00\n");
  g_autoptr(GFile) second = write_file (f, "二月.csv", "甲,乙,丙\n3,噪声扰民,2026-02-05 09:00\n");
  g_autoptr(LinliImporter) importer = NULL;
  g_autoptr(LinliImporter) next = NULL;
  g_autoptr(LinliImporter) after = NULL;
  g_autoptr(LinliImportResult) result = NULL;
  g_autoptr(GError) error = NULL;

  importer = look_at (f, first);
  g_assert_cmpint (linli_importer_get_remembered (importer), ==, 0);
  g_assert_cmpint (linli_importer_get_column (importer, LINLI_IMPORT_TEXT), ==, -1);
  g_assert_false (linli_importer_check (importer, NULL));
  linli_importer_set_column (importer, LINLI_IMPORT_NUMBER, 0);
  linli_importer_set_column (importer, LINLI_IMPORT_TEXT, 1);
  linli_importer_set_column (importer, LINLI_IMPORT_RECEIVED, 2);
  result = bring_in (f, importer, NULL);
  g_assert_cmpint (result->n_new, ==, 2);

  next = look_at (f, second);
  g_assert_cmpint (linli_importer_get_remembered (next), ==, f->store_fixture.clock.time);
  g_assert_cmpint (linli_importer_get_column (next, LINLI_IMPORT_TEXT), ==, 1);
  g_assert_cmpint (linli_importer_get_column (next, LINLI_IMPORT_RECEIVED), ==, 2);
  linli_importer_propose (next);
  g_assert_cmpint (linli_importer_get_remembered (next), ==, 0);
  g_assert_cmpint (linli_importer_get_column (next, LINLI_IMPORT_TEXT), ==, -1);

  g_assert_true (linli_import_undo (f->store, result->import, &error));
  g_assert_no_error (error);
  after = look_at (f, second);
  g_assert_cmpint (linli_importer_get_remembered (after), ==, 0);
}

static void
test_again_brings_nothing_twice (Fixture      *f,
                                 gconstpointer data)
{
  g_autoptr(GFile) file = write_file (f, "台账.csv", "编号,内容,受理时间\n1,路灯不亮,2026-01-05 09:00\n"
                                                     "2,井盖松动,2026-01-06 10:00\n");
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImporter) again = look_at (f, file);
  g_autoptr(LinliImportResult) first = bring_in (f, importer, NULL);
  g_autoptr(LinliImportResult) second = bring_in (f, again, NULL);

  g_assert_cmpint (first->n_new, ==, 2);
  g_assert_cmpint (second->n_new, ==, 0);
  g_assert_cmpint (second->n_known, ==, 2);
  g_assert_cmpint (n_cases (f), ==, 2);
}

static gpointer
first_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  char *id = NULL;

  linli_conn_get_text (conn, &id, error, "SELECT id FROM cases ORDER BY pk LIMIT 1", "");
  return id;
}

static gpointer
matter_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM cases JOIN submission ON case_id = cases.id "
                      "WHERE state = 'closed' AND title = '井盖松动' AND text_verbatim = '井盖松动' AND confidential = 1", "");
  return NULL;
}

/* What Linli wrote says which cases it holds: those that are here stay as they
 * are, the others come in once, by the table as by the list of the window, and
 * what is confidential stays so. */
static void
test_own_export_comes_back (Fixture      *f,
                            gconstpointer data)
{
  g_autoptr(GFile) file = write_file (f, "台账.csv", "编号,内容,受理时间\nKT-1,路灯不亮,2026-01-05 09:00\n");
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImportResult) first = bring_in (f, importer, NULL);
  g_autofree char *id = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, first_job, NULL, NULL);
  g_autofree char *rows = g_strdup_printf ("id,case_no,title,state,received_at,confidential,source_key\n"
                                           "%s,KT-9,别的标题,received,2026-01-05T01:00:00.000Z,0,\n"
                                           STRANGER ",KT-2,井盖松动,closed,2026-01-06T02:00:00.000Z,1,\n", id);
  g_autoptr(GFile) table = write_file (f, "cases.csv", rows);
  g_autoptr(GFile) list = write_file (f, "list.csv", "Case number,Subject,State,Received at,Last changed at\n"
                                                     "KT-1,路灯不亮,In progress,2026-01-05 09:00,2026-01-05 09:00\n"
                                                     "KT-2,井盖松动,Closed,2026-01-06 10:00,2026-01-06 10:00\n"
                                                     "KT-3,噪声扰民,Closed,2026-01-07 10:00,2026-01-07 10:00\n");
  gint64 n_closed = 0;

  g_assert_cmpint (first->n_new, ==, 1);
  for (guint time = 0; time < 2; time++)
    {
      g_autoptr(LinliImporter) own = look_at (f, table);
      g_autoptr(LinliImportResult) result = bring_in (f, own, NULL);

      g_assert_cmpstr (linli_importer_get_preset (own), ==, "linli");
      g_assert_cmpint (result->n_new, ==, time == 0 ? 1 : 0);
      g_assert_cmpint (result->n_known, ==, time == 0 ? 1 : 2);
      g_assert_cmpint (result->n_refused, ==, 0);
    }
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, matter_job, &n_closed, NULL);
  g_assert_cmpint (n_closed, ==, 1);
  for (guint time = 0; time < 2; time++)
    {
      g_autoptr(LinliImporter) own = look_at (f, list);
      g_autoptr(LinliImportResult) result = bring_in (f, own, NULL);

      g_assert_cmpstr (linli_importer_get_preset (own), ==, "linli");
      g_assert_cmpint (result->n_new, ==, time == 0 ? 1 : 0);
      g_assert_cmpint (result->n_known, ==, time == 0 ? 2 : 3);
    }
  g_assert_cmpint (n_cases (f), ==, 3);
}

/* Half of it came from another program: all of it is read, and it is said
 * which lines to look at, before and after. */
static void
test_two_encodings_are_told (Fixture      *f,
                             gconstpointer data)
{
  static const char head[] = "编号,内容,受理时间,地点\n1,路灯不亮,2026-01-05 09:00,桂园路\n2,噪声扰民,2026-01-05 10:00,桂园路\n";
  static const char tail[] = "3,井盖松动得厉害,2026-01-06 10:00\n4,小区门口积水,2026-01-06 11:00\n";
  static const struct { const char *head, *tail; LinliEncoding encoding; } cases[] = {
    { "UTF-8", "GB18030", LINLI_ENCODING_UTF8 }, { "GB18030", "UTF-8", LINLI_ENCODING_GB18030 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = g_convert (head, -1, cases[i].head, "UTF-8", NULL, NULL, NULL);
      g_autofree char *other = g_convert (tail, -1, cases[i].tail, "UTF-8", NULL, NULL, NULL);
      g_autofree char *text = g_strconcat (first, other, NULL);
      g_autofree char *name = g_strdup_printf ("混合%u.csv", i);
      g_autoptr(GFile) file = write_file (f, name, text);
      g_autoptr(LinliImporter) importer = look_at (f, file);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliImportPlaces) places = linli_import_places_look (importer, f->store, NULL, &error);
      g_autoptr(LinliImportResult) result = bring_in (f, importer, NULL);
      const LinliTableNotes *notes[] = { &places->notes, &result->notes };

      g_assert_no_error (error);
      g_assert_cmpint (result->n_new, ==, 4);
      g_assert_cmpint (result->encoding, ==, cases[i].encoding);
      for (guint n = 0; n < G_N_ELEMENTS (notes); n++)
        {
          g_assert_cmpuint (notes[n]->count[LINLI_TABLE_NOTE_MIXED_ENCODING], ==, 2);
          g_assert_cmpuint (notes[n]->first_line[LINLI_TABLE_NOTE_MIXED_ENCODING], ==, 4);
          g_assert_cmpuint (notes[n]->last_line[LINLI_TABLE_NOTE_MIXED_ENCODING], ==, 5);
        }
    }
}

/* The file of refusals is a file like any other: corrected, it goes in. */
static void
test_refused_rows_come_again (Fixture      *f,
                              gconstpointer data)
{
  g_autoptr(GFile) file = write_file (f, "台账.csv", "编号,内容,受理时间\n1,路灯不亮,不知道\n2,井盖松动,2026-01-06 10:00\n");
  g_autofree char *path = g_build_filename (f->store_fixture.folder, "refused.csv", NULL);
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImportResult) result = bring_in (f, importer, path);
  g_autoptr(LinliImporter) corrected = NULL;
  g_autoptr(LinliImportResult) second = NULL;
  g_autoptr(GFile) refused = NULL;
  g_autoptr(GString) text = NULL;
  g_autofree char *content = NULL;

  g_assert_cmpint (result->n_new, ==, 1);
  g_assert_cmpint (result->n_refused, ==, 1);
  g_assert_cmpstr (result->refused_path, ==, path);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  text = g_string_new (content);
  g_assert_cmpuint (g_string_replace (text, "不知道", "2026-01-05 09:00", 0), ==, 1);
  refused = write_file (f, "台账 更正.csv", text->str);
  corrected = look_at (f, refused);
  second = bring_in (f, corrected, NULL);
  g_assert_cmpint (second->n_new, ==, 1);
  g_assert_cmpint (n_cases (f), ==, 2);
}

static gpointer
closed_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM cases WHERE state = 'closed' AND closed_at IS NOT NULL", "");
  return NULL;
}

/* What was closed or answered elsewhere is no work of this desk; a reply that
 * does not say when may be one on the way. */
static void
test_ended_rows_come_in_closed (Fixture      *f,
                                gconstpointer data)
{
  g_autoptr(GFile) file = write_file (f, "台账.csv", "编号,内容,受理时间,办结时间,答复内容,答复时间\n"
                                                     "1,路灯不亮,2026-01-05 09:00,2026-01-06 09:00,,\n"
                                                     "2,井盖松动,2026-01-06 10:00,,已更换,2026-01-08 10:00\n"
                                                     "3,噪声扰民,2026-01-06 11:00,,正在核实,\n"
                                                     "4,停水三天,2026-01-06 12:00,,,\n");
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImportResult) result = bring_in (f, importer, NULL);
  gint64 n = -1;

  g_assert_cmpint (result->n_new, ==, 4);
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, closed_job, &n, NULL);
  g_assert_cmpint (n, ==, 2);
}

static char *
many_rows (void)
{
  GString *text = g_string_new ("编号,内容,受理时间\n");

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "%u,第 %u 件:路灯不亮,2026-01-05 09:00\n", i, i);
  return g_string_free (text, FALSE);
}

typedef struct
{
  Fixture       *f;
  LinliImporter *importer;
  GCancellable  *cancellable; /* (nullable) */
} Stop;

/* As soon as there is something to take back, another person sits down, who may
 * bring nothing in, and the button is pressed. */
static gpointer
stop_thread (gpointer data)
{
  Stop *stop = data;

  while (n_cases (stop->f) == 0)
    g_usleep (200);
  linli_store_set_actor (stop->f->store, STRANGER);
  g_cancellable_cancel (stop->cancellable);
  return NULL;
}

static void
test_stopping_leaves_nothing (Fixture      *f,
                              gconstpointer data)
{
  g_autofree char *content = many_rows ();
  g_autoptr(GFile) file = write_file (f, "许多.csv", content);
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImporter) whole = look_at (f, file);
  g_autoptr(LinliImportResult) result = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *chief = linli_store_dup_actor (f->store);
  Stop stop = { f, importer, cancellable };
  GThread *thread = g_thread_new ("stop", stop_thread, &stop);

  g_assert_null (linli_importer_run (importer, f->store, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  linli_store_set_actor (f->store, chief);
  g_assert_cmpint (n_cases (f), ==, 0);

  result = bring_in (f, whole, NULL);
  g_assert_cmpint (result->n_new, ==, MANY);
  g_assert_cmpint (n_cases (f), ==, MANY);
}

static gpointer
finished_job (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM import WHERE state = 'finished'", "");
  return NULL;
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The button is pressed when all is in already: that is what is told. */
static void
test_stopping_too_late (Fixture      *f,
                        gconstpointer data)
{
  g_autoptr(GFile) file = write_file (f, "一月.csv", "编号,内容,受理时间\n1,路灯不亮,2026-01-05 09:00\n");
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LinliImportResult) told = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  linli_importer_run_async (importer, f->store, NULL, cancellable, ran_cb, &result);
  while (n == 0)
    linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, finished_job, &n, NULL);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  told = linli_importer_run_finish (importer, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (told->n_new, ==, 1);
  g_assert_cmpint (n_cases (f), ==, 1);
}

/* The program did not live to finish it. */
static gpointer
tear_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  g_autoptr(JsonObject) start = linli_json_parse_object ("{\"kind\":\"cases\",\"file_name\":\"一月.csv\"}", -1, NULL);
  g_autoptr(LinliOutcome) begun = linli_store_submit (data, conn, "import.start", start, LINLI_EXECUTE_QUEUE, error);
  g_autofree char *text = g_strdup_printf ("{\"import\":\"%s\",\"rows\":[{\"source_key\":\"half:1\",\"text\":\"路灯不亮\","
                                           "\"received_at\":\"2026-01-05T09:00:00+08:00\"}]}",
                                           json_object_get_string_member (begun->result, "import"));
  g_autoptr(JsonObject) rows = linli_json_parse_object (text, -1, NULL);
  g_autoptr(LinliOutcome) half = linli_store_submit (data, conn, "case.import", rows, LINLI_EXECUTE_QUEUE, error);

  g_assert_nonnull (half);
  return NULL;
}

static gpointer
torn_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_case_imports_find_torn (conn, error);
}

static gboolean
is_torn (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) import = linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, torn_job, NULL, &error);

  g_assert_no_error (error);
  return import != NULL;
}

static gpointer
elsewhere_job (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  linli_conn_run (conn, error, "INSERT INTO import (id, kind, file_name, state, started_at, n_new, n_known, n_refused) "
                  "VALUES ('019faf90-b526-7000-9295-51d167ea62ea', 'cases', '别处.csv', 'running', 1, 5, 0, 0)", "");
  return NULL;
}

/* Another file does not go on with it; the same one does. What a hub brought
 * of another desk's import is that desk's. */
static void
test_torn_until_it_comes_again (Fixture      *f,
                                gconstpointer data)
{
  static const struct { const char *name; gboolean torn; } files[] = { { "二月.csv", TRUE }, { "一月.csv", FALSE } };
  g_autoptr(GError) error = NULL;

  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_WRITE, elsewhere_job, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_torn (f));
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_WRITE, tear_job, f->store, &error);
  g_assert_no_error (error);
  g_assert_true (is_torn (f));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GFile) file = write_file (f, files[i].name, "编号,内容,受理时间\n1,路灯不亮,2026-01-05 09:00\n");
      g_autoptr(LinliImporter) importer = look_at (f, file);
      g_autoptr(LinliImportResult) result = bring_in (f, importer, NULL);

      g_assert_cmpint (is_torn (f), ==, files[i].torn);
    }
}

/* What was begun goes on in the name of who began it. */
static void
test_another_sits_down (Fixture      *f,
                        gconstpointer data)
{
  g_autofree char *content = many_rows ();
  g_autofree char *chief = linli_store_dup_actor (f->store);
  g_autoptr(GFile) file = write_file (f, "许多.csv", content);
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImportResult) result = NULL;
  Stop stop = { f, importer, NULL };
  GThread *thread = g_thread_new ("sit", stop_thread, &stop);

  result = bring_in (f, importer, NULL);
  g_thread_join (thread);
  linli_store_set_actor (f->store, chief);
  g_assert_cmpint (result->n_new, ==, MANY);
  g_assert_cmpint (n_cases (f), ==, MANY);
}

/* One bad row in the middle of a batch, and a number that is there already,
 * keep no other row out; the batches before and after it neither. */
static void
test_bad_row_within_a_batch (Fixture      *f,
                             gconstpointer data)
{
  g_autofree char *content = many_rows ();
  g_autoptr(GString) text = g_string_new (content);
  g_autofree char *path = g_build_filename (f->store_fixture.folder, "refused.csv", NULL);
  g_autofree char *refused = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(LinliImporter) importer = NULL;
  g_autoptr(LinliImportResult) result = NULL;

  g_string_replace (text, "\n1500,第 1500 件:路灯不亮,2026-01-05 09:00\n", "\n1500,第 1500 件:路灯不亮,昨天\n", 1);
  g_string_replace (text, "\n2500,", "\n7,", 1);
  file = write_file (f, "许多.csv", text->str);
  importer = look_at (f, file);
  result = bring_in (f, importer, path);

  g_assert_cmpint (result->n_new, ==, MANY - 2);
  g_assert_cmpint (result->n_known, ==, 1);
  g_assert_cmpint (result->n_refused, ==, 1);
  g_assert_cmpint (n_cases (f), ==, MANY - 2);
  g_assert_true (g_file_get_contents (path, &refused, NULL, NULL));
  g_assert_nonnull (strstr (refused, "第 1500 件"));
}

static gpointer
waiting_job (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  linli_conn_get_int (conn, data, error, "PRAGMA synchronous", "");
  return NULL;
}

/* Batches are not waited for, but what comes after an import is, whether it
 * went through or was stopped. */
static void
test_commits_are_waited_for_again (Fixture      *f,
                                   gconstpointer data)
{
  g_autofree char *content = many_rows ();
  g_autoptr(GFile) file = write_file (f, "许多.csv", content);
  g_autoptr(LinliImporter) importer = look_at (f, file);
  g_autoptr(LinliImportResult) result = bring_in (f, importer, NULL);
  g_autoptr(GError) error = NULL;
  gint64 synchronous = 0;

  g_assert_cmpint (result->n_new, ==, MANY);
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_WRITE, waiting_job, &synchronous, &error);
  g_assert_no_error (error);
  g_assert_cmpint (synchronous, ==, 2); /* FULL */
}

/* A calendar is not made anew by a list that says nothing. */
static void
test_holidays_without_a_day (Fixture      *f,
                             gconstpointer data)
{
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GFile) file = g_file_new_tmp ("linli-holidays-XXXXXX", &stream, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHolidayFile) read = NULL;

  g_assert_true (g_file_replace_contents (file, "{\"year\":2027,\"days\":[{\"name\":\"x\",\"date\":\"2027-13-45\","
                                                "\"isOffDay\":true}]}", 71, NULL, FALSE, 0, NULL, NULL, NULL));
  read = linli_holiday_file_read (file, &error);
  g_assert_null (read);
  g_assert_nonnull (strstr (error->message, "2027-13-45"));
  g_assert_true (g_file_delete (file, NULL, NULL));
}

typedef struct
{
  Fixture           *f;
  LinliHolidayFile  *file;
  LinliExecuteFlags  flags;
} Holidays;

static gpointer
holidays_job (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Holidays *job = data;

  linli_holiday_file_import (job->file, job->f->store, conn, job->flags, error);
  return NULL;
}

static gpointer
calendars_job (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM work_calendar", "");
  return NULL;
}

static gint64
n_calendars (Fixture *f)
{
  gint64 n = -1;

  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, calendars_job, &n, NULL);
  return n;
}

/* Whose due times a list would move is told before anything moves. */
static void
test_holidays_looked_at_first (Fixture      *f,
                               gconstpointer data)
{
  static const char list[] = "{\"year\":2026,\"days\":[{\"name\":\"盘点\",\"date\":\"2026-12-31\",\"isOffDay\":true}]}";
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GFile) file = g_file_new_tmp ("linli-holidays-XXXXXX", &stream, NULL);
  static const LinliExecuteFlags ways[] = { LINLI_EXECUTE_DRY_RUN, LINLI_EXECUTE_QUEUE };
  gint64 before = n_calendars (f);

  g_assert_true (g_file_replace_contents (file, list, strlen (list), NULL, FALSE, 0, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliHolidayFile) read = linli_holiday_file_read (file, &error);
      Holidays job = { f, read, ways[i] };

      g_assert_no_error (error);
      linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_WRITE, holidays_job, &job, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n_calendars (f), ==, before + i);
      g_assert_true ((read->operation != NULL) == (i == 1));
    }
  g_assert_true (g_file_delete (file, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/importer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("columns-are-remembered", test_columns_are_remembered);
  ADD ("again-brings-nothing-twice", test_again_brings_nothing_twice);
  ADD ("own-export-comes-back", test_own_export_comes_back);
  ADD ("two-encodings-are-told", test_two_encodings_are_told);
  ADD ("refused-rows-come-again", test_refused_rows_come_again);
  ADD ("ended-rows-come-in-closed", test_ended_rows_come_in_closed);
  ADD ("stopping-leaves-nothing", test_stopping_leaves_nothing);
  ADD ("stopping-too-late", test_stopping_too_late);
  ADD ("torn-until-it-comes-again", test_torn_until_it_comes_again);
  ADD ("another-sits-down", test_another_sits_down);
  ADD ("bad-row-within-a-batch", test_bad_row_within_a_batch);
  ADD ("commits-are-waited-for-again", test_commits_are_waited_for_again);
  ADD ("holidays-without-a-day", test_holidays_without_a_day);
  ADD ("holidays-looked-at-first", test_holidays_looked_at_first);
#undef ADD
  return g_test_run ();
}
