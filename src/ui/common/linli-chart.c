/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-chart.h"

#define HEIGHT    150
#define LABEL_GAP 4
#define AXIS_GAP  6
#define LINES     4 /* of the grid, at most */

struct _LinliChart
{
  GtkWidget  parent_instance;

  GArray    *points; /* LinliChartPoint */
  char      *words;  /* (nullable): what the whole says */
  int        cursor; /* -1: none */
};

enum { ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliChart, linli_chart, GTK_TYPE_WIDGET)

static void
point_clear (gpointer data)
{
  LinliChartPoint *point = data;

  g_free (point->label);
  g_free (point->words);
}

static LinliChartPoint *
point_at (LinliChart *self,
          guint       i)
{
  return &g_array_index (self->points, LinliChartPoint, i);
}

/* Steps of the grid are 1, 2 or 5 with zeros behind. */
static gint64
grid_step (LinliChart *self)
{
  gint64 top = 1;
  gint64 step = 1;

  for (guint i = 0; i < self->points->len; i++)
    for (guint k = 0; k < LINLI_CHART_SERIES; k++)
      top = MAX (top, point_at (self, i)->values[k]);
  while (step * LINES < top)
    {
      if (step * 2 * LINES >= top)
        return step * 2;
      if (step * 5 * LINES >= top)
        return step * 5;
      step *= 10;
    }

  return step;
}

static gint64
grid_top (LinliChart *self,
          gint64      step)
{
  gint64 top = step;

  for (guint i = 0; i < self->points->len; i++)
    for (guint k = 0; k < LINLI_CHART_SERIES; k++)
      while (top < point_at (self, i)->values[k])
        top += step;
  return top;
}

static PangoLayout *
make_layout (LinliChart *self,
             const char *text,
             int        *width,
             int        *height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_get_pixel_size (layout, width, height);
  return layout;
}

/* Where columns stand, in the widget's coordinates. */
typedef struct
{
  float  left; /* of the first slot */
  float  slot;
  float  base;
  float  top;  /* of the plot */
  gint64 step;
  gint64 most;
} Frame;

static Frame
frame (LinliChart *self)
{
  Frame f = { 0 };
  g_autofree char *number = NULL;
  int width, height;

  f.step = grid_step (self);
  f.most = grid_top (self, f.step);
  number = g_strdup_printf ("%'" G_GINT64_FORMAT, f.most);
  g_object_unref (make_layout (self, number, &width, &height));
  f.left = (float) width + AXIS_GAP;
  f.top = (float) height / 2;
  f.base = (float) (gtk_widget_get_height (GTK_WIDGET (self)) - height - LABEL_GAP);
  if (self->points->len > 0)
    f.slot = ((float) gtk_widget_get_width (GTK_WIDGET (self)) - f.left) / (float) self->points->len;

  return f;
}

static void
add_text (LinliChart    *self,
          GtkSnapshot   *snapshot,
          const GdkRGBA *color,
          const char    *text,
          float          x,
          float          y,
          float          align)
{
  int width, height;
  g_autoptr(PangoLayout) layout = make_layout (self, text, &width, &height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - align * (float) width, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
add_column (GtkSnapshot   *snapshot,
            const GdkRGBA *color,
            float          x,
            float          width,
            float          base,
            float          height)
{
  GskRoundedRect outline;

  if (height <= 0)
    return;
  height = MAX (height, 1);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, base - height, width, height), MIN (2, width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
add_grid (LinliChart    *self,
          GtkSnapshot   *snapshot,
          const Frame   *f,
          const GdkRGBA *line,
          const GdkRGBA *text)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - f->left;

  for (gint64 value = 0; value <= f->most; value += f->step)
    {
      float y = f->base - (f->base - f->top) * (float) value / (float) f->most;
      g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, value);

      gtk_snapshot_append_color (snapshot, line, &GRAPHENE_RECT_INIT (f->left, y, width, 1));
      add_text (self, snapshot, text, number, f->left - AXIS_GAP, y - f->top, 1);
    }
}

/* How many slots a label takes: the widest decides. */
static guint
label_every (LinliChart  *self,
             const Frame *f)
{
  int widest = 1;

  for (guint i = 0; i < self->points->len; i++)
    {
      int width, height;

      g_object_unref (make_layout (self, point_at (self, i)->label, &width, &height));
      widest = MAX (widest, width);
    }
  return MAX (1, (guint) ((float) (widest + 8) / MAX (f->slot, 1)) + 1);
}

static void
linli_chart_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  LinliChart *self = LINLI_CHART (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  Frame f = frame (self);
  float bar = CLAMP (f.slot * 0.36f, 1, 26);
  guint every = f.slot > 0 ? label_every (self, &f) : 1;
  GdkRGBA text, line, in, out;

  gtk_style_context_get_color (style, &text);
  in = out = line = text;
  gtk_style_context_lookup_color (style, "accent_bg_color", &in);
  out.alpha *= 0.38f;
  line.alpha *= 0.10f;
  text.alpha *= 0.65f;

  add_grid (self, snapshot, &f, &line, &text);
  for (guint i = 0; i < self->points->len; i++)
    {
      LinliChartPoint *point = point_at (self, i);
      float x = f.left + f.slot * (float) i + (f.slot - 2 * bar - 1) / 2;
      float scale = (f.base - f.top) / (float) f.most;

      if ((int) i == self->cursor && gtk_widget_has_visible_focus (widget))
        gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (f.left + f.slot * (float) i, 0, f.slot,
                                                                         (float) gtk_widget_get_height (widget)));
      add_column (snapshot, &in, x, bar, f.base, scale * (float) point->values[0]);
      add_column (snapshot, &out, x + bar + 1, bar, f.base, scale * (float) point->values[1]);
      if ((self->points->len - 1 - i) % every == 0)
        add_text (self, snapshot, &text, point->label, f.left + f.slot * ((float) i + 0.5f), f.base + LABEL_GAP, 0.5f);
    }
}

static void
linli_chart_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
  *minimum_baseline = *natural_baseline = -1;
}

static int
place_of (LinliChart *self,
          double      x)
{
  Frame f = frame (self);
  int i = f.slot > 0 && x >= f.left ? (int) ((x - f.left) / f.slot) : -1;

  return i < (int) self->points->len ? i : -1;
}

static gboolean
linli_chart_query_tooltip (GtkWidget  *widget,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  LinliChart *self = LINLI_CHART (widget);
  int i = keyboard ? self->cursor : place_of (self, x);

  if (i < 0)
    return FALSE;
  gtk_tooltip_set_text (tooltip, point_at (self, (guint) i)->words);

  return TRUE;
}

/* Says the place under the cursor, or what the whole says. */
static void
say (LinliChart *self)
{
  const char *words = self->cursor >= 0 ? point_at (self, (guint) self->cursor)->words : self->words;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words != NULL ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
walk (GtkWidget *widget,
      GVariant  *args,
      gpointer   user_data)
{
  LinliChart *self = LINLI_CHART (widget);
  int last = (int) self->points->len - 1;
  int by = g_variant_get_int32 (args);

  if (last < 0)
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && ABS (by) == 1)
    by = -by;
  self->cursor = self->cursor < 0 && ABS (by) == 1 ? last : CLAMP (self->cursor + by, 0, last);
  say (self);

  return TRUE;
}

static gboolean
enter (GtkWidget *widget,
       GVariant  *args,
       gpointer   user_data)
{
  LinliChart *self = LINLI_CHART (widget);

  if (self->cursor < 0)
    return FALSE;
  g_signal_emit (self, signals[ACTIVATED], 0, (guint) self->cursor);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            LinliChart      *self)
{
  int i = place_of (self, x);

  if (i >= 0)
    g_signal_emit (self, signals[ACTIVATED], 0, (guint) i);
}

static void
focus_cb (LinliChart *self)
{
  say (self);
}

static void
linli_chart_finalize (GObject *object)
{
  LinliChart *self = LINLI_CHART (object);

  g_array_unref (self->points);
  g_free (self->words);

  G_OBJECT_CLASS (linli_chart_parent_class)->finalize (object);
}

static void
linli_chart_class_init (LinliChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = linli_chart_finalize;
  widget_class->snapshot = linli_chart_snapshot;
  widget_class->measure = linli_chart_measure;
  widget_class->query_tooltip = linli_chart_query_tooltip;

  /**
   * LinliChart::activated:
   * @place: from 0
   */
  signals[ACTIVATED] = g_signal_new ("activated", LINLI_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, walk, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, walk, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, walk, "i", -100000);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, walk, "i", 100000);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, enter, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, enter, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
linli_chart_init (LinliChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (LinliChartPoint));
  g_array_set_clear_func (self->points, point_clear);
  self->cursor = -1;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
}

void
linli_chart_clear (LinliChart *self)
{
  g_return_if_fail (LINLI_IS_CHART (self));

  g_array_set_size (self->points, 0);
  self->cursor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
linli_chart_add (LinliChart *self,
                 const char *label,
                 const char *words,
                 gint64      first,
                 gint64      second)
{
  LinliChartPoint point = { g_strdup (label), g_strdup (words), { first, second } };

  g_return_if_fail (LINLI_IS_CHART (self));

  g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What the whole says, for who cannot see it. */
void
linli_chart_set_words (LinliChart *self,
                       const char *words)
{
  g_return_if_fail (LINLI_IS_CHART (self));

  g_free (self->words);
  self->words = g_strdup (words);
  say (self);
}
