/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-request.h"

G_BEGIN_DECLS

/* The steps of a macro as the window needs them: what to say of each, and what
 * to hand to macro.save. */
typedef struct
{
  GPtrArray *words; /* (element-type utf8) a line a step */
  GPtrArray *steps; /* (element-type LinliRequest) */
} LinliMacroSheet;

LinliMacroSheet *linli_macro_sheet_new  (const char      *steps);
void             linli_macro_sheet_free (LinliMacroSheet *self);
char            *linli_macro_sheet_dup_line (LinliMacroSheet *self);
GtkWidget       *linli_macro_sheet_list (LinliMacroSheet *self);
const char      *linli_macro_column_words (const char    *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliMacroSheet, linli_macro_sheet_free)

G_END_DECLS
