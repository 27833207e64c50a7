/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-tree.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-domain-error.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"
#include "linli-text.h"

typedef struct _Node Node;

struct _Node
{
  LinliRow  *row;
  LinliRow  *stored;   /* (nullable): as the store holds it */
  Node      *parent;   /* (unowned) (nullable) */
  GPtrArray *children; /* (element-type Node) (elements unowned), as they came */
  guint      position; /* among all of the tree */
};

struct _LinliPlaceTree
{
  GPtrArray  *nodes; /* (owned) (element-type Node), as they came: what something stands in may come later */
  GHashTable *by_id; /* id -> Node */
  GHashTable *by_name;  /* any name -> GPtrArray of Node that are, or were, called so */
};

static void note_names (LinliPlaceTree *self,
                        Node           *node);

/* A place stands in one of a lower rank; landmarks in anything else. */
static const struct
{
  const char *kind;
  int         rank;
} kinds[] = {
  { "community", 0 }, { "estate", 1 }, { "road", 1 }, { "building", 2 }, { "unit", 3 }, { "landmark", 4 },
};

static int
rank_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return kinds[i].rank;
  return -1;
}

static void
node_free (Node *node)
{
  g_clear_pointer (&node->row, linli_row_unref);
  g_clear_pointer (&node->stored, linli_row_unref);
  g_ptr_array_unref (node->children);
  g_free (node);
}

static const char *
get (Node *node,
     guint column)
{
  return linli_row_get_text (node->row, column);
}

static Node *
add_node (LinliPlaceTree *self,
          LinliRow       *row,
          LinliRow       *stored)
{
  Node *node = g_new0 (Node, 1);

  node->row = linli_row_ref (row);
  node->stored = stored != NULL ? linli_row_ref (stored) : NULL;
  node->children = g_ptr_array_new ();
  node->position = self->nodes->len;
  g_ptr_array_add (self->nodes, node);
  g_hash_table_insert (self->by_id, (gpointer) linli_row_get_id (node->row), node);
  note_names (self, node);

  return node;
}

static Node *
find_node (LinliPlaceTree *self,
           const char     *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

static void
hang (Node *node,
      Node *parent)
{
  if (node->parent != NULL)
    g_ptr_array_remove (node->parent->children, node);
  node->parent = parent;
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
}

/* Copies a row before its first change: rows that were read are shared. */
static LinliRow *
writable (Node *node)
{
  if (node->row == node->stored)
    {
      node->row = linli_row_copy (node->stored);
      linli_row_unref (node->stored); /* the one of node->row; its id stays the key */
    }
  return node->row;
}

static void
set (Node       *node,
     guint       column,
     const char *value)
{
  if (g_strcmp0 (get (node, column), value) != 0)
    linli_row_set_text (writable (node), column, value);
}

static gboolean
stands_in (Node *node,
           Node *other)
{
  while (node != NULL && node != other)
    node = node->parent;
  return node != NULL;
}

/**
 * linli_place_tree_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): every place, also the retired ones
 */
LinliPlaceTree *
linli_place_tree_load (LinliConn *conn,
                       GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_place, error, "1 = 1 ORDER BY pk", "");
  LinliPlaceTree *self;

  if (rows == NULL)
    return NULL;
  self = g_new0 (LinliPlaceTree, 1);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < rows->len; i++)
    add_node (self, rows->pdata[i], rows->pdata[i]);
  /* The first version let places stand in each other: such a ring is opened. */
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = self->nodes->pdata[i];
      Node *parent = find_node (self, get (node, LINLI_PLACE_PARENT_ID));

      if (stands_in (parent, node))
        set (node, LINLI_PLACE_PARENT_ID, NULL);
      else
        hang (node, parent);
    }

  return self;
}

void
linli_place_tree_free (LinliPlaceTree *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

/* Returns: (transfer none) (nullable) */
LinliRow *
linli_place_tree_get (LinliPlaceTree *self,
                      const char     *id)
{
  Node *node = find_node (self, id);

  return node != NULL ? node->row : NULL;
}

static void
list_below (GPtrArray *nodes,
            Node      *parent,
            gboolean   retired,
            GPtrArray *rows)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = nodes->pdata[i];

      if (node->parent != parent || (!retired && !linli_row_get_int (node->row, LINLI_PLACE_ACTIVE)))
        continue;
      g_ptr_array_add (rows, linli_row_ref (node->row));
      list_below (node->children, node, retired, rows);
    }
}

/**
 * linli_place_tree_list:
 * @retired: whether those that are offered no more are listed too
 *
 * Returns: (transfer full) (element-type LinliRow): each before what stands in it
 */
GPtrArray *
linli_place_tree_list (LinliPlaceTree *self,
                       gboolean        retired)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);

  list_below (self->nodes, NULL, retired, rows);

  return rows;
}

/* --- What is derived --- */

/* As people write it into a case: the estate and what follows, without the
 * community, which has a field of its own. */
static char *
full_name_of (Node *node)
{
  const char *name = get (node, LINLI_PLACE_NAME);
  const char *above;

  if (node->parent == NULL || rank_of (get (node->parent, LINLI_PLACE_KIND)) == 0)
    return g_strdup (name);
  above = get (node->parent, LINLI_PLACE_FULL_NAME);
  return g_str_has_prefix (name, above) ? g_strdup (name) : g_strconcat (above, name, NULL);
}

static char *
initials_of (Node       *node,
             const char *full_name)
{
  const char *name = get (node, LINLI_PLACE_NAME);
  const char *aliases = get (node, LINLI_PLACE_ALIASES);
  g_auto(GStrv) others = g_strsplit (aliases != NULL ? aliases : "", " ", -1);
  g_autofree char *first = linli_pinyin_initials (full_name);
  g_autoptr(GString) words = g_string_new (first);

  if (!g_str_equal (name, full_name))
    {
      g_autofree char *own = linli_pinyin_initials (name);

      g_string_append_printf (words, " %s", own);
    }
  for (guint i = 0; others[i] != NULL; i++)
    {
      g_autofree char *other = linli_pinyin_initials (others[i]);

      if (*other != '\0' && words->len + strlen (other) < 290)
        g_string_append_printf (words, " %s", other);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
derive (LinliPlaceTree *self,
        Node           *node)
{
  g_autofree char *full_name = full_name_of (node);
  g_autofree char *pinyin = initials_of (node, full_name);
  g_autofree char *community = g_strdup (node->parent == NULL ? NULL : get (node->parent, LINLI_PLACE_COMMUNITY));

  if (rank_of (get (node, LINLI_PLACE_KIND)) == 0)
    {
      g_free (community);
      community = g_strdup (get (node, LINLI_PLACE_NAME));
    }
  set (node, LINLI_PLACE_FULL_NAME, full_name);
  set (node, LINLI_PLACE_COMMUNITY, community);
  set (node, LINLI_PLACE_PINYIN, pinyin);
  note_names (self, node);
  for (guint i = 0; i < node->children->len; i++)
    derive (self, node->children->pdata[i]);
}

/* --- Finding --- */

static void
note_name (LinliPlaceTree *self,
           Node           *node,
           const char     *name)
{
  GPtrArray *nodes;

  if (name == NULL || *name == '\0')
    return;
  nodes = g_hash_table_lookup (self->by_name, name);
  if (nodes == NULL)
    {
      nodes = g_ptr_array_new ();
      g_hash_table_insert (self->by_name, g_strdup (name), nodes);
    }
  if (nodes->len == 0 || nodes->pdata[nodes->len - 1] != node)
    g_ptr_array_add (nodes, node);
}

/* A name that was given up stays noted: whoever looks asks the place itself. */
static void
note_names (LinliPlaceTree *self,
            Node           *node)
{
  const char *aliases = get (node, LINLI_PLACE_ALIASES);
  g_auto(GStrv) others = aliases != NULL ? g_strsplit (aliases, " ", -1) : NULL;

  note_name (self, node, get (node, LINLI_PLACE_NAME));
  note_name (self, node, get (node, LINLI_PLACE_FULL_NAME));
  for (guint i = 0; others != NULL && others[i] != NULL; i++)
    note_name (self, node, others[i]);
}

static gboolean
is_called (Node       *node,
           const char *text)
{
  g_auto(GStrv) aliases = NULL;

  if (g_strcmp0 (get (node, LINLI_PLACE_NAME), text) == 0 || g_strcmp0 (get (node, LINLI_PLACE_FULL_NAME), text) == 0)
    return TRUE;
  if (get (node, LINLI_PLACE_ALIASES) == NULL || strstr (get (node, LINLI_PLACE_ALIASES), text) == NULL)
    return FALSE;
  aliases = g_strsplit (get (node, LINLI_PLACE_ALIASES), " ", -1);
  return g_strv_contains ((const char *const *) aliases, text);
}

static Node *
find_child (LinliPlaceTree *self,
            Node           *parent,
            const char     *name,
            Node           *except)
{
  GPtrArray *nodes = parent != NULL ? parent->children : self->nodes;

  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = nodes->pdata[i];

      if (node != except && node->parent == parent && is_called (node, name))
        return node;
    }
  return NULL;
}

/* Wherever it stands; the first of them, and whether it is the only one. */
static Node *
find_called (LinliPlaceTree *self,
             const char     *name,
             gboolean       *only)
{
  GPtrArray *nodes = g_hash_table_lookup (self->by_name, name);
  Node *found = NULL;

  *only = TRUE;
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      Node *node = nodes->pdata[i];

      if (node == found || !is_called (node, name))
        continue;
      *only = found == NULL;
      if (found == NULL || node->position < found->position)
        found = node;
    }
  return found;
}

/* @path: a name, a full name, or names from above to below with "/" between */
static Node *
find_path (LinliPlaceTree *self,
           const char     *path,
           GError        **error)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  gboolean only = TRUE;
  Node *found = find_called (self, g_strstrip (parts[0]), &only);

  if (!only)
    {
      linli_refuse_invalid (error, "parent", N_("Several places have this name. Write the names from the community "
                                                "down to it, with “/” between."));
      return NULL;
    }
  for (guint i = 1; found != NULL && parts[i] != NULL; i++)
    found = find_child (self, found, g_strstrip (parts[i]), NULL);
  if (found == NULL)
    linli_refuse_invalid (error, "parent", N_("The place that it stands in is not in the list."));
  return found;
}

/* --- Changing --- */

/* Returns: (transfer full) (nullable): other names, one space between; %NULL for none */
char *
linli_place_clean_aliases (const char *typed)
{
  g_autofree char *spaced = g_strdup (typed != NULL ? typed : "");
  g_autoptr(GString) text = g_string_new (spaced);
  g_auto(GStrv) parts = NULL;
  g_autoptr(GString) joined = g_string_new (NULL);

  for (guint i = 0; i < 4; i++)
    g_string_replace (text, ((const char *[]) { "、", "，", "；", "　" })[i], " ", 0);
  g_strdelimit (text->str, ",;|\t\n\r", ' ');
  parts = g_strsplit (text->str, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", parts[i]);

  return joined->len > 0 ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}

static gboolean
check_stand (const char *kind,
             Node       *parent,
             GError    **error)
{
  int rank = rank_of (kind);
  int above = parent != NULL ? rank_of (get (parent, LINLI_PLACE_KIND)) : -1;

  if (rank < 0)
    return linli_refuse_invalid (error, "kind", N_("A place is a community, an estate, a road, a building, a unit or a "
                                                   "landmark."));
  if (rank == 0 && parent != NULL)
    return linli_refuse_invalid (error, "parent", N_("A community stands in no other place."));
  if (above >= rank)
    return linli_refuse_invalid (error, "parent", N_("Estates and roads stand in a community, buildings in an estate or "
                                                     "on a road, units in a building; nothing stands in a landmark."));
  if (rank == 3 && above != 2)
    return linli_refuse_invalid (error, "parent", N_("A unit stands in a building. Say in which."));
  return TRUE;
}

/* What stands below must still fit when the kind above changes. */
static gboolean
check_below (Node       *node,
             const char *kind,
             GError    **error)
{
  int rank = rank_of (kind);

  for (guint i = 0; i < node->children->len; i++)
    if (rank_of (get (node->children->pdata[i], LINLI_PLACE_KIND)) <= rank)
      return linli_refuse_invalid (error, "kind", N_("Places stand in this one that cannot stand in such a place. Move "
                                                     "them first."));
  return TRUE;
}

static const char *
wanted (JsonObject *place,
        const char *member,
        Node       *node,
        guint       column)
{
  if (json_object_has_member (place, member))
    return linli_json_get_text (place, member);
  return node != NULL ? get (node, column) : NULL;
}

/* What is offered stands in something that is offered. */
static guint
activate_above (Node *node)
{
  guint n = 0;

  for (Node *above = node->parent; above != NULL; above = above->parent)
    if (!linli_row_get_int (above->row, LINLI_PLACE_ACTIVE))
      {
        linli_row_set_int (writable (above), LINLI_PLACE_ACTIVE, TRUE);
        n++;
      }
  return n;
}

/* A member that is absent leaves what there was. */
static void
fill_in (LinliPlaceTree *self,
         Node           *node,
         Node           *parent,
         JsonObject     *place,
         const char     *name,
         const char     *kind)
{
  const char *grid = wanted (place, "grid", node, LINLI_PLACE_GRID);
  g_autofree char *aliases = linli_place_clean_aliases (wanted (place, "aliases", node, LINLI_PLACE_ALIASES));

  set (node, LINLI_PLACE_NAME, name);
  set (node, LINLI_PLACE_KIND, kind);
  set (node, LINLI_PLACE_PARENT_ID, parent != NULL ? linli_row_get_id (parent->row) : NULL);
  set (node, LINLI_PLACE_GRID, grid != NULL && *grid != '\0' ? grid : NULL);
  set (node, LINLI_PLACE_ALIASES, aliases);
  if (node->parent != parent)
    hang (node, parent);
  if (linli_row_get_int (node->row, LINLI_PLACE_ACTIVE))
    activate_above (node);
  derive (self, node);
}

static Node *
new_node (LinliPlaceTree  *self,
          const char      *name,
          LinliPlaceNewId  new_id,
          gpointer         data)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_place);
  g_autofree char *id = new_id (data);

  linli_row_set_text (row, LINLI_PLACE_ID, id);
  linli_row_set_text (row, LINLI_PLACE_NAME, name);
  linli_row_set_int (row, LINLI_PLACE_ACTIVE, TRUE);

  return add_node (self, row, NULL);
}

/**
 * linli_place_tree_take:
 * @place: a row of a list: name, kind, parent (a name or a path), aliases, grid
 * @id: (out) (optional): of the place
 * @error: %LINLI_DOMAIN_ERROR
 *
 * Takes a place into the tree: known by its name where it stands, it is
 * changed, else it is new. A retired one that is named again is back.
 *
 * Returns: %LINLI_PLACE_REFUSED with @error set, the tree unchanged
 */
LinliPlaceVerdict
linli_place_tree_take (LinliPlaceTree  *self,
                       JsonObject      *place,
                       LinliPlaceNewId  new_id,
                       gpointer         data,
                       const char     **id,
                       GError         **error)
{
  const char *name = linli_json_get_text (place, "name");
  const char *kind = linli_json_get_text (place, "kind");
  const char *path = linli_json_get_text (place, "parent");
  gboolean has_parent = path != NULL && *path != '\0';
  gboolean only = TRUE;
  g_autoptr(LinliRow) before = NULL;
  Node *parent = NULL;
  Node *node = NULL;

  if (name == NULL || *name == '\0')
    return linli_refuse_invalid (error, "name", N_("Every place needs a name.")), LINLI_PLACE_REFUSED;
  if (has_parent && (parent = find_path (self, path, error)) == NULL)
    return LINLI_PLACE_REFUSED;
  if (has_parent)
    node = find_child (self, parent, name, NULL);
  else
    node = find_called (self, name, &only);
  if (node != NULL && !has_parent)
    parent = node->parent;
  if (kind == NULL || *kind == '\0')
    kind = node != NULL ? get (node, LINLI_PLACE_KIND) : "landmark";
  if (!check_stand (kind, parent, error) || (node != NULL && !check_below (node, kind, error)))
    return LINLI_PLACE_REFUSED;

  before = node != NULL ? linli_row_copy (node->row) : NULL;
  if (node == NULL)
    node = new_node (self, name, new_id, data);
  if (!linli_row_get_int (node->row, LINLI_PLACE_ACTIVE))
    linli_row_set_int (writable (node), LINLI_PLACE_ACTIVE, TRUE);
  fill_in (self, node, parent, place, get (node, LINLI_PLACE_NAME), kind); /* it may be listed by another of its names */
  if (id != NULL)
    *id = linli_row_get_id (node->row);
  if (before == NULL)
    return LINLI_PLACE_NEW;
  for (guint column = 0; linli_table_place.columns[column].name != NULL; column++)
    if (!linli_row_equal_column (before, node->row, column))
      return LINLI_PLACE_CHANGED;
  return LINLI_PLACE_SAME;
}

/**
 * linli_place_tree_save:
 * @place: place (an id; a new one when absent), name, kind, parent (an id;
 *   empty for none), aliases, grid; what is absent stays as it is
 * @id: (out) (optional): of the place
 * @error: %LINLI_DOMAIN_ERROR
 */
gboolean
linli_place_tree_save (LinliPlaceTree  *self,
                       JsonObject      *place,
                       LinliPlaceNewId  new_id,
                       gpointer         data,
                       const char     **id,
                       GError         **error)
{
  const char *known = linli_json_get_text (place, "place");
  Node *node = find_node (self, known);
  const char *parent_id = wanted (place, "parent", node, LINLI_PLACE_PARENT_ID);
  Node *parent = parent_id != NULL && *parent_id != '\0' ? find_node (self, parent_id) : NULL;
  const char *name = wanted (place, "name", node, LINLI_PLACE_NAME);
  const char *kind = wanted (place, "kind", node, LINLI_PLACE_KIND);

  if (known != NULL && node == NULL)
    return linli_refuse_invalid (error, "place", N_("This place is not in the list."));
  if (parent_id != NULL && *parent_id != '\0' && parent == NULL)
    return linli_refuse_invalid (error, "parent", N_("The place that it stands in is not in the list."));
  if (name == NULL || *name == '\0')
    return linli_refuse_invalid (error, "name", N_("Every place needs a name."));
  if (!check_stand (kind, parent, error) || (node != NULL && !check_below (node, kind, error)))
    return FALSE;
  if (find_child (self, parent, name, node) != NULL)
    return linli_refuse_invalid (error, "name", N_("A place of this name is there already, maybe among the retired ones."));
  if (node == NULL)
    node = new_node (self, name, new_id, data);
  fill_in (self, node, parent, place, name, kind);
  if (id != NULL)
    *id = linli_row_get_id (node->row);
  return TRUE;
}

static guint
activate_below (Node     *node,
                gboolean  active)
{
  guint n = 0;

  if (linli_row_get_int (node->row, LINLI_PLACE_ACTIVE) != active)
    {
      linli_row_set_int (writable (node), LINLI_PLACE_ACTIVE, active);
      n = 1;
    }
  for (guint i = 0; i < node->children->len; i++)
    n += activate_below (node->children->pdata[i], active);
  return n;
}

/**
 * linli_place_tree_activate:
 * @id: a place of the tree
 *
 * Retires it with everything that stands in it, or brings all of that back,
 * and with it what it stands in.
 *
 * Returns: how many places changed
 */
guint
linli_place_tree_activate (LinliPlaceTree *self,
                           const char     *id,
                           gboolean        active)
{
  Node *node = find_node (self, id);

  g_return_val_if_fail (node != NULL, 0);

  return activate_below (node, active) + (active ? activate_above (node) : 0);
}

/**
 * linli_place_tree_settle:
 * @id: of a place whose row went back to what it was, or went away
 *
 * What is derived of it, and of what stands in it, follows.
 *
 * Returns: %FALSE when what came since stands in its way: a place inside one
 *   that is no more or that may not hold it, or another one of its name
 */
gboolean
linli_place_tree_settle (LinliPlaceTree *self,
                         const char     *id)
{
  Node *node = find_node (self, id);
  gboolean active;

  for (guint i = 0; node == NULL && i < self->nodes->len; i++)
    if (g_strcmp0 (get (self->nodes->pdata[i], LINLI_PLACE_PARENT_ID), id) == 0)
      return FALSE;
  if (node == NULL)
    return TRUE;
  active = linli_row_get_int (node->row, LINLI_PLACE_ACTIVE) != 0;
  if ((node->parent == NULL) != (get (node, LINLI_PLACE_PARENT_ID) == NULL) ||
      (active && node->parent != NULL && !linli_row_get_int (node->parent->row, LINLI_PLACE_ACTIVE)) ||
      !check_stand (get (node, LINLI_PLACE_KIND), node->parent, NULL) ||
      !check_below (node, get (node, LINLI_PLACE_KIND), NULL) ||
      find_child (self, node->parent, get (node, LINLI_PLACE_NAME), node) != NULL)
    return FALSE;
  for (guint i = 0; !active && i < node->children->len; i++)
    if (linli_row_get_int (((Node *) node->children->pdata[i])->row, LINLI_PLACE_ACTIVE))
      return FALSE;
  derive (self, node);
  return TRUE;
}

/**
 * linli_place_tree_complete:
 * @conn: the writing connection, inside a transaction
 * @error: %LINLI_STORE_ERROR
 *
 * The first version kept nothing but the name of a place.
 */
gboolean
linli_place_tree_complete (LinliConn *conn,
                           GError   **error)
{
  g_autoptr(LinliPlaceTree) self = linli_place_tree_load (conn, error);

  if (self == NULL)
    return FALSE;
  for (guint i = 0; i < self->nodes->len; i++)
    if (((Node *) self->nodes->pdata[i])->parent == NULL)
      derive (self, self->nodes->pdata[i]);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = self->nodes->pdata[i];

      if (node->row != node->stored &&
          !linli_conn_run (conn, error, "UPDATE place SET parent_id = ?2, full_name = ?3, community = ?4, pinyin = ?5 "
                           "WHERE id = ?1", "sssss", linli_row_get_id (node->row), get (node, LINLI_PLACE_PARENT_ID),
                           get (node, LINLI_PLACE_FULL_NAME), get (node, LINLI_PLACE_COMMUNITY),
                           get (node, LINLI_PLACE_PINYIN)))
        return FALSE;
    }
  return TRUE;
}

/* Writes what changed, each place after the one it stands in. */
gboolean
linli_place_tree_store (LinliPlaceTree *self,
                        LinliTx        *tx,
                        GError        **error)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = self->nodes->pdata[i];

      if (node->stored == NULL ? !linli_tx_insert (tx, node->row, error)
                               : node->row != node->stored && !linli_tx_update (tx, node->row, error))
        return FALSE;
    }
  return TRUE;
}

const char *
linli_place_verdict_to_id (LinliPlaceVerdict verdict)
{
  static const char *const ids[] = { "new", "changed", "same", "refused" };

  return ids[verdict];
}
