/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

gboolean linli_case_take_attributes (LinliCaseFile *file,
                                     JsonObject    *args,
                                     LinliPayload  *payload,
                                     GError       **error);
gboolean linli_case_keep_route      (LinliCaseFile *file,
                                     GError       **error);

G_END_DECLS
