/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What takes several turns of the lane is done in the name of who began it,
 * whoever sits at the desk by the time it ends. */

#include "linli-bulk-run.h"

#include "demo-fixture.h"

static gpointer
find_auditor (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  char *id = NULL;

  linli_conn_get_text (conn, &id, error, "SELECT id FROM account WHERE roles = 'auditor'", "");
  return id;
}

static gpointer
find_open (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  GArray *pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk FROM cases WHERE closed_at IS NULL ORDER BY pk", "");
  gboolean row = FALSE;

  while (linli_stmt_step (stmt, &row, error) && row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      g_array_append_val (pks, pk);
    }
  return pks;
}

/* Returns: how many notes of the run @data did, GSIZE_TO_POINTER */
static gpointer
count_notes (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  gint64 n = 0;

  linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM entry WHERE body = '统一说明' AND actor_id = ?1", "s", data);
  return GSIZE_TO_POINTER ((gsize) n);
}

static void
finished_cb (LinliBulkRun *run,
             const GError *error,
             gboolean     *over)
{
  g_assert_no_error (error);
  *over = TRUE;
}

static void
test_bulk (DemoFixture  *f,
           gconstpointer data)
{
  LinliDb *db = linli_store_get_db (f->store);
  g_autofree char *chief = linli_store_dup_actor (f->store);
  g_autofree char *auditor = linli_db_run_sync (db, LINLI_DB_READ, find_auditor, NULL, NULL);
  g_autoptr(GArray) pks = linli_db_run_sync (db, LINLI_DB_READ, find_open, NULL, NULL);
  g_autoptr(LinliRequest) request = linli_request_parse ("{\"body\":\"统一说明\",\"audience\":\"internal\"}");
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliBulkRun) run = linli_bulk_run_new (f->store, LINLI_BULK_MODE_RUN, "case.note", request, pks, "", &error);
  gboolean over = FALSE;

  g_assert_no_error (error);
  g_assert_cmpuint (pks->len, >, 10);
  g_signal_connect (run, "finished", G_CALLBACK (finished_cb), &over);
  linli_bulk_run_start (run);
  linli_store_set_actor (f->store, auditor);
  while (!over)
    g_main_context_iteration (NULL, TRUE);

  linli_store_set_actor (f->store, chief);
  g_assert_cmpuint (linli_bulk_run_get_job (run)->n_done, ==, pks->len);
  g_assert_cmpuint (GPOINTER_TO_SIZE (linli_db_run_sync (db, LINLI_DB_READ, count_notes, chief, NULL)), ==, pks->len);
}

static gpointer
tell_actor (LinliConn  *conn,
            LinliDesk  *desk,
            LinliStore *store,
            gpointer    data,
            GError    **error)
{
  return g_strdup (desk->actor);
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_one_turn (DemoFixture  *f,
               gconstpointer data)
{
  g_autofree char *chief = linli_store_dup_actor (f->store);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *told = NULL;

  linli_store_write_async (f->store, tell_actor, NULL, NULL, g_free, NULL, take_result, &result);
  linli_store_set_actor (f->store, "somebody else");
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  told = linli_store_write_finish (f->store, result, NULL);
  g_assert_cmpstr (told, ==, chief);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/turns/bulk", DemoFixture, NULL, demo_fixture_set_up, test_bulk, demo_fixture_tear_down);
  g_test_add ("/turns/one", DemoFixture, NULL, demo_fixture_set_up, test_one_turn, demo_fixture_tear_down);

  return g_test_run ();
}
