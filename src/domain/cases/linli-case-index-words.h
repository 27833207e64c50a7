/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gboolean linli_case_index_words_agree (LinliConn *conn,
                                       gboolean  *agree,
                                       GError   **error);

G_END_DECLS
