/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-conn.h"
#include "linli-tx.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_DB_WRITE, /* the only writer; first in, first out */
  LINLI_DB_READ,  /* sees what is committed, never waits for the writer */
} LinliDbLane;

/* Runs in a lane's thread. Gets plain data, returns plain data or frozen
 * records. %NULL may be a result; failure is told by @error alone. */
typedef gpointer (*LinliDbFunc) (LinliConn *conn,
                                 gpointer   data,
                                 GError   **error);

/* Opens a lane's connection, in the lane's thread. */
typedef LinliConn *(*LinliDbOpen) (LinliDbLane lane,
                                   gpointer    data,
                                   GError    **error);

/* Who asks for a job of the reading lane, at the moment it is asked for: another
 * may sit there before it runs. Any thread. */
typedef char *(*LinliDbAsker) (gpointer data);

/* Runs in the reading lane before each of its jobs; what it fails with is what
 * the job fails with. @asker: (nullable): who asked */
typedef gboolean (*LinliDbBefore) (LinliConn  *conn,
                                   const char *asker,
                                   gpointer    data,
                                   GError    **error);

typedef void (*LinliDbSwap) (gpointer data);

#define LINLI_TYPE_DB (linli_db_get_type ())
G_DECLARE_FINAL_TYPE (LinliDb, linli_db, LINLI, DB, GObject)

LinliDb  *linli_db_new         (LinliDbOpen          open,
                                gpointer             data,
                                GDestroyNotify       data_free);
void      linli_db_set_before  (LinliDb             *self,
                                LinliDbAsker         asker,
                                LinliDbBefore        func);
void      linli_db_run_async   (LinliDb             *self,
                                LinliDbLane          lane,
                                LinliDbFunc          func,
                                gpointer             data,
                                GDestroyNotify       data_free,
                                GDestroyNotify       result_free,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
void      linli_db_read_for_async (LinliDb          *self,
                                const char          *asker,
                                LinliDbFunc          func,
                                gpointer             data,
                                GDestroyNotify       data_free,
                                GDestroyNotify       result_free,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gpointer  linli_db_run_finish  (LinliDb             *self,
                                GAsyncResult        *result,
                                GError             **error);
gpointer  linli_db_run_sync    (LinliDb             *self,
                                LinliDbLane          lane,
                                LinliDbFunc          func,
                                gpointer             data,
                                GError             **error);
void      linli_db_note_change (LinliDb             *self,
                                const char          *table,
                                gint64               pk);
void      linli_db_note_changes (LinliDb            *self,
                                GPtrArray           *changes);
void      linli_db_swap        (LinliDb             *self,
                                LinliDbSwap          func,
                                gpointer             data);
void      linli_db_close       (LinliDb             *self);

G_END_DECLS
