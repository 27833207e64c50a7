/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-handling-rules.h"

#include <glib/gi18n.h>

#include "linli-handling-tables.h"
#include "linli-json.h"
#include "linli-row.h"

/* What holds where nobody set anything: a working day to return (the usual
 * 退件 window), one return before a ruling, two extensions of one original
 * limit each, a year of suspension. */
static const struct
{
  const char *name;
  const char *value;
  gint64      least; /* of a number */
  gint64      most;  /* 0: the value is a limit, not a number */
  const char *doc;
} rules[LINLI_N_HANDLING_RULES] = {
  [LINLI_RULE_RETURN_WINDOW] = { "return.window", "1工作日", 0, 0, "how long after sending a unit may return its part" },
  [LINLI_RULE_RETURN_LIMIT] = { "return.limit", "1", 0, 10, "returns of a case before the next one goes to ruling" },
  [LINLI_RULE_EXTENSION_LIMIT] = { "extension.limit", "2", 0, 10, "extensions granted to a case at most" },
  [LINLI_RULE_EXTENSION_LONGEST] = { "extension.longest", "1", 1, 10, "one extension at most, in original limits" },
  [LINLI_RULE_SUSPENSION_DAYS] = { "suspension.days", "365", 1, 366, "a suspension at most, in days" },
};

const char *
linli_handling_rule_name (LinliHandlingRule rule)
{
  g_return_val_if_fail (rule < LINLI_N_HANDLING_RULES, NULL);

  return rules[rule].name;
}

static gboolean
read_number (const char       *text,
             LinliHandlingRule rule,
             gint64           *number)
{
  return rules[rule].most != 0 &&
         g_ascii_string_to_signed (text, 10, rules[rule].least, rules[rule].most, number, NULL);
}

static gboolean
read_term (const char *text,
           LinliTerm  *term)
{
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);

  if (parsed->limits->len != 1 || parsed->rest->len != 0)
    return FALSE;
  *term = g_array_index (parsed->limits, LinliLimit, 0).term;
  return term->amount > 0;
}

static char *
find_value (LinliConn        *conn,
            LinliHandlingRule rule,
            gint64            at,
            GError          **error)
{
  char *value = NULL;

  if (!linli_conn_get_text (conn, &value, error, "SELECT value FROM handling_rule WHERE name = ?1 AND valid_from <= ?2 "
                            "ORDER BY valid_from DESC, id DESC LIMIT 1", "si", rules[rule].name, at))
    return NULL;
  return value != NULL ? value : g_strdup (rules[rule].value);
}

/**
 * linli_handling_rule_get:
 * @at: microseconds UTC: the moment that is judged
 * @number: (out): what held then
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_handling_rule_get (LinliConn        *conn,
                         LinliHandlingRule rule,
                         gint64            at,
                         gint64           *number,
                         GError          **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (rule < LINLI_N_HANDLING_RULES && rules[rule].most != 0, FALSE);

  value = find_value (conn, rule, at, error);
  if (value == NULL)
    return FALSE;
  if (!read_number (value, rule, number))
    *number = g_ascii_strtoll (rules[rule].value, NULL, 10);
  return TRUE;
}

/* As linli_handling_rule_get(), for a rule that is a limit. */
gboolean
linli_handling_rule_get_term (LinliConn        *conn,
                              LinliHandlingRule rule,
                              gint64            at,
                              LinliTerm        *term,
                              GError          **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (rule < LINLI_N_HANDLING_RULES && rules[rule].most == 0, FALSE);

  value = find_value (conn, rule, at, error);
  if (value == NULL)
    return FALSE;
  return read_term (value, term) || read_term (rules[rule].value, term);
}

static const char *const names[] = {
  "return.window", "return.limit", "extension.limit", "extension.longest", "suspension.days", NULL
};

const LinliArgSpec linli_handling_set_rule_args[] = {
  { "name", LINLI_ARG_TEXT, TRUE, .choices = names },
  { "value", LINLI_ARG_TEXT, TRUE, 60, .doc = "a number, or a limit such as 1工作日" },
  { "from", LINLI_ARG_TIME, .doc = "from when on it holds; now when absent, never earlier" },
  { NULL }
};

static gboolean
check_value (LinliHandlingRule rule,
             const char       *value,
             GError          **error)
{
  g_autofree char *possible = NULL;
  gint64 number;
  LinliTerm term;

  if (rules[rule].most == 0)
    return read_term (value, &term) || linli_refuse_invalid (error, "value", N_("This is not a limit such as 1工作日."));
  if (read_number (value, rule, &number))
    return TRUE;
  possible = g_strdup_printf ("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, rules[rule].least, rules[rule].most);
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", "value", N_("Write a whole number within %s."), possible);
  return FALSE;
}

/* Whether the rule called @name, which there is, may have that @value. */
gboolean
linli_handling_rule_check (const char *name,
                           const char *value,
                           GError    **error)
{
  guint rule = 0;

  while (!g_str_equal (rules[rule].name, name))
    g_assert (++rule < LINLI_N_HANDLING_RULES);
  return check_value ((LinliHandlingRule) rule, value != NULL ? value : "", error);
}

/**
 * linli_handling_set_rule_run:
 *
 * The command handling.set-rule. The past is not rewritten: a rule holds from
 * now on, or from a later moment.
 */
gboolean
linli_handling_set_rule_run (LinliCommandContext *context,
                             JsonObject          *args,
                             GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_handling_rule);
  g_autofree char *id = linli_command_new_id (context);
  const char *name = linli_json_get_text (args, "name");
  const char *value = linli_json_get_text (args, "value");
  gint64 now = linli_command_now (context);
  gint64 from = now;

  if (!linli_handling_rule_check (name, value, error))
    return FALSE;
  linli_args_get_time (args, "from", &from);
  if (from < now)
    return linli_refuse_invalid (error, "from", N_("A rule can only be changed from now on."));

  linli_row_set_text (row, LINLI_HANDLING_RULE_ID, id);
  linli_row_set_text (row, LINLI_HANDLING_RULE_NAME, name);
  linli_row_set_text (row, LINLI_HANDLING_RULE_VALUE, value);
  linli_row_set_int (row, LINLI_HANDLING_RULE_VALID_FROM, from);
  linli_row_set_text (row, LINLI_HANDLING_RULE_SET_BY, context->operation->actor);
  linli_command_tell (context, "rule", id);

  return linli_tx_insert (context->tx, row, error);
}

/* The query handling.rules: each rule with the value that holds now. */
JsonNode *
linli_handling_rules_query (LinliConn               *conn,
                            const LinliQueryContext *context,
                            JsonObject              *args,
                            GError                 **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < LINLI_N_HANDLING_RULES; i++)
    {
      g_autofree char *value = find_value (conn, (LinliHandlingRule) i, context->now, error);
      JsonObject *object;

      if (value == NULL)
        return NULL;
      object = json_object_new ();
      json_object_set_string_member (object, "name", rules[i].name);
      json_object_set_string_member (object, "value", value);
      json_object_set_string_member (object, "default", rules[i].value);
      json_object_set_string_member (object, "meaning", rules[i].doc);
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));

  return node;
}
