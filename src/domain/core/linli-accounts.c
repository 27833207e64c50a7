/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-accounts.h"

#include "linli-core-tables.h"
#include "linli-pick.h"

static const LinliPickSpec account_spec = {
  .table = &linli_table_account,
  .code = "name",
  .name = "name",
  .pinyin = "pinyin",
  .words = "name || ' ' || ifnull (phone, '')",
  .filter = "active = 1",
  .order = "pk",
};

/**
 * linli_account_search:
 *
 * Returns: (transfer full) (element-type LinliRow): people of the centre by
 *   name, pinyin initials or telephone
 */
GPtrArray *
linli_account_search (LinliConn  *conn,
                      const char *typed,
                      guint       limit,
                      GError    **error)
{
  return linli_pick (conn, &account_spec, typed, limit, error);
}
