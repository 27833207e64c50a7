/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar-builder.h"

G_BEGIN_DECLS

#define LINLI_HOLIDAYS_ERROR (linli_holidays_error_quark ())

typedef enum
{
  LINLI_HOLIDAYS_ERROR_FORMAT,  /* neither of the formats we read */
  LINLI_HOLIDAYS_ERROR_TOO_BIG, /* more than any list of holidays */
  LINLI_HOLIDAYS_ERROR_EMPTY,   /* no day of it can be read */
} LinliHolidaysError;

GQuark linli_holidays_error_quark (void);

/* An entry that was not taken, and why. */
typedef struct
{
  guint       place;    /* line of the file, or number of the entry, counted from 1 */
  const char *sentence; /* (static) why, to be translated; with %s for @detail, if there is one */
  char       *detail;   /* (owned) (nullable): of the file */
} LinliHolidayRefusal;

/* What a published list of holidays says. */
typedef struct
{
  GArray *exceptions; /* (owned) LinliDayException, ascending, one per date; OFF and WORK only */
  GArray *refusals;   /* (owned) LinliHolidayRefusal, in the order of the file */
  guint   n_ignored;  /* entries of an ICS feed that are neither holiday nor make-up day */
  int     first_year; /* the years that the list speaks about; 0 when it is empty */
  int     last_year;
} LinliHolidays;

LinliHolidays *linli_holidays_parse      (const char           *text,
                                          gssize                length,
                                          GError              **error);
void           linli_holidays_free       (LinliHolidays        *holidays);
char          *linli_holidays_refusal_say (const LinliHolidayRefusal *refusal,
                                          const char          *(*translate) (const char *sentence));
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHolidays, linli_holidays_free)

gboolean       linli_holidays_apply      (const LinliHolidays  *holidays,
                                          LinliCalendarBuilder *builder,
                                          GError              **error);
gboolean       linli_holidays_check_year (const LinliHolidays  *holidays,
                                          int                   year,
                                          int                  *days,
                                          int                  *expected);

G_END_DECLS
