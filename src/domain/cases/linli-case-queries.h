/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query.h"

G_BEGIN_DECLS

extern const LinliQuery linli_case_queries[]; /* ends with a NULL name */

G_END_DECLS
