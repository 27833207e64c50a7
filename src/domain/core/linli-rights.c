/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-rights.h"

#include <glib/gi18n.h>

#include "linli-account-tables.h"
#include "linli-core-tables.h"
#include "linli-sign-in.h"
#include "linli-tx.h"

#define IDENTITY     LINLI_RIGHT_IDENTITY
#define CONFIDENTIAL LINLI_RIGHT_CONFIDENTIAL
#define MERGE        LINLI_RIGHT_MERGE
#define APPROVE      LINLI_RIGHT_APPROVE
#define EXPORT       LINLI_RIGHT_EXPORT
#define LISTS        LINLI_RIGHT_LISTS
#define REVEAL       LINLI_RIGHT_REVEAL

/* Whoever a resident asked for silence stays unknown to the unit (保密). A role
 * that the centre takes the names from may still look one up, and say why. */
static const struct
{
  LinliRole  role;
  LinliRight rights;
} defaults[] = {
  { LINLI_ROLE_CLERK, IDENTITY | REVEAL | CONFIDENTIAL | EXPORT | LISTS },
  { LINLI_ROLE_DISPATCHER, IDENTITY | REVEAL | CONFIDENTIAL | MERGE | APPROVE | EXPORT },
  { LINLI_ROLE_HANDLER, IDENTITY | REVEAL | APPROVE | EXPORT },
  { LINLI_ROLE_REVIEWER, IDENTITY | REVEAL | CONFIDENTIAL | APPROVE | EXPORT },
  { LINLI_ROLE_CALLBACK, IDENTITY | REVEAL | CONFIDENTIAL | EXPORT },
  { LINLI_ROLE_SUPERVISOR, IDENTITY | REVEAL | CONFIDENTIAL | EXPORT | LISTS },
  { LINLI_ROLE_SECRETARY, IDENTITY | REVEAL | CONFIDENTIAL | EXPORT },
  { LINLI_ROLE_GRID, IDENTITY | REVEAL },
  { LINLI_ROLE_ADMIN, IDENTITY | REVEAL | CONFIDENTIAL | EXPORT | LISTS },
  { LINLI_ROLE_AUDITOR, REVEAL | EXPORT },
};

static const struct
{
  LinliRight  right;
  const char *name;
  const char *refusal;
} rights_known[] = {
  { IDENTITY, "identity", N_("Your role may not see who a resident is.") },
  { CONFIDENTIAL, "confidential", N_("Your role may not see confidential cases.") },
  { MERGE, "merge", N_("The centre has not given your role the right to merge cases.") },
  { APPROVE, "approve", N_("The centre has not given your role the right to review and decide.") },
  { EXPORT, "export", N_("The centre has not given your role the right to export.") },
  { LISTS, "lists", N_("The centre has not given your role the right to change lists and rules.") },
  { REVEAL, "reveal", N_("The centre has not given your role the right to look up who a resident is.") },
};

/* Returns: what one role may until the centre decides otherwise */
LinliRight
linli_rights_of_role (LinliRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (defaults[i].role == role)
      return defaults[i].rights;
  return 0;
}

/**
 * linli_rights_load:
 * @rights: (out): what any of @roles may in this store
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_rights_load (LinliConn   *conn,
                   LinliRole    roles,
                   LinliRight  *rights,
                   GError     **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_role_right, error, "1 = 1", "");

  *rights = 0;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      LinliRight of_role = defaults[i].rights;

      for (guint r = 0; r < rows->len; r++)
        if (linli_roles_from_text (linli_row_get_text (rows->pdata[r], LINLI_ROLE_RIGHT_ROLE)) == defaults[i].role)
          of_role = linli_rights_from_text (linli_row_get_text (rows->pdata[r], LINLI_ROLE_RIGHT_RIGHTS));
      if (roles & defaults[i].role)
        *rights |= of_role;
    }

  return TRUE;
}

/**
 * linli_rights_of_person:
 * @actor: (nullable): account id; nobody sees all where nobody signs in, and
 *   nothing where people do
 * @rights: (out): what the person may see and do in this store
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_rights_of_person (LinliConn   *conn,
                        const char  *actor,
                        LinliRight  *rights,
                        GError     **error)
{
  g_autofree char *roles = NULL;
  gboolean required = FALSE;

  if (actor != NULL && *actor != '\0')
    return linli_conn_get_text (conn, &roles, error, "SELECT roles FROM account WHERE id = ?1 AND active = 1", "s", actor) &&
           linli_rights_load (conn, linli_roles_from_text (roles), rights, error);
  if (!linli_sign_in_is_required (conn, &required, error))
    return FALSE;
  *rights = required ? 0 : LINLI_RIGHT_ALL;
  return TRUE;
}

/**
 * linli_rights_demand:
 * @needed: all of which must be among @rights
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED, saying what is missing
 */
gboolean
linli_rights_demand (LinliRight rights,
                     LinliRight needed,
                     GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights_known); i++)
    if (needed & rights_known[i].right & ~rights)
      {
        linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "right-missing", NULL, rights_known[i].refusal);
        return FALSE;
      }
  return TRUE;
}

/**
 * linli_rights_check:
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED, saying what is missing
 *
 * Whether a person of @roles with @rights may run @command.
 */
gboolean
linli_rights_check (const LinliCommand *command,
                    LinliRole           roles,
                    LinliRight          rights,
                    GError            **error)
{
  if (!(roles & command->roles))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", NULL,
                    N_("Your role does not allow this."));
      return FALSE;
    }
  return linli_rights_demand (rights, command->right, error);
}

/**
 * linli_rights_load_others:
 * @roles: any of which would do
 * @right: which is needed beside; 0 for none
 * @error: %LINLI_STORE_ERROR
 *
 * Four eyes are asked for only where there are four: among these the caller
 * looks for somebody whom the rule would not bar as well.
 *
 * Returns: (transfer full) (element-type LinliRow): accounts of those who work
 *   here beside @actor and might do the same
 */
GPtrArray *
linli_rights_load_others (LinliConn   *conn,
                          LinliRole    roles,
                          LinliRight   right,
                          const char  *actor,
                          GError     **error)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  g_autoptr(GPtrArray) people = linli_conn_select (conn, &linli_table_account, error, "active = 1 AND id <> ?1 ORDER BY id", "s",
                                                   actor);

  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      LinliRole has = linli_roles_from_text (linli_row_get_text (people->pdata[i], LINLI_ACCOUNT_ROLES));
      LinliRight may = 0;

      if (!linli_rights_load (conn, has, &may, error))
        return NULL;
      if ((has & roles) != 0 && (right & ~may) == 0)
        g_ptr_array_add (others, linli_row_ref (people->pdata[i]));
    }
  return g_steal_pointer (&others);
}

const char *
linli_right_to_text (LinliRight right)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights_known); i++)
    if (rights_known[i].right == right)
      return rights_known[i].name;
  return NULL;
}

/* @text: (nullable): names separated by spaces; unknown ones give nothing */
LinliRight
linli_rights_from_text (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  LinliRight rights = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rights_known); i++)
    if (g_strv_contains ((const char *const *) words, rights_known[i].name))
      rights |= rights_known[i].right;
  return rights;
}

/* Returns: (transfer full): names separated by spaces, in their fixed order */
char *
linli_rights_to_text (LinliRight rights)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rights_known); i++)
    if (rights & rights_known[i].right)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", rights_known[i].name);
  return g_string_free (text, FALSE);
}
