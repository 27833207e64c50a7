/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing in a duty list. A code that is known and says something new gets a
 * new version; cases keep pointing at the version they were filed under. */

#include "config.h"

#include "linli-duty-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-catalogue-tables.h"
#include "linli-evidence-kinds.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"

#define BATCH 500

const LinliArgSpec linli_duty_import_args[] = {
  { "source", LINLI_ARG_TEXT, TRUE, 200, .doc = "which list this is" },
  { "items", LINLI_ARG_OBJECTS, TRUE, BATCH,
    .doc = "code, parent_code, level, path, name, aliases[], leaf, catch_all, lead (unit code or name), assist[], "
           "owner_text, legal_basis, clause, limits{}, start_rule, filing, standard, closing, urgency, lane, evidence[], uses" },
  { NULL }
};

/* Units by code or by name; a name nobody knows becomes a unit, so that the
 * list's owners can be dispatched to. */
static gboolean
find_unit (LinliCommandContext *context,
           const char          *name,
           char               **id,
           GError             **error)
{
  g_autoptr(LinliRow) unit = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *new_id = NULL;
  g_autofree char *code = NULL;
  g_autofree char *pinyin = NULL;

  *id = NULL;
  if (name == NULL || *name == '\0')
    return TRUE;
  rows = linli_tx_select (context->tx, &linli_table_unit, error,
                          "code = ?1 OR name = ?1 ORDER BY code = ?1 DESC, id LIMIT 1", "s", name);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      *id = g_strdup (linli_row_get_id (rows->pdata[0]));
      return TRUE;
    }

  unit = linli_row_new (&linli_table_unit);
  new_id = linli_command_new_id (context);
  code = g_strdup_printf ("L-%.8s", new_id + strlen (new_id) - 8);
  pinyin = linli_pinyin_initials (name);
  linli_row_set_text (unit, LINLI_UNIT_ID, new_id);
  linli_row_set_text (unit, LINLI_UNIT_CODE, code);
  linli_row_set_text (unit, LINLI_UNIT_NAME, name);
  linli_row_set_text (unit, LINLI_UNIT_PINYIN, pinyin);
  linli_row_set_int (unit, LINLI_UNIT_ACTIVE, TRUE);
  *id = g_steal_pointer (&new_id);

  return linli_tx_insert (context->tx, unit, error);
}

static gboolean
set_units (LinliCommandContext *context,
           LinliRow            *row,
           JsonObject          *item,
           GError             **error)
{
  JsonArray *assist = linli_json_get_array (item, "assist");
  g_autoptr(GString) ids = g_string_new (NULL);
  g_autofree char *lead = NULL;

  if (!find_unit (context, linli_json_get_text (item, "lead"), &lead, error))
    return FALSE;
  linli_row_set_text (row, LINLI_DUTY_ITEM_LEAD_UNIT_ID, lead);
  for (guint i = 0; assist != NULL && i < json_array_get_length (assist); i++)
    {
      g_autofree char *id = NULL;

      if (!find_unit (context, json_array_get_string_element (assist, i), &id, error))
        return FALSE;
      if (id != NULL && g_strcmp0 (id, lead) != 0)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", id);
    }
  linli_row_set_text (row, LINLI_DUTY_ITEM_ASSIST_UNIT_IDS, ids->len > 0 ? ids->str : NULL);

  return TRUE;
}

/* Aliases are separated by spaces, so a space inside one is taken out. */
static void
set_words (LinliRow   *row,
           JsonObject *item)
{
  JsonArray *aliases = linli_json_get_array (item, "aliases");
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GString) initials = g_string_new (NULL);
  g_autofree char *own = linli_pinyin_initials (linli_json_get_text (item, "name"));

  g_string_append (initials, own);
  for (guint i = 0; aliases != NULL && i < json_array_get_length (aliases); i++)
    {
      g_auto(GStrv) parts = g_strsplit (json_array_get_string_element (aliases, i), " ", -1);
      g_autofree char *alias = g_strjoinv ("", parts);
      g_autofree char *pinyin = linli_pinyin_initials (alias);

      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", alias);
      g_string_append_printf (initials, " %s", pinyin);
    }
  linli_row_set_text (row, LINLI_DUTY_ITEM_ALIASES, words->len > 0 ? words->str : NULL);
  linli_row_set_text (row, LINLI_DUTY_ITEM_PINYIN, initials->str);
}

static void
set_texts (LinliRow   *row,
           JsonObject *item)
{
  static const struct { guint column; const char *member; } texts[] = {
    { LINLI_DUTY_ITEM_PARENT_CODE, "parent_code" }, { LINLI_DUTY_ITEM_NAME, "name" },
    { LINLI_DUTY_ITEM_PATH, "path" }, { LINLI_DUTY_ITEM_OWNER_TEXT, "owner_text" },
    { LINLI_DUTY_ITEM_LEGAL_BASIS, "legal_basis" }, { LINLI_DUTY_ITEM_CLAUSE, "clause" },
    { LINLI_DUTY_ITEM_START_RULE, "start_rule" }, { LINLI_DUTY_ITEM_FILING, "filing" },
    { LINLI_DUTY_ITEM_STANDARD, "standard" }, { LINLI_DUTY_ITEM_CLOSING, "closing" },
    { LINLI_DUTY_ITEM_URGENCY, "urgency" }, { LINLI_DUTY_ITEM_LANE, "lane" },
  };
  JsonObject *limits = linli_json_get_object (item, "limits");
  g_autofree char *limits_text = limits != NULL ? linli_json_object_to_text (limits) : NULL;
  gint64 level = 1;
  gint64 uses = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    linli_row_set_text (row, texts[i].column, linli_json_get_text (item, texts[i].member));
  if (linli_row_is_null (row, LINLI_DUTY_ITEM_PATH))
    linli_row_set_text (row, LINLI_DUTY_ITEM_PATH, linli_json_get_text (item, "name"));
  linli_json_get_int (item, "level", &level);
  linli_json_get_int (item, "uses", &uses);
  linli_row_set_int (row, LINLI_DUTY_ITEM_LEVEL, level);
  linli_row_set_int (row, LINLI_DUTY_ITEM_USES, uses);
  linli_row_set_int (row, LINLI_DUTY_ITEM_IS_LEAF, linli_json_get_bool (item, "leaf"));
  linli_row_set_int (row, LINLI_DUTY_ITEM_CATCH_ALL, linli_json_get_bool (item, "catch_all"));
  linli_row_set_text (row, LINLI_DUTY_ITEM_LIMITS, limits_text);
}

/* As a list of kinds, or as one text. A list that is silent about it leaves
 * what the centre decided.
 *
 * @known: (nullable): the version before */
static gboolean
set_evidence (LinliRow   *row,
              JsonObject *item,
              LinliRow   *known,
              GError    **error)
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS];
  JsonArray *array = linli_json_get_array (item, "evidence");
  g_autoptr(GString) text = g_string_new (array == NULL ? linli_json_get_text (item, "evidence") : NULL);
  g_autofree char *normal = NULL;
  guint n = 0;

  if (!json_object_has_member (item, "evidence"))
    {
      linli_row_set_text (row, LINLI_DUTY_ITEM_EVIDENCE,
                          known != NULL ? linli_row_get_text (known, LINLI_DUTY_ITEM_EVIDENCE) : NULL);
      return TRUE;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s ", json_array_get_string_element (array, i));
  if (!linli_evidence_kinds_parse (text->str, kinds, &n))
    return linli_refuse_invalid (error, "items", N_("This kind of evidence is not known."));
  normal = linli_evidence_kinds_normal (text->str);
  linli_row_set_text (row, LINLI_DUTY_ITEM_EVIDENCE, normal);
  return TRUE;
}

static gboolean
says_the_same (LinliRow *a,
               LinliRow *b)
{
  for (guint i = 0; linli_table_duty_item.columns[i].name != NULL; i++)
    if (i != LINLI_DUTY_ITEM_ID && i != LINLI_DUTY_ITEM_VERSION && i != LINLI_DUTY_ITEM_SOURCE &&
        !linli_row_equal_column (a, b, i))
      return FALSE;
  return TRUE;
}

static gboolean
retire (LinliCommandContext *context,
        LinliRow            *row,
        GError             **error)
{
  g_autoptr(LinliRow) old = linli_row_copy (row);

  linli_row_set_int (old, LINLI_DUTY_ITEM_ACTIVE, FALSE);
  return linli_tx_update (context->tx, old, error);
}

typedef struct
{
  gint64 n_new;
  gint64 n_changed;
  gint64 n_same;
} Tally;

static gboolean
import_item (LinliCommandContext *context,
             const char          *source,
             JsonObject          *item,
             Tally               *tally,
             GError             **error)
{
  const char *code = linli_json_get_text (item, "code");
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_duty_item);
  g_autoptr(GPtrArray) known = NULL;
  g_autofree char *id = NULL;
  gint64 version = 0;

  if (code == NULL || *code == '\0' || linli_json_get_text (item, "name") == NULL)
    return linli_refuse_invalid (error, "items", N_("Every duty item needs a code and a name."));
  known = linli_tx_select (context->tx, &linli_table_duty_item, error,
                           "code = ?1 ORDER BY version DESC LIMIT 1", "s", code);
  if (known == NULL || !set_units (context, row, item, error))
    return FALSE;
  set_words (row, item);
  set_texts (row, item);
  if (!set_evidence (row, item, known->len > 0 ? known->pdata[0] : NULL, error))
    return FALSE;
  linli_row_set_text (row, LINLI_DUTY_ITEM_CODE, code);
  linli_row_set_text (row, LINLI_DUTY_ITEM_SOURCE, source);
  linli_row_set_int (row, LINLI_DUTY_ITEM_ACTIVE, TRUE);

  if (known->len > 0 && says_the_same (known->pdata[0], row))
    {
      tally->n_same++;
      return TRUE;
    }
  if (known->len > 0)
    {
      version = linli_row_get_int (known->pdata[0], LINLI_DUTY_ITEM_VERSION);
      tally->n_changed++;
      if (!retire (context, known->pdata[0], error))
        return FALSE;
    }
  else
    tally->n_new++;

  id = linli_command_new_id (context);
  linli_row_set_text (row, LINLI_DUTY_ITEM_ID, id);
  linli_row_set_int (row, LINLI_DUTY_ITEM_VERSION, version + 1);
  return linli_tx_insert (context->tx, row, error);
}

/**
 * linli_duty_import_run:
 *
 * The command duty.import. Tells n_new, n_changed and n_same.
 */
gboolean
linli_duty_import_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  JsonArray *items = linli_json_get_array (args, "items");
  const char *source = linli_json_get_text (args, "source");
  Tally tally = { 0 };

  for (guint i = 0; i < json_array_get_length (items); i++)
    if (!import_item (context, source, json_array_get_object_element (items, i), &tally, error))
      return FALSE;
  linli_command_tell_int (context, "n_new", tally.n_new);
  linli_command_tell_int (context, "n_changed", tally.n_changed);
  linli_command_tell_int (context, "n_same", tally.n_same);

  return TRUE;
}
