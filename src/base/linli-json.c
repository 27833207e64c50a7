/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The few things json-glib 1.6 leaves to its users: refusing hostile input
 * before the recursive parser sees it, and reading members that may be
 * absent, null or of another type without a warning. */

#include "config.h"

#include "linli-json-read.h"
#include "linli-json-write.h"

G_DEFINE_QUARK (linli-json-error-quark, linli_json_error)

/* What json-glib cannot be trusted with: its parser recurses per level, and of
 * two values it keeps the last. */
static gboolean
check_shape (const char *text,
             gsize       length,
             GError    **error)
{
  gboolean in_string = FALSE, is_over = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (is_over && !g_ascii_isspace (c))
        {
          g_set_error_literal (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_SYNTAX, "Not JSON: text after its end");
          return FALSE;
        }
      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if ((c == '{' || c == '[') && ++depth > LINLI_JSON_MAX_DEPTH)
        {
          g_set_error (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_TOO_DEEP,
                       "JSON nested deeper than %d levels", LINLI_JSON_MAX_DEPTH);
          return FALSE;
        }
      else if ((c == '}' || c == ']') && depth > 0)
        is_over = --depth == 0;
    }

  return TRUE;
}

/**
 * linli_json_parse:
 * @text: JSON text, not necessarily well-formed
 * @length: bytes of @text, or -1 when NUL-terminated
 * @error: %LINLI_JSON_ERROR
 *
 * Returns: (transfer full): the root node, only to be read
 */
JsonNode *
linli_json_parse (const char *text,
                  gssize      length,
                  GError    **error)
{
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(GError) local = NULL;
  gsize size;
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (!g_utf8_validate (text, (gssize) size, NULL))
    {
      g_set_error_literal (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_SYNTAX, "JSON is not valid UTF-8");
      return NULL;
    }
  root = linli_json_read (text, size);
  if (root != NULL)
    return root;
  if (!check_shape (text, size, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &local))
    {
      g_set_error (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_SYNTAX, "Not JSON: %s", local->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_SYNTAX, "JSON text is empty");
      return NULL;
    }

  return json_node_ref (root);
}

/**
 * linli_json_parse_object:
 *
 * Like linli_json_parse(), for messages that must be an object.
 *
 * Returns: (transfer full): the object
 */
JsonObject *
linli_json_parse_object (const char *text,
                         gssize      length,
                         GError    **error)
{
  g_autoptr(JsonNode) root = linli_json_parse (text, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LINLI_JSON_ERROR, LINLI_JSON_ERROR_TYPE, "A JSON object is expected");
      return NULL;
    }

  return json_node_dup_object (root);
}

static void append_node (GString  *out,
                         JsonNode *node);

static void
append_object (GString    *out,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  char before = '{';

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append_c (out, before);
      linli_json_append_text (out, name);
      g_string_append_c (out, ':');
      append_node (out, value);
      before = ',';
    }
  g_string_append (out, before == '{' ? "{}" : "}");
}

static void
append_array (GString   *out,
              JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString  *out,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    linli_json_append_text (out, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    linli_json_append_int (out, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    {
      g_autofree char *text = json_to_string (node, FALSE);

      g_string_append (out, text);
    }
}

static void
append_node (GString  *out,
             JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT: append_object (out, json_node_get_object (node)); break;
    case JSON_NODE_ARRAY:  append_array (out, json_node_get_array (node)); break;
    case JSON_NODE_VALUE:  append_value (out, node); break;
    case JSON_NODE_NULL:
    default:               g_string_append (out, "null"); break;
    }
}

/**
 * linli_json_object_to_text:
 *
 * Every operation is written by this, and one of an import holds a thousand
 * rows; json-glib takes several times as long.
 *
 * Returns: (transfer full): @object on one line, members in their order
 */
char *
linli_json_object_to_text (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  append_object (out, object);
  return g_string_free (out, FALSE);
}

char *
linli_json_node_to_text (JsonNode *node,
                         gboolean  pretty)
{
  return json_to_string (node, pretty);
}

static JsonNode *
get_value (JsonObject *object,
           const char *member,
           GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * linli_json_get_text:
 * @object: (nullable): an object
 *
 * Returns: (transfer none) (nullable): the string, or %NULL when the member
 *   is absent, null or not a string
 */
const char *
linli_json_get_text (JsonObject *object,
                     const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
linli_json_get_int (JsonObject *object,
                    const char *member,
                    gint64     *value)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
linli_json_get_bool (JsonObject *object,
                     const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonArray *
linli_json_get_array (JsonObject *object,
                      const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
linli_json_get_object (JsonObject *object,
                       const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * linli_json_set_text:
 * @text: (nullable): nothing is set when there is none
 */
void
linli_json_set_text (JsonObject *object,
                     const char *member,
                     const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

/**
 * linli_json_take_array:
 * @array: (transfer full)
 *
 * Returns: (transfer full): a node of its own
 */
JsonNode *
linli_json_take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static void
append_escaped (GString *out,
                char     c)
{
  char escape[] = { '\\', c };

  switch (c)
    {
    case '\n': escape[1] = 'n'; break;
    case '\r': escape[1] = 'r'; break;
    case '\t': escape[1] = 't'; break;
    case '"':
    case '\\': break;
    default:
      g_string_append_printf (out, "\\u%04x", (guchar) c);
      return;
    }
  linli_json_append_bytes (out, escape, sizeof escape);
}

static gboolean
is_plain (char c)
{
  return (guchar) c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

#define EACH(byte)    (G_MAXUINT64 / 0xff * (byte))
#define LESS(x, n)    (((x) - EACH (n)) & ~(x) & EACH (0x80)) /* whether a byte is less than @n */
#define HAS(x, byte)  LESS ((x) ^ EACH (byte), 1)

/* Returns: where the first byte stands that is not the same inside a JSON
 * string, or @end. Eight bytes are looked at together: nearly all of them are plain. */
const char *
linli_json_skip_plain (const char *at,
                       const char *end)
{
  guint64 eight;

  while (end - at >= (gssize) sizeof eight && (memcpy (&eight, at, sizeof eight),
         (LESS (eight, 0x20) | HAS (eight, '"') | HAS (eight, '\\') | HAS (eight, 0x7f)) == 0))
    at += sizeof eight;
  while (at < end && is_plain (*at))
    at++;
  return at;
}

/**
 * linli_json_append_text:
 * @out: where to write
 * @text: (nullable): valid UTF-8
 *
 * Appends @text as a JSON string, or null. Bytes are a function of the text
 * alone, which the audit chain relies on.
 */
void
linli_json_append_text (GString    *out,
                        const char *text)
{
  const char *end;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  end = text + strlen (text);
  g_string_append_c (out, '"');
  for (const char *p = text; p < end;)
    {
      const char *begin = p;

      p = linli_json_skip_plain (p, end);
      linli_json_append_bytes (out, begin, (gsize) (p - begin));
      if (p < end)
        append_escaped (out, *p++);
    }
  g_string_append_c (out, '"');
}

/**
 * linli_json_append_int:
 *
 * Appends @value in decimal digits: printf() in a tenth of its time, for rows
 * are written as JSON at every change, feed and audit both.
 */
void
linli_json_append_int (GString *out,
                       gint64   value)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--at = '-';
  linli_json_append_bytes (out, at, (gsize) (digits + sizeof digits - at));
}

/**
 * linli_json_append_name:
 * @name: a member's, in plain letters
 *
 * Appends a member's name and what stands between it and its value.
 */
void
linli_json_append_name (GString    *out,
                        const char *name)
{
  g_string_append_c (out, '"');
  linli_json_append_bytes (out, name, strlen (name));
  linli_json_append_bytes (out, "\":", 2);
}
