/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What earlier cases teach stays in memory from one dispatch to the next.
 * Whatever happens to the cases, kept or taken back, it must be what a
 * connection reads that has never asked before. */

#include "case-desk.h"
#include "linli-attributes.h"
#include "linli-json.h"
#include "linli-routing.h"
#include "linli-sight.h"
#include "linli-tx.h"

#include <glib/gstdio.h>
#include <string.h>

#define STEPS 200

static const struct { const char *command, *args; } acts[] = {
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\"]}" },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%v\"}" },
  { "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}" },
  { "case.sign", "{\"dispatch\":\"%d\"}" },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}" },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}" },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}" },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"06.01\"}" },
  { "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"place\":\"桂园路\"}" },
  { "case.set-attributes", "{\"case\":\"%c\",\"attributes\":{\"cover_kind\":\"上水\"}}" },
  { "case.set-attributes", "{\"case\":\"%c\",\"attributes\":{\"cover_kind\":\"\"}}" },
  { "case.record-owner", "{\"case\":\"%c\",\"unit\":\"%v\",\"basis\":\"现场铭牌\"}" },
};

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
add_lines (LinliConn  *conn,
           const char *leaf,
           GPtrArray  *lines)
{
  g_autoptr(GPtrArray) precedents = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free);
  g_autoptr(GError) error = NULL;

  linli_precedents_load (conn, leaf, precedents, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < precedents->len; i++)
    {
      LinliPrecedent *one = precedents->pdata[i];
      g_autofree char *attributes = one->attributes != NULL ? linli_attributes_to_text (one->attributes) : g_strdup ("{}");

      g_ptr_array_add (lines, g_strdup_printf ("%s %s %d %s %s %s %s %" G_GINT64_FORMAT " %s", leaf, one->case_no, one->kind,
                                               one->unit_name, one->community, one->place, one->place_id, one->at, attributes));
    }
}

/* Returns: (transfer full): what is taught about both leaves */
static char *
read_all (LinliConn *conn)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  add_lines (conn, CASE_DESK_LEAF, lines);
  add_lines (conn, CASE_DESK_OTHER, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
check (CaseDesk   *f,
       const char *path)
{
  g_autoptr(LinliConn) fresh = linli_sqlite_open (path, LINLI_SQLITE_READ, NULL);
  g_autofree char *kept = read_all (f->conn);
  g_autofree char *told = read_all (fresh);

  g_assert_cmpstr (kept, ==, told);
}

/* Runs it as a hub runs what it then takes back: within a transaction, among
 * others, and asks while it holds. */
static void
try_and_drop (CaseDesk   *f,
              const char *command,
              const char *json,
              gboolean    whole)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, NULL);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *before = read_all (f->conn);
  g_autofree char *between = NULL;
  g_autofree char *after = NULL;

  g_assert_true (linli_tx_push (tx, NULL));
  outcome = linli_desk_submit_in (f->desk, tx, command, args, 0, NULL);
  between = read_all (f->conn);
  g_assert_true (linli_tx_pop (tx, whole, NULL));
  after = read_all (f->conn);
  g_assert_cmpstr (after, ==, whole ? between : before);
}

static void
act (CaseDesk          *f,
     const CaseSubject *subject)
{
  gsize n = (gsize) g_test_rand_int_range (0, G_N_ELEMENTS (acts));
  g_autofree char *json = case_desk_fill (f, subject, acts[n].args);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) refusal = NULL;

  if (g_test_rand_bit ())
    {
      try_and_drop (f, acts[n].command, json, g_test_rand_bit ());
      return;
    }
  outcome = case_desk_try (f, &refusal, acts[n].command, "%s", json);
  if (outcome != NULL && g_test_rand_int_range (0, 4) == 0)
    {
      g_autoptr(GError) stays = NULL;
      g_autoptr(LinliOutcome) undone = NULL;

      g_free (read_all (f->conn));
      undone = case_desk_try (f, &stays, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
    }
}

static void
test_memory_is_right (void)
{
  static const char *const states[] = { "registered", "dispatched", "in_progress", "pending_review", "closed" };
  g_autofree char *folder = g_dir_make_tmp ("linli-precedents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr(GArray) subjects = g_array_new (FALSE, TRUE, sizeof (CaseSubject));
  g_autoptr(LinliOutcome) asked = NULL;
  CaseDesk f;

  case_desk_set_up (&f, path);
  linli_conn_exec (f.conn, "PRAGMA synchronous=OFF", NULL);
  asked = case_desk_do (&f, "attribute.import", "{\"attributes\":[{\"code\":\"cover_kind\",\"name\":\"井盖类别\","
                        "\"items\":\"06.01\",\"position\":1,\"choices\":[\"上水\",\"下水\"]}]}");
  for (guint i = 0; i < STEPS; i++)
    {
      if (i % 8 == 0)
        {
          CaseSubject subject = { NULL };

          case_desk_reach (&f, &subject, states[g_test_rand_int_range (0, G_N_ELEMENTS (states))]);
          g_array_append_val (subjects, subject);
        }
      act (&f, &g_array_index (subjects, CaseSubject, g_test_rand_int_range (0, (gint32) subjects->len)));
      check (&f, path);
      f.clock.time += CASE_DESK_MINUTE;
    }
  for (guint i = 0; i < subjects->len; i++)
    case_subject_clear (&g_array_index (subjects, CaseSubject, i));
  case_desk_tear_down (&f, NULL);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Another person looks through the same connection, who may see less, or more:
 * what is told is what they would read. */
static void
test_each_with_own_eyes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-precedents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  CaseSubject subject = { NULL };
  CaseDesk f;

  case_desk_set_up (&f, path);
  case_desk_reach (&f, &subject, "dispatched");
  case_desk_run (&f, &subject, "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"place\":\"桂园路，电话13912345678\"}");
  case_desk_run (&f, &subject, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (&f, &subject, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_act_as (&f, "auditor", NULL);
  for (guint i = 0; i < 6; i++)
    {
      gboolean chief = i % 2 == 0;
      g_autofree char *told = NULL;

      if (i < 4)
        g_assert_true (linli_sight_set (f.conn, chief ? f.chief : f.desk->actor, NULL));
      else
        g_assert_true (chief ? linli_sight_lift (f.conn, NULL) : linli_sight_set (f.conn, f.desk->actor, NULL));
      told = read_all (f.conn);
      g_assert_nonnull (strstr (told, "桂园路"));
      g_assert_cmpint (strstr (told, "13912345678") != NULL, ==, chief);
    }
  g_assert_true (linli_sight_lift (f.conn, NULL));
  case_subject_clear (&subject);
  case_desk_tear_down (&f, NULL);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/precedents/memory-is-right", test_memory_is_right);
  g_test_add_func ("/precedents/each-with-own-eyes", test_each_with_own_eyes);
  return g_test_run ();
}
