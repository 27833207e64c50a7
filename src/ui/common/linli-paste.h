/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*LinliTakeFile)    (gpointer    form,
                                  GFile      *file);
typedef void (*LinliTakeTexture) (gpointer    form,
                                  GdkTexture *texture);

void linli_paste_accept (GtkWidget        *widget,
                         LinliTakeFile     take_file,
                         LinliTakeTexture  take_texture);

G_END_DECLS
