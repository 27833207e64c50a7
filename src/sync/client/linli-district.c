/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-district.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "linli-hub-client.h"
#include "linli-json.h"

#define SILENT_SECONDS 120 /* a hub of many centres counts for a while */

/* What the hub says about itself when it refuses. */
static JsonObject *
refuse (guint   status,
        GBytes *body,
        GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr(JsonObject) problem = size > 0 ? linli_json_parse_object (text, (gssize) size, NULL) : NULL;
  const char *title = problem != NULL ? linli_json_get_text (problem, "title") : NULL;

  g_set_error (error, G_IO_ERROR, status == 401 ? G_IO_ERROR_PERMISSION_DENIED : G_IO_ERROR_FAILED, "%s (%u)",
               title != NULL ? title : "The hub does not answer this", status);
  return NULL;
}

/**
 * linli_district_ask:
 * @url: of the hub, as somebody typed it
 * @authority: (nullable): PEM file with certificates that are trusted instead of the machine's
 * @path: such as "/v1/figures"
 * @query: (element-type utf8 utf8)
 * @error: %G_IO_ERROR_PERMISSION_DENIED when the key opens nothing there, and others
 *
 * Blocks.
 *
 * Returns: (transfer full): what the hub answered
 */
JsonObject *
linli_district_ask (const char *url,
                    const char *key,
                    const char *authority,
                    const char *path,
                    GHashTable *query,
                    GError    **error)
{
  g_autofree char *base = linli_hub_url_tidy (url, error);
  g_autofree char *form = base != NULL ? soup_form_encode_hash (query) : NULL;
  g_autofree char *whole = base != NULL ? g_strconcat (base, path, "?", form, NULL) : NULL;
  g_autofree char *bearer = g_strconcat ("Bearer ", key, NULL);
  g_autoptr(SoupSession) session = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GBytes) body = NULL;
  gsize size = 0;
  const char *text;

  if (base == NULL)
    return NULL;
  session = soup_session_new_with_options ("timeout", SILENT_SECONDS, NULL);
  if (authority != NULL)
    {
      g_autoptr(GTlsDatabase) database = g_tls_file_database_new (authority, error);

      if (database == NULL)
        return NULL;
      soup_session_set_tls_database (session, database);
    }
  message = soup_message_new ("GET", whole);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  /* The key is for this hub and goes nowhere else. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  body = soup_session_send_and_read (session, message, NULL, error);
  if (body == NULL)
    return NULL;
  if (soup_message_get_status (message) != 200)
    return refuse (soup_message_get_status (message), body, error);
  text = g_bytes_get_data (body, &size);

  return linli_json_parse_object (text, (gssize) size, error);
}
