/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* An import that the program did not live to finish: some of its cases are
 * here, and whoever opens the centre decides what becomes of them. */
void linli_import_torn_look      (LinliUiContext *context);
void linli_import_torn_take_back (LinliUiContext *context,
                                  const char     *import);

G_END_DECLS
