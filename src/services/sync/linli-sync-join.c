/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a desk comes to a hub, and whom it trusts to be that. */

#include "config.h"

#include "linli-sync-agent-private.h"

#include <glib/gi18n-lib.h>

#include "linli-hub-keeper.h"
#include "linli-sync-apply.h"
#include "linli-sync-state.h"
#include "linli-uuid.h"
#include "linli-wire-link.h"

typedef struct
{
  LinliHubEnrolled *enrolled; /* (owned) */
} Join;

static void
join_free (gpointer data)
{
  Join *join = data;

  linli_hub_enrolled_free (join->enrolled);
  g_free (join);
}

/* A desk that has a hub already is let in anew, under another identity. */
static gpointer
join_job (LinliConn  *conn,
          LinliDesk  *desk,
          LinliStore *store,
          gpointer    data,
          GError    **error)
{
  LinliHubEnrolled *enrolled = ((Join *) data)->enrolled;
  g_autoptr(LinliRow) state = NULL;
  g_autoptr(LinliTx) tx = NULL;

  if (!linli_sync_state_find (conn, &state, error))
    return NULL;
  if (state != NULL && g_strcmp0 (linli_row_get_id (state), enrolled->address->workspace) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           N_("This code is another centre’s. Join with a new store for it."));
      return NULL;
    }
  if (!linli_hub_keeper_save (linli_store_get_folder (store), enrolled->address, error))
    return NULL;
  if (state != NULL)
    {
      if (linli_sync_take_identity (conn, enrolled->address->device, enrolled->prefix, enrolled->epoch, error))
        linli_desk_load (desk, conn, error);
      return NULL;
    }
  tx = linli_tx_begin (conn, error);
  if (tx != NULL &&
      linli_sync_state_enrol (tx, enrolled->address->workspace, enrolled->address->device, enrolled->prefix,
                              enrolled->epoch, error) &&
      linli_tx_commit (tx, error))
    linli_desk_load (desk, conn, error);
  return NULL;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliSyncAgent *self = g_task_get_source_object (task);
  LinliHubEnrolled *enrolled = g_task_get_task_data (task);
  GError *error = NULL;

  linli_store_write_finish (LINLI_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->joining, g_free);
  if (self->store != NULL)
    {
      linli_sync_agent_use_address (self, enrolled->address);
      linli_sync_agent_post (self, LINLI_SYNC_EVENT_SIGNED_IN);
      linli_sync_agent_post (self, LINLI_SYNC_EVENT_UNBLOCKED);
    }
  g_task_return_pointer (task, g_strdup (enrolled->name), g_free);
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliSyncAgent *self = g_task_get_source_object (task);
  GError *error = NULL;
  LinliHubEnrolled *enrolled = linli_hub_enrol_finish (result, &error);
  Join *join;

  if (enrolled == NULL && error->domain == LINLI_HUB_FAULT)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", error->message);
      g_error_free (error);
      return;
    }
  if (enrolled == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->store == NULL)
    {
      linli_hub_enrolled_free (enrolled);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store is closed");
      return;
    }
  join = g_new0 (Join, 1);
  join->enrolled = linli_hub_enrolled_copy (enrolled);
  g_task_set_task_data (task, enrolled, (GDestroyNotify) linli_hub_enrolled_free);
  linli_store_write_async (self->store, join_job, join, join_free, NULL, NULL, joined_cb, g_steal_pointer (&task));
}

/**
 * linli_sync_agent_join_async:
 * @url: as typed
 * @code: as typed
 * @authority: (nullable): a PEM file with the certificates to trust
 *
 * Joins a hub, or is let in again. What was done at this desk before goes to
 * the hub; then everything the hub has comes here.
 */
void
linli_sync_agent_join_async (LinliSyncAgent      *self,
                             const char          *url,
                             const char          *code,
                             const char          *authority,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autofree char *tidy = linli_hub_url_tidy (url, &error);
  g_autofree char *kept = tidy != NULL && authority != NULL
    ? linli_hub_keeper_keep_authority (linli_store_get_folder (self->store), authority, &error) : NULL;

  if (tidy == NULL || (authority != NULL && kept == NULL))
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->joining == NULL)
    {
      LinliIdSource ids;

      linli_id_source_init (&ids);
      self->joining = linli_uuid_new (&ids, linli_clock_now (linli_store_get_clock (self->store)));
    }
  linli_hub_enrol_async (tidy, code, self->joining, g_get_host_name (), kept, cancellable, enrolled_cb,
                         g_steal_pointer (&task));
}

/**
 * linli_sync_agent_set_authority:
 * @path: a PEM file with the certificates to trust besides the machine's
 * @error: in words for whoever chose it
 *
 * For a desk that has a hub: its certificates were changed. Blocks for one
 * small file.
 */
gboolean
linli_sync_agent_set_authority (LinliSyncAgent *self,
                                const char     *path,
                                GError        **error)
{
  g_autoptr(LinliHubAddress) address = NULL;
  g_autofree char *kept = NULL;

  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), FALSE);

  if (self->store == NULL || self->address == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, N_("This desk has no hub."));
      return FALSE;
    }
  kept = linli_hub_keeper_keep_authority (linli_store_get_folder (self->store), path, error);
  if (kept == NULL)
    return FALSE;
  address = linli_hub_address_new (self->address->url, self->address->workspace, self->address->device,
                                   self->address->credential, kept);
  if (!linli_hub_keeper_save (linli_store_get_folder (self->store), address, error))
    return FALSE;
  linli_sync_agent_use_address (self, address);
  linli_sync_agent_wake (self);
  return TRUE;
}

/* Returns: (transfer full): the name of the workspace */
char *
linli_sync_agent_join_finish (LinliSyncAgent *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* linli_wire_link_parse(), for who may not see the wire. */
gboolean
linli_sync_read_link (const char *text,
                      char      **url,
                      char      **code)
{
  return linli_wire_link_parse (text, url, code);
}
