/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store folder from outside: made, worked on, locked, reopened. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "linli-store.h"

#include "store-fixture.h"

static LinliStore *
open_store (StoreFixture        *f,
            LinliStoreMode  mode,
            GError        **error)
{
  return linli_store_open_sync (f->folder, mode, &f->clock.parent, error);
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static LinliReply *
run (LinliStore    *store,
     const char    *command,
     LinliRequest  *request,
     GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  linli_store_run_async (store, command, request, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return linli_store_run_finish (store, result, error);
}

static LinliReply *
make_centre (LinliStore *store,
             GError    **error)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "name", "桂园社区党群服务中心");
  linli_request_set_text (request, "person", "陈静");
  return run (store, "centre.create", request, error);
}

static void
count_rows_cb (LinliDb *db,
               GArray  *pks,
               guint   *n)
{
  *n += pks->len;
}

static void
test_changes_are_announced (StoreFixture      *f,
                            gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = open_store (f, LINLI_STORE_CREATE, &error);
  g_autoptr(LinliReply) reply = NULL;
  guint n_accounts = 0;

  g_assert_no_error (error);
  g_signal_connect (linli_store_get_db (store), "changed::account", G_CALLBACK (count_rows_cb), &n_accounts);
  reply = make_centre (store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (linli_reply_get_text (reply, "centre"));
  while (n_accounts == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_accounts, ==, 1);
}

static void
test_survives_reopening (StoreFixture      *f,
                         gconstpointer data)
{
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliStore) store = open_store (f, LINLI_STORE_CREATE, &error);
      g_autoptr(LinliReply) reply = NULL;

      g_assert_no_error (error);
      reply = make_centre (store, &error);
      if (round == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_DUPLICATE);
    }
}

static void
test_second_program_may_only_read (StoreFixture      *f,
                                   gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) first = open_store (f, LINLI_STORE_CREATE, &error);
  g_autoptr(LinliStore) second = NULL;
  g_autoptr(LinliStore) reader = NULL;
  g_autoptr(LinliReply) reply = NULL;

  g_assert_no_error (error);
  second = open_store (f, LINLI_STORE_EXISTING, &error);
  g_assert_null (second);
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_IN_USE);
  g_clear_error (&error);

  reader = open_store (f, LINLI_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  reply = make_centre (reader, &error);
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);

  linli_store_close (first);
  second = open_store (f, LINLI_STORE_EXISTING, &error);
  g_assert_no_error (error);
}

/* Root may write everywhere: then others may only read, and access() asks for
 * who the process was started by. */
static void
let_write (const char *folder,
           gboolean    may)
{
  g_assert_no_errno (g_chmod (folder, may ? 0755 : 0555));
  if (geteuid () == 0)
    g_assert_no_errno (setreuid (may ? 0 : 65534, 0));
  g_assert_cmpint (g_access (folder, W_OK) == 0, ==, may);
}

static gpointer
count_people (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  linli_conn_get_int (conn, data, error, "SELECT count(*) FROM account", "");
  return NULL;
}

static void
assert_people (LinliStore *reader,
               gint64      expected)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_db_run_sync (linli_store_get_db (reader), LINLI_DB_READ, count_people, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, expected);
}

/* A folder on a good disk that this person may only read, and nobody at work;
 * then somebody has been, and then somebody is. */
static void
test_folder_may_only_be_read (StoreFixture      *f,
                              gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) first = open_store (f, LINLI_STORE_CREATE, &error);
  g_autoptr(LinliStore) second = NULL;
  g_autoptr(LinliStore) third = NULL;
  g_autoptr(LinliStore) reader = NULL;
  g_autoptr(LinliReply) reply = NULL;
  g_autofree char *folder = g_strdup (linli_store_get_folder (first));
  g_autofree char *room = g_build_filename (folder, LINLI_STORE_FILE "-shm", NULL);

  g_assert_no_error (error);
  linli_store_close (first);
  let_write (folder, FALSE);
  reader = open_store (f, LINLI_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_people (reader, 0);
  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));

  let_write (folder, TRUE);
  second = open_store (f, LINLI_STORE_EXISTING, &error);
  g_assert_no_error (error);
  reply = make_centre (second, &error);
  g_assert_no_error (error);
  linli_store_close (second);
  let_write (folder, FALSE);
  assert_people (reader, 1);
  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));

  let_write (folder, TRUE);
  third = open_store (f, LINLI_STORE_EXISTING, &error);
  g_assert_no_error (error);
  let_write (folder, FALSE);
  assert_people (reader, 1);
  let_write (folder, TRUE);
}

static void
test_absent_store (StoreFixture      *f,
                   gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (open_store (f, LINLI_STORE_EXISTING, &error));
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND);
}

static void
write_file (StoreFixture    *f,
            const char *content,
            gssize      length)
{
  g_autofree char *path = g_build_filename (f->folder, "linli.db", NULL);

  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

/* As another version of the program would have left it. */
static void
set_version (StoreFixture *f,
             guint8        version)
{
  g_autofree char *path = g_build_filename (f->folder, "linli.db", NULL);
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 100);
  content[63] = (char) version; /* the lowest byte of user_version */
  write_file (f, content, (gssize) length);
}

static void
test_other_version_to_read (StoreFixture      *f,
                            gconstpointer data)
{
  const struct { guint8 version; LinliStoreError code; } others[] = { { 1, LINLI_STORE_ERROR_TOO_OLD },
                                                                      { 200, LINLI_STORE_ERROR_TOO_NEW } };
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = open_store (f, LINLI_STORE_CREATE, &error);

  g_assert_no_error (error);
  linli_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      set_version (f, others[i].version);
      g_assert_null (open_store (f, LINLI_STORE_READ_ONLY, &error));
      g_assert_error (error, LINLI_STORE_ERROR, (int) others[i].code);
      g_clear_error (&error);
    }
}

static void
test_not_a_database (StoreFixture      *f,
                     gconstpointer data)
{
  g_autofree char *noise = g_strnfill (8192, 'x');
  g_autoptr(GError) error = NULL;

  write_file (f, noise, 8192);
  g_assert_null (open_store (f, LINLI_STORE_EXISTING, &error));
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("changes-are-announced", test_changes_are_announced);
  ADD ("survives-reopening", test_survives_reopening);
  ADD ("second-program-may-only-read", test_second_program_may_only_read);
  ADD ("folder-may-only-be-read", test_folder_may_only_be_read);
  ADD ("absent-store", test_absent_store);
  ADD ("other-version-to-read", test_other_version_to_read);
  ADD ("not-a-database", test_not_a_database);
#undef ADD
  return g_test_run ();
}
