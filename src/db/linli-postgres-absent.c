/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A build on a machine without libpq. */

#include "config.h"

#include "linli-postgres.h"

#include "linli-postgres-bell.h"

LinliConn *
linli_postgres_open (const char        *address,
                     const char        *schema,
                     LinliPostgresMode  mode,
                     GError           **error)
{
  g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY,
                       "This program was built without PostgreSQL (libpq)");
  return NULL;
}

/* Nobody gets so far as to ring without a connection. */
LinliPostgresBell *
linli_postgres_bell_new (const char            *address,
                         LinliPostgresBellHeard heard,
                         gpointer               data)
{
  return NULL;
}

void
linli_postgres_bell_ring (LinliPostgresBell *self,
                          const char        *word)
{
}

void
linli_postgres_bell_free (LinliPostgresBell *self)
{
}
