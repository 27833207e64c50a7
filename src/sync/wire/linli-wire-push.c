/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-push.h"

#include <string.h>

#include "linli-json.h"
#include "linli-uuid.h"

static const char *const results[] = { "applied", "merged", "flagged", "rejected", NULL };

/**
 * linli_wire_push_begin:
 * @seq: number of the first operation that follows
 * @sent_at: the desk's clock, microseconds UTC: from it the hub knows how wrong it is
 */
void
linli_wire_push_begin (GString    *out,
                       const char *epoch,
                       const char *device,
                       gint64      seq,
                       gint64      sent_at)
{
  g_string_append_printf (out, "{\"p\":%d,\"epoch\":", LINLI_WIRE_PROTOCOL);
  linli_json_append_text (out, epoch);
  g_string_append (out, ",\"device\":");
  linli_json_append_text (out, device);
  g_string_append_printf (out, ",\"seq\":%" G_GINT64_FORMAT ",\"sent_at\":%" G_GINT64_FORMAT "}\n", seq, sent_at);
}

/* @body: one operation's exact line, without its end */
void
linli_wire_push_add (GString    *out,
                     const char *body)
{
  g_string_append (out, body);
  g_string_append_c (out, '\n');
}

/**
 * linli_wire_push_parse:
 * @error: %LINLI_WIRE_ERROR
 *
 * Reads the header; the operations are left as they are.
 *
 * Returns: (transfer full)
 */
LinliWirePush *
linli_wire_push_parse (GBytes  *message,
                       GError **error)
{
  g_autoptr(LinliWirePush) self = g_new0 (LinliWirePush, 1);
  g_autoptr(JsonObject) header = NULL;
  gint64 protocol = 0;

  self->message = g_bytes_ref (message);
  self->lines = linli_wire_split (message, error);
  if (self->lines == NULL)
    return NULL;
  header = linli_wire_read (&g_array_index (self->lines, LinliWireLine, 0), error);
  if (header == NULL)
    return NULL;
  self->epoch = g_strdup (linli_wire_get_word (header, "epoch", 80));
  self->device = g_strdup (linli_wire_get_word (header, "device", LINLI_UUID_LENGTH));
  if (!linli_wire_get_count (header, "p", &protocol) || protocol != LINLI_WIRE_PROTOCOL ||
      self->epoch == NULL || !linli_uuid_is_valid (self->device) ||
      !linli_wire_get_count (header, "seq", &self->seq) || self->seq < 1 ||
      self->seq > G_MAXINT64 - LINLI_WIRE_MAX_LINES || !linli_wire_get_count (header, "sent_at", &self->sent_at))
    {
      linli_wire_foreign (error, "the header of a push");
      return NULL;
    }
  g_array_remove_index (self->lines, 0);

  return g_steal_pointer (&self);
}

void
linli_wire_push_free (LinliWirePush *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->device);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_free (self);
}

static void
append_text (GString    *out,
             const char *member,
             const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", member);
  linli_json_append_text (out, text);
}

/**
 * linli_wire_result_append:
 *
 * Appends what the hub keeps of a decision and tells whoever asks again: all
 * but op and seq, as the inside of an object.
 */
void
linli_wire_result_append (const LinliWireResult *self,
                          GString               *out)
{
  g_string_append_printf (out, "\"r\":\"%s\",\"rev\":%" G_GINT64_FORMAT, self->result, self->rev);
  if (self->from_rev != 0)
    g_string_append_printf (out, ",\"from\":%" G_GINT64_FORMAT, self->from_rev);
  append_text (out, "code", self->code);
  append_text (out, "message", self->message);
  if (self->conflicts != NULL)
    {
      g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      g_autofree char *text = NULL;

      json_node_set_array (node, self->conflicts);
      text = linli_json_node_to_text (node, FALSE);
      g_string_append_printf (out, ",\"conflicts\":%s", text);
    }
  append_text (out, "t", self->kind);
  if (self->row != NULL)
    g_string_append_printf (out, ",\"d\":%s", self->row);
}

static void
result_free (gpointer data)
{
  LinliWireResult *self = data;

  g_free (self->op);
  g_free (self->result);
  g_free (self->code);
  g_free (self->message);
  g_clear_pointer (&self->conflicts, json_array_unref);
  g_free (self->kind);
  g_free (self->row);
  g_free (self);
}

static LinliWireResult *
read_result (JsonObject *object,
             GError    **error)
{
  LinliWireResult *self = g_new0 (LinliWireResult, 1);
  JsonArray *conflicts = linli_json_get_array (object, "conflicts");
  JsonObject *row = linli_json_get_object (object, "d");

  self->op = g_strdup (linli_wire_get_word (object, "op", LINLI_UUID_LENGTH));
  self->result = g_strdup (linli_wire_get_word (object, "r", 20));
  self->code = g_strdup (linli_wire_get_word (object, "code", 80));
  self->message = g_strdup (linli_wire_get_word (object, "message", 1000));
  self->kind = g_strdup (linli_wire_get_word (object, "t", 60));
  self->conflicts = conflicts != NULL ? json_array_ref (conflicts) : NULL;
  self->row = row != NULL ? linli_json_object_to_text (row) : NULL;
  linli_wire_get_count (object, "from", &self->from_rev);
  if (linli_uuid_is_valid (self->op) && self->result != NULL && g_strv_contains (results, self->result) &&
      linli_wire_get_count (object, "seq", &self->seq) && linli_wire_get_count (object, "rev", &self->rev) &&
      self->from_rev >= 0 && self->from_rev <= self->rev)
    return self;

  result_free (self);
  linli_wire_foreign (error, "a result");
  return NULL;
}

/**
 * linli_wire_push_reply_parse:
 * @error: %LINLI_WIRE_ERROR
 *
 * Returns: (transfer full)
 */
LinliWirePushReply *
linli_wire_push_reply_parse (GBytes  *message,
                             GError **error)
{
  g_autoptr(LinliWirePushReply) self = g_new0 (LinliWirePushReply, 1);
  g_autoptr(GArray) lines = linli_wire_split (message, error);
  g_autoptr(JsonObject) object = NULL;
  JsonArray *array;

  self->results = g_ptr_array_new_with_free_func (result_free);
  if (lines == NULL)
    return NULL;
  object = linli_wire_read (&g_array_index (lines, LinliWireLine, 0), error);
  if (object == NULL)
    return NULL;
  array = linli_json_get_array (object, "results");
  self->epoch = g_strdup (linli_wire_get_word (object, "epoch", 80));
  self->waits = g_strdup (linli_wire_get_word (object, "waits", 80));
  if (self->epoch == NULL || array == NULL || !linli_wire_get_count (object, "tip", &self->tip) ||
      !linli_wire_get_count (object, "expect", &self->expect) ||
      !linli_wire_get_count (object, "server_time", &self->server_time))
    {
      linli_wire_foreign (error, "the answer to a push");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      LinliWireResult *result = JSON_NODE_HOLDS_OBJECT (node) ? read_result (json_node_get_object (node), error) : NULL;

      if (result == NULL)
        {
          if (error != NULL && *error == NULL)
            linli_wire_foreign (error, "a result");
          return NULL;
        }
      g_ptr_array_add (self->results, result);
    }

  return g_steal_pointer (&self);
}

void
linli_wire_push_reply_free (LinliWirePushReply *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->waits);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self);
}
