/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-json.h"

G_BEGIN_DECLS

JsonNode *linli_json_read (const char *text,
                           gsize       length);

G_END_DECLS
