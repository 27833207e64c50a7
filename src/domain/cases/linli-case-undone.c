/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-commands.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-case-file.h"
#include "linli-case-parts.h"
#include "linli-closing-private.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-merge-clocks.h"

static gboolean
refuse_changed (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", NULL,
                N_("This cannot be undone any more: it was changed again afterwards."));
  return FALSE;
}

/* @change: of the case; where its item goes back, what was done since under the
 * other may have needed that one.
 *
 * Returns: %FALSE with @error set when the case cannot stand under its item */
static gboolean
check_item (LinliCaseFile *file,
            JsonObject    *change,
            GError       **error)
{
  static const guint unsorted = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RECEIVED) |
                                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DECLINED) |
                                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_WITHDRAWN) |
                                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_MERGED);
  static const guint solved = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RESOLVED) | LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED);
  guint state = LINLI_CASE_STATE_BIT (linli_case_file_get_state (file));
  gboolean is_split = FALSE;

  if (!json_object_has_member (linli_json_get_object (change, "b"), "item_id"))
    return TRUE;
  if (state & solved)
    return linli_case_refuse_catch_all (file, error);
  if (!linli_row_is_null (file->row, LINLI_CASE_ITEM_ID) || state & unsorted)
    return TRUE;
  if (!linli_case_has_parts (file->context, linli_case_file_get_id (file), &is_split, error))
    return FALSE;
  return is_split || refuse_changed (error);
}

static gboolean
note_undo (LinliCommandContext *context,
           LinliRow            *entry,
           JsonObject          *change,
           GError             **error)
{
  const char *id = linli_json_get_text (change, "id");
  g_autoptr(LinliCaseFile) file = linli_case_file_find (context, id, "operation", error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  gboolean fits = FALSE;
  const LinliCaseEntry line = { .kind = "undo", .audience = "unit", .payload = payload };

  if (file == NULL || !check_item (file, change, error) || !linli_case_file_settle (file, &fits, error))
    return FALSE;
  /* A merged case rests: only a merge itself comes back. */
  if (linli_case_file_get_state (file) == LINLI_CASE_STATE_MERGED &&
      !g_str_equal (linli_row_get_text (entry, LINLI_AUDIT_KIND), "case.unmerge"))
    fits = FALSE;
  if (fits && !linli_merged_clocks_choose (file, NULL, error))
    return FALSE;
  fits = fits && linli_case_clocks_fit (file);
  /* Residents went home, or came again, with what they said meanwhile. */
  if (fits && g_str_has_suffix (linli_row_get_text (entry, LINLI_AUDIT_KIND), "merge") &&
      !linli_sum_up_callbacks (file, error))
    return FALSE;
  if (!fits)
    return refuse_changed (error);
  linli_payload_text (payload, "command", linli_row_get_text (entry, LINLI_AUDIT_KIND));
  linli_payload_text (payload, "operation", linli_row_get_id (entry));
  return linli_case_file_add_entry (file, &line, error) && linli_case_file_save (file, error);
}

/* Words that somebody said in the case since, or cases that were merged into it. */
static gboolean
check_untouched (LinliCommandContext *context,
                 GPtrArray           *entries,
                 const char          *id,
                 GError             **error)
{
  LinliConn *conn = linli_tx_get_conn (context->tx);
  gint64 n = 0;

  for (guint i = 0; i < entries->len; i++)
    n += !g_str_equal (linli_row_get_text (entries->pdata[i], LINLI_ENTRY_KIND), "split") &&
         !g_str_equal (linli_row_get_text (entries->pdata[i], LINLI_ENTRY_KIND), "attach");
  if (n == 0 &&
      !linli_conn_get_int (conn, &n, error, "SELECT (SELECT count(*) FROM attachment WHERE case_id = ?1) + (SELECT count(*) "
                           "FROM merge_record WHERE source_id = ?1 OR target_id = ?1) + (SELECT count(*) FROM link WHERE "
                           "from_id = ?1 OR to_id = ?1)", "s", id))
    return FALSE;
  return n == 0 || refuse_changed (error);
}

/* A case that the undo took away (a part of a split) takes its own lines along;
 * a note half typed on it goes to the whole. */
static gboolean
clear_away (LinliCommandContext *context,
            JsonObject          *made,
            const char          *id,
            GError             **error)
{
  LinliTx *tx = context->tx;
  g_autoptr(GPtrArray) entries = linli_tx_select (tx, &linli_table_entry, error, "case_id = ?1 ORDER BY id", "s", id);
  g_autoptr(GPtrArray) drafts = linli_tx_select (tx, &linli_table_draft, error, "subject_id = ?1", "s", id);

  if (entries == NULL || drafts == NULL || !check_untouched (context, entries, id, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!linli_tx_delete (tx, &linli_table_entry, linli_row_get_id (entries->pdata[i]), error))
      return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      linli_row_set_text (drafts->pdata[i], LINLI_DRAFT_SUBJECT_ID, linli_json_get_text (made, "parent_id"));
      if (!linli_tx_update (tx, drafts->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_undone:
 *
 * What was said on a timeline stays said; a further line tells that it was
 * taken back. See #LinliUndone.
 */
gboolean
linli_case_undone (LinliCommandContext *context,
                   LinliRow            *entry,
                   JsonArray           *changes,
                   GError             **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_case.name) == 0 &&
          linli_json_get_object (change, "b") == NULL &&
          !clear_away (context, linli_json_get_object (change, "a"), linli_json_get_text (change, "id"), error))
        return FALSE;
      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_case.name) == 0 &&
          linli_json_get_object (change, "b") != NULL && linli_json_get_object (change, "a") != NULL &&
          !note_undo (context, entry, change, error))
        return FALSE;
    }
  return TRUE;
}
