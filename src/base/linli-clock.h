/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the time comes from. Everything that needs "now" is handed a clock,
 * so that tests and the simulator decide what time it is. */
typedef struct _LinliClock LinliClock;

struct _LinliClock
{
  gint64 (*now) (LinliClock *clock); /* microseconds since 1970-01-01 UTC */
};

/* A clock that stands where it was put; embed or declare it on the stack. */
typedef struct
{
  LinliClock parent;
  gint64     time; /* what now() answers */
} LinliFakeClock;

#define LINLI_FAKE_CLOCK_INIT(t) { { linli_fake_clock_now }, (t) }

LinliClock *linli_clock_system   (void);
gint64      linli_clock_now      (LinliClock *clock);
gint64      linli_fake_clock_now (LinliClock *clock);

G_END_DECLS
