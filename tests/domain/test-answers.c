/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers given on the spot: which fit, which may be given, what they leave
 * behind, and what many ask that none answers. */

#include "case-desk.h"
#include "linli-answers.h"
#include "linli-hot-topics.h"
#include "linli-row.h"

#include <string.h>

#define PERMIT "居住证怎么办理\\n办居住证要带什么材料"

static char *
save (CaseDesk   *f,
      const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "answer.save",
                                                  "{\"questions\":\"" PERMIT "\",\"answer\":\"带身份证和租赁合同到三楼\",\"item\":\"%s\"%s}",
                                                  CASE_DESK_LEAF, more);

  return case_desk_tell (outcome, "answer");
}

static void
test_answer_closes (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *answer = save (f, "");
  g_autofree char *id = case_desk_intake (f, "请问居住证怎么办理");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\",\"version\":1}", id, answer);
  g_autofree char *state = case_desk_text (f, "SELECT state FROM cases WHERE id = ?1", id);
  g_autofree char *reply = case_desk_text (f, "SELECT resident_reply FROM cases WHERE id = ?1", id);
  g_autofree char *used = case_desk_text (f, "SELECT instant_answer_id FROM cases WHERE id = ?1", id);
  g_autofree char *item = case_desk_text (f, "SELECT item_code FROM cases WHERE id = ?1", id);
  g_autofree char *audience = case_desk_text (f, "SELECT audience FROM entry WHERE case_id = ?1 AND kind = 'answer'", id);
  g_autofree char *version = case_desk_text (f, "SELECT json_extract (payload, '$.version') FROM entry WHERE case_id = ?1 "
                                             "AND kind = 'answer'", id);
  g_autofree char *after = NULL;
  g_autoptr(LinliOutcome) undone = NULL;

  g_assert_cmpstr (state, ==, "closed");
  g_assert_cmpstr (reply, ==, "带身份证和租赁合同到三楼");
  g_assert_cmpstr (used, ==, answer);
  g_assert_cmpstr (item, ==, CASE_DESK_LEAF);
  g_assert_cmpstr (audience, ==, "resident");
  g_assert_cmpstr (version, ==, "1");

  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
  after = case_desk_text (f, "SELECT state || coalesce (instant_answer_id, '') FROM cases WHERE id = ?1", id);
  g_assert_cmpstr (after, ==, "received");
}

/* Undoing one use leaves another alone, and the count with it. */
static void
test_uses_are_counted (CaseDesk     *f,
                       gconstpointer data)
{
  g_autofree char *answer = save (f, "");
  g_autofree char *first = case_desk_intake (f, "居住证怎么办理");
  g_autofree char *second = case_desk_intake (f, "居住证怎么办理呀");
  g_autoptr(LinliOutcome) one = case_desk_do (f, "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", first, answer);
  g_autoptr(LinliOutcome) two = case_desk_do (f, "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", second, answer);
  g_autoptr(LinliOutcome) undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", one->operation);
  g_autoptr(GPtrArray) answers = linli_answers_load (f->conn, NULL, CASE_DESK_NOW, NULL);

  g_assert_cmpuint (answers->len, ==, 1);
  g_assert_cmpint (((LinliAnswer *) answers->pdata[0])->n_uses, ==, 1);
  g_assert_cmpint (((LinliAnswer *) answers->pdata[0])->used_at, ==, CASE_DESK_NOW);
}

static void
test_only_valid_ones_are_given (CaseDesk     *f,
                                gconstpointer data)
{
  /* It is 13 February 2026 at the centre. */
  static const struct { const char *more; const char *reason; } cases[] = {
    { ",\"valid_until\":\"2026-02-13\"", NULL },
    { ",\"valid_from\":\"2026-02-13\"", NULL },
    { ",\"valid_until\":\"2026-02-12\"", "answer-not-valid" },
    { ",\"valid_from\":\"2026-02-14\"", "answer-not-valid" },
    { ",\"audience\":\"internal\"", "answer-internal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = save (f, cases[i].more);
      g_autofree char *id = case_desk_intake (f, "居住证怎么办理");
      g_autoptr(GPtrArray) fitting = linli_answers_match (f->conn, "居住证怎么办理", CASE_DESK_NOW, 3, NULL);
      g_autoptr(LinliOutcome) retired = NULL;

      g_assert_cmpuint (fitting->len, ==, cases[i].reason == NULL ? 1 : 0);
      if (cases[i].reason != NULL)
        case_desk_refused (f, cases[i].reason, "answer", "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", id, answer);
      else
        {
          g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", id, answer);
        }
      retired = case_desk_do (f, "answer.retire", "{\"id\":\"%s\"}", answer);
    }
}

static void
test_refusals (CaseDesk     *f,
               gconstpointer data)
{
  g_autofree char *answer = save (f, "");
  g_autofree char *id = case_desk_intake (f, "居住证怎么办理");
  g_autofree char *registered = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(LinliOutcome) retired = NULL;

  case_desk_refused (f, "illegal-transition", "case", "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", registered, answer);
  outcome = case_desk_do (f, "answer.save", "{\"id\":\"%s\",\"version\":1,\"questions\":\"居住证\",\"answer\":\"到二楼\"}", answer);
  case_desk_refused (f, "changed-since", "version", "answer.save", "{\"id\":\"%s\",\"version\":1,\"questions\":\"居住证\",\"answer\":\"到四楼\"}", answer);
  case_desk_refused (f, "changed-since", "version", "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\",\"version\":1}", id, answer);
  case_desk_refused (f, "invalid", "valid_until", "answer.save", "{\"questions\":\"a\",\"answer\":\"b\",\"valid_until\":\"2026-13-01\"}");
  case_desk_refused (f, "invalid", "valid_until", "answer.save", "{\"questions\":\"a\",\"answer\":\"b\",\"valid_from\":\"2026-02-02\",\"valid_until\":\"2026-02-01\"}");
  case_desk_refused (f, "invalid", "questions", "answer.save", "{\"questions\":\" \\n \",\"answer\":\"b\"}");
  case_desk_refused (f, "invalid", "item", "answer.save", "{\"questions\":\"a\",\"answer\":\"b\",\"item\":\"%s\"}", CASE_DESK_CLASS);
  retired = case_desk_do (f, "answer.retire", "{\"id\":\"%s\"}", answer);
  case_desk_refused (f, "answer-not-valid", "answer", "case.answer", "{\"case\":\"%s\",\"answer\":\"%s\"}", id, answer);
}

static void
test_fit (void)
{
  static const struct { const char *text; gboolean fits; } cases[] = {
    { "居住证怎么办理", TRUE },
    { "你好,我想问一下居住证怎么办理,我是外地来的", TRUE },
    { "居住证　怎么 办理？", TRUE },
    { "办居住证要带什么材料啊", TRUE },
    { "残疾证怎么办理", FALSE },
    { "小区门口井盖松动", FALSE },
    { "怎么办", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double fit = linli_answer_fit ("居住证怎么办理\n办居住证要带什么材料", cases[i].text);

      g_test_message ("%s: %.2f", cases[i].text, fit);
      g_assert_true ((fit >= 0.55) == cases[i].fits);
    }
}

static void
take_in_many (CaseDesk   *f,
              const char *text,
              guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"%s\",\"channel\":\"DH01\",\"item\":\"%s\"}",
                                                      text, CASE_DESK_LEAF);
    }
}

/* Enough alike make a topic; too few, other words, or an answer kept, none. */
static void
test_hot_topics (CaseDesk     *f,
                 gconstpointer data)
{
  g_autoptr(GPtrArray) topics = NULL;
  g_autoptr(GPtrArray) few = NULL;
  g_autoptr(GPtrArray) answered = NULL;
  g_autofree char *answer = NULL;

  take_in_many (f, "请问居住证怎么办理", 3);
  take_in_many (f, "居住证怎么办理", 2);
  take_in_many (f, "门口的井盖松动很响", 2);
  topics = linli_hot_topics_load (f->conn, CASE_DESK_NOW, 5, 30, NULL);
  g_assert_cmpuint (topics->len, ==, 1);
  g_assert_cmpuint (((LinliHotTopic *) topics->pdata[0])->n_cases, ==, 5);
  g_assert_nonnull (strstr (((LinliHotTopic *) topics->pdata[0])->question, "居住证"));
  few = linli_hot_topics_load (f->conn, CASE_DESK_NOW, 6, 30, NULL);
  g_assert_cmpuint (few->len, ==, 0);
  answer = save (f, "");
  answered = linli_hot_topics_load (f->conn, CASE_DESK_NOW, 5, 30, NULL);
  g_assert_cmpuint (answered->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/answers/closes", CaseDesk, NULL, case_desk_set_up, test_answer_closes, case_desk_tear_down);
  g_test_add ("/answers/uses-are-counted", CaseDesk, NULL, case_desk_set_up, test_uses_are_counted, case_desk_tear_down);
  g_test_add ("/answers/only-valid-ones", CaseDesk, NULL, case_desk_set_up, test_only_valid_ones_are_given, case_desk_tear_down);
  g_test_add ("/answers/refusals", CaseDesk, NULL, case_desk_set_up, test_refusals, case_desk_tear_down);
  g_test_add_func ("/answers/fit", test_fit);
  g_test_add ("/answers/hot-topics", CaseDesk, NULL, case_desk_set_up, test_hot_topics, case_desk_tear_down);

  return g_test_run ();
}
