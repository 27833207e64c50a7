/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-client.h"

#include <glib/gi18n.h>
#include <string.h>

LinliHubAddress *
linli_hub_address_new (const char *url,
                       const char *workspace,
                       const char *device,
                       const char *credential,
                       const char *authority)
{
  LinliHubAddress *self = g_new0 (LinliHubAddress, 1);

  self->url = g_strdup (url);
  self->workspace = g_strdup (workspace);
  self->device = g_strdup (device);
  self->credential = g_strdup (credential);
  self->authority = g_strdup (authority);

  return self;
}

LinliHubAddress *
linli_hub_address_copy (const LinliHubAddress *self)
{
  return linli_hub_address_new (self->url, self->workspace, self->device, self->credential, self->authority);
}

void
linli_hub_address_free (LinliHubAddress *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->workspace);
  g_free (self->device);
  g_free (self->credential);
  g_free (self->authority);
  g_free (self);
}

LinliHubEnrolled *
linli_hub_enrolled_copy (const LinliHubEnrolled *self)
{
  LinliHubEnrolled *copy = g_new0 (LinliHubEnrolled, 1);

  copy->address = linli_hub_address_copy (self->address);
  copy->name = g_strdup (self->name);
  copy->prefix = g_strdup (self->prefix);
  copy->epoch = g_strdup (self->epoch);

  return copy;
}

void
linli_hub_enrolled_free (LinliHubEnrolled *self)
{
  if (self == NULL)
    return;

  linli_hub_address_free (self->address);
  g_free (self->name);
  g_free (self->prefix);
  g_free (self->epoch);
  g_free (self);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * linli_hub_url_tidy:
 * @typed: as a person types it: "hub.example.cn", "https://hub.example.cn:8700/"
 * @error: %G_IO_ERROR_INVALID_ARGUMENT, in words for that person
 *
 * Without a scheme TLS is meant, but for this machine itself; what residents
 * said never crosses a network in the clear.
 *
 * Returns: (transfer full): scheme, host and port, without a slash at the end
 */
char *
linli_hub_url_tidy (const char *typed,
                    GError    **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  g_autofree char *whole = strstr (trimmed, "://") != NULL ? g_strdup (trimmed)
                                                           : g_strconcat ("https://", trimmed, NULL);
  g_autoptr(GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  g_autofree char *tidy = NULL;

  if (host == NULL || *host == '\0' || strpbrk (trimmed, " \t%") != NULL
      || !(g_str_equal (scheme, "https") || g_str_equal (scheme, "http")))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           N_("That is no address of a hub; it looks like https://hub.example.cn"));
      return NULL;
    }
  if (strstr (trimmed, "://") == NULL && is_loopback (host))
    scheme = "http";
  if (g_str_equal (scheme, "http") && !is_loopback (host))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           N_("Without TLS everybody on the network could read along; the address must begin with https://"));
      return NULL;
    }
  tidy = g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, g_uri_get_port (uri), "", NULL, NULL);

  return g_steal_pointer (&tidy);
}
