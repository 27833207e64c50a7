/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-uuid.h"

static const char *const role_names[] = {
  "clerk", "dispatcher", "handler", "reviewer", "callback",
  "supervisor", "secretary", "grid", "admin", "auditor",
};

/**
 * linli_command_new_id:
 *
 * Returns: (transfer full): the id of the next row this operation makes
 */
char *
linli_command_new_id (LinliCommandContext *context)
{
  return linli_uuid_derive (context->operation->id, context->n_ids++);
}

/* Returns: when the person acted, microseconds UTC; never the machine's clock */
gint64
linli_command_now (LinliCommandContext *context)
{
  return context->operation->at;
}

/* Puts @value into what the caller is told. */
void
linli_command_tell (LinliCommandContext *context,
                    const char          *member,
                    const char          *value)
{
  json_object_set_string_member (context->result, member, value);
}

void
linli_command_tell_int (LinliCommandContext *context,
                        const char          *member,
                        gint64               value)
{
  json_object_set_int_member (context->result, member, value);
}

/* What is not there and what is not for this person are refused in the same
 * words, so that they tell nothing. */
gboolean
linli_command_refuse_missing (const char *field,
                              GError    **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "not-found", field,
                N_("It no longer exists, never did, or is not for you."));
  return FALSE;
}

/**
 * linli_command_get:
 * @field: the argument that named the row, for the refusal
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the row called @id
 */
LinliRow *
linli_command_get (LinliCommandContext *context,
                   const LinliTable    *table,
                   const char          *id,
                   const char          *field,
                   GError             **error)
{
  LinliRow *row = NULL;

  if (linli_tx_find (context->tx, table, id, &row, error) && row == NULL)
    linli_command_refuse_missing (field, error);

  return row;
}

const char *
linli_role_to_text (LinliRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (role == (LinliRole) (1u << i))
      return role_names[i];
  return NULL;
}

/**
 * linli_roles_from_text:
 * @text: (nullable): names separated by spaces; unknown ones give no right
 */
LinliRole
linli_roles_from_text (const char *text)
{
  LinliRole roles = 0;

  for (const char *word = text != NULL ? text : ""; *word != '\0';)
    {
      gsize length = strcspn (word, " ");

      for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
        if (strncmp (word, role_names[i], length) == 0 && role_names[i][length] == '\0')
          roles |= 1u << i;
      word += length + (word[length] == ' ');
    }

  return roles;
}

/* Returns: (transfer full): names separated by spaces, in their fixed order */
char *
linli_roles_to_text (LinliRole roles)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (roles & (1u << i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", role_names[i]);

  return g_string_free (text, FALSE);
}
