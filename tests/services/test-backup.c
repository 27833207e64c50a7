/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves the house comes back whole, or says why not. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "linli-attachment-store.h"
#include "linli-backup.h"
#include "linli-file-disk.h"
#include "linli-seed.h"
#include "linli-sqlite.h"

#include "store-fixture.h"

typedef struct
{
  LinliStore *store;
  char       *path;
  LinliBackupInfo *info;
} Round;

static gpointer
seed_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliNewCentre centre = { "桂园", NULL, NULL, NULL, "陈静", FALSE };

  linli_seed_centre (data, conn, &centre, error);
  return NULL;
}

static gpointer
backup_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Round *round = data;

  round->info = linli_backup_write (conn, linli_store_get_folder (round->store), round->path, 7, NULL, error);
  return NULL;
}

static char *
make_backup (StoreFixture *f)
{
  g_autofree char *folder = g_build_filename (f->folder, "store", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = linli_store_open_sync (folder, LINLI_STORE_CREATE, &f->clock.parent, &error);
  Round round = { store, g_build_filename (f->folder, "a" LINLI_BACKUP_SUFFIX, NULL), NULL };

  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, seed_job, store, &error);
  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, backup_job, &round, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (round.info->centre, ==, "桂园");
  linli_backup_info_free (round.info);

  return round.path;
}

static void
test_comes_back (StoreFixture *f,
                 gconstpointer data)
{
  g_autofree char *backup = make_backup (f);
  g_autofree char *folder = g_build_filename (f->folder, "store", NULL);
  g_autofree char *kept = g_strconcat (folder, ".before-restore-19700101-080000", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliBackupInfo) info = linli_backup_restore (backup, folder, 0, NULL, &error);
  g_autoptr(LinliStore) store = NULL;

  GStatBuf file;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (backup, &file), ==, 0);
  g_assert_cmpint (file.st_mode & 0777, ==, 0600); /* residents' words are in it */
  g_assert_cmpstr (info->centre, ==, "桂园");
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_DIR));
  store = linli_store_open_sync (folder, LINLI_STORE_EXISTING, &f->clock.parent, &error);
  g_assert_no_error (error);
}

static void
read_desk (StoreFixture *f,
           const char   *folder,
           char        **device,
           char        **prefix)
{
  g_autofree char *path = g_build_filename (folder, "linli.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_autoptr(LinliDesk) desk = linli_desk_new (&f->clock.parent);

  g_assert_no_error (error);
  g_assert_true (linli_desk_load (desk, conn, &error));
  g_assert_no_error (error);
  *device = g_strdup (desk->device);
  *prefix = g_strdup (desk->prefix);
}

/* The numbers printed since the backup are on paper somewhere: what comes back
 * must not print them a second time. */
static void
test_restored_desk_is_another (StoreFixture *f,
                               gconstpointer data)
{
  g_autofree char *backup = make_backup (f);
  g_autofree char *folder = g_build_filename (f->folder, "store", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *device = NULL;
  g_autofree char *prefix = NULL;

  read_desk (f, folder, &device, &prefix);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(LinliBackupInfo) info = linli_backup_restore (backup, folder, round * G_USEC_PER_SEC, NULL, &error);
      g_autofree char *new_device = NULL;
      g_autofree char *new_prefix = NULL;

      g_assert_no_error (error);
      read_desk (f, folder, &new_device, &new_prefix);
      g_assert_cmpstr (new_device, !=, device);
      g_assert_cmpstr (new_prefix, !=, prefix);
      g_assert_cmpuint (strlen (new_prefix), ==, 3);
      g_free (g_steal_pointer (&device));
      device = g_steal_pointer (&new_device);
    }
}

static void
assert_refused (StoreFixture *f,
                const char   *backup)
{
  g_autofree char *folder = g_build_filename (f->folder, "fresh", NULL);
  g_autofree char *restoring = g_strconcat (folder, ".restoring", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (linli_backup_restore (backup, folder, 0, NULL, &error));
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (restoring, G_FILE_TEST_EXISTS));
}

static void
test_damage_is_refused (StoreFixture *f,
                        gconstpointer data)
{
  g_autofree char *backup = make_backup (f);
  g_autofree char *content = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (backup, &content, &size, NULL));
  g_assert_true (g_file_set_contents (backup, content, (gssize) size / 2, NULL)); /* torn */
  assert_refused (f, backup);
  content[size / 2] ^= 0x55; /* one bad byte */
  g_assert_true (g_file_set_contents (backup, content, (gssize) size, NULL));
  assert_refused (f, backup);
  g_assert_true (g_file_set_contents (backup, "not a backup at all", -1, NULL));
  assert_refused (f, backup);
}

static void
test_attachment_is_kept_once (StoreFixture *f,
                              gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  char *hash = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("%PDF-1.4 x", 10, NULL);
      g_autoptr(LinliStoredFile) stored = linli_attachment_put (f->folder, stream, "现场.pdf", NULL, &error);
      g_autoptr(GFile) file = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (stored->size, ==, 10);
      g_assert_cmpstr (stored->content_type, ==, "application/pdf");
      file = linli_attachment_get_file (f->folder, stored->sha256);
      g_assert_true (g_file_query_exists (file, NULL));
      if (round == 0)
        hash = g_strdup (stored->sha256);
      g_assert_cmpstr (hash, ==, stored->sha256);
    }
  g_free (hash);
}

static void
test_too_large_is_refused (StoreFixture *f,
                           gconstpointer data)
{
  gsize size = LINLI_ATTACHMENT_MAX + 1;
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autofree char *root = g_build_filename (f->folder, "attachments", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;

  g_assert_null (linli_attachment_put (f->folder, stream, "big.bin", NULL, &error));
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT);
  dir = g_dir_open (root, 0, NULL);
  g_assert_null (g_dir_read_name (dir)); /* no half file stays behind */
}

static gboolean
needs_none (const char *sha256,
            gpointer    data)
{
  return FALSE;
}

static void
put_words (StoreFixture *f)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("%PDF-1.4 x", 10, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStoredFile) stored = linli_attachment_put (f->folder, stream, "现场.pdf", NULL, &error);

  g_assert_no_error (error);
}

/* Marked long ago as nobody's, then added to a case: the mark is over. */
static void
test_what_is_brought_again_stays (StoreFixture *f,
                                  gconstpointer data)
{
  g_autofree char *root = g_build_filename (f->folder, "attachments", NULL);
  gint64 now = g_get_real_time ();
  LinliShelfSwept swept;

  put_words (f);
  linli_shelf_sweep (root, now, 30 * G_TIME_SPAN_DAY, needs_none, NULL, &swept);
  put_words (f);
  linli_shelf_sweep (root, now + 40 * G_TIME_SPAN_DAY, 30 * G_TIME_SPAN_DAY, needs_none, NULL, &swept);
  g_assert_cmpuint (swept.n_removed, ==, 0);
  linli_shelf_sweep (root, now + 40 * G_TIME_SPAN_DAY, 30 * G_TIME_SPAN_DAY, needs_none, NULL, &swept);
  g_assert_cmpuint (swept.n_removed, ==, 1);
}

/* Killed while a file was copied in: what is left has no name and goes. */
static void
test_half_a_copy_goes (StoreFixture *f,
                       gconstpointer data)
{
  g_autofree char *root = g_build_filename (f->folder, "attachments", NULL);
  g_autofree char *half = g_build_filename (root, "part-AbC123", NULL);
  gint64 now = g_get_real_time ();
  LinliShelfSwept swept;

  g_assert_cmpint (g_mkdir_with_parents (root, 0700), ==, 0);
  g_assert_true (g_file_set_contents (half, "half", -1, NULL));
  linli_shelf_sweep (root, now, 0, needs_none, NULL, &swept);
  g_assert_true (g_file_test (half, G_FILE_TEST_EXISTS));
  linli_shelf_sweep (root, now + 8 * G_TIME_SPAN_DAY, 0, needs_none, NULL, &swept);
  g_assert_cmpuint (swept.n_parts, ==, 1);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  umask (022); /* as most desks have it */
#define ADD(path, func) g_test_add ("/backup/" path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("comes-back", test_comes_back);
  ADD ("restored-desk-is-another", test_restored_desk_is_another);
  ADD ("damage-is-refused", test_damage_is_refused);
  ADD ("attachment-is-kept-once", test_attachment_is_kept_once);
  ADD ("too-large-is-refused", test_too_large_is_refused);
  ADD ("what-is-brought-again-stays", test_what_is_brought_again_stays);
  ADD ("half-a-copy-goes", test_half_a_copy_goes);
#undef ADD
  return g_test_run ();
}
