/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-request-private.h"

#include "linli-json.h"

struct _LinliRequest
{
  gatomicrefcount ref_count;
  JsonObject     *args;
};

struct _LinliReply
{
  char       *operation;
  JsonObject *result;
};

/* Returns: (transfer full): a request without arguments */
LinliRequest *
linli_request_new (void)
{
  LinliRequest *self = g_new0 (LinliRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->args = json_object_new ();

  return self;
}

/* Returns: (transfer full): another request with the same arguments */
LinliRequest *
linli_request_copy (LinliRequest *self)
{
  g_autofree char *text = linli_request_to_text (self);

  return linli_request_parse (text);
}

LinliRequest *
linli_request_ref (LinliRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
linli_request_unref (LinliRequest *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  json_object_unref (self->args);
  g_free (self);
}

/**
 * linli_request_set_text:
 * @value: (nullable): %NULL and empty text leave the argument out
 */
void
linli_request_set_text (LinliRequest *self,
                        const char   *name,
                        const char   *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (self->args, name, value);
  else
    json_object_remove_member (self->args, name);
}

/* Empty text as a value of its own: an edit that clears a field says so. */
void
linli_request_clear_text (LinliRequest *self,
                          const char   *name)
{
  json_object_set_string_member (self->args, name, "");
}

void
linli_request_set_int (LinliRequest *self,
                       const char   *name,
                       gint64        value)
{
  json_object_set_int_member (self->args, name, value);
}

void
linli_request_set_bool (LinliRequest *self,
                        const char   *name,
                        gboolean      value)
{
  json_object_set_boolean_member (self->args, name, value);
}

/* @value: (transfer none): shared, not to be changed afterwards */
void
linli_request_set_object (LinliRequest *self,
                          const char   *name,
                          LinliRequest *value)
{
  json_object_set_object_member (self->args, name, json_object_ref (value->args));
}

static JsonArray *
ensure_array (LinliRequest *self,
              const char   *name)
{
  JsonArray *array = linli_json_get_array (self->args, name);

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (self->args, name, array);
    }
  return array;
}

void
linli_request_add_text (LinliRequest *self,
                        const char   *name,
                        const char   *value)
{
  json_array_add_string_element (ensure_array (self, name), value);
}

void
linli_request_add_object (LinliRequest *self,
                          const char   *name,
                          LinliRequest *value)
{
  json_array_add_object_element (ensure_array (self, name), json_object_ref (value->args));
}

/* Returns: (transfer none) (nullable) */
const char *
linli_request_get_text (LinliRequest *self,
                        const char   *name)
{
  return linli_json_get_text (self->args, name);
}

gboolean
linli_request_get_bool (LinliRequest *self,
                        const char   *name)
{
  return linli_json_get_bool (self->args, name);
}

/* Returns: (transfer full) (nullable) */
LinliRequest *
linli_request_get_object (LinliRequest *self,
                          const char   *name)
{
  JsonObject *object = linli_json_get_object (self->args, name);
  LinliRequest *child;

  if (object == NULL)
    return NULL;
  child = linli_request_new ();
  json_object_unref (child->args);
  child->args = json_object_ref (object);
  return child;
}

/* Returns: (transfer full) (element-type LinliRequest): the objects of an array */
GPtrArray *
linli_request_get_objects (LinliRequest *self,
                           const char   *name)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_request_unref);
  JsonArray *array = linli_json_get_array (self->args, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      LinliRequest *child;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      child = linli_request_new ();
      json_object_unref (child->args);
      child->args = json_object_ref (json_node_get_object (node));
      g_ptr_array_add (objects, child);
    }
  return objects;
}

/**
 * linli_request_parse:
 * @json: what linli_request_to_text() wrote: the body of a draft
 *
 * Returns: (transfer full) (nullable): %NULL when it is not an object
 */
LinliRequest *
linli_request_parse (const char *json)
{
  JsonObject *args = linli_json_parse_object (json, -1, NULL);
  LinliRequest *self;

  if (args == NULL)
    return NULL;
  self = linli_request_new ();
  json_object_unref (self->args);
  self->args = args;
  return self;
}

char *
linli_request_to_text (LinliRequest *self)
{
  return linli_json_object_to_text (self->args);
}

JsonObject *
linli_request_get_json (LinliRequest *self)
{
  return self->args;
}

LinliReply *
linli_reply_new (LinliOutcome *outcome)
{
  LinliReply *self = g_new0 (LinliReply, 1);

  self->operation = g_strdup (outcome->operation);
  self->result = json_object_ref (outcome->result);

  return self;
}

void
linli_reply_free (LinliReply *self)
{
  if (self == NULL)
    return;

  g_free (self->operation);
  json_object_unref (self->result);
  g_free (self);
}

/* Returns: (transfer none): id of the operation, which core.undo takes back */
const char *
linli_reply_get_operation (LinliReply *self)
{
  return self->operation;
}

/* Returns: (transfer none) (nullable) */
const char *
linli_reply_get_text (LinliReply *self,
                      const char *name)
{
  return linli_json_get_text (self->result, name);
}

gint64
linli_reply_get_int (LinliReply *self,
                     const char *name)
{
  gint64 value = 0;

  linli_json_get_int (self->result, name, &value);
  return value;
}
