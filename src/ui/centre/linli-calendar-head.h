/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-centre-room.h"

G_BEGIN_DECLS

/* What the room of the working calendar shows. */
typedef struct
{
  LinliWorkCalendar *calendar;  /* (owned) (nullable): while the centre has none */
  LinliDate          today;
  gint64             n_unknown; /* open clocks without a due time for want of a year's holidays */
} LinliCalendarFacts;

void linli_calendar_head_show     (LinliCentreRoom *room,
                                   GtkBox          *box,
                                   gpointer         facts);
int  linli_calendar_head_get_year (LinliCentreRoom *room);

G_END_DECLS
