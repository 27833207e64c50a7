/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as programs write it, into json-glib's nodes. Its own parser, a scanner
 * of languages in general, takes several times as long, and a hub parses every
 * operation. What is not plainly well-formed, or could be read in two ways, is
 * left to that parser, to accept or to refuse in its words. */

#include "config.h"

#include "linli-json-read.h"

#include "linli-json-write.h"

#define MOST_DIGITS 18 /* always fit */

typedef struct
{
  char       *at;  /* in a copy of the text: a string is unescaped where it stands, and ended there */
  const char *end; /* there is a NUL */
} Reader;

static JsonNode *read_value (Reader *self,
                             guint   depth);

static void
skip_space (Reader *self)
{
  while (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t')
    self->at++;
}

/* Space may stand before it. */
static gboolean
skip (Reader *self,
      char    c)
{
  skip_space (self);
  if (*self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
skip_word (Reader     *self,
           const char *word)
{
  gsize length = strlen (word);

  if (strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* Behind "\u": not NUL, nor half of a pair.
 *
 * Returns: (nullable): behind what was written at @to */
static char *
read_code (Reader *self,
           char   *to)
{
  gunichar code = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*self->at);

      if (digit < 0)
        return NULL;
      code = code * 16 + (gunichar) digit;
      self->at++;
    }
  if (code == 0 || (code >= 0xd800 && code <= 0xdfff))
    return NULL;
  return to + g_unichar_to_utf8 (code, to);
}

/* Behind a backslash. Returns: (nullable): behind what was written at @to */
static char *
read_escape (Reader *self,
             char   *to)
{
  switch (*self->at++)
    {
    case '"':  *to++ = '"'; return to;
    case '\\': *to++ = '\\'; return to;
    case '/':  *to++ = '/'; return to;
    case 'n':  *to++ = '\n'; return to;
    case 'r':  *to++ = '\r'; return to;
    case 't':  *to++ = '\t'; return to;
    case 'u':  return read_code (self, to);
    default:   return NULL;
    }
}

/* Returns: (transfer none) (nullable): the string that begins here */
static const char *
read_text (Reader *self)
{
  const char *text;
  char *to;

  if (!skip (self, '"'))
    return NULL;
  text = to = self->at;
  for (;;)
    {
      char *begin = self->at;

      self->at += linli_json_skip_plain (begin, self->end) - begin;
      if (to != begin)
        memmove (to, begin, (gsize) (self->at - begin));
      to += self->at - begin;
      switch (*self->at++)
        {
        case '"':
          *to = '\0';
          return text;
        case '\\':
          to = read_escape (self, to);
          if (to == NULL)
            return NULL;
          break;
        default:
          return NULL;
        }
    }
}

static JsonNode *
read_number (Reader *self)
{
  gboolean negative = *self->at == '-';
  const char *begin = negative ? ++self->at : self->at;
  gint64 value = 0;

  while (g_ascii_isdigit (*self->at) && self->at - begin < MOST_DIGITS)
    value = value * 10 + g_ascii_digit_value (*self->at++);
  if (self->at == begin || (*begin == '0' && (negative || self->at - begin > 1)) || strchr (",]} \n\r\t", *self->at) == NULL)
    return NULL;
  return json_node_init_int (json_node_alloc (), negative ? -value : value);
}

static gboolean
read_members (Reader     *self,
              JsonObject *object,
              guint       depth)
{
  if (skip (self, '}'))
    return TRUE;
  do
    {
      const char *name = read_text (self);
      JsonNode *value = name != NULL && skip (self, ':') ? read_value (self, depth) : NULL;

      if (value == NULL)
        return FALSE;
      json_object_set_member (object, name, value);
    }
  while (skip (self, ','));
  return skip (self, '}');
}

static gboolean
read_elements (Reader    *self,
               JsonArray *array,
               guint      depth)
{
  if (skip (self, ']'))
    return TRUE;
  do
    {
      JsonNode *value = read_value (self, depth);

      if (value == NULL)
        return FALSE;
      json_array_add_element (array, value);
    }
  while (skip (self, ','));
  return skip (self, ']');
}

static JsonNode *
read_object (Reader *self,
             guint   depth)
{
  g_autoptr(JsonObject) object = json_object_new ();

  return read_members (self, object, depth) ? json_node_init_object (json_node_alloc (), object) : NULL;
}

static JsonNode *
read_array (Reader *self,
            guint   depth)
{
  g_autoptr(JsonArray) array = json_array_new ();

  return read_elements (self, array, depth) ? json_node_init_array (json_node_alloc (), array) : NULL;
}

/* Returns: (transfer full) (nullable) */
static JsonNode *
read_value (Reader *self,
            guint   depth)
{
  const char *text;

  skip_space (self);
  switch (*self->at)
    {
    case '{':
      self->at++;
      return depth > 0 ? read_object (self, depth - 1) : NULL;
    case '[':
      self->at++;
      return depth > 0 ? read_array (self, depth - 1) : NULL;
    case '"':
      text = read_text (self);
      return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    case 't': return skip_word (self, "true") ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL;
    case 'f': return skip_word (self, "false") ? json_node_init_boolean (json_node_alloc (), FALSE) : NULL;
    case 'n': return skip_word (self, "null") ? json_node_init_null (json_node_alloc ()) : NULL;
    default:  return read_number (self);
    }
}

/**
 * linli_json_read:
 * @text: valid UTF-8
 *
 * Returns: (transfer full) (nullable): what json-glib makes of @text; %NULL when
 *   only it can tell
 */
JsonNode *
linli_json_read (const char *text,
                 gsize       length)
{
  g_autofree char *copy = g_malloc (length + 1);
  Reader reader = { copy, copy + length };
  g_autoptr(JsonNode) root = NULL;

  memcpy (copy, text, length);
  copy[length] = '\0';
  skip_space (&reader);
  if (*reader.at != '{' && *reader.at != '[')
    return NULL;
  root = read_value (&reader, LINLI_JSON_MAX_DEPTH);
  if (root == NULL)
    return NULL; /* and the reader may stand behind the end */
  skip_space (&reader);

  return reader.at == reader.end ? g_steal_pointer (&root) : NULL;
}
