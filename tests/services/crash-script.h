/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk.h"

/* A day at the desk in random order: the same seed does the same things.
 * Called after every command that was acknowledged. */
typedef void (*CrashAck) (const char *operation,
                          gpointer    data);

void crash_script_prepare (LinliConn *conn,
                           LinliDesk *desk);
void crash_script_run     (LinliConn *conn,
                           LinliDesk *desk,
                           guint32    seed,
                           guint      n_commands,
                           CrashAck   ack,
                           gpointer   data);
