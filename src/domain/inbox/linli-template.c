/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that are written again and again, with variables that a case fills in.
 * What a case does not know stays in its braces, for the clerk to see. */

#include "config.h"

#include "linli-template.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-tables.h"
#include "linli-centre-zone.h"
#include "linli-catalogue-tables.h"
#include "linli-inbox-commands.h"
#include "linli-inbox-share.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-rows-query.h"
#include "linli-text.h"
#include "linli-tx.h"

/* --- Filling in --- */

/* Forms of a unit know their part of a case rather than the case. */
static gboolean
resolve_case (LinliConn  *conn,
              const char *id,
              char      **case_id,
              GError    **error)
{
  *case_id = NULL;
  if (id == NULL)
    return TRUE;
  if (!linli_conn_get_text (conn, case_id, error, "SELECT case_id FROM dispatch WHERE id = ?1", "s", id))
    return FALSE;
  if (*case_id == NULL)
    *case_id = g_strdup (id);
  return TRUE;
}

/* As a letter gives a time, in the centre's zone. */
static char *
time_words (LinliConn  *conn,
            gint64      time,
            const char *format)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, NULL);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, format);
}

/* Returns: (transfer full) (nullable): %NULL when the case does not know it */
static char *
value_of (LinliConn  *conn,
          LinliRow   *row,
          const char *name,
          gint64      now,
          const char *actor)
{
  static const struct { const char *name; guint column; } columns[] = {
    { "appellant", LINLI_CASE_APPELLANT_NAME }, { "case_no", LINLI_CASE_CASE_NO }, { "title", LINLI_CASE_TITLE },
    { "place", LINLI_CASE_PLACE }, { "community", LINLI_CASE_COMMUNITY }, { "unit", LINLI_CASE_LEAD_UNIT_NAME },
    { "result", LINLI_CASE_RESULT }, { "nature", LINLI_CASE_NATURE },
  };
  char *clerk = NULL;

  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].name, name))
      return g_strdup (linli_row_get_text (row, columns[i].column));
  if (row != NULL && g_str_equal (name, "item") && !linli_row_is_null (row, LINLI_CASE_ITEM_NAME))
    {
      const char *leaf = strrchr (linli_row_get_text (row, LINLI_CASE_ITEM_NAME), '/');

      return g_strstrip (g_strdup (leaf != NULL ? leaf + 1 : linli_row_get_text (row, LINLI_CASE_ITEM_NAME)));
    }
  if (row != NULL && g_str_equal (name, "due") && !linli_row_is_null (row, LINLI_CASE_DUE_AT))
    return time_words (conn, linli_row_get_int (row, LINLI_CASE_DUE_AT), "%-m月%-d日 %H:%M");
  if (row != NULL && g_str_equal (name, "received"))
    return time_words (conn, linli_row_get_int (row, LINLI_CASE_RECEIVED_AT), "%-m月%-d日");
  if (g_str_equal (name, "today"))
    return time_words (conn, now, "%Y年%-m月%-d日");
  if (g_str_equal (name, "clerk") && actor != NULL)
    linli_conn_get_text (conn, &clerk, NULL, "SELECT name FROM account WHERE id = ?1", "s", actor);

  return clerk;
}

/**
 * linli_template_fill:
 * @body: with variables such as {appellant}
 * @about: (nullable): id of a case, or of a unit's part of one
 * @now: for {today}
 * @actor: (nullable): for {clerk}
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): @body as far as the case fills it in
 */
char *
linli_template_fill (LinliConn  *conn,
                     const char *body,
                     const char *about,
                     gint64      now,
                     const char *actor,
                     GError    **error)
{
  g_autofree char *case_id = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  GString *text;

  g_return_val_if_fail (conn != NULL && body != NULL, NULL);

  if (!resolve_case (conn, about, &case_id, error))
    return NULL;
  if (case_id != NULL)
    {
      rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", case_id);
      if (rows == NULL)
        return NULL;
    }
  text = g_string_new (NULL);
  for (const char *p = body; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (p + 1, (gsize) (end - p) - 1) : NULL;
      g_autofree char *value = name != NULL
                                 ? value_of (conn, rows != NULL && rows->len > 0 ? rows->pdata[0] : NULL, name, now, actor)
                                 : NULL;

      if (value != NULL)
        {
          g_string_append (text, value);
          p = end + 1;
        }
      else
        g_string_append_c (text, *p++);
    }

  return g_string_free (text, FALSE);
}

/* --- Finding --- */

/**
 * linli_template_find:
 * @typed: (nullable): part of the name, or its pinyin initials
 * @purpose: (nullable): what the text is for; those for anything are found too
 * @about: (nullable): a case, or a unit's part of one: templates for its leaf and state come first, those for
 *   other leaves or states not at all
 * @actor: (nullable): account id; others' own templates are not found
 *
 * Returns: (transfer full) (element-type LinliRow): rows of text_template
 */
GPtrArray *
linli_template_find (LinliConn  *conn,
                     const char *typed,
                     const char *purpose,
                     const char *about,
                     const char *actor,
                     guint       limit,
                     GError    **error)
{
  g_autofree char *case_id = NULL;
  g_autofree char *folded = linli_text_fold (typed != NULL ? typed : "", -1);
  g_autofree char *item = NULL;
  g_autofree char *state = NULL;

  if (!resolve_case (conn, about, &case_id, error))
    return NULL;
  if (case_id != NULL &&
      (!linli_conn_get_text (conn, &item, error, "SELECT item_code FROM cases WHERE id = ?1", "s", case_id) ||
       !linli_conn_get_text (conn, &state, error, "SELECT state FROM cases WHERE id = ?1", "s", case_id)))
    return NULL;

  return linli_conn_select (conn, &linli_table_template, error,
                            "active = 1 AND (owner_id IS NULL OR owner_id = ?1)"
                            " AND (?2 = '' OR purpose IN ('any', ?2))"
                            " AND (?3 = '' OR instr (lower (name), ?3) > 0 OR instr (ifnull (pinyin, ''), ?3) > 0)"
                            " AND (?4 = '' OR state IS NULL OR state = ?4)"
                            " AND (?5 = '' OR item_code IS NULL OR ?5 = item_code OR ?5 LIKE item_code || '.%')"
                            " ORDER BY item_code IS NULL, length (ifnull (item_code, '')) DESC, state IS NULL,"
                            " position, pk LIMIT ?6", "sssssi",
                            actor != NULL ? actor : "", purpose != NULL ? purpose : "", g_strstrip (folded),
                            state != NULL ? state : "", item != NULL ? item : "", (gint64) limit);
}

/* --- Commands --- */

static const char *const purposes[] = { "any", "note", "reply", "instruction", "result", "reason", NULL };

const LinliArgSpec linli_template_save_args[] = {
  { "id", LINLI_ARG_ID, .doc = "of a known template; a new one when absent" },
  { "name", LINLI_ARG_TEXT, TRUE, 60 },
  { "body", LINLI_ARG_TEXT, TRUE, 4000, .doc = "with {appellant} {case_no} {title} {item} {place} {community} {unit} "
                                               "{due} {received} {today} {clerk} {result} {nature}" },
  { "purpose", LINLI_ARG_TEXT, .choices = purposes, .doc = "any when absent" },
  { "item", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of a leaf or class it is for; every case when absent" },
  { "state", LINLI_ARG_TEXT, FALSE, 20, .doc = "state of the case it is for" },
  { "for", LINLI_ARG_TEXT, .choices = linli_share_choices, .doc = "whose it is; one's own when absent" },
  { NULL }
};

gboolean
linli_template_save_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  const char *purpose = linli_json_get_text (args, "purpose");
  g_autofree char *name = g_strstrip (g_strdup (linli_json_get_text (args, "name")));
  g_autofree char *pinyin = linli_pinyin_initials (name);
  g_autoptr(LinliRow) row = linli_share_open (context, &linli_table_template, id, LINLI_TEMPLATE_OWNER_ID, error);

  if (row == NULL ||
      !linli_share_set (context, row, LINLI_TEMPLATE_OWNER_ID, id == NULL, args, error))
    return FALSE;
  if (*name == '\0')
    return linli_refuse_invalid (error, "name", N_("This must be filled in."));

  linli_row_set_text (row, LINLI_TEMPLATE_NAME, name);
  linli_row_set_text (row, LINLI_TEMPLATE_PINYIN, pinyin);
  linli_row_set_text (row, LINLI_TEMPLATE_BODY, linli_json_get_text (args, "body"));
  linli_row_set_text (row, LINLI_TEMPLATE_PURPOSE, purpose != NULL ? purpose : "any");
  linli_row_set_text (row, LINLI_TEMPLATE_ITEM_CODE, linli_json_get_text (args, "item"));
  linli_row_set_text (row, LINLI_TEMPLATE_STATE, linli_json_get_text (args, "state"));
  linli_row_set_int (row, LINLI_TEMPLATE_ACTIVE, TRUE);
  if (id == NULL)
    linli_row_set_int (row, LINLI_TEMPLATE_POSITION, 0);
  linli_command_tell (context, "template", linli_row_get_id (row));

  return id != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

const LinliArgSpec linli_template_remove_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

/* Kept, and no longer offered, so that an undo brings it back whole. */
gboolean
linli_template_remove_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_autoptr(LinliRow) row = linli_share_open (context, &linli_table_template, linli_json_get_text (args, "id"),
                                              LINLI_TEMPLATE_OWNER_ID, error);

  if (row == NULL)
    return FALSE;
  linli_row_set_int (row, LINLI_TEMPLATE_ACTIVE, FALSE);
  return linli_tx_update (context->tx, row, error);
}

/* --- Queries --- */

const LinliArgSpec linli_template_list_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "part of the name, or its pinyin initials" },
  { "purpose", LINLI_ARG_TEXT, .choices = purposes },
  { "case", LINLI_ARG_ID, .doc = "for its leaf and state" },
  { "limit", LINLI_ARG_INT, .doc = "100 when absent" },
  { NULL }
};

JsonNode *
linli_template_list_query (LinliConn               *conn,
                           const LinliQueryContext *context,
                           JsonObject              *args,
                           GError                 **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  gint64 limit = 100;

  linli_json_get_int (args, "limit", &limit);
  rows = linli_template_find (conn, linli_json_get_text (args, "typed"), linli_json_get_text (args, "purpose"),
                              linli_json_get_text (args, "case"), context->actor, (guint) CLAMP (limit, 1, 1000), error);
  return rows != NULL ? linli_rows_to_node (rows, error) : NULL;
}

const LinliArgSpec linli_template_fill_args[] = {
  { "body", LINLI_ARG_TEXT, TRUE, 4000, .doc = "a text with variables" },
  { "case", LINLI_ARG_ID, .doc = "that fills them in" },
  { NULL }
};

JsonNode *
linli_template_fill_query (LinliConn               *conn,
                           const LinliQueryContext *context,
                           JsonObject              *args,
                           GError                 **error)
{
  g_autofree char *text = linli_template_fill (conn, linli_json_get_text (args, "body"),
                                               linli_json_get_text (args, "case"), context->now, context->actor, error);
  JsonObject *object;
  JsonNode *node;

  if (text == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "text", text);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
