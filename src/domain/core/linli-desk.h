/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-clock.h"
#include "linli-execute.h"
#include "linli-uuid.h"

G_BEGIN_DECLS

/* What makes operations on this machine: who sits here, on which device, what
 * time it is, and where ids and printed numbers come from. Belongs to the
 * writing lane's thread. */
typedef struct
{
  LinliClock   *clock;  /* (unowned) */
  LinliIdSource ids;
  char         *actor;  /* account id */
  char         *device; /* device id */
  char         *prefix; /* of printed numbers, two letters or more */
} LinliDesk;

LinliDesk    *linli_desk_new       (LinliClock   *clock);
void          linli_desk_free      (LinliDesk    *self);
gboolean      linli_desk_load      (LinliDesk    *self,
                                    LinliConn    *conn,
                                    GError      **error);
gboolean      linli_desk_forget    (LinliConn    *conn,
                                    GError      **error);
void          linli_desk_set_actor (LinliDesk    *self,
                                    const char   *actor);
gboolean      linli_desk_store_identity (LinliConn *conn,
                                    const char   *device,
                                    const char   *prefix,
                                    GError      **error);
gboolean      linli_desk_set_prefix (LinliDesk   *self,
                                    LinliConn    *conn,
                                    const char   *prefix,
                                    GError      **error);
LinliOutcome *linli_desk_submit    (LinliDesk    *self,
                                    LinliConn    *conn,
                                    const char   *command,
                                    JsonObject   *args,
                                    LinliExecuteFlags flags,
                                    GError      **error);
LinliOutcome *linli_desk_submit_written (LinliDesk        *self,
                                         LinliConn        *conn,
                                         const char       *command,
                                         JsonObject       *args,
                                         const char       *written,
                                         LinliExecuteFlags flags,
                                         GError          **error);
LinliOutcome *linli_desk_submit_in (LinliDesk        *self,
                                    LinliTx          *tx,
                                    const char       *command,
                                    JsonObject       *args,
                                    LinliExecuteFlags flags,
                                    GError          **error);
char         *linli_desk_draw_number (LinliDesk  *self,
                                    LinliConn    *conn,
                                    const char   *series,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDesk, linli_desk_free)

G_END_DECLS
