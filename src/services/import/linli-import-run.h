/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-importer.h"

G_BEGIN_DECLS

/* Written by the importing thread, read by whoever shows it. */
typedef struct
{
  int permille; /* (atomic) of the file's bytes */
  int n_rows;   /* (atomic) rows looked at */
} LinliImportProgress;

typedef struct
{
  const char               *actor;        /* (nullable) who imports */
  GFile                    *file;
  const char               *file_name;
  GPtrArray                *header;
  guint                     header_row; /* rows to skip */
  const LinliImportMapping *mapping;
  const char               *refused_path; /* (nullable) */
  LinliImportProgress      *progress;
} LinliImportPlan;

LinliImportResult *linli_import_run (LinliStore            *store,
                                     const LinliImportPlan *plan,
                                     GCancellable          *cancellable,
                                     GError               **error);

G_END_DECLS
