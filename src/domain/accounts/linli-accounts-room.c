/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may work here and what their roles may (账号与角色). */

#include "config.h"

#include "linli-accounts-room.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-account-list.h"
#include "linli-account-tables.h"
#include "linli-core-tables.h"
#include "linli-identity.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-rights.h"
#include "linli-sign-in.h"
#include "linli-verifier.h"

static const LinliTable *const tables[] = {
  &linli_table_credential,
  &linli_table_role_right,
  &linli_table_sign_in,
  &linli_table_identity_read,
  NULL
};

/* Somebody must always be able to mend what is wrong with the accounts. */
static gboolean
check_administrators (LinliTx  *tx,
                      GError  **error)
{
  g_autoptr(GPtrArray) people = linli_tx_select (tx, &linli_table_account, error, "active = 1 ORDER BY id", "");
  guint n_secured = 0, n_admins = 0, n_secured_admins = 0;

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      g_autofree char *verifier = NULL;
      gboolean admin = (linli_roles_from_text (linli_row_get_text (people->pdata[i], LINLI_ACCOUNT_ROLES)) &
                        LINLI_ROLE_ADMIN) != 0;

      if (!linli_sign_in_verifier (linli_tx_get_conn (tx), linli_row_get_id (people->pdata[i]), &verifier, error))
        return FALSE;
      n_admins += admin;
      n_secured += verifier != NULL;
      n_secured_admins += admin && verifier != NULL;
    }
  if (n_admins == 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "last-administrator", NULL,
                  N_("Nobody would be left to look after the accounts. Make somebody else an administrator first."));
  else if (n_secured > 0 && n_secured_admins == 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "administrator-first", NULL,
                  N_("Once people sign in, an administrator must be able to as well. Give an administrator a password first."));
  else
    return TRUE;
  return FALSE;
}

static LinliRow *
copy_account (LinliCommandContext *context,
              JsonObject          *args,
              GError             **error)
{
  g_autoptr(LinliRow) known = linli_command_get (context, &linli_table_account, linli_json_get_text (args, "account"),
                                                 "account", error);

  return known != NULL ? linli_row_copy (known) : NULL;
}

static const LinliArgSpec change_args[] = {
  { "account", LINLI_ARG_ID, TRUE },
  { "name", LINLI_ARG_TEXT, FALSE, 60 },
  { "login", LINLI_ARG_TEXT, FALSE, 40, .doc = "what is typed to sign in; empty takes it away" },
  { "unit", LINLI_ARG_TEXT, FALSE, 40, .doc = "id of a handler's unit; empty takes it away" },
  { "phone", LINLI_ARG_TEXT, FALSE, 40 },
  { "roles", LINLI_ARG_TEXT, FALSE, 200, .doc = "role names separated by spaces" },
  { NULL }
};

/* Two people with one sign-in name could not be told apart.
 *
 * @account: whose it may be already */
gboolean
linli_account_check_login (LinliCommandContext *context,
                           const char          *account,
                           const char          *login,
                           GError             **error)
{
  g_autofree char *folded = g_ascii_strdown (login, -1); /* lower() of a parameter folds as the engine likes */
  gint64 taken = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &taken, error,
                           "SELECT count(*) FROM account WHERE lower (login) = ?1 AND id <> ?2", "ss", folded, account))
    return FALSE;
  if (taken == 0)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "login-taken", "login",
                N_("Somebody else signs in with this name already."));
  return FALSE;
}

static void
take (LinliRow   *row,
      guint       column,
      JsonObject *args,
      const char *member)
{
  const char *text = linli_json_get_text (args, member);

  if (text != NULL)
    linli_row_set_text (row, column, *text != '\0' ? text : NULL);
}

static gboolean
take_roles (LinliRow    *row,
            const char  *names,
            GError     **error)
{
  LinliRole roles = linli_roles_from_text (names);
  g_autofree char *text = linli_roles_to_text (roles);

  if (roles == 0)
    return linli_refuse_invalid (error, "roles", N_("Give the person at least one role."));
  linli_row_set_text (row, LINLI_ACCOUNT_ROLES, text);
  return TRUE;
}

static gboolean
change_account (LinliCommandContext *context,
                JsonObject          *args,
                GError             **error)
{
  g_autoptr(LinliRow) row = copy_account (context, args, error);
  const char *name = linli_json_get_text (args, "name");
  const char *login = linli_json_get_text (args, "login");

  if (row == NULL)
    return FALSE;
  if (name != NULL && *name == '\0')
    return linli_refuse_invalid (error, "name", N_("Everybody has a name."));
  if (login != NULL && *login != '\0' && !linli_account_check_login (context, linli_row_get_id (row), login, error))
    return FALSE;
  if (name != NULL)
    {
      g_autofree char *pinyin = linli_pinyin_name_initials (name);

      linli_row_set_text (row, LINLI_ACCOUNT_NAME, name);
      linli_row_set_text (row, LINLI_ACCOUNT_PINYIN, pinyin);
    }
  take (row, LINLI_ACCOUNT_LOGIN, args, "login");
  take (row, LINLI_ACCOUNT_UNIT_ID, args, "unit");
  take (row, LINLI_ACCOUNT_PHONE, args, "phone");
  if (linli_json_get_text (args, "roles") != NULL && !take_roles (row, linli_json_get_text (args, "roles"), error))
    return FALSE;

  return linli_tx_update (context->tx, row, error) && check_administrators (context->tx, error);
}

static const LinliArgSpec roles_args[] = {
  { "account", LINLI_ARG_ID, TRUE },
  { "roles", LINLI_ARG_TEXT, TRUE, 200, .doc = "role names separated by spaces" },
  { NULL }
};

static gboolean
set_roles (LinliCommandContext *context,
           JsonObject          *args,
           GError             **error)
{
  g_autoptr(LinliRow) row = copy_account (context, args, error);

  return row != NULL && take_roles (row, linli_json_get_text (args, "roles"), error) &&
         linli_tx_update (context->tx, row, error) && check_administrators (context->tx, error);
}

static const LinliArgSpec active_args[] = {
  { "account", LINLI_ARG_ID, TRUE },
  { "active", LINLI_ARG_BOOL, TRUE },
  { NULL }
};

static gboolean
set_active (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  g_autoptr(LinliRow) row = copy_account (context, args, error);
  gboolean active = linli_json_get_bool (args, "active");

  if (row == NULL)
    return FALSE;
  linli_row_set_int (row, LINLI_ACCOUNT_ACTIVE, active);
  if (active)
    linli_row_set_null (row, LINLI_ACCOUNT_DISABLED_AT);
  else
    linli_row_set_int (row, LINLI_ACCOUNT_DISABLED_AT, linli_command_now (context));

  return linli_tx_update (context->tx, row, error) && check_administrators (context->tx, error);
}

static gboolean
check_own (LinliCommandContext *context,
           const char          *account,
           GError             **error)
{
  if (context->roles & LINLI_ROLE_ADMIN || g_strcmp0 (account, context->operation->actor) == 0)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-yours", NULL,
                N_("Only an administrator sets the password of somebody else."));
  return FALSE;
}

static const LinliArgSpec password_args[] = {
  { "account", LINLI_ARG_ID, TRUE },
  { "verifier", LINLI_ARG_TEXT, TRUE, 127, .doc = "argon2id over the password; the password itself never travels" },
  { NULL }
};

/* @row: (out) (nullable): the credential of @account */
static gboolean
find_credential (LinliCommandContext *context,
                 const char          *account,
                 LinliRow           **row,
                 GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, &linli_table_credential, error, "account_id = ?1", "s", account);

  *row = rows != NULL && rows->len > 0 ? linli_row_copy (rows->pdata[0]) : NULL;
  return rows != NULL;
}

static gboolean
set_password (LinliCommandContext *context,
              JsonObject          *args,
              GError             **error)
{
  const char *verifier = linli_json_get_text (args, "verifier");
  g_autoptr(LinliRow) account = copy_account (context, args, error);
  g_autoptr(LinliRow) row = NULL;
  gboolean known;

  if (account == NULL || !check_own (context, linli_row_get_id (account), error) ||
      !find_credential (context, linli_row_get_id (account), &row, error))
    return FALSE;
  if (!g_str_has_prefix (verifier, LINLI_VERIFIER_PREFIX) || !g_str_is_ascii (verifier))
    return linli_refuse_invalid (error, "verifier", N_("This is not a verifier of a password."));
  known = row != NULL;
  if (!known)
    {
      g_autofree char *id = linli_command_new_id (context);

      row = linli_row_new (&linli_table_credential);
      linli_row_set_text (row, LINLI_CREDENTIAL_ID, id);
      linli_row_set_text (row, LINLI_CREDENTIAL_ACCOUNT_ID, linli_row_get_id (account));
    }
  linli_row_set_text (row, LINLI_CREDENTIAL_VERIFIER, verifier);
  linli_row_set_int (row, LINLI_CREDENTIAL_SET_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_CREDENTIAL_SET_BY, context->operation->actor);

  return (known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error)) &&
         check_administrators (context->tx, error);
}

static const LinliArgSpec account_args[] = {
  { "account", LINLI_ARG_ID, TRUE },
  { NULL }
};

static gboolean
clear_password (LinliCommandContext *context,
                JsonObject          *args,
                GError             **error)
{
  g_autoptr(LinliRow) row = NULL;

  if (!find_credential (context, linli_json_get_text (args, "account"), &row, error))
    return FALSE;
  return row == NULL ||
         (linli_tx_delete (context->tx, &linli_table_credential, linli_row_get_id (row), error) &&
          check_administrators (context->tx, error));
}

static const LinliArgSpec rights_args[] = {
  { "role", LINLI_ARG_TEXT, TRUE, 40, .doc = "name of one role" },
  { "rights", LINLI_ARG_TEXT, FALSE, 200, .doc = "names separated by spaces, also none; absent: those the role comes with" },
  { NULL }
};

static gboolean
set_rights (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  LinliRole role = linli_roles_from_text (linli_json_get_text (args, "role"));
  const char *name = linli_role_to_text (role);
  const char *wanted = linli_json_get_text (args, "rights");
  g_autofree char *rights = linli_rights_to_text (linli_rights_from_text (wanted));
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *id = NULL;

  if (name == NULL)
    return linli_refuse_invalid (error, "role", N_("There is no such role."));
  rows = linli_tx_select (context->tx, &linli_table_role_right, error, "role = ?1", "s", name);
  if (rows == NULL)
    return FALSE;
  if (wanted == NULL)
    return rows->len == 0 ||
           linli_tx_delete (context->tx, &linli_table_role_right, linli_row_get_id (rows->pdata[0]), error);

  row = rows->len > 0 ? linli_row_copy (rows->pdata[0]) : linli_row_new (&linli_table_role_right);
  id = rows->len > 0 ? g_strdup (linli_row_get_id (row)) : linli_command_new_id (context);
  linli_row_set_text (row, LINLI_ROLE_RIGHT_ID, id);
  linli_row_set_text (row, LINLI_ROLE_RIGHT_ROLE, name);
  linli_row_set_text (row, LINLI_ROLE_RIGHT_RIGHTS, rights);
  linli_row_set_text (row, LINLI_ROLE_RIGHT_SET_BY, context->operation->actor);

  return rows->len > 0 ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

static const LinliCommand commands[] = {
  { "account.change", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, change_args, change_account,
    "Change a person's name, sign-in name, unit, telephone or roles." },
  { "account.set-roles", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, roles_args, set_roles,
    "Say which roles a person has." },
  { "account.set-active", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, active_args, set_active,
    "Close a person's account, or open it again." },
  { "account.set-password", 1, LINLI_ROLE_ANY, 0, password_args, set_password,
    "Set a person's password; the first one in the store makes everybody sign in." },
  { "account.clear-password", 1, LINLI_ROLE_ADMIN, 0, account_args, clear_password,
    "Take a person's password away; without any in the store nobody signs in." },
  { "role.set-rights", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, rights_args, set_rights,
    "Say what a role may beside its duties." },
  { "identity.reveal", 1, LINLI_ROLE_ANY, 0, linli_identity_reveal_args, linli_identity_reveal_run,
    "Look up who came about a case, for a reason; the look is recorded and stays.", .right = LINLI_RIGHT_REVEAL },
  { NULL }
};

static const LinliArgSpec no_args[] = { { NULL } };

static const LinliQuery queries[] = {
  { "account.list", no_args, linli_account_list_query, "The people with their roles, and who has a password." },
  { "identity.show", linli_identity_show_args, linli_identity_show_query,
    "Who came about a case, whole, for whoever has just said why.", TRUE },
  { "identity.reads", linli_identity_reads_args, linli_identity_reads_query,
    "Who looked up which residents, when and why, the newest first." },
  { "role.list", no_args, linli_role_list_query, "What every role may." },
  { NULL }
};

/* Undoing looks at single rows; that somebody remains is a matter of all. */
static gboolean
undone (LinliCommandContext *context,
        LinliRow            *entry,
        JsonArray           *changes,
        GError             **error)
{
  return !g_str_has_prefix (linli_row_get_text (entry, LINLI_AUDIT_KIND), "account.") ||
         check_administrators (context->tx, error);
}

const LinliRoom linli_accounts_room = {
  .name = "accounts",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .undone = undone,
};
