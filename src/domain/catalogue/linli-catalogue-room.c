/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What matters are called: the duty list, the channels they come through and
 * the coded reasons for turning one away. */

#include "config.h"

#include "linli-catalogue-room.h"

#include <glib/gi18n.h>

#include "linli-catalogue-tables.h"
#include "linli-duty-evidence.h"
#include "linli-duty-import.h"
#include "linli-duty-search.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-rows-query.h"

#define BATCH 500

static const LinliTable *const tables[] = {
  &linli_table_duty_item,
  &linli_table_channel,
  &linli_table_reason,
  NULL
};

/* Starts from the row that @condition finds, or from a new one with an id. */
static gboolean
start_row (LinliCommandContext *context,
           const LinliTable    *table,
           const char          *condition,
           const char          *a,
           const char          *b,
           LinliRow           **row,
           gboolean            *known,
           GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, table, error, condition, b != NULL ? "ss" : "s", a, b);

  if (rows == NULL)
    return FALSE;
  *known = rows->len > 0;
  if (*known)
    *row = linli_row_copy (rows->pdata[0]);
  else
    {
      g_autofree char *id = linli_command_new_id (context);

      *row = linli_row_new (table);
      linli_row_set_text (*row, 0, id);
    }
  return TRUE;
}

static gboolean
save_channel (LinliCommandContext *context,
              JsonObject          *channel,
              GError             **error)
{
  const char *code = linli_json_get_text (channel, "code");
  const char *name = linli_json_get_text (channel, "name");
  const char *group = linli_json_get_text (channel, "group");
  const char *aliases = linli_json_get_text (channel, "aliases");
  g_autofree char *own = linli_pinyin_initials (name != NULL ? name : "");
  g_autofree char *brief = linli_pinyin_initials (aliases != NULL ? aliases : "");
  g_autofree char *initials = g_strjoin (" ", own, brief, NULL);
  g_autoptr(LinliRow) row = NULL;
  gboolean known = FALSE;

  if (code == NULL || *code == '\0' || name == NULL || *name == '\0')
    return linli_refuse_invalid (error, "channels", N_("Every channel needs a code and a name."));
  if (!start_row (context, &linli_table_channel, "code = ?1", code, NULL, &row, &known, error))
    return FALSE;

  linli_row_set_text (row, LINLI_CHANNEL_CODE, code);
  linli_row_set_text (row, LINLI_CHANNEL_NAME, name);
  linli_row_set_text (row, LINLI_CHANNEL_GROUP_NAME, group != NULL ? group : "");
  linli_row_set_text (row, LINLI_CHANNEL_ALIASES, aliases);
  linli_row_set_text (row, LINLI_CHANNEL_REPLY_BY, linli_json_get_text (channel, "reply_by"));
  linli_row_set_int (row, LINLI_CHANNEL_ACTIVE,
                     !json_object_has_member (channel, "active") || linli_json_get_bool (channel, "active"));
  linli_row_set_text (row, LINLI_CHANNEL_PINYIN, initials);

  return known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

static const LinliArgSpec channels_args[] = {
  { "channels", LINLI_ARG_OBJECTS, TRUE, BATCH, .doc = "code, name, group, aliases, reply_by, active" },
  { NULL }
};

static gboolean
import_channels (LinliCommandContext *context,
                 JsonObject          *args,
                 GError             **error)
{
  JsonArray *channels = linli_json_get_array (args, "channels");

  for (guint i = 0; i < json_array_get_length (channels); i++)
    if (!save_channel (context, json_array_get_object_element (channels, i), error))
      return FALSE;
  linli_command_tell_int (context, "n_channels", json_array_get_length (channels));

  return TRUE;
}

static gboolean
save_reason (LinliCommandContext *context,
             JsonObject          *reason,
             GError             **error)
{
  const char *kind = linli_json_get_text (reason, "kind");
  const char *code = linli_json_get_text (reason, "code");
  const char *label = linli_json_get_text (reason, "label");
  g_autoptr(LinliRow) row = NULL;
  gboolean known = FALSE;

  if (kind == NULL || code == NULL || label == NULL)
    return linli_refuse_invalid (error, "reasons", N_("Every reason needs a kind, a code and a label."));
  if (!start_row (context, &linli_table_reason, "kind = ?1 AND code = ?2", kind, code, &row, &known, error))
    return FALSE;

  linli_row_set_text (row, LINLI_REASON_KIND, kind);
  linli_row_set_text (row, LINLI_REASON_CODE, code);
  linli_row_set_text (row, LINLI_REASON_LABEL, label);
  linli_row_set_text (row, LINLI_REASON_TEMPLATE, linli_json_get_text (reason, "template"));
  linli_row_set_text (row, LINLI_REASON_BASIS, linli_json_get_text (reason, "basis"));
  linli_row_set_int (row, LINLI_REASON_ACTIVE, TRUE);

  return known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

static const LinliArgSpec reasons_args[] = {
  { "reasons", LINLI_ARG_OBJECTS, TRUE, BATCH, .doc = "kind, code, label, template, basis" },
  { NULL }
};

static gboolean
import_reasons (LinliCommandContext *context,
                JsonObject          *args,
                GError             **error)
{
  JsonArray *reasons = linli_json_get_array (args, "reasons");

  for (guint i = 0; i < json_array_get_length (reasons); i++)
    if (!save_reason (context, json_array_get_object_element (reasons, i), error))
      return FALSE;
  linli_command_tell_int (context, "n_reasons", json_array_get_length (reasons));

  return TRUE;
}

static const LinliCommand commands[] = {
  { "duty.import", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, linli_duty_import_args, linli_duty_import_run,
    "Bring in duty items; a changed item becomes a new version.",
    .right = LINLI_RIGHT_LISTS },
  { "duty.set-evidence", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, linli_duty_set_evidence_args, linli_duty_set_evidence_run,
    "Decide what the report of a result under a duty item must show; cases taken up before keep what was asked then.",
    .right = LINLI_RIGHT_LISTS },
  { "channel.import", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, channels_args, import_channels,
    "Add or change channels.",
    .right = LINLI_RIGHT_LISTS },
  { "reason.import", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, reasons_args, import_reasons,
    "Add or change coded reasons.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

static const LinliArgSpec pick_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "name, residents' word, pinyin initials or code" },
  { "limit", LINLI_ARG_INT, .doc = "20 when absent" },
  { NULL }
};

static guint
get_limit (JsonObject *args)
{
  gint64 limit = 20;

  linli_json_get_int (args, "limit", &limit);
  return (guint) CLAMP (limit, 1, 100000);
}

static JsonNode *
find_items (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_duty_search (conn, linli_json_get_text (args, "typed"), get_limit (args), error);

  return linli_rows_to_node (rows, error);
}

static JsonNode *
find_channels (LinliConn               *conn,
               const LinliQueryContext *context,
               JsonObject              *args,
               GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_channel_search (conn, linli_json_get_text (args, "typed"), get_limit (args), error);

  return linli_rows_to_node (rows, error);
}

static const LinliArgSpec no_args[] = { { NULL } };

static JsonNode *
list_reasons (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_reason, "active = 1 ORDER BY kind, code", error);
}

static JsonNode *
list_evidence (LinliConn               *conn,
               const LinliQueryContext *context,
               JsonObject              *args,
               GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_duty_evidence_load (conn, error);
  JsonArray *array;

  if (rows == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "code", linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_CODE));
      linli_json_set_text (object, "name", linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_NAME));
      linli_json_set_text (object, "evidence", linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_EVIDENCE));
      linli_json_set_text (object, "closing", linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_CLOSING));
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static const LinliQuery queries[] = {
  { "duty.find", pick_args, find_items, "Leaves of the duty list by name, residents' word or pinyin initials.", TRUE },
  { "duty.evidence", no_args, list_evidence, "The leaves that ask for closing evidence, and for what." },
  { "channel.find", pick_args, find_channels, "Channels by name, alias or pinyin initials." },
  { "reason.list", no_args, list_reasons, "The coded reasons.", TRUE },
  { NULL }
};

const LinliRoom linli_catalogue_room = {
  .name = "catalogue",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
