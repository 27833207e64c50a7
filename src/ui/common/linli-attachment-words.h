/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a file was not added to the store, in a clerk's words. */
char *linli_attachment_error_words (const GError *error);

G_END_DECLS
