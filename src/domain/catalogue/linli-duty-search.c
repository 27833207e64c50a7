/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-duty-search.h"

#include "linli-catalogue-tables.h"
#include "linli-pick.h"

static const LinliPickSpec duty_spec = {
  .table = &linli_table_duty_item,
  .code = "code",
  .name = "name",
  .aliases = "aliases",
  .pinyin = "pinyin",
  .words = "path || ' ' || ifnull (aliases, '')",
  .filter = "active = 1 AND is_leaf = 1",
  .order = "uses DESC, catch_all, code",
};

static const LinliPickSpec channel_spec = {
  .table = &linli_table_channel,
  .code = "code",
  .name = "name",
  .aliases = "aliases",
  .pinyin = "pinyin",
  .words = "name || ' ' || ifnull (aliases, '') || ' ' || group_name",
  .filter = "active = 1",
  .order = "pk",
};

/* Leaves in force, by name, residents' words, pinyin initials, class;
 * (element-type LinliRow). */
GPtrArray *
linli_duty_search (LinliConn  *conn,
                   const char *typed,
                   guint       limit,
                   GError    **error)
{
  return linli_pick (conn, &duty_spec, typed, limit, error);
}

/* Channels in use; (element-type LinliRow). */
GPtrArray *
linli_channel_search (LinliConn  *conn,
                      const char *typed,
                      guint       limit,
                      GError    **error)
{
  return linli_pick (conn, &channel_spec, typed, limit, error);
}
