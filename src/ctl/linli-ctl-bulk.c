/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One command for every case that a search line finds. */

#include "config.h"

#include "linli-ctl-bulk.h"

#include "linli-bulk-job.h"
#include "linli-case-search.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"
#include "linli-macro.h"

#define TURN_US (200 * 1000)

typedef struct
{
  LinliCtl     *ctl;
  LinliStore   *store;
  const char   *command;
  JsonObject   *args;
  LinliBulkJob *job; /* (owned) */
} Bulk;

static gpointer
find_cases (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Bulk *bulk = data;
  g_autofree char *actor = linli_store_dup_actor (bulk->store);
  g_autoptr(GArray) pks = linli_case_search_ids (conn, bulk->ctl->query, LINLI_CASE_SORT_RECEIVED,
                                                 linli_clock_now (bulk->ctl->clock), actor, 0, error);
  LinliBulkMode mode = bulk->ctl->dry_run ? LINLI_BULK_MODE_CHECK : LINLI_BULK_MODE_RUN;

  g_autoptr(LinliRow) macro = NULL;

  if (pks != NULL && !linli_macro_find_named (conn, bulk->command, actor, &macro, error))
    return NULL;
  if (macro != NULL)
    bulk->job = linli_bulk_job_new_macro (mode, bulk->command, linli_row_get_text (macro, LINLI_MACRO_STEPS), pks,
                                          bulk->ctl->query, error);
  else if (pks != NULL)
    bulk->job = linli_bulk_job_new (mode, bulk->command, bulk->args, pks, bulk->ctl->query, error);
  return NULL;
}

static gpointer
turn (LinliConn  *conn,
      LinliDesk  *desk,
      LinliStore *store,
      gpointer    data,
      GError    **error)
{
  linli_bulk_job_turn (((Bulk *) data)->job, conn, desk, store, TURN_US, error);
  return NULL;
}

static void
print_result (LinliCtl     *ctl,
              LinliBulkJob *job)
{
  g_autoptr(JsonObject) answer = json_object_new ();
  JsonArray *reasons = json_array_new ();

  if (job->bulk != NULL)
    json_object_set_string_member (answer, "bulk", job->bulk);
  json_object_set_int_member (answer, "cases", job->n_total);
  json_object_set_int_member (answer, job->mode == LINLI_BULK_MODE_CHECK ? "possible" : "done", job->n_done);
  json_object_set_int_member (answer, "refused", job->n_refused);
  for (guint i = 0; i < job->groups->len; i++)
    {
      LinliBulkGroup *group = job->groups->pdata[i];
      JsonObject *reason = json_object_new ();
      JsonArray *cases = json_array_new ();

      for (guint c = 0; c < group->cases->len; c++)
        {
          LinliBulkCase *refused = group->cases->pdata[c];

          json_array_add_string_element (cases, refused->case_no != NULL ? refused->case_no : refused->id);
        }
      json_object_set_string_member (reason, "reason", group->error->message);
      json_object_set_int_member (reason, "n", group->n);
      json_object_set_array_member (reason, "cases", cases);
      json_array_add_object_element (reasons, reason);
    }
  json_object_set_array_member (answer, "reasons", reasons);
  linli_ctl_print_object (ctl, answer);
}

static gboolean
work (LinliCtl *ctl,
      Bulk     *bulk,
      int      *exit_code,
      GError  **error)
{
  g_autoptr(GError) failure = NULL;

  while (!bulk->job->finished && failure == NULL)
    linli_store_write_sync (bulk->store, turn, bulk, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  print_result (ctl, bulk->job);
  *exit_code = bulk->job->n_refused > 0 ? LINLI_EXIT_PROBLEMS : LINLI_EXIT_OK;

  return TRUE;
}

/* The verb bulk COMMAND [JSON], bulk MACRO, or bulk undo ID. */
gboolean
linli_ctl_bulk (LinliCtl *ctl,
                int       argc,
                char    **argv,
                int      *exit_code,
                GError  **error)
{
  gboolean undo = argc == 2 && g_str_equal (argv[0], "undo");
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(JsonObject) args = NULL;
  g_autoptr(GError) failure = NULL;
  Bulk bulk = { 0 };
  gboolean done = FALSE;

  if (argc < 1 || (!undo && ctl->query == NULL))
    return linli_ctl_usage (error, "Say what and to which: linlictl bulk COMMAND|MACRO --query LINE [JSON], "
                                   "or linlictl bulk undo ID");
  args = undo ? json_object_new () : linli_ctl_read_args (argc, argv, error);
  store = args != NULL ? linli_ctl_open (ctl, LINLI_STORE_EXISTING, error) : NULL;
  if (store == NULL)
    return FALSE;

  bulk = (Bulk) { ctl, store, argv[0], args, NULL };
  if (undo)
    bulk.job = linli_bulk_job_new_undo (argv[1]);
  else
    linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, find_cases, &bulk, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    done = work (ctl, &bulk, exit_code, error);
  linli_bulk_job_free (bulk.job);

  return done;
}
