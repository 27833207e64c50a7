/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-devices.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-json.h"
#include "linli-wire-link.h"

#define KEPT "devices.json" /* what the hub told last, for whoever looks without a line to it */

static void
device_free (LinliDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->prefix);
  g_free (self->version);
  g_free (self->enrolled_by);
  g_free (self->unit);
  g_free (self->unit_name);
  g_free (self->revoked_by);
  g_free (self->revoked_reason);
  g_free (self);
}

void
linli_device_book_free (LinliDeviceBook *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->devices);
  g_free (self->code);
  g_free (self->link);
  g_free (self);
}

/* --- Reading --- */

static LinliDevice *
read_device (JsonObject *told)
{
  LinliDevice *self = g_new0 (LinliDevice, 1);

  self->id = g_strdup (linli_json_get_text (told, "id"));
  self->name = g_strdup (linli_json_get_text (told, "name"));
  self->prefix = g_strdup (linli_json_get_text (told, "prefix"));
  self->version = g_strdup (linli_json_get_text (told, "version"));
  self->enrolled_by = g_strdup (linli_json_get_text (told, "enrolled_by"));
  self->revoked_by = g_strdup (linli_json_get_text (told, "revoked_by"));
  self->unit = g_strdup (linli_json_get_text (told, "unit"));
  self->unit_name = g_strdup (linli_json_get_text (told, "unit_name"));
  self->revoked_reason = g_strdup (linli_json_get_text (told, "revoked_reason"));
  linli_json_get_int (told, "created_at", &self->created_at);
  linli_json_get_int (told, "seen_at", &self->seen_at);
  linli_json_get_int (told, "sent_at", &self->sent_at);
  linli_json_get_int (told, "revoked_at", &self->revoked_at);
  linli_json_get_int (told, "last_seq", &self->last_seq);
  self->own = linli_json_get_bool (told, "own");

  return self;
}

/* Whatever a stranger may have put there: what cannot be read is left out. */
static LinliDeviceBook *
read_book (const char *text,
           gsize       size)
{
  g_autoptr(JsonObject) told = linli_json_parse_object (text, (gssize) size, NULL);
  JsonArray *devices = told != NULL ? linli_json_get_array (told, "devices") : NULL;
  LinliDeviceBook *self = g_new0 (LinliDeviceBook, 1);

  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_free);
  for (guint i = 0; devices != NULL && i < json_array_get_length (devices); i++)
    {
      JsonNode *node = json_array_get_element (devices, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && linli_json_get_text (json_node_get_object (node), "id") != NULL &&
          linli_json_get_text (json_node_get_object (node), "name") != NULL)
        g_ptr_array_add (self->devices, read_device (json_node_get_object (node)));
    }
  if (told == NULL)
    return self;
  linli_json_get_int (told, "at", &self->at);
  linli_json_get_int (told, "hours", &self->hours);
  self->code = g_strdup (linli_json_get_text (told, "code"));

  return self;
}

/**
 * linli_device_book_load:
 *
 * Returns: (transfer full) (nullable): what the hub told last; %NULL when nobody has asked yet
 */
LinliDeviceBook *
linli_device_book_load (LinliStore *store)
{
  g_autofree char *path = g_build_filename (linli_store_get_folder (store), KEPT, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &text, &size, NULL) ? read_book (text, size) : NULL;
}

/* --- Asking --- */

/* The hub reads the request, but not what a person put into it. */
#define BAD_WORDS N_("The hub does not take this: a name has up to 120 characters, a reason up to 200, and no desk ends itself.")

typedef struct
{
  char *path; /* of the file */
  char *url;
} Question;

static void
question_free (Question *question)
{
  g_free (question->path);
  g_free (question->url);
  g_free (question);
}

/* @task: (transfer full) */
static void
return_refused (GTask          *task,
                LinliHubAnswer *answer)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (answer->body, &size);
  g_autoptr(JsonObject) problem = size > 0 ? linli_json_parse_object (text, (gssize) size, NULL) : NULL;
  const char *title = problem != NULL ? linli_json_get_text (problem, "title") : NULL;

  g_task_return_new_error (task, G_IO_ERROR,
                           answer->status == 403 ? G_IO_ERROR_PERMISSION_DENIED
                           : answer->status == 404 ? G_IO_ERROR_NOT_FOUND
                           : answer->status == 400 ? G_IO_ERROR_INVALID_ARGUMENT : G_IO_ERROR_FAILED,
                           "%s", answer->status == 400 ? BAD_WORDS
                           : title != NULL ? title : "The hub did not do it");
  g_object_unref (task);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);
  LinliDeviceBook *book;
  const char *text;
  gsize size = 0;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (answer->status != 200)
    {
      return_refused (task, answer);
      return;
    }
  text = g_bytes_get_data (answer->body, &size);
  book = read_book (text, size);
  if (book->at > 0)
    g_file_set_contents_full (question->path, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  if (book->code != NULL && question->url != NULL)
    book->link = linli_wire_link_make (question->url, book->code);
  g_task_return_pointer (task, book, (GDestroyNotify) linli_device_book_free);
  g_object_unref (task);
}

static GBytes *
new_body (LinliStore *store,
          const char *wish,
          const char *device,
          const char *words)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *actor = linli_store_dup_actor (store);
  char *text;

  json_object_set_string_member (object, "actor", actor);
  if (device != NULL)
    json_object_set_string_member (object, "device", device);
  if (words != NULL)
    json_object_set_string_member (object, g_str_equal (wish, "device-name") ? "name"
                                           : g_str_equal (wish, "device-code") ? "unit" : "reason", words);
  text = linli_json_object_to_text (object);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * linli_devices_ask_async:
 * @wish: "devices" for the list, "device-code" for one more desk, "device-name", "device-revoke"
 * @device: (nullable): whose name or end it is
 * @words: (nullable): the name, or the reason, or, of a code, the handling unit whose desk it is for
 *
 * Asks the hub, in the name of whoever is at this desk. A list is kept for linli_device_book_load().
 */
void
linli_devices_ask_async (LinliSyncAgent      *agent,
                         LinliStore          *store,
                         const char          *wish,
                         const char          *device,
                         const char          *words,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);
  g_autoptr(GBytes) body = new_body (store, wish, device, words);

  question->path = g_build_filename (linli_store_get_folder (store), KEPT, NULL);
  question->url = g_strdup (linli_sync_agent_get_url (agent));
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  if (linli_sync_agent_ask (agent, wish, body, cancellable, answered_cb, task))
    return;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "This desk has no hub");
  g_object_unref (task);
}

/**
 * linli_devices_ask_finish:
 * @error: %G_IO_ERROR_PERMISSION_DENIED when the person is no administrator, or this desk is let in no more;
 *   %G_IO_ERROR_NOT_FOUND when the centre has no such desk; %LINLI_HUB_FAULT when the hub is not reached
 *
 * Returns: (transfer full)
 */
LinliDeviceBook *
linli_devices_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linli_devices_fault_words:
 * @error: (nullable): from linli_devices_ask_finish()
 *
 * Returns: why the hub did not do it, as a sentence to be translated
 */
const char *
linli_devices_fault_words (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return N_("The hub does not know you as an administrator of this centre, or lets this desk in no more.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return N_("The centre has no such desk any more.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return BAD_WORDS;
  if (error != NULL && error->domain == LINLI_HUB_FAULT)
    return linli_hub_fault_words ((LinliHubFault) error->code);
  return N_("The hub did not do it. Nothing was changed; try again in a moment.");
}
