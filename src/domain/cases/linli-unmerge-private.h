/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* A merge while it is taken back. */
typedef struct
{
  LinliCaseFile *source; /* (owned) */
  LinliCaseFile *root;   /* (owned): where its residents are now */
  LinliRow      *record; /* (owned) */
  GPtrArray     *family; /* (owned) ids: the source and what was merged into it */
  LinliRow      *secret_by; /* (owned) (nullable): a merge that makes its target confidential no longer */
  gint64         n_home; /* submissions that go back */
} LinliUnmerge;

gboolean linli_unmerge_take_home (LinliUnmerge *self,
                                  LinliRow     *submission,
                                  GError      **error);
gboolean linli_unmerge_assign    (LinliUnmerge *self,
                                  JsonArray    *choices,
                                  GError      **error);

G_END_DECLS
