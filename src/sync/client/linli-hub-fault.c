/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-fault.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-wire-note.h"

G_DEFINE_QUARK (linli-hub-fault-quark, linli_hub_fault)

static const struct
{
  const char *name;
  const char *words; /* what happened, and what to do */
} faults[] = {
  [LINLI_HUB_FAULT_NONE] = { "none", NULL },
  [LINLI_HUB_FAULT_NO_ANSWER] = { "no-answer",
    N_("The hub does not answer. Is the address right, and the network there?") },
  [LINLI_HUB_FAULT_NO_NAME] = { "no-name",
    N_("There is no computer of that name. Is the address right, and the network there?") },
  [LINLI_HUB_FAULT_AUTHORITY] = { "authority",
    N_("Nobody whom this computer trusts vouches for the hub. If the hub has certificates of its own, "
       "choose their file under Certificates; whoever runs the hub has it. Otherwise somebody may be "
       "listening in: do not go on.") },
  [LINLI_HUB_FAULT_OTHER_NAME] = { "other-name",
    N_("What answers has the certificate of another computer. Write the address exactly as whoever "
       "runs the hub gave it.") },
  [LINLI_HUB_FAULT_DATE] = { "date",
    N_("The hub’s certificate is not valid today. Is the date of this computer right? If it is, tell "
       "whoever runs the hub that the certificate must be renewed.") },
  [LINLI_HUB_FAULT_TLS] = { "tls",
    N_("The hub does not prove who it is: no safe connection comes about. Please tell whoever runs the "
       "hub.") },
  [LINLI_HUB_FAULT_PROXY_PASSWORD] = { "proxy-password",
    N_("The network’s proxy wants a name and a password. Enter them in the network settings of this "
       "computer, or ask whoever runs the network to let the hub’s address pass.") },
  [LINLI_HUB_FAULT_PROXY] = { "proxy",
    N_("The network’s proxy does not pass the hub’s address on. Ask whoever runs the network, or check "
       "the proxy in the network settings of this computer.") },
  [LINLI_HUB_FAULT_PORTAL] = { "portal",
    N_("This network shows a page of its own instead of the hub: it wants you to sign in. Open any "
       "page in a web browser, sign in there, and come back.") },
  [LINLI_HUB_FAULT_GATEWAY] = { "gateway",
    N_("The server before the hub answers, but the hub behind it does not. Please tell whoever runs "
       "the hub.") },
  [LINLI_HUB_FAULT_STRANGER] = { "stranger",
    N_("What answers at that address is no hub of Linli.") },
  [LINLI_HUB_FAULT_NO_ROOM] = { "no-room",
    N_("The disk of the hub is full. Please tell whoever runs the hub; it goes on by itself once there "
       "is room.") },
};

/* Returns: a stable name, for terminals */
const char *
linli_hub_fault_name (LinliHubFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (faults), NULL);

  return faults[fault].name;
}

/* Returns: (nullable): sentences for people, not translated; %NULL for none */
const char *
linli_hub_fault_words (LinliHubFault fault)
{
  g_return_val_if_fail (fault < G_N_ELEMENTS (faults), NULL);

  return faults[fault].words;
}

/* @flags: what was wrong with the certificate, if there was one */
LinliHubFault
linli_hub_fault_of_error (const GError        *error,
                          GTlsCertificateFlags flags)
{
  if (error->domain == LINLI_HUB_FAULT)
    return (LinliHubFault) error->code;
  if (error->domain == G_RESOLVER_ERROR)
    return LINLI_HUB_FAULT_NO_NAME;
  if (error->domain == G_TLS_ERROR)
    {
      if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
        return LINLI_HUB_FAULT_AUTHORITY;
      if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
        return LINLI_HUB_FAULT_OTHER_NAME;
      if ((flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
        return LINLI_HUB_FAULT_DATE;
      return LINLI_HUB_FAULT_TLS;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED))
    return LINLI_HUB_FAULT_PROXY_PASSWORD;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    return LINLI_HUB_FAULT_PROXY;
  return LINLI_HUB_FAULT_NO_ANSWER;
}

/**
 * linli_hub_fault_of_answer:
 * @status: of HTTP
 * @type: (nullable): media type
 * @body: (nullable)
 *
 * The hub never redirects and never speaks HTML.
 */
LinliHubFault
linli_hub_fault_of_answer (guint       status,
                           const char *type,
                           GBytes     *body)
{
  const LinliWireProblem *problem = status == 503 && body != NULL ? linli_wire_problem_parse (body) : NULL;
  gboolean html = type != NULL && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0;

  if (problem != NULL && g_str_equal (problem->name, "no-room"))
    return LINLI_HUB_FAULT_NO_ROOM;
  if (status == 407)
    return LINLI_HUB_FAULT_PROXY_PASSWORD;
  if (status == 511 || (status >= 300 && status < 400 && status != 304) || (status == 200 && html))
    return LINLI_HUB_FAULT_PORTAL;
  if (html && status >= 502 && status <= 504)
    return LINLI_HUB_FAULT_GATEWAY;
  return html ? LINLI_HUB_FAULT_STRANGER : LINLI_HUB_FAULT_NONE;
}
