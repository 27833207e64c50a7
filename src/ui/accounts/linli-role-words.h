/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* What roles and rights are called at the desk. */

const char *linli_role_words  (LinliRole  role);
char       *linli_roles_words (LinliRole  roles);
const char *linli_right_words (LinliRight right);

G_END_DECLS
