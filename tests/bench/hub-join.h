/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A desk that begins with nothing fetches a centre's cases, as a program of its own. */

gboolean hub_join_measure (const char *hub_program,
                           const char *desk_program,
                           const char *scratch,
                           guint       n_cases);

G_END_DECLS
