/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ui-context.h"

struct _LinliUiContext
{
  GObject         parent_instance;

  /* Owned */
  LinliStore     *store;
  LinliSyncAgent *sync;       /* (nullable): none for a store that is open for looking only */
  LinliSessionWatch *session;
  GSettings      *settings;
  GTimeZone      *zone;
  LinliSuggester *suggester;  /* (nullable): once asked for */

  /* Borrowed */
  LinliClock     *clock;
  LinliToastFunc  toast;      /* (nullable) */
  gpointer        toast_data;
};

G_DEFINE_FINAL_TYPE (LinliUiContext, linli_ui_context, G_TYPE_OBJECT)

static void
linli_ui_context_finalize (GObject *object)
{
  LinliUiContext *self = LINLI_UI_CONTEXT (object);

  if (self->suggester != NULL)
    linli_suggester_stop (self->suggester);
  g_clear_object (&self->suggester);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (linli_ui_context_parent_class)->finalize (object);
}

static void
linli_ui_context_class_init (LinliUiContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_ui_context_finalize;
}

static void
linli_ui_context_init (LinliUiContext *self)
{
  self->zone = g_time_zone_new_local ();
}

/**
 * linli_ui_context_new:
 * @session: (transfer full): who sits before the store
 * @clock: (transfer none): outlives the context
 */
LinliUiContext *
linli_ui_context_new (LinliStore   *store,
                      LinliSession *session,
                      GSettings    *settings,
                      LinliClock   *clock)
{
  LinliUiContext *self;

  g_return_val_if_fail (LINLI_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (LINLI_TYPE_UI_CONTEXT, NULL);
  self->store = g_object_ref (store);
  if (!linli_store_is_read_only (store))
    self->sync = linli_sync_agent_new (store);
  self->session = linli_session_watch_new (store, session);
  self->settings = g_object_ref (settings);
  self->clock = clock;

  return self;
}

/* Returns: (transfer none): begins to learn when first asked for */
LinliSuggester *
linli_ui_context_get_suggester (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  if (self->suggester == NULL)
    self->suggester = linli_suggester_new (self->store);
  return self->suggester;
}

/* Returns: (transfer none) (nullable): keeps the store in step with its hub */
LinliSyncAgent *
linli_ui_context_get_sync (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->sync;
}

/* Before the store is closed. */
void
linli_ui_context_stop (LinliUiContext *self)
{
  g_return_if_fail (LINLI_IS_UI_CONTEXT (self));

  linli_session_watch_stop (self->session);
  if (self->sync != NULL)
    linli_sync_agent_stop (self->sync);
  if (self->suggester != NULL)
    linli_suggester_stop (self->suggester);
}

/* Returns: (transfer none): the centre, the person and the roles, until they change */
LinliSession *
linli_ui_context_get_session (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return linli_session_watch_get_session (self->session);
}

/* Returns: (transfer none): tells when who sits there, or what the person may, has changed */
LinliSessionWatch *
linli_ui_context_get_session_watch (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->session;
}

LinliStore *
linli_ui_context_get_store (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->store;
}

GSettings *
linli_ui_context_get_settings (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->settings;
}

LinliClock *
linli_ui_context_get_clock (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->clock;
}

GTimeZone *
linli_ui_context_get_zone (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), NULL);

  return self->zone;
}

/* Returns: microseconds UTC */
gint64
linli_ui_context_now (LinliUiContext *self)
{
  g_return_val_if_fail (LINLI_IS_UI_CONTEXT (self), 0);

  return linli_clock_now (self->clock);
}

/* Who shows the toasts; cleared with %NULL before @data goes away. */
void
linli_ui_context_set_toast (LinliUiContext *self,
                            LinliToastFunc  func,
                            gpointer        data)
{
  g_return_if_fail (LINLI_IS_UI_CONTEXT (self));

  self->toast = func;
  self->toast_data = data;
}

void
linli_ui_context_toast (LinliUiContext *self,
                        const char     *text)
{
  linli_ui_context_toast_action (self, text, NULL, NULL, NULL);
}

/**
 * linli_ui_context_toast_action:
 * @label: (nullable): of the button
 * @action: (nullable): detailed without target, "win.show-case"
 * @target: (nullable) (transfer floating)
 */
void
linli_ui_context_toast_action (LinliUiContext *self,
                               const char     *text,
                               const char     *label,
                               const char     *action,
                               GVariant       *target)
{
  g_autoptr(GVariant) owned = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (LINLI_IS_UI_CONTEXT (self));

  if (self->toast != NULL)
    self->toast (text, label, action, owned, FALSE, self->toast_data);
}

/* Like linli_ui_context_toast_action(), but stays until somebody answers; what
 * may be %NULL is said at linli_sidebar_offer(). */
void
linli_ui_context_offer (LinliUiContext *self,
                        const char     *text,
                        const char     *label,
                        const char     *action,
                        GVariant       *target)
{
  g_autoptr(GVariant) owned = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (LINLI_IS_UI_CONTEXT (self));

  if (self->toast != NULL)
    self->toast (text, label, action, owned, TRUE, self->toast_data);
}
