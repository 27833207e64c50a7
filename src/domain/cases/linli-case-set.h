/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of local keys: a bit each, an eighth of a byte a case. */
typedef struct
{
  guint64 *words;
  gsize    n_words;
  gsize    n; /* members */
} LinliCaseSet;

void     linli_case_set_add      (LinliCaseSet       *self,
                                  gint64              pk);
void     linli_case_set_remove   (LinliCaseSet       *self,
                                  gint64              pk);
gboolean linli_case_set_contains (const LinliCaseSet *self,
                                  gint64              pk);
gboolean linli_case_set_touches (const LinliCaseSet *self,
                                 gint64              first,
                                 gint64              last);
void     linli_case_set_clear    (LinliCaseSet       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliCaseSet, linli_case_set_clear)

G_END_DECLS
