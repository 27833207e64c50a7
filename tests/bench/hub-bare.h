/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The raw limit: the rows of a hub's workspace written and read by SQLite and
 * nothing else, with the settings of the hub. */

double hub_bare_write  (const char *path,
                        const char *folder,
                        guint       n_copies,
                        guint       n_commits,
                        double     *processor);
double hub_bare_read   (const char *path);
void   hub_bare_remove (const char *folder);

G_END_DECLS
