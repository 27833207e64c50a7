/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-clock.h"
#include "linli-command.h"
#include "linli-db.h"
#include "linli-desk.h"
#include "linli-request.h"

G_BEGIN_DECLS

/* An open store: the folder, its lock, the two lanes, and the desk that sits
 * before it. What the window and the tools hold.
 *
 *   FOLDER/linli.db       everything but files
 *   FOLDER/linli-fresh.db the same, while it is fetched anew from a hub
 *   FOLDER/attachments/   files by the SHA-256 of their content
 *   FOLDER/backups/       copies made before the store's version was raised
 *   FOLDER/lock           held while a program may write */

#define LINLI_STORE_FILE       "linli.db"
#define LINLI_STORE_FRESH_FILE "linli-fresh.db"

#define LINLI_TYPE_STORE (linli_store_get_type ())
G_DECLARE_FINAL_TYPE (LinliStore, linli_store, LINLI, STORE, GObject)

typedef enum
{
  LINLI_STORE_EXISTING,  /* it must be there */
  LINLI_STORE_CREATE,    /* make it when absent */
  LINLI_STORE_READ_ONLY, /* also while another program has it open */
} LinliStoreMode;

/* Called in the writing lane: several commands in a row without the window's
 * round trip, as importers need. */
typedef gpointer (*LinliStoreWriteFunc) (LinliConn *conn,
                                         LinliDesk *desk,
                                         LinliStore *store,
                                         gpointer   data,
                                         GError   **error);

void         linli_store_open_async    (const char          *folder,
                                        LinliStoreMode       mode,
                                        LinliClock          *clock,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
LinliStore  *linli_store_open_finish   (GAsyncResult        *result,
                                        GError             **error);
LinliStore  *linli_store_open_sync     (const char          *folder,
                                        LinliStoreMode       mode,
                                        LinliClock          *clock,
                                        GError             **error);
void         linli_store_close         (LinliStore          *self);

LinliDb     *linli_store_get_db        (LinliStore          *self);
LinliClock  *linli_store_get_clock     (LinliStore          *self);
const char  *linli_store_get_folder    (LinliStore          *self);
gboolean     linli_store_is_read_only  (LinliStore          *self);
char        *linli_store_dup_actor     (LinliStore          *self);
void         linli_store_set_actor     (LinliStore          *self,
                                        const char          *actor);

void         linli_store_run_async     (LinliStore          *self,
                                        const char          *command,
                                        LinliRequest        *request,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
LinliReply  *linli_store_run_finish    (LinliStore          *self,
                                        GAsyncResult        *result,
                                        GError             **error);
void         linli_store_undo_async    (LinliStore          *self,
                                        const char          *operation,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
void         linli_store_write_async   (LinliStore          *self,
                                        LinliStoreWriteFunc  func,
                                        gpointer             data,
                                        GDestroyNotify       data_free,
                                        GDestroyNotify       result_free,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
void         linli_store_write_for_async (LinliStore        *self,
                                        const char          *actor,
                                        LinliStoreWriteFunc  func,
                                        gpointer             data,
                                        GDestroyNotify       data_free,
                                        GDestroyNotify       result_free,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gpointer     linli_store_write_sync    (LinliStore          *self,
                                        LinliStoreWriteFunc  func,
                                        gpointer             data,
                                        GError             **error);
gpointer     linli_store_write_for_sync (LinliStore         *self,
                                        const char          *actor,
                                        LinliStoreWriteFunc  func,
                                        gpointer             data,
                                        GError             **error);
gpointer     linli_store_write_finish  (LinliStore          *self,
                                        GAsyncResult        *result,
                                        GError             **error);
LinliOutcome *linli_store_submit_written (LinliStore       *self,
                                        LinliConn           *conn,
                                        const char          *command,
                                        JsonObject          *args,
                                        const char          *written,
                                        LinliExecuteFlags    flags,
                                        GError             **error);
LinliOutcome *linli_store_submit       (LinliStore          *self,
                                        LinliConn           *conn,
                                        const char          *command,
                                        JsonObject          *args,
                                        LinliExecuteFlags    flags,
                                        GError             **error);
void         linli_store_read_async    (LinliStore          *self,
                                        LinliDbFunc          func,
                                        gpointer             data,
                                        GDestroyNotify       data_free,
                                        GDestroyNotify       result_free,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
void         linli_store_read_for_async (LinliStore         *self,
                                        const char          *actor,
                                        LinliDbFunc          func,
                                        gpointer             data,
                                        GDestroyNotify       data_free,
                                        GDestroyNotify       result_free,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gpointer     linli_store_read_finish   (LinliStore          *self,
                                        GAsyncResult        *result,
                                        GError             **error);
void         linli_store_set_unkept    (LinliStore          *self,
                                        gpointer             keeper,
                                        const GError        *error);
const GError *linli_store_get_unkept   (LinliStore          *self);

G_END_DECLS
