/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint *linli_folds_new (GPtrArray *labels,
                        guint      n_folds,
                        guint32    seed);

G_END_DECLS
