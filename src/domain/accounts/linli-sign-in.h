/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* Who may sit down at this desk. The rows and the arithmetic of it; passwords
 * themselves are looked at one layer higher. */

guint    linli_lockout_wait         (guint        failures);
guint    linli_lockout_left         (guint        failures,
                                     gint64       last_at,
                                     gint64       now);

gboolean linli_sign_in_is_required  (LinliConn   *conn,
                                     gboolean    *required,
                                     GError     **error);
gboolean linli_sign_in_find         (LinliConn   *conn,
                                     const char  *typed,
                                     LinliRow   **account,
                                     GError     **error);
gboolean linli_sign_in_verifier     (LinliConn   *conn,
                                     const char  *account,
                                     char       **verifier,
                                     GError     **error);
gboolean linli_sign_in_left         (LinliConn   *conn,
                                     const char  *account,
                                     gint64       now,
                                     guint       *seconds,
                                     GError     **error);
gboolean linli_sign_in_mend_clock   (LinliConn   *conn,
                                     const char  *account,
                                     gint64       now,
                                     GError     **error);
gboolean linli_sign_in_try          (LinliConn   *conn,
                                     const char  *account,
                                     gint64       now,
                                     GError     **error);
gboolean linli_sign_in_clear        (LinliConn   *conn,
                                     const char  *account,
                                     GError     **error);

G_END_DECLS
