/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trouble. Each seed has its own mix: when everything happens at once, each
 * kind heals what another has broken, and hides it. */

#include "sim.h"

#include "linli-sqlite.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

#define MINUTE (60 * SIM_SECOND)

static int
rare (Sim *sim,
      int  most)
{
  return sim_draw (sim, 3) == 0 ? 1 + sim_draw (sim, most) : 0;
}

void
sim_trouble_mix (Sim *sim)
{
  SimMix *mix = &sim->mix;

  *mix = (SimMix) {
    .drop = rare (sim, 300), .twice = rare (sim, 300), .slow = rare (sim, 300), .torn = rare (sim, 200),
    .portal = rare (sim, 100), .refuse = rare (sim, 200), .sign_out = rare (sim, 300),
    .desk_crash = rare (sim, 60), .hub_crash = rare (sim, 100), .desk_off = rare (sim, 400), .hub_off = rare (sim, 300),
    .hub_fault = rare (sim, 60), .restore = rare (sim, 300), .image = rare (sim, 250), .clone = rare (sim, 200),
    .collect = rare (sim, 500), .full = rare (sim, 300), .busy = rare (sim, 300), .clock_step = rare (sim, 300),
  };
  sim->config.max_lines = 1 + sim_draw (sim, 8);
  sim->config.page_rows = 1 + sim_draw (sim, sim_draw (sim, 2) ? 6 : 60);
  sim->config.max_bytes = 2000 + sim_draw (sim, 20000);
  sim->config.poll_idle = 10 + sim_draw (sim, sim_draw (sim, 3) ? 300 : 50);
}

static PowercutDisk *
copy_disk (Sim          *sim,
           PowercutDisk *disk)
{
  PowercutDisk *copy = powercut_disk_new ((guint32) sim_draw (sim, G_MAXINT));

  powercut_disk_copy (disk, copy);
  return copy;
}

static void
step_clock (Sim     *sim,
            SimDesk *desk)
{
  static const gint64 steps[] = { 7, -7, 60, -60, 60 * 24 * 30, -60 * 24 * 30, 60 * 24 * 3650, -60 * 24 * 3650 };

  desk->clock.offset = sim_draw (sim, 3) == 0 ? 0 : steps[sim_draw (sim, G_N_ELEMENTS (steps))] * MINUTE;
  sim_note (sim, "desk %u: the clock is off by %" G_GINT64_FORMAT " s", desk->n, desk->clock.offset / SIM_SECOND);
}

/* An older state of the disk comes back, or a second machine is made from it. */
static void
image (Sim     *sim,
       SimDesk *desk)
{
  if (desk->image == NULL || sim_draw (sim, 2) == 0)
    {
      g_clear_pointer (&desk->image, powercut_disk_free);
      desk->image = copy_disk (sim, desk->disk);
      return;
    }
  sim_note (sim, "desk %u is set back to an older image", desk->n);
  sim_desk_off (desk, FALSE);
  powercut_disk_copy (desk->image, desk->disk);
  g_clear_pointer (&desk->seen_epoch, g_free);
  sim_desk_boot (desk);
}

static void
clone (Sim     *sim,
       SimDesk *desk)
{
  guint n = sim->n_desks;

  if (n == SIM_MAX_DESKS)
    return;
  sim_note (sim, "desk %u is cloned from desk %u", n, desk->n);
  sim_desk_make (sim, n, copy_disk (sim, desk->disk));
  sim_desk_seat (&sim->desks[n], desk->unit, desk->actor);
  sim_desk_boot (&sim->desks[n]);
}

static void
restore (Sim *sim)
{
  if (sim->hub.backup != NULL && sim_draw (sim, 2) == 0)
    {
      sim_hub_restore (sim);
      return;
    }
  g_clear_pointer (&sim->hub.backup, powercut_disk_free);
  sim->hub.backup = copy_disk (sim, sim->hub.disk);
  sim_note (sim, "the hub is backed up");
}

static void
trouble_desk (Sim     *sim,
              SimDesk *desk)
{
  SimMix *mix = &sim->mix;

  if (sim_chance (sim, mix->desk_off) && desk->conn != NULL)
    {
      sim_desk_off (desk, sim_draw (sim, 2) == 0);
      sim_schedule (sim, SIM_BOOT, sim_draw (sim, 900) * SIM_SECOND)->desk = desk->n;
    }
  if (sim_chance (sim, mix->image) && desk->conn != NULL)
    image (sim, desk);
  if (sim_chance (sim, mix->clone) && desk->conn != NULL)
    clone (sim, desk);
  if (sim_chance (sim, mix->clock_step))
    step_clock (sim, desk);
  if (sim_chance (sim, mix->full))
    powercut_disk_set_space (desk->disk, sim_draw (sim, 2) == 0 ? -1 : (gint64) powercut_disk_get_used (desk->disk));
  desk->signed_out = sim_chance (sim, mix->sign_out);
  if (!desk->signed_out && desk->conn != NULL)
    {
      LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_SIGNED_IN };

      sim_desk_step (desk, &event);
    }
  desk->cut_up = sim_chance (sim, mix->drop);
  desk->cut_down = sim_chance (sim, mix->drop);
}

static void
trouble_hub (Sim *sim)
{
  SimMix *mix = &sim->mix;

  if (sim_chance (sim, mix->hub_off))
    sim_hub_off (sim);
  if (sim->hub.conn == NULL)
    return;
  if (sim_chance (sim, mix->restore))
    restore (sim);
  if (sim->hub.conn != NULL && sim_chance (sim, mix->collect))
    {
      linli_hub_collect (sim->hub.conn, sim_begin + sim->mono - sim_draw (sim, 20) * MINUTE, NULL);
      sim_note (sim, "removals are forgotten");
    }
  if (sim_chance (sim, mix->full))
    powercut_disk_set_space (sim->hub.disk, sim_draw (sim, 2) == 0 ? -1 : (gint64) powercut_disk_get_used (sim->hub.disk));
}

/* Once in a while: something goes wrong, or ends. */
void
sim_trouble (Sim *sim)
{
  if (sim->calm)
    return;
  trouble_hub (sim);
  for (guint i = 0; i < sim->n_desks; i++)
    trouble_desk (sim, &sim->desks[i]);
  sim_schedule (sim, SIM_TROUBLE, (30 + sim_draw (sim, 600)) * SIM_SECOND);
}

/* What only a person can do: a hub set back to before it knew a desk is told
 * of it again. */
static void
help (SimDesk *desk)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_UNBLOCKED };
  g_autoptr(LinliRow) state = NULL;
  g_autofree char *prefix = NULL;
  const char *blocked;

  if (!linli_sync_state_find (desk->conn, &state, NULL) || state == NULL)
    return;
  blocked = linli_row_get_text (state, LINLI_SYNC_STATE_BLOCKED);
  if (g_strcmp0 (blocked, "device-unknown") != 0)
    return;
  sim_hub_admit (desk, linli_row_get_text (state, LINLI_SYNC_STATE_DEVICE), &prefix, NULL);
  sim_desk_step (desk, &event);
}

/* From here on nothing goes wrong any more, except for one who stays away. */
void
sim_calm (Sim *sim)
{
  sim_note (sim, "calm");
  sim->calm = TRUE;
  powercut_disk_set_space (sim->hub.disk, -1);
  sim_hub_boot (sim);
  for (guint i = 0; i < sim->n_desks; i++)
    {
      SimDesk *desk = &sim->desks[i];
      LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_SIGNED_IN };

      powercut_disk_set_space (desk->disk, -1);
      desk->cut_up = desk->cut_down = desk->signed_out = FALSE;
      desk->broken = i == 0 && sim->seed % 4 == 1;
      if (desk->broken)
        sim_desk_off (desk, FALSE);
      else if (desk->conn == NULL)
        sim_desk_boot (desk);
      if (desk->conn != NULL)
        sim_desk_step (desk, &event);
    }
  for (guint round = 0; round < 60 && sim->failure == NULL && !sim_is_quiet (sim); round++)
    {
      sim_run (sim, sim->mono + 2 * MINUTE);
      for (guint i = 0; i < sim->n_desks; i++)
        if (sim->desks[i].conn != NULL)
          help (&sim->desks[i]);
    }
}
