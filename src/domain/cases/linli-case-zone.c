/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-zone.h"

#define DEFAULT_ZONE "Asia/Shanghai"

/**
 * linli_case_zone_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the centre's time zone, by which "today" is meant
 */
GTimeZone *
linli_case_zone_load (LinliConn *conn,
                      GError   **error)
{
  g_autofree char *name = NULL;
  GTimeZone *zone;

  if (!linli_conn_get_text (conn, &name, error, "SELECT time_zone FROM centre ORDER BY pk LIMIT 1", ""))
    return NULL;
  zone = g_time_zone_new_identifier (name != NULL ? name : DEFAULT_ZONE);
  if (zone == NULL)
    zone = g_time_zone_new_identifier (DEFAULT_ZONE);

  return zone != NULL ? zone : g_time_zone_new_offset (8 * 3600);
}
