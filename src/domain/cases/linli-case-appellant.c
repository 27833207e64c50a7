/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"

static const LinliArgSpec specs[] = {
  { "id", LINLI_ARG_ID },
  { "name", LINLI_ARG_TEXT, FALSE, 60 },
  { "phone", LINLI_ARG_TEXT, FALSE, 60 },
  { "anonymous", LINLI_ARG_BOOL },
  { "confidential", LINLI_ARG_BOOL },
  { "address", LINLI_ARG_TEXT, FALSE, 200 },
  { "contact_ok", LINLI_ARG_BOOL },
  { "id_tail", LINLI_ARG_TEXT, FALSE, 8 },
  { "note", LINLI_ARG_TEXT, FALSE, 2000 },
  { "preferred_channel", LINLI_ARG_TEXT, FALSE, 60 },
  { NULL }
};

static char *
dup_words (JsonObject *person,
           const char *name)
{
  const char *text = linli_json_get_text (person, name);
  g_autofree char *copy = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return copy != NULL && *copy != '\0' ? g_steal_pointer (&copy) : NULL;
}

/* 138 0013 8000 and 138-0013-8000 are one telephone; what is not plainly one
 * number (an extension, two numbers) is kept as typed. */
static char *
dup_phone (JsonObject *person)
{
  g_autofree char *typed = dup_words (person, "phone");
  GString *digits;

  if (typed == NULL || strspn (typed, "+0123456789-() ") != strlen (typed))
    return g_steal_pointer (&typed);
  digits = g_string_new (NULL);
  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || *p == '+')
      g_string_append_c (digits, *p);

  return g_string_free (digits, FALSE);
}

/* Somebody is known by name and telephone together: one telephone may serve a
 * family, one name half a village. */
static gboolean
find_known (LinliCommandContext *context,
            const char          *name,
            const char          *phone,
            LinliRow           **known,
            GError             **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  *known = NULL;
  if (name == NULL || phone == NULL)
    return TRUE;
  rows = linli_tx_select (context->tx, &linli_table_appellant, error,
                          "phone = ?1 AND name = ?2 ORDER BY id LIMIT 1", "ss", phone, name);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *known = linli_row_ref (rows->pdata[0]);
  return TRUE;
}

/* A resident who once asked for confidence keeps it until somebody lifts it in
 * the person's own form; asking for it now adds it. */
static gboolean
add_confidence (LinliCommandContext *context,
                LinliRow            *row,
                JsonObject          *person,
                GError             **error)
{
  if (!linli_json_get_bool (person, "confidential") || linli_row_get_int (row, LINLI_APPELLANT_CONFIDENTIAL))
    return TRUE;
  linli_row_set_int (row, LINLI_APPELLANT_CONFIDENTIAL, TRUE);
  return linli_tx_update (context->tx, row, error);
}

static LinliRow *
make_appellant (LinliCommandContext *context,
                JsonObject          *person,
                const char          *name,
                const char          *phone,
                GError             **error)
{
  static const struct { guint column; const char *arg; } plain[] = {
    { LINLI_APPELLANT_ADDRESS, "address" }, { LINLI_APPELLANT_ID_TAIL, "id_tail" },
    { LINLI_APPELLANT_NOTE, "note" }, { LINLI_APPELLANT_PREFERRED_CHANNEL, "preferred_channel" },
  };
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_appellant);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *pinyin = name != NULL ? linli_pinyin_name_initials (name) : NULL;
  JsonNode *contact_ok = json_object_get_member (person, "contact_ok");

  linli_row_set_text (row, LINLI_APPELLANT_ID, id);
  linli_row_set_text (row, LINLI_APPELLANT_NAME, name);
  linli_row_set_text (row, LINLI_APPELLANT_PINYIN, pinyin);
  linli_row_set_text (row, LINLI_APPELLANT_PHONE, phone);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    linli_row_set_text (row, plain[i].column, linli_json_get_text (person, plain[i].arg));
  linli_row_set_int (row, LINLI_APPELLANT_ANONYMOUS, linli_json_get_bool (person, "anonymous"));
  linli_row_set_int (row, LINLI_APPELLANT_CONFIDENTIAL, linli_json_get_bool (person, "confidential"));
  linli_row_set_int (row, LINLI_APPELLANT_CONTACT_OK,
                     contact_ok == NULL || JSON_NODE_HOLDS_NULL (contact_ok) || json_node_get_boolean (contact_ok));

  return linli_tx_insert (context->tx, row, error) ? g_steal_pointer (&row) : NULL;
}

/**
 * linli_case_find_appellant:
 * @person: the argument "appellant"
 *
 * The resident named by id, or known by exactly this name and telephone, or a
 * new one. An anonymous resident is always a new one, without a name.
 *
 * Returns: (transfer full): the row
 */
LinliRow *
linli_case_find_appellant (LinliCommandContext *context,
                           JsonObject          *person,
                           GError             **error)
{
  gboolean anonymous = linli_json_get_bool (person, "anonymous");
  const char *id = linli_json_get_text (person, "id");
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;
  g_autoptr(LinliRow) row = NULL;

  if (!linli_args_check (specs, person, error))
    return NULL;
  if (id != NULL)
    {
      row = linli_command_get (context, &linli_table_appellant, id, "appellant", error);
      return row != NULL && add_confidence (context, row, person, error) ? g_steal_pointer (&row) : NULL;
    }

  name = anonymous ? NULL : dup_words (person, "name");
  phone = dup_phone (person);
  if (!anonymous && name == NULL && phone == NULL)
    {
      linli_refuse_invalid (error, "appellant", N_("Give a name or a telephone number, or mark the resident as anonymous."));
      return NULL;
    }
  if (!anonymous && !find_known (context, name, phone, &row, error))
    return NULL;
  if (row != NULL)
    return add_confidence (context, row, person, error) ? g_steal_pointer (&row) : NULL;

  return make_appellant (context, person, name, phone, error);
}
