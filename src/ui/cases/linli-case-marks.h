/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The cases that a person has marked in a list, by key: any number of them,
 * whether or not their rows were ever shown. Emits `changed`. */
#define LINLI_TYPE_CASE_MARKS (linli_case_marks_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseMarks, linli_case_marks, LINLI, CASE_MARKS, GObject)

LinliCaseMarks *linli_case_marks_new      (void);
gsize           linli_case_marks_get_n    (LinliCaseMarks *self);
gboolean        linli_case_marks_contains (LinliCaseMarks *self,
                                           gint64          pk);
void            linli_case_marks_set      (LinliCaseMarks *self,
                                           gint64          pk,
                                           gboolean        marked);
void            linli_case_marks_set_all  (LinliCaseMarks *self,
                                           GArray         *pks);
void            linli_case_marks_clear    (LinliCaseMarks *self);
GArray         *linli_case_marks_dup_pks  (LinliCaseMarks *self);

G_END_DECLS
