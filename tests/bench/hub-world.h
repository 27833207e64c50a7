/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A workspace of many cases, written straight into the hub's tables. */

guint64 hub_world_fill (const char *path,
                        guint       n_cases);

G_END_DECLS
