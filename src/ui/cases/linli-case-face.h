/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-record.h"

G_BEGIN_DECLS

/* How rows look, as the reader chose. */
typedef struct
{
  gboolean compact; /* one line a case */
  gboolean resident;
  gboolean place;
  gboolean unit;
  gboolean number;
} LinliCaseRowLook;

/* What a row in sight shows of its case: two lines, or one. */
#define LINLI_TYPE_CASE_FACE (linli_case_face_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseFace, linli_case_face, LINLI, CASE_FACE, GtkWidget)

GtkWidget     *linli_case_face_new         (void);
void           linli_case_face_set_compact (LinliCaseFace   *self,
                                            gboolean         compact);
void           linli_case_face_show        (LinliCaseFace   *self,
                                            LinliCaseRecord *record,
                                            const char      *facts);
void           linli_case_face_show_times  (LinliCaseFace   *self,
                                            LinliCaseRecord *record,
                                            const char      *received,
                                            gint64           now);
void           linli_case_face_show_mark   (LinliCaseFace   *self,
                                            gboolean         marking,
                                            gboolean         marked);
gboolean       linli_case_face_is_on_mark  (LinliCaseFace   *self,
                                            GtkWidget       *from,
                                            double           x);

G_END_DECLS
