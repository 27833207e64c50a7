/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What earlier cases of a leaf teach about whose the next one is. */

#include "config.h"

#include "linli-routing.h"

#include "linli-attributes.h"
#include "linli-precedent-shelf.h"
#include "linli-routing-tables.h"
#include "linli-tx.h"

#define MOST_FINDINGS "500"
#define MOST_CASES    "1000" /* latest of the leaf: a habit of years ago is none */

#define LATEST_OF_LEAF "FROM cases WHERE item_code = ?1 ORDER BY received_at DESC LIMIT " MOST_CASES
#define CASE_COLUMNS   "id, case_no, community, place, place_id "

/* What was said last about a case holds, whether it was ruled or found out. */
static void
take_last (GHashTable     *last,
           LinliPrecedent *precedent)
{
  const LinliPrecedent *known = g_hash_table_lookup (last, precedent->case_id);

  if (known == NULL || precedent->at >= known->at)
    g_hash_table_replace (last, precedent->case_id, precedent);
  else
    linli_precedent_free (precedent);
}

/* @last: case id -> the latest #LinliPrecedent of it */
static gboolean
add_findings (LinliConn  *conn,
              const char *item,
              GHashTable *last,
              GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_ownership, error,
                                                 "item_code = ?1 AND active = 1 ORDER BY found_at DESC, id DESC LIMIT "
                                                 MOST_FINDINGS, "s", item);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LinliRow *row = rows->pdata[i];
      LinliPrecedent *precedent = linli_precedent_new (LINLI_PRECEDENT_OWNER);

      precedent->case_id = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_CASE_ID));
      precedent->case_no = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_CASE_NO));
      precedent->unit_id = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_UNIT_ID));
      precedent->unit_name = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_UNIT_NAME));
      precedent->attributes = linli_attributes_parse (linli_row_get_text (row, LINLI_OWNERSHIP_ATTRIBUTES));
      precedent->community = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_COMMUNITY));
      precedent->place = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_PLACE));
      precedent->place_id = g_strdup (linli_row_get_text (row, LINLI_OWNERSHIP_PLACE_ID));
      precedent->at = linli_row_get_int (row, LINLI_OWNERSHIP_FOUND_AT);
      take_last (last, precedent);
    }
  return rows != NULL;
}

/* @known: a query for case ids, about @param
 *
 * Returns: (transfer full): case id -> its attributes */
static GHashTable *
load_attributes (LinliConn  *conn,
                 const char *known,
                 const char *param,
                 GError    **error)
{
  g_autoptr(GHashTable) of_case = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  g_autofree char *sql = g_strconcat ("SELECT case_id, code, value FROM (", known, ") AS known "
                                      "JOIN case_attribute ON case_id = known.id", NULL);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "s", param);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      const char *id = linli_stmt_get_text (stmt, 0);
      GHashTable *attributes = g_hash_table_lookup (of_case, id);

      if (attributes == NULL)
        {
          attributes = linli_attributes_parse (NULL);
          g_hash_table_insert (of_case, g_strdup (id), attributes);
        }
      g_hash_table_insert (attributes, g_strdup (linli_stmt_get_text (stmt, 1)), g_strdup (linli_stmt_get_text (stmt, 2)));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&of_case);
}

static LinliPrecedent *
read_precedent (LinliStmt         *stmt,
                LinliPrecedentKind kind,
                GHashTable        *of_case)
{
  LinliPrecedent *precedent = linli_precedent_new (kind);
  GHashTable *attributes;

  precedent->case_id = g_strdup (linli_stmt_get_text (stmt, 0));
  precedent->case_no = g_strdup (linli_stmt_get_text (stmt, 1));
  precedent->community = g_strdup (linli_stmt_get_text (stmt, 2));
  precedent->place = g_strdup (linli_stmt_get_text (stmt, 3));
  precedent->place_id = g_strdup (linli_stmt_get_text (stmt, 4));
  precedent->unit_id = g_strdup (linli_stmt_get_text (stmt, 5));
  precedent->unit_name = g_strdup (linli_stmt_get_text (stmt, 6));
  precedent->at = linli_stmt_get_int (stmt, 7);
  attributes = of_case != NULL ? g_hash_table_lookup (of_case, precedent->case_id) : NULL;
  if (attributes != NULL)
    precedent->attributes = g_hash_table_ref (attributes);

  return precedent;
}

/* Read like what was handled; a ruling says itself where the matter was. */
static gboolean
add_rulings (LinliConn  *conn,
             const char *item,
             GHashTable *of_case,
             GHashTable *last,
             GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT ruling.case_id, cases.case_no, ruling.community, ruling.place, "
                                                "ruling.place_id, ruling.unit_id, ruling.unit_name, ruled_at FROM ruling "
                                                "JOIN cases ON cases.id = ruling.case_id WHERE ruling.item_code = ?1 "
                                                "AND NOT EXISTS (SELECT 1 FROM ruling AS later "
                                                "WHERE later.case_id = ruling.case_id "
                                                "AND (later.ruled_at, later.id) > (ruling.ruled_at, ruling.id)) "
                                                "ORDER BY ruled_at DESC, ruling.id DESC LIMIT " MOST_FINDINGS, "s", item);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      take_last (last, read_precedent (stmt, LINLI_PRECEDENT_RULING, of_case));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_last (gpointer case_id,
          gpointer precedent,
          gpointer precedents)
{
  g_ptr_array_add (precedents, precedent);
}

/* A case that went astray first teaches once another unit has taken it on; one
 * that did not, once its unit has done it.
 *
 * @of_case: (nullable): case id -> attributes */
static gboolean
read_handled (LinliStmt  *stmt,
              GHashTable *of_case,
              GPtrArray  *handled,
              GError    **error)
{
  gboolean row = FALSE;

  if (!linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gboolean astray = linli_stmt_get_int (stmt, 9) != 0;
      gboolean done = g_str_equal (linli_stmt_get_text (stmt, 8), "done");

      if (astray || done)
        g_ptr_array_add (handled, read_precedent (stmt, astray ? LINLI_PRECEDENT_REROUTE : LINLI_PRECEDENT_SETTLED, of_case));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

#define HANDLED(cases) \
  "SELECT c.id, c.case_no, c.community, c.place, c.place_id, d.unit_id, d.unit_name, " \
  "coalesce(d.done_at, d.signed_at, d.sent_at), d.state, " \
  "EXISTS (SELECT 1 FROM dispatch AS astray WHERE astray.case_id = c.id AND astray.role = 'lead' " \
  "AND astray.state IN ('returned', 'recalled') AND astray.unit_id <> d.unit_id) " \
  "FROM (SELECT " CASE_COLUMNS cases ") AS c JOIN dispatch AS d ON d.case_id = c.id AND d.role = 'lead' " \
  "AND d.state IN ('signed', 'working', 'done')"

/* Asked once for all cases of the leaf: where nothing can be kept of them. */
static gboolean
find_handled (LinliConn  *conn,
              const char *item,
              GPtrArray  *handled,
              GError    **error)
{
  g_autoptr(GHashTable) of_case = load_attributes (conn, "SELECT id FROM (SELECT " CASE_COLUMNS LATEST_OF_LEAF ") AS latest",
                                                   item, error);
  g_autoptr(LinliStmt) stmt = NULL;

  if (of_case == NULL)
    return FALSE;
  stmt = linli_conn_query (conn, error, HANDLED (LATEST_OF_LEAF), "s", item);
  return stmt != NULL && read_handled (stmt, of_case, handled, error);
}

/**
 * linli_precedents_handled:
 * @case_id: any case
 * @handled: (element-type LinliPrecedent): receives what its handling teaches
 * @error: %LINLI_STORE_ERROR
 *
 * For the shelf.
 */
gboolean
linli_precedents_handled (LinliConn  *conn,
                          const char *case_id,
                          GPtrArray  *handled,
                          GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, HANDLED ("FROM cases WHERE id = ?1"), "s", case_id);
  g_autoptr(GHashTable) attributes = NULL;
  guint first = handled->len;

  if (stmt == NULL || !read_handled (stmt, NULL, handled, error))
    return FALSE;
  if (handled->len == first)
    return TRUE;
  if (!linli_case_attributes_load (conn, case_id, &attributes, error))
    return FALSE;
  for (guint i = first; i < handled->len; i++)
    ((LinliPrecedent *) handled->pdata[i])->attributes = g_hash_table_ref (attributes);
  return TRUE;
}

/* The keys of the latest cases come out of an index alone; what each of them
 * teaches is on the shelf, unless it has changed. */
static gboolean
take_handled (LinliPrecedentShelf *shelf,
              LinliConn           *conn,
              const char          *item,
              GPtrArray           *handled,
              GError             **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk " LATEST_OF_LEAF, "s", item);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    if (!linli_precedent_shelf_take (shelf, linli_stmt_get_int (stmt, 0), handled, error) ||
        !linli_stmt_step (stmt, &row, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_handled (LinliConn  *conn,
             const char *item,
             GHashTable *last,
             GPtrArray  *precedents,
             GError    **error)
{
  g_autoptr(GPtrArray) handled = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free);
  LinliPrecedentShelf *shelf = NULL;

  if (!linli_precedent_shelf_find (conn, &shelf, error) ||
      !(shelf != NULL ? take_handled (shelf, conn, item, handled, error) : find_handled (conn, item, handled, error)))
    return FALSE;
  for (guint i = 0; i < handled->len; i++)
    if (!g_hash_table_contains (last, ((LinliPrecedent *) handled->pdata[i])->case_id))
      g_ptr_array_add (precedents, g_steal_pointer (&handled->pdata[i]));
  return TRUE;
}

/**
 * linli_precedents_load:
 * @item: code of a leaf
 * @precedents: (element-type LinliPrecedent): receives them; a case that was
 *   ruled upon, or whose owner was found, teaches what was said last alone
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_precedents_load (LinliConn  *conn,
                       const char *item,
                       GPtrArray  *precedents,
                       GError    **error)
{
  g_autoptr(GHashTable) of_ruled = load_attributes (conn, "SELECT DISTINCT case_id AS id FROM ruling WHERE item_code = ?1",
                                                    item, error);
  g_autoptr(GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) linli_precedent_free);

  if (of_ruled == NULL || !add_findings (conn, item, last, error) || !add_rulings (conn, item, of_ruled, last, error) ||
      !add_handled (conn, item, last, precedents, error))
    return FALSE;
  g_hash_table_foreach (last, add_last, precedents);
  g_hash_table_steal_all (last);

  return TRUE;
}
