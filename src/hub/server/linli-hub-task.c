/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-task.h"

#include "linli-hub-own.h"

typedef struct
{
  LinliHubTask func;
  gpointer     data;
  LinliClock  *clock;
  gboolean     done;
  gboolean     finished;
  GError      *error;
} Errand;

static LinliHubReply *
errand_work (LinliConn *conn,
             gpointer   data)
{
  Errand *self = data;

  self->done = self->func (conn, self->clock, self->data, &self->error);
  return NULL;
}

static void
errand_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  Errand *self = data;

  if (error != NULL && self->error == NULL)
    self->error = g_error_copy (error);
  self->finished = TRUE;
}

/**
 * linli_hub_task_find_workspace:
 * @typed: (nullable): its name or id
 * @error: %G_IO_ERROR_INVALID_ARGUMENT when there is none
 *
 * Returns: (transfer full): its id
 */
char *
linli_hub_task_find_workspace (LinliHubService *service,
                               const char       *typed,
                               GError          **error)
{
  char *id = NULL;

  if (typed == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Which workspace? Give its name or id.");
  else if (linli_hub_service_find_workspace (service, typed, &id, error) && id == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "There is no workspace “%s”; “linli-hub centre list” lists them.", typed);
  return id;
}

/* Waits in the main loop until it is over.
 *
 * Returns: what its function said, with the field in question before it */
static gboolean
wait_for (Errand  *errand,
          GError **error)
{
  const char *field;

  while (!errand->finished)
    g_main_context_iteration (NULL, TRUE);
  if (errand->error == NULL)
    return errand->done;
  field = errand->error->domain == LINLI_DOMAIN_ERROR ? linli_domain_error_get_field (errand->error) : NULL;
  if (field != NULL)
    g_prefix_error (&errand->error, "%s: ", field);
  g_propagate_error (error, g_steal_pointer (&errand->error));
  return FALSE;
}

/**
 * linli_hub_task_run:
 * @workspace: id
 * @func: what is done there; whoever waits for news is told after it could write
 * @error: what @func said, with the field in question before it
 *
 * Waits in the main loop. Main thread.
 */
gboolean
linli_hub_task_run (LinliHubService *service,
                    const char       *workspace,
                    LinliDbLane       lane,
                    LinliHubTask      func,
                    gpointer          data,
                    GError          **error)
{
  LinliHubWorkspace *open = linli_hub_service_get_workspace (service, workspace);
  Errand errand = { .func = func, .data = data, .clock = linli_hub_service_get_clock (service) };
  gboolean done;

  linli_hub_workspace_run (open, lane, errand_work, errand_cb, &errand, NULL, NULL);
  done = wait_for (&errand, error);
  if (lane == LINLI_DB_WRITE)
    linli_hub_service_changed (service, open); /* also what failed may have failed after it wrote */
  return done;
}

/* linli_hub_task_run() for reading at length: no desk waits behind it. */
gboolean
linli_hub_task_survey (LinliHubService *service,
                       const char       *workspace,
                       LinliHubTask      func,
                       gpointer          data,
                       GError          **error)
{
  Errand errand = { .func = func, .data = data, .clock = linli_hub_service_get_clock (service) };

  linli_hub_workspace_survey (linli_hub_service_get_workspace (service, workspace), errand_work, errand_cb, &errand);
  return wait_for (&errand, error);
}

/**
 * linli_hub_task_submit:
 * @conn: of the writing lane
 * @command: run in the hub's own name, in a transaction of its own
 * @args: (transfer none)
 * @error: %LINLI_DOMAIN_ERROR or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_hub_task_submit (LinliConn  *conn,
                       LinliClock *clock,
                       const char *command,
                       JsonObject *args,
                       GError    **error)
{
  g_auto(LinliHubOwn) own = { 0 };
  g_autoptr(LinliOutcome) outcome = NULL;

  if (!linli_hub_own_begin (&own, conn, clock, error))
    return NULL;
  outcome = linli_hub_own_submit (&own, command, args, error);
  return outcome != NULL && linli_hub_own_commit (&own, error) ? g_steal_pointer (&outcome) : NULL;
}
