/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-own.h"

#include <glib/gi18n.h>

#include "linli-hub-private.h"
#include "linli-hub-tables.h"
#include "linli-json.h"
#include "linli-wire-push.h"

#define SETTING_DEVICE  "device.id"
#define SETTING_ACCOUNT "hub.account"
#define OWN_ROLES       "clerk admin"

static gboolean
get_setting (LinliConn  *conn,
             const char *id,
             char      **value,
             GError    **error)
{
  return linli_conn_get_text (conn, value, error, "SELECT value FROM setting WHERE id = ?1", "s", id);
}

/* The first time the hub speaks in a workspace it becomes a device of it. */
static gboolean
become_device (LinliHubOwn *self,
               GError     **error)
{
  g_autofree char *known = NULL;
  g_autofree char *device = NULL;
  g_autofree char *prefix = NULL;

  if (!get_setting (self->conn, SETTING_DEVICE, &known, error))
    return FALSE;
  if (known != NULL)
    return TRUE;
  device = linli_uuid_new (&self->desk->ids, linli_clock_now (self->desk->clock));
  return linli_hub_device_insert (self->conn, device, NULL, NULL, &prefix, error) &&
         linli_desk_store_identity (self->conn, device, prefix, error);
}

static gboolean
record (LinliHubOwn  *self,
        LinliOutcome *outcome,
        GError      **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_hub_op);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *hash = NULL;
  g_autofree char *body = NULL;
  gint64 now = linli_clock_now (self->desk->clock);
  gint64 before = self->rev;
  LinliWireResult result = { .result = (char *) "applied" };

  if (!linli_hub_feed_record (self->conn, outcome->changes, now, &self->rev, error) ||
      !linli_conn_get_text (self->conn, &body, error, "SELECT body FROM audit WHERE id = ?1", "s", outcome->operation))
    return FALSE;
  result.rev = self->rev;
  result.from_rev = self->rev > before ? before + 1 : 0;
  linli_wire_result_append (&result, text);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body != NULL ? body : "", -1);
  linli_row_set_text (row, LINLI_HUB_OP_ID, outcome->operation);
  linli_row_set_text (row, LINLI_HUB_OP_DEVICE, self->desk->device);
  linli_row_set_int (row, LINLI_HUB_OP_SEQ, ++self->last_seq);
  linli_row_set_text (row, LINLI_HUB_OP_SHA256, hash);
  linli_row_set_text (row, LINLI_HUB_OP_RESULT, text->str);
  linli_row_set_int (row, LINLI_HUB_OP_REV, self->rev);
  linli_row_set_int (row, LINLI_HUB_OP_RECEIVED_AT, now);

  return linli_tx_put (self->tx, row, error);
}

/**
 * linli_hub_own_submit:
 * @command: its name
 * @args: (transfer none): numbers it leaves out are drawn
 * @error: %LINLI_DOMAIN_ERROR for a refusal, after which nothing more may be
 *   done with @self; %LINLI_STORE_ERROR for a fault
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_hub_own_submit (LinliHubOwn *self,
                      const char  *command,
                      JsonObject  *args,
                      GError     **error)
{
  g_autoptr(LinliOutcome) outcome = linli_desk_submit_in (self->desk, self->tx, command, args, LINLI_EXECUTE_BARE,
                                                          error);

  return outcome != NULL && record (self, outcome, error) ? g_steal_pointer (&outcome) : NULL;
}

/* Its account is made once, by the command, in the name of whoever runs the
 * centre: before there is anybody, nobody could answer for what comes in. */
static gboolean
become_person (LinliHubOwn *self,
               GError     **error)
{
  g_autofree char *account = NULL;
  g_autofree char *head = NULL;
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOutcome) outcome = NULL;

  if (!get_setting (self->conn, SETTING_ACCOUNT, &account, error))
    return FALSE;
  if (account != NULL)
    {
      linli_desk_set_actor (self->desk, account);
      return TRUE;
    }
  if (!linli_conn_get_text (self->conn, &head, error,
                            "SELECT id FROM account WHERE active = 1 AND ' ' || roles || ' ' LIKE '% admin %' "
                            "ORDER BY pk LIMIT 1", ""))
    return FALSE;
  if (head == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-centre", NULL,
                    N_("No desk has joined this workspace yet; the centre and its people come with the first one."));
      return FALSE;
    }
  linli_desk_set_actor (self->desk, head);
  json_object_set_string_member (args, "name", LINLI_HUB_ACCOUNT_NAME);
  json_object_set_string_member (args, "roles", OWN_ROLES);
  outcome = linli_hub_own_submit (self, "account.create", args, error);
  if (outcome == NULL)
    return FALSE;
  linli_desk_set_actor (self->desk, linli_json_get_text (outcome->result, "account"));

  return linli_conn_run (self->conn, error, "INSERT INTO setting (id, value) VALUES (?1, ?2)", "ss", SETTING_ACCOUNT,
                         self->desk->actor);
}

/**
 * linli_hub_own_begin:
 * @self: (out caller-allocates): cleared by the caller, which drops what was not committed
 * @clock: hub's time
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND while the workspace has no centre
 */
gboolean
linli_hub_own_begin (LinliHubOwn *self,
                     LinliConn   *conn,
                     LinliClock  *clock,
                     GError     **error)
{
  g_auto(LinliHubClock) at = { 0 };

  *self = (LinliHubOwn) { .conn = conn, .desk = linli_desk_new (clock), .tx = linli_tx_begin (conn, error) };
  if (self->tx == NULL || !linli_hub_clock_lock (conn, &at, error))
    return FALSE;
  self->rev = at.rev;

  return become_device (self, error) && linli_desk_load (self->desk, conn, error) &&
         linli_conn_get_int (conn, &self->last_seq, error, "SELECT last_seq FROM hub_device WHERE id = ?1", "s",
                             self->desk->device) &&
         become_person (self, error);
}

gboolean
linli_hub_own_commit (LinliHubOwn *self,
                      GError     **error)
{
  return linli_conn_run (self->conn, error, "UPDATE hub_device SET last_seq = ?2, last_seen = ?3 WHERE id = ?1", "sii",
                         self->desk->device, self->last_seq, linli_clock_now (self->desk->clock)) &&
         linli_hub_clock_save (self->conn, self->rev, error) && linli_tx_commit (self->tx, error);
}

/* Drops what was not committed. */
void
linli_hub_own_clear (LinliHubOwn *self)
{
  g_clear_pointer (&self->tx, linli_tx_free);
  g_clear_pointer (&self->desk, linli_desk_free);
}
