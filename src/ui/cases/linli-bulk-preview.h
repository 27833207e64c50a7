/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-bulk-job.h"

G_BEGIN_DECLS

/* How far a job on many cases is, what it can and cannot do, and why. The
 * cases are opened by the action win.show-case of the window behind. */
#define LINLI_TYPE_BULK_PREVIEW (linli_bulk_preview_get_type ())
G_DECLARE_FINAL_TYPE (LinliBulkPreview, linli_bulk_preview, LINLI, BULK_PREVIEW, AdwBin)

GtkWidget *linli_bulk_preview_new      (void);
void       linli_bulk_preview_say      (LinliBulkPreview *self,
                                        const char       *words);
void       linli_bulk_preview_progress (LinliBulkPreview *self,
                                        LinliBulkJob     *job);
void       linli_bulk_preview_show     (LinliBulkPreview *self,
                                        LinliBulkJob     *job);
void       linli_bulk_preview_add      (LinliBulkPreview *self,
                                        GtkWidget        *button);

G_END_DECLS
