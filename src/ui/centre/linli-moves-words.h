/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which due times of open cases a change moves, or has moved, in words. */

char *linli_moves_words (GPtrArray *moves,
                         GTimeZone *zone,
                         gboolean   done);

G_END_DECLS
