/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-centre-zone.h"

#include <stdio.h>

#define DEFAULT_ZONE "Asia/Shanghai"

/**
 * linli_centre_zone_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the centre's time zone, by which "today" is meant
 */
GTimeZone *
linli_centre_zone_load (LinliConn *conn,
                        GError   **error)
{
  g_autofree char *name = NULL;
  GTimeZone *zone;

  if (!linli_conn_get_text (conn, &name, error, "SELECT time_zone FROM centre ORDER BY id LIMIT 1", ""))
    return NULL;
  zone = g_time_zone_new_identifier (name != NULL ? name : DEFAULT_ZONE);
  if (zone == NULL)
    zone = g_time_zone_new_identifier (DEFAULT_ZONE);

  return zone != NULL ? zone : g_time_zone_new_offset (8 * 3600);
}

/**
 * linli_centre_zone_midnight:
 * @day: YYYY-MM-DD
 * @offset: days after it
 *
 * Returns: when that day begins, microseconds UTC; 0 when @day is none
 */
gint64
linli_centre_zone_midnight (GTimeZone  *zone,
                            const char *day,
                            int         offset)
{
  int year = 0, month = 0, day_of_month = 0;
  g_autoptr(GDateTime) start = NULL;
  g_autoptr(GDateTime) there = NULL;

  if (sscanf (day, "%4d-%2d-%2d", &year, &month, &day_of_month) == 3)
    start = g_date_time_new (zone, year, month, day_of_month, 0, 0, 0);
  there = start != NULL ? g_date_time_add_days (start, offset) : NULL;

  return there != NULL ? g_date_time_to_unix (there) * G_USEC_PER_SEC : 0;
}
