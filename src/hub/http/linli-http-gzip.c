/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-http-gzip.h"

#define CHUNK 16384
#define LEVEL 1 /* a page costs more at 6 than the database that made it */

/* Feeds @input through @converter. Returns: (transfer full) (nullable): NULL
 * when it fails or would be longer than @limit */
static GBytes *
convert (GConverter *converter,
         GBytes     *input,
         gsize       limit,
         GError    **error)
{
  g_autoptr(GByteArray) output = g_byte_array_new ();
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (input, &size);
  guint8 chunk[CHUNK];
  gsize at = 0;

  while (TRUE)
    {
      gsize n_read = 0;
      gsize n_written = 0;
      GConverterResult result = g_converter_convert (converter, data + at, size - at, chunk, CHUNK,
                                                     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);

      if (result == G_CONVERTER_ERROR)
        return NULL;
      if (output->len + n_written > limit)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Longer than is allowed");
          return NULL;
        }
      g_byte_array_append (output, chunk, (guint) n_written);
      at += n_read;
      if (result == G_CONVERTER_FINISHED)
        return g_byte_array_free_to_bytes (g_steal_pointer (&output));
    }
}

/* Returns: (transfer full): @plain, packed */
GBytes *
linli_http_gzip_deflate (GBytes *plain)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);

  return convert (G_CONVERTER (compressor), plain, G_MAXSIZE / 2, NULL);
}

/**
 * linli_http_gzip_inflate:
 * @limit: bytes the result may have: a few packed bytes can hold gigabytes
 * @error: %G_IO_ERROR_NO_SPACE when it would be longer, else what zlib says
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
linli_http_gzip_inflate (GBytes  *packed,
                         gsize    limit,
                         GError **error)
{
  g_autoptr(GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (decompressor), packed, limit, error);
}
