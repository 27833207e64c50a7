/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-conn.h"

G_BEGIN_DECLS

/* Whose store this is and who sits before it: what a title bar says. */
typedef struct
{
  char     *centre;
  char     *community; /* (nullable) */
  gboolean  is_demo;
  char     *person;    /* (nullable): nobody signed in */
  LinliRole roles;     /* none once the account is closed */
  LinliRight rights;
  gboolean  closed;    /* an administrator closed the account */
  char     *unit;      /* (nullable): id of the handling unit it is a window of, see linli-unit-scope.h */
  char     *unit_name; /* (nullable) */
  gboolean  sign_in;   /* people prove who they are here */
} LinliSession;

LinliSession *linli_session_load (LinliConn    *conn,
                                  const char   *actor,
                                  GError      **error);
gboolean      linli_session_may  (LinliSession *self,
                                  const char   *command);
gboolean      linli_session_equal (LinliSession *a,
                                  LinliSession *b);
void          linli_session_free (LinliSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliSession, linli_session_free)

G_END_DECLS
