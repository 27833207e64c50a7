/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-blob-words.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full) (nullable): %NULL when there is nothing to say */
static char *
state_words (LinliBlobAgent *blobs,
             const char     *sha256)
{
  double done = 0;

  switch (linli_blob_agent_get_state (blobs, sha256, &done))
    {
    case LINLI_BLOB_HERE:
      return NULL;
    case LINLI_BLOB_WAITING:
      return g_strdup (_("waiting to be sent"));
    case LINLI_BLOB_SENDING:
      /* Translators: percent */
      return g_strdup_printf (_("being sent, %d%%"), (int) (done * 100));
    case LINLI_BLOB_REFUSED:
      return g_strdup (_("the hub does not take it"));
    case LINLI_BLOB_ABSENT:
      return g_strdup (_("not here yet"));
    case LINLI_BLOB_ASKED:
      return g_strdup (_("not here yet; on its way as soon as the hub answers"));
    case LINLI_BLOB_FETCHING:
      /* Translators: percent */
      return g_strdup_printf (_("on its way, %d%%"), (int) (done * 100));
    case LINLI_BLOB_NOWHERE:
      return g_strdup (_("not at the hub yet; the desk that has it will send it"));
    case LINLI_BLOB_NO_ROOM:
      return g_strdup (_("not here yet: the disk of this computer is full. Make room; it comes by itself"));
    }
  g_assert_not_reached ();
}

/**
 * linli_blob_words:
 * @agent: (nullable): of a store that is open for writing
 * @size: bytes
 *
 * Returns: (transfer full): "3.2 MB · not here yet"
 */
char *
linli_blob_words (LinliSyncAgent *agent,
                  const char     *sha256,
                  gint64          size)
{
  g_autofree char *bytes = g_format_size ((guint64) size);
  g_autofree char *state = agent != NULL ? state_words (linli_sync_agent_get_blobs (agent), sha256) : NULL;

  return state != NULL ? g_strdup_printf ("%s · %s", bytes, state) : g_steal_pointer (&bytes);
}

/* Returns: (transfer full): of all files, for the window that explains it */
char *
linli_blobs_words (LinliSyncAgent *agent)
{
  LinliBlobAgent *blobs = linli_sync_agent_get_blobs (agent);
  g_autofree char *bytes = NULL;
  GString *words = g_string_new (NULL);
  LinliBlobCount count;

  linli_blob_agent_count (blobs, &count);
  bytes = g_format_size ((guint64) count.bytes_to_send);
  if (count.n_to_send > 0)
    /* Translators: how many, and how large they are together */
    g_string_append_printf (words, ngettext ("%u file waits to be sent, %s.", "%u files wait to be sent, %s.", count.n_to_send),
                            count.n_to_send, bytes);
  else
    g_string_append (words, _("The files added here are at the hub."));
  if (count.n_to_fetch > 0)
    g_string_append_printf (words, ngettext (" %u is fetched.", " %u are fetched.", count.n_to_fetch), count.n_to_fetch);
  if (count.n_waiting_for_line > 0)
    g_string_append (words, _(" This network is metered: large ones wait until you send them yourself."));
  if (count.hub_full)
    g_string_append (words, _(" The disk of the hub is full; they are sent by themselves once there is room."));
  if (count.n_refused > 0)
    g_string_append_printf (words, ngettext (" The hub does not take %u: it has no room, or the file is damaged.",
                                             " The hub does not take %u: it has no room, or they are damaged.",
                                             count.n_refused), count.n_refused);

  return g_string_free (words, FALSE);
}
