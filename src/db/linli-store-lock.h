/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int  linli_store_lock   (const char *folder,
                         GError    **error);
void linli_store_unlock (int         fd);

G_END_DECLS
