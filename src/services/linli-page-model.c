/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything here runs in the main thread except the two jobs, which get
 * plain shared data: a frozen query and arrays of keys that nobody changes
 * once they are made. A new list of keys replaces the old one whole.
 *
 * The generation tells which question an answer belongs to; answers to an
 * older question are dropped. The epoch tells which state of the table a
 * record was read in; older ones do not enter the cache. */

#include "config.h"

#include "linli-page-model.h"

#include "linli-page-cache.h"
#include "linli-page-jobs.h"
#include "linli-page-stage.h"

/* A refresh on a big store occupies the read lane; this keeps it from being
 * occupied by refreshes alone while an import runs. */
#define REFRESH_PAUSE_MIN_US (200 * 1000)
#define REFRESH_PAUSE_FACTOR 4

struct _LinliPageModel
{
  GObject                parent_instance;

  /* Owned */
  LinliDb               *db;
  GCancellable          *cancellable; /* (nullable): of the key jobs of this generation */
  GCancellable          *closing;     /* of all jobs */
  GVariant              *query;       /* (nullable) */
  GHashTable            *living;      /* &pk -> LinliListRow (unowned) */
  LinliPageCache        *cache;
  LinliPageStage        *stage;
  GArray                *wanted;      /* gint64: rows that need their record */
  GArray                *dirty;       /* gint64: rows changed since the keys were asked for */

  /* Borrowed */
  const LinliPageLoader *loader;

  /* State */
  guint                  generation;   /* counts questions */
  guint                  epoch;        /* counts changes of the table */
  gboolean               complete;
  gboolean               refreshing;
  gint64                 next_refresh; /* monotonic */
  LinliKeysAnswer       *held;         /* (owned) (nullable): the next truth, until the list has grown or left */
  guint                  flush_id;
  guint                  refresh_id;
};

enum { SETTLED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinliPageModel, linli_page_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* --- Records on demand --- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliPageModel) self = user_data;
  g_autoptr(GError) error = NULL;
  LinliLoadJob *job = g_task_get_task_data (G_TASK (result));
  gboolean fresh = job->epoch == self->epoch;
  g_autoptr(GArray) pks = g_array_ref (job->pks);
  g_autoptr(GPtrArray) records = linli_db_run_finish (LINLI_DB (source), result, &error);

  if (records == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  for (guint i = 0; i < pks->len && i < records->len; i++)
    {
      gint64 pk = g_array_index (pks, gint64, i);
      LinliListRow *row = g_hash_table_lookup (self->living, &pk);

      if (fresh)
        linli_page_cache_put (self->cache, pk, records->pdata[i]);
      /* A stale record is better than a blank row; its successor is on the way. */
      if (row != NULL && records->pdata[i] != NULL && (fresh || linli_list_row_get_item (row) == NULL))
        linli_list_row_set_item (row, records->pdata[i]);
    }
}

static void
load_pks (LinliPageModel *self,
          GArray         *pks)
{
  LinliLoadJob *job = g_new0 (LinliLoadJob, 1);

  *job = (LinliLoadJob) { self->loader, g_variant_ref (self->query), g_array_ref (pks), self->epoch };
  linli_db_run_async (self->db, LINLI_DB_READ, linli_load_job_run, job, linli_load_job_free, (GDestroyNotify) g_ptr_array_unref,
                      self->closing, loaded_cb, g_object_ref (self));
}

/* One turn makes many rows; most of a dragged scroll bar's are dead again. */
static gboolean
flush_wanted_cb (gpointer data)
{
  LinliPageModel *self = data;
  g_autoptr(GArray) wanted = g_steal_pointer (&self->wanted);
  g_autoptr(GArray) page = NULL;

  self->flush_id = 0;
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < wanted->len; i++)
    {
      gint64 pk = g_array_index (wanted, gint64, i);

      if (g_hash_table_contains (self->living, &pk))
        {
          if (page == NULL)
            page = g_array_sized_new (FALSE, FALSE, sizeof (gint64), LINLI_PAGE_SIZE);
          g_array_append_val (page, pk);
        }
      if (page != NULL && page->len == LINLI_PAGE_SIZE)
        {
          load_pks (self, page);
          g_clear_pointer (&page, g_array_unref);
        }
    }
  if (page != NULL)
    load_pks (self, page);

  return G_SOURCE_REMOVE;
}

static void
want (LinliPageModel *self,
      gint64          pk)
{
  g_array_append_val (self->wanted, pk);
  if (self->flush_id == 0)
    self->flush_id = g_idle_add_full (G_PRIORITY_DEFAULT, flush_wanted_cb, self, NULL);
}

/* --- Keys --- */

static void schedule_refresh (LinliPageModel *self);
static void ask_keys         (LinliPageModel *self,
                              gboolean        opening,
                              guint           limit);

/* @answer: (transfer full); @whole: it takes the place of everything shown */
static void
take_answer (LinliPageModel  *self,
             LinliKeysAnswer *answer,
             gboolean         whole)
{
  guint generation = self->generation;
  guint n_arrived = self->complete ? answer->diff->n_arrived : 0; /* the rest of a list is no news */
  gboolean opening = answer->opening;

  self->complete = answer->limit == 0 || answer->keys->len < answer->limit;
  if (whole)
    linli_page_stage_show_head (self->stage, answer->keys);
  else
    linli_page_stage_show (self->stage, answer->keys, answer->diff);
  linli_keys_answer_free (answer);
  g_signal_emit (self, signals[SETTLED], 0, opening, n_arrived);

  if (generation == self->generation && !self->complete)
    ask_keys (self, FALSE, 0);
  else if (self->dirty->len > 0)
    schedule_refresh (self);
}

/* A list has grown, or made room for the next. */
static void
ready_cb (GListModel *model)
{
  g_autoptr(LinliPageModel) self = g_object_ref (LINLI_PAGE_MODEL (model));
  LinliKeysAnswer *held = g_steal_pointer (&self->held);

  if (held != NULL)
    take_answer (self, held, held->opening);
  else
    g_signal_emit (self, signals[SETTLED], 0, FALSE, 0);
}

static void
keys_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliPageModel) self = user_data;
  g_autoptr(GError) error = NULL;
  LinliKeysJob *job = g_task_get_task_data (G_TASK (result));
  guint generation = job->generation;
  gboolean fresh = job->epoch == self->epoch;
  gint64 took = g_get_monotonic_time () - job->started;
  gboolean whole;
  LinliKeysAnswer *answer = linli_db_run_finish (LINLI_DB (source), result, &error);

  if (generation != self->generation)
    {
      g_clear_pointer (&answer, linli_keys_answer_free);
      return;
    }
  self->refreshing = FALSE;
  self->next_refresh = g_get_monotonic_time () + MAX (REFRESH_PAUSE_MIN_US, took * REFRESH_PAUSE_FACTOR);
  if (answer == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  if (answer->records != NULL && fresh)
    for (guint i = 0; i < answer->records->len; i++)
      linli_page_cache_put (self->cache, g_array_index (answer->keys, gint64, i), answer->records->pdata[i]);
  whole = answer->opening && linli_page_stage_goes_whole (self->stage, answer->diff);
  if (whole ? linli_page_stage_leave (self->stage)
            : !answer->opening && linli_page_stage_is_growing (self->stage))
    self->held = answer;
  else
    take_answer (self, answer, whole);
}

static void
ask_keys (LinliPageModel *self,
          gboolean        opening,
          guint           limit)
{
  LinliKeysJob *job = g_new0 (LinliKeysJob, 1);

  job->loader = self->loader;
  job->query = g_variant_ref (self->query);
  job->limit = limit;
  job->before = g_array_ref (linli_page_stage_get_keys (self->stage));
  if (!opening)
    {
      job->dirty = g_steal_pointer (&self->dirty);
      self->dirty = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  job->generation = self->generation;
  job->epoch = self->epoch;
  job->started = g_get_monotonic_time ();
  job->opening = opening;
  self->refreshing = TRUE;
  linli_db_run_async (self->db, LINLI_DB_READ, linli_keys_job_run, job, linli_keys_job_free, linli_keys_answer_free,
                      self->cancellable, keys_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer data)
{
  LinliPageModel *self = data;

  self->refresh_id = 0;
  if (!self->refreshing && self->held == NULL && self->query != NULL)
    ask_keys (self, FALSE, 0);

  return G_SOURCE_REMOVE;
}

static void
schedule_refresh (LinliPageModel *self)
{
  gint64 wait = self->next_refresh - g_get_monotonic_time ();

  if (self->refresh_id != 0 || self->refreshing || self->held != NULL || self->query == NULL)
    return;
  self->refresh_id = wait > 0 ? g_timeout_add (wait / 1000 + 1, refresh_cb, self)
                              : g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, self, NULL);
}

static void
changed_cb (LinliDb        *db,
            GArray         *pks,
            LinliPageModel *self)
{
  /* Records read before this moment must not enter the cache after it; the
   * key jobs under way keep their place, their answer is right or refreshed. */
  self->epoch++;
  for (guint i = 0; i < pks->len; i++)
    {
      gint64 pk = g_array_index (pks, gint64, i);

      linli_page_cache_forget (self->cache, pk);
      if (g_hash_table_contains (self->living, &pk))
        want (self, pk);
    }
  g_array_append_vals (self->dirty, pks->data, pks->len);
  schedule_refresh (self);
}

/* --- GListModel --- */

static GType
get_item_type (GListModel *model)
{
  return LINLI_TYPE_LIST_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return linli_page_stage_get_n (LINLI_PAGE_MODEL (model)->stage);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LinliPageModel *self = LINLI_PAGE_MODEL (model);
  LinliListRow *row;
  GObject *record;
  gint64 pk = linli_page_stage_get_pk (self->stage, position);

  if (pk == 0)
    return NULL;

  row = g_hash_table_lookup (self->living, &pk);
  if (row != NULL)
    return g_object_ref (row);

  row = linli_list_row_new (pk, self->living);
  record = linli_page_cache_lookup (self->cache, pk);
  if (record != NULL)
    linli_list_row_set_item (row, record);
  else
    want (self, pk);

  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- The object --- */

static void
linli_page_model_dispose (GObject *object)
{
  LinliPageModel *self = LINLI_PAGE_MODEL (object);

  g_cancellable_cancel (self->closing);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  linli_page_stage_stop (self->stage);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);

  G_OBJECT_CLASS (linli_page_model_parent_class)->dispose (object);
}

static void
linli_page_model_finalize (GObject *object)
{
  LinliPageModel *self = LINLI_PAGE_MODEL (object);

  g_clear_pointer (&self->held, linli_keys_answer_free);
  g_clear_object (&self->db);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->query, g_variant_unref);
  linli_page_stage_free (self->stage);
  g_array_unref (self->wanted);
  g_array_unref (self->dirty);
  g_hash_table_unref (self->living);
  linli_page_cache_free (self->cache);

  G_OBJECT_CLASS (linli_page_model_parent_class)->finalize (object);
}

static void
linli_page_model_class_init (LinliPageModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linli_page_model_dispose;
  object_class->finalize = linli_page_model_finalize;

  /**
   * LinliPageModel::settled:
   * @opened: whether these are the first rows of a newly opened query
   * @n_arrived: how many rows are new to the list because of a change
   *
   * After the list was told; selections lost on the way are put back now.
   */
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_UINT);
  /**
   * LinliPageModel::failed:
   * @error: why keys or records could not be read; what is shown stays
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
linli_page_model_init (LinliPageModel *self)
{
  self->closing = g_cancellable_new ();
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->dirty = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->living = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->cache = linli_page_cache_new ();
  self->stage = linli_page_stage_new (G_LIST_MODEL (self), self->living, ready_cb);
}

/**
 * linli_page_model_new:
 * @table: whose announced changes concern this list
 * @loader: (transfer none): static
 *
 * Returns: (transfer full): an empty list; see linli_page_model_open()
 */
LinliPageModel *
linli_page_model_new (LinliDb               *db,
                      const char            *table,
                      const LinliPageLoader *loader)
{
  LinliPageModel *self;
  g_autofree char *detailed = NULL;

  g_return_val_if_fail (LINLI_IS_DB (db), NULL);
  g_return_val_if_fail (table != NULL && loader != NULL, NULL);

  self = g_object_new (LINLI_TYPE_PAGE_MODEL, NULL);
  self->db = g_object_ref (db);
  self->loader = loader;
  detailed = g_strconcat ("changed::", table, NULL);
  g_signal_connect_object (db, detailed, G_CALLBACK (changed_cb), self, 0);

  return self;
}

/**
 * linli_page_model_open:
 * @query: (transfer floating): what the loader understands
 *
 * Shows the answers to @query in place of what is shown now: first the head
 * of the list with its records, then all of it. What is shown stays until the
 * first answer is there.
 */
void
linli_page_model_open (LinliPageModel *self,
                       GVariant       *query)
{
  g_return_if_fail (LINLI_IS_PAGE_MODEL (self));
  g_return_if_fail (query != NULL);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->generation++;
  g_variant_ref_sink (query);
  g_clear_pointer (&self->query, g_variant_unref);
  self->query = query;
  self->complete = FALSE;
  g_clear_pointer (&self->held, linli_keys_answer_free);
  linli_page_stage_stay (self->stage);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_array_set_size (self->dirty, 0);
  ask_keys (self, TRUE, LINLI_PAGE_MODEL_FIRST);
}

/**
 * linli_page_model_refresh:
 * @query: (transfer floating) (nullable): the same question at a later time;
 *   %NULL to ask again as before
 *
 * Asks again without losing the reader's place.
 */
void
linli_page_model_refresh (LinliPageModel *self,
                          GVariant       *query)
{
  g_return_if_fail (LINLI_IS_PAGE_MODEL (self));
  g_return_if_fail (self->query != NULL);

  if (query != NULL)
    {
      g_variant_ref_sink (query);
      g_variant_unref (self->query);
      self->query = query;
    }
  schedule_refresh (self);
}

/* Whether the number of items is the number of answers. */
gboolean
linli_page_model_is_complete (LinliPageModel *self)
{
  g_return_val_if_fail (LINLI_IS_PAGE_MODEL (self), FALSE);

  return self->complete && !linli_page_stage_is_growing (self->stage);
}

/* Whether the list is between two truths: a selection lost now comes back
 * before `settled`, so nobody should act on its loss. */
gboolean
linli_page_model_is_telling (LinliPageModel *self)
{
  g_return_val_if_fail (LINLI_IS_PAGE_MODEL (self), FALSE);

  return linli_page_stage_is_telling (self->stage);
}

/**
 * linli_page_model_find:
 * @position: (out) (optional): where the row is
 *
 * Linear: half a millisecond in a list of a million.
 */
gboolean
linli_page_model_find (LinliPageModel *self,
                       gint64          pk,
                       guint          *position)
{
  g_return_val_if_fail (LINLI_IS_PAGE_MODEL (self), FALSE);

  return linli_page_stage_find (self->stage, pk, position);
}

/* The key at @position without making a row; 0 beyond the end. */
gint64
linli_page_model_get_pk (LinliPageModel *self,
                         guint           position)
{
  g_return_val_if_fail (LINLI_IS_PAGE_MODEL (self), 0);

  return linli_page_stage_get_pk (self->stage, position);
}

/* Returns: (transfer none) (element-type gint64): the keys known so far, all of
 * them once the list is complete; never changed, only replaced */
GArray *
linli_page_model_get_keys (LinliPageModel *self)
{
  g_return_val_if_fail (LINLI_IS_PAGE_MODEL (self), NULL);

  return linli_page_stage_get_keys (self->stage);
}
