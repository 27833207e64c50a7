/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 权属认定: whose the thing turned out to be. The next case of the same kind
 * at the same place is proposed to that owner. */

#include "config.h"

#include <glib/gi18n.h>

#include "linli-attributes.h"
#include "linli-case-file.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-routing-commands-private.h"
#include "linli-routing-tables.h"

const LinliArgSpec linli_case_record_owner_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "unit", LINLI_ARG_ID, TRUE, .doc = "the owner" },
  { "basis", LINLI_ARG_TEXT, TRUE, 2000, .doc = "by what it was recognised" },
  { NULL }
};

/* One finding a case counts: a later one replaces it and stays beside it. */
static gboolean
replace_earlier (LinliCaseFile *file,
                 char         **before,
                 GError       **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (file->context->tx, &linli_table_ownership, error,
                                               "case_id = ?1 AND active = 1", "s", linli_case_file_get_id (file));
  g_autoptr(LinliRow) row = NULL;

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  row = linli_row_copy (rows->pdata[0]);
  *before = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_UNIT_NAME));
  linli_row_set_int (row, LINLI_OWNERSHIP_ACTIVE, FALSE);
  return linli_tx_update (file->context->tx, row, error);
}

static char *
find_attributes (LinliCaseFile *file,
                 GError       **error)
{
  LinliConn *conn = linli_tx_get_conn (file->context->tx);
  g_autoptr(GPtrArray) defs = linli_attribute_defs_load (conn, error);
  g_autoptr(GHashTable) said = NULL;
  g_autoptr(GHashTable) effective = NULL;

  if (defs == NULL || !linli_case_attributes_load (conn, linli_case_file_get_id (file), &said, error))
    return NULL;
  effective = linli_attributes_effective (defs, linli_row_get_text (file->row, LINLI_CASE_ITEM_CODE), said);
  return linli_attributes_to_text (effective);
}

static gboolean
store_finding (LinliCaseFile *file,
               LinliRow      *unit,
               const char    *basis,
               GError       **error)
{
  static const struct { guint from, to; } same[] = {
    { LINLI_CASE_CASE_NO, LINLI_OWNERSHIP_CASE_NO }, { LINLI_CASE_ITEM_CODE, LINLI_OWNERSHIP_ITEM_CODE },
    { LINLI_CASE_COMMUNITY, LINLI_OWNERSHIP_COMMUNITY }, { LINLI_CASE_PLACE, LINLI_OWNERSHIP_PLACE },
    { LINLI_CASE_PLACE_ID, LINLI_OWNERSHIP_PLACE_ID },
  };
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_ownership);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *attributes = find_attributes (file, error);

  if (attributes == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_OWNERSHIP_ID, id);
  linli_row_set_text (row, LINLI_OWNERSHIP_CASE_ID, linli_case_file_get_id (file));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    linli_row_set_text (row, same[i].to, linli_row_get_text (file->row, same[i].from));
  linli_row_set_text (row, LINLI_OWNERSHIP_ATTRIBUTES, attributes);
  linli_row_set_text (row, LINLI_OWNERSHIP_UNIT_ID, linli_row_get_id (unit));
  linli_row_set_text (row, LINLI_OWNERSHIP_UNIT_NAME, linli_row_get_text (unit, LINLI_UNIT_NAME));
  linli_row_set_text (row, LINLI_OWNERSHIP_BASIS, basis);
  linli_row_set_int (row, LINLI_OWNERSHIP_FOUND_AT, linli_command_now (context));
  if (context->account != NULL)
    linli_row_set_text (row, LINLI_OWNERSHIP_FOUND_BY, linli_row_get_text (context->account, LINLI_ACCOUNT_NAME));
  linli_row_set_int (row, LINLI_OWNERSHIP_ACTIVE, TRUE);
  linli_command_tell (context, "ownership", id);

  return linli_tx_insert (context->tx, row, error);
}

gboolean
linli_case_record_owner_run (LinliCommandContext *context,
                             JsonObject          *args,
                             GError             **error)
{
  const char *basis = linli_case_get_words (args, "basis", error);
  g_autoptr(LinliCaseFile) file = basis != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) unit = NULL;
  g_autofree char *before = NULL;
  const LinliCaseEntry entry = { .kind = "route", .audience = "unit", .body = basis, .payload = payload };

  if (file == NULL)
    return FALSE;
  if (linli_row_is_null (file->row, LINLI_CASE_ITEM_CODE))
    return linli_refuse_invalid (error, "case", N_("Say what the matter is before recording whose it is."));
  unit = linli_command_get (context, &linli_table_unit, linli_json_get_text (args, "unit"), "unit", error);
  if (unit == NULL || !replace_earlier (file, &before, error) || !store_finding (file, unit, basis, error))
    return FALSE;
  linli_payload_change (payload, "found_owner", before, linli_row_get_text (unit, LINLI_UNIT_NAME));

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}
