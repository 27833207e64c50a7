/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-request.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Files that will come with a case that is still being typed. They are in the
 * store already; the draft names them. */
#define LINLI_TYPE_INTAKE_FILES (linli_intake_files_get_type ())
G_DECLARE_FINAL_TYPE (LinliIntakeFiles, linli_intake_files, LINLI, INTAKE_FILES, GtkBox)

GtkWidget *linli_intake_files_new          (LinliUiContext   *context);
void       linli_intake_files_choose       (LinliIntakeFiles *self);
void       linli_intake_files_take_file    (LinliIntakeFiles *self,
                                            GFile            *file);
void       linli_intake_files_take_texture (LinliIntakeFiles *self,
                                            GdkTexture       *texture);
void       linli_intake_files_send         (LinliIntakeFiles *self,
                                            LinliRequest     *request);
char      *linli_intake_files_dup_text     (LinliIntakeFiles *self);
void       linli_intake_files_restore      (LinliIntakeFiles *self,
                                            const char       *text);

G_END_DECLS
