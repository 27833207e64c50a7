/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells when the other side of a held connection hangs up: nobody reads from
 * it meanwhile. One descriptor for the main loop, however many are watched. */
typedef struct _LinliHttpWatch LinliHttpWatch;

typedef void (*LinliHttpWatchFunc) (gpointer key,
                                    gpointer data);

LinliHttpWatch *linli_http_watch_new    (LinliHttpWatchFunc  func,
                                         gpointer            data,
                                         GError            **error);
void            linli_http_watch_add    (LinliHttpWatch     *self,
                                         int                 fd,
                                         gpointer            key);
void            linli_http_watch_remove (LinliHttpWatch     *self,
                                         int                 fd);
void            linli_http_watch_free   (LinliHttpWatch     *self);

G_END_DECLS
