/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-head.h"

#include <glib/gi18n-lib.h>

#include "linli-calendar-words.h"
#include "linli-cards.h"
#include "linli-year-view.h"

#define HEAD      "calendar-head"
#define WARN_DAYS 62 /* before the year whose holidays are not known */

typedef struct
{
  LinliCentreRoom *room;    /* (unowned): owns this */
  GtkLabel        *year;
  GtkLabel        *count;
  GtkLabel        *day;
  GtkLabel        *warning;
  LinliYearView   *view;
  LinliCalendarFacts *facts; /* (unowned) */
} Head;

/* Returns: (transfer full) (nullable): which due times cannot be given, and what helps */
static char *
warning_words (LinliCalendarFacts *facts,
               int                 year)
{
  int until = linli_work_calendar_get_covered_until (facts->calendar);
  int from = linli_work_calendar_get_covered_from (facts->calendar);
  gboolean soon = linli_date_new (until + 1, 1, 1) - facts->today < WARN_DAYS;
  guint n = (guint) facts->n_unknown;
  int missing = year > until || year < from ? year : until + 1;
  g_autofree char *waiting = NULL;

  if (missing != year && !soon)
    return NULL;
  if (missing > until && n > 0)
    waiting = g_strdup_printf (ngettext ("%u limit of an open case has no due time because of it.",
                                         "%u limits of open cases have no due time because of it.", n), n);
  return g_strdup_printf (_("The holidays of %d are not known: no due time that reaches into that year is given. Import the "
                            "published list, or enter the days and then say that the year is known. %s"),
                          missing, waiting != NULL ? waiting : "");
}

static void
update_day (Head *head)
{
  g_autofree char *words = linli_day_words (head->facts->calendar, linli_year_view_get_day (head->view));

  gtk_label_set_label (head->day, words);
}

static void
update_head (Head *head)
{
  int year = linli_year_view_get_year (head->view);
  int n = linli_work_calendar_count_working_days (head->facts->calendar, year, NULL);
  g_autofree char *title = g_strdup_printf (C_("a year", "%d"), year);
  g_autofree char *count = n >= 0 ? g_strdup_printf (ngettext ("%d working day", "%d working days", (gulong) n), n) : NULL;
  g_autofree char *warning = warning_words (head->facts, year);

  gtk_label_set_label (head->year, title);
  gtk_label_set_label (head->count, count != NULL ? count : "");
  gtk_label_set_label (head->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (head->warning), warning != NULL);
  update_day (head);
}

static void
moved_cb (Head    *head,
          gboolean other_year)
{
  if (other_year)
    linli_centre_room_show_again (head->room);
  else
    update_day (head);
}

static void
day_activated_cb (Head *head,
                  int   day)
{
  g_autofree char *code = linli_date_to_text (day);

  linli_centre_room_edit (head->room, code);
}

static void
step_year (Head *head,
           int   step)
{
  linli_year_view_set_year (head->view, linli_year_view_get_year (head->view) + step);
}

static void
earlier_cb (Head *head)
{
  step_year (head, -1);
}

static void
later_cb (Head *head)
{
  step_year (head, 1);
}

static void
add_button (Head       *head,
            GtkBox     *box,
            const char *icon,
            const char *name,
            GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, head);
  gtk_box_append (box, button);
}

static GtkWidget *
make_bar (Head *head)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *import = gtk_button_new_with_mnemonic (_("_Import Holidays…"));

  add_button (head, GTK_BOX (bar), "go-previous-symbolic", _("The year before"), G_CALLBACK (earlier_cb));
  head->year = GTK_LABEL (linli_text_new ("", "title-3"));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (head->year));
  add_button (head, GTK_BOX (bar), "go-next-symbolic", _("The year after"), G_CALLBACK (later_cb));
  head->count = GTK_LABEL (linli_caption_new (""));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (head->count));
  head->day = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (head->day, 1);
  gtk_label_set_ellipsize (head->day, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (head->day), TRUE);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (head->day));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (import), "win.import::holidays");
  gtk_box_append (GTK_BOX (bar), import);
  return bar;
}

static char *
legend_words (void)
{
  return g_strdup_printf (_("%s holiday · %s make-up working day · %s hours of its own · pale: day of rest"),
                          linli_day_mark (LINLI_DAY_HOLIDAY), linli_day_mark (LINLI_DAY_MAKE_UP),
                          linli_day_mark (LINLI_DAY_SPECIAL));
}

static Head *
make_head (LinliCentreRoom *room,
           GtkBox          *box)
{
  Head *head = g_new0 (Head, 1);
  g_autofree char *legend = legend_words ();

  head->room = room;
  head->view = LINLI_YEAR_VIEW (linli_year_view_new ());
  head->warning = GTK_LABEL (linli_text_new ("", "form-message"));
  gtk_box_append (box, make_bar (head));
  gtk_box_append (box, GTK_WIDGET (head->warning));
  gtk_box_append (box, GTK_WIDGET (head->view));
  gtk_box_append (box, linli_caption_new (legend));
  g_signal_connect_swapped (head->view, "moved", G_CALLBACK (moved_cb), head);
  g_signal_connect_swapped (head->view, "day-activated", G_CALLBACK (day_activated_cb), head);
  g_object_set_data_full (G_OBJECT (room), HEAD, head, g_free);
  return head;
}

/* For a room whose facts are those of a calendar: the year above its lines. */
void
linli_calendar_head_show (LinliCentreRoom *room,
                          GtkBox          *box,
                          gpointer         facts)
{
  Head *head = g_object_get_data (G_OBJECT (room), HEAD);

  if (((LinliCalendarFacts *) facts)->calendar == NULL)
    return;
  if (head == NULL)
    head = make_head (room, box);
  head->facts = facts;
  linli_year_view_set_calendar (head->view, head->facts->calendar, head->facts->today);
  update_head (head);
}

/* Returns: the year that is shown above the lines of @room */
int
linli_calendar_head_get_year (LinliCentreRoom *room)
{
  Head *head = g_object_get_data (G_OBJECT (room), HEAD);

  g_return_val_if_fail (head != NULL, 0);

  return linli_year_view_get_year (head->view);
}
