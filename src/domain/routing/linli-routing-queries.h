/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query.h"

G_BEGIN_DECLS

extern const LinliQuery linli_routing_queries[];

G_END_DECLS
