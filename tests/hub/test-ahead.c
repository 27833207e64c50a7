/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk that fetches everything asks for the next page while it writes the
 * present one. */

#include "one-desk.h"

#include "linli-verify.h"

/* The pages that were asked for. */
typedef struct
{
  GHashTable *asked;   /* (owned) cursor -> how often */
  guint       n_asked;
  guint       refuse_from, refuse_to; /* of those */
} Pages;

static gboolean
count_cb (LinliHttpRequest *request,
          gpointer          data)
{
  Pages *self = data;
  const char *since = linli_http_request_get_query (request, "since");

  if (!g_str_has_suffix (linli_http_request_get_path (request), "/changes") ||
      linli_http_request_get_query (request, "limit") != NULL)
    return FALSE;
  g_hash_table_insert (self->asked, g_strdup (since),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, since)) + 1));
  self->n_asked++;
  return self->n_asked >= self->refuse_from && self->n_asked < self->refuse_to;
}

/* What is done before goes to the hub, and comes back with the rest. */
static void
pages_begin (Pages   *self,
             OneDesk *f)
{
  g_autoptr(GString) places = g_string_new ("{\"places\":[");

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (places, "%s{\"name\":\"小区%u\",\"kind\":\"estate\"}", i > 0 ? "," : "", i);
  g_string_append (places, "]}");
  linli_reply_free (one_desk_run (f, "place.import", places->str));
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  f->refuse = count_cb;
  f->refuse_data = self;
  linli_hub_service_get_config (f->service)->page_rows = 3;
  one_desk_join (f);
}

static void
pages_end (Pages   *self,
           OneDesk *f)
{
  f->refuse = NULL;
  g_hash_table_unref (self->asked);
}

static gpointer
verify_job (LinliConn *conn,
            gpointer   problems,
            GError   **error)
{
  linli_verify_store (conn, problems, error);
  return NULL;
}

static void
assert_whole (OneDesk *f)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliReply) taken = NULL;
  g_autoptr(GError) error = NULL;

  one_desk_rest (f);
  linli_db_run_sync (linli_store_get_db (f->store), LINLI_DB_READ, verify_job, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  taken = one_desk_run (f, "case.intake", "{\"text\":\"灯坏了\",\"channel\":\"CK01\"}");
  one_desk_rest (f);
}

/* Every page once; the last one again in its turn, since it says where the hub stands. */
static void
test_once (OneDesk      *f,
           gconstpointer data)
{
  Pages pages = { 0 };

  pages_begin (&pages, f);
  assert_whole (f);
  g_assert_cmpuint (g_hash_table_size (pages.asked), >, 4);
  g_assert_cmpuint (pages.n_asked, ==, g_hash_table_size (pages.asked) + 1);
  pages_end (&pages, f);
}

/* What was fetched ahead in vain is asked for in its turn, and what fails then
 * is waited for. */
static void
test_cut (OneDesk      *f,
          gconstpointer data)
{
  Pages pages = { .refuse_from = 3, .refuse_to = 5 };

  pages_begin (&pages, f);
  assert_whole (f);
  g_assert_cmpuint (pages.n_asked, ==, g_hash_table_size (pages.asked) + 3);
  pages_end (&pages, f);
}

/* The program ends with a page under way; the next goes on where it was. */
static void
test_stop (OneDesk      *f,
           gconstpointer data)
{
  Pages pages = { 0 };
  guint n_starts;

  pages_begin (&pages, f);
  while (pages.n_asked < 4)
    g_main_context_iteration (NULL, TRUE);
  linli_sync_agent_stop (f->agent);
  g_object_unref (f->agent);
  f->agent = linli_sync_agent_new (f->store);
  assert_whole (f);
  n_starts = GPOINTER_TO_UINT (g_hash_table_lookup (pages.asked, "start"));
  g_assert_cmpuint (n_starts, ==, 1);
  pages_end (&pages, f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/ahead/" path, OneDesk, NULL, one_desk_set_up, func, one_desk_tear_down)
  ADD ("once", test_once);
  ADD ("cut", test_cut);
  ADD ("stop", test_stop);
#undef ADD
  return g_test_run ();
}
