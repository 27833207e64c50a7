/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-holidays.h"

G_BEGIN_DECLS

/* More entries than a century of holidays has. */
#define LINLI_HOLIDAYS_ENTRIES_MAX 20000

void     linli_holidays_add       (LinliHolidays     *holidays,
                                   LinliDate          date,
                                   LinliExceptionKind kind,
                                   const char        *name);
void     linli_holidays_refuse    (LinliHolidays     *holidays,
                                   guint              place,
                                   const char        *sentence,
                                   const char        *detail);
gboolean linli_holidays_parse_ics (LinliHolidays     *holidays,
                                   const char        *text,
                                   gsize              length,
                                   GError           **error);

G_END_DECLS
