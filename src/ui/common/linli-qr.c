/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-qr.h"

#include "linli-qr-code.h"

#define QUIET 4 /* modules of white around it, so that every scanner finds it */

/* Black on white also in the dark: scanners take no other. */
static GdkTexture *
new_texture (const guint8 *modules,
             int           n,
             int           pixels)
{
  int width = (n + 2 * QUIET) * pixels;
  gsize stride = (gsize) width * 3;
  guint8 *data = g_malloc (stride * (gsize) width);
  g_autoptr(GBytes) bytes = g_bytes_new_take (data, stride * (gsize) width);

  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      {
        int column = x / pixels - QUIET, row = y / pixels - QUIET;
        gboolean dark = column >= 0 && row >= 0 && column < n && row < n && modules[row * n + column] != 0;

        for (int i = 0; i < 3; i++)
          data[(gsize) y * stride + (gsize) x * 3 + (gsize) i] = dark ? 0 : 255;
      }

  return gdk_memory_texture_new (width, width, GDK_MEMORY_R8G8B8, bytes, stride);
}

/**
 * linli_qr_new:
 * @text: ASCII
 * @size: pixels at most, about
 * @name: what it is, for whoever does not see it
 *
 * Returns: (transfer floating) (nullable): a picture; %NULL when @text is too long
 */
GtkWidget *
linli_qr_new (const char *text,
              int         size,
              const char *name)
{
  int n = 0;
  g_autoptr(GBytes) modules = linli_qr_code_make (text, &n);
  g_autoptr(GdkTexture) texture = NULL;
  GtkWidget *picture;

  if (modules == NULL)
    return NULL;
  texture = new_texture (g_bytes_get_data (modules, NULL), n, MAX (1, size / (n + 2 * QUIET)));
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);

  return picture;
}
