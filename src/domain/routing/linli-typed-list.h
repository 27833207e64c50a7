/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Several words in one field, as people separate them. */

char *linli_typed_list_tidy (const char *typed);

G_END_DECLS
