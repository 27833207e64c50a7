/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "linli-plant.h"

void
sim_hub_boot (Sim *sim)
{
  g_autoptr(GError) error = NULL;

  if (sim->hub.conn != NULL)
    return;
  powercut_disk_set_space (sim->hub.disk, -1);
  sim->hub.conn = sim_open (sim, sim->hub.disk, SIM_HUB, &error);
  if (sim->hub.conn == NULL)
    sim_fail (sim, "hub: cannot open: %s", error->message);
  sim_note (sim, "the hub starts");
}

void
sim_hub_off (Sim *sim)
{
  if (sim->hub.conn == NULL)
    return;
  powercut_disk_fail_after (sim->hub.disk, 0);
  sim_close (sim, sim->hub.disk, SIM_HUB, FALSE, &sim->hub.conn);
  powercut_disk_cut (sim->hub.disk);
  sim->n_crashes++;
  sim_note (sim, "the hub loses power");
  sim_schedule (sim, SIM_HUB_BOOT, (1 + sim_draw (sim, 200)) * SIM_SECOND);
}

/* Last night's backup takes the place of today. */
void
sim_hub_restore (Sim *sim)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *epoch = NULL;

  if (sim->hub.backup == NULL || sim->hub.conn == NULL)
    return;
  sim_close (sim, sim->hub.disk, SIM_HUB, FALSE, &sim->hub.conn);
  powercut_disk_set_space (sim->hub.disk, -1); /* nobody restores onto a full disk */
  powercut_disk_copy (sim->hub.backup, sim->hub.disk);
  sim_note (sim, "the hub is restored from a backup");
  sim_hub_boot (sim);
  if (sim->hub.conn == NULL || LINLI_PLANTED (EPOCH_KEPT))
    return;
  epoch = g_strdup_printf ("e%u", ++sim->hub.n_epochs);
  if (!linli_hub_set_epoch (sim->hub.conn, epoch, &error))
    sim_fail (sim, "hub: %s", error->message);
}

gboolean
sim_hub_admit (SimDesk    *desk,
               const char *device,
               char      **prefix,
               GError    **error)
{
  Sim *sim = desk->sim;

  return desk->unit != NULL
           ? linli_hub_add_unit_device (sim->hub.conn, device, desk->unit, sim_begin + sim->mono, prefix, error)
           : linli_hub_add_device (sim->hub.conn, device, prefix, error);
}

static LinliHubReply *
answer (Sim      *sim,
        SimEvent *request)
{
  gint64 now = sim_begin + sim->mono;

  switch (request->call)
    {
    case LINLI_SYNC_ACTION_PUSH: return linli_hub_push (sim->hub.conn, request->device, request->body, &sim->config, now);
    case LINLI_SYNC_ACTION_PULL: return linli_hub_pull (sim->hub.conn, request->device, request->text, &sim->config, now);
    default:                     return linli_hub_fork (sim->hub.conn, request->device, request->text, now);
    }
}

#define RESERVE 1000 /* revisions, more than any push uses */

/* Two transactions at once, in a hub that counts with a sequence: the one that
 * began first may be the last to commit.
 *
 * Returns: whether @request has taken its revisions and goes on later */
static gboolean
begins_early (Sim      *sim,
              SimEvent *request)
{
  SimEvent *later;

  sim->reserved = request->reserved;
  if (!LINLI_PLANTED (LOOSE_SEQUENCE) || request->call != LINLI_SYNC_ACTION_PUSH || request->reserved != 0 ||
      !linli_conn_get_int (sim->hub.conn, &sim->reserved, NULL, "SELECT rev FROM hub_clock", "") ||
      !linli_conn_run (sim->hub.conn, NULL, "UPDATE hub_clock SET rev = rev + ?1", "i", (gint64) RESERVE))
    return FALSE;
  later = sim_schedule (sim, SIM_REQUEST, sim_draw (sim, 3000000));
  later->desk = request->desk;
  later->generation = request->generation;
  later->request = request->request;
  later->call = request->call;
  later->device = g_strdup (request->device);
  later->body = g_bytes_ref (request->body);
  later->reserved = sim->reserved;
  return TRUE;
}

static void
send_back (Sim           *sim,
           SimEvent      *request,
           LinliHubReply *reply)
{
  SimDesk *desk = &sim->desks[request->desk];
  gsize length = reply->body->len;
  SimEvent *event;

  if (desk->cut_down || sim_chance (sim, sim->mix.drop))
    return;
  if (sim_chance (sim, sim->mix.torn))
    length = (gsize) sim_draw (sim, (int) length);
  event = sim_schedule (sim, SIM_REPLY, sim_chance (sim, sim->mix.slow) ? sim_draw (sim, 60000000) : 10000 + sim_draw (sim, 200000));
  event->desk = request->desk;
  event->generation = request->generation;
  event->request = request->request;
  event->status = reply->status;
  event->body = g_bytes_new (reply->body->str, length);
}

#define TOGETHER 4
#define SOON     300000 /* microseconds */

/* Pushes that would come in a moment, and wait for the same transaction.
 *
 * Returns: (transfer full): @request, which is the caller's, and they */
static GPtrArray *
gather (Sim      *sim,
        SimEvent *request)
{
  GPtrArray *requests = g_ptr_array_new ();

  g_ptr_array_add (requests, request);
  for (guint i = 0; i < sim->queue->len && request->call == LINLI_SYNC_ACTION_PUSH && requests->len < TOGETHER; i++)
    {
      SimEvent *other = sim->queue->pdata[i];

      if (other->kind == SIM_REQUEST && other->call == LINLI_SYNC_ACTION_PUSH && other->at <= sim->mono + SOON &&
          other->reserved == request->reserved)
        g_ptr_array_add (requests, g_ptr_array_steal_index_fast (sim->queue, i--));
    }
  return requests;
}

/* The replies, in the order of @requests. */
static GPtrArray *
answer_all (Sim       *sim,
            GPtrArray *requests)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_hub_reply_free);
  LinliHubPush pushes[TOGETHER] = { { NULL } };

  if (requests->len == 1)
    {
      g_ptr_array_add (replies, answer (sim, requests->pdata[0]));
      return replies;
    }
  for (guint i = 0; i < requests->len; i++)
    {
      SimEvent *request = requests->pdata[i];

      pushes[i] = (LinliHubPush) { request->device, request->body, &sim->config, sim_begin + sim->mono, NULL };
    }
  linli_hub_push_together (sim->hub.conn, pushes, requests->len);
  for (guint i = 0; i < requests->len; i++)
    g_ptr_array_add (replies, pushes[i].reply);
  return replies;
}

void
sim_hub_handle (Sim      *sim,
                SimEvent *request)
{
  g_autoptr(GPtrArray) requests = NULL;
  g_autoptr(GPtrArray) replies = NULL;
  gboolean dead;

  if (sim->hub.conn == NULL || begins_early (sim, request))
    return;
  requests = gather (sim, request);
  if (sim_chance (sim, sim->mix.hub_crash))
    powercut_disk_fail_after (sim->hub.disk, sim_draw (sim, 80));
  replies = answer_all (sim, requests);
  dead = powercut_disk_is_dead (sim->hub.disk);
  if (dead)
    sim_hub_off (sim);
  else
    powercut_disk_fail_after (sim->hub.disk, -1);
  for (guint i = 0; i < requests->len; i++)
    {
      SimEvent *event = requests->pdata[i];
      LinliHubReply *reply = replies->pdata[i];

      if (!dead || (reply->status == 200 && sim_draw (sim, 2) == 0))
        {
          sim_note (sim, "hub to desk %u: %d %u %" G_GSIZE_FORMAT, event->desk, event->call, reply->status, reply->body->len);
          send_back (sim, event, reply);
        }
      if (i > 0)
        sim_event_free (event);
    }
}
