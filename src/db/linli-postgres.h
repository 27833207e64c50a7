/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* PostgreSQL under the domain: one database holds many stores, each a schema
 * of its own. Several processes may write one store. Nobody is kept out by the
 * engine, so a writer first takes a row that all of them take. */

typedef enum
{
  LINLI_POSTGRES_WRITE, /* makes the schema when it is not there */
  LINLI_POSTGRES_READ,  /* never writes */
} LinliPostgresMode;

gboolean   linli_postgres_is_address (const char        *text);
LinliConn *linli_postgres_open       (const char        *address,
                                      const char        *schema,
                                      LinliPostgresMode  mode,
                                      GError           **error);

G_END_DECLS
