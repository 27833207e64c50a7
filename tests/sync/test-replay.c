/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One domain, two homes: what the demo centre did on its desk, done again at a
 * hub, gives the same rows to the byte. Whatever a command reads that is not
 * in the operation or in the rows shows here. */

#include <string.h>

#include "hub-test.h"
#include "linli-demo.h"
#include "linli-hub-figures.h"
#include "linli-json.h"
#include "linli-sqlite.h"
#include "linli-wire-page.h"
#include "linli-wire-push.h"

#include "store-fixture.h"

#define BATCH 50

typedef struct
{
  StoreFixture store;
  GPtrArray   *bodies; /* every operation's line, in order */
  GHashTable  *rows;   /* what the desk holds */
  LinliConn   *hub;
  gint64       now;
} Fixture;

static gpointer
fill (LinliConn  *conn,
      LinliDesk  *desk,
      LinliStore *store,
      gpointer    data,
      GError    **error)
{
  Fixture *f = data;
  LinliDemoResult result = { 0 };
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  if (!linli_demo_fill_store (store, conn, desk, 11, 60, NULL, NULL, NULL, &result, error))
    return NULL;
  stmt = linli_conn_query (conn, error, "SELECT body FROM audit ORDER BY pk", "");
  while (stmt != NULL && linli_stmt_step (stmt, &row, error) && row)
    g_ptr_array_add (f->bodies, linli_stmt_dup_text (stmt, 0));
  f->rows = hub_test_rows (conn);
  return NULL;
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  linli_store_write_finish (LINLI_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = NULL;
  gboolean done = FALSE;

  store_fixture_set_up (&f->store, NULL);
  f->now = linli_clock_now (&f->store.clock.parent);
  f->bodies = g_ptr_array_new_with_free_func (g_free);
  store = linli_store_open_sync (f->store.folder, LINLI_STORE_CREATE, &f->store.clock.parent, &error);
  g_assert_no_error (error);
  linli_store_write_async (store, fill, f, NULL, NULL, NULL, filled_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  linli_store_close (store);
  f->hub = hub_test_new (HUB_DEVICE);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_conn_close (f->hub);
  g_hash_table_unref (f->rows);
  g_ptr_array_unref (f->bodies);
  store_fixture_tear_down (&f->store, NULL);
}

static void
push_some (Fixture   *f,
           LinliConn *hub,
           guint      first,
           guint      end)
{
  const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

  for (guint i = first; i < end; i += BATCH)
    {
      g_autoptr(GBytes) batch = hub_test_batch (HUB_EPOCH, HUB_DEVICE, i + 1, f->now, f->bodies, i, BATCH);
      g_autoptr(GBytes) answer = hub_test_take (linli_hub_push (hub, HUB_DEVICE, batch, &config, f->now), 200);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliWirePushReply) reply = linli_wire_push_reply_parse (answer, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (reply->results->len, ==, MIN (BATCH, f->bodies->len - i));
      for (guint r = 0; r < reply->results->len; r++)
        {
          LinliWireResult *result = reply->results->pdata[r];

          if (!g_str_equal (result->result, "applied"))
            g_error ("%s: %s %s: %s", (char *) f->bodies->pdata[i + r], result->result, result->code, result->message);
        }
    }
}

static void
push_all (Fixture *f)
{
  push_some (f, f->hub, 0, f->bodies->len);
}

static GHashTable *
pull_all (Fixture *f)
{
  const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *cursor = g_strdup (LINLI_WIRE_START);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr(GBytes) answer = hub_test_take (linli_hub_pull (f->hub, HUB_DEVICE, cursor, &config, f->now), 200);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliWirePage) page = linli_wire_page_parse (answer, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->rows->len; i++)
        {
          const LinliWireRow *row = page->rows->pdata[i];
          char *key = g_strconcat (row->kind, "/", row->id, NULL);

          if (row->body == NULL)
            g_free (key);
          else
            {
              g_autoptr(JsonNode) node = json_from_string (row->body, &error);

              g_assert_no_error (error);
              g_hash_table_insert (rows, key, json_to_string (node, FALSE));
            }
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
      more = page->more;
    }

  return rows;
}

static void
test_same_rows (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(GHashTable) at_hub = NULL;
  g_autoptr(GHashTable) fed = NULL;

  g_assert_cmpuint (f->bodies->len, >, 500);
  push_all (f);
  at_hub = hub_test_rows (f->hub);
  hub_test_assert_same (f->rows, at_hub);
  fed = pull_all (f);
  g_assert_cmpuint (g_hash_table_size (fed), ==, g_hash_table_size (at_hub));
  hub_test_check_digest (f->hub, HUB_DEVICE, f->hub);
  g_test_message ("%u operations, %u rows", f->bodies->len, g_hash_table_size (at_hub));

  push_all (f); /* a second time: the same answers, no second effect */
  g_hash_table_unref (at_hub);
  at_hub = hub_test_rows (f->hub);
  hub_test_assert_same (f->rows, at_hub);
}

/* --- Figures --- */

static char *
figures_text (LinliConn  *hub,
              const char *args,
              gint64      now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = linli_json_parse_object (args, -1, &error);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, linli_hub_figures (hub, object, now, &error));
  g_assert_no_error (error);
  return json_to_string (node, TRUE);
}

static char *
cases_text (LinliConn  *hub,
            const char *args,
            gint64      now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = linli_json_parse_object (args, -1, &error);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, linli_hub_figures_cases (hub, object, now, &error));
  g_assert_no_error (error);
  return json_to_string (node, TRUE);
}

static gint64
count_of (const char *figures)
{
  g_autoptr(JsonObject) object = linli_json_parse_object (figures, -1, NULL);
  gint64 n = 0;

  g_assert_true (linli_json_get_int (linli_json_get_object (linli_json_get_object (object, "counts"), "sets"), "cases", &n));
  return n;
}

/* @hub is of the engine that the run is about, @other of the one every desk has. */
static void
assert_same_figures (LinliConn *hub,
                     LinliConn *other,
                     gint64     now)
{
  static const char *const figures[] = {
    "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\"}",
    "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"basis\":\"finished\",\"compare\":\"before\"}",
    "{\"from\":\"2025-06-01\",\"to\":\"2026-06-30\",\"basis\":\"dispatched\",\"compare\":\"year\"}",
    "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\",\"basis\":\"limit\"}",
  };
  static const char *const cases[] = {
    "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\"}",
    "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\",\"basis\":\"finished\",\"set\":\"in-time\"}",
    "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\",\"set\":\"unfinished\",\"class\":\"市容环卫\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *here = figures_text (hub, figures[i], now);
      g_autofree char *there = figures_text (other, figures[i], now);

      g_assert_cmpstr (here, ==, there);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *here = cases_text (hub, cases[i], now);
      g_autofree char *there = cases_text (other, cases[i], now);

      g_assert_cmpstr (here, ==, there);
    }
}

/* A district reads the same from either engine, and no older than a minute. */
static void
test_same_figures (Fixture      *f,
                   gconstpointer data)
{
  const char *all = "{\"from\":\"2020-01-01\",\"to\":\"2029-12-31\"}";
  guint half = f->bodies->len / 2 / BATCH * BATCH;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) other = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, &error);
  g_autofree char *first = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *later = NULL;

  g_assert_no_error (error);
  hub_test_make (other, HUB_DEVICE);
  push_some (f, f->hub, 0, half);
  push_some (f, other, 0, half);
  assert_same_figures (f->hub, other, f->now);
  first = figures_text (f->hub, all, f->now);
  g_assert_cmpint (count_of (first), >, 0);

  push_some (f, f->hub, half, f->bodies->len);
  push_some (f, other, half, f->bodies->len);
  soon = figures_text (f->hub, all, f->now + 30 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (count_of (soon), ==, count_of (first));
  later = figures_text (f->hub, all, f->now + 61 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (count_of (later), >, count_of (first));
  assert_same_figures (f->hub, other, f->now + 61 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay/same-rows", Fixture, NULL, set_up, test_same_rows, tear_down);
  g_test_add ("/replay/same-figures", Fixture, NULL, set_up, test_same_figures, tear_down);
  return g_test_run ();
}
