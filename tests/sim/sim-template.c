/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where every seed begins: a hub with a small centre, and desks that have
 * joined it, made once by the very code under test, in quiet weather. */

#include "sim.h"

#include "linli-registry.h"
#include "linli-sync-state.h"

#define MINUTE (60 * SIM_SECOND)

static void
enrol (SimDesk *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTx) tx = NULL;
  g_autofree char *prefix = NULL;

  if (!linli_hub_add_device (self->sim->hub.conn, self->desk->device, &prefix, &error))
    g_error ("%s", error->message);
  tx = linli_tx_begin (self->conn, &error);
  if (tx == NULL || !linli_sync_state_enrol (tx, "guiyuan", self->desk->device, prefix, "e1", &error) ||
      !linli_tx_commit (tx, &error) || !linli_desk_load (self->desk, self->conn, &error))
    g_error ("%s", error->message);
}

static void
join (Sim  *sim,
      guint n)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  sim_desk_make (sim, n, powercut_disk_new (n + 2));
  conn = sim_open (sim->desks[n].disk, SIM_MAIN, &error);
  if (conn == NULL || !linli_migrate (conn, linli_store_schema (), NULL, &error))
    g_error ("%s", error->message);
  linli_conn_close (conn);
  sim_desk_boot (&sim->desks[n]);
  if (n == 0)
    sim_user_furnish (&sim->desks[n]);
  enrol (&sim->desks[n]);
  sim_run (sim, sim->mono + 10 * MINUTE);
}

void
sim_template_make (SimTemplate *self)
{
  Sim sim;
  g_autoptr(GError) error = NULL;

  sim_init (&sim, 1);
  sim.calm = TRUE;
  sim.hub.n_epochs = 1;
  sim.hub.disk = powercut_disk_new (1);
  sim_hub_boot (&sim);
  if (!linli_hub_create (sim.hub.conn, "guiyuan", "e1", &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < SIM_DESKS; i++)
    join (&sim, i);
  sim_check_end (&sim);
  if (sim.failure != NULL)
    g_error ("quiet weather: %s", sim.failure);

  self->hub = powercut_disk_new (1);
  powercut_disk_copy (sim.hub.disk, self->hub);
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      self->desks[i] = powercut_disk_new (i + 2);
      powercut_disk_copy (sim.desks[i].disk, self->desks[i]);
    }
  sim_clear (&sim);
}

void
sim_template_clear (SimTemplate *self)
{
  powercut_disk_free (self->hub);
  for (guint i = 0; i < SIM_DESKS; i++)
    powercut_disk_free (self->desks[i]);
}

void
sim_from_template (Sim               *sim,
                   const SimTemplate *self)
{
  sim->hub.n_epochs = 1;
  sim->hub.disk = powercut_disk_new ((guint32) sim_draw (sim, G_MAXINT));
  powercut_disk_copy (self->hub, sim->hub.disk);
  sim_hub_boot (sim);
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      PowercutDisk *disk = powercut_disk_new ((guint32) sim_draw (sim, G_MAXINT));

      powercut_disk_copy (self->desks[i], disk);
      sim_desk_make (sim, i, disk);
      sim_desk_boot (&sim->desks[i]);
    }
}
