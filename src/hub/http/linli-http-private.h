/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <microhttpd.h>

#include "linli-http-server.h"
#include "linli-http-watch.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_HTTP_READING,   /* the body comes in */
  LINLI_HTTP_HANDLED,   /* the handler has it */
  LINLI_HTTP_SUSPENDED, /* and did not answer at once: it is held */
  LINLI_HTTP_RESUMED,   /* held no longer; the reply is queued in the next turn */
  LINLI_HTTP_ANSWERED,  /* the reply is on its way, or the connection is gone */
} LinliHttpStage;

struct _LinliHttpRequest
{
  GObject                parent_instance;

  LinliHttpServer       *server;      /* (unowned) (nullable): outlived by nobody who looks at it */
  struct MHD_Connection *connection;  /* (unowned) (nullable): NULL once it is gone */
  LinliHttpStage         stage;
  char                  *method;
  char                  *path;
  char                  *peer;
  GByteArray            *incoming;    /* (nullable) while reading */
  GBytes                *body;        /* (nullable) once whole */
  gsize                  limit;       /* of the body as it comes in */
  guint                  refusal;     /* status for a request that must not come in; 0: none */
  gint64                 began;       /* monotonic, microseconds */
  GCancellable          *cancellable; /* cancelled when the client leaves before it was answered */
  GPtrArray             *headers;     /* (element-type utf8) name, value, name, ... */
  guint                  status;
  struct MHD_Response   *response;    /* (nullable) to be queued */
};

LinliHttpRequest *linli_http_request_new          (LinliHttpServer       *server,
                                                   struct MHD_Connection *connection,
                                                   const char            *method,
                                                   const char            *path);
gboolean          linli_http_request_take         (LinliHttpRequest      *self,
                                                   const char            *data,
                                                   gsize                  size);
gboolean          linli_http_request_complete     (LinliHttpRequest      *self);
enum MHD_Result   linli_http_request_queue        (LinliHttpRequest      *self);
void              linli_http_request_note_sent    (LinliHttpRequest      *self);
void              linli_http_request_forget       (LinliHttpRequest      *self);

void              linli_http_server_resume        (LinliHttpServer       *self,
                                                   LinliHttpRequest      *request);

G_END_DECLS
