/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LINLI_JSON_MAX_DEPTH 32

#define LINLI_JSON_ERROR (linli_json_error_quark ())

typedef enum
{
  LINLI_JSON_ERROR_SYNTAX,   /* not JSON, or not UTF-8 */
  LINLI_JSON_ERROR_TOO_DEEP, /* more nesting than any message of ours has */
  LINLI_JSON_ERROR_TYPE,     /* JSON, but not an object */
} LinliJsonError;

GQuark      linli_json_error_quark   (void);

JsonNode   *linli_json_parse         (const char  *text,
                                      gssize       length,
                                      GError     **error);
JsonObject *linli_json_parse_object  (const char  *text,
                                      gssize       length,
                                      GError     **error);
char       *linli_json_object_to_text (JsonObject *object);
char       *linli_json_node_to_text  (JsonNode    *node,
                                      gboolean     pretty);

const char *linli_json_get_text      (JsonObject  *object,
                                      const char  *member);
gboolean    linli_json_get_int       (JsonObject  *object,
                                      const char  *member,
                                      gint64      *value);
gboolean    linli_json_get_bool      (JsonObject  *object,
                                      const char  *member);
JsonArray  *linli_json_get_array     (JsonObject  *object,
                                      const char  *member);
JsonObject *linli_json_get_object    (JsonObject  *object,
                                      const char  *member);

void        linli_json_set_text      (JsonObject  *object,
                                      const char  *member,
                                      const char  *text);
JsonNode   *linli_json_take_array    (JsonArray   *array);

void        linli_json_append_text   (GString     *out,
                                      const char  *text);

G_END_DECLS
