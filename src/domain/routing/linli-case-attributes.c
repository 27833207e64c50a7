/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a case answers to the questions of its leaf. */

#include "config.h"

#include "linli-case-attributes.h"

#include <glib/gi18n.h>

#include "linli-attributes.h"
#include "linli-json.h"
#include "linli-routing-commands-private.h"
#include "linli-routing-tables.h"
#include "linli-routing.h"

#define VALUE_MAX 120

const LinliArgSpec linli_case_set_attributes_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "attributes", LINLI_ARG_OBJECT, TRUE, .doc = "{code: value}; an empty value takes it back" },
  { NULL }
};

static LinliRow *
find_def (GPtrArray  *defs,
          const char *code,
          const char *item)
{
  for (guint i = 0; i < defs->len; i++)
    if (g_str_equal (linli_row_get_text (defs->pdata[i], LINLI_ATTRIBUTE_CODE), code) &&
        linli_attribute_applies (defs->pdata[i], item))
      return defs->pdata[i];
  return NULL;
}

static gboolean
check_value (LinliRow   *def,
             const char *value,
             GError    **error)
{
  g_auto(GStrv) choices = linli_attribute_dup_choices (def);

  if (value != NULL && g_utf8_strlen (value, -1) > VALUE_MAX)
    return linli_refuse_invalid (error, "attributes", N_("This is too long."));
  if (value == NULL || *value == '\0' || choices == NULL || g_strv_contains ((const char *const *) choices, value))
    return TRUE;
  return linli_refuse_invalid (error, "attributes", N_("This is not one of the possible values."));
}

static gboolean
store_value (LinliCaseFile *file,
             LinliRow      *def,
             const char    *value,
             LinliPayload  *payload,
             GError       **error)
{
  LinliTx *tx = file->context->tx;
  const char *code = linli_row_get_text (def, LINLI_ATTRIBUTE_CODE);
  g_autoptr(GPtrArray) known = linli_tx_select (tx, &linli_table_case_attribute, error, "case_id = ?1 AND code = ?2", "ss",
                                                linli_case_file_get_id (file), code);
  const char *before;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *id = NULL;

  if (known == NULL)
    return FALSE;
  if (value != NULL && *value == '\0')
    value = NULL;
  before = known->len > 0 ? linli_row_get_text (known->pdata[0], LINLI_CASE_ATTRIBUTE_VALUE) : NULL;
  if (g_strcmp0 (before, value) == 0)
    return TRUE;
  linli_payload_change (payload, linli_row_get_text (def, LINLI_ATTRIBUTE_NAME), before, value);
  if (value == NULL)
    return linli_tx_delete (tx, &linli_table_case_attribute, linli_row_get_id (known->pdata[0]), error);

  row = known->len > 0 ? linli_row_copy (known->pdata[0]) : linli_row_new (&linli_table_case_attribute);
  if (known->len == 0)
    {
      id = linli_command_new_id (file->context);
      linli_row_set_text (row, LINLI_CASE_ATTRIBUTE_ID, id);
      linli_row_set_text (row, LINLI_CASE_ATTRIBUTE_CASE_ID, linli_case_file_get_id (file));
      linli_row_set_text (row, LINLI_CASE_ATTRIBUTE_CODE, code);
    }
  linli_row_set_text (row, LINLI_CASE_ATTRIBUTE_VALUE, value);
  linli_row_set_int (row, LINLI_CASE_ATTRIBUTE_SET_AT, linli_command_now (file->context));

  return known->len > 0 ? linli_tx_update (tx, row, error) : linli_tx_insert (tx, row, error);
}

/**
 * linli_case_take_attributes:
 * @file: a case under the leaf it is to stay under
 * @args: its "attributes", if any, are taken
 * @payload: receives what changed
 * @error: %LINLI_DOMAIN_ERROR_INVALID for "attributes"
 */
gboolean
linli_case_take_attributes (LinliCaseFile *file,
                            JsonObject    *args,
                            LinliPayload  *payload,
                            GError       **error)
{
  JsonObject *said = linli_json_get_object (args, "attributes");
  const char *item = linli_row_get_text (file->row, LINLI_CASE_ITEM_CODE);
  g_autoptr(GList) codes = NULL;
  g_autoptr(GPtrArray) defs = NULL;

  if (said == NULL)
    return TRUE;
  defs = linli_attribute_defs_load (linli_tx_get_conn (file->context->tx), error);
  if (defs == NULL)
    return FALSE;
  codes = json_object_get_members (said);
  for (GList *l = codes; l != NULL; l = l->next)
    {
      LinliRow *def = find_def (defs, l->data, item);
      const char *value = linli_json_get_text (said, l->data);

      if (def == NULL)
        return linli_refuse_invalid (error, "attributes", N_("This is not asked about matters of this item."));
      if (!check_value (def, value, error) || !store_value (file, def, value, payload, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
linli_case_set_attributes_run (LinliCommandContext *context,
                               JsonObject          *args,
                               GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "edit", .audience = "internal", .payload = payload };

  if (file == NULL || !linli_case_take_attributes (file, args, payload, error))
    return FALSE;
  if (linli_payload_is_empty (payload))
    return TRUE;
  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

/**
 * linli_case_keep_route:
 * @file: a case whose lead unit was just chosen
 *
 * Writes beside the choice what the rules and earlier cases would have said.
 */
gboolean
linli_case_keep_route (LinliCaseFile *file,
                       GError       **error)
{
  g_autoptr(LinliRouting) routing = linli_routing_of_case (linli_tx_get_conn (file->context->tx), file->row, error);
  g_autofree char *text = NULL;

  if (routing == NULL)
    return FALSE;
  text = linli_routing_to_text (routing, linli_row_get_text (file->row, LINLI_CASE_LEAD_UNIT_ID),
                                linli_row_get_text (file->row, LINLI_CASE_LEAD_UNIT_NAME));
  linli_row_set_text (file->row, LINLI_CASE_ROUTE, text);
  return TRUE;
}
