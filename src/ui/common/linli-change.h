/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* A command that a switch, a check or a key stands for: run, and then said,
 * with the way back; or refused, in words. */

/* @page: (unowned): what shows the state, not necessarily on the screen any more; it is to be as it was */
typedef void (*LinliChangeRefused) (gpointer page);

void linli_change_run (LinliUiContext    *context,
                       const char        *command,
                       LinliRequest      *request,
                       const char        *words,
                       LinliChangeRefused refused,
                       gpointer           page);
void linli_change_say (LinliUiContext    *context,
                       const char        *words,
                       const char        *operation);

G_END_DECLS
