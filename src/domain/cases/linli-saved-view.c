/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searches kept under a name (常用视图): one's own, or everybody's. Each kind has
 * an order of its own, so that whoever orders the shared ones does not move
 * anybody's personal ones. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-inbox-share.h"
#include "linli-json.h"

static const char *const sorts[] = { "received", "due", "touched", NULL };

const LinliArgSpec linli_view_save_args[] = {
  { "id", LINLI_ARG_ID, .doc = "of a known view, which keeps what is absent here; a new one when absent" },
  { "name", LINLI_ARG_TEXT, FALSE, 60, .doc = "a new view needs one" },
  { "query", LINLI_ARG_TEXT, FALSE, 1000, .doc = "a search line; a new view needs one" },
  { "sort", LINLI_ARG_TEXT, .choices = sorts, .doc = "of a new view received when absent" },
  { "shared", LINLI_ARG_BOOL, .doc = "for everybody; when absent a known view stays what it was, a new one is one's own" },
  { NULL }
};

const LinliArgSpec linli_view_remove_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

const LinliArgSpec linli_view_move_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { "before", LINLI_ARG_ID, .doc = "another view of the same kind, own or shared; to the end when absent" },
  { NULL }
};

static gboolean
check_keeper (LinliCommandContext *context,
              GError             **error)
{
  if (linli_share_is_allowed (context->roles))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-shared", "shared",
                N_("What everybody uses is changed by a dispatcher, a reviewer or an administrator."));
  return FALSE;
}

/* A personal view is its owner's business alone; what everybody sees is changed
 * by those who answer for how the centre works. */
static LinliRow *
open_view (LinliCommandContext *context,
           const char          *id,
           GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_saved_view, id, "id", error);
  const char *owner = row != NULL ? linli_row_get_text (row, LINLI_SAVED_VIEW_OWNER_ID) : NULL;

  if (row == NULL || (owner == NULL && !check_keeper (context, error)))
    return NULL;
  if (owner != NULL && g_strcmp0 (owner, context->operation->actor) != 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-owner", "id",
                    N_("This view belongs to somebody else."));
      return NULL;
    }
  return g_steal_pointer (&row);
}

/* A place below all there are. */
static gboolean
put_last (LinliCommandContext *context,
          LinliRow            *row,
          GError             **error)
{
  gint64 position = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &position, error,
                           "SELECT coalesce (max (position), 0) + 1 FROM saved_view", ""))
    return FALSE;
  linli_row_set_int (row, LINLI_SAVED_VIEW_POSITION, position);
  return TRUE;
}

static LinliRow *
make_view (LinliCommandContext *context,
           JsonObject          *args,
           GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_saved_view);
  g_autofree char *id = linli_command_new_id (context);

  if (linli_case_get_words (args, "name", error) == NULL)
    return NULL;
  if (linli_json_get_text (args, "query") == NULL)
    {
      linli_refuse_invalid (error, "query", N_("This must be filled in."));
      return NULL;
    }
  if (!put_last (context, row, error))
    return NULL;
  linli_row_set_text (row, LINLI_SAVED_VIEW_ID, id);
  linli_row_set_text (row, LINLI_SAVED_VIEW_SORT, "received");
  linli_row_set_text (row, LINLI_SAVED_VIEW_OWNER_ID, context->operation->actor);

  return g_steal_pointer (&row);
}

/* Own or everybody's. */
static gboolean
set_whose (LinliCommandContext *context,
           LinliRow            *row,
           gboolean             shared,
           gboolean             is_new,
           GError             **error)
{
  if (shared && !check_keeper (context, error))
    return FALSE;
  if (!is_new && shared == linli_row_is_null (row, LINLI_SAVED_VIEW_OWNER_ID))
    return TRUE;
  linli_row_set_text (row, LINLI_SAVED_VIEW_OWNER_ID, shared ? NULL : context->operation->actor);

  return is_new || put_last (context, row, error);
}

gboolean
linli_view_save_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  const char *query = linli_json_get_text (args, "query");
  const char *sort = linli_json_get_text (args, "sort");
  g_autoptr(LinliRow) row = id != NULL ? open_view (context, id, error) : make_view (context, args, error);

  if (row == NULL)
    return FALSE;
  if (json_object_has_member (args, "name"))
    {
      g_autofree char *name = g_strdup (linli_case_get_words (args, "name", error));

      if (name == NULL)
        return FALSE;
      linli_row_set_text (row, LINLI_SAVED_VIEW_NAME, g_strstrip (name));
    }
  if (query != NULL)
    linli_row_set_text (row, LINLI_SAVED_VIEW_QUERY, query);
  if (sort != NULL)
    linli_row_set_text (row, LINLI_SAVED_VIEW_SORT, sort);
  if (json_object_has_member (args, "shared") &&
      !set_whose (context, row, linli_json_get_bool (args, "shared"), id == NULL, error))
    return FALSE;
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

/* The views of @row's kind as they are ordered, without @row. */
static GPtrArray *
load_others (LinliCommandContext *context,
             LinliRow            *row,
             GError             **error)
{
  const char *owner = linli_row_get_text (row, LINLI_SAVED_VIEW_OWNER_ID);

  return linli_tx_select (context->tx, &linli_table_saved_view, error,
                          "active = 1 AND id <> ?1 AND coalesce (owner_id, '') = ?2 ORDER BY position, id",
                          "ss", linli_row_get_id (row), owner != NULL ? owner : "");
}

gboolean
linli_view_move_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *before = linli_json_get_text (args, "before");
  g_autoptr(LinliRow) row = open_view (context, linli_json_get_text (args, "id"), error);
  g_autoptr(GPtrArray) order = row != NULL ? load_others (context, row, error) : NULL;
  guint place = 0;

  if (order == NULL)
    return FALSE;
  while (place < order->len && g_strcmp0 (linli_row_get_id (order->pdata[place]), before) != 0)
    place++;
  if (before != NULL && place == order->len)
    return linli_refuse_invalid (error, "before", N_("This view is not among those that it was to be moved to."));
  g_ptr_array_insert (order, (int) place, linli_row_ref (row));
  for (guint i = 0; i < order->len; i++)
    {
      g_autoptr(LinliRow) moved = NULL;

      if (linli_row_get_int (order->pdata[i], LINLI_SAVED_VIEW_POSITION) == i + 1)
        continue;
      moved = linli_row_copy (order->pdata[i]);
      linli_row_set_int (moved, LINLI_SAVED_VIEW_POSITION, i + 1);
      if (!linli_tx_update (context->tx, moved, error))
        return FALSE;
    }

  return TRUE;
}
