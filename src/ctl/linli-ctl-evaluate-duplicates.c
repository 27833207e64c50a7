/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluate duplicates: two rows are taken for one matter when their headings
 * (--class) are alike; whether that is found from their words (--text) alone,
 * by the measure that the intake page uses, is what is measured. The headings
 * are no perfect truth: one matter may be headed in two ways, so precision is
 * a lower bound. */

#include "config.h"

#include "linli-ctl-evaluate.h"

#include "linli-likeness.h"

#define ONE_MATTER 0.6 /* likeness of two headings of one matter */
#define LEAST_HEAD 6   /* pairs of characters: a shorter heading names no matter */

typedef struct
{
  GPtrArray *texts; /* (owned) LinliShingles */
  GPtrArray *heads; /* (owned) LinliShingles */
} Rows;

static void
rows_clear (Rows *rows)
{
  g_clear_pointer (&rows->texts, g_ptr_array_unref);
  g_clear_pointer (&rows->heads, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static gboolean
read_rows (const LinliEvaluation *evaluation,
           Rows                  *rows,
           GError               **error)
{
  char *headings[] = { evaluation->text[0], evaluation->class, NULL };
  g_autoptr(GPtrArray) cells = linli_ctl_read_columns (evaluation->train, headings, error);

  if (cells == NULL)
    return FALSE;
  rows->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_shingles_free);
  rows->heads = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_shingles_free);
  for (guint i = 0; i < cells->len; i++)
    {
      char **row = cells->pdata[i];

      g_ptr_array_add (rows->texts, linli_shingles_new (row[0]));
      g_ptr_array_add (rows->heads, linli_shingles_new (row[1]));
    }
  return TRUE;
}

/* What was right, at one threshold. */
typedef struct
{
  double least;
  guint  found;
  guint  right;
} Level;

static gboolean
is_one_matter (Rows *rows,
               guint i,
               guint k)
{
  return linli_shingles_get_n (rows->heads->pdata[i]) >= LEAST_HEAD &&
         linli_shingles_get_n (rows->heads->pdata[k]) >= LEAST_HEAD &&
         linli_shingles_likeness (rows->heads->pdata[i], rows->heads->pdata[k]) >= ONE_MATTER;
}

/* As the clerk sees it: row @i is being typed, all others are there. */
static void
ask (Rows    *rows,
     guint    i,
     Level   *levels,
     guint    n_levels,
     guint   *n_pairs,
     guint   *n_asked,
     guint    at[2])
{
  guint best[3] = { 0 };
  double scores[3] = { -1, -1, -1 };
  gboolean has_truth = FALSE;
  gboolean hit = FALSE;

  for (guint k = 0; k < rows->texts->len; k++)
    {
      double likeness = i == k ? -1 : linli_shingles_likeness (rows->texts->pdata[i], rows->texts->pdata[k]);
      gboolean truth = i != k && is_one_matter (rows, i, k);

      if (i == k)
        continue;
      has_truth = has_truth || truth;
      *n_pairs += truth && i < k;
      for (guint l = 0; i < k && l < n_levels; l++)
        if (likeness >= levels[l].least)
          {
            levels[l].found++;
            levels[l].right += truth;
          }
      for (guint place = 0; place < 3; place++)
        if (likeness > scores[place])
          {
            for (guint down = 2; down > place; down--)
              {
                scores[down] = scores[down - 1];
                best[down] = best[down - 1];
              }
            scores[place] = likeness;
            best[place] = k;
            break;
          }
    }
  if (!has_truth)
    return;
  (*n_asked)++;
  for (guint place = 0; place < 3; place++)
    {
      hit = hit || (scores[place] > 0 && is_one_matter (rows, i, best[place]));
      if (hit && place == 0)
        at[0]++;
    }
  at[1] += hit;
}

static void
tell (JsonObject *answer,
      Level      *levels,
      guint       n_levels,
      guint       n_pairs)
{
  JsonArray *array = json_array_new ();

  for (guint l = 0; l < n_levels; l++)
    {
      JsonObject *object = json_object_new ();
      double precision = levels[l].found > 0 ? (double) levels[l].right / levels[l].found : 0;
      double recall = n_pairs > 0 ? (double) levels[l].right / n_pairs : 0;

      json_object_set_double_member (object, "likeness", levels[l].least);
      json_object_set_int_member (object, "pairs_found", levels[l].found);
      json_object_set_int_member (object, "right", levels[l].right);
      json_object_set_double_member (object, "precision", precision);
      json_object_set_double_member (object, "recall", recall);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (answer, "levels", array);
}

gboolean
linli_ctl_evaluate_duplicates (const LinliEvaluation *evaluation,
                               JsonObject            *answer,
                               GError               **error)
{
  g_auto(Rows) rows = { 0 };
  Level levels[] = { { .least = 0.2 }, { .least = 0.3 }, { .least = 0.4 }, { .least = 0.45 }, { .least = 0.6 } };
  guint n_pairs = 0;
  guint n_asked = 0;
  guint at[2] = { 0 };

  if (evaluation->class == NULL)
    return linli_ctl_usage (error, "Name the column of headings: --class COLUMN");
  if (!read_rows (evaluation, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows.texts->len; i++)
    ask (&rows, i, levels, G_N_ELEMENTS (levels), &n_pairs, &n_asked, at);
  json_object_set_string_member (answer, "method",
                                 "rows whose headings are alike are one matter; found by likeness of their words alone, "
                                 "headings unseen; precision is a lower bound");
  json_object_set_int_member (answer, "rows", rows.texts->len);
  json_object_set_int_member (answer, "true_pairs", n_pairs);
  json_object_set_int_member (answer, "rows_with_a_duplicate", n_asked);
  json_object_set_double_member (answer, "top_1", n_asked > 0 ? (double) at[0] / n_asked : 0);
  json_object_set_double_member (answer, "top_3", n_asked > 0 ? (double) at[1] / n_asked : 0);
  tell (answer, levels, G_N_ELEMENTS (levels), n_pairs);

  return TRUE;
}
