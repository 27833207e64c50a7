/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

const char *linli_place_kind_words   (const char *kind);
char       *linli_place_detail_words (LinliRow   *place);

G_END_DECLS
