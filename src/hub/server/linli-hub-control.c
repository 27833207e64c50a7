/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-control.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "linli-hub-admin.h"
#include "linli-hub-care.h"
#include "linli-hub-code.h"
#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-hub-task.h"
#include "linli-json.h"

#define MAX_ORDER 65536

/* Everything here waits for its few rows: the operator is one person. */
typedef struct
{
  const char *typed;
  const char *reason; /* (nullable) */
  const char *code;
  char       *unit;
  char       *id;
  char       *workspace;
  gint64      time;
  JsonArray  *rows;
} Work;

static void
work_clear (Work *work)
{
  g_free (work->id);
  g_free (work->unit);
  g_free (work->workspace);
  g_clear_pointer (&work->rows, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
run (LinliHubService *service,
     LinliDbLane      lane,
     LinliDbFunc      func,
     Work            *work,
     GError         **error)
{
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (linli_hub_service_get_registry (service), lane, func, work, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gpointer
code_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  linli_hub_registry_add_code (conn, work->code, work->id, work->unit, work->time, NULL, error);
  return NULL;
}

static gpointer
list_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  work->rows = linli_hub_registry_list (conn, work->typed, error);
  return NULL;
}

static gpointer
revoke_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  linli_hub_registry_revoke (conn, work->typed, work->reason, work->time, &work->workspace, error);
  return NULL;
}

static gboolean
refuse (GError    **error,
        const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

static gboolean
find_workspace (LinliHubService *service,
                Work            *work,
                GError         **error)
{
  work->id = linli_hub_task_find_workspace (service, work->typed, error);
  return work->id != NULL;
}

typedef struct
{
  const char *typed;
  char       *id; /* (nullable) */
} WantedUnit;

static gboolean
unit_errand (LinliConn  *conn,
             LinliClock *clock,
             gpointer    data,
             GError    **error)
{
  WantedUnit *unit = data;

  return linli_hub_find_unit (conn, unit->typed, &unit->id, error);
}

/* @typed: code of a handling unit, or its id */
static gboolean
find_unit (LinliHubService *service,
           Work            *work,
           const char      *typed,
           GError         **error)
{
  WantedUnit unit = { typed, NULL };

  if (!linli_hub_task_run (service, work->id, LINLI_DB_READ, unit_errand, &unit, error))
    return FALSE;
  work->unit = unit.id;
  return unit.id != NULL ||
         refuse (error, "There is no such unit, or it is closed (“linli-hub unit list” lists them), or nobody sits at it yet: "
                 "“linli-hub account add WORKSPACE NAME handler unit=CODE” comes first.");
}

/**
 * linli_hub_control_new_code:
 * @workspace: its name or id
 * @unit: (nullable): code of the handling unit whose desk it is for
 *
 * Returns: (transfer full): a code that lets one device in, for a few minutes: who tells somebody calls
 *   linli_hub_code_keep() then
 */
char *
linli_hub_control_new_code (LinliHubService *service,
                            const char      *workspace,
                            const char      *unit,
                            GError         **error)
{
  g_autofree char *code = linli_hub_code_new ();
  g_auto(Work) work = { .typed = workspace };

  if (!find_workspace (service, &work, error) || (unit != NULL && !find_unit (service, &work, unit, error)))
    return NULL;
  work.code = code;
  work.time = linli_hub_service_now (service);
  return run (service, LINLI_DB_WRITE, code_job, &work, error) ? g_steal_pointer (&code) : NULL;
}

/* --- Orders --- */

static gboolean
add_workspace (LinliHubService *service,
               JsonObject      *order,
               JsonObject      *told,
               GError         **error)
{
  const char *name = linli_json_get_text (order, "name");
  g_autofree char *id = NULL;

  if (name == NULL || *name == '\0')
    return refuse (error, "What is the workspace called?");
  id = linli_hub_service_make_workspace (service, name, error);
  if (id != NULL)
    json_object_set_string_member (told, "workspace", id);
  return id != NULL;
}

static gboolean
list (LinliHubService *service,
      const char      *table,
      JsonObject      *told,
      GError         **error)
{
  g_auto(Work) work = { .typed = table };

  if (!run (service, LINLI_DB_READ, list_job, &work, error))
    return FALSE;
  json_object_set_array_member (told, "rows", json_array_ref (work.rows));
  return TRUE;
}

static gboolean
list_workspaces (LinliHubService *service,
                 JsonObject      *order,
                 JsonObject      *told,
                 GError         **error)
{
  return list (service, "workspace", told, error);
}

static gboolean
list_devices (LinliHubService *service,
              JsonObject      *order,
              JsonObject      *told,
              GError         **error)
{
  return list (service, "device", told, error);
}

static gboolean
make_code (LinliHubService *service,
           JsonObject      *order,
           JsonObject      *told,
           GError         **error)
{
  gint64 hours = LINLI_HUB_CODE_HOURS;
  g_autofree char *code = NULL;

  linli_json_get_int (order, "hours", &hours);
  if (hours < 1 || hours > 24 * 30)
    return refuse (error, "A code is good for one hour at least and for thirty days at most.");
  code = linli_hub_control_new_code (service, linli_json_get_text (order, "workspace"), linli_json_get_text (order, "unit"),
                                     error);
  if (code == NULL)
    return FALSE;
  json_object_set_string_member (told, "code", code);
  json_object_set_int_member (told, "hours", hours);
  return TRUE;
}

/* --- Orders to a workspace's own database --- */

static gboolean
revoke_errand (LinliConn  *conn,
               LinliClock *clock,
               gpointer    device,
               GError    **error)
{
  return linli_hub_revoke_device (conn, device, linli_clock_now (clock), error);
}

static gboolean
epoch_errand (LinliConn  *conn,
              LinliClock *clock,
              gpointer    epoch,
              GError    **error)
{
  return linli_hub_set_epoch (conn, epoch, error);
}

static gboolean
revoke_device (LinliHubService *service,
               JsonObject      *order,
               JsonObject      *told,
               GError         **error)
{
  g_auto(Work) work = { .typed = linli_json_get_text (order, "device"), .reason = linli_json_get_text (order, "reason"),
                        .time = linli_hub_service_now (service) };

  if (work.typed == NULL)
    return refuse (error, "Which device? “linli-hub devices” lists them.");
  if (work.reason != NULL && g_utf8_strlen (work.reason, -1) > LINLI_HUB_MOST_REASON)
    return refuse (error, "A reason has up to 200 characters.");
  if (!run (service, LINLI_DB_WRITE, revoke_job, &work, error))
    return FALSE;
  if (work.workspace == NULL)
    return refuse (error, "There is no such device; “linli-hub devices” lists them.");
  return linli_hub_task_run (service, work.workspace, LINLI_DB_WRITE, revoke_errand, (gpointer) work.typed, error);
}

/* After its database came back from a backup. */
static gboolean
begin_epoch (LinliHubService *service,
             JsonObject      *order,
             JsonObject      *told,
             GError         **error)
{
  g_auto(Work) work = { .typed = linli_json_get_text (order, "workspace") };
  g_autofree char *epoch = linli_hub_secret_new ();

  epoch[16] = '\0';
  return find_workspace (service, &work, error) &&
         linli_hub_task_run (service, work.id, LINLI_DB_WRITE, epoch_errand, epoch, error);
}

static gboolean
verify_workspace (LinliHubService *service,
                  JsonObject      *order,
                  JsonObject      *told,
                  GError         **error)
{
  g_auto(Work) work = { .typed = linli_json_get_text (order, "workspace") };

  return find_workspace (service, &work, error) &&
         linli_hub_care_order (service, work.id, LINLI_HUB_BLOB_CHECK, LINLI_HUB_GRACE_DAYS * G_TIME_SPAN_DAY, told, error) &&
         linli_hub_care_scopes (service, work.id, told, error);
}

static gboolean
sweep_files (LinliHubService *service,
             JsonObject      *order,
             JsonObject      *told,
             GError         **error)
{
  g_auto(Work) work = { .typed = linli_json_get_text (order, "workspace") };
  gint64 days = LINLI_HUB_GRACE_DAYS;

  linli_json_get_int (order, "days", &days);
  if (days < 0 || days > 3650)
    return refuse (error, "Days of grace are a number from 0 to 3650.");
  return find_workspace (service, &work, error) &&
         linli_hub_care_order (service, work.id, LINLI_HUB_BLOB_SWEEP, days * G_TIME_SPAN_DAY, told, error);
}

static const struct
{
  const char *name;
  gboolean  (*run) (LinliHubService *service, JsonObject *order, JsonObject *told, GError **error);
} orders[] = {
  { "workspace", add_workspace },
  { "workspaces", list_workspaces },
  { "devices", list_devices },
  { "code", make_code },
  { "revoke", revoke_device },
  { "epoch", begin_epoch },
  { "verify", verify_workspace },
  { "sweep", sweep_files },
};

static gboolean
carry_out (LinliHubService *service,
           JsonObject      *order,
           JsonObject      *told,
           GError         **error)
{
  const char *name = order != NULL ? linli_json_get_text (order, "do") : NULL;
  gboolean known = FALSE;
  gboolean done = FALSE;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, name))
      return orders[i].run (service, order, told, error);
  if (name != NULL)
    done = linli_hub_admin_run (service, order, told, &known, error);
  if (known)
    return done;
  return refuse (error, "This hub does not know that order.");
}

/* Of an order for one. */
static void
keep_code (LinliHubService  *service,
           LinliHttpRequest *request,
           JsonObject       *told)
{
  const char *code = linli_json_get_text (told, "code");
  gint64 hours = 0;

  if (code != NULL && linli_json_get_int (told, "hours", &hours))
    linli_hub_code_keep_when_sent (service, request, code, hours);
}

static void
control_cb (LinliHttpRequest *request,
            gpointer          service)
{
  g_autoptr(JsonObject) order = linli_hub_read_json (request);
  g_autoptr(JsonObject) told = json_object_new ();
  g_autoptr(GError) error = NULL;

  if (carry_out (service, order, told, &error))
    keep_code (service, request, told);
  else
    json_object_set_string_member (told, "error", error != NULL ? error->message : "It could not be done.");
  linli_hub_answer_json (request, 200, told);
}

static gsize
control_limit_cb (const char *method,
                  const char *path,
                  gpointer    service)
{
  return MAX_ORDER;
}

/**
 * linli_hub_control_listen:
 * @error: %G_IO_ERROR
 *
 * Returns: (transfer full): a listener in the hub's folder, for its owner only
 */
LinliHttpServer *
linli_hub_control_listen (LinliHubService *service,
                          GError         **error)
{
  g_autofree char *path = g_build_filename (linli_hub_service_get_folder (service), LINLI_HUB_CONTROL_SOCKET, NULL);
  g_autoptr(GSocketAddress) at = g_unix_socket_address_new (path);
  g_autoptr(GSocket) listener = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, error);
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;

  if (listener == NULL)
    return NULL;
  g_unlink (path); /* of a process that ended badly: the folder's lock is ours */
  if (!g_socket_bind (listener, at, FALSE, error))
    return NULL;
  if (g_chmod (path, 0600) == 0)
    {
      if (!g_socket_listen (listener, error))
        return NULL;
      options.fd = fcntl (g_socket_get_fd (listener), F_DUPFD_CLOEXEC, 3);
    }
  if (options.fd < 0) /* which the server would take for: listen on a port */
    {
      int why = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (why), "%s: %s", path, g_strerror (why));
      return NULL;
    }

  return linli_http_server_new (&options, control_limit_cb, control_cb, service, error);
}

/* --- The other end --- */

static char *
read_all (GInputStream *in,
          GError      **error)
{
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  if (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)) == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The hub went away before it answered");
      return NULL;
    }
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

static char *
exchange (const char *folder,
          const char *body,
          GError    **error)
{
  g_autofree char *path = g_build_filename (folder, LINLI_HUB_CONTROL_SOCKET, NULL);
  g_autoptr(GSocketAddress) at = g_unix_socket_address_new (path);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (at), NULL, error);
  g_autofree char *request = g_strdup_printf ("POST / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);

  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                  NULL, NULL, error))
    return NULL;
  return read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), error);
}

/**
 * linli_hub_control_ask:
 * @folder: of a hub that serves
 * @error: %G_IO_ERROR; %G_IO_ERROR_NOT_FOUND or %G_IO_ERROR_CONNECTION_REFUSED when none does
 *
 * Returns: (transfer full): what it told
 */
JsonObject *
linli_hub_control_ask (const char *folder,
                       JsonObject *order,
                       GError    **error)
{
  g_autofree char *body = linli_json_object_to_text (order);
  g_autofree char *answer = exchange (folder, body, error);
  const char *start = answer != NULL ? strstr (answer, "\r\n\r\n") : NULL;
  g_autoptr(JsonObject) told = NULL;

  if (answer == NULL)
    return NULL;
  told = start != NULL ? linli_json_parse_object (start + 4, -1, error) : NULL;
  if (told == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The hub did not answer");
      return NULL;
    }
  if (linli_json_get_text (told, "error") != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, linli_json_get_text (told, "error"));
      return NULL;
    }
  return g_steal_pointer (&told);
}
