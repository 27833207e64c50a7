/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: every command against every role, rights that the centre
 * takes and gives, the last administrator, and the waiting after wrong
 * passwords. */

#include <string.h>

#include "linli-account-list.h"
#include "linli-core-tables.h"
#include "linli-desk.h"
#include "linli-draft.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-sign-in.h"
#include "linli-sqlite.h"

#define VERIFIER "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aGFzaA"

typedef struct
{
  LinliConn     *conn;
  LinliDesk     *desk;
  LinliFakeClock clock;
  char          *chief;
} Fixture;

static LinliOutcome *
submit (Fixture    *f,
        const char *command,
        GError    **error,
        const char *format,
        ...) G_GNUC_PRINTF (4, 5);

static LinliOutcome *
submit (Fixture    *f,
        const char *command,
        GError    **error,
        const char *format,
        ...)
{
  g_autofree char *json = NULL;
  g_autoptr(JsonNode) node = NULL;
  va_list values;

  va_start (values, format);
  json = g_strdup_vprintf (format, values);
  va_end (values);
  node = json_from_string (json, NULL);
  return linli_desk_submit (f->desk, f->conn, command, json_node_get_object (node), LINLI_EXECUTE_QUEUE, error);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  f->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (G_GINT64_CONSTANT (1771034400000000));
  f->conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, &error);
  linli_migrate (f->conn, linli_store_schema (), NULL, &error);
  f->desk = linli_desk_new (&f->clock.parent);
  linli_desk_load (f->desk, f->conn, &error);
  outcome = submit (f, "centre.create", &error, "{\"name\":\"桂园\",\"person\":\"陈静\"}");
  g_assert_no_error (error);
  f->chief = g_strdup (json_object_get_string_member (outcome->result, "account"));
  linli_desk_set_actor (f->desk, f->chief);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_desk_free (f->desk);
  linli_conn_close (f->conn);
  g_free (f->chief);
}

static char *
hire (Fixture    *f,
      const char *name,
      const char *roles)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  linli_desk_set_actor (f->desk, f->chief);
  outcome = submit (f, "account.create", &error, "{\"name\":\"%s\",\"roles\":\"%s\"}", name, roles);
  g_assert_no_error (error);
  return g_strdup (json_object_get_string_member (outcome->result, "account"));
}

static void
assert_done (Fixture      *f,
             LinliOutcome *outcome,
             GError       *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  linli_outcome_free (outcome);
}

#define DONE(f, command, ...) \
  G_STMT_START { GError *done_error = NULL; LinliOutcome *done = submit (f, command, &done_error, __VA_ARGS__); \
                 assert_done (f, done, done_error); } G_STMT_END

static void
assert_refused (LinliOutcome *outcome,
                GError       *error,
                const char   *reason)
{
  g_assert_null (outcome);
  g_assert_nonnull (error);
  g_assert_cmpstr (linli_domain_error_get_reason (error), ==, reason);
  g_error_free (error);
}

#define REFUSED(f, reason, command, ...) \
  G_STMT_START { GError *refused_error = NULL; LinliOutcome *refused = submit (f, command, &refused_error, __VA_ARGS__); \
                 assert_refused (refused, refused_error, reason); } G_STMT_END

/* --- Every command against every role --- */

static void
add_argument (JsonObject         *args,
              const LinliArgSpec *spec)
{
  const char *text = spec->choices != NULL ? spec->choices[0] : "x";

  switch (spec->type)
    {
    case LINLI_ARG_TEXT:
    case LINLI_ARG_NUMBER:
      json_object_set_string_member (args, spec->name, text);
      break;
    case LINLI_ARG_ID:
      json_object_set_string_member (args, spec->name, "0195c0de-7000-7abc-8def-0123456789ab");
      break;
    case LINLI_ARG_DATE:
      json_object_set_string_member (args, spec->name, "2026-02-14");
      break;
    case LINLI_ARG_INT:
    case LINLI_ARG_TIME:
      json_object_set_int_member (args, spec->name, 1);
      break;
    case LINLI_ARG_BOOL:
      json_object_set_boolean_member (args, spec->name, TRUE);
      break;
    case LINLI_ARG_OBJECT:
      json_object_set_object_member (args, spec->name, json_object_new ());
      break;
    case LINLI_ARG_TEXTS:
    case LINLI_ARG_OBJECTS:
      json_object_set_array_member (args, spec->name, json_array_new ());
      break;
    }
}

/* Runs @command for a person of one role as a hub would, and drops it again. */
static gboolean
is_refused_for_role (Fixture            *f,
                     const LinliCommand *command,
                     const char         *actor)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOperation) operation = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(LinliTx) tx = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = linli_uuid_new (&f->desk->ids, f->clock.time);
  const char *reason;

  for (const LinliArgSpec *spec = command->args; spec->name != NULL; spec++)
    if (spec->required)
      add_argument (args, spec);
  operation = linli_operation_new (id, command->name, command->version, actor, f->desk->device, f->clock.time, args, NULL);
  tx = linli_tx_begin (f->conn, &error);
  g_assert_no_error (error);
  outcome = linli_execute_in (tx, operation, LINLI_EXECUTE_BARE, &error);
  reason = error != NULL && error->domain == LINLI_DOMAIN_ERROR ? linli_domain_error_get_reason (error) : NULL;

  return g_strcmp0 (reason, "not-allowed") == 0 || g_strcmp0 (reason, "right-missing") == 0;
}

static void
test_every_command_and_role (Fixture      *f,
                             gconstpointer data)
{
  const LinliRoom *const *rooms = linli_rooms ();
  guint n_commands = 0;

  for (guint r = 0; (1u << r) & LINLI_ROLE_ANY; r++)
    {
      LinliRole role = (LinliRole) (1u << r);
      g_autofree char *actor = hire (f, "甲", linli_role_to_text (role));

      for (guint i = 0; rooms[i] != NULL; i++)
        for (const LinliCommand *c = rooms[i]->commands; c->name != NULL; c++, n_commands++)
          {
            gboolean may = (c->roles & role) != 0;

            if (c->roles == 0)
              g_error ("%s says no role that may run it", c->name);
            if (may && (c->right & ~linli_rights_of_role (role)) != 0)
              g_error ("%s is for the role %s, which has not got the right", c->name, linli_role_to_text (role));
            if (is_refused_for_role (f, c, actor) == may)
              g_error ("%s for the role %s: wrongly %s", c->name, linli_role_to_text (role), may ? "refused" : "allowed");
          }
    }
  g_test_message ("%u pairs of command and role", n_commands);
  g_assert_cmpuint (n_commands, >, 700);
}

static void
test_strangers_are_told_why (Fixture      *f,
                             gconstpointer data)
{
  g_autofree char *gone = hire (f, "赵", "clerk");

  linli_desk_set_actor (f->desk, "");
  REFUSED (f, "not-signed-in", "unit.save", "{\"code\":\"a\",\"name\":\"甲\"}");
  linli_desk_set_actor (f->desk, "0195c0de-7000-7abc-8def-0123456789ab");
  REFUSED (f, "not-allowed", "unit.save", "{\"code\":\"a\",\"name\":\"甲\"}");
  linli_desk_set_actor (f->desk, f->chief);
  DONE (f, "account.set-active", "{\"account\":\"%s\",\"active\":false}", gone);
  linli_desk_set_actor (f->desk, gone);
  REFUSED (f, "account-disabled", "place.import", "{\"places\":[{\"name\":\"甲\"}]}");
  /* What stood half typed when it was closed is kept on this desk. */
  DONE (f, "draft.save", "{\"id\":\"0195c0de-7000-7abc-8def-0123456789ac\",\"kind\":\"note\",\"body\":{\"body\":\"已到场\"}}");
  /* What was done before the account was closed may arrive after. */
  f->clock.time -= G_USEC_PER_SEC;
  DONE (f, "place.import", "{\"places\":[{\"name\":\"甲\"}]}");
}

static void
test_rights_are_data (Fixture      *f,
                      gconstpointer data)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;
  LinliRight rights = 0;

  DONE (f, "unit.save", "{\"code\":\"a\",\"name\":\"甲\"}");
  outcome = submit (f, "role.set-rights", &error, "{\"role\":\"admin\",\"rights\":\"identity export\"}");
  g_assert_no_error (error);
  g_assert_true (linli_rights_load (f->conn, LINLI_ROLE_ADMIN, &rights, &error));
  g_assert_cmpint (rights, ==, LINLI_RIGHT_IDENTITY | LINLI_RIGHT_EXPORT);
  /* The chief has all roles: another of them still gives the right. */
  DONE (f, "unit.save", "{\"code\":\"a\",\"name\":\"乙\"}");
  for (guint r = 0; (1u << r) & LINLI_ROLE_ANY; r++)
    DONE (f, "role.set-rights", "{\"role\":\"%s\",\"rights\":\"\"}", linli_role_to_text ((LinliRole) (1u << r)));
  REFUSED (f, "right-missing", "unit.save", "{\"code\":\"a\",\"name\":\"丙\"}");
  /* Looking after rights is a duty and needs none. */
  DONE (f, "role.set-rights", "{\"role\":\"admin\"}");
  DONE (f, "unit.save", "{\"code\":\"a\",\"name\":\"丙\"}");
  REFUSED (f, "invalid", "role.set-rights", "{\"role\":\"king\",\"rights\":\"\"}");
}

static void
test_rights_name_themselves (void)
{
  for (LinliRight set = 0; set <= LINLI_RIGHT_ALL; set++)
    {
      g_autofree char *text = linli_rights_to_text (set);

      g_assert_cmpint (linli_rights_from_text (text), ==, set);
    }
  g_assert_cmpint (linli_rights_from_text ("merge king"), ==, LINLI_RIGHT_MERGE);
  g_assert_cmpint (linli_rights_from_text (NULL), ==, 0);
}

/* --- Passwords and the last administrator --- */

static void
test_first_password_is_an_administrators (Fixture      *f,
                                          gconstpointer data)
{
  g_autofree char *clerk = hire (f, "李", "clerk");
  g_autofree char *other = hire (f, "王", "clerk");
  g_autoptr(GError) error = NULL;
  gboolean required = TRUE;

  g_assert_true (linli_sign_in_is_required (f->conn, &required, &error));
  g_assert_false (required);
  REFUSED (f, "administrator-first", "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", clerk);
  REFUSED (f, "invalid", "account.set-password", "{\"account\":\"%s\",\"verifier\":\"secret\"}", f->chief);
  DONE (f, "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", f->chief);
  DONE (f, "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", clerk);
  g_assert_true (linli_sign_in_is_required (f->conn, &required, &error));
  g_assert_true (required);
  /* A desk that starts has nobody before it now. */
  g_assert_true (linli_desk_load (f->desk, f->conn, &error));
  g_assert_null (f->desk->actor);
  linli_desk_set_actor (f->desk, clerk);
  DONE (f, "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", clerk);
  REFUSED (f, "not-yours", "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", other);
  linli_desk_set_actor (f->desk, f->chief);
  REFUSED (f, "administrator-first", "account.clear-password", "{\"account\":\"%s\"}", f->chief);
  REFUSED (f, "last-administrator", "account.set-active", "{\"account\":\"%s\",\"active\":false}", f->chief);
  DONE (f, "account.clear-password", "{\"account\":\"%s\"}", clerk);
  DONE (f, "account.clear-password", "{\"account\":\"%s\"}", f->chief);
  g_assert_true (linli_sign_in_is_required (f->conn, &required, &error));
  g_assert_false (required);
}

static void
test_undo_keeps_an_administrator (Fixture      *f,
                                  gconstpointer data)
{
  g_autofree char *clerk = hire (f, "李", "clerk");
  g_autoptr(LinliOutcome) raised = NULL;
  g_autoptr(GError) error = NULL;

  raised = submit (f, "account.set-roles", &error, "{\"account\":\"%s\",\"roles\":\"clerk admin\"}", clerk);
  g_assert_no_error (error);
  DONE (f, "account.set-roles", "{\"account\":\"%s\",\"roles\":\"clerk\"}", f->chief);
  linli_desk_set_actor (f->desk, clerk);
  REFUSED (f, "last-administrator", "core.undo", "{\"operation\":\"%s\"}", raised->operation);
}

static void
assert_somebody_remains (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) people = linli_account_list_load (f->conn, &error);
  guint admins = 0, secured = 0, both = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      LinliAccountFacts *facts = people->pdata[i];

      if (!facts->active)
        continue;
      admins += (facts->roles & LINLI_ROLE_ADMIN) != 0;
      secured += facts->has_password;
      both += (facts->roles & LINLI_ROLE_ADMIN) != 0 && facts->has_password;
    }
  g_assert_cmpuint (admins, >, 0);
  g_assert_true (secured == 0 || both > 0);
}

static void
test_somebody_always_remains (Fixture      *f,
                              gconstpointer data)
{
  char *people[] = { g_strdup (f->chief), hire (f, "李", "clerk"), hire (f, "王", "admin"), hire (f, "张", "handler") };
  static const char *const roles[] = { "clerk", "admin", "clerk admin", "handler" };
  g_autoptr(GPtrArray) undoable = g_ptr_array_new_with_free_func (g_free);

  for (guint step = 0; step < 400; step++)
    {
      const char *who = people[g_test_rand_int_range (0, 4)];
      g_autoptr(LinliOutcome) outcome = NULL;

      linli_desk_set_actor (f->desk, people[g_test_rand_int_range (0, 4)]);
      f->clock.time += G_USEC_PER_SEC;
      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          outcome = submit (f, "account.set-roles", NULL, "{\"account\":\"%s\",\"roles\":\"%s\"}", who,
                            roles[g_test_rand_int_range (0, 4)]);
          break;
        case 1:
          outcome = submit (f, "account.set-active", NULL, "{\"account\":\"%s\",\"active\":%s}", who,
                            g_test_rand_bit () ? "true" : "false");
          break;
        case 2:
          linli_outcome_free (submit (f, "account.set-password", NULL, "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", who));
          break;
        case 3:
          linli_outcome_free (submit (f, "account.clear-password", NULL, "{\"account\":\"%s\"}", who));
          break;
        default:
          if (undoable->len > 0)
            linli_outcome_free (submit (f, "core.undo", NULL, "{\"operation\":\"%s\"}",
                                        (char *) undoable->pdata[g_test_rand_int_range (0, (gint32) undoable->len)]));
        }
      if (outcome != NULL)
        g_ptr_array_add (undoable, g_strdup (outcome->operation));
      assert_somebody_remains (f);
    }
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_free (people[i]);
}

/* --- The trail shows no verifier --- */

static void
test_trail_shows_no_verifier (Fixture      *f,
                              gconstpointer data)
{
  const LinliQueryContext context = { 0 };
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;

  DONE (f, "account.set-password", "{\"account\":\"%s\",\"verifier\":\"" VERIFIER "\"}", f->chief);
  DONE (f, "account.clear-password", "{\"account\":\"%s\"}", f->chief);
  answer = linli_registry_find_query ("core.audit")->run (f->conn, &context, args, &error);
  g_assert_no_error (error);
  text = json_to_string (answer, FALSE);
  g_assert_nonnull (strstr (text, "account.set-password"));
  g_assert_nonnull (strstr (text, "$argon2id$…"));
  g_assert_null (strstr (text, "aGFzaA"));
  /* The chain goes over what is kept. */
  g_assert_true (linli_conn_get_text (f->conn, &kept, &error, "SELECT body FROM audit WHERE kind = 'account.set-password'", ""));
  g_assert_nonnull (strstr (kept, VERIFIER));
}

/* --- Words half typed --- */

static guint
count_drafts (Fixture    *f,
              const char *actor)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drafts = linli_drafts_load (f->conn, actor, "note", NULL, &error);

  g_assert_no_error (error);
  return drafts->len;
}

static void
test_drafts_are_whose_they_are (Fixture      *f,
                                gconstpointer data)
{
  g_autofree char *clerk = hire (f, "李", "clerk");
  g_autofree char *other = hire (f, "王", "clerk");
  static const char save[] = "{\"id\":\"0195c0de-7000-7abc-8def-0123456789ab\",\"kind\":\"note\",\"body\":{\"body\":\"记\"}}";

  linli_desk_set_actor (f->desk, clerk);
  DONE (f, "draft.save", "%s", save);
  g_assert_cmpuint (count_drafts (f, clerk), ==, 1);
  g_assert_cmpuint (count_drafts (f, other), ==, 0);
  g_assert_cmpuint (count_drafts (f, NULL), ==, 0);
  /* Who does not come back leaves them to those who are there. */
  linli_desk_set_actor (f->desk, f->chief);
  DONE (f, "account.set-active", "{\"account\":\"%s\",\"active\":false}", clerk);
  g_assert_cmpuint (count_drafts (f, other), ==, 1);
}

/* --- Who is meant --- */

static void
test_people_are_found_by_few_keys (Fixture      *f,
                                   gconstpointer data)
{
  g_autofree char *li = hire (f, "李晓明", "clerk");
  g_autofree char *twin = hire (f, "刘晓敏", "clerk"); /* the same initials */
  const struct { const char *typed, *id; } cases[] = {
    { "陈静", f->chief }, { " cj ", f->chief }, { "CJ", f->chief }, { f->chief, f->chief },
    { "李晓明", li }, { "lxm", NULL }, { "Li2", li }, { "li2", li }, { "nobody", NULL }, { "", NULL },
  };

  DONE (f, "account.change", "{\"account\":\"%s\",\"login\":\"li2\"}", li);
  REFUSED (f, "login-taken", "account.change", "{\"account\":\"%s\",\"login\":\"LI2\"}", twin);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliRow) account = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (linli_sign_in_find (f->conn, cases[i].typed, &account, &error));
      g_assert_cmpstr (account != NULL ? linli_row_get_id (account) : NULL, ==, cases[i].id);
    }
}

/* --- Waiting --- */

static void
test_waiting_grows (void)
{
  static const struct { guint failures, seconds; } cases[] = {
    { 0, 0 }, { 1, 0 }, { 4, 0 }, { 5, 30 }, { 6, 60 }, { 7, 120 }, { 8, 240 }, { 11, 1920 }, { 12, 3600 },
    { 13, 3600 }, { 1000000, 3600 }, { G_MAXUINT, 3600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (linli_lockout_wait (cases[i].failures), ==, cases[i].seconds);
  for (guint n = 1; n < 100; n++)
    g_assert_cmpuint (linli_lockout_wait (n), >=, linli_lockout_wait (n - 1));
}

static void
test_waiting_ends (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      guint failures = (guint) g_test_rand_int_range (0, 20);
      gint64 last = g_test_rand_int_range (0, G_MAXINT32) * G_GINT64_CONSTANT (1000000);
      gint64 gone = g_test_rand_int_range (-4000, 4000) * G_GINT64_CONSTANT (1000000) + g_test_rand_int_range (0, 1000000);
      guint left = linli_lockout_left (failures, last, last + gone);
      guint wait = linli_lockout_wait (failures);

      g_assert_cmpuint (left, <=, wait);
      if (gone >= 0)
        g_assert_cmpuint (linli_lockout_left (failures, last, last + gone + left * G_USEC_PER_SEC), ==, 0);
      if (gone <= 0)
        g_assert_cmpuint (left, ==, wait);
      if (gone >= wait * G_USEC_PER_SEC)
        g_assert_cmpuint (left, ==, 0);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/accounts/every-command-and-role", test_every_command_and_role);
  ADD ("/accounts/strangers-are-told-why", test_strangers_are_told_why);
  ADD ("/accounts/rights-are-data", test_rights_are_data);
  g_test_add_func ("/accounts/rights-name-themselves", test_rights_name_themselves);
  ADD ("/accounts/first-password-is-an-administrators", test_first_password_is_an_administrators);
  ADD ("/accounts/undo-keeps-an-administrator", test_undo_keeps_an_administrator);
  ADD ("/accounts/somebody-always-remains", test_somebody_always_remains);
  ADD ("/accounts/trail-shows-no-verifier", test_trail_shows_no_verifier);
  ADD ("/accounts/drafts-are-whose-they-are", test_drafts_are_whose_they_are);
  ADD ("/accounts/people-are-found-by-few-keys", test_people_are_found_by_few_keys);
  g_test_add_func ("/accounts/waiting-grows", test_waiting_grows);
  g_test_add_func ("/accounts/waiting-ends", test_waiting_ends);

  return g_test_run ();
}
