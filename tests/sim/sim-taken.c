/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a unit's own words may be gone from its screen. */

#include "sim.h"

#include "linli-hub-scope.h"

/* What the feed of unit ?1 says of an operation's lines in cases. */
#define SAID "SELECT count(*) FROM audit AS a JOIN json_each (a.changes) AS c ON c.value ->> 't' = 'entry' " \
  "JOIN hub_scope AS s ON s.id = ?1 || '/entry/' || (c.value ->> 'id') "

/* Whether the desk reads the history that the hub has now, and how far it is. */
static gboolean
is_of_this_history (SimDesk *self,
                    gint64  *rev)
{
  g_autofree char *epoch = NULL;
  gint64 n = 0;

  return linli_conn_get_text (self->conn, &epoch, NULL, "SELECT epoch FROM sync_state", "") &&
         linli_conn_get_int (self->conn, rev, NULL, "SELECT complete_rev FROM sync_state", "") &&
         linli_conn_get_int (self->sim->hub.conn, &n, NULL, "SELECT count(*) FROM hub_clock WHERE epoch = ?1", "s", epoch) && n > 0;
}

/* Whether the centre has narrowed the words of a note to itself, or has a case
 * of them that the unit has not. */
static gboolean
is_out_of_scope (SimDesk    *self,
                 const char *id)
{
  LinliConn *hub = self->sim->hub.conn;
  g_autofree char *of = NULL;
  gboolean has = FALSE;
  gint64 n = 0;

  return linli_conn_get_text (self->conn, &of, NULL, "SELECT body -> 'args' ->> 'case' FROM audit WHERE id = ?1", "s", id) &&
         linli_hub_scope_has_case (hub, self->unit, of, &has, NULL) &&
         linli_conn_get_int (hub, &n, NULL, "SELECT count(*) FROM audit AS a JOIN json_each (a.changes) AS c ON c.value ->> 't' = 'entry' "
                             "JOIN entry AS e ON e.id = c.value ->> 'id' WHERE a.id = ?1 AND e.audience = 'internal'", "s", id) &&
         (!has || n > 0);
}

/* A unit has no right to what it said: the centre may move the words to a case
 * of others, or take the whole case away. As far as the desk has read the feed,
 * that must say so; only when it has forgotten the removal do the tables. What
 * the feed says is looked at in the end. */
gboolean
sim_was_taken_away (SimDesk    *self,
                    const char *operation)
{
  g_autofree char *id = g_strndup (operation, 36);
  gint64 rev = 0;
  gint64 n_told = 0;
  gint64 n_had = 0;

  if (self->unit == NULL)
    return FALSE;
  if (self->sim->hub.conn == NULL || !is_of_this_history (self, &rev))
    return TRUE; /* there is nobody to ask, or one who remembers another history */
  if (!linli_conn_get_int (self->sim->hub.conn, &n_told, NULL, SAID "WHERE a.id = ?2", "ss", self->unit, id) ||
      !linli_conn_get_int (self->sim->hub.conn, &n_had, NULL, SAID "WHERE a.id = ?2 AND s.body IS NOT NULL AND s.rev <= ?3",
                           "ssi", self->unit, id, rev))
    return TRUE;
  return n_had == 0 && (n_told > 0 || is_out_of_scope (self, id));
}
