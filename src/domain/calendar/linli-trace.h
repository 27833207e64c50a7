/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-limit.h"

G_BEGIN_DECLS

#define LINLI_TRACE_ERROR (linli_trace_error_quark ())

typedef enum
{
  LINLI_TRACE_ERROR_FORMAT, /* JSON of another shape */
} LinliTraceError;

GQuark linli_trace_error_quark (void);

typedef enum
{
  LINLI_LANGUAGE_ZH,
  LINLI_LANGUAGE_EN,
} LinliLanguage;

/* What happened to a stretch of time on the way to a deadline. */
typedef enum
{
  LINLI_STEP_RECEIVED,     /* a moment: the clock was started */
  LINLI_STEP_EXTENDED,     /* a moment: @term was granted on top */
  LINLI_STEP_NEXT_DAY,     /* counting begins the day after */
  LINLI_STEP_NEXT_WORKING_DAY, /* counting begins the next working day */
  LINLI_STEP_BACKWARDS,    /* what follows lies before the start */
  LINLI_STEP_OUTSIDE,      /* outside the hours of a working day */
  LINLI_STEP_REST,         /* days the week rests */
  LINLI_STEP_HOLIDAY,      /* days off by name */
  LINLI_STEP_PAUSED,       /* @minutes would have counted */
  LINLI_STEP_COUNTED,      /* @minutes counted */
  LINLI_STEP_DUE,          /* a moment: the end */
  LINLI_STEP_STILL_PAUSED, /* since a moment; @minutes are left */
} LinliStepKind;

#define LINLI_STEP_N_KINDS (LINLI_STEP_STILL_PAUSED + 1)

/* From minute @from of day @first to minute @to of day @last, as the clock on
 * the desk's wall shows it; the end of a day is 24:00 of that day. */
typedef struct
{
  LinliStepKind kind;
  LinliDate     first;
  LinliDate     last;
  int           from;
  int           to;
  gint64        minutes; /* counted, or kept from counting, or left */
  int           days;    /* days that were counted whole, or skipped whole; 0: part of a day */
  LinliDayKind  day;     /* of COUNTED: what kind of day it was */
  LinliTerm     term;    /* of EXTENDED */
  char         *name;    /* (owned) (nullable): of a holiday, make-up day, special day; who granted an extension */
} LinliStep;

/* How a deadline came about: enough to check it by hand, and to read it aloud. */
typedef struct
{
  LinliTerm term;  /* the limit */
  GArray   *steps; /* (owned) LinliStep, in the order they are told */
} LinliTrace;

LinliTrace *linli_trace_new       (LinliTerm         term);
void        linli_trace_free      (LinliTrace       *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliTrace, linli_trace_free)

LinliStep  *linli_trace_add       (LinliTrace       *trace,
                                   LinliStepKind     kind);
LinliStep  *linli_trace_get_last  (LinliTrace       *trace);

void        linli_trace_append_json (const LinliTrace *trace,
                                     GString          *out);
JsonObject *linli_trace_to_json   (const LinliTrace *trace);
LinliTrace *linli_trace_from_json (JsonObject       *object,
                                   GError          **error);
char       *linli_trace_to_text   (const LinliTrace *trace,
                                   LinliLanguage     language);

G_END_DECLS
