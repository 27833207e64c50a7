/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-place-tree.h"
#include "linli-store.h"

G_BEGIN_DECLS

#define LINLI_PLACE_FILE_ERROR (linli_place_file_error_quark ())

typedef enum
{
  LINLI_PLACE_FILE_ERROR_HEADINGS, /* no row of headings of a list of places */
} LinliPlaceFileError;

GQuark linli_place_file_error_quark (void);

/* One place of a file, and what would become of it. */
typedef struct
{
  guint64            line;
  JsonObject        *place;     /* (owned): as place.import takes it */
  char              *full_name; /* (owned) (nullable): with what it stands in, once it is checked */
  LinliPlaceVerdict  verdict;
  char              *reason;    /* (owned) (nullable): why it is refused, as a sentence of the source */
} LinliPlaceLine;

/* A list of places as somebody typed it into a spreadsheet: one place a row, or
 * a column each for community, estate, building and unit. */
typedef struct
{
  GPtrArray *lines;                        /* (owned) (element-type LinliPlaceLine) */
  guint      counts[LINLI_PLACE_REFUSED + 1]; /* once it is checked */
} LinliPlaceFile;

LinliPlaceFile *linli_place_file_read   (GFile           *file,
                                         GCancellable    *cancellable,
                                         GError         **error);
void            linli_place_file_free   (LinliPlaceFile  *self);
gboolean        linli_place_file_check  (LinliPlaceFile  *self,
                                         LinliConn       *conn,
                                         GError         **error);
GPtrArray      *linli_place_file_import (LinliPlaceFile  *self,
                                         LinliStore      *store,
                                         LinliConn       *conn,
                                         GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPlaceFile, linli_place_file_free)

G_END_DECLS
