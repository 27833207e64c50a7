/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-code.h"

#include "linli-hub-registry.h"

typedef struct
{
  LinliHubService *service; /* (unowned): outlives its requests */
  char            *code;
  gint64           hours;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_free (told->code);
  g_free (told);
}

static void
told_closed (gpointer  told,
             GClosure *closure)
{
  told_free (told);
}

static gpointer
keep_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Told *told = data;

  linli_hub_registry_keep_code (conn, told->code, linli_hub_service_now (told->service) + told->hours * G_TIME_SPAN_HOUR,
                                error);
  return NULL;
}

/**
 * linli_hub_code_keep:
 * @code: as it was made; somebody was told of it
 * @hours: how long it is good from now on
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_code_keep (LinliHubService  *service,
                     const char       *code,
                     gint64            hours,
                     GError          **error)
{
  Told told = { service, (char *) code, hours };
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (linli_hub_service_get_registry (service), LINLI_DB_WRITE, keep_job, &told, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      unused)
{
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error != NULL)
    g_warning ("A code that was told is good for a few minutes only: %s", error->message);
}

static void
sent_cb (LinliHttpRequest *request,
         Told             *told)
{
  Told *copy = g_memdup2 (told, sizeof *told);

  copy->code = g_strdup (told->code);
  linli_db_run_async (linli_hub_service_get_registry (told->service), LINLI_DB_WRITE, keep_job, copy, told_free, NULL, NULL,
                      kept_cb, NULL);
}

/* As linli_hub_code_keep(), once the answer to @request, in which it is, has gone out. */
void
linli_hub_code_keep_when_sent (LinliHubService  *service,
                               LinliHttpRequest *request,
                               const char       *code,
                               gint64            hours)
{
  Told *told = g_new0 (Told, 1);

  told->service = service;
  told->code = g_strdup (code);
  told->hours = hours;
  g_signal_connect_data (request, "sent", G_CALLBACK (sent_cb), told, told_closed, 0);
}
