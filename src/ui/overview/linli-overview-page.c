/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-overview-page.h"

#include <glib/gi18n-lib.h>

#include "linli-case-overview.h"
#include "linli-chart.h"

struct _LinliOverviewPage
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkLabel       *greeting;
  GtkLabel       *date;
  GtkFlowBox     *pressing;
  GtkListBox     *steps;
  GtkWidget      *first_steps; /* of a centre that has no case yet */
  GtkWidget      *weeks;
  GtkWidget      *new_case;
  LinliChart     *chart;
  GtkWidget      *late_heading;
  GtkListBox     *late;

  /* Owned */
  LinliUiContext *context;
  LinliPlaces    *places;
  GCancellable   *cancellable;
  GPtrArray      *cards;       /* (nullable) LinliPlace: what cannot wait */
  GPtrArray      *lines;       /* (nullable) LinliPlace: what stands at each step */

  /* State */
  gint64          first_day; /* of the chart */
  guint           tick_id;
  guint           read_id;
};

G_DEFINE_FINAL_TYPE (LinliOverviewPage, linli_overview_page, ADW_TYPE_BIN)

/* Changes are followed with this pause, so that an import does not count all day. */
#define PAUSE_MS 500

/* No more units than a person takes in at a glance. */
#define LATE_MAX 5

/* What cannot wait, as cards; what stands at each step, as lines: those of the
 * centre, and of a handling unit. */
static const char *const card_ids[][4] = {
  { "overdue", "due-today", "open", "mine" },
  { "overdue", "due-soon", "open", "reported" },
};
static const char *const step_ids[][7] = {
  { "received", "registered", "handling", "review", "ruling", "decision", "callback" },
  { "to-sign", "handling", "sent-back" },
};

/* A card or a line: its number, and its name with the number for who cannot see it. */
static void
counted_cb (LinliPlace *place,
            GtkWidget  *widget)
{
  GtkLabel *number = g_object_get_data (G_OBJECT (widget), "number");
  g_autofree char *count = linli_place_dup_count (place);
  const char *shown = place->n < 0 ? "–" : *count != '\0' ? count : "0";
  g_autofree char *name = g_strdup_printf ("%s %s", place->title, shown);

  gtk_label_set_label (number, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  (place->n > 0 ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, "some");
}

static void
follow_count (GtkWidget  *widget,
              GtkWidget  *number,
              LinliPlace *place)
{
  gtk_widget_add_css_class (number, "numeric");
  g_object_set_data (G_OBJECT (widget), "number", number);
  g_signal_connect_object (place, "counted", G_CALLBACK (counted_cb), widget, 0);
  counted_cb (place, widget);
}

static GtkWidget *
make_card (LinliPlace *place)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *title = gtk_label_new (place->title);

  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_widget_add_css_class (number, "card-number");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), number);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "number-card");
  gtk_widget_add_css_class (button, place->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place->id);
  follow_count (button, number, place);

  return button;
}

static GtkWidget *
make_step (LinliPlace *place)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *number = gtk_label_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place->title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (place->icon));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place->id);
  /* The row says its title by itself; ours has the number too. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  follow_count (row, number, place);

  return row;
}

static gboolean
is_of_unit (LinliOverviewPage *self)
{
  return linli_ui_context_get_session (self->context)->unit != NULL;
}

/* A chart of nothing teaches nothing: where no case is yet, the ways to the
 * first ones stand in its place. */
static void
all_counted_cb (LinliPlace        *place,
                LinliOverviewPage *self)
{
  gboolean unit = is_of_unit (self); /* every unit's cases are counted in the chart */

  gtk_widget_set_visible (self->first_steps, !unit && place->n == 0);
  gtk_widget_set_visible (self->weeks, !unit && place->n != 0);
}

/* Returns: (transfer full) (element-type LinliPlace): those of @ids that whoever sits here has */
static GPtrArray *
find_places (LinliOverviewPage *self,
             const char *const *ids,
             guint              n_ids)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_ids && ids[i] != NULL; i++)
    {
      LinliPlace *place = linli_places_find (self->places, ids[i]);

      if (place != NULL)
        g_ptr_array_add (found, place);
    }

  return found;
}

static gboolean
are_same (GPtrArray *shown,
          GPtrArray *found)
{
  gboolean same = shown != NULL && shown->len == found->len;

  for (guint i = 0; same && i < found->len; i++)
    same = shown->pdata[i] == found->pdata[i];

  return same;
}

static void
fill_cards (LinliOverviewPage *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->pressing, 0)) != NULL)
    gtk_flow_box_remove (self->pressing, GTK_WIDGET (child));
  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkWidget *card = make_card (self->cards->pdata[i]);

      gtk_flow_box_insert (self->pressing, card, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE); /* the button is what one reaches */
    }
}

static void
fill_steps (LinliOverviewPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->steps, 0)) != NULL)
    gtk_list_box_remove (self->steps, GTK_WIDGET (row));
  for (guint i = 0; i < self->lines->len; i++)
    gtk_list_box_append (self->steps, make_step (self->lines->pdata[i]));
}

/* Once the views are known, and again when they are others for who sits here. */
static void
fill (LinliOverviewPage *self)
{
  gboolean unit = is_of_unit (self);
  g_autoptr(GPtrArray) cards = find_places (self, card_ids[unit], G_N_ELEMENTS (card_ids[unit]));
  g_autoptr(GPtrArray) lines = find_places (self, step_ids[unit], G_N_ELEMENTS (step_ids[unit]));
  g_autoptr(LinliPlace) all = NULL;

  if (are_same (self->cards, cards) && are_same (self->lines, lines))
    return;
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  self->cards = g_steal_pointer (&cards);
  fill_cards (self);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->lines = g_steal_pointer (&lines);
  fill_steps (self);
  all = linli_places_find (self->places, "all");
  if (all != NULL)
    {
      g_signal_handlers_disconnect_by_func (all, all_counted_cb, self);
      g_signal_connect_object (all, "counted", G_CALLBACK (all_counted_cb), self, 0);
      all_counted_cb (all, self);
    }
}

/* --- The last days, and who is late --- */

static GtkWidget *
make_late_row (LinliCaseLateUnit *late)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *count = g_strdup_printf ("%'" G_GINT64_FORMAT, late->n);
  GtkWidget *number = gtk_label_new (count);
  const char *unit = late->unit != NULL ? late->unit : _("With no unit yet");
  g_autofree char *title = g_markup_escape_text (unit, -1);
  g_autofree char *name = g_strdup_printf ("%s %s", unit, count);
  /* Translators: search lines, with the operators and values that clerks type: 超期:是 单位:"%s" */
  g_autofree char *query = late->unit != NULL ? g_strdup_printf (C_("search line", "overdue:yes unit:\"%s\""), late->unit)
                                              : g_strdup (C_("search line", "overdue:yes state:received,registered"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "error");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.search-for");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", query);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
show_late (LinliOverviewPage *self,
           GArray            *units)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->late, 0)) != NULL)
    gtk_list_box_remove (self->late, GTK_WIDGET (row));
  for (guint i = 0; i < units->len && i < LATE_MAX; i++)
    gtk_list_box_append (self->late, make_late_row (&g_array_index (units, LinliCaseLateUnit, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->late), units->len > 0);
  gtk_widget_set_visible (self->late_heading, units->len > 0);
}

static char *
day_words (LinliOverviewPage  *self,
           const LinliCaseDay *day,
           const char         *format)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (day->start / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, linli_ui_context_get_zone (self->context));

  return g_date_time_format (local, format);
}

static void
show_days (LinliOverviewPage  *self,
           const LinliCaseDay *days)
{
  g_autofree char *all = NULL;
  gint64 n_in = 0, n_out = 0;

  linli_chart_clear (self->chart);
  for (guint i = 0; i < LINLI_CASE_OVERVIEW_DAYS; i++)
    {
      g_autofree char *label = day_words (self, &days[i], "%-d");
      /* Translators: a day with its weekday; a pattern of g_date_time_format() */
      g_autofree char *date = day_words (self, &days[i], _("%a %-d %b"));
      /* Translators: a day, then how many cases came in and how many were finished */
      g_autofree char *words = g_strdup_printf (_("%s: %d in, %d finished"), date, (int) days[i].n_in, (int) days[i].n_out);

      linli_chart_add (self->chart, label, words, days[i].n_in, days[i].n_out);
      n_in += days[i].n_in;
      n_out += days[i].n_out;
    }
  self->first_day = days[0].start;
  all = g_strdup_printf (_("In the last %u days %d cases came in and %d were finished"), LINLI_CASE_OVERVIEW_DAYS,
                         (int) n_in, (int) n_out);
  linli_chart_set_words (self->chart, all);
}

/* The cases that came in on that day. */
static void
day_activated_cb (LinliOverviewPage *self,
                  guint              place)
{
  const LinliCaseDay first = { .start = self->first_day };
  g_autofree char *day = day_words (self, &first, "%Y-%m-%d");
  g_autofree char *line = NULL;
  char iso[16];
  GDate date;

  g_date_set_parse (&date, day);
  g_date_add_days (&date, place);
  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &date);
  /* Translators: a search line, with the operator that clerks type: 收件:%s */
  line = g_strdup_printf (C_("search line", "received:%s"), iso);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.search-for", "s", line);
}

static gpointer
read_overview (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  return linli_case_overview_load (conn, *(gint64 *) data, error);
}

static void
read_overview_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(LinliOverviewPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseOverview) overview = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (overview == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The overview cannot be read: %s", error->message);
      return;
    }
  if (self->context == NULL)
    return;
  show_days (self, overview->days);
  show_late (self, overview->late_units);
}

static gboolean
read_cb (gpointer data)
{
  LinliOverviewPage *self = data;
  gint64 now = linli_ui_context_now (self->context);

  self->read_id = 0;
  linli_store_read_async (linli_ui_context_get_store (self->context), read_overview, g_memdup2 (&now, sizeof now),
                          g_free, (GDestroyNotify) linli_case_overview_free, self->cancellable,
                          read_overview_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* A page that nobody sees need not count. */
static void
changed_cb (LinliOverviewPage *self)
{
  if (self->read_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_of_unit (self))
    self->read_id = g_timeout_add (PAUSE_MS, read_cb, self);
}

static void
linli_overview_page_map (GtkWidget *widget)
{
  LinliOverviewPage *self = LINLI_OVERVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (linli_overview_page_parent_class)->map (widget);
  if (self->context != NULL && self->read_id == 0 && !is_of_unit (self))
    read_cb (self);
}

static void
say_date (LinliOverviewPage *self)
{
  LinliSession *session = linli_ui_context_get_session (self->context);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_ui_context_now (self->context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) now = g_date_time_to_timezone (utc, linli_ui_context_get_zone (self->context));
  /* Translators: today with its weekday; a pattern of g_date_time_format() */
  g_autofree char *date = g_date_time_format (now, _("%A, %-d %B %Y"));
  int hour = g_date_time_get_hour (now);
  const char *greeting = hour < 12 ? _("Good morning") : hour < 18 ? _("Good afternoon") : _("Good evening");
  g_autofree char *line = NULL;

  gtk_label_set_label (self->date, date);
  if (session->person != NULL)
    /* Translators: a greeting and a name, "Good morning, Chen Jing" */
    line = g_strdup_printf (_("%s, %s"), greeting, session->person);
  gtk_label_set_label (self->greeting, line != NULL ? line : greeting);
}

static gboolean
tick_cb (gpointer data)
{
  say_date (data);
  changed_cb (data);

  return G_SOURCE_CONTINUE;
}

static void
linli_overview_page_dispose (GObject *object)
{
  LinliOverviewPage *self = LINLI_OVERVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_object (&self->context);
  g_clear_object (&self->places);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_overview_page_parent_class)->dispose (object);
}

static void
linli_overview_page_finalize (GObject *object)
{
  g_object_unref (LINLI_OVERVIEW_PAGE (object)->cancellable);

  G_OBJECT_CLASS (linli_overview_page_parent_class)->finalize (object);
}

static void
linli_overview_page_class_init (LinliOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_overview_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_overview_page_finalize;
  widget_class->map = linli_overview_page_map;

  g_type_ensure (LINLI_TYPE_CHART);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, greeting);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, date);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, pressing);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, steps);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, first_steps);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, weeks);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, new_case);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, chart);
  gtk_widget_class_bind_template_callback (widget_class, day_activated_cb);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, late_heading);
  gtk_widget_class_bind_template_child (widget_class, LinliOverviewPage, late);
}

static void
linli_overview_page_init (LinliOverviewPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

LinliOverviewPage *
linli_overview_page_new (LinliUiContext *context,
                         LinliPlaces    *places)
{
  LinliOverviewPage *self = g_object_new (LINLI_TYPE_OVERVIEW_PAGE, NULL);

  self->context = g_object_ref (context);
  self->places = g_object_ref (places);
  g_signal_connect_object (places, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  adw_window_title_set_subtitle (self->title, linli_ui_context_get_session (context)->centre);
  gtk_widget_set_visible (self->new_case, !is_of_unit (self));
  gtk_widget_set_visible (self->weeks, !is_of_unit (self));
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::cases",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  fill (self);
  say_date (self);
  self->tick_id = g_timeout_add_seconds (60, tick_cb, self);

  return self;
}
