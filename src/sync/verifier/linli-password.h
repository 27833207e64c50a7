/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Passwords, and the verifiers that are kept in their place: argon2id, whose
 * every guess costs 64 MB of memory and a good part of a second, also for who
 * has stolen the file. */

gboolean linli_password_is_good       (const char  *password,
                                       const char  *name,
                                       GError     **error);
char    *linli_password_make_verifier (const char  *password,
                                       GError     **error);
gboolean linli_password_fits          (const char  *password,
                                       const char  *verifier);
void     linli_password_free          (char        *password);

G_END_DECLS
