/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-answers.h"
#include "linli-case-duplicates.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Beside a matter being taken in: answers that would settle it at once, and
 * cases that may be the same, with the residents' own words. Nothing is done
 * unasked. */
#define LINLI_TYPE_MATTER_HINTS (linli_matter_hints_get_type ())
G_DECLARE_FINAL_TYPE (LinliMatterHints, linli_matter_hints, LINLI, MATTER_HINTS, GtkBox)

GtkWidget      *linli_matter_hints_new           (LinliUiContext   *context);
void            linli_matter_hints_show          (LinliMatterHints *self,
                                                  GPtrArray        *answers,
                                                  GPtrArray        *duplicates);
void            linli_matter_hints_look          (LinliMatterHints *self);
LinliDuplicate *linli_matter_hints_get_duplicate (LinliMatterHints *self);
LinliAnswer    *linli_matter_hints_get_answer    (LinliMatterHints *self);

G_END_DECLS
