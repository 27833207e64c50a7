/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "linli-archive.h"
#include "linli-desk.h"
#include "linli-file-disk.h"
#include "linli-files.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-sight.h"
#include "linli-sqlite.h"
#include "linli-store-facts.h"

#define FORMAT "linli-backup/1"

void
linli_backup_info_free (LinliBackupInfo *info)
{
  if (info == NULL)
    return;

  g_free (info->centre);
  g_free (info);
}

static char *
write_manifest (const char *centre,
                const char *db_sha256,
                gint64      now,
                guint       n_attachments,
                guint       n_absent)
{
  GString *text = g_string_new ("{\"format\":\"" FORMAT "\",\"centre\":");

  linli_json_append_text (text, centre);
  g_string_append_printf (text, ",\"made_at\":%" G_GINT64_FORMAT ",\"version\":%u,\"attachments\":%u,\"absent\":%u,\"db_sha256\":",
                          now, linli_store_schema ()->version, n_attachments, n_absent);
  linli_json_append_text (text, db_sha256);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static char *
dup_name (const char *sha256)
{
  return g_strdup_printf ("attachments/%.2s/%s", sha256, sha256);
}

/* On a synchronised desk a file may not have arrived yet. Returns: how many have not */
static guint
leave_out_absent (const char *folder,
                  GPtrArray  *hashes)
{
  guint n_before = hashes->len;

  for (guint i = hashes->len; i > 0; i--)
    {
      g_autofree char *name = dup_name (hashes->pdata[i - 1]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_remove_index (hashes, i - 1);
    }
  return n_before - hashes->len;
}

static gboolean
write_attachments (LinliArchiveWriter *archive,
                   const char         *folder,
                   GPtrArray          *hashes,
                   GCancellable       *cancellable,
                   GError            **error)
{
  for (guint i = 0; i < hashes->len; i++)
    {
      g_autofree char *name = dup_name (hashes->pdata[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!linli_archive_writer_add_file (archive, name, path, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_archive (LinliConn       *conn,
               const char      *folder,
               const char      *copy,
               const char      *path,
               LinliBackupInfo *info,
               GCancellable    *cancellable,
               GError         **error)
{
  g_autofree char *sha256 = linli_files_sha256 (copy, NULL, error);
  g_autofree char *manifest = NULL;
  g_autoptr(GPtrArray) hashes = sha256 != NULL ? linli_store_list_attachments (conn, error) : NULL;
  g_autoptr(LinliArchiveWriter) archive = hashes != NULL ? linli_archive_writer_new (path, error) : NULL;

  if (archive == NULL)
    return FALSE;
  info->n_absent = leave_out_absent (folder, hashes);
  info->n_attachments = hashes->len;
  manifest = write_manifest (info->centre, sha256, info->made_at, info->n_attachments, info->n_absent);

  return linli_archive_writer_add_text (archive, "manifest.json", manifest, error) &&
         linli_archive_writer_add_file (archive, "linli.db", copy, cancellable, error) &&
         write_attachments (archive, folder, hashes, cancellable, error) &&
         linli_archive_writer_finish (archive, &info->size, error);
}

/**
 * linli_backup_write:
 * @conn: a reading connection; the writer is not held up
 * @folder: the store's folder
 * @path: the file to make; replaced in one step when it is complete
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): what was written
 */
LinliBackupInfo *
linli_backup_write (LinliConn    *conn,
                    const char   *folder,
                    const char   *path,
                    gint64        now,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr(LinliBackupInfo) info = g_new0 (LinliBackupInfo, 1);
  g_autofree char *copy = g_strconcat (path, ".db-part", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean written;

  info->made_at = now;
  info->centre = linli_store_dup_centre_name (conn, error);
  if (info->centre == NULL)
    return NULL;

  g_unlink (copy);
  written = linli_sqlite_copy (conn, copy, error) &&
            write_archive (conn, folder, copy, part, info, cancellable, error);
  g_unlink (copy);
  if (written && g_rename (part, path) != 0)
    {
      linli_files_set_error (error, errno, path);
      written = FALSE;
    }
  if (!written)
    g_unlink (part);

  return written ? g_steal_pointer (&info) : NULL;
}

static LinliBackupInfo *
read_manifest (const char *folder,
               char      **db_sha256,
               GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) manifest = NULL;
  LinliBackupInfo *info;
  gint64 n = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    manifest = linli_json_parse_object (text, -1, NULL);
  if (manifest == NULL || g_strcmp0 (linli_json_get_text (manifest, "format"), FORMAT) != 0 ||
      linli_json_get_text (manifest, "db_sha256") == NULL)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "This is not a backup of Linli");
      return NULL;
    }

  info = g_new0 (LinliBackupInfo, 1);
  info->centre = g_strdup (linli_json_get_text (manifest, "centre"));
  linli_json_get_int (manifest, "made_at", &info->made_at);
  linli_json_get_int (manifest, "attachments", &n);
  info->n_attachments = (guint) n;
  n = 0;
  linli_json_get_int (manifest, "absent", &n);
  info->n_absent = (guint) n;
  *db_sha256 = g_strdup (linli_json_get_text (manifest, "db_sha256"));
  return info;
}

static gboolean
check_file (const char *path,
            const char *sha256,
            GError    **error)
{
  g_autofree char *found = linli_files_sha256 (path, NULL, error);

  if (found == NULL)
    return FALSE;
  if (g_strcmp0 (found, sha256) == 0)
    return TRUE;
  g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "%s in the backup is damaged",
               strrchr (path, G_DIR_SEPARATOR) + 1);
  return FALSE;
}

static gboolean
check_attachments (const char *folder,
                   GError    **error)
{
  g_autofree char *root = g_build_filename (folder, "attachments", NULL);
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);
  const char *shelf;

  while (dir != NULL && (shelf = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf_path = g_build_filename (root, shelf, NULL);
      g_autoptr(GDir) files = g_dir_open (shelf_path, 0, NULL);
      const char *name;

      while (files != NULL && (name = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *path = g_build_filename (shelf_path, name, NULL);

          if (!check_file (path, name, error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
make_ready (const char *folder,
                const char *sha256,
                GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "linli.db", NULL);
  g_autoptr(LinliConn) conn = NULL;

  if (!check_file (path, sha256, error))
    return FALSE;
  conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, error);

  return conn != NULL && linli_sqlite_check (conn, error) &&
         linli_migrate (conn, linli_store_schema (), NULL, error) && linli_desk_forget (conn, error);
}

/* A store that is in the way is kept beside the restored one. */
static gboolean
put_in_place (const char *fresh,
              const char *folder,
              gint64      now,
              GError    **error)
{
  g_autoptr(GDateTime) at = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (at, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.before-restore-%s", folder, stamp);

  if (g_file_test (folder, G_FILE_TEST_EXISTS) && g_rename (folder, aside) != 0)
    {
      linli_files_set_error (error, errno, folder);
      return FALSE;
    }
  if (g_rename (fresh, folder) == 0)
    return TRUE;

  linli_files_set_error (error, errno, folder);
  if (g_rename (aside, folder) != 0)
    g_debug ("The former store stays in %s", aside);
  return FALSE;
}

/**
 * linli_backup_restore:
 * @path: a backup file
 * @folder: where the store shall be; one that is there is kept beside it
 *   under a name that says when
 * @error: %LINLI_STORE_ERROR_CORRUPT for a damaged backup, among others
 *
 * Nothing is touched before the whole backup was read and checked.
 *
 * Returns: (transfer full): what the backup held
 */
LinliBackupInfo *
linli_backup_restore (const char   *path,
                      const char   *folder,
                      gint64        now,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *fresh = g_strconcat (folder, ".restoring", NULL);
  g_autofree char *manifest = g_build_filename (fresh, "manifest.json", NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr(LinliBackupInfo) info = NULL;
  gboolean restored;

  linli_files_remove_tree (fresh);
  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdir_with_parents (fresh, 0700) != 0)
    {
      linli_files_set_error (error, errno, fresh);
      return NULL;
    }

  restored = linli_archive_extract (path, fresh, cancellable, error) &&
             (info = read_manifest (fresh, &sha256, error)) != NULL &&
             make_ready (fresh, sha256, error) && check_attachments (fresh, error);
  if (restored)
    {
      g_unlink (manifest);
      restored = put_in_place (fresh, folder, now, error);
    }
  if (!restored)
    {
      linli_files_remove_tree (fresh);
      return NULL;
    }

  return g_steal_pointer (&info);
}

typedef struct
{
  char         *folder;
  char         *path;
  gint64        now;
  GCancellable *cancellable; /* (owned) (nullable) */
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  g_free (job->path);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static Job *
job_new (const char   *folder,
         const char   *path,
         gint64        now,
         GCancellable *cancellable)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (folder);
  job->path = g_strdup (path);
  job->now = now;
  g_set_object (&job->cancellable, cancellable);
  return job;
}

static gpointer
backup_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Job *job = data;

  return linli_sight_lift (conn, error) ? linli_backup_write (conn, job->folder, job->path, job->now, job->cancellable, error)
                                        : NULL;
}

/* linli_backup_write() in the reading lane. */
void
linli_backup_async (LinliStore          *store,
                    const char          *path,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  Job *job = job_new (linli_store_get_folder (store), path, linli_clock_now (linli_store_get_clock (store)),
                      cancellable);

  linli_store_read_async (store, backup_job, job, (GDestroyNotify) job_free,
                          (GDestroyNotify) linli_backup_info_free, cancellable, callback, user_data);
}

LinliBackupInfo *
linli_backup_finish (LinliStore   *store,
                     GAsyncResult *result,
                     GError      **error)
{
  return linli_store_read_finish (store, result, error);
}

static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  LinliBackupInfo *info = linli_backup_restore (job->path, job->folder, job->now, cancellable, &error);

  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify) linli_backup_info_free);
  else
    g_task_return_error (task, error);
}

/* linli_backup_restore() in a thread; no store may be open in @folder. */
void
linli_restore_async (const char          *path,
                     const char          *folder,
                     gint64               now,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, job_new (folder, path, now, cancellable), (GDestroyNotify) job_free);
  g_task_run_in_thread (task, restore_thread);
}

LinliBackupInfo *
linli_restore_finish (GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
