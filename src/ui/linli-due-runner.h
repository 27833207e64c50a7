/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* While a centre is open, what a date brings about by itself happens: cases
 * whose suspension is over go on. */
#define LINLI_TYPE_DUE_RUNNER (linli_due_runner_get_type ())
G_DECLARE_FINAL_TYPE (LinliDueRunner, linli_due_runner, LINLI, DUE_RUNNER, GObject)

LinliDueRunner *linli_due_runner_new  (LinliUiContext *context);
void            linli_due_runner_stop (LinliDueRunner *self);

G_END_DECLS
