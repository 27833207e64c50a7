/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-import-own.h"
#include "linli-import-preset.h"

G_BEGIN_DECLS

#define LINLI_IMPORT_ERROR (linli_import_error_quark ())

typedef enum
{
  LINLI_IMPORT_ERROR_ROW,     /* this row cannot become a case */
  LINLI_IMPORT_ERROR_MAPPING, /* the chosen columns do not suffice */
} LinliImportError;

GQuark      linli_import_error_quark (void);

/* How the rows of one file are read. */
typedef struct
{
  const char *source;                        /* beginning of every source key */
  int         columns[LINLI_IMPORT_N_FIELDS]; /* -1: the file has no such column */
  GTimeZone  *zone;                          /* (unowned) of the times in the file */
  LinliImportOwn own;                        /* what only files that Linli wrote have */
} LinliImportMapping;

gboolean    linli_import_mapping_check (const LinliImportMapping *mapping,
                                        GError                  **error);
JsonObject *linli_import_row_convert   (const LinliImportMapping *mapping,
                                        GPtrArray                *cells,
                                        GError                  **error);

G_END_DECLS
