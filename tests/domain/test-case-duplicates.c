/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Likely duplicates: which are found, why, in what order, and which never. */

#include <math.h>

#include "case-desk.h"
#include "linli-case-duplicates.h"

#define TEXT "桂园小区三栋门口的井盖松动,车一过就响,晚上睡不着"

static char *
take_in (CaseDesk   *f,
         const char *text,
         const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"%s\",\"channel\":\"DH01\"%s}", text, more);

  return case_desk_tell (outcome, "case");
}

static GPtrArray *
ask (CaseDesk              *f,
     LinliDuplicateQuestion question)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *found;

  question.now = CASE_DESK_NOW;
  found = linli_case_duplicates_find (f->conn, &question, 5, &error);
  g_assert_no_error (error);
  return found;
}

static void
assert_found (GPtrArray            *found,
              const char           *id,
              LinliDuplicateReasons reasons)
{
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((LinliDuplicate *) found->pdata[0])->case_id, ==, id);
  g_assert_cmphex (((LinliDuplicate *) found->pdata[0])->reasons, ==, reasons);
}

static void
test_similar_words (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *id = take_in (f, TEXT, "");
  g_autofree char *other = take_in (f, "楼下烧烤摊半夜唱歌,噪音扰民", "");
  g_autoptr(GPtrArray) found = ask (f, (LinliDuplicateQuestion) { .text = "三栋门口井盖松动,车一过就响", .days = 30 });

  assert_found (found, id, LINLI_DUPLICATE_WORDS);
  g_assert_cmpstr (((LinliDuplicate *) found->pdata[0])->text, ==, TEXT);
  g_assert_true (((LinliDuplicate *) found->pdata[0])->open);
}

static void
test_same_person_in_other_words (CaseDesk     *f,
                                 gconstpointer data)
{
  g_autofree char *id = take_in (f, TEXT, ",\"appellant\":{\"name\":\"王伟\",\"phone\":\"13800138000\"}");
  LinliDuplicateQuestion question = { .text = "我上次说的井盖还是没有人来修", .days = 30 };
  g_autoptr(GPtrArray) nobody = ask (f, question);
  g_autoptr(GPtrArray) same = NULL;

  g_assert_cmpuint (nobody->len, ==, 0);
  question.text = "上次说的门口的井盖还是没有人来修,晚上睡不着";
  question.phone = "138-0013 8000";
  same = ask (f, question);
  g_assert_cmpuint (same->len, ==, 1);
  g_assert_cmpstr (((LinliDuplicate *) same->pdata[0])->case_id, ==, id);
  g_assert_true (((LinliDuplicate *) same->pdata[0])->reasons & LINLI_DUPLICATE_PERSON);
}

static void
test_same_leaf_and_place (CaseDesk     *f,
                          gconstpointer data)
{
  g_autofree char *id = take_in (f, TEXT, ",\"item\":\"" CASE_DESK_LEAF "\",\"place\":\"桂园小区三栋\"");
  LinliDuplicateQuestion question = { .text = "桂园小区三栋有个盖子坏了", .item_code = CASE_DESK_LEAF, .days = 30 };
  g_autoptr(GPtrArray) found = ask (f, question);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((LinliDuplicate *) found->pdata[0])->case_id, ==, id);
  g_assert_true (((LinliDuplicate *) found->pdata[0])->reasons & LINLI_DUPLICATE_PLACE);
  g_assert_true (((LinliDuplicate *) found->pdata[0])->reasons & LINLI_DUPLICATE_ITEM);
}

/* One place of the list by two of its names. */
static void
test_same_place_by_another_name (CaseDesk     *f,
                                 gconstpointer data)
{
  g_autoptr(LinliOutcome) places = case_desk_do (f, "place.import", "{\"places\":[{\"name\":\"桂园花园\",\"kind\":\"estate\","
                                                 "\"aliases\":\"老粮站\"}]}");
  g_autofree char *id = take_in (f, TEXT, ",\"item\":\"" CASE_DESK_LEAF "\",\"place\":\"老粮站门口\"");
  LinliDuplicateQuestion question = { .text = "有个盖子坏了", .item_code = CASE_DESK_LEAF, .place = "桂园花园大门", .days = 30 };
  g_autoptr(GPtrArray) found = ask (f, question);
  g_autoptr(GPtrArray) elsewhere = NULL;

  assert_found (found, id, LINLI_DUPLICATE_ITEM | LINLI_DUPLICATE_PLACE);
  question.place = "银杏里大门";
  elsewhere = ask (f, question);
  g_assert_cmpuint (elsewhere->len, ==, 0);
}

/* One report 12, 325, 714 and 1660 m away from four others of its leaf. */
static void
test_radius (CaseDesk     *f,
             gconstpointer data)
{
  static const struct { double north, east; } metres[] = { { 12, 0 }, { 0, 325 }, { -505, 505 }, { 0, -1660 } };
  static const struct { guint radius, n; } cases[] = { { 50, 1 }, { 100, 1 }, { 500, 2 }, { 1000, 3 }, { 2000, 4 }, { 0, 0 } };
  const gint64 latitude = 227200000, longitude = 1143500000;

  for (guint i = 0; i < G_N_ELEMENTS (metres); i++)
    {
      gint64 to_north = latitude + (gint64) (metres[i].north / 111195 * 10000000);
      gint64 to_east = longitude + (gint64) (metres[i].east / 111195 / cos (22.72 * G_PI / 180) * 10000000);
      g_autofree char *position = g_strdup_printf (",\"item\":\"" CASE_DESK_LEAF "\",\"latitude\":%" G_GINT64_FORMAT
                                                   ",\"longitude\":%" G_GINT64_FORMAT, to_north, to_east);
      g_autofree char *id = take_in (f, TEXT, position);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = ask (f, (LinliDuplicateQuestion) { .text = "有个盖子坏了", .item_code = CASE_DESK_LEAF,
                                                                      .latitude = latitude, .longitude = longitude,
                                                                      .radius = cases[i].radius, .days = 84 });

      g_assert_cmpuint (found->len, ==, cases[i].n);
    }
}

/* Nothing said, nothing asked for: no warning. */
static void
test_nothing_is_no_duplicate (CaseDesk     *f,
                              gconstpointer data)
{
  static const char *const empty[] = { "", " ", "。。", "井" };
  g_autofree char *id = take_in (f, TEXT, "");
  g_autoptr(GPtrArray) off = ask (f, (LinliDuplicateQuestion) { .text = TEXT, .days = 0 });

  g_assert_cmpuint (off->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autoptr(GPtrArray) found = ask (f, (LinliDuplicateQuestion) { .text = empty[i], .days = 30 });

      g_assert_cmpuint (found->len, ==, 0);
    }
}

static void
test_who_is_never_one (CaseDesk     *f,
                       gconstpointer data)
{
  g_autofree char *withdrawn = take_in (f, TEXT, "");
  g_autofree char *old = take_in (f, TEXT, ",\"received_at\":\"2025-12-01T10:00:00+08:00\"");
  g_autofree char *own = take_in (f, TEXT, "");
  g_autofree char *whole = take_in (f, TEXT, "");
  g_autofree char *part = take_in (f, "别的事情一件", "");
  g_autofree char *merged = take_in (f, TEXT, "");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不用了\"}", withdrawn);
  g_autoptr(GPtrArray) found = NULL;

  linli_conn_run (f->conn, NULL, "UPDATE cases SET parent_id = ?1 WHERE id = ?2", "ss", whole, part);
  linli_conn_run (f->conn, NULL, "UPDATE cases SET merged_into_id = ?1, state = 'merged' WHERE id = ?2", "ss", own, merged);
  found = ask (f, (LinliDuplicateQuestion) { .text = TEXT, .days = 30, .leave_out = own });
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = ask (f, (LinliDuplicateQuestion) { .text = TEXT, .days = 90, .leave_out = own });
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((LinliDuplicate *) found->pdata[0])->case_id, ==, old);
}

/* More in common is never worth less. */
static void
test_weighing (void)
{
  for (guint reasons = 0; reasons < 8; reasons++)
    for (double likeness = 0; likeness <= 1; likeness += 0.05)
      {
        double score = 0;
        gboolean worth = linli_duplicate_weigh (reasons, likeness, &score);

        for (guint bit = 0; bit < 3; bit++)
          {
            double more = 0;

            g_assert_true (!worth || linli_duplicate_weigh (reasons | 1u << bit, likeness, &more));
            linli_duplicate_weigh (reasons | 1u << bit, likeness, &more);
            g_assert_cmpfloat (more, >=, score);
          }
      }
  g_assert_false (linli_duplicate_weigh (LINLI_DUPLICATE_ITEM, 0, &(double) { 0 }));
  g_assert_false (linli_duplicate_weigh (LINLI_DUPLICATE_PERSON, 0, &(double) { 0 }));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/case-duplicates/similar-words", CaseDesk, NULL, case_desk_set_up, test_similar_words, case_desk_tear_down);
  g_test_add ("/case-duplicates/same-person", CaseDesk, NULL, case_desk_set_up, test_same_person_in_other_words, case_desk_tear_down);
  g_test_add ("/case-duplicates/same-leaf-and-place", CaseDesk, NULL, case_desk_set_up, test_same_leaf_and_place, case_desk_tear_down);
  g_test_add ("/case-duplicates/same-place-by-another-name", CaseDesk, NULL, case_desk_set_up, test_same_place_by_another_name,
              case_desk_tear_down);
  g_test_add ("/case-duplicates/radius", CaseDesk, NULL, case_desk_set_up, test_radius, case_desk_tear_down);
  g_test_add ("/case-duplicates/nothing", CaseDesk, NULL, case_desk_set_up, test_nothing_is_no_duplicate, case_desk_tear_down);
  g_test_add ("/case-duplicates/never", CaseDesk, NULL, case_desk_set_up, test_who_is_never_one, case_desk_tear_down);
  g_test_add_func ("/case-duplicates/weighing", test_weighing);

  return g_test_run ();
}
