/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-members.h"
#include "linli-command.h"
#include "linli-handling.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* Everything known about one case, as of one moment. Frozen once loaded: any
 * thread may hold it. Arrays are of LinliRow, oldest first. */
typedef struct
{
  gatomicrefcount ref_count;

  LinliRow       *case_row;
  LinliRow       *item;        /* (nullable): its duty_item row */
  GPtrArray      *submissions;
  GPtrArray      *appellants;  /* of the submissions, each once */
  GPtrArray      *dispatches;
  GPtrArray      *clocks;
  GPtrArray      *entries;
  GPtrArray      *attachments; /* removed ones are left out */
  GPtrArray      *links;       /* from and to this case */
  GPtrArray      *members;     /* LinliCaseMember: what was merged into it */
  LinliRow       *target;      /* (nullable): where a merged case lives now */
  LinliRow       *parent;      /* (nullable): the whole it is a part of */
  GPtrArray      *parts;       /* case rows it was split into */
  LinliHandling  *handling;    /* returns, rulings, requests, suspensions */
  const char    **actions;     /* (owned) commands that roles, rights and state allow now, NULL-terminated */
  char           *unit;        /* (nullable): the unit that looks at it, which sees no more than its own */
} LinliCaseDetail;

LinliCaseDetail *linli_case_detail_load  (LinliConn       *conn,
                                          const char      *case_id,
                                          LinliRole        roles,
                                          GError         **error);
LinliCaseDetail *linli_case_detail_load_for (LinliConn    *conn,
                                          const char      *case_id,
                                          const char      *actor,
                                          LinliRole        roles,
                                          GError         **error);
LinliCaseDetail *linli_case_detail_ref   (LinliCaseDetail *self);
gboolean         linli_case_detail_is_own   (LinliCaseDetail *self,
                                          LinliRow        *dispatch);
void             linli_case_detail_unref (LinliCaseDetail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseDetail, linli_case_detail_unref)

G_END_DECLS
