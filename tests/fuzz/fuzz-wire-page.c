/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages of the feed. */

#include "linli-wire-page.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(LinliWirePage) page = linli_wire_page_parse (bytes, NULL);
  gint64 last = 0;

  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    {
      const LinliWireRow *row = page->rows->pdata[i];

      g_assert_true (row->kind != NULL && row->id != NULL && row->rev > last);
      last = row->rev;
    }
  if (page != NULL)
    g_assert_true (page->next != NULL && page->epoch != NULL && page->from != NULL);

  return 0;
}
