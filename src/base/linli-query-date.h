/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days as people type them into a search: 2026-02-01..2026-02-14, 上周, 近7天. */

#define LINLI_DAY_SIZE 11

typedef struct
{
  char from[LINLI_DAY_SIZE]; /* YYYY-MM-DD, included; "" when open */
  char to[LINLI_DAY_SIZE];   /* likewise */
} LinliDayRange;

gboolean linli_query_date_parse (const char    *text,
                                 const GDate   *today,
                                 LinliDayRange *range,
                                 gboolean      *reversed);

G_END_DECLS
