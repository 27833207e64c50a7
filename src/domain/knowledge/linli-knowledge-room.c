/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the centre knows and may say on the spot. */

#include "config.h"

#include "linli-knowledge-room.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-answer-tables.h"
#include "linli-answers.h"
#include "linli-date.h"
#include "linli-hot-topics.h"
#include "linli-json.h"
#include "linli-people-tables.h"

#define WRITERS (LINLI_ROLE_CLERK | LINLI_ROLE_DISPATCHER | LINLI_ROLE_REVIEWER | LINLI_ROLE_SECRETARY | LINLI_ROLE_ADMIN)

static const LinliTable *const tables[] = {
  &linli_table_instant_answer,
  NULL
};

/* --- Commands --- */

static const char *const audiences[] = { "resident", "internal", NULL };

static const LinliArgSpec save_args[] = {
  { "id", LINLI_ARG_ID, .doc = "of a known answer; a new one when absent" },
  { "version", LINLI_ARG_INT, .doc = "the wording that was changed; refused when there is a later one" },
  { "questions", LINLI_ARG_TEXT, TRUE, 4000, .doc = "how people ask, a line each; the first is its title" },
  { "answer", LINLI_ARG_TEXT, TRUE, 8000, .doc = "what the resident is told" },
  { "item", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of the leaf such a case belongs to" },
  { "owner", LINLI_ARG_ID, .doc = "the unit that answers for it being right" },
  { "valid_from", LINLI_ARG_TEXT, FALSE, 10, .doc = "first day, 2026-02-14; empty: at once" },
  { "valid_until", LINLI_ARG_TEXT, FALSE, 10, .doc = "last day; empty: until somebody retires it" },
  { "audience", LINLI_ARG_TEXT, .choices = audiences, .doc = "resident when absent; internal closes no case" },
  { NULL }
};

static const LinliArgSpec retire_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

static gboolean
refuse_stale (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", "version",
                N_("Somebody changed this answer meanwhile. Look at it again."));
  return FALSE;
}

static gboolean
open_answer (LinliCommandContext *context,
             JsonObject          *args,
             LinliRow           **row,
             GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  gint64 version = 0;

  if (id == NULL)
    {
      g_autofree char *new_id = linli_command_new_id (context);

      *row = linli_row_new (&linli_table_instant_answer);
      linli_row_set_text (*row, LINLI_ANSWER_ID, new_id);
      linli_row_set_int (*row, LINLI_ANSWER_VERSION, 0);
      return TRUE;
    }
  *row = linli_command_get (context, &linli_table_instant_answer, id, "id", error);
  if (*row == NULL)
    return FALSE;
  return !linli_json_get_int (args, "version", &version) ||
         version == linli_row_get_int (*row, LINLI_ANSWER_VERSION) || refuse_stale (error);
}

static gboolean
set_day (LinliRow   *row,
         guint       column,
         JsonObject *args,
         const char *name,
         GError    **error)
{
  const char *text = linli_json_get_text (args, name);

  if (text == NULL || *text == '\0')
    {
      linli_row_set_null (row, column);
      return TRUE;
    }
  if (linli_date_parse (text) == LINLI_DATE_NONE)
    return linli_refuse_invalid (error, name, N_("Write the day like 2026-02-14."));
  linli_row_set_text (row, column, text);
  return TRUE;
}

static gboolean
check_leaf (LinliCommandContext *context,
            const char          *code,
            GError             **error)
{
  gint64 n = 0;

  if (code == NULL)
    return TRUE;
  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT 1 FROM duty_item WHERE code = ?1 AND active = 1 AND is_leaf = 1", "s", code))
    return FALSE;
  return n == 1 || linli_refuse_invalid (error, "item", N_("The duty list has no such item."));
}

static gboolean
check_owner (LinliCommandContext *context,
             const char          *owner,
             GError             **error)
{
  g_autoptr(LinliRow) unit = NULL;

  if (owner == NULL)
    return TRUE;
  unit = linli_command_get (context, &linli_table_unit, owner, "owner", error);
  return unit != NULL;
}

/* Returns: (transfer full): @name without empty lines and outer white space;
 *   %NULL with @error when nothing is left */
static char *
tidy (JsonObject *args,
      const char *name,
      GError    **error)
{
  g_auto(GStrv) lines = g_strsplit (linli_json_get_text (args, name), "\n", -1);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  if (text->len == 0)
    {
      linli_refuse_invalid (error, name, N_("This must be filled in."));
      return NULL;
    }
  return g_strdup (text->str);
}

static gboolean
set_days (LinliRow   *row,
          JsonObject *args,
          GError    **error)
{
  const char *from;
  const char *until;

  if (!set_day (row, LINLI_ANSWER_VALID_FROM, args, "valid_from", error) ||
      !set_day (row, LINLI_ANSWER_VALID_UNTIL, args, "valid_until", error))
    return FALSE;
  from = linli_row_get_text (row, LINLI_ANSWER_VALID_FROM);
  until = linli_row_get_text (row, LINLI_ANSWER_VALID_UNTIL);
  return from == NULL || until == NULL || strcmp (from, until) <= 0 ||
         linli_refuse_invalid (error, "valid_until", N_("The last day is before the first."));
}

static gboolean
run_save (LinliCommandContext *context,
          JsonObject          *args,
          GError             **error)
{
  const char *item = linli_json_get_text (args, "item");
  const char *owner = linli_json_get_text (args, "owner");
  const char *audience = linli_json_get_text (args, "audience");
  g_autofree char *questions = tidy (args, "questions", error);
  g_autofree char *answer = questions != NULL ? tidy (args, "answer", error) : NULL;
  g_autoptr(LinliRow) row = NULL;
  gint64 version;

  if (answer == NULL || !open_answer (context, args, &row, error) || !set_days (row, args, error) ||
      !check_leaf (context, item, error) || !check_owner (context, owner, error))
    return FALSE;
  version = linli_row_get_int (row, LINLI_ANSWER_VERSION) + 1;
  linli_row_set_text (row, LINLI_ANSWER_QUESTIONS, questions);
  linli_row_set_text (row, LINLI_ANSWER_TEXT, answer);
  linli_row_set_text (row, LINLI_ANSWER_ITEM_CODE, item);
  linli_row_set_text (row, LINLI_ANSWER_OWNER_UNIT_ID, owner);
  linli_row_set_text (row, LINLI_ANSWER_AUDIENCE, audience != NULL ? audience : "resident");
  linli_row_set_int (row, LINLI_ANSWER_VERSION, version);
  linli_row_set_int (row, LINLI_ANSWER_CHANGED_AT, linli_command_now (context));
  linli_row_set_int (row, LINLI_ANSWER_ACTIVE, TRUE);
  linli_command_tell (context, "answer", linli_row_get_id (row));
  linli_command_tell_int (context, "version", version);

  return version > 1 ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

/* Kept for the cases it closed, and given no more. */
static gboolean
run_retire (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_instant_answer, linli_json_get_text (args, "id"),
                                               "id", error);

  if (row == NULL)
    return FALSE;
  linli_row_set_int (row, LINLI_ANSWER_ACTIVE, FALSE);
  linli_row_set_int (row, LINLI_ANSWER_CHANGED_AT, linli_command_now (context));
  return linli_tx_update (context->tx, row, error);
}

static const LinliCommand commands[] = {
  { "answer.save", 1, WRITERS, LINLI_COMMAND_UNDOABLE, save_args, run_save,
    "Keep an answer that may be given on the spot, or word a known one anew." },
  { "answer.retire", 1, WRITERS, LINLI_COMMAND_UNDOABLE, retire_args, run_retire,
    "Give an answer no more; the cases it closed keep it." },
  { NULL }
};

/* --- Queries --- */

static const LinliArgSpec list_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 200, .doc = "words that must occur" },
  { NULL }
};

static const LinliArgSpec match_args[] = {
  { "text", LINLI_ARG_TEXT, TRUE, 20000, .doc = "what a resident says" },
  { "limit", LINLI_ARG_INT, .doc = "3 when absent" },
  { NULL }
};

static const LinliArgSpec wanted_args[] = {
  { "least", LINLI_ARG_INT, .doc = "how many must ask the same; 5 when absent" },
  { "days", LINLI_ARG_INT, .doc = "within so many days; 30 when absent" },
  { NULL }
};

static JsonObject *
answer_to_object (LinliAnswer *answer)
{
  JsonObject *object = json_object_new ();
  LinliRow *row = answer->row;

  linli_json_set_text (object, "id", linli_row_get_id (row));
  linli_json_set_text (object, "questions", linli_row_get_text (row, LINLI_ANSWER_QUESTIONS));
  linli_json_set_text (object, "answer", linli_row_get_text (row, LINLI_ANSWER_TEXT));
  linli_json_set_text (object, "item_code", linli_row_get_text (row, LINLI_ANSWER_ITEM_CODE));
  linli_json_set_text (object, "item", answer->item);
  linli_json_set_text (object, "owner", answer->owner);
  linli_json_set_text (object, "valid_from", linli_row_get_text (row, LINLI_ANSWER_VALID_FROM));
  linli_json_set_text (object, "valid_until", linli_row_get_text (row, LINLI_ANSWER_VALID_UNTIL));
  linli_json_set_text (object, "audience", linli_row_get_text (row, LINLI_ANSWER_AUDIENCE));
  json_object_set_int_member (object, "version", linli_row_get_int (row, LINLI_ANSWER_VERSION));
  json_object_set_boolean_member (object, "valid", answer->valid);
  json_object_set_int_member (object, "uses", answer->n_uses);
  if (answer->used_at != 0)
    {
      g_autofree char *used = linli_time_to_text (answer->used_at);

      linli_json_set_text (object, "last_used", used);
    }
  if (answer->score > 0)
    json_object_set_double_member (object, "fit", answer->score);

  return object;
}

static JsonNode *
answers_to_node (GPtrArray *answers)
{
  JsonArray *array;

  if (answers == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < answers->len; i++)
    json_array_add_object_element (array, answer_to_object (answers->pdata[i]));
  return linli_json_take_array (array);
}

static JsonNode *
query_list (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  g_autoptr(GPtrArray) answers = linli_answers_load (conn, linli_json_get_text (args, "typed"), context->now, error);

  return answers_to_node (answers);
}

static guint
get_number (JsonObject *args,
            const char *name,
            gint64      otherwise,
            gint64      least)
{
  linli_json_get_int (args, name, &otherwise);
  return (guint) CLAMP (otherwise, least, 10000);
}

static JsonNode *
query_match (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) answers = linli_answers_match (conn, linli_json_get_text (args, "text"), context->now,
                                                      get_number (args, "limit", 3, 1), error);

  return answers_to_node (answers);
}

static JsonNode *
query_wanted (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  g_autoptr(GPtrArray) topics = linli_hot_topics_load (conn, context->now, get_number (args, "least", LINLI_HOT_LEAST, 2),
                                                       get_number (args, "days", LINLI_HOT_DAYS, 1), error);
  JsonArray *array;

  if (topics == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < topics->len; i++)
    {
      LinliHotTopic *topic = topics->pdata[i];
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "item_code", topic->item_code);
      linli_json_set_text (object, "item", topic->item_name);
      linli_json_set_text (object, "question", topic->question);
      json_object_set_int_member (object, "cases", topic->n_cases);
      linli_json_set_text (object, "reply", topic->reply);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static const LinliQuery queries[] = {
  { "answer.list", list_args, query_list, "The answers kept, expired ones too, and how often each was used." },
  { "answer.match", match_args, query_match, "Which answers valid today fit what a resident says." },
  { "answer.wanted", wanted_args, query_wanted, "What many ask lately and no answer is kept for." },
  { NULL }
};

const LinliRoom linli_knowledge_room = {
  .name = "knowledge",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
