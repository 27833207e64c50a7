/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The doors of a workspace: each is one job on one of its lanes, whose reply
 * goes out as it is. */

#include "config.h"

#include "linli-hub-door.h"

#include <string.h>

#include "linli-hub-metrics.h"
#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-json.h"
#include "linli-uuid.h"

#define MAX_PATIENCE 25 /* seconds a request is held, below what proxies allow */

LinliHubVisit *
linli_hub_visit_new (LinliHubService  *service,
                     LinliHttpRequest *request,
                     const char       *workspace,
                     const char       *device)
{
  LinliHubVisit *visit = g_new0 (LinliHubVisit, 1);

  visit->service = service;
  visit->request = g_object_ref (request);
  visit->workspace = linli_hub_service_get_workspace (service, workspace);
  visit->workspace_id = g_strdup (workspace);
  visit->device = g_strdup (device);
  visit->config = *linli_hub_service_get_config (service);
  visit->now = linli_hub_service_now (service);
  visit->asked_at = g_get_monotonic_time ();

  return visit;
}

/* Of a door that has answered. */
void
linli_hub_visit_free (LinliHubVisit *visit)
{
  g_object_unref (visit->request);
  g_free (visit->workspace_id);
  g_free (visit->device);
  g_free (visit->word);
  g_free (visit->seen);
  g_free (visit);
}

/* A request that nobody waits for any more gets nothing. */
static gboolean
answer (LinliHubVisit *visit,
        LinliHubReply *reply,
        const GError  *error)
{
  if (reply != NULL)
    linli_hub_answer (visit->request, reply);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_warning ("A workspace does not open: %s", error->message);
      linli_hub_answer_problem (visit->request, linli_hub_problem_of (error));
    }
  return reply != NULL;
}

static void
answered_cb (LinliHubWorkspace *workspace,
             LinliHubReply     *reply,
             const GError      *error,
             gpointer           data)
{
  answer (data, reply, error);
}

static void
run (LinliHubVisit   *visit,
     LinliDbLane      lane,
     LinliHubWork     work,
     LinliHubWorkDone done)
{
  linli_hub_workspace_run (visit->workspace, lane, work, done, visit, (GDestroyNotify) linli_hub_visit_free,
                           lane == LINLI_DB_READ ? linli_http_request_get_cancellable (visit->request) : NULL);
}

/* --- Patience: a door that waits until there is something new --- */

static void look (LinliHubVisit *visit);

/* By a commit, by the end of its time, or because the hub stops. */
static gboolean
woken_cb (gpointer data)
{
  LinliHubVisit *visit = data;

  if (visit->turn == linli_hub_workspace_get_turn (visit->workspace))
    visit->until = 0; /* by no commit: it is answered whatever there is */
  if (linli_http_request_is_answered (visit->request))
    linli_hub_visit_free (visit); /* its desk has left */
  else
    look (visit);
  return G_SOURCE_REMOVE;
}

/* Returns: begun ones count */
static guint
get_seconds_left (LinliHubVisit *visit)
{
  gint64 left = visit->until - g_get_monotonic_time ();

  return left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

/* What was committed may be nothing to who waits; then it waits on. */
static void
looked_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  LinliHubVisit *visit = data;
  guint patience = get_seconds_left (visit);

  if (reply == NULL || patience == 0 || visit->is_news (visit, reply) ||
      linli_http_request_is_answered (visit->request))
    {
      linli_hub_metrics_note_pull (visit->service, reply != NULL ? reply->body->len : 0);
      answer (visit, reply, error);
      linli_hub_visit_free (visit);
      return;
    }
  if (visit->seen == NULL)
    visit->seen = g_strdup (reply->body->str);
  if (!linli_hub_workspace_wait (workspace, visit->turn, patience,
                                 linli_http_request_get_cancellable (visit->request), woken_cb, visit))
    look (visit);
}

static void
look (LinliHubVisit *visit)
{
  visit->now = linli_hub_service_now (visit->service);
  visit->turn = linli_hub_workspace_get_turn (visit->workspace);
  linli_hub_workspace_look (visit->workspace, visit->work, looked_cb, visit,
                            linli_http_request_get_cancellable (visit->request));
}

static void
read_patience (LinliHubVisit *visit)
{
  const char *wait = linli_http_request_get_query (visit->request, "wait");
  guint64 number = 0;

  if (wait != NULL && g_ascii_string_to_unsigned (wait, 10, 0, G_MAXUINT, &number, NULL))
    visit->until = g_get_monotonic_time () + (gint64) MIN (number, MAX_PATIENCE) * G_USEC_PER_SEC;
}

/* --- Tip and digest --- */

static LinliHubReply *
tip_work (LinliConn *conn,
          gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_tip (conn, visit->device, visit->after);
}

/* Behind what the desk has seen; or another history, or no tip at all, which it
 * must be told too. */
static gboolean
is_behind_tip (LinliHubVisit *visit,
               LinliHubReply *reply)
{
  g_autoptr(GBytes) body = g_bytes_new_static (reply->body->str, reply->body->len);
  g_autoptr(LinliWireTip) tip = reply->status == 200 ? linli_wire_tip_parse (body, NULL) : NULL;

  return tip == NULL || tip->tip != visit->after || (visit->seen != NULL && !g_str_equal (reply->body->str, visit->seen));
}

/* "wait" seconds at most, while the tip is still at "after". */
void
linli_hub_door_tip (LinliHubVisit *visit)
{
  const char *after = linli_http_request_get_query (visit->request, "after");

  visit->work = tip_work;
  visit->is_news = is_behind_tip;
  visit->after = -1;
  if (after != NULL && g_ascii_string_to_signed (after, 10, 0, G_MAXINT64, &visit->after, NULL))
    read_patience (visit);
  look (visit);
}

static LinliHubReply *
digest_work (LinliConn *conn,
             gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_digest (conn, visit->device);
}

void
linli_hub_door_digest (LinliHubVisit *visit)
{
  run (visit, LINLI_DB_READ, digest_work, answered_cb);
}

/* --- Operations --- */

static LinliHubReply *
ops_work (LinliConn *conn,
          gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_queue_decide (linli_hub_workspace_get_queue (visit->workspace), visit->ticket, conn);
}

static void
pushed_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  LinliHubVisit *visit = data;

  linli_hub_queue_leave (linli_hub_workspace_get_queue (workspace), g_steal_pointer (&visit->ticket));
  linli_hub_metrics_note_push (visit->service, g_get_monotonic_time () - visit->asked_at, reply != NULL && reply->status == 200);
  if (answer (visit, reply, error) && reply->status == 200)
    linli_hub_service_changed (visit->service, workspace);
}

/* A desk that leaves before it is answered will ask again with the same bytes;
 * what it sent is decided all the same. */
void
linli_hub_door_ops (LinliHubVisit *visit)
{
  visit->ticket = linli_hub_queue_join (linli_hub_workspace_get_queue (visit->workspace), visit->device,
                                        linli_http_request_get_body (visit->request), &visit->config, visit->now);
  run (visit, LINLI_DB_WRITE, ops_work, pushed_cb);
}

/* --- Changes --- */

static LinliHubReply *
changes_work (LinliConn *conn,
              gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_pull (conn, visit->device, visit->word, &visit->config, visit->now);
}

/* An empty page is its first line and its last. Once woken, it is answered
 * whatever there is: its cursor moves. */
static gboolean
has_rows (LinliHubVisit *visit,
          LinliHubReply *reply)
{
  const char *first = reply->status == 200 ? strchr (reply->body->str, '\n') : NULL;
  const char *second = first != NULL ? strchr (first + 1, '\n') : NULL;

  return visit->seen != NULL || second == NULL || second[1] != '\0';
}

void
linli_hub_door_changes (LinliHubVisit *visit)
{
  const char *since = linli_http_request_get_query (visit->request, "since");
  const char *limit = linli_http_request_get_query (visit->request, "limit");
  guint64 number = 0;

  visit->work = changes_work;
  visit->is_news = has_rows;
  visit->word = g_strdup (since != NULL && strlen (since) < 200 ? since : LINLI_WIRE_START);
  if (limit != NULL && g_ascii_string_to_unsigned (limit, 10, 1, G_MAXINT, &number, NULL))
    visit->config.page_rows = MIN (visit->config.page_rows, (gint64) number);
  read_patience (visit);
  look (visit);
}

/* --- Two machines with one identity --- */

static LinliHubReply *
fork_work (LinliConn *conn,
           gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_fork (conn, visit->device, visit->word, visit->now);
}

typedef struct
{
  LinliHttpRequest *request;
  char             *device;
  char             *fresh;
  char             *body;       /* of the workspace's answer */
  gint64            now;
  char             *credential; /* (nullable) */
} Fork;

static void
fork_free (Fork *fork)
{
  g_object_unref (fork->request);
  g_free (fork->device);
  g_free (fork->fresh);
  g_free (fork->body);
  g_free (fork->credential);
  g_free (fork);
}

static gpointer
register_fork (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  Fork *fork = data;

  linli_hub_registry_fork (conn, fork->device, fork->fresh, fork->now, &fork->credential, error);
  return NULL;
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Fork *fork = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  object = error == NULL ? linli_json_parse_object (fork->body, -1, NULL) : NULL;
  if (object != NULL)
    {
      json_object_set_string_member (object, "credential", fork->credential);
      linli_hub_answer_json (fork->request, 200, object);
    }
  else
    linli_hub_answer_problem (fork->request, "unavailable");
  fork_free (fork);
}

static void
forked_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  LinliHubVisit *visit = data;
  Fork *fork;

  if (reply == NULL || reply->status != 200)
    {
      answer (visit, reply, error);
      return;
    }
  fork = g_new0 (Fork, 1);
  fork->request = g_object_ref (visit->request);
  fork->device = g_strdup (visit->device);
  fork->fresh = g_strdup (visit->word);
  fork->body = g_strndup (reply->body->str, reply->body->len);
  fork->now = visit->now;
  linli_db_run_async (linli_hub_service_get_registry (visit->service), LINLI_DB_WRITE, register_fork, fork, NULL, NULL,
                      NULL, registered_cb, fork);
}

void
linli_hub_door_fork (LinliHubVisit *visit)
{
  g_autoptr(JsonObject) asked = linli_hub_read_json (visit->request);
  const char *fresh = asked != NULL ? linli_json_get_text (asked, "fresh") : NULL;

  if (fresh == NULL || !linli_uuid_is_valid (fresh))
    {
      linli_hub_answer_problem (visit->request, "bad-batch");
      linli_hub_visit_free (visit);
      return;
    }
  visit->word = g_strdup (fresh);
  run (visit, LINLI_DB_WRITE, fork_work, forked_cb);
}

/* --- Who looks at the same case --- */

static JsonObject *
presence_to_json (GPtrArray *here)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < here->len; i++)
    {
      LinliHubPresent *one = here->pdata[i];
      JsonObject *person = json_object_new ();

      json_object_set_string_member (person, "person", one->person);
      json_object_set_boolean_member (person, "writing", one->writing);
      json_array_add_object_element (array, person);
    }
  json_object_set_array_member (object, "here", array);

  return object;
}

/* It is in memory; the lane is only asked whether the device may still come. */
static void
present_cb (LinliHubWorkspace *workspace,
            LinliHubReply     *reply,
            const GError      *error,
            gpointer           data)
{
  LinliHubVisit *visit = data;
  LinliHubPresence *presence = linli_hub_service_get_presence (visit->service);
  g_autoptr(JsonObject) told = linli_hub_read_json (visit->request);
  const char *subject = told != NULL ? linli_json_get_text (told, "case") : NULL;
  gboolean has = reply != NULL && reply->body->len > 0;
  const char *person = told != NULL ? linli_json_get_text (told, "person") : NULL;
  g_autoptr(GPtrArray) here = NULL;
  g_autoptr(JsonObject) json = NULL;

  if (reply == NULL || reply->status != 200)
    {
      answer (visit, reply, error);
      return;
    }
  if (told == NULL || (subject != NULL && (!linli_uuid_is_valid (subject) || person == NULL)))
    {
      linli_hub_answer_problem (visit->request, "bad-batch");
      return;
    }
  if (!has)
    subject = NULL; /* of a case that a unit has not got it learns nothing, and tells nothing */
  linli_hub_presence_tell (presence, visit->workspace_id, visit->device, subject, person,
                           linli_json_get_bool (told, "writing"), visit->now);
  here = subject != NULL ? linli_hub_presence_list (presence, visit->workspace_id, visit->device, subject, visit->now)
                         : g_ptr_array_new ();
  json = presence_to_json (here);
  linli_hub_answer_json (visit->request, 200, json);
}

static LinliHubReply *
presence_work (LinliConn *conn,
               gpointer   data)
{
  LinliHubVisit *visit = data;

  return linli_hub_look_at (conn, visit->device, visit->word);
}

void
linli_hub_door_presence (LinliHubVisit *visit)
{
  g_autoptr(JsonObject) told = linli_hub_read_json (visit->request);

  visit->word = g_strdup (told != NULL ? linli_json_get_text (told, "case") : NULL);
  run (visit, LINLI_DB_READ, presence_work, present_cb);
}
