/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The limits of a leaf change for later cases alone, or for the open ones too;
 * what was foreseen is what happens, and all of it goes back. */

#include <string.h>

#include "case-desk.h"
#include "linli-json.h"
#include "linli-verify.h"

static gint64
due (CaseDesk   *f,
     const char *kind,
     const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (due_at), 0) FROM clock WHERE kind = '%s' AND case_id = ?1", kind);

  return case_desk_int (f, sql, id);
}

/* The command as the form tries it: nothing of it stays. */
static LinliOutcome *
foresee (CaseDesk   *f,
         const char *json)
{
  g_autofree char *before = case_desk_digest (f, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, NULL);
  g_autoptr(JsonObject) own = json_object_new ();
  g_autoptr(GList) members = json_object_get_members (args);
  g_autofree char *after = NULL;
  LinliOutcome *outcome;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (own, l->data, json_node_copy (json_object_get_member (args, l->data)));
  outcome = linli_desk_submit (f->desk, f->conn, "duty.set-limits", own, LINLI_EXECUTE_DRY_RUN, &error);
  g_assert_no_error (error);
  after = case_desk_digest (f, NULL);
  g_assert_cmpstr (before, ==, after);
  return outcome;
}

static void
verify (CaseDesk *f)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (linli_verify_store (f->conn, problems, NULL));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_later_cases_alone (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  gint64 sign = due (f, "sign", id);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"sign\":\"3自然时\"}");
  g_autofree char *other_lead = NULL;
  g_autofree char *later = case_desk_dispatched (f, CASE_DESK_LEAF, &other_lead);

  g_assert_null (linli_json_get_array (outcome->result, "moved"));
  g_assert_cmpint (due (f, "sign", id), ==, sign);
  g_assert_cmpint (due (f, "sign", later), ==, f->clock.time + 180 * CASE_DESK_MINUTE);
  g_assert_cmpint (due (f, "resolve", later), !=, 0); /* what was not said stays */
  verify (f);
}

static void
test_open_cases_as_foreseen (CaseDesk     *f,
                             gconstpointer data)
{
  static const char change[] = "{\"code\":\"06.01\",\"resolve\":\"9工作日\",\"open\":true,\"reason\":\"雨季\"}";
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *lamp = case_desk_accepted (f, CASE_DESK_OTHER);
  gint64 resolve = due (f, "resolve", id);
  gint64 dispatch = due (f, "dispatch", lamp);
  g_autofree char *before = case_desk_digest (f, "audit entry");
  g_autoptr(LinliOutcome) foreseen = foresee (f, change);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "duty.set-limits", "%s", change);
  g_autofree char *says = linli_json_object_to_text (foreseen->result);
  g_autofree char *does = linli_json_object_to_text (outcome->result);
  JsonArray *moved = linli_json_get_array (outcome->result, "moved");
  g_autofree char *told = case_desk_text (f, "SELECT body FROM entry WHERE kind = 'clock' AND case_id = ?1", id);
  g_autoptr(LinliOutcome) undone = NULL;
  g_autofree char *after = NULL;
  gint64 new_due = 0;

  g_assert_cmpstr (says, ==, does);
  g_assert_cmpuint (json_array_get_length (moved), ==, 1); /* a limit that did not change moves nothing */
  g_assert_cmpstr (linli_json_get_text (json_array_get_object_element (moved, 0), "case"), ==, id);
  g_assert_cmpstr (linli_json_get_text (json_array_get_object_element (moved, 0), "kind"), ==, "resolve");
  linli_json_get_int (json_array_get_object_element (moved, 0), "new", &new_due);
  g_assert_cmpint (due (f, "resolve", id), ==, new_due);
  g_assert_cmpint (new_due, >, resolve);
  g_assert_cmpint (due (f, "dispatch", lamp), ==, dispatch);
  g_assert_cmpstr (told, ==, "雨季");
  verify (f);

  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
  g_assert_cmpint (due (f, "resolve", id), ==, resolve);
  after = case_desk_digest (f, "audit entry");
  g_assert_cmpstr (before, ==, after);
  verify (f);
}

/* A kind without a limit gets one; the clock counts from the dispatch. */
static void
test_a_limit_where_none_was (CaseDesk     *f,
                             gconstpointer data)
{
  g_autoptr(LinliOutcome) none = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"\"}");
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autoptr(LinliOutcome) outcome = NULL;

  g_assert_nonnull (none);
  g_assert_cmpint (due (f, "resolve", id), ==, 0);
  outcome = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"2自然时\",\"open\":true}");
  g_assert_cmpint (due (f, "resolve", id), ==, CASE_DESK_NOW + 120 * CASE_DESK_MINUTE);
  g_assert_cmpuint (json_array_get_length (linli_json_get_array (outcome->result, "moved")), ==, 1);
  verify (f);
}

/* Two that are one matter: their limit is the leaf's new one, from the earlier. */
static void
test_merged_cases_follow (CaseDesk     *f,
                          gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *first = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *second = NULL;
  g_autofree char *other_lead = NULL;
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  f->clock.time += 30 * CASE_DESK_MINUTE;
  second = case_desk_dispatched (f, CASE_DESK_LEAF, &other_lead);
  merged = case_desk_do (f, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"],\"reason\":\"同一处\"}", second, first);
  g_assert_nonnull (merged);
  outcome = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"90自然日\",\"open\":true}");
  g_assert_cmpuint (json_array_get_length (linli_json_get_array (outcome->result, "moved")), ==, 1);
  verify (f);
}

/* What closing asks for does not change under way, so the limits do not either. */
static void
test_other_evidence_is_kept (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  gint64 resolve = due (f, "resolve", id);
  g_autoptr(LinliOutcome) evidence = case_desk_do (f, "duty.set-evidence", "{\"code\":\"06.01\",\"evidence\":\"signature\"}");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"9工作日\",\"open\":true}");
  gint64 n_kept = 0;

  g_assert_nonnull (evidence);
  linli_json_get_int (outcome->result, "n_kept", &n_kept);
  g_assert_cmpint (n_kept, ==, 1);
  g_assert_cmpint (due (f, "resolve", id), ==, resolve);
}

/* Nobody can read it in two ways. */
static void
test_written_plainly (CaseDesk     *f,
                      gconstpointer data)
{
  static const struct { const char *typed, *kept; } cases[] = {
    { "3天", "3自然日" }, { " 2 小时 ", "2自然时" }, { "5个工作日", "5工作日" }, { "30分钟", "30分钟" }, { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (f, "duty.set-limits", "{\"code\":\"06.01\",\"sign\":\"%s\"}", cases[i].typed);
      g_autofree char *kept = case_desk_text (f, "SELECT json_extract (limits, '$.sign') FROM duty_item WHERE code = ?1 AND active = 1",
                                              "06.01");

      g_assert_nonnull (outcome);
      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

static void
test_refusals (CaseDesk     *f,
               gconstpointer data)
{
  static const char *const wrong[] = { "早点", "0工作日", "-2工作时", "尽快" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    case_desk_refused (f, "invalid", "contact", "duty.set-limits", "{\"code\":\"06.01\",\"contact\":\"%s\"}", wrong[i]);
  case_desk_refused (f, "no-such-item", "code", "duty.set-limits", "{\"code\":\"06\",\"sign\":\"2工作时\"}");
  case_desk_act_as (f, "dispatcher", NULL);
  case_desk_refused (f, "not-allowed", NULL, "duty.set-limits", "{\"code\":\"06.01\",\"sign\":\"2工作时\"}");
}

#define ADD(path, func) g_test_add ("/duty-limits/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("later-cases-alone", test_later_cases_alone);
  ADD ("open-cases-as-foreseen", test_open_cases_as_foreseen);
  ADD ("a-limit-where-none-was", test_a_limit_where_none_was);
  ADD ("merged-cases-follow", test_merged_cases_follow);
  ADD ("other-evidence-is-kept", test_other_evidence_is_kept);
  ADD ("written-plainly", test_written_plainly);
  ADD ("refusals", test_refusals);
  return g_test_run ();
}
