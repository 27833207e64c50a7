/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-http-request.h"

G_BEGIN_DECLS

/* An HTTP/1.1 listener in the main loop: one descriptor for the loop, however
 * many connections there are. Everything happens in the thread that made it. */

typedef struct
{
  const char *address;         /* (nullable): "127.0.0.1", "::"; loopback when NULL */
  guint16     port;            /* 0: any free one */
  int         fd;              /* a socket that listens already, or -1 */
  const char *certificate;     /* (nullable) PEM: TLS is spoken */
  const char *private_key;     /* (nullable) PEM */
  guint       max_connections; /* 0: as many as the process may open, less a reserve */
  guint       max_per_address; /* 0: no limit, for whoever stands behind a proxy */
  guint       idle_seconds;    /* a silent connection is closed after */
  guint       request_seconds; /* a request that has not come in whole by then is given up */
  guint       head_seconds;    /* likewise from the last request to a whole new head */
} LinliHttpOptions;

#define LINLI_HTTP_OPTIONS_INIT { NULL, 0, -1, NULL, NULL, 0, 0, 75, 60, 150 }

/* How many bytes a body may have, asked when the head of a request is known. */
typedef gsize (*LinliHttpLimitFunc) (const char *method,
                                     const char *path,
                                     gpointer    data);

/* Called once a request has come in whole. It is answered by
 * linli_http_request_reply(), now or later. */
typedef void (*LinliHttpHandler) (LinliHttpRequest *request,
                                  gpointer          data);

typedef struct
{
  guint   n_connections;
  guint   n_waiting;  /* requests that are held */
  guint64 n_requests; /* since the start */
  guint64 n_refused;  /* too large, malformed, too slow */
} LinliHttpFigures;

#define LINLI_TYPE_HTTP_SERVER (linli_http_server_get_type ())
G_DECLARE_FINAL_TYPE (LinliHttpServer, linli_http_server, LINLI, HTTP_SERVER, GObject)

LinliHttpServer *linli_http_server_new         (const LinliHttpOptions *options,
                                                LinliHttpLimitFunc      limit,
                                                LinliHttpHandler        handler,
                                                gpointer                data,
                                                GError                **error);
guint16          linli_http_server_get_port    (LinliHttpServer        *self);
LinliHttpFigures linli_http_server_get_figures (LinliHttpServer        *self);
void             linli_http_server_quiesce     (LinliHttpServer        *self);
gboolean         linli_http_server_is_draining (LinliHttpServer        *self);
void             linli_http_server_close       (LinliHttpServer        *self);

G_END_DECLS
