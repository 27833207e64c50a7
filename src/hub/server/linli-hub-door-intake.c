/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Other channels' systems hand matters in, and whoever brought one asks where
 * it stands. */

#include "config.h"

#include "linli-hub-side.h"

#include <string.h>

#include "linli-domain-error.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-json.h"
#include "linli-uuid.h"

static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };

const LinliArgSpec linli_hub_door_intake_args[] = {
  { "number", LINLI_ARG_TEXT, TRUE, 120, .doc = "the channel's own; handed in twice, a matter is taken in once" },
  { "text", LINLI_ARG_TEXT, TRUE, 20000, .doc = "the resident's own words" },
  { "subject", LINLI_ARG_TEXT, FALSE, 400 },
  { "received_at", LINLI_ARG_TIME, .doc = "when it came to the channel; now when absent" },
  { "nature", LINLI_ARG_TEXT, FALSE, 20 },
  { "urgency", LINLI_ARG_TEXT, .choices = urgencies },
  { "community", LINLI_ARG_TEXT, FALSE, 60 },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "latitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "longitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "item", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of a leaf of the duty list" },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code: value}" },
  { "reply_wanted", LINLI_ARG_BOOL },
  { "name", LINLI_ARG_TEXT, FALSE, 60, .doc = "of the resident" },
  { "phone", LINLI_ARG_TEXT, FALSE, 60 },
  { "address", LINLI_ARG_TEXT, FALSE, 200 },
  { "anonymous", LINLI_ARG_BOOL },
  { "confidential", LINLI_ARG_BOOL, .doc = "who it is stays hidden from the handling unit" },
  { "attachments", LINLI_ARG_OBJECTS, .doc = "not taken: the channel keeps them and names them in the text" },
  { NULL }
};

typedef struct
{
  LinliHubService  *service;   /* (unowned) */
  LinliHttpRequest *request;   /* (owned) */
  LinliClock       *clock;     /* (unowned) */
  char             *workspace;
  char             *channel;
  JsonObject       *asked;     /* (owned) (nullable) */
  char             *sha256;
  char             *receipt;   /* (nullable): whose status is asked */
  LinliHubTaken     taken;
  JsonObject       *status;    /* (owned) (nullable) */
  GError           *error;
} Handing;

static void
handing_free (Handing *self)
{
  g_object_unref (self->request);
  g_free (self->workspace);
  g_free (self->channel);
  g_clear_pointer (&self->asked, json_object_unref);
  g_free (self->sha256);
  g_free (self->receipt);
  linli_hub_taken_clear (&self->taken);
  g_clear_pointer (&self->status, json_object_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static Handing *
handing_new (LinliHubService  *service,
             LinliHttpRequest *request,
             const char       *workspace)
{
  Handing *self = g_new0 (Handing, 1);

  self->service = service;
  self->request = g_object_ref (request);
  self->clock = linli_hub_service_get_clock (service);
  self->workspace = g_strdup (workspace);

  return self;
}

/* --- Handing in --- */

static void
copy (JsonObject *from,
      JsonObject *to,
      const char *member)
{
  if (json_object_has_member (from, member))
    json_object_set_member (to, member, json_node_copy (json_object_get_member (from, member)));
}

/* Returns: (transfer full): what case.intake is told */
static JsonObject *
make_args (JsonObject *asked)
{
  static const char *const plain[] = { "text", "subject", "received_at", "nature", "urgency", "community", "place",
                                       "latitude", "longitude", "item", "attributes", "reply_wanted" };
  static const char *const personal[] = { "name", "phone", "address", "anonymous", "confidential" };
  JsonObject *args = json_object_new ();
  g_autoptr(JsonObject) person = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    copy (asked, args, plain[i]);
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    copy (asked, person, personal[i]);
  if (json_object_get_size (person) > 0)
    json_object_set_object_member (args, "appellant", json_object_ref (person));

  return args;
}

static LinliHubReply *
take_work (LinliConn *conn,
           gpointer   data)
{
  Handing *self = data;
  g_autoptr(JsonObject) args = make_args (self->asked);
  const LinliHubMatter matter = {
    .channel = self->channel,
    .number = linli_json_get_text (self->asked, "number"),
    .door = LINLI_HUB_KEY_CHANNEL,
    .service = linli_json_get_text (self->asked, "item"),
    .sha256 = self->sha256,
    .args = args,
  };

  linli_hub_take_in (conn, self->clock, &matter, &self->taken, &self->error);
  return NULL;
}

static void
taken_cb (LinliHubWorkspace *workspace,
          LinliHubReply     *reply,
          const GError      *error,
          gpointer           data)
{
  Handing *self = data;
  g_autoptr(JsonObject) told = json_object_new ();
  g_autofree char *secret = NULL;
  g_autofree char *url = NULL;

  if (error != NULL || self->error != NULL)
    {
      linli_hub_side_refuse_error (self->request, self->error != NULL ? self->error : error);
      return;
    }
  if (!self->taken.known)
    linli_hub_service_changed (self->service, workspace);
  secret = linli_hub_side_secret (self->service, self->workspace, self->taken.receipt_no);
  url = g_strdup_printf ("%s/v1/t/%s/status/%s?secret=%s", linli_hub_service_get_settings (self->service)->public_url,
                         self->workspace, self->taken.receipt_no, secret);
  json_object_set_string_member (told, "case_no", self->taken.case_no);
  json_object_set_string_member (told, "receipt_no", self->taken.receipt_no);
  json_object_set_string_member (told, "secret", secret);
  json_object_set_string_member (told, "status_url", url);
  json_object_set_boolean_member (told, "known", self->taken.known);
  linli_hub_answer_json (self->request, self->taken.known ? 200 : 201, told);
}

/* Returns: whether what came can be taken in at all; else it is answered */
static gboolean
read_matter (Handing *self)
{
  g_autoptr(GError) error = NULL;
  GBytes *body = linli_http_request_get_body (self->request);

  self->asked = linli_hub_read_json (self->request);
  if (self->asked == NULL)
    {
      linli_hub_side_refuse (self->request, 400, "bad-request", "The body must be one JSON object in UTF-8", NULL);
      return FALSE;
    }
  if (!linli_args_check (linli_hub_door_intake_args, self->asked, &error))
    {
      linli_hub_side_refuse_error (self->request, error);
      return FALSE;
    }
  if (json_object_has_member (self->asked, "attachments"))
    {
      linli_hub_side_refuse (self->request, 422, "attachments-refused",
                             "This door takes no files; keep them and name them in the text", "attachments");
      return FALSE;
    }
  if (*linli_json_get_text (self->asked, "number") == '\0')
    {
      linli_hub_side_refuse (self->request, 422, "invalid", "The matter needs the channel's own number", "number");
      return FALSE;
    }
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);

  return TRUE;
}

static void
admitted_cb (LinliHubService   *service,
             LinliHttpRequest  *request,
             guint              status,
             const LinliHubKey *key,
             gpointer           data)
{
  Handing *self = data;

  if (status == 200 && (g_strcmp0 (key->workspace, self->workspace) != 0 || !g_str_equal (key->name, self->channel)))
    status = 401;
  if (status != 200)
    linli_hub_side_turn_away (request, status);
  else if (read_matter (self))
    {
      linli_hub_workspace_run (linli_hub_service_get_workspace (service, self->workspace), LINLI_DB_WRITE, take_work,
                               taken_cb, self, (GDestroyNotify) handing_free, NULL);
      return;
    }
  handing_free (self);
}

void
linli_hub_door_intake (LinliHubService  *service,
                       LinliHttpRequest *request,
                       GStrv             parts)
{
  Handing *self = handing_new (service, request, parts[0]);

  self->channel = g_strdup (parts[1]);
  linli_hub_side_admit (service, request, linli_hub_side_bearer (request), LINLI_HUB_KEY_CHANNEL, admitted_cb, self);
}

/* --- Asking where it stands --- */

static LinliHubReply *
status_work (LinliConn *conn,
             gpointer   data)
{
  Handing *self = data;

  self->status = linli_hub_matter_status (conn, self->receipt, &self->error);
  return NULL;
}

static void
status_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  Handing *self = data;

  if (error != NULL || self->error != NULL)
    linli_hub_side_refuse_error (self->request, self->error != NULL ? self->error : error);
  else if (self->status == NULL)
    linli_hub_side_refuse (self->request, 404, "matter-unknown", "There is no such matter, or that is not its secret", NULL);
  else
    {
      linli_http_request_add_header (self->request, "Cache-Control", "no-store");
      linli_hub_answer_json (self->request, 200, self->status);
    }
}

/* The secret alone says that there is such a workspace and such a matter. */
void
linli_hub_door_status (LinliHubService  *service,
                       LinliHttpRequest *request,
                       GStrv             parts)
{
  const char *shown = linli_http_request_get_query (request, "secret");
  g_autofree char *secret = linli_hub_side_secret (service, parts[0], parts[1]);
  Handing *self;

  if (shown == NULL || !linli_uuid_is_valid (parts[0]) || !linli_hub_secret_equal (shown, secret))
    {
      linli_hub_side_refuse (request, 404, "matter-unknown", "There is no such matter, or that is not its secret", NULL);
      return;
    }
  self = handing_new (service, request, parts[0]);
  self->receipt = g_strdup (parts[1]);
  linli_hub_workspace_run (linli_hub_service_get_workspace (service, self->workspace), LINLI_DB_READ, status_work,
                           status_cb, self, (GDestroyNotify) handing_free, linli_http_request_get_cancellable (request));
}
