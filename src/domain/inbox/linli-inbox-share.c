/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a thing is that a person keeps: one's own, which nobody else touches,
 * or everybody's, which those change who answer for how the centre works. */

#include "config.h"

#include "linli-inbox-share.h"

#include <glib/gi18n.h>

#include "linli-json.h"

#define KEEPERS (LINLI_ROLE_ADMIN | LINLI_ROLE_DISPATCHER | LINLI_ROLE_REVIEWER | LINLI_ROLE_SUPERVISOR | \
                 LINLI_ROLE_SECRETARY)

const char *const linli_share_choices[] = { "own", "everybody", NULL };

/* Whether one with @roles may keep things for everybody. */
gboolean
linli_share_is_allowed (LinliRole roles)
{
  return (roles & KEEPERS) != 0;
}

static gboolean
check_keeper (LinliCommandContext *context,
              GError             **error)
{
  if (linli_share_is_allowed (context->roles))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-shared", "for",
                N_("What everybody uses is changed by a dispatcher, a reviewer or an administrator."));
  return FALSE;
}

/**
 * linli_share_open:
 * @id: (nullable): of a known row; %NULL makes a new one
 * @owner_column: holds the owner's account; NULL for everybody's
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED when it is somebody else's, or
 *   everybody's and not for this person to change
 *
 * Returns: (transfer full): the row, to be changed
 */
LinliRow *
linli_share_open (LinliCommandContext *context,
                  const LinliTable    *table,
                  const char          *id,
                  guint                owner_column,
                  GError             **error)
{
  g_autoptr(LinliRow) row = NULL;
  const char *owner;

  if (id == NULL)
    {
      g_autofree char *new_id = linli_command_new_id (context);

      row = linli_row_new (table);
      linli_row_set_text (row, 0, new_id);
      return g_steal_pointer (&row);
    }
  row = linli_command_get (context, table, id, "id", error);
  if (row == NULL)
    return NULL;
  owner = linli_row_get_text (row, owner_column);
  if (owner == NULL)
    return check_keeper (context, error) ? g_steal_pointer (&row) : NULL;
  if (g_strcmp0 (owner, context->operation->actor) != 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-owner", "id", N_("This belongs to somebody else."));
      return NULL;
    }
  return g_steal_pointer (&row);
}

/* Takes the argument "for" over; when it is absent a known row stays what it
 * was, a new one is one's own. */
gboolean
linli_share_set (LinliCommandContext *context,
                 LinliRow            *row,
                 guint                owner_column,
                 gboolean             is_new,
                 JsonObject          *args,
                 GError             **error)
{
  const char *whom = linli_json_get_text (args, "for");
  gboolean shared = g_strcmp0 (whom, "everybody") == 0;

  if (!is_new && whom == NULL)
    return TRUE;
  if (shared && !check_keeper (context, error))
    return FALSE;
  linli_row_set_text (row, owner_column, shared ? NULL : context->operation->actor);
  return TRUE;
}
