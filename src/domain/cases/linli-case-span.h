/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-query.h"

G_BEGIN_DECLS

gboolean linli_time_span_from_text (const char    *typed,
                                    gint64         now,
                                    GTimeZone     *zone,
                                    LinliTimeSpan *span);

G_END_DECLS
