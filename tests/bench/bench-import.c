/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast cases come in from a file: rows a second through case.import, with
 * audit and search index, on a store on disk; beside it, the same rows put
 * into bare tables without any of that. Arguments: number of rows, and of
 * places that the store knows and the rows name. */

#include "case-desk.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#include "linli-json.h"

#define ROWS   20000
#define BATCH  500
#define PLACES 2000

static const char *const kinds[] = { "市容环卫", "市政设施", "环保水务", "治安维稳", "交通运输", "规土城建" };
static const char *const leaves[] = { "道路破损", "饲养宠物家禽扰民", "商业经营红线内噪声", "暴露垃圾", "占道经营", "路灯不亮" };
static const char *const communities[] = { "南布社区", "和平社区", "汤坑社区", "江岭社区", "六联社区", "龙田社区" };
static const char *const units[] = { "龙田街道综合执法队", "环境保护和水务局", "城管办", "马峦办事处综合执法队" };

/* Time of this process alone: other people's work on the machine is not ours. */
static gint64
now (void)
{
  return (gint64) clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC;
}

/* One row as the platform's extract holds it. */
static JsonObject *
make_row (guint i,
          GRand *rand)
{
  JsonObject *row = json_object_new ();
  g_autofree char *key = g_strdup_printf ("extract:%u", 72687 + i);
  g_autofree char *number = g_strdup_printf ("%u", 72687 + i);
  g_autofree char *place = g_strdup_printf ("%d号小区%d栋%u", g_rand_int_range (rand, 0, PLACES / 20),
                                            g_rand_int_range (rand, 1, 30), i % 900);
  g_autofree char *item = g_strdup_printf ("%s / %s", kinds[g_rand_int_range (rand, 0, 6)],
                                           leaves[g_rand_int_range (rand, 0, 6)]);

  json_object_set_string_member (row, "source_key", key);
  json_object_set_string_member (row, "external_no", number);
  json_object_set_string_member (row, "item_name", item);
  json_object_set_string_member (row, "nature", "投诉");
  json_object_set_string_member (row, "channel", i % 3 == 0 ? "12345" : "@坪山");
  json_object_set_int_member (row, "received_at", CASE_DESK_NOW - (gint64) i * CASE_DESK_MINUTE);
  json_object_set_string_member (row, "state", i % 50 == 0 ? "closed_late" : "closed_in_time");
  json_object_set_string_member (row, "community", communities[g_rand_int_range (rand, 0, 6)]);
  json_object_set_string_member (row, "street", "龙田街道");
  json_object_set_string_member (row, "place", place);
  json_object_set_string_member (row, "unit_name", units[g_rand_int_range (rand, 0, 4)]);

  return row;
}

/* Estates of twenty buildings, so that a row in three names an unknown building. */
static void
make_places (CaseDesk *f,
             guint     n_places)
{
  for (guint estate = 0; estate < n_places / 20; estate++)
    {
      g_autoptr(GString) places = g_string_new (NULL);
      g_autoptr(LinliOutcome) outcome = NULL;

      g_string_append_printf (places, "{\"name\":\"%u号小区\",\"kind\":\"estate\"}", estate);
      for (guint i = 1; i < 20; i++)
        g_string_append_printf (places, ",{\"name\":\"%u栋\",\"kind\":\"building\",\"parent\":\"%u号小区\"}", i, estate);
      outcome = case_desk_do (f, "place.import", "{\"places\":[%s]}", places->str);
    }
}

static double
import_all (CaseDesk *f,
            guint     n_rows)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(LinliOutcome) start = case_desk_do (f, "import.start", "{\"kind\":\"cases\",\"file_name\":\"extract.csv\"}");
  g_autofree char *import = case_desk_tell (start, "import");
  gint64 spent = 0;

  for (guint i = 0; i < n_rows; i += BATCH)
    {
      JsonArray *rows = json_array_new ();
      g_autoptr(JsonObject) args = json_object_new ();
      g_autoptr(LinliOutcome) outcome = NULL;
      g_autoptr(GError) error = NULL;
      gint64 began;

      for (guint r = i; r < MIN (i + BATCH, n_rows); r++)
        json_array_add_object_element (rows, make_row (r, rand));
      json_object_set_string_member (args, "import", import);
      json_object_set_array_member (args, "rows", rows);
      f->clock.time += 50 * G_TIME_SPAN_MILLISECOND; /* as it does: ids sort by time */
      began = now ();
      outcome = linli_desk_submit (f->desk, f->conn, "case.import", args, 0, &error);
      spent += now () - began;
      g_assert_no_error (error);
    }

  return (double) spent / G_USEC_PER_SEC;
}

/* The same rows into copies of the tables, keys and indexes included. */
static double
copy_bare (CaseDesk *f)
{
  static const char *const tables[] = { "cases", "submission", "entry", "clock" };
  g_autofree char *file = case_desk_text (f, "SELECT file FROM pragma_database_list WHERE name = 'main'", NULL);
  g_autofree char *path = g_strconcat (file, ".bare", NULL);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS bare", path);
  gint64 began;

  g_assert_true (linli_conn_exec (f->conn, attach, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *name = g_strdup_printf ("SELECT group_concat (replace (replace (replace (sql, 'CREATE TABLE ', 'CREATE TABLE bare.'),"
                                               " 'CREATE INDEX ', 'CREATE INDEX bare.'), 'CREATE UNIQUE INDEX ', 'CREATE UNIQUE INDEX bare.'), ';')"
                                               " FROM (SELECT sql FROM sqlite_schema WHERE tbl_name = '%s' AND sql NOT NULL ORDER BY rootpage)", tables[i]);
      g_autofree char *ddl = case_desk_text (f, name, NULL);

      g_assert_true (linli_conn_exec (f->conn, ddl, NULL));
    }
  began = now ();
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *copy = g_strdup_printf ("INSERT INTO bare.%s SELECT * FROM main.%s ORDER BY pk", tables[i], tables[i]);
      g_autoptr(GError) error = NULL;

      linli_conn_exec (f->conn, copy, &error);
      g_assert_no_error (error);
    }
  return (double) (now () - began) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  guint n_rows = argc > 1 ? (guint) atoi (argv[1]) : ROWS;
  guint n_places = argc > 2 ? (guint) atoi (argv[2]) : PLACES;
  g_autofree char *folder = g_dir_make_tmp ("linli-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", folder);
  CaseDesk f = { 0 };
  double ours;
  double bare;

  case_desk_set_up (&f, path);
  make_places (&f, n_places);
  ours = import_all (&f, n_rows);
  g_assert_cmpint (case_desk_int (&f, "SELECT count(*) FROM cases", NULL), ==, n_rows);
  bare = copy_bare (&f);
  g_print ("import of %u rows at %u places, processor time: %.0f rows/s (goal 10000), bare copy %.0f rows/s, ratio %.1f\n",
           n_rows, n_places, n_rows / ours, n_rows / bare, ours / bare);
  case_desk_tear_down (&f, path);
  g_assert_cmpint (system (remove), ==, 0);

  return n_rows / ours > 1000 ? 0 : 1;
}
