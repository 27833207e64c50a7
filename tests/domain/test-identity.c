/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may look up a resident behind the stars, what is recorded of it, and
 * what a confidential case lets nobody learn by giving it commands. */

#include <string.h>

#include "case-desk.h"
#include "linli-identity.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-sight.h"

#define NAME   "诸葛采薇"
#define PHONE  "13912345678"
#define SILENT "13887654321" /* of who asked for silence: another person */
#define GHOST  "0195c0de-7000-7abc-8def-0123456789ab"
#define LOOK   "{\"case\":\"%s\",\"why\":\"contact\"}"
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static char *
bring (CaseDesk   *f,
       const char *more)
{
  g_autoptr(LinliOutcome) outcome =
    case_desk_do (f, "case.intake", "{\"text\":\"井盖破了\",\"channel\":\"DH01\",\"item\":\"06.01\",\"accept\":true,"
                  "\"appellant\":{\"name\":\"" NAME "\",\"phone\":\"%s\"%s}}", *more != '\0' ? SILENT : PHONE, more);

  return case_desk_tell (outcome, "case");
}

/* The query as the person at the desk, behind that person's eyes.
 *
 * Returns: (transfer full): the answer, or why there is none */
static char *
ask (CaseDesk   *f,
     const char *name,
     const char *format,
     ...)
{
  LinliQueryContext context = { f->clock.time, f->desk->actor };
  const LinliQuery *query = linli_registry_find_query (name);
  g_autoptr(JsonObject) args = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  char *text;
  va_list list;

  va_start (list, format);
  json = g_strdup_vprintf (format, list);
  va_end (list);
  args = linli_json_parse_object (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  g_assert_true (linli_args_check (query->args, args, &error));
  answer = query->run (f->conn, &context, args, &error);
  text = answer != NULL ? json_to_string (answer, FALSE) : g_strdup (linli_domain_error_get_reason (error));
  g_clear_error (&error);
  g_assert_true (linli_sight_lift (f->conn, &error));
  return text;
}

static void
set_rights (CaseDesk   *f,
            const char *role,
            const char *rights)
{
  case_desk_act_as (f, NULL, NULL);
  linli_outcome_free (case_desk_do (f, "role.set-rights", "{\"role\":\"%s\",\"rights\":\"%s\"}", role, rights));
}

typedef enum { NO_UNIT = -1, LEAD, OTHER } Seat;

/* Every row is a person; %NULL as the reason: the look is allowed and shows. */
static void
test_who_may (CaseDesk     *f,
              gconstpointer data)
{
  static const struct
  {
    const char *role, *rights;
    Seat        seat;
    gboolean    secret;
    const char *reason, *field;
  } people[] = {
    { "auditor", NULL, NO_UNIT, FALSE, NULL, NULL },
    { "auditor", NULL, NO_UNIT, TRUE, "not-found", "case" },
    { "auditor", "export", NO_UNIT, FALSE, "right-missing", NULL },
    { "auditor", "export reveal confidential", NO_UNIT, TRUE, NULL, NULL },
    { "clerk", "export", NO_UNIT, FALSE, "right-missing", NULL },
    { "clerk", "reveal", NO_UNIT, FALSE, NULL, NULL },
    { "clerk", "reveal", NO_UNIT, TRUE, "not-found", "case" },
    { "clerk", "reveal confidential", NO_UNIT, TRUE, NULL, NULL },
    { "handler", "reveal", LEAD, FALSE, NULL, NULL },
    { "handler", "reveal", LEAD, TRUE, "right-missing", NULL },
    { "handler", "reveal", OTHER, FALSE, "other-unit", "case" },
    { "handler", "reveal", OTHER, TRUE, "not-found", "case" },
    { "handler", "", LEAD, FALSE, "right-missing", NULL },
  };
  g_autofree char *plain = bring (f, "");
  g_autofree char *secret = bring (f, ",\"confidential\":true");
  gint64 n = 0;

  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", plain, case_desk_unit (f, LEAD)));
  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", secret, case_desk_unit (f, LEAD)));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const char *id = people[i].secret ? secret : plain;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      if (people[i].rights != NULL)
        set_rights (f, people[i].role, people[i].rights);
      case_desk_act_as (f, people[i].role, people[i].seat != NO_UNIT ? case_desk_unit (f, (guint) people[i].seat) : NULL);
      before = ask (f, "identity.show", "{\"case\":\"%s\"}", id);
      g_assert_null (strstr (before, NAME));
      if (people[i].reason != NULL)
        case_desk_refused (f, people[i].reason, people[i].field, "identity.reveal", LOOK, id);
      else
        linli_outcome_free (case_desk_do (f, "identity.reveal", LOOK, id));
      n += people[i].reason == NULL;
      after = ask (f, "identity.show", "{\"case\":\"%s\"}", id);
      g_assert_true ((strstr (after, NAME) != NULL && strstr (after, people[i].secret ? SILENT : PHONE) != NULL) == (people[i].reason == NULL));
    }
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM identity_read WHERE why = ?1", "contact"), ==, n);
}

/* One case, one person, a quarter of an hour, and the rest stays behind stars. */
static void
test_how_long (CaseDesk     *f,
               gconstpointer data)
{
  g_autofree char *first = bring (f, "");
  g_autofree char *second = bring (f, "");
  g_autoptr(LinliOutcome) look = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *list = NULL;
  g_autofree char *late = NULL;
  g_autofree char *early = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *other = NULL;

  case_desk_act_as (f, "auditor", NULL);
  case_desk_refused (f, "invalid", "reason", "identity.reveal", "{\"case\":\"%s\",\"why\":\"other\",\"reason\":\" \"}", first);
  look = case_desk_do (f, "identity.reveal", "{\"case\":\"%s\",\"why\":\"other\",\"reason\":\"市纪委要核\"}", first);
  shown = ask (f, "identity.show", "{\"case\":\"%s\"}", first);
  g_assert_nonnull (strstr (shown, NAME));
  elsewhere = ask (f, "identity.show", "{\"case\":\"%s\"}", second);
  g_assert_cmpstr (elsewhere, ==, "look-first");
  list = ask (f, "case.show", "{\"case\":\"%s\"}", first);
  g_assert_null (strstr (list, NAME));
  g_assert_nonnull (strstr (list, "诸**"));
  f->clock.time += 16 * MINUTE;
  late = ask (f, "identity.show", "{\"case\":\"%s\"}", first);
  g_assert_cmpstr (late, ==, "look-first");
  /* Where the clock was put back nothing is shown for longer. */
  f->clock.time -= 17 * MINUTE;
  early = ask (f, "identity.show", "{\"case\":\"%s\"}", first);
  g_assert_cmpstr (early, ==, "look-first");
  f->clock.time += 2 * MINUTE;
  case_desk_act_as (f, "auditor", NULL);
  other = ask (f, "identity.show", "{\"case\":\"%s\"}", first);
  g_assert_cmpstr (other, ==, "look-first");
  /* Where nobody signs in whoever asks sees all anyway, by the terminal's door too. */
  linli_desk_set_actor (f->desk, NULL);
  nobody = ask (f, "identity.show", "{\"case\":\"%s\"}", second);
  g_assert_nonnull (strstr (nobody, NAME));
  /* What was looked at stays looked at. */
  case_desk_act_as (f, NULL, NULL);
  case_desk_refused (f, "not-undoable", "operation", "core.undo", "{\"operation\":\"%s\"}", look->operation);
}

static guint
count_reads (CaseDesk   *f,
             const char *args)
{
  g_autofree char *text = ask (f, "identity.reads", "%s", args);
  g_autoptr(JsonNode) node = linli_json_parse (text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    g_error ("identity.reads %s: %s", args, text);
  return json_array_get_length (json_node_get_array (node));
}

static void
test_log (CaseDesk     *f,
          gconstpointer data)
{
  g_autofree char *plain = bring (f, "");
  g_autofree char *again = bring (f, "");
  g_autofree char *secret = bring (f, ",\"confidential\":true");
  g_autofree char *number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", again);
  g_autofree char *watcher = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *all = NULL;
  gint64 later;

  case_desk_act_as (f, "auditor", NULL);
  watcher = g_strdup (f->desk->actor);
  linli_outcome_free (case_desk_do (f, "identity.reveal", LOOK, plain));
  linli_outcome_free (case_desk_do (f, "identity.reveal", LOOK, again));
  f->clock.time += 60 * MINUTE;
  later = f->clock.time;
  linli_outcome_free (case_desk_do (f, "identity.reveal", "{\"case\":\"%s\",\"why\":\"audit\",\"reason\":\"问１３８１２３４５６７８\"}", again));
  case_desk_act_as (f, NULL, NULL);
  linli_outcome_free (case_desk_do (f, "identity.reveal", LOOK, secret));

  {
    g_autofree char *by = g_strdup_printf ("{\"account\":\"%s\"}", watcher);
    g_autofree char *about = g_strdup_printf ("{\"case\":\"%s\"}", number);
    g_autofree char *from = g_strdup_printf ("{\"from\":%" G_GINT64_FORMAT "}", later);
    g_autofree char *to = g_strdup_printf ("{\"to\":%" G_GINT64_FORMAT "}", later);
    g_autofree char *both = g_strdup_printf ("{\"case\":\"%s\",\"to\":%" G_GINT64_FORMAT "}", number, later);

    g_assert_cmpuint (count_reads (f, "{}"), ==, 4);
    g_assert_cmpuint (count_reads (f, by), ==, 3);
    g_assert_cmpuint (count_reads (f, about), ==, 2);
    g_assert_cmpuint (count_reads (f, from), ==, 2);
    g_assert_cmpuint (count_reads (f, to), ==, 2);
    g_assert_cmpuint (count_reads (f, both), ==, 1);
    g_assert_cmpuint (count_reads (f, "{\"limit\":1}"), ==, 1);
  }

  /* Who audits reads it too, without the case that is not for auditors. */
  case_desk_act_as (f, "auditor", NULL);
  g_assert_cmpuint (count_reads (f, "{}"), ==, 3);
  all = ask (f, "identity.reads", "{}");
  g_assert_nonnull (strstr (all, "问138****5678"));
  case_desk_act_as (f, "clerk dispatcher", NULL);
  refused = ask (f, "identity.reads", "{}");
  g_assert_cmpstr (refused, ==, "not-allowed");
}

static void
test_marks (CaseDesk     *f,
            gconstpointer data)
{
  g_autofree char *id = bring (f, "");
  g_autoptr(LinliOutcome) marked = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *again = NULL;

  case_desk_refused (f, "not-confidential", "case", "case.unmark-confidential", "{\"case\":\"%s\",\"reason\":\"误标\"}", id);
  case_desk_refused (f, "invalid", "reason", "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\" \"}", id);
  marked = case_desk_do (f, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"涉及未成年人\"}", id);
  case_desk_refused (f, "confidential", "case", "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"再标\"}", id);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE case_id = ?1 AND body = '涉及未成年人'", id), ==, 1);
  case_desk_act_as (f, "auditor", NULL);
  case_desk_refused (f, "not-allowed", NULL, "case.unmark-confidential", "{\"case\":\"%s\",\"reason\":\"我要看\"}", id);
  listed = ask (f, "case.list", "{}");
  g_assert_cmpstr (listed, ==, "[]");
  case_desk_act_as (f, NULL, NULL);
  linli_outcome_free (case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", marked->operation));
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM cases WHERE id = ?1", id), ==, 0);
  linli_outcome_free (case_desk_do (f, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"还是要\"}", id));
  linli_outcome_free (case_desk_do (f, "case.unmark-confidential", "{\"case\":\"%s\",\"reason\":\"不必\"}", id));
  case_desk_act_as (f, "auditor", NULL);
  again = ask (f, "case.list", "{}");
  g_assert_nonnull (strstr (again, id));
  case_desk_check (f);
}

/* The resident's own wish for silence outlives the mark of the case. */
static void
test_silence_stays (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *id = bring (f, ",\"confidential\":true");
  char *lead = case_desk_unit (f, 0);
  g_autofree char *shown = NULL;

  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, lead));
  linli_outcome_free (case_desk_do (f, "case.unmark-confidential", "{\"case\":\"%s\",\"reason\":\"不涉密\"}", id));
  case_desk_act_as (f, "handler", lead);
  shown = ask (f, "case.show", "{\"case\":\"%s\"}", id);
  g_assert_null (strstr (shown, "诸"));
  g_assert_null (strstr (shown, SILENT));
}

/* --- Commands on what is hidden --- */

static JsonObject *
fill_args (const LinliCommand *command,
           const char         *named,
           const char         *id)
{
  JsonObject *args = json_object_new ();

  for (const LinliArgSpec *spec = command->args; spec->name != NULL; spec++)
    if (g_str_equal (spec->name, named))
      json_object_set_string_member (args, spec->name, id);
    else if (!spec->required)
      continue;
    else if (spec->type == LINLI_ARG_TEXT || spec->type == LINLI_ARG_NUMBER)
      json_object_set_string_member (args, spec->name, spec->choices != NULL ? spec->choices[0] : "x");
    else if (spec->type == LINLI_ARG_ID)
      json_object_set_string_member (args, spec->name, GHOST);
    else if (spec->type == LINLI_ARG_DATE)
      json_object_set_string_member (args, spec->name, "2026-03-14");
    else if (spec->type == LINLI_ARG_BOOL)
      json_object_set_boolean_member (args, spec->name, TRUE);
    else if (spec->type == LINLI_ARG_OBJECT)
      json_object_set_object_member (args, spec->name, json_object_new ());
    else if (spec->type == LINLI_ARG_TEXTS || spec->type == LINLI_ARG_OBJECTS)
      json_object_set_array_member (args, spec->name, json_array_new ());
    else
      json_object_set_int_member (args, spec->name, 1);
  return args;
}

/* Returns: (transfer full): how it was refused, as the person is told */
static char *
refusal (CaseDesk           *f,
         const LinliCommand *command,
         const char         *named,
         const char         *id)
{
  g_autoptr(JsonObject) args = fill_args (command, named, id);
  g_autofree char *json = linli_json_object_to_text (args);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = case_desk_try (f, &error, command->name, "%s", json);

  if (outcome != NULL || error->domain != LINLI_DOMAIN_ERROR)
    g_error ("%s %s: %s", command->name, json, outcome != NULL ? "was done" : error->message);
  return g_strdup_printf ("%s %s %s", linli_domain_error_get_reason (error), linli_domain_error_get_field (error), error->message);
}

/* Whoever may not see a confidential case and knows its id, or one of what is
 * in it, cannot tell it from one that never was, whatever command is tried. */
static void
test_no_command_tells (CaseDesk     *f,
                       gconstpointer data)
{
  static const struct { const char *named, *sql; } ways[] = {
    { "case", "SELECT id FROM cases WHERE id = ?1" },
    { "target", "SELECT id FROM cases WHERE id = ?1" },
    { "attach_to", "SELECT id FROM cases WHERE id = ?1" },
    { "again_of", "SELECT id FROM cases WHERE id = ?1" },
    { "dispatch", "SELECT id FROM dispatch WHERE case_id = ?1" },
    { "attachment", "SELECT id FROM attachment WHERE case_id = ?1" },
  };
  static const char *const roles[] = { "clerk", "dispatcher", "handler", "reviewer", "callback", "supervisor", "secretary",
                                       "grid", "admin", "auditor" };
  g_autofree char *id = bring (f, ",\"confidential\":true");
  g_autoptr(LinliOutcome) last = NULL;
  const LinliRoom *const *rooms = linli_rooms ();
  guint n = 0, n_missing = 0;

  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0)));
  linli_outcome_free (case_desk_do (f, "case.attach", "{\"case\":\"%s\",\"name\":\"a.jpg\",\"content_type\":\"image/jpeg\",\"size\":1,"
                                    "\"audience\":\"unit\",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}", id));
  last = case_desk_do (f, "case.assign", "{\"case\":\"%s\",\"owner\":\"%s\"}", id, f->chief);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    set_rights (f, roles[i], "identity merge approve export lists reveal");

  for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
    {
      g_autofree char *known = case_desk_text (f, ways[w].sql, id);

      g_assert_nonnull (known);
      for (guint r = 0; rooms[r] != NULL; r++)
        for (const LinliCommand *c = rooms[r]->commands; c->name != NULL; c++)
          {
            g_autofree char *hidden = NULL;
            g_autofree char *never = NULL;
            gboolean has = FALSE;

            for (const LinliArgSpec *spec = c->args; spec->name != NULL; spec++)
              has |= g_str_equal (spec->name, ways[w].named);
            if (!has || c->flags & LINLI_COMMAND_LOCAL)
              continue;
            hidden = refusal (f, c, ways[w].named, known);
            never = refusal (f, c, ways[w].named, GHOST);
            if (g_strcmp0 (hidden, never) != 0)
              g_error ("%s with the %s of a hidden case: “%s”, of none: “%s”", c->name, ways[w].named, hidden, never);
            n++;
            n_missing += g_str_has_prefix (hidden, "not-found");
          }
    }
  g_test_message ("%u refusals, %u of them for what is not there", n, n_missing);
  g_assert_cmpuint (n_missing, >, 35);
  case_desk_refused (f, "not-found", "operation", "core.undo", "{\"operation\":\"%s\"}", last->operation);
}

#define ADD(name, func) g_test_add (name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/identity/who-may-look", test_who_may);
  ADD ("/identity/for-how-long", test_how_long);
  ADD ("/identity/log", test_log);
  ADD ("/identity/marks", test_marks);
  ADD ("/identity/silence-outlives-the-mark", test_silence_stays);
  ADD ("/identity/no-command-tells", test_no_command_tells);

  return g_test_run ();
}
