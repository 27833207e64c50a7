/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-day-chart.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 132
#define LABEL_GAP 4

struct _LinliDayChart
{
  GtkWidget  parent_instance;

  GArray    *days; /* LinliCaseDay, oldest first */
  GTimeZone *zone; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LinliDayChart, linli_day_chart, GTK_TYPE_WIDGET)

static gint64
highest (LinliDayChart *self)
{
  gint64 top = 1;

  for (guint i = 0; i < self->days->len; i++)
    {
      LinliCaseDay *day = &g_array_index (self->days, LinliCaseDay, i);

      top = MAX (top, MAX (day->n_in, day->n_out));
    }

  return top;
}

static char *
day_words (LinliDayChart *self,
           LinliCaseDay  *day,
           const char    *format)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (day->start / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, format);
}

static void
add_bar (GtkSnapshot   *snapshot,
         const GdkRGBA *color,
         float          x,
         float          width,
         float          base,
         float          height)
{
  GskRoundedRect outline;

  if (height <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, base - height, width, height), MIN (2, width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Under the bars: the day, every other one when they stand close. */
static void
add_label (LinliDayChart *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *color,
           LinliCaseDay  *day,
           float          x,
           float          width,
           float          y)
{
  g_autofree char *words = day_words (self, day, "%-d");
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  int text_width;

  pango_layout_get_pixel_size (layout, &text_width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + (width - text_width) / 2, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static int
label_height (LinliDayChart *self)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "31");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height + LABEL_GAP;
}

static void
linli_day_chart_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  LinliDayChart *self = LINLI_DAY_CHART (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float base = gtk_widget_get_height (widget) - label_height (self);
  float slot = self->days->len > 0 ? (float) gtk_widget_get_width (widget) / self->days->len : 0;
  float bar = MAX (2, slot * 0.32f);
  GdkRGBA text, in, out;
  gint64 top = highest (self);

  gtk_style_context_get_color (style, &text);
  in = text;
  gtk_style_context_lookup_color (style, "accent_bg_color", &in);
  out = text;
  out.alpha *= 0.35;
  text.alpha *= 0.6;

  for (guint i = 0; i < self->days->len; i++)
    {
      LinliCaseDay *day = &g_array_index (self->days, LinliCaseDay, i);
      float x = slot * i + (slot - 2 * bar - 2) / 2;

      add_bar (snapshot, &in, x, bar, base, base * day->n_in / top);
      add_bar (snapshot, &out, x + bar + 2, bar, base, base * day->n_out / top);
      if (slot >= 26 || (self->days->len - 1 - i) % 2 == 0)
        add_label (self, snapshot, &text, day, slot * i, slot, base + LABEL_GAP);
    }
  gtk_snapshot_append_color (snapshot, &out, &GRAPHENE_RECT_INIT (0, base, gtk_widget_get_width (widget), 1));
}

static void
linli_day_chart_measure (GtkWidget      *widget,
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

static gboolean
linli_day_chart_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  LinliDayChart *self = LINLI_DAY_CHART (widget);
  int width = gtk_widget_get_width (widget);
  guint i = width > 0 ? (guint) (MAX (x, 0) * (gint64) self->days->len / width) : 0;
  g_autofree char *date = NULL;
  g_autofree char *words = NULL;
  LinliCaseDay *day;

  if (keyboard || i >= self->days->len)
    return FALSE;
  day = &g_array_index (self->days, LinliCaseDay, i);
  /* Translators: a day with its weekday; a pattern of g_date_time_format() */
  date = day_words (self, day, _("%a %-d %b"));
  /* Translators: a day, then how many cases came in and how many were finished */
  words = g_strdup_printf (_("%s: %d in, %d finished"), date, (int) day->n_in, (int) day->n_out);
  gtk_tooltip_set_text (tooltip, words);

  return TRUE;
}

static void
linli_day_chart_finalize (GObject *object)
{
  LinliDayChart *self = LINLI_DAY_CHART (object);

  g_array_unref (self->days);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (linli_day_chart_parent_class)->finalize (object);
}

static void
linli_day_chart_class_init (LinliDayChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = linli_day_chart_finalize;
  widget_class->snapshot = linli_day_chart_snapshot;
  widget_class->measure = linli_day_chart_measure;
  widget_class->query_tooltip = linli_day_chart_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "daychart");
}

static void
linli_day_chart_init (LinliDayChart *self)
{
  self->days = g_array_new (FALSE, FALSE, sizeof (LinliCaseDay));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* @days: oldest first; copied. The sum is said to who cannot see the bars. */
void
linli_day_chart_set_days (LinliDayChart      *self,
                          const LinliCaseDay *days,
                          guint               n_days,
                          GTimeZone          *zone)
{
  gint64 n_in = 0, n_out = 0;
  g_autofree char *words = NULL;

  g_return_if_fail (LINLI_IS_DAY_CHART (self));

  g_array_set_size (self->days, 0);
  g_array_append_vals (self->days, days, n_days);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  for (guint i = 0; i < n_days; i++)
    {
      n_in += days[i].n_in;
      n_out += days[i].n_out;
    }
  words = g_strdup_printf (_("In the last %u days %d cases came in and %d were finished"), n_days,
                           (int) n_in, (int) n_out);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
