/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 承办单位端: whoever sits at a handling unit finds, reads and does what was
 * dispatched to it, and nothing else. */

#include "case-desk.h"
#include "linli-case-detail.h"
#include "linli-case-record.h"
#include "linli-case-search.h"
#include "linli-case-tables.h"
#include "linli-case-views.h"
#include "linli-domain-error.h"
#include "linli-json.h"
#include "linli-jump.h"
#include "linli-mask.h"
#include "linli-people-tables.h"
#include "linli-registry.h"
#include "linli-session.h"
#include "linli-sight.h"
#include "linli-text.h"
#include "linli-unit-list.h"
#include "linli-unit-scope.h"

#define NOW CASE_DESK_NOW

static gint64
count (CaseDesk   *f,
       const char *line)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_case_search_count (f->conn, line, linli_clock_now (&f->clock.parent), f->desk->actor, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* The numbers of the unit's lists, in the order of its sidebar. */
static char *
lists (CaseDesk *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) views = linli_case_views_load (f->conn, f->desk->actor, &error);
  g_autoptr(GArray) counts = NULL;
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  counts = linli_case_view_counts (f->conn, views, linli_clock_now (&f->clock.parent), f->desk->actor, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < views->len; i++)
    {
      LinliCaseView *view = views->pdata[i];
      LinliCaseViewCount *n = &g_array_index (counts, LinliCaseViewCount, i);

      if (n->n > 0)
        g_string_append_printf (words, "%s%s %d", words->len > 0 ? ", " : "", view->id, (int) n->n);
    }
  return g_string_free (words, FALSE);
}

#define ASSERT_LISTS(f, expected) \
  G_STMT_START { \
    g_autofree char *lists_ = lists (f); \
    g_assert_cmpstr (lists_, ==, expected); \
  } G_STMT_END

/* A unit sees its own cases under any line; the centre sees all. */
static void
test_lists (CaseDesk     *f,
            gconstpointer data)
{
  CaseSubject mine, other;
  g_autofree char *unsent = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *unit = NULL;
  g_autofree char *elsewhere = NULL;

  case_desk_reach (f, &mine, "dispatched");
  case_desk_reach (f, &other, "dispatched");
  unit = case_desk_text (f, "SELECT unit_id FROM dispatch WHERE case_id = ?1 AND role = 'lead'", mine.id);
  elsewhere = case_desk_text (f, "SELECT id FROM unit WHERE id NOT IN (SELECT unit_id FROM dispatch WHERE case_id = ?1)",
                              mine.id);
  g_assert_cmpint (count (f, ""), ==, 3);
  case_desk_act_as (f, "handler", elsewhere);
  g_assert_cmpint (count (f, ""), ==, 0);
  ASSERT_LISTS (f, "");
  case_desk_act_as (f, "handler", unit);
  g_assert_cmpint (count (f, ""), ==, 2);
  g_assert_cmpint (count (f, "state:open"), ==, 2);
  g_assert_cmpint (count (f, "-part:unsigned"), ==, 0);
  ASSERT_LISTS (f, "open 2, to-sign 2, due-soon 2, all 2");
  case_desk_run (f, &mine, "case.sign", "{\"dispatch\":\"%d\"}");
  ASSERT_LISTS (f, "open 2, to-sign 1, handling 1, due-soon 2, all 2");

  /* With a duty at the centre beside, one works there. */
  case_desk_act_as (f, "handler clerk", unit);
  g_assert_cmpint (count (f, ""), ==, 3);
  case_subject_clear (&mine);
  case_subject_clear (&other);
}

static void
test_stages (CaseDesk     *f,
             gconstpointer data)
{
  CaseSubject s;
  g_autofree char *unit = NULL;

  case_desk_reach (f, &s, "in_progress");
  unit = case_desk_text (f, "SELECT unit_id FROM dispatch WHERE case_id = ?1 AND role = 'lead'", s.id);
  case_desk_run (f, &s, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  case_desk_act_as (f, "handler", unit);
  f->clock.time += 40 * 24 * 60 * CASE_DESK_MINUTE;
  ASSERT_LISTS (f, "open 1, handling 1, overdue 1, all 1");
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已更换井盖\"}");
  ASSERT_LISTS (f, "reported 1, all 1");
  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"请附照片\"}");
  case_desk_act_as (f, "handler", unit);
  g_assert_cmpint (count (f, "part:sent-back"), ==, 1);
  g_assert_cmpint (count (f, "派件:被退回,已报结"), ==, 1);
  case_subject_clear (&s);
}

/* What a list says of each case, most urgent first: its place among @cases, how far the part is, which clock, its due time. */
static char *
urgent (CaseDesk          *f,
        const char        *line,
        const CaseSubject *cases)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) pks = linli_case_search_ids (f->conn, line, LINLI_CASE_SORT_DUE, linli_clock_now (&f->clock.parent),
                                                 f->desk->actor, 0, &error);
  g_autoptr(GPtrArray) records = NULL;
  g_autofree char *unit = NULL;
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (linli_unit_scope_load (f->conn, f->desk->actor, &unit, &error));
  records = linli_case_records_load (f->conn, unit, pks, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      LinliCaseRecord *record = records->pdata[i];
      const char *part = linli_case_record_get_part (record);
      gint64 due = linli_case_record_get_due_at (record);
      guint n = 0;

      while (!g_str_equal (cases[n].id, linli_case_record_get_id (record)))
        n++;
      g_string_append_printf (words, "%s%u", i > 0 ? ", " : "", n + 1);
      if (part != NULL)
        g_string_append_printf (words, " %s", part);
      if (due != 0)
        g_string_append_printf (words, " %s +%d", linli_case_record_get_due_kind (record),
                                (int) ((due - NOW) / CASE_DESK_MINUTE));
    }
  return g_string_free (words, FALSE);
}

#define ASSERT_URGENT(f, line, cases, expected) \
  G_STMT_START { \
    g_autofree char *urgent_ = urgent (f, line, cases); \
    g_assert_cmpstr (urgent_, ==, expected); \
  } G_STMT_END

/* Of three cases the unit beside is the late one in two: rows, their order and what is asked of due times are the unit's
 * own. Signing is due in two working hours: 10:00, 10:30 and 10:45 of the Saturday that is worked. */
static void
test_rows (CaseDesk     *f,
           gconstpointer data)
{
  static const char *const own = "2 sent sign +1050, 3 signed, 1 signed";
  g_autoptr(GError) error = NULL;
  g_autofree char *lead = g_strdup (case_desk_unit (f, 0));
  g_autofree char *assist = g_strdup (case_desk_unit (f, 1));
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(JsonNode) answer = NULL;
  LinliQueryContext context = { 0 };
  CaseSubject cases[3];

  case_desk_reach (f, &cases[0], "dispatched");
  f->clock.time += 30 * CASE_DESK_MINUTE;
  case_desk_reach (f, &cases[1], "dispatched");
  f->clock.time += 15 * CASE_DESK_MINUTE;
  case_desk_reach (f, &cases[2], "dispatched");
  case_desk_run (f, &cases[0], "case.sign", "{\"dispatch\":\"%e\"}");
  case_desk_run (f, &cases[2], "case.sign", "{\"dispatch\":\"%e\"}");
  ASSERT_URGENT (f, "", cases, "1 sign +1020, 2 sign +1050, 3 sign +1065");

  f->clock.time = NOW + 1040 * CASE_DESK_MINUTE;
  g_assert_cmpint (count (f, "overdue:yes"), ==, 1);
  g_assert_cmpint (count (f, "due:2026-02-14"), ==, 3);
  case_desk_act_as (f, "handler", lead);
  ASSERT_URGENT (f, "part:open", cases, "1 sent sign +1020, 2 sent sign +1050, 3 sent sign +1065");
  g_assert_cmpint (count (f, "overdue:yes"), ==, 1);
  case_desk_act_as (f, "handler", assist);
  ASSERT_URGENT (f, "", cases, own);
  ASSERT_URGENT (f, "part:open", cases, own);
  ASSERT_URGENT (f, "井盖", cases, own);
  g_assert_cmpint (count (f, "overdue:yes"), ==, 0);
  g_assert_cmpint (count (f, "overdue:no"), ==, 3);
  g_assert_cmpint (count (f, "due:2026-02-14"), ==, 1);
  g_assert_cmpint (count (f, "-due:2026-02-14"), ==, 2);
  f->clock.time += 11 * CASE_DESK_MINUTE;
  ASSERT_URGENT (f, "overdue:yes", cases, "2 sent sign +1050");
  g_assert_cmpint (count (f, "overdue:no 井盖"), ==, 2);

  context = (LinliQueryContext) { linli_clock_now (&f->clock.parent), f->desk->actor };
  json_object_set_string_member (args, "sort", "due");
  answer = linli_registry_find_query ("case.list")->run (f->conn, &context, args, &error);
  g_assert_no_error (error);
  {
    JsonArray *list = json_node_get_array (answer);
    JsonObject *first = json_array_get_object_element (list, 0);
    JsonObject *second = json_array_get_object_element (list, 1);

    g_assert_cmpstr (linli_json_get_text (first, "due_kind"), ==, "sign");
    g_assert_cmpstr (linli_json_get_text (first, "part"), ==, "sent");
    g_assert_false (json_object_has_member (second, "due_at"));
    g_assert_cmpstr (linli_json_get_text (second, "part"), ==, "signed");
  }

  /* Out of it: the part says so, and nothing is due. */
  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &cases[1], "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  case_desk_act_as (f, "handler", assist);
  ASSERT_URGENT (f, "", cases, "3 signed, 2 released, 1 signed");
  ASSERT_URGENT (f, "part:open", cases, "3 signed, 1 signed");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    case_subject_clear (&cases[i]);
}

static gboolean
says (GPtrArray  *entries,
      const char *body)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_strcmp0 (linli_row_get_text (entries->pdata[i], LINLI_ENTRY_BODY), body) == 0)
      return TRUE;
  return FALSE;
}

/* Of the case what was written for units; of the steps those of its own part. */
static void
test_case (CaseDesk     *f,
           gconstpointer data)
{
  CaseSubject s;
  g_autofree char *assist = NULL;
  g_autofree char *stranger = NULL;
  g_autoptr(LinliCaseDetail) detail = NULL;
  g_autoptr(GPtrArray) jumps = NULL;
  g_autoptr(LinliSession) session = NULL;
  g_autoptr(GError) error = NULL;

  case_desk_reach (f, &s, "dispatched");
  case_desk_run (f, &s, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (f, &s, "case.note", "{\"case\":\"%c\",\"audience\":\"internal\",\"body\":\"内部看\"}");
  case_desk_run (f, &s, "case.note", "{\"case\":\"%c\",\"audience\":\"unit\",\"body\":\"单位看\"}");
  assist = case_desk_text (f, "SELECT unit_id FROM dispatch WHERE case_id = ?1 AND role = 'assist'", s.id);
  stranger = case_desk_text (f, "SELECT id FROM unit WHERE id NOT IN (SELECT unit_id FROM dispatch WHERE case_id = ?1)", s.id);

  case_desk_act_as (f, "handler", assist);
  session = linli_session_load (f->conn, f->desk->actor, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->unit, ==, assist);
  detail = linli_case_detail_load_for (f->conn, s.id, f->desk->actor, LINLI_ROLE_ANY, &error);
  g_assert_no_error (error);
  g_assert_true (says (detail->entries, "单位看"));
  g_assert_false (says (detail->entries, "内部看"));
  g_assert_true (g_strv_contains ((const char *const *) detail->actions, "case.sign"));
  g_assert_false (g_strv_contains ((const char *const *) detail->actions, "case.done")); /* the lead's, not ours */
  g_assert_false (g_strv_contains ((const char *const *) detail->actions, "case.dispatch"));

  /* What would go past it is refused, in the list of commands and below. */
  {
    g_autofree char *inside = case_desk_fill (f, &s, "{\"case\":\"%c\",\"audience\":\"internal\",\"body\":\"看不见\"}");
    g_autofree char *note = case_desk_fill (f, &s, "{\"case\":\"%c\",\"audience\":\"unit\",\"body\":\"收到\"}");

    case_desk_refused (f, "invalid", "audience", "case.note", "%s", inside);
    linli_outcome_free (case_desk_do (f, "case.note", "%s", note));
    case_desk_act_as (f, "handler", stranger);
    case_desk_refused (f, "other-unit", "case", "case.note", "%s", note);
  }
  g_clear_pointer (&detail, linli_case_detail_unref);
  detail = linli_case_detail_load_for (f->conn, s.id, f->desk->actor, LINLI_ROLE_ANY, &error);
  g_assert_null (detail);
  g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  jumps = linli_jump_find (f->conn, "市", NOW, f->desk->actor, 8, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jumps->len, ==, 0);
  case_subject_clear (&s);
}

/* 保密: the resident stays unknown to the unit. */
static void
test_confidential (CaseDesk     *f,
                   gconstpointer data)
{
  g_autoptr(LinliOutcome) taken = case_desk_do (f, "case.intake", "{\"text\":\"邻居打人\",\"channel\":\"CK01\",\"item\":\"%s\","
                                                "\"appellant\":{\"name\":\"李四\",\"confidential\":true}}", CASE_DESK_LEAF);
  g_autofree char *id = case_desk_tell (taken, "case");
  g_autofree char *unit = g_strdup (case_desk_unit (f, 0));
  g_autoptr(LinliCaseDetail) detail = NULL;
  g_autoptr(GError) error = NULL;

  linli_outcome_free (case_desk_do (f, "case.accept", "{\"case\":\"%s\",\"item\":\"%s\"}", id, CASE_DESK_LEAF));
  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, unit));
  case_desk_act_as (f, "handler", unit);
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  detail = linli_case_detail_load_for (f->conn, id, f->desk->actor, LINLI_ROLE_ANY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (linli_row_get_text (detail->appellants->pdata[0], LINLI_APPELLANT_NAME), ==, LINLI_MASK_WHOLE);
  g_assert_cmpstr (linli_row_get_text (detail->case_row, LINLI_CASE_APPELLANT_NAME), ==, LINLI_MASK_WHOLE);
  g_assert_true (linli_sight_lift (f->conn, &error));
  case_desk_act_as (f, NULL, NULL);
  g_clear_pointer (&detail, linli_case_detail_unref);
  detail = linli_case_detail_load_for (f->conn, id, f->desk->actor, LINLI_ROLE_ANY, &error);
  g_assert_cmpstr (linli_row_get_text (detail->case_row, LINLI_CASE_APPELLANT_NAME), ==, "李四");
}

/* Every query either was narrowed or is refused. */
static void
test_queries (CaseDesk     *f,
              gconstpointer data)
{
  static const struct { const char *name; gboolean allowed; } cases[] = {
    { "case.list", TRUE }, { "case.show", TRUE }, { "entry.list", TRUE }, { "notice.list", TRUE }, { "unit.find", TRUE },
    { "case.figures", FALSE }, { "case.overview", FALSE }, { "case.context", FALSE }, { "core.audit", FALSE },
    { "appellant.find", FALSE }, { "account.list", FALSE }, { "place.list", FALSE }, { "import.list", FALSE },
  };

  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", cases[i].name);
      linli_unit_scope_check_query (f->conn, linli_registry_find_query (cases[i].name), f->desk->actor, &error);
      if (cases[i].allowed)
        g_assert_no_error (error);
      else
        g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_ALLOWED);
      g_clear_error (&error);
      g_assert_true (linli_unit_scope_check_query (f->conn, linli_registry_find_query (cases[i].name), f->chief, &error));
    }
}

/* --- The list of units --- */

/* "open/late/items/accounts" of a unit, and whether it is closed. */
static char *
unit_line (CaseDesk   *f,
           const char *unit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = linli_unit_list_load (f->conn, linli_clock_now (&f->clock.parent), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      LinliUnitFacts *facts = list->pdata[i];

      if (g_str_equal (linli_row_get_id (facts->row), unit))
        return g_strdup_printf ("%u/%u/%u/%u%s", facts->n_open, facts->n_late, facts->n_items, facts->n_accounts,
                                linli_row_get_int (facts->row, LINLI_UNIT_ACTIVE) ? "" : " closed");
    }
  return NULL;
}

#define ASSERT_UNIT(f, unit, expected) \
  G_STMT_START { \
    g_autofree char *unit_line_ = unit_line (f, unit); \
    g_assert_cmpstr (unit_line_, ==, expected); \
  } G_STMT_END

/* What the page says a unit owes is what the unit's own lists say; it is closed only when it owes nothing. */
static void
test_closing (CaseDesk     *f,
              gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) refused = NULL;
  g_autoptr(LinliOutcome) reopened = NULL;
  g_autoptr(JsonNode) shown = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *code = NULL;
  g_autofree char *number = NULL;
  g_autofree char *items = NULL;
  g_autofree char *before = NULL;
  g_autofree char *late = NULL;
  g_autofree char *idle = NULL;
  CaseSubject s;

  case_desk_reach (f, &s, "in_progress");
  unit = case_desk_text (f, "SELECT unit_id FROM dispatch WHERE case_id = ?1 AND role = 'lead'", s.id);
  code = case_desk_text (f, "SELECT code FROM unit WHERE id = ?1", unit);
  number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", s.id);
  items = case_desk_text (f, "SELECT CAST (count(*) AS TEXT) FROM duty_item WHERE lead_unit_id = ?1 AND active = 1", unit);
  before = g_strdup_printf ("1/0/%s/0", items);
  late = g_strdup_printf ("1/1/%s/0", items);
  idle = g_strdup_printf ("0/0/%s/0", items);
  ASSERT_UNIT (f, unit, before);
  f->clock.time += 40 * 24 * 60 * CASE_DESK_MINUTE;
  ASSERT_UNIT (f, unit, late);

  /* It names the case, and neither door closes the unit over it. */
  refused = case_desk_try (f, &error, "unit.close", "{\"unit\":\"%s\",\"reason\":\"撤并\"}", unit);
  g_assert_null (refused);
  g_assert_cmpstr (linli_domain_error_get_reason (error), ==, "unit-has-cases");
  g_assert_nonnull (strstr (error->message, number));
  case_desk_refused (f, "unit-has-cases", "unit", "unit.save", "{\"code\":\"%s\",\"name\":\"某单位\",\"active\":false}",
                     code);
  case_desk_refused (f, "invalid", "unit", "unit.reopen", "{\"unit\":\"%s\"}", unit);

  case_desk_run (f, &s, "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"单位撤并\"}");
  ASSERT_UNIT (f, unit, idle);
  case_desk_refused (f, "invalid", "reason", "unit.close", "{\"unit\":\"%s\",\"reason\":\"\"}", unit);
  linli_outcome_free (case_desk_do (f, "unit.close", "{\"unit\":\"%s\",\"reason\":\"撤并\"}", unit));
  g_clear_pointer (&idle, g_free);
  idle = g_strdup_printf ("0/0/%s/0 closed", items);
  ASSERT_UNIT (f, unit, idle);
  case_desk_refused (f, "invalid", "unit", "unit.close", "{\"unit\":\"%s\",\"reason\":\"再次\"}", unit);

  /* Opened again it takes a case; then the opening cannot be taken back over it. */
  reopened = case_desk_do (f, "unit.reopen", "{\"unit\":\"%s\"}", unit);
  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, unit));
  ASSERT_UNIT (f, unit, late);
  {
    g_autofree char *id = case_desk_text (f, "SELECT id FROM audit WHERE kind = 'unit.reopen'", NULL);

    case_desk_refused (f, "unit-has-cases", "unit", "core.undo", "{\"operation\":\"%s\"}", id);
  }
  case_subject_clear (&s);
}

/* Whoever may not see a confidential case does not learn its number from a unit that owes it; and a unit that was opened
 * as a row is not closed over a case by taking that back. */
static void
test_closing_unseen (CaseDesk     *f,
                     gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) made = case_desk_do (f, "unit.save", "{\"code\":\"GS-1\",\"name\":\"滨海供水\",\"active\":false}");
  g_autofree char *unit = case_desk_tell (made, "unit");
  g_autofree char *operation = NULL;
  g_autofree char *number = NULL;
  CaseSubject s;

  linli_outcome_free (case_desk_do (f, "unit.save", "{\"code\":\"GS-1\",\"name\":\"滨海供水\",\"active\":true}"));
  operation = case_desk_text (f, "SELECT id FROM audit WHERE kind = 'unit.save' AND ?1 IS NULL ORDER BY pk DESC LIMIT 1", NULL);
  case_desk_reach (f, &s, "in_progress");
  number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", s.id);
  case_desk_run (f, &s, "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}");
  linli_outcome_free (case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, unit));
  case_desk_refused (f, "unit-has-cases", "unit", "core.undo", "{\"operation\":\"%s\"}", operation);

  linli_outcome_free (case_desk_do (f, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", s.id));
  linli_outcome_free (case_desk_do (f, "role.set-rights", "{\"role\":\"admin\",\"rights\":\"lists\"}"));
  case_desk_act_as (f, "admin", NULL);
  g_assert_null (case_desk_try (f, &error, "unit.close", "{\"unit\":\"%s\",\"reason\":\"撤并\"}", unit));
  g_assert_cmpstr (linli_domain_error_get_reason (error), ==, "unit-has-cases");
  g_assert_null (strstr (error->message, number));
  case_subject_clear (&s);
}

static void
test_unit_search (CaseDesk     *f,
                  gconstpointer data)
{
  static const struct
  {
    const char *typed;
    gboolean    found;
  } lines[] = {
    { "", TRUE }, { "供水", TRUE }, { "bhgs", TRUE }, { "BHGS", TRUE }, { "管线 王工", TRUE }, { "2580", TRUE },
    { "gs-1", TRUE }, { "王工 李工", FALSE }, { "供电", FALSE },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) made = case_desk_do (f, "unit.save", "{\"code\":\"GS-1\",\"name\":\"滨海供水\",\"kind\":"
                                               "\"管线企业\",\"contact\":\"王工\",\"phone\":\"0755-25802580\"}");
  g_autofree char *id = case_desk_tell (made, "unit");
  g_autoptr(GPtrArray) list = linli_unit_list_load (f->conn, NOW, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *folded = linli_text_fold (lines[i].typed, -1);
      gboolean found = FALSE;

      for (guint u = 0; u < list->len; u++)
        {
          LinliUnitFacts *facts = list->pdata[u];

          if (g_str_equal (linli_row_get_id (facts->row), id))
            found = linli_unit_facts_match (facts, folded);
        }
      g_assert_cmpint (found, ==, lines[i].found);
    }
  /* An emptied word is taken away; one that is not told stays. */
  linli_outcome_free (case_desk_do (f, "unit.save", "{\"code\":\"GS-1\",\"name\":\"滨海供水\",\"contact\":\"\"}"));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM unit WHERE id = ?1 AND contact IS NULL AND kind IS NOT NULL", id),
                   ==, 1);
  case_desk_refused (f, "invalid", "parent", "unit.save", "{\"code\":\"GS-1\",\"name\":\"滨海供水\",\"parent\":\"GS-1\"}");
}

/* Whoever answers for a whole finds it when something happened in its parts since. */
static void
test_wholes_to_look_at (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *whole = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *other = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) split = case_desk_do (f, "case.split", "{\"case\":\"%s\",\"parts\":[{\"text\":\"井盖\",\"item\":\"06.01\"},"
                                                "{\"text\":\"路灯\",\"item\":\"06.02\"}]}", whole);
  g_autofree char *part = case_desk_text (f, "SELECT id FROM cases WHERE parent_id = ?1 ORDER BY case_no LIMIT 1", whole);

  g_assert_nonnull (split);
  g_assert_nonnull (other);
  g_assert_cmpint (count (f, "待:拆分"), ==, 0);
  f->clock.time += CASE_DESK_MINUTE;
  {
    g_autoptr(LinliOutcome) noted = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"已到场\",\"audience\":\"unit\"}", part);

    g_assert_nonnull (noted);
  }
  g_assert_cmpint (count (f, "待:拆分"), ==, 1);
  g_assert_cmpint (count (f, "awaits:parts"), ==, 1);
  f->clock.time += CASE_DESK_MINUTE;
  {
    g_autoptr(LinliOutcome) noted = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"知道了\",\"audience\":\"unit\"}", whole);

    g_assert_nonnull (noted);
  }
  g_assert_cmpint (count (f, "待:拆分"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add (name, CaseDesk, ":memory:", case_desk_set_up, func, case_desk_tear_down)
  ADD ("/unit-scope/lists", test_lists);
  ADD ("/unit-scope/wholes-to-look-at", test_wholes_to_look_at);
  ADD ("/unit-scope/stages", test_stages);
  ADD ("/unit-scope/rows", test_rows);
  ADD ("/unit-scope/case", test_case);
  ADD ("/unit-scope/confidential", test_confidential);
  ADD ("/unit-scope/queries", test_queries);
  ADD ("/unit-scope/closing", test_closing);
  ADD ("/unit-scope/closing-unseen", test_closing_unseen);
  ADD ("/unit-scope/search", test_unit_search);

  return g_test_run ();
}
