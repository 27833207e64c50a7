/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Somewhere to go, found while typing: a case, a resident, a unit. */
typedef struct
{
  const char *kind;     /* "macro", "person", "case", "unit"; static */
  char       *id;
  char       *title;
  char       *subtitle; /* (nullable) */
  char       *query;    /* (nullable): the search line that shows the cases of a resident or unit */
} LinliJump;

GPtrArray *linli_jump_find (LinliConn  *conn,
                            const char *typed,
                            gint64      now,
                            const char *actor,
                            guint       limit,
                            GError    **error);

G_END_DECLS
