/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-encoding.h"
#include "linli-import-row.h"
#include "linli-store.h"
#include "linli-table-error.h"

G_BEGIN_DECLS

/* Brings the cases of a file into a store: opened and looked at, columns
 * assigned, run in the background, stopped or undone as a whole. */

#define LINLI_TYPE_IMPORTER (linli_importer_get_type ())
G_DECLARE_FINAL_TYPE (LinliImporter, linli_importer, LINLI, IMPORTER, GObject)

typedef struct
{
  char    *import;       /* id of the batch, for import.undo */
  gint64   n_new;
  gint64   n_known;      /* were here already */
  gint64   n_places;     /* of the new: the list of places knows where they are */
  gint64   n_refused;
  char    *refused_path; /* (nullable) a file with the refused rows and why */
  LinliTableNotes notes; /* what the whole file held that a person may want to look at */
  LinliEncoding   encoding; /* in which it began */
} LinliImportResult;

void               linli_import_result_free       (LinliImportResult   *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliImportResult, linli_import_result_free)

LinliImporter     *linli_importer_open            (GFile               *file,
                                                   LinliStore          *store,
                                                   GTimeZone           *zone,
                                                   GCancellable        *cancellable,
                                                   GError             **error);
void               linli_importer_open_async      (GFile               *file,
                                                   LinliStore          *store,
                                                   GTimeZone           *zone,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
LinliImporter     *linli_importer_open_finish     (GAsyncResult        *result,
                                                   GError             **error);
GFile             *linli_importer_get_file        (LinliImporter       *self);
guint              linli_importer_get_header_row  (LinliImporter       *self);
GPtrArray         *linli_importer_get_header      (LinliImporter       *self);
GPtrArray         *linli_importer_get_preview     (LinliImporter       *self);
const char        *linli_importer_get_preset      (LinliImporter       *self);
gint64             linli_importer_get_remembered  (LinliImporter       *self);
void               linli_importer_propose         (LinliImporter       *self);
int                linli_importer_get_column      (LinliImporter       *self,
                                                   LinliImportField     field);
guint              linli_importer_get_confidence  (LinliImporter       *self,
                                                   LinliImportField     field);
void               linli_importer_set_column      (LinliImporter       *self,
                                                   LinliImportField     field,
                                                   int                  column);
gboolean           linli_importer_check           (LinliImporter       *self,
                                                   GError             **error);
void               linli_importer_run_async       (LinliImporter       *self,
                                                   LinliStore          *store,
                                                   const char          *refused_path,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
LinliImportResult *linli_importer_run_finish      (LinliImporter       *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);
LinliImportResult *linli_importer_run             (LinliImporter       *self,
                                                   LinliStore          *store,
                                                   const char          *refused_path,
                                                   GCancellable        *cancellable,
                                                   GError             **error);
void               linli_importer_get_progress    (LinliImporter       *self,
                                                   double              *fraction,
                                                   guint               *n_rows);
gboolean           linli_import_undo              (LinliStore          *store,
                                                   const char          *import,
                                                   GError             **error);
void               linli_import_undo_async        (LinliStore          *store,
                                                   const char          *import,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
gboolean           linli_import_undo_finish       (GAsyncResult        *result,
                                                   GError             **error);

G_END_DECLS
