/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 工作日历: when the centre works. The year at a glance, and in lines what the
 * week says and which days are otherwise; a change says beforehand whose due
 * times it moves. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-calendar-change.h"
#include "linli-calendar-head.h"
#include "linli-calendar-store.h"
#include "linli-calendar-words.h"
#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-clock-recompute.h"
#include "linli-date-entry.h"
#include "linli-form-preview.h"
#include "linli-json.h"
#include "linli-moves-words.h"
#include "linli-time-words.h"

static void
facts_free (gpointer data)
{
  LinliCalendarFacts *self = data;

  g_clear_pointer (&self->calendar, linli_work_calendar_unref);
  g_free (self);
}

static gpointer
read_calendar (LinliConn *conn,
               gint64     now,
               GError   **error)
{
  LinliCalendarFacts *self = g_new0 (LinliCalendarFacts, 1);

  if (!linli_calendar_load_current (conn, &self->calendar, NULL, error) ||
      !linli_clocks_count_uncovered (conn, &self->n_unknown, error))
    {
      facts_free (self);
      return NULL;
    }
  if (self->calendar != NULL)
    linli_work_calendar_to_local (self->calendar, now, &self->today, NULL);
  return self;
}

/* --- The lines --- */

static void
show_week (LinliCentreRoom   *room,
           LinliWorkCalendar *calendar)
{
  const LinliHours *make_up = linli_work_calendar_get_make_up (calendar);
  g_autofree char *week = linli_week_words (calendar);
  g_autofree char *hours = make_up->n_spans > 0 ? linli_hours_to_text (make_up) : NULL;
  g_autofree char *detail = hours != NULL ? g_strdup_printf (_("The week; make-up days %s"), hours)
                                          : g_strdup (_("The week; make-up days as the first working weekday"));
  const LinliRoomLine line = { "week", week, detail, NULL, NULL, TRUE };

  linli_centre_room_add (room, &line);
}

static void
show_years (LinliCentreRoom   *room,
            LinliWorkCalendar *calendar)
{
  const char *source = linli_work_calendar_get_source (calendar);
  g_autofree char *years = g_strdup_printf (_("All holidays from %d to %d are known"),
                                            linli_work_calendar_get_covered_from (calendar),
                                            linli_work_calendar_get_covered_until (calendar));
  g_autofree char *detail = g_strdup_printf (_("%s, version %d"), linli_work_calendar_get_name (calendar),
                                             linli_work_calendar_get_version (calendar));
  g_autofree char *whole = source != NULL ? g_strdup_printf ("%s · %s", detail, source) : g_strdup (detail);
  const LinliRoomLine line = { "years", years, whole, NULL, NULL, TRUE };

  linli_centre_room_add (room, &line);
}

static gboolean
goes_on (const LinliDayException *a,
         const LinliDayException *b)
{
  g_autofree char *left = linli_exception_words (a);
  g_autofree char *right = linli_exception_words (b);

  return b->date == a->date + 1 && g_str_equal (left, right);
}

/* Days in a row of which the same is said have one line. */
static void
show_days (LinliCentreRoom   *room,
           LinliWorkCalendar *calendar,
           int                year)
{
  guint n;
  const LinliDayException *days = linli_work_calendar_get_exceptions (calendar, &n);

  for (guint i = 0, next; i < n; i = next)
    {
      g_autofree char *from = linli_date_to_text (days[i].date);
      g_autofree char *what = linli_exception_words (&days[i]);
      g_autofree char *until = NULL;
      g_autofree char *code = NULL;
      g_autofree char *when = NULL;
      g_autofree char *count = NULL;
      LinliRoomLine line = { NULL };

      for (next = i + 1; next < n && goes_on (&days[next - 1], &days[next]); next++)
        continue;
      if (linli_date_get_year (days[i].date) != year && linli_date_get_year (days[next - 1].date) != year)
        continue;
      until = linli_date_to_text (days[next - 1].date);
      code = g_strdup_printf ("%s %s", from, until);
      when = linli_days_words (days[i].date, days[next - 1].date);
      count = next - i > 1 ? g_strdup_printf (ngettext ("%u day", "%u days", next - i), next - i) : NULL;
      line = (LinliRoomLine) { code, when, what, count, NULL, TRUE };
      linli_centre_room_add (room, &line);
    }
}

static void
show_calendar (LinliCentreRoom *room,
               gpointer         facts)
{
  LinliCalendarFacts *self = facts;

  if (self->calendar == NULL)
    return;
  show_week (room, self->calendar);
  show_years (room, self->calendar);
  show_days (room, self->calendar, linli_calendar_head_get_year (room));
}

/* --- What a change would move --- */

static char *
read_effect (LinliConn  *conn,
             const char *command,
             JsonObject *args,
             GError    **error)
{
  g_autoptr(GPtrArray) moves = linli_calendar_try (conn, command, args, error);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GTimeZone) zone = NULL;

  if (moves == NULL || !linli_calendar_load_current (conn, &calendar, NULL, error))
    return NULL;
  zone = g_time_zone_new_identifier (linli_work_calendar_get_zone (calendar));
  return linli_moves_words (moves, zone, FALSE);
}

static char *
read_days_effect (LinliConn  *conn,
                  JsonObject *args,
                  gint64      now,
                  GError    **error)
{
  return read_effect (conn, "calendar.set-days", args, error);
}

static char *
read_week_effect (LinliConn  *conn,
                  JsonObject *args,
                  gint64      now,
                  GError    **error)
{
  return read_effect (conn, "calendar.set-week", args, error);
}

static char *
read_years_effect (LinliConn  *conn,
                   JsonObject *args,
                   gint64      now,
                   GError    **error)
{
  return read_effect (conn, "calendar.set-years", args, error);
}

/* --- The forms --- */

static LinliActionDialog *
edit_week (LinliUiContext    *context,
           LinliWorkCalendar *calendar)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  const char *labels[] = { _("_Monday"), _("_Tuesday"), _("_Wednesday"), _("T_hursday"),
                           _("_Friday"), _("_Saturday"), _("S_unday") };
  LinliActionDialog *dialog = linli_action_dialog_new (context, "calendar.set-week", "week", _("The Week"), _("Save"));
  g_autofree char *make_up = linli_hours_to_text (linli_work_calendar_get_make_up (calendar));
  LinliFormInput *input;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *hours = linli_hours_to_text (linli_work_calendar_get_week (calendar, (int) i));

      input = linli_action_dialog_add_entry (dialog, names[i], labels[i], hours);
      gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), _("08:30-12:00 14:00-17:30; empty: rest"));
    }
  input = linli_action_dialog_add_entry (dialog, "make_up", _("Ma_ke-up days"), make_up);
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), _("Empty: as the first working weekday"));
  linli_form_preview_attach (dialog, context, read_week_effect, NULL, NULL);
  return dialog;
}

static gboolean
collect_years (LinliRequest *request,
               gpointer      data,
               char        **fault)
{
  static const char *const names[] = { "from", "until" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = linli_request_get_text (request, names[i]);
      gint64 year = 0;

      if (text == NULL || !g_ascii_string_to_signed (text, 10, 1990, 2100, &year, NULL))
        {
          *fault = g_strdup (_("Write both years with four digits."));
          return FALSE;
        }
      linli_request_set_int (request, names[i], year);
    }
  return TRUE;
}

static LinliActionDialog *
edit_years (LinliUiContext    *context,
            LinliWorkCalendar *calendar)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, "calendar.set-years", "years", _("Years Whose Holidays Are Known"),
                                                       _("Save"));
  g_autofree char *from = g_strdup_printf ("%d", linli_work_calendar_get_covered_from (calendar));
  g_autofree char *until = g_strdup_printf ("%d", linli_work_calendar_get_covered_until (calendar));

  linli_action_dialog_add_entry (dialog, "from", _("_First year"), from)->required = TRUE;
  linli_action_dialog_add_entry (dialog, "until", _("_Last year"), until)->required = TRUE;
  linli_action_dialog_set_collect (dialog, collect_years, NULL);
  linli_action_dialog_add_widget (dialog, linli_caption_new (_("Only when every holiday and make-up day of a year is entered: "
                                                               "what is missing is then counted as the week says.")));
  linli_form_preview_attach (dialog, context, read_years_effect, collect_years, NULL);
  return dialog;
}

/* What is said of @date now. Returns: (transfer none) (nullable) */
static const LinliDayException *
find_exception (LinliWorkCalendar *calendar,
                LinliDate          date)
{
  guint n;
  const LinliDayException *days = linli_work_calendar_get_exceptions (calendar, &n);

  for (guint i = 0; i < n; i++)
    if (days[i].date == date)
      return &days[i];
  return NULL;
}

static void
add_day (LinliActionDialog *dialog,
         const char        *name,
         const char        *label,
         const char        *value,
         gboolean           required)
{
  LinliFormInput *input = linli_action_dialog_add_entry (dialog, name, label, value);

  input->required = required;
  linli_date_entry_set_up (GTK_ENTRY (linli_field_get_input (input->field)));
}

/* @code: (nullable): the day, or the first and the last of some */
static LinliActionDialog *
edit_days (LinliUiContext    *context,
           LinliWorkCalendar *calendar,
           const char        *code)
{
  static const char *const kinds[] = { "off", "work", "hours", "week", NULL };
  const char *kind_words[] = { _("Holiday"), _("Make-up working day"), _("Hours of its own"), _("As the week says"), NULL };
  LinliActionDialog *dialog = linli_action_dialog_new (context, "calendar.set-days", code != NULL ? code : "new",
                                                       code != NULL ? _("Change Days") : _("New Days"), _("Save"));
  g_auto(GStrv) days = g_strsplit (code != NULL ? code : "", " ", 2);
  const LinliDayException *known = days[0] != NULL ? find_exception (calendar, linli_date_parse (days[0])) : NULL;
  g_autofree char *hours = known != NULL && known->kind == LINLI_EXCEPTION_HOURS ? linli_hours_to_text (&known->hours) : NULL;
  LinliFormInput *input;

  add_day (dialog, "date", _("_Day, or the first of some"), days[0], TRUE);
  add_day (dialog, "until", _("_Last day"), days[0] != NULL ? days[1] : NULL, FALSE);
  linli_action_dialog_add_choice (dialog, "kind", _("_What they are"), kinds, kind_words,
                                  known != NULL ? kinds[known->kind] : "off");
  input = linli_action_dialog_add_entry (dialog, "hours", _("_Hours of their own"), hours);
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), _("09:00-12:00 14:00-16:00"));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), known != NULL ? known->name : NULL);
  linli_form_preview_attach (dialog, context, read_days_effect, NULL, NULL);
  return dialog;
}

static LinliActionDialog *
edit (LinliUiContext *context,
      gpointer        facts,
      const char     *code)
{
  LinliCalendarFacts *self = facts;

  if (self->calendar == NULL)
    return NULL;
  if (g_strcmp0 (code, "week") == 0)
    return edit_week (context, self->calendar);
  if (g_strcmp0 (code, "years") == 0)
    return edit_years (context, self->calendar);
  return edit_days (context, self->calendar, code);
}

static const char *const tables[] = { "work_calendar", "clock", NULL };

const LinliRoomKind linli_work_calendar_room = {
  .id = "calendar",
  .title = N_("Working Calendar"),
  .icon = "x-office-calendar-symbolic",
  .doc = N_("When the centre works: every limit in working days or hours is counted by it. Choose a day to change it; before "
            "it is saved, the form says which due times of open cases move."),
  .command = "calendar.set-days",
  .fresh = N_("_New Days…"),
  .tables = tables,
  .read = read_calendar,
  .facts_free = facts_free,
  .show_head = linli_calendar_head_show,
  .show = show_calendar,
  .edit = edit,
};
