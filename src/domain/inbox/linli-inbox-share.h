/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

extern const char *const linli_share_choices[]; /* of the argument "for" */

gboolean  linli_share_is_allowed (LinliRole            roles);
LinliRow *linli_share_open       (LinliCommandContext *context,
                                  const LinliTable    *table,
                                  const char          *id,
                                  guint                owner_column,
                                  GError             **error);
gboolean  linli_share_set        (LinliCommandContext *context,
                                  LinliRow            *row,
                                  guint                owner_column,
                                  gboolean             is_new,
                                  JsonObject          *args,
                                  GError             **error);

G_END_DECLS
