/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thousands of commands, sensible and not, on a handful of cases: whatever
 * happens, what must hold between the rows holds after each. */

#include <string.h>

#include "case-desk.h"
#include "linli-audit.h"
#include "linli-case-index.h"
#include "linli-json.h"
#include "linli-store-facts.h"
#include "test-conn.h"

#ifdef __SANITIZE_ADDRESS__
#define N_COMMANDS  500
#else
#define N_COMMANDS  3000
#endif
#define N_FOLLOWED  1500
#define N_CASES     8 /* open at a time: more would keep each from getting far */
#define CHECK_EVERY 250

/* Numbers of the cases that break a rule. */
static const struct { const char *rule, *sql; } rules[] = {
  { "one lead at most",
    "SELECT case_no FROM cases c WHERE (SELECT count(*) FROM dispatch WHERE case_id = c.id AND role = 'lead' "
    "AND seq = (SELECT max(seq) FROM dispatch WHERE case_id = c.id) AND state IN ('sent','signed','working','done')) > 1" },
  { "units of a round are distinct",
    "SELECT case_id FROM dispatch WHERE state IN ('sent','signed','working','done') GROUP BY case_id, seq, unit_id HAVING count(*) > 1" },
  { "the state follows from the parts",
    "SELECT case_no FROM cases c WHERE state IN ('registered','dispatched','in_progress','pending_review') "
    "AND NOT (state = 'registered' AND redo_count > 0 AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id AND state IN ('sent','signed','working'))) AND state <> "
    "(WITH part AS (SELECT role, state FROM dispatch WHERE case_id = c.id AND seq = (SELECT max(seq) FROM dispatch WHERE case_id = c.id)) "
    "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM part WHERE role = 'lead' AND state IN ('sent','signed','working','done')) THEN 'registered' "
    "WHEN NOT EXISTS (SELECT 1 FROM part WHERE state IN ('sent','signed','working')) THEN 'pending_review' "
    "WHEN EXISTS (SELECT 1 FROM part WHERE state IN ('signed','working','done')) THEN 'in_progress' ELSE 'dispatched' END)" },
  { "what is over owes nothing",
    "SELECT case_no FROM cases c WHERE state IN ('resolved','closed','declined','withdrawn','received') AND EXISTS "
    "(SELECT 1 FROM dispatch WHERE case_id = c.id AND state IN ('sent','signed','working'))" },
  { "what is over has no clock",
    "SELECT case_no FROM cases c WHERE state IN ('closed','declined','withdrawn','received') AND EXISTS "
    "(SELECT 1 FROM clock WHERE case_id = c.id AND state IN ('running','paused','unknown'))" },
  { "work under way has exactly one clock to finish by",
    "SELECT case_no FROM cases c WHERE state IN ('dispatched','in_progress') AND (SELECT count(*) FROM clock WHERE case_id = c.id "
    "AND kind = 'resolve' AND state IN ('running','unknown')) <> 1" },
  { "one open clock of a kind at most, for what is still to be done",
    "SELECT c.case_no FROM clock k JOIN cases c ON c.id = k.case_id WHERE dispatch_id IS NULL AND k.state IN ('running','paused','unknown') "
    "GROUP BY c.id, c.case_no, c.state, kind HAVING count(*) > 1 OR (kind = 'resolve' AND c.state NOT IN "
    "('registered','deliberating','aiding','dispatched','in_progress','suspended')) OR (kind = 'callback' AND c.state <> 'resolved')" },
  { "no clock runs for a part that is over",
    "SELECT k.case_id FROM clock k JOIN dispatch d ON d.id = dispatch_id WHERE k.state IN ('running','paused','unknown') "
    "AND d.state NOT IN ('sent','signed','working')" },
  { "due is the first running clock",
    "SELECT case_no FROM cases c WHERE due_at IS DISTINCT FROM (SELECT min(due_at) FROM clock WHERE case_id = c.id AND state = 'running')" },
  { "the due kind belongs to it",
    "SELECT case_no FROM cases c WHERE (due_at IS NULL) <> (due_kind IS NULL) OR (due_kind IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM clock WHERE case_id = c.id AND state = 'running' AND kind = c.due_kind AND due_at = c.due_at))" },
  { "submissions are counted",
    "SELECT case_no FROM cases c WHERE n_submissions <> (SELECT count(*) FROM submission WHERE case_id = c.id)" },
  { "the lead unit is the lead's",
    "SELECT case_no FROM cases c JOIN dispatch d ON d.case_id = c.id AND d.role = 'lead' AND d.state IN ('sent','signed','working','done') "
    "AND d.seq = (SELECT max(seq) FROM dispatch WHERE case_id = c.id) "
    "WHERE NOT (redo_count > 0 AND lead_unit_id IS NULL AND d.state = 'done') AND c.lead_unit_id IS DISTINCT FROM d.unit_id" },
  { "closed and only closed has an end",
    "SELECT case_no FROM cases WHERE (closed_at IS NOT NULL) <> (state IN ('closed','declined','withdrawn'))" },
  { "nothing is under other when it is over",
    "SELECT case_no FROM cases c JOIN duty_item i ON i.id = item_id WHERE catch_all = 1 AND state = 'closed'" },
  { "a suspended case stands still until a day, and only it",
    "SELECT case_no FROM cases c WHERE (state = 'suspended') <> (suspended_until IS NOT NULL) OR (state = 'suspended') <> EXISTS "
    "(SELECT 1 FROM suspension WHERE case_id = c.id AND ended_at IS NULL) OR EXISTS (SELECT 1 FROM clock WHERE case_id = c.id "
    "AND (clock.state = 'paused' AND c.state <> 'suspended' OR clock.state = 'running' AND c.state = 'suspended' AND "
    "clock.due_at > (SELECT from_at FROM suspension WHERE case_id = c.id AND ended_at IS NULL)))" },
  { "every open clock has the pauses of its case",
    "SELECT case_id FROM clock WHERE state IN ('running','paused') AND origin_id IS NULL AND own IS NULL AND json_array_length (coalesce (pauses, '[]')) <> (SELECT count(*) "
    "FROM suspension WHERE case_id = clock.case_id AND (ended_at IS NULL OR ended_at > clock.started_at))" },
  { "a suspended case has a lead and its parts",
    "SELECT case_no FROM cases c WHERE state = 'suspended' AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id AND role = 'lead' "
    "AND state IN ('sent','signed','working','done'))" },
  { "returns are counted",
    "SELECT case_no FROM cases c WHERE return_count <> (SELECT count(*) FROM return_note WHERE case_id = c.id AND role = 'lead')" },
  { "a disputed case waits and is not dispatched",
    "SELECT case_no FROM cases c JOIN return_note r ON r.case_id = c.id AND r.state = 'ruling' WHERE c.state NOT IN "
    "('registered','deliberating','aiding','merged')" },
  { "a ruled unit did not return it",
    "SELECT r.case_id FROM return_note r JOIN ruling g ON g.pk = (SELECT max(pk) FROM ruling WHERE case_id = r.case_id "
    "AND ruled_at <= r.returned_at) WHERE g.unit_id = r.unit_id AND g.ruled_at < r.returned_at" },
  { "extensions are counted, and bounded",
    "SELECT case_no FROM cases c WHERE coalesce (extension_count, 0) <> (SELECT count(*) FROM request WHERE case_id = c.id AND "
    "kind = 'extension' AND state = 'granted') OR extension_count > 2" },
  { "who asked did not decide",
    "SELECT case_id FROM request WHERE decided_by = asked_by OR endorsed_by = asked_by" },
  { "a request waits only while somebody works on it",
    "SELECT case_id FROM request WHERE state IN ('asked','endorsed') AND NOT EXISTS (SELECT 1 FROM dispatch WHERE id = dispatch_id "
    "AND state IN ('sent','signed','working'))" },
  { "what is merged is empty and still",
    "SELECT case_no FROM cases c WHERE state = 'merged' AND (n_submissions > 0 OR merged_into_id IS NULL OR due_at IS NOT NULL OR "
    "EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id AND state IN ('sent','signed','working')))" },
  { "the level is that of the supervisions that stand",
    "SELECT case_no FROM cases c WHERE supervision_level IS DISTINCT FROM (SELECT max(level) FROM supervision WHERE case_id = c.id AND lifted_at IS NULL)" },
  { "nobody is pressed for what is over",
    "SELECT case_no FROM cases c JOIN supervision s ON s.case_id = c.id WHERE lifted_at IS NULL AND c.state NOT IN "
    "('dispatched','in_progress','suspended','pending_review')" },
  { "attempts to call back are numbered without a gap",
    "SELECT submission_id FROM callback GROUP BY submission_id, round HAVING max(attempt_no) <> count(*)" },
  { "a closed case is not held unsolved", "SELECT case_no FROM cases WHERE state = 'closed' AND solved = 'no'" },
  { "what is said of a round is about that round",
    "SELECT case_no FROM cases c WHERE (solved IS NOT NULL) <> EXISTS (SELECT 1 FROM callback b JOIN submission s ON s.id = submission_id "
    "WHERE s.case_id = c.id AND b.case_id = c.id AND round = redo_count AND valid = 1)" },
  { "the first clocks stay unmarked",
    "SELECT case_no FROM cases c JOIN clock k ON k.case_id = c.id WHERE redo > redo_count OR (redo_count = 0 AND redo IS NOT NULL)" },
  { "every change has its line",
    "SELECT case_no FROM cases c WHERE revision > (SELECT count(*) FROM entry WHERE case_id = c.id)" },
};

/* The steps that there are, told anew and not taken from the table that the commands obey: who is moved by what. */
static const struct { const char *from, *to, *by; } moves[] = {
  { NULL, "received", "case.intake" },
  { NULL, "registered", "case.intake" },
  { "received", "registered", "case.accept" },
  { "received", "declined", "case.decline" },
  { "registered", "dispatched", "case.dispatch case.rule" },
  { "dispatched", "registered", "case.return case.recall" },
  { "in_progress", "registered", "case.return case.recall" },
  { "dispatched", "in_progress", "case.sign case.merge" },
  { "in_progress", "dispatched", "case.return case.recall case.release case.rule case.unmerge" },
  { "in_progress", "pending_review", "case.done case.release case.recall case.return case.unmerge" },
  { "dispatched", "suspended", "case.suspend case.decide-suspension" },
  { "in_progress", "suspended", "case.suspend case.decide-suspension" },
  { "suspended", "dispatched", "case.resume case.resume-due" },
  { "suspended", "in_progress", "case.resume case.resume-due" },
  { "suspended", "pending_review", "case.resume case.resume-due" }, /* a carried unit went back meanwhile */
  { "pending_review", "resolved", "case.review" },
  { "pending_review", "in_progress", "case.review case.merge" },
  { "resolved", "closed", "case.close case.callback" },
  { "resolved", "dispatched", "case.redo case.callback" },
  { "closed", "dispatched", "case.redo" },
  { "closed", "received", "case.intake" },
  { "declined", "received", "case.intake" },
  { "received", "merged", "case.merge" },
  { "registered", "merged", "case.merge" },
  { "dispatched", "merged", "case.merge" },
  { "in_progress", "merged", "case.merge" },
  { "pending_review", "merged", "case.merge" },
  { "received", "withdrawn", "case.withdraw" },
  { "registered", "withdrawn", "case.withdraw" },
  { "dispatched", "withdrawn", "case.withdraw" },
  { "in_progress", "withdrawn", "case.withdraw" },
  { "suspended", "withdrawn", "case.withdraw" },
  { "pending_review", "withdrawn", "case.withdraw" },
  { "merged", "received", "case.unmerge" },
  { "merged", "registered", "case.unmerge" },
  { "merged", "dispatched", "case.unmerge" },
  { "merged", "in_progress", "case.unmerge" },
  { "merged", "pending_review", "case.unmerge" },
};

static gboolean
is_move (const char *from,
         const char *to,
         const char *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_strcmp0 (moves[i].from, from) == 0 && g_strcmp0 (moves[i].to, to) == 0 &&
        (command == NULL || g_strstr_len (moves[i].by, -1, command) != NULL))
      return TRUE;
  return FALSE;
}

/* Every case that is not where it was went there by a step of the table; what is undone goes it backwards, and an
 * undoing undone forwards again. */
static void
check_moves (CaseDesk   *f,
             GHashTable *states,
             const char *command)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (f->conn, NULL, "SELECT id, state FROM cases", "");
  gboolean undone = g_str_equal (command, "core.undo");
  gboolean row = FALSE;

  g_assert_nonnull (stmt);
  g_assert_true (linli_stmt_step (stmt, &row, NULL));
  while (row)
    {
      g_autofree char *id = linli_stmt_dup_text (stmt, 0);
      char *now = linli_stmt_dup_text (stmt, 1);
      const char *before = g_hash_table_lookup (states, id);

      if (g_strcmp0 (before, now) != 0 &&
          !(undone ? is_move (before, now, NULL) || is_move (now, before, NULL) : is_move (before, now, command)))
        g_error ("%s led from %s to %s", command, before != NULL ? before : "nothing", now);
      g_hash_table_replace (states, g_steal_pointer (&id), now);
      g_assert_true (linli_stmt_step (stmt, &row, NULL));
    }
}

static void
check_rules (CaseDesk *f)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *broken = case_desk_text (f, rules[i].sql, NULL);

      if (broken != NULL)
        g_error ("%s: broken by %s", rules[i].rule, broken);
    }
}

/* Search index, counts and measures, which a command derives from its own rows,
 * are what reading all rows back makes of them. */
static void
check_derived (CaseDesk *f)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_case_index_verify (f->conn, problems, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

#define NEW 40 /* weight of what makes a case, while few are open */

/* %c and %k cases, %m a merged one, %d a dispatch, %u %v %w units, %r a revision, %a an account,
 * %i a leaf, %o an operation, %t a day to come, %q a case whose request waits, %h a suspended one, %b an import,
 * %n %N numbers of its rows */
static const struct { const char *command, *args; guint weight; } commands[] = {
  { "case.intake", "{\"text\":\"楼道灯坏了，请修\",\"channel\":\"CK01\"}", NEW },
  { "case.intake", "{\"text\":\"又来反映\",\"channel\":\"DH01\",\"attach_to\":\"%c\",\"appellant\":{\"name\":\"王\",\"phone\":\"13800138000\"}}", 2 },
  { "case.intake", "{\"text\":\"井盖\",\"channel\":\"CK01\",\"item\":\"%i\",\"accept\":true}", NEW },
  { "case.intake", "{\"text\":\"井盖\",\"channel\":\"??\"}", 1 },
  { "case.accept", "{\"case\":\"%c\",\"item\":\"%i\"}", 6 },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"%i\"}", 4 },
  { "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"标题%r\"}", 3 },
  { "case.assign", "{\"case\":\"%c\",\"owner\":\"%a\"}", 1 },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\",\"%w\"]}", 6 },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}", 6 },
  { "case.assist", "{\"case\":\"%c\",\"units\":[\"%u\"]}", 4 },
  { "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}", 2 },
  { "case.release", "{\"dispatch\":\"%d\",\"reason\":\"不需要\"}", 4 },
  { "case.sign", "{\"dispatch\":\"%d\"}", 12 },
  { "case.contact", "{\"dispatch\":\"%d\",\"note\":\"已联系\"}", 4 },
  { "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}", 4 },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}", 10 },
  { "case.return", "{\"dispatch\":\"%d\",\"item\":\"%i\",\"reason\":\"不属于\",\"proposed\":\"%u\"}", 8 },
  { "case.rule", "{\"case\":\"%c\",\"unit\":\"%u\",\"basis\":\"条例\",\"text\":\"归属\",\"assist\":[\"%v\"]}", 2 },
  { "case.ask-extension", "{\"dispatch\":\"%d\",\"amount\":\"2工作日\",\"reason\":\"等配件\"}", 6 },
  { "case.ask-suspension", "{\"dispatch\":\"%d\",\"until\":\"%t\",\"cause\":\"season\",\"reason\":\"等季节\"}", 4 },
  { "case.withdraw-request", "{\"case\":\"%q\"}", 1 },
  { "case.decide-extension", "{\"case\":\"%q\",\"verdict\":\"grant\"}", 8 },
  { "case.decide-extension", "{\"case\":\"%q\",\"verdict\":\"refuse\",\"note\":\"不足\"}", 2 },
  { "case.decide-suspension", "{\"case\":\"%q\",\"verdict\":\"grant\"}", 6 },
  { "case.suspend", "{\"case\":\"%c\",\"until\":\"%t\",\"cause\":\"works\",\"reason\":\"施工\"}", 3 },
  { "case.resume", "{\"case\":\"%h\"}", 3 },
  { "case.resume-due", "{}", 3 },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}", 8 },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}", 4 },
  { "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}", 6 },
  { "case.notify-resident", "{\"case\":\"%c\",\"method\":\"sms\",\"words\":\"已修好\"}", 3 },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}", 3 },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"satisfied\"}", 3 },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"partly\",\"satisfaction\":\"dissatisfied\",\"reason\":\"慢\",\"then\":\"close\"}", 3 },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"basically_satisfied\",\"reason\":\"又坏\",\"then\":\"redo\",\"lead\":\"%u\"}", 4 },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\"}", 1 },
  { "case.redo", "{\"case\":\"%c\",\"reason\":\"又坏\",\"assist\":[\"%v\"]}", 3 },
  { "case.supervise", "{\"case\":\"%c\",\"level\":\"2\",\"reason\":\"请抓紧\"}", 4 },
  { "case.supervise", "{\"case\":\"%c\",\"level\":\"4\",\"reason\":\"请抓紧\",\"dispatch\":\"%d\"}", 2 },
  { "case.supervise", "{\"case\":\"%c\",\"rule\":\"urge-overdue\"}", 3 },
  { "case.explain", "{\"case\":\"%c\",\"reply\":\"缺材料\"}", 4 },
  { "case.lift", "{\"case\":\"%c\",\"reason\":\"已到场\"}", 2 },
  { "case.intake", "{\"text\":\"又坏了\",\"channel\":\"DH01\",\"again_of\":\"%c\"}", 3 },
  { "notice.read", "{}", 1 },
  { "case.decline", "{\"case\":\"%c\",\"reason\":\"D01\",\"explanation\":\"已诉讼\"}", 1 },
  { "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}", 1 },
  { "case.note", "{\"case\":\"%c\",\"body\":\"记一笔\",\"audience\":\"unit\"}", 2 },
  { "case.merge", "{\"sources\":[\"%c\"],\"target\":\"%k\"}", 3 },
  { "case.merge", "{\"sources\":[\"%c\"],\"target\":\"%k\",\"units\":\"carry\"}", 3 },
  { "case.unmerge", "{\"case\":\"%m\"}", 4 },
  { "core.undo", "{\"operation\":\"%o\"}", 8 },
  { "clock.recompute", "{}", 1 },
  { "calendar.set-days", "{\"date\":\"2026-02-24\",\"kind\":\"off\"}", 1 },
  { "calendar.set-days", "{\"date\":\"2026-02-24\",\"kind\":\"week\"}", 1 },
  { "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"6工作日\",\"open\":true}", 1 },
  { "duty.set-limits", "{\"code\":\"06.01\",\"resolve\":\"4工作日\",\"sign\":\"\",\"open\":true}", 1 },
  { "case.split", "{\"case\":\"%c\",\"parts\":[{\"item\":\"%i\",\"text\":\"井盖\"},{\"item\":\"%i\",\"text\":\"路灯\"}]}", 3 },
  { "import.start", "{\"kind\":\"cases\",\"file_name\":\"a.csv\",\"mapping\":{\"a\":\"b\"}}", 1 },
  { "case.import", "{\"import\":\"%b\",\"rows\":["
    "{\"source_key\":\"%n\",\"title\":\"夜间噪声\",\"text\":\"太吵\",\"channel\":\"窗口\",\"received_at\":\"2026-01-04T18:00:00+08:00\","
    "\"closed_at\":\"2026-01-09T10:00:00+08:00\",\"state\":\"closed_late\",\"unit_name\":\"市政服务中心\",\"appellant_name\":\"曾小贤\","
    "\"appellant_phone\":\"138 0013 8000\",\"reply\":\"已整改\",\"reply_at\":\"2026-01-08T10:00:00+08:00\"},"
    "{\"source_key\":\"%N\",\"subject\":\"路灯不亮\",\"text\":\"三天了\",\"received_at\":\"2026-02-12T09:00:00+08:00\","
    "\"appellant_name\":\"曾小贤\",\"appellant_phone\":\"13800138000\",\"state\":\"open\"}]}", 3 },
  { "import.undo", "{\"import\":\"%b\",\"limit\":2}", 2 },
};

#define N_RULED (G_N_ELEMENTS (commands) - 4) /* what is split or imported has rules of its own */

/* Mostly something open, sometimes anything, at first nothing. */
static char *
pick (CaseDesk   *f,
      const char *open,
      const char *any)
{
  const char *from = g_test_rand_int_range (0, 8) > 0 ? open : any;
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM (%s) AS rows", from);
  gint64 n = case_desk_int (f, count, NULL);
  g_autofree char *sql = g_strdup_printf ("%s ORDER BY pk LIMIT 1 OFFSET %d", from, n > 0 ? g_test_rand_int_range (0, (gint32) n) : 0);
  char *id = case_desk_text (f, sql, NULL);

  return id != NULL ? id : g_strdup ("0195c0de-7000-7abc-8def-0123456789ab");
}

static const char *
pick_leaf (void)
{
  static const char *const leaves[] = { CASE_DESK_LEAF, CASE_DESK_LEAF, CASE_DESK_OTHER, CASE_DESK_CATCH_ALL, CASE_DESK_CLASS };

  return leaves[g_test_rand_int_range (0, G_N_ELEMENTS (leaves))];
}

static char *
pick_day (CaseDesk *f)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (f->clock.time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) day = g_date_time_add_days (now, g_test_rand_int_range (0, 12));

  return g_date_time_format (day, "%Y-%m-%d");
}

/* Two people share the desk: what one asks for the other decides. */
static char *
hire_second (CaseDesk *f)
{
  g_autofree char *roles = case_desk_text (f, "SELECT roles FROM account LIMIT 1", NULL);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "account.create", "{\"name\":\"王芳\",\"roles\":\"%s\"}", roles);

  return case_desk_tell (outcome, "account");
}

static char *
fill (CaseDesk   *f,
      const char *args)
{
  g_autofree char *day = pick_day (f);
  g_autofree char *asked = pick (f, "SELECT case_id AS id, pk FROM request WHERE state IN ('asked','endorsed')", "SELECT id, pk FROM cases");
  g_autofree char *held = pick (f, "SELECT id, pk FROM cases WHERE state = 'suspended'", "SELECT id, pk FROM cases");
  g_autoptr(GString) text = g_string_new (args);
  g_autofree char *chosen = pick (f, "SELECT id FROM cases WHERE state NOT IN ('closed','declined','withdrawn','merged')", "SELECT id FROM cases");
  g_autofree char *other = pick (f, "SELECT id FROM cases WHERE state NOT IN ('closed','declined','withdrawn','merged')", "SELECT id FROM cases");
  g_autofree char *import = pick (f, "SELECT id, pk FROM import WHERE finished_at IS NULL", "SELECT id, pk FROM import");
  g_autofree char *row = g_strdup_printf ("r:%d", g_test_rand_int_range (0, 20));
  g_autofree char *other_row = g_strdup_printf ("r:%d", g_test_rand_int_range (20, 40));
  g_autofree char *merged = pick (f, "SELECT id FROM cases WHERE state = 'merged'", "SELECT id FROM cases");
  g_autofree char *part = pick (f, "SELECT id FROM dispatch WHERE state IN ('sent','signed','working')", "SELECT id FROM dispatch");
  g_autofree char *operation = case_desk_text (f, g_test_rand_int_range (0, 2) == 0
                                                    ? "SELECT id FROM audit WHERE (kind LIKE 'case.%' OR kind LIKE 'core.%') ORDER BY pk DESC LIMIT 1"
                                                    : "SELECT id FROM audit WHERE kind LIKE 'case.%' ORDER BY pk DESC LIMIT 1 OFFSET 3", NULL);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", chosen) -
                                                                    (g_test_rand_int_range (0, 6) == 0));

  g_string_replace (text, "%c", chosen, 0);
  g_string_replace (text, "%k", other, 0);
  g_string_replace (text, "%m", merged, 0);
  g_string_replace (text, "%d", part, 0);
  g_string_replace (text, "%o", operation != NULL ? operation : chosen, 0);
  g_string_replace (text, "%r", revision, 0);
  g_string_replace (text, "%a", f->chief, 0);
  g_string_replace (text, "%b", import, 0);
  g_string_replace (text, "%n", row, 0);
  g_string_replace (text, "%N", other_row, 0);
  g_string_replace (text, "%t", day, 0);
  g_string_replace (text, "%q", asked, 0);
  g_string_replace (text, "%h", held, 0);
  g_string_replace (text, "%i", pick_leaf (), 0);
  g_string_replace (text, "%u", case_desk_unit (f, (guint) g_test_rand_int_range (0, 4)), 0);
  g_string_replace (text, "%v", case_desk_unit (f, (guint) g_test_rand_int_range (0, 4)), 0);
  g_string_replace (text, "%w", case_desk_unit (f, (guint) g_test_rand_int_range (0, 4)), 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
weigh (guint    i,
       gboolean crowded)
{
  return commands[i].weight == NEW && crowded ? 1 : commands[i].weight;
}

static guint
pick_command (CaseDesk *f,
              guint     n_commands)
{
  gboolean crowded = case_desk_int (f, "SELECT count(*) FROM cases WHERE state NOT IN ('closed','declined','withdrawn','merged')", NULL) >= N_CASES;
  guint sum = 0;
  guint at;

  for (guint i = 0; i < n_commands; i++)
    sum += weigh (i, crowded);
  at = (guint) g_test_rand_int_range (0, (gint32) sum);
  for (guint i = 0;; i++)
    {
      if (at < weigh (i, crowded))
        return i;
      at -= weigh (i, crowded);
    }
}

/* Everything but the trails, and how long those are. */
static char *
digest (CaseDesk *f)
{
  g_autofree char *rows = case_desk_digest (f, "audit entry outbox work_calendar");
  g_autofree char *trails = case_desk_text (f, "SELECT (SELECT count(*) FROM audit) || ' ' || (SELECT count(*) FROM entry) || ' ' || "
                                               "(SELECT sum(revision + touched_at) FROM cases)", NULL);

  return g_strconcat (rows, " ", trails, NULL);
}

static void
test_whatever_happens (CaseDesk     *f,
                       gconstpointer data)
{
  guint accepted[G_N_ELEMENTS (commands)] = { 0 };
  g_autofree char *second = hire_second (f);
  g_autofree char *before = digest (f);
  g_autoptr(GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n_commands = test_conn_is_postgres () ? N_COMMANDS / 6 : N_COMMANDS; /* each word is a journey there */
  guint refused = 0;

  for (guint n = 1; n <= n_commands; n++)
    {
      guint i = pick_command (f, N_RULED);
      g_autofree char *json = fill (f, commands[i].args);
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliOutcome) outcome = NULL;

      linli_desk_set_actor (f->desk, g_test_rand_bit () ? f->chief : second);
      outcome = case_desk_try (f, &error, commands[i].command, "%s", json);
      after = digest (f);
      if (outcome == NULL)
        {
          if (error->domain != LINLI_DOMAIN_ERROR)
            g_error ("%s %s: %s", commands[i].command, json, error->message);
          g_assert_cmpstr (before, ==, after);
          refused++;
        }
      else
        accepted[i]++;
      g_free (before);
      before = g_steal_pointer (&after);
      if (outcome != NULL)
        check_moves (f, states, commands[i].command);
      check_rules (f);
      if (n % CHECK_EVERY == 0)
        case_desk_check (f);
      f->clock.time += g_test_rand_int_range (0, 600) * CASE_DESK_MINUTE / 4;
    }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_test_message ("%-16s %u", commands[i].command, accepted[i]);
  g_test_message ("refused %u, cases %d", refused, (int) case_desk_int (f, "SELECT count(*) FROM cases", NULL));
  g_assert_cmpuint (refused, >, n_commands / 10);
}

static void
test_what_is_derived_follows (CaseDesk     *f,
                              gconstpointer data)
{
  guint n_unruled = 0;

  if (!linli_store_has_projections (f->conn))
    {
      g_test_skip ("nothing is derived there");
      return;
    }
  for (guint n = 0; n < N_FOLLOWED; n++)
    {
      guint i = pick_command (f, G_N_ELEMENTS (commands));
      g_autofree char *json = fill (f, commands[i].args);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliOutcome) outcome = case_desk_try (f, &error, commands[i].command, "%s", json);

      g_test_message ("%s %s", commands[i].command, json);
      g_assert_true (outcome != NULL || error->domain == LINLI_DOMAIN_ERROR);
      n_unruled += i >= N_RULED && outcome != NULL;
      check_derived (f);
      f->clock.time += g_test_rand_int_range (0, 600) * CASE_DESK_MINUTE / 4;
    }
  g_assert_cmpuint (n_unruled, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/case-random/whatever-happens", CaseDesk, NULL, case_desk_set_up, test_whatever_happens, case_desk_tear_down);
  g_test_add ("/case-random/what-is-derived-follows", CaseDesk, NULL, case_desk_set_up, test_what_is_derived_follows,
              case_desk_tear_down);
  return g_test_run ();
}
