/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words, files and searches that people add; who may see them. */

#include "case-desk.h"
#include "linli-json.h"

#define SHA   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define DRAFT "0195c0de-7000-7abc-8def-0123456789ab"
#define FILE_ARGS "\"sha256\":\"" SHA "\",\"name\":\"照片.jpg\",\"content_type\":\"image/jpeg\",\"size\":52428800"

static char *
note (CaseDesk   *f,
      const char *id,
      const char *audience)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"记一笔\",\"audience\":\"%s\"}", id, audience);

  return case_desk_tell (outcome, "entry");
}

static void
test_files_stay_with_their_words (CaseDesk     *f,
                                  gconstpointer data)
{
  static const struct { const char *words, *file; gboolean may; } cases[] = {
    { "internal", "internal", TRUE }, { "internal", "unit", FALSE }, { "internal", "resident", FALSE },
    { "unit", "internal", TRUE }, { "unit", "unit", TRUE }, { "unit", "resident", FALSE },
    { "resident", "internal", TRUE }, { "resident", "unit", TRUE }, { "resident", "resident", TRUE },
  };
  g_autofree char *id = case_desk_intake (f, "井盖破了");
  g_autofree char *other = case_desk_intake (f, "另一件");
  g_autofree char *elsewhere = note (f, other, "resident");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *entry = note (f, id, cases[i].words);

      if (cases[i].may)
        {
          g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.attach", "{\"case\":\"%s\"," FILE_ARGS ",\"audience\":\"%s\",\"entry\":\"%s\"}",
                                                          id, cases[i].file, entry);

          g_assert_nonnull (outcome);
        }
      else
        case_desk_refused (f, "invalid", "audience", "case.attach", "{\"case\":\"%s\"," FILE_ARGS ",\"audience\":\"%s\",\"entry\":\"%s\"}",
                           id, cases[i].file, entry);
    }
  case_desk_refused (f, "invalid", "entry", "case.attach", "{\"case\":\"%s\"," FILE_ARGS ",\"audience\":\"internal\",\"entry\":\"%s\"}",
                     id, elsewhere);
}

static void
test_removed_files_are_kept (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *id = case_desk_intake (f, "井盖破了");
  g_autoptr(LinliOutcome) added = case_desk_do (f, "case.attach", "{\"case\":\"%s\"," FILE_ARGS ",\"audience\":\"internal\"}", id);
  g_autofree char *file = case_desk_tell (added, "attachment");
  g_autofree char *audience = NULL;
  g_autoptr(LinliOutcome) removed = case_desk_do (f, "case.detach", "{\"attachment\":\"%s\",\"reason\":\"传错\"}", file);
  g_autoptr(LinliOutcome) back = NULL;

  g_assert_cmpint (case_desk_int (f, "SELECT removed_at FROM attachment WHERE id = ?1", file), ==, CASE_DESK_NOW);
  audience = case_desk_text (f, "SELECT audience FROM entry WHERE kind = 'detach' AND case_id = ?1", id);
  g_assert_cmpstr (audience, ==, "internal"); /* its removal tells nobody more than it did */
  case_desk_refused (f, "invalid", "attachment", "case.detach", "{\"attachment\":\"%s\"}", file);
  back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", removed->operation);
  g_assert_cmpint (case_desk_int (f, "SELECT removed_at IS NULL FROM attachment WHERE id = ?1", file), ==, 1);
}

static void
test_draft_becomes_the_note (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *id = case_desk_intake (f, "井盖破了");
  g_autoptr(LinliOutcome) saved = case_desk_do (f, "draft.save", "{\"id\":\"" DRAFT "\",\"kind\":\"note\",\"subject\":\"%s\",\"body\":{\"body\":\"记\"}}", id);
  g_autoptr(LinliOutcome) noted = NULL;

  noted = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"记一笔\",\"audience\":\"unit\",\"draft\":\"" DRAFT "\"}", id);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM draft", NULL), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE body = '记一笔'", NULL), ==, 1);
}

static void
test_views_belong_to_somebody (CaseDesk     *f,
                               gconstpointer data)
{
  g_autoptr(LinliOutcome) own = case_desk_do (f, "view.save", "{\"name\":\"井盖\",\"query\":\"井盖 state:open\",\"sort\":\"due\"}");
  g_autoptr(LinliOutcome) shared = case_desk_do (f, "view.save", "{\"name\":\"超期\",\"query\":\"overdue:yes\",\"sort\":\"due\",\"shared\":true}");
  g_autofree char *own_id = case_desk_tell (own, "view");
  g_autofree char *shared_id = case_desk_tell (shared, "view");
  g_autoptr(LinliOutcome) renamed = NULL;
  g_autoptr(LinliOutcome) removed = NULL;
  g_autoptr(LinliOutcome) back = NULL;

  case_desk_act_as (f, "clerk", NULL);
  case_desk_refused (f, "other-owner", "id", "view.save", "{\"id\":\"%s\",\"name\":\"x\",\"query\":\"x\",\"sort\":\"due\"}", own_id);
  case_desk_refused (f, "other-owner", "id", "view.remove", "{\"id\":\"%s\"}", own_id);
  case_desk_refused (f, "not-shared", "shared", "view.save", "{\"id\":\"%s\",\"name\":\"超期的\"}", shared_id);
  case_desk_refused (f, "not-shared", "shared", "view.remove", "{\"id\":\"%s\"}", shared_id);
  case_desk_refused (f, "not-shared", "shared", "view.move", "{\"id\":\"%s\"}", shared_id);
  case_desk_refused (f, "not-shared", "shared", "view.save", "{\"name\":\"x\",\"query\":\"x\",\"shared\":true}");
  case_desk_act_as (f, "dispatcher", NULL);
  renamed = case_desk_do (f, "view.save", "{\"id\":\"%s\",\"name\":\"超期的\"}", shared_id);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM saved_view WHERE id = ?1 AND query = 'overdue:yes'"
                                     " AND name = '超期的' AND sort = 'due'", shared_id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT owner_id IS NULL FROM saved_view WHERE id = ?1", shared_id), ==, 1);
  removed = case_desk_do (f, "view.remove", "{\"id\":\"%s\"}", shared_id);
  g_assert_cmpint (case_desk_int (f, "SELECT active FROM saved_view WHERE id = ?1", shared_id), ==, 0);
  back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", removed->operation);
  g_assert_cmpint (case_desk_int (f, "SELECT active FROM saved_view WHERE id = ?1", shared_id), ==, 1);
  case_desk_refused (f, "invalid", "sort", "view.save", "{\"name\":\"x\",\"query\":\"x\",\"sort\":\"best\"}");
}

static char *
save_view (CaseDesk   *f,
           const char *name,
           const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "view.save", "{\"name\":\"%s\",\"query\":\"井盖\"%s}", name, more);

  return case_desk_tell (outcome, "view");
}

static void
assert_order (CaseDesk   *f,
              const char *expected)
{
  g_autofree char *order = case_desk_text (f, "SELECT group_concat (name, '') FROM (SELECT name FROM saved_view WHERE active = 1"
                                              " ORDER BY owner_id IS NULL, position, pk)", NULL);

  g_assert_cmpstr (order, ==, expected);
}

static void
test_views_are_ordered (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *a = save_view (f, "甲", "");
  g_autofree char *s = save_view (f, "子", ",\"shared\":true");
  g_autofree char *b = save_view (f, "乙", "");
  g_autofree char *c = save_view (f, "丙", "");
  g_autofree char *t = save_view (f, "丑", ",\"shared\":true");
  g_autoptr(LinliOutcome) moved = NULL;
  g_autoptr(LinliOutcome) last = NULL;
  g_autoptr(LinliOutcome) shared = NULL;
  g_autoptr(LinliOutcome) given = NULL;
  g_autoptr(LinliOutcome) back = NULL;

  assert_order (f, "甲乙丙子丑");
  moved = case_desk_do (f, "view.move", "{\"id\":\"%s\",\"before\":\"%s\"}", c, a);
  assert_order (f, "丙甲乙子丑");
  last = case_desk_do (f, "view.move", "{\"id\":\"%s\"}", c);
  assert_order (f, "甲乙丙子丑");
  shared = case_desk_do (f, "view.move", "{\"id\":\"%s\",\"before\":\"%s\"}", t, s);
  assert_order (f, "甲乙丙丑子");
  case_desk_refused (f, "invalid", "before", "view.move", "{\"id\":\"%s\",\"before\":\"%s\"}", a, s);
  given = case_desk_do (f, "view.save", "{\"id\":\"%s\",\"shared\":true}", a);
  assert_order (f, "乙丙丑子甲");
  back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", shared->operation);
  assert_order (f, "乙丙子甲丑");
  case_desk_refused (f, "invalid", "name", "view.save", "{\"id\":\"%s\",\"name\":\" \"}", b);
  case_desk_refused (f, "invalid", "query", "view.save", "{\"name\":\"无\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-notes/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("files-stay-with-their-words", test_files_stay_with_their_words);
  ADD ("removed-files-are-kept", test_removed_files_are_kept);
  ADD ("draft-becomes-the-note", test_draft_becomes_the_note);
  ADD ("views-belong-to-somebody", test_views_belong_to_somebody);
  ADD ("views-are-ordered", test_views_are_ordered);
#undef ADD
  return g_test_run ();
}
