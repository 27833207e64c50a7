/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-args.h"
#include "linli-conn.h"
#include "linli-domain-error.h"

G_BEGIN_DECLS

/* What a query may know beside its arguments. */
typedef struct
{
  gint64      now;   /* microseconds UTC, for "overdue" */
  const char *actor; /* (nullable): account id */
} LinliQueryContext;

typedef JsonNode *(*LinliQueryFunc) (LinliConn               *conn,
                                     const LinliQueryContext *context,
                                     JsonObject              *args,
                                     GError                 **error);

/* A named read. The window calls the C function behind it; linlictl and HTTP
 * ask by name. Answers are an object, or an array of flat objects (a table). */
typedef struct
{
  const char         *name; /* "case.list" */
  const LinliArgSpec *args; /* ends with a NULL name */
  LinliQueryFunc      run;
  const char         *doc;  /* one sentence */
  gboolean            for_units; /* tells a handling unit no more than what is its own */
} LinliQuery;

G_END_DECLS
