/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-importer.h"

G_BEGIN_DECLS

/* Says at how many rows of a file of cases the list of places knows where they
 * are, and which words it does not know. Hidden where no column says it. */
#define LINLI_TYPE_IMPORT_PLACES_ROW (linli_import_places_row_get_type ())
G_DECLARE_FINAL_TYPE (LinliImportPlacesRow, linli_import_places_row, LINLI, IMPORT_PLACES_ROW, AdwActionRow)

GtkWidget *linli_import_places_row_new  (void);
void       linli_import_places_row_look (LinliImportPlacesRow *self,
                                         LinliImporter        *importer,
                                         LinliStore           *store);

G_END_DECLS
