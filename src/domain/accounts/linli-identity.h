/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* 查阅身份: whoever works behind stars may see who came about one case after
 * saying why. The look is a row that nothing changes or removes again; while it
 * is fresh, that person is shown that case whole. */

#define LINLI_IDENTITY_FRESH (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC) /* for how long a look shows */

extern const char *const linli_identity_whys[];

/* Which looks are wanted. */
typedef struct
{
  const char *actor;   /* (nullable): who looked; an account */
  const char *case_id; /* (nullable) */
  gint64      from;    /* microseconds UTC; 0: ever */
  gint64      to;      /* not included; 0: ever */
  guint       limit;
} LinliIdentityFilter;

/* One look, with the names that its ids stand for. */
typedef struct
{
  char   *id;
  gint64  at;
  char   *actor;
  char   *name;    /* of the account */
  char   *case_id;
  char   *case_no;
  char   *title;
  char   *why;     /* one of linli_identity_whys */
  char   *reason;  /* (nullable): in words */
} LinliIdentityRead;

extern const LinliArgSpec linli_identity_reveal_args[];
extern const LinliArgSpec linli_identity_show_args[];
extern const LinliArgSpec linli_identity_reads_args[];

gboolean   linli_identity_reveal_run  (LinliCommandContext       *context,
                                       JsonObject                *args,
                                       GError                   **error);
gboolean   linli_identity_open        (LinliConn                 *conn,
                                       const char                *actor,
                                       const char                *case_id,
                                       gint64                     now,
                                       gboolean                  *open,
                                       GError                   **error);
gboolean   linli_identity_check_reader (LinliConn                *conn,
                                       const char                *actor,
                                       GError                   **error);
GPtrArray *linli_identity_reads_load  (LinliConn                 *conn,
                                       const LinliIdentityFilter *filter,
                                       GError                   **error);
JsonNode  *linli_identity_show_query  (LinliConn                 *conn,
                                       const LinliQueryContext   *context,
                                       JsonObject                *args,
                                       GError                   **error);
JsonNode  *linli_identity_reads_query (LinliConn                 *conn,
                                       const LinliQueryContext   *context,
                                       JsonObject                *args,
                                       GError                   **error);

G_END_DECLS
