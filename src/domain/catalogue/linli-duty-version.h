/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* What a duty list says of a leaf is never overwritten: whoever changes it
 * makes the next version, and cases keep the one they were filed under. */

LinliRow *linli_duty_leaf_find   (LinliConn           *conn,
                                  const char          *code,
                                  GError             **error);
gboolean  linli_duty_version_add (LinliCommandContext *context,
                                  LinliRow            *current,
                                  LinliRow            *next,
                                  GError             **error);

G_END_DECLS
