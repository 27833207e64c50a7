/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-push.h"

#include "case-desk.h"

/* ---- what is pushed ---- */

static GPtrArray *
take_lines (CaseDesk *desk,
            gint64   *after)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (desk->conn, NULL, "SELECT body, pk FROM audit WHERE pk > ?1 ORDER BY pk", "i",
                                                *after);
  gboolean row = FALSE;

  while (linli_stmt_step (stmt, &row, NULL) && row)
    {
      g_ptr_array_add (lines, linli_stmt_dup_text (stmt, 0));
      *after = linli_stmt_get_int (stmt, 1);
    }
  return lines;
}

static void
live (CaseDesk *desk,
      guint     n)
{
  CaseSubject subject = { NULL };

  g_free (case_desk_intake (desk, "楼下的井盖破了，晚上车经过声音很大，老人孩子都睡不好"));
  case_desk_reach (desk, &subject, n % 4 == 0 ? "dispatched" : "closed");
  g_free (case_desk_tell (case_desk_do (desk, "case.note", "{\"case\":\"%s\",\"body\":\"已电话联系诉求人，情况属实\","
                                        "\"audience\":\"unit\"}", subject.id), "entry"));
  case_subject_clear (&subject);
}

void
hub_history_make (HubHistory *self,
                  guint       n_cases)
{
  CaseDesk desk;
  gint64 after = 0;

  case_desk_set_up (&desk, NULL);
  self->base = take_lines (&desk, &after);
  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->n_lines = 0;
  for (guint i = 0; i < n_cases; i++)
    {
      live (&desk, i);
      g_ptr_array_add (self->cases, take_lines (&desk, &after));
      self->n_lines += ((GPtrArray *) self->cases->pdata[i])->len;
    }
  case_desk_tear_down (&desk, NULL);
}

void
hub_history_clear (HubHistory *self)
{
  g_ptr_array_unref (self->base);
  g_ptr_array_unref (self->cases);
}

/* ---- one desk ---- */

static void
take_nothing (HubPusher *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->lines = g_ptr_array_new ();
}

/* The desks of a workspace share a history; a case stays with one. */
void
hub_pusher_share (const HubHistory *history,
                  HubPusher        *pushers,
                  guint             n_desks)
{
  for (guint d = 0; d < n_desks; d++)
    take_nothing (&pushers[d]);
  for (guint c = 0; c < history->cases->len; c++)
    {
      GPtrArray *lines = history->cases->pdata[c];

      for (guint i = 0; i < lines->len; i++)
        g_ptr_array_add (pushers[c % n_desks].lines, lines->pdata[i]);
    }
}

/* Pushes the centre's lists, which the cases stand on. */
void
hub_pusher_begin (HubPusher        *self,
                  const HubHistory *history)
{
  for (guint i = 0; i < history->base->len; i += 50)
    load_desk_push (&self->desk, history->base, i, MIN (50, history->base->len - i));
}

/* Pushes its share; a thread can run it. */
gpointer
hub_pusher_run (gpointer data)
{
  HubPusher *self = data;

  for (guint i = 0; i < self->lines->len; i += self->batch)
    {
      gint64 began = g_get_monotonic_time ();

      load_desk_push (&self->desk, self->lines, i, MIN (self->batch, self->lines->len - i));
      self->slowest = MAX (self->slowest, g_get_monotonic_time () - began);
    }
  return NULL;
}

void
hub_pusher_clear (HubPusher *self)
{
  load_desk_leave (&self->desk);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

/* ---- many of them ---- */

static double
sum_processor (LoadHub *hubs,
               guint    n_hubs)
{
  double sum = 0;

  for (guint i = 0; i < n_hubs; i++)
    sum += load_hub_processor (&hubs[i]);
  return sum;
}

static guint
crowd_size (const HubCrowd *self)
{
  return self->workspaces * self->desks;
}

/* A hub that stops would wait for who is still on the line. */
static void
hang_up (HubCrowd *self)
{
  for (guint i = 0; i < crowd_size (self); i++)
    load_desk_hang_up (&self->pushers[i].desk);
}

/**
 * hub_crowd_join:
 * @self: how many workspaces and desks
 *
 * Makes the workspaces, joins the desks and pushes the lists of @history.
 */
void
hub_crowd_join (HubCrowd         *self,
                LoadHub          *hub,
                const HubHistory *history)
{
  static guint n;

  self->pushers = g_new0 (HubPusher, crowd_size (self));
  for (guint w = 0; w < self->workspaces; w++)
    {
      g_autofree char *name = g_strdup_printf ("place%u", n++);

      g_free (load_hub_order (hub, "workspace", "workspace", name));
      for (guint d = 0; d < self->desks; d++)
        load_desk_join (&self->pushers[w * self->desks + d].desk, hub, name);
      hub_pusher_begin (&self->pushers[w * self->desks], history);
    }
  hang_up (self);
}

/* The whole history is to be pushed next, into each workspace. */
void
hub_crowd_share (HubCrowd         *self,
                 const HubHistory *history)
{
  for (guint w = 0; w < self->workspaces; w++)
    hub_pusher_share (history, self->pushers + w * self->desks, self->desks);
}

/* Some operations of the history are to be pushed next, those before them having
 * been. For one desk in each workspace: operations of a case keep their order. */
void
hub_crowd_take (HubCrowd         *self,
                const HubHistory *history,
                guint             first,
                guint             n)
{
  guint at = 0;

  g_assert (self->desks == 1 && first + n <= history->n_lines);
  for (guint w = 0; w < self->workspaces; w++)
    take_nothing (&self->pushers[w]);
  for (guint c = 0; c < history->cases->len; c++)
    {
      GPtrArray *lines = history->cases->pdata[c];

      for (guint i = 0; i < lines->len; i++, at++)
        for (guint w = 0; at >= first && at < first + n && w < self->workspaces; w++)
          g_ptr_array_add (self->pushers[w].lines, lines->pdata[i]);
    }
}

/* A workspace's desks are all at the same hub; the hubs take turns.
 *
 * Returns: how many operations there are to push */
static guint
get_ready (HubCrowd *self,
           LoadHub  *hubs,
           guint     n_hubs,
           guint     batch)
{
  guint n_lines = 0;

  for (guint i = 0; i < crowd_size (self); i++)
    {
      HubPusher *pusher = &self->pushers[i];

      pusher->desk.hub = &hubs[i / self->desks % n_hubs];
      pusher->batch = batch;
      pusher->slowest = 0;
      n_lines += pusher->lines->len;
    }
  return n_lines;
}

/**
 * hub_crowd_push:
 * @hubs: they serve, over one database when they are several
 *
 * Pushes what was shared or taken.
 */
HubPushResult
hub_crowd_push (HubCrowd *self,
                LoadHub  *hubs,
                guint     n_hubs,
                guint     batch)
{
  guint n = crowd_size (self);
  guint n_lines = get_ready (self, hubs, n_hubs, batch);
  g_autofree GThread **threads = g_new0 (GThread *, n);
  HubPushResult result = { .processor = sum_processor (hubs, n_hubs) };
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("desk", hub_pusher_run, &self->pushers[i]);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  result.rate = n_lines * (double) G_USEC_PER_SEC / (double) MAX (g_get_monotonic_time () - began, 1);
  result.processor = (sum_processor (hubs, n_hubs) - result.processor) / n_lines;
  for (guint i = 0; i < n; i++)
    result.slowest = MAX (result.slowest, self->pushers[i].slowest);
  hang_up (self);
  return result;
}

void
hub_crowd_leave (HubCrowd *self)
{
  for (guint i = 0; i < crowd_size (self); i++)
    hub_pusher_clear (&self->pushers[i]);
  g_clear_pointer (&self->pushers, g_free);
}
