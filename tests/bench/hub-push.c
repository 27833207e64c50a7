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

/* The desks of a workspace share a history; a case stays with one. */
void
hub_pusher_share (const HubHistory *history,
                  HubPusher        *pushers,
                  guint             n_desks)
{
  for (guint d = 0; d < n_desks; d++)
    pushers[d].lines = g_ptr_array_new ();
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
  g_ptr_array_unref (self->lines);
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

/* @pushers: of a new workspace */
static void
set_up (HubPusher        *pushers,
        LoadHub          *hub,
        const HubHistory *history,
        HubPushRun        run)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("place%u", n++);

  g_free (load_hub_order (hub, "workspace", "workspace", name));
  hub_pusher_share (history, pushers, run.desks);
  for (guint d = 0; d < run.desks; d++)
    {
      pushers[d].batch = run.batch;
      load_desk_join (&pushers[d].desk, hub, name);
    }
  hub_pusher_begin (&pushers[0], history);
}

/**
 * hub_push_measure:
 * @hubs: they serve, over one database when they are several
 *
 * Every workspace is new, and its desks are all at one of the hubs; the hubs
 * take turns. Making them is not measured.
 */
HubPushResult
hub_push_measure (LoadHub          *hubs,
                  guint             n_hubs,
                  const HubHistory *history,
                  HubPushRun        run)
{
  guint n = run.workspaces * run.desks;
  guint n_lines = run.workspaces * history->n_lines;
  g_autofree HubPusher *pushers = g_new0 (HubPusher, n);
  g_autofree GThread **threads = g_new0 (GThread *, n);
  HubPushResult result = { 0 };
  gint64 began;

  for (guint w = 0; w < run.workspaces; w++)
    set_up (pushers + w * run.desks, &hubs[w % n_hubs], history, run);
  result.processor = sum_processor (hubs, n_hubs);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("desk", hub_pusher_run, &pushers[i]);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  result.rate = n_lines * (double) G_USEC_PER_SEC / (double) MAX (g_get_monotonic_time () - began, 1);
  result.processor = (sum_processor (hubs, n_hubs) - result.processor) / n_lines;
  for (guint i = 0; i < n; i++)
    {
      result.slowest = MAX (result.slowest, pushers[i].slowest);
      hub_pusher_clear (&pushers[i]);
    }
  return result;
}
