/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who sits before the window: asked for when people sign in, again when the
 * desk was left alone, and when the next person takes over. While it is asked
 * the pages stay as they are, covered: whoever comes back finds everything as
 * it was, and only for another person they are made anew. */

#include "config.h"

#include "linli-window-private.h"

#include <glib/gi18n-lib.h>

#include "linli-devices-page.h"
#include "linli-identity-page.h"
#include "linli-password-dialog.h"
#include "linli-people-page.h"
#include "linli-units-page.h"

#define SEEING (LINLI_RIGHT_IDENTITY | LINLI_RIGHT_CONFIDENTIAL)
#define TICK_S 5 /* an idle desk wakes the processor less than once a second */
#define MARK   "linli-watched"

/* --- Asking --- */

static void
uncover (LinliWindow *self)
{
  self->covered = FALSE;
  linli_sign_in_page_clear (self->sign_in);
  gtk_stack_set_visible_child_name (self->stack, "desk");
  linli_window_update_actions (self);
  linli_desk_view_set_covered (self->desk, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->desk), GTK_DIR_TAB_FORWARD);
  linli_window_show_wanted (self);
}

static void
tell_changed (LinliWindow *self)
{
  linli_ui_context_toast (self->context, _("What you may do here was changed. Buttons and pages follow."));
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;
  g_autoptr(LinliStore) store = g_object_ref (LINLI_STORE (source));
  g_autoptr(GError) error = NULL;
  g_autofree char *actor = linli_store_dup_actor (store);
  g_autofree char *former = NULL;
  LinliSession *session = linli_session_read_finish (store, result, &error);
  gboolean outdated = self->outdated;

  if (session == NULL)
    {
      if (self->sign_in != NULL)
        linli_sign_in_page_fail (self->sign_in, error);
      return;
    }
  former = self->former != NULL ? g_steal_pointer (&self->former) : g_strdup (actor);
  if (self->context != NULL)
    {
      /* What is half typed on the pages belongs to who typed it. */
      linli_store_set_actor (store, former);
      linli_window_leave_desk (self);
      linli_store_set_actor (store, actor);
    }
  if (self->sign_in != NULL)
    linli_sign_in_page_clear (self->sign_in);
  linli_window_enter_store (self, store, session);
  if (outdated && g_strcmp0 (former, actor) == 0)
    tell_changed (self);
}

/* The same person goes on; another gets pages of the own, and so does who sees
 * more or less than before. */
static void
signed_in_cb (LinliWindow     *self,
              LinliSignInPage *page)
{
  LinliStore *store = linli_sign_in_page_get_store (page);
  g_autofree char *actor = linli_store_dup_actor (store);

  if (self->covered && !self->outdated && g_strcmp0 (actor, self->former) == 0)
    {
      g_clear_pointer (&self->former, g_free);
      uncover (self);
      return;
    }
  linli_session_read_async (store, self->cancellable, session_cb, g_object_ref (self));
}

static void
show_sign_in (LinliWindow  *self,
              LinliStore   *store,
              LinliSession *session)
{
  if (self->sign_in == NULL)
    {
      self->sign_in = g_object_new (LINLI_TYPE_SIGN_IN_PAGE, NULL);
      g_signal_connect_object (self->sign_in, "signed-in", G_CALLBACK (signed_in_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->sign_in), "sign-in");
    }
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  linli_sign_in_page_ask (self->sign_in, store, session);
}

/**
 * linli_window_ask_person:
 * @session: (transfer full): the centre, and who sat here last
 *
 * Shows the sign-in page over an open store.
 */
void
linli_window_ask_person (LinliWindow  *self,
                         LinliStore   *store,
                         LinliSession *session)
{
  g_autoptr(LinliSession) owned = session;

  show_sign_in (self, store, session);
}

/* --- Covering --- */

/* Whoever comes next proves who it is. Forms over the window close and keep
 * what is half typed in them. */
static void
cover (LinliWindow *self)
{
  LinliStore *store = linli_ui_context_get_store (self->context);

  if (self->covered)
    return;
  linli_window_close_dialogs (self);
  g_free (self->former);
  self->former = linli_store_dup_actor (store);
  self->covered = TRUE;
  linli_window_update_actions (self);
  linli_desk_view_set_covered (self->desk, TRUE);
  show_sign_in (self, store, linli_ui_context_get_session (self->context));
}

static void
lock_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  cover (LINLI_WINDOW (widget));
}

/* --- What the person may, while it changes --- */

/* Once covered they wait for whoever comes back, and are made anew then. */
static void
renew_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliWindow) self = user_data;

  if (!self->covered && self->context != NULL && linli_ui_context_get_store (self->context) == LINLI_STORE (source))
    session_cb (source, result, g_object_ref (self));
}

static void
session_changed_cb (LinliWindow  *self,
                    LinliSession *former)
{
  LinliSession *session = linli_ui_context_get_session (self->context);

  /* Lists remember the rows they have shown, and the palette the cases. */
  if (g_strcmp0 (session->unit, former->unit) != 0 || ((session->rights ^ former->rights) & SEEING) != 0)
    self->outdated = TRUE;
  if (session->closed)
    {
      cover (self);
      return;
    }
  if (self->outdated && !self->covered)
    {
      linli_session_read_async (linli_ui_context_get_store (self->context), self->cancellable, renew_cb,
                                g_object_ref (self));
      return;
    }
  linli_window_update_actions (self);
  if (self->task != NULL && !linli_window_may (self, self->task_action))
    linli_desk_view_pop (self->desk);
  linli_desk_view_follow_session (self->desk);
  if (session->roles != former->roles || session->rights != former->rights)
    tell_changed (self);
}

/* While a centre is open. */
void
linli_window_watch_session (LinliWindow *self)
{
  g_signal_connect_object (linli_ui_context_get_session_watch (self->context), "changed",
                           G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- Left alone --- */

static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event,
          LinliWindow        *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      self->last_input = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Forms are windows of their own, and somebody who types there is here. */
static void
watch_windows (LinliWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller;

      if (g_object_get_data (G_OBJECT (window), MARK) != NULL)
        continue;
      controller = gtk_event_controller_legacy_new ();
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
      gtk_widget_add_controller (window, controller);
      g_object_set_data (G_OBJECT (window), MARK, self);
      self->last_input = g_get_monotonic_time ();
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  LinliWindow *self = user_data;
  double minutes = g_settings_get_double (self->settings, "idle-lock-minutes");

  if (self->context != NULL && !self->covered && minutes > 0 && linli_ui_context_get_session (self->context)->sign_in &&
      g_get_monotonic_time () - self->last_input > (gint64) (minutes * 60 * G_USEC_PER_SEC))
    cover (self);
  return G_SOURCE_CONTINUE;
}

/* While a centre is open. */
void
linli_window_watch_input (LinliWindow *self)
{
  linli_window_forget_input (self);
  self->last_input = g_get_monotonic_time ();
  watch_windows (self);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (watch_windows), self,
                           G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

void
linli_window_forget_input (LinliWindow *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_signal_handlers_disconnect_by_func (gtk_window_get_toplevels (), watch_windows, self);
}

/* --- Passwords and people --- */

static void
own_password_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);
  g_autofree char *actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));

  linli_password_dialog_open (self->context, GTK_WINDOW (self), actor,
                              linli_ui_context_get_session (self->context)->person, TRUE);
}

static void
people_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_people_page_new (self->context));
}

static void
identity_reads_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_identity_page_new (self->context));
}

static void
units_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_units_page_new (self->context));
}

static void
devices_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_devices_page_new (self->context));
}

/* Part of the window's class. */
void
linli_window_install_person_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action);
  gtk_widget_class_install_action (widget_class, "win.own-password", NULL, own_password_action);
  gtk_widget_class_install_action (widget_class, "win.show-people", NULL, people_action);
  gtk_widget_class_install_action (widget_class, "win.show-identity-reads", NULL, identity_reads_action);
  gtk_widget_class_install_action (widget_class, "win.show-units", NULL, units_action);
  gtk_widget_class_install_action (widget_class, "win.show-devices", NULL, devices_action);
}
