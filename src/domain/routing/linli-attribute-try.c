/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an attribute would do: every answer put to the rules and earlier cases. */

#include "config.h"

#include "linli-attribute-try.h"

#include <string.h>

#include "linli-attributes.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-route.h"
#include "linli-routing-tables.h"
#include "linli-routing.h"
#include "linli-tx.h"

#define ANSWERS_MAX 30

static void
answer_free (LinliAttributeAnswer *self)
{
  g_free (self->value);
  g_clear_pointer (&self->note, linli_route_note_free);
  g_free (self);
}

void
linli_attribute_trial_free (LinliAttributeTrial *self)
{
  g_free (self->leaf);
  g_free (self->name);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->lost);
  g_free (self);
}

/* Returns: (transfer full): code of a leaf and its answer, one leaf a line, as attribute.save takes them */
char *
linli_attribute_defaults_to_text (LinliRow *def)
{
  g_autoptr(GHashTable) defaults = linli_attributes_parse (linli_row_get_text (def, LINLI_ATTRIBUTE_DEFAULTS));
  g_autoptr(GList) codes = g_list_sort (g_hash_table_get_keys (defaults), (GCompareFunc) strcmp);
  GString *text = g_string_new (NULL);

  for (GList *l = codes; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", (char *) l->data,
                            (char *) g_hash_table_lookup (defaults, l->data));
  return g_string_free (text, FALSE);
}

static gboolean
find_leaf (LinliConn           *conn,
           LinliRow            *def,
           LinliAttributeTrial *self,
           GError             **error)
{
  g_autoptr(GPtrArray) leaves = linli_conn_select (conn, &linli_table_duty_item, error,
                                                   "active = 1 AND is_leaf = 1 ORDER BY code", "");

  for (guint i = 0; leaves != NULL && self->leaf == NULL && i < leaves->len; i++)
    if (linli_attribute_applies (def, linli_row_get_text (leaves->pdata[i], LINLI_DUTY_ITEM_CODE)))
      {
        self->leaf = g_strdup (linli_row_get_text (leaves->pdata[i], LINLI_DUTY_ITEM_CODE));
        self->name = g_strdup (linli_row_get_text (leaves->pdata[i], LINLI_DUTY_ITEM_NAME));
      }
  return leaves != NULL;
}

/* What the store asks, with @def in its place.
 *
 * @known: (nullable): what @def takes the place of */
static GPtrArray *
load_defs (LinliConn *conn,
           LinliRow  *def,
           LinliRow  *known,
           GError   **error)
{
  GPtrArray *defs = linli_attribute_defs_load (conn, error);

  for (guint i = defs != NULL && known != NULL ? defs->len : 0; i > 0; i--)
    if (g_str_equal (linli_row_get_id (defs->pdata[i - 1]), linli_row_get_id (known)))
      g_ptr_array_remove_index (defs, i - 1);
  if (defs != NULL && linli_row_get_int (def, LINLI_ATTRIBUTE_ACTIVE))
    g_ptr_array_add (defs, linli_row_ref (def));
  return defs;
}

/* Rules that want an answer which is no longer among @choices; without choices,
 * the answers they want are those that are tried.
 *
 * @values: receives them */
static gboolean
look_at_rules (LinliConn           *conn,
               const char          *code,
               char               **choices,
               GHashTable          *values,
               LinliAttributeTrial *self,
               GError             **error)
{
  g_autoptr(GPtrArray) rules = linli_routing_rules_load (conn, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      g_autoptr(GHashTable) wanted = linli_rule_dup_attributes (rules->pdata[i]);
      const char *list = g_hash_table_lookup (wanted, code);
      g_auto(GStrv) parts = g_strsplit (list != NULL ? list : "", " ", -1);
      gboolean lost = FALSE;

      for (guint k = 0; parts[k] != NULL; k++)
        if (choices == NULL)
          g_hash_table_add (values, g_strdup (parts[k]));
        else if (!g_strv_contains ((const char *const *) choices, parts[k]))
          lost = TRUE;
      if (lost)
        g_ptr_array_add (self->lost, g_strdup (linli_row_get_text (rules->pdata[i], LINLI_ROUTING_RULE_NAME)));
    }
  return rules != NULL;
}

static gboolean
ask (LinliConn           *conn,
     LinliAttributeTrial *self,
     GPtrArray           *defs,
     const char          *code,
     const char          *value,
     gint64               now,
     GError             **error)
{
  g_autoptr(GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  const LinliRouteQuestion question = { .item = self->leaf, .attributes = said, .at = now, .defs = defs };
  g_autoptr(LinliRouting) routing = NULL;
  g_autofree char *text = NULL;
  LinliAttributeAnswer *answer;

  g_hash_table_insert (said, (gpointer) code, (gpointer) value);
  routing = linli_routing_ask (conn, &question, error);
  if (routing == NULL)
    return FALSE;
  text = linli_routing_to_text (routing, NULL, NULL);
  answer = g_new0 (LinliAttributeAnswer, 1);
  answer->value = g_strdup (value);
  answer->note = linli_route_note_parse (text);
  g_ptr_array_add (self->answers, answer);
  return TRUE;
}

/**
 * linli_attribute_try:
 * @args: as attribute.save takes them
 * @error: %LINLI_DOMAIN_ERROR for what cannot be, %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): where each answer would send a matter of the first
 *   leaf it is asked about, as long as nothing is known about the place
 */
LinliAttributeTrial *
linli_attribute_try (LinliConn  *conn,
                     JsonObject *args,
                     gint64      now,
                     GError    **error)
{
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) def = linli_attribute_plan (conn, args, &known, error);
  g_autoptr(LinliAttributeTrial) self = NULL;
  g_autoptr(GPtrArray) defs = NULL;
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) choices = NULL;
  const char *code;

  if (def == NULL)
    return NULL;
  if (known == NULL)
    linli_row_set_text (def, LINLI_ATTRIBUTE_CODE, "new");
  code = linli_row_get_text (def, LINLI_ATTRIBUTE_CODE);
  self = g_new0 (LinliAttributeTrial, 1);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  self->lost = g_ptr_array_new_with_free_func (g_free);
  choices = linli_attribute_dup_choices (def);
  defs = load_defs (conn, def, known, error);
  if (defs == NULL || !find_leaf (conn, def, self, error) || !look_at_rules (conn, code, choices, values, self, error))
    return NULL;
  if (self->leaf == NULL)
    return g_steal_pointer (&self);
  if (choices == NULL)
    {
      g_autoptr(GList) keys = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);
      guint n = 0;

      choices = g_new0 (char *, g_hash_table_size (values) + 1);
      for (GList *l = keys; l != NULL; l = l->next)
        choices[n++] = g_strdup (l->data);
    }
  for (guint i = 0; choices[i] != NULL && i < ANSWERS_MAX; i++)
    if (!ask (conn, self, defs, code, choices[i], now, error))
      return NULL;
  return g_steal_pointer (&self);
}
