/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Never part of a writing transaction: a commit that notifies waits for every
 * other such commit of the whole database. A line of its own rings a moment
 * later, once for all that was committed meanwhile. */

#include "config.h"

#include "linli-postgres-bell.h"

#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "linli-postgres-session.h"

#define CHANNEL   "linli_hub"
#define TICK_US   20000  /* rings within it go out together */
#define RETRY_MS  1000   /* between attempts to find the server again */
#define SETTINGS  "SET synchronous_commit = off;" /* a ring need not outlive a power cut */

struct _LinliPostgresBell
{
  char                  *address;
  LinliPostgresBellHeard heard;
  gpointer               data;    /* (unowned) */
  GMainContext          *context; /* (owned) of whoever made it */
  GThread               *thread;
  int                    wake[2]; /* a pipe: a byte for each word that is new */

  GMutex                 mutex;
  GHashTable            *words;   /* guarded: set of what is to be rung */
  gboolean               is_over; /* guarded */
  GHashTable            *sources; /* guarded: set of GSource (owned): on their way to the main context */
};

typedef struct
{
  LinliPostgresBell *bell;
  GSource           *source; /* (unowned) */
  char              *word;   /* (nullable) */
} Ring;

static void
ring_free (gpointer data)
{
  Ring *ring = data;

  g_free (ring->word);
  g_free (ring);
}

static gboolean
heard_cb (gpointer data)
{
  Ring *ring = data;
  LinliPostgresBell *self = ring->bell;
  g_autofree char *word = g_strdup (ring->word);

  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->sources, ring->source);
  g_mutex_unlock (&self->mutex);
  self->heard (word, self->data);
  return G_SOURCE_REMOVE;
}

static void
pass_on (LinliPostgresBell *self,
         const char        *word)
{
  Ring *ring = g_new0 (Ring, 1);
  GSource *source = g_idle_source_new ();

  ring->bell = self;
  ring->source = source;
  ring->word = g_strdup (word);
  g_source_set_callback (source, heard_cb, ring, ring_free);
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->sources, source);
  g_source_attach (source, self->context);
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_over (LinliPostgresBell *self)
{
  gboolean over;

  g_mutex_lock (&self->mutex);
  over = self->is_over;
  g_mutex_unlock (&self->mutex);
  return over;
}

/* @socket: of the line, or -1; returns when one has something to say */
static void
await_word (LinliPostgresBell *self,
            int                socket,
            int                timeout_ms)
{
  GPollFD at[2] = { { self->wake[0], G_IO_IN, 0 }, { socket, G_IO_IN, 0 } };
  char bytes[64];

  g_poll (at, socket >= 0 ? 2 : 1, timeout_ms);
  if (at[0].revents == 0)
    return;
  if (socket >= 0)
    g_usleep (TICK_US);
  while (read (self->wake[0], bytes, sizeof bytes) == sizeof bytes)
    ;
}

static GHashTable *
new_words (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Rings what there is to be rung; what nobody may have heard is rung again,
 * over the next line.
 *
 * Returns: whether there was anything */
static gboolean
ring_out (LinliPostgresBell    *self,
          LinliPostgresSession *session)
{
  g_autoptr(GHashTable) words = NULL;
  g_autoptr(GString) sql = g_string_new (NULL);
  PGresult *result;
  GHashTableIter iter;
  gpointer word;

  g_mutex_lock (&self->mutex);
  words = g_steal_pointer (&self->words);
  self->words = new_words ();
  g_mutex_unlock (&self->mutex);
  if (g_hash_table_size (words) == 0)
    return FALSE;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL)) /* ids of our own making: nothing in them needs a quote */
    g_string_append_printf (sql, "NOTIFY " CHANNEL ", '%s';", (const char *) word);
  result = linli_postgres_session_exec (session, sql->str, NULL);
  if (result == NULL)
    {
      g_mutex_lock (&self->mutex);
      g_hash_table_iter_init (&iter, words);
      while (g_hash_table_iter_next (&iter, &word, NULL))
        g_hash_table_add (self->words, g_strdup (word));
      g_mutex_unlock (&self->mutex);
      if (!linli_postgres_session_is_lost (session)) /* it was refused: not at once again */
        await_word (self, -1, RETRY_MS);
    }
  PQclear (result);

  return TRUE;
}

static void
listen_to (LinliPostgresBell    *self,
           LinliPostgresSession *session)
{
  PGconn *line = linli_postgres_session_get_line (session);
  PGnotify *notice;

  while ((notice = PQnotifies (line)) != NULL)
    {
      if (notice->be_pid != PQbackendPID (line))
        pass_on (self, notice->extra);
      PQfreemem (notice);
    }
}

/* What was rung while the line was lost is made good when it is found again:
 * then one looks at everything. */
static gpointer
bell_thread (gpointer data)
{
  LinliPostgresBell *self = data;
  g_autoptr(LinliPostgresSession) session = NULL;

  while (!is_over (self))
    {
      gboolean rung;

      if (session == NULL)
        {
          session = linli_postgres_session_new (self->address, SETTINGS "LISTEN " CHANNEL ";", NULL);
          if (session != NULL)
            pass_on (self, NULL);
          else
            await_word (self, -1, RETRY_MS);
          continue;
        }
      rung = ring_out (self, session);
      listen_to (self, session);
      if (linli_postgres_session_is_lost (session))
        g_clear_pointer (&session, linli_postgres_session_free);
      else if (!rung)
        {
          await_word (self, PQsocket (linli_postgres_session_get_line (session)), -1);
          if (!linli_postgres_session_is_lost (session)) /* reads what has come */
            listen_to (self, session);
        }
    }

  return NULL;
}

/**
 * linli_postgres_bell_new:
 * @address: of the database
 *
 * Goes on trying while no server answers.
 */
LinliPostgresBell *
linli_postgres_bell_new (const char            *address,
                         LinliPostgresBellHeard heard,
                         gpointer               data)
{
  LinliPostgresBell *self = g_new0 (LinliPostgresBell, 1);

  self->address = g_strdup (address);
  self->heard = heard;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  self->words = new_words ();
  self->sources = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_source_unref, NULL);
  g_mutex_init (&self->mutex);
  g_assert (g_unix_open_pipe (self->wake, FD_CLOEXEC, NULL));
  g_unix_set_fd_nonblocking (self->wake[0], TRUE, NULL);
  g_unix_set_fd_nonblocking (self->wake[1], TRUE, NULL);
  self->thread = g_thread_new ("bell", bell_thread, self);

  return self;
}

/* A pipe that is full has been heard. */
static void
nudge (LinliPostgresBell *self)
{
  if (write (self->wake[1], "", 1) < 0)
    g_debug ("the bell has been nudged enough");
}

/* @word: letters, digits and '-' */
void
linli_postgres_bell_ring (LinliPostgresBell *self,
                          const char        *word)
{
  gboolean fresh;

  g_return_if_fail (strchr (word, '\'') == NULL);

  g_mutex_lock (&self->mutex);
  fresh = g_hash_table_add (self->words, g_strdup (word));
  g_mutex_unlock (&self->mutex);
  if (fresh)
    nudge (self);
}

/* Afterwards nothing is heard any more. */
void
linli_postgres_bell_free (LinliPostgresBell *self)
{
  GHashTableIter iter;
  gpointer source;

  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_mutex_unlock (&self->mutex);
  nudge (self);
  g_thread_join (self->thread);
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    g_source_destroy (source);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->words);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  close (self->wake[0]);
  close (self->wake[1]);
  g_free (self->address);
  g_free (self);
}
