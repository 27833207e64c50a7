/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-keeper.h"

#include <glib/gi18n-lib.h>

#include "linli-json.h"

#define FILE_NAME "hub.json"
#define AUTHORITY "hub-authority.pem"

static char *
get_path (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

/**
 * linli_hub_keeper_load:
 * @folder: of a store
 * @error: %G_FILE_ERROR_NOENT when this desk has no hub, or came here without its key
 *
 * Returns: (transfer full)
 */
LinliHubAddress *
linli_hub_keeper_load (const char *folder,
                       GError    **error)
{
  g_autofree char *path = get_path (folder);
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) kept = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  kept = linli_json_parse_object (text, -1, error);
  if (kept == NULL)
    return NULL;
  if (linli_json_get_text (kept, "url") == NULL || linli_json_get_text (kept, "workspace") == NULL ||
      linli_json_get_text (kept, "device") == NULL || linli_json_get_text (kept, "credential") == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is incomplete", path);
      return NULL;
    }
  return linli_hub_address_new (linli_json_get_text (kept, "url"), linli_json_get_text (kept, "workspace"),
                                linli_json_get_text (kept, "device"), linli_json_get_text (kept, "credential"),
                                linli_json_get_text (kept, "authority"));
}

gboolean
linli_hub_keeper_save (const char            *folder,
                       const LinliHubAddress *address,
                       GError               **error)
{
  g_autofree char *path = get_path (folder);
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (kept, "url", address->url);
  json_object_set_string_member (kept, "workspace", address->workspace);
  json_object_set_string_member (kept, "device", address->device);
  json_object_set_string_member (kept, "credential", address->credential);
  if (address->authority != NULL)
    json_object_set_string_member (kept, "authority", address->authority);
  text = linli_json_object_to_text (kept);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

/**
 * linli_hub_keeper_keep_authority:
 * @folder: of a store
 * @path: a PEM file with the certificates to trust besides the machine's
 * @error: %G_IO_ERROR_INVALID_DATA, in words for whoever chose it, and others
 *
 * A copy beside the store: the stick it came on is pulled out.
 *
 * Returns: (transfer full): where it is kept
 */
char *
linli_hub_keeper_keep_authority (const char *folder,
                                 const char *path,
                                 GError    **error)
{
  g_autofree char *kept = g_build_filename (folder, AUTHORITY, NULL);
  g_autolist(GTlsCertificate) list = g_tls_certificate_list_new_from_file (path, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  if (list == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           N_("This file has no certificates in it. Whoever runs the hub has the right one; "
                              "its name often ends in .pem or .crt."));
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &size, error) ||
      !g_file_set_contents_full (kept, text, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, error))
    return NULL;
  return g_steal_pointer (&kept);
}
