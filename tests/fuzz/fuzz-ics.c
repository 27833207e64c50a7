/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of holidays, JSON and ICS, made of anything. */

#include "linli-holidays.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHolidays) holidays = linli_holidays_parse ((const char *) data, (gssize) size, &error);

  g_assert_true ((holidays == NULL) == (error != NULL));
  if (holidays == NULL)
    return 0;

  for (guint i = 0; i < holidays->exceptions->len; i++)
    {
      const LinliDayException *exception = &g_array_index (holidays->exceptions, LinliDayException, i);

      g_assert_true (exception->date != LINLI_DATE_NONE);
      g_assert_true (i == 0 || exception[-1].date < exception->date);
      g_assert_true (exception->name == NULL || g_utf8_validate (exception->name, -1, NULL));
    }
  for (guint i = 0; i < holidays->refusals->len; i++)
    {
      g_autofree char *reason = linli_holidays_refusal_say (&g_array_index (holidays->refusals, LinliHolidayRefusal, i), NULL);

      g_assert_true (g_utf8_validate (reason, -1, NULL));
    }

  return 0;
}
