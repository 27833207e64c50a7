/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* What always holds between the rows of a room. @sql yields the names of
 * those that break the rule; @what ends the sentence about each. */
typedef struct
{
  const char *what;
  const char *sql;
} LinliSoundRule;

gboolean linli_sound_check (LinliConn            *conn,
                            const char           *noun,
                            const LinliSoundRule *rules,
                            GPtrArray            *problems,
                            GError              **error);

G_END_DECLS
