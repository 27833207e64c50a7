/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searches kept under a name: one's own, or everybody's. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-json.h"

static const char *const sorts[] = { "received", "due", "touched", NULL };

const LinliArgSpec linli_view_save_args[] = {
  { "id", LINLI_ARG_ID, .doc = "of a known view; a new one when absent" },
  { "name", LINLI_ARG_TEXT, TRUE, 60 },
  { "query", LINLI_ARG_TEXT, TRUE, 1000, .doc = "a search line" },
  { "sort", LINLI_ARG_TEXT, TRUE, .choices = sorts },
  { "shared", LINLI_ARG_BOOL, .doc = "for everybody; when absent a known view stays what it was, a new one is one's own" },
  { NULL }
};

const LinliArgSpec linli_view_remove_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

/* A personal view is its owner's business alone. */
static LinliRow *
open_view (LinliCommandContext *context,
           const char          *id,
           GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_saved_view, id, "id", error);
  const char *owner = row != NULL ? linli_row_get_text (row, LINLI_SAVED_VIEW_OWNER_ID) : NULL;

  if (owner != NULL && g_strcmp0 (owner, context->operation->actor) != 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-owner", "id",
                    N_("This view belongs to somebody else."));
      return NULL;
    }
  return g_steal_pointer (&row);
}

static LinliRow *
make_view (LinliCommandContext *context,
           GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_saved_view);
  g_autofree char *id = linli_command_new_id (context);
  gint64 position = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &position, error,
                           "SELECT coalesce (max (position), 0) + 1 FROM saved_view", ""))
    return NULL;
  linli_row_set_text (row, LINLI_SAVED_VIEW_ID, id);
  linli_row_set_int (row, LINLI_SAVED_VIEW_POSITION, position);

  return g_steal_pointer (&row);
}

gboolean
linli_view_save_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  const char *name = linli_case_get_words (args, "name", error);
  g_autoptr(LinliRow) row = NULL;

  if (name == NULL)
    return FALSE;
  row = id != NULL ? open_view (context, id, error) : make_view (context, error);
  if (row == NULL)
    return FALSE;

  linli_row_set_text (row, LINLI_SAVED_VIEW_NAME, name);
  linli_row_set_text (row, LINLI_SAVED_VIEW_QUERY, linli_json_get_text (args, "query"));
  linli_row_set_text (row, LINLI_SAVED_VIEW_SORT, linli_json_get_text (args, "sort"));
  if (id == NULL || json_object_has_member (args, "shared"))
    linli_row_set_text (row, LINLI_SAVED_VIEW_OWNER_ID,
                        linli_json_get_bool (args, "shared") ? NULL : context->operation->actor);
  linli_row_set_int (row, LINLI_SAVED_VIEW_ACTIVE, TRUE);
  linli_command_tell (context, "view", linli_row_get_id (row));

  return id != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

/* Kept, and no longer shown, so that an undo brings it back whole. */
gboolean
linli_view_remove_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) row = open_view (context, linli_json_get_text (args, "id"), error);

  if (row == NULL)
    return FALSE;
  linli_row_set_int (row, LINLI_SAVED_VIEW_ACTIVE, FALSE);
  return linli_tx_update (context->tx, row, error);
}
