/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-column-match.h"
#include "linli-json.h"

#include <string.h>

static const LinliFieldSpec case_fields[] = {
  { "number", (const char *const[]) { "编号", "留言编号", "工单号", "REC_ID", NULL } },
  { "received_at", (const char *const[]) { "时间", "留言时间", "受理时间", "登记时间", "create_time", NULL } },
  { "title", (const char *const[]) { "主题", "标题", "留言主题", NULL } },
  { "text", (const char *const[]) { "详情", "内容", "诉求内容", "留言详情", NULL } },
  { "name", (const char *const[]) { "姓名", "诉求人", "留言用户", NULL } },
  { "phone", (const char *const[]) { "电话", "手机号", "联系电话", NULL } },
  { "reply", (const char *const[]) { "答复意见", NULL } },
  { "replied_at", (const char *const[]) { "答复时间", NULL } },
};
#define N_FIELDS G_N_ELEMENTS (case_fields)

static GPtrArray *
header_of (const char *text)
{
  GPtrArray *header = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) cells = g_strsplit (text, ",", -1);

  for (char **cell = cells; *cell != NULL; cell++)
    g_ptr_array_add (header, g_strdup (*cell));
  return header;
}

static void
test_propose (void)
{
  static const struct { const char *header; int columns[N_FIELDS]; } rows[] = {
    { "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间", { 0, 3, 2, 4, 1, -1, 5, 6 } },
    { "答复时间,时间,手机号码（必填）,*姓 名,诉求内容：,无关", { -1, 1, -1, 4, 3, 2, -1, 0 } },
    { "rec id,CREATE_TIME,ＰＨＯＮＥ,Title", { 0, 1, 3, -1, -1, 2, -1, -1 } },
    { ",,", { -1, -1, -1, -1, -1, -1, -1, -1 } },
    { "姓名,姓名", { -1, -1, -1, -1, 0, -1, -1, -1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) header = header_of (rows[i].header);
      g_autoptr(GArray) matches = linli_column_match_propose (header, case_fields, N_FIELDS);

      for (guint j = 0; j < N_FIELDS; j++)
        {
          const LinliColumnMatch *match = &g_array_index (matches, LinliColumnMatch, j);

          g_test_message ("%s: %s", rows[i].header, case_fields[j].name);
          g_assert_cmpint (match->column, ==, rows[i].columns[j]);
          g_assert_true ((match->column < 0) == (match->kind == LINLI_MATCH_NONE));
          g_assert_true ((match->kind >= LINLI_MATCH_ALIAS) == (match->confidence >= 90));
        }
    }
}

static void
test_find_header (void)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  g_ptr_array_add (rows, header_of ("某街道诉求时间台账,Unnamed: 1,Unnamed: 2"));
  g_ptr_array_add (rows, header_of ("填报单位,某社区,"));
  g_assert_cmpint (linli_column_match_find_header (rows, case_fields, N_FIELDS), ==, -1);
  g_ptr_array_add (rows, header_of ("编号,登记时间,内容"));
  g_ptr_array_add (rows, header_of ("1,2026-01-01,内容"));
  g_assert_cmpint (linli_column_match_find_header (rows, case_fields, N_FIELDS), ==, 2);
}

static void
test_saved (void)
{
  g_autoptr(JsonObject) mappings = json_object_new ();
  g_autoptr(JsonObject) loaded = NULL;
  g_autoptr(GPtrArray) header = header_of ("甲,乙,乙,时间");
  g_autoptr(GPtrArray) shuffled = header_of ("时间,乙,甲,乙：,");
  g_autoptr(GPtrArray) other = header_of ("甲,乙,时间");
  g_autoptr(GArray) matches = linli_column_match_propose (header, case_fields, N_FIELDS);
  g_autoptr(GArray) recalled = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_array_index (matches, LinliColumnMatch, 1).column, ==, 3);
  g_array_index (matches, LinliColumnMatch, 1).column = -1; /* the clerk says no */
  g_array_index (matches, LinliColumnMatch, 3).column = 2;
  linli_column_mappings_save (mappings, header, case_fields, N_FIELDS, matches);
  text = linli_json_object_to_text (mappings);
  loaded = linli_json_parse_object (text, -1, NULL);

  recalled = linli_column_mappings_recall (loaded, shuffled, case_fields, N_FIELDS);
  g_assert_nonnull (recalled);
  g_assert_cmpint (g_array_index (recalled, LinliColumnMatch, 1).column, ==, -1);
  g_assert_cmpint (g_array_index (recalled, LinliColumnMatch, 3).column, ==, 3);
  g_assert_cmpint (g_array_index (recalled, LinliColumnMatch, 3).kind, ==, LINLI_MATCH_SAVED);
  g_assert_null (linli_column_mappings_recall (loaded, other, case_fields, N_FIELDS));
}

/* A mapping file edited by hand gives no column rather than a crash. */
static void
test_odd_mappings (void)
{
  static const char *places[] = { "7", "[]", "{}", "{\"heading\":3}", "{\"heading\":\"甲\",\"nth\":99}",
                                  "{\"heading\":\"甲\",\"nth\":-1}", "{\"heading\":\"无\",\"nth\":0}" };
  g_autoptr(GPtrArray) header = header_of ("甲");
  g_autofree char *fingerprint = linli_column_fingerprint (header);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"%s\":{\"number\":%s}}", fingerprint, places[i]);
      g_autoptr(JsonObject) mappings = linli_json_parse_object (text, -1, NULL);
      g_autoptr(GArray) matches = linli_column_mappings_recall (mappings, header, case_fields, N_FIELDS);

      g_assert_cmpint (g_array_index (matches, LinliColumnMatch, 0).column, ==, -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-match/propose", test_propose);
  g_test_add_func ("/column-match/header-below-a-title", test_find_header);
  g_test_add_func ("/column-match/saved-for-any-order", test_saved);
  g_test_add_func ("/column-match/odd-mappings", test_odd_mappings);
  return g_test_run ();
}
