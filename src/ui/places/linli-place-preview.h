/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-place-file.h"

G_BEGIN_DECLS

GtkWidget *linli_place_preview_new (LinliPlaceFile *file);
char      *linli_place_file_words  (LinliPlaceFile *file);

G_END_DECLS
