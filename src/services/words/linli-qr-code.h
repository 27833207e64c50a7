/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line of text as a square of dark and light modules, to be drawn by whoever shows it. */

GBytes *linli_qr_code_make (const char *text,
                            int        *width);

G_END_DECLS
