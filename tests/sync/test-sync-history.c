/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases in which a hub or a desk looks back: restarts, restores, long
 * absences, removals, old programs. See test-sync-cases.c. */

#include "two-desks.h"

#include <string.h>

#include <glib/gstdio.h>

#include "linli-json.h"
#include "linli-wire-page.h"
#include "linli-wire-push.h"

#include "../services/powercut-vfs.h"

static const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

/* What waits at @desk, as one request. */
static GBytes *
make_batch (Desk  *desk,
            gint64 seq)
{
  g_autoptr(GPtrArray) lines = linli_outbox_next (desk->conn, 50, G_MAXSIZE, NULL);
  g_autoptr(GPtrArray) bodies = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (bodies, ((LinliOutboxLine *) lines->pdata[i])->body);
  return hub_test_batch (HUB_EPOCH, desk->desk->device, seq, NOW, bodies, 0, bodies->len);
}

static gint64
next_seq (Desk *desk)
{
  return read_number (desk->conn, "SELECT min(seq) FROM outbox WHERE state = 'queued'");
}

/* ---- two pushes at once ----------------------------------------------------- */

typedef struct
{
  const char *path;
  const char *device;
  GBytes     *batch;
  GThread    *thread;
  LinliConn  *reader;
  gint64      seen;   /* last revision the desk that polls has been told */
  int         is_over; /* (atomic) */
} Race;

static gpointer
push_meanwhile (gpointer data)
{
  Race *self = data;
  g_autoptr(LinliConn) conn = linli_sqlite_open (self->path, LINLI_SQLITE_WRITE, NULL);

  g_bytes_unref (hub_test_take (linli_hub_push (conn, self->device, self->batch, &config, NOW), 200));
  g_atomic_int_set (&self->is_over, TRUE);
  return NULL;
}

static gint64
poll_tip (Race *self)
{
  g_autoptr(GBytes) body = hub_test_take (linli_hub_tip (self->reader, HUB_DEVICE, -1), 200);
  g_autoptr(LinliWireTip) tip = linli_wire_tip_parse (body, NULL);

  return tip->tip;
}

/* At the very moment that the first push would commit, another begins; a desk
 * that polls meanwhile sees neither. */
static void
before_commit (const char *sql,
               gpointer    data)
{
  Race *self = data;

  if (!g_str_equal (sql, "COMMIT") || self->thread != NULL)
    return;
  self->thread = g_thread_new ("second", push_meanwhile, self);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpint (poll_tip (self), ==, self->seen);
      g_thread_yield ();
    }
  g_assert_false (g_atomic_int_get (&self->is_over));
}

static void
test_commit_order (TwoDesks     *f,
                   gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-order-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "hub.db", NULL);
  g_autoptr(LinliConn) first = NULL;
  g_autoptr(GBytes) a = NULL;
  g_autoptr(GBytes) page = NULL;
  g_autoptr(LinliWirePage) parsed = NULL;
  Race race = { .path = path };

  desk_note (&f->a, f->chosen, "先");
  desk_note (&f->b, f->chosen, "后");
  g_assert_true (linli_sqlite_copy (f->hub, path, NULL));
  first = linli_sqlite_open (path, LINLI_SQLITE_WRITE, NULL);
  race.reader = linli_sqlite_open (path, LINLI_SQLITE_READ, NULL);
  race.seen = poll_tip (&race);
  a = make_batch (&f->a, next_seq (&f->a));
  race.device = f->b.desk->device;
  race.batch = make_batch (&f->b, next_seq (&f->b));
  linli_sqlite_set_hook (first, before_commit, &race);
  g_bytes_unref (hub_test_take (linli_hub_push (first, f->a.desk->device, a, &config, NOW), 200));
  linli_sqlite_set_hook (first, NULL, NULL);
  g_thread_join (race.thread);

  page = hub_test_take (linli_hub_pull (race.reader, HUB_DEVICE, LINLI_WIRE_START, &config, NOW), 200);
  parsed = linli_wire_page_parse (page, NULL);
  for (guint i = 1; i < parsed->rows->len; i++)
    g_assert_cmpint (((LinliWireRow *) parsed->rows->pdata[i - 1])->rev, <, ((LinliWireRow *) parsed->rows->pdata[i])->rev);
  g_assert_cmpint (read_number (race.reader, "SELECT count(*) FROM hub_feed WHERE kind = 'entry' AND (body LIKE '%先%' OR body LIKE '%后%')"), ==, 2);
  g_assert_cmpint (poll_tip (&race), >=, race.seen + 2);
  linli_conn_close (race.reader);
  g_bytes_unref (race.batch);
  g_clear_pointer (&first, linli_conn_close);
  g_unlink (path);
  g_rmdir (folder);
}

/* Three requests in one transaction: one has no right to be there, and takes
 * nothing from the others. A second time they get the same answers. */
static void
test_together (TwoDesks     *f,
               gconstpointer data)
{
  g_autofree char *before = NULL;
  LinliHubPush pushes[3] = { { NULL } };
  const char *const devices[] = { f->a.desk->device, "0192f0c0-0000-7000-8000-00000000d099", f->b.desk->device };

  desk_note (&f->a, f->chosen, "甲一");
  desk_note (&f->a, f->chosen, "甲二");
  desk_note (&f->b, f->chosen, "乙一");
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < 3; i++)
        pushes[i] = (LinliHubPush) { devices[i], make_batch (i == 2 ? &f->b : &f->a, next_seq (i == 2 ? &f->b : &f->a)), &config,
                                     NOW, NULL };
      linli_hub_push_together (f->hub, pushes, 3);
      g_assert_cmpuint (pushes[0].reply->status, ==, 200);
      g_assert_cmpuint (pushes[1].reply->status, ==, 403);
      g_assert_cmpuint (pushes[2].reply->status, ==, 200);
      g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body IN ('甲一', '甲二', '乙一')"), ==, 3);
      if (round == 0)
        before = g_strconcat (strstr (pushes[0].reply->body->str, "\"results\""), strstr (pushes[2].reply->body->str, "\"results\""),
                              NULL);
      else
        {
          g_autofree char *after = g_strconcat (strstr (pushes[0].reply->body->str, "\"results\""),
                                                strstr (pushes[2].reply->body->str, "\"results\""), NULL);

          g_assert_cmpstr (before, ==, after);
        }
      for (guint i = 0; i < 3; i++)
        {
          g_bytes_unref (pushes[i].message);
          linli_hub_reply_free (pushes[i].reply);
        }
    }
  hub_test_check_digest (f->hub, HUB_DEVICE, f->hub);
  two_desks_assert_settled (f);
}

/* ---- the hub's disk ---------------------------------------------------------- */

static LinliConn *
open_on (PowercutDisk *disk)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn;

  powercut_disk_mount (disk);
  conn = linli_sqlite_open ("/hub/hub.db", LINLI_SQLITE_WRITE, &error);
  powercut_disk_unmount (disk);
  g_assert_no_error (error);
  return conn;
}

static LinliConn *
new_hub_on (PowercutDisk *disk)
{
  g_autofree char *prefix = NULL;
  LinliConn *conn = open_on (disk);

  g_assert_true (linli_hub_create (conn, "guiyuan", HUB_EPOCH, NULL));
  g_assert_true (linli_hub_add_device (conn, HUB_DEVICE, &prefix, NULL));
  return conn;
}

/* The power goes at write @at of a push of twenty: then all are decided or
 * none, and the same bytes again decide them all, in order.
 *
 * Returns: whether it went before the push was over */
static gboolean
cut_power (gint64  at,
           GBytes *furniture,
           GBytes *batch)
{
  PowercutDisk *disk = powercut_disk_new ((guint32) at);
  LinliConn *hub = new_hub_on (disk);
  gboolean died;
  gint64 n;

  g_bytes_unref (hub_test_take (linli_hub_push (hub, HUB_DEVICE, furniture, &config, NOW), 200));
  powercut_disk_fail_after (disk, at);
  {
    g_autoptr(LinliHubReply) reply = linli_hub_push (hub, HUB_DEVICE, batch, &config, NOW);

    died = powercut_disk_is_dead (disk);
    g_assert_true (died ? reply->status == 503 || reply->status == 200 : reply->status == 200);
  }
  linli_conn_close (hub);
  powercut_disk_cut (disk);
  hub = open_on (disk);
  n = read_number (hub, "SELECT count(*) FROM entry WHERE body LIKE '第%'");
  g_assert_true (n == 0 || n == 20);
  g_bytes_unref (hub_test_take (linli_hub_push (hub, HUB_DEVICE, batch, &config, NOW), 200));
  g_assert_cmpint (read_number (hub, "SELECT count(*) FROM entry WHERE body LIKE '第%'"), ==, 20);
  g_assert_cmpint (read_number (hub, "SELECT count(*) FROM (SELECT seq - lag(seq) OVER (ORDER BY pk) AS step FROM hub_op) "
                                     "WHERE step <> 1"), ==, 0);
  linli_conn_close (hub);
  powercut_disk_free (disk);
  return died;
}

/* Everything @desk has done from @first on, as one request of HUB_DEVICE. */
static GBytes *
dup_history (Desk  *desk,
             gint64 first)
{
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (desk->conn, NULL, "SELECT body FROM audit ORDER BY pk LIMIT 1000 OFFSET ?1", "i",
                                                first - 1);
  gboolean row = FALSE;

  while (linli_stmt_step (stmt, &row, NULL) && row)
    g_ptr_array_add (bodies, linli_stmt_dup_text (stmt, 0));
  return hub_test_batch (HUB_EPOCH, HUB_DEVICE, first, NOW, bodies, 0, bodies->len);
}

static void
test_hub_dies (TwoDesks     *f,
               gconstpointer data)
{
  g_autoptr(GBytes) furniture = dup_history (&f->a, 1);
  gint64 first = read_number (f->a.conn, "SELECT count(*) + 1 FROM audit");
  g_autoptr(GBytes) batch = NULL;
  guint n_deaths = 0;

  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *words = g_strdup_printf ("第%u", i);

      desk_note (&f->a, f->chosen, words);
    }
  batch = dup_history (&f->a, first);
  for (gint64 at = 0; at < 400; at += at < 40 ? 1 : 20)
    n_deaths += cut_power (at, furniture, batch);
  g_assert_cmpuint (n_deaths, >, 10);
  two_desks_assert_settled (f);
}

/* ---- an older program's queue -------------------------------------------------- */

/* Lines as the first version wrote them. They must be decided for ever: what
 * was typed before an update is sent after it, byte for byte. */
static const char *const old_lines[] = {
  "{\"op\":\"0192f0c0-0000-7000-8000-0000000000a1\",\"k\":\"case.intake\",\"v\":1,\"by\":\"%s\",\"at\":1770973100000000,"
  "\"args\":{\"text\":\"旧版登记\",\"channel\":\"CK01\",\"case_no\":\"AA-20260213-9001\",\"receipt_no\":\"AA-20260213-9002\"}}",
  "{\"op\":\"0192f0c0-0000-7000-8000-0000000000a2\",\"k\":\"case.note\",\"v\":1,\"by\":\"%s\",\"at\":1770973100000001,"
  "\"args\":{\"case\":\"%s\",\"body\":\"旧版留言\",\"audience\":\"internal\"}}",
  /* members in another order, and one that no version has had yet */
  "{\"k\":\"case.withdraw\",\"op\":\"0192f0c0-0000-7000-8000-0000000000a3\",\"by\":\"%s\",\"v\":1,\"at\":1770973100000002,"
  "\"later\":7,\"args\":{\"case\":\"%s\",\"reason\":\"旧版撤诉\"}}",
};

static void
test_old_program (TwoDesks     *f,
                  gconstpointer data)
{
  g_autofree char *person = read_text (f->a.conn, "SELECT id FROM account WHERE ?1 = ?1 LIMIT 1", "");
  g_autoptr(GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) batch = NULL;
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(LinliWirePushReply) reply = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (old_lines); i++)
    {
      g_auto(GStrv) parts = g_strsplit (old_lines[i], "%s", 3);

      g_ptr_array_add (bodies, parts[2] == NULL ? g_strconcat (parts[0], person, parts[1], NULL)
                                                : g_strconcat (parts[0], person, parts[1], f->chosen, parts[2], NULL));
    }
  batch = hub_test_batch (HUB_EPOCH, HUB_DEVICE, 1, NOW, bodies, 0, bodies->len);
  answer = hub_test_take (linli_hub_push (f->hub, HUB_DEVICE, batch, &config, NOW), 200);
  reply = linli_wire_push_reply_parse (answer, NULL);
  g_assert_cmpuint (reply->results->len, ==, bodies->len);
  for (guint i = 0; i < bodies->len; i++)
    {
      LinliWireResult *result = reply->results->pdata[i];
      g_autofree char *kept = read_text (f->hub, "SELECT body FROM audit WHERE id = ?1", result->op);

      if (!g_str_equal (result->result, "applied"))
        g_error ("%s: %s", (char *) bodies->pdata[i], result->message);
      g_assert_cmpstr (kept, ==, bodies->pdata[i]);
    }
  two_desks_assert_settled (f);
}

/* ---- last night's backup ---------------------------------------------------------- */

/* With its log, while it is still open. */
static void
remove_database (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (log);
  g_unlink (index);
}

static void
test_hub_restored (TwoDesks     *f,
                   gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-night-XXXXXX", NULL);
  g_autofree char *night = g_build_filename (folder, "night.db", NULL);
  LinliConn *today = f->hub;

  g_assert_true (linli_sqlite_copy (f->hub, night, NULL));
  desk_note (&f->a, f->chosen, "白天甲");
  desk_note (&f->b, f->chosen, "白天乙");
  two_desks_assert_settled (f);
  desk_note (&f->b, f->chosen, "未发");

  f->hub = f->a.hub = f->b.hub = linli_sqlite_open (night, LINLI_SQLITE_WRITE, NULL);
  linli_conn_close (today);
  g_assert_true (linli_hub_set_epoch (f->hub, "e2", NULL));
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body LIKE '白天%'"), ==, 0);
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body IN ('白天甲', '白天乙', '未发')"), ==, 3);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM sync_state WHERE epoch = 'e2' AND bootstrap IS NULL"), ==, 1);
  remove_database (night);
  g_rmdir (folder);
}

/* ---- removals ------------------------------------------------------------------------ */

#define LATER "SELECT count(*) FROM channel WHERE code = 'CK02'"

/* A channel that both have. Returns: the operation that made it, for undo */
static char *
add_channel (TwoDesks *f)
{
  char *operation = desk_act (&f->a, NULL, "channel.import",
                              "{\"channels\":[{\"code\":\"CK02\",\"name\":\"夜间窗口\",\"group\":\"窗口\"}]}");

  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->b.conn, LATER), ==, 1);
  return operation;
}

/* Away for longer than removals are remembered. */
static void
test_long_away (TwoDesks     *f,
                gconstpointer data)
{
  g_autofree char *operation = add_channel (f);
  g_autofree char *cursor = read_text (f->b.conn, "SELECT cursor FROM sync_state WHERE ?1 = ?1", "");

  g_free (desk_act (&f->a, NULL, "core.undo", "{\"operation\":\"%s\"}", operation));
  desk_talk (&f->a);
  g_assert_true (linli_hub_collect (f->hub, NOW + 1, NULL));
  desk_note (&f->b, f->chosen, "三个月前");

  g_bytes_unref (hub_test_take (linli_hub_pull (f->hub, f->b.desk->device, cursor, &config, NOW), 410));
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->b.conn, LATER), ==, 0);
  g_assert_cmpint (read_number (f->hub, LATER), ==, 0);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body = '三个月前'"), ==, 1);
}

/* A takes away what B, without a line, goes on working with. */
static void
test_removed_and_used (TwoDesks     *f,
                       gconstpointer data)
{
  g_autofree char *operation = add_channel (f);

  g_free (desk_act (&f->b, NULL, "case.intake", "{\"text\":\"乙记下的话\",\"channel\":\"CK02\"}"));
  g_free (desk_act (&f->a, NULL, "core.undo", "{\"operation\":\"%s\"}", operation));
  desk_talk (&f->a);
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->hub, LATER), ==, 0);
  g_assert_cmpint (read_number (f->b.conn, LATER), ==, 0);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM cases"), ==, 1);
  g_assert_cmpint (read_number (f->b.conn, "SELECT count(*) FROM parked WHERE result = 'rejected' AND closed_at IS NULL AND "
                                           "mine LIKE '%乙记下的话%'"), ==, 1);
}

/* ---- a bad line -------------------------------------------------------------------------- */

/* The line is cut and healed fifty times, sometimes on the way there and
 * sometimes on the way back. Nobody does anything: the queue is empty again
 * within half a minute each time. */
static void
test_fifty_cuts (TwoDesks     *f,
                 gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (18);
  Desk *desks[] = { &f->a, &f->b };

  for (guint round = 0; round < 50; round++)
    for (guint i = 0; i < 2; i++)
      {
        Desk *desk = desks[i];
        guint tries = (guint) g_rand_int_range (rand, 1, 4);
        gint64 healed;

        desk_note (desk, f->chosen, "断线");
        *(g_rand_boolean (rand) ? &desk->cut : &desk->lose) = tries;
        while (desk->cut + desk->lose > 0)
          g_assert_true (desk_go_on (desk));
        healed = desk->mono;
        while (read_number (desk->conn, "SELECT count(*) FROM outbox WHERE state = 'queued'") > 0)
          g_assert_true (desk_go_on (desk));
        g_assert_cmpint (desk->mono - healed, <=, G_GINT64_CONSTANT (30) * G_USEC_PER_SEC);
      }
  two_desks_assert_settled (f);
  g_assert_cmpint (read_number (f->hub, "SELECT count(*) FROM entry WHERE body = '断线'"), ==, 100);
}

int
main (int argc, char **argv)
{
#define CASE(name, func) g_test_add ("/sync-history/" name, TwoDesks, NULL, two_desks_set_up, func, two_desks_tear_down)
  g_test_init (&argc, &argv, NULL);
  CASE ("two pushes at once while a desk polls", test_commit_order);
  CASE ("three pushes in one transaction", test_together);
  CASE ("the hub dies at the seventh of twenty", test_hub_dies);
  CASE ("a queue from before an update", test_old_program);
  CASE ("the hub is restored from last night", test_hub_restored);
  CASE ("away for longer than removals are remembered", test_long_away);
  CASE ("one removes what another works with", test_removed_and_used);
  CASE ("the line is cut and healed fifty times", test_fifty_cuts);
  return g_test_run ();
}
