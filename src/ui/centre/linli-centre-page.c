/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-centre-page.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-centre-rooms.h"
#include "linli-focus-enters.h"

struct _LinliCentrePage
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkButton      *fresh;
  GtkSearchEntry *search;
  GtkListBox     *rooms;
  GtkStack       *stack;

  /* Owned */
  LinliUiContext *context;
};

G_DEFINE_FINAL_TYPE (LinliCentrePage, linli_centre_page, ADW_TYPE_BIN)

static const LinliRoomKind *const kinds[] = {
  &linli_ladder_room,
  &linli_work_calendar_room,
  &linli_procedure_room,
  &linli_lane_names_room,
  &linli_evidence_room,
  &linli_limits_room,
  &linli_attributes_room,
};

/* What a centre decides on pages of their own. */
static const struct
{
  const char *title;
  const char *icon;
  const char *action;
} pages[] = {
  { N_("Routing R_ules"), "linli-dispatch-symbolic", "win.show-rules" },
  { N_("P_laces of the Centre"), "linli-place-symbolic", "win.show-places" },
  { N_("Handling U_nits"), "linli-unit-symbolic", "win.show-units" },
  { N_("Desks of the Cent_re"), "drive-harddisk-symbolic", "win.show-devices" },
  { N_("People and Roles"), "system-users-symbolic", "win.show-people" },
  { N_("Looks at Residents’ Names"), "linli-resident-symbolic", "win.show-identity-reads" },
};

/* Returns: (transfer none) (nullable) */
static LinliCentreRoom *
get_room (LinliCentrePage *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  return child != NULL ? LINLI_CENTRE_ROOM (child) : NULL;
}

static const LinliRoomKind *
get_kind (LinliCentrePage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rooms);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  return index < (int) G_N_ELEMENTS (kinds) ? kinds[index] : NULL;
}

static void
update_fresh (LinliCentrePage *self)
{
  LinliCentreRoom *room = get_room (self);
  const LinliRoomKind *kind = get_kind (self);

  gtk_widget_set_visible (GTK_WIDGET (self->fresh), kind != NULL && kind->fresh != NULL);
  if (kind != NULL && kind->fresh != NULL)
    gtk_button_set_label (self->fresh, g_dgettext (GETTEXT_PACKAGE, kind->fresh));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "centre.new", room != NULL && linli_centre_room_may_start (room));
}

static void
search_cb (LinliCentrePage *self)
{
  if (get_room (self) != NULL)
    linli_centre_room_search (get_room (self), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
stop_search_cb (LinliCentrePage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* A room is made when somebody goes into it. */
static void
room_selected_cb (LinliCentrePage *self,
                  GtkListBoxRow   *row)
{
  const LinliRoomKind *kind = row != NULL ? get_kind (self) : NULL;

  if (kind == NULL || self->context == NULL)
    return;
  if (gtk_stack_get_child_by_name (self->stack, kind->id) == NULL)
    {
      GtkWidget *room = linli_centre_room_new (self->context, kind);

      g_signal_connect_object (room, "may-changed", G_CALLBACK (update_fresh), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, room, kind->id);
    }
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), kind->id) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), ""); /* what was looked for was in the other room */
  gtk_stack_set_visible_child_name (self->stack, kind->id);
  adw_window_title_set_subtitle (self->title, g_dgettext (GETTEXT_PACKAGE, kind->title));
  search_cb (self);
  update_fresh (self);
}

static void
room_activated_cb (LinliCentrePage *self,
                   GtkListBoxRow   *row)
{
  const char *action = g_object_get_data (G_OBJECT (row), "action");

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  else if (get_room (self) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (get_room (self)), GTK_DIR_TAB_FORWARD);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LinliCentreRoom *room = get_room (LINLI_CENTRE_PAGE (widget));

  if (room != NULL)
    linli_centre_room_start (room);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LINLI_CENTRE_PAGE (widget)->search));
}

static GtkWidget *
add_row (LinliCentrePage *self,
         const char      *title,
         const char      *icon)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_auto(GStrv) parts = g_strsplit (g_dgettext (GETTEXT_PACKAGE, title), "(_", 2); /* 路由规则(_U) */
  g_auto(GStrv) letters = g_strsplit (parts[0], "_", -1);
  g_autofree char *words = g_strjoinv ("", letters);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), linli_icon_new (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (self->rooms, row);

  return row;
}

/* Rows are walked with the arrow keys; were Tab to walk them as well, it would
 * change the room on the way into it. */
static gboolean
leave_rooms_cb (GtkWidget *rooms,
                GVariant  *args,
                gpointer   data)
{
  LinliCentreRoom *room = get_room (data);

  return room != NULL && gtk_widget_child_focus (GTK_WIDGET (room), GTK_DIR_TAB_FORWARD);
}

static void
add_tab (LinliCentrePage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *tab = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Tab, 0),
                                       gtk_callback_action_new (leave_rooms_cb, self, NULL));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), tab);
  gtk_widget_add_controller (GTK_WIDGET (self->rooms), keys);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       data)
{
  gboolean first_page = g_object_get_data (G_OBJECT (row), "action") != NULL &&
                        (before == NULL || g_object_get_data (G_OBJECT (before), "action") == NULL);

  gtk_list_box_row_set_header (row, first_page ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

/* Whoever comes in chooses a room first. */
static gboolean
linli_centre_page_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (LINLI_CENTRE_PAGE (widget)->rooms);

  if (row != NULL && linli_focus_enters (widget, direction))
    return gtk_widget_grab_focus (GTK_WIDGET (row));

  return GTK_WIDGET_CLASS (linli_centre_page_parent_class)->focus (widget, direction);
}

/* --- The object --- */

static void
linli_centre_page_dispose (GObject *object)
{
  g_clear_object (&LINLI_CENTRE_PAGE (object)->context);

  G_OBJECT_CLASS (linli_centre_page_parent_class)->dispose (object);
}

static void
linli_centre_page_class_init (LinliCentrePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LINLI_TYPE_CENTRE_ROOM);
  G_OBJECT_CLASS (klass)->dispose = linli_centre_page_dispose;
  widget_class->focus = linli_centre_page_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-centre-page.ui");
  gtk_widget_class_install_action (widget_class, "centre.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "centre.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, 0, "centre.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_bind_template_child (widget_class, LinliCentrePage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCentrePage, fresh);
  gtk_widget_class_bind_template_child (widget_class, LinliCentrePage, search);
  gtk_widget_class_bind_template_child (widget_class, LinliCentrePage, rooms);
  gtk_widget_class_bind_template_child (widget_class, LinliCentrePage, stack);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, room_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, room_activated_cb);
}

static void
linli_centre_page_init (LinliCentrePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->rooms, header_cb, NULL, NULL);
  add_tab (self);
}

/* @room: (nullable): the id of the room to go into; %NULL for the first */
GtkWidget *
linli_centre_page_new (LinliUiContext *context,
                       const char     *room)
{
  LinliCentrePage *self = g_object_new (LINLI_TYPE_CENTRE_PAGE, NULL);
  int chosen = 0;

  self->context = g_object_ref (context);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      add_row (self, kinds[i]->title, kinds[i]->icon);
      if (g_strcmp0 (kinds[i]->id, room) == 0)
        chosen = (int) i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *row = add_row (self, pages[i].title, pages[i].icon);

      gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
      g_object_set_data (G_OBJECT (row), "action", (gpointer) pages[i].action);
    }
  gtk_list_box_select_row (self->rooms, gtk_list_box_get_row_at_index (self->rooms, chosen));

  return GTK_WIDGET (self);
}
