/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways themselves: choosing one, and what all of them share. */

#include "config.h"

#include "linli-lanes.h"

#include <glib/gi18n.h>

#include "linli-case-tables.h"
#include "linli-date.h"
#include "linli-json.h"
#include "linli-lane-tables.h"

static const char *const lanes[] = { "major", "minor", "private", NULL };

const LinliArgSpec linli_lane_save_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, .choices = lanes },
  { "name", LINLI_ARG_TEXT, TRUE, 20 },
  { "leads", LINLI_ARG_TEXT, TRUE, 120, .doc = "who leads on this way" },
  { NULL }
};

const LinliArgSpec linli_case_set_lane_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "lane", LINLI_ARG_TEXT, TRUE, .choices = lanes },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

/* --- Reading --- */

/* Returns: (transfer full) (element-type LinliRow): the ways, in order */
GPtrArray *
linli_lanes_load (LinliConn *conn,
                  GError   **error)
{
  return linli_conn_select (conn, &linli_table_lane, error, "1 = 1 ORDER BY position, code", "");
}

void
linli_lane_sheet_free (LinliLaneSheet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  g_clear_pointer (&self->deliberations, g_ptr_array_unref);
  g_clear_pointer (&self->aids, g_ptr_array_unref);
  g_free (self);
}

/**
 * linli_lane_sheet_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): what was recorded about the case on any way it went
 */
LinliLaneSheet *
linli_lane_sheet_load (LinliConn  *conn,
                       const char *case_id,
                       GError    **error)
{
  g_autoptr(LinliLaneSheet) self = g_new0 (LinliLaneSheet, 1);

  self->lanes = linli_lanes_load (conn, error);
  self->agenda = self->lanes != NULL ? linli_conn_select (conn, &linli_table_party_agenda, error,
                                                          "case_id = ?1 ORDER BY made_at, id", "s", case_id) : NULL;
  self->deliberations = self->agenda != NULL ? linli_conn_select (conn, &linli_table_deliberation, error,
                                                                  "case_id = ?1 ORDER BY made_at, id", "s", case_id) : NULL;
  self->aids = self->deliberations != NULL ? linli_conn_select (conn, &linli_table_mutual_aid, error,
                                                                "case_id = ?1 ORDER BY asked_at, id", "s", case_id) : NULL;
  return self->aids != NULL ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer none) (nullable): the lane row called @code (nullable) */
LinliRow *
linli_lane_sheet_find (LinliLaneSheet *self,
                       const char     *code)
{
  for (guint i = 0; code != NULL && i < self->lanes->len; i++)
    if (g_str_equal (linli_row_get_text (self->lanes->pdata[i], LINLI_LANE_CODE), code))
      return self->lanes->pdata[i];
  return NULL;
}

static void
line_free (LinliLaneLine *line)
{
  linli_row_unref (line->case_row);
  linli_row_unref (line->record);
  g_free (line);
}

static const LinliTable *
record_table (const char *code)
{
  return g_str_equal (code, "major")   ? &linli_table_party_agenda
         : g_str_equal (code, "minor") ? &linli_table_deliberation
                                       : &linli_table_mutual_aid;
}

/* Before the committee by meeting, then promised by date, then the rest; the
 * other lanes by their clocks. */
static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const LinliLaneLine *lines[] = { *(LinliLaneLine *const *) a, *(LinliLaneLine *const *) b };
  char *keys[2];
  int order;

  for (guint i = 0; i < 2; i++)
    {
      LinliRow *record = lines[i]->record;
      gboolean is_agenda = record != NULL && linli_row_get_table (record) == &linli_table_party_agenda;

      if (!is_agenda)
        keys[i] = g_strdup ("3");
      else if (g_str_equal (linli_row_get_text (record, LINLI_PARTY_AGENDA_STATE), "listed"))
        keys[i] = g_strconcat ("1", linli_row_get_text (record, LINLI_PARTY_AGENDA_MEETING_ON), NULL);
      else
        keys[i] = g_strconcat ("2", linli_row_get_text (record, LINLI_PARTY_AGENDA_PROMISE_ON), NULL);
    }
  order = g_strcmp0 (keys[0], keys[1]);
  g_free (keys[0]);
  g_free (keys[1]);
  return order;
}

/**
 * linli_lane_lines_load:
 * @code: of a lane
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliLaneLine): its open cases, %LINLI_LANE_LINES_MAX at most
 */
GPtrArray *
linli_lane_lines_load (LinliConn  *conn,
                       const char *code,
                       GError    **error)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_autoptr(GPtrArray) cases = linli_conn_select (conn, &linli_table_case, error,
                                                  "lane = ?1 AND state NOT IN ('closed', 'declined', 'withdrawn', 'merged') "
                                                  "ORDER BY coalesce(due_at, 9223372036854775807), received_at, id LIMIT "
                                                  G_STRINGIFY (LINLI_LANE_LINES_MAX), "s", code);

  for (guint i = 0; cases != NULL && i < cases->len; i++)
    {
      g_autoptr(GPtrArray) records = linli_conn_select (conn, record_table (code), error,
                                                        "case_id = ?1 ORDER BY id DESC LIMIT 1", "s",
                                                        linli_row_get_id (cases->pdata[i]));
      LinliLaneLine *line;

      if (records == NULL)
        return NULL;
      line = g_new0 (LinliLaneLine, 1);
      line->case_row = linli_row_ref (cases->pdata[i]);
      line->record = records->len > 0 ? linli_row_ref (records->pdata[0]) : NULL;
      g_ptr_array_add (lines, line);
    }
  if (cases == NULL)
    return NULL;
  if (g_str_equal (code, "major"))
    g_ptr_array_sort (lines, compare_lines); /* stable: equal ones stay by their clocks */
  return g_steal_pointer (&lines);
}

static gboolean
ends_in (GPtrArray  *rows,
         guint       column,
         const char *state)
{
  return rows->len > 0 && g_str_equal (linli_row_get_text (rows->pdata[rows->len - 1], column), state);
}

/* Whether the records let @command run on the way @lane (nullable); %TRUE for commands of no lane. */
gboolean
linli_lane_sheet_allows (LinliLaneSheet *self,
                         const char     *lane,
                         const char     *command)
{
  gboolean is_listed = ends_in (self->agenda, LINLI_PARTY_AGENDA_STATE, "listed");
  gboolean is_held = ends_in (self->deliberations, LINLI_DELIBERATION_STATE, "held");
  gboolean is_asked = ends_in (self->aids, LINLI_MUTUAL_AID_STATE, "asked");

  if (g_str_equal (command, "case.put-on-agenda"))
    return g_strcmp0 (lane, "major") == 0;
  if (g_str_equal (command, "case.record-decision"))
    return g_strcmp0 (lane, "major") == 0 && is_listed;
  if (g_str_equal (command, "case.agree"))
    return is_held;
  if (g_str_equal (command, "case.ask-aid"))
    return !is_asked;
  if (g_str_equal (command, "case.aid-done"))
    return is_asked;
  return TRUE;
}

/* --- What the commands share --- */

/* Whether the case goes the way @code. */
gboolean
linli_lane_check (LinliCaseFile *file,
                  const char    *code,
                  GError       **error)
{
  if (g_strcmp0 (linli_row_get_text (file->row, LINLI_CASE_LANE), code) == 0)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "other-lane", "case",
                N_("The case goes another way; choose its lane first."));
  return FALSE;
}

/* @day: (out) (nullable): the argument, if it is there and a day */
gboolean
linli_lane_get_day (JsonObject  *args,
                    const char  *name,
                    const char **day,
                    GError     **error)
{
  const char *typed = linli_json_get_text (args, name);

  *day = typed != NULL && *typed != '\0' ? typed : NULL;
  return *day == NULL || linli_date_parse (*day) != LINLI_DATE_NONE ||
         linli_refuse_invalid (error, name, N_("Write a day such as 2026-02-14."));
}

/**
 * linli_lane_last:
 * @table: whose rows have case_id and state
 * @error: unset when there is none in that state
 *
 * Returns: (transfer full) (nullable): the latest record of the case in @state, free to be changed
 */
LinliRow *
linli_lane_last (LinliCaseFile    *file,
                 const LinliTable *table,
                 const char       *state,
                 GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (file->context->tx, table, error,
                                               "case_id = ?1 AND state = ?2 ORDER BY id DESC LIMIT 1", "ss",
                                               linli_case_file_get_id (file), state);

  return rows != NULL && rows->len > 0 ? linli_row_copy (rows->pdata[0]) : NULL;
}

static gboolean
get_name (LinliCaseFile *file,
          const char    *code,
          char         **name,
          GError       **error)
{
  *name = NULL;
  if (code == NULL)
    return TRUE;
  if (!linli_conn_get_text (linli_tx_get_conn (file->context->tx), name, error,
                            "SELECT name FROM lane WHERE code = ?1", "s", code))
    return FALSE;
  if (*name == NULL)
    *name = g_strdup (code);
  return TRUE;
}

/* Puts the case on the way @code (nullable: on none) and says so in @payload, by the names it has here. */
gboolean
linli_lane_change (LinliCaseFile *file,
                   const char    *code,
                   LinliPayload  *payload,
                   GError       **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!get_name (file, linli_row_get_text (file->row, LINLI_CASE_LANE), &before, error) ||
      !get_name (file, code, &after, error))
    return FALSE;
  linli_payload_change (payload, "lane", before, after);
  linli_row_set_text (file->row, LINLI_CASE_LANE, code);
  return TRUE;
}

/* The matter is settled among people, and the resident was told. */
gboolean
linli_lane_resolve (LinliCaseFile *file,
                    const char    *result,
                    const char    *reply,
                    GError       **error)
{
  linli_row_set_text (file->row, LINLI_CASE_RESULT, result);
  linli_row_set_text (file->row, LINLI_CASE_RESIDENT_REPLY, reply);
  return linli_case_file_advance (file, error);
}

/* A request nobody will answer on the new way is over. */
static gboolean
end_aid (LinliCaseFile *file,
         GError       **error)
{
  g_autoptr(GError) fault = NULL;
  g_autoptr(LinliRow) aid = linli_lane_last (file, &linli_table_mutual_aid, "asked", &fault);

  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (aid == NULL)
    return TRUE;
  linli_row_set_text (aid, LINLI_MUTUAL_AID_STATE, "failed");
  linli_row_set_int (aid, LINLI_MUTUAL_AID_ENDED_AT, linli_command_now (file->context));
  return linli_tx_update (file->context->tx, aid, error);
}

/* --- The commands --- */

gboolean
linli_lane_save_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  static const char *const records[] = { "agenda", "deliberation", "aid" };
  const char *code = linli_json_get_text (args, "code");
  const char *name = linli_case_get_words (args, "name", error);
  const char *leads = name != NULL ? linli_case_get_words (args, "leads", error) : NULL;
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(LinliRow) row = NULL;

  if (leads == NULL)
    return FALSE;
  known = linli_tx_select (context->tx, &linli_table_lane, error, "code = ?1", "s", code);
  if (known == NULL)
    return FALSE;
  row = known->len > 0 ? linli_row_copy (known->pdata[0]) : linli_row_new (&linli_table_lane);
  if (known->len == 0)
    {
      g_autofree char *id = linli_command_new_id (context);

      linli_row_set_text (row, LINLI_LANE_ID, id);
      linli_row_set_text (row, LINLI_LANE_CODE, code);
      for (guint i = 0; lanes[i] != NULL; i++)
        if (g_str_equal (lanes[i], code))
          {
            linli_row_set_text (row, LINLI_LANE_RECORD, records[i]);
            linli_row_set_int (row, LINLI_LANE_POSITION, i + 1);
          }
    }
  linli_row_set_text (row, LINLI_LANE_NAME, name);
  linli_row_set_text (row, LINLI_LANE_LEADS, leads);

  return known->len > 0 ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

gboolean
linli_case_set_lane_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  const char *lane = linli_json_get_text (args, "lane");
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, lane, error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "lane", .audience = "internal", .body = reason, .payload = payload };

  if (file == NULL)
    return FALSE;
  if (g_strcmp0 (lane, linli_row_get_text (file->row, LINLI_CASE_LANE)) == 0 &&
      (file->transition->to == LINLI_CASE_STATE_SAME || file->transition->to == linli_case_file_get_state (file)))
    return linli_refuse_invalid (error, "lane", N_("The case goes this way already."));

  return linli_lane_change (file, lane, payload, error) &&
         (g_str_equal (lane, "private") || end_aid (file, error)) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}
