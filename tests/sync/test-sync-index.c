/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk that fetches everything shows its lists at once; search index and
 * figures follow in slices, while people work, and whatever happens between
 * two slices they end up as if they had been made as a whole. */

#include <string.h>

#include "linli-case-index.h"
#include "linli-case-tables.h"
#include "linli-row-json.h"
#include "linli-sqlite.h"
#include "linli-sync-apply.h"
#include "linli-verify.h"
#include "two-desks.h"

#define N_CASES 12

static void
assert_sound (Desk *self)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_verify_store (self->conn, problems, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

static gint64
catch_up (Desk *self,
          guint n)
{
  g_autoptr(GError) error = NULL;
  gint64 n_left = -1;

  g_assert_true (linli_sync_catch_up (self->conn, n, &n_left, &error));
  g_assert_no_error (error);
  return n_left;
}

/* The documents of all cases, in one text. */
static char *
read_docs (Desk *self)
{
  return read_text (self->conn, "SELECT group_concat(pk || words || people || unit || item || marks, '|') FROM "
                    "(SELECT * FROM case_search ORDER BY pk) WHERE ?1 IS NULL", NULL);
}

static void
take_in (Desk *self,
         guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (desk_act (self, NULL, "case.intake", "{\"text\":\"第%u盏路灯不亮\",\"channel\":\"CK01\"}", i));
}

static char *
id_of (Desk       *self,
       const char *order)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM cases WHERE ?1 IS NULL ORDER BY pk %s LIMIT 1", order);

  return read_text (self->conn, sql, NULL);
}

static gint64
n_docs_of (Desk       *self,
           const char *order)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM case_search WHERE pk = (SELECT pk FROM cases ORDER BY pk %s LIMIT 1)",
                                          order);

  return read_number (self->conn, sql);
}

static void
test_follows_in_slices (TwoDesks     *f,
                        gconstpointer data)
{
  Desk late;
  g_autofree char *oldest = NULL;
  g_autofree char *slices = NULL;
  g_autofree char *whole = NULL;

  take_in (&f->a, N_CASES);
  desk_talk (&f->a);
  desk_open (&late, f->hub);
  desk_enrol (&late);
  g_assert_cmpint (read_number (late.conn, "SELECT sum(n) FROM case_tally"), ==, N_CASES + 1);
  g_assert_cmpint (read_number (late.conn, "SELECT count(*) FROM case_search"), ==, 0);
  assert_sound (&late);

  g_assert_cmpint (catch_up (&late, 4), >, 0);
  g_assert_cmpint (n_docs_of (&late, "DESC"), ==, 1);
  g_assert_cmpint (n_docs_of (&late, "ASC"), ==, 0);
  assert_sound (&late);

  /* Work on what waits, here and elsewhere. */
  oldest = id_of (&late, "ASC");
  desk_edit (&late, oldest, "title", "甲改过");
  desk_edit (&f->a, f->chosen, "place", "桂园路");
  take_in (&f->a, 2);
  desk_talk (&f->a);
  desk_talk (&late);
  assert_sound (&late);

  while (catch_up (&late, 3) > 0)
    assert_sound (&late);
  g_assert_cmpint (read_number (late.conn, "SELECT count(*) FROM sync_state WHERE index_from IS NOT NULL"), ==, 0);
  g_assert_cmpint (read_number (late.conn, "SELECT count(*) FROM case_search"), ==, N_CASES + 3);
  assert_sound (&late);

  slices = read_docs (&late);
  g_assert_true (linli_conn_begin_write (late.conn, NULL));
  g_assert_true (linli_case_index_rebuild (late.conn, NULL));
  g_assert_true (linli_conn_commit (late.conn, NULL));
  whole = read_docs (&late);
  g_assert_cmpstr (slices, ==, whole);
  assert_sound (&late);
  desk_close (&late);
}

/* The power goes within a slice: it is as if it had not begun. */
static void
test_is_whole_or_not (TwoDesks     *f,
                      gconstpointer data)
{
  gint64 from = read_number (f->b.conn, "SELECT index_from FROM sync_state");
  gint64 next = from;

  g_assert_cmpint (from, >, 0);
  g_assert_true (linli_conn_begin_write (f->b.conn, NULL));
  g_assert_true (linli_case_index_some (f->b.conn, 10, &next, NULL));
  g_assert_cmpint (next, ==, 0);
  linli_conn_rollback (f->b.conn);
  g_assert_cmpint (read_number (f->b.conn, "SELECT index_from FROM sync_state"), ==, from);
  assert_sound (&f->b);
  g_assert_cmpint (catch_up (&f->b, 10), ==, 0);
  g_assert_cmpint (catch_up (&f->b, 10), ==, 0);
  assert_sound (&f->b);
  two_desks_assert_settled (f);
}

/* Fills a fresh file from one page of @rows, lines as they stand in it.
 *
 * Returns: whether the page was taken */
static gboolean
fetch (LinliConn  *fresh,
       LinliConn  *in_use,
       const char *rows)
{
  g_autofree char *epoch = read_text (in_use, "SELECT epoch FROM sync_state WHERE ?1 IS NULL", NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) body = NULL;
  g_autoptr(LinliWirePage) page = NULL;
  g_autoptr(GError) error = NULL;
  LinliSyncOutcome outcome;

  linli_wire_page_begin (text, epoch, LINLI_WIRE_START, 1, NULL);
  g_string_append (text, rows);
  linli_wire_page_end (text, "next", 9, FALSE, 9, 1, 5);
  body = g_bytes_new (text->str, text->len);
  page = linli_wire_page_parse (body, &error);
  if (page == NULL || !linli_sync_fresh_apply (fresh, in_use, page, &outcome, &error))
    {
      g_test_message ("%s", error->message);
      return FALSE;
    }
  g_assert_cmpint (outcome, ==, LINLI_SYNC_COMPLETE);
  return TRUE;
}

/* What is no row of the hub's is refused with the whole page, however it is
 * written; a case that changed while all was fetched comes twice and counts once. */
static void
test_pages (TwoDesks     *f,
            gconstpointer data)
{
  static const struct { const char *from, *to; } wrongs[] = {
    { "\"t\":\"cases\"", "\"t\":\"case_search\"" }, { "\"t\":\"cases\"", "\"t\":\"outbox\"" },
    { "{\"id\":\"", "{\"id\":\"0" }, { ",\"id\":\"", ",\"id\":\"x" }, { "\"state\":\"", "\"state\":\"un" },
    { "\"rev\":1", "\"rev\":-1" }, { "\"d\":{", "\"d\":{{" }, { "\"d\":{", "\"d\":[" }, { "}}\n", "}\n" },
    { "\"title\":", "\"title\":1," }, { "井", "\xe4\xba" },
  };
  g_autoptr(GPtrArray) cases = linli_conn_select (f->a.conn, &linli_table_case, NULL, "id = ?1", "s", f->chosen);
  g_autofree char *body = linli_row_to_json (cases->pdata[0]);
  g_autoptr(LinliRow) later = linli_row_copy (cases->pdata[0]);
  g_autofree char *changed = NULL;
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autoptr(LinliConn) fresh = linli_sqlite_open (":memory:", LINLI_SQLITE_FILL, NULL);

  g_assert_true (linli_sync_fresh_begin (fresh, f->b.conn, NULL));
  linli_wire_page_row (rows, "cases", f->chosen, 1, body);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      const char *at = strstr (rows->str, wrongs[i].from);
      g_autoptr(GString) bent = g_string_new (rows->str);
      g_autofree char *printable = g_strescape (wrongs[i].to, NULL);

      g_assert_nonnull (at);
      g_string_erase (bent, at - rows->str, (gssize) strlen (wrongs[i].from));
      g_string_insert (bent, at - rows->str, wrongs[i].to);
      g_test_message ("%s", printable);
      g_assert_false (fetch (fresh, f->b.conn, bent->str));
      g_assert_cmpint (read_number (fresh, "SELECT count(*) FROM cases"), ==, 0);
    }
  linli_row_set_text (later, LINLI_CASE_STATE, "registered");
  changed = linli_row_to_json (later);
  linli_wire_page_row (rows, "cases", f->chosen, 2, changed);
  g_assert_true (fetch (fresh, f->b.conn, rows->str));
  g_assert_cmpint (read_number (fresh, "SELECT n FROM case_tally WHERE state = 'registered'"), ==, 1);
  g_assert_cmpint (read_number (fresh, "SELECT sum(n) FROM case_tally"), ==, 1);
  g_assert_cmpint (read_number (fresh, "SELECT count(*) FROM case_search"), ==, 0);
}

int
main (int argc, char **argv)
{
#define CASE(name, func) g_test_add ("/sync-index/" name, TwoDesks, NULL, two_desks_set_up, func, two_desks_tear_down)
  g_test_init (&argc, &argv, NULL);

  CASE ("follows-in-slices", test_follows_in_slices);
  CASE ("is-whole-or-not", test_is_whole_or_not);
  CASE ("pages", test_pages);

  return g_test_run ();
}
