/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store as a whole: making it, checking it, carrying it away and back. */

#include "config.h"

#include "linli-backup.h"
#include "linli-case-blobs.h"
#include "linli-case-index.h"
#include "linli-ctl.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-seed.h"
#include "linli-sight.h"
#include "linli-verify.h"

typedef struct
{
  LinliCtl        *ctl;
  LinliStore      *store;
  const char      *path;
  LinliNewCentre   centre;
  GPtrArray       *problems;
  GPtrArray       *files;
  LinliBackupInfo *info;
} Job;

static gpointer
init_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Job *job = data;

  linli_seed_centre (job->store, conn, &job->centre, error);
  return NULL;
}

static gboolean
verb_init (LinliCtl *ctl,
           int       argc,
           char    **argv,
           int      *exit_code,
           GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(GError) local = NULL;
  Job job = { 0 };

  if (argc < 2)
    return linli_ctl_usage (error, "Say the centre's name and the person's: linlictl init CENTRE PERSON");
  store = linli_ctl_open (ctl, LINLI_STORE_CREATE, error);
  if (store == NULL)
    return FALSE;

  job = (Job) { .ctl = ctl, .store = store,
                .centre = { argv[0], argc > 2 ? argv[2] : NULL, NULL, NULL, argv[1], FALSE } };
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, init_job, &job, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  json_object_set_string_member (answer, "store", ctl->folder);
  json_object_set_string_member (answer, "centre", argv[0]);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

static gpointer
verify_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Job *job = data;

  if (linli_sight_lift (conn, error) && linli_verify_store (conn, job->problems, error))
    job->files = linli_case_blobs_live (conn, error);
  return NULL;
}

/* The writing lane, so that nothing moves while it is looked at; a store that
 * another program has open is looked at through the reading lane. */
static gboolean
verb_verify (LinliCtl *ctl,
             int       argc,
             char    **argv,
             int      *exit_code,
             GError  **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(GError) local = NULL;
  JsonArray *list = json_array_new ();
  g_autoptr(GPtrArray) files = NULL;
  Job job = { .ctl = ctl, .store = store, .problems = problems };

  json_object_set_array_member (answer, "problems", list);
  if (store == NULL)
    return FALSE;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, verify_job, &job, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  files = job.files;
  json_object_set_object_member (answer, "files", linli_ctl_check_files (ctl->folder, files, problems));
  for (guint i = 0; i < problems->len; i++)
    json_array_add_string_element (list, problems->pdata[i]);
  json_object_set_boolean_member (answer, "ok", problems->len == 0);
  linli_ctl_print_object (ctl, answer);
  *exit_code = problems->len == 0 ? LINLI_EXIT_OK : LINLI_EXIT_PROBLEMS;

  return TRUE;
}

static gpointer
reindex_job (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  if (!linli_conn_begin_write (conn, error))
    return NULL;
  if (!linli_case_index_rebuild (conn, error) || !linli_conn_commit (conn, error))
    linli_conn_rollback (conn);
  return NULL;
}

static gboolean
verb_reindex (LinliCtl *ctl,
              int       argc,
              char    **argv,
              int      *exit_code,
              GError  **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(GError) local = NULL;

  if (store == NULL)
    return FALSE;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, reindex_job, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

static void
print_backup (LinliCtl        *ctl,
              LinliBackupInfo *info,
              const char      *member,
              const char      *path)
{
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autofree char *made_at = linli_time_to_text (info->made_at);

  json_object_set_string_member (answer, member, path);
  json_object_set_string_member (answer, "centre", info->centre != NULL ? info->centre : "");
  json_object_set_string_member (answer, "made_at", made_at);
  json_object_set_int_member (answer, "attachments", info->n_attachments);
  json_object_set_int_member (answer, "absent", info->n_absent);
  linli_ctl_print_object (ctl, answer);
}

static gpointer
backup_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Job *job = data;

  if (linli_sight_lift (conn, error))
    job->info = linli_backup_write (conn, job->ctl->folder, job->path, linli_clock_now (job->ctl->clock), NULL, error);
  return NULL;
}

static gboolean
verb_backup (LinliCtl *ctl,
             int       argc,
             char    **argv,
             int      *exit_code,
             GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(LinliBackupInfo) info = NULL;
  Job job = { 0 };

  if (argc < 1)
    return linli_ctl_usage (error, "Say which file to write: linlictl backup FILE");
  store = linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error);
  if (store == NULL)
    return FALSE;

  job = (Job) { .ctl = ctl, .store = store, .path = argv[0] };
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, backup_job, &job, error);
  info = job.info;
  if (info == NULL)
    return FALSE;
  print_backup (ctl, info, "backup", argv[0]);

  return TRUE;
}

static gboolean
verb_restore (LinliCtl *ctl,
              int       argc,
              char    **argv,
              int      *exit_code,
              GError  **error)
{
  g_autoptr(LinliBackupInfo) info = NULL;

  if (argc < 1 || ctl->folder == NULL)
    return linli_ctl_usage (error, "Say which file and where to: linlictl --store DIR restore FILE");
  if (g_file_test (ctl->folder, G_FILE_TEST_IS_DIR))
    {
      /* Held only to be sure that nobody works in the store that moves aside. */
      g_autoptr(LinliStore) store = NULL;
      g_autoptr(GError) local = NULL;

      store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, &local);
      if (g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  info = linli_backup_restore (argv[0], ctl->folder, linli_clock_now (ctl->clock), NULL, error);
  if (info == NULL)
    return FALSE;
  print_backup (ctl, info, "store", ctl->folder);

  return TRUE;
}

const LinliVerb linli_verbs_store[] = {
  { "init", "CENTRE PERSON [COMMUNITY]", "make an empty centre with the starter lists", verb_init },
  { "verify", "", "check integrity, invariants, references, search index, audit chain and files", verb_verify },
  { "reindex", "", "make the search index anew from the cases", verb_reindex },
  { "backup", "FILE", "write everything into one file", verb_backup },
  { "restore", "FILE", "bring a backup back into --store", verb_restore },
  { NULL }
};
