/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* A computer whose clock was set back dates what is taken in wrongly, and
 * every deadline with it: whoever opens the centre is told. */
void linli_clock_check (LinliUiContext *context,
                        gboolean        asked);

G_END_DECLS
