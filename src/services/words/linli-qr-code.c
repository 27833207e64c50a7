/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-qr-code.h"

#include <qrencode.h>

/**
 * linli_qr_code_make:
 * @text: ASCII
 * @width: (out): modules a side
 *
 * Returns: (transfer full) (nullable): a byte a module, row by row, 1 where it is dark; %NULL when @text is too long
 */
GBytes *
linli_qr_code_make (const char *text,
                    int        *width)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  guint8 *modules;
  gsize n;

  if (code == NULL)
    return NULL;
  *width = code->width;
  n = (gsize) code->width * (gsize) code->width;
  modules = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    modules[i] = code->data[i] & 1;
  QRcode_free (code);

  return g_bytes_new_take (modules, n);
}
