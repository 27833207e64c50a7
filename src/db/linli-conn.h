/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-store-error.h"

G_BEGIN_DECLS

/* One connection to one database, of whichever engine. A connection belongs
 * to one thread. SQL is what both engines share; parameters are ?1, ?2, ... */
typedef struct _LinliConn LinliConn;

/* A prepared statement, borrowed from its connection's cache and given back
 * by linli_stmt_release(), which also resets it. */
typedef struct _LinliStmt LinliStmt;

void        linli_conn_close           (LinliConn    *conn);
const char *linli_conn_get_engine      (LinliConn    *conn);
void        linli_conn_set_cancellable (LinliConn    *conn,
                                        GCancellable *cancellable);
gpointer    linli_conn_get_data        (LinliConn    *conn,
                                        const char   *key);
void        linli_conn_set_data        (LinliConn    *conn,
                                        const char   *key,
                                        gpointer      data,
                                        GDestroyNotify destroy);

gboolean    linli_conn_exec            (LinliConn    *conn,
                                        const char   *sql,
                                        GError      **error);
gboolean    linli_conn_run             (LinliConn    *conn,
                                        GError      **error,
                                        const char   *sql,
                                        const char   *types,
                                        ...);
gboolean    linli_conn_get_int         (LinliConn    *conn,
                                        gint64       *value,
                                        GError      **error,
                                        const char   *sql,
                                        const char   *types,
                                        ...);
gboolean    linli_conn_get_text        (LinliConn    *conn,
                                        char        **value,
                                        GError      **error,
                                        const char   *sql,
                                        const char   *types,
                                        ...);
gint64      linli_conn_last_pk         (LinliConn    *conn);
gint64      linli_conn_n_changed       (LinliConn    *conn);

gboolean    linli_conn_begin_write     (LinliConn    *conn,
                                        GError      **error);
gboolean    linli_conn_begin_read      (LinliConn    *conn,
                                        GError      **error);
gboolean    linli_conn_begin_scratch   (LinliConn    *conn,
                                        GError      **error);
gboolean    linli_conn_begin_change    (LinliConn    *conn,
                                        GError      **error);
gboolean    linli_conn_get_version     (LinliConn    *conn,
                                        guint        *version,
                                        GError      **error);
gboolean    linli_conn_set_version     (LinliConn    *conn,
                                        guint         version,
                                        GError      **error);
gboolean    linli_conn_reuses_keys     (LinliConn    *conn);
gboolean    linli_conn_commit          (LinliConn    *conn,
                                        GError      **error);
gboolean    linli_conn_relax           (LinliConn    *conn,
                                        gboolean      relaxed,
                                        GError      **error);
gboolean    linli_conn_settle          (LinliConn    *conn,
                                        GError      **error);
void        linli_conn_rollback        (LinliConn    *conn);
gboolean    linli_conn_is_in_transaction (LinliConn  *conn);

LinliStmt  *linli_conn_prepare         (LinliConn    *conn,
                                        const char   *sql,
                                        GError      **error);
LinliStmt  *linli_conn_query           (LinliConn    *conn,
                                        GError      **error,
                                        const char   *sql,
                                        const char   *types,
                                        ...);
LinliStmt  *linli_conn_query_valist    (LinliConn    *conn,
                                        GError      **error,
                                        const char   *sql,
                                        const char   *types,
                                        va_list       args);
void        linli_stmt_release         (LinliStmt    *stmt);
void        linli_stmt_bind_null       (LinliStmt    *stmt,
                                        int           index);
void        linli_stmt_bind_int        (LinliStmt    *stmt,
                                        int           index,
                                        gint64        value);
void        linli_stmt_lend_text       (LinliStmt    *stmt,
                                        int           index,
                                        const char   *value);
void        linli_stmt_bind_text       (LinliStmt    *stmt,
                                        int           index,
                                        const char   *value);
void        linli_stmt_bind_blob       (LinliStmt    *stmt,
                                        int           index,
                                        GBytes       *value);
gboolean    linli_stmt_step            (LinliStmt    *stmt,
                                        gboolean     *row,
                                        GError      **error);
void        linli_stmt_reset           (LinliStmt    *stmt);
int         linli_stmt_n_columns       (LinliStmt    *stmt);
const char *linli_stmt_column_name     (LinliStmt    *stmt,
                                        int           column);
gboolean    linli_stmt_is_null         (LinliStmt    *stmt,
                                        int           column);
gboolean    linli_stmt_is_int          (LinliStmt    *stmt,
                                        int           column);
gint64      linli_stmt_get_int         (LinliStmt    *stmt,
                                        int           column);
const char *linli_stmt_get_text        (LinliStmt    *stmt,
                                        int           column);
char       *linli_stmt_dup_text        (LinliStmt    *stmt,
                                        int           column);
GBytes     *linli_stmt_dup_blob        (LinliStmt    *stmt,
                                        int           column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliConn, linli_conn_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliStmt, linli_stmt_release)

G_END_DECLS
