/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture may be made to hurt: a few bytes that say they are a gigapixel, or
 * a format whose reader runs for minutes. So the kinds are few, all of pixels;
 * the size that the file tells is looked at before anything is unpacked; what
 * takes too long is given up; and one picture is made at a time, so that the
 * memory is bounded by one of them. */

#include "config.h"

#include "linli-thumbnail-maker.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "linli-attachment-store.h"

#define PIECE       65536
#define MAX_PIXELS  (40 * 1000 * 1000)  /* 160 MB while it is unpacked */
#define MAX_SCALED  (64 * 1000 * 1000)  /* where the reader makes it small on the way */
#define MAX_SECONDS 10
#define SNIFF_SIZE  16

static GMutex one_at_a_time;

static const struct
{
  const char *begins;
  gsize       length;
  const char *name;   /* of the reader */
  gint64      pixels; /* most of them */
} kinds[] = {
  { "\xff\xd8\xff", 3, "jpeg", MAX_SCALED },
  { "\x89PNG\r\n\x1a\n", 8, "png", MAX_PIXELS },
  { "GIF8", 4, "gif", MAX_PIXELS },
  { "BM", 2, "bmp", MAX_PIXELS },
};

typedef struct
{
  gint64   most;
  gboolean refused;
} Limit;

/* Before the first pixel is unpacked, with what the file says of itself. */
static void
size_cb (GdkPixbufLoader *loader,
         int              width,
         int              height,
         Limit           *limit)
{
  int longer = MAX (width, height);

  limit->refused = width <= 0 || height <= 0 || (gint64) width * height > limit->most;
  if (limit->refused)
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* its reader stops then, before it takes any memory */
  else if (longer > LINLI_THUMBNAIL_SIZE)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) ((gint64) width * LINLI_THUMBNAIL_SIZE / longer), 1),
                                MAX ((int) ((gint64) height * LINLI_THUMBNAIL_SIZE / longer), 1));
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, why);
  return FALSE;
}

static gboolean
feed (GdkPixbufLoader *loader,
      GInputStream    *stream,
      const Limit     *limit,
      GError         **error)
{
  g_autofree guchar *buffer = g_malloc (PIECE);
  gint64 end = g_get_monotonic_time () + MAX_SECONDS * G_USEC_PER_SEC;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, PIECE, NULL, error)) > 0)
    {
      g_autoptr(GError) fault = NULL;
      gboolean written = gdk_pixbuf_loader_write (loader, buffer, (gsize) n, &fault);

      if (limit->refused)
        return refuse (error, "The picture is too large");
      if (!written)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      if (g_get_monotonic_time () > end)
        return refuse (error, "The picture takes too long");
    }
  return n == 0;
}

static GdkPixbufLoader *
open_loader (GInputStream *stream,
             Limit        *limit,
             GError      **error)
{
  guchar head[SNIFF_SIZE] = { 0 };
  gsize n = 0;

  if (!g_input_stream_read_all (stream, head, sizeof head, &n, NULL, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n >= kinds[i].length && memcmp (head, kinds[i].begins, kinds[i].length) == 0)
      {
        limit->most = kinds[i].pixels;
        return gdk_pixbuf_loader_new_with_type (kinds[i].name, error);
      }
  refuse (error, "Not a picture to be shown small");
  return NULL;
}

/**
 * linli_thumbnail_make:
 * @error: %G_IO_ERROR, %GDK_PIXBUF_ERROR
 *
 * Returns: (transfer full): at most LINLI_THUMBNAIL_SIZE on either side, the right way up
 */
GdkPixbuf *
linli_thumbnail_make (const char *path,
                      GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr(GdkPixbufLoader) loader = NULL;
  Limit limit = { 0 };
  GdkPixbuf *small = NULL;
  gboolean fed;

  if (stream == NULL)
    return NULL;
  g_mutex_lock (&one_at_a_time);
  loader = open_loader (G_INPUT_STREAM (stream), &limit, error);
  if (loader != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), &limit);
      fed = feed (loader, G_INPUT_STREAM (stream), &limit, error);
      if (gdk_pixbuf_loader_close (loader, fed ? error : NULL) && fed && gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
        small = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
    }
  g_mutex_unlock (&one_at_a_time);
  if (small == NULL && error != NULL && *error == NULL)
    refuse (error, "There is no picture in the file");
  if (small != NULL && MAX (gdk_pixbuf_get_width (small), gdk_pixbuf_get_height (small)) > LINLI_THUMBNAIL_SIZE)
    {
      g_object_unref (small); /* its reader did not heed what was asked */
      refuse (error, "The picture is too large");
      return NULL;
    }
  return small;
}

/**
 * linli_thumbnail_load:
 * @path: of a file of the store, or of any other
 * @error: %G_IO_ERROR, %GDK_PIXBUF_ERROR
 *
 * The small picture of a file of the store is made once and kept beside it, by
 * the name of its content; it goes when the file goes.
 */
GdkPixbuf *
linli_thumbnail_load (const char *path,
                      GError    **error)
{
  g_autofree char *kept = linli_attachment_find_small (path);
  g_autofree char *part = kept != NULL ? g_strdup_printf ("%s.%08x", kept, g_random_int ()) : NULL;
  GdkPixbuf *small;

  if (kept != NULL && g_file_test (kept, G_FILE_TEST_EXISTS))
    {
      small = linli_thumbnail_make (kept, NULL);
      if (small != NULL)
        return small;
    }
  small = linli_thumbnail_make (path, error);
  if (small != NULL && part != NULL &&
      (!gdk_pixbuf_save (small, part, "png", NULL, NULL) || g_rename (part, kept) != 0))
    g_unlink (part); /* it is made again the next time */
  return small;
}
