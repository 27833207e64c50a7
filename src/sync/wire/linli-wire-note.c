/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-note.h"

#include <string.h>

#include "linli-json.h"
#include "linli-uuid.h"

#define URN "urn:linli:problem:"

const LinliWireProblem linli_wire_problems[] = {
  { "bad-batch", 400, "same", "The request cannot be read" },
  { "code-unknown", 401, "never", "No such code, or it was used, or its time is over" },
  { "token-expired", 401, "reauth", "The device must sign in again" },
  { "device-revoked", 403, "never", "This device may no longer speak to the hub" },
  { "not-administrator", 403, "never", "Only an administrator of the centre looks after its desks" },
  { "device-foreign", 404, "never", "This centre has no such desk" },
  { "unit-unknown", 404, "never", "There is no such unit at work, or no handler sits at it yet: add one first" },
  { "device-unknown", 403, "never", "The hub does not know this device" },
  { "device-forked", 409, "same", "Another machine has used this number: this device exists twice" },
  { "operation-forked", 409, "never", "Another operation already has this id" },
  { "epoch-changed", 410, "bootstrap", "The hub begins another history" },
  { "cursor-expired", 410, "bootstrap", "The desk was away longer than removals are remembered" },
  { "format-retired", 410, "bootstrap", "The feed has another form now" },
  { "blob-unknown", 404, "never", "There is no such file here" },
  { "blob-unwanted", 404, "never", "No row of this workspace refers to that file" },
  { "blob-offset", 409, "same", "The file goes on elsewhere: see Upload-Offset" },
  { "blob-damaged", 422, "same", "What came is not what its name says; it begins anew" },
  { "quota-exceeded", 507, "never", "The workspace has no room for more files" },
  { "too-large", 413, "same", "The request is too large" },
  { "client-too-old", 426, "never", "This program is too old for the hub" },
  { "slow-down", 429, "after", "Too many requests" },
  { "no-room", 503, "after", "The disk of the hub is full" },
  { "unavailable", 503, "after", "The hub cannot write for the moment" },
  { NULL }
};

/* Returns: (nullable) */
const LinliWireProblem *
linli_wire_problem_find (const char *name)
{
  for (guint i = 0; linli_wire_problems[i].name != NULL; i++)
    if (g_strcmp0 (linli_wire_problems[i].name, name) == 0)
      return &linli_wire_problems[i];
  return NULL;
}

/* @detail: (nullable): for logs, without anything personal */
void
linli_wire_problem_append (const LinliWireProblem *problem,
                           const char             *detail,
                           GString                *out)
{
  g_string_append_printf (out, "{\"type\":\"" URN "%s\",\"status\":%u,\"retry\":\"%s\",\"title\":\"%s\"",
                          problem->name, problem->status, problem->retry, problem->title);
  if (detail != NULL)
    {
      g_string_append (out, ",\"detail\":");
      linli_json_append_text (out, detail);
    }
  g_string_append (out, "}\n");
}

/* Returns: (nullable): %NULL when it is not one of ours */
const LinliWireProblem *
linli_wire_problem_parse (GBytes *message)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (message, &size);
  const LinliWireLine line = { data, size };
  g_autoptr(JsonObject) object = size < 65536 ? linli_wire_read (&line, NULL) : NULL;
  const char *type = object != NULL ? linli_json_get_text (object, "type") : NULL;

  return type != NULL && g_str_has_prefix (type, URN) ? linli_wire_problem_find (type + strlen (URN)) : NULL;
}

void
linli_wire_tip_append (const LinliWireTip *tip,
                       GString            *out)
{
  g_string_append (out, "{\"epoch\":");
  linli_json_append_text (out, tip->epoch);
  g_string_append_printf (out, ",\"tip\":%" G_GINT64_FORMAT ",\"expect\":%" G_GINT64_FORMAT, tip->tip, tip->expect);
  if (tip->device != NULL)
    {
      g_string_append (out, ",\"device\":");
      linli_json_append_text (out, tip->device);
    }
  if (tip->prefix != NULL)
    {
      g_string_append (out, ",\"prefix\":");
      linli_json_append_text (out, tip->prefix);
    }
  g_string_append (out, "}\n");
}

static JsonObject *
read_one (GBytes  *message,
          GError **error)
{
  g_autoptr(GArray) lines = linli_wire_split (message, error);

  return lines != NULL ? linli_wire_read (&g_array_index (lines, LinliWireLine, 0), error) : NULL;
}

/**
 * linli_wire_tip_parse:
 * @error: %LINLI_WIRE_ERROR
 *
 * Returns: (transfer full)
 */
LinliWireTip *
linli_wire_tip_parse (GBytes  *message,
                      GError **error)
{
  g_autoptr(LinliWireTip) self = g_new0 (LinliWireTip, 1);
  g_autoptr(JsonObject) object = read_one (message, error);

  if (object == NULL)
    return NULL;
  self->epoch = g_strdup (linli_wire_get_word (object, "epoch", 80));
  self->device = g_strdup (linli_wire_get_word (object, "device", LINLI_UUID_LENGTH));
  self->prefix = g_strdup (linli_wire_get_word (object, "prefix", 8));
  if (self->epoch == NULL || !linli_wire_get_count (object, "tip", &self->tip) ||
      !linli_wire_get_count (object, "expect", &self->expect) ||
      (self->device != NULL && !linli_uuid_is_valid (self->device)))
    {
      linli_wire_foreign (error, "the end of the feed");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
linli_wire_tip_free (LinliWireTip *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->device);
  g_free (self->prefix);
  g_free (self);
}

typedef struct
{
  const char *name;
  gsize       offset;
  gint64      least;
  gint64      most;
} Limit;

static const Limit limits[] = {
  { "max_lines", G_STRUCT_OFFSET (LinliWireConfig, max_lines), 1, LINLI_WIRE_MAX_LINES - 2 },
  { "max_bytes", G_STRUCT_OFFSET (LinliWireConfig, max_bytes), 1024, LINLI_WIRE_MAX_LINE },
  { "page_rows", G_STRUCT_OFFSET (LinliWireConfig, page_rows), 1, LINLI_WIRE_MAX_LINES - 2 },
  { "page_bytes", G_STRUCT_OFFSET (LinliWireConfig, page_bytes), 1024, LINLI_WIRE_MAX_LINE },
  { "poll_active", G_STRUCT_OFFSET (LinliWireConfig, poll_active), 1, 3600 },
  { "poll_idle", G_STRUCT_OFFSET (LinliWireConfig, poll_idle), 1, 3600 },
};

void
linli_wire_config_append (const LinliWireConfig *config,
                          GString               *out)
{
  g_string_append_printf (out, "{\"p\":%d,\"format\":%d", LINLI_WIRE_PROTOCOL, LINLI_WIRE_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, limits[i].name,
                            G_STRUCT_MEMBER (gint64, config, limits[i].offset));
  g_string_append (out, "}\n");
}

/**
 * linli_wire_config_parse:
 * @config: (inout): what the hub does not say stays
 * @error: %LINLI_WIRE_ERROR
 *
 * Brings each limit into the range that this program can keep.
 */
gboolean
linli_wire_config_parse (LinliWireConfig *config,
                         GBytes          *message,
                         GError         **error)
{
  g_autoptr(JsonObject) object = read_one (message, error);
  gint64 protocol = 0;

  if (object == NULL)
    return FALSE;
  if (!linli_wire_get_count (object, "p", &protocol))
    return linli_wire_foreign (error, "the limits");
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      gint64 value = 0;

      if (linli_json_get_int (object, limits[i].name, &value))
        G_STRUCT_MEMBER (gint64, config, limits[i].offset) = CLAMP (value, limits[i].least, limits[i].most);
    }
  return TRUE;
}
