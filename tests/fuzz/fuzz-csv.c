/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "linli-csv.h"
#include "linli-field-parse.h"

/* Whatever the bytes: rows of valid text or one error, and the cells can be
 * given to every parser of fields. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCsv) csv = linli_csv_new (stream, NULL, &error);
  guint64 before = 0;
  GPtrArray *row;

  g_assert_true ((csv == NULL) == (error != NULL));
  if (csv == NULL)
    return 0;

  while (linli_csv_next (csv, &row, &error) && row != NULL)
    {
      g_assert_cmpuint (row->len, >, 0);
      g_assert_cmpuint (linli_csv_get_row (csv), >, before);
      g_assert_cmpuint (linli_csv_get_offset (csv), <=, size);
      before = linli_csv_get_row (csv);
      for (guint i = 0; i < row->len; i++)
        {
          g_autofree char *text = linli_field_clean_text (row->pdata[i]);
          g_autofree char *phone = linli_field_parse_phone (row->pdata[i], NULL);
          gint64 time;
          gboolean yes;

          g_assert_true (g_utf8_validate (row->pdata[i], -1, NULL));
          g_assert_true (g_utf8_validate (text, -1, NULL));
          g_assert_true (phone == NULL || *phone != '\0');
          linli_field_parse_time (row->pdata[i], zone, &time, NULL, NULL);
          linli_field_parse_bool (row->pdata[i], &yes, NULL);
        }
    }
  return 0;
}
