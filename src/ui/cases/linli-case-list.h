/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-case-marks.h"
#include "linli-case-record.h"
#include "linli-case-search.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* A list of cases of any length that keeps the reader's place and choice
 * while rows come, go and change. */
#define LINLI_TYPE_CASE_LIST (linli_case_list_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseList, linli_case_list, LINLI, CASE_LIST, AdwBin)

LinliCaseList   *linli_case_list_new            (LinliUiContext  *context);
void             linli_case_list_open           (LinliCaseList   *self,
                                                 const char      *query,
                                                 LinliCaseSort    sort);
void             linli_case_list_refresh        (LinliCaseList   *self);
const char      *linli_case_list_get_query      (LinliCaseList   *self);
guint            linli_case_list_get_n          (LinliCaseList   *self);
gboolean         linli_case_list_is_complete    (LinliCaseList   *self);
const GError    *linli_case_list_get_failure    (LinliCaseList   *self);
guint            linli_case_list_get_position   (LinliCaseList   *self);
LinliCaseRecord *linli_case_list_get_record     (LinliCaseList   *self);
gboolean         linli_case_list_select_pk      (LinliCaseList   *self,
                                                 gint64           pk);
void             linli_case_list_select_none    (LinliCaseList   *self);
gboolean         linli_case_list_step           (LinliCaseList   *self,
                                                 int              step);
gint64           linli_case_list_get_pk         (LinliCaseList   *self,
                                                 guint            position);
gboolean         linli_case_list_find           (LinliCaseList   *self,
                                                 gint64           pk,
                                                 guint           *position);
LinliCaseMarks  *linli_case_list_get_marks      (LinliCaseList   *self);
gboolean         linli_case_list_is_marking     (LinliCaseList   *self);
void             linli_case_list_set_marking    (LinliCaseList   *self,
                                                 gboolean         marking);
void             linli_case_list_mark_all       (LinliCaseList   *self);
void             linli_case_list_focus          (LinliCaseList   *self,
                                                 gboolean         choose);

G_END_DECLS
