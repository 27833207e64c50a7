/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-due-runner.h"

#include "linli-handling.h"

#define TICK_S 60

struct _LinliDueRunner
{
  GObject         parent_instance;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;

  /* State */
  guint           tick_id;
  gboolean        running;
};

G_DEFINE_FINAL_TYPE (LinliDueRunner, linli_due_runner, G_TYPE_OBJECT)

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliDueRunner) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  self->running = FALSE;
  if (reply == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("Suspended cases do not go on yet: %s", error->message);
}

static gpointer
find_due (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  g_autofree gint64 *n = g_new0 (gint64, 1);

  return linli_suspensions_due (conn, *(gint64 *) data, n, error) ? g_steal_pointer (&n) : NULL;
}

static void
find_due_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliDueRunner) self = user_data;
  g_autofree gint64 *n = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  g_autoptr(LinliRequest) request = NULL;

  self->running = FALSE;
  if (n == NULL || *n == 0 || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->running = TRUE;
  request = linli_request_new ();
  linli_store_run_async (LINLI_STORE (source), "case.resume-due", request, self->cancellable, resumed_cb, g_object_ref (self));
}

static gboolean
tick_cb (gpointer data)
{
  LinliDueRunner *self = data;
  gint64 now = linli_ui_context_now (self->context);

  if (self->running)
    return G_SOURCE_CONTINUE;
  self->running = TRUE;
  linli_store_read_async (linli_ui_context_get_store (self->context), find_due, g_memdup2 (&now, sizeof now), g_free, g_free,
                          self->cancellable, find_due_cb, g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

static void
linli_due_runner_finalize (GObject *object)
{
  LinliDueRunner *self = LINLI_DUE_RUNNER (object);

  linli_due_runner_stop (self);
  g_clear_object (&self->context);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (linli_due_runner_parent_class)->finalize (object);
}

static void
linli_due_runner_class_init (LinliDueRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_due_runner_finalize;
}

static void
linli_due_runner_init (LinliDueRunner *self)
{
  self->cancellable = g_cancellable_new ();
}

/* A store that is open for looking only is left as it is. */
LinliDueRunner *
linli_due_runner_new (LinliUiContext *context)
{
  LinliDueRunner *self = g_object_new (LINLI_TYPE_DUE_RUNNER, NULL);

  self->context = g_object_ref (context);
  if (linli_store_is_read_only (linli_ui_context_get_store (context)))
    return self;
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
  tick_cb (self);

  return self;
}

/* Before the store is closed. */
void
linli_due_runner_stop (LinliDueRunner *self)
{
  g_return_if_fail (LINLI_IS_DUE_RUNNER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
}
