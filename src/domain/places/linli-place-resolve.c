/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type for a place begins with one of its names and goes on with a
 * door or with how to find it: 桂园花园3栋602, 桂园路（近桂园小学）. The longest
 * name that the words begin with is the place, if it is one place only. */

#include "config.h"

#include "linli-place-resolve.h"

#include <string.h>

#include "linli-people-tables.h"
#include "linli-place-names.h"
#include "linli-tx.h"

#define DEEPEST 8 /* places within each other; a longer chain is broken data */

void
linli_place_found_free (LinliPlaceFound *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->row, linli_row_unref);
  g_free (self->grid);
  g_free (self->community);
  g_free (self->names);
  g_free (self);
}

/* Whether linli_place_text_strip() leaves it as it is: nearly every name in a list. */
static gboolean
is_bare (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!(c >= 0x4e00 && c <= 0x9fff) && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z'))
        return FALSE;
    }
  return TRUE;
}

/* How many bytes of @typed are that name; a number must end where the name's ends. */
static gsize
match (const char *typed,
       const char *name)
{
  g_autofree char *stripped = name != NULL && !is_bare (name) ? linli_place_text_strip (name) : NULL;
  const char *bare = stripped != NULL ? stripped : name;
  gsize n = bare != NULL ? strlen (bare) : 0;

  if (n == 0 || !linli_place_name_counts (bare) || strncmp (typed, bare, n) != 0)
    return 0;
  return linli_place_name_ends (typed, n) ? n : 0;
}

/* A building's own name ("3栋") is none without the estate.
 *
 * @aliases: (nullable) */
static gsize
match_names (const char *typed,
             const char *full_name,
             const char *aliases)
{
  g_auto(GStrv) others = aliases != NULL ? g_strsplit (aliases, " ", -1) : NULL;
  gsize longest = match (typed, full_name);

  for (guint i = 0; others != NULL && others[i] != NULL; i++)
    longest = MAX (longest, match (typed, others[i]));
  return longest;
}

static gboolean
is_in (LinliRow   *row,
       const char *community)
{
  return community != NULL && g_strcmp0 (linli_row_get_text (row, LINLI_PLACE_COMMUNITY), community) == 0;
}

/* Of several with equally long names the one of the community, if it is one. */
static LinliRow *
choose (GPtrArray  *rows,
        const char *typed,
        const char *community,
        gsize      *n_bytes)
{
  LinliRow *best = NULL;
  gsize longest = 0;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gsize length = match_names (typed, linli_row_get_text (rows->pdata[i], LINLI_PLACE_FULL_NAME),
                                  linli_row_get_text (rows->pdata[i], LINLI_PLACE_ALIASES));
      gboolean better = length > longest || (length > 0 && length == longest && is_in (rows->pdata[i], community) &&
                                             !is_in (best, community));

      if (better)
        {
          best = rows->pdata[i];
          longest = length;
          n = 1;
        }
      else if (length > 0 && length == longest && is_in (rows->pdata[i], community) == is_in (best, community))
        n++;
    }
  *n_bytes = longest;
  return n == 1 ? best : NULL;
}

/* Returns: (transfer full) (element-type gint64): keys of the places one of whose
 * names begins the text. The names alone are read of all, for a large centre has
 * tens of thousands, and this is asked while somebody types */
static GArray *
find_alike (LinliConn  *conn,
            const char *typed,
            GError    **error)
{
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk, full_name, aliases FROM place WHERE active = 1", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      if (match_names (typed, linli_stmt_get_text (stmt, 1), linli_stmt_get_text (stmt, 2)) > 0)
        g_array_append_val (pks, pk);
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&pks);
}

static GPtrArray *
load_alike (LinliConn  *conn,
            const char *typed,
            GError    **error)
{
  g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  g_autoptr(GArray) pks = find_alike (conn, typed, error);

  for (guint i = 0; pks != NULL && i < pks->len; i++)
    {
      g_autoptr(GPtrArray) one = linli_conn_select (conn, &linli_table_place, error, "pk = ?1", "i",
                                                    g_array_index (pks, gint64, i));

      if (one == NULL)
        return NULL;
      if (one->len > 0)
        g_ptr_array_add (places, linli_row_ref (one->pdata[0]));
    }
  return pks != NULL ? g_steal_pointer (&places) : NULL;
}

static gboolean
find_by_text (LinliConn  *conn,
              const char *text,
              const char *community,
              LinliRow  **row,
              GError    **error)
{
  g_autofree char *typed = linli_place_text_strip (text);
  g_autoptr(GPtrArray) rows = NULL;
  LinliRow *best;
  gsize n = 0;

  *row = NULL;
  if (*typed == '\0')
    return TRUE;
  rows = load_alike (conn, typed, error);
  if (rows == NULL)
    return FALSE;
  best = choose (rows, typed, community, &n);
  if (best == NULL)
    return TRUE;
  /* The community may be written first, and the place after it. */
  if (g_str_equal (linli_row_get_text (best, LINLI_PLACE_KIND), "community") && typed[n] != '\0' &&
      (!find_by_text (conn, typed + n, linli_row_get_text (best, LINLI_PLACE_NAME), row, error) || *row != NULL))
    return *row != NULL;
  *row = linli_row_ref (best);
  return TRUE;
}

static void
append_names (GString  *names,
              LinliRow *row)
{
  static const guint columns[] = { LINLI_PLACE_FULL_NAME, LINLI_PLACE_NAME, LINLI_PLACE_ALIASES };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (linli_row_get_text (row, columns[i]) != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", linli_row_get_text (row, columns[i]));
}

/* Walks up through what the place stands in. */
static gboolean
look_above (LinliConn       *conn,
            LinliPlaceFound *self,
            GError         **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(LinliRow) row = linli_row_ref (self->row);

  for (guint depth = 0; row != NULL && depth < DEEPEST; depth++)
    {
      const char *above = linli_row_get_text (row, LINLI_PLACE_PARENT_ID);
      g_autoptr(GPtrArray) rows = NULL;

      append_names (names, row);
      if (self->grid == NULL)
        self->grid = g_strdup (linli_row_get_text (row, LINLI_PLACE_GRID));
      if (g_str_equal (linli_row_get_text (row, LINLI_PLACE_KIND), "community"))
        self->community = g_strdup (linli_row_get_text (row, LINLI_PLACE_NAME));
      rows = linli_conn_select (conn, &linli_table_place, error, "id = ?1", "s", above != NULL ? above : "");
      if (rows == NULL)
        return FALSE;
      linli_row_unref (row);
      row = rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
    }
  self->names = g_string_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/**
 * linli_place_resolve:
 * @place_id: (nullable): what was picked; else the text decides
 * @text: (nullable): what was typed
 * @community: (nullable): decides among places of the same name
 * @found: (out) (nullable) (transfer full): %NULL when the list knows no such place, or several
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_place_resolve (LinliConn        *conn,
                     const char       *place_id,
                     const char       *text,
                     const char       *community,
                     LinliPlaceFound **found,
                     GError          **error)
{
  g_autoptr(LinliPlaceFound) self = g_new0 (LinliPlaceFound, 1);

  *found = NULL;
  if (place_id != NULL && *place_id != '\0')
    {
      g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_place, error, "id = ?1", "s", place_id);

      if (rows == NULL)
        return FALSE;
      self->row = rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
    }
  else if (text != NULL && !find_by_text (conn, text, community, &self->row, error))
    return FALSE;
  if (self->row == NULL)
    return TRUE;
  if (!look_above (conn, self, error))
    return FALSE;
  *found = g_steal_pointer (&self);
  return TRUE;
}
