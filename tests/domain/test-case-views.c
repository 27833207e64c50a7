/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of the inbox hold what they say, in the order they say. */

#include "case-world.h"
#include "linli-case-detail.h"
#include "linli-case-record.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-case-views.h"
#include "linli-tx.h"

#define NOW CASE_WORLD_NOW
#define DAY_START (NOW - G_GINT64_CONSTANT (36000) * G_USEC_PER_SEC)
#define DAY_END (DAY_START + G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  LinliConn *conn;
  GPtrArray *rows; /* every case */
} Fixture;

/* Some of what is to be dispatched is disputed; for some of what is under way
 * more time is asked. */
static void
make_wait (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  linli_conn_exec (f->conn, "INSERT INTO return_note (id, case_id, dispatch_id, unit_id, unit_name, role, item_code, item_name, reason, "
                   "state, returned_at, returned_by) SELECT id, id, id, (SELECT id FROM unit LIMIT 1), 'x', 'lead', 'x', 'x', 'x', "
                   "'ruling', 1, 'x' FROM cases WHERE state = 'registered' AND pk % 5 = 0", &error);
  g_assert_no_error (error);
  linli_conn_exec (f->conn, "INSERT INTO request (id, case_id, dispatch_id, unit_id, unit_name, kind, reason, state, asked_at, asked_by) "
                   "SELECT id, id, id, lead_unit_id, 'x', 'extension', 'x', 'asked', 1, 'x' FROM cases "
                   "WHERE state = 'in_progress' AND pk % 7 = 0", &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  const CaseWorld world = { .n_cases = CASE_WORLD_SHARE (1500) + 250, .n_entries = 3, .open_in_1000 = 400, .seed = 7, .now = NOW };

  f->conn = case_world_open (":memory:");
  case_world_fill (f->conn, &world);
  make_wait (f);
  f->rows = linli_conn_select (f->conn, &linli_table_case, NULL, "1 = 1 ORDER BY pk", "");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_ptr_array_unref (f->rows);
  linli_conn_close (f->conn);
}

/* What a view means, said a second time without an index. */
static gboolean
belongs (const char *view,
         LinliRow   *row)
{
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);
  gint64 due_at = linli_row_get_int (row, LINLI_CASE_DUE_AT);
  gboolean has_due = !linli_row_is_null (row, LINLI_CASE_DUE_AT);

  if (g_str_equal (view, "open"))
    return linli_case_state_is_open (state);
  if (g_str_equal (view, "handling"))
    return g_str_equal (state, "dispatched") || g_str_equal (state, "in_progress") || g_str_equal (state, "suspended");
  if (g_str_equal (view, "review"))
    return g_str_equal (state, "pending_review");
  if (g_str_equal (view, "ruling"))
    return g_str_equal (state, "registered") && linli_row_get_pk (row) % 5 == 0;
  if (g_str_equal (view, "decision"))
    return g_str_equal (state, "in_progress") && linli_row_get_pk (row) % 7 == 0;
  if (g_str_equal (view, "callback"))
    return g_str_equal (state, "resolved");
  if (g_str_equal (view, "due-today"))
    return has_due && due_at >= DAY_START && due_at < DAY_END;
  if (g_str_equal (view, "overdue"))
    return has_due && due_at < NOW;
  if (g_str_equal (view, "mine"))
    return linli_case_state_is_open (state) &&
           g_strcmp0 (linli_row_get_text (row, LINLI_CASE_OWNER_ID), case_world_account ()) == 0;
  return g_str_equal (view, "all") || g_str_equal (view, state);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  LinliRow *left = *(LinliRow **) a;
  LinliRow *right = *(LinliRow **) b;
  LinliCaseSort sort = GPOINTER_TO_UINT (data);
  guint column = sort == LINLI_CASE_SORT_TOUCHED ? LINLI_CASE_TOUCHED_AT : LINLI_CASE_RECEIVED_AT;
  gboolean no_left = linli_row_is_null (left, LINLI_CASE_DUE_AT);
  gboolean no_right = linli_row_is_null (right, LINLI_CASE_DUE_AT);
  gint64 l, r;

  if (sort == LINLI_CASE_SORT_DUE && no_left != no_right)
    return no_left ? 1 : -1;
  if (sort == LINLI_CASE_SORT_DUE && !no_left)
    {
      l = linli_row_get_int (right, LINLI_CASE_DUE_AT);
      r = linli_row_get_int (left, LINLI_CASE_DUE_AT);
    }
  else
    {
      l = linli_row_get_int (left, column);
      r = linli_row_get_int (right, column);
    }
  if (l != r)
    return l > r ? -1 : 1;
  return linli_row_get_pk (left) > linli_row_get_pk (right) ? -1 : 1;
}

static void
assert_list (Fixture       *f,
             LinliCaseView *view,
             LinliCaseSort  sort,
             guint          limit)
{
  g_autoptr(GPtrArray) expected = g_ptr_array_new ();
  g_autoptr(GArray) pks = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < f->rows->len; i++)
    if (belongs (view->id, f->rows->pdata[i]))
      g_ptr_array_add (expected, f->rows->pdata[i]);
  g_ptr_array_sort_with_data (expected, compare, GUINT_TO_POINTER (sort));
  pks = linli_case_search_ids (f->conn, view->query, sort, NOW, case_world_account (), limit, &error);
  g_assert_no_error (error);
  g_test_message ("%s by %s: %u of %u", view->id, linli_case_sort_to_text (sort), pks->len, expected->len);
  g_assert_cmpuint (expected->len, >, 0);
  g_assert_cmpuint (pks->len, ==, limit != 0 ? MIN (limit, expected->len) : expected->len);
  for (guint i = 0; i < pks->len; i++)
    g_assert_cmpint (g_array_index (pks, gint64, i), ==, linli_row_get_pk (expected->pdata[i]));
}

static void
test_views_hold_what_they_say (Fixture      *f,
                               gconstpointer data)
{
  g_autoptr(GPtrArray) views = linli_case_views_load (f->conn, case_world_account (), NULL);

  for (guint i = 0; i < views->len; i++)
    for (guint sort = 0; sort <= LINLI_CASE_SORT_TOUCHED; sort++)
      {
        assert_list (f, views->pdata[i], (LinliCaseSort) sort, 0);
        assert_list (f, views->pdata[i], (LinliCaseSort) sort, 50);
      }
}

static void
test_counts_agree_with_lists (Fixture      *f,
                              gconstpointer data)
{
  g_autoptr(GPtrArray) views = linli_case_views_load (f->conn, case_world_account (), NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) counts = linli_case_view_counts (f->conn, views, NOW, case_world_account (), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < views->len; i++)
    {
      LinliCaseView *view = views->pdata[i];
      gint64 n = 0;

      for (guint j = 0; j < f->rows->len; j++)
        n += belongs (view->id, f->rows->pdata[j]);
      g_assert_cmpint (g_array_index (counts, LinliCaseViewCount, i).n, ==, n);
    }
}

static void
test_records_keep_their_places (Fixture      *f,
                                gconstpointer data)
{
  const gint64 wanted[] = { 90, 999999, 3 };
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) records = NULL;

  g_array_append_vals (pks, wanted, G_N_ELEMENTS (wanted));
  records = linli_case_records_load (f->conn, NULL, pks, NULL);
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_cmpstr (linli_case_record_get_case_no (records->pdata[0]), ==, "GY00000090");
  g_assert_null (records->pdata[1]);
  g_assert_cmpint (linli_case_record_get_received_at (records->pdata[2]), ==,
                   linli_row_get_int (f->rows->pdata[2], LINLI_CASE_RECEIVED_AT));
  g_assert_cmpstr (linli_case_record_get_appellant_name (records->pdata[2]), ==,
                   linli_row_get_text (f->rows->pdata[2], LINLI_CASE_APPELLANT_NAME));
}

static void
test_detail_is_complete (Fixture      *f,
                         gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  const char *id = linli_row_get_id (f->rows->pdata[41]);
  g_autoptr(LinliCaseDetail) detail = linli_case_detail_load (f->conn, id, LINLI_ROLE_ANY, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (linli_row_get_id (detail->case_row), ==, id);
  g_assert_cmpuint (detail->submissions->len, ==, 1);
  g_assert_cmpuint (detail->appellants->len, ==, 1);
  g_assert_cmpuint (detail->entries->len, ==, 3);
  g_assert_nonnull (detail->actions);
  g_clear_pointer (&detail, linli_case_detail_unref);

  detail = linli_case_detail_load (f->conn, case_world_account (), LINLI_ROLE_ANY, &error);
  g_assert_null (detail);
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-views/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("hold-what-they-say", test_views_hold_what_they_say);
  ADD ("counts-agree-with-lists", test_counts_agree_with_lists);
  ADD ("records-keep-their-places", test_records_keep_their_places);
  ADD ("detail-is-complete", test_detail_is_complete);
#undef ADD
  return g_test_run ();
}
