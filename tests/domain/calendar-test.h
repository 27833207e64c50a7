/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar-builder.h"
#include "linli-deadline.h"

/* Shorthands of the tests about working time. */

#define AT(text) calendar_test_time (text)

/* "2026-02-13 17:00" in China, or an ISO time with its own offset. */
gint64             calendar_test_time     (const char        *text);

/* Monday to Friday with the given hours; covers @from to @until. */
LinliWorkCalendar *calendar_test_week     (const char        *hours,
                                           int                from,
                                           int                until);

/* The calendar that ships with the program. */
LinliWorkCalendar *calendar_test_shipped  (void);

/* @extra, an object with members of the JSON shape, on top of a working week. */
LinliWorkCalendar *calendar_test_json     (const char        *json);

/* "5工作日": the first limit in @text. */
LinliTerm          calendar_test_term     (const char        *text);

LinliDeadline     *calendar_test_compute  (LinliWorkCalendar *calendar,
                                           const char        *start,
                                           const char        *limit,
                                           LinliStartRule     rule);
