/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-columns.h"

#define WIDE    1000 /* px: from here on two columns */
#define SPACING 24

struct _LinliColumns
{
  GtkWidget  parent_instance;

  /* Children (owned) */
  GtkWidget *first;  /* (nullable) */
  GtkWidget *second; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LinliColumns, linli_columns, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
linli_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
is_wide (int width)
{
  return width >= WIDE;
}

static int
column_width (int width)
{
  return (width - SPACING) / 2;
}

static void
measure_height (LinliColumns *self,
                int           width,
                int          *minimum,
                int          *natural)
{
  int each = is_wide (width) ? column_width (width) : width;
  int nat1, nat2;

  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, each, NULL, &nat1, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, each, NULL, &nat2, NULL, NULL);
  *natural = is_wide (width) ? MAX (nat1, nat2) : nat1 + SPACING + nat2;
  *minimum = *natural; /* a page that scrolls has no reason to squeeze */
}

static void
linli_columns_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  LinliColumns *self = LINLI_COLUMNS (widget);
  int min1, nat1, min2, nat2;

  *minimum = *natural = 0;
  if (self->first == NULL)
    return;
  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, &min1, &nat1, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, &min2, &nat2, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, for_size >= 0 ? for_size : MAX (min1, min2), minimum, natural);
      return;
    }
  *minimum = MAX (min1, min2);
  *natural = MAX (nat1, nat2);
}

static void
linli_columns_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  LinliColumns *self = LINLI_COLUMNS (widget);
  GtkAllocation first = { 0, 0, width, height };
  GtkAllocation second = first;

  if (self->first == NULL)
    return;
  if (is_wide (width))
    {
      gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      first.width = second.width = column_width (width);
      *(rtl ? &first.x : &second.x) = width - first.width;
    }
  else
    {
      gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, width, NULL, &first.height, NULL, NULL);
      second.y = first.height + SPACING;
      second.height = MAX (height - second.y, 0);
    }
  gtk_widget_size_allocate (self->first, &first, -1);
  gtk_widget_size_allocate (self->second, &second, -1);
}

static void
linli_columns_dispose (GObject *object)
{
  LinliColumns *self = LINLI_COLUMNS (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);

  G_OBJECT_CLASS (linli_columns_parent_class)->dispose (object);
}

static void
linli_columns_class_init (LinliColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_columns_dispose;
  widget_class->get_request_mode = linli_columns_get_request_mode;
  widget_class->measure = linli_columns_measure;
  widget_class->size_allocate = linli_columns_size_allocate;
}

static void
linli_columns_init (LinliColumns *self)
{
}

/* Once in its life. */
void
linli_columns_set_children (LinliColumns *self,
                            GtkWidget    *first,
                            GtkWidget    *second)
{
  g_return_if_fail (LINLI_IS_COLUMNS (self));
  g_return_if_fail (self->first == NULL);

  self->first = first;
  self->second = second;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
}
