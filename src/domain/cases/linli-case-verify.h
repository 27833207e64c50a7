/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Something that always holds: a statement that yields the numbers of the
 * cases for which it does not, and the end of the sentence about them. */
typedef struct
{
  const char *what;
  const char *sql;
  gboolean    whole; /* holds only where the whole centre is, not at a unit's desk */
} LinliVerifyRule;

gboolean linli_case_verify_rules (LinliConn             *conn,
                                  const LinliVerifyRule *rules,
                                  guint                  n_rules,
                                  GPtrArray             *problems,
                                  GError               **error);
gboolean linli_case_verify (LinliConn *conn,
                            GPtrArray *problems,
                            GError   **error);

G_END_DECLS
