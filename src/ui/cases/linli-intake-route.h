/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-duty-units.h"
#include "linli-route-note.h"

G_BEGIN_DECLS

/* Whom a matter would go to, while it is still being typed. Both are plain
 * data for the read lane. */
typedef struct
{
  char  *item;
  char  *attributes; /* {code: value}; "" for none */
  char  *community;
  char  *place;
  char  *place_id;   /* (nullable) */
  char  *grid;       /* (nullable) */
  char  *urgency;    /* "" when the duty item says it */
  char  *channel;    /* (nullable) */
  gint64 at;
} LinliIntakeQuestion;

typedef struct
{
  LinliDutyUnits *units;
  LinliRouteNote *note;
  char           *instruction; /* (nullable) */
} LinliIntakeRoute;

gpointer linli_intake_route_read    (LinliConn           *conn,
                                     gpointer             question,
                                     GError             **error);
gpointer linli_intake_route_read_case (LinliConn         *conn,
                                     gpointer             case_id,
                                     GError             **error);
void     linli_intake_route_free    (LinliIntakeRoute    *self);
void     linli_intake_question_free (LinliIntakeQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliIntakeRoute, linli_intake_route_free)

G_END_DECLS
