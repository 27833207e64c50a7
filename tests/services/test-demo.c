/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo centre: the same every time, whole at any time. */

#include <string.h>

#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-demo.h"
#include "linli-registry.h"
#include "linli-verify.h"

#include "store-fixture.h"

#define FEW 36
#define DEVICE "0192f0c0-0000-7000-8000-000000000001"

/* A device is all that tells two stores of one seed apart; these have the same. */
typedef struct
{
  guint           seed;
  guint           n_cases;
  GCancellable   *cancellable; /* (nullable) */
  LinliDemoResult result;
  gboolean        done;
  GError         *error;
} Making;

static gpointer
fill (LinliConn  *conn,
      LinliDesk  *desk,
      LinliStore *store,
      gpointer    data,
      GError    **error)
{
  Making *making = data;

  g_free (desk->device);
  desk->device = g_strdup (DEVICE);
  linli_demo_fill_store (store, conn, desk, making->seed, making->n_cases, NULL, NULL, making->cancellable,
                         &making->result, error);
  return NULL;
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Making *making = user_data;

  linli_store_write_finish (LINLI_STORE (source), result, &making->error);
  making->done = TRUE;
}

static LinliStore *
make (StoreFixture *f,
      Making       *making)
{
  g_autoptr(GError) error = NULL;
  LinliStore *store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, &error);

  g_assert_no_error (error);
  linli_store_write_async (store, fill, making, NULL, NULL, NULL, filled_cb, making);
  while (!making->done)
    g_main_context_iteration (NULL, TRUE);

  return store;
}

static gpointer
dump (LinliConn *conn,
      gpointer   data,
      GError   **error)
{
  GString *out = g_string_new (NULL);
  const LinliRoom *const *rooms = linli_rooms ();

  for (guint r = 0; rooms[r] != NULL; r++)
    for (guint t = 0; rooms[r]->tables[t] != NULL; t++)
      {
        const LinliTable *table = rooms[r]->tables[t];
        g_autoptr(GPtrArray) rows = NULL;

        if (table->flags & LINLI_TABLE_LOCAL)
          continue;
        rows = linli_conn_select (conn, table, error, "1 = 1 ORDER BY pk", "");
        g_assert_nonnull (rows);
        for (guint i = 0; i < rows->len; i++)
          {
            g_string_append (out, table->name);
            for (guint c = 0; table->columns[c].name != NULL; c++)
              {
                g_string_append_c (out, '|');
                linli_row_append_json_column (rows->pdata[i], c, out);
              }
            g_string_append_c (out, '\n');
          }
      }

  return g_string_free (out, FALSE);
}

static char *
make_dump (guint seed)
{
  StoreFixture f;
  Making making = { .seed = seed, .n_cases = FEW };
  g_autoptr(LinliStore) store = NULL;
  char *text;

  store_fixture_set_up (&f, NULL);
  store = make (&f, &making);
  g_assert_no_error (making.error);
  text = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, dump, NULL, NULL);
  linli_store_close (store);
  store_fixture_tear_down (&f, NULL);

  return text;
}

static void
test_same_seed_same_centre (void)
{
  g_autofree char *first = make_dump (7);
  g_autofree char *second = make_dump (7);
  g_autofree char *other = make_dump (8);

  g_assert_cmpuint (strlen (first), >, 100000);
  g_assert_true (g_str_equal (first, second));
  g_assert_false (g_str_equal (first, other));
}

static gint64
count (LinliConn  *conn,
       const char *sql,
       gint64      now)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_conn_get_int (conn, &n, &error, sql, "i", now);
  g_assert_no_error (error);
  return n;
}

/* Whatever the hour: every state, something late, something that runs out
 * soon, nobody ahead of the clock, nothing said too often. */
static gpointer
check_desk (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  static const char *const states[] = { "received", "registered", "dispatched", "in_progress", "pending_review",
                                        "resolved", "closed", "declined", "withdrawn" };
  gint64 now = *(gint64 *) data;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM cases WHERE state = '%s' AND received_at <= ?1", states[i]);

      g_test_message ("%s: %d", states[i], (int) count (conn, sql, now));
      g_assert_cmpint (count (conn, sql, now), >, 0);
    }
  g_assert_cmpint (count (conn, "SELECT count(*) FROM cases WHERE due_at < ?1", now), >, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM cases WHERE due_at BETWEEN ?1 AND ?1 + 14400000000", now), >, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM entry WHERE at > ?1", now), ==, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM submission WHERE received_at > ?1", now), ==, 0);
  g_assert_cmpint (count (conn, "SELECT max(n) FROM (SELECT count(*) AS n FROM submission WHERE received_at <= ?1 "
                                "GROUP BY text_verbatim)", now), <=, 4);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM cases WHERE title LIKE '%{%' AND received_at <= ?1", now), ==, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM entry WHERE body LIKE '%{%' AND at <= ?1", now), ==, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM cases WHERE n_submissions > 1 AND received_at <= ?1", now), >, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM dispatch WHERE role = 'assist' AND sent_at <= ?1", now), >, 0);
  g_assert_cmpint (count (conn, "SELECT count(DISTINCT audience) FROM entry WHERE at <= ?1", now), ==, 3);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM draft WHERE saved_at <= ?1", now), ==, 3);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM centre WHERE is_demo = 1 AND ?1 > 0", now), ==, 1);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM audit a JOIN audit b ON b.pk = a.pk + 1 WHERE b.at < a.at "
                                "AND b.at <= ?1", now), ==, 0);
  /* Operations share a transaction, but not their changes. */
  g_assert_cmpint (count (conn, "SELECT count(*) FROM audit WHERE kind = 'case.sign' AND at <= ?1 "
                                "AND changes LIKE '%\"t\":\"submission\"%'", now), ==, 0);
  g_assert_true (linli_verify_store (conn, problems, error));
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);

  return NULL;
}

typedef struct
{
  const char *name;
  const char *now;
  gboolean    covered;
  guint       seed;    /* 0: a small centre */
  guint       n_cases;
} Moment;

static const Moment moments[] = {
  { "weekday-noon", "2026-06-10T12:10:00+08:00", TRUE },
  { "sunday-night", "2026-08-16T22:40:00+08:00", TRUE },
  { "spring-festival", "2026-02-18T10:30:00+08:00", TRUE },
  { "small-hours", "2026-05-20T03:20:00+08:00", TRUE },
  { "last-day-of-the-calendar", "2026-12-31T16:00:00+08:00", FALSE },
  { "beyond-the-calendar", "2027-03-03T15:00:00+08:00", FALSE },
  { "as-people-open-it", "2026-11-28T07:37:00+08:00", TRUE, LINLI_DEMO_SEED, LINLI_DEMO_CASES },
};

static void
test_whole_at (gconstpointer data)
{
  const Moment *moment = data;
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (moment->now, NULL);
  StoreFixture f;
  Making making = { .seed = moment->seed != 0 ? moment->seed : 3, .n_cases = moment->seed != 0 ? moment->n_cases : 60 };
  g_autoptr(LinliStore) store = NULL;

  store_fixture_set_up (&f, NULL);
  f.clock.time = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  store = make (&f, &making);
  g_assert_no_error (making.error);
  g_assert_cmpint (making.result.covered, ==, moment->covered);
  g_assert_cmpint (making.result.covered_until, ==, 2026);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_desk, &f.clock.time, NULL);
  linli_store_close (store);
  store_fixture_tear_down (&f, NULL);
}

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  *(guint *) data = total;
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Making *making = user_data;
  g_autofree LinliDemoResult *made = linli_demo_finish (LINLI_STORE (source), result, &making->error);

  if (made != NULL)
    making->result = *made;
  making->done = TRUE;
}

/* The window sees how far it is, in its own thread. */
static void
test_tells_progress (StoreFixture *f,
                     gconstpointer data)
{
  g_autoptr(LinliStore) store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, NULL);
  Making making = { 0 };
  guint total = 0;

  linli_demo_async (store, 1, FEW, progress_cb, &total, NULL, made_cb, &making);
  while (!making.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (making.error);
  g_assert_cmpuint (total, >, 100);
  g_assert_cmpuint (making.result.n_cases, >=, FEW);
  g_assert_cmpuint (making.result.n_operations, >=, total);
}

static void
cancel_cb (guint    done,
           guint    total,
           gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_can_be_cancelled (StoreFixture *f,
                       gconstpointer data)
{
  g_autoptr(LinliStore) store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Making making = { 0 };

  linli_demo_async (store, 1, 400, cancel_cb, cancellable, cancellable, made_cb, &making);
  while (!making.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (making.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&making.error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/same-seed-same-centre", test_same_seed_same_centre);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/whole-at/", moments[i].name, NULL);

      g_test_add_data_func (path, &moments[i], test_whole_at);
    }
  g_test_add ("/demo/tells-progress", StoreFixture, NULL, store_fixture_set_up, test_tells_progress, store_fixture_tear_down);
  g_test_add ("/demo/can-be-cancelled", StoreFixture, NULL, store_fixture_set_up, test_can_be_cancelled, store_fixture_tear_down);

  return g_test_run ();
}
