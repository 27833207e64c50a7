/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-end.h"

#include <string.h>

#include "linli-json.h"
#include "linli-wire-note.h"

#define NAME      "device-revoked"
#define MAX_BYTES 1024 /* of a name or a reason, longer than the hub takes either */

static void
append_member (GString    *out,
               const char *member,
               const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", member);
  linli_json_append_text (out, text);
}

void
linli_wire_end_append (const LinliWireEnd *end,
                       GString            *out)
{
  linli_wire_problem_append (linli_wire_problem_find (NAME), NULL, out);
  g_string_truncate (out, out->len - strlen ("}\n"));
  append_member (out, "ended_by", end->by);
  append_member (out, "reason", end->reason);
  g_string_append_printf (out, ",\"ended_at\":%" G_GINT64_FORMAT "}\n", end->at);
}

/**
 * linli_wire_end_parse:
 * @message: a problem, of whatever kind
 *
 * Returns: (transfer full) (nullable): %NULL when it does not tell that this desk was ended
 */
LinliWireEnd *
linli_wire_end_parse (GBytes *message)
{
  const LinliWireProblem *problem = linli_wire_problem_parse (message);
  gsize size = 0;
  const char *data = g_bytes_get_data (message, &size);
  const LinliWireLine line = { data, size };
  g_autoptr(JsonObject) object = NULL;
  LinliWireEnd *self;

  if (problem == NULL || !g_str_equal (problem->name, NAME))
    return NULL;
  object = linli_wire_read (&line, NULL);
  self = g_new0 (LinliWireEnd, 1);
  self->by = g_strdup (linli_wire_get_word (object, "ended_by", MAX_BYTES));
  self->reason = g_strdup (linli_wire_get_word (object, "reason", MAX_BYTES));
  if (!linli_wire_get_count (object, "ended_at", &self->at))
    self->at = 0;

  return self;
}

void
linli_wire_end_free (LinliWireEnd *self)
{
  if (self == NULL)
    return;

  g_free (self->by);
  g_free (self->reason);
  g_free (self);
}
