/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new centre finds on its first day. */

#include "linli-calendar-store.h"
#include "linli-catalogue-tables.h"
#include "linli-duty-search.h"
#include "linli-limit.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-row.h"
#include "linli-seed.h"
#include "linli-unit-search.h"

#include "store-fixture.h"

static gpointer
seed_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliNewCentre centre = { "桂园社区党群服务中心", "桂园社区", "海棠街道", "云岭区", "陈静", FALSE };

  linli_seed_centre (data, conn, &centre, error);
  return NULL;
}

static LinliStore *
open_seeded (StoreFixture *f)
{
  g_autoptr(GError) error = NULL;
  LinliStore *store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, &error);

  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, seed_job, store, &error);
  g_assert_no_error (error);
  return store;
}

static gint64
count (LinliConn  *conn,
       const char *sql)
{
  gint64 n = -1;
  g_autoptr(GError) error = NULL;

  linli_conn_get_int (conn, &n, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

static gpointer
check_lists (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autofree char *calendar_id = NULL;

  g_assert_cmpint (count (conn, "SELECT count(*) FROM channel"), ==, 151);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM duty_item WHERE level = 1"), ==, 18);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM duty_item WHERE is_leaf = 1"), >=, 150);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM duty_item WHERE is_leaf = 1 AND lead_unit_id IS NULL"), ==, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM duty_item WHERE level > 1 AND parent_code NOT IN "
                                "(SELECT code FROM duty_item)"), ==, 0);
  g_assert_cmpint (count (conn, "SELECT count(*) FROM duty_item WHERE is_leaf = 1 AND level <> 3"), ==, 0);
  g_assert_true (linli_calendar_load_current (conn, &calendar, &calendar_id, error));
  g_assert_nonnull (calendar_id);
  g_assert_cmpint (linli_work_calendar_count_working_days (calendar, 2026, NULL), ==, 248);

  return NULL;
}

static void
test_lists_are_there (StoreFixture *f,
                      gconstpointer data)
{
  g_autoptr(LinliStore) store = open_seeded (f);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_lists, NULL, NULL);
}

static gboolean
shows (LinliConn  *conn,
       const char *typed,
       const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = linli_duty_search (conn, typed, 10, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_CODE), code) == 0)
      return TRUE;
  return FALSE;
}

/* Three letters of the initials of the name, or of one of the residents' words. */
static gboolean
three_keys_find (LinliConn *conn,
                 LinliRow  *leaf)
{
  g_auto(GStrv) initials = g_strsplit (linli_row_get_text (leaf, LINLI_DUTY_ITEM_PINYIN), " ", -1);

  for (guint i = 0; initials[i] != NULL; i++)
    {
      g_autofree char *keys = g_strndup (initials[i], 3);

      if (*keys != '\0' && shows (conn, keys, linli_row_get_text (leaf, LINLI_DUTY_ITEM_CODE)))
        return TRUE;
    }
  return FALSE;
}

static gpointer
check_keystrokes (LinliConn *conn,
                  gpointer   data,
                  GError   **error)
{
  g_autoptr(GPtrArray) frequent = linli_duty_search (conn, "", 100, error);
  guint n_found = 0;

  g_assert_cmpuint (frequent->len, ==, 100);
  for (guint i = 0; i < frequent->len; i++)
    {
      if (three_keys_find (conn, frequent->pdata[i]))
        n_found++;
      else
        g_test_message ("not in three keys: %s", linli_row_get_text (frequent->pdata[i], LINLI_DUTY_ITEM_NAME));
    }
  g_assert_cmpuint (n_found, ==, 100);

  return NULL;
}

static void
test_three_keystrokes (StoreFixture *f,
                       gconstpointer data)
{
  g_autoptr(LinliStore) store = open_seeded (f);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_keystrokes, NULL, NULL);
}

static gpointer
check_words (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  static const struct { const char *typed, *leaf_part; } cases[] = {
    { "消防通道", "消防通道" }, { "xftd", "消防通道" }, { "XFTD", "消防通道" }, { "井盖", "井盖" },
    { "01.01.01", "消防通道" }, { "消防车进不来", "消防通道" }, { "井盖 丢", "井盖" },
    { "xiaofangtongdao", "消防通道" }, { "jinggai", "井盖" }, { "xiaofang tongdao", "消防通道" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) rows = linli_duty_search (conn, cases[i].typed, 10, NULL);

      g_assert_cmpuint (rows->len, >, 0);
      g_assert_nonnull (strstr (linli_row_get_text (rows->pdata[0], LINLI_DUTY_ITEM_PATH), cases[i].leaf_part));
    }
  for (guint i = 0; i < 2; i++)
    {
      static const char *const short_names[] = { "sqzc", "社区专窗" };
      g_autoptr(GPtrArray) rows = linli_channel_search (conn, short_names[i], 10, NULL);

      g_assert_cmpuint (rows->len, >, 0);
      g_assert_cmpstr (linli_row_get_text (rows->pdata[0], LINLI_CHANNEL_CODE), ==, "CK01");
    }
  {
    g_autoptr(GPtrArray) none = linli_duty_search (conn, "%_'\"", 10, NULL);

    g_assert_cmpuint (none->len, ==, 0);
  }
  return NULL;
}

static void
test_found_by_words (StoreFixture *f,
                     gconstpointer data)
{
  g_autoptr(LinliStore) store = open_seeded (f);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_words, NULL, NULL);
}

static gpointer
check_limits (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  g_autoptr(GPtrArray) leaves = linli_duty_search (conn, "", 10000, error);

  for (guint i = 0; i < leaves->len; i++)
    {
      g_autoptr(JsonObject) limits = linli_json_parse_object (linli_row_get_text (leaves->pdata[i],
                                                                                  LINLI_DUTY_ITEM_LIMITS), -1, NULL);

      g_assert_nonnull (limits);
      g_assert_nonnull (linli_json_get_text (limits, "resolve"));
    }
  return NULL;
}

static void
test_every_leaf_has_a_limit (StoreFixture *f,
                             gconstpointer data)
{
  g_autoptr(LinliStore) store = open_seeded (f);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_limits, NULL, NULL);
}

/* The window was closed, or the power went, between the centre and its lists. */
static gpointer
half_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliNewCentre centre = { "桂园社区党群服务中心", NULL, NULL, NULL, "陈静", FALSE };
  g_autoptr(JsonNode) args = json_from_string ("{\"name\":\"桂园\",\"person\":\"陈静\"}", NULL);
  g_autoptr(LinliOutcome) outcome = linli_store_submit (data, conn, "centre.create", json_node_get_object (args), 0, error);

  g_assert_nonnull (outcome);
  linli_store_set_actor (data, json_object_get_string_member (outcome->result, "account"));
  g_assert_true (linli_seed_centre (data, conn, &centre, error));
  g_assert_false (linli_seed_centre (data, conn, &centre, NULL)); /* a whole one is left alone */
  return NULL;
}

static void
test_half_made_is_completed (StoreFixture *f,
                             gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, &error);

  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, half_job, store, &error);
  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_lists, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/seed/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("lists-are-there", test_lists_are_there);
  ADD ("three-keystrokes", test_three_keystrokes);
  ADD ("found-by-words", test_found_by_words);
  ADD ("half-made-is-completed", test_half_made_is_completed);
  ADD ("every-leaf-has-a-limit", test_every_leaf_has_a_limit);
#undef ADD
  return g_test_run ();
}
