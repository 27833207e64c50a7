/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-db.h"

G_BEGIN_DECLS

/* The folder in which all processes of one hub keep the files of cases: a
 * disk of one machine, or a mount on several. A mark in it says whose it is,
 * and the registry knows the mark: a process that has another folder, or an
 * empty place where nothing is mounted, is found out before a file goes
 * astray.
 *
 *   ROOT/hub    the mark
 *   ROOT/lock   held by the process that changes something */

gboolean linli_hub_share_claim    (const char  *root,
                                   LinliDb     *registry,
                                   char       **mark,
                                   GError     **error);
gboolean linli_hub_share_is_there (const char  *root,
                                   const char  *mark);
int      linli_hub_share_lock     (const char  *root);
void     linli_hub_share_unlock   (int          lock);

G_END_DECLS
