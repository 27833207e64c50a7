/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The centre's own wording and marks of a case. The resident's words are in
 * the submission and stay out of reach. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-known.h"
#include "linli-mask.h"
#include "linli-people-tables.h"
#include "linli-place-resolve.h"
#include "linli-plant.h"
#include "linli-rights.h"

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
  { "base", LINLI_ARG_OBJECT, .doc = "what each field held on the screen; filled in when absent" },
  { NULL }
};

const LinliArgSpec linli_case_assign_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "owner", LINLI_ARG_ID, .doc = "an account; nobody when absent" },
  { NULL }
};

/* A field and how a row and the arguments hold it. */
typedef struct
{
  guint    column;
  gboolean is_text;
} Field;

static const Field fields[] = {
  { LINLI_CASE_TITLE, TRUE }, { LINLI_CASE_SUMMARY, TRUE }, { LINLI_CASE_NATURE, TRUE }, { LINLI_CASE_LANE, TRUE },
  { LINLI_CASE_URGENCY, TRUE }, { LINLI_CASE_COMMUNITY, TRUE }, { LINLI_CASE_PLACE, TRUE },
  { LINLI_CASE_PLACE_ID, TRUE }, { LINLI_CASE_GRID, TRUE }, { LINLI_CASE_LATITUDE, FALSE },
  { LINLI_CASE_LONGITUDE, FALSE },
};

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

/* Returns: (transfer full) (nullable): the field of @row as text, %NULL when empty */
static char *
dup_held (LinliRow    *row,
          const Field *field)
{
  if (linli_row_is_null (row, field->column))
    return NULL;
  return field->is_text ? g_strdup (linli_row_get_text (row, field->column))
                        : g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (row, field->column));
}

/* @value: (out) (transfer full) (nullable): the same of a member of @object
 *
 * Returns: whether there is such a member */
static gboolean
dup_given (JsonObject  *object,
           const Field *field,
           char       **value)
{
  const char *name = linli_table_case.columns[field->column].name;
  JsonNode *node = json_object_get_member (object, name);
  const char *text = linli_json_get_text (object, name);
  gint64 number = 0;

  *value = NULL;
  if (node == NULL)
    return FALSE;
  if (field->is_text)
    *value = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  else if (linli_json_get_int (object, name, &number))
    *value = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  else if (!JSON_NODE_HOLDS_NULL (node))
    *value = g_strdup (linli_json_get_bool (object, name) ? "1" : "0");
  return TRUE;
}

/* Returns: (transfer full) (nullable): what whoever edits saw of @held
 *
 * @known: (nullable): whom the case is about, for those who may not know */
static char *
dup_seen (LinliCaseFile *file,
          const Field   *field,
          const char    *known,
          const char    *held)
{
  g_autofree char *nameless = NULL;

  if (!field->is_text || known == NULL)
    return g_strdup (held);
  nameless = linli_mask_known (known, held);
  return file->context->rights & LINLI_RIGHT_IDENTITY ? g_steal_pointer (&nameless) : linli_mask_prose (nameless);
}

static void
tell_contested (LinliCaseFile *file,
                JsonArray     *conflicts,
                const Field   *field,
                const char    *known,
                const char    *held,
                const char    *yours)
{
  JsonObject *conflict = json_object_new ();
  g_autofree char *kept = dup_seen (file, field, known, held);

  json_object_set_string_member (conflict, "field", linli_table_case.columns[field->column].name);
  json_object_set_string_member (conflict, "kept", kept);
  json_object_set_string_member (conflict, "yours", yours);
  json_array_add_object_element (conflicts, conflict);
}

/* Whoever corrects a field saw some value of it. If another came to stand
 * there meanwhile, that one stays, and both are told: last to arrive is not
 * better informed. Nor does anybody put stars in place of a name or number that
 * he may not see. */
static gboolean
edit_field (LinliCaseFile *file,
            JsonObject    *args,
            const Field   *field,
            const char    *known,
            LinliPayload  *payload,
            JsonArray     *conflicts,
            GError       **error)
{
  JsonObject *base = linli_json_get_object (args, "base");
  const char *name = linli_table_case.columns[field->column].name;
  g_autofree char *before = dup_held (file->row, field);
  g_autofree char *shown = dup_seen (file, field, known, before);
  g_autofree char *after = NULL;
  g_autofree char *seen = NULL;
  LinliRight rights = file->context->rights;

  if (!dup_given (args, field, &after) || json_object_get_null_member (args, name))
    return TRUE;
  if (base != NULL && !LINLI_PLANTED (WHOLE_ROW) && dup_given (base, field, &seen) && g_strcmp0 (seen, before) != 0)
    {
      if (g_strcmp0 (before, after) != 0)
        tell_contested (file, conflicts, field, known, before, after);
      return TRUE;
    }
  if (g_strcmp0 (shown, before) != 0 &&
      !linli_rights_demand (rights, rights & LINLI_RIGHT_IDENTITY ? LINLI_RIGHT_CONFIDENTIAL : LINLI_RIGHT_IDENTITY, error))
    return FALSE;
  linli_payload_change (payload, name, before, after);
  if (field->is_text)
    linli_row_set_text (file->row, field->column, after);
  else
    linli_row_set_int (file->row, field->column, g_ascii_strtoll (after, NULL, 10));
  return TRUE;
}

/* The desk's own rows are what is on its screen as long as the revision is the
 * one that was read there; with another, the command refuses. */
gboolean
linli_case_edit_fill (LinliTx    *tx,
                      JsonObject *args,
                      GError    **error)
{
  g_autoptr(JsonObject) base = NULL;
  g_autoptr(LinliRow) row = NULL;
  gint64 revision = 0;

  if (json_object_has_member (args, "base"))
    return TRUE;
  if (!linli_tx_find (tx, &linli_table_case, linli_json_get_text (args, "case"), &row, error))
    return FALSE;
  linli_json_get_int (args, "revision", &revision);
  if (row == NULL || revision != linli_row_get_int (row, LINLI_CASE_REVISION))
    return TRUE;

  base = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *name = linli_table_case.columns[fields[i].column].name;

      if (!json_object_has_member (args, name))
        continue;
      if (linli_row_is_null (row, fields[i].column))
        json_object_set_null_member (base, name);
      else if (fields[i].is_text)
        json_object_set_string_member (base, name, linli_row_get_text (row, fields[i].column));
      else
        json_object_set_int_member (base, name, linli_row_get_int (row, fields[i].column));
    }
  json_object_set_object_member (args, "base", g_steal_pointer (&base));

  return TRUE;
}

/* Another place in words means another place of the list, or none; what another
 * person wrote meanwhile, and keeps, is not followed.
 *
 * @before: the case as it was */
static gboolean
follow_place (LinliCaseFile *file,
              JsonObject    *args,
              LinliRow      *before,
              GError       **error)
{
  const char *id = linli_row_get_text (file->row, LINLI_CASE_PLACE_ID);
  gboolean picked = id != NULL && g_strcmp0 (id, linli_json_get_text (args, "place_id")) == 0;
  g_autoptr(LinliPlaceFound) found = NULL;

  if (linli_row_equal_column (file->row, before, LINLI_CASE_PLACE) &&
      linli_row_equal_column (file->row, before, LINLI_CASE_PLACE_ID))
    return TRUE;
  if (!linli_place_resolve (linli_tx_get_conn (file->context->tx), picked ? id : NULL,
                            linli_row_get_text (file->row, LINLI_CASE_PLACE),
                            linli_row_get_text (file->row, LINLI_CASE_COMMUNITY), &found, error))
    return FALSE;
  linli_row_set_text (file->row, LINLI_CASE_PLACE_ID, found != NULL ? linli_row_get_id (found->row) : NULL);
  if (!json_object_has_member (args, "grid"))
    linli_row_set_text (file->row, LINLI_CASE_GRID, found != NULL ? found->grid : NULL);
  return TRUE;
}

/* Tells `conflicts` (field, kept, yours) when somebody else's value stayed. */
gboolean
linli_case_edit_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(JsonArray) conflicts = json_array_new ();
  const LinliCaseEntry entry = { .kind = "edit", .audience = "internal", .payload = payload };
  g_autoptr(LinliRow) before = NULL;
  g_autofree char *known = NULL;

  if (file == NULL ||
      !linli_known_load (linli_tx_get_conn (context->tx), linli_row_get_id (file->row), context->rights, &known, error) ||
      (!json_object_has_member (args, "base") && !check_revision (file, args, error)) ||
      !check_edit (file, args, error))
    return FALSE;
  before = linli_row_copy (file->row);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!edit_field (file, args, &fields[i], known, payload, conflicts, error))
      return FALSE;
  if (!follow_place (file, args, before, error))
    return FALSE;
  if (json_array_get_length (conflicts) > 0)
    json_object_set_array_member (context->result, "conflicts", json_array_ref (conflicts));
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
