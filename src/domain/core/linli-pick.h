/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* How a list is searched while somebody types: SQL expressions over the
 * table's columns. */
typedef struct
{
  const LinliTable *table;
  const char       *code;    /* exact match comes first */
  const char       *name;    /* then names that begin with the words */
  const char       *aliases; /* (nullable) texts separated by spaces */
  const char       *pinyin;  /* (nullable) initials separated by spaces */
  const char       *words;   /* anything else a word may occur in */
  const char       *filter;  /* which rows may be chosen at all */
  const char       *order;   /* among equals */
} LinliPickSpec;

GPtrArray *linli_pick (LinliConn           *conn,
                       const LinliPickSpec *spec,
                       const char          *typed,
                       guint                limit,
                       GError             **error);

G_END_DECLS
