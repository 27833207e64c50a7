/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINLI_VERIFIER_PREFIX "$argon2id$"

char *linli_verifier_hide (const char *text);

G_END_DECLS
