/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The cases somebody looked at, in that order, as long as the window lives:
 * the way back to the one from before the telephone rang. */
typedef struct _LinliCaseTrail LinliCaseTrail;

typedef struct
{
  char *id;
  char *title;
  char *number;
} LinliSeenCase;

LinliCaseTrail *linli_case_trail_new  (void);
void            linli_case_trail_free (LinliCaseTrail *self);
void            linli_case_trail_see  (LinliCaseTrail *self,
                                       const char     *id,
                                       const char     *title,
                                       const char     *number);
const char     *linli_case_trail_step (LinliCaseTrail *self,
                                       const char     *shown,
                                       gboolean        back);
GPtrArray      *linli_case_trail_list (LinliCaseTrail *self,
                                       const char     *shown,
                                       guint           limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseTrail, linli_case_trail_free)

G_END_DECLS
