/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-command.h"

G_BEGIN_DECLS

/* An open clock that another calendar moves. */
typedef struct
{
  char  *case_id;
  char  *case_no;
  char  *title;
  char  *kind;    /* of the clock */
  gint64 before;  /* microseconds UTC; 0: no due time could be given */
  gint64 after;   /* the same */
} LinliClockMove;

void       linli_clock_move_free  (LinliClockMove      *self);
GPtrArray *linli_clock_moves_find (LinliConn           *conn,
                                   LinliWorkCalendar   *calendar,
                                   GError             **error);
GPtrArray *linli_clock_moves_parse (JsonArray          *moved);
void       linli_clock_moved_add  (JsonArray           *moved,
                                   LinliRow            *case_row,
                                   const char          *kind,
                                   gint64               before,
                                   gint64               after);
gboolean   linli_clocks_count_uncovered (LinliConn     *conn,
                                   gint64              *n,
                                   GError             **error);
gboolean   linli_clocks_follow    (LinliCommandContext *context,
                                   LinliWorkCalendar   *calendar,
                                   const char          *calendar_id,
                                   GError             **error);

G_END_DECLS
