/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean linli_table_needs_guard (const char *cell);
gboolean linli_table_is_guarded  (const char *cell);

G_END_DECLS
