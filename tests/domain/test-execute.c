/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every change goes through: once, whole, recorded, or not at all. */

#include "linli-audit.h"
#include "linli-core-tables.h"
#include "linli-desk.h"
#include "linli-registry.h"
#include "test-conn.h"

typedef struct
{
  LinliConn     *conn;
  LinliDesk     *desk;
  LinliFakeClock clock;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (G_GINT64_CONSTANT (1771034400000000));
  f->conn = test_conn_new ();
  g_assert_no_error (error);
  linli_migrate (f->conn, linli_store_schema (), NULL, &error);
  g_assert_no_error (error);
  f->desk = linli_desk_new (&f->clock.parent);
  linli_desk_load (f->desk, f->conn, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_desk_free (f->desk);
  linli_conn_close (f->conn);
}

static LinliOutcome *
submit (Fixture    *f,
        const char *command,
        const char *json,
        GError    **error)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  return linli_desk_submit (f->desk, f->conn, command, json_node_get_object (node), LINLI_EXECUTE_QUEUE, error);
}

static gint64
count (Fixture    *f,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_conn_get_int (f->conn, &n, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

static void
make_centre (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = submit (f, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}", &error);

  g_assert_no_error (error);
  linli_desk_set_actor (f->desk, json_object_get_string_member (outcome->result, "account"));
}

static void
test_change_is_recorded (Fixture      *f,
                         gconstpointer data)
{
  make_centre (f);
  g_assert_cmpint (count (f, "SELECT count(*) FROM centre"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM audit"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM outbox"), ==, 1);
}

static void
test_refusal_changes_nothing (Fixture      *f,
                              gconstpointer data)
{
  static const struct { const char *command, *args, *field; LinliDomainError code; } cases[] = {
    { "account.create", "{\"name\":\"李\",\"roles\":\"king\"}", "roles", LINLI_DOMAIN_ERROR_INVALID },
    { "account.create", "{\"roles\":\"clerk\"}", "name", LINLI_DOMAIN_ERROR_INVALID },
    { "account.create", "{\"name\":7,\"roles\":\"clerk\"}", "name", LINLI_DOMAIN_ERROR_INVALID },
    { "account.create", "{\"name\":\"李\",\"roles\":\"clerk\",\"rolls\":1}", "rolls", LINLI_DOMAIN_ERROR_INVALID },
    { "centre.create", "{\"name\":\"二\",\"person\":\"三\"}", NULL, LINLI_DOMAIN_ERROR_DUPLICATE },
    { "no.such", "{}", NULL, LINLI_DOMAIN_ERROR_UNKNOWN_KIND },
    { "core.undo", "{\"operation\":\"0195c0de-7000-7abc-8def-0123456789ab\"}", "operation", LINLI_DOMAIN_ERROR_NOT_FOUND },
  };

  make_centre (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (submit (f, cases[i].command, cases[i].args, &error));
      g_assert_error (error, LINLI_DOMAIN_ERROR, (int) cases[i].code);
      g_assert_cmpstr (linli_domain_error_get_field (error), ==, cases[i].field);
      g_assert_cmpint (count (f, "SELECT count(*) FROM audit"), ==, 1);
      g_assert_cmpint (count (f, "SELECT count(*) FROM account"), ==, 1);
    }
}

static void
test_role_is_required (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;

  make_centre (f);
  outcome = submit (f, "account.create", "{\"name\":\"王芳\",\"roles\":\"clerk\"}", &error);
  g_assert_no_error (error);
  linli_desk_set_actor (f->desk, json_object_get_string_member (outcome->result, "account"));
  g_assert_null (submit (f, "account.create", "{\"name\":\"赵\",\"roles\":\"admin\"}", &error));
  g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_ALLOWED);
}

static void
test_repeat_has_one_effect (Fixture      *f,
                            gconstpointer data)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOperation) op = NULL;
  g_autoptr(LinliOperation) forged = NULL;
  g_autoptr(LinliOutcome) first = NULL;
  g_autoptr(LinliOutcome) second = NULL;
  g_autoptr(GError) error = NULL;
  const char *id = "0195c0de-7000-7abc-8def-0123456789ab";

  make_centre (f);
  json_object_set_string_member (args, "name", "王芳");
  json_object_set_string_member (args, "roles", "clerk");
  op = linli_operation_new (id, "account.create", 1, f->desk->actor, f->desk->device, 1, args, NULL);
  first = linli_execute (f->conn, op, 0, &error);
  g_assert_no_error (error);
  second = linli_execute (f->conn, op, 0, &error);
  g_assert_no_error (error);
  g_assert_true (second->repeated);
  g_assert_cmpstr (json_object_get_string_member (first->result, "account"), ==,
                   json_object_get_string_member (second->result, "account"));
  g_assert_cmpint (count (f, "SELECT count(*) FROM account"), ==, 2);

  forged = linli_operation_new (id, "account.create", 1, f->desk->actor, f->desk->device, 2, args, NULL);
  g_assert_null (linli_execute (f->conn, forged, 0, &error));
  g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_DUPLICATE);
}

static void
test_dry_run_writes_nothing (Fixture      *f,
                             gconstpointer data)
{
  g_autoptr(JsonNode) node = json_from_string ("{\"name\":\"王芳\",\"roles\":\"clerk\"}", NULL);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;

  make_centre (f);
  outcome = linli_desk_submit (f->desk, f->conn, "account.create", json_node_get_object (node),
                               LINLI_EXECUTE_DRY_RUN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->changes->len, >, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM account"), ==, 1);
}

static void
test_draft_leaves_no_audit (Fixture      *f,
                            gconstpointer data)
{
  static const char *const saves[] = {
    "{\"id\":\"0195c0de-7000-7abc-8def-0123456789ab\",\"kind\":\"intake\",\"body\":{\"text\":\"楼\"}}",
    "{\"id\":\"0195c0de-7000-7abc-8def-0123456789ab\",\"kind\":\"intake\",\"body\":{\"text\":\"楼道\"}}",
  };
  g_autofree char *body = NULL;

  make_centre (f);
  for (guint i = 0; i < G_N_ELEMENTS (saves); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliOutcome) outcome = submit (f, "draft.save", saves[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (outcome);
    }
  g_assert_cmpint (count (f, "SELECT count(*) FROM audit"), ==, 1);
  linli_conn_get_text (f->conn, &body, NULL, "SELECT body FROM draft", "");
  g_assert_cmpstr (body, ==, "{\"text\":\"楼道\"}");
}

/* Somebody with a database tool and time on their hands. */
static void
test_tampering_is_named (Fixture      *f,
                         gconstpointer data)
{
  static const char *const tampers[] = {
    "UPDATE audit SET changes = '[]' WHERE pk = 3",
    "UPDATE audit SET at = at + 1 WHERE pk = 3",
    "UPDATE audit SET pk = 300 WHERE pk = 3",
    "DELETE FROM audit WHERE pk = 3",
    "UPDATE audit SET prev_hash = '' WHERE pk = 3",
  };

  make_centre (f);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(LinliOutcome) outcome = submit (f, "account.create", "{\"name\":\"王\",\"roles\":\"clerk\"}", NULL);

      g_assert_nonnull (outcome);
    }
  g_assert_false (linli_conn_exec (f->conn, tampers[0], NULL)); /* the guard stands in the way */
  g_assert_false (linli_conn_exec (f->conn, tampers[3], NULL));
  linli_conn_exec (f->conn, test_conn_is_postgres ()
                              ? "DROP TRIGGER audit_no_update ON audit; DROP TRIGGER audit_no_delete ON audit"
                              : "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tampers); i++)
    {
      g_autofree char *broken = NULL;
      gint64 n = 0;

      linli_conn_begin_write (f->conn, NULL);
      g_assert_true (linli_conn_exec (f->conn, tampers[i], NULL));
      g_assert_true (linli_audit_verify (f->conn, &n, &broken, NULL));
      g_assert_nonnull (broken);
      g_assert_nonnull (strstr (broken, "audit entry 3"));
      linli_conn_rollback (f->conn);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/execute/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("change-is-recorded", test_change_is_recorded);
  ADD ("refusal-changes-nothing", test_refusal_changes_nothing);
  ADD ("role-is-required", test_role_is_required);
  ADD ("repeat-has-one-effect", test_repeat_has_one_effect);
  ADD ("dry-run-writes-nothing", test_dry_run_writes_nothing);
  ADD ("draft-leaves-no-audit", test_draft_leaves_no_audit);
  ADD ("tampering-is-named", test_tampering_is_named);
#undef ADD
  return g_test_run ();
}
