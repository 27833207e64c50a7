/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"

G_BEGIN_DECLS

/* A search kept under a name; the sidebar shows them with their numbers. */
typedef struct
{
  char         *id;       /* "open", "overdue", ...; of a saved one its row's id */
  char         *name;     /* of a built-in one in English, to be translated */
  char         *query;    /* a search line */
  LinliCaseSort sort;
  gboolean      built_in;
  gboolean      shared;   /* a saved one for everybody */
} LinliCaseView;

typedef struct
{
  gint64   n;
  gboolean more; /* there are more than @n */
} LinliCaseViewCount;

#define LINLI_CASE_VIEW_COUNT_LIMIT 1000 /* saved views are counted no further */

GPtrArray *linli_case_views_load  (LinliConn  *conn,
                                   const char *actor,
                                   GError    **error);
GArray    *linli_case_view_counts (LinliConn  *conn,
                                   GPtrArray  *views,
                                   gint64      now,
                                   const char *actor,
                                   GError    **error);

G_END_DECLS
