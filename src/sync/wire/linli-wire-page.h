/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-wire.h"

G_BEGIN_DECLS

/* One row of the feed. */
typedef struct
{
  char   *kind; /* table */
  char   *id;
  gint64  rev;
  char   *body; /* (owned) (nullable): the row as the hub committed it, not looked into; NULL when it was removed */
} LinliWireRow;

/* GET changes: rows behind a cursor, each once, at its newest. Without its
 * last line a page is torn and counts for nothing. */
typedef struct
{
  char      *epoch;
  char      *from;        /* the cursor that was asked for */
  char      *unit;        /* (nullable): the handling unit whose rows these are; NULL: the whole workspace's */
  gint64     expect;      /* what the hub waits for from this device */
  GPtrArray *rows;        /* (owned) (element-type LinliWireRow) */
  char      *next;        /* cursor behind the page */
  gint64     rev;         /* everything up to here is in what was sent, once @more is FALSE */
  gboolean   more;
  gint64     tip;
  gint64     server_time;
  gint64     retry_in;    /* seconds until it is worth asking again */
} LinliWirePage;

void           linli_wire_page_begin (GString       *out,
                                      const char    *epoch,
                                      const char    *from,
                                      gint64         expect,
                                      const char    *unit);
void           linli_wire_page_row   (GString       *out,
                                      const char    *kind,
                                      const char    *id,
                                      gint64         rev,
                                      const char    *body);
void           linli_wire_page_end   (GString       *out,
                                      const char    *next,
                                      gint64         rev,
                                      gboolean       more,
                                      gint64         tip,
                                      gint64         server_time,
                                      gint64         retry_in);
LinliWirePage *linli_wire_page_parse (GBytes        *message,
                                      GError       **error);
char          *linli_wire_page_find_next (GBytes    *message);
void           linli_wire_page_free  (LinliWirePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWirePage, linli_wire_page_free)

G_END_DECLS
