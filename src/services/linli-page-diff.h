/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a list view is told that one list of keys became another. */
typedef enum
{
  LINLI_PAGE_DIFF_SAME,    /* nothing to tell */
  LINLI_PAGE_DIFF_WINDOW,  /* one signal: position, removed, added */
  LINLI_PAGE_DIFF_SINGLES, /* each of gone leaves, then each of come enters */
  LINLI_PAGE_DIFF_RESET,   /* everything leaves, then everything enters */
} LinliPageDiffKind;

typedef struct
{
  LinliPageDiffKind kind;
  guint             position;
  guint             removed;
  guint             added;
  GArray           *gone;      /* of guint: places in the old list, ascending */
  GArray           *come;      /* of guint: places in the new list, ascending */
  guint             n_arrived; /* dirty keys that the old list did not have */
} LinliPageDiff;

LinliPageDiff *linli_page_diff_new  (GArray        *before,
                                     GArray        *after,
                                     GArray        *dirty);
void           linli_page_diff_free (LinliPageDiff *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPageDiff, linli_page_diff_free)

G_END_DECLS
