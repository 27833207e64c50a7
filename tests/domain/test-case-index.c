/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search index is what the rows say, whatever happens to them, and a
 * person finds a case by everything about it. */

#include <glib/gstdio.h>
#include <locale.h>

#include "case-world.h"
#include "linli-case-doc.h"
#include "linli-case-index-words.h"
#include "linli-case-index.h"
#include "linli-case-search.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-people-tables.h"
#include "linli-sqlite.h"
#include "linli-text.h"

#define NOW     CASE_WORLD_NOW
#define N_CASES 200

typedef struct
{
  LinliConn *conn;
  GRand     *rand;
  guint      n_made;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  const CaseWorld world = { .n_cases = N_CASES, .n_entries = 3, .open_in_1000 = 300, .seed = 5, .now = NOW };

  f->conn = case_world_open (":memory:");
  f->rand = g_rand_new_with_seed (2026);
  f->n_made = 1000000;
  case_world_fill (f->conn, &world);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_rand_free (f->rand);
  linli_conn_close (f->conn);
}

static void
assert_sound (Fixture *f)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_case_index_verify (f->conn, problems, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

static guint
count (Fixture    *f,
       const char *line)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) pks = linli_case_search_ids (f->conn, line, LINLI_CASE_SORT_RECEIVED, NOW, case_world_account (),
                                                 0, &error);

  g_assert_no_error (error);
  return pks->len;
}

static char *
new_id (Fixture *f)
{
  return g_strdup_printf ("01960000-0000-7000-8000-%012x", f->n_made++);
}

/* Some row of @table, for a change. */
static LinliRow *
any_row (Fixture          *f,
         LinliTx          *tx,
         const LinliTable *table)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, table, NULL, "1 = 1 ORDER BY pk", "");

  return rows->len > 0 ? linli_row_copy (rows->pdata[g_rand_int_range (f->rand, 0, (int) rows->len)]) : NULL;
}

static LinliRow *
new_entry (Fixture    *f,
           const char *case_id,
           const char *body)
{
  LinliRow *entry = linli_row_new (&linli_table_entry);
  g_autofree char *id = new_id (f);

  linli_row_set_text (entry, LINLI_ENTRY_ID, id);
  linli_row_set_text (entry, LINLI_ENTRY_CASE_ID, case_id);
  linli_row_set_text (entry, LINLI_ENTRY_KIND, "note");
  linli_row_set_text (entry, LINLI_ENTRY_AUDIENCE, "internal");
  linli_row_set_text (entry, LINLI_ENTRY_BODY, body);
  linli_row_set_text (entry, LINLI_ENTRY_ACTOR_ID, case_world_account ());
  linli_row_set_int (entry, LINLI_ENTRY_AT, NOW);
  return entry;
}

static void
edit_case (Fixture  *f,
           LinliRow *row)
{
  static const guint columns[] = { LINLI_CASE_TITLE, LINLI_CASE_SUMMARY, LINLI_CASE_PLACE, LINLI_CASE_RESULT,
                                   LINLI_CASE_LEAD_UNIT_NAME, LINLI_CASE_ITEM_NAME, LINLI_CASE_APPELLANT_NAME,
                                   LINLI_CASE_COMMUNITY };
  g_autofree char *text = case_world_sentence (f->rand, 3);

  linli_row_set_text (row, columns[g_rand_int_range (f->rand, 0, G_N_ELEMENTS (columns))], text);
  linli_row_set_text (row, LINLI_CASE_STATE, linli_case_state_to_id ((LinliCaseState) g_rand_int_range (f->rand, 0, LINLI_N_CASE_STATES)));
  linli_row_set_int (row, LINLI_CASE_RECEIVED_AT, NOW + g_rand_int_range (f->rand, -1000000, 1000));
}

/* A case is tied to an older one that it was merged into, or let go, with its state
 * as it is: so a desk sees it when the other one came with another page, or when
 * it was put elsewhere while the desk was away. Found by the simulator. */
static void
tie_case (Fixture  *f,
          LinliTx  *tx,
          LinliRow *row)
{
  g_autoptr(LinliRow) older = any_row (f, tx, &linli_table_case);

  if (linli_row_get_pk (older) < linli_row_get_pk (row))
    linli_row_set_text (row, LINLI_CASE_MERGED_INTO_ID, linli_row_get_id (older));
  else
    linli_row_set_null (row, LINLI_CASE_MERGED_INTO_ID);
  g_assert_true (linli_tx_update (tx, row, NULL));
}

/* A case goes with all that belongs to it, as undoing an import does. */
static void
remove_case (LinliTx    *tx,
             const char *case_id)
{
  const LinliTable *const parts[] = { &linli_table_submission, &linli_table_entry };
  g_autoptr(GPtrArray) tied = linli_tx_select (tx, &linli_table_case, NULL, "merged_into_id = ?1", "s", case_id);

  for (guint i = 0; i < tied->len; i++)
    {
      linli_row_set_null (tied->pdata[i], LINLI_CASE_MERGED_INTO_ID);
      g_assert_true (linli_tx_update (tx, tied->pdata[i], NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GPtrArray) rows = linli_tx_select (tx, parts[i], NULL, "case_id = ?1", "s", case_id);

      for (guint r = 0; r < rows->len; r++)
        g_assert_true (linli_tx_delete (tx, parts[i], linli_row_get_id (rows->pdata[r]), NULL));
    }
  g_assert_true (linli_tx_delete (tx, &linli_table_case, case_id, NULL));
}

static void
copy_case (Fixture  *f,
           LinliTx  *tx,
           LinliRow *row)
{
  g_autofree char *id = new_id (f);
  g_autofree char *case_no = g_strdup_printf ("NEW%u", f->n_made);

  linli_row_set_text (row, LINLI_CASE_ID, id);
  linli_row_set_text (row, LINLI_CASE_CASE_NO, case_no);
  g_assert_true (linli_tx_insert (tx, row, NULL));
}

static void
do_anything (Fixture *f,
             LinliTx *tx)
{
  g_autoptr(LinliRow) row = any_row (f, tx, &linli_table_case);
  g_autoptr(LinliRow) other = NULL;
  g_autofree char *text = case_world_sentence (f->rand, 3);

  switch (row != NULL ? g_rand_int_range (f->rand, 0, 9) : -1)
    {
    case 0:
      remove_case (tx, linli_row_get_id (row));
      break;
    case 1:
    case 2:
      copy_case (f, tx, row);
      break;
    case 3:
      other = new_entry (f, linli_row_get_id (row), text);
      g_assert_true (linli_tx_insert (tx, other, NULL));
      break;
    case 4: /* a submission moves to another case */
      other = any_row (f, tx, &linli_table_submission);
      if (other == NULL)
        break;
      linli_row_set_text (other, LINLI_SUBMISSION_CASE_ID, linli_row_get_id (row));
      g_assert_true (linli_tx_update (tx, other, NULL));
      break;
    case 5:
      other = any_row (f, tx, &linli_table_appellant);
      linli_row_set_text (other, LINLI_APPELLANT_NAME, text);
      linli_row_set_text (other, LINLI_APPELLANT_PHONE, "13912345678 0755-84623456");
      g_assert_true (linli_tx_update (tx, other, NULL));
      break;
    case 6:
      tie_case (f, tx, row);
      break;
    default:
      edit_case (f, row);
      g_assert_true (linli_tx_update (tx, row, NULL));
      break;
    }
}

static void
test_stays_right (Fixture      *f,
                  gconstpointer data)
{
  guint n_rounds = CASE_WORLD_SHARE (g_test_slow () ? 3000 : 250);

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
      g_autoptr(GError) error = NULL;
      guint n = (guint) g_rand_int_range (f->rand, 1, 6);

      for (guint i = 0; i < n; i++)
        do_anything (f, tx);
      g_assert_true (linli_case_index_project (tx, g_rand_boolean (f->rand), &error));
      g_assert_no_error (error);
      if (g_rand_int_range (f->rand, 0, 5) > 0) /* else it is rolled back */
        g_assert_true (linli_tx_commit (tx, NULL));
      g_clear_pointer (&tx, linli_tx_free);
      if (round % 25 == 0)
        assert_sound (f);
    }
  assert_sound (f);
}

static void
change_case (Fixture    *f,
             gint64      pk,
             guint       column,
             const char *text)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, &linli_table_case, NULL, "pk = ?1", "i", pk);
  g_autoptr(GError) error = NULL;

  linli_row_set_text (rows->pdata[0], column, text);
  linli_tx_update (tx, rows->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_true (linli_case_index_project (tx, TRUE, &error) && linli_tx_commit (tx, &error));
}

static void
add_entry (Fixture    *f,
           const char *case_id,
           const char *body)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
  g_autoptr(LinliRow) entry = new_entry (f, case_id, body);

  g_assert_true (linli_tx_insert (tx, entry, NULL) && linli_case_index_project (tx, TRUE, NULL) && linli_tx_commit (tx, NULL));
}

/* One case is found by all that it says and all whom it concerns. */
static void
test_found_by_everything (Fixture      *f,
                          gconstpointer data)
{
  static const struct { guint column; const char *text; } columns[] = {
    { LINLI_CASE_CASE_NO, "ZX2026-00077" }, { LINLI_CASE_TITLE, "麒麟雕像倾斜" }, { LINLI_CASE_SUMMARY, "基座螺栓锈蚀" },
    { LINLI_CASE_PLACE, "鹭湖桥头" }, { LINLI_CASE_COMMUNITY, "鹭湖社区" }, { LINLI_CASE_LEAD_UNIT_NAME, "鹭湖市政服务站" },
    { LINLI_CASE_ITEM_NAME, "市政设施 / 城市雕塑" }, { LINLI_CASE_ITEM_CODE, "06.77.01" },
    { LINLI_CASE_RESULT, "已更换不锈钢螺栓" }, { LINLI_CASE_RESIDENT_REPLY, "感谢您的提醒" },
    { LINLI_CASE_APPELLANT_NAME, "尉迟恭" },
  };
  static const char *const lines[] = {
    "ZX2026-00077", "zx2026", "ＺＸ２０２６", "麒麟", "雕像倾斜", "麒麟雕像倾", "螺栓锈蚀", "鹭湖桥头", "鹭湖社区", "单位:鹭湖市政",
    "单位:lhszfwz", "事项:城市雕塑", "事项:06.77", "事项:csds", "更换不锈钢", "您的提醒", "人:尉迟", "人:yc", "ycg", "尉",
    "鲲鹏广场", "编号:ZX2026-00077", "\"麒麟雕像\" -喷泉", "麒麟 鲲鹏", "单位:\"鹭湖市政服务站\"", "麒麟 状态:结案,在办 -状态:并案",
  };
  g_autofree char *id = NULL;

  linli_conn_get_text (f->conn, &id, NULL, "SELECT id FROM cases WHERE pk = 77", "");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    change_case (f, 77, columns[i].column, columns[i].text);
  add_entry (f, id, "在鲲鹏广场与诉求人见面");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GArray) pks = linli_case_search_ids (f->conn, lines[i], LINLI_CASE_SORT_RECEIVED, NOW, NULL, 0, NULL);

      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (pks->len, ==, 1);
      g_assert_cmpint (g_array_index (pks, gint64, 0), ==, 77);
    }
  /* Neighbouring fields are not one text. */
  g_assert_cmpuint (count (f, "倾斜基座"), ==, 0);
  g_assert_cmpuint (count (f, "头鹭湖社"), ==, 0);
  g_assert_cmpuint (count (f, "感谢您的提醒在鲲鹏"), ==, 0);
  assert_sound (f);
}

static void
test_found_by_telephone (Fixture      *f,
                         gconstpointer data)
{
  static const char *const lines[] = {
    "13800138000", "138001", "138-0013-8000", "138 0013 8000", "+86 13800138000", "8000", "电话:13800138000",
    "84623456", "0755-84623456", "3456", "人:13800138000",
  };
  g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
  g_autoptr(LinliRow) row = any_row (f, tx, &linli_table_appellant);

  g_assert_true (linli_conn_exec (f->conn, "UPDATE appellant SET phone = '13711111111'", NULL));
  linli_row_set_text (row, LINLI_APPELLANT_PHONE, "13800138000 075584623456");
  g_assert_true (linli_tx_update (tx, row, NULL) && linli_case_index_rebuild (f->conn, NULL) && linli_tx_commit (tx, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (count (f, lines[i]), ==, 1);
    }
}

static void
make_channel (Fixture    *f,
              const char *code,
              const char *name)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (f->conn, NULL);
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_channel);
  g_autofree char *id = new_id (f);

  linli_row_set_text (row, LINLI_CHANNEL_ID, id);
  linli_row_set_text (row, LINLI_CHANNEL_CODE, code);
  linli_row_set_text (row, LINLI_CHANNEL_NAME, name);
  linli_row_set_text (row, LINLI_CHANNEL_GROUP_NAME, "微信");
  linli_row_set_int (row, LINLI_CHANNEL_ACTIVE, TRUE);
  g_assert_true (linli_tx_insert (tx, row, NULL) && linli_tx_commit (tx, NULL));
}

static guint
count_rows (Fixture    *f,
            const char *condition)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM cases WHERE ", condition, NULL);
  gint64 n = -1;

  g_assert_true (linli_conn_get_int (f->conn, &n, NULL, sql, ""));
  return (guint) n;
}

static void
test_operators (Fixture      *f,
                gconstpointer data)
{
  static const struct { const char *line, *condition; } cases[] = {
    { "状态:待派遣", "state = 'registered'" },
    { "state:registered,received", "state IN ('registered', 'received')" },
    { "状态:待派遣、待受理", "state IN ('registered', 'received')" },
    { "状态:在办", "state NOT IN ('closed', 'declined', 'withdrawn', 'merged')" },
    { "-state:open", "state IN ('closed', 'declined', 'withdrawn', 'merged')" },
    { "状态:结案 -状态:结案", "1 = 0" },
    { "渠道:微信", "channel_code = 'WX01'" },
    { "渠道:邻里微信", "channel_code = 'WX01'" },
    { "channel:wx01", "channel_code = 'WX01'" },
    { "-渠道:12345", "channel_code <> '12345'" },
    { "渠道:12345,CK01", "channel_code IN ('12345', 'CK01')" },
    { "渠道:坪山", "channel_code = '@坪山'" },
    { "渠道:@坪山", "channel_code = '@坪山'" },
    { "单位:水务局", "lead_unit_name LIKE '%水务局'" },
    { "单位:桂园社区swj", "1 = 0" },
    { "单位:gysqswj", "lead_unit_name = '桂园社区水务局'" },
    { "单位:u01", "lead_unit_name = '桂园社区水务局'" },
    { "-单位:水务局", "lead_unit_name IS NULL OR lead_unit_name NOT LIKE '%水务局'" },
    { "事项:井盖", "item_name LIKE '%井盖%'" },
    { "事项:06", "item_code LIKE '06%'" },
    { "事项:xsjg", "item_name LIKE '%井盖%'" },
    { "超期:是", "due_at < 1771034400000000" },
    { "超期:否", "due_at IS NULL OR due_at >= 1771034400000000" },
    { "-超期:是", "due_at IS NULL OR due_at >= 1771034400000000" },
    { "超期:临期", "due_at >= 1771034400000000 AND due_at < 1771120800000000" },
    { "到期:今天", "due_at >= 1770998400000000 AND due_at < 1771084800000000" },
    { "到期:2026-02-14", "due_at >= 1770998400000000 AND due_at < 1771084800000000" },
    { "-到期:今天", "due_at IS NULL OR due_at < 1770998400000000 OR due_at >= 1771084800000000" },
    { "收件:2026-02-13", "received_at >= 1770912000000000 AND received_at < 1770998400000000" },
    { "收件:..2026-02-13", "received_at < 1770998400000000" },
    { "-收件:2026-02-13", "received_at < 1770912000000000 OR received_at >= 1770998400000000" },
    { "owner:me", "owner_id IS NOT NULL" },
    { "负责:陈静", "owner_id IS NOT NULL" },
    { "-owner:me", "owner_id IS NULL" },
    { "owner:me state:open overdue:yes", "owner_id IS NOT NULL AND due_at < 1771034400000000" },
    { "", "1 = 1" },
    { "  ", "1 = 1" },
  };
  g_autoptr(GError) error = NULL;

  change_case (f, 11, LINLI_CASE_CHANNEL_CODE, "@坪山");
  change_case (f, 12, LINLI_CASE_CHANNEL_CODE, "@坪山");
  make_channel (f, "WX01", "邻里微信公众号");
  make_channel (f, "WX011", "别的");
  g_assert_true (linli_conn_exec (f->conn, "UPDATE channel SET group_name = '其他' WHERE code = 'WX011'", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 n = -1;

      g_test_message ("%s", cases[i].line);
      g_assert_cmpuint (count (f, cases[i].line), ==, count_rows (f, cases[i].condition));
      g_assert_true (linli_case_search_count (f->conn, cases[i].line, NOW, case_world_account (), &n, &error));
      g_assert_cmpint (n, ==, count_rows (f, cases[i].condition));
    }
}

/* What is not understood is searched as words, and told. */
static void
test_never_silently_empty (Fixture      *f,
                           gconstpointer data)
{
  static const struct { const char *line; LinliQueryIssueKind issue; guint n_terms; } cases[] = {
    { "状态:天知道", LINLI_QUERY_BAD_VALUE, 1 }, { "负责:无此人", LINLI_QUERY_BAD_VALUE, 1 },
    { "到期:猴年", LINLI_QUERY_BAD_VALUE, 1 },  { "颜色:红", LINLI_QUERY_UNKNOWN_OPERATOR, 1 },
    { "！！！", LINLI_QUERY_NO_WORDS, 0 },       { "单位:", LINLI_QUERY_NO_VALUE, 0 },
  };

  change_case (f, 7, LINLI_CASE_SUMMARY, "状态：天知道；负责：无此人；到期：猴年；颜色：红");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliCaseQuery) query = linli_case_query_load (f->conn, cases[i].line, NOW, NULL, NULL);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpuint (query->text->issues->len, ==, 1);
      g_assert_cmpint (g_array_index (query->text->issues, LinliQueryIssue, 0).kind, ==, cases[i].issue);
      g_assert_cmpuint (query->terms->len, ==, cases[i].n_terms);
      g_assert_cmpuint (count (f, cases[i].line), ==, cases[i].n_terms == 1 ? 1 : N_CASES);
    }
}

/* Each kind of damage is told in words, and a rebuild mends it. */
static void
test_damage_is_told (Fixture      *f,
                     gconstpointer data)
{
  static const struct { const char *sql, *word; } damages[] = {
    { "UPDATE case_search SET words = '别的' WHERE pk = 9", "case GY00000009 is out of date" },
    { "DELETE FROM case_search WHERE pk = 9", "case GY00000009 is missing" },
    { "INSERT INTO case_search VALUES (5000, '', '', '', '', '')", "gone: 1" },
    { "UPDATE case_tally SET n = n + 1 WHERE state = 'closed'", "wrong states: 1" },
    { "UPDATE cases SET title = '偷改' WHERE pk = 3", "case GY00000003 is out of date" },
    { "UPDATE case_span SET newest = 5", "outside their stretch of time: 200" },
    { "INSERT INTO case_fts (case_fts) VALUES ('delete-all')", "do not agree" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      gboolean told = FALSE;

      g_assert_true (linli_conn_exec (f->conn, damages[i].sql, NULL));
      g_assert_true (linli_case_index_verify (f->conn, problems, NULL));
      for (guint p = 0; p < problems->len; p++)
        told |= strstr (problems->pdata[p], damages[i].word) != NULL;
      g_test_message ("%s: %s", damages[i].sql, problems->len > 0 ? (char *) problems->pdata[0] : "nothing");
      g_assert_true (told);

      g_assert_true (linli_conn_begin_write (f->conn, NULL) && linli_case_index_rebuild (f->conn, NULL) &&
                     linli_conn_commit (f->conn, NULL));
      assert_sound (f);
    }
}

/* A store opened for looking is checked as well: by a sum of all words. */
static void
test_words_are_compared_by_reading (Fixture      *f,
                                    gconstpointer data)
{
  static const char *const damages[] = {
    "INSERT INTO case_fts (case_fts) VALUES ('delete-all')",
    "INSERT INTO case_fts (rowid, words, people, unit, item, marks) VALUES (9, '多余', '', '', '', '')",
    "INSERT INTO case_fts (case_fts, rowid, words, people, unit, item, marks) SELECT 'delete', pk, words, people, "
    "unit, item, marks FROM case_search WHERE pk = 9",
    "UPDATE case_search SET words = words || ' | 多余' WHERE pk = 9",
    "UPDATE case_search SET people = words, words = people WHERE pk = 9",
  };
  gboolean agree = FALSE;
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_case_index_words_agree (f->conn, &agree, &error));
  g_assert_no_error (error);
  g_assert_true (agree);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_assert_true (linli_conn_begin_write (f->conn, NULL) && linli_conn_exec (f->conn, damages[i], NULL));
      g_assert_true (linli_case_index_words_agree (f->conn, &agree, NULL));
      g_assert_false (agree);
      linli_conn_rollback (f->conn);
    }
}

static void
test_looking_changes_nothing (Fixture      *f,
                              gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "looked-at.db", NULL);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  g_assert_true (linli_sqlite_copy (f->conn, path, NULL));
  conn = linli_sqlite_open (path, LINLI_SQLITE_READ, &error);
  g_assert_no_error (error);
  g_assert_true (linli_conn_begin_read (conn, NULL) && linli_case_index_verify (conn, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  linli_conn_close (conn);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-index/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("stays-right", test_stays_right);
  ADD ("found-by-everything", test_found_by_everything);
  ADD ("found-by-telephone", test_found_by_telephone);
  ADD ("operators", test_operators);
  ADD ("never-silently-empty", test_never_silently_empty);
  ADD ("damage-is-told", test_damage_is_told);
  ADD ("words-are-compared-by-reading", test_words_are_compared_by_reading);
  ADD ("looking-changes-nothing", test_looking_changes_nothing);
#undef ADD
  return g_test_run ();
}
