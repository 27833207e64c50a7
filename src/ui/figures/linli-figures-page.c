/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figures-page.h"

#include <glib/gi18n-lib.h>

#include "linli-chart.h"
#include "linli-error-words.h"
#include "linli-export-dialog.h"
#include "linli-figure-cards.h"
#include "linli-figure-period.h"
#include "linli-figure-words.h"
#include "linli-printer.h"

/* Changes are followed with this pause, so that typing a day counts once. */
#define PAUSE_MS 200
#define LONGEST_DAYS 3700

struct _LinliFiguresPage
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkDropDown    *period;
  GtkWidget      *days;
  GtkEditable    *from;
  GtkEditable    *to;
  GtkDropDown    *basis;
  GtkDropDown    *compare;
  GtkEditable    *filter;
  GtkInfoBar     *trouble;
  GtkLabel       *trouble_words;
  GtkStack       *stack;
  GtkFlowBox     *tiles;
  GtkStack       *trend;
  GtkToggleButton *as_table;
  LinliChart     *chart;
  GtkListBox     *table;
  GtkFlowBox     *groups;
  GtkLabel       *basis_words;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  LinliFigures   *figures;     /* (nullable): shown */

  /* State */
  LinliFigureRequest request; /* asked last; its line is not kept */
  guint           read_id;
};

G_DEFINE_FINAL_TYPE (LinliFiguresPage, linli_figures_page, ADW_TYPE_BIN)

/* --- Reading, in the read lane --- */

typedef struct
{
  LinliFigureRequest request;
  char              *line;  /* (owned) */
  char              *actor; /* (owned) (nullable) */
  gint64             now;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->line);
  g_free (job->actor);
  g_free (job);
}

static gpointer
read_figures (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Job *job = data;

  return linli_figures_load (conn, &job->request, job->now, job->actor, error);
}

static void
say_trouble (LinliFiguresPage *self,
             const char       *words)
{
  if (words != NULL)
    gtk_label_set_label (self->trouble_words, words);
  gtk_info_bar_set_revealed (self->trouble, words != NULL);
}

/* Under the columns: the day, or the month. */
static char *
short_label (const LinliFigureRow *row)
{
  int year = 0, month = 0, day = 0;

  sscanf (row->from, "%d-%d-%d", &year, &month, &day);
  if (day == 1 && !g_str_equal (row->from, row->to))
    return g_strdup_printf ("%d-%02d", year, month);

  return g_strdup_printf ("%d-%d", month, day);
}

static void
show_trend (LinliFiguresPage *self)
{
  GPtrArray *rows = self->figures->groups[LINLI_GROUP_TIME];
  g_autofree char *all = g_strdup_printf (_("%d cases between %s and %s, %d of them finished"),
                                          (int) self->figures->counts.n[LINLI_SET_CASES], self->figures->from,
                                          self->figures->to, (int) self->figures->counts.n[LINLI_SET_FINISHED]);

  linli_chart_clear (self->chart);
  for (guint i = 0; i < rows->len; i++)
    {
      LinliFigureRow *row = rows->pdata[i];
      g_autofree char *label = short_label (row);
      g_autofree char *name = linli_figure_row_words (LINLI_GROUP_TIME, row);
      g_autofree char *words = g_strdup_printf (_("%s: %d cases, %d of them finished"), name,
                                                (int) row->n[LINLI_SET_CASES], (int) row->n[LINLI_SET_FINISHED]);

      linli_chart_add (self->chart, label, words, row->n[LINLI_SET_CASES], row->n[LINLI_SET_FINISHED]);
    }
  linli_chart_set_words (self->chart, all);
  linli_figures_fill_rows (self->table, self->figures, LINLI_GROUP_TIME, 0);
}

static void
show_figures (LinliFiguresPage *self)
{
  LinliFigures *figures = self->figures;
  g_autofree char *period = g_strdup_printf ("%s – %s", figures->from, figures->to);
  g_autofree char *compared = figures->compared
                                ? g_strdup_printf (_("Compared with %s – %s."), figures->before_from, figures->before_to)
                                : g_strdup ("");
  g_autofree char *basis = g_strdup_printf (_("Cases belong to the period %s. Bars: all cases, at their end those late or "
                                              "overdue. %s"), linli_basis_words (figures->basis), compared);

  adw_window_title_set_subtitle (self->title, period);
  gtk_label_set_label (self->basis_words, basis);
  gtk_stack_set_visible_child_name (self->stack, figures->counts.n[LINLI_SET_CASES] > 0 ? "figures" : "empty");
  linli_figures_fill_tiles (self->tiles, figures);
  show_trend (self);
  linli_figures_fill_groups (self->groups, figures);
}

static void
read_figures_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LinliFiguresPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliFigures) figures = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  if (figures == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      say_trouble (self, words);
      return;
    }
  g_clear_pointer (&self->figures, linli_figures_free);
  self->figures = g_steal_pointer (&figures);
  show_figures (self);
}

static void
set_today (LinliFiguresPage *self,
           GDate            *today)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_ui_context_now (self->context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = g_date_time_to_timezone (utc, linli_ui_context_get_zone (self->context));

  g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (here), (GDateMonth) g_date_time_get_month (here),
                  (GDateYear) g_date_time_get_year (here));
}

/* Returns: what is wrong with the days as typed, or NULL; days half typed are
 * waited for. */
static const char *
choose_days (LinliFiguresPage *self,
             GDate            *from,
             GDate            *to)
{
  LinliPeriod period = (LinliPeriod) gtk_drop_down_get_selected (self->period);
  GDate today;

  set_today (self, &today);
  if (period != LINLI_PERIOD_CHOSEN)
    {
      linli_period_days (period, &today, from, to);
      return NULL;
    }
  if (!linli_period_parse (gtk_editable_get_text (self->from), from) ||
      !linli_period_parse (gtk_editable_get_text (self->to), to))
    return _("Type the first and the last day as 2026-02-14.");
  if (g_date_compare (from, to) > 0 || g_date_days_between (from, to) > LONGEST_DAYS)
    return _("The period must end after it begins, and within ten years.");

  return NULL;
}

static gboolean
read_cb (gpointer data)
{
  LinliFiguresPage *self = data;
  LinliStore *store = linli_ui_context_get_store (self->context);
  g_autoptr(GCancellable) before = g_steal_pointer (&self->cancellable);
  LinliFigureRequest request = { 0 };
  const char *trouble = choose_days (self, &request.from, &request.to);
  Job *job;

  self->read_id = 0;
  self->cancellable = g_cancellable_new ();
  g_cancellable_cancel (before);
  say_trouble (self, trouble);
  if (trouble != NULL)
    return G_SOURCE_REMOVE;

  job = g_new0 (Job, 1);
  job->line = g_strstrip (g_strdup (gtk_editable_get_text (self->filter)));
  job->actor = linli_store_dup_actor (store);
  job->now = linli_ui_context_now (self->context);
  job->request = request;
  job->request.line = job->line;
  job->request.basis = (LinliFigureBasis) gtk_drop_down_get_selected (self->basis);
  job->request.compare = (LinliFigureComparison) gtk_drop_down_get_selected (self->compare);
  job->request.step = linli_period_step (&request.from, &request.to);
  self->request = job->request;
  self->request.line = NULL;
  linli_store_read_async (store, read_figures, job, job_free, (GDestroyNotify) linli_figures_free, self->cancellable,
                          read_figures_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
read_soon (LinliFiguresPage *self)
{
  if (self->context != NULL && self->read_id == 0)
    self->read_id = g_timeout_add (PAUSE_MS, read_cb, self);
}

/* --- Callbacks --- */

static void
chosen_cb (LinliFiguresPage *self)
{
  gtk_widget_set_visible (self->days, gtk_drop_down_get_selected (self->period) == LINLI_PERIOD_CHOSEN);
  read_soon (self);
}

static void
table_toggled_cb (LinliFiguresPage *self)
{
  gtk_stack_set_visible_child_name (self->trend, gtk_toggle_button_get_active (self->as_table) ? "table" : "chart");
}

static void
place_activated_cb (LinliFiguresPage *self,
                    guint             place)
{
  GPtrArray *rows = self->figures->groups[LINLI_GROUP_TIME];
  g_autofree char *line = linli_figures_dup_line (self->figures, LINLI_GROUP_TIME, rows->pdata[place], LINLI_SET_CASES);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.search-for", "s", line);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliFiguresPage *self = LINLI_FIGURES_PAGE (widget);

  if (self->figures != NULL)
    linli_export_figures (self->context, GTK_WINDOW (gtk_widget_get_root (widget)), linli_figures_ref (self->figures));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliFiguresPage *self = LINLI_FIGURES_PAGE (widget);
  LinliPrintJob *job;

  if (self->figures == NULL)
    return;
  job = linli_print_job_new_case (self->context, "figures", self->figures->line);
  job->request = self->request;
  job->now = self->figures->now;
  linli_print (self->context, widget, job);
}

/* A page that nobody sees need not count. */
static void
changed_cb (LinliFiguresPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_soon (self);
}

static void
linli_figures_page_map (GtkWidget *widget)
{
  LinliFiguresPage *self = LINLI_FIGURES_PAGE (widget);

  GTK_WIDGET_CLASS (linli_figures_page_parent_class)->map (widget);
  if (self->context != NULL && self->read_id == 0)
    read_cb (self);
}

static void
linli_figures_page_dispose (GObject *object)
{
  LinliFiguresPage *self = LINLI_FIGURES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_figures_page_parent_class)->dispose (object);
}

static void
linli_figures_page_finalize (GObject *object)
{
  LinliFiguresPage *self = LINLI_FIGURES_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->figures, linli_figures_free);

  G_OBJECT_CLASS (linli_figures_page_parent_class)->finalize (object);
}

static void
linli_figures_page_class_init (LinliFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_figures_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_figures_page_finalize;
  widget_class->map = linli_figures_page_map;

  g_type_ensure (LINLI_TYPE_CHART);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-figures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, period);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, days);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, from);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, to);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, basis);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, compare);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, filter);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, trouble_words);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, trend);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, as_table);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, chart);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, table);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, groups);
  gtk_widget_class_bind_template_child (widget_class, LinliFiguresPage, basis_words);
  gtk_widget_class_install_action (widget_class, "figures.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "figures.print", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "figures.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "figures.print", NULL);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
}

static void
set_choices (GtkDropDown       *drop_down,
             const char *const *choices)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (choices);

  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

static void
linli_figures_page_init (LinliFiguresPage *self)
{
  g_autoptr(GtkStringList) periods = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) bases = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < LINLI_N_PERIODS; i++)
    gtk_string_list_append (periods, linli_period_words ((LinliPeriod) i));
  for (guint i = 0; i < LINLI_N_BASES; i++)
    gtk_string_list_append (bases, linli_basis_words ((LinliFigureBasis) i));
  gtk_drop_down_set_model (self->period, G_LIST_MODEL (periods));
  gtk_drop_down_set_model (self->basis, G_LIST_MODEL (bases));
  set_choices (self->compare, (const char *const[]) { _("Compared with nothing"), _("Compared with the period before"),
                                                      _("Compared with a year earlier"), NULL });
  gtk_drop_down_set_selected (self->compare, LINLI_COMPARE_BEFORE);
}

LinliFiguresPage *
linli_figures_page_new (LinliUiContext *context)
{
  LinliFiguresPage *self = g_object_new (LINLI_TYPE_FIGURES_PAGE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::cases",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
