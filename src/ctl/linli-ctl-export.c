/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ctl-export.h"

#include "linli-case-search.h"
#include "linli-export.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-unit-scope.h"

/* Whole tables look past what was dispatched to a unit. */
static const LinliQuery of_the_centre = { .name = "export" };

typedef struct
{
  LinliCtl         *ctl;
  LinliStore       *store;
  const LinliTable *table;
  const char       *query; /* (nullable) */
  GFile            *file;
  guint64           n_rows;
} Job;

static gboolean
may_export (LinliConn   *conn,
            const char  *actor,
            GError     **error)
{
  LinliRight rights = 0;

  return linli_rights_of_person (conn, actor, &rights, error) &&
         linli_rights_demand (rights, LINLI_RIGHT_EXPORT, error) &&
         linli_unit_scope_check_query (conn, &of_the_centre, actor, error);
}

static gpointer
export_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Job *job = data;
  g_autofree char *actor = linli_store_dup_actor (job->store);
  g_autoptr(GArray) pks = NULL;

  if (!may_export (conn, actor, error))
    return NULL;
  if (job->query != NULL)
    {
      pks = linli_case_search_ids (conn, job->query, LINLI_CASE_SORT_RECEIVED, linli_clock_now (job->ctl->clock),
                                   actor, 0, error);
      if (pks == NULL)
        return NULL;
    }
  linli_export_table (conn, job->table, pks, job->file, NULL, &job->n_rows, error);
  return NULL;
}

/* The verb export TABLE FILE [QUERY]. */
gboolean
linli_ctl_export (LinliCtl *ctl,
                  int       argc,
                  char    **argv,
                  int      *exit_code,
                  GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(GError) local = NULL;
  Job job = { 0 };

  if (argc < 2)
    return linli_ctl_usage (error, "Say what and where to: linlictl export TABLE FILE [QUERY]");
  job.table = linli_registry_find_table (argv[0]);
  job.query = argc > 2 ? argv[2] : NULL;
  if (job.table == NULL)
    return linli_ctl_usage (error, "There is no such table; cases, submission, entry, dispatch, clock, audit are some");
  if (job.query != NULL && !g_str_equal (argv[0], "cases"))
    return linli_ctl_usage (error, "Only cases can be chosen by a query");
  store = linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error);
  if (store == NULL)
    return FALSE;

  file = g_file_new_for_commandline_arg (argv[1]);
  job.ctl = ctl;
  job.store = store;
  job.file = file;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, export_job, &job, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  json_object_set_string_member (answer, "file", argv[1]);
  json_object_set_int_member (answer, "rows", (gint64) job.n_rows);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}
