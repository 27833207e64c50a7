/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#define LOOK_EVERY 512   /* events */
#define PATIENCE   32768 /* events in which nobody gets any further: they go round in a circle */

const gint64 sim_begin = G_GINT64_CONSTANT (1770973200000000); /* Friday 13 February 2026, 17:00 in China */

void
sim_note (Sim        *sim,
          const char *format,
          ...)
{
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strdup_printf ("%12.6f %s\n", (double) sim->mono / SIM_SECOND, words);
  g_checksum_update (sim->trace, (const guchar *) line, -1);
  if (sim->verbose)
    g_print ("# %s", line);
  g_free (sim->last[sim->n_lines % SIM_LAST]);
  sim->last[sim->n_lines++ % SIM_LAST] = g_steal_pointer (&line);
}

/* What led to the failure, for whoever does not run the seed again. */
void
sim_tell_last (Sim *sim)
{
  for (guint i = 0; i < SIM_LAST; i++)
    {
      const char *line = sim->last[(sim->n_lines + i) % SIM_LAST];

      if (line != NULL)
        g_print ("#   %s", line);
    }
}

void
sim_fail (Sim        *sim,
          const char *format,
          ...)
{
  va_list args;

  if (sim->failure != NULL)
    return;
  va_start (args, format);
  sim->failure = g_strdup_vprintf (format, args);
  va_end (args);
  sim_note (sim, "FAILED %s", sim->failure);
}

int
sim_draw (Sim *sim,
          int  most)
{
  return most > 0 ? g_rand_int_range (sim->rand, 0, most) : 0;
}

gboolean
sim_chance (Sim *sim,
            int  thousandths)
{
  return !sim->calm && thousandths > 0 && sim_draw (sim, 1000) < thousandths;
}

void
sim_event_free (gpointer data)
{
  SimEvent *event = data;

  g_free (event->device);
  g_free (event->text);
  g_clear_pointer (&event->body, g_bytes_unref);
  g_free (event);
}

SimEvent *
sim_schedule (Sim         *sim,
              SimEventKind kind,
              gint64       delay)
{
  SimEvent *event = g_new0 (SimEvent, 1);

  event->kind = kind;
  event->at = sim->mono + delay;
  event->order = sim->order++;
  g_ptr_array_add (sim->queue, event);
  return event;
}

gint64
sim_clock_now (LinliClock *clock)
{
  SimClock *self = (SimClock *) clock;

  return sim_begin + self->sim->mono + self->offset;
}

static void
draw_bytes (gpointer data,
            guint8  *bytes,
            gsize    n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (data, 0, 256);
}

void
sim_seed_chance (LinliIdSource *source,
                 GRand         *rand)
{
  linli_id_source_init (source);
  source->random = draw_bytes;
  source->data = rand;
}

void
sim_init (Sim    *sim,
          guint64 seed)
{
  const guint32 seeds[2] = { (guint32) seed, (guint32) (seed >> 32) };

  *sim = (Sim) { .seed = seed };
  sim->rand = g_rand_new_with_seed_array (seeds, 2);
  sim->queue = g_ptr_array_new_with_free_func (sim_event_free);
  sim->trace = g_checksum_new (G_CHECKSUM_SHA256);
  sim->config = (LinliWireConfig) LINLI_WIRE_CONFIG_INIT;
}

void
sim_clear (Sim *sim)
{
  for (guint i = 0; i < sim->n_desks; i++)
    {
      SimDesk *desk = &sim->desks[i];

      sim_desk_leave (desk);
      powercut_disk_free (desk->disk);
      g_clear_pointer (&desk->image, powercut_disk_free);
      g_rand_free (desk->rand);
      g_free (desk->seen_epoch);
      g_free (desk->unit);
      g_free (desk->actor);
    }
  sim_close (sim, sim->hub.disk, SIM_HUB, FALSE, &sim->hub.conn);
  g_clear_pointer (&sim->hub.disk, powercut_disk_free);
  g_clear_pointer (&sim->hub.backup, powercut_disk_free);
  g_ptr_array_unref (sim->queue);
  g_checksum_free (sim->trace);
  g_rand_free (sim->rand);
  g_free (sim->failure);
  for (guint i = 0; i < SIM_LAST; i++)
    g_free (sim->last[i]);
}

static SimEvent *
take_next (Sim *sim)
{
  guint best = 0;

  for (guint i = 1; i < sim->queue->len; i++)
    {
      const SimEvent *a = sim->queue->pdata[i];
      const SimEvent *b = sim->queue->pdata[best];

      if (a->at < b->at || (a->at == b->at && a->order < b->order))
        best = i;
    }
  return g_ptr_array_steal_index_fast (sim->queue, best);
}

static void
happen (Sim      *sim,
        SimEvent *event)
{
  SimDesk *desk = &sim->desks[event->desk];
  LinliSyncEvent step = { .mono = sim->mono, .request = event->request, .status = event->status,
                          .retry_after = event->retry_after, .body = event->body };

  switch (event->kind)
    {
    case SIM_REQUEST:  sim_hub_handle (sim, event); return;
    case SIM_HUB_BOOT: sim_hub_boot (sim); return;
    case SIM_TROUBLE:  sim_trouble (sim); return;
    case SIM_USER:     sim_desk_user (desk); return;
    case SIM_BOOT:     if (desk->conn == NULL && !desk->broken) sim_desk_boot (desk); return;
    case SIM_TICK:
    case SIM_REPLY:
    case SIM_TIMEOUT:
    default:           break;
    }
  if (desk->conn == NULL || event->generation != desk->generation)
    return;
  if (event->kind == SIM_TICK && event->at != desk->tick_at)
    return; /* another wait has replaced it */
  if (event->kind == SIM_TIMEOUT && event->request <= desk->answered)
    return; /* who has an answer waits no more */
  if (event->kind == SIM_REPLY)
    desk->answered = MAX (desk->answered, event->request);
  step.kind = event->kind == SIM_TICK ? LINLI_SYNC_EVENT_TICK
            : event->kind == SIM_REPLY ? LINLI_SYNC_EVENT_REPLY : LINLI_SYNC_EVENT_FAILED;
  sim_desk_step (desk, &step);
}

/* In calm weather everybody gets further, until everybody has everything. */
static void
look_for_circles (Sim *sim)
{
  gint64 mark = sim_get_mark (sim);

  if (mark != sim->mark || !sim->calm)
    {
      sim->mark = mark;
      sim->marked_at = sim->n_events;
    }
  else if (sim->n_events - sim->marked_at >= PATIENCE && !sim_is_quiet (sim))
    sim_fail (sim, "I12: %d events have brought nobody any further", PATIENCE);
}

/* Lets happen what happens until @until. */
void
sim_run (Sim   *sim,
         gint64 until)
{
  while (sim->queue->len > 0 && sim->failure == NULL)
    {
      SimEvent *event = take_next (sim);

      if (event->at > until)
        {
          g_ptr_array_add (sim->queue, event);
          break;
        }
      sim->mono = event->at;
      sim->n_events++;
      happen (sim, event);
      sim_event_free (event);
      if (sim->n_events % LOOK_EVERY == 0)
        look_for_circles (sim);
    }
  sim->mono = MAX (sim->mono, until);
}
