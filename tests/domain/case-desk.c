/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-desk.h"

#include "linli-json.h"
#include "linli-registry.h"
#include "linli-verify.h"
#include "test-conn.h"

static const char *const lists[][2] = {
  { "unit.import", "{\"units\":["
    "{\"code\":\"U1\",\"name\":\"市政服务中心\"},{\"code\":\"U2\",\"name\":\"综合执法队\"},"
    "{\"code\":\"U3\",\"name\":\"供水公司\"},{\"code\":\"U4\",\"name\":\"物业办\"}]}" },
  { "channel.import", "{\"channels\":["
    "{\"code\":\"CK01\",\"name\":\"窗口\",\"group\":\"窗口\"},{\"code\":\"DH01\",\"name\":\"来电\",\"group\":\"来电\"}]}" },
  { "reason.import", "{\"reasons\":[{\"kind\":\"decline\",\"code\":\"D01\",\"label\":\"已进入诉讼\"}]}" },
  { "duty.import", "{\"source\":\"试验清单\",\"items\":["
    "{\"code\":\"06\",\"name\":\"市政设施\",\"leaf\":false},"
    "{\"code\":\"06.01\",\"parent_code\":\"06\",\"level\":2,\"path\":\"市政设施 / 井盖\",\"name\":\"井盖破损\",\"leaf\":true,"
    "\"lead\":\"U1\",\"start_rule\":\"next_working_day\",\"limits\":{\"dispatch\":\"2工作时\",\"sign\":\"2工作时\","
    "\"contact\":\"4工作时\",\"resolve\":\"5工作日\",\"callback\":\"1工作日\"}},"
    "{\"code\":\"06.02\",\"parent_code\":\"06\",\"level\":2,\"name\":\"路灯不亮\",\"leaf\":true,\"urgency\":\"urgent\","
    "\"limits\":{\"dispatch\":\"30分钟\",\"resolve\":\"24紧急工作时\"}},"
    "{\"code\":\"06.99\",\"parent_code\":\"06\",\"level\":2,\"name\":\"其他市政设施\",\"leaf\":true,\"catch_all\":true,"
    "\"limits\":{\"dispatch\":\"2工作时\",\"resolve\":\"5工作日\"}}]}" },
  { "calendar.save", "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":1,\"zone\":\"Asia/Shanghai\","
    "\"covered_from\":2026,\"covered_until\":2026,\"week\":{"
    "\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],\"tue\":[\"09:00-12:00\",\"14:00-18:00\"],"
    "\"wed\":[\"09:00-12:00\",\"14:00-18:00\"],\"thu\":[\"09:00-12:00\",\"14:00-18:00\"],"
    "\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]},\"exceptions\":["
    "{\"date\":\"2026-02-14\",\"kind\":\"work\",\"name\":\"春节调休\"},"
    "{\"date\":\"2026-02-15\",\"until\":\"2026-02-23\",\"kind\":\"off\",\"name\":\"春节\"}]}}" },
};

static LinliOutcome *
submit (CaseDesk   *self,
        const char *command,
        const char *json,
        GError    **error)
{
  g_autoptr(GError) fault = NULL;
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, &fault);
  g_autoptr(JsonObject) own = json_object_new ();
  g_autoptr(GList) members = NULL;

  g_assert_no_error (fault);
  members = json_object_get_members (args);
  for (GList *l = members; l != NULL; l = l->next) /* the parsed one is immutable */
    json_object_set_member (own, l->data, json_node_copy (json_object_get_member (args, l->data)));

  return linli_desk_submit (self->desk, self->conn, command, own, 0, error);
}

LinliOutcome *
case_desk_try (CaseDesk   *self,
               GError    **error,
               const char *command,
               const char *format,
               ...)
{
  g_autofree char *json = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  return submit (self, command, json, error);
}

LinliOutcome *
case_desk_do (CaseDesk   *self,
              const char *command,
              const char *format,
              ...)
{
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  LinliOutcome *outcome;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  outcome = submit (self, command, json, &error);
  if (error != NULL)
    g_error ("%s %s: %s (%s, %s)", command, json, error->message, linli_domain_error_get_reason (error),
             linli_domain_error_get_field (error));
  return outcome;
}

/* The command must be refused for @reason, and change nothing. */
void
case_desk_refused (CaseDesk   *self,
                   const char *reason,
                   const char *field,
                   const char *command,
                   const char *format,
                   ...)
{
  g_autofree char *before = case_desk_digest (self, NULL);
  g_autofree char *after = NULL;
  g_autofree char *json = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  outcome = submit (self, command, json, &error);
  if (outcome != NULL)
    g_error ("%s %s was not refused", command, json);
  g_assert_cmpstr (linli_domain_error_get_reason (error), ==, reason);
  g_assert_cmpstr (linli_domain_error_get_field (error), ==, field);
  after = case_desk_digest (self, NULL);
  g_assert_cmpstr (before, ==, after);
}

void
case_desk_set_up (CaseDesk     *self,
                  gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) made = NULL;

  self->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (CASE_DESK_NOW);
  self->conn = path != NULL ? linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error) : test_conn_new ();
  g_assert_no_error (error);
  linli_migrate (self->conn, linli_store_schema (), NULL, &error);
  g_assert_no_error (error);
  self->desk = linli_desk_new (&self->clock.parent);
  linli_desk_load (self->desk, self->conn, &error);
  g_assert_no_error (error);

  made = case_desk_do (self, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}");
  self->chief = case_desk_tell (made, "account");
  linli_desk_set_actor (self->desk, self->chief);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (self, lists[i][0], "%s", lists[i][1]);

      g_assert_nonnull (outcome);
    }
  self->units = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *code = g_strdup_printf ("U%u", i);

      g_ptr_array_add (self->units, case_desk_text (self, "SELECT id FROM unit WHERE code = ?1", code));
    }
}

void
case_desk_tear_down (CaseDesk     *self,
                     gconstpointer path)
{
  g_ptr_array_unref (self->units);
  g_free (self->chief);
  linli_desk_free (self->desk);
  linli_conn_close (self->conn);
}

char *
case_desk_tell (LinliOutcome *outcome,
                const char   *member)
{
  return g_strdup (linli_json_get_text (outcome->result, member));
}

char *
case_desk_text (CaseDesk   *self,
                const char *sql,
                const char *id)
{
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  linli_conn_get_text (self->conn, &text, &error, sql, id != NULL ? "s" : "", id);
  g_assert_no_error (error);
  return text;
}

gint64
case_desk_int (CaseDesk   *self,
               const char *sql,
               const char *id)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_conn_get_int (self->conn, &n, &error, sql, id != NULL ? "s" : "", id);
  g_assert_no_error (error);
  return n;
}

char *
case_desk_unit (CaseDesk *self,
                guint     n)
{
  return self->units->pdata[n];
}

/* Returns: (transfer full): the case of a new submission */
char *
case_desk_intake (CaseDesk   *self,
                  const char *text)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (self, "case.intake", "{\"text\":\"%s\",\"channel\":\"CK01\"}", text);

  return case_desk_tell (outcome, "case");
}

char *
case_desk_accepted (CaseDesk   *self,
                    const char *item)
{
  char *id = case_desk_intake (self, "桂园路井盖破了，车经过很响。");
  g_autoptr(LinliOutcome) outcome = case_desk_do (self, "case.accept", "{\"case\":\"%s\",\"item\":\"%s\"}", id, item);

  g_assert_nonnull (outcome);
  return id;
}

char *
case_desk_dispatched (CaseDesk   *self,
                      const char *item,
                      char      **lead)
{
  char *id = case_desk_accepted (self, item);
  g_autoptr(LinliOutcome) outcome = case_desk_do (self, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id,
                                                  case_desk_unit (self, 0));

  *lead = case_desk_tell (outcome, "lead_dispatch");
  return id;
}

static gboolean
is_left_out (const LinliTable *table,
             const char       *leave_out)
{
  g_auto(GStrv) names = g_strsplit (leave_out != NULL ? leave_out : "", " ", -1);

  return g_strv_contains ((const char *const *) names, table->name);
}

/* Columns that count changes rather than being one. */
static void
add_row (GChecksum *sum,
         LinliRow  *row,
         gboolean   all)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(GString) text = g_string_new (table->name);

  for (guint i = 0; table->columns[i].name != NULL; i++)
    if (all || (!g_str_equal (table->columns[i].name, "revision") && !g_str_equal (table->columns[i].name, "touched_at")))
      {
        g_string_append_c (text, ' ');
        linli_row_append_json_column (row, i, text);
      }
  g_checksum_update (sum, (const guchar *) text->str, (gssize) text->len);
}

/**
 * case_desk_digest:
 * @leave_out: (nullable): names of tables separated by spaces; when any is
 *   given the columns "revision" and "touched_at" are left out too
 *
 * Returns: (transfer full): a hash over everything in the store
 */
char *
case_desk_digest (CaseDesk   *self,
                  const char *leave_out)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint t = 0; tables[t] != NULL; t++)
    {
      g_autoptr(GPtrArray) rows = NULL;

      if (is_left_out (tables[t], leave_out))
        continue;
      if (tables[t]->flags & LINLI_TABLE_APPEND_ONLY) /* what stands there cannot have changed */
        {
          g_autofree char *count = g_strdup_printf ("SELECT '%s ' || count(*) FROM %s", tables[t]->name, tables[t]->name);
          g_autofree char *n = case_desk_text (self, count, NULL);

          g_checksum_update (sum, (const guchar *) n, -1);
          continue;
        }
      rows = linli_conn_select (self->conn, tables[t], NULL, "1 = 1 ORDER BY id", "");
      for (guint i = 0; i < rows->len; i++)
        add_row (sum, rows->pdata[i], leave_out == NULL);
    }

  return g_strdup (g_checksum_get_string (sum));
}

/* From now on somebody else sits at the desk. */
void
case_desk_act_as (CaseDesk   *self,
                  const char *roles,
                  const char *unit)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *account = NULL;
  g_autofree char *member = unit != NULL ? g_strdup_printf (",\"unit\":\"%s\"", unit) : g_strdup ("");

  linli_desk_set_actor (self->desk, self->chief);
  if (roles == NULL)
    return;
  outcome = case_desk_do (self, "account.create", "{\"name\":\"王芳\",\"roles\":\"%s\"%s}", roles, member);
  account = case_desk_tell (outcome, "account");
  linli_desk_set_actor (self->desk, account);
}

const char *const case_desk_states[CASE_DESK_N_STATES] = {
  "received", "registered", "dispatched", "in_progress", "pending_review", "resolved", "closed", "declined", "withdrawn",
};

/* Each must be refused, and change nothing. */
void
case_desk_check_guards (CaseDesk        *self,
                        const CaseGuard *guards,
                        guint            n_guards)
{
  for (guint i = 0; i < n_guards; i++)
    {
      CaseSubject subject;
      g_autofree char *json = NULL;

      case_desk_reach (self, &subject, guards[i].state);
      json = case_desk_fill (self, &subject, guards[i].args);
      g_test_message ("%s %s", guards[i].command, json);
      case_desk_refused (self, guards[i].reason, guards[i].field, guards[i].command, "%s", json);
      case_subject_clear (&subject);
    }
}

/* The rows of the store must agree with each other. */
void
case_desk_check (CaseDesk *self)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_verify_store (self->conn, problems, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

void
case_subject_clear (CaseSubject *subject)
{
  g_free (subject->id);
  g_free (subject->lead);
  g_free (subject->assist);
}

char *
case_desk_fill (CaseDesk          *f,
                const CaseSubject *subject,
                const char        *args)
{
  g_autoptr(GString) text = g_string_new (args);
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT,
                                               case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", subject->id));

  g_string_replace (text, "%c", subject->id, 0);
  g_string_replace (text, "%r", revision, 0);
  g_string_replace (text, "%a", f->chief, 0);
  g_string_replace (text, "%u", case_desk_unit (f, 0), 0);
  g_string_replace (text, "%v", case_desk_unit (f, 2), 0);
  g_string_replace (text, "%d", subject->lead != NULL ? subject->lead : "", 0);
  g_string_replace (text, "%e", subject->assist != NULL ? subject->assist : "", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
case_desk_run (CaseDesk          *f,
               const CaseSubject *subject,
               const char        *command,
               const char        *args)
{
  g_autofree char *json = case_desk_fill (f, subject, args);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, command, "%s", json);

  g_assert_nonnull (outcome);
}

/* Takes a new case along the straight path up to @state. */
void
case_desk_reach (CaseDesk    *f,
                 CaseSubject *s,
                 const char  *state)
{
  static const char *const part = "SELECT id FROM dispatch WHERE role = 'assist' AND case_id = ?1";
  guint goal = 0;

  while (!g_str_equal (case_desk_states[goal], state))
    goal++;
  *s = (CaseSubject) { case_desk_intake (f, "桂园路井盖破了，车经过很响。"), NULL, NULL };
  if (g_str_equal (state, "declined"))
    case_desk_run (f, s, "case.decline", "{\"case\":\"%c\",\"reason\":\"D01\",\"explanation\":\"已诉讼\"}");
  if (g_str_equal (state, "withdrawn"))
    case_desk_run (f, s, "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}");
  if (goal == 0 || goal > 6)
    return;
  case_desk_run (f, s, "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}");
  if (goal == 1)
    return;
  {
    g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\",\"assist\":[\"%s\"]}",
                                                    s->id, case_desk_unit (f, 0), case_desk_unit (f, 1));

    s->lead = case_desk_tell (outcome, "lead_dispatch");
    s->assist = case_desk_text (f, part, s->id);
  }
  if (goal >= 3)
    case_desk_run (f, s, "case.sign", "{\"dispatch\":\"%d\"}");
  if (goal >= 4)
    {
      case_desk_run (f, s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
      case_desk_run (f, s, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
    }
  if (goal >= 5)
    case_desk_run (f, s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  if (goal >= 6)
    case_desk_run (f, s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
}
