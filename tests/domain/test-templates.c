/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kept texts and macros: what fills them in, whom they are offered to, who may
 * change them. */

#include "case-desk.h"

#include "linli-inbox-tables.h"
#include "linli-macro.h"
#include "linli-registry.h"
#include "linli-template.h"

static char *
fill (CaseDesk   *f,
      const char *body,
      const char *case_id)
{
  g_autoptr(GError) error = NULL;
  char *text = linli_template_fill (f->conn, body, case_id, CASE_DESK_NOW, f->chief, &error);

  g_assert_no_error (error);
  return text;
}

static void
test_fill (CaseDesk     *f,
           gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *number = case_desk_text (f, "SELECT case_no FROM cases WHERE id = ?1", id);
  const struct { const char *body; char *expected; } cases[] = {
    { "{case_no} 已收到", g_strconcat (number, " 已收到", NULL) },
    { "今天是{today}", g_strdup ("今天是2026年2月13日") },
    { "{clerk}经办", g_strdup ("陈静经办") },
    { "{nonsense} 与 {", g_strdup ("{nonsense} 与 {") },    /* no variable: as it was written */
    { "{result}", g_strdup ("{result}") },                  /* not known yet: seen by the clerk */
    { "没有变量", g_strdup ("没有变量") },
    { "", g_strdup ("") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = fill (f, cases[i].body, id);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_free (cases[i].expected);
    }
}

static char *
save (CaseDesk   *f,
      const char *name,
      const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "template.save", "{\"name\":\"%s\",\"body\":\"…\",\"for\":\"everybody\"%s}", name, more);

  return case_desk_tell (outcome, "template");
}

static char *
names (CaseDesk   *f,
       const char *typed,
       const char *purpose,
       const char *case_id,
       const char *actor)
{
  g_autoptr(GPtrArray) rows = linli_template_find (f->conn, typed, purpose, case_id, actor, 100, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", linli_row_get_text (rows->pdata[i], LINLI_TEMPLATE_NAME));
  return g_string_free (text, FALSE);
}

static void
test_find (CaseDesk     *f,
           gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *any = save (f, "通用", "");
  g_autofree char *class = save (f, "本类", ",\"item\":\"" CASE_DESK_CLASS "\"");
  g_autofree char *leaf = save (f, "井盖", ",\"item\":\"" CASE_DESK_LEAF "\",\"purpose\":\"instruction\"");
  g_autofree char *other = save (f, "路灯", ",\"item\":\"" CASE_DESK_OTHER "\"");
  g_autofree char *closed = save (f, "结案", ",\"state\":\"closed\"");
  static const struct { const char *typed; const char *purpose; const char *expected; } cases[] = {
    { NULL, NULL, "井盖 本类 通用" },
    { NULL, "reply", "本类 通用" },
    { "jg", NULL, "井盖" },
    { "本", NULL, "本类" },
    { "没有", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = names (f, cases[i].typed, cases[i].purpose, id, f->chief);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_rights (CaseDesk     *f,
             gconstpointer data)
{
  g_autofree char *shared = save (f, "共用", "");
  g_autoptr(LinliOutcome) own = NULL;
  g_autofree char *own_id = NULL;
  g_autofree char *seen = NULL;

  case_desk_act_as (f, "clerk", NULL);
  case_desk_refused (f, "not-shared", "for", "template.save", "{\"name\":\"x\",\"body\":\"x\",\"for\":\"everybody\"}");
  case_desk_refused (f, "not-shared", "for", "template.remove", "{\"id\":\"%s\"}", shared);
  own = case_desk_do (f, "template.save", "{\"name\":\"自用\",\"body\":\"x\"}");
  own_id = case_desk_tell (own, "template");
  seen = names (f, NULL, NULL, NULL, f->chief);
  g_assert_cmpstr (seen, ==, "共用");
  linli_desk_set_actor (f->desk, f->chief);
  case_desk_refused (f, "other-owner", "id", "template.remove", "{\"id\":\"%s\"}", own_id);
}

static void
test_macro_steps (CaseDesk     *f,
                  gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GPtrArray) macros = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree const char **overrides = NULL;

  case_desk_refused (f, "invalid", "steps", "macro.save", "{\"name\":\"空\",\"steps\":[]}");
  case_desk_refused (f, "invalid", "steps", "macro.save", "{\"name\":\"不行\",\"steps\":[{\"command\":\"view.save\"}]}");
  outcome = case_desk_do (f, "macro.save", "{\"name\":\"加急归类\",\"steps\":[{\"command\":\"case.classify\",\"args\":"
                                           "{\"item\":\"" CASE_DESK_OTHER "\"}},{\"command\":\"case.edit\",\"args\":"
                                           "{\"urgency\":\"urgent\"}}]}");
  macros = linli_macro_find (f->conn, f->chief, NULL);
  g_assert_cmpuint (macros->len, ==, 1);
  steps = linli_macro_parse (linli_row_get_text (macros->pdata[0], LINLI_MACRO_STEPS), NULL);
  g_assert_cmpuint (steps->len, ==, 2);
  rows = linli_conn_select (f->conn, linli_registry_find_table ("cases"), NULL, "id = ?1", "s", id);
  overrides = linli_macro_overrides (steps, rows->pdata[0]);
  g_assert_cmpstr (overrides[0], ==, "item"); /* somebody chose another leaf by hand */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/domain/templates/" name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("fill", test_fill);
  ADD ("find", test_find);
  ADD ("rights", test_rights);
  ADD ("macro-steps", test_macro_steps);
  return g_test_run ();
}
