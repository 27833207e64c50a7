/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why no word of the hub's came, as far as this machine can tell: what a
 * person can do about it is different for each. */
typedef enum
{
  LINLI_HUB_FAULT_NONE,
  LINLI_HUB_FAULT_NO_ANSWER,      /* the line, or nobody listens there */
  LINLI_HUB_FAULT_NO_NAME,        /* no computer of that name is known */
  LINLI_HUB_FAULT_AUTHORITY,      /* a certificate that nobody here trusts */
  LINLI_HUB_FAULT_OTHER_NAME,     /* a certificate of another computer */
  LINLI_HUB_FAULT_DATE,           /* a certificate whose time is over, or a clock that is wrong */
  LINLI_HUB_FAULT_TLS,            /* anything else about it */
  LINLI_HUB_FAULT_PROXY_PASSWORD, /* a proxy wants to know who asks */
  LINLI_HUB_FAULT_PROXY,          /* a proxy does not pass it on */
  LINLI_HUB_FAULT_PORTAL,         /* a page of the network's own came instead: sign in there first */
  LINLI_HUB_FAULT_GATEWAY,        /* the server before the hub answers, the hub does not */
  LINLI_HUB_FAULT_STRANGER,       /* somebody answers who is no hub */
  LINLI_HUB_FAULT_NO_ROOM,        /* the hub itself says that its disk is full */
} LinliHubFault;

/* Errors of a request that was not answered; the codes are LinliHubFault. */
#define LINLI_HUB_FAULT (linli_hub_fault_quark ())

GQuark        linli_hub_fault_quark     (void);
const char   *linli_hub_fault_name      (LinliHubFault         fault);
const char   *linli_hub_fault_words     (LinliHubFault         fault);
LinliHubFault linli_hub_fault_of_error  (const GError         *error,
                                         GTlsCertificateFlags  flags);
LinliHubFault linli_hub_fault_of_answer (guint                 status,
                                         const char           *type,
                                         GBytes               *body);

G_END_DECLS
