/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Told one settled case: what was said, and which leaf it turned out to be. */
typedef void (*LinliCaseExampleFunc) (const char *item_code,
                                      const char *text,
                                      gpointer    data);

gboolean linli_case_examples_read  (LinliConn            *conn,
                                    gint64               *before,
                                    guint                 limit,
                                    LinliCaseExampleFunc  func,
                                    gpointer              data,
                                    GError              **error);
gboolean linli_case_examples_count (LinliConn            *conn,
                                    gint64               *n,
                                    GError              **error);

G_END_DECLS
