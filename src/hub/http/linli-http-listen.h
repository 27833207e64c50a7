/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int     linli_http_listen      (const char  *address,
                                guint16      port,
                                GError     **error);
guint16 linli_http_listen_port (int          fd);
guint   linli_http_listen_room (void);

G_END_DECLS
