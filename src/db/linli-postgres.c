/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's view of a session: statements with typed parameters, and a
 * transaction that is never mistaken for open or closed, whatever happens to
 * the line. */

#include "config.h"

#include "linli-postgres.h"

#include <string.h>

#include "linli-engine.h"
#include "linli-postgres-session.h"

/* The types of pg_type.h that one asks for; libpq does not name them. */
#define OID_BOOL    16
#define OID_INT8    20
#define OID_INT2    21
#define OID_INT4    23
#define OID_NUMERIC 1700

typedef struct
{
  LinliPostgresSession *session; /* (owned) */
  gboolean              open;    /* a transaction: until it is committed or rolled back, also over a lost line */
  gint64                last_pk;
  gint64                n_changed;
  guint                 n_names; /* of statements; never the same twice */
} Handle;

typedef enum
{
  KIND_OTHER,
  KIND_BEGIN,
  KIND_COMMIT,
  KIND_ROLLBACK,
  KIND_INSERT, /* tells the local key of the new row, which nobody asked for */
} Kind;

typedef struct
{
  Handle     *handle; /* (unowned) */
  Kind        kind;
  char       *sql;
  char        name[16];
  guint       turn;   /* of the session that knows it by its name */
  gboolean    known;
  int         n_params;
  char      **values; /* (owned) each (owned) (nullable) */
  int        *lengths;
  int        *formats;
  PGresult   *result; /* (owned) (nullable) */
  int         row;    /* the one it stands on */
  GByteArray *blob;   /* (owned) (nullable) the last that was asked for */
} Stmt;

/* --- The connection --- */

static void
handle_close (gpointer data)
{
  Handle *self = data;

  linli_postgres_session_free (self->session);
  g_free (self);
}

static void
handle_set_cancellable (gpointer      data,
                        GCancellable *cancellable)
{
  linli_postgres_session_set_cancellable (((Handle *) data)->session, cancellable);
}

static gboolean
handle_in_transaction (gpointer data)
{
  return ((Handle *) data)->open;
}

static gint64
handle_last_pk (gpointer data)
{
  return ((Handle *) data)->last_pk;
}

static gint64
handle_n_changed (gpointer data)
{
  return ((Handle *) data)->n_changed;
}

static gboolean
handle_exec (gpointer    data,
             const char *sql,
             GError    **error)
{
  Handle *self = data;
  PGTransactionStatusType status;
  PGresult *result;

  if (!self->open && !linli_postgres_session_ready (self->session, error))
    return FALSE;
  result = linli_postgres_session_exec (self->session, sql, error);
  status = PQtransactionStatus (linli_postgres_session_get_line (self->session));
  if (status != PQTRANS_UNKNOWN) /* also after a failure: what stands before it may have begun one */
    self->open = status != PQTRANS_IDLE;
  PQclear (result);

  return result != NULL;
}

static gboolean
handle_get_version (gpointer data,
                    guint   *version,
                    GError **error)
{
  Handle *self = data;
  PGresult *result = linli_postgres_session_exec (self->session, "SELECT to_regclass ('store_version')", error);
  gboolean known;

  *version = 0;
  if (result == NULL)
    return FALSE;
  known = !PQgetisnull (result, 0, 0);
  PQclear (result);
  if (!known)
    return TRUE;
  result = linli_postgres_session_exec (self->session, "SELECT max(version) FROM store_version", error);
  if (result == NULL)
    return FALSE;
  *version = (guint) g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);
  PQclear (result);

  return TRUE;
}

static gboolean
handle_set_version (gpointer data,
                    guint    version,
                    GError **error)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL);"
                                          "DELETE FROM store_version; INSERT INTO store_version VALUES (%u)", version);

  return handle_exec (data, sql, error);
}

/* --- Statements --- */

static Kind
find_kind (const char *sql)
{
  if (g_str_has_prefix (sql, "INSERT INTO ") && strstr (sql, " RETURNING ") == NULL)
    return KIND_INSERT;
  if (g_str_has_prefix (sql, "BEGIN"))
    return KIND_BEGIN;
  if (g_str_equal (sql, "COMMIT"))
    return KIND_COMMIT;
  return g_str_equal (sql, "ROLLBACK") ? KIND_ROLLBACK : KIND_OTHER;
}

/* Parameters are $1 here; what stands between quotes is not looked at. */
static char *
translate (const char *sql,
           Kind        kind,
           int        *n_params)
{
  GString *out = g_string_sized_new (strlen (sql) + 16);
  char quote = '\0';

  *n_params = 0;
  for (const char *p = sql; *p != '\0'; p++)
    {
      if (quote != '\0')
        quote = *p == quote ? '\0' : quote;
      else if (*p == '\'' || *p == '"')
        quote = *p;
      g_string_append_c (out, quote == '\0' && *p == '?' ? '$' : *p);
      if (quote == '\0' && *p == '?')
        *n_params = MAX (*n_params, (int) g_ascii_strtoll (p + 1, NULL, 10));
    }
  if (kind == KIND_INSERT)
    g_string_append (out, " RETURNING pk");

  return g_string_free (out, FALSE);
}

/* The server learns the statement when it is first run: it may have to learn
 * it again, over another line. */
static gpointer
handle_prepare (gpointer    data,
                const char *sql,
                GError    **error)
{
  Handle *self = data;
  Stmt *stmt = g_new0 (Stmt, 1);

  stmt->handle = self;
  stmt->kind = find_kind (sql);
  stmt->sql = translate (sql, stmt->kind, &stmt->n_params);
  g_snprintf (stmt->name, sizeof stmt->name, "s%u", ++self->n_names);
  stmt->values = g_new0 (char *, stmt->n_params + 1);
  stmt->lengths = g_new0 (int, stmt->n_params + 1);
  stmt->formats = g_new0 (int, stmt->n_params + 1);

  return stmt;
}

static void
stmt_reset (gpointer data)
{
  Stmt *stmt = data;

  g_clear_pointer (&stmt->result, PQclear);
  for (int i = 0; i < stmt->n_params; i++)
    g_clear_pointer (&stmt->values[i], g_free);
}

static void
stmt_finalize (gpointer data)
{
  Stmt *stmt = data;
  PGresult *result = NULL;
  PGTransactionStatusType status = PQtransactionStatus (linli_postgres_session_get_line (stmt->handle->session));

  if (stmt->known && stmt->turn == linli_postgres_session_get_turn (stmt->handle->session) &&
      (status == PQTRANS_IDLE || status == PQTRANS_INTRANS))
    {
      g_autofree char *forget = g_strconcat ("DEALLOCATE ", stmt->name, NULL);

      result = linli_postgres_session_exec (stmt->handle->session, forget, NULL);
    }
  PQclear (result);
  stmt_reset (stmt);
  g_clear_pointer (&stmt->blob, g_byte_array_unref);
  g_free (stmt->values);
  g_free (stmt->lengths);
  g_free (stmt->formats);
  g_free (stmt->sql);
  g_free (stmt);
}

/* Takes over @value. */
static void
set_value (Stmt    *stmt,
           int      index,
           char    *value,
           gsize    size,
           gboolean binary)
{
  g_return_if_fail (index >= 1 && index <= stmt->n_params);

  g_free (stmt->values[index - 1]);
  stmt->values[index - 1] = value;
  stmt->lengths[index - 1] = (int) size;
  stmt->formats[index - 1] = binary;
}

static void
stmt_bind_null (gpointer stmt,
                int      index)
{
  set_value (stmt, index, NULL, 0, FALSE);
}

static void
stmt_bind_int (gpointer stmt,
               int      index,
               gint64   value)
{
  set_value (stmt, index, g_strdup_printf ("%" G_GINT64_FORMAT, value), 0, FALSE);
}

static void
stmt_bind_text (gpointer    stmt,
                int         index,
                const char *value)
{
  set_value (stmt, index, g_strdup (value), 0, FALSE);
}

static void
stmt_bind_blob (gpointer    stmt,
                int         index,
                const void *data,
                gsize       size)
{
  set_value (stmt, index, g_memdup2 (size > 0 ? data : "", MAX (size, 1)), size, TRUE);
}

static gboolean
teach (Stmt    *stmt,
       GError **error)
{
  LinliPostgresSession *session = stmt->handle->session;
  guint turn = linli_postgres_session_get_turn (session);
  PGresult *result;

  if (stmt->known && stmt->turn == turn)
    return TRUE;
  result = linli_postgres_session_await (session, PQsendPrepare (linli_postgres_session_get_line (session), stmt->name,
                                                                 stmt->sql, 0, NULL), error);
  stmt->known = result != NULL;
  stmt->turn = turn;
  if (result == NULL)
    g_prefix_error (error, "%s: ", stmt->sql);
  PQclear (result);

  return stmt->known;
}

static PGresult *
send (Stmt    *stmt,
      GError **error)
{
  LinliPostgresSession *session = stmt->handle->session;

  if (!teach (stmt, error))
    return NULL;
  return linli_postgres_session_await (session,
                                       PQsendQueryPrepared (linli_postgres_session_get_line (session), stmt->name,
                                                            stmt->n_params, (const char *const *) stmt->values,
                                                            stmt->lengths, stmt->formats, 0), error);
}

/* To begin has no effect that could happen twice: when the line turns out to be
 * lost, it is done over the next one. */
static PGresult *
run (Stmt    *stmt,
     GError **error)
{
  Handle *self = stmt->handle;
  g_autoptr(GError) local = NULL;
  PGresult *result;

  if (!self->open && !linli_postgres_session_ready (self->session, error))
    return NULL;
  result = send (stmt, &local);
  if (result == NULL && stmt->kind == KIND_BEGIN && linli_postgres_session_is_lost (self->session))
    {
      g_clear_error (&local);
      if (linli_postgres_session_ready (self->session, error))
        return send (stmt, error);
      return NULL;
    }
  if (result == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return result;
}

/* A transaction in which something failed answers COMMIT by rolling back. */
static gboolean
note_end (Stmt    *stmt,
          GError **error)
{
  Handle *self = stmt->handle;

  if (stmt->kind == KIND_ROLLBACK)
    self->open = FALSE; /* over a lost line too: the server has done it */
  if (stmt->result == NULL)
    return FALSE;
  if (stmt->kind == KIND_BEGIN)
    self->open = TRUE;
  if (stmt->kind != KIND_COMMIT)
    return TRUE;
  self->open = FALSE;
  if (g_str_equal (PQcmdStatus (stmt->result), "COMMIT"))
    return TRUE;
  g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL, "The transaction had failed before its commit");
  return FALSE;
}

static gboolean
stmt_step (gpointer  data,
           gpointer  statement,
           gboolean *row,
           GError  **error)
{
  Handle *self = data;
  Stmt *stmt = statement;

  if (stmt->result != NULL)
    {
      *row = ++stmt->row < PQntuples (stmt->result);
      if (!*row)
        g_clear_pointer (&stmt->result, PQclear); /* stepping on runs it again */
      return TRUE;
    }

  stmt->result = run (stmt, error);
  if (!note_end (stmt, error))
    return FALSE;
  stmt->row = 0;
  self->n_changed = g_ascii_strtoll (PQcmdTuples (stmt->result), NULL, 10);
  *row = PQntuples (stmt->result) > 0;
  if (stmt->kind == KIND_INSERT && *row)
    self->last_pk = g_ascii_strtoll (PQgetvalue (stmt->result, PQntuples (stmt->result) - 1, 0), NULL, 10);
  if (stmt->kind == KIND_INSERT)
    *row = FALSE;
  if (!*row && PQnfields (stmt->result) == 0)
    g_clear_pointer (&stmt->result, PQclear);

  return TRUE;
}

static int
stmt_n_columns (gpointer data)
{
  Stmt *stmt = data;

  return stmt->result != NULL ? PQnfields (stmt->result) : 0;
}

static const char *
stmt_column_name (gpointer data,
                  int      column)
{
  return PQfname (((Stmt *) data)->result, column);
}

static gboolean
stmt_is_null (gpointer data,
              int      column)
{
  Stmt *stmt = data;

  return PQgetisnull (stmt->result, stmt->row, column);
}

static gboolean
stmt_is_int (gpointer data,
             int      column)
{
  Stmt *stmt = data;
  Oid type = PQftype (stmt->result, column);

  return !stmt_is_null (stmt, column) &&
         (type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_BOOL ||
          (type == OID_NUMERIC && strchr (PQgetvalue (stmt->result, stmt->row, column), '.') == NULL));
}

/* What is true is 1, as everywhere else in the house. */
static const char *
stmt_get_text (gpointer data,
               int      column)
{
  Stmt *stmt = data;
  const char *text = PQgetvalue (stmt->result, stmt->row, column);

  if (stmt_is_null (stmt, column))
    return NULL;
  if (PQftype (stmt->result, column) == OID_BOOL)
    return text[0] == 't' ? "1" : "0";
  return text;
}

static gint64
stmt_get_int (gpointer stmt,
              int      column)
{
  const char *text = stmt_get_text (stmt, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static const void *
stmt_get_blob (gpointer data,
               int      column,
               gsize   *size)
{
  Stmt *stmt = data;
  const char *text = stmt_get_text (stmt, column);

  g_clear_pointer (&stmt->blob, g_byte_array_unref);
  stmt->blob = g_byte_array_new ();
  for (const char *p = text != NULL ? text + strlen ("\\x") : ""; p[0] != '\0' && p[1] != '\0'; p += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

      g_byte_array_append (stmt->blob, &byte, 1);
    }
  *size = stmt->blob->len;
  return stmt->blob->data;
}

/* READ COMMITTED: a writer begins by taking a row that every writer takes, and
 * from then on sees what all the others have committed. */
static const LinliEngine postgres_engine = {
  .name = "postgresql",
  .begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED",
  .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  .begin_scratch = "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE",
  .begin_change = "BEGIN; SELECT pg_advisory_xact_lock (hashtextextended (current_schema (), 0))",
  .columns = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema () AND table_name = ?1",
  .never_reuses_keys = TRUE,
  .close = handle_close,
  .set_cancellable = handle_set_cancellable,
  .in_transaction = handle_in_transaction,
  .last_pk = handle_last_pk,
  .n_changed = handle_n_changed,
  .exec = handle_exec,
  .get_version = handle_get_version,
  .set_version = handle_set_version,
  .prepare = handle_prepare,
  .finalize = stmt_finalize,
  .reset = stmt_reset,
  .bind_null = stmt_bind_null,
  .bind_int = stmt_bind_int,
  .bind_text = stmt_bind_text,
  .lend_text = stmt_bind_text,
  .bind_blob = stmt_bind_blob,
  .step = stmt_step,
  .n_columns = stmt_n_columns,
  .column_name = stmt_column_name,
  .is_null = stmt_is_null,
  .is_int = stmt_is_int,
  .get_int = stmt_get_int,
  .get_text = stmt_get_text,
  .get_blob = stmt_get_blob,
};

/* --- Opening --- */

/* Two processes may want the same schema at once, and IF NOT EXISTS looks
 * before it takes hold. */
static gboolean
make_schema (LinliPostgresSession *session,
             const char           *schema,
             GError              **error)
{
  g_autofree char *ask = g_strdup_printf ("SELECT 1 FROM pg_namespace WHERE nspname = '%s'", schema);
  g_autofree char *make = g_strdup_printf ("BEGIN; SELECT pg_advisory_xact_lock (hashtextextended ('%s', 0));"
                                           "CREATE SCHEMA IF NOT EXISTS \"%s\"; COMMIT", schema, schema);
  PGresult *result = linli_postgres_session_exec (session, ask, error);
  gboolean known = result != NULL && PQntuples (result) > 0;

  if (result == NULL || known)
    {
      PQclear (result);
      return known;
    }
  PQclear (result);
  result = linli_postgres_session_exec (session, make, error);
  PQclear (result);

  return result != NULL;
}

static gboolean
is_plain (const char *name)
{
  return name[0] != '\0' && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/**
 * linli_postgres_open:
 * @address: postgresql://… as libpq reads it; with several servers the one that
 *   takes writes is found, now and after each loss of the line
 * @schema: lower-case letters, digits, '_' and '-'
 * @error: %LINLI_STORE_ERROR_BUSY while no server answers
 *
 * Returns: (transfer full): a connection for the thread that uses it
 */
LinliConn *
linli_postgres_open (const char        *address,
                     const char        *schema,
                     LinliPostgresMode  mode,
                     GError           **error)
{
  g_autofree char *settings = NULL;
  g_autoptr(LinliPostgresSession) session = NULL;
  Handle *self;

  g_return_val_if_fail (address != NULL && schema != NULL && is_plain (schema), NULL);

  settings = g_strdup_printf ("SET search_path = \"%s\"; SET default_transaction_read_only = %s;", schema,
                              mode == LINLI_POSTGRES_READ ? "on" : "off");
  session = linli_postgres_session_new (address, settings, error);
  if (session == NULL || (mode == LINLI_POSTGRES_WRITE && !make_schema (session, schema, error)))
    return NULL;
  self = g_new0 (Handle, 1);
  self->session = g_steal_pointer (&session);

  return linli_conn_new (&postgres_engine, self);
}
