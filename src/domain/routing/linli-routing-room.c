/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a matter is: what is asked about it, the rules, and what was found out. */

#include "config.h"

#include "linli-routing-room.h"

#include <glib/gi18n.h>

#include "linli-case-rules.h"
#include "linli-json.h"
#include "linli-routing-commands-private.h"
#include "linli-routing-queries.h"
#include "linli-routing-tables.h"
#include "linli-sound.h"

#define BATCH 200

static const LinliTable *const tables[] = {
  &linli_table_attribute,
  &linli_table_case_attribute,
  &linli_table_routing_rule,
  &linli_table_ownership,
  NULL
};

const LinliArgSpec linli_attribute_import_args[] = {
  { "attributes", LINLI_ARG_OBJECTS, TRUE, BATCH,
    .doc = "code, name, items (codes separated by spaces), choices[], defaults{}, hint, position, active" },
  { NULL }
};

static char *
node_text (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? linli_json_node_to_text (node, FALSE) : NULL;
}

static gboolean
save_attribute (LinliCommandContext *context,
                JsonObject          *attribute,
                GError             **error)
{
  const char *code = linli_json_get_text (attribute, "code");
  const char *name = linli_json_get_text (attribute, "name");
  const char *items = linli_json_get_text (attribute, "items");
  g_autofree char *choices = node_text (attribute, "choices");
  g_autofree char *defaults = node_text (attribute, "defaults");
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(LinliRow) row = NULL;
  gint64 position = 0;

  if (code == NULL || *code == '\0' || name == NULL || *name == '\0' || items == NULL || *items == '\0')
    return linli_refuse_invalid (error, "attributes", N_("Every attribute needs a code, a name and its items."));
  known = linli_tx_select (context->tx, &linli_table_attribute, error, "code = ?1", "s", code);
  if (known == NULL)
    return FALSE;
  row = known->len > 0 ? linli_row_copy (known->pdata[0]) : linli_row_new (&linli_table_attribute);
  if (known->len == 0)
    {
      g_autofree char *id = linli_command_new_id (context);

      linli_row_set_text (row, LINLI_ATTRIBUTE_ID, id);
    }
  linli_json_get_int (attribute, "position", &position);
  linli_row_set_text (row, LINLI_ATTRIBUTE_CODE, code);
  linli_row_set_text (row, LINLI_ATTRIBUTE_NAME, name);
  linli_row_set_text (row, LINLI_ATTRIBUTE_ITEMS, items);
  linli_row_set_text (row, LINLI_ATTRIBUTE_CHOICES, choices);
  linli_row_set_text (row, LINLI_ATTRIBUTE_DEFAULTS, defaults);
  linli_row_set_text (row, LINLI_ATTRIBUTE_HINT, linli_json_get_text (attribute, "hint"));
  linli_row_set_int (row, LINLI_ATTRIBUTE_POSITION, position);
  linli_row_set_int (row, LINLI_ATTRIBUTE_ACTIVE,
                     !json_object_has_member (attribute, "active") || linli_json_get_bool (attribute, "active"));

  return known->len > 0 ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

gboolean
linli_attribute_import_run (LinliCommandContext *context,
                            JsonObject          *args,
                            GError             **error)
{
  JsonArray *attributes = linli_json_get_array (args, "attributes");

  for (guint i = 0; i < json_array_get_length (attributes); i++)
    if (!save_attribute (context, json_array_get_object_element (attributes, i), error))
      return FALSE;
  linli_command_tell_int (context, "n_attributes", json_array_get_length (attributes));
  return TRUE;
}

#define CLERK      LINLI_ROLE_CLERK
#define DISPATCHER LINLI_ROLE_DISPATCHER
#define HANDLER    LINLI_ROLE_HANDLER
#define REVIEWER   LINLI_ROLE_REVIEWER
#define ADMIN      LINLI_ROLE_ADMIN
#define UNDOABLE   LINLI_COMMAND_UNDOABLE
#define RUN(name)  linli_##name##_args, linli_##name##_run

static const LinliCommand commands[] = {
  { "case.set-attributes", 1, CLERK | DISPATCHER | HANDLER | REVIEWER, UNDOABLE, RUN (case_set_attributes),
    "Answer what is asked about matters of the case's leaf." },
  { "case.record-owner", 1, DISPATCHER | HANDLER | REVIEWER, UNDOABLE, RUN (case_record_owner),
    "Record whose the thing turned out to be; the next one there is proposed to that unit." },
  { "attribute.import", 1, ADMIN, UNDOABLE, RUN (attribute_import),
    "Add or change what is asked about matters.",
    .right = LINLI_RIGHT_LISTS },
  { "attribute.save", 1, ADMIN, UNDOABLE, RUN (attribute_save),
    "Ask one thing more about matters, change what is asked, stop asking it, or take it away.",
    .right = LINLI_RIGHT_LISTS },
  { "rule.save", 1, ADMIN, UNDOABLE, RUN (rule_save),
    "Add a routing rule behind the others, or change the one with this code.",
    .right = LINLI_RIGHT_LISTS },
  { "rule.import", 1, ADMIN, UNDOABLE, RUN (rule_import),
    "Add or change many routing rules.",
    .right = LINLI_RIGHT_LISTS },
  { "rule.move", 1, ADMIN, UNDOABLE, RUN (rule_move),
    "Ask a routing rule earlier or later.",
    .right = LINLI_RIGHT_LISTS },
  { "rule.switch", 1, ADMIN, UNDOABLE, RUN (rule_switch),
    "Switch a routing rule on or off.",
    .right = LINLI_RIGHT_LISTS },
  { "rule.from-owner", 1, ADMIN, UNDOABLE, RUN (rule_from_owner),
    "Make a routing rule of a finding, before all others.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

/* Each statement yields what breaks the rule; the text beside it ends the sentence. */
static const LinliSoundRule sound[] = {
  { "answers a question twice",
    "SELECT min(case_no) FROM cases JOIN case_attribute ON case_id = cases.id GROUP BY cases.id, code HAVING count(*) > 1" },
  { "answers a question nobody knows",
    "SELECT case_no FROM cases JOIN case_attribute AS a ON a.case_id = cases.id "
    "WHERE NOT EXISTS (SELECT 1 FROM attribute WHERE code = a.code)" },
  { "has two owners at a time",
    "SELECT min(case_no) FROM ownership WHERE active = 1 GROUP BY case_id HAVING count(*) > 1" },
  { NULL, NULL }
};

static gboolean
verify (LinliConn *conn,
        GPtrArray *problems,
        GError   **error)
{
  return linli_sound_check (conn, "case", sound, problems, error);
}

const LinliRoom linli_routing_room = {
  .name = "routing",
  .tables = tables,
  .commands = commands,
  .queries = linli_routing_queries,
  .verify = verify,
};
