/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-year-view.h"

#include <glib/gi18n-lib.h>

#include "linli-calendar-words.h"

#define ACROSS  4  /* months */
#define DOWN    3
#define TITLE   22 /* height of a month's name, px */
#define HEAD    16 /* of the weekdays */
#define ROW     21 /* of a week */
#define GAP     14 /* between months */
#define MONTH_HEIGHT (TITLE + HEAD + 6 * ROW)
#define CELL_MIN 26

struct _LinliYearView
{
  GtkWidget          parent_instance;

  LinliWorkCalendar *calendar; /* (owned) (nullable) */
  LinliDate          today;
  LinliDate          day;      /* where the cursor is */
};

enum { DAY_ACTIVATED, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliYearView, linli_year_view, GTK_TYPE_WIDGET)

/* --- The cursor --- */

static int
days_of_month (int year,
               int month)
{
  return (month == 12 ? linli_date_new (year + 1, 1, 1) : linli_date_new (year, month + 1, 1)) - linli_date_new (year, month, 1);
}

static void
tell_day (LinliYearView *self)
{
  g_autofree char *words = self->calendar != NULL ? linli_day_words (self->calendar, self->day) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
move_to (LinliYearView *self,
         LinliDate      day)
{
  int before = linli_date_get_year (self->day);

  if (linli_date_get_year (day) < 1990 || linli_date_get_year (day) > 2099)
    return;
  self->day = day;
  tell_day (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[MOVED], 0, before != linli_date_get_year (day));
}

/* @args: (days, months) */
static gboolean
move_binding (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  LinliYearView *self = LINLI_YEAR_VIEW (widget);
  int days, months, year, month, day;

  g_variant_get (args, "(ii)", &days, &months);
  linli_date_split (self->day, &year, &month, &day);
  month += months;
  if (month < 1 || month > 12)
    {
      year += month < 1 ? -1 : 1;
      month += month < 1 ? 12 : -12;
    }
  move_to (self, linli_date_new (year, month, MIN (day, days_of_month (year, month))) + days);
  return TRUE;
}

static gboolean
activate_binding (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   data)
{
  g_signal_emit (widget, signals[DAY_ACTIVATED], 0, LINLI_YEAR_VIEW (widget)->day);
  return TRUE;
}

/* --- Where the days are --- */

static float
month_width (LinliYearView *self)
{
  return ((float) gtk_widget_get_width (GTK_WIDGET (self)) - (ACROSS - 1) * GAP) / ACROSS;
}

static void
month_origin (LinliYearView *self,
              int            month,
              float         *x,
              float         *y)
{
  *x = (float) ((month - 1) % ACROSS) * (month_width (self) + GAP);
  *y = (float) ((month - 1) / ACROSS) * (MONTH_HEIGHT + GAP);
}

static LinliDate
day_at (LinliYearView *self,
        double         x,
        double         y)
{
  float width = month_width (self);
  int year = linli_date_get_year (self->day);
  int column = (int) (x / (width + GAP));
  int row = (int) (y / (MONTH_HEIGHT + GAP));
  int month = row * ACROSS + column + 1;
  double in_x = x - column * (width + GAP);
  double in_y = y - row * (MONTH_HEIGHT + GAP) - TITLE - HEAD;
  int day;

  if (x < 0 || column >= ACROSS || row >= DOWN || in_x >= width || in_y < 0)
    return LINLI_DATE_NONE;
  day = (int) (in_y / ROW) * 7 + (int) (in_x / (width / 7)) - linli_date_get_weekday (linli_date_new (year, month, 1)) + 1;
  return day >= 1 && day <= days_of_month (year, month) ? linli_date_new (year, month, day) : LINLI_DATE_NONE;
}

static void
pressed_cb (LinliYearView *self,
            int            n_press,
            double         x,
            double         y)
{
  LinliDate day = day_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (day == LINLI_DATE_NONE)
    return;
  move_to (self, day);
  g_signal_emit (self, signals[DAY_ACTIVATED], 0, day);
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  LinliYearView *self = LINLI_YEAR_VIEW (widget);
  LinliDate day = keyboard ? self->day : day_at (self, x, y);
  g_autofree char *words = day != LINLI_DATE_NONE && self->calendar != NULL ? linli_day_words (self->calendar, day) : NULL;

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

/* --- Drawing --- */

typedef struct
{
  GtkSnapshot *snapshot;
  PangoLayout *layout; /* of the numbers */
  PangoLayout *small;  /* of marks and weekdays */
  GdkRGBA      text;
  GdkRGBA      faint;
  GdkRGBA      holiday;
  GdkRGBA      make_up;
  GdkRGBA      special;
} Ink;

static void
draw_text (Ink           *ink,
           PangoLayout   *layout,
           const char    *text,
           const GdkRGBA *color,
           float          x,
           float          y,
           float          width)
{
  int text_width;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  gtk_snapshot_save (ink->snapshot);
  gtk_snapshot_translate (ink->snapshot, &GRAPHENE_POINT_INIT (x + (width - (float) text_width) / 2, y));
  gtk_snapshot_append_layout (ink->snapshot, layout, color);
  gtk_snapshot_restore (ink->snapshot);
}

static void
draw_ring (Ink                   *ink,
           const graphene_rect_t *area,
           const GdkRGBA         *color,
           float                  width)
{
  const float widths[] = { width, width, width, width };
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 5);
  gtk_snapshot_append_border (ink->snapshot, &outline, widths, colors);
}

static void
draw_ground (Ink                   *ink,
             const graphene_rect_t *area,
             GdkRGBA                color)
{
  GskRoundedRect outline;

  color.alpha *= 0.18f;
  gsk_rounded_rect_init_from_rect (&outline, area, 5);
  gtk_snapshot_push_rounded_clip (ink->snapshot, &outline);
  gtk_snapshot_append_color (ink->snapshot, &color, area);
  gtk_snapshot_pop (ink->snapshot);
}

static const GdkRGBA *
color_of (Ink         *ink,
          LinliDayKind kind)
{
  switch (kind)
    {
    case LINLI_DAY_HOLIDAY:
      return &ink->holiday;
    case LINLI_DAY_MAKE_UP:
      return &ink->make_up;
    case LINLI_DAY_SPECIAL:
      return &ink->special;
    case LINLI_DAY_REST:
      return &ink->faint;
    case LINLI_DAY_WORKDAY:
    default:
      return &ink->text;
    }
}

static void
draw_day (LinliYearView *self,
          Ink           *ink,
          LinliDate      date,
          float          x,
          float          y,
          float          width)
{
  const LinliCalendarDay *day = self->calendar != NULL ? linli_work_calendar_get_day (self->calendar, date, NULL) : NULL;
  const GdkRGBA *color = day != NULL ? color_of (ink, day->kind) : &ink->faint;
  const char *mark = day != NULL ? linli_day_mark (day->kind) : NULL;
  graphene_rect_t area = GRAPHENE_RECT_INIT (x + 1, y + 1, width - 2, ROW - 2);
  char number[3];
  int year, month, day_of_month;

  linli_date_split (date, &year, &month, &day_of_month);
  g_snprintf (number, sizeof number, "%d", day_of_month);
  if (mark != NULL)
    draw_ground (ink, &area, *color);
  draw_text (ink, ink->layout, number, color, x, y + 2, mark != NULL ? width - 10 : width);
  if (mark != NULL)
    draw_text (ink, ink->small, mark, color, x + width - 12.5f, y + 1, 12);
  if (date == self->today)
    draw_ring (ink, &area, &ink->make_up, 1);
  if (date == self->day && gtk_widget_has_focus (GTK_WIDGET (self)))
    draw_ring (ink, &area, &ink->text, 2);
}

static void
draw_month (LinliYearView *self,
            Ink           *ink,
            int            month)
{
  int year = linli_date_get_year (self->day);
  LinliDate first = linli_date_new (year, month, 1);
  int lead = linli_date_get_weekday (first);
  float cell = month_width (self) / 7;
  g_autoptr(GDateTime) when = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  /* Translators: a month as the heading of its days; a pattern of g_date_time_format() */
  g_autofree char *title = g_date_time_format (when, _("%B"));
  float x, y;

  month_origin (self, month, &x, &y);
  draw_text (ink, ink->layout, title, &ink->text, x, y + 2, month_width (self));
  for (int i = 0; i < 7; i++)
    {
      g_autoptr(GDateTime) day = g_date_time_new_utc (2024, 1, 1 + i, 0, 0, 0); /* a Monday */
      g_autofree char *weekday = g_date_time_format (day, "%a");

      if (g_utf8_strlen (weekday, -1) > 2)
        *g_utf8_offset_to_pointer (weekday, 2) = '\0';
      draw_text (ink, ink->small, weekday, &ink->faint, x + cell * (float) i, y + TITLE, cell);
    }
  for (int i = 0; i < days_of_month (year, month); i++)
    draw_day (self, ink, first + i, x + cell * (float) ((lead + i) % 7), y + TITLE + HEAD + (float) ((lead + i) / 7 * ROW), cell);
}

static PangoLayout *
make_layout (GtkWidget *widget,
             double     scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static void
linli_year_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  g_autoptr(PangoLayout) layout = make_layout (widget, 0.9);
  g_autoptr(PangoLayout) small = make_layout (widget, 0.68);
  Ink ink = { .snapshot = snapshot, .layout = layout, .small = small };

  gtk_style_context_get_color (style, &ink.text);
  ink.faint = ink.text;
  ink.faint.alpha *= 0.55f;
  gtk_style_context_lookup_color (style, "error_color", &ink.holiday);
  gtk_style_context_lookup_color (style, "accent_color", &ink.make_up);
  gtk_style_context_lookup_color (style, "warning_color", &ink.special);
  for (int month = 1; month <= 12; month++)
    draw_month (LINLI_YEAR_VIEW (widget), &ink, month);
}

static void
linli_year_view_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = ACROSS * 7 * CELL_MIN + (ACROSS - 1) * GAP;
  else
    *minimum = *natural = DOWN * MONTH_HEIGHT + (DOWN - 1) * GAP;
}

/* --- The object --- */

static void
linli_year_view_finalize (GObject *object)
{
  g_clear_pointer (&LINLI_YEAR_VIEW (object)->calendar, linli_work_calendar_unref);

  G_OBJECT_CLASS (linli_year_view_parent_class)->finalize (object);
}

static void
add_move (GtkWidgetClass *klass,
          guint           key,
          guint           keypad,
          int             days,
          int             months)
{
  gtk_widget_class_add_binding (klass, key, 0, move_binding, "(ii)", days, months);
  gtk_widget_class_add_binding (klass, keypad, 0, move_binding, "(ii)", days, months);
}

static void
linli_year_view_class_init (LinliYearViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = linli_year_view_finalize;
  widget_class->snapshot = linli_year_view_snapshot;
  widget_class->measure = linli_year_view_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, -7, 0);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 7, 0);
  add_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, -1);
  add_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_binding, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_binding, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_binding, NULL);

  /* (int): the day. */
  signals[DAY_ACTIVATED] = g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT);
  /* (gboolean): whether into another year. */
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
linli_year_view_init (LinliYearView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->day = linli_date_new (2026, 1, 1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
linli_year_view_new (void)
{
  return g_object_new (LINLI_TYPE_YEAR_VIEW, NULL);
}

/* The first calendar brings the cursor to @today. */
void
linli_year_view_set_calendar (LinliYearView     *self,
                              LinliWorkCalendar *calendar,
                              LinliDate          today)
{
  g_return_if_fail (LINLI_IS_YEAR_VIEW (self));

  if (self->calendar == NULL)
    self->day = today;
  g_clear_pointer (&self->calendar, linli_work_calendar_unref);
  self->calendar = linli_work_calendar_ref (calendar);
  self->today = today;
  tell_day (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The cursor goes to the same day of @year. */
void
linli_year_view_set_year (LinliYearView *self,
                          int            year)
{
  int old_year, month, day;

  g_return_if_fail (LINLI_IS_YEAR_VIEW (self));

  linli_date_split (self->day, &old_year, &month, &day);
  if (year != old_year)
    move_to (self, linli_date_new (year, month, MIN (day, days_of_month (year, month))));
}

int
linli_year_view_get_year (LinliYearView *self)
{
  g_return_val_if_fail (LINLI_IS_YEAR_VIEW (self), 0);

  return linli_date_get_year (self->day);
}

LinliDate
linli_year_view_get_day (LinliYearView *self)
{
  g_return_val_if_fail (LINLI_IS_YEAR_VIEW (self), LINLI_DATE_NONE);

  return self->day;
}
