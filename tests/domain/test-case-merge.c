/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 并案: many residents, one matter; and the way back. */

#include "case-desk.h"
#include "linli-case-detail.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "test-conn.h"

#define HOUR (60 * CASE_DESK_MINUTE)
#define SHA  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* What a merge and its undoing leave behind on purpose. */
#define TRAILS "audit entry counter outbox setting merge_record"

static char *
resident (CaseDesk   *f,
          const char *name,
          const char *more)
{
  g_autoptr(LinliOutcome) outcome =
    case_desk_do (f, "case.intake", "{\"text\":\"桂园路井盖破了，%s\",\"channel\":\"DH01\",\"item\":\"06.01\",\"accept\":true,"
                  "\"reply_wanted\":true,\"appellant\":{\"name\":\"%s\",\"phone\":\"1380000%04d\"}%s}", name, name,
                  (int) case_desk_int (f, "SELECT 1000 + count(*) FROM appellant", NULL), more);

  return case_desk_tell (outcome, "case");
}

static LinliOutcome *
merge (CaseDesk   *f,
       const char *source,
       const char *target)
{
  return case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", source, target);
}

static void
do_merge (CaseDesk   *f,
          const char *source,
          const char *target)
{
  g_autoptr(LinliOutcome) outcome = merge (f, source, target);

  g_assert_nonnull (outcome);
}

static void
unmerge (CaseDesk   *f,
         const char *source)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", source);

  g_assert_nonnull (outcome);
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

static void
dispatch (CaseDesk   *f,
          const char *id,
          guint       unit)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id,
                                                  case_desk_unit (f, unit));

  g_assert_nonnull (outcome);
}

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

static gint64
due (CaseDesk   *f,
     const char *id)
{
  return case_desk_int (f, "SELECT coalesce (due_at, 0) FROM cases WHERE id = ?1", id);
}

static gint64
n_of (CaseDesk   *f,
      const char *table,
      const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE case_id = ?1", table);

  return case_desk_int (f, sql, id);
}

/* Every resident keeps number, words and wish for a reply; the case is a pointer. */
static void
test_residents_go_over (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *receipt = case_desk_text (f, "SELECT receipt_no FROM submission WHERE case_id = ?1", a);
  g_autofree char *owner = NULL;
  g_autofree char *line = NULL;

  do_merge (f, a, b);
  expect (f, a, "state", "merged");
  expect (f, a, "merged_into_id", b);
  expect (f, a, "n_submissions", "0");
  expect (f, b, "n_submissions", "2");
  owner = case_desk_text (f, "SELECT case_id FROM submission WHERE receipt_no = ?1 AND reply_wanted = 1", receipt);
  g_assert_cmpstr (owner, ==, b);

  /* "merged into" here, "received" there, and nothing else on either. */
  g_assert_cmpint (n_of (f, "entry", a), ==, 3);
  g_assert_cmpint (n_of (f, "entry", b), ==, 3);
  line = case_desk_text (f, "SELECT payload FROM entry WHERE kind = 'merge' AND case_id = ?1", b);
  g_assert_nonnull (strstr (line, "\"cases\":[\""));
  case_desk_check (f);
}

static const struct { const char *reason, *field, *args; } refusals[] = {
  { "into-itself", "sources", "{\"sources\":[\"%a\"],\"target\":\"%a\"}" },
  { "invalid", "sources", "{\"sources\":[\"%a\",\"%a\"],\"target\":\"%b\"}" },
  { "invalid", "sources", "{\"sources\":[],\"target\":\"%b\"}" },
  { "illegal-transition", "sources", "{\"sources\":[\"%m\"],\"target\":\"%b\"}" },
  { "illegal-transition", "target", "{\"sources\":[\"%a\"],\"target\":\"%m\"}" },
  { "illegal-transition", "sources", "{\"sources\":[\"%x\"],\"target\":\"%b\"}" },
  { "illegal-transition", "target", "{\"sources\":[\"%b\"],\"target\":\"%x\"}" },
  { "target-behind", "target", "{\"sources\":[\"%a\"],\"target\":\"%n\"}" },
  { "target-without-lead", "units", "{\"sources\":[\"%w\"],\"target\":\"%b\",\"units\":\"carry\"}" },
  { "not-found", "sources", "{\"sources\":[\"0195c0de-7000-7abc-8def-0123456789ab\"],\"target\":\"%b\"}" },
};

static void
test_refused (CaseDesk     *f,
              gconstpointer data)
{
  const struct { const char *name; char *id; } cases[] = {
    { "%a", resident (f, "王芳", "") }, { "%b", resident (f, "李强", "") }, { "%m", resident (f, "赵敏", "") },
    { "%x", case_desk_intake (f, "不要了") }, { "%n", case_desk_intake (f, "新来的") }, { "%w", resident (f, "在办", "") },
  };

  do_merge (f, cases[2].id, cases[1].id); /* b then a is refused once a is in b: the same rule */
  do_it (f, "case.withdraw", cases[3].id, ",\"reason\":\"不再反映\"");
  dispatch (f, cases[5].id, 2);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(GString) args = g_string_new (refusals[i].args);

      for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
        g_string_replace (args, cases[c].name, cases[c].id, 0);
      g_test_message ("%s", refusals[i].args);
      case_desk_refused (f, refusals[i].reason, refusals[i].field, "case.merge", "%s", args->str);
    }
  case_desk_act_as (f, "clerk", NULL);
  case_desk_refused (f, "not-allowed", NULL, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", cases[0].id,
                     cases[1].id);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    g_free (cases[c].id);
}

/* A→B, then B→A. */
static void
test_no_circles (CaseDesk     *f,
                 gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");

  do_merge (f, a, b);
  case_desk_refused (f, "illegal-transition", "target", "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", b, a);
}

/* The earliest promise holds, and the trace and the entry say whose it was. */
static void
test_earliest_due (CaseDesk     *f,
                   gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *trace = NULL;
  g_autofree char *payload = NULL;
  gint64 due_a, due_b;

  dispatch (f, a, 0);
  due_a = case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", a);
  f->clock.time += 11 * 24 * HOUR;
  b = resident (f, "李强", "");
  dispatch (f, b, 0);
  due_b = case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b);
  g_assert_cmpint (due_a, <, due_b);

  do_merge (f, a, b);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE state IN ('running', 'paused', 'unknown') AND case_id = ?1", a), ==, 0);
  g_assert_cmpint (due (f, a), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'resolve' AND state = 'running' AND case_id = ?1", b), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, due_a);
  origin = case_desk_text (f, "SELECT origin_id FROM clock WHERE kind = 'resolve' AND case_id = ?1", b);
  g_assert_cmpstr (origin, ==, a);
  trace = case_desk_text (f, "SELECT trace FROM clock WHERE kind = 'resolve' AND case_id = ?1", b);
  g_assert_nonnull (strstr (trace, a));
  payload = case_desk_text (f, "SELECT payload FROM entry WHERE kind = 'merge' AND case_id = ?1", b);
  g_assert_nonnull (strstr (payload, "due.resolve"));
  case_desk_check (f);

  unmerge (f, a);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", a), ==, due_a);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, due_b);
  case_desk_check (f);
}

/* Dispatched only after the merge: the earlier promise still holds, and the
 * case gets its own limit when the other leaves. */
static void
test_own_limit_begins_later (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = NULL;
  gint64 due_a, sent;

  dispatch (f, a, 0);
  due_a = case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", a);
  f->clock.time += 11 * 24 * HOUR;
  b = resident (f, "李强", "");
  do_merge (f, a, b);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, due_a);
  f->clock.time += HOUR;
  sent = f->clock.time;
  dispatch (f, b, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, due_a);
  case_desk_check (f);
  unmerge (f, a);
  g_assert_cmpint (case_desk_int (f, "SELECT started_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, sent);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, 1);
  case_desk_check (f);
}

/* Under another leaf everybody's matter counts by that leaf, from when each began. */
static void
test_classified_since (CaseDesk     *f,
                       gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = NULL;
  gint64 started_a, started_b;

  dispatch (f, a, 0);
  started_a = f->clock.time;
  f->clock.time += 11 * 24 * HOUR;
  b = resident (f, "李强", "");
  started_b = f->clock.time;
  dispatch (f, b, 0);
  do_merge (f, a, b);
  do_it (f, "case.classify", b, ",\"item\":\"06.02\"");
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, started_a + 24 * HOUR);
  unmerge (f, a);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", b), ==, started_b + 24 * HOUR);
  expect (f, a, "item_code", "06.01");
  case_desk_check (f);
}

static void
test_chain (CaseDesk     *f,
            gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *c = resident (f, "赵敏", "");
  g_autoptr(LinliCaseDetail) detail = NULL;
  g_autoptr(LinliCaseDetail) pointer = NULL;

  do_merge (f, a, b);
  do_merge (f, b, c);
  expect (f, c, "n_submissions", "3");
  pointer = linli_case_detail_load (f->conn, a, LINLI_ROLE_ANY, NULL);
  g_assert_cmpstr (linli_row_get_id (pointer->target), ==, c);
  detail = linli_case_detail_load (f->conn, c, LINLI_ROLE_ANY, NULL);
  g_assert_cmpuint (detail->members->len, ==, 2);
  case_desk_check (f);

  /* The one in the middle leaves with the one it had taken in. */
  unmerge (f, b);
  expect (f, b, "n_submissions", "2");
  expect (f, c, "n_submissions", "1");
  expect (f, a, "merged_into_id", b);
  case_desk_check (f);
  do_merge (f, b, c);

  /* The innermost leaves out of the middle. */
  unmerge (f, a);
  expect (f, a, "n_submissions", "1");
  expect (f, c, "n_submissions", "2");
  do_merge (f, a, c);
  unmerge (f, b);
  expect (f, c, "n_submissions", "2");
  expect (f, b, "n_submissions", "1");
  case_desk_check (f);
}

static void
test_units_are_recalled (CaseDesk     *f,
                         gconstpointer data)
{
  CaseSubject a = { NULL };
  CaseSubject b = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  case_desk_reach (f, &b, "in_progress");
  case_desk_reach (f, &a, "in_progress");
  before = case_desk_digest (f, TRAILS);
  do_merge (f, a.id, b.id);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM dispatch WHERE state = 'recalled' AND close_reason LIKE '并入 %' AND case_id = ?1", a.id), ==, 2);
  g_assert_cmpint (n_of (f, "dispatch", b.id), ==, 2);
  case_desk_check (f);
  f->clock.time += 100 * 24 * HOUR;
  unmerge (f, a.id);
  expect (f, a.id, "state", "in_progress");
  after = case_desk_digest (f, TRAILS);
  g_assert_cmpstr (before, ==, after);
  case_desk_check (f);
  case_subject_clear (&a);
  case_subject_clear (&b);
}

/* By choice a unit goes on, assisting; and goes back as it came. */
static void
test_units_are_carried (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autoptr(LinliOutcome) merged = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *part = NULL;

  dispatch (f, a, 1);
  dispatch (f, b, 0);
  before = case_desk_digest (f, TRAILS);
  merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\",\"units\":\"carry\"}", a, b);
  part = case_desk_text (f, "SELECT unit_id FROM dispatch WHERE role = 'assist' AND state = 'sent' AND case_id = ?1", b);
  g_assert_cmpstr (part, ==, case_desk_unit (f, 1));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'sign' AND state = 'running' AND case_id = ?1", b), ==, 2);
  case_desk_check (f);
  unmerge (f, a);
  after = case_desk_digest (f, TRAILS);
  g_assert_cmpstr (before, ==, after);
  case_desk_check (f);
}

/* What a carried unit did is kept where it did it. */
static void
test_carried_unit_at_work (CaseDesk     *f,
                           gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) signed_for = NULL;
  g_autofree char *part = NULL;
  g_autofree char *state = NULL;

  dispatch (f, a, 1);
  dispatch (f, b, 0);
  merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\",\"units\":\"carry\"}", a, b);
  part = case_desk_text (f, "SELECT id FROM dispatch WHERE role = 'assist' AND case_id = ?1", b);
  signed_for = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", part);
  expect (f, b, "state", "in_progress");
  unmerge (f, a);
  state = case_desk_text (f, "SELECT state FROM dispatch WHERE id = ?1", part);
  g_assert_cmpstr (state, ==, "recalled");
  expect (f, a, "state", "dispatched");
  expect (f, b, "state", "dispatched");
  case_desk_check (f);
}

static void
test_later_messages_follow (CaseDesk     *f,
                            gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *c = resident (f, "赵敏", "");
  g_autofree char *number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", a);
  g_autofree char *payload = NULL;
  g_autoptr(LinliOutcome) voice = NULL;
  g_autofree char *joined = NULL;

  do_merge (f, a, b);
  do_merge (f, b, c);
  do_it (f, "case.note", a, ",\"body\":\"又来电催\",\"audience\":\"internal\"");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'note' AND case_id = ?1", c), ==, 1);
  payload = case_desk_text (f, "SELECT payload FROM entry WHERE kind = 'note' AND case_id = ?1", c);
  g_assert_nonnull (strstr (payload, number));
  do_it (f, "case.attach", a, ",\"sha256\":\"" SHA "\",\"name\":\"图.jpg\",\"content_type\":\"image/jpeg\",\"size\":5,\"audience\":\"unit\"");
  g_assert_cmpint (n_of (f, "attachment", c), ==, 1);
  voice = case_desk_do (f, "case.intake", "{\"text\":\"我也要反映\",\"channel\":\"CK01\",\"attach_to\":\"%s\"}", a);
  joined = case_desk_tell (voice, "case");
  g_assert_cmpstr (joined, ==, c);
  expect (f, a, "state", "merged");
  expect (f, c, "n_submissions", "4");
  case_desk_check (f);
}

/* A pointer that leads in a circle must not swallow what is said. */
static void
test_broken_chain_keeps_words (CaseDesk     *f,
                               gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autoptr(GError) error = NULL;

  do_merge (f, a, b);
  linli_conn_run (f->conn, &error, "UPDATE cases SET merged_into_id = ?1, state = 'merged' WHERE id = ?2", "ss", a, b);
  g_assert_no_error (error);
  do_it (f, "case.note", a, ",\"body\":\"又来电催\",\"audience\":\"internal\"");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'note' AND case_id = ?1", a), ==, 1);
}

/* The same row of the same file again is known, though its case is merged. */
static void
test_import_row_of_merged (CaseDesk     *f,
                           gconstpointer data)
{
  static const char *const rows = "[{\"source_key\":\"K1\",\"text\":\"井盖破了\",\"received_at\":\"2026-02-13T10:00:00+08:00\"}]";
  g_autoptr(LinliOutcome) started = case_desk_do (f, "import.start", "{\"kind\":\"cases\",\"file_name\":\"a.csv\"}");
  g_autofree char *import = case_desk_tell (started, "import");
  g_autoptr(LinliOutcome) first = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":%s}", import, rows);
  g_autofree char *a = case_desk_text (f, "SELECT id FROM cases WHERE source_key = 'K1'", NULL);
  g_autofree char *b = case_desk_intake (f, "井盖又破了");
  g_autoptr(LinliOutcome) second = NULL;
  gint64 known = 0;

  do_merge (f, a, b);
  second = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":%s}", import, rows);
  linli_json_get_int (second->result, "n_known", &known);
  g_assert_cmpint (known, ==, 1);
  expect (f, b, "n_submissions", "2");
  case_desk_check (f);
}

/* What was said for some stays for them: nothing moves, nothing is relabelled. */
static void
test_audience_is_never_wider (CaseDesk     *f,
                              gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autoptr(LinliCaseDetail) detail = NULL;
  LinliCaseMember *member;

  do_it (f, "case.note", a, ",\"body\":\"内部情况\",\"audience\":\"internal\"");
  do_it (f, "case.note", a, ",\"body\":\"给市政的话\",\"audience\":\"unit\"");
  do_merge (f, a, b);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'note' AND case_id = ?1", b), ==, 0);
  detail = linli_case_detail_load (f->conn, b, LINLI_ROLE_ANY, NULL);
  for (guint i = 0; i < detail->entries->len; i++)
    g_assert_cmpstr (linli_row_get_text (detail->entries->pdata[i], LINLI_ENTRY_KIND), !=, "note");
  member = detail->members->pdata[0];
  g_assert_cmpuint (member->entries->len, ==, 5);
  g_assert_cmpstr (linli_row_get_text (member->entries->pdata[2], LINLI_ENTRY_AUDIENCE), ==, "internal");
}

static void
test_strictest_secrecy (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *c = resident (f, "赵敏", "");
  g_autofree char *d = resident (f, "孙丽", "");

  do_it (f, "case.mark-confidential", a, ",\"reason\":\"本人要求\"");
  do_it (f, "case.mark-confidential", d, ",\"reason\":\"本人要求\"");
  do_merge (f, a, b);
  do_merge (f, b, c);
  do_merge (f, d, c);
  expect (f, c, "confidential", "1");
  unmerge (f, a); /* the other one still is */
  expect (f, b, "confidential", "0");
  expect (f, c, "confidential", "1");
  unmerge (f, d);
  expect (f, c, "confidential", "0");
  case_desk_check (f);
}

/* Assigned by choice; a copy is for the centre alone, whoever the words were for. */
static void
test_later_entries_by_choice (CaseDesk     *f,
                              gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autoptr(LinliOutcome) stays = NULL;
  g_autoptr(LinliOutcome) goes = NULL;
  g_autoptr(LinliOutcome) both = NULL;
  g_autoptr(LinliOutcome) via = NULL;
  g_autoptr(LinliOutcome) voice = NULL;
  g_autoptr(LinliOutcome) done = NULL;
  char *ids[5] = { NULL };
  g_autofree char *early = NULL;

  do_it (f, "case.note", b, ",\"body\":\"早先\",\"audience\":\"unit\"");
  early = case_desk_text (f, "SELECT id FROM entry WHERE body = '早先'", NULL);
  f->clock.time += HOUR;
  do_merge (f, a, b);
  f->clock.time += HOUR;
  stays = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"留下\",\"audience\":\"unit\"}", b);
  goes = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"回去\",\"audience\":\"unit\"}", b);
  both = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"两边\",\"audience\":\"resident\"}", b);
  via = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"给原案\",\"audience\":\"unit\"}", a);
  voice = case_desk_do (f, "case.intake", "{\"text\":\"再说一次\",\"channel\":\"CK01\",\"attach_to\":\"%s\"}", a);
  ids[0] = case_desk_tell (stays, "entry");
  ids[1] = case_desk_tell (goes, "entry");
  ids[2] = case_desk_tell (both, "entry");
  ids[3] = case_desk_tell (via, "entry");
  ids[4] = case_desk_tell (voice, "submission");
  case_desk_refused (f, "invalid", "assign", "case.unmerge", "{\"case\":\"%s\",\"assign\":[{\"entry\":\"%s\",\"to\":\"source\"}]}", a, early);
  case_desk_refused (f, "invalid", "assign", "case.unmerge", "{\"case\":\"%s\",\"assign\":[{\"submission\":\"%s\",\"to\":\"copy\"}]}", a, ids[4]);
  done = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\",\"assign\":[{\"entry\":\"%s\",\"to\":\"stay\"},{\"entry\":\"%s\",\"to\":\"source\"},"
                       "{\"entry\":\"%s\",\"to\":\"copy\"},{\"entry\":\"%s\",\"to\":\"source\"},{\"submission\":\"%s\",\"to\":\"source\"}]}",
                       a, ids[0], ids[1], ids[2], ids[3], ids[4]);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'note' AND case_id = ?1", b), ==, 3);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE body = '回去' AND audience = 'internal' AND case_id = ?1", a), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE body = '两边' AND audience = 'internal' AND case_id = ?1", a), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE body = '给原案' AND audience = 'unit' AND case_id = ?1", a), ==, 1);
  expect (f, a, "n_submissions", "2");
  expect (f, b, "n_submissions", "1");
  for (guint n = 0; n < G_N_ELEMENTS (ids); n++)
    g_free (ids[n]);
  case_desk_check (f);
}

/* Closed long ago, the other case gives back what it took all the same. */
static void
test_undone_after_the_end (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject b = { NULL };
  g_autofree char *a = resident (f, "王芳", "");
  gint64 due_a = due (f, a);

  case_desk_reach (f, &b, "in_progress");
  do_merge (f, a, b.id);
  case_desk_run (f, &b, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_run (f, &b, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  case_desk_run (f, &b, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  case_desk_run (f, &b, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  f->clock.time += 200 * 24 * HOUR;
  unmerge (f, a);
  expect (f, a, "state", "registered");
  g_assert_cmpint (due (f, a), ==, due_a);
  expect (f, b.id, "state", "closed");
  expect (f, b.id, "n_submissions", "1");
  case_desk_check (f);
  case_subject_clear (&b);
}

/* What a resident said of the other case says nothing about their own, which is
 * still to be done when it comes back. */
static void
test_answers_stay_with_the_case (CaseDesk     *f,
                                 gconstpointer data)
{
  CaseSubject b = { NULL };
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *submission = case_desk_text (f, "SELECT id FROM submission WHERE case_id = ?1", a);
  g_autoptr(LinliOutcome) called = NULL;

  case_desk_reach (f, &b, "resolved");
  do_merge (f, a, b.id);
  called = case_desk_do (f, "case.callback", "{\"case\":\"%s\",\"submission\":\"%s\",\"reached\":\"yes\",\"solved\":\"yes\","
                         "\"satisfaction\":\"satisfied\"}", b.id, submission);
  expect (f, b.id, "solved", "yes");
  unmerge (f, a);
  expect (f, a, "solved", NULL);
  expect (f, b.id, "solved", NULL);
  case_desk_check (f);
  case_subject_clear (&b);
}

/* A unit that was carried along went home before the case it was carried to
 * came back; that one is then where its own units have brought it. */
static void
test_carried_twice (CaseDesk     *f,
                    gconstpointer data)
{
  for (guint has_signed = 0; has_signed < 2; has_signed++)
    {
      CaseSubject b = { NULL };
      g_autofree char *a = resident (f, "王芳", "");
      g_autofree char *c = resident (f, "李强", "");
      g_autofree char *carried = NULL;
      g_autoptr(LinliOutcome) merged = NULL;

      dispatch (f, a, 3);
      case_desk_reach (f, &b, "in_progress");
      case_desk_run (f, &b, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
      merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\",\"units\":\"carry\"}", a, b.id);
      carried = case_desk_text (f, "SELECT id FROM dispatch WHERE case_id = ?1 AND state = 'sent'", b.id);
      if (has_signed)
        {
          g_autoptr(LinliOutcome) said = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", carried);

          g_assert_nonnull (said);
        }
      case_desk_run (f, &b, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
      expect (f, b.id, "state", "in_progress"); /* the carried unit owes its part */
      do_merge (f, b.id, c);
      unmerge (f, a);
      expect (f, a, "state", "dispatched");
      unmerge (f, b.id);
      expect (f, b.id, "state", "pending_review");
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'resolve' AND state = 'running' AND case_id = ?1", b.id), ==, 0);
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM dispatch WHERE state IN ('sent','signed') AND case_id = ?1", b.id), ==, 0);
      case_desk_check (f);
      case_subject_clear (&b);
    }
}

/* Ctrl+Z while nothing happened since. */
static void
test_generic_undo (CaseDesk     *f,
                   gconstpointer data)
{
  CaseSubject a = { NULL };
  CaseSubject b = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *c = NULL;
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) undone = NULL;

  case_desk_reach (f, &a, "in_progress");
  case_desk_reach (f, &b, "in_progress");
  before = case_desk_digest (f, TRAILS);
  merged = merge (f, a.id, b.id);
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", merged->operation);
  after = case_desk_digest (f, TRAILS);
  g_assert_cmpstr (before, ==, after);
  case_desk_check (f);

  c = resident (f, "赵敏", "");
  dispatch (f, c, 2);
  g_clear_pointer (&merged, linli_outcome_free);
  merged = merge (f, a.id, b.id);
  do_merge (f, b.id, c);
  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", merged->operation);
  case_subject_clear (&a);
  case_subject_clear (&b);
}

/* The undoing of a merge can be taken back as well. */
static void
test_unmerge_undone (CaseDesk     *f,
                     gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(LinliOutcome) apart = NULL;
  g_autoptr(LinliOutcome) undone = NULL;

  do_merge (f, a, b);
  before = case_desk_digest (f, "audit entry counter outbox setting");
  apart = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", a);
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", apart->operation);
  after = case_desk_digest (f, "audit entry counter outbox setting");
  g_assert_cmpstr (before, ==, after);
  case_desk_check (f);
  unmerge (f, a);
  case_desk_check (f);
}

static JsonNode *
query (CaseDesk   *f,
       const char *name,
       const char *json)
{
  const LinliQueryContext context = { f->clock.time, f->chief };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, &error);
  JsonNode *answer = linli_registry_find_query (name)->run (f->conn, &context, args, &error);

  g_assert_no_error (error);
  return answer;
}

static void
test_preview (CaseDesk     *f,
              gconstpointer data)
{
  CaseSubject b = { NULL };
  g_autofree char *a = resident (f, "王芳", ",\"place\":\"桂园路3号\"");
  g_autofree char *x = case_desk_intake (f, "不要了");
  g_autofree char *json = NULL;
  g_autoptr(JsonNode) answer = NULL;
  JsonObject *object, *source;

  case_desk_reach (f, &b, "dispatched");
  do_it (f, "case.withdraw", x, ",\"reason\":\"不再反映\"");
  json = g_strdup_printf ("{\"sources\":[\"%s\",\"%s\",\"%s\"]}", a, b.id, x);
  answer = query (f, "case.merge-preview", json);
  object = json_node_get_object (answer);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "target"), "id"), ==, b.id);
  g_assert_cmpint (json_object_get_int_member (object, "n_residents"), ==, 2);
  source = json_array_get_object_element (json_object_get_array_member (object, "sources"), 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (source, "warnings"), 0), ==, "other-place");
  source = json_array_get_object_element (json_object_get_array_member (object, "sources"), 1);
  g_assert_cmpstr (json_object_get_string_member (source, "refused"), ==, "finished");
  case_subject_clear (&b);
}

static void
test_candidates (CaseDesk     *f,
                 gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", ",\"place\":\"桂园路3号\"");
  g_autofree char *b = resident (f, "李强", ",\"place\":\"桂园路3号\"");
  g_autofree char *c = resident (f, "赵敏", ",\"place\":\"海棠路8号\"");
  g_autofree char *json = g_strdup_printf ("{\"case\":\"%s\"}", a);
  g_autofree char *late = NULL;
  g_autoptr(JsonNode) answer = NULL;

  f->clock.time += 4 * 24 * HOUR;
  late = resident (f, "孙丽", ",\"place\":\"桂园路3号\"");
  answer = query (f, "case.merge-candidates", json);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (json_node_get_array (answer), 0), "id"), ==, b);
}

/* The number on the resident's slip leads to where the matter lives. */
static void
test_number_is_found (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *a = resident (f, "王芳", "");
  g_autofree char *b = resident (f, "李强", "");
  g_autofree char *number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", a);
  g_autofree char *json = g_strdup_printf ("{\"query\":\"%s state:open\"}", number);
  g_autoptr(JsonNode) before = NULL;
  g_autoptr(JsonNode) after = NULL;

  if (test_conn_is_postgres ())
    {
      g_test_skip ("only desks search");
      return;
    }

  do_merge (f, a, b);
  after = query (f, "case.count", json);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (after), "count"), ==, 1);
  unmerge (f, a);
  before = query (f, "case.count", json);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (before), "count"), ==, 1);
  case_desk_check (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-merge/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("residents-go-over", test_residents_go_over);
  ADD ("refused", test_refused);
  ADD ("no-circles", test_no_circles);
  ADD ("earliest-due", test_earliest_due);
  ADD ("own-limit-begins-later", test_own_limit_begins_later);
  ADD ("classified-since", test_classified_since);
  ADD ("chain", test_chain);
  ADD ("units-are-recalled", test_units_are_recalled);
  ADD ("units-are-carried", test_units_are_carried);
  ADD ("carried-unit-at-work", test_carried_unit_at_work);
  ADD ("later-messages-follow", test_later_messages_follow);
  ADD ("broken-chain-keeps-words", test_broken_chain_keeps_words);
  ADD ("import-row-of-merged", test_import_row_of_merged);
  ADD ("audience-is-never-wider", test_audience_is_never_wider);
  ADD ("strictest-secrecy", test_strictest_secrecy);
  ADD ("later-entries-by-choice", test_later_entries_by_choice);
  ADD ("undone-after-the-end", test_undone_after_the_end);
  ADD ("carried-twice", test_carried_twice);
  ADD ("answers-stay-with-the-case", test_answers_stay_with_the_case);
  ADD ("generic-undo", test_generic_undo);
  ADD ("unmerge-undone", test_unmerge_undone);
  ADD ("preview", test_preview);
  ADD ("candidates", test_candidates);
  ADD ("number-is-found", test_number_is_found);
#undef ADD
  return g_test_run ();
}
