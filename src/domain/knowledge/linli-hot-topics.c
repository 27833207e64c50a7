/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hot-topic counter: recent cases of one leaf whose words are alike make a
 * topic; enough of them, none answered from what the centre knows, propose
 * that it keeps an answer. */

#include "config.h"

#include "linli-hot-topics.h"

#include "linli-answers.h"
#include "linli-likeness.h"
#include "linli-answer-tables.h"
#include "linli-row.h"
#include "linli-tx.h"

#define ALIKE    0.4  /* of two titles that ask the same */
#define PER_LEAF 200  /* the latest ones of a leaf are compared */
#define MOST     5000 /* the latest ones of all are looked at */

#define RECENT_SQL \
  "SELECT item_code, coalesce (item_name, ''), title, coalesce (resident_reply, '') FROM cases " \
  "WHERE received_at >= ?1 AND item_code IS NOT NULL AND instant_answer_id IS NULL AND parent_id IS NULL " \
  "AND state <> 'merged' ORDER BY received_at DESC, pk DESC LIMIT ?2"

typedef struct
{
  char          *item_name;
  char          *title;
  char          *reply;
  LinliShingles *shingles;
  gboolean       taken; /* belongs to a topic already */
} Matter;

static void
matter_free (Matter *self)
{
  g_free (self->item_name);
  g_free (self->title);
  g_free (self->reply);
  linli_shingles_free (self->shingles);
  g_free (self);
}

void
linli_hot_topic_free (LinliHotTopic *self)
{
  g_free (self->item_code);
  g_free (self->item_name);
  g_free (self->question);
  g_free (self->reply);
  g_free (self);
}

static Matter *
read_matter (LinliStmt *stmt)
{
  Matter *matter = g_new0 (Matter, 1);

  matter->item_name = linli_stmt_dup_text (stmt, 1);
  matter->title = linli_stmt_dup_text (stmt, 2);
  matter->reply = linli_stmt_dup_text (stmt, 3);
  matter->shingles = linli_shingles_new (matter->title);

  return matter;
}

/* Returns: (transfer full): leaf code: its matters, latest first */
static GHashTable *
read_leaves (LinliConn *conn,
             gint64     since,
             GPtrArray *codes,
             GError   **error)
{
  g_autoptr(GHashTable) leaves = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, RECENT_SQL, "ii", since, (gint64) MOST);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      GPtrArray *matters = g_hash_table_lookup (leaves, linli_stmt_get_text (stmt, 0));

      if (matters == NULL)
        {
          char *code = linli_stmt_dup_text (stmt, 0);

          matters = g_ptr_array_new_with_free_func ((GDestroyNotify) matter_free);
          g_ptr_array_add (codes, code);
          g_hash_table_insert (leaves, code, matters);
        }
      if (matters->len < PER_LEAF)
        g_ptr_array_add (matters, read_matter (stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&leaves);
}

static guint
count_like (GPtrArray *matters,
            Matter    *centre)
{
  guint n = 0;

  for (guint i = 0; i < matters->len; i++)
    {
      Matter *other = matters->pdata[i];

      n += !other->taken && (other == centre || linli_shingles_likeness (centre->shingles, other->shingles) >= ALIKE);
    }
  return n;
}

static Matter *
find_centre (GPtrArray *matters,
             guint     *n)
{
  Matter *centre = NULL;

  *n = 0;
  for (guint i = 0; i < matters->len; i++)
    {
      Matter *matter = matters->pdata[i];
      guint like = matter->taken ? 0 : count_like (matters, matter);

      if (like > *n)
        {
          centre = matter;
          *n = like;
        }
    }
  return centre;
}

/* Marks what belongs to the topic. Returns: (transfer none) (nullable): the
 * reply of the member most like the centre that has one */
static const char *
take_topic (GPtrArray *matters,
            Matter    *centre)
{
  const char *reply = NULL;
  double best = 0;

  for (guint i = 0; i < matters->len; i++)
    {
      Matter *other = matters->pdata[i];
      double like = other == centre ? 1 : linli_shingles_likeness (centre->shingles, other->shingles);

      if (other->taken || like < ALIKE)
        continue;
      other->taken = TRUE;
      if (*other->reply != '\0' && like > best)
        {
          best = like;
          reply = other->reply;
        }
    }
  return reply;
}

static gboolean
is_answered (GPtrArray  *answers,
             const char *code,
             const char *question)
{
  for (guint i = 0; i < answers->len; i++)
    {
      LinliAnswer *answer = answers->pdata[i];
      double fit = linli_answer_fit (linli_row_get_text (answer->row, LINLI_ANSWER_QUESTIONS), question);

      if (fit >= 0.55 || (fit >= ALIKE && g_strcmp0 (linli_row_get_text (answer->row, LINLI_ANSWER_ITEM_CODE), code) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
add_topics (GPtrArray  *topics,
            GPtrArray  *answers,
            const char *code,
            GPtrArray  *matters,
            guint       least)
{
  guint n = 0;
  Matter *centre;

  while ((centre = find_centre (matters, &n)) != NULL && n >= least)
    {
      const char *reply = take_topic (matters, centre);
      LinliHotTopic *topic;

      if (is_answered (answers, code, centre->title))
        continue;
      topic = g_new0 (LinliHotTopic, 1);
      topic->item_code = g_strdup (code);
      topic->item_name = g_strdup (centre->item_name);
      topic->question = g_strdup (centre->title);
      topic->reply = g_strdup (reply);
      topic->n_cases = n;
      g_ptr_array_add (topics, topic);
    }
}

static int
compare_topics (gconstpointer a,
                gconstpointer b)
{
  const LinliHotTopic *left = *(const LinliHotTopic *const *) a;
  const LinliHotTopic *right = *(const LinliHotTopic *const *) b;

  return left->n_cases > right->n_cases ? -1 : left->n_cases < right->n_cases;
}

/**
 * linli_hot_topics_load:
 * @least: how many make a topic
 * @days: how far back
 *
 * Returns: (transfer full) (element-type LinliHotTopic): hottest first
 */
GPtrArray *
linli_hot_topics_load (LinliConn *conn,
                       gint64     now,
                       guint      least,
                       guint      days,
                       GError   **error)
{
  g_autoptr(GPtrArray) topics = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_hot_topic_free);
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) answers = linli_answers_load (conn, NULL, now, error);
  g_autoptr(GHashTable) leaves = NULL;

  g_return_val_if_fail (least >= 2, NULL);

  if (answers == NULL)
    return NULL;
  leaves = read_leaves (conn, now - (gint64) days * 24 * 3600 * G_USEC_PER_SEC, codes, error);
  if (leaves == NULL)
    return NULL;
  for (guint i = 0; i < codes->len; i++)
    add_topics (topics, answers, codes->pdata[i], g_hash_table_lookup (leaves, codes->pdata[i]), least);
  g_ptr_array_sort (topics, compare_topics);

  return g_steal_pointer (&topics);
}
