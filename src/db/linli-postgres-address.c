/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-postgres.h"

/* Returns: whether @text is an address of a database rather than a file */
gboolean
linli_postgres_is_address (const char *text)
{
  return g_str_has_prefix (text, "postgresql://") || g_str_has_prefix (text, "postgres://");
}
