/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"

G_BEGIN_DECLS

/* Collects what a person or a file says about a calendar, refusing at once
 * what makes no sense, and makes the immutable value of it. */
typedef struct _LinliCalendarBuilder LinliCalendarBuilder;

LinliCalendarBuilder *linli_calendar_builder_new           (void);
LinliCalendarBuilder *linli_calendar_builder_new_from      (LinliWorkCalendar    *calendar);
void                  linli_calendar_builder_free          (LinliCalendarBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCalendarBuilder, linli_calendar_builder_free)

void                  linli_calendar_builder_set_name      (LinliCalendarBuilder *builder,
                                                            const char           *name);
void                  linli_calendar_builder_set_version   (LinliCalendarBuilder *builder,
                                                            int                   version);
void                  linli_calendar_builder_set_source    (LinliCalendarBuilder *builder,
                                                            const char           *source);
gboolean              linli_calendar_builder_set_zone      (LinliCalendarBuilder *builder,
                                                            const char           *zone,
                                                            GError              **error);
gboolean              linli_calendar_builder_set_covered   (LinliCalendarBuilder *builder,
                                                            int                   from,
                                                            int                   until,
                                                            GError              **error);
void                  linli_calendar_builder_clear_week    (LinliCalendarBuilder *builder);
gboolean              linli_calendar_builder_add_span      (LinliCalendarBuilder *builder,
                                                            int                   weekday,
                                                            int                   from,
                                                            int                   to,
                                                            GError              **error);
gboolean              linli_calendar_builder_add_make_up_span (LinliCalendarBuilder *builder,
                                                            int                   from,
                                                            int                   to,
                                                            GError              **error);
void                  linli_calendar_builder_clear_make_up (LinliCalendarBuilder *builder);
gboolean              linli_calendar_builder_set_exception (LinliCalendarBuilder *builder,
                                                            LinliDate             date,
                                                            LinliExceptionKind    kind,
                                                            const LinliHours     *hours,
                                                            const char           *name,
                                                            GError              **error);
void                  linli_calendar_builder_remove_exception (LinliCalendarBuilder *builder,
                                                            LinliDate             date);
LinliWorkCalendar    *linli_calendar_builder_build         (LinliCalendarBuilder *builder,
                                                            GError              **error);

gboolean              linli_hours_add                      (LinliHours           *hours,
                                                            int                   from,
                                                            int                   to,
                                                            GError              **error);

G_END_DECLS
