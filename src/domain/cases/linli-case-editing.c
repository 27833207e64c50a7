/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The centre's own wording and marks of a case. The resident's words are in
 * the submission and stay out of reach. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"

const LinliArgSpec linli_case_edit_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "revision", LINLI_ARG_INT, TRUE, .doc = "of the case as it was on the screen" },
  { "title", LINLI_ARG_TEXT, FALSE, 200 },
  { "summary", LINLI_ARG_TEXT, FALSE, 4000, .doc = "empty clears it, as in every field below" },
  { "nature", LINLI_ARG_TEXT, FALSE, 20 },
  { "lane", LINLI_ARG_TEXT, .choices = linli_case_lanes },
  { "urgency", LINLI_ARG_TEXT, .choices = linli_case_urgencies },
  { "community", LINLI_ARG_TEXT, FALSE, 60 },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "place_id", LINLI_ARG_ID },
  { "grid", LINLI_ARG_TEXT, FALSE, 60 },
  { "latitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "longitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "confidential", LINLI_ARG_BOOL },
  { NULL }
};

const LinliArgSpec linli_case_assign_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "owner", LINLI_ARG_ID, .doc = "an account; nobody when absent" },
  { NULL }
};

/* Columns that an edit may set, each called as its argument. */
static const guint text_columns[] = {
  LINLI_CASE_TITLE, LINLI_CASE_SUMMARY, LINLI_CASE_NATURE, LINLI_CASE_LANE, LINLI_CASE_URGENCY,
  LINLI_CASE_COMMUNITY, LINLI_CASE_PLACE, LINLI_CASE_PLACE_ID, LINLI_CASE_GRID,
};
static const guint int_columns[] = { LINLI_CASE_LATITUDE, LINLI_CASE_LONGITUDE };

static gboolean
check_revision (LinliCaseFile *file,
                JsonObject    *args,
                GError       **error)
{
  gint64 revision = 0;

  linli_json_get_int (args, "revision", &revision);
  if (revision == linli_row_get_int (file->row, LINLI_CASE_REVISION))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", "revision",
                N_("Somebody changed this case meanwhile. Look at it again before saving."));
  return FALSE;
}

static gboolean
check_edit (LinliCaseFile *file,
            JsonObject    *args,
            GError       **error)
{
  const char *place = linli_json_get_text (args, "place_id");
  g_autoptr(LinliRow) row = NULL;

  if (json_object_has_member (args, "title") && linli_case_get_words (args, "title", error) == NULL)
    return FALSE;
  if (place == NULL)
    return TRUE;
  row = linli_command_get (file->context, &linli_table_place, place, "place_id", error);
  return row != NULL;
}

static void
edit_text (LinliCaseFile *file,
           JsonObject    *args,
           guint          column,
           LinliPayload  *payload)
{
  const char *name = linli_table_case.columns[column].name;
  const char *value = linli_json_get_text (args, name);

  if (value == NULL)
    return;
  if (*value == '\0')
    value = NULL;
  linli_payload_change (payload, name, linli_row_get_text (file->row, column), value);
  linli_row_set_text (file->row, column, value);
}

static void
edit_int (LinliCaseFile *file,
          guint          column,
          gint64         value,
          LinliPayload  *payload)
{
  const char *name = linli_table_case.columns[column].name;
  g_autofree char *before = linli_row_is_null (file->row, column)
                              ? NULL
                              : g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (file->row, column));
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  linli_payload_change (payload, name, before, after);
  linli_row_set_int (file->row, column, value);
}

gboolean
linli_case_edit_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "edit", .audience = "internal", .payload = payload };
  gint64 value = 0;

  if (file == NULL || !check_revision (file, args, error) || !check_edit (file, args, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (text_columns); i++)
    edit_text (file, args, text_columns[i], payload);
  for (guint i = 0; i < G_N_ELEMENTS (int_columns); i++)
    if (linli_json_get_int (args, linli_table_case.columns[int_columns[i]].name, &value))
      edit_int (file, int_columns[i], value, payload);
  if (json_object_has_member (args, "confidential") && !json_object_get_null_member (args, "confidential"))
    edit_int (file, LINLI_CASE_CONFIDENTIAL, linli_json_get_bool (args, "confidential"), payload);
  if (linli_payload_is_empty (payload))
    return TRUE;

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

/* Returns: (transfer full) (nullable): the name of an account */
static char *
name_account (LinliCommandContext *context,
              const char          *id)
{
  g_autoptr(LinliRow) account = NULL;

  if (id == NULL || !linli_tx_find (context->tx, &linli_table_account, id, &account, NULL) || account == NULL)
    return NULL;
  return g_strdup (linli_row_get_text (account, LINLI_ACCOUNT_NAME));
}

gboolean
linli_case_assign_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *owner = linli_json_get_text (args, "owner");
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliRow) account = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autofree char *before = NULL;
  const LinliCaseEntry entry = { .kind = "assign", .audience = "internal", .payload = payload };

  if (file == NULL)
    return FALSE;
  if (owner != NULL)
    {
      account = linli_command_get (context, &linli_table_account, owner, "owner", error);
      if (account == NULL)
        return FALSE;
    }
  if (g_strcmp0 (owner, linli_row_get_text (file->row, LINLI_CASE_OWNER_ID)) == 0)
    return TRUE;

  before = name_account (context, linli_row_get_text (file->row, LINLI_CASE_OWNER_ID));
  linli_payload_change (payload, "owner", before,
                        account != NULL ? linli_row_get_text (account, LINLI_ACCOUNT_NAME) : NULL);
  linli_row_set_text (file->row, LINLI_CASE_OWNER_ID, owner);
  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}
