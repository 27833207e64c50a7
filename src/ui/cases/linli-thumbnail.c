/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small picture of a file, fetched away from the main thread. */

#include "config.h"

#include "linli-thumbnail.h"

#include "linli-thumbnail-maker.h"

#define SIZE (LINLI_THUMBNAIL_SIZE / 2) /* for screens with two pixels to one */

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(GdkPixbuf) pixbuf = linli_thumbnail_load (g_file_peek_path (data), &error);

  if (pixbuf == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GtkWidget *stack = user_data;
  g_autoptr(GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL)
    {
      gtk_picture_set_paintable (GTK_PICTURE (gtk_stack_get_child_by_name (GTK_STACK (stack), "picture")),
                                 GDK_PAINTABLE (texture));
      gtk_stack_set_visible_child_name (GTK_STACK (stack), "picture");
    }
  g_object_unref (stack);
}

/* The icon of the kind of file, until and unless a picture of it can be made. */
GtkWidget *
linli_thumbnail_new (GFile      *file,
                     const char *content_type)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *type = g_content_type_from_mime_type (content_type);
  g_autoptr(GIcon) icon = g_content_type_get_symbolic_icon (type != NULL ? type : content_type);
  GtkWidget *image = gtk_image_new_from_gicon (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_stack_add_named (GTK_STACK (stack), image, "icon");
  gtk_stack_add_named (GTK_STACK (stack), picture, "picture");
  gtk_widget_set_size_request (stack, SIZE, SIZE);
  gtk_widget_add_css_class (stack, "thumbnail");
  if (g_str_has_prefix (content_type, "image/"))
    {
      g_autoptr(GTask) task = g_task_new (NULL, NULL, made_cb, g_object_ref_sink (stack));

      g_task_set_task_data (task, g_object_ref (file), g_object_unref);
      g_task_run_in_thread (task, make_thread);
    }

  return stack;
}
