/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is recorded on each way: the committee's decision, the neighbours'
 * agreement, the help given. */

#include "config.h"

#include <glib/gi18n.h>

#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-lane-tables.h"
#include "linli-lanes.h"

static const char *const ways_on[] = { "", "major", NULL };

const LinliArgSpec linli_case_put_on_agenda_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "topic", LINLI_ARG_TEXT, TRUE, 400, .doc = "议题, what the committee is asked" },
  { "meeting_on", LINLI_ARG_TEXT, TRUE, 10, .doc = "day of the meeting; another day puts it off" },
  { NULL }
};

const LinliArgSpec linli_case_record_decision_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "decision", LINLI_ARG_TEXT, TRUE, 4000, .doc = "决议" },
  { "responsible", LINLI_ARG_TEXT, TRUE, 120, .doc = "责任人" },
  { "promise_on", LINLI_ARG_TEXT, TRUE, 10, .doc = "承诺完成日期" },
  { NULL }
};

const LinliArgSpec linli_case_deliberate_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "held_on", LINLI_ARG_TEXT, TRUE, 10, .doc = "day of the meeting" },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "host", LINLI_ARG_TEXT, FALSE, 120 },
  { "participants", LINLI_ARG_TEXT, TRUE, 4000, .doc = "who came" },
  { "options", LINLI_ARG_TEXT, TRUE, 4000, .doc = "what was put forward, one a line" },
  { "notes", LINLI_ARG_TEXT, FALSE, 8000 },
  { NULL }
};

const LinliArgSpec linli_case_agree_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "agreement", LINLI_ARG_TEXT, TRUE, 4000 },
  { "follow_up", LINLI_ARG_TEXT, FALSE, 4000 },
  { "responsible", LINLI_ARG_TEXT, FALSE, 120 },
  { "follow_up_on", LINLI_ARG_TEXT, FALSE, 10, .doc = "by when" },
  { "reply", LINLI_ARG_TEXT, TRUE, 8000, .doc = "what the resident was told" },
  { NULL }
};

const LinliArgSpec linli_case_fail_to_agree_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { "lane", LINLI_ARG_TEXT, FALSE, .choices = ways_on, .doc = "major: before the committee; none: to be dispatched" },
  { NULL }
};

const LinliArgSpec linli_case_ask_aid_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "kind", LINLI_ARG_TEXT, TRUE, 40 },
  { "need", LINLI_ARG_TEXT, TRUE, 2000, .doc = "what help is wanted" },
  { "wanted", LINLI_ARG_TEXT, TRUE, 200, .doc = "when" },
  { "place", LINLI_ARG_TEXT, TRUE, 200, .doc = "where" },
  { "contact_ok", LINLI_ARG_TEXT, FALSE, 3, .doc = "yes: a helper may be told how to reach the resident" },
  { NULL }
};

const LinliArgSpec linli_case_aid_done_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "helper", LINLI_ARG_TEXT, TRUE, 120, .doc = "who helped" },
  { "result", LINLI_ARG_TEXT, TRUE, 4000 },
  { "minutes", LINLI_ARG_TEXT, FALSE, 6, .doc = "of service, a whole number" },
  { "reply", LINLI_ARG_TEXT, TRUE, 8000, .doc = "what the resident was told" },
  { NULL }
};

static LinliCaseFile *
open_on (LinliCommandContext *context,
         JsonObject          *args,
         const char          *lane,
         GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);

  return file != NULL && linli_lane_check (file, lane, error) ? g_steal_pointer (&file) : NULL;
}

static LinliRow *
new_record (LinliCaseFile    *file,
            const LinliTable *table)
{
  LinliRow *row = linli_row_new (table);
  g_autofree char *id = linli_command_new_id (file->context);

  linli_row_set_text (row, 0, id);
  linli_row_set_text (row, 1, linli_case_file_get_id (file)); /* case_id stands second in each of them */
  return row;
}

static void
set_text (LinliRow   *row,
          guint       column,
          JsonObject *args,
          const char *name)
{
  const char *text = linli_json_get_text (args, name);

  linli_row_set_text (row, column, text != NULL && *text != '\0' ? text : NULL);
}

static gboolean
finish (LinliCaseFile *file,
        const char    *kind,
        const char    *audience,
        const char    *body,
        LinliPayload  *payload,
        GError       **error)
{
  const LinliCaseEntry entry = { .kind = kind, .audience = audience, .body = body, .payload = payload };

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

/* Finds the open record, or refuses with @reason. */
static LinliRow *
need_open (LinliCaseFile    *file,
           const LinliTable *table,
           const char       *state,
           const char       *reason,
           const char       *words,
           GError          **error)
{
  g_autoptr(GError) fault = NULL;
  LinliRow *row = linli_lane_last (file, table, state, &fault);

  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  else if (row == NULL)
    linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, reason, "case", words);
  return row;
}

/* --- 大事 --- */

gboolean
linli_case_put_on_agenda_run (LinliCommandContext *context,
                              JsonObject          *args,
                              GError             **error)
{
  const char *topic = linli_case_get_words (args, "topic", error);
  g_autoptr(LinliCaseFile) file = topic != NULL ? open_on (context, args, "major", error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(GError) fault = NULL;
  g_autoptr(LinliRow) row = NULL;
  const char *day = NULL;
  gboolean known;

  if (file == NULL || !linli_lane_get_day (args, "meeting_on", &day, error))
    return FALSE;
  if (day == NULL)
    return linli_refuse_invalid (error, "meeting_on", N_("This must be filled in."));
  row = linli_lane_last (file, &linli_table_party_agenda, "listed", &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  known = row != NULL;
  if (!known)
    {
      row = new_record (file, &linli_table_party_agenda);
      linli_row_set_text (row, LINLI_PARTY_AGENDA_STATE, "listed");
      linli_row_set_int (row, LINLI_PARTY_AGENDA_MADE_AT, linli_command_now (context));
      if (context->account != NULL)
        linli_row_set_text (row, LINLI_PARTY_AGENDA_PROPOSED_BY, linli_row_get_text (context->account, LINLI_ACCOUNT_NAME));
    }
  linli_payload_change (payload, "meeting_on", linli_row_get_text (row, LINLI_PARTY_AGENDA_MEETING_ON), day);
  linli_row_set_text (row, LINLI_PARTY_AGENDA_TOPIC, topic);
  linli_row_set_text (row, LINLI_PARTY_AGENDA_MEETING_ON, day);

  return (known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error)) &&
         finish (file, "agenda", "internal", topic, payload, error);
}

gboolean
linli_case_record_decision_run (LinliCommandContext *context,
                                JsonObject          *args,
                                GError             **error)
{
  const char *decision = linli_case_get_words (args, "decision", error);
  const char *responsible = decision != NULL ? linli_case_get_words (args, "responsible", error) : NULL;
  g_autoptr(LinliCaseFile) file = responsible != NULL ? open_on (context, args, "major", error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) row = NULL;
  const char *promise = NULL;

  if (file == NULL || !linli_lane_get_day (args, "promise_on", &promise, error))
    return FALSE;
  if (promise == NULL)
    return linli_refuse_invalid (error, "promise_on", N_("This must be filled in."));
  row = need_open (file, &linli_table_party_agenda, "listed", "not-on-agenda",
                   N_("The case is on no agenda: put it on one first."), error);
  if (row == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_PARTY_AGENDA_STATE, "decided");
  linli_row_set_text (row, LINLI_PARTY_AGENDA_DECISION, decision);
  linli_row_set_text (row, LINLI_PARTY_AGENDA_RESPONSIBLE, responsible);
  linli_row_set_text (row, LINLI_PARTY_AGENDA_PROMISE_ON, promise);
  linli_row_set_int (row, LINLI_PARTY_AGENDA_DECIDED_AT, linli_command_now (context));
  linli_payload_text (payload, "responsible", responsible);
  linli_payload_text (payload, "promise_on", promise);

  return linli_tx_update (context->tx, row, error) && finish (file, "agenda", "unit", decision, payload, error);
}

/* --- 小事 --- */

gboolean
linli_case_deliberate_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  static const struct { guint column; const char *name; } texts[] = {
    { LINLI_DELIBERATION_PLACE, "place" }, { LINLI_DELIBERATION_HOST, "host" },
    { LINLI_DELIBERATION_PARTICIPANTS, "participants" }, { LINLI_DELIBERATION_OPTIONS, "options" },
    { LINLI_DELIBERATION_NOTES, "notes" },
  };
  const char *participants = linli_case_get_words (args, "participants", error);
  const char *options = participants != NULL ? linli_case_get_words (args, "options", error) : NULL;
  g_autoptr(LinliCaseFile) file = options != NULL ? open_on (context, args, "minor", error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) row = NULL;
  const char *day = NULL;

  if (file == NULL || !linli_lane_get_day (args, "held_on", &day, error))
    return FALSE;
  if (day == NULL)
    return linli_refuse_invalid (error, "held_on", N_("This must be filled in."));
  row = new_record (file, &linli_table_deliberation);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (row, texts[i].column, args, texts[i].name);
  linli_row_set_text (row, LINLI_DELIBERATION_HELD_ON, day);
  linli_row_set_text (row, LINLI_DELIBERATION_STATE, "held");
  linli_row_set_int (row, LINLI_DELIBERATION_MADE_AT, linli_command_now (context));
  linli_payload_text (payload, "held_on", day);

  return linli_tx_insert (context->tx, row, error) && finish (file, "deliberate", "internal", options, payload, error);
}

gboolean
linli_case_agree_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  const char *agreement = linli_case_get_words (args, "agreement", error);
  const char *reply = agreement != NULL ? linli_case_get_words (args, "reply", error) : NULL;
  g_autoptr(LinliCaseFile) file = reply != NULL ? open_on (context, args, "minor", error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) row = NULL;
  const char *day = NULL;

  if (file == NULL || !linli_lane_get_day (args, "follow_up_on", &day, error))
    return FALSE;
  row = need_open (file, &linli_table_deliberation, "held", "not-deliberated",
                   N_("Nobody has deliberated yet: record the meeting first."), error);
  if (row == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_DELIBERATION_STATE, "agreed");
  linli_row_set_text (row, LINLI_DELIBERATION_AGREEMENT, agreement);
  set_text (row, LINLI_DELIBERATION_FOLLOW_UP, args, "follow_up");
  set_text (row, LINLI_DELIBERATION_RESPONSIBLE, args, "responsible");
  linli_row_set_text (row, LINLI_DELIBERATION_FOLLOW_UP_ON, day);
  linli_payload_text (payload, "responsible", linli_row_get_text (row, LINLI_DELIBERATION_RESPONSIBLE));
  linli_payload_text (payload, "follow_up_on", day);

  return linli_tx_update (context->tx, row, error) &&
         linli_lane_resolve (file, agreement, reply, error) &&
         finish (file, "deliberate", "resident", reply, payload, error);
}

/* --- 私事 --- */

gboolean
linli_case_ask_aid_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  static const struct { guint column; const char *name; } texts[] = {
    { LINLI_MUTUAL_AID_KIND, "kind" }, { LINLI_MUTUAL_AID_NEED, "need" },
    { LINLI_MUTUAL_AID_WANTED, "wanted" }, { LINLI_MUTUAL_AID_WHERE, "place" },
  };
  g_autoptr(LinliCaseFile) file = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) row = NULL;
  g_autoptr(LinliRow) asked = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (linli_case_get_words (args, texts[i].name, error) == NULL)
      return FALSE;
  file = open_on (context, args, "private", error);
  if (file == NULL)
    return FALSE;
  asked = linli_lane_last (file, &linli_table_mutual_aid, "asked", NULL);
  if (asked != NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "already-asked", "case",
                    N_("Help is asked for already; note its end before asking again."));
      return FALSE;
    }
  row = new_record (file, &linli_table_mutual_aid);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (row, texts[i].column, args, texts[i].name);
  linli_row_set_int (row, LINLI_MUTUAL_AID_CONTACT_OK, g_strcmp0 (linli_json_get_text (args, "contact_ok"), "yes") == 0);
  linli_row_set_text (row, LINLI_MUTUAL_AID_STATE, "asked");
  linli_row_set_int (row, LINLI_MUTUAL_AID_ASKED_AT, linli_command_now (context));
  linli_payload_text (payload, "wanted", linli_json_get_text (args, "wanted"));

  return linli_tx_insert (context->tx, row, error) &&
         finish (file, "aid", "internal", linli_json_get_text (args, "need"), payload, error);
}

static gboolean
get_minutes (JsonObject *args,
             gint64     *minutes,
             GError    **error)
{
  const char *typed = linli_json_get_text (args, "minutes");
  guint64 n = 0;

  *minutes = 0;
  if (typed == NULL || *typed == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (typed, 10, 1, 6000, &n, NULL))
    return linli_refuse_invalid (error, "minutes", N_("Write a whole number of minutes, 6000 at most."));
  *minutes = (gint64) n;
  return TRUE;
}

gboolean
linli_case_aid_done_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  const char *result = linli_case_get_words (args, "result", error);
  const char *helper = result != NULL ? linli_case_get_words (args, "helper", error) : NULL;
  const char *reply = helper != NULL ? linli_case_get_words (args, "reply", error) : NULL;
  g_autoptr(LinliCaseFile) file = reply != NULL ? open_on (context, args, "private", error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) row = NULL;
  gint64 minutes = 0;

  if (file == NULL || !get_minutes (args, &minutes, error))
    return FALSE;
  row = need_open (file, &linli_table_mutual_aid, "asked", "not-asked",
                   N_("No help was asked for yet: write the request first."), error);
  if (row == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_MUTUAL_AID_STATE, "done");
  linli_row_set_text (row, LINLI_MUTUAL_AID_HELPER, helper);
  linli_row_set_text (row, LINLI_MUTUAL_AID_RESULT, result);
  if (minutes > 0)
    linli_row_set_int (row, LINLI_MUTUAL_AID_MINUTES, minutes);
  linli_row_set_int (row, LINLI_MUTUAL_AID_ENDED_AT, linli_command_now (context));
  linli_payload_text (payload, "helper", helper);

  return linli_tx_update (context->tx, row, error) &&
         linli_lane_resolve (file, result, reply, error) &&
         finish (file, "aid", "resident", reply, payload, error);
}

/* --- 升格 --- */

static gboolean
fail_record (LinliCaseFile    *file,
             const LinliTable *table,
             const char       *state,
             guint             column,
             GError          **error)
{
  g_autoptr(GError) fault = NULL;
  g_autoptr(LinliRow) row = linli_lane_last (file, table, state, &fault);

  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (row == NULL)
    return TRUE;
  linli_row_set_text (row, column, "failed");
  if (table == &linli_table_mutual_aid)
    linli_row_set_int (row, LINLI_MUTUAL_AID_ENDED_AT, linli_command_now (file->context));
  return linli_tx_update (file->context->tx, row, error);
}

gboolean
linli_case_fail_to_agree_run (LinliCommandContext *context,
                              JsonObject          *args,
                              GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  const char *lane = linli_json_get_text (args, "lane");
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();

  if (file == NULL ||
      !fail_record (file, &linli_table_deliberation, "held", LINLI_DELIBERATION_STATE, error) ||
      !fail_record (file, &linli_table_mutual_aid, "asked", LINLI_MUTUAL_AID_STATE, error))
    return FALSE;
  return linli_lane_change (file, lane != NULL && *lane != '\0' ? lane : NULL, payload, error) &&
         linli_case_file_advance (file, error) &&
         finish (file, "lane", "internal", reason, payload, error);
}
