/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-conn.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* One person, as those who look after the accounts see it. */
typedef struct
{
  char     *id;
  char     *name;
  char     *login;        /* (nullable) */
  char     *unit;         /* (nullable): name of the handler's unit */
  LinliRole roles;
  gboolean  active;
  gboolean  has_password;
} LinliAccountFacts;

/* One role and what it may. */
typedef struct
{
  LinliRole  role;
  LinliRight rights;
  gboolean   changed; /* by the centre */
} LinliRoleFacts;

void       linli_account_facts_free (LinliAccountFacts *self);
GPtrArray *linli_account_list_load  (LinliConn         *conn,
                                     GError           **error);
GArray    *linli_role_list_load     (LinliConn         *conn,
                                     GError           **error);

JsonNode  *linli_account_list_query (LinliConn         *conn,
                                     const LinliQueryContext *context,
                                     JsonObject        *args,
                                     GError           **error);
JsonNode  *linli_role_list_query    (LinliConn         *conn,
                                     const LinliQueryContext *context,
                                     JsonObject        *args,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliAccountFacts, linli_account_facts_free)

G_END_DECLS
