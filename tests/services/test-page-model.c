/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list over the store: what the view is told must always turn the list it
 * had into the list there is, cheaply, and rows keep their identity. */

#include "linli-page-diff.h"
#include "linli-page-model.h"
#include "linli-sqlite.h"

#include <string.h>

/* --- Records that say which key they belong to and when they were read --- */

#define TEST_TYPE_RECORD (test_record_get_type ())
G_DECLARE_FINAL_TYPE (TestRecord, test_record, TEST, RECORD, GObject)
struct _TestRecord
{
  GObject parent_instance;
  gint64  pk;
  int     version;
};
G_DEFINE_FINAL_TYPE (TestRecord, test_record, G_TYPE_OBJECT)
static void test_record_class_init (TestRecordClass *klass) {}
static void test_record_init (TestRecord *self) {}

/* The "table": guarded because the loader runs in the read lane. */
typedef struct
{
  GMutex  mutex;
  GArray *keys;
  int     version;
  guint   n_loaded;
  guint   n_load_calls;
} Table;
static Table table;

static GArray *
fake_keys (LinliConn *conn,
           GVariant  *query,
           guint      limit,
           GError   **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&table.mutex);
  GArray *keys;
  guint n;

  if (g_variant_get_int32 (query) < 0)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "broken");
      return NULL;
    }
  n = limit == 0 ? table.keys->len : MIN (limit, table.keys->len);
  keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_array_append_vals (keys, table.keys->data, n);
  return keys;
}

static GPtrArray *
fake_load (LinliConn *conn,
           GVariant  *query,
           GArray    *pks,
           GError   **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&table.mutex);
  GPtrArray *records = g_ptr_array_new_full (pks->len, g_object_unref);

  table.n_load_calls++;
  for (guint i = 0; i < pks->len; i++)
    {
      TestRecord *record = g_object_new (TEST_TYPE_RECORD, NULL);

      record->pk = g_array_index (pks, gint64, i);
      record->version = table.version;
      table.n_loaded++;
      g_ptr_array_add (records, record);
    }
  return records;
}

static const LinliPageLoader loader = { fake_keys, fake_load };

/* --- Fixture --- */

typedef struct
{
  LinliDb        *db;
  LinliPageModel *model;
  GArray         *mirror; /* what a view believes, kept from signals alone */
  guint           n_signals;
  guint           most_rows; /* in one signal before the list was known whole */
  guint           n_settled;
  guint           n_arrived;
  gboolean        failed;
} Fixture;

static LinliConn *
open_memory (LinliDbLane lane,
             gpointer    data,
             GError    **error)
{
  return linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, error);
}

static void
items_changed_cb (LinliPageModel *model,
                  guint           position,
                  guint           removed,
                  guint           added,
                  Fixture        *f)
{
  g_autoptr(GArray) fresh = g_array_sized_new (FALSE, FALSE, sizeof (gint64), added);

  f->n_signals++;
  if (added < LINLI_PAGE_MODEL_FIRST)
    f->most_rows = MAX (f->most_rows, added);
  for (guint i = 0; i < added; i++)
    {
      gint64 pk = linli_page_model_get_pk (model, position + i);

      g_array_append_val (fresh, pk);
    }
  if (removed > 0)
    g_array_remove_range (f->mirror, position, removed);
  g_array_insert_vals (f->mirror, position, fresh->data, added);
  g_assert_cmpuint (f->mirror->len, ==, g_list_model_get_n_items (G_LIST_MODEL (model)));
}

static void
settled_cb (LinliPageModel *model,
            gboolean        opened,
            guint           n_arrived,
            Fixture        *f)
{
  f->n_settled++;
  f->n_arrived += n_arrived;
}

static void
failed_cb (LinliPageModel *model,
           GError         *error,
           Fixture        *f)
{
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT);
  f->failed = TRUE;
}

static void
fill_table (guint n)
{
  table.keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    {
      gint64 pk = (gint64) n - i;

      g_array_append_val (table.keys, pk);
    }
  table.version = 1;
  table.n_loaded = table.n_load_calls = 0;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  fill_table (GPOINTER_TO_UINT (data));
  f->db = linli_db_new (open_memory, NULL, NULL);
  f->model = linli_page_model_new (f->db, "cases", &loader);
  f->mirror = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (f->model, "items-changed", G_CALLBACK (items_changed_cb), f);
  g_signal_connect (f->model, "settled", G_CALLBACK (settled_cb), f);
  g_signal_connect (f->model, "failed", G_CALLBACK (failed_cb), f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_db_close (f->db);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->model);
  g_assert_finalize_object (f->db);
  g_array_unref (f->mirror);
  g_array_unref (table.keys);
}

static void
wait_settled (Fixture *f,
              guint    n)
{
  gint64 give_up = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (f->n_settled < n && !f->failed)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
wait_complete (Fixture *f)
{
  gint64 give_up = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!linli_page_model_is_complete (f->model))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
open_all (Fixture *f)
{
  linli_page_model_open (f->model, g_variant_new_int32 (0));
  wait_settled (f, f->n_settled + 1);
  wait_complete (f);
}

static void
check_mirror (Fixture *f)
{
  g_assert_cmpuint (f->mirror->len, ==, table.keys->len);
  g_assert_cmpmem (f->mirror->data, f->mirror->len * sizeof (gint64),
                   table.keys->data, table.keys->len * sizeof (gint64));
}

/* Until what the signals told is what the table has. */
static void
wait_follows (Fixture *f)
{
  gint64 give_up = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (f->mirror->len != table.keys->len ||
         memcmp (f->mirror->data, table.keys->data, f->mirror->len * sizeof (gint64)) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* One change of the table, announced; returns when the list has followed. */
static void
change (Fixture *f,
        guint    from,
        guint    to,
        gint64   pk)
{
  g_mutex_lock (&table.mutex);
  table.version++;
  if (from < table.keys->len)
    g_array_remove_index (table.keys, from);
  if (to <= table.keys->len)
    g_array_insert_val (table.keys, to, pk);
  g_mutex_unlock (&table.mutex);
  linli_db_note_change (f->db, "cases", pk);
  wait_settled (f, f->n_settled + 1);
}

/* --- Tests --- */

static void
test_opens_whole (Fixture      *f,
                  gconstpointer data)
{
  open_all (f);
  check_mirror (f);
  g_assert_cmpuint (f->n_signals, <=, 10);
  g_assert_cmpuint (f->most_rows, <=, 40); /* at once, while a view may be watching */
  g_assert_cmpuint (f->n_arrived, ==, 0);
}

static void
test_first_rows_have_records (Fixture      *f,
                              gconstpointer data)
{
  linli_page_model_open (f->model, g_variant_new_int32 (0));
  wait_settled (f, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(LinliListRow) row = g_list_model_get_item (G_LIST_MODEL (f->model), i);
      TestRecord *record = linli_list_row_get_item (row);

      g_assert_nonnull (record);
      g_assert_cmpint (record->pk, ==, linli_list_row_get_pk (row));
    }
  wait_complete (f);
}

/* Like a view, which lets go of what leaves. */
static void
let_go_cb (LinliPageModel *model,
           guint           position,
           guint           removed,
           guint           added,
           GPtrArray      *rows)
{
  guint n = rows->len;

  for (guint i = n; removed > 0 && i-- > 0;)
    if (!linli_page_model_find (model, linli_list_row_get_pk (rows->pdata[i]), NULL))
      g_ptr_array_remove_index (rows, i);
  g_assert_cmpuint (n - rows->len, <=, 48);
}

/* Returns: (transfer full): two hundred rows from @first on, held as a view does */
static GPtrArray *
open_in_view (Fixture *f,
              guint    first)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  open_all (f);
  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (f->model), first + i));
  g_signal_connect (f->model, "items-changed", G_CALLBACK (let_go_cb), rows);

  return rows;
}

/* The next question has other answers, as many. */
static void
change_all_keys (void)
{
  for (guint i = 0; i < table.keys->len; i++)
    g_array_index (table.keys, gint64, i) += 5000000;
}

static void
open_until_some_left (Fixture   *f,
                      GPtrArray *rows)
{
  gint64 give_up = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  linli_page_model_open (f->model, g_variant_new_int32 (0));
  while (rows->len == 200)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (rows->len, >, 0);
}

/* A view holds rows in the middle of a long list when another one is opened:
 * they leave a few at a time, and what is there in the end is right. */
static void
test_leaves_in_pieces (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr(GPtrArray) rows = open_in_view (f, 500);

  change_all_keys ();
  open_all (f);
  check_mirror (f);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* Who searches in a list of hundreds and finds three does not wait longer. */
static void
test_leaves_for_few (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(GPtrArray) rows = open_in_view (f, 0);

  g_array_set_size (table.keys, 3);
  open_all (f);
  check_mirror (f);
}

static void
test_asked_while_leaving (Fixture      *f,
                          gconstpointer data)
{
  g_autoptr(GPtrArray) rows = open_in_view (f, 500);

  change_all_keys ();
  open_until_some_left (f, rows);
  open_all (f);
  check_mirror (f);
  g_assert_cmpuint (rows->len, ==, 0);
}

static void
test_closed_while_leaving (Fixture      *f,
                           gconstpointer data)
{
  g_autoptr(GPtrArray) rows = open_in_view (f, 500);
  guint n;

  change_all_keys ();
  open_until_some_left (f, rows);
  n = rows->len;
  g_object_run_dispose (G_OBJECT (f->model));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (rows->len, ==, n);
}

static void
await_item (LinliListRow *row)
{
  gint64 give_up = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (linli_list_row_get_item (row) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_dragged_past_rows_are_not_read (Fixture      *f,
                                     gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr(LinliListRow) kept = NULL;
  guint before;

  open_all (f);
  before = table.n_loaded;
  for (guint i = 1000; i < 3000; i++)
    {
      LinliListRow *row = g_list_model_get_item (G_LIST_MODEL (f->model), i);

      g_object_unref (row);
    }
  kept = g_list_model_get_item (G_LIST_MODEL (f->model), n - 5);
  await_item (kept);
  g_assert_cmpuint (table.n_loaded - before, ==, 1);
}

static void
test_row_keeps_identity (Fixture      *f,
                         gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr(LinliListRow) last = NULL;
  gint64 pk;
  guint place;

  open_all (f);
  last = g_list_model_get_item (G_LIST_MODEL (f->model), n - 1);
  await_item (last);
  pk = linli_list_row_get_pk (last);
  change (f, n - 1, 0, pk);
  check_mirror (f);
  g_assert_true (linli_page_model_find (f->model, pk, &place));
  g_assert_cmpuint (place, ==, 0);
  {
    g_autoptr(LinliListRow) again = g_list_model_get_item (G_LIST_MODEL (f->model), 0);

    g_assert_true (again == last);
  }
  g_assert_cmpuint (f->n_arrived, ==, 0);
  while (((TestRecord *) linli_list_row_get_item (last))->version != 2)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_arrivals_are_counted (Fixture      *f,
                           gconstpointer data)
{
  guint signals_before;

  open_all (f);
  signals_before = f->n_signals;
  change (f, G_MAXUINT, 0, 5000000);
  change (f, G_MAXUINT, 0, 5000001);
  g_assert_cmpuint (f->n_arrived, ==, 2);
  g_assert_cmpuint (f->n_signals - signals_before, ==, 2);
  check_mirror (f);
}

static void
test_failure_keeps_list (Fixture      *f,
                         gconstpointer data)
{
  open_all (f);
  linli_page_model_open (f->model, g_variant_new_int32 (-1));
  wait_settled (f, f->n_settled + 1);
  g_assert_true (f->failed);
  check_mirror (f);
}

static void
test_later_question_wins (Fixture      *f,
                          gconstpointer data)
{
  linli_page_model_open (f->model, g_variant_new_int32 (-1));
  linli_page_model_open (f->model, g_variant_new_int32 (0));
  wait_complete (f);
  g_assert_false (f->failed);
  check_mirror (f);
}

/* Any two lists, any truth about what changed: the mirror follows. */
static void
test_any_change (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260214);

  open_all (f);
  for (guint round = 0; round < 15; round++)
    {
      guint n_moves = g_rand_int_range (rand, 0, 90);

      g_mutex_lock (&table.mutex);
      for (guint i = 0; i < n_moves; i++)
        {
          guint from = g_rand_int_range (rand, 0, table.keys->len);
          guint to = g_rand_int_range (rand, 0, table.keys->len);
          gint64 pk = g_array_index (table.keys, gint64, from);

          g_array_remove_index (table.keys, from);
          if (g_rand_int_range (rand, 0, 4) == 0)
            pk = 1000000000 + round * 1000 + i;
          if (g_rand_int_range (rand, 0, 5) > 0)
            g_array_insert_val (table.keys, to, pk);
          if (g_rand_int_range (rand, 0, 20) > 0) /* now and then an unannounced move: time passed */
            linli_db_note_change (f->db, "cases", pk);
        }
      g_mutex_unlock (&table.mutex);
      linli_page_model_refresh (f->model, NULL);
      wait_follows (f);
    }
}

static void
check_diff (const char       *name,
            guint             n_before,
            guint             n_after,
            guint             shift,
            LinliPageDiffKind kind)
{
  g_autoptr(GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliPageDiff) diff = NULL;

  for (gint64 i = 0; i < n_before; i++)
    g_array_append_val (before, i);
  for (gint64 i = shift; i < n_after + shift; i++)
    g_array_append_val (after, i);
  diff = linli_page_diff_new (before, after, NULL);
  g_test_message ("%s", name);
  g_assert_cmpint (diff->kind, ==, kind);
}

static void
test_diff_kinds (void)
{
  check_diff ("same", 1000, 1000, 0, LINLI_PAGE_DIFF_SAME);
  check_diff ("both empty", 0, 0, 0, LINLI_PAGE_DIFF_SAME);
  check_diff ("grows by a million", 200, 1000000, 0, LINLI_PAGE_DIFF_WINDOW);
  check_diff ("shrinks to nothing", 1000000, 0, 0, LINLI_PAGE_DIFF_WINDOW);
  check_diff ("other small list", 2000, 2000, 5000, LINLI_PAGE_DIFF_WINDOW);
  check_diff ("other long list", 5000, 5000, 9000, LINLI_PAGE_DIFF_RESET);
}

int
main (int argc, char **argv)
{
  const gpointer small = GUINT_TO_POINTER (50), middle = GUINT_TO_POINTER (6000);
  const gpointer town = GUINT_TO_POINTER (300), million = GUINT_TO_POINTER (1000000);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-model/diff-kinds", test_diff_kinds);
  g_test_add ("/page-model/opens/small", Fixture, small, set_up, test_opens_whole, tear_down);
  g_test_add ("/page-model/opens/million", Fixture, million, set_up, test_opens_whole, tear_down);
  g_test_add ("/page-model/leaves/middle", Fixture, middle, set_up, test_leaves_in_pieces, tear_down);
  g_test_add ("/page-model/leaves/million", Fixture, million, set_up, test_leaves_in_pieces, tear_down);
  g_test_add ("/page-model/leaves/few", Fixture, town, set_up, test_leaves_for_few, tear_down);
  g_test_add ("/page-model/leaves/asked", Fixture, middle, set_up, test_asked_while_leaving, tear_down);
  g_test_add ("/page-model/leaves/closed", Fixture, middle, set_up, test_closed_while_leaving, tear_down);
  g_test_add ("/page-model/first-rows", Fixture, million, set_up, test_first_rows_have_records, tear_down);
  g_test_add ("/page-model/dragged", Fixture, middle, set_up, test_dragged_past_rows_are_not_read, tear_down);
  g_test_add ("/page-model/identity/middle", Fixture, middle, set_up, test_row_keeps_identity, tear_down);
  g_test_add ("/page-model/identity/million", Fixture, million, set_up, test_row_keeps_identity, tear_down);
  g_test_add ("/page-model/arrivals", Fixture, million, set_up, test_arrivals_are_counted, tear_down);
  g_test_add ("/page-model/failure", Fixture, small, set_up, test_failure_keeps_list, tear_down);
  g_test_add ("/page-model/later-wins", Fixture, middle, set_up, test_later_question_wins, tear_down);
  g_test_add ("/page-model/any-change", Fixture, middle, set_up, test_any_change, tear_down);
  return g_test_run ();
}
