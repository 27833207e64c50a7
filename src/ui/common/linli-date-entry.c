/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An entry for a day: typed, or picked from a calendar that its icon opens. */

#include "config.h"

#include "linli-date-entry.h"

#include <glib/gi18n-lib.h>

static void
day_selected_cb (GtkCalendar *calendar,
                 GtkEntry    *entry)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
closed_cb (GtkPopover *popover,
           GtkEntry   *entry)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

/* It hangs on the box around the entry, which lets go of it in the end. */
static GtkWidget *
make_calendar (GtkEntry *entry)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_widget_set_parent (popover, gtk_widget_get_parent (GTK_WIDGET (entry)));
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), entry, 0);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), entry, 0);
  g_object_set_data (G_OBJECT (entry), "calendar", popover);

  return popover;
}

static void
open_calendar (GtkEntry *entry)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (entry), "calendar");
  GdkRectangle area;
  double x = 0;
  double y = 0;

  if (popover == NULL)
    popover = make_calendar (entry);
  gtk_entry_get_icon_area (entry, GTK_ENTRY_ICON_SECONDARY, &area);
  gtk_widget_translate_coordinates (GTK_WIDGET (entry), gtk_widget_get_parent (popover), area.x, area.y, &x, &y);
  area.x = (int) x;
  area.y = (int) y;
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
icon_press_cb (GtkEntry            *entry,
               GtkEntryIconPosition position,
               gpointer             data)
{
  open_calendar (entry);
}

/* Makes @entry take a day, written 2026-03-10. */
void
linli_date_entry_set_up (GtkEntry *entry)
{
  g_return_if_fail (GTK_IS_ENTRY (entry));

  gtk_entry_set_placeholder_text (entry, "2026-03-10");
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY, "x-office-calendar-symbolic");
  gtk_entry_set_icon_tooltip_text (entry, GTK_ENTRY_ICON_SECONDARY, _("Choose from a calendar"));
  g_signal_connect (entry, "icon-press", G_CALLBACK (icon_press_cb), NULL);
}
