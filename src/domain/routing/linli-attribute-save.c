/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing that is asked about matters, as an administrator writes it down. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-attribute-try.h"
#include "linli-attributes.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-route.h"
#include "linli-routing-commands-private.h"
#include "linli-routing-tables.h"
#include "linli-routing.h"
#include "linli-typed-list.h"

#define STEP 10 /* between two positions */

const LinliArgSpec linli_attribute_save_args[] = {
  { "code", LINLI_ARG_TEXT, FALSE, 60,
    .doc = "of what is asked already; a new one when absent. What else is absent stays as it is" },
  { "name", LINLI_ARG_TEXT, FALSE, 60, .doc = "the label of its field" },
  { "items", LINLI_ARG_TEXT, FALSE, 2000,
    .doc = "codes or names of leaves, groups or classes; several separated by spaces or commas" },
  { "choices", LINLI_ARG_TEXT, FALSE, 2000, .doc = "possible answers, separated by spaces or commas; any words when empty" },
  { "defaults", LINLI_ARG_TEXT, FALSE, 4000, .doc = "what leaves say by themselves: code and answer, one leaf a line" },
  { "hint", LINLI_ARG_TEXT, FALSE, 200, .doc = "how to find out" },
  { "active", LINLI_ARG_BOOL, .doc = "whether it is asked" },
  { "remove", LINLI_ARG_BOOL, .doc = "take it away; refused while a case answers it or a rule wants it" },
  { NULL }
};

static gboolean
refuse_item (const char *field,
             const char *typed,
             GError    **error)
{
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", field, N_("The duty list has no item “%s”."), typed);
  return FALSE;
}

/* @leaf: whether a leaf is wanted
 *
 * Returns: (transfer full) (nullable): the code of what is called @typed */
static char *
find_code (LinliConn  *conn,
           const char *field,
           const char *typed,
           gboolean    leaf,
           GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_duty_item, error,
                                                 "(code = ?1 OR name = ?1) AND active = 1 ORDER BY code = ?1 DESC, level, code",
                                                 "s", typed);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!leaf || linli_row_get_int (rows->pdata[i], LINLI_DUTY_ITEM_IS_LEAF))
      return g_strdup (linli_row_get_text (rows->pdata[i], LINLI_DUTY_ITEM_CODE));
  if (rows != NULL)
    refuse_item (field, typed, error);
  return NULL;
}

static gboolean
plan_items (LinliConn  *conn,
            LinliRow   *row,
            const char *typed,
            GError    **error)
{
  g_autofree char *list = linli_typed_list_tidy (typed);
  g_auto(GStrv) parts = g_strsplit (list != NULL ? list : "", " ", -1);
  g_autoptr(GString) codes = g_string_new (NULL);

  if (list == NULL)
    return linli_refuse_invalid (error, "items", N_("This must be filled in."));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *code = find_code (conn, "items", parts[i], FALSE, error);

      if (code == NULL)
        return FALSE;
      g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", code);
    }
  linli_row_set_text (row, LINLI_ATTRIBUTE_ITEMS, codes->str);
  return TRUE;
}

static void
plan_choices (LinliRow   *row,
              const char *typed)
{
  g_autofree char *list = linli_typed_list_tidy (typed);
  g_auto(GStrv) values = g_strsplit (list != NULL ? list : "", " ", -1);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  json_node_take_array (node, json_array_new ());
  for (guint i = 0; values[i] != NULL; i++)
    if (g_hash_table_add (seen, values[i]))
      json_array_add_string_element (json_node_get_array (node), values[i]);
  text = linli_json_node_to_text (node, FALSE);
  linli_row_set_text (row, LINLI_ATTRIBUTE_CHOICES, list != NULL ? text : NULL);
}

/* Whether the leaf @code, called @typed, may answer @value by itself. */
static gboolean
check_default (LinliRow   *row,
               const char *code,
               const char *typed,
               const char *value,
               GError    **error)
{
  g_auto(GStrv) choices = linli_attribute_dup_choices (row);

  if (!linli_attribute_applies (row, code))
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", "defaults", N_("It is not asked about “%s”."), typed);
  else if (choices != NULL && !g_strv_contains ((const char *const *) choices, value))
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", "defaults", N_("“%s” is not one of the possible answers."),
                       value);
  else
    return TRUE;
  return FALSE;
}

/* What leaves said before has to fit when it is asked otherwise. */
static gboolean
check_defaults (LinliRow *row,
                GError  **error)
{
  g_autoptr(GHashTable) defaults = linli_attributes_parse (linli_row_get_text (row, LINLI_ATTRIBUTE_DEFAULTS));
  GHashTableIter iter;
  gpointer code, value;

  g_hash_table_iter_init (&iter, defaults);
  while (g_hash_table_iter_next (&iter, &code, &value))
    if (!check_default (row, code, code, value, error))
      return FALSE;
  return TRUE;
}

/* 06.01.03 污水, also with = or a colon between. */
static gboolean
plan_default (LinliConn  *conn,
              LinliRow   *row,
              const char *line,
              JsonObject *defaults,
              GError    **error)
{
  g_autofree char *plain = g_strdelimit (g_strdup (line), "=\t", ' ');
  g_auto(GStrv) halves = NULL;
  g_autofree char *code = NULL;

  halves = g_strsplit (g_strstrip (plain), " ", 2);
  if (g_strv_length (halves) < 2 || *g_strstrip (halves[1]) == '\0')
    return linli_refuse_invalid (error, "defaults", N_("On every line write the code of a leaf, a space and the answer: "
                                                       "06.01.03 污水."));
  code = find_code (conn, "defaults", halves[0], TRUE, error);
  if (code == NULL || !check_default (row, code, halves[0], halves[1], error))
    return FALSE;
  json_object_set_string_member (defaults, code, halves[1]);
  return TRUE;
}

static gboolean
plan_defaults (LinliConn  *conn,
               LinliRow   *row,
               const char *typed,
               GError    **error)
{
  g_autoptr(GString) plain = g_string_new (typed);
  g_autoptr(JsonObject) defaults = json_object_new ();
  g_auto(GStrv) lines = NULL;
  g_autofree char *text = NULL;

  g_string_replace (plain, "：", " ", 0);
  g_string_replace (plain, "；", "\n", 0);
  g_string_replace (plain, ";", "\n", 0);
  lines = g_strsplit (plain->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !plan_default (conn, row, lines[i], defaults, error))
      return FALSE;
  text = json_object_get_size (defaults) > 0 ? linli_json_object_to_text (defaults) : NULL;
  linli_row_set_text (row, LINLI_ATTRIBUTE_DEFAULTS, text);
  return TRUE;
}

static gboolean
plan_texts (LinliConn  *conn,
            LinliRow   *row,
            JsonObject *args,
            GError    **error)
{
  const char *name = linli_json_get_text (args, "name");
  const char *hint = linli_json_get_text (args, "hint");
  gboolean is_new = linli_row_is_null (row, LINLI_ATTRIBUTE_CODE);

  if (is_new || name != NULL)
    {
      if (name == NULL || *name == '\0')
        return linli_refuse_invalid (error, "name", N_("This must be filled in."));
      linli_row_set_text (row, LINLI_ATTRIBUTE_NAME, name);
    }
  if ((is_new || json_object_has_member (args, "items")) &&
      !plan_items (conn, row, linli_json_get_text (args, "items"), error))
    return FALSE;
  if (json_object_has_member (args, "choices"))
    plan_choices (row, linli_json_get_text (args, "choices"));
  if (json_object_has_member (args, "defaults")
        ? !plan_defaults (conn, row, linli_json_get_text (args, "defaults"), error)
        : (json_object_has_member (args, "items") || json_object_has_member (args, "choices")) && !check_defaults (row, error))
    return FALSE;
  if (json_object_has_member (args, "hint"))
    linli_row_set_text (row, LINLI_ATTRIBUTE_HINT, hint != NULL && *hint != '\0' ? hint : NULL);
  if (json_object_has_member (args, "active"))
    linli_row_set_int (row, LINLI_ATTRIBUTE_ACTIVE, linli_json_get_bool (args, "active"));
  return TRUE;
}

/**
 * linli_attribute_plan:
 * @args: as attribute.save takes them
 * @known: (out) (transfer full) (nullable): what is asked now
 * @error: %LINLI_DOMAIN_ERROR for what cannot be
 *
 * Returns: (transfer full): what is asked then; one that is new has neither id nor code
 */
LinliRow *
linli_attribute_plan (LinliConn  *conn,
                      JsonObject *args,
                      LinliRow  **known,
                      GError    **error)
{
  const char *code = linli_json_get_text (args, "code");
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_attribute, error, "code = ?1", "s", code != NULL ? code : "");
  g_autoptr(LinliRow) row = NULL;
  gint64 last = 0;

  *known = NULL;
  if (rows == NULL || !linli_conn_get_int (conn, &last, error, "SELECT coalesce(max(position), 0) FROM attribute", ""))
    return NULL;
  if (rows->len == 0 && code != NULL && *code != '\0')
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-attribute", "code", N_("Nothing of this code is asked."));
      return NULL;
    }
  row = rows->len > 0 ? linli_row_copy (rows->pdata[0]) : linli_row_new (&linli_table_attribute);
  if (rows->len == 0)
    {
      linli_row_set_int (row, LINLI_ATTRIBUTE_POSITION, last + STEP);
      linli_row_set_int (row, LINLI_ATTRIBUTE_ACTIVE, TRUE);
    }
  if (!plan_texts (conn, row, args, error))
    return NULL;
  if (rows->len > 0)
    *known = linli_row_ref (rows->pdata[0]);
  return g_steal_pointer (&row);
}

/* --- Taking it away --- */

static gboolean
check_unused (LinliConn  *conn,
              const char *code,
              GError    **error)
{
  g_autoptr(GPtrArray) rules = linli_routing_rules_load (conn, error);
  gint64 n = 0;

  if (rules == NULL || !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM case_attribute WHERE code = ?1", "s", code))
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      g_autoptr(GHashTable) wanted = linli_rule_dup_attributes (rules->pdata[i]);

      if (g_hash_table_contains (wanted, code))
        {
          linli_refuse_with (error, LINLI_DOMAIN_ERROR_CONFLICT, "in-use", NULL,
                             N_("The rule “%s” asks for it: change that rule first, or only stop asking."),
                             linli_row_get_text (rules->pdata[i], LINLI_ROUTING_RULE_NAME));
          return FALSE;
        }
    }
  if (n > 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "in-use", NULL,
                    N_("Cases have answered it, and their answers stay with them: stop asking it instead."));
      return FALSE;
    }
  return TRUE;
}

gboolean
linli_attribute_save_run (LinliCommandContext *context,
                          JsonObject          *args,
                          GError             **error)
{
  LinliConn *conn = linli_tx_get_conn (context->tx);
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) row = linli_attribute_plan (conn, args, &known, error);

  if (row == NULL)
    return FALSE;
  if (known == NULL)
    {
      g_autofree char *id = linli_command_new_id (context);
      g_autofree char *code = g_strdup_printf ("A-%s", id + strlen (id) - 8);

      linli_row_set_text (row, LINLI_ATTRIBUTE_ID, id);
      linli_row_set_text (row, LINLI_ATTRIBUTE_CODE, code);
    }
  linli_command_tell (context, "attribute", linli_row_get_text (row, LINLI_ATTRIBUTE_CODE));
  if (known != NULL && linli_json_get_bool (args, "remove"))
    return check_unused (conn, linli_row_get_text (known, LINLI_ATTRIBUTE_CODE), error) &&
           linli_tx_delete (context->tx, &linli_table_attribute, linli_row_get_id (known), error);

  return known != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}
