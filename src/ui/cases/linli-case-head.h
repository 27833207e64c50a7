/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-presence.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What is seen of a case at a glance, and what is to be done next. */
#define LINLI_TYPE_CASE_HEAD (linli_case_head_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseHead, linli_case_head, LINLI, CASE_HEAD, GtkBox)

void     linli_case_head_show          (LinliCaseHead  *self,
                                        LinliCaseSheet *sheet,
                                        LinliUiContext *context);
void     linli_case_head_refresh_times (LinliCaseHead  *self,
                                        LinliCaseSheet *sheet,
                                        LinliUiContext *context);
gboolean linli_case_head_has_keyboard  (LinliCaseHead  *self);
gboolean linli_case_head_focus         (LinliCaseHead  *self);
void           linli_case_head_show_present (LinliCaseHead *self,
                                             GPtrArray     *others);

G_END_DECLS
