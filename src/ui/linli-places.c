/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-places.h"

#include <glib/gi18n-lib.h>

#include "linli-case-views.h"

/* Numbers follow changes with this pause at least, so that an import does not
 * make them flicker. */
#define PAUSE_MS 250
#define TICK_S 60
/* Places above the views. The first nine have keys, which are for what is open
 * all day. */
#define N_ABOVE 1

struct _LinliPlaces
{
  GObject         parent_instance;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  GListStore     *places;

  /* State */
  guint           n_below; /* places below the views */
  guint           refresh_id;
  guint           tick_id;
  gboolean        reading;
  gboolean        again;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinliPlaces, linli_places, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static const struct
{
  const char *id;
  const char *icon;
} icons[] = {
  { "open", "linli-case-inbox-symbolic" },
  { "received", "linli-case-new-symbolic" },
  { "to-sign", "linli-sign-symbolic" },
  { "due-soon", "linli-clock-symbolic" },
  { "sent-back", "linli-return-symbolic" },
  { "reported", "linli-done-symbolic" },
  { "registered", "linli-dispatch-symbolic" },
  { "handling", "linli-work-symbolic" },
  { "review", "linli-review-symbolic" },
  { "ruling", "linli-ruling-symbolic" },
  { "decision", "linli-extend-symbolic" },
  { "callback", "linli-reply-symbolic" },
  { "due-today", "linli-clock-symbolic" },
  { "overdue", "linli-clock-late-symbolic" },
  { "mine", "linli-resident-symbolic" },
  { "closed", "linli-case-closed-symbolic" },
  { "all", "linli-catalogue-symbolic" },
};

static const char *
icon_of (LinliCaseView *view)
{
  for (guint i = 0; view->built_in && i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].id, view->id))
      return icons[i].icon;

  return "linli-view-symbolic";
}

/* --- Reading views and numbers, in the read lane --- */

typedef struct
{
  char  *actor; /* (nullable) */
  gint64 now;
} ReadJob;

typedef struct
{
  GPtrArray *views;
  GArray    *counts;
} Numbers;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_free (job->actor);
  g_free (job);
}

static void
numbers_free (gpointer data)
{
  Numbers *numbers = data;

  g_clear_pointer (&numbers->views, g_ptr_array_unref);
  g_clear_pointer (&numbers->counts, g_array_unref);
  g_free (numbers);
}

static gpointer
read_numbers (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  ReadJob *job = data;
  Numbers *numbers = g_new0 (Numbers, 1);

  numbers->views = linli_case_views_load (conn, job->actor, error);
  if (numbers->views != NULL)
    numbers->counts = linli_case_view_counts (conn, numbers->views, job->now, job->actor, error);
  if (numbers->counts == NULL)
    g_clear_pointer (&numbers, numbers_free);

  return numbers;
}

/* --- Keeping the list --- */

static LinliPlace *
place_of_view (LinliCaseView *view)
{
  LinliPlace *place = linli_place_new ("cases", view->id, view->built_in ? _(view->name) : view->name, icon_of (view),
                                       view->built_in ? _("Cases")
                                       : view->shared ? _("Everybody's Views") : _("My Views"));

  place->query = g_strdup (view->query);
  place->sort = view->sort;
  place->saved = !view->built_in;
  place->shared = place->saved && view->shared;

  return place;
}

/* Rows are replaced only when the views are others, so that a chosen row of
 * the sidebar stays chosen while numbers run. A view that stays keeps its place
 * even then: the overview follows the numbers of those it knows. */
static void
follow (LinliPlaces *self,
        Numbers     *numbers)
{
  g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->places)) - N_ABOVE - self->n_below;
  gboolean same = n_old == numbers->views->len;

  for (guint i = 0; i < numbers->views->len; i++)
    {
      g_autoptr(LinliPlace) old = same ? g_list_model_get_item (G_LIST_MODEL (self->places), i + N_ABOVE) : NULL;
      LinliPlace *place = place_of_view (numbers->views->pdata[i]);
      g_autoptr(LinliPlace) known = linli_places_find (self, place->id);

      if (known != NULL && linli_place_is_same (known, place))
        g_set_object (&place, known);
      g_ptr_array_add (fresh, place);
      same = old == place;
    }
  for (guint i = 0; i < numbers->counts->len; i++)
    {
      LinliCaseViewCount *count = &g_array_index (numbers->counts, LinliCaseViewCount, i);

      linli_place_set_count (fresh->pdata[i], count->n, count->more);
    }
  if (!same)
    g_list_store_splice (self->places, N_ABOVE, n_old, fresh->pdata, fresh->len);
}

static void
read_numbers_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LinliPlaces) self = user_data;
  g_autoptr(GError) error = NULL;
  Numbers *numbers = linli_store_read_finish (LINLI_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (numbers == NULL)
    {
      g_warning ("The numbers of the views cannot be read: %s", error->message);
      return;
    }
  follow (self, numbers);
  numbers_free (numbers);
  if (self->again)
    linli_places_refresh (self);
}

static gboolean
read_cb (gpointer data)
{
  LinliPlaces *self = data;
  LinliStore *store = linli_ui_context_get_store (self->context);
  ReadJob *job = g_new0 (ReadJob, 1);

  self->refresh_id = 0;
  self->reading = TRUE;
  self->again = FALSE;
  job->actor = linli_store_dup_actor (store);
  job->now = linli_ui_context_now (self->context);
  linli_store_read_async (store, read_numbers, job, read_job_free, numbers_free, self->cancellable,
                          read_numbers_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer data)
{
  linli_places_refresh (data);

  return G_SOURCE_CONTINUE;
}

/* --- GListModel --- */

static GType
get_item_type (GListModel *model)
{
  return LINLI_TYPE_PLACE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (LINLI_PLACES (model)->places));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (LINLI_PLACES (model)->places), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
linli_places_finalize (GObject *object)
{
  LinliPlaces *self = LINLI_PLACES (object);

  linli_places_stop (self);
  g_clear_object (&self->places);
  g_clear_object (&self->context);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (linli_places_parent_class)->finalize (object);
}

static void
linli_places_class_init (LinliPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_places_finalize;
}

static void
linli_places_init (LinliPlaces *self)
{
  self->cancellable = g_cancellable_new ();
  self->places = g_list_store_new (LINLI_TYPE_PLACE);
  g_signal_connect_swapped (self->places, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
}

/* What the centre knows of all its cases; none of it is a unit's. */
static void
add_below (LinliPlaces *self)
{
  g_autoptr(LinliPlace) figures = linli_place_new ("figures", "figures", _("Figures"), "linli-figures-symbolic",
                                                   _("Figures and Answers"));
  g_autoptr(LinliPlace) answers = linli_place_new ("answers", "answers", _("Answers"), "linli-answer-symbolic",
                                                   _("Figures and Answers"));

  g_list_store_append (self->places, figures);
  g_list_store_append (self->places, answers);
  self->n_below = 2;
}

LinliPlaces *
linli_places_new (LinliUiContext *context)
{
  LinliPlaces *self = g_object_new (LINLI_TYPE_PLACES, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));
  g_autoptr(LinliPlace) overview = linli_place_new ("overview", "overview", _("Overview"), "linli-overview-symbolic", "");

  self->context = g_object_ref (context);
  g_list_store_append (self->places, overview);
  if (linli_ui_context_get_session (context)->unit == NULL)
    add_below (self);
  g_signal_connect_object (db, "changed::cases", G_CALLBACK (linli_places_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "changed::saved_view", G_CALLBACK (linli_places_refresh), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
  read_cb (self);

  return self;
}

/* Returns: (transfer full) (nullable) */
LinliPlace *
linli_places_find (LinliPlaces *self,
                   const char  *id)
{
  g_return_val_if_fail (LINLI_IS_PLACES (self), NULL);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(LinliPlace) place = get_item (G_LIST_MODEL (self), i);

      if (g_str_equal (place->id, id))
        return g_steal_pointer (&place);
    }

  return NULL;
}

/* Counts again, soon. */
void
linli_places_refresh (LinliPlaces *self)
{
  g_return_if_fail (LINLI_IS_PLACES (self));

  if (self->reading)
    self->again = TRUE;
  else if (self->refresh_id == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->refresh_id = g_timeout_add (PAUSE_MS, read_cb, self);
}

/* Before the store is closed. */
void
linli_places_stop (LinliPlaces *self)
{
  g_return_if_fail (LINLI_IS_PLACES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
}
