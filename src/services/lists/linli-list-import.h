/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_LIST_DUTY,
  LINLI_LIST_HOLIDAYS,
} LinliListKind;

/* What bringing a list in did, in numbers and lines to show. */
typedef struct
{
  LinliListKind kind;
  gint64        n_read;
  gint64        n_new;
  gint64        n_changed;
  gint64        n_same;
  char         *operation; /* (owned) (nullable): that can be undone */
  GPtrArray    *moves;    /* (owned) (element-type LinliClockMove): deadlines that moved, or would */
  GPtrArray    *warnings; /* (owned) (element-type utf8) */
} LinliListImport;

void             linli_list_import_free   (LinliListImport     *self);
void             linli_list_import_async  (LinliStore          *store,
                                           LinliListKind        kind,
                                           GFile               *file,
                                           gboolean             look,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
LinliListImport *linli_list_import_finish (LinliStore          *store,
                                           GAsyncResult        *result,
                                           GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliListImport, linli_list_import_free)

G_END_DECLS
