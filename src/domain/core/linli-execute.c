/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way anything is ever changed: an operation goes in, and rows, audit
 * entry, outbox and search index come out of one transaction, or nothing. */

#include "config.h"

#include "linli-execute.h"

#include <glib/gi18n.h>

#include "linli-audit.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-outbox.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-store-facts.h"

void
linli_outcome_free (LinliOutcome *outcome)
{
  if (outcome == NULL)
    return;

  g_free (outcome->operation);
  g_clear_pointer (&outcome->result, json_object_unref);
  g_clear_pointer (&outcome->changes, g_ptr_array_unref);
  g_free (outcome);
}

/* A retry of an operation that took effect gets the first answer again. */
static gboolean
find_earlier (LinliTx              *tx,
              const LinliOperation *operation,
              LinliOutcome        **outcome,
              GError              **error)
{
  g_autoptr(LinliRow) entry = NULL;
  g_autoptr(JsonObject) result = NULL;

  *outcome = NULL;
  if (!linli_tx_find (tx, &linli_table_audit, operation->id, &entry, error))
    return FALSE;
  if (entry == NULL)
    return TRUE;
  if (g_strcmp0 (linli_row_get_text (entry, LINLI_AUDIT_BODY), operation->body) != 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "operation-forked", NULL,
                    N_("Another operation already has this id."));
      return FALSE;
    }
  result = linli_json_parse_object (linli_row_get_text (entry, LINLI_AUDIT_RESULT), -1, error);
  if (result == NULL)
    return FALSE;

  *outcome = g_new0 (LinliOutcome, 1);
  (*outcome)->operation = g_strdup (operation->id);
  (*outcome)->result = g_steal_pointer (&result);
  (*outcome)->changes = g_ptr_array_new ();
  (*outcome)->repeated = TRUE;
  return TRUE;
}

static void
refuse_stranger (const char  *actor,
                 GError     **error)
{
  if (*actor == '\0')
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-signed-in", NULL,
                  N_("Nobody is signed in here. Sign in first."));
  else
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", NULL,
                  N_("Your role does not allow this."));
}

/* What a person did before an administrator closed the account stands, also
 * when it travelled long; what is dated later does not. */
static gboolean
is_open (LinliRow *account,
         gint64    at)
{
  return linli_row_get_int (account, LINLI_ACCOUNT_ACTIVE) ||
         (!linli_row_is_null (account, LINLI_ACCOUNT_DISABLED_AT) &&
          at < linli_row_get_int (account, LINLI_ACCOUNT_DISABLED_AT));
}

/* The one place, on desk and hub, where a person is allowed or refused a
 * command. Puts who acts into @context. */
static gboolean
check_actor (LinliCommandContext *context,
             const LinliCommand  *command,
             LinliRow           **account,
             GError             **error)
{
  const LinliOperation *operation = context->operation;
  gint64 n_accounts = 0;

  if (!linli_tx_find (context->tx, &linli_table_account, operation->actor, account, error))
    return FALSE;
  if (*account != NULL)
    {
      context->account = *account;
      context->roles = linli_roles_from_text (linli_row_get_text (*account, LINLI_ACCOUNT_ROLES));
      /* The half-typed words of who was just signed out are kept for the next. */
      if (is_open (*account, operation->at) || command->flags & LINLI_COMMAND_LOCAL)
        return linli_rights_load (linli_tx_get_conn (context->tx), context->roles, &context->rights, error) &&
               linli_rights_check (command, context->roles, context->rights, error);
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "account-disabled", NULL,
                    N_("This account was closed by an administrator."));
      return FALSE;
    }
  if (command->flags & LINLI_COMMAND_BOOTSTRAP)
    {
      if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n_accounts, error, "SELECT count(*) FROM account", ""))
        return FALSE;
      context->roles = LINLI_ROLE_ANY;
      context->rights = LINLI_RIGHT_ALL;
      if (n_accounts == 0)
        return TRUE;
    }

  refuse_stranger (operation->actor, error);
  return FALSE;
}

/**
 * linli_execute_project:
 * @tx: with all its changes made
 * @whole: they are those of one command, and so have every row of what is new;
 *   rows that a hub sent may refer to others that came before or come later
 * @error: %LINLI_STORE_ERROR
 *
 * Lets search index and counts follow what changed in @tx.
 */
gboolean
linli_execute_project (LinliTx  *tx,
                       gboolean  whole,
                       GError  **error)
{
  const LinliRoom *const *rooms = linli_rooms ();

  if (!linli_store_has_projections (linli_tx_get_conn (tx)))
    return TRUE;
  for (guint i = 0; rooms[i] != NULL; i++)
    if (rooms[i]->project != NULL && !rooms[i]->project (tx, whole, error))
      return FALSE;
  return TRUE;
}

static gboolean
record (LinliTx              *tx,
        const LinliOperation *operation,
        const LinliCommand   *command,
        LinliExecuteFlags     flags,
        JsonObject           *result,
        GError              **error)
{
  g_autofree char *text = NULL;

  if (command->flags & LINLI_COMMAND_LOCAL || flags & LINLI_EXECUTE_AGAIN)
    return TRUE;
  text = linli_json_object_to_text (result);
  return linli_audit_append (tx, operation, text, (command->flags & LINLI_COMMAND_BULK) != 0, error) &&
         (!(flags & LINLI_EXECUTE_QUEUE) || linli_outbox_add (tx, operation->id, error));
}

/**
 * linli_execute_in:
 * @tx: an open transaction, to be committed or dropped by the caller
 * @error: %LINLI_DOMAIN_ERROR for a refusal, %LINLI_STORE_ERROR for a fault
 *
 * Runs @operation once inside @tx: the same operation again gets the same
 * answer. Operations that share @tx keep their changes apart; one that is run
 * %LINLI_EXECUTE_AGAIN leaves its own in @tx. After a failure @tx, or what was
 * pushed onto it, must be dropped.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_execute_in (LinliTx              *tx,
                  const LinliOperation *operation,
                  LinliExecuteFlags     flags,
                  GError              **error)
{
  const LinliCommand *command = linli_registry_find_command (operation->kind);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(LinliRow) account = NULL;
  LinliCommandContext context = { 0 };

  if (command == NULL || operation->version > command->version)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_UNKNOWN_KIND, "unknown-kind", NULL,
                    N_("This program does not know that command."));
      return NULL;
    }
  if (!linli_args_check (command->args, operation->args, error) ||
      (!(flags & LINLI_EXECUTE_AGAIN) && !find_earlier (tx, operation, &outcome, error)))
    return NULL;
  if (outcome != NULL)
    return g_steal_pointer (&outcome);

  outcome = g_new0 (LinliOutcome, 1);
  outcome->operation = g_strdup (operation->id);
  outcome->result = json_object_new ();
  context.tx = tx;
  context.operation = operation;
  context.result = outcome->result;
  if (!check_actor (&context, command, &account, error) ||
      !command->run (&context, operation->args, error) ||
      (!(flags & (LINLI_EXECUTE_BARE | LINLI_EXECUTE_AGAIN)) && !linli_execute_project (tx, TRUE, error)) ||
      !record (tx, operation, command, flags, outcome->result, error))
    return NULL;
  outcome->changes = flags & LINLI_EXECUTE_AGAIN ? g_ptr_array_new () : linli_tx_take_changes (tx);

  return g_steal_pointer (&outcome);
}

/**
 * linli_execute:
 * @conn: the writing connection, outside a transaction
 * @error: %LINLI_DOMAIN_ERROR for a refusal, %LINLI_STORE_ERROR for a fault
 *
 * linli_execute_in() in a transaction of its own. When it returns the change
 * is durable; when it fails nothing changed.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_execute (LinliConn            *conn,
               const LinliOperation *operation,
               LinliExecuteFlags     flags,
               GError              **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliOutcome) outcome = NULL;

  if (tx == NULL)
    return NULL;
  outcome = linli_execute_in (tx, operation, flags, error);
  if (outcome == NULL || (!(flags & LINLI_EXECUTE_DRY_RUN) && !linli_tx_commit (tx, error)))
    return NULL;

  return g_steal_pointer (&outcome);
}
