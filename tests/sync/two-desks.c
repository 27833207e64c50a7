/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two-desks.h"

#include "linli-json.h"
#include "linli-registry.h"
#include "linli-sync-apply.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

void
desk_open (Desk      *self,
           LinliConn *hub)
{
  g_autoptr(GError) error = NULL;

  *self = (Desk) { .hub = hub, .clock = LINLI_FAKE_CLOCK_INIT (NOW) };
  self->conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (linli_migrate (self->conn, linli_store_schema (), NULL, &error));
  self->desk = linli_desk_new (&self->clock.parent);
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
  linli_id_source_init (&self->chance);
  self->client = linli_sync_client_new (&self->chance);
}

void
desk_close (Desk *self)
{
  linli_sync_client_free (self->client);
  linli_desk_free (self->desk);
  g_clear_pointer (&self->fresh, linli_conn_close);
  linli_conn_close (self->conn);
}

LinliOutcome *
desk_try (Desk       *self,
     const char *command,
     const char *json,
     GError    **error)
{
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, error);

  return linli_desk_submit (self->desk, self->conn, command, args, LINLI_EXECUTE_QUEUE, error);
}

char *
desk_act (Desk       *self,
     const char *tell,
     const char *command,
     const char *format,
     ...)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *json = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  outcome = desk_try (self, command, json, &error);
  g_assert_no_error (error);
  return g_strdup (tell != NULL ? linli_json_get_text (outcome->result, tell) : outcome->operation);
}

gint64
read_number (LinliConn  *conn,
        const char *sql)
{
  gint64 n = -1;

  g_assert_true (linli_conn_get_int (conn, &n, NULL, sql, ""));
  return n;
}

char *
read_text (LinliConn  *conn,
      const char *sql,
      const char *id)
{
  char *value = NULL;

  g_assert_true (linli_conn_get_text (conn, &value, NULL, sql, "s", id));
  return value;
}

LinliHubReply *
desk_ask_hub (Desk                  *self,
         const LinliSyncAction *action)
{
  g_autoptr(LinliRow) state = NULL;
  const char *device;

  g_assert_true (linli_sync_state_find (self->conn, &state, NULL));
  device = linli_row_get_text (state, LINLI_SYNC_STATE_DEVICE);
  if (self->signed_out)
    {
      LinliHubReply *reply = linli_hub_reply_problem ("token-expired", NULL);

      return reply;
    }
  switch (action->kind)
    {
    case LINLI_SYNC_ACTION_PUSH: self->n_pushes++; return linli_hub_push (self->hub, device, action->body, &config, NOW);
    case LINLI_SYNC_ACTION_PULL: return linli_hub_pull (self->hub, device, action->text, &config, NOW);
    default:                     return linli_hub_fork (self->hub, device, action->text, NOW);
    }
}

/* Does what the client wants until it waits.
 *
 * Returns: whether it waits for a time, rather than for a person */
static gboolean
talk_from (Desk *self,
           int   kind)
{
  LinliSyncEvent event = { .kind = kind };

  for (guint turn = 0; turn < 200; turn++)
    {
      g_autoptr(GPtrArray) actions = NULL;
      g_autoptr(GBytes) body = NULL;
      LinliSyncAction *action;

      event.mono = self->mono;
      event.now = linli_clock_now (&self->clock.parent);
      actions = linli_sync_client_step (self->client, self->conn, self->fresh, &event);
      if (event.body != NULL)
        g_bytes_unref (event.body);
      if (actions->len == 0)
        return FALSE;
      action = actions->pdata[actions->len - 1];
      event = (LinliSyncEvent) { .kind = LINLI_SYNC_EVENT_TICK };
      if (action->kind == LINLI_SYNC_ACTION_WAIT)
        {
          self->mono = action->at;
          return TRUE;
        }
      if (action->kind == LINLI_SYNC_ACTION_OPEN_FRESH)
        self->fresh = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, NULL);
      else if (action->kind == LINLI_SYNC_ACTION_DROP_FRESH)
        g_clear_pointer (&self->fresh, linli_conn_close);
      else if (action->kind == LINLI_SYNC_ACTION_SWAP)
        {
          linli_conn_close (self->conn);
          self->conn = g_steal_pointer (&self->fresh);
        }
      else if (action->kind <= LINLI_SYNC_ACTION_FORK)
        {
          g_autoptr(LinliHubReply) reply = self->cut == 0 ? desk_ask_hub (self, action) : NULL;
          gboolean lost = reply == NULL || self->lose > 0;

          event.request = action->request;
          event.kind = lost ? LINLI_SYNC_EVENT_FAILED : LINLI_SYNC_EVENT_REPLY;
          event.status = lost ? 0 : reply->status;
          event.body = lost ? NULL : g_bytes_new (reply->body->str, reply->body->len);
          self->lose -= reply != NULL && self->lose > 0;
          self->cut -= reply == NULL;
        }
      if (actions->len > 0 && action->kind == LINLI_SYNC_ACTION_IDENTITY)
        g_assert_true (linli_desk_load (self->desk, self->conn, NULL));
    }
  g_error ("the client goes round in circles");
}

/* Somebody wants it now. */
gboolean
desk_talk (Desk *self)
{
  return talk_from (self, LINLI_SYNC_EVENT_WAKE);
}

/* The time it waited for has come; nobody does anything. */
gboolean
desk_go_on (Desk *self)
{
  return talk_from (self, LINLI_SYNC_EVENT_TICK);
}

void
desk_enrol (Desk *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr(LinliTx) tx = NULL;

  g_assert_true (linli_hub_add_device (self->hub, self->desk->device, &prefix, &error));
  tx = linli_tx_begin (self->conn, &error);
  g_assert_true (linli_sync_state_enrol (tx, "guiyuan", self->desk->device, prefix, HUB_EPOCH, &error));
  g_assert_true (linli_tx_commit (tx, &error));
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
  g_assert_true (desk_talk (self));
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
}

void
two_desks_set_up (TwoDesks      *f,
        gconstpointer data)
{
  f->hub = hub_test_new (HUB_DEVICE);
  desk_open (&f->a, f->hub);
  g_free (desk_act (&f->a, NULL, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}"));
  g_assert_true (linli_desk_load (f->a.desk, f->a.conn, NULL));
  g_free (desk_act (&f->a, NULL, "channel.import", "{\"channels\":[{\"code\":\"CK01\",\"name\":\"窗口\",\"group\":\"窗口\"}]}"));
  f->chosen = desk_act (&f->a, "case", "case.intake", "{\"text\":\"井盖破了\",\"channel\":\"CK01\"}");
  desk_enrol (&f->a);
  desk_open (&f->b, f->hub);
  desk_enrol (&f->b);
}

/* Both show what the hub has, and wait for nothing. */
void
two_desks_assert_settled (TwoDesks *f)
{
  Desk *desks[] = { &f->a, &f->b };
  g_autoptr(GHashTable) truth = NULL;

  for (guint i = 0; i < 6; i++)
    desk_talk (desks[i % 2]);
  truth = hub_test_rows (f->hub);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GHashTable) rows = NULL;

      rows = hub_test_rows (desks[i]->conn);
      hub_test_assert_same (truth, rows);
      g_assert_cmpint (read_number (desks[i]->conn, "SELECT count(*) FROM outbox WHERE state <> 'settled'"), ==, 0);
      g_assert_cmpint (read_number (desks[i]->conn, "SELECT count(*) FROM shadow"), ==, 0);
    }
}

void
two_desks_tear_down (TwoDesks      *f,
           gconstpointer data)
{
  desk_close (&f->a);
  desk_close (&f->b);
  linli_conn_close (f->hub);
  g_free (f->chosen);
}

void
desk_edit (Desk       *self,
      const char *id,
      const char *field,
      const char *value)
{
  g_autofree char *revision = read_text (self->conn, "SELECT revision FROM cases WHERE id = ?1", id);

  g_free (desk_act (self, NULL, "case.edit", "{\"case\":\"%s\",\"revision\":%s,\"%s\":\"%s\"}", id, revision, field, value));
}

void
desk_note (Desk       *self,
      const char *id,
      const char *words)
{
  g_free (desk_act (self, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"%s\",\"audience\":\"internal\"}", id, words));
}
