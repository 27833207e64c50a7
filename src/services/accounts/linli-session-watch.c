/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One turn of the main loop after the announcement the session is read anew;
 * announcements that come while it is read are answered by one more reading. */

#include "config.h"

#include "linli-session-watch.h"

struct _LinliSessionWatch
{
  GObject       parent_instance;

  /* Owned */
  LinliStore   *store;
  LinliSession *session;
  char         *actor;       /* (nullable): whose it is, also while the next person signs in */
  GCancellable *cancellable;

  /* State */
  gboolean      reading;
  gboolean      again;       /* something changed while it was read */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliSessionWatch, linli_session_watch, G_TYPE_OBJECT)

static gpointer
load_session (LinliConn *conn,
              gpointer   actor,
              GError   **error)
{
  return linli_session_load (conn, actor, error);
}

static void
read_for (LinliStore          *store,
          char                *actor,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  linli_store_read_async (store, load_session, actor, g_free, (GDestroyNotify) linli_session_free, cancellable, callback,
                          user_data);
}

/* Reads who acts in @store; finish with linli_session_read_finish(). */
void
linli_session_read_async (LinliStore          *store,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (LINLI_IS_STORE (store));

  read_for (store, linli_store_dup_actor (store), cancellable, callback, user_data);
}

/* @error: %LINLI_STORE_ERROR; NOT_FOUND when the store has no centre yet
 *
 * Returns: (transfer full) */
LinliSession *
linli_session_read_finish (LinliStore   *store,
                           GAsyncResult *result,
                           GError      **error)
{
  return linli_store_read_finish (store, result, error);
}

static void reload (LinliSessionWatch *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliSessionWatch) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliSession) session = linli_session_read_finish (LINLI_STORE (source), result, &error);
  g_autoptr(LinliSession) former = NULL;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (session == NULL)
    g_warning ("session: %s", error->message);
  else if (!linli_session_equal (self->session, session))
    {
      former = g_steal_pointer (&self->session);
      self->session = g_steal_pointer (&session);
      g_signal_emit (self, signals[CHANGED], 0, former);
    }
  if (self->again && !g_cancellable_is_cancelled (self->cancellable))
    reload (self);
}

static void
reload (LinliSessionWatch *self)
{
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  read_for (self->store, g_strdup (self->actor), self->cancellable, read_cb, g_object_ref (self));
}

static void
linli_session_watch_finalize (GObject *object)
{
  LinliSessionWatch *self = LINLI_SESSION_WATCH (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  linli_session_free (self->session);
  g_free (self->actor);

  G_OBJECT_CLASS (linli_session_watch_parent_class)->finalize (object);
}

static void
linli_session_watch_class_init (LinliSessionWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_session_watch_finalize;

  /**
   * LinliSessionWatch::changed:
   * @former: (type LinliSession): what it was until now; gone after the emission
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
linli_session_watch_init (LinliSessionWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * linli_session_watch_new:
 * @session: (transfer full): of who acts in @store now
 */
LinliSessionWatch *
linli_session_watch_new (LinliStore   *store,
                         LinliSession *session)
{
  static const char *const tables[] = { "account", "role_right", "credential", "centre" };
  LinliSessionWatch *self;

  g_return_val_if_fail (LINLI_IS_STORE (store) && session != NULL, NULL);

  self = g_object_new (LINLI_TYPE_SESSION_WATCH, NULL);
  self->store = g_object_ref (store);
  self->session = session;
  self->actor = linli_store_dup_actor (store);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", tables[i], NULL);

      g_signal_connect_object (linli_store_get_db (store), signal, G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
    }

  return self;
}

/* Returns: (transfer none): until the next `changed` */
LinliSession *
linli_session_watch_get_session (LinliSessionWatch *self)
{
  g_return_val_if_fail (LINLI_IS_SESSION_WATCH (self), NULL);

  return self->session;
}

/* Before the store is closed: nothing is told any more. */
void
linli_session_watch_stop (LinliSessionWatch *self)
{
  g_return_if_fail (LINLI_IS_SESSION_WATCH (self));

  g_cancellable_cancel (self->cancellable);
}
