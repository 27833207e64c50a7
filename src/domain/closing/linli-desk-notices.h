/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-conn.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* What concerns the person who sits here. Nothing is written for a notice:
 * clocks, timelines and supervisions are read when somebody looks, so what was
 * handled is gone by itself. */

typedef enum
{
  LINLI_NOTICE_LATE,      /* a clock of mine has run out */
  LINLI_NOTICE_SOON,      /* one will within a working hour */
  LINLI_NOTICE_WORK,      /* something came for me: a dispatch, a return, a case given to me, a redo */
  LINLI_NOTICE_DECISION,  /* somebody of my role is to decide */
  LINLI_NOTICE_ANSWER,    /* somebody answered */
  LINLI_NOTICE_PRESSED,   /* my unit, or a case of mine, is under supervision */
  LINLI_NOTICE_LADDER,    /* the ladder calls for a supervision I may issue */
  LINLI_NOTICE_WARNING,   /* a resident was not content */
  LINLI_N_NOTICE_KINDS,
} LinliNoticeKind;

typedef struct
{
  char           *id;      /* the same for the same matter, on every reading */
  LinliNoticeKind kind;
  char           *what;    /* kind of the entry or clock: done, resolve, ... */
  char           *case_id;
  char           *case_no;
  char           *title;
  char           *who;     /* (nullable): person or unit */
  char           *words;   /* (nullable) */
  char           *rule;    /* (nullable): of the ladder, that calls for it */
  int             level;   /* of a supervision; 0 otherwise */
  gint64          at;      /* when it came up, microseconds UTC */
  gboolean        read;
} LinliDeskNotice;

GPtrArray  *linli_desk_notices_load  (LinliConn       *conn,
                                      const char      *actor,
                                      gint64           now,
                                      GError         **error);
gboolean    linli_desk_notices_quiet (LinliConn       *conn,
                                      gint64           now,
                                      gboolean        *quiet,
                                      GError         **error);
const char *linli_notice_kind_to_text (LinliNoticeKind kind);

extern const LinliArgSpec linli_notice_read_args[];
gboolean    linli_notice_read_run    (LinliCommandContext *context,
                                      JsonObject      *args,
                                      GError         **error);
extern const LinliArgSpec linli_notice_list_args[];
JsonNode   *linli_notice_list        (LinliConn       *conn,
                                      const LinliQueryContext *context,
                                      JsonObject      *args,
                                      GError         **error);

G_END_DECLS
