/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of places: how it grows, what a text means, and that every change
 * of what stands above is followed below. */

#include "config.h"

#include "case-desk.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-place-index.h"
#include "linli-place-resolve.h"
#include "linli-place-tree.h"
#include "linli-text.h"
#include "linli-unit-search.h"

static void
import (CaseDesk   *f,
        const char *places)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "place.import", "{\"places\":[%s]}", places);

  g_assert_nonnull (outcome);
}

#define COMMUNITY "{\"name\":\"桂园社区\",\"kind\":\"community\"}"
#define ESTATE    "{\"name\":\"桂园花园\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"aliases\":\"老粮站，粮所大院\",\"grid\":\"GY-01\"}"
#define HOUSE     "{\"name\":\"3栋\",\"kind\":\"building\",\"parent\":\"桂园社区/桂园花园\"}"
#define OTHER     "{\"name\":\"银杏里\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"grid\":\"GY-04\"}"
#define TWIN      "{\"name\":\"3栋\",\"kind\":\"building\",\"parent\":\"桂园社区/银杏里\",\"grid\":\"GY-04B\"}"
#define ROAD      "{\"name\":\"桂园路\",\"kind\":\"road\",\"parent\":\"桂园社区\"}"

static void
set_up (CaseDesk     *f,
        gconstpointer data)
{
  case_desk_set_up (f, NULL);
  import (f, COMMUNITY "," ESTATE "," HOUSE "," OTHER "," TWIN "," ROAD);
}

static void
tear_down (CaseDesk     *f,
           gconstpointer data)
{
  case_desk_tear_down (f, NULL);
}

static char *
id_of (CaseDesk   *f,
       const char *full_name)
{
  return case_desk_text (f, "SELECT id FROM place WHERE full_name = ?1", full_name);
}

/* The table in memory means the same by every text. */
static void
assert_indexed (CaseDesk        *f,
                const char      *text,
                const char      *community,
                LinliPlaceFound *found)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliPlaceIndex) index = linli_place_index_load (f->conn, &error);
  const LinliPlaceSpot *spot;

  g_assert_no_error (error);
  spot = linli_place_index_find (index, text, community);
  g_assert_cmpstr (spot != NULL ? spot->id : "-", ==, found != NULL ? linli_row_get_id (found->row) : "-");
  g_assert_cmpstr (spot != NULL ? spot->grid : NULL, ==, found != NULL ? found->grid : NULL);
  g_assert_cmpstr (spot != NULL ? spot->community : NULL, ==, found != NULL ? found->community : NULL);
}

static char *
resolve (CaseDesk   *f,
         const char *text,
         const char *community)
{
  g_autoptr(LinliPlaceFound) found = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_place_resolve (f->conn, NULL, text, community, &found, &error));
  g_assert_no_error (error);
  assert_indexed (f, text, community, found);
  return found == NULL ? g_strdup ("-")
                       : g_strdup_printf ("%s %s", linli_row_get_text (found->row, LINLI_PLACE_FULL_NAME),
                                          found->grid != NULL ? found->grid : "-");
}

static void
test_resolve (CaseDesk     *f,
              gconstpointer data)
{
  static const struct { const char *text; const char *means; } table[] = {
    { "桂园花园3栋", "桂园花园3栋 GY-01" },
    { "桂园花园 ３栋602", "桂园花园3栋 GY-01" },
    { "桂园社区桂园花园3栋", "桂园花园3栋 GY-01" },
    { "银杏里3栋1单元", "银杏里3栋 GY-04B" },
    { "老粮站门口", "桂园花园 GY-01" },
    { "粮所大院", "桂园花园 GY-01" },
    { "桂园花园13栋", "桂园花园 GY-01" },
    { "桂园路（近桂园小学）", "桂园路 -" },
    { "桂园社区", "桂园社区 -" },
    { "3栋", "-" },
    { "桂", "-" },
    { "某处", "-" },
    { "", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *means = resolve (f, table[i].text, NULL);

      g_assert_cmpstr (means, ==, table[i].means);
    }
}

/* What anybody may type, pieced together at random: both answer alike. */
static void
test_index_answers_alike (CaseDesk     *f,
                          gconstpointer data)
{
  static const char *const pieces[] = { "桂园", "社区", "花园", "3栋", "1", "路", "银杏里", " ", "老粮站", "桂园社区", "（近", "13", "a" };
  static const char *const communities[] = { NULL, "桂园社区", "松溪社区" };
  guint32 seed = g_test_rand_int_range (0, G_MAXINT);
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  import (f, "{\"name\":\"松溪社区\",\"kind\":\"community\"},{\"name\":\"桂园路\",\"kind\":\"road\",\"parent\":\"松溪社区\"}");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *means = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_test_message ("%s", text->str);
      means = resolve (f, text->str, communities[g_rand_int_range (rand, 0, 3)]);
    }
}

static void
test_address (CaseDesk     *f,
              gconstpointer data)
{
  static const struct { const char *address, *community, *means; } table[] = {
    { "云岭区海棠街道桂园社区桂园花园3栋602", NULL, "3栋" },
    { "海棠街道桂园花园", NULL, "桂园花园" },
    { "海棠街道办桂园社区银杏里", "桂园社区", "银杏里" },
    { "桂园路12号", NULL, "桂园路" },
    { "海棠街道", "桂园社区", "-" },
  };
  g_autoptr(LinliPlaceIndex) index = linli_place_index_load (f->conn, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const LinliPlaceSpot *spot = linli_place_index_find_address (index, table[i].address, table[i].community);

      g_assert_cmpstr (spot != NULL ? spot->name : "-", ==, table[i].means);
    }
}

static void
test_of_one_name (CaseDesk     *f,
                  gconstpointer data)
{
  g_autofree char *nobody = NULL, *here = NULL, *there = NULL;

  import (f, "{\"name\":\"松溪社区\",\"kind\":\"community\"},"
             "{\"name\":\"人民路\",\"kind\":\"road\",\"parent\":\"松溪社区\",\"grid\":\"SX\"},"
             "{\"name\":\"人民路\",\"kind\":\"road\",\"parent\":\"桂园社区\",\"grid\":\"GY\"}");
  nobody = resolve (f, "人民路5号", NULL);
  here = resolve (f, "人民路5号", "桂园社区");
  there = resolve (f, "人民路5号", "松溪社区");
  g_assert_cmpstr (nobody, ==, "-");
  g_assert_cmpstr (here, ==, "人民路 GY");
  g_assert_cmpstr (there, ==, "人民路 SX");
}

static void
test_find (CaseDesk     *f,
           gconstpointer data)
{
  static const struct { const char *typed; const char *first; } table[] = {
    { "gyhy", "桂园花园" }, { "llz", "桂园花园" }, { "lsdy", "桂园花园" }, { "粮站", "桂园花园" },
    { "gyhy3", "桂园花园3栋" }, { "yx 3", "银杏里3栋" }, { "银杏里 3", "银杏里3栋" }, { "花园3", "桂园花园3栋" },
    { "guiyuanhuay", "桂园花园" }, { "liangzhan", "桂园花园" }, { "yinxingli 3", "银杏里3栋" }, { "yin 3", "银杏里3栋" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GPtrArray) rows = linli_place_search (f->conn, table[i].typed, 9, NULL);

      g_assert_cmpuint (rows->len, >, 0);
      g_assert_cmpstr (linli_row_get_text (rows->pdata[0], LINLI_PLACE_FULL_NAME), ==, table[i].first);
    }
}

static void
test_nothing_twice (CaseDesk     *f,
                    gconstpointer data)
{
  g_autoptr(LinliOutcome) again = case_desk_do (f, "place.import", "{\"places\":[%s]}", COMMUNITY "," ESTATE "," HOUSE "," OTHER "," TWIN);

  g_assert_cmpint (json_object_get_int_member (again->result, "n_same"), ==, 5);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM place WHERE id <> ?1", ""), ==, 6);
}

static void
test_rename_and_move (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *estate = id_of (f, "桂园花园");
  g_autofree char *house = id_of (f, "桂园花园3栋");
  g_autofree char *other = id_of (f, "银杏里");
  g_autofree char *road = id_of (f, "桂园路");
  g_autofree char *named = NULL, *moved = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  outcome = case_desk_do (f, "place.save", "{\"place\":\"%s\",\"name\":\"金桂花园\"}", estate);
  named = case_desk_text (f, "SELECT full_name || ' ' || pinyin FROM place WHERE id = ?1", house);
  g_assert_cmpstr (named, ==, "金桂花园3栋 jghy3d 3d");
  case_desk_refused (f, "invalid", "name", "place.save", "{\"place\":\"%s\",\"parent\":\"%s\"}", house, other);
  case_desk_refused (f, "invalid", "parent", "place.save", "{\"place\":\"%s\",\"parent\":\"%s\"}", estate, house);
  case_desk_refused (f, "invalid", "kind", "place.save", "{\"place\":\"%s\",\"kind\":\"building\"}", estate);
  g_clear_pointer (&outcome, linli_outcome_free);
  outcome = case_desk_do (f, "place.save", "{\"place\":\"%s\",\"parent\":\"%s\"}", house, road);
  moved = case_desk_text (f, "SELECT full_name FROM place WHERE id = ?1", house);
  g_assert_cmpstr (moved, ==, "桂园路3栋");
}

static void
test_case_follows (CaseDesk     *f,
                   gconstpointer data)
{
  g_autofree char *house = id_of (f, "桂园花园3栋");
  g_autofree char *road = id_of (f, "桂园路");
  g_autoptr(LinliOutcome) taken = case_desk_do (f, "case.intake", "{\"text\":\"楼道灯不亮\",\"channel\":\"CK01\",\"place\":\"老粮站3栋\"}");
  g_autofree char *id = case_desk_tell (taken, "case");
  g_autofree char *first = case_desk_text (f, "SELECT place || ' ' || grid || ' ' || community FROM cases WHERE id = ?1", id);
  g_autofree char *second = NULL;
  g_autoptr(LinliOutcome) edited = NULL;

  /* The words stay; the estate is what they begin with. */
  g_assert_cmpstr (first, ==, "老粮站3栋 GY-01 桂园社区");
  edited = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"place\":\"桂园路12号\"}", id,
                         (int) case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", id));
  second = case_desk_text (f, "SELECT place_id FROM cases WHERE id = ?1", id);
  g_assert_cmpstr (second, ==, road);
  g_assert_cmpstr (second, !=, house);
}

/* Two correct the place at once: the one that stays keeps its words, its place
 * of the list and its grid together. */
static void
test_contested (CaseDesk     *f,
                gconstpointer data)
{
  g_autofree char *house = id_of (f, "桂园花园3栋");
  g_autofree char *other = id_of (f, "银杏里");
  g_autoptr(LinliOutcome) taken = case_desk_do (f, "case.intake", "{\"text\":\"楼道灯不亮\",\"channel\":\"CK01\",\"place\":\"桂园花园3栋\"}");
  g_autofree char *id = case_desk_tell (taken, "case");
  g_autoptr(LinliOutcome) theirs = NULL, mine = NULL;
  g_autofree char *now = NULL;

  theirs = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":1,\"place\":\"银杏里3栋\"}", id);
  mine = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":1,\"title\":\"三栋灯不亮\",\"place\":\"银杏里\",\"place_id\":\"%s\","
                       "\"base\":{\"place\":\"桂园花园3栋\",\"place_id\":\"%s\"}}", id, other, house);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (mine->result, "conflicts")), ==, 2);
  now = case_desk_text (f, "SELECT place || ' ' || full_name || ' ' || cases.grid FROM cases JOIN place ON place.id = place_id "
                           "WHERE cases.id = ?1", id);
  g_assert_cmpstr (now, ==, "银杏里3栋 银杏里3栋 GY-04B");
}

static void
test_retire (CaseDesk     *f,
             gconstpointer data)
{
  g_autofree char *estate = id_of (f, "桂园花园");
  g_autofree char *house = id_of (f, "桂园花园3栋");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "place.retire", "{\"place\":\"%s\"}", estate);
  g_autofree char *gone = resolve (f, "桂园花园3栋", NULL);

  g_assert_cmpstr (gone, ==, "-");
  g_clear_pointer (&outcome, linli_outcome_free);
  outcome = case_desk_do (f, "place.restore", "{\"place\":\"%s\"}", house);
  g_free (gone);
  gone = resolve (f, "桂园花园3栋", NULL);
  g_assert_cmpstr (gone, ==, "桂园花园3栋 GY-01");
}

static void
test_undo (CaseDesk     *f,
           gconstpointer data)
{
  g_autofree char *estate = id_of (f, "桂园花园");
  g_autoptr(LinliOutcome) made = case_desk_do (f, "place.save", "{\"name\":\"5栋\",\"kind\":\"building\",\"parent\":\"%s\"}", estate);
  g_autofree char *house = case_desk_tell (made, "place");
  g_autoptr(LinliOutcome) inside = NULL, renamed = NULL, later = NULL, back = NULL, twin = NULL;
  g_autofree char *named = NULL;

  inside = case_desk_do (f, "place.save", "{\"name\":\"1单元\",\"kind\":\"unit\",\"parent\":\"%s\"}", house);
  case_desk_refused (f, "in-use", NULL, "core.undo", "{\"operation\":\"%s\"}", made->operation);

  /* Who came since is called after the name that is back. */
  renamed = case_desk_do (f, "place.save", "{\"place\":\"%s\",\"name\":\"金桂花园\"}", estate);
  later = case_desk_do (f, "place.save", "{\"name\":\"6栋\",\"kind\":\"building\",\"parent\":\"%s\"}", estate);
  back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", renamed->operation);
  named = id_of (f, "桂园花园6栋");
  g_assert_nonnull (named);

  /* Nor does it get a name back that another has by now. */
  g_clear_pointer (&renamed, linli_outcome_free);
  renamed = case_desk_do (f, "place.save", "{\"place\":\"%s\",\"name\":\"金桂花园\"}", estate);
  twin = case_desk_do (f, "place.import", "{\"places\":[%s]}", ESTATE);
  case_desk_refused (f, "in-use", NULL, "core.undo", "{\"operation\":\"%s\"}", renamed->operation);
}

/* Whatever is done in whatever order: each stands where it may, and is called
 * after what it stands in. */
static void
check_tree (CaseDesk *f)
{
  g_autofree char *wrong = case_desk_text (f,
    "SELECT group_concat (c.name) FROM place c LEFT JOIN place p ON p.id = c.parent_id WHERE ?1 = '' AND ("
    "(c.kind = 'community') <> (c.parent_id IS NULL) AND c.kind = 'community' OR (c.parent_id IS NOT NULL AND p.id IS NULL) OR "
    "p.kind = 'landmark' OR (c.kind = 'building' AND p.kind IN ('building', 'unit')) OR "
    "(c.kind IN ('estate', 'road') AND p.kind <> 'community') OR (c.kind = 'unit' AND p.kind <> 'building') OR "
    "c.full_name <> CASE WHEN p.id IS NULL OR p.kind = 'community' OR substr (c.name, 1, length (p.full_name)) = p.full_name "
    "THEN c.name ELSE p.full_name || c.name END OR "
    "ifnull (c.community, '') <> CASE WHEN c.kind = 'community' THEN c.name ELSE ifnull (p.community, '') END OR "
    "(c.active = 1 AND p.active = 0))", "");
  gint64 twins = case_desk_int (f, "SELECT count(*) FROM place a JOIN place b ON a.name = b.name AND a.pk < b.pk "
                                   "AND a.parent_id IS b.parent_id AND ?1 = ''", "");

  g_assert_cmpstr (wrong, ==, NULL);
  g_assert_cmpint (twins, ==, 0);
}

static char *
any_place (CaseDesk *f,
           GRand    *rand)
{
  gint64 n = case_desk_int (f, "SELECT count(*) FROM place WHERE ?1 = ''", "");
  g_autofree char *which = g_strdup_printf ("%d", g_rand_int_range (rand, 0, (gint) n));

  return case_desk_text (f, "SELECT id FROM place ORDER BY pk LIMIT 1 OFFSET CAST (?1 AS INTEGER)", which);
}

static void
test_random (CaseDesk     *f,
             gconstpointer data)
{
  static const char *const kinds[] = { "community", "estate", "road", "building", "unit", "landmark" };
  g_autoptr(GRand) rand = g_rand_new_with_seed (28);
  g_autofree char *last = NULL;
  guint n_done = 0, n_undone = 0;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *one = any_place (f, rand);
      g_autofree char *other = any_place (f, rand);
      const char *kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
      g_autofree char *name = g_strdup_printf ("%s%d", kind, g_rand_int_range (rand, 0, 12));
      g_autoptr(LinliOutcome) outcome = NULL;

      switch (g_rand_int_range (rand, 0, 8))
        {
        case 0:
          outcome = case_desk_try (f, NULL, "place.retire", "{\"place\":\"%s\"}", one);
          break;
        case 1:
          outcome = case_desk_try (f, NULL, "place.restore", "{\"place\":\"%s\"}", one);
          break;
        case 2:
          outcome = case_desk_try (f, NULL, "place.save", "{\"place\":\"%s\",\"parent\":\"%s\"}", one, other);
          break;
        case 3:
          outcome = case_desk_try (f, NULL, "place.save", "{\"place\":\"%s\",\"name\":\"%s\",\"kind\":\"%s\"}", one, name, kind);
          break;
        case 4:
          outcome = case_desk_try (f, NULL, "place.import", "{\"places\":[{\"name\":\"%s\",\"kind\":\"%s\"}]}", name, kind);
          break;
        case 5:
          if (last != NULL)
            outcome = case_desk_try (f, NULL, "core.undo", "{\"operation\":\"%s\"}", last);
          n_undone += outcome != NULL;
          check_tree (f);
          continue;
        default:
          outcome = case_desk_try (f, NULL, "place.save", "{\"name\":\"%s\",\"kind\":\"%s\",\"parent\":\"%s\"}", name, kind, other);
        }
      n_done += outcome != NULL;
      if (outcome != NULL && g_rand_boolean (rand))
        {
          g_free (last);
          last = g_strdup (outcome->operation);
        }
      check_tree (f);
    }
  g_assert_cmpuint (n_done, >, 60);
  g_assert_cmpuint (n_undone, >, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/places/" name, CaseDesk, NULL, set_up, func, tear_down)
  ADD ("resolve", test_resolve);
  ADD ("index-answers-alike", test_index_answers_alike);
  ADD ("address", test_address);
  ADD ("of-one-name", test_of_one_name);
  ADD ("find", test_find);
  ADD ("nothing-twice", test_nothing_twice);
  ADD ("rename-and-move", test_rename_and_move);
  ADD ("case-follows", test_case_follows);
  ADD ("contested", test_contested);
  ADD ("retire", test_retire);
  ADD ("undo", test_undo);
  ADD ("random", test_random);

  return g_test_run ();
}
