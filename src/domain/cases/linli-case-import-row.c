/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading one row of an import: what it must hold, and what its words mean in
 * this store. */

#include "config.h"

#include "linli-case-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-commands-private.h"
#include "linli-case-title.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"

/* A row that names no channel came with the file itself. */
#define CHANNEL_OF_FILES "导入"

static const struct
{
  const char *member;
  guint       max_length;
} words[LINLI_N_IMPORT_WORDS] = {
  [LINLI_IMPORT_WORD_SOURCE_KEY] = { "source_key", 200 },
  [LINLI_IMPORT_WORD_EXTERNAL_NO] = { "external_no", 60 },
  [LINLI_IMPORT_WORD_TITLE] = { "title", 200 },
  [LINLI_IMPORT_WORD_SUBJECT] = { "subject", 400 },
  [LINLI_IMPORT_WORD_TEXT] = { "text", 20000 },
  [LINLI_IMPORT_WORD_CHANNEL] = { "channel", 60 },
  [LINLI_IMPORT_WORD_STATE] = { "state", 20 },
  [LINLI_IMPORT_WORD_ITEM_NAME] = { "item_name", 400 },
  [LINLI_IMPORT_WORD_ITEM_CODE] = { "item_code", 60 },
  [LINLI_IMPORT_WORD_NATURE] = { "nature", 20 },
  [LINLI_IMPORT_WORD_URGENCY] = { "urgency", 20 },
  [LINLI_IMPORT_WORD_COMMUNITY] = { "community", 60 },
  [LINLI_IMPORT_WORD_STREET] = { "street", 60 },
  [LINLI_IMPORT_WORD_PLACE] = { "place", 120 },
  [LINLI_IMPORT_WORD_UNIT_NAME] = { "unit_name", 120 },
  [LINLI_IMPORT_WORD_APPELLANT_NAME] = { "appellant_name", 60 },
  [LINLI_IMPORT_WORD_APPELLANT_PHONE] = { "appellant_phone", 60 },
  [LINLI_IMPORT_WORD_REPLY] = { "reply", 8000 },
};

static const struct
{
  const char *word;
  gboolean    closed;
  gboolean    judged; /* the source says whether it was in time */
  gboolean    late;
} states[] = {
  { "open", FALSE, FALSE, FALSE },
  { "closed", TRUE, FALSE, FALSE },
  { "closed_in_time", TRUE, TRUE, FALSE },
  { "closed_late", TRUE, TRUE, TRUE },
};

static const struct { const char *word, *urgency; } urgencies[] = {
  { "urgent", "urgent" }, { "normal", "normal" }, { "hard", "hard" },
  { "紧急", "urgent" }, { "一般", "normal" }, { "疑难", "hard" },
};

void
linli_import_batch_init (LinliImportBatch    *batch,
                         LinliCommandContext *context,
                         const char          *import)
{
  batch->context = context;
  batch->import = import;
  batch->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  batch->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) linli_row_unref);
}

void
linli_import_batch_clear (LinliImportBatch *batch)
{
  g_clear_pointer (&batch->units, g_hash_table_unref);
  g_clear_pointer (&batch->channels, g_hash_table_unref);
  g_clear_pointer (&batch->items, g_hash_table_unref);
  g_clear_pointer (&batch->places, linli_place_index_free);
}

void
linli_import_row_clear (LinliImportRow *row)
{
  g_clear_pointer (&row->title, g_free);
  g_clear_pointer (&row->case_no, g_free);
  g_clear_pointer (&row->place, g_free);
  g_clear_pointer (&row->unit, g_free);
  g_clear_pointer (&row->channel, g_free);
  g_clear_pointer (&row->appellant, g_free);
}

static gboolean
refuse (const char **field,
        const char **fault,
        const char  *member,
        const char  *sentence)
{
  *field = member;
  *fault = sentence;
  return FALSE;
}

static gboolean
take_words (LinliImportRow *row,
            JsonObject     *object,
            const char    **field,
            const char    **fault)
{
  for (guint i = 0; i < LINLI_N_IMPORT_WORDS; i++)
    {
      const char *text = linli_json_get_text (object, words[i].member);

      if (text == NULL || *text == '\0')
        continue;
      if (strlen (text) > words[i].max_length && g_utf8_strlen (text, -1) > (glong) words[i].max_length)
        return refuse (field, fault, words[i].member, N_("The text is too long."));
      row->words[i] = text;
    }
  return TRUE;
}

static gboolean
read_time (JsonObject  *object,
           const char  *member,
           gint64      *time,
           const char **field,
           const char **fault)
{
  JsonNode *node = json_object_get_member (object, member);

  *time = 0;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || linli_args_get_time (object, member, time))
    return TRUE;
  return refuse (field, fault, member, N_("This is not a time."));
}

static gboolean
read_words (LinliImportRow *row,
            const char    **field,
            const char    **fault)
{
  const char *state = row->words[LINLI_IMPORT_WORD_STATE];
  const char *urgency = row->words[LINLI_IMPORT_WORD_URGENCY];

  row->urgency = urgency == NULL ? "normal" : NULL;
  for (guint i = 0; urgency != NULL && i < G_N_ELEMENTS (urgencies); i++)
    if (g_str_equal (urgencies[i].word, urgency))
      row->urgency = urgencies[i].urgency;
  if (row->urgency == NULL)
    return refuse (field, fault, "urgency", N_("This is not one of the possible values."));

  if (state == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].word, state))
      {
        row->closed = states[i].closed;
        row->judged = states[i].judged;
        row->late = states[i].late;
        return TRUE;
      }
  return refuse (field, fault, "state", N_("This is not one of the possible values."));
}

static char *
make_title (const LinliImportRow *row)
{
  const char *title = row->words[LINLI_IMPORT_WORD_TITLE];
  const char *subject = row->words[LINLI_IMPORT_WORD_SUBJECT];

  return title != NULL ? g_strdup (title) : linli_case_title_from_text (subject != NULL ? subject : row->text);
}

/**
 * linli_import_row_read:
 * @row: (out caller-allocates)
 * @field: (out): on refusal, the member at fault
 * @fault: (out): and what is wrong, a constant sentence
 *
 * Reads what needs no look at the store.
 *
 * Returns: whether the row can be brought in
 */
gboolean
linli_import_row_read (LinliImportRow *row,
                       JsonObject     *object,
                       const char    **field,
                       const char    **fault)
{
  static const LinliImportWord told[] = { LINLI_IMPORT_WORD_TEXT, LINLI_IMPORT_WORD_SUBJECT, LINLI_IMPORT_WORD_TITLE,
                                          LINLI_IMPORT_WORD_ITEM_NAME };
  const char *street;
  const char *place;

  memset (row, 0, sizeof *row);
  if (!take_words (row, object, field, fault))
    return FALSE;
  if (row->words[LINLI_IMPORT_WORD_SOURCE_KEY] == NULL)
    return refuse (field, fault, "source_key", N_("This must be filled in."));
  if (!read_time (object, "received_at", &row->received_at, field, fault) ||
      !read_time (object, "closed_at", &row->closed_at, field, fault) ||
      !read_time (object, "reply_at", &row->reply_at, field, fault) ||
      !read_words (row, field, fault))
    return FALSE;
  if (row->received_at == 0)
    return refuse (field, fault, "received_at", N_("This must be filled in."));

  for (guint i = 0; row->text == NULL && i < G_N_ELEMENTS (told); i++)
    row->text = row->words[told[i]];
  if (row->text == NULL)
    return refuse (field, fault, "text", N_("This must be filled in."));
  row->title = make_title (row);
  row->confidential = linli_json_get_bool (object, "confidential");
  street = row->words[LINLI_IMPORT_WORD_STREET];
  place = row->words[LINLI_IMPORT_WORD_PLACE];
  if (street != NULL || place != NULL)
    row->place = g_strconcat (street != NULL ? street : "", place, NULL);

  return TRUE;
}

static void
note_unit (GHashTable *units,
           const char *word,
           const char *id)
{
  if (word != NULL && !g_hash_table_contains (units, word))
    g_hash_table_insert (units, g_strdup (word), g_strdup (id));
}

/* By every word a unit goes by; of several that share one, the first in use.
 * A centre has some hundred units, a file names most of them. */
static gboolean
load_units (LinliImportBatch *batch,
            GError          **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (linli_tx_get_conn (batch->context->tx), error,
                                                "SELECT id, name, short_name, code FROM unit ORDER BY active DESC, id", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  batch->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (row)
    {
      const char *id = linli_stmt_get_text (stmt, 0);

      for (int i = 1; i <= 3; i++)
        note_unit (batch->units, linli_stmt_get_text (stmt, i), id);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_unit (LinliImportBatch *batch,
           const char       *name,
           char            **id,
           GError          **error)
{
  g_autoptr(LinliRow) unit = linli_row_new (&linli_table_unit);
  g_autofree char *pinyin = linli_pinyin_initials (name);
  g_autofree char *code = NULL;

  *id = linli_command_new_id (batch->context);
  code = g_strconcat ("I-", strrchr (*id, '-') + 1, NULL);
  linli_row_set_text (unit, LINLI_UNIT_ID, *id);
  linli_row_set_text (unit, LINLI_UNIT_CODE, code);
  linli_row_set_text (unit, LINLI_UNIT_NAME, name);
  linli_row_set_text (unit, LINLI_UNIT_KIND, "imported");
  linli_row_set_text (unit, LINLI_UNIT_PINYIN, pinyin);
  linli_row_set_int (unit, LINLI_UNIT_ACTIVE, TRUE);
  note_unit (batch->units, name, *id);
  note_unit (batch->units, code, *id);

  return linli_tx_insert (batch->context->tx, unit, error);
}

static gboolean
find_or_make_unit (LinliImportBatch *batch,
                   const char       *name,
                   char            **id,
                   GError          **error)
{
  if (batch->units == NULL && !load_units (batch, error))
    return FALSE;
  *id = g_strdup (g_hash_table_lookup (batch->units, name));

  return *id != NULL || make_unit (batch, name, id, error);
}

static gboolean
find_or_make_channel (LinliImportBatch *batch,
                      const char       *name,
                      char            **code,
                      GError          **error)
{
  const char *known = g_hash_table_lookup (batch->channels, name);
  LinliConn *conn = linli_tx_get_conn (batch->context->tx);
  g_autoptr(LinliRow) channel = NULL;
  g_autofree char *pinyin = NULL;
  g_autofree char *id = NULL;

  *code = g_strdup (known);
  if (known != NULL)
    return TRUE;
  if (!linli_conn_get_text (conn, code, error,
                            "SELECT code FROM channel WHERE code = ?1 OR name = ?1 "
                            "ORDER BY code = ?1 DESC, id LIMIT 1", "s", name))
    return FALSE;
  if (*code == NULL)
    {
      *code = g_strdup (name);
      id = linli_command_new_id (batch->context);
      channel = linli_row_new (&linli_table_channel);
      pinyin = linli_pinyin_initials (name);
      linli_row_set_text (channel, LINLI_CHANNEL_ID, id);
      linli_row_set_text (channel, LINLI_CHANNEL_CODE, name);
      linli_row_set_text (channel, LINLI_CHANNEL_NAME, name);
      linli_row_set_text (channel, LINLI_CHANNEL_GROUP_NAME, "imported");
      linli_row_set_text (channel, LINLI_CHANNEL_PINYIN, pinyin);
      linli_row_set_int (channel, LINLI_CHANNEL_ACTIVE, TRUE);
      if (!linli_tx_insert (batch->context->tx, channel, error))
        return FALSE;
    }
  g_hash_table_insert (batch->channels, g_strdup (name), g_strdup (*code));

  return TRUE;
}

/* A code of another list is no fault: the case keeps the words it came with. */
static gboolean
find_item (LinliImportBatch *batch,
           const char       *code,
           LinliRow        **item,
           GError          **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  *item = NULL;
  if (code == NULL || g_hash_table_lookup_extended (batch->items, code, NULL, (gpointer *) item))
    return TRUE;
  rows = linli_tx_select (batch->context->tx, &linli_table_duty_item, error,
                          "code = ?1 AND active = 1 AND is_leaf = 1 ORDER BY id LIMIT 1", "s", code);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *item = linli_row_ref (rows->pdata[0]);
  g_hash_table_insert (batch->items, g_strdup (code), *item);

  return TRUE;
}

/* What a row says of where it is, without the street: the list begins below it. */
static gboolean
find_place (LinliImportRow   *row,
            LinliImportBatch *batch,
            GError          **error)
{
  const char *place = row->words[LINLI_IMPORT_WORD_PLACE];

  if (place == NULL)
    return TRUE;
  if (batch->places == NULL)
    batch->places = linli_place_index_load (linli_tx_get_conn (batch->context->tx), error);
  if (batch->places == NULL)
    return FALSE;
  row->spot = linli_place_index_find_address (batch->places, place, row->words[LINLI_IMPORT_WORD_COMMUNITY]);
  return TRUE;
}

/* The number on the source's own paper, unless it is taken here. */
static gboolean
choose_number (LinliImportRow   *row,
               LinliImportBatch *batch,
               GError          **error)
{
  const char *number = row->words[LINLI_IMPORT_WORD_EXTERNAL_NO];
  gint64 taken = 0;

  if (number == NULL)
    return TRUE;
  if (!linli_conn_get_int (linli_tx_get_conn (batch->context->tx), &taken, error,
                           "SELECT EXISTS (SELECT 1 FROM cases WHERE case_no = ?1) OR "
                           "EXISTS (SELECT 1 FROM submission WHERE receipt_no = ?1)", "s", number))
    return FALSE;
  if (!taken)
    row->case_no = g_strdup (number);
  return TRUE;
}

static gboolean
find_person (LinliImportRow   *row,
             LinliImportBatch *batch,
             GError          **error)
{
  const char *name = row->words[LINLI_IMPORT_WORD_APPELLANT_NAME];
  const char *phone = row->words[LINLI_IMPORT_WORD_APPELLANT_PHONE];
  g_autoptr(JsonObject) person = NULL;
  g_autoptr(LinliRow) appellant = NULL;

  if (name == NULL && phone == NULL)
    return TRUE;
  person = json_object_new ();
  if (name != NULL)
    json_object_set_string_member (person, "name", name);
  if (phone != NULL)
    json_object_set_string_member (person, "phone", phone);
  appellant = linli_case_find_appellant (batch->context, person, error);
  if (appellant == NULL)
    return FALSE;
  row->appellant = g_strdup (linli_row_get_id (appellant));
  row->confidential |= linli_row_get_int (appellant, LINLI_APPELLANT_CONFIDENTIAL) != 0;

  return TRUE;
}

/**
 * linli_import_row_resolve:
 *
 * Finds, or makes, what the row names: channel, unit, item, place, resident, number.
 */
gboolean
linli_import_row_resolve (LinliImportRow   *row,
                          LinliImportBatch *batch,
                          GError          **error)
{
  const char *unit = row->words[LINLI_IMPORT_WORD_UNIT_NAME];
  const char *channel = row->words[LINLI_IMPORT_WORD_CHANNEL];

  return find_or_make_channel (batch, channel != NULL ? channel : CHANNEL_OF_FILES, &row->channel, error) &&
         (unit == NULL || find_or_make_unit (batch, unit, &row->unit, error)) &&
         find_item (batch, row->words[LINLI_IMPORT_WORD_ITEM_CODE], &row->item, error) &&
         find_place (row, batch, error) &&
         find_person (row, batch, error) &&
         choose_number (row, batch, error);
}
