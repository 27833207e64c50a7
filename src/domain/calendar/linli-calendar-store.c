/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-store.h"

#include "linli-calendar-tables.h"
#include "linli-json.h"
#include "linli-tx.h"

static gboolean
load_where (LinliConn          *conn,
            const char         *condition,
            const char         *value,
            LinliWorkCalendar **calendar,
            char              **id,
            GError            **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_work_calendar, error, condition, "s", value);
  g_autoptr(JsonObject) body = NULL;

  *calendar = NULL;
  if (id != NULL)
    *id = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;

  body = linli_json_parse_object (linli_row_get_text (rows->pdata[0], LINLI_WORK_CALENDAR_BODY), -1, error);
  if (body == NULL)
    return FALSE;
  *calendar = linli_work_calendar_from_json (body, error);
  if (*calendar != NULL && id != NULL)
    *id = g_strdup (linli_row_get_id (rows->pdata[0]));

  return *calendar != NULL;
}

/**
 * linli_calendar_load_current:
 * @calendar: (out) (transfer full) (nullable): the version new clocks use;
 *   %NULL while the store has none
 * @id: (out) (transfer full) (nullable) (optional): its row
 * @error: %LINLI_STORE_ERROR, or a calendar that cannot be read
 */
gboolean
linli_calendar_load_current (LinliConn          *conn,
                             LinliWorkCalendar **calendar,
                             char              **id,
                             GError            **error)
{
  return load_where (conn, "current = 1 AND name <> ?1 ORDER BY pk LIMIT 1", "", calendar, id, error);
}

/* The version called @id, for clocks that were started under it. */
gboolean
linli_calendar_load (LinliConn          *conn,
                     const char         *id,
                     LinliWorkCalendar **calendar,
                     GError            **error)
{
  return load_where (conn, "id = ?1", id, calendar, NULL, error);
}
