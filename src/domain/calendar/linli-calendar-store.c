/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-store.h"

#include "linli-calendar-tables.h"
#include "linli-json.h"
#include "linli-tx.h"

#define CACHE_KEY "work-calendar"

/**
 * linli_calendar_load:
 * @calendar: (out) (transfer full) (nullable): the version called @id, for
 *   clocks that were started under it; %NULL when there is none
 * @error: %LINLI_STORE_ERROR, or a calendar that cannot be read
 */
gboolean
linli_calendar_load (LinliConn          *conn,
                     const char         *id,
                     LinliWorkCalendar **calendar,
                     GError            **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_work_calendar, error, "id = ?1", "s", id);
  g_autoptr(JsonObject) body = NULL;

  *calendar = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;

  body = linli_json_parse_object (linli_row_get_text (rows->pdata[0], LINLI_WORK_CALENDAR_BODY), -1, error);
  if (body == NULL)
    return FALSE;
  *calendar = linli_work_calendar_from_json (body, error);

  return *calendar != NULL;
}

/* Versions never change, so what was read once under an id stays true for as
 * long as the connection lives. */
typedef struct
{
  char              *id;       /* (owned) */
  LinliWorkCalendar *calendar; /* (owned) */
} Cached;

static void
cached_free (gpointer data)
{
  Cached *cached = data;

  g_free (cached->id);
  linli_work_calendar_unref (cached->calendar);
  g_free (cached);
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
  Cached *cached = linli_conn_get_data (conn, CACHE_KEY);
  g_autofree char *current = NULL;

  *calendar = NULL;
  if (id != NULL)
    *id = NULL;
  if (!linli_conn_get_text (conn, &current, error,
                            "SELECT min(id) FROM work_calendar WHERE current = 1", ""))
    return FALSE;
  if (current == NULL)
    return TRUE;

  if (cached == NULL || !g_str_equal (cached->id, current))
    {
      g_autoptr(LinliWorkCalendar) read = NULL;

      if (!linli_calendar_load (conn, current, &read, error))
        return FALSE;
      cached = g_new0 (Cached, 1);
      cached->id = g_strdup (current);
      cached->calendar = g_steal_pointer (&read);
      linli_conn_set_data (conn, CACHE_KEY, cached, cached_free);
    }
  *calendar = linli_work_calendar_ref (cached->calendar);
  if (id != NULL)
    *id = g_steal_pointer (&current);

  return TRUE;
}
