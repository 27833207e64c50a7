/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GPtrArray *linli_drafts_load (LinliConn  *conn,
                              const char *actor,
                              const char *kind,
                              const char *subject,
                              GError    **error);

G_END_DECLS
