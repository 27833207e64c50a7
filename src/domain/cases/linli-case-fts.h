/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-query.h"
#include "linli-conn.h"

G_BEGIN_DECLS

gboolean linli_case_words_to_fts (LinliConn      *conn,
                                  LinliCaseQuery *query,
                                  char          **expression,
                                  GError        **error);

G_END_DECLS
