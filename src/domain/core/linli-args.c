/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-args.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "linli-domain-error.h"
#include "linli-json.h"
#include "linli-uuid.h"

/**
 * linli_time_from_text:
 * @text: ISO 8601 with an offset or Z
 *
 * Returns: whether @time (microseconds UTC) was set
 */
gboolean
linli_time_from_text (const char *text,
                      gint64     *time)
{
  g_autoptr(GDateTime) at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (at == NULL)
    return FALSE;
  *time = g_date_time_to_unix (at) * G_USEC_PER_SEC + g_date_time_get_microsecond (at);
  return TRUE;
}

/* Returns: (transfer full): ISO 8601 in UTC, to the millisecond */
char *
linli_time_to_text (gint64 time)
{
  g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *seconds = NULL;

  if (at == NULL)
    return g_strdup ("");
  seconds = g_date_time_format (at, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", seconds, (int) (ABS (time) % G_USEC_PER_SEC / 1000));
}

/**
 * linli_json_set_time:
 * @time: microseconds UTC; nothing is set for 0
 */
void
linli_json_set_time (JsonObject *object,
                     const char *member,
                     gint64      time)
{
  g_autofree char *text = time != 0 ? linli_time_to_text (time) : NULL;

  linli_json_set_text (object, member, text);
}

/**
 * linli_args_get_time:
 *
 * Returns: whether @args holds a time called @name
 */
gboolean
linli_args_get_time (JsonObject *args,
                     const char *name,
                     gint64     *time)
{
  return linli_json_get_int (args, name, time) ||
         linli_time_from_text (linli_json_get_text (args, name), time);
}

static gboolean
is_date (const char *text)
{
  guint year, month, day;
  char rest;

  if (text == NULL || strlen (text) != 10 ||
      sscanf (text, "%4u-%2u-%2u%c", &year, &month, &day, &rest) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  return TRUE;
}

static gboolean
check_array (const LinliArgSpec *spec,
             JsonArray          *array,
             GError            **error)
{
  guint limit = spec->max_length != 0 ? spec->max_length : LINLI_ARG_LIMIT;

  if (array == NULL)
    return linli_refuse_invalid (error, spec->name, N_("A list is expected here."));
  if (json_array_get_length (array) > limit)
    return linli_refuse_invalid (error, spec->name, N_("The list is too long."));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gboolean fits = spec->type == LINLI_ARG_OBJECTS
                        ? JSON_NODE_HOLDS_OBJECT (node)
                        : JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

      if (!fits)
        return linli_refuse_invalid (error, spec->name, N_("The list holds something of the wrong kind."));
    }

  return TRUE;
}

static gboolean
check_text (const LinliArgSpec *spec,
            const char         *text,
            GError            **error)
{
  guint limit = spec->max_length != 0 ? spec->max_length : LINLI_ARG_LIMIT;

  if (text == NULL)
    return linli_refuse_invalid (error, spec->name, N_("Text is expected here."));
  if (strlen (text) > limit && g_utf8_strlen (text, -1) > (glong) limit)
    return linli_refuse_invalid (error, spec->name, N_("The text is too long."));
  if (spec->required && *text == '\0')
    return linli_refuse_invalid (error, spec->name, N_("This must be filled in."));
  if (spec->type == LINLI_ARG_ID && !linli_uuid_is_valid (text))
    return linli_refuse_invalid (error, spec->name, N_("This is not an id."));
  if (spec->type == LINLI_ARG_DATE && !is_date (text))
    return linli_refuse_invalid (error, spec->name, N_("This is not a date."));
  if (spec->type == LINLI_ARG_TEXT && spec->choices != NULL && !g_strv_contains (spec->choices, text))
    return linli_refuse_invalid (error, spec->name, N_("This is not one of the possible values."));

  return TRUE;
}

static gboolean
check_arg (const LinliArgSpec *spec,
           JsonObject         *args,
           GError            **error)
{
  JsonNode *node = json_object_get_member (args, spec->name);
  gint64 number;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !spec->required || linli_refuse_invalid (error, spec->name, N_("This must be filled in."));

  switch (spec->type)
    {
    case LINLI_ARG_INT:
      return linli_json_get_int (args, spec->name, &number) ||
             linli_refuse_invalid (error, spec->name, N_("A whole number is expected here."));
    case LINLI_ARG_BOOL:
      return (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN) ||
             linli_refuse_invalid (error, spec->name, N_("Yes or no is expected here."));
    case LINLI_ARG_TIME:
      return linli_args_get_time (args, spec->name, &number) ||
             linli_refuse_invalid (error, spec->name, N_("This is not a time."));
    case LINLI_ARG_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node) ||
             linli_refuse_invalid (error, spec->name, N_("An object is expected here."));
    case LINLI_ARG_TEXTS:
    case LINLI_ARG_OBJECTS:
      return check_array (spec, linli_json_get_array (args, spec->name), error);
    case LINLI_ARG_TEXT:
    case LINLI_ARG_ID:
    case LINLI_ARG_DATE:
    case LINLI_ARG_NUMBER:
    default:
      return check_text (spec, linli_json_get_text (args, spec->name), error);
    }
}

static gboolean
is_known (const LinliArgSpec *specs,
          const char         *name)
{
  for (const LinliArgSpec *spec = specs; spec->name != NULL; spec++)
    if (g_str_equal (spec->name, name))
      return TRUE;
  return FALSE;
}

/**
 * linli_args_check:
 * @error: %LINLI_DOMAIN_ERROR_INVALID naming the first argument at fault
 *
 * Unknown arguments are refused too: a misspelt one must not be lost silently.
 */
gboolean
linli_args_check (const LinliArgSpec *specs,
                  JsonObject         *args,
                  GError            **error)
{
  g_autoptr(GList) members = json_object_get_members (args);

  for (GList *l = members; l != NULL; l = l->next)
    if (!is_known (specs, l->data))
      return linli_refuse_invalid (error, l->data, N_("There is no such argument."));

  for (const LinliArgSpec *spec = specs; spec->name != NULL; spec++)
    if (!check_arg (spec, args, error))
      return FALSE;

  return TRUE;
}

static JsonObject *
spec_to_schema (const LinliArgSpec *spec)
{
  static const char *const types[] = {
    [LINLI_ARG_TEXT] = "string", [LINLI_ARG_ID] = "string", [LINLI_ARG_INT] = "integer",
    [LINLI_ARG_BOOL] = "boolean", [LINLI_ARG_TIME] = "string", [LINLI_ARG_DATE] = "string",
    [LINLI_ARG_OBJECT] = "object", [LINLI_ARG_TEXTS] = "array", [LINLI_ARG_OBJECTS] = "array",
    [LINLI_ARG_NUMBER] = "string",
  };
  JsonObject *schema = json_object_new ();

  json_object_set_string_member (schema, "type", types[spec->type]);
  if (spec->type == LINLI_ARG_ID)
    json_object_set_string_member (schema, "format", "uuid");
  else if (spec->type == LINLI_ARG_TIME)
    json_object_set_string_member (schema, "format", "date-time");
  else if (spec->type == LINLI_ARG_DATE)
    json_object_set_string_member (schema, "format", "date");
  if (spec->max_length != 0)
    json_object_set_int_member (schema, g_str_equal (types[spec->type], "array") ? "maxItems" : "maxLength",
                                spec->max_length);
  if (spec->choices != NULL && spec->type == LINLI_ARG_TEXT)
    {
      JsonArray *choices = json_array_new ();

      for (guint i = 0; spec->choices[i] != NULL; i++)
        json_array_add_string_element (choices, spec->choices[i]);
      json_object_set_array_member (schema, "enum", choices);
    }
  if (spec->doc != NULL)
    json_object_set_string_member (schema, "description", spec->doc);

  return schema;
}

/**
 * linli_args_to_schema:
 *
 * Returns: (transfer full): a JSON Schema of @specs
 */
JsonObject *
linli_args_to_schema (const LinliArgSpec *specs)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  for (const LinliArgSpec *spec = specs; spec->name != NULL; spec++)
    {
      json_object_set_object_member (properties, spec->name, spec_to_schema (spec));
      if (spec->required)
        json_array_add_string_element (required, spec->name);
    }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);

  return schema;
}
