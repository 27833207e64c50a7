/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

/* What a database must offer to stand under the domain. Private to this
 * layer: linli-sqlite.c and linli-postgres.c fill it in, and nothing above
 * notices which. */

G_BEGIN_DECLS

typedef struct
{
  const char *name;         /* "sqlite", "postgresql" */
  const char *begin_write;  /* statement that opens a writing transaction */
  const char *begin_read;
  const char *begin_scratch; /* reads one moment, and writes the connection's own temporary tables */
  const char *begin_change; /* statements that open a transaction which changes the tables, as the only one */
  const char *relax;        /* (nullable) statements after which a commit is not waited for; between transactions */
  const char *tighten;      /* (nullable) and back */
  const char *columns;      /* asks for the names of the columns of table ?1; none when there is no such table */
  const char *stamp;        /* (nullable) asks for a number that changes once another connection has written */
  gboolean    never_reuses_keys; /* the local key of a row that is gone is not given to another */

  void        (*close)          (gpointer handle);
  void        (*set_cancellable)(gpointer handle, GCancellable *cancellable);
  gboolean    (*is_past)        (gpointer handle); /* (nullable) see linli_conn_is_past() */
  gboolean    (*in_transaction) (gpointer handle);
  gint64      (*last_pk)        (gpointer handle);
  gint64      (*n_changed)      (gpointer handle);
  gboolean    (*exec)           (gpointer handle, const char *sql, GError **error);
  gboolean    (*get_version)    (gpointer handle, guint *version, GError **error);
  gboolean    (*set_version)    (gpointer handle, guint version, GError **error);

  gpointer    (*prepare)        (gpointer handle, const char *sql, GError **error);
  void        (*finalize)       (gpointer stmt);
  void        (*reset)          (gpointer stmt);
  void        (*bind_null)      (gpointer stmt, int index);
  void        (*bind_int)       (gpointer stmt, int index, gint64 value);
  void        (*bind_text)      (gpointer stmt, int index, const char *value);
  void        (*lend_text)      (gpointer stmt, int index, const char *value); /* which outlives the step */
  void        (*bind_blob)      (gpointer stmt, int index, const void *data, gsize size);
  gboolean    (*step)           (gpointer handle, gpointer stmt, gboolean *row, GError **error);
  int         (*n_columns)      (gpointer stmt);
  const char *(*column_name)    (gpointer stmt, int column);
  gboolean    (*is_null)        (gpointer stmt, int column);
  gboolean    (*is_int)         (gpointer stmt, int column);
  gint64      (*get_int)        (gpointer stmt, int column);
  const char *(*get_text)       (gpointer stmt, int column);
  const void *(*get_blob)       (gpointer stmt, int column, gsize *size);
} LinliEngine;

LinliConn *linli_conn_new        (const LinliEngine *engine,
                                  gpointer           handle);
gpointer   linli_conn_get_handle (LinliConn         *conn);
void       linli_conn_renew      (LinliConn         *conn);
gboolean   linli_conn_is_past    (LinliConn         *conn);
LinliStmt *linli_conn_query_columns (LinliConn      *conn,
                                  const char        *table,
                                  GError           **error);

G_END_DECLS
