/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 拆分: parts with their own limits, the whole waits. */

#include "case-desk.h"
#include "linli-json.h"

#define HOUR   (60 * CASE_DESK_MINUTE)
#define SHA    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define AGREE  "{\"case\":\"%s\",\"agreement\":\"九点收场\",\"responsible\":\"李姨\",\"follow_up_on\":\"2026-03-01\",\"reply\":\"已商定\"}"
#define TRAILS "audit entry counter outbox setting"
#define TWO    "[{\"text\":\"井盖破了。\",\"item\":\"06.01\"},{\"text\":\"路灯也不亮。\",\"item\":\"06.02\",\"title\":\"路灯\"}]"

static void
expect (CaseDesk   *f,
        const char *id,
        const char *column,
        const char *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM cases WHERE id = ?1", column);
  g_autofree char *text = case_desk_text (f, sql, id);

  g_assert_cmpstr (text, ==, value);
}

static LinliOutcome *
split (CaseDesk   *f,
       const char *id,
       const char *parts)
{
  return case_desk_do (f, "case.split", "{\"case\":\"%s\",\"parts\":%s}", id, parts);
}

static char *
part (CaseDesk   *f,
      const char *whole,
      guint       n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM cases WHERE parent_id = ?1 ORDER BY case_no LIMIT 1 OFFSET %u", n);

  return case_desk_text (f, sql, whole);
}

static void
do_it (CaseDesk   *f,
       const char *command,
       const char *id,
       const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, command, "{\"case\":\"%s\"%s}", id, more);

  g_assert_nonnull (outcome);
}

/* Dispatched, signed for, done and passed. */
static void
finish (CaseDesk   *f,
        const char *id,
        const char *result)
{
  g_autoptr(LinliOutcome) sent = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  g_autofree char *lead = case_desk_tell (sent, "lead_dispatch");
  g_autoptr(LinliOutcome) signed_for = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", lead);
  g_autoptr(LinliOutcome) done = case_desk_do (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"%s\"}", lead, result);

  do_it (f, "case.review", id, ",\"verdict\":\"pass\"");
}

static void
test_parts_have_their_own_limits (CaseDesk     *f,
                                  gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_CATCH_ALL);
  g_autofree char *number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", id);
  g_autofree char *first_number = g_strconcat (number, "-1", NULL);
  gint64 registered = f->clock.time;
  g_autoptr(LinliOutcome) done = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  f->clock.time += HOUR / 2;
  done = split (f, id, TWO);
  a = part (f, id, 0);
  b = part (f, id, 1);
  expect (f, id, "state", "in_progress");
  expect (f, id, "due_at", NULL);
  expect (f, id, "n_submissions", "1");
  expect (f, a, "case_no", first_number);
  expect (f, a, "state", "registered");
  expect (f, a, "item_code", "06.01");
  expect (f, a, "summary", "井盖破了。");
  expect (f, b, "title", "路灯");
  expect (f, b, "urgency", "urgent");
  /* the wait began when the whole was registered */
  g_assert_cmpint (case_desk_int (f, "SELECT started_at FROM clock WHERE kind = 'dispatch' AND case_id = ?1", a), ==, registered);
  g_assert_cmpint (case_desk_int (f, "SELECT started_at FROM clock WHERE kind = 'dispatch' AND case_id = ?1", b), ==, registered);
  case_desk_check (f);
}

static const struct { const char *reason, *field, *parts; } refusals[] = {
  { "invalid", "parts", "[{\"text\":\"井盖\",\"item\":\"06.01\"}]" },
  { "invalid", "text", "[{\"text\":\" \",\"item\":\"06.01\"},{\"text\":\"灯\",\"item\":\"06.02\"}]" },
  { "invalid", "item", "[{\"text\":\"井盖\",\"item\":\"06.01\"},{\"text\":\"灯\",\"item\":\"06\"}]" },
  { "invalid", "item", "[{\"text\":\"井盖\",\"item\":\"06.01\"},{\"text\":\"灯\"}]" },
  { "not-found", "parts", "[{\"text\":\"井盖\",\"item\":\"06.01\",\"attachments\":[\"0195c0de-7000-7abc-8def-0123456789ab\"]},{\"text\":\"灯\",\"item\":\"06.02\"}]" },
  { "invalid", "parts", "[{\"text\":\"1\",\"item\":\"06.01\"},{\"text\":\"2\",\"item\":\"06.01\"},{\"text\":\"3\",\"item\":\"06.01\"},"
    "{\"text\":\"4\",\"item\":\"06.01\"},{\"text\":\"5\",\"item\":\"06.01\"},{\"text\":\"6\",\"item\":\"06.01\"},{\"text\":\"7\",\"item\":\"06.01\"},"
    "{\"text\":\"8\",\"item\":\"06.01\"},{\"text\":\"9\",\"item\":\"06.01\"},{\"text\":\"10\",\"item\":\"06.01\"},{\"text\":\"11\",\"item\":\"06.01\"}]" },
};

/* All or nothing. */
static void
test_refused_whole (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *other = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) filed = case_desk_do (f, "case.attach", "{\"case\":\"%s\",\"sha256\":\"" SHA "\",\"name\":\"图.jpg\","
                                                "\"content_type\":\"image/jpeg\",\"size\":5,\"audience\":\"internal\"}", other);
  g_autofree char *foreign = case_desk_tell (filed, "attachment");
  g_autoptr(LinliOutcome) done = NULL;
  g_autofree char *a = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    case_desk_refused (f, refusals[i].reason, refusals[i].field, "case.split", "{\"case\":\"%s\",\"parts\":%s}", id, refusals[i].parts);
  case_desk_refused (f, "invalid", "parts", "case.split", "{\"case\":\"%s\",\"parts\":[{\"text\":\"井盖\",\"item\":\"06.01\","
                     "\"attachments\":[\"%s\"]},{\"text\":\"灯\",\"item\":\"06.02\"}]}", id, foreign);
  done = split (f, id, TWO);
  a = part (f, id, 0);
  case_desk_refused (f, "part-of-a-case", "case", "case.split", "{\"case\":\"%s\",\"parts\":" TWO "}", a);
  case_desk_refused (f, "illegal-transition", "case", "case.split", "{\"case\":\"%s\",\"parts\":" TWO "}", id);
  case_desk_refused (f, "illegal-transition", "case", "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  case_desk_refused (f, "open-parts", "case", "case.assist", "{\"case\":\"%s\",\"units\":[\"%s\"]}", id, case_desk_unit (f, 0));
  case_desk_refused (f, "part-of-it", "sources", "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", a, id);
  case_desk_refused (f, "part-of-it", "sources", "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", id, a);
}

/* Ten are the most: one fewer than what is refused. */
static void
test_ten_parts (CaseDesk     *f,
                gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(GString) parts = g_string_new ("[");
  g_autoptr(LinliOutcome) done = NULL;

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (parts, "%s{\"text\":\"第%u件\",\"item\":\"06.01\"}", i > 0 ? "," : "", i + 1);
  g_string_append_c (parts, ']');
  done = split (f, id, parts->str);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE parent_id = ?1 AND state = 'registered'", id), ==, 10);
  case_desk_check (f);
}

static void
test_whole_waits_and_gathers (CaseDesk     *f,
                              gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) done = split (f, id, TWO);
  g_autofree char *a = part (f, id, 0);
  g_autofree char *b = part (f, id, 1);
  g_autofree char *result = NULL;

  finish (f, a, "井盖换好了");
  expect (f, a, "state", "closed"); /* the whole tells the resident */
  expect (f, id, "state", "in_progress");
  case_desk_check (f);
  finish (f, b, "灯亮了");
  expect (f, id, "state", "pending_review");
  result = case_desk_text (f, "SELECT result FROM cases WHERE id = ?1", id);
  g_assert_nonnull (strstr (result, "井盖换好了"));
  g_assert_nonnull (strstr (result, "灯亮了"));
  case_desk_check (f);
  do_it (f, "case.review", id, ",\"verdict\":\"pass\"");
  expect (f, id, "state", "resolved");
  do_it (f, "case.close", id, ",\"reply\":\"都修好了\"");
  expect (f, id, "state", "closed");
  case_desk_check (f);
}

/* Sent back by the review, the whole can be dispatched as one. */
static void
test_whole_sent_back (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) done = split (f, id, TWO);
  g_autofree char *a = part (f, id, 0);
  g_autofree char *b = part (f, id, 1);

  finish (f, a, "换了");
  do_it (f, "case.withdraw", b, ",\"reason\":\"不再反映\"");
  expect (f, id, "state", "pending_review");
  do_it (f, "case.review", id, ",\"verdict\":\"reject\",\"note\":\"没修好\"");
  expect (f, id, "state", "registered");
  finish (f, id, "这次好了");
  expect (f, id, "state", "resolved");
  case_desk_check (f);
}

/* What the neighbours settle of a whole closes at once: not under “other”. */
static void
test_part_under_other_stays_open (CaseDesk     *f,
                                  gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) done = split (f, id, "[{\"text\":\"井盖破了。\",\"item\":\"06.99\"},{\"text\":\"路灯也不亮。\",\"item\":\"06.02\"}]");
  g_autofree char *a = part (f, id, 0);

  do_it (f, "case.set-lane", a, ",\"lane\":\"minor\",\"reason\":\"先协商\"");
  do_it (f, "case.deliberate", a, ",\"held_on\":\"2026-02-13\",\"participants\":\"李姨\",\"options\":\"都同意\"");
  case_desk_refused (f, "catch-all", "item", "case.agree", AGREE, a);
  do_it (f, "case.classify", a, ",\"item\":\"06.01\"");
  {
    g_autoptr(LinliOutcome) agreed = case_desk_do (f, "case.agree", AGREE, a);

    g_assert_nonnull (agreed);
  }
  expect (f, a, "state", "closed");
  case_desk_check (f);
}

/* A whole was split before anybody said what it is: no unit gets it like that. */
static void
test_whole_without_item_is_not_redone (CaseDesk     *f,
                                       gconstpointer data)
{
  g_autofree char *id = case_desk_intake (f, "井盖破了，路灯也不亮");
  g_autoptr(LinliOutcome) done = split (f, id, TWO);
  g_autofree char *a = part (f, id, 0);
  g_autofree char *b = part (f, id, 1);

  finish (f, a, "换了");
  finish (f, b, "亮了");
  do_it (f, "case.review", id, ",\"verdict\":\"pass\"");
  case_desk_refused (f, "invalid", "item", "case.redo", "{\"case\":\"%s\",\"reason\":\"又坏\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  do_it (f, "case.classify", id, ",\"item\":\"06.01\"");
  {
    g_autoptr(LinliOutcome) again = case_desk_do (f, "case.redo", "{\"case\":\"%s\",\"reason\":\"又坏\",\"lead\":\"%s\"}", id,
                                                  case_desk_unit (f, 0));

    g_assert_nonnull (again);
  }
  case_desk_check (f);
}

/* It waits for its parts and has no lead: nobody can assist there. */
static void
test_nobody_is_carried_to_a_whole (CaseDesk     *f,
                                   gconstpointer data)
{
  CaseSubject s;
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) done = split (f, id, TWO);

  case_desk_reach (f, &s, "dispatched");
  case_desk_refused (f, "target-without-lead", "units", "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\",\"units\":\"carry\"}", s.id, id);
  case_subject_clear (&s);
}

static void
test_withdrawing_asks (CaseDesk     *f,
                       gconstpointer data)
{
  static const char *const ends[] = { "withdrawn", "registered" };
  static const char *const choices[] = { "withdraw", "keep" };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
      g_autoptr(LinliOutcome) done = split (f, id, TWO);
      g_autofree char *more = g_strdup_printf (",\"reason\":\"不再反映\",\"parts\":\"%s\"", choices[i]);
      g_autofree char *a = part (f, id, 0);

      case_desk_refused (f, "open-parts", "parts", "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不再反映\"}", id);
      do_it (f, "case.withdraw", id, more);
      expect (f, id, "state", "withdrawn");
      expect (f, a, "state", ends[i]);
      case_desk_check (f);
    }
}

static void
test_undone_while_untouched (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *a = NULL;
  g_autoptr(LinliOutcome) filed = case_desk_do (f, "case.attach", "{\"case\":\"%s\",\"sha256\":\"" SHA "\",\"name\":\"图.jpg\","
                                                "\"content_type\":\"image/jpeg\",\"size\":5,\"audience\":\"internal\"}", id);
  g_autofree char *file = case_desk_tell (filed, "attachment");
  g_autofree char *parts = g_strdup_printf ("[{\"text\":\"井盖\",\"item\":\"06.01\",\"attachments\":[\"%s\"]},{\"text\":\"灯\",\"item\":\"06.02\"}]", file);
  g_autoptr(LinliOutcome) done = NULL;
  g_autoptr(LinliOutcome) undone = NULL;
  g_autoptr(LinliOutcome) again = NULL;
  g_autofree char *line = NULL;
  g_autofree char *audience = NULL;

  before = case_desk_digest (f, TRAILS);
  done = split (f, id, parts);
  a = part (f, id, 0);
  audience = case_desk_text (f, "SELECT audience FROM attachment WHERE case_id = ?1", a);
  g_assert_cmpstr (audience, ==, "internal"); /* never wider */
  line = case_desk_text (f, "SELECT payload FROM entry WHERE kind = 'attach' AND case_id = ?1", a);
  g_assert_nonnull (strstr (line, "\"from\":"));
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", done->operation);
  after = case_desk_digest (f, TRAILS);
  g_assert_cmpstr (before, ==, after);
  case_desk_check (f);

  again = split (f, id, TWO);
  g_free (a);
  a = part (f, id, 0);
  do_it (f, "case.note", a, ",\"body\":\"先问一下\",\"audience\":\"unit\"");
  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", again->operation);
}

/* A part merged elsewhere ends when that case ends, and waits again when it comes back. */
static void
test_part_merged_elsewhere (CaseDesk     *f,
                            gconstpointer data)
{
  CaseSubject other = { NULL };
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) done = split (f, id, TWO);
  g_autofree char *a = part (f, id, 0);
  g_autofree char *b = part (f, id, 1);
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) apart = NULL;

  case_desk_reach (f, &other, "in_progress");
  merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", a, other.id);
  finish (f, b, "灯亮了");
  expect (f, id, "state", "in_progress");
  case_desk_run (f, &other, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_run (f, &other, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  case_desk_run (f, &other, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  case_desk_run (f, &other, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  expect (f, id, "state", "pending_review");
  case_desk_check (f);
  apart = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", a);
  expect (f, a, "state", "registered");
  expect (f, id, "state", "in_progress");
  case_desk_check (f);
  case_subject_clear (&other);
}

/* A case must not come to wait for its own end. */
static void
test_no_waiting_in_a_circle (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *x = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *y = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) first = split (f, x, TWO);
  g_autoptr(LinliOutcome) second = split (f, y, TWO);
  g_autofree char *a = part (f, x, 0);
  g_autofree char *b = part (f, y, 0);
  g_autoptr(LinliOutcome) merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", a, y);

  case_desk_refused (f, "waits-for-itself", "sources", "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", b, x);
}

/* A merge whose target was split since is not undone behind the parts' backs. */
static void
test_split_since_merged (CaseDesk     *f,
                         gconstpointer data)
{
  g_autofree char *a = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *b = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", a, b);
  g_autoptr(LinliOutcome) done = split (f, b, TWO);
  g_autoptr(LinliOutcome) undone = NULL;
  g_autoptr(LinliOutcome) apart = NULL;

  case_desk_refused (f, "target-split", "case", "case.unmerge", "{\"case\":\"%s\"}", a);
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", done->operation);
  apart = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", a);
  case_desk_check (f);
}

/* Split and undone in any order, with merges among them: as it was. */
static void
test_splits_taken_back (CaseDesk     *f,
                        gconstpointer data)
{
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      for (guint i = 0; i < 5; i++)
        {
          g_ptr_array_add (ids, g_test_rand_int_range (0, 2) == 0 ? case_desk_intake (f, "井盖破了。灯不亮。") : case_desk_accepted (f, CASE_DESK_LEAF));
          f->clock.time += g_test_rand_int_range (0, 40) * HOUR / 4;
        }
      before = case_desk_digest (f, TRAILS);
      for (guint i = 0; i < ids->len; i++)
        {
          g_autoptr(LinliOutcome) done = split (f, ids->pdata[i], TWO);

          g_ptr_array_add (operations, g_strdup (done->operation));
          case_desk_check (f);
        }
      while (operations->len > 0)
        {
          guint at = (guint) g_test_rand_int_range (0, (gint32) operations->len);
          g_autoptr(LinliOutcome) undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", (char *) operations->pdata[at]);

          g_ptr_array_remove_index (operations, at);
          case_desk_check (f);
        }
      after = case_desk_digest (f, TRAILS);
      g_assert_cmpstr (before, ==, after);
    }
}

/* Its parts have the limits, so the whole gets none with its new leaf. */
static void
test_whole_under_another_leaf (CaseDesk     *f,
                               gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_CATCH_ALL);
  g_autoptr(LinliOutcome) parts = split (f, id, TWO);
  g_autofree char *leaf = NULL;

  do_it (f, "case.classify", id, ",\"item\":\"" CASE_DESK_LEAF "\"");
  leaf = case_desk_text (f, "SELECT item_code FROM cases WHERE id = ?1", id);
  g_assert_cmpstr (leaf, ==, CASE_DESK_LEAF);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE case_id = ?1 AND state = 'running'", id), ==, 0);
  case_desk_check (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-split/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("parts-have-their-own-limits", test_parts_have_their_own_limits);
  ADD ("refused-whole", test_refused_whole);
  ADD ("ten-parts", test_ten_parts);
  ADD ("whole-waits-and-gathers", test_whole_waits_and_gathers);
  ADD ("whole-sent-back", test_whole_sent_back);
  ADD ("part-under-other-stays-open", test_part_under_other_stays_open);
  ADD ("whole-without-item-is-not-redone", test_whole_without_item_is_not_redone);
  ADD ("nobody-is-carried-to-a-whole", test_nobody_is_carried_to_a_whole);
  ADD ("withdrawing-asks", test_withdrawing_asks);
  ADD ("undone-while-untouched", test_undone_while_untouched);
  ADD ("part-merged-elsewhere", test_part_merged_elsewhere);
  ADD ("no-waiting-in-a-circle", test_no_waiting_in_a_circle);
  ADD ("split-since-merged", test_split_since_merged);
  ADD ("whole-under-another-leaf", test_whole_under_another_leaf);
  ADD ("splits-taken-back", test_splits_taken_back);
#undef ADD
  return g_test_run ();
}
