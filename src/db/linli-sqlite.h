/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_SQLITE_WRITE, /* create when absent; the one writer */
  LINLI_SQLITE_FILL,  /* the same for a file that nobody uses yet: a power cut may take the last transactions back */
  LINLI_SQLITE_READ,  /* never writes, never waits for the writer */
} LinliSqliteMode;

/* Called before every step of every statement of a connection; for tests
 * that end the process, or fail the disk, at a statement they choose. */
typedef void (*LinliSqliteHook) (const char *sql,
                                 gpointer    data);

/* What a function of statements makes of a text; allocated. */
typedef char *(*LinliSqliteText) (const char *kind,
                                  const char *text);

LinliConn *linli_sqlite_open     (const char       *path,
                                  LinliSqliteMode   mode,
                                  GError          **error);
gboolean   linli_sqlite_copy     (LinliConn        *conn,
                                  const char       *path,
                                  GError          **error);
gboolean   linli_sqlite_check    (LinliConn        *conn,
                                  GError          **error);
gboolean   linli_sqlite_add_function (LinliConn      *conn,
                                  const char       *name,
                                  LinliSqliteText   func,
                                  GError          **error);
void       linli_sqlite_set_hook (LinliConn        *conn,
                                  LinliSqliteHook   hook,
                                  gpointer          data);

G_END_DECLS
