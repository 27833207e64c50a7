/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How alike two texts are, by the pairs of neighbouring characters and the
 * words they share: word order, punctuation, width and case make no
 * difference, other words for the same thing do. Frozen; any thread may ask. */
typedef struct _LinliShingles LinliShingles;

LinliShingles *linli_shingles_new      (const char          *text);
void           linli_shingles_free     (LinliShingles       *self);
guint          linli_shingles_get_n    (const LinliShingles *self);
double         linli_shingles_likeness (const LinliShingles *a,
                                        const LinliShingles *b);
double         linli_shingles_cover    (const LinliShingles *part,
                                        const LinliShingles *whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliShingles, linli_shingles_free)

G_END_DECLS
