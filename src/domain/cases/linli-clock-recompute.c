/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After the calendar changed: every open clock anew, a page at a time, and a
 * list of what moved. */

#include "config.h"

#include "linli-calendar-store.h"
#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-json.h"

#define PAGE_MAX 2000

const LinliArgSpec linli_clock_recompute_args[] = {
  { "after", LINLI_ARG_INT, .doc = "the `next` of the page before; nothing for the first" },
  { "limit", LINLI_ARG_INT, .doc = "clocks a page; 500 when absent" },
  { NULL }
};

static void
set_time (JsonObject *object,
          const char *member,
          LinliRow   *clock)
{
  if (linli_row_is_null (clock, LINLI_CLOCK_DUE_AT))
    json_object_set_null_member (object, member);
  else
    json_object_set_int_member (object, member, linli_row_get_int (clock, LINLI_CLOCK_DUE_AT));
}

static void
tell_moved (LinliCaseFile *file,
            JsonArray     *moved,
            LinliRow      *before,
            LinliRow      *after)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "case", linli_case_file_get_id (file));
  json_object_set_string_member (object, "case_no", linli_row_get_text (file->row, LINLI_CASE_CASE_NO));
  json_object_set_string_member (object, "kind", linli_row_get_text (after, LINLI_CLOCK_KIND));
  set_time (object, "old", before);
  set_time (object, "new", after);
  json_array_add_object_element (moved, object);
}

static gboolean
note_moved (LinliCaseFile *file,
            LinliRow      *before,
            LinliRow      *after,
            GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autofree char *name = g_strconcat ("due.", linli_row_get_text (after, LINLI_CLOCK_KIND), NULL);
  const LinliCaseEntry entry = { .kind = "clock", .audience = "internal", .payload = payload,
                                 .dispatch = linli_row_get_text (after, LINLI_CLOCK_DISPATCH_ID) };

  linli_payload_change_time (payload, name, linli_row_get_int (before, LINLI_CLOCK_DUE_AT),
                             linli_row_get_int (after, LINLI_CLOCK_DUE_AT));
  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

static gboolean
recompute (LinliCommandContext *context,
           LinliRow            *clock,
           LinliWorkCalendar   *calendar,
           const char          *calendar_id,
           JsonArray           *moved,
           GError             **error)
{
  g_autoptr(LinliRow) after = linli_row_copy (clock);
  g_autoptr(LinliCaseFile) file = NULL;

  linli_case_clock_compute (after, calendar, calendar_id);
  if (!linli_tx_update (context->tx, after, error))
    return FALSE;
  if (linli_row_equal_column (clock, after, LINLI_CLOCK_DUE_AT))
    return TRUE;

  file = linli_case_file_load (context, linli_row_get_text (clock, LINLI_CLOCK_CASE_ID), NULL, error);
  if (file == NULL)
    return FALSE;
  tell_moved (file, moved, clock, after);
  return note_moved (file, clock, after, error);
}

/* Tells `n_done`, `moved` (case, case_no, kind, old, new) and, unless this was
 * the last page, `next`. */
gboolean
linli_clock_recompute_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GPtrArray) clocks = NULL;
  g_autoptr(JsonArray) moved = json_array_new ();
  g_autofree char *calendar_id = NULL;
  gint64 after = 0;
  gint64 limit = 500;

  linli_json_get_int (args, "after", &after);
  linli_json_get_int (args, "limit", &limit);
  limit = CLAMP (limit, 1, PAGE_MAX);
  if (!linli_calendar_load_current (linli_tx_get_conn (context->tx), &calendar, &calendar_id, error))
    return FALSE;
  clocks = linli_tx_select (context->tx, &linli_table_clock, error,
                            "state IN ('running', 'paused', 'unknown') AND pk > ?1 ORDER BY pk LIMIT ?2",
                            "ii", after, limit);
  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    if (!recompute (context, clocks->pdata[i], calendar, calendar_id, moved, error))
      return FALSE;
  if (clocks == NULL)
    return FALSE;

  linli_command_tell_int (context, "n_done", clocks->len);
  json_object_set_array_member (context->result, "moved", g_steal_pointer (&moved));
  if (clocks->len == (guint) limit)
    linli_command_tell_int (context, "next", linli_row_get_pk (clocks->pdata[clocks->len - 1]));

  return TRUE;
}
