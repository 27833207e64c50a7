/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire.h"

#include <string.h>

#include "linli-json.h"
#include "linli-sha256.h"

G_DEFINE_QUARK (linli-wire-error-quark, linli_wire_error)

/* Returns: always %FALSE */
gboolean
linli_wire_foreign (GError    **error,
                    const char *what)
{
  g_set_error (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_FOREIGN, "This does not come from Linli: %s", what);
  return FALSE;
}

/**
 * linli_wire_split:
 * @message: kept by the caller for as long as the lines are used
 * @error: %LINLI_WIRE_ERROR; %LINLI_WIRE_ERROR_TORN when the last line has no end
 *
 * Returns: (transfer full) (element-type LinliWireLine): one or more lines
 */
GArray *
linli_wire_split (GBytes  *message,
                  GError **error)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (LinliWireLine));
  gsize size = 0;
  const char *data = g_bytes_get_data (message, &size);
  const char *end = data + size;

  if (size == 0 || end[-1] != '\n')
    {
      g_set_error_literal (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_TORN, "The message ends too early");
      return NULL;
    }
  for (const char *at = data; at < end;)
    {
      const char *stop = memchr (at, '\n', (gsize) (end - at));
      LinliWireLine line = { at, (gsize) (stop - at) };

      if (line.length > LINLI_WIRE_MAX_LINE || lines->len >= LINLI_WIRE_MAX_LINES)
        {
          g_set_error_literal (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_LIMIT, "The message is too long");
          return NULL;
        }
      g_array_append_val (lines, line);
      at = stop + 1;
    }

  return g_steal_pointer (&lines);
}

/* Returns: (transfer full): the object a line holds */
JsonObject *
linli_wire_read (const LinliWireLine *line,
                 GError             **error)
{
  g_autoptr(GError) fault = NULL;
  JsonObject *object = NULL;

  if (line->length > 1 && line->text[0] == '{' && memchr (line->text, '\0', line->length) == NULL)
    object = linli_json_parse_object (line->text, (gssize) line->length, &fault);
  if (object == NULL)
    linli_wire_foreign (error, fault != NULL ? fault->message : "a line is no object");
  return object;
}

/* Returns: (nullable): a text that is there and neither empty nor too long */
const char *
linli_wire_get_word (JsonObject *object,
                     const char *member,
                     gsize       max_length)
{
  const char *text = linli_json_get_text (object, member);

  return text != NULL && *text != '\0' && strlen (text) <= max_length ? text : NULL;
}

/* An integer that is not negative. */
gboolean
linli_wire_get_count (JsonObject *object,
                      const char *member,
                      gint64     *value)
{
  return linli_json_get_int (object, member, value) && *value >= 0;
}

/* Returns: (transfer full): SHA-256 in hexadecimal */
char *
linli_wire_hash (const char *bytes,
                 gsize       length)
{
  LinliSha256 sum;

  linli_sha256_begin (&sum);
  linli_sha256_add (&sum, bytes, length);
  return linli_sha256_end_text (&sum);
}
