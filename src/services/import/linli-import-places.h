/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-importer.h"

G_BEGIN_DECLS

/* Words for a place that the list does not know, and how many rows hold them. */
typedef struct
{
  char *text;
  guint n;
} LinliUnknownPlace;

/* What the list of places would make of a file of cases. */
typedef struct
{
  guint      n_rows;
  guint      n_named;   /* rows that say where */
  guint      n_found;   /* of them, rows whose place the list knows */
  guint      n_unknown; /* different words that it does not know */
  GPtrArray *unknown;   /* LinliUnknownPlace, the most frequent first; not all of them */
  LinliTableNotes notes; /* what the whole file holds that a person may want to look at */
  LinliEncoding   encoding; /* in which it begins */
} LinliImportPlaces;

void               linli_import_places_free        (LinliImportPlaces   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliImportPlaces, linli_import_places_free)

LinliImportPlaces *linli_import_places_look        (LinliImporter       *importer,
                                                    LinliStore          *store,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
void               linli_import_places_look_async  (LinliImporter       *importer,
                                                    LinliStore          *store,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
LinliImportPlaces *linli_import_places_look_finish (GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
