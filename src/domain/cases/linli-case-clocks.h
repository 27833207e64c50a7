/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-case-file.h"
#include "linli-limit.h"

G_BEGIN_DECLS

/* The clocks of a case.
 *
 *   dispatch  from registration, and again when the lead is recalled, until it is dispatched
 *   sign      of each part, from its sending until the unit signs
 *   contact   of the lead's part, from its sending until the resident was first spoken to
 *   resolve   from the first dispatch, or the choice of a lane on which neighbours settle it, until
 *             the last part is done or they have; a rejected review sets the same clock going
 *             again, it never starts a second one
 *   callback  from the passed review until the case is closed or done again
 *
 * A case that is done again gets new clocks, marked by their round; the first
 * ones stay as they ended, and they are what the statistics count.
 *
 * While a case is suspended none of them counts: the pauses of a clock are the
 * suspensions of its case. An extension lengthens the resolve clock.
 *
 * Limits come from the duty item; an item that names none for a kind gives no
 * clock of that kind. A clock that cannot be computed is "unknown" and says
 * why: it shows, and nothing is guessed. */

#define LINLI_CLOCK_FAULT_NO_CALENDAR "no-calendar" /* the store holds no working calendar */
#define LINLI_CLOCK_FAULT_UNCOVERED   "uncovered"   /* holidays of a year it needs are not known */
#define LINLI_CLOCK_FAULT_UNREADABLE  "unreadable"  /* the limit in the duty list is no limit */

/* rule_ref of a clock that only repeats what an imported case's source says
 * about its timeliness. Its own times are then no facts, only the flag: it is
 * met at the closing (or the reply, or the receipt, whichever the source
 * knows first), due at that same moment when in time and a minute before it
 * when late, so that "met_at > due_at" counts it rightly everywhere. Figures
 * of duration leave it out by this mark. */
#define LINLI_CLOCK_RULE_SOURCE "source"

gboolean linli_case_clocks_follow     (LinliCaseFile     *file,
                                       LinliCaseState     from,
                                       LinliCaseState     to,
                                       GError           **error);
gboolean linli_case_clocks_start      (LinliCaseFile     *file,
                                       LinliRow          *part,
                                       const char        *kind,
                                       GError           **error);
gboolean linli_case_clocks_start_at   (LinliCaseFile     *file,
                                       LinliRow          *part,
                                       const char        *kind,
                                       gint64             at,
                                       GError           **error);
gboolean linli_case_clocks_meet       (LinliCaseFile     *file,
                                       LinliRow          *part,
                                       const char        *kind,
                                       GError           **error);
gboolean linli_case_clocks_stop       (LinliCaseFile     *file,
                                       LinliRow          *part,
                                       GError           **error);
gboolean linli_case_clocks_reclassify (LinliCaseFile     *file,
                                       LinliPayload      *payload,
                                       GError           **error);
gboolean linli_case_clocks_set_pauses (LinliCaseFile     *file,
                                       LinliRow          *clock,
                                       const char        *pauses,
                                       LinliPayload      *payload,
                                       GError           **error);
gboolean linli_case_clocks_fit        (LinliCaseFile     *file);
gboolean linli_case_clocks_extend     (LinliCaseFile     *file,
                                       LinliRow          *clock,
                                       const char        *amount,
                                       const char        *by,
                                       GError           **error);
gboolean linli_case_clocks_try_extension (LinliCaseFile  *file,
                                       LinliRow          *clock,
                                       LinliTerm          term,
                                       gint64            *due,
                                       GError           **error);
void     linli_case_clocks_sum        (LinliCaseFile     *file);

gboolean linli_case_clock_read_limit  (LinliRow          *clock,
                                       LinliTerm         *term);
void     linli_case_clock_add_extension (LinliRow        *clock,
                                       const char        *amount,
                                       const char        *by);
void     linli_case_clock_compute     (LinliRow          *clock,
                                       LinliWorkCalendar *calendar,
                                       const char        *calendar_id);

G_END_DECLS
