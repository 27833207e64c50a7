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
  g_free (self->hub);
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
  linli_json_get_int (told, "made_at", &self->made_at);
  self->hub = g_strdup (linli_json_get_text (told, "hub"));
  self->code = g_strdup (linli_json_get_text (told, "code"));

  return self;
}

/* Returns: (transfer full): the hub and the centre there that this desk belongs to: the desks of another are not told here */
char *
linli_devices_dup_hub (LinliSyncAgent *agent)
{
  const char *url = linli_sync_agent_get_url (agent);
  const char *workspace = linli_sync_agent_get_workspace (agent);

  return g_strdup_printf ("%s %s", url != NULL ? url : "", workspace != NULL ? workspace : "");
}

/**
 * linli_device_book_load:
 *
 * Returns: (transfer full) (nullable): what the hub told last; %NULL when nobody has asked this one yet
 */
LinliDeviceBook *
linli_device_book_load (LinliSyncAgent *agent,
                        LinliStore     *store)
{
  g_autofree char *path = g_build_filename (linli_store_get_folder (store), KEPT, NULL);
  g_autofree char *hub = linli_devices_dup_hub (agent);
  g_autofree char *text = NULL;
  g_autoptr(LinliDeviceBook) book = NULL;
  gsize size = 0;

  if (g_file_get_contents (path, &text, &size, NULL))
    book = read_book (text, size);
  return book != NULL && g_strcmp0 (book->hub, hub) == 0 ? g_steal_pointer (&book) : NULL;
}

/* --- A code that nobody has used yet --- */

#define PENDING "linli-pending-code"

typedef struct
{
  LinliDeviceBook *book;
  char            *actor; /* (nullable): who had it made: nobody else is shown it */
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  linli_device_book_free (self->book);
  g_free (self->actor);
  g_free (self);
}

static LinliDeviceBook *
copy_code (const LinliDeviceBook *from)
{
  LinliDeviceBook *self = g_new0 (LinliDeviceBook, 1);

  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_free);
  self->code = g_strdup (from->code);
  self->link = g_strdup (from->link);
  self->hub = g_strdup (from->hub);
  self->hours = from->hours;
  self->made_at = from->made_at;
  self->until = from->until;

  return self;
}

/* A hub that does not say when it made the code leaves no way to know whether it was used. */
static void
note_code (LinliSyncAgent        *agent,
           const char            *actor,
           const LinliDeviceBook *book)
{
  Pending *pending;

  if (book->made_at == 0)
    return;
  pending = g_new0 (Pending, 1);
  pending->book = copy_code (book);
  pending->actor = g_strdup (actor);
  g_object_set_data_full (G_OBJECT (agent), PENDING, pending, pending_free);
}

/* Whatever came since may have come by it. */
static void
note_list (LinliSyncAgent        *agent,
           const LinliDeviceBook *book)
{
  const Pending *pending = g_object_get_data (G_OBJECT (agent), PENDING);

  for (guint i = 0; pending != NULL && i < book->devices->len; i++)
    if (((LinliDevice *) book->devices->pdata[i])->created_at >= pending->book->made_at)
      {
        g_object_set_data (G_OBJECT (agent), PENDING, NULL);
        return;
      }
}

/**
 * linli_devices_dup_pending:
 *
 * Returns: (transfer full) (nullable): the code that whoever sits here had made and that, as of the last list, let nobody in
 *   yet; it is still good
 */
LinliDeviceBook *
linli_devices_dup_pending (LinliSyncAgent *agent,
                           LinliStore     *store)
{
  const Pending *pending = g_object_get_data (G_OBJECT (agent), PENDING);
  g_autofree char *actor = linli_store_dup_actor (store);
  g_autofree char *hub = linli_devices_dup_hub (agent);

  if (pending == NULL || g_strcmp0 (pending->actor, actor) != 0 || g_strcmp0 (pending->book->hub, hub) != 0 ||
      pending->book->until <= linli_clock_now (linli_store_get_clock (store)))
    return NULL;
  return copy_code (pending->book);
}

/* --- Asking --- */

/* The hub reads the request, but not what a person put into it. */
#define BAD_WORDS N_("The hub does not take this: a name has up to 120 characters, a reason up to 200, and no desk ends itself.")

typedef struct
{
  LinliSyncAgent *agent; /* (owned) */
  LinliStore     *store; /* (owned) */
  char           *actor; /* (nullable) */
  char           *hub;   /* who is asked */
  char           *url;   /* (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->agent);
  g_object_unref (question->store);
  g_free (question->actor);
  g_free (question->hub);
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
keep_list (Question   *question,
           const char *text,
           gsize       size)
{
  g_autofree char *path = g_build_filename (linli_store_get_folder (question->store), KEPT, NULL);
  g_autoptr(JsonObject) told = linli_json_parse_object (text, (gssize) size, NULL);
  g_autofree char *kept = NULL;

  json_object_set_string_member (told, "hub", question->hub);
  kept = linli_json_object_to_text (told);
  g_file_set_contents_full (path, kept, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
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
  g_free (book->hub);
  book->hub = g_strdup (question->hub);
  if (book->at > 0)
    {
      keep_list (question, text, size);
      note_list (question->agent, book);
    }
  if (book->code != NULL)
    {
      book->link = question->url != NULL ? linli_wire_link_make (question->url, book->code) : NULL;
      book->until = linli_clock_now (linli_store_get_clock (question->store)) + book->hours * G_TIME_SPAN_HOUR;
      note_code (question->agent, question->actor, book);
    }
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
    json_object_set_string_member (object, g_str_equal (wish, "device-name") ? "name" : "reason", words);
  text = linli_json_object_to_text (object);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * linli_devices_ask_async:
 * @wish: "devices" for the list, "device-code" for one more desk, "device-name", "device-revoke"
 * @device: (nullable): whose name or end it is
 * @words: (nullable): the name, or the reason
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

  question->agent = g_object_ref (agent);
  question->store = g_object_ref (store);
  question->actor = linli_store_dup_actor (store);
  question->hub = linli_devices_dup_hub (agent);
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
