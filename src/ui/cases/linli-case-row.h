/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-face.h"
#include "linli-list-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* One case in a list. */
#define LINLI_TYPE_CASE_ROW (linli_case_row_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseRow, linli_case_row, LINLI, CASE_ROW, GtkWidget)

GtkWidget *linli_case_row_new           (LinliUiContext *context,
                                         LinliCaseInk   *ink);
void       linli_case_row_set_in_sight  (LinliCaseRow   *self,
                                         gboolean        in_sight);
void       linli_case_row_dry           (LinliCaseRow   *self);
void       linli_case_row_set_look      (LinliCaseRow   *self,
                                         const LinliCaseRowLook *look);
void       linli_case_row_set_row       (LinliCaseRow   *self,
                                         LinliListRow   *row);
gint64     linli_case_row_get_pk        (LinliCaseRow   *self);
void       linli_case_row_set_marking   (LinliCaseRow   *self,
                                         gboolean        marking,
                                         gboolean        marked);
gboolean   linli_case_row_is_on_mark    (LinliCaseRow   *self,
                                         GtkWidget      *from,
                                         double          x);
void       linli_case_row_refresh_times (LinliCaseRow   *self);

G_END_DECLS
