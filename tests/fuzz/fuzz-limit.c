/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of responsibility lists, made of anything. */

#include "linli-limit.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (guint bare = LINLI_BARE_IS_CLOCK; bare <= LINLI_BARE_IS_WORKING; bare++)
    {
      g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (text, bare);

      for (guint i = 0; i < parsed->limits->len; i++)
        {
          const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, i);

          g_assert_true (limit->term.unit < LINLI_LIMIT_N_UNITS);
          g_assert_true (limit->least >= 0 && limit->least <= limit->term.amount && limit->term.amount <= LINLI_TERM_MAX);
          g_assert_true (limit->qualifier == NULL || g_utf8_validate (limit->qualifier, -1, NULL));
        }
      for (guint i = 0; i < parsed->rest->len; i++)
        g_assert_true (g_utf8_validate (g_ptr_array_index (parsed->rest, i), -1, NULL));
    }

  return 0;
}
