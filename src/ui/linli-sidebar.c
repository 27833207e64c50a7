/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sidebar.h"

#include <glib/gi18n-lib.h>

#include "linli-late-menu.h"
#include "linli-sync-line.h"

struct _LinliSidebar
{
  AdwBin          parent_instance;

  /* Template children */
  GtkWidget      *title;
  GtkLabel       *centre;
  GtkLabel       *person;
  GtkListBox     *list;
  LinliSyncLine  *sync;
  GtkWidget      *bell;
  GtkLabel       *n_notices;
  GtkMenuButton  *main_button;
  GMenuModel     *main_menu;
  GtkRevealer    *offer;
  GtkLabel       *offer_words;
  GtkButton      *offer_button;

  /* Owned */
  LinliPlaces    *places;
  LinliPlace     *chosen; /* (nullable): the place shown */

  /* State */
  gboolean        choosable; /* rows follow the keyboard: one of the places is shown */
};

enum { CHOSEN, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliSidebar, linli_sidebar, ADW_TYPE_BIN)

static LinliPlace *
place_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "place");
}

static void
counted_cb (LinliPlace *place,
            GtkLabel   *label)
{
  g_autofree char *count = linli_place_dup_count (place);
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *name = *count != '\0' ? g_strdup_printf ("%s %s", place->title, count) : g_strdup (place->title);

  gtk_label_set_label (label, count);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (g_str_equal (place->id, "overdue"))
    (place->n > 0 ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (label), "alert");
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LinliSidebar *self = user_data;
  LinliPlace *place = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (place->icon);
  GtkWidget *title = gtk_label_new (place->title);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "count");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), self->choosable);
  g_object_set_data_full (G_OBJECT (row), "place", g_object_ref (place), g_object_unref);
  g_signal_connect_object (place, "counted", G_CALLBACK (counted_cb), count, 0);
  counted_cb (place, GTK_LABEL (count));

  return row;
}

static void
heading_cb (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  LinliPlace *place = place_of_row (row);
  LinliPlace *last = before != NULL ? place_of_row (before) : NULL;
  GtkWidget *label;

  if (*place->section == '\0' || (last != NULL && g_str_equal (last->section, place->section)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (place->section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

/* A list box takes the row that Tab comes to for the choice. Where none of the
 * places is shown, Tab goes by and only who activates a row goes there. */
static void
set_choosable (LinliSidebar *self,
               gboolean      choosable)
{
  GtkListBoxRow *row;

  self->choosable = choosable;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    gtk_list_box_row_set_selectable (row, choosable);
}

static void
choose_row (LinliSidebar  *self,
            GtkListBoxRow *row)
{
  set_choosable (self, TRUE);
  gtk_list_box_select_row (self->list, row);
}

static void
row_selected_cb (LinliSidebar  *self,
                 GtkListBoxRow *row)
{
  LinliPlace *place;

  if (row == NULL)
    return;
  place = place_of_row (row);
  if (self->chosen != NULL && linli_place_is_same (self->chosen, place))
    return;
  g_set_object (&self->chosen, place);
  g_signal_emit (self, signals[CHOSEN], 0, place);
}

static void
row_activated_cb (LinliSidebar  *self,
                  GtkListBoxRow *row)
{
  choose_row (self, row);
  g_signal_emit (self, signals[ENTERED], 0, place_of_row (row));
}

/* Views were added, moved or changed: the rows are new, the choice is not. */
static void
places_changed_cb (LinliSidebar *self)
{
  if (self->chosen != NULL && !linli_sidebar_choose (self, self->chosen->id))
    linli_sidebar_choose (self, "open"); /* the view shown was removed */
}

static void
linli_sidebar_dispose (GObject *object)
{
  LinliSidebar *self = LINLI_SIDEBAR (object);

  g_clear_object (&self->places);
  g_clear_object (&self->chosen);

  G_OBJECT_CLASS (linli_sidebar_parent_class)->dispose (object);
}

/* Gone on with, or put off. */
static void
withdraw_cb (LinliSidebar *self)
{
  gtk_revealer_set_reveal_child (self->offer, FALSE);
}

/* Tab comes to the place shown and goes on after it: a list box would lead it
 * through every row, and each would be shown. */
static gboolean
linli_sidebar_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  LinliSidebar *self = LINLI_SIDEBAR (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *stop = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  GtkListBoxRow *row;
  gboolean moved;

  if (stop == NULL)
    stop = GTK_WIDGET (gtk_list_box_get_selected_row (self->list));
  if (stop == NULL)
    stop = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0));
  for (int i = 0; is_tab && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    gtk_widget_set_can_focus (GTK_WIDGET (row), GTK_WIDGET (row) == stop);
  moved = GTK_WIDGET_CLASS (linli_sidebar_parent_class)->focus (widget, direction);
  for (int i = 0; is_tab && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    gtk_widget_set_can_focus (GTK_WIDGET (row), TRUE);

  return moved;
}

static void
linli_sidebar_class_init (LinliSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_sidebar_dispose;
  widget_class->focus = linli_sidebar_focus;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, LINLI_TYPE_PLACE);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, LINLI_TYPE_PLACE);

  g_type_ensure (LINLI_TYPE_SYNC_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, centre);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, person);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, sync);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, bell);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, main_button);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, main_menu);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, n_notices);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, offer);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, offer_words);
  gtk_widget_class_bind_template_child (widget_class, LinliSidebar, offer_button);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_sidebar_init (LinliSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_late_menu_set (self->main_button, self->main_menu);
  gtk_list_box_set_header_func (self->list, heading_cb, NULL, NULL);
  linli_sidebar_set_n_notices (self, 0);
}

LinliSidebar *
linli_sidebar_new (LinliPlaces    *places,
                   LinliUiContext *context)
{
  LinliSidebar *self = g_object_new (LINLI_TYPE_SIDEBAR, NULL);

  self->places = g_object_ref (places);
  linli_sync_line_set_context (self->sync, context);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (places), make_row, self, NULL);
  g_signal_connect_object (places, "items-changed", G_CALLBACK (places_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return self;
}

/**
 * linli_sidebar_offer:
 * @text: (nullable): what waits for somebody; %NULL when nothing does any more
 * @label: (nullable): of the button that goes on with it; %NULL to say anew what
 *   waits for @action, unless that was answered already
 * @target: (nullable): of @action
 *
 * Stays above the foot, where it covers nothing, until it is answered.
 */
void
linli_sidebar_offer (LinliSidebar *self,
                     const char   *text,
                     const char   *label,
                     const char   *action,
                     GVariant     *target)
{
  GtkActionable *button;

  g_return_if_fail (LINLI_IS_SIDEBAR (self));

  button = GTK_ACTIONABLE (self->offer_button);
  if (label == NULL && (!gtk_revealer_get_reveal_child (self->offer) ||
                        g_strcmp0 (gtk_actionable_get_action_name (button), action) != 0))
    return;
  gtk_revealer_set_reveal_child (self->offer, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (self->offer_words, text);
  if (label != NULL)
    gtk_button_set_label (self->offer_button, label);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, action);
}

void
linli_sidebar_set_title (LinliSidebar *self,
                         const char   *centre,
                         const char   *person)
{
  g_autofree char *whole = NULL;

  g_return_if_fail (LINLI_IS_SIDEBAR (self));

  gtk_label_set_label (self->centre, centre);
  gtk_label_set_label (self->person, person != NULL ? person : "");
  gtk_widget_set_visible (GTK_WIDGET (self->person), person != NULL);
  whole = g_strjoin ("\n", centre, person, NULL);
  gtk_widget_set_tooltip_text (self->title, whole);
}

/* Goes to the place @id; %FALSE when there is none. */
gboolean
linli_sidebar_choose (LinliSidebar *self,
                      const char   *id)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (LINLI_IS_SIDEBAR (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (place_of_row (row)->id, id))
      {
        choose_row (self, row);
        return TRUE;
      }

  return FALSE;
}

/* What is shown is none of the places. */
void
linli_sidebar_leave (LinliSidebar *self)
{
  g_return_if_fail (LINLI_IS_SIDEBAR (self));

  g_clear_object (&self->chosen);
  set_choosable (self, FALSE);
}

/* @n: how many nobody has read */
void
linli_sidebar_set_n_notices (LinliSidebar *self,
                             guint         n)
{
  g_autofree char *number = n < 100 ? g_strdup_printf ("%u", n) : g_strdup ("99+");
  g_autofree char *name = NULL;

  g_return_if_fail (LINLI_IS_SIDEBAR (self));

  name = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Notices, %u unread", "Notices, %u unread", n), n);
  gtk_label_set_label (self->n_notices, number);
  gtk_widget_set_visible (GTK_WIDGET (self->n_notices), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Goes to the @n-th place, counted from 0, and into it: its key means the same
 * wherever the keyboard is. */
gboolean
linli_sidebar_choose_nth (LinliSidebar *self,
                          guint         n)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (LINLI_IS_SIDEBAR (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (!g_str_equal (place_of_row (row)->page, "figures") && n-- == 0) /* has a key of its own */
      break;
  if (row != NULL)
    row_activated_cb (self, row);

  return row != NULL;
}
