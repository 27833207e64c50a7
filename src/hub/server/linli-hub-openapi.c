/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-openapi.h"

#include <string.h>

#include "linli-hub-routes.h"

#define FORM "application/x-www-form-urlencoded"

static void
add_parameter (JsonArray  *parameters,
               const char *name,
               const char *in)
{
  JsonObject *parameter = json_object_new ();
  JsonObject *schema = json_object_new ();

  json_object_set_string_member (parameter, "name", name);
  json_object_set_string_member (parameter, "in", in);
  json_object_set_boolean_member (parameter, "required", g_str_equal (in, "path"));
  json_object_set_string_member (schema, "type", "string");
  json_object_set_object_member (parameter, "schema", schema);
  json_array_add_object_element (parameters, parameter);
}

static JsonArray *
make_parameters (const LinliHubRoute *route)
{
  JsonArray *parameters = json_array_new ();
  g_auto(GStrv) queries = g_strsplit (route->query != NULL ? route->query : "", " ", -1);
  const char *open = route->path;

  while ((open = strchr (open, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = g_strndup (open + 1, (gsize) (close - open - 1));

      add_parameter (parameters, name, "path");
      open = close;
    }
  for (guint i = 0; queries[i] != NULL && *queries[i] != '\0'; i++)
    add_parameter (parameters, queries[i], "query");

  return parameters;
}

static JsonObject *
make_body (const LinliHubRoute *route)
{
  JsonObject *body = json_object_new ();
  JsonObject *content = json_object_new ();
  JsonObject *media = json_object_new ();
  gboolean is_form = g_str_has_prefix (route->path, "/open311/");

  if (route->args != NULL)
    json_object_set_object_member (media, "schema", linli_args_to_schema (route->args));
  json_object_set_object_member (content, is_form ? FORM : route->args != NULL ? "application/json" : "*/*", media);
  json_object_set_object_member (body, "content", content);
  json_object_set_boolean_member (body, "required", TRUE);

  return body;
}

static JsonObject *
make_responses (const LinliHubRoute *route)
{
  static const struct { const char *status; const char *words; } all[] = {
    { "2XX", "Done, or what was asked for." },
    { "4XX", "Refused; the body says why." },
    { "503", "Not now; the same may be sent again." },
  };
  JsonObject *responses = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      JsonObject *response = json_object_new ();

      json_object_set_string_member (response, "description", all[i].words);
      json_object_set_object_member (responses, all[i].status, response);
    }
  return responses;
}

static JsonArray *
make_security (const char *key)
{
  JsonArray *security = json_array_new ();
  JsonObject *scheme = json_object_new ();

  json_object_set_array_member (scheme, key, json_array_new ());
  json_array_add_object_element (security, scheme);
  return security;
}

static void
add_route (const LinliHubRoute *route,
           gpointer             data)
{
  JsonObject *paths = data;
  JsonObject *path;
  JsonObject *operation = json_object_new ();
  g_autofree char *method = g_ascii_strdown (route->method, -1);

  if (!json_object_has_member (paths, route->path))
    json_object_set_object_member (paths, route->path, json_object_new ());
  path = json_object_get_object_member (paths, route->path);
  json_object_set_string_member (operation, "summary", route->doc);
  json_object_set_array_member (operation, "parameters", make_parameters (route));
  if (route->limit > 0)
    json_object_set_object_member (operation, "requestBody", make_body (route));
  json_object_set_object_member (operation, "responses", make_responses (route));
  if (route->key != NULL)
    json_object_set_array_member (operation, "security", make_security (route->key));
  json_object_set_object_member (path, method, operation);
}

static JsonObject *
make_components (void)
{
  static const char *const bearers[] = { LINLI_HUB_KEY_DEVICE, LINLI_HUB_KEY_CHANNEL, LINLI_HUB_KEY_DISTRICT };
  JsonObject *components = json_object_new ();
  JsonObject *schemes = json_object_new ();
  JsonObject *form = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bearers); i++)
    {
      JsonObject *scheme = json_object_new ();

      json_object_set_string_member (scheme, "type", "http");
      json_object_set_string_member (scheme, "scheme", "bearer");
      json_object_set_object_member (schemes, bearers[i], scheme);
    }
  json_object_set_string_member (form, "type", "apiKey");
  json_object_set_string_member (form, "in", "query");
  json_object_set_string_member (form, "name", "api_key");
  json_object_set_string_member (form, "description", "A field of the form.");
  json_object_set_object_member (schemes, LINLI_HUB_KEY_OPEN311, form);
  json_object_set_object_member (components, "securitySchemes", schemes);

  return components;
}

void
linli_hub_door_openapi (LinliHubService  *service,
                        LinliHttpRequest *request,
                        GStrv             parts)
{
  g_autoptr(JsonObject) document = json_object_new ();
  JsonObject *info = json_object_new ();
  JsonObject *paths = json_object_new ();

  json_object_set_string_member (document, "openapi", "3.1.0");
  json_object_set_string_member (info, "title", "Hub of Linli");
  json_object_set_string_member (info, "version", LINLI_VERSION);
  json_object_set_object_member (document, "info", info);
  linli_hub_routes_each (add_route, paths);
  json_object_set_object_member (document, "paths", paths);
  json_object_set_object_member (document, "components", make_components ());
  linli_hub_answer_json (request, 200, document);
}
