/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-bar-row.h"

#define LINLI_TYPE_BAR_MARK (linli_bar_mark_get_type ())
G_DECLARE_FINAL_TYPE (LinliBarMark, linli_bar_mark, LINLI, BAR_MARK, GtkWidget)

/* The bar itself. */
struct _LinliBarMark
{
  GtkWidget parent_instance;

  float     share;
  float     marked;
};

G_DEFINE_FINAL_TYPE (LinliBarMark, linli_bar_mark, GTK_TYPE_WIDGET)

static void
linli_bar_mark_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  LinliBarMark *self = LINLI_BAR_MARK (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float whole = self->share > 0 ? MAX (width * self->share, 2) : 0;
  float marked = width * self->marked;
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect outline;
  GdkRGBA color, over;

  if (whole <= 0)
    return;
  gtk_style_context_get_color (style, &color);
  over = color;
  gtk_style_context_lookup_color (style, "accent_bg_color", &color);
  gtk_style_context_lookup_color (style, "warning_color", &over);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (reversed ? width - whole : 0, 0, whole, height), 3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  if (marked > 0)
    gtk_snapshot_append_color (snapshot, &over, &GRAPHENE_RECT_INIT (reversed ? width - whole : whole - marked, 0,
                                                                     marked, height));
  gtk_snapshot_pop (snapshot);
}

static void
linli_bar_mark_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? 10 : 40;
  *minimum_baseline = *natural_baseline = -1;
}

static void
linli_bar_mark_class_init (LinliBarMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = linli_bar_mark_snapshot;
  widget_class->measure = linli_bar_mark_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
linli_bar_mark_init (LinliBarMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* Returns: (transfer floating): a row for a list of bars */
GtkWidget *
linli_bar_row_new (const LinliBar *bar)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *name = gtk_label_new (bar->name);
  GtkWidget *number = gtk_label_new (bar->number);
  GtkWidget *note = gtk_label_new (bar->note);
  LinliBarMark *mark = g_object_new (LINLI_TYPE_BAR_MARK, NULL);
  g_autofree char *plain = g_strjoin (" ", bar->name, bar->number, bar->note, NULL);
  float most = (float) MAX (bar->most, 1);

  mark->share = (float) bar->value / most;
  mark->marked = (float) bar->marked / most;
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (name), 22);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 22);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_width_chars (GTK_LABEL (number), 6);
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_xalign (GTK_LABEL (note), 1);
  gtk_label_set_width_chars (GTK_LABEL (note), 7);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (mark));
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), note);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "bar-row");
  gtk_widget_set_tooltip_text (row, bar->words != NULL ? bar->words : bar->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  bar->words != NULL ? bar->words : plain, -1);

  return row;
}
