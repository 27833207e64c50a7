/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sitting down at a desk: right and wrong passwords, waiting that outlives the
 * program, and a password that is nowhere in the store. */

#include <string.h>

#include "linli-person.h"
#include "linli-session-watch.h"

#include "store-fixture.h"

#define SECRET "桂花开在九月里头"
#define OTHER  "correct horse battery"

static LinliStore *
open_store (StoreFixture   *f,
            LinliStoreMode  mode)
{
  g_autoptr(GError) error = NULL;
  LinliStore *store = linli_store_open_sync (f->folder, mode, &f->clock.parent, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
make_centre (LinliConn *conn,
             gpointer   store,
             GError   **error)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"name\":\"桂园\",\"person\":\"陈静\"}", NULL);
  g_autoptr(LinliOutcome) outcome = linli_store_submit (store, conn, "centre.create", json_node_get_object (node),
                                                        LINLI_EXECUTE_QUEUE, error);

  g_assert_nonnull (outcome);
  linli_store_set_actor (store, json_object_get_string_member (outcome->result, "account"));
  return NULL;
}

static LinliStore *
begin (StoreFixture *f)
{
  LinliStore *store = open_store (f, LINLI_STORE_CREATE);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, make_centre, store, NULL);
  return store;
}

static gboolean
sign_in (LinliStore *store,
         const char *password,
         const char *reason)
{
  g_autoptr(GError) error = NULL;
  gboolean done = linli_person_sign_in_sync (store, "陈静", password, &error);

  g_assert_cmpstr (error != NULL ? linli_domain_error_get_reason (error) : NULL, ==, reason);
  return done;
}

static void
set_password (LinliStore *store,
              const char *old,
              const char *password,
              const char *reason)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *actor = linli_store_dup_actor (store);
  gboolean done = linli_person_set_password_sync (store, actor, old, password, &error);

  g_assert_cmpstr (error != NULL ? linli_domain_error_get_reason (error) : NULL, ==, reason);
  g_assert_true (done == (reason == NULL));
}

static void
test_password_opens (StoreFixture *f,
                     gconstpointer data)
{
  g_autoptr(LinliStore) store = begin (f);
  g_autofree char *before = linli_store_dup_actor (store);
  g_autofree char *actor = NULL;

  g_assert_true (sign_in (store, NULL, NULL)); /* nobody has a password yet */
  set_password (store, NULL, "short", "invalid");
  set_password (store, NULL, "aaaaaaaaaaaa", "invalid");
  set_password (store, NULL, SECRET, NULL);
  set_password (store, NULL, OTHER, "wrong-password"); /* the own one is shown first */
  set_password (store, SECRET, OTHER, NULL);
  linli_store_close (store);

  g_clear_object (&store);
  store = open_store (f, LINLI_STORE_EXISTING);
  actor = linli_store_dup_actor (store);
  g_assert_null (actor);
  g_assert_false (sign_in (store, SECRET, "wrong-password"));
  g_assert_false (sign_in (store, "", "wrong-password"));
  g_assert_true (sign_in (store, OTHER, NULL));
  actor = linli_store_dup_actor (store);
  g_assert_cmpstr (actor, ==, before);
  linli_store_close (store);

  g_clear_object (&store);
  store = open_store (f, LINLI_STORE_READ_ONLY);
  g_assert_false (sign_in (store, SECRET, "wrong-password"));
  g_assert_true (sign_in (store, OTHER, NULL));
  linli_store_close (store);
}

static void
test_waiting_outlives_a_restart (StoreFixture *f,
                                 gconstpointer data)
{
  g_autoptr(LinliStore) store = begin (f);

  set_password (store, NULL, SECRET, NULL);
  for (guint i = 0; i < 5; i++)
    g_assert_false (sign_in (store, OTHER, "wrong-password"));
  g_assert_false (sign_in (store, SECRET, "locked-out"));
  linli_store_close (store);
  g_clear_object (&store);
  store = open_store (f, LINLI_STORE_EXISTING);
  g_assert_false (sign_in (store, SECRET, "locked-out"));
  f->clock.time += 29 * G_USEC_PER_SEC;
  g_assert_false (sign_in (store, SECRET, "locked-out"));
  /* A clock put back by a year starts the wait anew and does not end it. */
  f->clock.time -= G_GINT64_CONSTANT (365) * 24 * 3600 * G_USEC_PER_SEC;
  g_assert_false (sign_in (store, SECRET, "locked-out"));
  f->clock.time += 30 * G_USEC_PER_SEC;
  g_assert_false (sign_in (store, OTHER, "wrong-password"));
  f->clock.time += 59 * G_USEC_PER_SEC;
  g_assert_false (sign_in (store, SECRET, "locked-out"));
  f->clock.time += G_USEC_PER_SEC;
  g_assert_true (sign_in (store, SECRET, NULL));
  g_assert_false (sign_in (store, OTHER, "wrong-password"));
  g_assert_true (sign_in (store, SECRET, NULL));
  linli_store_close (store);
}

static gboolean
holds (const char *bytes,
       gsize       length,
       const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (bytes + i, text, n) == 0)
      return TRUE;
  return FALSE;
}

static void
test_password_is_nowhere (StoreFixture *f,
                          gconstpointer data)
{
  g_autoptr(LinliStore) store = begin (f);
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  set_password (store, NULL, SECRET, NULL);
  sign_in (store, OTHER, "wrong-password");
  linli_store_close (store);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (!g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      n_files++;
      g_assert_false (holds (bytes, length, SECRET));
      g_assert_false (holds (bytes, length, OTHER));
    }
  g_assert_cmpuint (n_files, >, 0);
}

/* What was asked for before the persons changed is done in the name of who asked. */
static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
keep_reply_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(LinliReply **) user_data = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gpointer
load_session (LinliConn *conn,
              gpointer   actor,
              GError   **error)
{
  return linli_session_load (conn, actor, error);
}

static LinliSession *
load (LinliStore *store,
      char       *actor)
{
  LinliSession *session = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, load_session, actor, NULL);

  g_assert_nonnull (session);
  return session;
}

static gpointer
read_actor (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  linli_conn_get_text (conn, data, error, "SELECT actor FROM draft", "");
  return NULL;
}

static void
test_words_stay_with_who_typed_them (StoreFixture *f,
                                     gconstpointer data)
{
  g_autoptr(LinliStore) store = begin (f);
  g_autoptr(LinliRequest) request = linli_request_new ();
  g_autoptr(LinliRequest) body = linli_request_new ();
  g_autofree char *first = linli_store_dup_actor (store);
  g_autofree char *whose = NULL;
  gboolean done = FALSE;

  linli_request_set_text (request, "id", "0195c0de-7000-7abc-8def-0123456789ab");
  linli_request_set_text (request, "kind", "note");
  linli_request_set_object (request, "body", body);
  linli_store_run_async (store, "draft.save", request, NULL, count_cb, &done);
  linli_store_set_actor (store, NULL);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, read_actor, &whose, NULL);
  g_assert_cmpstr (whose, ==, first);
  linli_store_close (store);
}

/* --- What the person may, while it changes --- */

static LinliReply *
run (LinliStore *store,
     const char *command,
     const char *args)
{
  g_autoptr(JsonNode) node = json_from_string (args, NULL);
  g_autoptr(LinliRequest) request = linli_request_new ();
  g_autoptr(GList) names = json_object_get_members (json_node_get_object (node));
  LinliReply *reply = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), l->data);

      if (json_node_get_value_type (member) == G_TYPE_BOOLEAN)
        linli_request_set_bool (request, l->data, json_node_get_boolean (member));
      else
        linli_request_set_text (request, l->data, json_node_get_string (member));
    }
  linli_store_run_async (store, command, request, NULL, keep_reply_cb, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  return reply;
}

typedef struct
{
  guint     n_told;
  LinliRole had;
} Told;

static void
session_changed_cb (LinliSessionWatch *watch,
                    LinliSession      *former,
                    Told              *told)
{
  told->n_told++;
  told->had = former->roles;
}

static void
wait_for (Told *told,
          guint n)
{
  while (told->n_told < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (told->n_told, ==, n);
}

static void
test_rights_follow (StoreFixture *f,
                    gconstpointer data)
{
  g_autoptr(LinliStore) store = begin (f);
  g_autofree char *admin = linli_store_dup_actor (store);
  g_autofree char *clerk = NULL;
  g_autofree char *args = NULL;
  g_autoptr(LinliReply) made = run (store, "account.create", "{\"name\":\"李明\",\"roles\":\"dispatcher\"}");
  g_autoptr(LinliReply) ran = NULL;
  g_autoptr(LinliReply) kept = NULL;
  g_autoptr(LinliSessionWatch) watch = NULL;
  LinliSession *session;
  Told told = { 0 };

  clerk = g_strdup (linli_reply_get_text (made, "account"));
  linli_store_set_actor (store, clerk);
  watch = linli_session_watch_new (store, load (store, clerk));
  g_signal_connect (watch, "changed", G_CALLBACK (session_changed_cb), &told);
  g_assert_true (linli_session_may (linli_session_watch_get_session (watch), "case.merge"));
  g_assert_false (linli_session_may (linli_session_watch_get_session (watch), "unit.save"));

  /* The centre takes a right from the role; the person keeps the duty. */
  linli_store_set_actor (store, admin);
  ran = run (store, "role.set-rights", "{\"role\":\"dispatcher\",\"rights\":\"approve\"}");
  wait_for (&told, 1);
  session = linli_session_watch_get_session (watch);
  g_assert_cmpuint (session->roles, ==, LINLI_ROLE_DISPATCHER);
  g_assert_false (linli_session_may (session, "case.merge"));
  g_assert_true (linli_session_may (session, "case.dispatch"));

  /* Another role counts as soon as it is given; what concerns others tells nothing. */
  args = g_strdup_printf ("{\"account\":\"%s\",\"roles\":\"dispatcher admin\"}", clerk);
  linli_reply_free (g_steal_pointer (&ran));
  ran = run (store, "account.set-roles", args);
  wait_for (&told, 2);
  g_assert_cmpuint (told.had, ==, LINLI_ROLE_DISPATCHER);
  g_assert_true (linli_session_may (linli_session_watch_get_session (watch), "unit.save"));
  linli_reply_free (g_steal_pointer (&ran));
  ran = run (store, "account.create", "{\"name\":\"王芳\",\"roles\":\"clerk\"}");

  g_free (args);
  args = g_strdup_printf ("{\"account\":\"%s\",\"active\":false}", clerk);
  linli_reply_free (g_steal_pointer (&ran));
  ran = run (store, "account.set-active", args);
  wait_for (&told, 3);
  session = linli_session_watch_get_session (watch);
  g_assert_true (session->closed);
  g_assert_false (linli_session_may (session, "case.dispatch"));

  /* Signed out, but what was just typed is still kept; nothing else is done. */
  linli_store_set_actor (store, clerk);
  kept = run (store, "draft.discard", "{\"id\":\"0195c0de-7000-7abc-8def-0123456789ab\"}");
  linli_session_watch_stop (watch);
  linli_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/person/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("password-opens", test_password_opens);
  ADD ("waiting-outlives-a-restart", test_waiting_outlives_a_restart);
  ADD ("password-is-nowhere", test_password_is_nowhere);
  ADD ("rights-follow", test_rights_follow);
  ADD ("words-stay-with-who-typed-them", test_words_stay_with_who_typed_them);

  return g_test_run ();
}
