/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-row.h"

G_BEGIN_DECLS

char      *linli_template_fill (LinliConn  *conn,
                                const char *body,
                                const char *about,
                                gint64      now,
                                const char *actor,
                                GError    **error);
GPtrArray *linli_template_find (LinliConn  *conn,
                                const char *typed,
                                const char *purpose,
                                const char *about,
                                const char *actor,
                                guint       limit,
                                GError    **error);

G_END_DECLS
