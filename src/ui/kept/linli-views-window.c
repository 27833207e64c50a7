/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-views-window.h"

#include <glib/gi18n-lib.h>

#include "linli-error-words.h"
#include "linli-toast.h"
#include "linli-view-keeper.h"

enum { OWN, SHARED, N_KINDS };

struct _LinliViewsWindow
{
  AdwWindow            parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  AdwPreferencesGroup *groups[N_KINDS];
  GtkListBox          *lists[N_KINDS];
  GtkStack            *stack;
  AdwToastOverlay     *toasts;

  /* Owned */
  GPtrArray           *done;    /* (element-type utf8): operations, the last one last */
  LinliUiContext      *context;
  LinliPlaces         *places;
};

G_DEFINE_FINAL_TYPE (LinliViewsWindow, linli_views_window, ADW_TYPE_WINDOW)

static void fill (LinliViewsWindow *self);

static LinliPlace *
view_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "view");
}

static LinliViewsWindow *
window_of (GtkWidget *widget)
{
  return LINLI_VIEWS_WINDOW (gtk_widget_get_root (widget));
}

/* --- Changing, and taking it back --- */

static void
keep_for_undo (LinliViewsWindow *self,
               const char       *operation)
{
  g_ptr_array_add (self->done, g_strdup (operation));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "views.undo", TRUE);
}

static void
say_failure (LinliViewsWindow *self,
             const GError     *error)
{
  g_autofree char *words = linli_error_words (error);

  linli_toast_show (self->toasts, adw_toast_new (words));
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliViewsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL)
    return;
  if (reply != NULL)
    keep_for_undo (self, linli_reply_get_operation (reply));
  else
    {
      say_failure (self, error);
      fill (self); /* as it is after all */
    }
}

/* @before: (nullable): only for "view.move" */
static void
change (LinliViewsWindow *self,
        const char       *command,
        LinliPlace       *view,
        LinliPlace       *before)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "id", view->id);
  if (before != NULL)
    linli_request_set_text (request, "before", before->id);
  linli_store_run_async (linli_ui_context_get_store (self->context), command, request, NULL, changed_cb,
                         g_object_ref (self));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliViewsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL && self->context != NULL)
    say_failure (self, error);
}

/* The last change first, as often as there are any. */
static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliViewsWindow *self = LINLI_VIEWS_WINDOW (widget);
  g_autofree char *operation = g_ptr_array_steal_index (self->done, self->done->len - 1);

  gtk_widget_action_set_enabled (widget, "views.undo", self->done->len > 0);
  linli_store_undo_async (linli_ui_context_get_store (self->context), operation, undone_cb, g_object_ref (self));
}

/* --- Order --- */

/* Puts @row at @index of its list, at once; the store follows. */
static void
move_row (GtkListBoxRow *row,
          int            index)
{
  g_autoptr(GtkListBoxRow) kept = g_object_ref (row);
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row)));
  LinliViewsWindow *self = window_of (GTK_WIDGET (row));
  GtkListBoxRow *after;

  if (index < 0 || index == gtk_list_box_row_get_index (row) ||
      (index > 0 && gtk_list_box_get_row_at_index (list, index) == NULL))
    return;
  gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_list_box_insert (list, GTK_WIDGET (row), index);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  after = gtk_list_box_get_row_at_index (list, index + 1);
  change (self, "view.move", view_of (GTK_WIDGET (row)), after != NULL ? view_of (GTK_WIDGET (after)) : NULL);
}

static gboolean
key_cb (GtkWidget             *row,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  gboolean alt = (modifiers & GDK_ALT_MASK) != 0;
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (alt && (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up))
    move_row (GTK_LIST_BOX_ROW (row), index - 1);
  else if (alt && (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down))
    move_row (GTK_LIST_BOX_ROW (row), index + 1);
  else if (!alt && (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete))
    change (window_of (row), "view.remove", view_of (row), NULL);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 24, gtk_widget_get_height (row) / 2);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *row)
{
  GtkWidget *dragged = g_value_get_object (value);

  if (dragged == NULL || gtk_widget_get_parent (dragged) != gtk_widget_get_parent (row))
    return FALSE;
  move_row (GTK_LIST_BOX_ROW (dragged), gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));

  return TRUE;
}

static void
make_movable (GtkWidget *row)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), row);
  gtk_widget_add_controller (row, keys);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* --- Rows --- */

static void
edited_cb (LinliViewsWindow *self,
           const char       *command,
           const char       *operation)
{
  keep_for_undo (self, operation);
}

static void
row_cb (GtkWidget *row)
{
  LinliViewsWindow *self = window_of (row);
  LinliActionDialog *dialog = linli_view_keeper_edit (GTK_WINDOW (self), self->context, view_of (row));

  g_signal_connect_object (dialog, "done", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static void
remove_cb (GtkWidget *button)
{
  change (window_of (button), "view.remove", view_of (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW)), NULL);
}

static void
counted_cb (LinliPlace *view,
            GtkWidget  *count)
{
  g_autofree char *number = linli_place_dup_count (view);
  GtkWidget *row = gtk_widget_get_ancestor (count, GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *name = g_strdup_printf ("%s %s", view->title, *number != '\0' ? number : "0");

  gtk_label_set_label (GTK_LABEL (count), *number != '\0' ? number : "0");
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, view->query, -1);
}

static GtkWidget *
remove_button (LinliPlace *view)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of a kept text or macro */
  g_autofree char *name = g_strdup_printf (_("Remove “%s”"), view->title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), NULL);

  return button;
}

static const char *
order_words (LinliCaseSort sort)
{
  switch (sort)
    {
    case LINLI_CASE_SORT_DUE:
      return _("Most Urgent First");
    case LINLI_CASE_SORT_TOUCHED:
      return _("Last Changed First");
    case LINLI_CASE_SORT_RECEIVED:
    default:
      return _("Newest First");
    }
}

static GtkWidget *
new_row (LinliViewsWindow *self,
         LinliPlace       *view)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *count = gtk_label_new (NULL);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", view->query, order_words (view->sort));

  g_object_set (row, "use-markup", FALSE, "title", view->title, "subtitle", subtitle, "subtitle-lines", 1, NULL);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* its number too */
  g_object_set_data_full (G_OBJECT (row), "view", g_object_ref (view), g_object_unref);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), count);
  if (linli_view_keeper_may_change (self->context, view))
    {
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove_button (view));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (row_cb), NULL);
      make_movable (row);
    }
  g_signal_connect_object (view, "counted", G_CALLBACK (counted_cb), count, 0);
  counted_cb (view, count);

  return row;
}

/* The id of the view that has the keyboard, and where it stands. */
static char *
dup_focused (LinliViewsWindow *self,
             GtkListBox      **list,
             int              *index)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row == NULL || view_of (row) == NULL)
    return NULL;
  *list = GTK_LIST_BOX (gtk_widget_get_parent (row));
  *index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  return g_strdup (view_of (row)->id);
}

/* To the same view; where it is gone, to the one in its place. */
static void
focus_again (LinliViewsWindow *self,
             const char       *id,
             GtkListBox       *list,
             int               index)
{
  GtkListBoxRow *row;

  for (guint kind = 0; kind < N_KINDS; kind++)
    for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lists[kind], i)) != NULL; i++)
      if (g_str_equal (view_of (GTK_WIDGET (row))->id, id))
        {
          gtk_widget_grab_focus (GTK_WIDGET (row));
          return;
        }
  row = gtk_list_box_get_row_at_index (list, index);
  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (list, index - 1);
  for (guint kind = 0; row == NULL && kind < N_KINDS; kind++) /* it was the only one of its kind */
    row = gtk_list_box_get_row_at_index (self->lists[kind], 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
fill (LinliViewsWindow *self)
{
  GtkListBox *list = NULL;
  int index = 0;
  g_autofree char *focused = dup_focused (self, &list, &index);
  GtkListBoxRow *row;
  guint n[N_KINDS] = { 0 };

  for (guint kind = 0; kind < N_KINDS; kind++)
    while ((row = gtk_list_box_get_row_at_index (self->lists[kind], 0)) != NULL)
      gtk_list_box_remove (self->lists[kind], GTK_WIDGET (row));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->places)); i++)
    {
      g_autoptr(LinliPlace) place = g_list_model_get_item (G_LIST_MODEL (self->places), i);
      guint kind = place->shared ? SHARED : OWN;

      if (!place->saved)
        continue;
      gtk_list_box_append (self->lists[kind], new_row (self, place));
      n[kind]++;
    }
  for (guint kind = 0; kind < N_KINDS; kind++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[kind]), n[kind] > 0);
  gtk_stack_set_visible_child_name (self->stack, n[OWN] + n[SHARED] > 0 ? "views" : "none");
  if (focused != NULL)
    focus_again (self, focused, list, index);
}

static void
places_changed_cb (LinliViewsWindow *self)
{
  if (self->context != NULL)
    fill (self);
}

/* --- The window --- */

static void
linli_views_window_dispose (GObject *object)
{
  LinliViewsWindow *self = LINLI_VIEWS_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->places);
  g_clear_pointer (&self->done, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_views_window_parent_class)->dispose (object);
}

static void
linli_views_window_class_init (LinliViewsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_views_window_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "views.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_z, GDK_CONTROL_MASK, "views.undo", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_group (LinliViewsWindow   *self,
           AdwPreferencesPage *page,
           guint               kind,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  self->groups[kind] = ADW_PREFERENCES_GROUP (group);
  self->lists[kind] = GTK_LIST_BOX (list);
}

static void
linli_views_window_init (LinliViewsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *none = adw_status_page_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *undo = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  self->done = g_ptr_array_new_with_free_func (g_free);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), "views.undo");
  gtk_widget_set_tooltip_text (undo, _("Undo (Ctrl+Z)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (undo), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Undo"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "views.undo", FALSE);
  add_group (self, ADW_PREFERENCES_PAGE (page), OWN, _("My Views"));
  add_group (self, ADW_PREFERENCES_PAGE (page), SHARED, _("Everybody's Views"));
  adw_preferences_group_set_description (self->groups[OWN],
                                         _("Enter changes a view, Alt+↑ and Alt+↓ or dragging order them, Delete removes."));
  adw_preferences_group_set_description (self->groups[SHARED],
                                         _("Everybody at this centre sees these. A dispatcher, a reviewer or an "
                                           "administrator changes them."));
  g_object_set (none, "icon-name", "linli-view-symbolic", "title", _("No Saved Views"), "description",
                _("Search in the inbox (Ctrl+F), then choose “Save This Search…” in the menu beside the list's title."), NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, page, "views");
  gtk_stack_add_named (self->stack, none, "none");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 560);
  gtk_window_set_title (GTK_WINDOW (self), _("Saved Views"));
}

void
linli_views_window_open (GtkWindow      *parent,
                         LinliUiContext *context,
                         LinliPlaces    *places)
{
  LinliViewsWindow *self = g_object_new (LINLI_TYPE_VIEWS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->context = g_object_ref (context);
  self->places = g_object_ref (places);
  g_signal_connect_object (places, "items-changed", G_CALLBACK (places_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
