/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"

G_BEGIN_DECLS

/* The operator's orders about what is in a workspace, and about the keys of
 * the side doors: `linli-hub NOUN VERB …`. Changes are commands of the domain,
 * recorded like any desk's. */

/* A verb as it is typed. */
typedef struct
{
  const char *noun;
  const char *verb;
  const char *order;
  const char *words[4]; /* what follows, NULL-terminated: members of the order */
  gboolean    more;     /* then MEMBER=VALUE … */
  const char *doc;
} LinliHubVerb;

extern const LinliHubVerb linli_hub_verbs[]; /* ends with a NULL noun */

JsonObject *linli_hub_verb_read (char            **words,
                                 GError          **error);
gboolean    linli_hub_admin_run (LinliHubService  *service,
                                 JsonObject       *order,
                                 JsonObject       *told,
                                 gboolean         *known,
                                 GError          **error);

G_END_DECLS
