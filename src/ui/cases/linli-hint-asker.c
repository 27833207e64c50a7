/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hint-asker.h"

#define PAUSE 300 /* milliseconds without a key */

struct _LinliHintAsker
{
  GObject               parent_instance;

  /* Owned */
  LinliUiContext       *context;
  GCancellable         *cancellable; /* (nullable): of the question on its way */

  /* Borrowed */
  LinliHintQuestionFunc func;        /* (nullable): once stopped */
  gpointer              data;

  /* State */
  guint                 pause;
};

enum { FOUND, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliHintAsker, linli_hint_asker, G_TYPE_OBJECT)

static gpointer
find_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_hints_find (conn, data, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliHintAsker) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHints) hints = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->func == NULL)
    return;
  if (hints == NULL)
    g_warning ("No hints: %s", error->message); /* hints are extra: the form goes on without */
  else
    g_signal_emit (self, signals[FOUND], 0, hints);
}

static void
call_back (LinliHintAsker *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
}

static gboolean
pause_cb (gpointer user_data)
{
  LinliHintAsker *self = user_data;

  self->pause = 0;
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), find_job, self->func (self->data),
                          (GDestroyNotify) linli_hint_question_free, (GDestroyNotify) linli_hints_free,
                          self->cancellable, found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
linli_hint_asker_dispose (GObject *object)
{
  LinliHintAsker *self = LINLI_HINT_ASKER (object);

  linli_hint_asker_stop (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_hint_asker_parent_class)->dispose (object);
}

static void
linli_hint_asker_class_init (LinliHintAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_hint_asker_dispose;

  /* LinliHintAsker::found: the LinliHints, for as long as the signal runs */
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
linli_hint_asker_init (LinliHintAsker *self)
{
}

/* @data: outlives the asker, or stops it */
LinliHintAsker *
linli_hint_asker_new (LinliUiContext       *context,
                      LinliHintQuestionFunc func,
                      gpointer              data)
{
  LinliHintAsker *self = g_object_new (LINLI_TYPE_HINT_ASKER, NULL);

  self->context = g_object_ref (context);
  self->func = func;
  self->data = data;

  return self;
}

/* Something changed: asks anew after a pause. */
void
linli_hint_asker_touch (LinliHintAsker *self)
{
  g_return_if_fail (LINLI_IS_HINT_ASKER (self));

  call_back (self);
  if (self->func != NULL)
    self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

void
linli_hint_asker_stop (LinliHintAsker *self)
{
  g_return_if_fail (LINLI_IS_HINT_ASKER (self));

  call_back (self);
  self->func = NULL;
}
