/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-suggester.h"
#include "linli-sight.h"

/* Cases are settled all day: whether enough are is asked this often. */
#define LOOK_AGAIN 600 /* seconds */

struct _LinliSuggester
{
  GObject             parent_instance;

  /* Owned */
  LinliStore         *store;
  LinliLeafKnowledge *knowledge;   /* (nullable): until the first read is done */
  GCancellable       *cancellable;

  /* State */
  gboolean            busy;
  gboolean            learning;
  gboolean            list_changed; /* while busy */
  guint               timeout;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliSuggester, linli_suggester, G_TYPE_OBJECT)

static void look (LinliSuggester *self);

/* One round of learning: the examples grow page by page. */
typedef struct
{
  LinliSuggester     *self;
  LinliLeafKnowledge *knowledge;
  GPtrArray          *examples;
  GHashTable         *counts;
  gint64              before;
  char               *folder; /* (nullable) */
} Lesson;

static void
lesson_free (Lesson *lesson)
{
  g_object_unref (lesson->self);
  linli_leaf_knowledge_unref (lesson->knowledge);
  g_ptr_array_unref (lesson->examples);
  g_hash_table_unref (lesson->counts);
  g_free (lesson->folder);
  g_free (lesson);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lesson, lesson_free)

static void
rest (LinliSuggester *self)
{
  self->busy = FALSE;
  self->learning = FALSE;
  if (self->list_changed && self->store != NULL)
    look (self);
}

static void
set_knowledge (LinliSuggester     *self,
               LinliLeafKnowledge *knowledge)
{
  g_clear_pointer (&self->knowledge, linli_leaf_knowledge_unref);
  self->knowledge = knowledge;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
learn_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Lesson *lesson = data;
  GError *error = NULL;
  LinliLeafKnowledge *learned = linli_leaf_knowledge_learn (lesson->knowledge, lesson->examples, lesson->folder,
                                                            cancellable, &error);

  if (learned != NULL)
    g_task_return_pointer (task, learned, (GDestroyNotify) linli_leaf_knowledge_unref);
  else
    g_task_return_error (task, error);
}

static void
learned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  LinliSuggester *self = LINLI_SUGGESTER (source);
  LinliLeafKnowledge *learned = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Nothing learned, with one leaf or none: what the list says must do. */
  if (learned != NULL && !self->list_changed)
    set_knowledge (self, learned);
  else
    g_clear_pointer (&learned, linli_leaf_knowledge_unref);
  rest (self);
}

static void read_page (Lesson *lesson);

static gpointer
page_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Lesson *lesson = data;

  if (linli_sight_lift (conn, error)) /* what is learnt shows nobody a case */
    linli_leaf_examples_page (conn, lesson->examples, lesson->counts, &lesson->before, error);
  return NULL;
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Lesson) lesson = user_data;
  LinliSuggester *self = lesson->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTask) task = NULL;

  linli_store_read_finish (LINLI_STORE (source), result, &error);
  if (error != NULL || self->store == NULL)
    {
      rest (self);
      return;
    }
  if (lesson->before != 0)
    {
      read_page (g_steal_pointer (&lesson));
      return;
    }
  task = g_task_new (self, self->cancellable, learned_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&lesson), (GDestroyNotify) lesson_free);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, learn_in_thread);
}

static void
read_page (Lesson *lesson)
{
  linli_store_read_async (lesson->self->store, page_job, lesson, NULL, NULL, lesson->self->cancellable, page_cb, lesson);
}

static void
start_lesson (LinliSuggester *self)
{
  Lesson *lesson = g_new0 (Lesson, 1);

  lesson->self = g_object_ref (self);
  lesson->knowledge = linli_leaf_knowledge_ref (self->knowledge);
  lesson->examples = linli_leaf_knowledge_examples (self->knowledge);
  lesson->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lesson->before = G_MAXINT64;
  if (!linli_store_is_read_only (self->store))
    lesson->folder = g_strdup (linli_store_get_folder (self->store));
  self->learning = TRUE;
  read_page (lesson);
}

static gpointer
read_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_leaf_knowledge_read (conn, data, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliSuggester) self = user_data;
  LinliLeafKnowledge *knowledge = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (knowledge == NULL || self->store == NULL)
    {
      g_clear_pointer (&knowledge, linli_leaf_knowledge_unref);
      rest (self);
      return;
    }
  set_knowledge (self, knowledge);
  if (linli_leaf_knowledge_is_stale (knowledge))
    start_lesson (self);
  else
    rest (self);
}

static void
look (LinliSuggester *self)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  self->list_changed = FALSE;
  linli_store_read_async (self->store, read_job, g_strdup (linli_store_get_folder (self->store)), g_free,
                          (GDestroyNotify) linli_leaf_knowledge_unref, self->cancellable, read_cb, g_object_ref (self));
}

static gboolean
look_again_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
list_changed_cb (LinliSuggester *self)
{
  self->list_changed = TRUE;
  if (self->store != NULL)
    look (self);
}

/* Before the store is closed. */
void
linli_suggester_stop (LinliSuggester *self)
{
  g_return_if_fail (LINLI_IS_SUGGESTER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->store);
}

static void
linli_suggester_dispose (GObject *object)
{
  LinliSuggester *self = LINLI_SUGGESTER (object);

  linli_suggester_stop (self);
  g_clear_pointer (&self->knowledge, linli_leaf_knowledge_unref);

  G_OBJECT_CLASS (linli_suggester_parent_class)->dispose (object);
}

static void
linli_suggester_finalize (GObject *object)
{
  g_clear_object (&LINLI_SUGGESTER (object)->cancellable);

  G_OBJECT_CLASS (linli_suggester_parent_class)->finalize (object);
}

static void
linli_suggester_class_init (LinliSuggesterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_suggester_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_suggester_finalize;

  /* LinliSuggester::changed: there is more, or other, knowledge */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_suggester_init (LinliSuggester *self)
{
  self->cancellable = g_cancellable_new ();
}

LinliSuggester *
linli_suggester_new (LinliStore *store)
{
  LinliSuggester *self = g_object_new (LINLI_TYPE_SUGGESTER, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (linli_store_get_db (store), "changed::duty_item", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->timeout = g_timeout_add_seconds (LOOK_AGAIN, look_again_cb, self);
  look (self);

  return self;
}

/* Returns: (transfer none) (nullable): %NULL for the first moments */
LinliLeafKnowledge *
linli_suggester_get_knowledge (LinliSuggester *self)
{
  g_return_val_if_fail (LINLI_IS_SUGGESTER (self), NULL);

  return self->knowledge;
}

gboolean
linli_suggester_is_learning (LinliSuggester *self)
{
  return self->learning;
}
