/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-json.h"

G_BEGIN_DECLS

/* JSON written straight into a text, for what is written at every change. */

void linli_json_append_int  (GString    *out,
                             gint64      value);
void linli_json_append_name (GString    *out,
                             const char *name);

G_END_DECLS
