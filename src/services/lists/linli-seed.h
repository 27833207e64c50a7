/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* What a new centre is to begin with. */
typedef struct
{
  const char *name;      /* of the centre */
  const char *community; /* (nullable) */
  const char *street;    /* (nullable) */
  const char *district;  /* (nullable) */
  const char *person;    /* who runs it */
  gboolean    is_demo;
} LinliNewCentre;

gboolean linli_seed_centre     (LinliStore            *store,
                                LinliConn             *conn,
                                const LinliNewCentre  *centre,
                                GError               **error);
void     linli_seed_async      (LinliStore            *store,
                                const LinliNewCentre  *centre,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data);
gboolean linli_seed_finish     (LinliStore            *store,
                                GAsyncResult          *result,
                                GError               **error);
GBytes  *linli_seed_lookup     (const char            *name,
                                GError               **error);

G_END_DECLS
