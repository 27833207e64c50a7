/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-queue.h"

#define MAX_TOGETHER 32 /* pushes a transaction: what comes first must not wait too long for its commit */

struct _LinliHubTicket
{
  LinliHubPush    push;
  LinliWireConfig config;
};

struct _LinliHubQueue
{
  GMutex mutex;
  GQueue waiting; /* (mutex) (element-type LinliHubTicket), each with a reference */
};

static void
ticket_clear (gpointer data)
{
  LinliHubTicket *self = data;

  g_free ((char *) self->push.device);
  g_bytes_unref (self->push.message);
  linli_hub_reply_free (self->push.reply);
}

static void
ticket_unref (gpointer ticket)
{
  g_atomic_rc_box_release_full (ticket, ticket_clear);
}

LinliHubQueue *
linli_hub_queue_new (void)
{
  LinliHubQueue *self = g_new0 (LinliHubQueue, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);

  return self;
}

void
linli_hub_queue_free (LinliHubQueue *self)
{
  g_queue_clear_full (&self->waiting, ticket_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * linli_hub_queue_join:
 *
 * In the main thread, before the job that will decide it is asked for.
 *
 * Returns: (transfer full): for linli_hub_queue_leave()
 */
LinliHubTicket *
linli_hub_queue_join (LinliHubQueue         *self,
                      const char            *device,
                      GBytes                *message,
                      const LinliWireConfig *config,
                      gint64                 now)
{
  LinliHubTicket *ticket = g_atomic_rc_box_new0 (LinliHubTicket);

  ticket->config = *config;
  ticket->push = (LinliHubPush) { g_strdup (device), g_bytes_ref (message), &ticket->config, now, NULL };
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->waiting, g_atomic_rc_box_acquire (ticket));
  g_mutex_unlock (&self->mutex);

  return ticket;
}

/* Returns: (transfer full): the ones that go together, in the order they came */
static GPtrArray *
take_waiting (LinliHubQueue *self)
{
  GPtrArray *tickets = g_ptr_array_new_with_free_func (ticket_unref);

  g_mutex_lock (&self->mutex);
  while (tickets->len < MAX_TOGETHER && self->waiting.length > 0)
    g_ptr_array_add (tickets, g_queue_pop_head (&self->waiting));
  g_mutex_unlock (&self->mutex);

  return tickets;
}

/* Those that wait first, in one transaction. */
static void
decide_some (LinliHubQueue *self,
             LinliConn     *conn)
{
  g_autoptr(GPtrArray) tickets = take_waiting (self);
  g_autofree LinliHubPush *pushes = g_new0 (LinliHubPush, tickets->len);

  for (guint i = 0; i < tickets->len; i++)
    pushes[i] = ((LinliHubTicket *) tickets->pdata[i])->push;
  linli_hub_push_together (conn, pushes, tickets->len);
  for (guint i = 0; i < tickets->len; i++)
    ((LinliHubTicket *) tickets->pdata[i])->push.reply = pushes[i].reply;
}

/**
 * linli_hub_queue_decide:
 *
 * In the writing lane. Jobs have the order of their tickets, so that whoever
 * has no reply yet is among the first that wait; unless the database did not
 * open for many before it, which are then decided on the way.
 *
 * Returns: (transfer full): the reply to @ticket
 */
LinliHubReply *
linli_hub_queue_decide (LinliHubQueue  *self,
                        LinliHubTicket *ticket,
                        LinliConn      *conn)
{
  while (ticket->push.reply == NULL)
    decide_some (self, conn);
  return g_steal_pointer (&ticket->push.reply);
}

/* In the main thread, after its job; which may not have run at all, where the
 * database did not open. */
void
linli_hub_queue_leave (LinliHubQueue  *self,
                       LinliHubTicket *ticket)
{
  gboolean found;

  g_mutex_lock (&self->mutex);
  found = g_queue_remove (&self->waiting, ticket);
  g_mutex_unlock (&self->mutex);
  if (found)
    ticket_unref (ticket);
  ticket_unref (ticket);
}
