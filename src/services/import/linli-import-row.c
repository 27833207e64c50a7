/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of somebody's table becomes one record for the command case.import,
 * or is refused with a reason that the person can act on. */

#include "config.h"

#include "linli-import-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-field-parse.h"

G_DEFINE_QUARK (linli-import-error-quark, linli_import_error)

#define MAX_TEXT 20000 /* characters of a submission */
#define MAX_LINE 200

/* Reasons are constant sentences; the refused-rows file shows them translated. */
static gboolean
refuse (GError    **error,
        const char *reason)
{
  g_set_error_literal (error, LINLI_IMPORT_ERROR, LINLI_IMPORT_ERROR_ROW, reason);
  return FALSE;
}

/**
 * linli_import_mapping_check:
 * @error: %LINLI_IMPORT_ERROR_MAPPING
 *
 * Returns: whether cases can be made of the chosen columns at all
 */
gboolean
linli_import_mapping_check (const LinliImportMapping *mapping,
                            GError                  **error)
{
  gboolean words = mapping->columns[LINLI_IMPORT_TEXT] >= 0 || mapping->columns[LINLI_IMPORT_SUBJECT] >= 0 ||
                   mapping->columns[LINLI_IMPORT_ITEM] >= 0;

  if (words && mapping->columns[LINLI_IMPORT_RECEIVED] >= 0)
    return TRUE;
  g_set_error_literal (error, LINLI_IMPORT_ERROR, LINLI_IMPORT_ERROR_MAPPING,
                       words ? N_("Choose the column that says when a matter was received.")
                             : N_("Choose the column that holds the resident's words, a subject or the duty item."));
  return FALSE;
}

/* Returns: (nullable): the cell as it is; %NULL for an absent or empty one */
static const char *
get_cell (const LinliImportMapping *mapping,
          GPtrArray                *cells,
          LinliImportField          field)
{
  int column = mapping->columns[field];

  if (column < 0 || (guint) column >= cells->len || linli_field_is_blank (cells->pdata[column]))
    return NULL;
  return cells->pdata[column];
}

static gboolean
put_line (const LinliImportMapping *mapping,
          GPtrArray                *cells,
          LinliImportField          field,
          const char               *member,
          JsonObject               *record,
          GError                  **error)
{
  const char *cell = get_cell (mapping, cells, field);
  g_autofree char *line = cell != NULL ? linli_field_clean_line (cell) : NULL;

  if (line == NULL || *line == '\0')
    return TRUE;
  if (g_utf8_strlen (line, -1) > MAX_LINE)
    return refuse (error, N_("A short field holds more than 200 characters."));
  json_object_set_string_member (record, member, line);
  return TRUE;
}

static gboolean
put_time (const LinliImportMapping *mapping,
          GPtrArray                *cells,
          LinliImportField          field,
          const char               *member,
          gboolean                  required,
          JsonObject               *record,
          GError                  **error)
{
  const char *cell = get_cell (mapping, cells, field);
  LinliTimePrecision precision;
  gint64 time;

  if (cell == NULL)
    return !required || refuse (error, N_("The time of receipt is missing."));
  if (!linli_field_parse_time (cell, mapping->zone, &time, &precision, NULL))
    return refuse (error, required ? N_("The time of receipt cannot be read.")
                                   : N_("A time cannot be read."));
  json_object_set_int_member (record, member, time);
  return TRUE;
}

/* What the source says of how it ended: a flag, else when it was closed, else
 * when it was answered. A reply without its time may be one on the way. */
static void
put_state (const LinliImportMapping *mapping,
           GPtrArray                *cells,
           JsonObject               *record)
{
  static const struct { LinliImportField field; const char *state; } flags[] = {
    { LINLI_IMPORT_LATE, "closed_late" },
    { LINLI_IMPORT_IN_TIME, "closed_in_time" },
    { LINLI_IMPORT_OPEN, "open" },
  };
  const char *state = NULL;

  if (linli_import_own_state (&mapping->own, cells, &state))
    {
      json_object_set_string_member (record, "state", state);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      const char *cell = get_cell (mapping, cells, flags[i].field);
      gboolean value = FALSE;

      if (cell != NULL && linli_field_parse_bool (cell, &value, NULL) && value)
        {
          json_object_set_string_member (record, "state", flags[i].state);
          return;
        }
    }
  if (json_object_has_member (record, "closed_at") ||
      (json_object_has_member (record, "reply") && json_object_has_member (record, "reply_at")))
    json_object_set_string_member (record, "state", "closed");
}

/* "市容环卫 / 无照经营游商", or whichever of the two there is. */
static void
put_item (const LinliImportMapping *mapping,
          GPtrArray                *cells,
          JsonObject               *record)
{
  const char *class = get_cell (mapping, cells, LINLI_IMPORT_CLASS);
  const char *item = get_cell (mapping, cells, LINLI_IMPORT_ITEM);
  g_autofree char *class_line = class != NULL ? linli_field_clean_line (class) : NULL;
  g_autofree char *item_line = item != NULL ? linli_field_clean_line (item) : NULL;
  g_autofree char *both = NULL;

  if (class_line != NULL && item_line != NULL && g_strcmp0 (class_line, item_line) != 0)
    both = g_strconcat (class_line, " / ", item_line, NULL);
  else
    both = g_strdup (item_line != NULL ? item_line : class_line);
  if (both != NULL)
    json_object_set_string_member (record, "item_name", both);
}

/* A platform's extract may hold no words at all; what is known is said then,
 * and said to be such, rather than invented. */
static char *
make_text (JsonObject *record)
{
  static const char *const members[] = { "item_name", "nature", "channel", "street", "community", "place" };
  GString *text = g_string_new ("（来源无正文）");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (record, members[i]))
      g_string_append_printf (text, "%s%s", i == 0 ? "" : "，", json_object_get_string_member (record, members[i]));
  return g_string_free (text, FALSE);
}

static gboolean
put_words (const LinliImportMapping *mapping,
           GPtrArray                *cells,
           JsonObject               *record,
           GError                  **error)
{
  const char *cell = get_cell (mapping, cells, LINLI_IMPORT_TEXT);
  const char *subject = get_cell (mapping, cells, LINLI_IMPORT_SUBJECT);
  g_autofree char *text = cell != NULL ? linli_field_clean_text (cell) : NULL;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      text = subject != NULL ? linli_field_clean_text (subject)
           : json_object_has_member (record, "item_name") ? make_text (record) : NULL;
    }
  if (text == NULL || *text == '\0')
    return refuse (error, N_("The row holds no words: neither text nor subject nor duty item."));
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    return refuse (error, N_("The text is longer than 20,000 characters."));
  json_object_set_string_member (record, "text", text);
  return TRUE;
}

/* A title from place and item, where the row has no subject of its own. */
static void
put_title (JsonObject *record)
{
  const char *item;
  const char *leaf;
  g_autofree char *title = NULL;

  if (json_object_has_member (record, "subject") || !json_object_has_member (record, "item_name"))
    return;
  item = json_object_get_string_member (record, "item_name");
  leaf = g_strrstr (item, " / ");
  leaf = leaf != NULL ? leaf + 3 : item;
  title = json_object_has_member (record, "community")
            ? g_strconcat (json_object_get_string_member (record, "community"), " ", leaf, NULL)
            : g_strdup (leaf);
  json_object_set_string_member (record, "title", title);
}

static gboolean
put_phone (const LinliImportMapping *mapping,
           GPtrArray                *cells,
           JsonObject               *record,
           GError                  **error)
{
  const char *cell = get_cell (mapping, cells, LINLI_IMPORT_PHONE);
  g_autofree char *phone = cell != NULL ? linli_field_parse_phone (cell, NULL) : NULL;

  if (cell != NULL && phone == NULL)
    return refuse (error, N_("The phone number cannot be read."));
  if (phone != NULL)
    json_object_set_string_member (record, "appellant_phone", phone);
  return TRUE;
}

static void
put_urgency (const LinliImportMapping *mapping,
             GPtrArray                *cells,
             JsonObject               *record)
{
  const char *cell = get_cell (mapping, cells, LINLI_IMPORT_URGENCY);

  if (cell == NULL)
    return;
  if (strstr (cell, "急") != NULL || g_ascii_strcasecmp (cell, "urgent") == 0)
    json_object_set_string_member (record, "urgency", "urgent");
  else if (strstr (cell, "疑难") != NULL || g_ascii_strcasecmp (cell, "hard") == 0)
    json_object_set_string_member (record, "urgency", "hard");
}

/* What makes a row the same row when the file comes again: the other system's
 * number, else the content itself. */
static void
put_source_key (const LinliImportMapping *mapping,
                GPtrArray                *cells,
                JsonObject               *record)
{
  g_autofree char *key = linli_import_own_key (&mapping->own, cells);

  if (key == NULL && json_object_has_member (record, "external_no"))
    key = g_strdup_printf ("%s:%s", mapping->source, json_object_get_string_member (record, "external_no"));
  else if (key == NULL)
    {
      g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

      for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
        {
          const char *cell = get_cell (mapping, cells, i);

          g_checksum_update (sum, (const guchar *) (cell != NULL ? cell : ""), -1);
          g_checksum_update (sum, (const guchar *) "\x1f", 1);
        }
      key = g_strdup_printf ("%s#%.32s", mapping->source, g_checksum_get_string (sum));
    }
  json_object_set_string_member (record, "source_key", key);
}

/**
 * linli_import_row_convert:
 * @cells: (element-type utf8): one row of the file
 * @error: %LINLI_IMPORT_ERROR_ROW with a reason in a constant sentence
 *
 * Returns: (transfer full): a record for the command case.import
 */
JsonObject *
linli_import_row_convert (const LinliImportMapping *mapping,
                          GPtrArray                *cells,
                          GError                  **error)
{
  static const struct { LinliImportField field; const char *member; } lines[] = {
    { LINLI_IMPORT_NUMBER, "external_no" }, { LINLI_IMPORT_SUBJECT, "subject" },
    { LINLI_IMPORT_CHANNEL, "channel" }, { LINLI_IMPORT_NATURE, "nature" },
    { LINLI_IMPORT_ITEM_CODE, "item_code" }, { LINLI_IMPORT_STREET, "street" },
    { LINLI_IMPORT_COMMUNITY, "community" }, { LINLI_IMPORT_PLACE, "place" },
    { LINLI_IMPORT_UNIT, "unit_name" }, { LINLI_IMPORT_PERSON, "appellant_name" },
  };
  g_autoptr(JsonObject) record = json_object_new ();
  const char *reply = get_cell (mapping, cells, LINLI_IMPORT_REPLY);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (!put_line (mapping, cells, lines[i].field, lines[i].member, record, error))
      return NULL;
  put_item (mapping, cells, record);
  put_urgency (mapping, cells, record);
  if (!put_phone (mapping, cells, record, error) ||
      !put_time (mapping, cells, LINLI_IMPORT_RECEIVED, "received_at", TRUE, record, error) ||
      !put_time (mapping, cells, LINLI_IMPORT_CLOSED, "closed_at", FALSE, record, error) ||
      !put_time (mapping, cells, LINLI_IMPORT_REPLIED, "reply_at", FALSE, record, error) ||
      !put_words (mapping, cells, record, error))
    return NULL;
  if (reply != NULL)
    {
      g_autofree char *text = linli_field_clean_text (reply);

      json_object_set_string_member (record, "reply", text);
    }
  if (linli_import_own_is_confidential (&mapping->own, cells))
    json_object_set_boolean_member (record, "confidential", TRUE);
  put_state (mapping, cells, record);
  put_title (record);
  put_source_key (mapping, cells, record);

  return g_steal_pointer (&record);
}
