/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where matters are: the centre's list of places. */

#include "config.h"

#include "linli-places-room.h"

#include <glib/gi18n.h>

#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-place-resolve.h"
#include "linli-place-tree.h"
#include "linli-rows-query.h"
#include "linli-unit-search.h"

#define BATCH 500 /* rows of one import command */

static const LinliTable *const tables[] = {
  &linli_table_place,
  NULL
};

static const char *const kinds[] = { "community", "estate", "road", "building", "unit", "landmark", NULL };

static char *
new_id (gpointer data)
{
  return linli_command_new_id (data);
}

/* --- Commands --- */

static const LinliArgSpec save_args[] = {
  { "place", LINLI_ARG_ID, .doc = "the one to be changed; a new one when absent" },
  { "name", LINLI_ARG_TEXT, FALSE, 120, .doc = "as people say it where it stands: 3栋" },
  { "kind", LINLI_ARG_TEXT, .choices = kinds },
  { "parent", LINLI_ARG_TEXT, FALSE, 36, .doc = "id of the place it stands in; empty for none" },
  { "aliases", LINLI_ARG_TEXT, FALSE, 200, .doc = "old names and nicknames, separated by spaces" },
  { "grid", LINLI_ARG_TEXT, FALSE, 60, .doc = "网格; empty: that of what it stands in" },
  { NULL }
};

static gboolean
run_save (LinliCommandContext *context,
          JsonObject          *args,
          GError             **error)
{
  g_autoptr(LinliPlaceTree) tree = linli_place_tree_load (linli_tx_get_conn (context->tx), error);
  const char *id = NULL;

  if (tree == NULL || !linli_place_tree_save (tree, args, new_id, context, &id, error))
    return FALSE;
  linli_command_tell (context, "place", id);

  return linli_place_tree_store (tree, context->tx, error);
}

static const LinliArgSpec one_args[] = {
  { "place", LINLI_ARG_ID, TRUE },
  { NULL }
};

static gboolean
activate (LinliCommandContext *context,
          JsonObject          *args,
          gboolean             active,
          GError             **error)
{
  const char *id = linli_json_get_text (args, "place");
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_place, id, "place", error);
  g_autoptr(LinliPlaceTree) tree = row != NULL ? linli_place_tree_load (linli_tx_get_conn (context->tx), error) : NULL;

  if (tree == NULL)
    return FALSE;
  linli_command_tell_int (context, "n_places", linli_place_tree_activate (tree, id, active));

  return linli_place_tree_store (tree, context->tx, error);
}

static gboolean
run_retire (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  return activate (context, args, FALSE, error);
}

static gboolean
run_restore (LinliCommandContext *context,
             JsonObject          *args,
             GError             **error)
{
  return activate (context, args, TRUE, error);
}

static const LinliArgSpec import_args[] = {
  { "places", LINLI_ARG_OBJECTS, TRUE, BATCH,
    .doc = "name, kind, parent (a name, or names from above to below with / between), aliases, grid" },
  { NULL }
};

static gboolean
run_import (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  g_autoptr(LinliPlaceTree) tree = linli_place_tree_load (linli_tx_get_conn (context->tx), error);
  JsonArray *places = linli_json_get_array (args, "places");
  gint64 counts[LINLI_PLACE_REFUSED + 1] = { 0 };

  if (tree == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (places); i++)
    {
      LinliPlaceVerdict verdict = linli_place_tree_take (tree, json_array_get_object_element (places, i), new_id,
                                                         context, NULL, error);

      if (verdict == LINLI_PLACE_REFUSED)
        return FALSE;
      counts[verdict]++;
    }
  linli_command_tell_int (context, "n_places", json_array_get_length (places));
  linli_command_tell_int (context, "n_new", counts[LINLI_PLACE_NEW]);
  linli_command_tell_int (context, "n_changed", counts[LINLI_PLACE_CHANGED]);
  linli_command_tell_int (context, "n_same", counts[LINLI_PLACE_SAME]);

  return linli_place_tree_store (tree, context->tx, error);
}

#define KEEPERS (LINLI_ROLE_ADMIN | LINLI_ROLE_CLERK)

static const LinliCommand commands[] = {
  { "place.save", 1, KEEPERS, LINLI_COMMAND_UNDOABLE, save_args, run_save,
    "Add a place, or rename, move or describe one.",
    .right = LINLI_RIGHT_LISTS },
  { "place.retire", 1, KEEPERS, LINLI_COMMAND_UNDOABLE, one_args, run_retire,
    "Offer a place no more, nor what stands in it; cases keep it.",
    .right = LINLI_RIGHT_LISTS },
  { "place.restore", 1, KEEPERS, LINLI_COMMAND_UNDOABLE, one_args, run_restore,
    "Offer a retired place again, with what stands in it.",
    .right = LINLI_RIGHT_LISTS },
  { "place.import", 1, KEEPERS, LINLI_COMMAND_UNDOABLE, import_args, run_import,
    "Add or change places of the community.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

/* What stands in a place, or took its name, may have come after what is undone. */
static gboolean
undone (LinliCommandContext *context,
        LinliRow            *entry,
        JsonArray           *changes,
        GError             **error)
{
  g_autoptr(LinliPlaceTree) tree = NULL;

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_place.name) != 0)
        continue;
      if (tree == NULL && (tree = linli_place_tree_load (linli_tx_get_conn (context->tx), error)) == NULL)
        return FALSE;
      if (linli_place_tree_settle (tree, linli_json_get_text (change, "id")))
        continue;
      linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "in-use", NULL,
                    N_("This cannot be undone any more: it is in use by now."));
      return FALSE;
    }
  return tree == NULL || linli_place_tree_store (tree, context->tx, error);
}

/* --- Queries --- */

static const LinliArgSpec pick_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "a name, another name, pinyin initials, or part of them" },
  { "limit", LINLI_ARG_INT, .doc = "20 when absent" },
  { NULL }
};

static JsonNode *
find_places (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  gint64 limit = 20;

  linli_json_get_int (args, "limit", &limit);
  rows = linli_place_search (conn, linli_json_get_text (args, "typed"), (guint) CLAMP (limit, 1, 100000), error);
  return linli_rows_to_node (rows, error);
}

static const LinliArgSpec list_args[] = {
  { "retired", LINLI_ARG_BOOL, .doc = "whether those that are offered no more are listed too" },
  { NULL }
};

static JsonNode *
list_places (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(LinliPlaceTree) tree = linli_place_tree_load (conn, error);
  g_autoptr(GPtrArray) rows = tree != NULL ? linli_place_tree_list (tree, linli_json_get_bool (args, "retired")) : NULL;

  return linli_rows_to_node (rows, error);
}

static const LinliArgSpec resolve_args[] = {
  { "text", LINLI_ARG_TEXT, TRUE, 200, .doc = "where a matter is, as somebody would write it" },
  { "community", LINLI_ARG_TEXT, FALSE, 60, .doc = "decides among places of the same name" },
  { NULL }
};

static JsonNode *
resolve_place (LinliConn               *conn,
               const LinliQueryContext *context,
               JsonObject              *args,
               GError                 **error)
{
  g_autoptr(LinliPlaceFound) found = NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node;

  if (!linli_place_resolve (conn, NULL, linli_json_get_text (args, "text"), linli_json_get_text (args, "community"),
                            &found, error))
    return NULL;
  if (found != NULL)
    {
      linli_json_set_text (object, "place", linli_row_get_id (found->row));
      linli_json_set_text (object, "full_name", linli_row_get_text (found->row, LINLI_PLACE_FULL_NAME));
      linli_json_set_text (object, "community", found->community);
      linli_json_set_text (object, "grid", found->grid);
      linli_json_set_text (object, "names", found->names);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&object));
  return node;
}

static const LinliQuery queries[] = {
  { "place.find", pick_args, find_places, "Places by name, other name or pinyin initials." },
  { "place.list", list_args, list_places, "Every place, each before what stands in it." },
  { "place.resolve", resolve_args, resolve_place, "Which place of the list a text means; nothing when none or several." },
  { NULL }
};

const LinliRoom linli_places_room = {
  .name = "places",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .undone = undone,
  .derive = linli_place_tree_complete,
};
