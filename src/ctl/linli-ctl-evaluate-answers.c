/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluate answers: every message is left out once and asked anew; the others
 * stand as kept questions, ranked by how alike they are to it. An answer is
 * right when it says much the same as the reply that the message really got.
 * Most messages of a mailbox have no second one like them, so only those count
 * of which some other reply says the same. */

#include "config.h"

#include "linli-ctl-evaluate.h"

#include "linli-likeness.h"

#define SAME_REPLY 0.5 /* likeness of two replies that say the same */
#define PLACES     3

typedef struct
{
  GPtrArray *questions; /* (owned) LinliShingles */
  GPtrArray *replies;   /* (owned) LinliShingles */
} Rows;

static void
rows_clear (Rows *rows)
{
  g_clear_pointer (&rows->questions, g_ptr_array_unref);
  g_clear_pointer (&rows->replies, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static gboolean
read_rows (const LinliEvaluation *evaluation,
           Rows                  *rows,
           GError               **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) headings = NULL;
  g_autoptr(GPtrArray) cells = NULL;
  guint n = g_strv_length (evaluation->text);

  g_strv_builder_addv (builder, (const char **) evaluation->text);
  g_strv_builder_add (builder, evaluation->reply);
  headings = g_strv_builder_end (builder);
  cells = linli_ctl_read_columns (evaluation->train, headings, error);
  if (cells == NULL)
    return FALSE;
  rows->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_shingles_free);
  rows->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_shingles_free);
  for (guint i = 0; i < cells->len; i++)
    {
      char **row = cells->pdata[i];
      g_autofree char *question = NULL;

      g_ptr_array_add (rows->replies, linli_shingles_new (row[n]));
      row[n][0] = '\0';
      question = g_strjoinv ("\n", row);
      g_ptr_array_add (rows->questions, linli_shingles_new (question));
    }
  return TRUE;
}

static gboolean
says_the_same (Rows *rows,
               guint i,
               guint k)
{
  return linli_shingles_likeness (rows->replies->pdata[i], rows->replies->pdata[k]) >= SAME_REPLY;
}

/* Returns: whether the message can be answered by another's reply at all */
static gboolean
is_answerable (Rows *rows,
               guint i)
{
  for (guint k = 0; k < rows->replies->len; k++)
    if (k != i && says_the_same (rows, i, k))
      return TRUE;
  return FALSE;
}

/* The @PLACES most alike, best first; equals in the order of the file. */
static void
rank (Rows *rows,
      guint i,
      guint best[PLACES])
{
  double scores[PLACES] = { -1, -1, -1 };

  for (guint k = 0; k < rows->questions->len; k++)
    {
      double score = k == i ? -1 : linli_shingles_likeness (rows->questions->pdata[i], rows->questions->pdata[k]);
      guint place = PLACES;

      while (place > 0 && score > scores[place - 1])
        place--;
      if (place == PLACES || k == i)
        continue;
      for (guint down = PLACES - 1; down > place; down--)
        {
          scores[down] = scores[down - 1];
          best[down] = best[down - 1];
        }
      scores[place] = score;
      best[place] = k;
    }
}

gboolean
linli_ctl_evaluate_answers (const LinliEvaluation *evaluation,
                            JsonObject            *answer,
                            GError               **error)
{
  g_auto(Rows) rows = { 0 };
  guint n_asked = 0;
  guint right[PLACES] = { 0 };

  if (evaluation->reply == NULL)
    return linli_ctl_usage (error, "Name the column of replies: --reply COLUMN");
  if (!read_rows (evaluation, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows.questions->len; i++)
    {
      guint best[PLACES] = { i, i, i };

      if (!is_answerable (&rows, i))
        continue;
      n_asked++;
      rank (&rows, i, best);
      for (guint place = 0; place < PLACES; place++)
        if (best[place] != i && says_the_same (&rows, i, best[place]))
          {
            for (guint p = place; p < PLACES; p++)
              right[p]++;
            break;
          }
    }
  json_object_set_string_member (answer, "method",
                                 "leave one out: each message asks, all others are kept questions; right when the reply "
                                 "kept for one says much the same as the reply really given");
  json_object_set_int_member (answer, "messages", rows.questions->len);
  json_object_set_int_member (answer, "answerable", n_asked);
  json_object_set_double_member (answer, "top_1", n_asked > 0 ? (double) right[0] / n_asked : 0);
  json_object_set_double_member (answer, "top_3", n_asked > 0 ? (double) right[PLACES - 1] / n_asked : 0);

  return TRUE;
}
