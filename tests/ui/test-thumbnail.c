/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures of what strangers sent: made once, kept beside the file, and
 * refused where the file is made to hurt. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "linli-shelf.h"
#include "linli-thumbnail-maker.h"

#define IHDR_WIDTH 16 /* bytes from the beginning of a PNG file */
#define IHDR_CRC   29

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->root = g_dir_make_tmp ("linli-thumbnail-XXXXXX", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  remove_tree (f->root);
  g_free (f->root);
}

/* Returns: (transfer full): where it lies on the shelf */
static char *
place (Fixture      *f,
       const void   *content,
       gsize         size,
       char        **sha256)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content, size);
  char *path = linli_shelf_path (f->root, sum);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
  if (sha256 != NULL)
    *sha256 = g_steal_pointer (&sum);
  return path;
}

static guchar *
picture (const char *kind,
         int         width,
         int         height,
         gsize      *size)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;
  char *bytes = NULL;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, size, kind, &error, NULL);
  g_assert_no_error (error);
  return (guchar *) bytes;
}

static void
put_word (guchar *at,
          guint32 word)
{
  word = GUINT32_TO_BE (word);
  memcpy (at, &word, sizeof word);
}

static guint32
crc (const guchar *data,
     gsize         size)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
  return ~sum;
}

static void
test_sizes (Fixture      *f,
            gconstpointer data)
{
  static const struct { const char *kind; int width, height, small_width, small_height; } cases[] = {
    { "png", 640, 320, 128, 64 }, { "jpeg", 320, 640, 64, 128 }, { "png", 40, 30, 40, 30 }, { "bmp", 256, 256, 128, 128 },
    { "png", 5000, 2, 128, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = 0;
      g_autofree guchar *bytes = picture (cases[i].kind, cases[i].width, cases[i].height, &size);
      g_autofree char *path = place (f, bytes, size, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkPixbuf) small = linli_thumbnail_make (path, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_pixbuf_get_width (small), ==, cases[i].small_width);
      g_assert_cmpint (gdk_pixbuf_get_height (small), ==, cases[i].small_height);
    }
}

static void
test_made_once (Fixture      *f,
                gconstpointer data)
{
  gsize size = 0;
  g_autofree guchar *bytes = picture ("png", 640, 320, &size);
  g_autofree char *sha256 = NULL;
  g_autofree char *path = place (f, bytes, size, &sha256);
  g_autofree char *kept = linli_shelf_beside (f->root, LINLI_SHELF_SMALL, sha256);
  g_autoptr(GError) error = NULL;

  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GdkPixbuf) small = linli_thumbnail_load (path, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_pixbuf_get_width (small), ==, 128);
      g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
      if (i == 0)
        g_assert_true (g_file_set_contents (path, "no picture any more", -1, NULL)); /* it is not looked at again */
      else if (i == 1)
        {
          g_assert_true (g_file_set_contents (kept, "damaged", -1, NULL)); /* made anew from the file */
          g_assert_true (g_file_set_contents (path, (char *) bytes, (gssize) size, NULL));
        }
    }
}

/* A file somewhere else leaves nothing beside it. */
static void
test_elsewhere (Fixture      *f,
                gconstpointer data)
{
  gsize size = 0;
  g_autofree guchar *bytes = picture ("png", 200, 200, &size);
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
  g_autofree char *path = g_build_filename (f->root, sum, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPixbuf) small = NULL;
  g_autoptr(GDir) dir = NULL;

  g_file_set_contents (path, (char *) bytes, (gssize) size, NULL);
  small = linli_thumbnail_load (path, &error);
  g_assert_no_error (error);
  dir = g_dir_open (f->root, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, sum);
  g_assert_null (g_dir_read_name (dir));
}

/* A few bytes that say they are a gigapixel take no memory. */
static void
test_bombs (Fixture      *f,
            gconstpointer data)
{
  static const struct { guint32 width, height; } sizes[] = { { 50000, 50000 }, { 0x7fffffff, 1 }, { 1, 0x7fffffff },
                                                             { 0x7fffffff, 0x7fffffff }, { 7000, 7000 } };
  struct rusage before, after;

  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize size = 0;
      g_autofree guchar *bytes = picture ("png", 64, 64, &size);
      g_autofree char *path = NULL;
      g_autoptr(GError) error = NULL;

      put_word (bytes + IHDR_WIDTH, sizes[i].width);
      put_word (bytes + IHDR_WIDTH + 4, sizes[i].height);
      put_word (bytes + IHDR_CRC, crc (bytes + IHDR_WIDTH - 4, IHDR_CRC - IHDR_WIDTH + 4));
      path = place (f, bytes, size, NULL);
      g_assert_null (linli_thumbnail_load (path, &error));
      g_assert_nonnull (error);
    }
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 64 * 1024);
}

static void
test_no_pictures (Fixture      *f,
                  gconstpointer data)
{
  static const char *const files[] = {
    "", "hello", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "\x89PNG\r\n\x1a\n", "GIF89a", "BM",
    "/* XPM */ static char *a[] = {\"1 1 1 1\",\"a c red\",\"a\"};",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = place (f, files[i], strlen (files[i]), NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (linli_thumbnail_load (path, &error));
      g_assert_nonnull (error);
    }
}

/* Whatever a stranger changed in a picture: a small one or a reason, never more. */
static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  static const char *const kinds[] = { "png", "jpeg", "bmp" };

  for (guint i = 0; i < 300; i++)
    {
      gsize size = 0;
      g_autofree guchar *bytes = picture (kinds[i % G_N_ELEMENTS (kinds)], 60, 40, &size);
      g_autofree char *path = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkPixbuf) small = NULL;

      for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
        bytes[g_test_rand_int_range (0, (int) size)] = (guchar) g_test_rand_int ();
      size = i % 2 == 0 ? size : (gsize) g_test_rand_int_range (1, (int) size);
      path = place (f, bytes, size, NULL);
      small = linli_thumbnail_load (path, &error);
      g_assert_true ((small == NULL) == (error != NULL));
      g_assert_true (small == NULL || MAX (gdk_pixbuf_get_width (small), gdk_pixbuf_get_height (small)) <= LINLI_THUMBNAIL_SIZE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/thumbnail/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("sizes", test_sizes);
  ADD ("made-once", test_made_once);
  ADD ("elsewhere", test_elsewhere);
  ADD ("bombs", test_bombs);
  ADD ("no-pictures", test_no_pictures);
  ADD ("damaged", test_damaged);
#undef ADD

  return g_test_run ();
}
