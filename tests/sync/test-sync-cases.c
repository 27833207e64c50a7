/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What users of other programs have lost work by, one case each: docs/sync.md
 * says what must happen instead. The simulator meets all of them by chance;
 * here they have names. */

#include <string.h>

#include "hub-test.h"
#include "linli-core-tables.h"
#include "linli-desk.h"
#include "linli-json.h"
#include "linli-outbox.h"
#include "linli-registry.h"
#include "linli-sync-apply.h"
#include "linli-sync-client.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"
#include "linli-wire-push.h"

#define NOW G_GINT64_CONSTANT (1770973200000000)

typedef struct
{
  LinliConn       *hub; /* (unowned) */
  LinliConn       *conn;
  LinliConn       *fresh;
  LinliDesk       *desk;
  LinliSyncClient *client;
  LinliIdSource    chance;
  LinliFakeClock   clock;
  gint64           mono;
  guint            n_pushes;
  guint            lose;       /* answers that do not arrive */
  gboolean         signed_out;
} Desk;

typedef struct
{
  LinliConn      *hub;
  Desk            a;
  Desk            b;
  char           *chosen; /* a case both have */
} Fixture;

static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

static void
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

static void
desk_close (Desk *self)
{
  linli_sync_client_free (self->client);
  linli_desk_free (self->desk);
  g_clear_pointer (&self->fresh, linli_conn_close);
  linli_conn_close (self->conn);
}

static LinliOutcome *
try (Desk       *self,
     const char *command,
     const char *json,
     GError    **error)
{
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, error);

  return linli_desk_submit (self->desk, self->conn, command, args, LINLI_EXECUTE_QUEUE, error);
}

static char *
act (Desk       *self,
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
  outcome = try (self, command, json, &error);
  g_assert_no_error (error);
  return g_strdup (tell != NULL ? linli_json_get_text (outcome->result, tell) : outcome->operation);
}

static gint64
number (LinliConn  *conn,
        const char *sql)
{
  gint64 n = -1;

  g_assert_true (linli_conn_get_int (conn, &n, NULL, sql, ""));
  return n;
}

static char *
text (LinliConn  *conn,
      const char *sql,
      const char *id)
{
  char *value = NULL;

  g_assert_true (linli_conn_get_text (conn, &value, NULL, sql, "s", id));
  return value;
}

static LinliHubReply *
ask_hub (Desk                  *self,
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
talk (Desk *self)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_WAKE };

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
          g_autoptr(LinliHubReply) reply = ask_hub (self, action);

          event.request = action->request;
          event.kind = self->lose > 0 ? LINLI_SYNC_EVENT_FAILED : LINLI_SYNC_EVENT_REPLY;
          event.status = reply->status;
          event.body = self->lose > 0 ? NULL : g_bytes_new (reply->body->str, reply->body->len);
          self->lose -= self->lose > 0;
        }
      if (actions->len > 0 && action->kind == LINLI_SYNC_ACTION_IDENTITY)
        g_assert_true (linli_desk_load (self->desk, self->conn, NULL));
    }
  g_error ("the client goes round in circles");
}

static void
enrol (Desk *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;
  g_autoptr(LinliTx) tx = NULL;

  g_assert_true (linli_hub_add_device (self->hub, self->desk->device, &prefix, &error));
  tx = linli_tx_begin (self->conn, &error);
  g_assert_true (linli_sync_state_enrol (tx, "guiyuan", self->desk->device, prefix, HUB_EPOCH, &error));
  g_assert_true (linli_tx_commit (tx, &error));
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
  g_assert_true (talk (self));
  g_assert_true (linli_desk_load (self->desk, self->conn, &error));
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->hub = hub_test_new (HUB_DEVICE);
  desk_open (&f->a, f->hub);
  g_free (act (&f->a, NULL, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}"));
  g_assert_true (linli_desk_load (f->a.desk, f->a.conn, NULL));
  g_free (act (&f->a, NULL, "channel.import", "{\"channels\":[{\"code\":\"CK01\",\"name\":\"窗口\",\"group\":\"窗口\"}]}"));
  f->chosen = act (&f->a, "case", "case.intake", "{\"text\":\"井盖破了\",\"channel\":\"CK01\"}");
  enrol (&f->a);
  desk_open (&f->b, f->hub);
  enrol (&f->b);
}

/* Both show what the hub has, and wait for nothing. */
static void
assert_settled (Fixture *f)
{
  Desk *desks[] = { &f->a, &f->b };
  g_autoptr(GHashTable) truth = NULL;

  for (guint i = 0; i < 6; i++)
    talk (desks[i % 2]);
  truth = hub_test_rows (f->hub);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GHashTable) rows = NULL;

      rows = hub_test_rows (desks[i]->conn);
      hub_test_assert_same (truth, rows);
      g_assert_cmpint (number (desks[i]->conn, "SELECT count(*) FROM outbox WHERE state <> 'settled'"), ==, 0);
      g_assert_cmpint (number (desks[i]->conn, "SELECT count(*) FROM shadow"), ==, 0);
    }
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  desk_close (&f->a);
  desk_close (&f->b);
  linli_conn_close (f->hub);
  g_free (f->chosen);
}

static void
edit (Desk       *self,
      const char *id,
      const char *field,
      const char *value)
{
  g_autofree char *revision = text (self->conn, "SELECT revision FROM cases WHERE id = ?1", id);

  g_free (act (self, NULL, "case.edit", "{\"case\":\"%s\",\"revision\":%s,\"%s\":\"%s\"}", id, revision, field, value));
}

static void
note (Desk       *self,
      const char *id,
      const char *words)
{
  g_free (act (self, NULL, "case.note", "{\"case\":\"%s\",\"body\":\"%s\",\"audience\":\"internal\"}", id, words));
}

static void
test_answer_lost (Fixture      *f,
                  gconstpointer data)
{
  note (&f->a, f->chosen, "一");
  f->a.lose = 1;
  talk (&f->a);
  g_assert_cmpint (number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 1);
  talk (&f->a);
  g_assert_cmpuint (f->a.n_pushes, >=, 2);
  g_assert_cmpint (number (f->hub, "SELECT count(*) FROM entry WHERE body = '一'"), ==, 1);
  assert_settled (f);
}

static void
test_page_lost (Fixture      *f,
                gconstpointer data)
{
  note (&f->a, f->chosen, "二");
  talk (&f->a);
  f->b.lose = 1;
  talk (&f->b);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM entry WHERE body = '二'"), ==, 0);
  talk (&f->b);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM entry WHERE body = '二'"), ==, 1);
  assert_settled (f);
}

/* The seventh of twenty can never be right: the case was settled elsewhere. */
static void
test_one_refused (Fixture      *f,
                  gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    note (&f->b, f->chosen, "前");
  g_free (act (&f->b, NULL, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不再反映\"}", f->chosen));
  for (guint i = 0; i < 13; i++)
    note (&f->b, f->chosen, "后");
  g_free (act (&f->a, NULL, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"已解决\"}", f->chosen));
  talk (&f->a);
  talk (&f->b);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM outbox WHERE result = 'applied' AND seq <= 20"), ==, 19);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'rejected' AND code = 'illegal-transition' "
                                      "AND theirs LIKE '%withdrawn%'"), ==, 1);
  assert_settled (f);
}

static void
test_edit_meanwhile (Fixture      *f,
                     gconstpointer data)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_WAKE, .mono = f->a.mono, .now = NOW };
  g_autoptr(GPtrArray) actions = NULL;
  g_autoptr(LinliHubReply) reply = NULL;
  g_autoptr(GBytes) body = NULL;

  note (&f->a, f->chosen, "三");
  actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
  reply = ask_hub (&f->a, actions->pdata[0]);
  note (&f->a, f->chosen, "四"); /* while the first is under way */
  body = g_bytes_new (reply->body->str, reply->body->len);
  event = (LinliSyncEvent) { .kind = LINLI_SYNC_EVENT_REPLY, .mono = f->a.mono, .now = NOW, .status = 200, .body = body,
                             .request = ((LinliSyncAction *) actions->pdata[0])->request };
  g_ptr_array_unref (actions);
  actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
  g_assert_cmpint (number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 1);
  g_assert_cmpint (((LinliSyncAction *) actions->pdata[0])->kind, ==, LINLI_SYNC_ACTION_PUSH);
}

static void
test_exact_batch (Fixture      *f,
                  gconstpointer data)
{
  guint before = f->a.n_pushes;

  for (gint64 i = 0; i < config.max_lines; i++)
    note (&f->a, f->chosen, "五");
  g_assert_true (talk (&f->a));
  g_assert_cmpuint (f->a.n_pushes, ==, before + 1);
  assert_settled (f);
}

/* News of a row that was changed here and not sent yet: theirs below, mine on top. */
static void
test_mine_on_top (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *shown = NULL;

  edit (&f->a, f->chosen, "place", "桂园路1号");
  talk (&f->a);
  f->b.signed_out = FALSE;
  edit (&f->b, f->chosen, "grid", "三网格");
  {
    g_autoptr(LinliHubReply) page = NULL;
    g_autofree char *cursor = text (f->b.conn, "SELECT cursor FROM sync_state WHERE ?1 = ?1", "");
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(LinliWirePage) parsed = NULL;
    LinliSyncOutcome outcome;

    page = linli_hub_pull (f->hub, f->b.desk->device, cursor, &config, NOW);
    bytes = g_bytes_new (page->body->str, page->body->len);
    parsed = linli_wire_page_parse (bytes, NULL);
    g_assert_true (linli_sync_apply_page (f->b.conn, parsed, NOW, &outcome, NULL));
  }
  shown = text (f->b.conn, "SELECT place || grid FROM cases WHERE id = ?1", f->chosen);
  g_assert_cmpstr (shown, ==, "桂园路1号三网格");
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM shadow WHERE kind = 'cases' AND body LIKE '%桂园路1号%' "
                                      "AND body NOT LIKE '%三网格%'"), ==, 1);
  assert_settled (f);
}

/* A removal on the hub, old enough to be forgotten at once. */
static void
remove_and_forget (Fixture *f)
{
  g_assert_true (linli_conn_run (f->hub, NULL, "UPDATE hub_clock SET rev = rev + 1", ""));
  g_assert_true (linli_conn_run (f->hub, NULL,
                                 "INSERT INTO hub_feed (id, rev, kind, row_id, body, at) "
                                 "SELECT 'notice/' || rev, rev, 'notice', 'n' || rev, NULL, 1 FROM hub_clock", ""));
  g_assert_true (linli_hub_collect (f->hub, NOW, NULL));
}

/* The cursor behind the page that stands behind @cursor, which is freed.
 *
 * Returns: (nullable): %NULL at the end */
static char *
walk (Fixture *f,
      char    *cursor,
      guint    status)
{
  static const LinliWireConfig small = { .page_rows = 2, .page_bytes = 4 * 1024 * 1024 };
  g_autofree char *since = cursor;
  g_autoptr(GBytes) body = hub_test_take (linli_hub_pull (f->hub, f->b.desk->device, since, &small, NOW), status);
  g_autoptr(LinliWirePage) page = status == 200 ? linli_wire_page_parse (body, NULL) : NULL;

  return page != NULL && page->more ? g_strdup (page->next) : NULL;
}

/* A desk that begins anew walks through revisions older than the removals
 * that were forgotten before it came; only those forgotten on its way matter. */
static void
test_removals_forgotten (Fixture      *f,
                         gconstpointer data)
{
  g_autoptr(LinliRow) state = NULL;
  char *cursor = g_strdup (LINLI_WIRE_START);
  guint pages = 0;

  note (&f->a, f->chosen, "九");
  talk (&f->a);
  g_assert_true (linli_sync_state_find (f->b.conn, &state, NULL));
  remove_and_forget (f);
  while (cursor != NULL)
    {
      cursor = walk (f, cursor, 200);
      pages++;
    }
  g_assert_cmpuint (pages, >, 3);

  cursor = walk (f, g_strdup (LINLI_WIRE_START), 200);
  remove_and_forget (f);
  g_assert_null (walk (f, cursor, 410));
  g_assert_null (walk (f, g_strdup (linli_row_get_text (state, LINLI_SYNC_STATE_CURSOR)), 410));
  talk (&f->b); /* which begins anew, in pages of its own */
  assert_settled (f);
}

static void
test_token_expired (Fixture      *f,
                    gconstpointer data)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_SIGNED_IN };

  for (guint i = 0; i < 400; i++)
    note (&f->a, f->chosen, "六");
  f->a.signed_out = TRUE;
  g_assert_false (talk (&f->a));
  g_assert_cmpint (number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 400);
  f->a.signed_out = FALSE;
  {
    g_autoptr(GPtrArray) actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
    LinliSyncEvent failed = { .kind = LINLI_SYNC_EVENT_FAILED, .request = ((LinliSyncAction *) actions->pdata[0])->request };
    g_autoptr(GPtrArray) more = linli_sync_client_step (f->a.client, f->a.conn, NULL, &failed);

    g_assert_nonnull (more);
  }
  talk (&f->a);
  g_assert_cmpint (number (f->hub, "SELECT count(*) FROM entry WHERE body = '六'"), ==, 400);
  assert_settled (f);
}

static void
test_other_fields (Fixture      *f,
                   gconstpointer data)
{
  edit (&f->a, f->chosen, "place", "桂园路2号");
  edit (&f->b, f->chosen, "grid", "四网格");
  talk (&f->a);
  talk (&f->b);
  assert_settled (f);
  g_assert_cmpint (number (f->hub, "SELECT count(*) FROM cases WHERE place = '桂园路2号' AND grid = '四网格'"), ==, 1);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM parked"), ==, 0);
}

static void
test_same_field (Fixture      *f,
                 gconstpointer data)
{
  edit (&f->a, f->chosen, "title", "甲的标题");
  edit (&f->b, f->chosen, "title", "乙的标题");
  talk (&f->a);
  talk (&f->b);
  assert_settled (f);
  g_assert_cmpint (number (f->hub, "SELECT count(*) FROM cases WHERE title = '甲的标题'"), ==, 1);
  g_assert_cmpint (number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'merged' AND theirs LIKE '%甲的标题%' "
                                      "AND theirs LIKE '%乙的标题%' AND closed_at IS NULL"), ==, 1);
}

static void
test_clock_off (Fixture      *f,
                gconstpointer data)
{
  f->a.clock.time = NOW + G_GINT64_CONSTANT (3650) * 86400 * G_USEC_PER_SEC;
  note (&f->a, f->chosen, "七");
  note (&f->a, f->chosen, "八");
  talk (&f->a);
  g_assert_cmpint (number (f->a.conn, "SELECT count(*) FROM outbox WHERE result = 'flagged'"), ==, 2);
  g_assert_cmpint (number (f->a.conn, "SELECT count(*) FROM parked WHERE code = 'clock'"), ==, 1); /* told once */
  g_assert_cmpint (number (f->hub, "SELECT max(at) FROM entry"), <=, NOW);
  assert_settled (f);
}

/* A second machine made from the first one's disk. */
static void
test_cloned_disk (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("linli-clone-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clone.db", NULL);
  Desk clone;

  note (&f->a, f->chosen, "共同");
  g_assert_true (linli_sqlite_copy (f->a.conn, path, &error));
  desk_open (&clone, f->hub);
  linli_conn_close (clone.conn);
  clone.conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (linli_desk_load (clone.desk, clone.conn, &error));
  note (&f->a, f->chosen, "原机");
  note (&clone, f->chosen, "克隆");
  talk (&f->a);
  talk (&clone);
  talk (&clone);
  g_assert_cmpstr (clone.desk->device, !=, f->a.desk->device);
  g_assert_cmpstr (clone.desk->prefix, !=, f->a.desk->prefix);
  g_assert_cmpint (number (f->hub, "SELECT count(*) FROM entry WHERE body IN ('共同', '原机', '克隆')"), ==, 3);
  assert_settled (f);
  desk_close (&clone);
}

static void
test_altered (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) batch = NULL;
  g_autoptr(GBytes) answer = NULL;
  gint64 seq = number (f->hub, "SELECT last_seq FROM hub_device WHERE last_seq > 0 ORDER BY pk LIMIT 1");
  g_autofree char *body = text (f->hub, "SELECT body FROM audit WHERE ?1 = ?1 ORDER BY pk DESC LIMIT 1", "");

  body[strlen (body) - 1] = ' ';
  g_ptr_array_add (bodies, g_strconcat (body, "}", NULL));
  batch = hub_test_batch (HUB_EPOCH, f->a.desk->device, seq + 1, NOW, bodies, 0, 1);
  answer = hub_test_take (linli_hub_push (f->hub, f->a.desk->device, batch, &config, NOW), 409);
  g_assert_cmpstr (linli_wire_problem_parse (answer)->name, ==, "operation-forked");
}

/* A newer desk's command waits for a newer hub; it is no refusal. */
static void
test_unknown_kind (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) batch = NULL;
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(LinliWirePushReply) reply = NULL;

  g_ptr_array_add (bodies, g_strdup ("{\"op\":\"0192f0c0-0000-7000-8000-000000000777\",\"k\":\"case.teleport\",\"v\":1,\"by\":\"\",\"at\":1,\"args\":{}}"));
  batch = hub_test_batch (HUB_EPOCH, HUB_DEVICE, 1, NOW, bodies, 0, 1);
  answer = hub_test_take (linli_hub_push (f->hub, HUB_DEVICE, batch, &config, NOW), 200);
  reply = linli_wire_push_reply_parse (answer, NULL);
  g_assert_cmpstr (reply->waits, ==, "unknown-kind");
  g_assert_cmpint (reply->expect, ==, 1);
}

static void
test_foreign_device (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(LinliConn) other = hub_test_new ("0192f0c0-0000-7000-8000-00000000d099");
  g_autoptr(GBytes) pulled = hub_test_take (linli_hub_pull (other, f->a.desk->device, LINLI_WIRE_START, &config, NOW), 403);
  g_autoptr(GBytes) tip = hub_test_take (linli_hub_tip (other, f->a.desk->device), 403);
  g_autoptr(GBytes) digest = hub_test_take (linli_hub_digest (other, f->a.desk->device), 403);

  g_assert_null (g_strstr_len (g_bytes_get_data (pulled, NULL), (gssize) g_bytes_get_size (pulled), "\"d\":"));
}

int
main (int argc, char **argv)
{
#define CASE(name, func) g_test_add ("/sync-cases/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  CASE ("the answer to a push is lost", test_answer_lost);
  CASE ("a page is lost before it is stored", test_page_lost);
  CASE ("one of twenty can never be right", test_one_refused);
  CASE ("an edit while a push is under way", test_edit_meanwhile);
  CASE ("the queue is as long as a batch", test_exact_batch);
  CASE ("news of a row changed here", test_mine_on_top);
  CASE ("removals were forgotten before a desk begins anew", test_removals_forgotten);
  CASE ("the token expires with a full queue", test_token_expired);
  CASE ("two desks correct two fields", test_other_fields);
  CASE ("two desks correct one field", test_same_field);
  CASE ("a clock is ten years off", test_clock_off);
  CASE ("a cloned disk", test_cloned_disk);
  CASE ("other words under a known id", test_altered);
  CASE ("a command the hub does not know yet", test_unknown_kind);
  CASE ("a device of another workspace", test_foreign_device);
  return g_test_run ();
}
