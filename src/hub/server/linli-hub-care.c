/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-care.h"

#include "linli-hub-files.h"
#include "linli-hub-scope-check.h"
#include "linli-hub-task.h"

typedef struct
{
  LinliHubService  *service; /* (unowned): outlives its errands */
  char             *workspace;
  LinliHubBlobKind  kind;
  gint64            grace;
  gint64            now;
  GPtrArray        *hashes;  /* (owned) (nullable) */
  LinliHubCareDone  done;    /* (nullable) */
  gpointer          data;
} Care;

static void
finish (Care           *care,
        LinliHubErrand *errand,
        const char     *trouble)
{
  if (care->done != NULL)
    care->done (errand, trouble, care->data);
  else if (trouble != NULL)
    g_warning ("The files of a workspace are not looked after: %s", trouble);
  g_free (care->workspace);
  g_clear_pointer (&care->hashes, g_ptr_array_unref);
  g_free (care);
}

static void
errand_cb (LinliHubErrand *errand,
           gpointer        data)
{
  finish (data, errand, errand->problem != NULL ? "the folder for files is not there, or cannot be written" : NULL);
}

static LinliHubReply *
refer_work (LinliConn *conn,
            gpointer   data)
{
  Care *care = data;
  g_autoptr(GError) error = NULL;

  care->hashes = linli_hub_files_referred (conn, NULL, care->now - care->grace, &error);
  return care->hashes != NULL ? linli_hub_reply_new ("text/plain") : linli_hub_reply_error (error);
}

static void
referred_cb (LinliHubWorkspace *workspace,
             LinliHubReply     *reply,
             const GError      *error,
             gpointer           data)
{
  Care *care = data;
  LinliHubErrand *errand;

  if (care->hashes == NULL)
    {
      finish (care, NULL, error != NULL ? error->message : "its database cannot be read");
      return;
    }
  errand = linli_hub_errand_new (care->kind, care->workspace, NULL);
  errand->hashes = g_steal_pointer (&care->hashes);
  errand->grace = care->grace;
  linli_hub_blobs_run (linli_hub_service_get_blobs (care->service), errand, errand_cb, care);
}

/**
 * linli_hub_care_run:
 * @kind: %LINLI_HUB_BLOB_CHECK or %LINLI_HUB_BLOB_SWEEP
 * @grace: microseconds from when nobody refers to a file until it goes
 * @done: (nullable): called in the main thread, once
 */
void
linli_hub_care_run (LinliHubService  *service,
                    const char       *workspace,
                    LinliHubBlobKind  kind,
                    gint64            grace,
                    LinliHubCareDone  done,
                    gpointer          data)
{
  Care *care = g_new0 (Care, 1);

  care->service = service;
  care->workspace = g_strdup (workspace);
  care->kind = kind;
  care->grace = grace;
  care->now = linli_hub_service_now (service);
  care->done = done;
  care->data = data;
  linli_hub_workspace_run (linli_hub_service_get_workspace (service, workspace), LINLI_DB_READ, refer_work, referred_cb,
                           care, NULL, NULL);
}

/* A GSourceFunc: once a day for each workspace that is in use. Where nobody
 * works nothing becomes needless. */
gboolean
linli_hub_care_cb (gpointer service)
{
  g_autoptr(GPtrArray) due = linli_hub_service_take_due (service, g_get_monotonic_time () - G_TIME_SPAN_DAY);

  for (guint i = 0; i < due->len; i++)
    linli_hub_care_run (service, due->pdata[i], LINLI_HUB_BLOB_SWEEP, LINLI_HUB_GRACE_DAYS * G_TIME_SPAN_DAY, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

/* --- For the operator, who waits while everybody else is served --- */

typedef struct
{
  JsonObject *told;
  char       *trouble;
  gboolean    finished;
} Wait;

static JsonArray *
to_array (GPtrArray *hashes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < hashes->len; i++)
    json_array_add_string_element (array, hashes->pdata[i]);
  return array;
}

static void
tell_cb (LinliHubErrand *errand,
         const char     *trouble,
         gpointer        data)
{
  Wait *wait = data;

  wait->finished = TRUE;
  wait->trouble = g_strdup (trouble);
  if (trouble != NULL)
    return;
  if (errand->kind == LINLI_HUB_BLOB_CHECK)
    {
      json_object_set_int_member (wait->told, "files", errand->n_files);
      json_object_set_int_member (wait->told, "bytes", errand->n_bytes);
      json_object_set_array_member (wait->told, "damaged", to_array (errand->damaged));
      json_object_set_array_member (wait->told, "missing", to_array (errand->hashes));
      return;
    }
  json_object_set_int_member (wait->told, "removed", errand->swept.n_removed);
  json_object_set_int_member (wait->told, "bytes", errand->swept.bytes);
  json_object_set_int_member (wait->told, "given_up", errand->swept.n_parts);
}

gboolean
linli_hub_care_order (LinliHubService  *service,
                      const char       *workspace,
                      LinliHubBlobKind  kind,
                      gint64            grace,
                      JsonObject       *told,
                      GError          **error)
{
  Wait wait = { .told = told };
  g_autofree char *trouble = NULL;

  linli_hub_care_run (service, workspace, kind, grace, tell_cb, &wait);
  while (!wait.finished)
    g_main_context_iteration (NULL, TRUE);
  trouble = wait.trouble;
  if (trouble != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, trouble);
  return trouble == NULL;
}

/* --- What units are sent --- */

typedef struct
{
  guint      n_units;
  GPtrArray *problems;
} Scopes;

static gboolean
check_scopes (LinliConn  *conn,
              LinliClock *clock,
              gpointer    data,
              GError    **error)
{
  Scopes *scopes = data;
  gboolean done;

  if (!linli_conn_begin_read (conn, error))
    return FALSE;
  done = linli_hub_scope_check (conn, &scopes->n_units, scopes->problems, error);
  linli_conn_rollback (conn);
  return done;
}

/* Tells of the units that have desks, if there are any. Looks at every case once
 * for each of them. */
gboolean
linli_hub_care_scopes (LinliHubService *service,
                       const char      *workspace,
                       JsonObject      *told,
                       GError         **error)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Scopes scopes = { 0, problems };

  if (!linli_hub_task_survey (service, workspace, check_scopes, &scopes, error))
    return FALSE;
  if (scopes.n_units > 0)
    {
      json_object_set_int_member (told, "units", scopes.n_units);
      json_object_set_array_member (told, "units_wrong", to_array (problems));
    }
  return TRUE;
}
