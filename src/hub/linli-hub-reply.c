/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub.h"

LinliHubReply *
linli_hub_reply_new (const char *type)
{
  LinliHubReply *reply = g_new0 (LinliHubReply, 1);

  reply->status = 200;
  reply->type = g_strdup (type);
  reply->body = g_string_new (NULL);

  return reply;
}

void
linli_hub_reply_free (LinliHubReply *reply)
{
  if (reply == NULL)
    return;

  g_free (reply->type);
  g_string_free (reply->body, TRUE);
  g_free (reply);
}

/**
 * linli_hub_reply_problem:
 * @problem: a name of linli_wire_problems
 * @detail: (nullable): for logs, without anything personal
 */
LinliHubReply *
linli_hub_reply_problem (const char *problem,
                         const char *detail)
{
  const LinliWireProblem *known = linli_wire_problem_find (problem);
  LinliHubReply *reply = linli_hub_reply_new ("application/problem+json");

  g_assert (known != NULL);
  reply->status = known->status;
  linli_wire_problem_append (known, detail, reply->body);

  return reply;
}

/**
 * linli_hub_problem_of:
 * @error: of the store
 *
 * Returns: a name of linli_wire_problems: nothing was decided, and the same
 *   bytes may come again
 */
const char *
linli_hub_problem_of (const GError *error)
{
  return g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL) ? "no-room" : "unavailable";
}

/* The engine's words may quote a row and stay here. */
LinliHubReply *
linli_hub_reply_error (const GError *error)
{
  g_autofree char *detail = g_strdup_printf ("store error %d", error->domain == LINLI_STORE_ERROR ? error->code : -1);

  return linli_hub_reply_problem (linli_hub_problem_of (error), detail);
}
