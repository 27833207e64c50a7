/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What users of other programs have lost work by, one case each: docs/sync.md
 * says what must happen instead. The simulator meets all of them by chance;
 * here they have names. */

#include <string.h>

#include <glib/gstdio.h>

#include "two-desks.h"
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

static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

static void
test_answer_lost (TwoDesks      *f,
                  gconstpointer data)
{
  desk_note (&f->a, f->chosen, "一");
  f->a.lose = 1;
  desk_talk (&f->a);
  g_assert_cmpint (read_number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 1);
  desk_talk (&f->a);
  g_assert_cmpuint (f->a.n_pushes, >=, 2);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body = '一'"), ==, 1);
  two_desks_assert_settled (f);
}

static void
test_page_lost (TwoDesks      *f,
                gconstpointer data)
{
  desk_note (&f->a, f->chosen, "二");
  desk_talk (&f->a);
  f->b.lose = 1;
  desk_talk (&f->b);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM entry WHERE body = '二'"), ==, 0);
  desk_talk (&f->b);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM entry WHERE body = '二'"), ==, 1);
  two_desks_assert_settled (f);
}

/* The seventh of twenty can never be right: the case was settled elsewhere. */
static void
test_one_refused (TwoDesks      *f,
                  gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    desk_note (&f->b, f->chosen, "前");
  g_free (desk_act (&f->b, NULL, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不再反映\"}", f->chosen));
  for (guint i = 0; i < 13; i++)
    desk_note (&f->b, f->chosen, "后");
  g_free (desk_act (&f->a, NULL, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"已解决\"}", f->chosen));
  desk_talk (&f->a);
  desk_talk (&f->b);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM outbox WHERE result = 'applied' AND seq <= 20"), ==, 19);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'rejected' AND code = 'illegal-transition' "
                                      "AND theirs LIKE '%withdrawn%'"), ==, 1);
  two_desks_assert_settled (f);
}

/* A look travels with the rest; and the hub, which heard first that the case is
 * hidden from whoever writes at the other desk, knows no such case. */
static void
test_hidden_meanwhile (TwoDesks      *f,
                       gconstpointer data)
{
  g_autofree char *clerk = desk_act (&f->a, "account", "account.create", "{\"name\":\"李明\",\"roles\":\"clerk\"}");
  g_autofree char *looker = NULL;

  g_free (desk_act (&f->a, NULL, "role.set-rights", "{\"role\":\"clerk\",\"rights\":\"reveal\"}"));
  desk_talk (&f->a);
  desk_talk (&f->b);
  linli_desk_set_actor (f->b.desk, clerk);
  g_free (desk_act (&f->b, NULL, "identity.reveal", "{\"case\":\"%s\",\"why\":\"contact\"}", f->chosen));
  desk_talk (&f->b);
  desk_talk (&f->a);
  looker = read_text (f->a.conn, "SELECT actor_id FROM identity_read WHERE case_id = ?1", f->chosen);
  g_assert_cmpstr (looker, ==, clerk);

  desk_note (&f->b, f->chosen, "九");
  g_free (desk_act (&f->b, NULL, "identity.reveal", "{\"case\":\"%s\",\"why\":\"verify\"}", f->chosen));
  g_free (desk_act (&f->a, NULL, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", f->chosen));
  desk_talk (&f->a);
  desk_talk (&f->b);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body = '九'"), ==, 0);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM identity_read"), ==, 1);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'rejected' AND code = 'not-found' "
                                      "AND mine LIKE '%九%'"), ==, 1);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM audit WHERE kind = 'identity.reveal'"), ==, 2); /* both looks stay */
  two_desks_assert_settled (f);
}

static void
test_edit_meanwhile (TwoDesks      *f,
                     gconstpointer data)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_WAKE, .mono = f->a.mono, .now = NOW };
  g_autoptr(GPtrArray) actions = NULL;
  g_autoptr(LinliHubReply) reply = NULL;
  g_autoptr(GBytes) body = NULL;

  desk_note (&f->a, f->chosen, "三");
  actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
  reply = desk_ask_hub (&f->a, actions->pdata[0]);
  desk_note (&f->a, f->chosen, "四"); /* while the first is under way */
  body = g_bytes_new (reply->body->str, reply->body->len);
  event = (LinliSyncEvent) { .kind = LINLI_SYNC_EVENT_REPLY, .mono = f->a.mono, .now = NOW, .status = 200, .body = body,
                             .request = ((LinliSyncAction *) actions->pdata[0])->request };
  g_ptr_array_unref (actions);
  actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
  g_assert_cmpint (read_number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 1);
  g_assert_cmpint (((LinliSyncAction *) actions->pdata[0])->kind, ==, LINLI_SYNC_ACTION_PUSH);
}

static void
test_exact_batch (TwoDesks      *f,
                  gconstpointer data)
{
  guint before = f->a.n_pushes;

  for (gint64 i = 0; i < config.max_lines; i++)
    desk_note (&f->a, f->chosen, "五");
  g_assert_true (desk_talk (&f->a));
  g_assert_cmpuint (f->a.n_pushes, ==, before + 1);
  two_desks_assert_settled (f);
}

/* News of a row that was changed here and not sent yet: theirs below, mine on top. */
static void
test_mine_on_top (TwoDesks      *f,
                  gconstpointer data)
{
  g_autofree char *shown = NULL;

  desk_edit (&f->a, f->chosen, "place", "桂园路1号");
  desk_talk (&f->a);
  f->b.signed_out = FALSE;
  desk_edit (&f->b, f->chosen, "grid", "三网格");
  {
    g_autoptr(LinliHubReply) page = NULL;
    g_autofree char *cursor = read_text (f->b.conn, "SELECT cursor FROM sync_state WHERE ?1 = ?1", "");
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(LinliWirePage) parsed = NULL;
    LinliSyncOutcome outcome;

    page = linli_hub_pull (f->hub, f->b.desk->device, cursor, &config, NOW);
    bytes = g_bytes_new (page->body->str, page->body->len);
    parsed = linli_wire_page_parse (bytes, NULL);
    g_assert_true (linli_sync_apply_page (f->b.conn, parsed, NOW, &outcome, NULL));
  }
  shown = read_text (f->b.conn, "SELECT place || grid FROM cases WHERE id = ?1", f->chosen);
  g_assert_cmpstr (shown, ==, "桂园路1号三网格");
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM shadow WHERE kind = 'cases' AND body LIKE '%桂园路1号%' "
                                      "AND body NOT LIKE '%三网格%'"), ==, 1);
  two_desks_assert_settled (f);
}

/* A removal on the hub, old enough to be forgotten at once. */
static void
remove_and_forget (TwoDesks *f)
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
walk (TwoDesks *f,
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
test_removals_forgotten (TwoDesks      *f,
                         gconstpointer data)
{
  g_autoptr(LinliRow) state = NULL;
  char *cursor = g_strdup (LINLI_WIRE_START);
  guint pages = 0;

  desk_note (&f->a, f->chosen, "九");
  desk_talk (&f->a);
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
  desk_talk (&f->b); /* which begins anew, in pages of its own */
  two_desks_assert_settled (f);
}

static void
test_token_expired (TwoDesks      *f,
                    gconstpointer data)
{
  LinliSyncEvent event = { .kind = LINLI_SYNC_EVENT_SIGNED_IN };

  for (guint i = 0; i < 400; i++)
    desk_note (&f->a, f->chosen, "六");
  f->a.signed_out = TRUE;
  g_assert_false (desk_talk (&f->a));
  g_assert_cmpint (read_number (f->a.conn, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 400);
  f->a.signed_out = FALSE;
  {
    g_autoptr(GPtrArray) actions = linli_sync_client_step (f->a.client, f->a.conn, NULL, &event);
    LinliSyncEvent failed = { .kind = LINLI_SYNC_EVENT_FAILED, .request = ((LinliSyncAction *) actions->pdata[0])->request };
    g_autoptr(GPtrArray) more = linli_sync_client_step (f->a.client, f->a.conn, NULL, &failed);

    g_assert_nonnull (more);
  }
  desk_talk (&f->a);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body = '六'"), ==, 400);
  two_desks_assert_settled (f);
}

static void
test_other_fields (TwoDesks      *f,
                   gconstpointer data)
{
  desk_edit (&f->a, f->chosen, "place", "桂园路2号");
  desk_edit (&f->b, f->chosen, "grid", "四网格");
  desk_talk (&f->a);
  desk_talk (&f->b);
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM cases WHERE place = '桂园路2号' AND grid = '四网格'"), ==, 1);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM parked"), ==, 0);
}

static void
test_same_field (TwoDesks      *f,
                 gconstpointer data)
{
  desk_edit (&f->a, f->chosen, "title", "甲的标题");
  desk_edit (&f->b, f->chosen, "title", "乙的标题");
  desk_talk (&f->a);
  desk_talk (&f->b);
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM cases WHERE title = '甲的标题'"), ==, 1);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'merged' AND theirs LIKE '%甲的标题%' "
                                      "AND theirs LIKE '%乙的标题%' AND closed_at IS NULL"), ==, 1);
}

static void
test_clock_off (TwoDesks      *f,
                gconstpointer data)
{
  f->a.clock.time = NOW + G_GINT64_CONSTANT (3650) * 86400 * G_USEC_PER_SEC;
  desk_note (&f->a, f->chosen, "七");
  desk_note (&f->a, f->chosen, "八");
  desk_talk (&f->a);
  g_assert_cmpint (read_number (f->a.conn, "SELECT count(*) FROM outbox WHERE result = 'flagged'"), ==, 2);
  g_assert_cmpint (read_number (f->a.conn, "SELECT count(*) FROM parked WHERE code = 'clock'"), ==, 1); /* told once */
  g_assert_cmpint (read_number (f->hub, "SELECT max(at) FROM entry"), <=, NOW);
  two_desks_assert_settled (f);
}

/* A second machine made from the first one's disk. */
static void
test_cloned_disk (TwoDesks      *f,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("linli-clone-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clone.db", NULL);
  Desk clone;

  desk_note (&f->a, f->chosen, "共同");
  g_assert_true (linli_sqlite_copy (f->a.conn, path, &error));
  desk_open (&clone, f->hub);
  linli_conn_close (clone.conn);
  clone.conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (linli_desk_load (clone.desk, clone.conn, &error));
  desk_note (&f->a, f->chosen, "原机");
  desk_note (&clone, f->chosen, "克隆");
  desk_talk (&f->a);
  desk_talk (&clone);
  desk_talk (&clone);
  g_assert_cmpstr (clone.desk->device, !=, f->a.desk->device);
  g_assert_cmpstr (clone.desk->prefix, !=, f->a.desk->prefix);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body IN ('共同', '原机', '克隆')"), ==, 3);
  two_desks_assert_settled (f);
  desk_close (&clone);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_altered (TwoDesks      *f,
              gconstpointer data)
{
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) batch = NULL;
  g_autoptr(GBytes) answer = NULL;
  gint64 seq = read_number (f->hub, "SELECT last_seq FROM hub_device WHERE last_seq > 0 ORDER BY pk LIMIT 1");
  g_autofree char *body = read_text (f->hub, "SELECT body FROM audit WHERE ?1 = ?1 ORDER BY pk DESC LIMIT 1", "");

  body[strlen (body) - 1] = ' ';
  g_ptr_array_add (bodies, g_strconcat (body, "}", NULL));
  batch = hub_test_batch (HUB_EPOCH, f->a.desk->device, seq + 1, NOW, bodies, 0, 1);
  answer = hub_test_take (linli_hub_push (f->hub, f->a.desk->device, batch, &config, NOW), 409);
  g_assert_cmpstr (linli_wire_problem_parse (answer)->name, ==, "operation-forked");
}

/* A newer desk's command waits for a newer hub; it is no refusal. */
static void
test_unknown_kind (TwoDesks      *f,
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
test_foreign_device (TwoDesks      *f,
                     gconstpointer data)
{
  g_autoptr(LinliConn) other = hub_test_new ("0192f0c0-0000-7000-8000-00000000d099");
  g_autoptr(GBytes) pulled = hub_test_take (linli_hub_pull (other, f->a.desk->device, LINLI_WIRE_START, &config, NOW), 403);
  g_autoptr(GBytes) tip = hub_test_take (linli_hub_tip (other, f->a.desk->device, -1), 403);
  g_autoptr(GBytes) digest = hub_test_take (linli_hub_digest (other, f->a.desk->device), 403);

  g_assert_null (g_strstr_len (g_bytes_get_data (pulled, NULL), (gssize) g_bytes_get_size (pulled), "\"d\":"));
}

int
main (int argc, char **argv)
{
#define CASE(name, func) g_test_add ("/sync-cases/" name, TwoDesks, NULL, two_desks_set_up, func, two_desks_tear_down)
  g_test_init (&argc, &argv, NULL);
  CASE ("the answer to a push is lost", test_answer_lost);
  CASE ("a page is lost before it is stored", test_page_lost);
  CASE ("one of twenty can never be right", test_one_refused);
  CASE ("a case is hidden from who writes meanwhile", test_hidden_meanwhile);
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
