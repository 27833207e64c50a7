/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-registry.h"

G_BEGIN_DECLS

extern const LinliRoom linli_units_room;

G_END_DECLS
