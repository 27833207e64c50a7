/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A turn is what happens between two waits of the main loop. The waits are
 * seen by standing in for the context's poll function; there is one context
 * to watch in a program with a window, so its original is kept in one place. */

#include "config.h"

#include "linli-watchdog.h"

#include <time.h>

/* A frame at 60 Hz. */
#define FRAME_US 16667

struct _LinliWatchdog
{
  GObject       parent_instance;

  GMainContext *context; /* (owned) */
  GPollFunc     poll;    /* the original */
  gint64        awake;   /* monotonic; 0 before the first wait */
  gint64        longest;
  guint         n_over;
  gint64        busy;    /* processor time of this thread when it awoke */
  gint64        busiest;
};

/* A GPollFunc has no user data. */
static LinliWatchdog *watching;

G_DEFINE_FINAL_TYPE (LinliWatchdog, linli_watchdog, G_TYPE_OBJECT)

/* Returns: microseconds that this thread had a processor */
static gint64
processor_time (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);

  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static int
watched_poll (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  LinliWatchdog *self = watching;
  gint64 now = g_get_monotonic_time ();
  gint64 busy = processor_time ();
  int n_ready;

  if (self->awake != 0)
    {
      gint64 took = now - self->awake;

      self->longest = MAX (self->longest, took);
      self->busiest = MAX (self->busiest, busy - self->busy);
      if (took > FRAME_US)
        self->n_over++;
    }
  n_ready = self->poll (fds, n_fds, timeout);
  self->awake = g_get_monotonic_time ();
  self->busy = processor_time ();

  return n_ready;
}

static void
linli_watchdog_finalize (GObject *object)
{
  LinliWatchdog *self = LINLI_WATCHDOG (object);

  g_main_context_set_poll_func (self->context, self->poll);
  g_main_context_unref (self->context);
  watching = NULL;

  G_OBJECT_CLASS (linli_watchdog_parent_class)->finalize (object);
}

static void
linli_watchdog_class_init (LinliWatchdogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_watchdog_finalize;
}

static void
linli_watchdog_init (LinliWatchdog *self)
{
}

/* One at a time, in the thread that runs @context. */
LinliWatchdog *
linli_watchdog_new (GMainContext *context)
{
  LinliWatchdog *self;

  g_return_val_if_fail (watching == NULL, NULL);

  self = g_object_new (LINLI_TYPE_WATCHDOG, NULL);
  self->context = g_main_context_ref (context);
  self->poll = g_main_context_get_poll_func (context);
  watching = self;
  g_main_context_set_poll_func (context, watched_poll);

  return self;
}

/* Returns: microseconds of the longest turn since the last reset */
gint64
linli_watchdog_get_longest (LinliWatchdog *self)
{
  g_return_val_if_fail (LINLI_IS_WATCHDOG (self), 0);

  return self->longest;
}

/* Returns: microseconds of processor time of the turn that took most of it since
 * the last reset: what the program did itself, however crowded the machine */
gint64
linli_watchdog_get_busiest (LinliWatchdog *self)
{
  g_return_val_if_fail (LINLI_IS_WATCHDOG (self), 0);

  return self->busiest;
}

/* Returns: how many turns took longer than a frame */
guint
linli_watchdog_get_n_over (LinliWatchdog *self)
{
  g_return_val_if_fail (LINLI_IS_WATCHDOG (self), 0);

  return self->n_over;
}

void
linli_watchdog_reset (LinliWatchdog *self)
{
  g_return_if_fail (LINLI_IS_WATCHDOG (self));

  self->longest = 0;
  self->busiest = 0;
  self->n_over = 0;
  self->awake = 0;
}
