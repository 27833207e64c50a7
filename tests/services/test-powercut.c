/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The power goes at any write, the disk fills up at any write, a page goes
 * bad: what was acknowledged is there, and what is wrong is said.
 * LINLI_POWERCUT_RUNS and LINLI_POWERCUT_SEED as for the crash test. */

#include "linli-clock.h"
#include "linli-registry.h"
#include "linli-sqlite.h"
#include "linli-tx.h"
#include "linli-verify.h"

#include "crash-script.h"
#include "powercut-vfs.h"

#define NOW          G_GINT64_CONSTANT (1771034400000000)
/* The sanitizers take ten times as long; they look at the code, not the seeds. */
#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_RUNS 15
#else
#define DEFAULT_RUNS 200
#endif
#ifdef __SANITIZE_ADDRESS__
#define STEP 9 /* pages between the ones that are spoilt */
#else
#define STEP 1
#endif
#define PATH         "/disk/linli.db"

typedef struct
{
  PowercutDisk  *disk;
  LinliFakeClock clock;
  GPtrArray     *acks;
} World;

static void
world_init (World  *world,
            guint32 seed)
{
  world->disk = powercut_disk_new (seed);
  world->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (NOW);
  world->acks = g_ptr_array_new_with_free_func (g_free);
  powercut_disk_mount (world->disk);
}

static void
world_clear (World *world)
{
  powercut_disk_unmount (world->disk);
  powercut_disk_free (world->disk);
  g_ptr_array_unref (world->acks);
}

static void
note_ack (const char *operation,
          gpointer    data)
{
  g_ptr_array_add (((World *) data)->acks, g_strdup (operation));
}

static LinliConn *
open_db (GError **error)
{
  g_autoptr(LinliConn) conn = linli_sqlite_open (PATH, LINLI_SQLITE_WRITE, error);

  if (conn == NULL || !linli_migrate (conn, linli_store_schema (), NULL, error))
    return NULL;
  return g_steal_pointer (&conn);
}

static void
prepare (World *world)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) conn = open_db (&error);
  g_autoptr(LinliDesk) desk = linli_desk_new (&world->clock.parent);

  g_assert_no_error (error);
  linli_desk_load (desk, conn, &error);
  g_assert_no_error (error);
  crash_script_prepare (conn, desk);
}

static void
work (World  *world,
      guint32 seed,
      guint   n_commands)
{
  g_autoptr(LinliConn) conn = open_db (NULL);
  g_autoptr(LinliDesk) desk = linli_desk_new (&world->clock.parent);

  if (conn != NULL && linli_desk_load (desk, conn, NULL))
    crash_script_run (conn, desk, seed, n_commands, note_ack, world);
}

static void
check_whole (World  *world,
             guint32 seed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) conn = open_db (&error);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < world->acks->len; i++)
    {
      gint64 found = 0;

      linli_conn_get_int (conn, &found, &error, "SELECT count(*) FROM audit WHERE id = ?1", "s", world->acks->pdata[i]);
      g_assert_no_error (error);
      if (found != 1)
        g_error ("seed %u: acknowledged operation %u of %u is gone", seed, i + 1, world->acks->len);
    }
  linli_verify_store (conn, problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("seed %u: %s", seed, (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

static guint
number_from (const char *variable,
             guint       otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_power_cut (void)
{
  guint first = number_from ("LINLI_POWERCUT_SEED", 1);
  guint n_runs = number_from ("LINLI_POWERCUT_RUNS", DEFAULT_RUNS);
  guint n_acks = 0;

  for (guint32 seed = first; seed < first + n_runs; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      World world;

      world_init (&world, seed);
      prepare (&world);
      /* Several cuts on one disk: recovery itself may be cut too. */
      for (guint cut = 0; cut < 3; cut++)
        {
          powercut_disk_fail_after (world.disk, g_rand_int_range (rand, 0, 400));
          work (&world, seed * 7 + cut, 12);
          powercut_disk_cut (world.disk);
        }
      check_whole (&world, seed);
      n_acks += world.acks->len;
      world_clear (&world);
    }
  g_test_message ("%u disks, 3 cuts each, %u acknowledged operations, none lost", n_runs, n_acks);
  g_assert_cmpuint (n_acks, >, n_runs);
}

/* What was done is acknowledged from where @pending ends. */
static void
acknowledge (World     *world,
             GPtrArray *pending)
{
  while (pending->len > 0)
    g_ptr_array_add (world->acks, g_ptr_array_steal_index (pending, 0));
}

/* Steps, of which nobody is told, between commands that are acknowledged: these
 * put the steps before them on the disk with them, and so does whoever is about
 * to tell somebody else. */
static void
work_in_steps (World *world,
               GRand *rand)
{
  g_autoptr(JsonNode) args = json_from_string ("{\"text\":\"井盖坏了\",\"channel\":\"CK01\"}", NULL);
  g_autoptr(GPtrArray) pending = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliConn) conn = open_db (NULL);
  g_autoptr(LinliDesk) desk = linli_desk_new (&world->clock.parent);

  if (conn == NULL || !linli_desk_load (desk, conn, NULL))
    return;
  for (guint i = 0; i < 12; i++)
    {
      gboolean step = g_rand_int_range (rand, 0, 4) != 0;
      g_autoptr(LinliOutcome) outcome = linli_desk_submit (desk, conn, "case.intake", json_node_get_object (args),
                                                           LINLI_EXECUTE_QUEUE | (step ? LINLI_EXECUTE_STEP : 0), NULL);

      if (outcome == NULL)
        return;
      g_ptr_array_add (pending, g_strdup (outcome->operation));
      if (!step || (g_rand_int_range (rand, 0, 6) == 0 && linli_conn_settle (conn, NULL)))
        acknowledge (world, pending);
    }
}

static void
test_steps (void)
{
  guint n_runs = DEFAULT_RUNS / 3;
  guint n_acks = 0;

  for (guint32 seed = 1; seed <= n_runs; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      World world;

      world_init (&world, seed);
      prepare (&world);
      for (guint cut = 0; cut < 3; cut++)
        {
          powercut_disk_fail_after (world.disk, g_rand_int_range (rand, 0, 400));
          work_in_steps (&world, rand);
          powercut_disk_cut (world.disk);
        }
      check_whole (&world, seed);
      n_acks += world.acks->len;
      world_clear (&world);
    }
  g_test_message ("%u disks, 3 cuts each, %u operations acknowledged, none lost", n_runs, n_acks);
  g_assert_cmpuint (n_acks, >, n_runs);
}

/* Whoever is about to tell somebody else settles first. Neither a transaction
 * that wrote nothing, nor that the steps were another program's, which died,
 * makes up for that. */
static void
test_settled (void)
{
  g_autoptr(JsonNode) args = json_from_string ("{\"text\":\"井盖坏了\",\"channel\":\"CK01\"}", NULL);

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      World world;

      world_init (&world, seed);
      prepare (&world);
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(LinliConn) conn = open_db (&error);
        g_autoptr(LinliDesk) desk = linli_desk_new (&world.clock.parent);
        g_autoptr(LinliOutcome) outcome = NULL;
        g_autoptr(LinliConn) next = NULL;
        g_autoptr(LinliTx) tx = NULL;

        linli_desk_load (desk, conn, &error);
        outcome = linli_desk_submit (desk, conn, "case.intake", json_node_get_object (args),
                                     LINLI_EXECUTE_QUEUE | LINLI_EXECUTE_STEP, &error);
        g_assert_no_error (error);
        tx = linli_tx_begin (conn, &error);
        linli_tx_commit (tx, &error);
        next = seed % 2 == 0 ? open_db (&error) : NULL;
        linli_conn_settle (next != NULL ? next : conn, &error);
        g_assert_no_error (error);
        note_ack (outcome->operation, &world);
        powercut_disk_fail_after (world.disk, 0);
      }
      powercut_disk_cut (world.disk);
      check_whole (&world, seed);
      world_clear (&world);
    }
}

static void
test_disk_full (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      World world;
      guint before;

      world_init (&world, seed);
      prepare (&world);
      work (&world, seed, 4);
      before = world.acks->len;
      powercut_disk_set_space (world.disk, (gint64) powercut_disk_get_used (world.disk) + seed * 3000);
      work (&world, seed + 100, 30); /* some succeed, then the disk is full */
      check_whole (&world, seed);
      powercut_disk_set_space (world.disk, -1);
      work (&world, seed + 200, 10); /* room again: work goes on */
      g_assert_cmpuint (world.acks->len, >, before);
      check_whole (&world, seed);
      world_clear (&world);
    }
}

static void
test_full_is_said (void)
{
  g_autoptr(JsonNode) args = json_from_string ("{\"text\":\"井盖坏了\",\"channel\":\"CK01\"}", NULL);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(LinliConn) conn = NULL;
  g_autoptr(LinliDesk) desk = NULL;
  g_autoptr(GError) error = NULL;
  World world;

  world_init (&world, 1);
  prepare (&world);
  conn = open_db (&error);
  g_assert_no_error (error);
  desk = linli_desk_new (&world.clock.parent);
  linli_desk_load (desk, conn, &error);
  g_assert_no_error (error);
  powercut_disk_set_space (world.disk, 0);
  outcome = linli_desk_submit (desk, conn, "case.intake", json_node_get_object (args), LINLI_EXECUTE_QUEUE, &error);
  g_assert_null (outcome);
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL);
  g_clear_pointer (&conn, linli_conn_close);
  world_clear (&world);
}

/* SQLite sees damage to a page's structure; what it cannot see, changed words
 * in an audit entry, the chain shows. */
static gboolean
damage_is_found (guint page,
                 gsize within)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliConn) conn = NULL;
  g_autoptr(GError) error = NULL;
  gboolean found;
  World world;

  world_init (&world, page);
  prepare (&world);
  work (&world, page, 10);
  powercut_disk_spoil (world.disk, PATH, page * 4096 + within);
  conn = open_db (&error);
  found = conn == NULL || !linli_verify_store (conn, problems, &error) || problems->len > 0;
  g_assert_true (found || error == NULL);
  g_clear_pointer (&conn, linli_conn_close);
  world_clear (&world);

  return found;
}

static void
test_bad_page (void)
{
  guint n_structure = 0;
  guint n_content = 0;
  guint n_pages = 0;

  for (guint page = 1; page < 60; page += STEP)
    {
      n_pages++;
      n_structure += damage_is_found (page, 0);
      n_content += damage_is_found (page, 4096 - 512);
    }
  g_test_message ("of %u pages with a bad head %u were found, with a bad tail %u", n_pages, n_structure, n_content);
  g_assert_cmpuint (n_structure, ==, n_pages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/powercut/at-any-write", test_power_cut);
  g_test_add_func ("/powercut/steps", test_steps);
  g_test_add_func ("/powercut/settled", test_settled);
  g_test_add_func ("/powercut/disk-full", test_disk_full);
  g_test_add_func ("/powercut/full-is-said", test_full_is_said);
  g_test_add_func ("/powercut/bad-page", test_bad_page);
  return g_test_run ();
}
