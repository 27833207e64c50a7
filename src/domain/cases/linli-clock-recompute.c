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
  { "after", LINLI_ARG_ID, .doc = "the `next` of the page before; nothing for the first" },
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

/* Clocks of one case mostly stand together: it gets one line for all of them. */
typedef struct
{
  LinliCommandContext *context; /* (unowned) */
  LinliCaseFile       *file;    /* (owned) (nullable): the case whose clocks are moving */
  LinliPayload        *payload; /* (owned) (nullable): how far */
  JsonArray           *moved;   /* (owned) */
} Mover;

static void
mover_clear (Mover *mover)
{
  g_clear_pointer (&mover->file, linli_case_file_free);
  g_clear_pointer (&mover->payload, linli_payload_free);
  json_array_unref (mover->moved);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mover, mover_clear)

static gboolean
save_case (Mover   *mover,
           GError **error)
{
  const LinliCaseEntry entry = { .kind = "clock", .audience = "internal", .payload = mover->payload };
  gboolean saved;

  if (mover->file == NULL)
    return TRUE;
  saved = linli_case_file_add_entry (mover->file, &entry, error) && linli_case_file_save (mover->file, error);
  g_clear_pointer (&mover->file, linli_case_file_free);
  g_clear_pointer (&mover->payload, linli_payload_free);

  return saved;
}

static gboolean
open_case (Mover      *mover,
           const char *id,
           GError    **error)
{
  if (mover->file != NULL && g_str_equal (linli_case_file_get_id (mover->file), id))
    return TRUE;
  if (!save_case (mover, error))
    return FALSE;
  mover->file = linli_case_file_load (mover->context, id, NULL, error);
  mover->payload = linli_payload_new ();

  return mover->file != NULL;
}

static void
tell_moved (Mover    *mover,
            LinliRow *before,
            LinliRow *after)
{
  const char *kind = linli_row_get_text (after, LINLI_CLOCK_KIND);
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_strconcat ("due.", kind, NULL);

  json_object_set_string_member (object, "case", linli_case_file_get_id (mover->file));
  json_object_set_string_member (object, "case_no", linli_row_get_text (mover->file->row, LINLI_CASE_CASE_NO));
  json_object_set_string_member (object, "kind", kind);
  set_time (object, "old", before);
  set_time (object, "new", after);
  json_array_add_object_element (mover->moved, object);
  linli_payload_change_time (mover->payload, name, linli_row_get_int (before, LINLI_CLOCK_DUE_AT),
                             linli_row_get_int (after, LINLI_CLOCK_DUE_AT));
}

static gboolean
recompute (Mover             *mover,
           LinliRow          *clock,
           LinliWorkCalendar *calendar,
           const char        *calendar_id,
           GError           **error)
{
  g_autoptr(LinliRow) after = linli_row_copy (clock);

  linli_case_clock_compute (after, calendar, calendar_id);
  if (!linli_tx_update (mover->context->tx, after, error))
    return FALSE;
  if (linli_row_equal_column (clock, after, LINLI_CLOCK_DUE_AT))
    return TRUE;
  if (!open_case (mover, linli_row_get_text (clock, LINLI_CLOCK_CASE_ID), error))
    return FALSE;
  tell_moved (mover, clock, after);

  return TRUE;
}

/* Tells `n_done`, `moved` (case, case_no, kind, old, new) and, unless this was
 * the last page, `next`. */
gboolean
linli_clock_recompute_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_auto(Mover) mover = { context, NULL, NULL, json_array_new () };
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GPtrArray) clocks = NULL;
  g_autofree char *calendar_id = NULL;
  const char *after = linli_json_get_text (args, "after");
  gint64 limit = 500;

  linli_json_get_int (args, "limit", &limit);
  limit = CLAMP (limit, 1, PAGE_MAX);
  if (!linli_calendar_load_current (linli_tx_get_conn (context->tx), &calendar, &calendar_id, error))
    return FALSE;
  clocks = linli_tx_select (context->tx, &linli_table_clock, error,
                            LINLI_CLOCK_IS_OPEN " AND id > ?1 ORDER BY id LIMIT ?2", "si", after != NULL ? after : "", limit);
  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    if (!recompute (&mover, clocks->pdata[i], calendar, calendar_id, error))
      return FALSE;
  if (clocks == NULL || !save_case (&mover, error))
    return FALSE;

  linli_command_tell_int (context, "n_done", clocks->len);
  json_object_set_array_member (context->result, "moved", json_array_ref (mover.moved));
  if (clocks->len == (guint) limit)
    linli_command_tell (context, "next", linli_row_get_id (clocks->pdata[clocks->len - 1]));

  return TRUE;
}
