/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-operation.h"

#include <glib/gi18n.h>

#include "linli-domain-error.h"
#include "linli-json.h"
#include "linli-uuid.h"

static char *
write_body (const LinliOperation *self,
            const char           *args)
{
  GString *line = g_string_new ("{\"op\":");

  linli_json_append_text (line, self->id);
  g_string_append (line, ",\"k\":");
  linli_json_append_text (line, self->kind);
  g_string_append_printf (line, ",\"v\":%u,\"by\":", self->version);
  linli_json_append_text (line, self->actor);
  g_string_append_printf (line, ",\"at\":%" G_GINT64_FORMAT ",\"args\":%s}", self->at, args);

  return g_string_free (line, FALSE);
}

/**
 * linli_operation_new:
 * @args: (transfer none): kept; must not be changed afterwards
 * @written: (nullable): what linli_json_object_to_text() makes of @args, where
 *   that is known already
 *
 * Returns: (transfer full): the operation, its line written
 */
LinliOperation *
linli_operation_new (const char *id,
                     const char *kind,
                     guint       version,
                     const char *actor,
                     const char *device,
                     gint64      at,
                     JsonObject *args,
                     const char *written)
{
  g_autofree char *text = written == NULL ? linli_json_object_to_text (args) : NULL;
  LinliOperation *self = g_new0 (LinliOperation, 1);

  self->id = g_strdup (id);
  self->kind = g_strdup (kind);
  self->version = version;
  self->actor = g_strdup (actor != NULL ? actor : "");
  self->device = g_strdup (device != NULL ? device : "");
  self->at = at;
  self->args = json_object_ref (args);
  self->body = write_body (self, written != NULL ? written : text);

  return self;
}

/**
 * linli_operation_parse:
 * @body: a line as linli_operation_new() wrote it, from anywhere
 * @error: %LINLI_JSON_ERROR or %LINLI_DOMAIN_ERROR_INVALID
 *
 * Returns: (transfer full): the operation; its device is not part of the
 *   line and stays empty
 */
LinliOperation *
linli_operation_parse (const char *body,
                       gssize      length,
                       GError    **error)
{
  g_autoptr(JsonObject) line = linli_json_parse_object (body, length, error);
  g_autoptr(LinliOperation) self = NULL;
  JsonObject *args;
  gint64 version = 0;

  if (line == NULL)
    return NULL;

  self = g_new0 (LinliOperation, 1);
  self->id = g_strdup (linli_json_get_text (line, "op"));
  self->kind = g_strdup (linli_json_get_text (line, "k"));
  self->actor = g_strdup (linli_json_get_text (line, "by"));
  self->device = g_strdup ("");
  args = linli_json_get_object (line, "args");
  if (!linli_uuid_is_valid (self->id) || self->kind == NULL || self->actor == NULL || args == NULL ||
      !linli_json_get_int (line, "v", &version) || version < 1 || version > G_MAXUINT16 ||
      !linli_json_get_int (line, "at", &self->at))
    {
      linli_refuse_invalid (error, NULL, N_("This is not an operation."));
      return NULL;
    }
  self->version = (guint) version;
  self->args = json_object_ref (args);
  self->body = length < 0 ? g_strdup (body) : g_strndup (body, (gsize) length);

  return g_steal_pointer (&self);
}

void
linli_operation_free (LinliOperation *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->actor);
  g_free (self->device);
  g_free (self->body);
  g_clear_pointer (&self->args, json_object_unref);
  g_free (self);
}
