/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "linli-xlsx.h"
#include "xlsx-build.h"

#include <string.h>

static void
read_all (GBytes  *bytes,
          gboolean fill)
{
  LinliXlsxLimits limits = linli_xlsx_default_limits;
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliXlsx) xlsx = NULL;
  GPtrArray *row;

  limits.zip.max_total = 1 << 20;
  xlsx = linli_xlsx_new (stream, fill, &limits, NULL, &error);
  g_assert_true ((xlsx == NULL) == (error != NULL));
  if (xlsx == NULL)
    return;
  while (linli_xlsx_next (xlsx, &row, &error) && row != NULL)
    for (guint i = 0; i < row->len; i++)
      g_assert_true (g_utf8_validate (row->pdata[i], -1, NULL));
}

/* A mutated ZIP hardly ever unpacks, so most inputs are the text of one part,
 * named by the first byte, of an otherwise good file. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  XlsxParts parts = {
    .sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c s=\"1\"><v>43285.5</v></c></row></sheetData>",
    .texts = "<si><t>甲</t></si>",
  };

  if (size < 2)
    return 0;
  if (data[0] == 'P')
    {
      bytes = g_bytes_new_static (data, size);
      read_all (bytes, size % 2);
      return 0;
    }

  text = g_strndup ((const char *) data + 1, size - 1);
  switch (data[0])
    {
    case 'w': parts.workbook = text; break;
    case 'r': parts.relations = text; break;
    case 'y': parts.styles = text; break;
    case 't': parts.texts = text; break;
    default:  parts.sheet = text; break;
    }
  bytes = xlsx_build (&parts);
  read_all (bytes, data[0] == 'm');
  return 0;
}
