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

  if (!sim_hub_admit (self, self->desk->device, &prefix, &error))
    g_error ("%s", error->message);
  tx = linli_tx_begin (self->conn, &error);
  if (tx == NULL || !linli_sync_state_enrol (tx, "guiyuan", self->desk->device, prefix, "e1", &error) ||
      !linli_tx_commit (tx, &error) || !linli_desk_load (self->desk, self->conn, &error))
    g_error ("%s", error->message);
  if (self->actor != NULL)
    linli_desk_set_actor (self->desk, self->actor);
}

/* The last desk is that of the unit to which most is sent. */
static void
seat (Sim         *sim,
      SimTemplate *self)
{
  LinliConn *centre = sim->desks[0].conn;

  if (!linli_conn_get_text (centre, &self->unit, NULL, "SELECT id FROM unit WHERE code = 'U1'", "") ||
      !linli_conn_get_text (centre, &self->handler, NULL, "SELECT id FROM account WHERE unit_id IS NOT NULL", ""))
    g_error ("nobody sits at the unit");
}

static void
join (Sim         *sim,
      SimTemplate *self,
      guint        n)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  sim_desk_make (sim, n, powercut_disk_new (n + 2));
  conn = sim_open (sim, sim->desks[n].disk, SIM_MAIN, &error);
  if (conn == NULL || !linli_migrate (conn, linli_store_schema (), NULL, &error))
    g_error ("%s", error->message);
  linli_conn_close (conn);
  sim_desk_boot (&sim->desks[n]);
  if (n == 0)
    {
      sim_user_furnish (&sim->desks[n]);
      seat (sim, self);
    }
  if (n >= SIM_CENTRE)
    sim_desk_seat (&sim->desks[n], self->unit, self->handler);
  enrol (&sim->desks[n]);
  sim_run (sim, sim->mono + 10 * MINUTE);
}

static PowercutDisk *
keep (PowercutDisk *disk,
      guint32       seed)
{
  PowercutDisk *kept = powercut_disk_new (seed);

  powercut_disk_copy (disk, kept);
  return kept;
}

static void
make_empty (Sim         *sim,
            SimTemplate *self)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  self->empty = powercut_disk_new (1);
  conn = sim_open (sim, self->empty, SIM_MAIN, &error);
  if (conn == NULL || !linli_migrate (conn, linli_store_schema (), NULL, &error))
    g_error ("%s", error->message);
  linli_conn_close (conn);
}

static void
make_reference (Sim         *sim,
                SimTemplate *self)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  self->reference = powercut_disk_new (1);
  conn = sim_open (sim, self->reference, SIM_HUB, &error);
  if (conn == NULL || !linli_hub_create (conn, "reference", "e0", &error) ||
      !linli_conn_get_int (sim->hub.conn, &self->n_reference, &error, "SELECT count(*) FROM audit", ""))
    g_error ("%s", error->message);
  sim_check_reference (sim, conn, 0);
  linli_conn_close (conn);
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
    join (&sim, self, i);
  make_empty (&sim, self);
  make_reference (&sim, self);
  sim.template = self;
  sim_check_end (&sim);
  if (sim.failure != NULL)
    g_error ("quiet weather: %s", sim.failure);

  for (guint i = 0; i < SIM_DESKS; i++)
    {
      sim_desk_off (&sim.desks[i], FALSE);
      self->desks[i] = keep (sim.desks[i].disk, i + 2);
    }
  sim_close (&sim, sim.hub.disk, SIM_HUB, TRUE, &sim.hub.conn);
  self->hub = keep (sim.hub.disk, 1);
  sim_lines_init (&self->lines);
  sim_clear (&sim);
}

void
sim_template_clear (SimTemplate *self)
{
  sim_lines_clear (&self->lines);
  powercut_disk_free (self->hub);
  powercut_disk_free (self->reference);
  powercut_disk_free (self->empty);
  g_free (self->unit);
  g_free (self->handler);
  for (guint i = 0; i < SIM_DESKS; i++)
    powercut_disk_free (self->desks[i]);
}

void
sim_from_template (Sim         *sim,
                   SimTemplate *self)
{
  sim->template = self;
  sim->lines = &self->lines;
  sim->hub.n_epochs = 1;
  sim->hub.disk = powercut_disk_new ((guint32) sim_draw (sim, G_MAXINT));
  powercut_disk_copy (self->hub, sim->hub.disk);
  sim_hub_boot (sim);
  for (guint i = 0; i < SIM_DESKS; i++)
    {
      PowercutDisk *disk = powercut_disk_new ((guint32) sim_draw (sim, G_MAXINT));

      powercut_disk_copy (self->desks[i], disk);
      sim_desk_make (sim, i, disk);
      if (i >= SIM_CENTRE)
        sim_desk_seat (&sim->desks[i], self->unit, self->handler);
      sim_desk_boot (&sim->desks[i]);
    }
}
