/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-list-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-error-words.h"
#include "linli-import-choose.h"
#include "linli-people-tables.h"
#include "linli-place-dialog.h"
#include "linli-place-item.h"
#include "linli-place-tree.h"
#include "linli-place-words.h"
#include "linli-text.h"

struct _LinliPlaceListPage
{
  AdwBin              parent_instance;

  /* Template children */
  GtkStack           *stack;
  GtkListView        *list;
  GtkSearchEntry     *search;
  GtkToggleButton    *retired;
  AdwWindowTitle     *title;

  /* Owned */
  LinliUiContext     *context;
  GCancellable       *cancellable;
  GPtrArray          *rows;      /* (nullable) (element-type LinliRow): every place */
  GtkSingleSelection *selection; /* (nullable) of LinliPlaceItem in GtkTreeListRow */
  GHashTable         *open;      /* ids of the places that are unfolded */
  char               *wanted;    /* (nullable) id of the place to be selected next */
  char               *operation; /* (nullable) what was done here last */
  GtkWindow          *dialog;    /* (nullable) weak */
};

G_DEFINE_FINAL_TYPE (LinliPlaceListPage, linli_place_list_page, ADW_TYPE_BIN)

/* Returns: (transfer none) (nullable): the selected place */
static LinliRow *
get_selected (LinliPlaceListPage *self)
{
  GtkTreeListRow *line = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  g_autoptr(LinliPlaceItem) item = line != NULL ? gtk_tree_list_row_get_item (line) : NULL;

  return item != NULL ? linli_place_item_get_row (item) : NULL;
}

static LinliRow *
find_row (LinliPlaceListPage *self,
          const char         *id)
{
  for (guint i = 0; id != NULL && self->rows != NULL && i < self->rows->len; i++)
    if (g_str_equal (linli_row_get_id (self->rows->pdata[i]), id))
      return self->rows->pdata[i];
  return NULL;
}

/* --- Showing --- */

static void
expanded_cb (LinliPlaceListPage *self,
             GParamSpec         *pspec,
             GtkTreeListRow     *line)
{
  g_autoptr(LinliPlaceItem) item = gtk_tree_list_row_get_item (line);

  if (item == NULL)
    return;
  if (gtk_tree_list_row_get_expanded (line))
    g_hash_table_add (self->open, g_strdup (linli_row_get_id (linli_place_item_get_row (item))));
  else
    g_hash_table_remove (self->open, linli_row_get_id (linli_place_item_get_row (item)));
}

static GListModel *
list_inside (gpointer item,
             gpointer data)
{
  GListStore *inside = linli_place_item_get_inside (item);

  return g_list_model_get_n_items (G_LIST_MODEL (inside)) > 0 ? g_object_ref (G_LIST_MODEL (inside)) : NULL;
}

static gboolean
fits (LinliRow    *row,
      char *const *words)
{
  static const guint columns[] = { LINLI_PLACE_FULL_NAME, LINLI_PLACE_NAME, LINLI_PLACE_ALIASES, LINLI_PLACE_PINYIN,
                                   LINLI_PLACE_GRID, LINLI_PLACE_COMMUNITY };

  for (guint w = 0; words[w] != NULL; w++)
    {
      gboolean found = FALSE;

      for (guint c = 0; c < G_N_ELEMENTS (columns) && !found; c++)
        {
          const char *text = linli_row_get_text (row, columns[c]);

          g_autofree char *folded = text != NULL ? linli_text_fold (text, -1) : NULL;

          found = folded != NULL && strstr (folded, words[w]) != NULL;
        }
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_searching (LinliPlaceListPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

/* Those that are wanted, one below the other when something is searched. */
static GListStore *
list_wanted (LinliPlaceListPage *self)
{
  g_autofree char *folded = linli_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_auto(GStrv) words = g_strsplit (g_strstrip (folded), " ", -1);
  gboolean retired = gtk_toggle_button_get_active (self->retired);
  g_autoptr(GPtrArray) wanted = g_ptr_array_new ();
  GListStore *flat;

  for (guint i = 0; i < self->rows->len; i++)
    if ((retired || linli_row_get_int (self->rows->pdata[i], LINLI_PLACE_ACTIVE)) &&
        (!is_searching (self) || fits (self->rows->pdata[i], words)))
      g_ptr_array_add (wanted, self->rows->pdata[i]);
  if (!is_searching (self))
    return linli_place_items_to_tree (wanted);
  flat = g_list_store_new (LINLI_TYPE_PLACE_ITEM);
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr(LinliPlaceItem) item = linli_place_item_new (wanted->pdata[i]);

      g_list_store_append (flat, item);
    }
  return flat;
}

/* What was unfolded and selected stays so; the position is a line's, not a place's. */
static void
restore_view (LinliPlaceListPage *self,
              GtkTreeListModel   *model,
              const char         *selected)
{
  guint position = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(GtkTreeListRow) line = gtk_tree_list_model_get_row (model, i);
      g_autoptr(LinliPlaceItem) item = gtk_tree_list_row_get_item (line);
      const char *id = linli_row_get_id (linli_place_item_get_row (item));

      if (g_hash_table_contains (self->open, id))
        gtk_tree_list_row_set_expanded (line, TRUE);
      g_signal_connect_object (line, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
      if (g_strcmp0 (id, selected) == 0)
        position = i;
    }
  gtk_single_selection_set_selected (self->selection, position);
  if (selected != NULL && position > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* Opens what the place stands in, so that it is seen. */
static void
open_above (LinliPlaceListPage *self,
            const char         *id)
{
  LinliRow *row = find_row (self, id);

  while (row != NULL && linli_row_get_text (row, LINLI_PLACE_PARENT_ID) != NULL)
    {
      g_hash_table_add (self->open, g_strdup (linli_row_get_text (row, LINLI_PLACE_PARENT_ID)));
      row = find_row (self, linli_row_get_text (row, LINLI_PLACE_PARENT_ID));
    }
}

static void
open_communities (LinliPlaceListPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (linli_row_get_text (self->rows->pdata[i], LINLI_PLACE_PARENT_ID) == NULL)
      g_hash_table_add (self->open, g_strdup (linli_row_get_id (self->rows->pdata[i])));
}

static void
show (LinliPlaceListPage *self)
{
  LinliRow *row = get_selected (self);
  g_autofree char *selected = self->wanted != NULL ? g_steal_pointer (&self->wanted)
                                                   : g_strdup (row != NULL ? linli_row_get_id (row) : NULL);
  g_autofree char *count = NULL;
  gboolean is_first = self->selection == NULL;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean in_list = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkTreeListModel *model;

  if (self->rows == NULL)
    return;
  if (is_first)
    open_communities (self);
  open_above (self, selected);
  model = gtk_tree_list_model_new (G_LIST_MODEL (list_wanted (self)), FALSE, FALSE, list_inside, NULL, NULL);
  count = g_strdup_printf (ngettext ("%u place", "%u places", self->rows->len), self->rows->len);
  adw_window_title_set_subtitle (self->title, count);
  gtk_stack_set_visible_child_name (self->stack,
                                    self->rows->len == 0 ? "empty"
                                    : g_list_model_get_n_items (G_LIST_MODEL (model)) == 0 ? "nothing" : "places");
  g_clear_object (&self->selection);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (model)));
  restore_view (self, model, selected);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (model);
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else if (in_list)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
setup_cb (LinliPlaceListPage *self,
          GtkListItem        *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (LinliPlaceListPage *self,
         GtkListItem        *item)
{
  GtkTreeListRow *line = gtk_list_item_get_item (item);
  g_autoptr(LinliPlaceItem) place = gtk_tree_list_row_get_item (line);
  LinliRow *row = linli_place_item_get_row (place);
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander));
  const char *name = linli_row_get_text (row, is_searching (self) ? LINLI_PLACE_FULL_NAME : LINLI_PLACE_NAME);
  const char *community = is_searching (self) ? linli_row_get_text (row, LINLI_PLACE_COMMUNITY) : NULL;
  g_autofree char *detail = linli_place_detail_words (row);
  g_autofree char *words = community != NULL ? g_strdup_printf ("%s · %s", detail, community) : g_strdup (detail);
  g_autofree char *label = NULL;

  if (name == NULL)
    name = linli_row_get_text (row, LINLI_PLACE_NAME);
  label = g_strdup_printf ("%s, %s", name, words);
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), line);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (expander)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* --- Reading --- */

static gpointer
read_places (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  g_autoptr(LinliPlaceTree) tree = linli_place_tree_load (conn, error);

  return tree != NULL ? linli_place_tree_list (tree, TRUE) : NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliPlaceListPage) self = user_data;
  GPtrArray *rows = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (rows == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  if (self->context != NULL)
    show (self);
}

static void
reload (LinliPlaceListPage *self)
{
  linli_store_read_async (linli_ui_context_get_store (self->context), read_places, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

/* --- Changing --- */

static void
offer_undo (LinliPlaceListPage *self,
            const char         *operation)
{
  g_free (self->operation);
  self->operation = g_strdup (operation);
  linli_ui_context_toast_action (self->context, _("The places are changed."), _("Undo"), "win.undo",
                                 g_variant_new_string (operation));
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(LinliPlaceListPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = error != NULL ? linli_error_words (error) : NULL;

  if (self->context == NULL)
    return;
  if (reply == NULL)
    linli_ui_context_toast (self->context, words);
  else
    offer_undo (self, linli_reply_get_operation (reply));
}

static void
done_cb (LinliPlaceListPage *self,
         const char         *command,
         const char         *operation)
{
  offer_undo (self, operation);
}

static void
open_dialog (LinliPlaceListPage *self,
             LinliRow           *place,
             LinliRow           *parent)
{
  LinliActionDialog *dialog;

  if (self->dialog != NULL)
    return;
  dialog = linli_place_dialog_new (self->context, place, parent);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* Inside the selected place, or beside it where nothing can stand in it. */
static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (widget);
  LinliRow *row = get_selected (self);
  const char *kind = row != NULL ? linli_row_get_text (row, LINLI_PLACE_KIND) : NULL;

  if (kind != NULL && (g_str_equal (kind, "unit") || g_str_equal (kind, "landmark")))
    row = find_row (self, linli_row_get_text (row, LINLI_PLACE_PARENT_ID));
  open_dialog (self, NULL, row);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (widget);
  LinliRow *row = get_selected (self);

  if (row != NULL)
    open_dialog (self, row, find_row (self, linli_row_get_text (row, LINLI_PLACE_PARENT_ID)));
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (widget);
  LinliRow *row = get_selected (self);
  g_autoptr(LinliRequest) request = linli_request_new ();

  if (row == NULL)
    return;
  linli_request_set_text (request, "place", linli_row_get_id (row));
  linli_store_run_async (linli_ui_context_get_store (self->context),
                         linli_row_get_int (row, LINLI_PLACE_ACTIVE) ? "place.retire" : "place.restore", request, NULL,
                         ran_cb, g_object_ref (self));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  linli_import_choose (GTK_WINDOW (gtk_widget_get_root (widget)), LINLI_PLACE_LIST_PAGE (widget)->context, "places");
}

/* Once: what was done before that is in the trail. */
static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (widget);
  g_autofree char *operation = g_steal_pointer (&self->operation);

  if (operation != NULL)
    gtk_widget_activate_action (widget, "win.undo", "s", operation);
}

static void
activated_cb (LinliPlaceListPage *self,
              guint               position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "places.edit", NULL);
}

static void
searched_cb (LinliPlaceListPage *self)
{
  show (self);
}

/* Letters typed in the list are searched; Enter takes the place that is selected. */
static void
search_done_cb (LinliPlaceListPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "places.edit", NULL);
}

static void
stop_search_cb (LinliPlaceListPage *self)
{
  if (is_searching (self))
    {
      LinliRow *row = get_selected (self);

      g_free (self->wanted);
      self->wanted = g_strdup (row != NULL ? linli_row_get_id (row) : NULL);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* --- The object --- */

static void
linli_place_list_page_dispose (GObject *object)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->selection);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_place_list_page_parent_class)->dispose (object);
}

static void
linli_place_list_page_finalize (GObject *object)
{
  LinliPlaceListPage *self = LINLI_PLACE_LIST_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->operation, g_free);

  G_OBJECT_CLASS (linli_place_list_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "places.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "places.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "places.retire", NULL, retire_action);
  gtk_widget_class_install_action (widget_class, "places.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "places.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "places.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "places.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "places.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "places.retire", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
linli_place_list_page_class_init (LinliPlaceListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_place_list_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_place_list_page_finalize;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-place-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliPlaceListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliPlaceListPage, list);
  gtk_widget_class_bind_template_child (widget_class, LinliPlaceListPage, search);
  gtk_widget_class_bind_template_child (widget_class, LinliPlaceListPage, retired);
  gtk_widget_class_bind_template_child (widget_class, LinliPlaceListPage, title);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
linli_place_list_page_init (LinliPlaceListPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
}

GtkWidget *
linli_place_list_page_new (LinliUiContext *context)
{
  LinliPlaceListPage *self = g_object_new (LINLI_TYPE_PLACE_LIST_PAGE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::place",
                           G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);

  return GTK_WIDGET (self);
}
