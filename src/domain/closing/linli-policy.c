/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-policy.h"

#include <glib/gi18n.h>

#include "linli-closing-tables.h"
#include "linli-json.h"

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const eyes[] = { "off", "unit", "strict", NULL };

/* A policy is one of a few words, a number, or a limit as people type it. */
typedef struct
{
  const char        *code;
  const char        *value;   /* until the centre decides */
  const char *const *choices; /* (nullable) */
  gboolean           number;
  gint64             most;
  const char        *doc;
} Policy;

static const Policy policies[] = {
  { LINLI_POLICY_FOUR_EYES, "unit", eyes, FALSE, 0,
    "Who may not review a report or call back about it: off, nobody is barred; unit, whoever works for the unit "
    "that handled it; strict, whoever keyed in the report as well." },
  { LINLI_POLICY_CALLBACK_ATTEMPTS, "3", NULL, TRUE, 20,
    "On how many different half days a resident must have been tried before the case may close as unreachable." },
  { LINLI_POLICY_CALLBACK_REQUIRED, "no", yes_no, FALSE, 0,
    "Whether a case closes only when every resident who wants a reply was called back." },
  { LINLI_POLICY_REDO_LIMIT, "2", NULL, TRUE, 20,
    "How often a case may be done again before each further time goes to the supervisor." },
  { LINLI_POLICY_REVIEW_PERIOD, "30自然日", NULL, FALSE, 0,
    "How long after closing the same matter brought again reopens the case." },
  { LINLI_POLICY_REPLY_LIMIT, "1工作日", NULL, FALSE, 0,
    "By when a unit answers a supervision, unless its rule says otherwise." },
  { LINLI_POLICY_AUTOMATIC, "no", yes_no, FALSE, 0,
    "Whether the desk issues what the ladder calls for by itself, in working hours." },
};

static const Policy *
find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    if (g_strcmp0 (policies[i].code, code) == 0)
      return &policies[i];
  return NULL;
}

/**
 * linli_term_from_text:
 * @text: (nullable): one limit, as people type it; bare days and hours are working time
 *
 * Returns: whether it is one; @term (out) is then set
 */
gboolean
linli_term_from_text (const char *text,
                      LinliTerm  *term)
{
  g_autoptr(LinliLimitText) parsed = text != NULL ? linli_limit_text_parse (text, LINLI_BARE_IS_WORKING) : NULL;

  if (parsed == NULL || parsed->limits->len != 1)
    return FALSE;
  *term = g_array_index (parsed->limits, LinliLimit, 0).term;
  return term->amount >= 0;
}

/**
 * linli_policy_dup:
 * @code: one of the codes above
 *
 * Returns: (transfer full): what the centre decided, or what holds until then
 */
char *
linli_policy_dup (LinliConn  *conn,
                  const char *code,
                  GError    **error)
{
  const Policy *policy = find (code);
  char *value = NULL;

  g_return_val_if_fail (policy != NULL, NULL);

  if (!linli_conn_get_text (conn, &value, error, "SELECT value FROM policy WHERE code = ?1", "s", code))
    return NULL;
  return value != NULL ? value : g_strdup (policy->value);
}

gboolean
linli_policy_get_int (LinliConn  *conn,
                      const char *code,
                      gint64     *value,
                      GError    **error)
{
  g_autofree char *text = linli_policy_dup (conn, code, error);

  if (text == NULL)
    return FALSE;
  *value = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

/* @is: (out): whether the policy @code has that @value */
gboolean
linli_policy_is (LinliConn  *conn,
                 const char *code,
                 const char *value,
                 gboolean   *is,
                 GError    **error)
{
  g_autofree char *text = linli_policy_dup (conn, code, error);

  *is = g_strcmp0 (text, value) == 0;
  return text != NULL;
}

/* Not a value for @policy, and what would be one. */
static gboolean
refuse_value (const Policy *policy,
              GError      **error)
{
  g_autofree char *possible = NULL;

  if (policy->number)
    possible = g_strdup_printf ("0–%" G_GINT64_FORMAT, policy->most);
  else if (policy->choices != NULL)
    possible = g_strjoinv (" / ", (char **) policy->choices);
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", "value",
                     policy->number           ? N_("Write a whole number within %s.")
                     : policy->choices != NULL ? N_("This rule of procedure is one of %s.")
                                               : N_("Write one limit longer than nothing, such as %s."),
                     possible != NULL ? possible : policy->value);
  return FALSE;
}

/**
 * linli_policy_check:
 * @code: one of the codes above
 * @value: (nullable)
 * @error: what would be a value
 *
 * Returns: whether the policy may have that @value
 */
gboolean
linli_policy_check (const char *code,
                    const char *value,
                    GError    **error)
{
  const Policy *policy = find (code);
  LinliTerm term;
  gint64 number = 0;
  gboolean fits;

  if (policy == NULL)
    return linli_refuse_invalid (error, "code", N_("There is no such rule of procedure."));
  if (value == NULL)
    fits = FALSE;
  else if (policy->choices != NULL)
    fits = g_strv_contains (policy->choices, value);
  else if (policy->number)
    fits = g_ascii_string_to_signed (value, 10, 0, policy->most, &number, NULL);
  else
    fits = linli_term_from_text (value, &term) && term.amount > 0;
  return fits || refuse_value (policy, error);
}

const LinliArgSpec linli_policy_set_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, 60, .doc = "as policy.list names it" },
  { "value", LINLI_ARG_TEXT, TRUE, 200 },
  { NULL }
};

gboolean
linli_policy_set_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  const char *code = linli_json_get_text (args, "code");
  const char *value = linli_json_get_text (args, "value");
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *id = NULL;

  if (!linli_policy_check (code, value, error))
    return FALSE;
  rows = linli_tx_select (context->tx, &linli_table_policy, error, "code = ?1", "s", code);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      row = linli_row_copy (rows->pdata[0]);
      linli_row_set_text (row, LINLI_POLICY_VALUE, value);
      return linli_tx_update (context->tx, row, error);
    }
  id = linli_command_new_id (context);
  row = linli_row_new (&linli_table_policy);
  linli_row_set_text (row, LINLI_POLICY_ID, id);
  linli_row_set_text (row, LINLI_POLICY_CODE, code);
  linli_row_set_text (row, LINLI_POLICY_VALUE, value);
  return linli_tx_insert (context->tx, row, error);
}

/* The query policy.list. */
JsonNode *
linli_policy_list (LinliConn               *conn,
                   const LinliQueryContext *context,
                   JsonObject              *args,
                   GError                 **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *value = linli_policy_dup (conn, policies[i].code, error);
      JsonObject *object;

      if (value == NULL)
        return NULL;
      object = json_object_new ();
      json_object_set_string_member (object, "code", policies[i].code);
      json_object_set_string_member (object, "value", value);
      json_object_set_string_member (object, "built_in", policies[i].value);
      json_object_set_string_member (object, "doc", policies[i].doc);
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}
