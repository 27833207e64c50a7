/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk as the program around the sync core will be one: it opens files,
 * sends what it is told to, starts again after a power cut. */

#include "sim.h"

#include "linli-plant.h"
#include "linli-registry.h"
#include "linli-sync-apply.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

#define TIMEOUT (30 * SIM_SECOND)

void
sim_desk_make (Sim          *sim,
               guint         n,
               PowercutDisk *disk)
{
  SimDesk *self = &sim->desks[n];

  self->sim = sim;
  self->n = n;
  self->disk = disk;
  self->rand = g_rand_new_with_seed ((guint32) sim->seed * 31 + n + 1);
  self->clock = (SimClock) { { sim_clock_now }, sim, 0 };
  sim->n_desks = MAX (sim->n_desks, n + 1);
}

static void
end (SimDesk *self,
     gboolean tidy)
{
  g_clear_pointer (&self->client, linli_sync_client_free);
  g_clear_pointer (&self->desk, linli_desk_free);
  sim_close (self->sim, self->disk, SIM_FRESH, tidy, &self->fresh);
  sim_close (self->sim, self->disk, SIM_MAIN, tidy, &self->conn);
}

/* Nobody will look at its disk any more. */
void
sim_desk_leave (SimDesk *self)
{
  end (self, FALSE);
}

/* What was not synced may be gone. */
void
sim_desk_off (SimDesk *self,
              gboolean power_cut)
{
  if (self->conn == NULL && self->client == NULL)
    return;

  if (power_cut)
    {
      powercut_disk_fail_after (self->disk, 0);
      self->sim->n_crashes++;
    }
  end (self, !power_cut);
  if (power_cut)
    powercut_disk_cut (self->disk);
  self->generation++;
}

static void
crash (SimDesk *self)
{
  sim_note (self->sim, "desk %u loses power", self->n);
  sim_desk_off (self, TRUE);
  sim_schedule (self->sim, SIM_BOOT, (1 + sim_draw (self->sim, 300)) * SIM_SECOND)->desk = self->n;
}

/* The disk may go at any write from here on. */
static void
arm (SimDesk *self)
{
  if (sim_chance (self->sim, self->sim->mix.desk_crash))
    powercut_disk_fail_after (self->disk, sim_draw (self->sim, 60));
}

/* Returns: whether it is still there */
static gboolean
disarm (SimDesk *self)
{
  if (powercut_disk_is_dead (self->disk))
    {
      crash (self);
      return FALSE;
    }
  powercut_disk_fail_after (self->disk, -1);
  return TRUE;
}

static void
open_fresh (SimDesk *self)
{
  g_autoptr(GError) error = NULL;
  const SimTemplate *template = self->sim->template;

  /* Mostly as one finds it whose tables somebody has made before: to make them takes long. */
  if (template != NULL && !powercut_disk_has (self->disk, SIM_FRESH) && sim_draw (self->sim, 8) > 0)
    powercut_disk_copy_file (template->empty, SIM_MAIN, self->disk, SIM_FRESH);
  self->fresh = sim_open (self->sim, self->disk, SIM_FRESH, &error);
  if (error != NULL)
    sim_fail (self->sim, "desk %u: fresh: %s", self->n, error->message);
}

static void
drop_fresh (SimDesk *self)
{
  sim_close (self->sim, self->disk, SIM_FRESH, FALSE, &self->fresh);
  powercut_disk_remove (self->disk, SIM_FRESH);
}

static void
load (SimDesk *self)
{
  g_autoptr(GError) error = NULL;

  if (!linli_desk_load (self->desk, self->conn, &error))
    sim_note (self->sim, "desk %u: %s", self->n, error->message);
  if (self->actor != NULL)
    linli_desk_set_actor (self->desk, self->actor);
}

/* From now on @actor, of a handling unit, sits at the desk. */
void
sim_desk_seat (SimDesk    *self,
               const char *unit,
               const char *actor)
{
  self->unit = g_strdup (unit);
  self->actor = g_strdup (actor);
  if (self->desk != NULL && actor != NULL)
    linli_desk_set_actor (self->desk, actor);
}

/* As a start finds the folder: one file, or two, or only the new one. */
void
sim_desk_boot (SimDesk *self)
{
  g_autoptr(GError) error = NULL;
  SimEvent *tick;

  powercut_disk_set_space (self->disk, -1); /* somebody had to make room to start it */
  if (!powercut_disk_has (self->disk, SIM_MAIN) && powercut_disk_has (self->disk, SIM_FRESH))
    powercut_disk_rename (self->disk, SIM_FRESH, SIM_MAIN);
  self->conn = sim_open (self->sim, self->disk, SIM_MAIN, &error);
  if (self->conn == NULL)
    {
      sim_fail (self->sim, "desk %u: cannot open: %s", self->n, error->message);
      return;
    }
  if (powercut_disk_has (self->disk, SIM_FRESH))
    {
      gboolean usable = FALSE;

      open_fresh (self);
      if (!linli_sync_fresh_is_usable (self->fresh, &usable, NULL) || !usable)
        drop_fresh (self);
    }
  sim_seed_chance (&self->chance, self->rand);
  self->client = linli_sync_client_new (&self->chance);
  self->answered = 0;
  linli_sync_client_set_config (self->client, &self->sim->config);
  self->desk = linli_desk_new (&self->clock.parent);
  self->desk->ids = self->chance;
  load (self);
  sim_note (self->sim, "desk %u starts", self->n);
  tick = sim_schedule (self->sim, SIM_TICK, sim_draw (self->sim, 5000000));
  tick->desk = self->n;
  tick->generation = self->generation;
  self->tick_at = tick->at;
}

static void
wait (SimDesk *self,
      gint64   at)
{
  SimEvent *tick = sim_schedule (self->sim, SIM_TICK, MAX (at - self->sim->mono, 0));

  tick->desk = self->n;
  tick->generation = self->generation;
  self->tick_at = tick->at;
}

/* The power may go between the two renames. */
static void
swap (SimDesk *self)
{
  sim_close (self->sim, self->disk, SIM_FRESH, TRUE, &self->fresh);
  sim_close (self->sim, self->disk, SIM_MAIN, TRUE, &self->conn);
  powercut_disk_rename (self->disk, SIM_MAIN, SIM_OLD);
  self->sim->n_bootstraps++;
  if (sim_chance (self->sim, self->sim->mix.desk_crash))
    {
      crash (self);
      return;
    }
  powercut_disk_rename (self->disk, SIM_FRESH, SIM_MAIN);
  self->conn = sim_open (self->sim, self->disk, SIM_MAIN, NULL);
  load (self);
  sim_note (self->sim, "desk %u has fetched everything anew", self->n);
  wait (self, self->sim->mono);
}

static void
reply (SimDesk    *self,
       guint64     request,
       guint       status,
       const char *text,
       gint64      retry_after,
       gint64      delay)
{
  SimEvent *event = sim_schedule (self->sim, SIM_REPLY, delay);

  event->desk = self->n;
  event->generation = self->generation;
  event->request = request;
  event->status = status;
  event->retry_after = retry_after;
  event->body = g_bytes_new (text, strlen (text));
}

/* What answers in the hub's place. */
static gboolean
is_intercepted (SimDesk               *self,
                const LinliSyncAction *action)
{
  Sim *sim = self->sim;

  if (self->signed_out)
    reply (self, action->request, 401, "{\"type\":\"urn:linli:problem:token-expired\"}\n", 0, 20000);
  else if (sim_chance (sim, sim->mix.portal))
    reply (self, action->request, 200, "<html><body>Please sign in to the network.</body></html>\n", 0, 20000);
  else if (sim_chance (sim, sim->mix.refuse))
    switch (sim_draw (sim, 4))
      {
      case 0: reply (self, action->request, 429, "{\"type\":\"urn:linli:problem:slow-down\"}\n", 3, 20000); break;
      case 1: reply (self, action->request, 503, "{\"type\":\"urn:linli:problem:unavailable\"}\n", 5, 20000); break;
      case 2: reply (self, action->request, 502, "Bad Gateway\n", 0, 20000); break;
      default: reply (self, action->request, 403, "blocked by policy\n", 0, 20000); break;
      }
  else
    return FALSE;
  return TRUE;
}

static gint64
latency (Sim *sim)
{
  return sim_chance (sim, sim->mix.slow) ? (gint64) sim_draw (sim, 90000000) : 10000 + sim_draw (sim, 200000);
}

static void
deliver (SimDesk               *self,
         const LinliSyncAction *action)
{
  g_autoptr(LinliRow) state = NULL;
  SimEvent *event;

  if (!linli_sync_state_find (self->conn, &state, NULL) || state == NULL)
    return;
  event = sim_schedule (self->sim, SIM_REQUEST, latency (self->sim));
  event->desk = self->n;
  event->generation = self->generation;
  event->request = action->request;
  event->call = action->kind;
  event->device = g_strdup (linli_row_get_text (state, LINLI_SYNC_STATE_DEVICE));
  event->text = g_strdup (action->text);
  event->body = action->body != NULL ? g_bytes_ref (action->body) : NULL;
}

static void
send (SimDesk               *self,
      const LinliSyncAction *action)
{
  SimEvent *timeout = sim_schedule (self->sim, SIM_TIMEOUT, TIMEOUT);

  timeout->desk = self->n;
  timeout->generation = self->generation;
  timeout->request = action->request;
  sim_note (self->sim, "desk %u asks %d %s %" G_GSIZE_FORMAT, self->n, action->kind,
            action->text != NULL ? action->text : "", action->body != NULL ? g_bytes_get_size (action->body) : 0);
  if (self->cut_up || sim_chance (self->sim, self->sim->mix.drop) || is_intercepted (self, action))
    return;
  deliver (self, action);
  if (sim_chance (self->sim, self->sim->mix.twice))
    deliver (self, action);
}

static void
carry_out (SimDesk   *self,
           GPtrArray *actions)
{
  for (guint i = 0; i < actions->len && self->conn != NULL; i++)
    {
      const LinliSyncAction *action = actions->pdata[i];

      switch (action->kind)
        {
        case LINLI_SYNC_ACTION_PUSH:
        case LINLI_SYNC_ACTION_PULL:
        case LINLI_SYNC_ACTION_FORK:       send (self, action); break;
        case LINLI_SYNC_ACTION_WAIT:       wait (self, action->at); break;
        case LINLI_SYNC_ACTION_OPEN_FRESH: open_fresh (self); wait (self, self->sim->mono); break;
        case LINLI_SYNC_ACTION_DROP_FRESH: drop_fresh (self); wait (self, self->sim->mono); break;
        case LINLI_SYNC_ACTION_SWAP:       swap (self); break;
        case LINLI_SYNC_ACTION_IDENTITY:   load (self); wait (self, self->sim->mono); break;
        case LINLI_SYNC_ACTION_SIGN_IN:
        default:                           break;
        }
    }
}

void
sim_desk_step (SimDesk        *self,
               LinliSyncEvent *event)
{
  g_autoptr(GPtrArray) actions = NULL;
  gint64 n_left = 0;

  event->mono = self->sim->mono;
  event->now = linli_clock_now (&self->clock.parent);
  arm (self);
  actions = linli_sync_client_step (self->client, self->conn, self->fresh, event);
  linli_sync_catch_up (self->conn, 1, &n_left, NULL); /* after a full disk or a power cut the next one goes on */
  if (!disarm (self))
    return;
  carry_out (self, actions);
  /* An empty page changes nothing. */
  if (self->conn != NULL && event->kind == LINLI_SYNC_EVENT_REPLY &&
      (event->body == NULL || g_bytes_get_size (event->body) > 250))
    sim_check_desk (self);
}

/* Somebody does something, whatever the network does. */
void
sim_desk_user (SimDesk *self)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;
  LinliSyncEvent wake = { .kind = LINLI_SYNC_EVENT_WAKE };

  if (self->conn == NULL)
    return;
  arm (self);
  for (guint i = 0; i < 4 && outcome == NULL && !powercut_disk_is_dead (self->disk); i++)
    {
      g_clear_error (&error);
      outcome = sim_user_act (self, &error);
    }
  if (!disarm (self))
    return;
  if (outcome == NULL)
    {
      sim_note (self->sim, "desk %u: %s", self->n, error != NULL ? error->message : "nothing to do");
      return;
    }
  self->sim->n_operations++;
  sim_check_desk (self);
  sim_desk_step (self, &wake);
}
