/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-migrate.h"

G_BEGIN_DECLS

extern const LinliMigration linli_migrations[]; /* ends with version 0 */

G_END_DECLS
