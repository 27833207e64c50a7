/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Desks of handling units: each has what was dispatched to its unit, and no row
 * more. After every step the store of each desk is what the hub's tables say
 * that the unit has, found without the feed. */

#include <string.h>

#include "two-desks.h"
#include "linli-core-tables.h"
#include "linli-hub-files.h"
#include "linli-hub-private.h"
#include "linli-hub-scope-check.h"
#include "linli-hub-scope.h"
#include "linli-json.h"
#include "linli-sync-state.h"
#include "linli-verify.h"
#include "test-conn.h"

typedef struct
{
  TwoDesks two;       /* a is the centre's, b too */
  Desk     water;     /* 供水公司 */
  Desk     roads;     /* 市政服务中心 */
  char    *water_id;
  char    *roads_id;
  char    *plumber;   /* account at the first */
  char    *paver;     /* account at the second */
} Units;

static void
enrol_at (Desk       *self,
          const char *unit)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr(LinliTx) tx = NULL;

  linli_hub_add_unit_device (self->hub, self->desk->device, unit, NOW, &prefix, &error);
  g_assert_no_error (error);
  tx = linli_tx_begin (self->conn, &error);
  g_assert_true (linli_sync_state_enrol (tx, "guiyuan", self->desk->device, prefix, HUB_EPOCH, &error));
  g_assert_true (linli_tx_commit (tx, &error));
  g_assert_true (desk_talk (self));
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
}

static void
set_up (Units        *f,
        gconstpointer data)
{
  two_desks_set_up (&f->two, data);
  g_free (desk_act (&f->two.a, NULL, "unit.import", "{\"units\":[{\"code\":\"W\",\"name\":\"供水公司\"},"
                    "{\"code\":\"R\",\"name\":\"市政服务中心\"}]}"));
  g_free (desk_act (&f->two.a, NULL, "duty.import", "{\"source\":\"试验清单\",\"items\":[{\"code\":\"06\",\"name\":\"市政\","
                    "\"leaf\":false},{\"code\":\"06.01\",\"parent_code\":\"06\",\"level\":2,\"name\":\"井盖\",\"leaf\":true}]}"));
  f->water_id = read_text (f->two.a.conn, "SELECT id FROM unit WHERE code = ?1", "W");
  f->roads_id = read_text (f->two.a.conn, "SELECT id FROM unit WHERE code = ?1", "R");
  f->plumber = desk_act (&f->two.a, "account", "account.create", "{\"name\":\"潘秋霞\",\"roles\":\"handler\",\"unit\":\"%s\"}",
                         f->water_id);
  f->paver = desk_act (&f->two.a, "account", "account.create", "{\"name\":\"罗大路\",\"roles\":\"handler\",\"unit\":\"%s\"}",
                       f->roads_id);
  desk_talk (&f->two.a);
  desk_open (&f->water, f->two.hub);
  desk_open (&f->roads, f->two.hub);
  enrol_at (&f->water, f->water_id);
  enrol_at (&f->roads, f->roads_id);
  linli_desk_set_actor (f->water.desk, f->plumber);
  linli_desk_set_actor (f->roads.desk, f->paver);
}

static void
tear_down (Units        *f,
           gconstpointer data)
{
  desk_close (&f->water);
  desk_close (&f->roads);
  g_free (f->water_id);
  g_free (f->roads_id);
  g_free (f->plumber);
  g_free (f->paver);
  two_desks_tear_down (&f->two, data);
}

/* --- What must be there --- */

static void
assert_none (Desk       *desk,
             const char *sql)
{
  g_autofree char *first = NULL;

  g_assert_true (linli_conn_get_text (desk->conn, &first, NULL, sql, ""));
  if (first != NULL)
    g_error ("%s: %s", sql, first);
}

static void
assert_scope (Desk       *desk,
              const char *unit)
{
  g_autoptr(LinliHubScope) scope = linli_hub_scope_new (desk->hub, unit);
  g_autoptr(GHashTable) truth = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) rows = hub_test_rows (desk->conn);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint n_units = 0;

  g_assert_true (linli_hub_scope_add_all (scope, NULL));
  for (guint i = 0; i < scope->rows->len; i++)
    {
      const LinliHubScopeRow *row = scope->rows->pdata[i];

      g_hash_table_insert (truth, g_strconcat (row->table->name, "/", row->row_id, NULL), g_strdup (row->body));
    }
  hub_test_assert_same (truth, rows);
  g_assert_true (linli_hub_scope_check (desk->hub, &n_units, problems, NULL));
  g_assert_cmpuint (n_units, ==, 2);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
  hub_test_check_digest (desk->hub, desk->desk->device, desk->conn);

  /* Said in another way: */
  assert_none (desk, "SELECT body FROM entry WHERE audience = 'internal'");
  assert_none (desk, "SELECT name FROM attachment WHERE audience = 'internal'");
  assert_none (desk, "SELECT name FROM account WHERE unit_id IS NULL OR unit_id <> (SELECT unit_id FROM sync_state)");
  assert_none (desk, "SELECT id FROM credential WHERE account_id NOT IN (SELECT id FROM account)");
  assert_none (desk, "SELECT case_no FROM cases WHERE state <> 'merged' AND id NOT IN (SELECT case_id FROM dispatch "
                     "WHERE unit_id = (SELECT unit_id FROM sync_state))");
  assert_none (desk, "SELECT name FROM appellant WHERE id NOT IN (SELECT appellant_id FROM submission WHERE appellant_id "
                     "IS NOT NULL) AND id NOT IN (SELECT appellant_id FROM cases WHERE appellant_id IS NOT NULL)");
  assert_none (desk, "SELECT name FROM appellant WHERE confidential <> 0 AND name <> '***'");
  assert_none (desk, "SELECT id FROM link UNION SELECT id FROM identity_read UNION SELECT id FROM routing_rule");
  g_assert_true (linli_verify_store (desk->conn, problems, NULL));
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

/* Everybody fetches what there is. */
static void
settle (Units *f)
{
  for (guint i = 0; i < 4; i++)
    {
      desk_talk (&f->two.a);
      desk_talk (&f->water);
      desk_talk (&f->roads);
    }
  assert_scope (&f->water, f->water_id);
  assert_scope (&f->roads, f->roads_id);
  two_desks_assert_settled (&f->two);
}

static gint64
n_of (Desk       *desk,
      const char *table,
      const char *column,
      const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s = ?1", table, column);
  gint64 n = -1;

  g_assert_true (linli_conn_get_int (desk->conn, &n, NULL, sql, "s", id));
  return n;
}

/* How often a resident is named at the desk, in columns and in what people wrote. */
static gint64
n_naming (Desk       *desk,
          const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT count(*) FROM appellant WHERE name = '%1$s') + (SELECT count(*) FROM "
                                          "cases WHERE title LIKE '%%%1$s%%' OR appellant_name = '%1$s') + (SELECT count(*) "
                                          "FROM submission WHERE text_verbatim LIKE '%%%1$s%%') + (SELECT count(*) FROM entry "
                                          "WHERE body LIKE '%%%1$s%%' OR payload LIKE '%%%1$s%%')", name);

  return read_number (desk->conn, sql);
}

static char *
take_in (Units      *f,
         const char *text,
         const char *name)
{
  char *id = desk_act (&f->two.a, "case", "case.intake", "{\"text\":\"%s\",\"channel\":\"CK01\",\"accept\":true,\"item\":\"06.01\","
                       "\"appellant\":{\"name\":\"%s\",\"phone\":\"13800138000\"}}", text, name);

  desk_note (&f->two.a, id, "只给中心看");
  return id;
}

static char *
dispatch (Units      *f,
          const char *id,
          const char *unit)
{
  g_free (desk_act (&f->two.a, NULL, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, unit));
  return read_text (f->two.a.conn, "SELECT id FROM dispatch WHERE case_id = ?1 ORDER BY seq DESC, pk DESC LIMIT 1", id);
}

/* --- The cases --- */

static void
test_only_own (Units        *f,
               gconstpointer data)
{
  g_autofree char *mine = take_in (f, "水管爆了", "王一");
  g_autofree char *theirs = take_in (f, "路面塌陷", "李二");
  g_autofree char *part = dispatch (f, mine, f->water_id);
  g_autofree char *other = dispatch (f, theirs, f->roads_id);
  g_autofree char *unit = NULL;

  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", mine), ==, 1);
  g_assert_cmpint (n_of (&f->water, "cases", "id", theirs), ==, 0);
  g_assert_cmpint (n_of (&f->water, "submission", "case_id", mine), ==, 1);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "王一"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "李二"), ==, 0);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "只给中心看"), ==, 0);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", mine), ==, 0);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", theirs), ==, 1);
  g_assert_cmpint (read_number (f->water.conn, "SELECT count(*) FROM account"), ==, 1);
  g_assert_cmpint (read_number (f->water.conn, "SELECT count(*) FROM channel"), ==, 1);
  unit = read_text (f->water.conn, "SELECT unit_id FROM sync_state WHERE id = ?1", "guiyuan");
  g_assert_cmpstr (unit, ==, f->water_id);
}

/* Days later, by way of another unit: all that was said before arrives. */
static void
test_dispatched_later (Units        *f,
                       gconstpointer data)
{
  g_autofree char *id = take_in (f, "井盖松动", "王一");
  g_autofree char *part = NULL;
  g_autofree char *again = NULL;

  g_free (desk_act (&f->two.a, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"居民下午在家\",\"audience\":\"unit\"}", id));
  settle (f);
  g_assert_cmpint (n_of (&f->roads, "entry", "body", "居民下午在家"), ==, 0);
  part = dispatch (f, id, f->water_id);
  g_free (desk_act (&f->two.a, NULL, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错\"}", part));
  again = dispatch (f, id, f->roads_id);
  settle (f);
  g_assert_cmpint (n_of (&f->roads, "entry", "body", "居民下午在家"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "cases", "id", id), ==, 1); /* what was recalled stays readable */
  desk_edit (&f->two.a, id, "place", "桂园路七号");
  settle (f);
  g_assert_cmpint (n_of (&f->roads, "cases", "place", "桂园路七号"), ==, 1);
}

/* 保密 after it was sent: who has it in hand goes on without the name; from who
 * gave it back it is taken. */
static void
test_confidential (Units        *f,
                   gconstpointer data)
{
  g_autofree char *id = take_in (f, "王一举报占道", "王一");
  g_autofree char *elsewhere = desk_act (&f->two.a, "case", "case.intake", "{\"text\":\"王一家又漏水\",\"channel\":\"CK01\","
                                         "\"accept\":true,\"item\":\"06.01\",\"appellant\":{\"name\":\"王一\",\"phone\":\"13800138000\"}}");
  g_autofree char *part = dispatch (f, id, f->water_id);
  g_autofree char *again = NULL;

  g_free (desk_act (&f->two.a, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"王一（138 0013 8000）下午在家\","
                    "\"audience\":\"unit\"}", id));
  g_free (dispatch (f, elsewhere, f->water_id));
  settle (f);
  g_assert_cmpint (n_naming (&f->water, "王一"), >=, 3);
  g_free (desk_act (&f->two.a, NULL, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错\"}", part));
  again = dispatch (f, id, f->roads_id);
  settle (f);
  g_assert_cmpint (n_of (&f->roads, "appellant", "name", "王一"), ==, 1);
  g_free (desk_act (&f->two.a, NULL, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", id));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", id), ==, 0);
  g_assert_cmpint (n_of (&f->water, "entry", "case_id", id), ==, 0);
  g_assert_cmpint (n_of (&f->water, "cases", "id", elsewhere), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", id), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "entry", "body", "***（***）下午在家"), ==, 1);
  g_assert_cmpint (n_naming (&f->roads, "王一"), ==, 0);
  g_assert_cmpint (n_naming (&f->water, "王一"), ==, 0);
  g_free (desk_act (&f->two.a, NULL, "case.unmark-confidential", "{\"case\":\"%s\",\"reason\":\"本人同意\"}", id));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", id), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "appellant", "name", "王一"), ==, 1);
  g_assert_cmpint (n_naming (&f->roads, "王一"), >=, 3);
}

/* Off for days: the case was dispatched, worked on and withdrawn meanwhile, and
 * what was done here is kept with words. */
static void
test_away (Units        *f,
           gconstpointer data)
{
  g_autofree char *id = take_in (f, "夜间施工", "王一");
  g_autofree char *part = dispatch (f, id, f->water_id);
  g_autofree char *later = NULL;
  g_autofree char *seen = NULL;

  settle (f);
  g_free (desk_act (&f->water, NULL, "case.sign", "{\"dispatch\":\"%s\"}", part));
  g_free (desk_act (&f->water, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"已联系施工方\",\"audience\":\"unit\"}", id));
  g_free (desk_act (&f->two.a, NULL, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错\"}", part));
  g_free (dispatch (f, id, f->roads_id));
  g_free (desk_act (&f->two.a, NULL, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", id));
  later = take_in (f, "新案", "李二");
  g_free (dispatch (f, later, f->water_id));
  desk_talk (&f->two.a);
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", id), ==, 0);
  g_assert_cmpint (n_of (&f->water, "cases", "id", later), ==, 1);
  g_assert_cmpint (read_number (f->water.conn, "SELECT count(*) FROM parked WHERE result = 'rejected' AND code = 'other-unit' "
                                "AND theirs IS NULL AND message <> ''"), ==, 2);
  seen = read_text (f->water.conn, "SELECT mine FROM parked WHERE kind = ?1", "case.note");
  g_assert_nonnull (strstr (seen, "已联系施工方"));
  g_assert_cmpint (read_number (f->two.hub, "SELECT count(*) FROM entry WHERE body = '已联系施工方'"), ==, 0);
}

/* 并案: whoever has the target reads what was said in the others; whoever had
 * the source alone does not come to the target by it. */
static void
test_merged (Units        *f,
             gconstpointer data)
{
  g_autofree char *target = take_in (f, "水管漏水", "王一");
  g_autofree char *source = take_in (f, "楼下积水", "李二");
  g_autofree char *first = NULL;
  g_autofree char *part = NULL;

  g_free (desk_act (&f->two.a, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"钥匙在门卫处\",\"audience\":\"unit\"}", source));
  first = dispatch (f, target, f->water_id);
  part = dispatch (f, source, f->roads_id);
  settle (f);
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "钥匙在门卫处"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "submission", "case_id", target), ==, 2);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "李二"), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", source), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", target), ==, 0);
  g_assert_cmpint (n_of (&f->roads, "submission", "case_id", target), ==, 0); /* the words went to the target */
  g_free (desk_act (&f->two.a, NULL, "case.unmerge", "{\"case\":\"%s\"}", source));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", source), ==, 0);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "李二"), ==, 0);
  g_assert_cmpint (n_of (&f->roads, "appellant", "name", "李二"), ==, 1);
  g_free (desk_act (&f->two.a, NULL, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错\"}", first));
  g_free (dispatch (f, target, f->roads_id));
  settle (f);
  g_assert_cmpint (n_of (&f->roads, "merge_record", "source_id", source), ==, 0); /* nobody works with one that was undone */
}

/* What is merged with a confidential case is confidential too: whoever has it in
 * hand goes on with what the residents said, but the other case's own lines were
 * never for that unit. */
static void
test_merged_confidential (Units        *f,
                          gconstpointer data)
{
  g_autofree char *target = take_in (f, "水管漏水", "王一");
  g_autofree char *source = take_in (f, "举报占道", "李二");

  g_free (desk_act (&f->two.a, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"钥匙在门卫处\",\"audience\":\"unit\"}", source));
  g_free (desk_act (&f->two.a, NULL, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", source));
  g_free (dispatch (f, target, f->water_id));
  settle (f);
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", target), ==, 1);
  g_assert_cmpint (n_of (&f->water, "submission", "case_id", target), ==, 2);
  g_assert_cmpint (n_of (&f->water, "cases", "id", source), ==, 0);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "钥匙在门卫处"), ==, 0);
  g_free (desk_act (&f->two.a, NULL, "case.unmerge", "{\"case\":\"%s\"}", source));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "王一"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "submission", "case_id", target), ==, 1);
}

/* Whoever is found to have come about a confidential case too is silent in all
 * cases, also in one that nothing else was done to. */
static void
test_merged_silence (Units        *f,
                     gconstpointer data)
{
  g_autofree char *elsewhere = take_in (f, "赵四家停水", "赵四");
  g_autofree char *source = take_in (f, "赵四也来举报", "赵四");
  g_autofree char *target = take_in (f, "举报占道", "李二");

  g_free (desk_act (&f->two.a, NULL, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", target));
  g_free (dispatch (f, elsewhere, f->water_id));
  settle (f);
  g_assert_cmpint (n_naming (&f->water, "赵四"), >=, 3);
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", elsewhere), ==, 1);
  g_assert_cmpint (n_naming (&f->water, "赵四"), ==, 0);
  g_free (desk_act (&f->two.a, NULL, "case.unmerge", "{\"case\":\"%s\"}", source));
  settle (f);
  g_assert_cmpint (n_naming (&f->water, "赵四"), >=, 3);
}

/* A case that is dispatched brings what was merged into it before. */
static void
test_merged_before (Units        *f,
                    gconstpointer data)
{
  g_autofree char *target = take_in (f, "水管漏水", "王一");
  g_autofree char *source = take_in (f, "楼下积水", "李二");

  g_free (desk_act (&f->two.a, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"钥匙在门卫处\",\"audience\":\"unit\"}", source));
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  settle (f);
  g_free (dispatch (f, target, f->water_id));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "钥匙在门卫处"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "appellant", "name", "李二"), ==, 1);
}

/* 拆分 of a case that the unit has: the whole stays there, and of the parts it has
 * the one that is dispatched to it. */
static void
test_split (Units        *f,
            gconstpointer data)
{
  g_autofree char *whole = take_in (f, "井盖破了，路灯也不亮", "王一");
  g_autofree char *sent = dispatch (f, whole, f->water_id);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  settle (f);
  g_free (desk_act (&f->two.a, NULL, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"拆分\"}", sent));
  g_free (desk_act (&f->two.a, NULL, "case.split", "{\"case\":\"%s\",\"parts\":[{\"text\":\"井盖破了\",\"item\":\"06.01\"},"
                    "{\"text\":\"路灯不亮\",\"item\":\"06.01\"}]}", whole));
  first = read_text (f->two.a.conn, "SELECT id FROM cases WHERE parent_id = ?1 ORDER BY case_no LIMIT 1", whole);
  second = read_text (f->two.a.conn, "SELECT id FROM cases WHERE parent_id = ?1 ORDER BY case_no DESC LIMIT 1", whole);
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", whole), ==, 1);
  g_assert_cmpint (n_of (&f->water, "cases", "parent_id", whole), ==, 0);
  g_free (dispatch (f, first, f->water_id));
  g_free (dispatch (f, second, f->roads_id));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", first), ==, 1);
  g_assert_cmpint (n_of (&f->water, "cases", "parent_id", whole), ==, 1);
  g_assert_cmpint (n_of (&f->water, "cases", "id", second), ==, 0);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", second), ==, 1);
  g_assert_cmpint (n_of (&f->roads, "cases", "id", whole), ==, 0);
}

/* What was written for the units of one case is not for those of the other, to
 * which it is moved: who has read both loses it. */
static void
test_narrowed (Units        *f,
               gconstpointer data)
{
  g_autofree char *target = take_in (f, "水管漏水", "王一");
  g_autofree char *source = take_in (f, "楼下积水", "李二");
  g_autofree char *line = NULL;

  g_free (dispatch (f, target, f->water_id));
  g_free (dispatch (f, source, f->water_id));
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  line = desk_act (&f->two.a, "entry", "case.note", "{\"case\":\"%s\",\"body\":\"阀门在二楼\",\"audience\":\"unit\"}", target);
  settle (f);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "阀门在二楼"), ==, 1);
  g_free (desk_act (&f->two.a, NULL, "case.unmerge", "{\"case\":\"%s\",\"assign\":[{\"entry\":\"%s\",\"to\":\"source\"}]}",
                    source, line));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "id", source), ==, 1);
  g_assert_cmpint (n_of (&f->two.b, "entry", "body", "阀门在二楼"), ==, 1);
  g_assert_cmpint (n_of (&f->water, "entry", "body", "阀门在二楼"), ==, 0);
}

/* Found by the simulator: a unit wrote into a case that had been merged into one
 * it has not got. The words went there, and were gone from its screen. */
static void
test_merged_away (Units        *f,
                  gconstpointer data)
{
  g_autofree char *target = take_in (f, "水管漏水", "王一");
  g_autofree char *source = take_in (f, "楼下积水", "李二");
  g_autofree char *words = g_strdup_printf ("{\"case\":\"%s\",\"body\":\"已到楼下\",\"audience\":\"unit\"}", source);
  g_autofree char *mine = NULL;
  g_autoptr(GError) error = NULL;

  g_free (dispatch (f, source, f->water_id));
  settle (f);
  g_free (desk_act (&f->two.a, NULL, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}", target, source));
  desk_talk (&f->two.a);
  g_free (desk_act (&f->water, NULL, "case.note", "%s", words)); /* it has not heard of that yet */
  settle (f);
  g_assert_cmpint (n_of (&f->water, "cases", "state", "merged"), ==, 1);
  mine = read_text (f->water.conn, "SELECT mine FROM parked WHERE kind = ?1", "case.note");
  g_assert_nonnull (strstr (mine, "已到楼下"));
  g_assert_cmpint (n_of (&f->two.b, "entry", "body", "已到楼下"), ==, 0);
  g_assert_null (desk_try (&f->water, "case.note", words, &error)); /* now it has */
  g_assert_error (error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_ALLOWED);
}

/* What the hub tells a desk that listens for news. */
static gint64
read_tip (Desk  *desk,
          gint64 after)
{
  g_autoptr(GBytes) body = hub_test_take (linli_hub_tip (desk->hub, desk->desk->device, after), 200);
  g_autoptr(JsonObject) object = linli_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL);
  gint64 tip = -1;

  g_assert_true (linli_json_get_int (object, "tip", &tip));
  return tip;
}

/* A desk listens at the tip. What the centre does among itself is nothing to a
 * unit's; what enters its scope, and a list of all, wakes it. */
static void
test_wakes (Units        *f,
            gconstpointer data)
{
  g_autofree char *id = take_in (f, "夜间施工", "王一");
  gint64 seen;

  settle (f);
  seen = read_number (f->water.conn, "SELECT complete_rev FROM sync_state");
  g_assert_cmpint (read_tip (&f->water, seen), ==, seen);
  desk_edit (&f->two.a, id, "place", "桂园路七号");
  desk_note (&f->two.a, id, "只给中心看");
  desk_talk (&f->two.a);
  g_assert_cmpint (read_tip (&f->water, seen), ==, seen);
  g_assert_cmpint (read_tip (&f->two.b, seen), >, seen);
  g_assert_cmpint (read_tip (&f->water, -1), >, seen); /* who does not say gets the whole truth */
  g_free (dispatch (f, id, f->water_id));
  desk_talk (&f->two.a);
  g_assert_cmpint (read_tip (&f->water, seen), >, seen);
  g_assert_cmpint (read_tip (&f->roads, seen), ==, seen);
  g_free (desk_act (&f->two.a, NULL, "unit.import", "{\"units\":[{\"code\":\"P\",\"name\":\"派出所\"}]}"));
  desk_talk (&f->two.a);
  g_assert_cmpint (read_tip (&f->roads, seen), >, seen);
  settle (f);
}

static guint
count_problems (Units      *f,
                const char *sql)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint n_units = 0;

  if (sql != NULL)
    g_assert_true (linli_conn_exec (f->two.hub, sql, NULL));
  g_assert_true (linli_hub_scope_check (f->two.hub, &n_units, problems, NULL));
  g_assert_cmpuint (n_units, ==, 2);
  return problems->len;
}

/* linli-hub verify finds each way in which a unit's feed can be wrong. */
static void
test_checked (Units        *f,
              gconstpointer data)
{
  g_autofree char *id = take_in (f, "夜间施工", "王一");

  g_free (dispatch (f, id, f->water_id));
  settle (f);
  g_assert_cmpuint (count_problems (f, NULL), ==, 0);
  g_assert_cmpuint (count_problems (f, "UPDATE hub_scope SET body = NULL WHERE kind = 'cases'"), ==, 1);
  g_assert_cmpuint (count_problems (f, "UPDATE hub_scope SET body = '{}' WHERE kind = 'appellant'"), ==, 2);
  g_assert_cmpuint (count_problems (f, "UPDATE hub_scope SET unit_id = (SELECT unit_id FROM hub_device WHERE unit_id IS NOT NULL "
                                       "AND unit_id <> hub_scope.unit_id LIMIT 1) WHERE kind = 'dispatch'"), ==, 4);
  g_assert_cmpuint (count_problems (f, "DELETE FROM hub_scope WHERE kind = 'channel'"), ==, 5);
}

/* A person who goes to the centre, and one who comes. */
static void
test_people (Units        *f,
             gconstpointer data)
{
  g_autofree char *id = take_in (f, "停水", "王一");
  g_autofree char *part = dispatch (f, id, f->water_id);
  g_autofree char *second = desk_act (&f->two.a, "account", "account.create",
                                      "{\"name\":\"冯水生\",\"roles\":\"handler\",\"unit\":\"%s\"}", f->water_id);

  settle (f);
  g_free (desk_act (&f->water, NULL, "case.sign", "{\"dispatch\":\"%s\"}", part));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "dispatch", "handler_id", f->plumber), ==, 1);
  g_free (desk_act (&f->two.a, NULL, "account.set-roles", "{\"account\":\"%s\",\"roles\":\"clerk\"}", f->plumber));
  settle (f);
  g_assert_cmpint (n_of (&f->water, "account", "id", f->plumber), ==, 0);
  g_assert_cmpint (n_of (&f->water, "account", "id", second), ==, 1);
  g_assert_cmpint (n_of (&f->water, "dispatch", "handler_id", f->plumber), ==, 0);
}

/* --- The hub does not rely on the desk --- */

/* With a store of its own making the unit's desk speaks in an administrator's
 * name, and of a case it has not got. */
static void
test_foreign_hands (Units        *f,
                    gconstpointer data)
{
  static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;
  g_autofree char *theirs = take_in (f, "路面塌陷", "李二");
  g_autofree char *boss = read_text (f->two.a.conn, "SELECT id FROM account WHERE name = ?1", "陈静");
  g_autofree char *part = dispatch (f, theirs, f->roads_id);
  const char *device = f->water.desk->device;
  const struct { const char *actor, *kind, *args; } lines[] = {
    { boss, "account.create", g_strdup ("{\"name\":\"贼\",\"roles\":\"admin\"}") },
    { boss, "case.note", g_strdup_printf ("{\"case\":\"%s\",\"body\":\"x\",\"audience\":\"unit\"}", theirs) },
    { f->plumber, "case.note", g_strdup_printf ("{\"case\":\"%s\",\"body\":\"x\",\"audience\":\"unit\"}", theirs) },
    { f->plumber, "case.sign", g_strdup_printf ("{\"dispatch\":\"%s\"}", part) },
  };
  gint64 seq;

  settle (f);
  seq = read_number (f->two.hub, "SELECT max(last_seq) FROM hub_device WHERE unit_id IS NOT NULL") + 1;
  seq = MAX (seq, 1);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GBytes) batch = NULL;
      g_autoptr(GBytes) answer = NULL;
      g_autofree char *text = NULL;

      g_ptr_array_add (bodies, g_strdup_printf ("{\"op\":\"0195c0de-7000-7abc-8def-0000000000%02u\",\"k\":\"%s\",\"v\":1,\"by\":\"%s\","
                                                "\"at\":%" G_GINT64_FORMAT ",\"args\":%s}", i, lines[i].kind, lines[i].actor,
                                                (gint64) NOW, lines[i].args));
      batch = hub_test_batch (HUB_EPOCH, device, seq + i, NOW, bodies, 0, 1);
      answer = hub_test_take (linli_hub_push (f->two.hub, device, batch, &config, NOW), 200);
      text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
      g_assert_nonnull (strstr (text, "\"rejected\""));
      g_assert_nonnull (strstr (text, i < 2 ? "other-unit" : "not-found"));
      g_assert_null (strstr (text, "路面"));
      g_free ((char *) lines[i].args);
    }
  g_assert_cmpint (read_number (f->two.hub, "SELECT count(*) FROM account WHERE name = '贼'"), ==, 0);
  g_assert_cmpint (read_number (f->two.hub, "SELECT count(*) FROM entry WHERE body = 'x'"), ==, 0);
}

/* A copied machine does not get out of its unit by taking a new identity; and
 * the list of desks is not for it. */
static void
test_foreign_doors (Units        *f,
                    gconstpointer data)
{
  static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;
  static const char *const fresh = "0192f0c0-0000-7000-8000-00000000dfff";
  g_autofree char *theirs = take_in (f, "路面塌陷", "李二");
  g_autofree char *boss = read_text (f->two.a.conn, "SELECT id FROM account WHERE name = ?1", "陈静");
  g_autofree char *unit = NULL;
  g_autoptr(GBytes) page = NULL;
  g_autofree char *text = NULL;
  g_autoptr(LinliHubReply) seen = NULL;

  g_free (dispatch (f, theirs, f->roads_id));
  settle (f);
  g_bytes_unref (hub_test_take (linli_hub_fork (f->two.hub, f->water.desk->device, fresh, NOW), 200));
  unit = read_text (f->two.hub, "SELECT unit_id FROM hub_device WHERE id = ?1", fresh);
  g_assert_cmpstr (unit, ==, f->water_id);
  page = hub_test_take (linli_hub_pull (f->two.hub, fresh, LINLI_WIRE_START, &config, NOW), 200);
  text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_assert_null (strstr (text, theirs));
  g_assert_null (strstr (text, "李二"));
  g_assert_null (strstr (text, boss));
  g_bytes_unref (hub_test_take (linli_hub_desks (f->two.hub, f->water.desk->device, boss, NULL), 403));
  seen = linli_hub_look_at (f->two.hub, f->water.desk->device, theirs);
  g_assert_cmpuint (seen->body->len, ==, 0);
}

static void
assert_admitted (Units      *f,
                 Desk       *desk,
                 const char *sha256,
                 const char *row,
                 const char *expected)
{
  const char *problem = NULL;
  g_autoptr(GError) error = NULL;

  linli_hub_files_admit (f->two.hub, desk->desk->device, sha256, row, FALSE, &problem, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (problem, ==, expected);
}

/* A desk names the row that has the file; what it names opens nothing more, and
 * the hub does not go through all files of the centre to find it. */
static void
test_files_by_row (Units        *f,
                   gconstpointer data)
{
  static const char sha256[] = "a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1";
  static const char other[] = "b3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1a3f1";
  g_autofree char *mine = take_in (f, "水管爆了", "王一");
  g_autofree char *row = desk_act (&f->two.a, "attachment", "case.attach", "{\"case\":\"%s\",\"sha256\":\"%s\",\"name\":\"a.jpg\","
                                   "\"content_type\":\"image/jpeg\",\"size\":9,\"audience\":\"unit\"}", mine, sha256);

  g_free (dispatch (f, mine, f->water_id));
  settle (f);
  assert_admitted (f, &f->water, sha256, row, NULL);
  assert_admitted (f, &f->water, sha256, NULL, NULL);
  assert_admitted (f, &f->water, sha256, mine, NULL); /* a row that has gone since */
  assert_admitted (f, &f->water, other, row, "blob-unknown");
  assert_admitted (f, &f->roads, sha256, row, "blob-unknown");
  if (test_conn_is_postgres ())
    return; /* tells its plans in other words, and by the sizes of its tables */
  for (guint for_unit = 0; for_unit < 2; for_unit++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", linli_hub_files_by_row (for_unit != 0), NULL);
      g_autoptr(LinliStmt) stmt = linli_conn_query (f->two.hub, NULL, sql, "sss", f->water_id, row, sha256);
      g_autoptr(GString) plan = g_string_new (NULL);
      gboolean found = FALSE;

      while (linli_stmt_step (stmt, &found, NULL) && found)
        g_string_append_printf (plan, "%s; ", linli_stmt_get_text (stmt, 3));
      g_test_message ("%s", plan->str);
      g_assert_nonnull (strstr (plan->str, "SEARCH a USING INDEX sqlite_autoindex_attachment_1 (id=?)"));
      g_assert_null (strstr (plan->str, "SCAN a"));
      g_assert_null (strstr (plan->str, "SCAN s"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/sync/units/" path, Units, NULL, set_up, func, tear_down)
  ADD ("only-own", test_only_own);
  ADD ("dispatched-later", test_dispatched_later);
  ADD ("confidential", test_confidential);
  ADD ("away", test_away);
  ADD ("merged", test_merged);
  ADD ("merged-confidential", test_merged_confidential);
  ADD ("merged-silence", test_merged_silence);
  ADD ("merged-before", test_merged_before);
  ADD ("merged-away", test_merged_away);
  ADD ("split", test_split);
  ADD ("narrowed", test_narrowed);
  ADD ("wakes", test_wakes);
  ADD ("checked", test_checked);
  ADD ("people", test_people);
  ADD ("foreign-hands", test_foreign_hands);
  ADD ("foreign-doors", test_foreign_doors);
  ADD ("files-by-row", test_files_by_row);
#undef ADD

  return g_test_run ();
}
