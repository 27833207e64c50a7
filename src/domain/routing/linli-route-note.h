/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A routing answer as it is kept and told: JSON made readable for the window. */

typedef struct
{
  char *rule;      /* its name */
  char *outcome;   /* see linli_rule_outcome_to_id() */
  char *attribute; /* (nullable) name of the attribute that decided */
  char *wanted;    /* (nullable) */
  char *got;       /* (nullable) */
} LinliRouteNoteRule;

typedef struct
{
  char  *case_id;
  char  *case_no;
  char  *kind; /* see linli_precedent_kind_to_id() */
  char  *unit;
  gint64 at;
} LinliRouteNoteCase;

typedef struct
{
  char      *reason;      /* see linli_route_reason_to_id() */
  char      *lead;        /* (nullable) name of the unit proposed */
  char      *rule;        /* (nullable) name of the rule that decided */
  char      *later;       /* (nullable) unit that finds out the owner */
  char      *chosen;      /* (nullable) name of the unit it was sent to */
  gboolean   followed;    /* it is the one proposed */
  gint64     n_for;       /* earlier cases for it */
  gint64     n_all;       /* earlier cases counted */
  gint64     n_other;     /* rules for other matters */
  GPtrArray *cases;       /* (element-type LinliRouteNoteCase) latest first */
  GPtrArray *rules;       /* (element-type LinliRouteNoteRule) in order */
} LinliRouteNote;

LinliRouteNote *linli_route_note_parse (const char     *json);
void            linli_route_note_free  (LinliRouteNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliRouteNote, linli_route_note_free)

G_END_DECLS
