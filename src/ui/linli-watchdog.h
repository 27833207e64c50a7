/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Measures how long the main loop was kept busy between two waits. For tests
 * and for whoever hunts a stutter; costs four clock readings a turn. */
#define LINLI_TYPE_WATCHDOG (linli_watchdog_get_type ())
G_DECLARE_FINAL_TYPE (LinliWatchdog, linli_watchdog, LINLI, WATCHDOG, GObject)

LinliWatchdog *linli_watchdog_new         (GMainContext  *context);
gint64         linli_watchdog_get_longest (LinliWatchdog *self);
gint64         linli_watchdog_get_busiest (LinliWatchdog *self);
guint          linli_watchdog_get_n_over  (LinliWatchdog *self);
void           linli_watchdog_reset       (LinliWatchdog *self);

G_END_DECLS
