/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-place-file.h"

G_BEGIN_DECLS

/* A file of places for a window: looked at, brought in, taken back. */
void            linli_place_import_look_async  (LinliStore           *store,
                                                GFile                *file,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
LinliPlaceFile *linli_place_import_look_finish (LinliStore           *store,
                                                GAsyncResult         *result,
                                                GError              **error);
void            linli_place_import_run_async   (LinliStore           *store,
                                                LinliPlaceFile       *file,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray      *linli_place_import_run_finish  (LinliStore           *store,
                                                GAsyncResult         *result,
                                                GError              **error);
void            linli_place_import_undo_async  (LinliStore           *store,
                                                GPtrArray            *operations,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        linli_place_import_undo_finish (LinliStore           *store,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
