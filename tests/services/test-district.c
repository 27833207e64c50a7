/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a district keeps of its hub, and what it makes of an answer. */

#include <glib/gstdio.h>

#include "linli-district-keeper.h"
#include "linli-json.h"

#define ANSWER_TEXT "{\"from\":\"2026-11-01\",\"to\":\"2026-11-28\",\"at\":7,\"answer\":{\"centres\":[]}}"

typedef struct
{
  char *folder;
  char *address; /* file */
  char *answer;  /* file */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("linli-district-XXXXXX", NULL);
  f->address = g_build_filename (f->folder, "district.json", NULL);
  f->answer = g_build_filename (f->folder, "district-figures.json", NULL);
  g_assert_true (g_file_set_contents (f->answer, ANSWER_TEXT, -1, NULL));
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_remove (f->address);
  g_remove (f->answer);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->address);
  g_free (f->answer);
}

/* Nobody else reads the key, and another hub's figures go. */
static void
test_saves (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(LinliDistrictAddress) address = linli_district_address_new ("hub.example.cn", " key\n", NULL);
  g_autoptr(LinliDistrictAddress) kept = NULL;
  g_autoptr(LinliDistrictAnswer) answer = linli_district_keeper_load_answer (f->folder);
  g_autoptr(GError) error = NULL;
  GStatBuf found;

  g_assert_cmpint (answer->at, ==, 7);
  g_assert_true (g_file_set_contents_full (f->address, "{}", -1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  g_assert_null (linli_district_keeper_load (f->folder));
  linli_district_keeper_save (f->folder, address, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (f->address, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0600);
  kept = linli_district_keeper_load (f->folder);
  g_assert_cmpstr (kept->url, ==, "hub.example.cn");
  g_assert_cmpstr (kept->key, ==, "key");
  g_assert_null (linli_district_keeper_load_answer (f->folder));
}

/* What cannot be saved takes nothing away. */
static void
test_cannot_save (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr(LinliDistrictAddress) address = linli_district_address_new ("hub.example.cn", "key", NULL);
  g_autoptr(LinliDistrictAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (f->address, 0700), ==, 0);
  g_assert_false (linli_district_keeper_save (f->folder, address, &error));
  g_assert_nonnull (error);
  answer = linli_district_keeper_load_answer (f->folder);
  g_assert_nonnull (answer);
}

/* Whatever a hub says: what cannot be read is nothing. */
static void
test_bad_answers (Fixture      *f,
                  gconstpointer data)
{
  static const struct { const char *text; guint n_centres; } cases[] = {
    { "{}", 0 },
    { "{\"centres\":7}", 0 },
    { "{\"centres\":[1,null,[],\"x\"]}", 0 },
    { "{\"centres\":[{}]}", 1 },
    { "{\"centres\":[{\"name\":1,\"workspace\":null,\"counts\":{\"sets\":[]},\"classes\":{\"a\":1}}]}", 1 },
    { "{\"centres\":[{\"name\":\"a\",\"counts\":{\"sets\":{\"accepted\":\"x\"}},\"before\":5,\"units\":[0,{\"name\":2}]}]}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, "table.csv", NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(JsonObject) answer = linli_json_parse_object (cases[i].text, -1, NULL);
      g_autoptr(LinliDistrictFigures) figures = linli_district_figures_parse (answer, 1);
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (figures->centres->len, ==, cases[i].n_centres);
      linli_district_figures_export (figures, file, &error);
      g_assert_no_error (error);
      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/district/saves", Fixture, NULL, set_up, test_saves, tear_down);
  g_test_add ("/district/cannot-save", Fixture, NULL, set_up, test_cannot_save, tear_down);
  g_test_add ("/district/bad-answers", Fixture, NULL, set_up, test_bad_answers, tear_down);
  return g_test_run ();
}
