/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-zip.h"

G_BEGIN_DECLS

typedef struct
{
  LinliZipLimits zip;
  guint          max_texts;
  gsize          max_text_bytes;
} LinliXlsxLimits;

extern const LinliXlsxLimits linli_xlsx_default_limits;

typedef struct _LinliXlsx LinliXlsx;

LinliXlsx  *linli_xlsx_new             (GInputStream           *stream,
                                        gboolean                fill_merged,
                                        const LinliXlsxLimits  *limits,
                                        GCancellable           *cancellable,
                                        GError                **error);
void        linli_xlsx_free            (LinliXlsx              *self);

gboolean    linli_xlsx_next            (LinliXlsx              *self,
                                        GPtrArray             **row,
                                        GError                **error);
guint64     linli_xlsx_get_row         (LinliXlsx              *self);
const LinliTableNotes *linli_xlsx_get_notes (LinliXlsx         *self);
guint64     linli_xlsx_get_total       (LinliXlsx              *self);
guint64     linli_xlsx_get_position    (LinliXlsx              *self);

guint       linli_xlsx_get_n_sheets    (LinliXlsx              *self);
const char *linli_xlsx_get_sheet_name  (LinliXlsx              *self,
                                        guint                   sheet);
gboolean    linli_xlsx_is_sheet_hidden (LinliXlsx              *self,
                                        guint                   sheet);
guint       linli_xlsx_get_sheet       (LinliXlsx              *self);
gboolean    linli_xlsx_select_sheet    (LinliXlsx              *self,
                                        guint                   sheet,
                                        GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliXlsx, linli_xlsx_free)

G_END_DECLS
