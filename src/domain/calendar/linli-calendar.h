/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-date.h"

G_BEGIN_DECLS

#define LINLI_CALENDAR_ERROR (linli_calendar_error_quark ())

typedef enum
{
  LINLI_CALENDAR_ERROR_SPAN,      /* a span ends before it starts, or overlaps another */
  LINLI_CALENDAR_ERROR_WEEK,      /* no working hour in the week, or an unknown weekday */
  LINLI_CALENDAR_ERROR_DATE,      /* no such day */
  LINLI_CALENDAR_ERROR_ZONE,      /* unknown time zone */
  LINLI_CALENDAR_ERROR_YEARS,     /* the covered years make no sense */
  LINLI_CALENDAR_ERROR_FORMAT,    /* JSON of another shape */
  LINLI_CALENDAR_ERROR_UNCOVERED, /* asked about a year whose holidays are not known */
} LinliCalendarError;

GQuark linli_calendar_error_quark (void);

#define LINLI_SPANS_PER_DAY 8

/* Minutes of a day, 0 to 1440, half-open. */
typedef struct
{
  gint16 from;
  gint16 to;
} LinliSpan;

/* The working hours of one day: ascending, apart from one another, possibly none. */
typedef struct
{
  guint     n_spans;
  LinliSpan spans[LINLI_SPANS_PER_DAY];
} LinliHours;

typedef enum
{
  LINLI_EXCEPTION_OFF,   /* a holiday, whatever the weekday */
  LINLI_EXCEPTION_WORK,  /* a working day, whatever the weekday: 补班 */
  LINLI_EXCEPTION_HOURS, /* a day with hours of its own */
} LinliExceptionKind;

typedef struct
{
  LinliDate          date;
  LinliExceptionKind kind;
  LinliHours         hours; /* of LINLI_EXCEPTION_HOURS */
  char              *name;  /* (owned) (nullable): 春节 */
} LinliDayException;

void linli_day_exception_clear (LinliDayException *exception);

typedef enum
{
  LINLI_DAY_WORKDAY, /* by the week */
  LINLI_DAY_MAKE_UP, /* by exception, where the week rests */
  LINLI_DAY_SPECIAL, /* by exception, with hours of its own */
  LINLI_DAY_REST,    /* by the week: the weekend */
  LINLI_DAY_HOLIDAY, /* by exception */
} LinliDayKind;

/* Minutes since 1970-01-01 UTC, half-open. */
typedef struct
{
  gint64 from;
  gint64 to;
} LinliOpenSpan;

/* One day as the calendar sees it; lives as long as the calendar. */
typedef struct
{
  LinliDate            date;
  LinliDayKind         kind;
  guint                n_spans; /* 0: nobody works */
  const LinliOpenSpan *spans;   /* (unowned) ascending */
  const char          *name;    /* (unowned) (nullable): what the exception is called */
} LinliCalendarDay;

/* A working calendar: immutable once built, so any thread may hold it. It
 * answers only about the years whose holidays it knows. */
typedef struct _LinliWorkCalendar LinliWorkCalendar;

LinliWorkCalendar      *linli_work_calendar_ref            (LinliWorkCalendar *calendar);
void                    linli_work_calendar_unref          (LinliWorkCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWorkCalendar, linli_work_calendar_unref)

const char             *linli_work_calendar_get_name       (LinliWorkCalendar *calendar);
int                     linli_work_calendar_get_version    (LinliWorkCalendar *calendar);
const char             *linli_work_calendar_get_source     (LinliWorkCalendar *calendar);
const char             *linli_work_calendar_get_zone       (LinliWorkCalendar *calendar);
int                     linli_work_calendar_get_covered_from  (LinliWorkCalendar *calendar);
int                     linli_work_calendar_get_covered_until (LinliWorkCalendar *calendar);
const LinliHours       *linli_work_calendar_get_week       (LinliWorkCalendar *calendar,
                                                            int                weekday);
const LinliHours       *linli_work_calendar_get_make_up    (LinliWorkCalendar *calendar);
const LinliDayException *linli_work_calendar_get_exceptions (LinliWorkCalendar *calendar,
                                                            guint             *n);

gboolean                linli_work_calendar_covers         (LinliWorkCalendar *calendar,
                                                            LinliDate          date);
const LinliCalendarDay *linli_work_calendar_get_day        (LinliWorkCalendar *calendar,
                                                            LinliDate          date,
                                                            GError           **error);
gboolean                linli_work_calendar_find_working_day (LinliWorkCalendar *calendar,
                                                            LinliDate          date,
                                                            int                n,
                                                            LinliDate         *found,
                                                            GError           **error);
int                     linli_work_calendar_count_working_days (LinliWorkCalendar *calendar,
                                                            int                year,
                                                            GError           **error);
gboolean                linli_work_calendar_count_days_between (LinliWorkCalendar *calendar,
                                                            LinliDate          from,
                                                            LinliDate          to,
                                                            int               *days,
                                                            GError           **error);
gboolean                linli_work_calendar_count_minutes  (LinliWorkCalendar *calendar,
                                                            gint64             from,
                                                            gint64             to,
                                                            gint64            *minutes,
                                                            GError           **error);

void                    linli_work_calendar_to_local       (LinliWorkCalendar *calendar,
                                                            gint64             time,
                                                            LinliDate         *date,
                                                            int               *minute);
gint64                  linli_work_calendar_from_local     (LinliWorkCalendar *calendar,
                                                            LinliDate          date,
                                                            int                minute);
char                   *linli_work_calendar_format_time    (LinliWorkCalendar *calendar,
                                                            gint64             time);

LinliWorkCalendar      *linli_work_calendar_from_json      (JsonObject        *object,
                                                            GError           **error);
JsonObject             *linli_work_calendar_to_json        (LinliWorkCalendar *calendar);

G_END_DECLS
