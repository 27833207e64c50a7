/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-unit-search.h"

#include "linli-people-tables.h"
#include "linli-pick.h"

static const LinliPickSpec unit_spec = {
  .table = &linli_table_unit,
  .code = "code",
  .name = "name",
  .aliases = "short_name",
  .pinyin = "pinyin",
  .words = "name || ' ' || ifnull (short_name, '') || ' ' || ifnull (kind, '')",
  .filter = "active = 1",
  .order = "pk",
};

/* Further words narrow: "cy 3" finds building 3 of an estate by its initials. */
static const LinliPickSpec place_spec = {
  .table = &linli_table_place,
  .code = "name",
  .name = "ifnull (full_name, name)",
  .aliases = "aliases",
  .pinyin = "pinyin",
  .words = "ifnull (full_name, name) || ' ' || ifnull (aliases, '') || ' ' || ifnull (community, '') || ' ' || "
           "ifnull (grid, '') || ' ' || ifnull (pinyin, '')",
  .filter = "active = 1",
  .order = "length (ifnull (full_name, name)), pk",
};

/* The tail of a number is how people name it: instr finds it in `words`. */
static const LinliPickSpec appellant_spec = {
  .table = &linli_table_appellant,
  .code = "ifnull (phone, '')",
  .name = "ifnull (name, '')",
  .pinyin = "pinyin",
  .words = "ifnull (name, '') || ' ' || ifnull (phone, '') || ' ' || ifnull (address, '')",
  .filter = "name IS NOT NULL",
  .order = "pk DESC",
};

/* Units by name, short name, pinyin initials; (element-type LinliRow). */
GPtrArray *
linli_unit_search (LinliConn  *conn,
                   const char *typed,
                   guint       limit,
                   GError    **error)
{
  return linli_pick (conn, &unit_spec, typed, limit, error);
}

/* Communities, estates, buildings, landmarks; (element-type LinliRow). */
GPtrArray *
linli_place_search (LinliConn  *conn,
                    const char *typed,
                    guint       limit,
                    GError    **error)
{
  return linli_pick (conn, &place_spec, typed, limit, error);
}

/* Residents by name, pinyin initials, phone or its tail, newest first;
 * (element-type LinliRow). */
GPtrArray *
linli_appellant_search (LinliConn  *conn,
                        const char *typed,
                        guint       limit,
                        GError    **error)
{
  return linli_pick (conn, &appellant_spec, typed, limit, error);
}
