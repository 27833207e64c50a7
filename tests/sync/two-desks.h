/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-test.h"
#include "linli-desk.h"
#include "linli-outbox.h"
#include "linli-sync-client.h"

G_BEGIN_DECLS

/* A hub and two desks in memory that speak to each other without a socket. */

#define NOW G_GINT64_CONSTANT (1770973200000000)

typedef struct
{
  LinliConn       *hub; /* (unowned) */
  LinliConn       *conn;
  LinliConn       *fresh;
  LinliDesk       *desk;
  LinliSyncClient *client;
  LinliIdSource    chance;
  LinliFakeClock   clock;
  gint64           mono;
  guint            n_pushes;
  guint            lose;       /* answers that do not arrive */
  guint            cut;        /* requests that do not reach the hub */
  gboolean         signed_out;
} Desk;

typedef struct
{
  LinliConn      *hub;
  Desk            a;
  Desk            b;
  char           *chosen; /* a case both have */
} TwoDesks;

void           desk_open                 (Desk                  *self,
                                          LinliConn             *hub);
void           desk_close                (Desk                  *self);
void           desk_enrol                (Desk                  *self);
LinliOutcome  *desk_try                  (Desk                  *self,
                                          const char            *command,
                                          const char            *json,
                                          GError               **error);
char          *desk_act                  (Desk                  *self,
                                          const char            *tell,
                                          const char            *command,
                                          const char            *format,
                                          ...) G_GNUC_PRINTF (4, 5);
void           desk_edit                 (Desk                  *self,
                                          const char            *id,
                                          const char            *field,
                                          const char            *value);
void           desk_note                 (Desk                  *self,
                                          const char            *id,
                                          const char            *words);
LinliHubReply *desk_ask_hub              (Desk                  *self,
                                          const LinliSyncAction *action);
gboolean       desk_talk                 (Desk                  *self);
gboolean       desk_go_on                (Desk                  *self);

void           two_desks_set_up          (TwoDesks              *f,
                                          gconstpointer          data);
void           two_desks_tear_down       (TwoDesks              *f,
                                          gconstpointer          data);
void           two_desks_assert_settled  (TwoDesks              *f);

gint64         read_number               (LinliConn             *conn,
                                          const char            *sql);
char          *read_text                 (LinliConn             *conn,
                                          const char            *sql,
                                          const char            *id);

G_END_DECLS
