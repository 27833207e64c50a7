/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a case is told in words; what is right is left in peace.
 * And the first page's numbers, and answers by name, say what the rows say. */

#include <locale.h>

#include "case-world.h"
#include "linli-case-index.h"
#include "linli-case-overview.h"
#include "linli-case-verify.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-verify.h"

#define NOW CASE_WORLD_NOW
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  LinliConn *conn;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  const CaseWorld world = { .n_cases = CASE_WORLD_SHARE (1000) + 150, .n_entries = 2, .open_in_1000 = 300, .seed = 3, .now = NOW };

  f->conn = case_world_open (":memory:");
  case_world_fill (f->conn, &world);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_conn_close (f->conn);
}

static gint64
number (Fixture    *f,
        const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_conn_get_int (f->conn, &n, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

static void
test_sound_store_has_no_problems (Fixture      *f,
                                  gconstpointer data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_verify_store (f->conn, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_broken_rules_are_named (Fixture      *f,
                             gconstpointer data)
{
  static const struct { const char *damage, *told; } cases[] = {
    { "DROP INDEX dispatch_lead; INSERT INTO dispatch (id, case_id, unit_id, unit_name, role, seq, state, sent_at) "
      "SELECT 'x', case_id, unit_id, unit_name, role, seq, state, sent_at FROM dispatch LIMIT 1",
      "has more than one lead unit" },
    { "DELETE FROM dispatch WHERE case_id = (SELECT id FROM cases WHERE state = 'in_progress' LIMIT 1)",
      "is being handled, but no unit leads it" },
    { "UPDATE cases SET lead_unit_id = NULL WHERE pk = (SELECT pk FROM cases WHERE state = 'in_progress' LIMIT 1)",
      "names another lead unit than its dispatch" },
    { "UPDATE dispatch SET state = 'working' WHERE case_id = (SELECT id FROM cases WHERE state = 'pending_review' LIMIT 1)",
      "waits for review, but a unit still owes its part" },
    { "UPDATE dispatch SET state = 'sent' WHERE case_id = (SELECT id FROM cases WHERE state = 'closed' LIMIT 1)",
      "is finished, but a unit still owes its part" },
    { "UPDATE clock SET state = 'running' WHERE case_id = (SELECT id FROM cases WHERE state = 'closed' LIMIT 1)",
      "is finished, but a clock still runs" },
    { "UPDATE cases SET closed_at = 5 WHERE pk = (SELECT pk FROM cases WHERE state = 'received' LIMIT 1)",
      "is open, but has a closing time" },
    { "UPDATE cases SET due_at = due_at + 1 WHERE pk = (SELECT pk FROM cases WHERE due_at IS NOT NULL LIMIT 1)",
      "is not due when its first clock runs out" },
    { "UPDATE cases SET due_at = NULL WHERE pk = (SELECT pk FROM cases WHERE due_at IS NOT NULL LIMIT 1)",
      "is not due when its first clock runs out" },
    { "UPDATE clock SET state = 'met' WHERE case_id = (SELECT id FROM cases WHERE due_at IS NOT NULL LIMIT 1)",
      "is not due when its first clock runs out" },
    { "UPDATE cases SET n_submissions = 2 WHERE pk = 5", "has another number of submissions than it says" },
    { "DELETE FROM entry WHERE case_id = (SELECT id FROM cases WHERE pk = 5)", "has no entry in its timeline" },
    { "UPDATE cases SET state = 'merged' WHERE pk = (SELECT pk FROM cases WHERE state = 'closed' LIMIT 1)",
      "is merged, but into no other case" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GError) error = NULL;
      guint n_told = 0;

      g_assert_true (linli_conn_begin_write (f->conn, NULL));
      g_assert_true (linli_conn_exec (f->conn, cases[i].damage, &error));
      g_assert_true (linli_case_verify (f->conn, problems, &error));
      for (guint p = 0; p < problems->len; p++)
        n_told += g_str_has_prefix (problems->pdata[p], "case GY") && strstr (problems->pdata[p], cases[i].told) != NULL;
      g_test_message ("%s: %s", cases[i].told, problems->len > 0 ? (char *) problems->pdata[0] : "nothing");
      g_assert_cmpuint (n_told, ==, 1);
      linli_conn_rollback (f->conn);
    }
}

static void
test_overview_counts (Fixture      *f,
                      gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseOverview) overview = linli_case_overview_load (f->conn, NOW, &error);
  gint64 n_late = 0;

  g_assert_no_error (error);
  g_assert_cmpint (overview->n_open, ==,
                   number (f, "SELECT count(*) FROM cases WHERE state NOT IN ('closed', 'declined', 'withdrawn', 'merged')"));
  g_assert_cmpint (overview->n_overdue, ==, number (f, "SELECT count(*) FROM cases WHERE due_at < 1771034400000000"));
  g_assert_cmpint (overview->n_due_today, ==, number (f, "SELECT count(*) FROM cases WHERE due_at >= 1770998400000000 "
                                                         "AND due_at < 1771084800000000"));
  for (guint i = 0; i < LINLI_N_CASE_STATES; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM cases WHERE state = '%s'",
                                              linli_case_state_to_id ((LinliCaseState) i));

      g_assert_cmpint (overview->by_state[i], ==, number (f, sql));
    }
  for (guint i = 0; i < LINLI_CASE_OVERVIEW_DAYS; i++)
    {
      gint64 start = overview->days[i].start;
      g_autofree char *in = g_strdup_printf ("SELECT count(*) FROM cases WHERE received_at >= %" G_GINT64_FORMAT
                                             " AND received_at < %" G_GINT64_FORMAT, start, start + DAY);
      g_autofree char *out = g_strdup_printf ("SELECT count(*) FROM cases WHERE closed_at >= %" G_GINT64_FORMAT
                                              " AND closed_at < %" G_GINT64_FORMAT, start, start + DAY);

      g_assert_cmpint (start, ==, G_GINT64_CONSTANT (1770998400000000) - (13 - i) * DAY);
      g_assert_cmpint (overview->days[i].n_in, ==, number (f, in));
      g_assert_cmpint (overview->days[i].n_out, ==, number (f, out));
    }
  for (guint i = 0; i < overview->late_units->len; i++)
    {
      gint64 n = g_array_index (overview->late_units, LinliCaseLateUnit, i).n;

      g_assert_true (i == 0 || n <= n_late);
      n_late = n;
    }
  g_assert_cmpuint (overview->late_units->len, <=, LINLI_CASE_OVERVIEW_UNITS);
}

static JsonNode *
ask (Fixture    *f,
     const char *name,
     const char *json,
     GError    **error)
{
  const LinliQuery *query = linli_registry_find_query (name);
  LinliQueryContext context = { NOW, case_world_account () };
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, NULL);

  g_assert_nonnull (query);
  return linli_args_check (query->args, args, error) ? query->run (f->conn, &context, args, error) : NULL;
}

static void
test_answers_by_name (Fixture      *f,
                      gconstpointer data)
{
  static const char *const tables[][2] = {
    { "case.list", "{}" }, { "case.list", "{\"query\":\"state:open\",\"sort\":\"due\",\"limit\":7}" },
    { "case.views", "{}" }, { "entry.list", "{\"case\":\"GY00000007\"}" }, { "import.list", "{}" },
  };
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) counted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = ask (f, tables[i][0], tables[i][1], &error);
      JsonArray *rows;

      g_assert_no_error (error);
      rows = json_node_get_array (node);
      for (guint r = 0; r < json_array_get_length (rows); r++)
        {
          JsonObject *row = json_array_get_object_element (rows, r);
          g_autoptr(GList) values = json_object_get_values (row);

          for (GList *l = values; l != NULL; l = l->next)
            g_assert_true (JSON_NODE_HOLDS_VALUE (l->data)); /* flat, for a table */
        }
    }

  shown = ask (f, "case.show", "{\"case\":\"GY00000007\"}", NULL);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (json_node_get_object (shown), "case"),
                                                  "case_no"), ==, "GY00000007");
  counted = ask (f, "case.count", "{\"query\":\"颜色:红 state:open\"}", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (counted), "issues")), ==, 1);
}

static void
test_pages_join (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(JsonNode) whole = ask (f, "case.list", "{\"query\":\"垃圾\",\"limit\":30}", NULL);
  g_autofree char *after = NULL;
  guint at = 0;

  while (at < 30)
    {
      g_autofree char *args = after == NULL ? g_strdup ("{\"query\":\"垃圾\",\"limit\":7}")
                                            : g_strdup_printf ("{\"query\":\"垃圾\",\"limit\":7,\"after\":\"%s\"}", after);
      g_autoptr(JsonNode) page = ask (f, "case.list", args, NULL);
      JsonArray *rows = json_node_get_array (page);

      for (guint i = 0; i < json_array_get_length (rows) && at < 30; i++, at++)
        {
          const char *id = json_object_get_string_member (json_array_get_object_element (rows, i), "id");

          g_assert_cmpstr (id, ==, json_object_get_string_member (
                                     json_array_get_object_element (json_node_get_array (whole), at), "id"));
          g_free (after);
          after = g_strdup (id);
        }
    }
}

static void
test_refuses_what_makes_no_sense (Fixture      *f,
                                  gconstpointer data)
{
  static const struct { const char *name, *args, *field; } cases[] = {
    { "case.show", "{\"case\":\"none\"}", "case" }, { "entry.list", "{\"case\":\"none\"}", "case" },
    { "case.list", "{\"sort\":\"upside-down\"}", "sort" }, { "case.show", "{}", "case" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (ask (f, cases[i].name, cases[i].args, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (linli_domain_error_get_field (error), ==, cases[i].field);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-verify/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("sound-store-has-no-problems", test_sound_store_has_no_problems);
  ADD ("broken-rules-are-named", test_broken_rules_are_named);
  ADD ("overview-counts", test_overview_counts);
  ADD ("answers-by-name", test_answers_by_name);
  ADD ("pages-join", test_pages_join);
  ADD ("refuses-what-makes-no-sense", test_refuses_what_makes_no_sense);
#undef ADD
  return g_test_run ();
}
