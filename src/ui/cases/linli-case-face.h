/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-ink.h"
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
typedef struct _LinliCaseFace LinliCaseFace;

LinliCaseFace *linli_case_face_new         (LinliCaseInk    *ink);
void           linli_case_face_free        (LinliCaseFace   *self);
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
void           linli_case_face_dry         (LinliCaseFace   *self);
void           linli_case_face_draw        (LinliCaseFace   *self,
                                            GtkSnapshot     *snapshot,
                                            int              width,
                                            gboolean         compact,
                                            gboolean         reversed);
gboolean       linli_case_face_is_on_mark  (LinliCaseFace   *self,
                                            double           x);

int            linli_case_face_get_height  (LinliCaseInk    *ink,
                                            gboolean         compact);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseFace, linli_case_face_free)

G_END_DECLS
