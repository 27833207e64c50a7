/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Problems, limits, and where the feed ends. */

#include "linli-wire-note.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(LinliWireTip) tip = linli_wire_tip_parse (bytes, NULL);
  const LinliWireProblem *problem = linli_wire_problem_parse (bytes);
  LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

  g_assert_true (problem == NULL || problem->status >= 400);
  g_assert_true (tip == NULL || tip->epoch != NULL);
  if (linli_wire_config_parse (&config, bytes, NULL))
    g_assert_true (config.max_lines >= 1 && config.page_rows >= 1 && config.poll_idle >= 1);

  return 0;
}
