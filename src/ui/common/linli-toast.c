/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One message at a time. libadwaita 1.2 brings back what an urgent message
 * replaced, and aborts if the newer one goes before the older has faded; and it
 * reads freed memory when a message goes before it has come up whole. Its
 * overlay takes the first Escape for the message, whatever the window does then. */

#include "config.h"

#include "linli-toast.h"

#define COMES_UP_MS 600 /* longer than any of its animations */

typedef struct
{
  AdwToastOverlay *overlay; /* (unowned): this is its data */
  AdwToast        *shown;   /* (owned) (nullable) */
  AdwToast        *next;    /* (owned) (nullable): waits until @shown is up */
  gint64           since;   /* monotonic: of @shown */
  guint            wait_id;
} Messages;

static void
messages_free (gpointer data)
{
  Messages *self = data;

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->next);
  g_free (self);
}

/* What nothing inside wanted goes to the window before the overlay has it. */
static gboolean
key_cb (AdwToastOverlay       *overlay,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (overlay));

  return keyval == GDK_KEY_Escape && root != NULL && gtk_event_controller_key_forward (controller, GTK_WIDGET (root));
}

static void
add_keys (AdwToastOverlay *overlay)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_cb), overlay, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (adw_toast_overlay_get_child (overlay), controller);
}

static Messages *
messages_of (AdwToastOverlay *overlay)
{
  Messages *self = g_object_get_data (G_OBJECT (overlay), "linli-messages");

  if (self == NULL)
    {
      self = g_new0 (Messages, 1);
      self->overlay = overlay;
      g_object_set_data_full (G_OBJECT (overlay), "linli-messages", self, messages_free);
      add_keys (overlay);
    }

  return self;
}

static gint64
ms_until_up (Messages *self)
{
  gint64 left = self->since + COMES_UP_MS * G_TIME_SPAN_MILLISECOND - g_get_monotonic_time ();

  return self->shown != NULL ? MAX (0, left / G_TIME_SPAN_MILLISECOND) : 0;
}

static gboolean up_cb (gpointer data);

static void
wait_until_up (Messages *self)
{
  if (self->wait_id == 0)
    self->wait_id = g_timeout_add (ms_until_up (self) + 1, up_cb, self);
}

/* Runs before the overlay's own handler. */
static void
dismissed_cb (AdwToast        *toast,
              AdwToastOverlay *overlay)
{
  Messages *self = messages_of (overlay);

  if (self->shown != toast)
    return;
  if (ms_until_up (self) > 0)
    {
      g_signal_stop_emission_by_name (toast, "dismissed");
      wait_until_up (self);
    }
  else
    {
      g_clear_object (&self->shown);
    }
}

static void
show_next (Messages *self)
{
  g_set_object (&self->shown, self->next);
  self->since = g_get_monotonic_time ();
  g_signal_connect_object (self->shown, "dismissed", G_CALLBACK (dismissed_cb), self->overlay, 0);
  adw_toast_overlay_add_toast (self->overlay, g_steal_pointer (&self->next));
}

/* It was replaced or sent away while it came up. It thinks that it is gone, so
 * adw_toast_dismiss() would do nothing. */
static gboolean
up_cb (gpointer data)
{
  Messages *self = data;

  self->wait_id = 0;
  if (self->shown != NULL)
    g_signal_emit_by_name (self->shown, "dismissed");
  if (self->next != NULL)
    show_next (self);

  return G_SOURCE_REMOVE;
}

/**
 * linli_toast_show:
 * @toast: (transfer full)
 *
 * Shows @toast in place of the one shown now, as soon as that one has come up.
 */
void
linli_toast_show (AdwToastOverlay *overlay,
                  AdwToast        *toast)
{
  Messages *self = messages_of (overlay);

  g_clear_object (&self->next);
  self->next = toast;
  if (self->shown != NULL)
    adw_toast_dismiss (self->shown);
  if (self->wait_id == 0)
    show_next (self);
}
