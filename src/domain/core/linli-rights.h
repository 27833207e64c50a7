/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-conn.h"

G_BEGIN_DECLS

/* Which rights a role has. Until the centre decides otherwise those that the
 * table here gives it; what it decided stands in the table role_right. A right
 * never gives a duty: a command still wants one of its roles. */

LinliRight  linli_rights_of_role   (LinliRole           role);
gboolean    linli_rights_load      (LinliConn          *conn,
                                    LinliRole           roles,
                                    LinliRight         *rights,
                                    GError            **error);
gboolean    linli_rights_of_person (LinliConn          *conn,
                                    const char         *actor,
                                    LinliRight         *rights,
                                    GError            **error);
gboolean    linli_rights_check     (const LinliCommand *command,
                                    LinliRole           roles,
                                    LinliRight          rights,
                                    GError            **error);

gboolean    linli_rights_demand    (LinliRight          rights,
                                    LinliRight          needed,
                                    GError            **error);

GPtrArray  *linli_rights_load_others (LinliConn        *conn,
                                     LinliRole          roles,
                                     LinliRight         right,
                                     const char        *actor,
                                     GError           **error);

const char *linli_right_to_text    (LinliRight          right);
LinliRight  linli_rights_from_text (const char         *text);
char       *linli_rights_to_text   (LinliRight          rights);

G_END_DECLS
