/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-clock.h"

static gint64
system_now (LinliClock *clock)
{
  return g_get_real_time ();
}

/**
 * linli_clock_system:
 *
 * Returns: (transfer none): the machine's own clock; stateless, any thread
 */
LinliClock *
linli_clock_system (void)
{
  static LinliClock system_clock = { system_now };

  return &system_clock;
}

/**
 * linli_clock_now:
 *
 * Returns: microseconds since 1970-01-01 UTC, as @clock sees it
 */
gint64
linli_clock_now (LinliClock *clock)
{
  g_return_val_if_fail (clock != NULL, 0);

  return clock->now (clock);
}

gint64
linli_fake_clock_now (LinliClock *clock)
{
  return ((LinliFakeClock *) clock)->time;
}
