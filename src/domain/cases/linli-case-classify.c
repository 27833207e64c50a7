/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the matter is: a leaf of the duty list, in the version in force when
 * somebody chose it. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-attributes.h"
#include "linli-case-clocks.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"

const LinliArgSpec linli_case_accept_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "item", LINLI_ARG_TEXT, TRUE, 60, .doc = "code of a leaf of the duty list" },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code: value}: what is asked about matters of the leaf" },
  { NULL }
};

const LinliArgSpec linli_case_classify_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "item", LINLI_ARG_TEXT, TRUE, 60, .doc = "code of a leaf of the duty list" },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code: value}: what is asked about matters of the leaf" },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000 },
  { NULL }
};

/**
 * linli_case_find_leaf:
 * @error: %LINLI_DOMAIN_ERROR_INVALID for "item"
 *
 * Returns: (transfer full): the version in force of the leaf called @code
 */
LinliRow *
linli_case_find_leaf (LinliCommandContext *context,
                      const char          *code,
                      GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, &linli_table_duty_item, error,
                                               "code = ?1 AND active = 1 ORDER BY id LIMIT 1", "s", code);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      linli_refuse_invalid (error, "item", N_("The duty list has no such item."));
      return NULL;
    }
  if (!linli_row_get_int (rows->pdata[0], LINLI_DUTY_ITEM_IS_LEAF))
    {
      linli_refuse_invalid (error, "item", N_("Choose one of the items below this class."));
      return NULL;
    }

  return linli_row_ref (rows->pdata[0]);
}

/* Returns: (transfer none): class and leaf in one line */
const char *
linli_case_leaf_name (LinliRow *item)
{
  const char *path = linli_row_get_text (item, LINLI_DUTY_ITEM_PATH);

  return path != NULL && *path != '\0' ? path : linli_row_get_text (item, LINLI_DUTY_ITEM_NAME);
}

/* Puts @item into the columns of the case @row. */
void
linli_case_set_leaf (LinliRow *row,
                     LinliRow *item)
{
  linli_row_set_text (row, LINLI_CASE_ITEM_ID, linli_row_get_id (item));
  linli_row_set_text (row, LINLI_CASE_ITEM_CODE, linli_row_get_text (item, LINLI_DUTY_ITEM_CODE));
  linli_row_set_text (row, LINLI_CASE_ITEM_NAME, linli_case_leaf_name (item));
}

/* Puts the case under @item and says so in @payload. */
static void
change_leaf (LinliCaseFile *file,
             LinliRow      *item,
             LinliPayload  *payload)
{
  g_autoptr(LinliRow) before = linli_row_copy (file->row);

  linli_case_set_leaf (file->row, item);
  linli_payload_change (payload, "item_code", linli_row_get_text (before, LINLI_CASE_ITEM_CODE),
                        linli_row_get_text (file->row, LINLI_CASE_ITEM_CODE));
  linli_payload_change (payload, "item_name", linli_row_get_text (before, LINLI_CASE_ITEM_NAME),
                        linli_row_get_text (file->row, LINLI_CASE_ITEM_NAME));
}

static gboolean
add_entry (LinliCaseFile *file,
           const char    *kind,
           const char    *body,
           LinliPayload  *payload,
           GError       **error)
{
  const LinliCaseEntry entry = { .kind = kind, .audience = "internal", .body = body, .payload = payload };

  return linli_case_file_add_entry (file, &entry, error);
}

/**
 * linli_case_register:
 * @file: a received case
 * @args: its "attributes" are taken
 *
 * 立案: from now on the case waits for dispatch, and a clock says how long.
 */
gboolean
linli_case_register (LinliCaseFile *file,
                     LinliRow      *item,
                     JsonObject    *args,
                     GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();

  change_leaf (file, item, payload);
  linli_case_file_set_state (file, LINLI_CASE_STATE_REGISTERED);
  return linli_case_clocks_follow (file, LINLI_CASE_STATE_RECEIVED, LINLI_CASE_STATE_REGISTERED, error) &&
         linli_case_take_attributes (file, args, payload, error) &&
         add_entry (file, "accept", NULL, payload, error);
}

gboolean
linli_case_accept_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliRow) item = NULL;

  if (file == NULL)
    return FALSE;
  item = linli_case_find_leaf (context, linli_json_get_text (args, "item"), error);

  return item != NULL && linli_case_register (file, item, args, error) && linli_case_file_save (file, error);
}

gboolean
linli_case_classify_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) item = NULL;

  if (file == NULL)
    return FALSE;
  item = linli_case_find_leaf (context, linli_json_get_text (args, "item"), error);
  if (item == NULL)
    return FALSE;
  if (g_strcmp0 (linli_row_get_text (file->row, LINLI_CASE_ITEM_ID), linli_row_get_id (item)) == 0)
    return linli_refuse_invalid (error, "item", N_("The case is already under this item."));

  change_leaf (file, item, payload);
  return linli_case_clocks_reclassify (file, payload, error) &&
         linli_case_take_attributes (file, args, payload, error) &&
         add_entry (file, "classify", linli_json_get_text (args, "reason"), payload, error) &&
         linli_case_file_save (file, error);
}

/**
 * linli_case_refuse_catch_all:
 *
 * A case under a class's catch-all would vanish from every figure about what
 * the matters are: it must be put under a real leaf first.
 *
 * Returns: %FALSE with @error set when the case stands under a catch-all
 */
gboolean
linli_case_refuse_catch_all (LinliCaseFile *file,
                             GError       **error)
{
  LinliRow *item = NULL;

  if (!linli_case_file_get_item (file, &item, error))
    return FALSE;
  if (item == NULL || !linli_row_get_int (item, LINLI_DUTY_ITEM_CATCH_ALL))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "catch-all", "item",
                N_("The case is under “other”: put it under its own item before it is closed."));
  return FALSE;
}
