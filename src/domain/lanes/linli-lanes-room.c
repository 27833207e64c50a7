/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 三事分流: 大事 before the Party committee, 小事 among neighbours, 私事 by
 * mutual help. What they are called and who leads is data. */

#include "config.h"

#include "linli-lanes-room.h"

#include <glib/gi18n.h>

#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-lane-tables.h"
#include "linli-lanes.h"
#include "linli-rows-query.h"
#include "linli-sound.h"

static const LinliTable *const tables[] = {
  &linli_table_lane,
  &linli_table_party_agenda,
  &linli_table_deliberation,
  &linli_table_mutual_aid,
  NULL
};

#define CLERK      LINLI_ROLE_CLERK
#define DISPATCHER LINLI_ROLE_DISPATCHER
#define SECRETARY  LINLI_ROLE_SECRETARY
#define GRID       LINLI_ROLE_GRID
#define UNDOABLE   LINLI_COMMAND_UNDOABLE
#define RUN(name)  linli_##name##_args, linli_##name##_run

static const LinliCommand commands[] = {
  { "lane.save", 1, LINLI_ROLE_ADMIN, UNDOABLE, RUN (lane_save),
    "Say what a lane is called here and who leads on it.",
    .right = LINLI_RIGHT_LISTS },
  { "case.set-lane", 1, DISPATCHER | SECRETARY, UNDOABLE, RUN (case_set_lane),
    "Choose the lane of a case, with a reason; its first clock is kept." },
  { "case.put-on-agenda", 1, DISPATCHER | SECRETARY, UNDOABLE, RUN (case_put_on_agenda),
    "Put a major matter on the Party committee's agenda, or off to another meeting." },
  { "case.record-decision", 1, DISPATCHER | SECRETARY, UNDOABLE, RUN (case_record_decision),
    "Record what the committee decided, who is responsible and what date was promised." },
  { "case.deliberate", 1, CLERK | DISPATCHER | SECRETARY | GRID, UNDOABLE, RUN (case_deliberate),
    "Record a meeting of neighbours: who came and what was put forward." },
  { "case.agree", 1, CLERK | DISPATCHER | SECRETARY, UNDOABLE, RUN (case_agree),
    "Record what was agreed; the case is settled." },
  { "case.fail-to-agree", 1, CLERK | DISPATCHER | SECRETARY, UNDOABLE, RUN (case_fail_to_agree),
    "Give up on agreement or help; the case goes to be dispatched or before the committee." },
  { "case.ask-aid", 1, CLERK | DISPATCHER | SECRETARY | GRID, UNDOABLE, RUN (case_ask_aid),
    "Ask for mutual help: what, when, where." },
  { "case.aid-done", 1, CLERK | DISPATCHER | SECRETARY, UNDOABLE, RUN (case_aid_done),
    "Record who helped; the case is settled." },
  { NULL }
};

#define OPEN_CASE \
  "EXISTS (SELECT 1 FROM cases WHERE cases.id = case_id " \
  "AND cases.state NOT IN ('closed', 'declined', 'withdrawn', 'merged'))"

static const LinliArgSpec no_args[] = { { NULL } };

static const LinliArgSpec case_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { NULL }
};

static JsonNode *
query_lanes (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  return linli_rows_query (conn, &linli_table_lane, "1 = 1 ORDER BY position, code", error);
}

static JsonNode *
query_agenda (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_party_agenda,
                           "(state = 'listed' OR promise_on IS NOT NULL) AND " OPEN_CASE
                           " ORDER BY state = 'decided', coalesce(promise_on, meeting_on), made_at, pk", error);
}

static JsonNode *
query_aids (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  return linli_rows_query (conn, &linli_table_mutual_aid,
                           "state = 'asked' AND EXISTS (SELECT 1 FROM cases WHERE cases.id = case_id "
                           "AND cases.state = 'aiding') ORDER BY asked_at, pk", error);
}

static const LinliArgSpec lane_args[] = {
  { "lane", LINLI_ARG_TEXT, TRUE, 20, .doc = "major, minor or private" },
  { NULL }
};

static JsonNode *
query_cases (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) lines = linli_lane_lines_load (conn, linli_json_get_text (args, "lane"), error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    g_ptr_array_add (rows, ((LinliLaneLine *) lines->pdata[i])->case_row);
  return lines != NULL ? linli_rows_to_node (rows, error) : NULL;
}

static void
set_rows (JsonObject *object,
          const char *name,
          GPtrArray  *rows)
{
  json_object_set_member (object, name, linli_rows_to_node (rows, NULL));
}

static JsonNode *
query_case (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  g_autoptr(LinliLaneSheet) sheet = linli_lane_sheet_load (conn, linli_json_get_text (args, "case"), error);
  JsonObject *object;
  JsonNode *node;

  if (sheet == NULL)
    return NULL;
  object = json_object_new ();
  set_rows (object, "agenda", sheet->agenda);
  set_rows (object, "deliberations", sheet->deliberations);
  set_rows (object, "aids", sheet->aids);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}

static const LinliQuery queries[] = {
  { "lane.list", no_args, query_lanes, "The three lanes: what they are called and who leads." },
  { "lane.cases", lane_args, query_cases, "The open cases of a lane, in the order they press." },
  { "lane.agenda", no_args, query_agenda, "What lies before the Party committee, and what it promised." },
  { "aid.list", no_args, query_aids, "Help that is asked for and not given yet." },
  { "case.lane", case_args, query_case, "What was recorded about a case on its lane." },
  { NULL }
};

static const LinliSoundRule sound[] = {
  { "deliberates, but goes another way",
    "SELECT case_no FROM cases WHERE state = 'deliberating' AND lane IS DISTINCT FROM 'minor'" },
  { "is being helped, but goes another way",
    "SELECT case_no FROM cases WHERE state = 'aiding' AND lane IS DISTINCT FROM 'private'" },
  { "is among neighbours, but a unit still owes its part",
    "SELECT DISTINCT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE cases.state IN ('deliberating', 'aiding') "
    "AND dispatch.state IN ('sent', 'signed', 'working')" },
  { "was decided, but not by whom and by when",
    "SELECT case_no FROM party_agenda AS a JOIN cases ON cases.id = case_id WHERE a.state = 'decided' "
    "AND (decision IS NULL OR responsible IS NULL OR promise_on IS NULL)" },
  { "was agreed on, but nobody wrote what",
    "SELECT case_no FROM deliberation AS d JOIN cases ON cases.id = case_id WHERE d.state = 'agreed' AND agreement IS NULL" },
  { "was helped, but nobody wrote by whom",
    "SELECT case_no FROM mutual_aid AS a JOIN cases ON cases.id = case_id WHERE a.state = 'done' "
    "AND (helper IS NULL OR a.result IS NULL)" },
  { "asks for help twice",
    "SELECT min(case_no) FROM mutual_aid AS a JOIN cases ON cases.id = case_id WHERE a.state = 'asked' "
    "GROUP BY case_id HAVING count(*) > 1" },
  { NULL, NULL }
};

static gboolean
verify (LinliConn *conn,
        GPtrArray *problems,
        GError   **error)
{
  return linli_sound_check (conn, "case", sound, problems, error);
}

const LinliRoom linli_lanes_room = {
  .name = "lanes",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .verify = verify,
};
