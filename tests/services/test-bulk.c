/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One action on many cases: what can be done is done, what cannot is named
 * with its reason, and all of it goes back in one action. */

#include "case-desk.h"

#include "linli-bulk-job.h"
#include "linli-json.h"

static GArray *
all_pks (CaseDesk *f)
{
  GArray *pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliStmt) stmt = linli_conn_prepare (f->conn, "SELECT pk FROM cases ORDER BY pk", NULL);
  gboolean row = FALSE;

  while (linli_stmt_step (stmt, &row, NULL) && row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      g_array_append_val (pks, pk);
    }
  return pks;
}

/* @budget: 0 makes a turn of every case */
static void
work (CaseDesk     *f,
      LinliBulkJob *job,
      gint64        budget)
{
  g_autoptr(GError) error = NULL;

  while (!job->finished)
    {
      linli_bulk_job_turn (job, f->conn, f->desk, NULL, budget, &error);
      g_assert_no_error (error);
    }
}

static LinliBulkJob *
run (CaseDesk      *f,
     LinliBulkMode  mode,
     const char    *command,
     const char    *json,
     gint64         budget)
{
  g_autoptr(GArray) pks = all_pks (f);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) shared = linli_json_parse_object (json, -1, &error);
  LinliBulkJob *job = linli_bulk_job_new (mode, command, shared, pks, "state:open", &error);

  g_assert_no_error (error);
  work (f, job, budget);
  return job;
}

static LinliBulkJob *
undo (CaseDesk   *f,
      const char *bulk)
{
  LinliBulkJob *job = linli_bulk_job_new_undo (bulk);

  work (f, job, 0);
  return job;
}

static LinliBulkGroup *
find_group (LinliBulkJob *job,
            const char   *reason)
{
  for (guint i = 0; i < job->groups->len; i++)
    {
      LinliBulkGroup *group = job->groups->pdata[i];

      if (g_strcmp0 (linli_domain_error_get_reason (group->error), reason) == 0)
        return group;
    }
  return NULL;
}

/* Three registered cases, two received ones, one dispatched already. */
static void
fill (CaseDesk *f)
{
  g_autofree char *lead = NULL;
  g_autofree char *dispatched = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *registered = case_desk_accepted (f, i == 2 ? CASE_DESK_OTHER : CASE_DESK_LEAF);
      g_autofree char *received = i > 0 ? case_desk_intake (f, "楼道灯不亮") : NULL;

      g_assert_nonnull (registered);
    }
  dispatched = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
}

static void
test_check_changes_nothing (CaseDesk     *f,
                            gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(LinliBulkJob) job = NULL;

  fill (f);
  before = case_desk_digest (f, NULL);
  job = run (f, LINLI_BULK_MODE_CHECK, "case.withdraw", "{\"reason\":\"误报\"}", 0);
  after = case_desk_digest (f, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (job->n_done, ==, 6);
  g_assert_cmpuint (job->n_seen, ==, job->n_total);
  g_assert_null (job->bulk);
}

static void
test_check_foretells_the_run (CaseDesk     *f,
                              gconstpointer data)
{
  g_autoptr(LinliBulkJob) check = NULL;
  g_autoptr(LinliBulkJob) job = NULL;

  fill (f);
  check = run (f, LINLI_BULK_MODE_CHECK, "case.dispatch", "{}", G_MAXINT32);
  job = run (f, LINLI_BULK_MODE_RUN, "case.dispatch", "{}", G_MAXINT32);
  g_assert_cmpuint (check->n_done, ==, job->n_done);
  g_assert_cmpuint (check->n_refused, ==, job->n_refused);
  g_assert_cmpuint (check->groups->len, ==, job->groups->len);
}

/* What a refused case had begun goes back with it alone: the others of the
 * same turn stand. */
static void
test_refused_stop_no_other (CaseDesk     *f,
                            gconstpointer data)
{
  g_autoptr(LinliBulkJob) job = NULL;
  LinliBulkGroup *group;

  fill (f);
  job = run (f, LINLI_BULK_MODE_RUN, "case.dispatch", "{\"instruction\":\"尽快\"}", G_MAXINT32);
  g_assert_cmpuint (job->n_done + job->n_refused, ==, 6);
  g_assert_cmpuint (job->n_done, >, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE state = 'dispatched'", NULL), ==, job->n_done + 1);
  group = find_group (job, "no-leaf");
  g_assert_nonnull (group);
  g_assert_cmpuint (group->n, ==, 2);
  g_assert_cmpuint (group->cases->len, ==, 2);
  g_assert_nonnull (((LinliBulkCase *) group->cases->pdata[0])->case_no);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM bulk_case WHERE bulk_id = ?1 AND state = 'done'", job->bulk), ==, job->n_done);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM bulk_case WHERE bulk_id = ?1 AND state = 'refused'", job->bulk), ==, job->n_refused);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM audit WHERE kind = 'case.dispatch' AND id IN"
                                     " (SELECT operation_id FROM bulk_case WHERE bulk_id = ?1)", job->bulk), ==, job->n_done);
}

static void
test_undo_restores (CaseDesk     *f,
                    gconstpointer data)
{
  static const char kept[] = "audit outbox counter entry bulk bulk_case";
  static const struct { const char *command; const char *args; } actions[] = {
    { "case.dispatch", "{}" },
    { "case.edit", "{\"urgency\":\"urgent\"}" },
    { "case.withdraw", "{\"reason\":\"误报\"}" },
    { "case.sign", "{}" },
  };

  fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *before = case_desk_digest (f, kept);
      g_autofree char *after = NULL;
      g_autoptr(LinliBulkJob) job = run (f, LINLI_BULK_MODE_RUN, actions[i].command, actions[i].args, i % 2 == 0 ? 0 : G_MAXINT32);
      g_autoptr(LinliBulkJob) back = undo (f, job->bulk);

      g_test_message ("%s: %u done, %u refused", actions[i].command, job->n_done, job->n_refused);
      g_assert_cmpuint (job->n_done, >, 0);
      g_assert_cmpuint (back->n_done, ==, job->n_done);
      g_assert_cmpuint (back->n_refused, ==, 0);
      after = case_desk_digest (f, kept);
      g_assert_cmpstr (before, ==, after);
    }
}

/* A case that somebody worked on since stays, and is named. */
static void
test_undo_keeps_later_work (CaseDesk     *f,
                            gconstpointer data)
{
  g_autoptr(LinliBulkJob) job = NULL;
  g_autoptr(LinliBulkJob) back = NULL;
  g_autoptr(LinliBulkJob) again = NULL;
  g_autoptr(LinliOutcome) later = NULL;
  g_autofree char *id = NULL;

  fill (f);
  job = run (f, LINLI_BULK_MODE_RUN, "case.edit", "{\"urgency\":\"urgent\"}", 0);
  g_assert_cmpuint (job->n_done, ==, 6);
  id = case_desk_text (f, "SELECT case_id FROM bulk_case ORDER BY pk LIMIT 1", NULL);
  later = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"urgency\":\"hard\"}", id,
                        (int) case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", id));
  back = undo (f, job->bulk);
  g_assert_cmpuint (back->n_done, ==, 5);
  g_assert_cmpuint (back->n_refused, ==, 1);
  g_assert_nonnull (find_group (back, "changed-since"));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE urgency = 'urgent'", NULL), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM bulk_case WHERE bulk_id = ?1 AND state = 'kept'", job->bulk), ==, 1);
  again = undo (f, job->bulk);
  g_assert_cmpuint (again->n_total, ==, 0);
}

static void
test_stop (CaseDesk     *f,
           gconstpointer data)
{
  g_autoptr(GArray) pks = NULL;
  g_autoptr(JsonObject) shared = json_object_new ();
  g_autoptr(LinliBulkJob) job = NULL;
  g_autoptr(LinliBulkJob) back = NULL;
  g_autofree char *state = NULL;

  fill (f);
  pks = all_pks (f);
  json_object_set_string_member (shared, "urgency", "urgent");
  job = linli_bulk_job_new (LINLI_BULK_MODE_RUN, "case.edit", shared, pks, NULL, NULL);
  g_assert_true (linli_bulk_job_turn (job, f->conn, f->desk, NULL, 0, NULL));
  g_assert_cmpuint (job->n_seen, ==, 1);
  job->stop = TRUE;
  work (f, job, 0);
  g_assert_cmpuint (job->n_done, ==, 1);
  state = case_desk_text (f, "SELECT state FROM bulk", NULL);
  g_assert_cmpstr (state, ==, "stopped");
  back = undo (f, job->bulk);
  g_assert_cmpuint (back->n_done, ==, 1);
}

static void
test_not_for_many (CaseDesk     *f,
                   gconstpointer data)
{
  static const char *const commands[] = { "case.intake", "view.save", "core.undo", "import.undo", "nonsense" };
  g_autoptr(JsonObject) shared = json_object_new ();
  g_autoptr(GArray) pks = all_pks (f);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (linli_bulk_job_new (LINLI_BULK_MODE_RUN, commands[i], shared, pks, NULL, &error));
      g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_UNKNOWN_KIND);
    }
}

/* Of a macro a case gets every step or none. */
static void
test_macro (CaseDesk     *f,
            gconstpointer data)
{
  static const char kept[] = "audit outbox counter entry bulk bulk_case";
  static const char steps[] = "[{\"command\":\"case.edit\",\"args\":{\"urgency\":\"urgent\"}},"
                              "{\"command\":\"case.dispatch\",\"args\":{\"instruction\":\"请于{due}前办结 {case_no}\"}}]";
  g_autoptr(GArray) pks = NULL;
  g_autoptr(LinliBulkJob) job = NULL;
  g_autoptr(LinliBulkJob) back = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fill (f);
  pks = all_pks (f);
  before = case_desk_digest (f, kept);
  job = linli_bulk_job_new_macro (LINLI_BULK_MODE_RUN, "加急派遣", steps, pks, NULL, &error);
  g_assert_no_error (error);
  work (f, job, G_MAXINT32);
  g_assert_cmpuint (job->n_done, >, 0);
  g_assert_cmpuint (job->n_refused, >, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE urgency = 'urgent' AND state = 'dispatched'", NULL), ==,
                   job->n_done);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE urgency = 'urgent' AND state <> 'dispatched'", NULL), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM dispatch d JOIN cases c ON c.id = d.case_id"
                                     " WHERE instr (d.instruction, c.case_no) > 0 AND instr (d.instruction, '{') = 0", NULL), >=,
                   job->n_done);
  back = undo (f, job->bulk);
  g_assert_cmpuint (back->n_done, ==, job->n_done);
  after = case_desk_digest (f, kept);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/services/bulk/" name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("check-changes-nothing", test_check_changes_nothing);
  ADD ("check-foretells-the-run", test_check_foretells_the_run);
  ADD ("refused-stop-no-other", test_refused_stop_no_other);
  ADD ("undo-restores", test_undo_restores);
  ADD ("undo-keeps-later-work", test_undo_keeps_later_work);
  ADD ("stop", test_stop);
  ADD ("macro", test_macro);
  ADD ("not-for-many", test_not_for_many);
  return g_test_run ();
}
