/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* A case that is merged into another, as it is read from there. What was said
 * and filed in it keeps its own place and readers: it is shown beside the
 * target's own, with its origin, and never among it. */
typedef struct
{
  LinliRow  *case_row;
  LinliRow  *record;      /* of the merge that holds */
  GPtrArray *entries;     /* LinliRow, oldest first */
  GPtrArray *attachments; /* LinliRow, oldest first; removed ones are left out */
} LinliCaseMember;

void       linli_case_member_free   (LinliCaseMember *self);
GPtrArray *linli_case_members_load  (LinliConn       *conn,
                                     const char      *case_id,
                                     GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseMember, linli_case_member_free)

G_END_DECLS
