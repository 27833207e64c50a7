/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-postgres-session.h"

#include <string.h>

#define CONNECT_SECONDS "5"      /* for each server of the address */
#define SILENCE_MS      "15000"  /* unanswered data: the machine at the other end is gone */
#define IDLE_SECONDS    "10"     /* without a word before one asks whether the other end is there */
#define RETRY_US        (G_USEC_PER_SEC / 2) /* between attempts; whoever asks meanwhile is told at once */

/* A lock that does not come is somebody else's work: try again later. A process
 * that froze inside a transaction must not keep everybody else from writing. */
#define SETTINGS "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET bytea_output = 'hex';" \
                 "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s';"

struct _LinliPostgresSession
{
  PGconn       *line;        /* (owned) */
  char         *settings;    /* (owned) said at the beginning of every line */
  GCancellable *cancellable; /* (owned) (nullable) */
  guint         turn;        /* how often it was found again: what was prepared before is gone */
  gint64        failed_at;   /* monotonic; 0 after a success */
};

static int
store_code (const char *state)
{
  static const struct { const char *state; LinliStoreError code; } codes[] = {
    { "23", LINLI_STORE_ERROR_CONSTRAINT },
    { "22", LINLI_STORE_ERROR_CONSTRAINT },
    { "40", LINLI_STORE_ERROR_BUSY },       /* serialization, deadlock */
    { "55P03", LINLI_STORE_ERROR_BUSY },    /* a lock did not come */
    { "57014", LINLI_STORE_ERROR_BUSY },    /* cancelled by an administrator */
    { "53100", LINLI_STORE_ERROR_FULL },
    { "53", LINLI_STORE_ERROR_BUSY },       /* memory, connections */
    { "57P", LINLI_STORE_ERROR_BUSY },      /* the server stops or starts */
    { "08", LINLI_STORE_ERROR_BUSY },       /* the line */
    { "25006", LINLI_STORE_ERROR_READ_ONLY },
    { "25P03", LINLI_STORE_ERROR_BUSY },    /* too long silent within a transaction */
    { "42501", LINLI_STORE_ERROR_READ_ONLY },
    { "28", LINLI_STORE_ERROR_READ_ONLY },  /* who we say we are is not believed */
    { "54", LINLI_STORE_ERROR_CONSTRAINT },   /* too long for an index */
    { "58", LINLI_STORE_ERROR_IO },
    { "XX001", LINLI_STORE_ERROR_CORRUPT },
    { "XX002", LINLI_STORE_ERROR_CORRUPT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (state, codes[i].state))
      return codes[i].code;
  return LINLI_STORE_ERROR_INTERNAL;
}

/* A line that is lost says nothing about the statement: never the caller's
 * fault, always to be tried again. */
static void
set_error (LinliPostgresSession *self,
           const PGresult       *result,
           GError              **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  g_autofree char *words = g_strdup (result != NULL ? PQresultErrorMessage (result) : PQerrorMessage (self->line));

  g_strchomp (words);
  if (self->cancellable != NULL && g_strcmp0 (state, "57014") == 0 &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return;
  g_set_error (error, LINLI_STORE_ERROR,
               state == NULL || PQstatus (self->line) == CONNECTION_BAD ? LINLI_STORE_ERROR_BUSY : store_code (state),
               "%s", words[0] != '\0' ? words : "The line to the database is lost");
}

static void
notice_cb (void       *data,
           const char *message)
{
  g_debug ("postgresql: %s", message);
}

/* What is said first on a new line. */
static gboolean
greet (LinliPostgresSession *self,
       GError              **error)
{
  PGresult *result;
  gboolean done;

  PQsetNoticeProcessor (self->line, notice_cb, NULL);
  if (g_strcmp0 (PQparameterStatus (self->line, "server_encoding"), "UTF8") != 0)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY,
                           "The database does not keep text as UTF-8; make one with ENCODING 'UTF8'");
      return FALSE;
    }
  result = PQexec (self->line, self->settings);
  done = PQresultStatus (result) == PGRES_COMMAND_OK;
  if (!done)
    set_error (self, result, error);
  PQclear (result);

  return done;
}

static gboolean
is_up (LinliPostgresSession *self,
       GError              **error)
{
  if (PQstatus (self->line) == CONNECTION_OK && greet (self, error))
    {
      self->failed_at = 0;
      return TRUE;
    }
  if (error != NULL && *error == NULL)
    set_error (self, NULL, error);
  self->failed_at = g_get_monotonic_time ();
  return FALSE;
}

/**
 * linli_postgres_session_new:
 * @address: as libpq takes it, with one server or several
 * @settings: statements for the beginning of every line
 * @error: %LINLI_STORE_ERROR_BUSY while no server of @address answers
 */
LinliPostgresSession *
linli_postgres_session_new (const char *address,
                            const char *settings,
                            GError    **error)
{
  /* What stands before the address is overruled by it, what stands behind it is not. */
  static const char *const names[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle", "target_session_attrs",
                                       "fallback_application_name", "dbname", NULL };
  const char *const values[] = { CONNECT_SECONDS, SILENCE_MS, IDLE_SECONDS, "read-write", "linli-hub", address, NULL };
  g_autoptr(LinliPostgresSession) self = g_new0 (LinliPostgresSession, 1);

  self->settings = g_strconcat (SETTINGS, settings, NULL);
  self->line = PQconnectdbParams (names, values, 1);
  if (!is_up (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
linli_postgres_session_free (LinliPostgresSession *self)
{
  if (self == NULL)
    return;

  PQfinish (self->line);
  g_clear_object (&self->cancellable);
  g_free (self->settings);
  g_free (self);
}

PGconn *
linli_postgres_session_get_line (LinliPostgresSession *self)
{
  return self->line;
}

guint
linli_postgres_session_get_turn (LinliPostgresSession *self)
{
  return self->turn;
}

void
linli_postgres_session_set_cancellable (LinliPostgresSession *self,
                                        GCancellable         *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/* Returns: whether the server has hung up, as far as one hears without asking */
gboolean
linli_postgres_session_is_lost (LinliPostgresSession *self)
{
  GPollFD at = { PQsocket (self->line), G_IO_IN, 0 };

  if (PQstatus (self->line) == CONNECTION_OK && at.fd >= 0 && g_poll (&at, 1, 0) > 0)
    PQconsumeInput (self->line);
  return PQstatus (self->line) != CONNECTION_OK;
}

/**
 * linli_postgres_session_ready:
 * @error: %LINLI_STORE_ERROR_BUSY while no server answers
 *
 * For the moments between transactions: finds the server again, or another one
 * of the address, when the line is lost.
 */
gboolean
linli_postgres_session_ready (LinliPostgresSession *self,
                              GError              **error)
{
  if (!linli_postgres_session_is_lost (self) && self->failed_at == 0)
    return TRUE;
  if (self->failed_at != 0 && g_get_monotonic_time () < self->failed_at + RETRY_US)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_BUSY, "The database does not answer");
      return FALSE;
    }
  PQreset (self->line);
  self->turn++;

  return is_up (self, error);
}

/* A cancellation is asked for once, over a line of its own; the answer still
 * comes over this one. */
static void
ask_to_cancel (LinliPostgresSession *self)
{
  PGcancel *cancel = PQgetCancel (self->line);
  char words[256];

  if (cancel != NULL && !PQcancel (cancel, words, sizeof words))
    g_debug ("postgresql: %s", words);
  PQfreeCancel (cancel);
}

/* Returns: whether there is an answer to read, or the line is lost */
static void
wait_for_answer (LinliPostgresSession *self)
{
  GPollFD at[2] = { { PQsocket (self->line), G_IO_IN, 0 }, { -1, G_IO_IN, 0 } };
  gboolean cancellable = g_cancellable_make_pollfd (self->cancellable, &at[1]);

  while (PQisBusy (self->line) && PQstatus (self->line) == CONNECTION_OK)
    {
      int flushed = PQflush (self->line);

      at[0].fd = PQsocket (self->line);
      at[0].events = G_IO_IN | (flushed > 0 ? G_IO_OUT : 0);
      g_poll (at, at[1].fd >= 0 ? 2 : 1, -1);
      if (at[1].fd >= 0 && at[1].revents != 0)
        {
          ask_to_cancel (self);
          at[1].fd = -1;
        }
      if (at[0].revents != 0 && !PQconsumeInput (self->line))
        break;
    }
  if (cancellable)
    g_cancellable_release_fd (self->cancellable);
}

/**
 * linli_postgres_session_await:
 * @sent: whether libpq took what was to be sent
 *
 * Returns: (transfer full) (nullable): the last answer to what was sent; %NULL with @error
 */
PGresult *
linli_postgres_session_await (LinliPostgresSession *self,
                              gboolean              sent,
                              GError              **error)
{
  PGresult *last = NULL;
  PGresult *next;

  while (sent)
    {
      wait_for_answer (self);
      next = PQgetResult (self->line);
      if (next == NULL)
        break;
      if (last != NULL && PQresultStatus (last) == PGRES_FATAL_ERROR)
        PQclear (next); /* the first failure is the one that says why */
      else
        {
          PQclear (last);
          last = next;
        }
    }
  if (last != NULL && (PQresultStatus (last) == PGRES_COMMAND_OK || PQresultStatus (last) == PGRES_TUPLES_OK))
    return last;

  set_error (self, last, error);
  PQclear (last);
  return NULL;
}

/* Returns: (transfer full) (nullable): of the last of one or several statements without parameters */
PGresult *
linli_postgres_session_exec (LinliPostgresSession *self,
                             const char           *sql,
                             GError              **error)
{
  return linli_postgres_session_await (self, PQsendQuery (self->line, sql), error);
}
