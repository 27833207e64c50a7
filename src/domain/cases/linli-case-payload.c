/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-payload.h"

#include "linli-json.h"

LinliPayload *
linli_payload_new (void)
{
  return g_string_new ("{");
}

void
linli_payload_free (LinliPayload *payload)
{
  if (payload != NULL)
    g_string_free (payload, TRUE);
}

static void
append_name (LinliPayload *payload,
             const char   *name)
{
  if (payload->len > 1)
    g_string_append_c (payload, ',');
  linli_json_append_text (payload, name);
  g_string_append_c (payload, ':');
}

static void
append_value (LinliPayload *payload,
              const char   *value)
{
  if (value != NULL)
    linli_json_append_text (payload, value);
  else
    g_string_append (payload, "null");
}

/* @value: (nullable): nothing is written for %NULL */
void
linli_payload_text (LinliPayload *payload,
                    const char   *name,
                    const char   *value)
{
  if (value == NULL)
    return;
  append_name (payload, name);
  append_value (payload, value);
}

void
linli_payload_int (LinliPayload *payload,
                   const char   *name,
                   gint64        value)
{
  append_name (payload, name);
  g_string_append_printf (payload, "%" G_GINT64_FORMAT, value);
}

/* @values: (element-type utf8): nothing is written for an empty list */
void
linli_payload_texts (LinliPayload *payload,
                     const char   *name,
                     GPtrArray    *values)
{
  if (values->len == 0)
    return;
  append_name (payload, name);
  for (guint i = 0; i < values->len; i++)
    {
      g_string_append_c (payload, i == 0 ? '[' : ',');
      append_value (payload, values->pdata[i]);
    }
  g_string_append_c (payload, ']');
}

void
linli_payload_change (LinliPayload *payload,
                      const char   *name,
                      const char   *before,
                      const char   *after)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  append_name (payload, name);
  g_string_append_c (payload, '[');
  append_value (payload, before);
  g_string_append_c (payload, ',');
  append_value (payload, after);
  g_string_append_c (payload, ']');
}

/* Microseconds UTC; 0 is none, and written as null. */
void
linli_payload_change_time (LinliPayload *payload,
                           const char   *name,
                           gint64        before,
                           gint64        after)
{
  const gint64 times[] = { before, after };

  if (before == after)
    return;
  append_name (payload, name);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_string_append_c (payload, i == 0 ? '[' : ',');
      if (times[i] != 0)
        g_string_append_printf (payload, "%" G_GINT64_FORMAT, times[i]);
      else
        g_string_append (payload, "null");
    }
  g_string_append_c (payload, ']');
}

gboolean
linli_payload_is_empty (LinliPayload *payload)
{
  return payload->len == 1;
}

/**
 * linli_payload_close:
 *
 * Returns: (transfer none) (nullable): the finished object, %NULL when nothing
 *   was put in; nothing may be added afterwards
 */
const char *
linli_payload_close (LinliPayload *payload)
{
  if (linli_payload_is_empty (payload))
    return NULL;
  g_string_append_c (payload, '}');
  return payload->str;
}
