/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When what was typed is the name of a place. */

char    *linli_place_text_strip  (const char *text);
gboolean linli_place_name_counts (const char *bare);
gboolean linli_place_name_ends   (const char *typed,
                                  gsize       n);

G_END_DECLS
