/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-intake.h"

#include <glib/gi18n.h>

#include "linli-args.h"
#include "linli-hub-own.h"
#include "linli-json.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn intake_columns[] = {
  [LINLI_HUB_INTAKE_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "channel/number of the channel" },
  [LINLI_HUB_INTAKE_SHA256] = { "sha256", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "of what came" },
  [LINLI_HUB_INTAKE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .doc = "it became; the submission follows a merge" },
  [LINLI_HUB_INTAKE_RECEIPT_NO] = { "receipt_no", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_HUB_INTAKE_DOOR] = { "door", LINLI_TYPE_TEXT, REQUIRED, 20, .doc = "channel, or open311: may be listed" },
  [LINLI_HUB_INTAKE_SERVICE] = { "service", LINLI_TYPE_TEXT, 0, 60, .doc = "leaf it was handed in under" },
  [LINLI_HUB_INTAKE_RECEIVED_AT] = { "received_at", LINLI_TYPE_TIME, REQUIRED, .doc = "hub's time" },
  { NULL }
};

static const LinliIndex intake_indexes[] = {
  { "hub_intake_receipt", "receipt_no", TRUE, NULL },
  { "hub_intake_listed", "received_at", FALSE, "door = 'open311'" },
  { NULL }
};

const LinliTable linli_table_hub_intake = {
  "hub_intake", intake_columns, intake_indexes, LINLI_TABLE_LOCAL, "Which number of another system became which case."
};

void
linli_hub_taken_clear (LinliHubTaken *taken)
{
  g_free (taken->case_no);
  g_free (taken->receipt_no);
}

/* @taken->known is set when the number has been here. */
static gboolean
find_known (LinliConn            *conn,
            const LinliHubMatter *matter,
            const char           *id,
            LinliHubTaken        *taken,
            GError              **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT i.sha256, i.receipt_no, c.case_no FROM hub_intake i "
                                                "JOIN cases c ON c.id = i.case_id WHERE i.id = ?1", "s", id);
  gboolean found = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!g_str_equal (linli_stmt_get_text (stmt, 0), matter->sha256))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "number-taken", "number",
                    N_("Another matter was handed in under this number already."));
      return FALSE;
    }
  taken->known = TRUE;
  taken->receipt_no = linli_stmt_dup_text (stmt, 1);
  taken->case_no = linli_stmt_dup_text (stmt, 2);

  return TRUE;
}

static gboolean
remember (LinliHubOwn          *own,
          const LinliHubMatter *matter,
          const char           *id,
          const char           *case_id,
          const char           *receipt_no,
          GError              **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_hub_intake);

  linli_row_set_text (row, LINLI_HUB_INTAKE_ID, id);
  linli_row_set_text (row, LINLI_HUB_INTAKE_SHA256, matter->sha256);
  linli_row_set_text (row, LINLI_HUB_INTAKE_CASE_ID, case_id);
  linli_row_set_text (row, LINLI_HUB_INTAKE_RECEIPT_NO, receipt_no);
  linli_row_set_text (row, LINLI_HUB_INTAKE_DOOR, matter->door);
  linli_row_set_text (row, LINLI_HUB_INTAKE_SERVICE, matter->service);
  linli_row_set_int (row, LINLI_HUB_INTAKE_RECEIVED_AT, linli_clock_now (own->desk->clock));

  return linli_tx_insert (own->tx, row, error);
}

/**
 * linli_hub_take_in:
 * @taken: (out caller-allocates)
 * @error: %LINLI_DOMAIN_ERROR when the matter is refused; "number-taken" when
 *   its number stands for another one
 *
 * The same matter again is answered as the first time.
 */
gboolean
linli_hub_take_in (LinliConn            *conn,
                   LinliClock           *clock,
                   const LinliHubMatter *matter,
                   LinliHubTaken        *taken,
                   GError              **error)
{
  g_auto(LinliHubOwn) own = { 0 };
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *id = g_strconcat (matter->channel, "/", matter->number, NULL);

  if (!linli_hub_own_begin (&own, conn, clock, error) || !find_known (conn, matter, id, taken, error))
    return FALSE;
  if (taken->known)
    return TRUE;
  json_object_set_string_member (matter->args, "channel", matter->channel);
  json_object_set_string_member (matter->args, "external_no", matter->number);
  outcome = linli_hub_own_submit (&own, "case.intake", matter->args, error);
  if (outcome == NULL)
    return FALSE;
  taken->case_no = g_strdup (linli_json_get_text (outcome->result, "case_no"));
  taken->receipt_no = g_strdup (linli_json_get_text (outcome->result, "receipt_no"));

  return remember (&own, matter, id, linli_json_get_text (outcome->result, "case"), taken->receipt_no, error) &&
         linli_hub_own_commit (&own, error);
}

/* What whoever brought a matter is told of each state, and whether it is at an
 * end. */
static const struct
{
  const char *state;
  gboolean    settled;
  const char *note;
} notes[] = {
  { "received", FALSE, "已收到，待受理" },
  { "registered", FALSE, "已受理，待派遣" },
  { "deliberating", FALSE, "正在组织居民协商" },
  { "aiding", FALSE, "正在组织邻里互助" },
  { "dispatched", FALSE, "已派遣承办单位" },
  { "in_progress", FALSE, "承办单位处置中" },
  { "suspended", FALSE, "处置暂停，到期继续" },
  { "pending_review", FALSE, "处置结果审核中" },
  { "resolved", FALSE, "已办结，待回访" },
  { "closed", TRUE, "已结案" },
  { "declined", TRUE, "不予受理" },
  { "withdrawn", TRUE, "诉求人已撤诉" },
  { "merged", TRUE, "已并入同一事项的另一案件" },
};

/* Returns: for people, without anything personal */
const char *
linli_hub_state_note (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (g_str_equal (notes[i].state, state))
      return notes[i].note;
  return "";
}

gboolean
linli_hub_state_is_settled (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (g_str_equal (notes[i].state, state))
      return notes[i].settled;
  return FALSE;
}

static void
add_time (JsonObject *object,
          const char *member,
          LinliStmt  *stmt,
          int         column)
{
  g_autofree char *text = NULL;

  if (linli_stmt_is_null (stmt, column))
    return;
  text = linli_time_to_text (linli_stmt_get_int (stmt, column));
  json_object_set_string_member (object, member, text);
}

/**
 * linli_hub_matter_status:
 * @receipt_no: of a matter that came by another door than a desk
 *
 * Where the case is in which the matter is settled now. No word of anybody's
 * is in it.
 *
 * Returns: (transfer full) (nullable): %NULL without @error when there is none
 */
JsonObject *
linli_hub_matter_status (LinliConn  *conn,
                         const char *receipt_no,
                         GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT c.case_no, c.state, c.lead_unit_name, c.received_at, c.due_at, "
                                                "c.closed_at, c.touched_at FROM hub_intake i "
                                                "JOIN submission s ON s.receipt_no = i.receipt_no "
                                                "JOIN cases c ON c.id = s.case_id WHERE i.receipt_no = ?1", "s", receipt_no);
  g_autoptr(JsonObject) object = json_object_new ();
  const char *state;
  gboolean found = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &found, error) || !found)
    return NULL;
  state = linli_stmt_get_text (stmt, 1);
  json_object_set_string_member (object, "receipt_no", receipt_no);
  json_object_set_string_member (object, "case_no", linli_stmt_get_text (stmt, 0));
  json_object_set_string_member (object, "state", state);
  json_object_set_string_member (object, "status", linli_hub_state_is_settled (state) ? "closed" : "open");
  json_object_set_string_member (object, "status_notes", linli_hub_state_note (state));
  if (!linli_stmt_is_null (stmt, 2))
    json_object_set_string_member (object, "unit", linli_stmt_get_text (stmt, 2));
  add_time (object, "received_at", stmt, 3);
  add_time (object, "due_at", stmt, 4);
  add_time (object, "closed_at", stmt, 5);
  add_time (object, "changed_at", stmt, 6);

  return g_steal_pointer (&object);
}
