/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-qr.h"

#include <qrencode.h>

#define QUIET     2               /* modules of white around it */
#define ON_WHITE  "\033[30;107m" /* black on white, whatever the terminal's colours are */
#define AS_BEFORE "\033[0m\n"

static gboolean
is_dark (QRcode *code,
         int     x,
         int     y)
{
  return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/**
 * linli_hub_qr_draw:
 * @text: ASCII
 *
 * Two modules a character, one above the other.
 *
 * Returns: (transfer full) (nullable): lines for a terminal; %NULL when @text is too long
 */
char *
linli_hub_qr_draw (const char *text)
{
  static const char *const blocks[] = { " ", "▀", "▄", "█" };
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  GString *out;

  if (code == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (int y = -QUIET; y < code->width + QUIET; y += 2)
    {
      g_string_append (out, ON_WHITE);
      for (int x = -QUIET; x < code->width + QUIET; x++)
        g_string_append (out, blocks[(is_dark (code, x, y) ? 1 : 0) | (is_dark (code, x, y + 1) ? 2 : 0)]);
      g_string_append (out, AS_BEFORE);
    }
  QRcode_free (code);

  return g_string_free (out, FALSE);
}
