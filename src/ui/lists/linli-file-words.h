/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-encoding.h"
#include "linli-table-error.h"

G_BEGIN_DECLS

char *linli_file_words       (const GError          *error);
char *linli_file_notes_words (const LinliTableNotes *notes,
                              LinliEncoding          encoding);

G_END_DECLS
