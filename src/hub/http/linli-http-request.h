/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One request, from its head to the reply. Whoever answers later holds a
 * reference; the connection may be gone by then, and the reply is dropped. */

#define LINLI_TYPE_HTTP_REQUEST (linli_http_request_get_type ())
G_DECLARE_FINAL_TYPE (LinliHttpRequest, linli_http_request, LINLI, HTTP_REQUEST, GObject)

const char   *linli_http_request_get_method      (LinliHttpRequest *self);
const char   *linli_http_request_get_path        (LinliHttpRequest *self);
const char   *linli_http_request_get_query       (LinliHttpRequest *self,
                                                  const char       *name);
const char   *linli_http_request_get_header      (LinliHttpRequest *self,
                                                  const char       *name);
GBytes       *linli_http_request_get_body        (LinliHttpRequest *self);
const char   *linli_http_request_get_peer        (LinliHttpRequest *self);
GCancellable *linli_http_request_get_cancellable (LinliHttpRequest *self);
gint64        linli_http_request_get_began       (LinliHttpRequest *self);
gboolean      linli_http_request_is_answered     (LinliHttpRequest *self);
guint         linli_http_request_get_status      (LinliHttpRequest *self);

void          linli_http_request_add_header      (LinliHttpRequest *self,
                                                  const char       *name,
                                                  const char       *value);
void          linli_http_request_reply           (LinliHttpRequest *self,
                                                  guint             status,
                                                  const char       *type,
                                                  GBytes           *body);
void          linli_http_request_reply_file      (LinliHttpRequest *self,
                                                  guint             status,
                                                  const char       *type,
                                                  int               fd,
                                                  gint64            offset,
                                                  gint64            size);

G_END_DECLS
