/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files and pictures that come by dropping or pasting. Text is left to
 * whoever has the focus. */

#include "config.h"

#include "linli-paste.h"

typedef struct
{
  LinliTakeFile    take_file;
  LinliTakeTexture take_texture;
} Takers;

static void
take_value (GtkWidget    *widget,
            const GValue *value)
{
  Takers *takers = g_object_get_data (G_OBJECT (widget), "linli-takers");

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = l->next)
        takers->take_file (widget, l->data);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    takers->take_texture (widget, g_value_get_object (value));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *widget)
{
  take_value (widget, value);

  return TRUE;
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && gtk_widget_get_root (widget) != NULL)
    take_value (widget, value);
}

/* Before the text that has the focus: it would find no text and do nothing. */
static gboolean
key_cb (GtkWidget             *widget,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type;

  if ((keyval != GDK_KEY_v && keyval != GDK_KEY_V) || (modifiers & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
           !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    type = GDK_TYPE_TEXTURE;
  else
    return GDK_EVENT_PROPAGATE;
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb, g_object_ref (widget));

  return GDK_EVENT_STOP;
}

/* @widget is handed to both functions. */
void
linli_paste_accept (GtkWidget        *widget,
                    LinliTakeFile     take_file,
                    LinliTakeTexture  take_texture)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Takers *takers = g_new0 (Takers, 1);

  takers->take_file = take_file;
  takers->take_texture = take_texture;
  g_object_set_data_full (G_OBJECT (widget), "linli-takers", takers, g_free);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), widget);
  gtk_widget_add_controller (widget, keys);
}
