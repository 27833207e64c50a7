/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-answers.h"

#include <string.h>

#include "linli-answer-tables.h"
#include "linli-centre-zone.h"
#include "linli-likeness.h"
#include "linli-text.h"
#include "linli-tx.h"

/* Below this an answer fits by chance; found on the demo centre's questions. */
#define LEAST_FIT 0.55

/* Words that ask without saying about what: every question has them. Longer
 * ones first, so that none is left in pieces. */
static const char *const asking[] = {
  "怎么办理", "如何办理", "怎样办理", "怎么申请", "如何申请", "怎么办", "怎么样", "怎么", "怎样", "如何", "请问", "想问", "咨询",
  "什么", "哪里", "哪些", "多少", "多久", "能不能", "是不是", "可以", "可不", "需要", "材料", "办理", "申请", "你好", "您好", "一下",
};

void
linli_answer_free (LinliAnswer *self)
{
  linli_row_unref (self->row);
  g_free (self->owner);
  g_free (self->item);
  g_free (self);
}

/**
 * linli_answer_today:
 * @now: microseconds UTC
 *
 * Returns: (transfer full): the date at the centre, 2026-02-14
 */
char *
linli_answer_today (LinliConn *conn,
                    gint64     now,
                    GError   **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

/* Whether the answer may be given on the day @today. */
gboolean
linli_answer_is_valid (LinliRow   *row,
                       const char *today)
{
  const char *from = linli_row_get_text (row, LINLI_ANSWER_VALID_FROM);
  const char *until = linli_row_get_text (row, LINLI_ANSWER_VALID_UNTIL);

  return linli_row_get_int (row, LINLI_ANSWER_ACTIVE) && (from == NULL || strcmp (from, today) <= 0) &&
         (until == NULL || strcmp (today, until) <= 0);
}

/* Returns: (transfer full): the first way of asking */
char *
linli_answer_dup_title (LinliRow *row)
{
  const char *questions = linli_row_get_text (row, LINLI_ANSWER_QUESTIONS);

  return g_strstrip (g_strndup (questions, strcspn (questions, "\n")));
}

static LinliAnswer *
load_one (LinliConn  *conn,
          LinliRow   *row,
          const char *today,
          GError    **error)
{
  LinliAnswer *answer = g_new0 (LinliAnswer, 1);
  const char *id = linli_row_get_id (row);
  const char *from = linli_row_get_text (row, LINLI_ANSWER_VALID_FROM);

  answer->row = linli_row_ref (row);
  answer->valid = linli_answer_is_valid (row, today);
  answer->early = from != NULL && strcmp (today, from) < 0;
  if (linli_conn_get_text (conn, &answer->owner, error, "SELECT name FROM unit WHERE id = ?1", "s",
                           linli_row_get_text (row, LINLI_ANSWER_OWNER_UNIT_ID)) &&
      linli_conn_get_text (conn, &answer->item, error, "SELECT name FROM duty_item WHERE code = ?1 AND active = 1", "s",
                           linli_row_get_text (row, LINLI_ANSWER_ITEM_CODE)) &&
      linli_conn_get_int (conn, &answer->n_uses, error,
                          "SELECT count(*) FROM cases WHERE instant_answer_id = ?1", "s", id) &&
      linli_conn_get_int (conn, &answer->used_at, error,
                          "SELECT coalesce (max (closed_at), 0) FROM cases WHERE instant_answer_id = ?1", "s", id))
    return answer;
  linli_answer_free (answer);
  return NULL;
}

static gboolean
has_words (LinliRow   *row,
           const char *typed)
{
  g_autofree char *whole = g_strjoin (LINLI_TEXT_BREAK, linli_row_get_text (row, LINLI_ANSWER_QUESTIONS),
                                      linli_row_get_text (row, LINLI_ANSWER_TEXT), NULL);
  g_autofree char *folded = linli_text_fold (whole, -1);
  g_auto(GStrv) words = g_strsplit_set (typed, " \t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !linli_text_contains (folded, words[i]))
      return FALSE;
  return TRUE;
}

/**
 * linli_answers_load:
 * @typed: (nullable): words that must occur
 *
 * Returns: (transfer full) (element-type LinliAnswer): what is not retired,
 *   expired ones too, changed last first
 */
GPtrArray *
linli_answers_load (LinliConn  *conn,
                    const char *typed,
                    gint64      now,
                    GError    **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_answer_free);
  g_autofree char *today = linli_answer_today (conn, now, error);
  g_autoptr(GPtrArray) rows = today != NULL ? linli_conn_select (conn, &linli_table_instant_answer, error,
                                                                 "active = 1 ORDER BY changed_at DESC, pk DESC", "")
                                            : NULL;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      LinliAnswer *answer;

      if (typed != NULL && !has_words (rows->pdata[i], typed))
        continue;
      answer = load_one (conn, rows->pdata[i], today, error);
      if (answer == NULL)
        return NULL;
      g_ptr_array_add (answers, answer);
    }

  return g_steal_pointer (&answers);
}

/* --- Matching --- */

/* What @text is about, without the words that only ask. */
static LinliShingles *
new_subject (const char *text)
{
  g_autofree char *folded = linli_text_fold (text, -1);
  g_autoptr(GString) rest = g_string_new (folded);

  for (guint i = 0; i < G_N_ELEMENTS (asking); i++)
    g_string_replace (rest, asking[i], ",", 0);
  return linli_shingles_new (rest->str);
}

static double
fit_one (const char          *question,
         const LinliShingles *asked)
{
  g_autoptr(LinliShingles) form = new_subject (question);

  /* A short text that is half of the question fits as well as a long one that
   * holds all of it. */
  if (linli_shingles_get_n (form) < 2)
    return 0;
  return MAX (linli_shingles_cover (form, asked), linli_shingles_likeness (form, asked));
}

/* Returns: how well the best of @questions, a line each, fits @text: 0 to 1 */
double
linli_answer_fit (const char *questions,
                  const char *text)
{
  g_autoptr(LinliShingles) asked = new_subject (text);
  g_auto(GStrv) forms = g_strsplit (questions, "\n", -1);
  double best = 0;

  for (guint i = 0; forms[i] != NULL; i++)
    best = MAX (best, fit_one (forms[i], asked));
  return best;
}

static int
compare_answers (gconstpointer a,
                 gconstpointer b)
{
  const LinliAnswer *left = *(const LinliAnswer *const *) a;
  const LinliAnswer *right = *(const LinliAnswer *const *) b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return strcmp (linli_row_get_id (left->row), linli_row_get_id (right->row));
}

/**
 * linli_answers_match:
 * @text: what a resident says
 *
 * Only what is valid today and may be told.
 *
 * Returns: (transfer full) (element-type LinliAnswer): what fits, best first
 */
GPtrArray *
linli_answers_match (LinliConn  *conn,
                     const char *text,
                     gint64      now,
                     guint       limit,
                     GError    **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_answer_free);
  g_autofree char *today = linli_answer_today (conn, now, error);
  g_autoptr(GPtrArray) rows = today != NULL ? linli_conn_select (conn, &linli_table_instant_answer, error,
                                                                 "active = 1 AND audience = 'resident' ORDER BY pk", "")
                                            : NULL;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      double fit = linli_answer_is_valid (rows->pdata[i], today)
                     ? linli_answer_fit (linli_row_get_text (rows->pdata[i], LINLI_ANSWER_QUESTIONS), text) : 0;
      LinliAnswer *answer = fit >= LEAST_FIT ? load_one (conn, rows->pdata[i], today, error) : NULL;

      if (fit < LEAST_FIT)
        continue;
      if (answer == NULL)
        return NULL;
      answer->score = fit;
      g_ptr_array_add (answers, answer);
    }
  g_ptr_array_sort (answers, compare_answers);
  if (answers->len > limit)
    g_ptr_array_set_size (answers, (gint) limit);

  return g_steal_pointer (&answers);
}
