/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The index yields cases in the order of their keys; views want them in the
 * order of their arrival, which is nearly, but after an import not quite, the
 * same. For the first page the stretches of keys are visited latest arrival
 * first, until no other stretch can hold a later one than is in hand: exact,
 * and a few stretches when the word is common. When the word is rare, all its
 * cases are read and sorted. */

#include "config.h"

#include "linli-case-find.h"

#include "linli-case-index.h"
#include "linli-case-select.h"
#include "linli-sight.h"
#include "linli-unit-scope.h"

#define RARE       500  /* hits that are simply read and sorted */
#define FEW_SHARE  200  /* below one candidate in so many cases, each is asked about by itself */
#define SORT_SHARE 20   /* above one hit in so many cases, an index gives the order */
#define LAST_PK    G_MAXINT64

#define HITS_SQL \
  "SELECT rowid FROM case_fts WHERE case_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4"

#define STRETCHES_SQL "SELECT stretch, newest, oldest FROM case_span ORDER BY newest DESC, stretch DESC"

#define COUNT_SQL "SELECT count(*) FROM (SELECT rowid FROM case_fts WHERE case_fts MATCH ?1 LIMIT ?2)"
#define COUNT_SEEN_SQL \
  "SELECT count(*) FROM (SELECT rowid FROM case_fts WHERE case_fts MATCH ?1 AND rowid NOT IN " \
  "(SELECT pk FROM temp.sight_hidden) LIMIT ?2)"

#define KEYS_SQL(due) "SELECT received_at, touched_at, " due " FROM cases AS c WHERE pk = ?1"

typedef struct
{
  gint64 key; /* received_at, or another time; greater comes first */
  gint64 pk;
} Hit;

/* Everything about a case that is not a word. */
typedef struct
{
  LinliConn      *conn;
  LinliCaseQuery *query;
  const char     *expression;
  gint64          n_cases; /* in the store */
  gboolean        has_only;
  LinliCaseSet    only; /* candidates by due time, owner or figure */
  LinliCaseSet    unwanted;
} Finder;

static void
finder_clear (Finder *self)
{
  linli_case_set_clear (&self->only);
  linli_case_set_clear (&self->unwanted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static gboolean
finder_init (Finder         *self,
             LinliConn      *conn,
             LinliCaseQuery *query,
             const char     *expression,
             GError        **error)
{
  self->conn = conn;
  self->query = query;
  self->expression = expression;
  self->has_only = linli_case_select_asks_few (query);
  if (self->has_only)
    {
      g_autoptr(GArray) pks = linli_case_select_pks (conn, query, LINLI_CASE_SORT_RECEIVED, NULL, 0, error);

      if (pks == NULL)
        return FALSE;
      for (guint i = 0; i < pks->len; i++)
        linli_case_set_add (&self->only, g_array_index (pks, gint64, i));
    }

  return linli_case_select_unwanted (conn, query, &self->unwanted, error) &&
         linli_conn_get_int (conn, &self->n_cases, error, "SELECT coalesce(sum(n), 0) FROM case_tally", "");
}

static gboolean
finder_admits (Finder *self,
               gint64  pk)
{
  return (!self->has_only || linli_case_set_contains (&self->only, pk)) &&
         !linli_case_set_contains (&self->unwanted, pk);
}

/* Appends the hits among the keys @first to @last, latest key first. */
static gboolean
append_hits (Finder  *self,
             gint64   first,
             gint64   last,
             gint64   limit,
             GArray  *pks,
             GError **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (self->conn, error, HITS_SQL, "siii", self->expression,
                                                first, last, limit);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      g_array_append_val (pks, pk);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *left = a;
  const Hit *right = b;

  if (left->key != right->key)
    return left->key > right->key ? -1 : 1;
  return left->pk > right->pk ? -1 : left->pk < right->pk;
}

static gboolean
came_when_asked (Finder *self,
                 gint64  received_at)
{
  for (guint i = 0; i < self->query->received->len; i++)
    if (!linli_time_span_holds (&g_array_index (self->query->received, LinliTimeSpan, i), received_at))
      return FALSE;
  return TRUE;
}

/* Looks up when the admitted cases of @pks came, into @hits. */
static gboolean
append_keys (Finder        *self,
             GArray        *pks,
             LinliCaseSort  sort,
             GArray        *hits,
             GError       **error)
{
  const char *unit = sort == LINLI_CASE_SORT_DUE ? self->query->unit : NULL;
  g_autoptr(LinliStmt) stmt = linli_conn_prepare (self->conn, unit != NULL ? KEYS_SQL (LINLI_UNIT_CLOCK ("due_at", "?2"))
                                                                           : KEYS_SQL ("due_at"), error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < pks->len; i++)
    {
      Hit hit = { 0, g_array_index (pks, gint64, i) };
      gboolean row = FALSE;

      if (!finder_admits (self, hit.pk))
        continue;
      linli_stmt_bind_int (stmt, 1, hit.pk);
      if (unit != NULL)
        linli_stmt_bind_text (stmt, 2, unit);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
      hit.key = row ? linli_stmt_get_int (stmt, 0) : 0;
      if (row && came_when_asked (self, hit.key))
        {
          /* Any due time is earlier, so more urgent, than none. */
          if (sort == LINLI_CASE_SORT_DUE)
            hit.key = linli_stmt_is_null (stmt, 2) ? hit.key - G_MAXINT64 / 2 : -linli_stmt_get_int (stmt, 2);
          else if (sort == LINLI_CASE_SORT_TOUCHED)
            hit.key = linli_stmt_get_int (stmt, 1);
          g_array_append_val (hits, hit);
        }
      linli_stmt_reset (stmt);
    }

  return TRUE;
}

static GArray *
sorted_pks (GArray *hits,
            guint   limit)
{
  guint n = limit != 0 ? MIN (limit, hits->len) : hits->len;
  GArray *pks = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < n; i++)
    g_array_append_val (pks, g_array_index (hits, Hit, i).pk);
  return pks;
}

static GArray *
sort_hits (Finder       *self,
           GArray       *pks,
           LinliCaseSort sort,
           guint         limit,
           GError      **error)
{
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));

  return append_keys (self, pks, sort, hits, error) ? sorted_pks (hits, limit) : NULL;
}

/**
 * linli_case_find_sorted:
 * @pks: (element-type gint64): what @query finds
 * @limit: how many at most; 0 for all
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64): the same in the order of
 *   @sort, at a unit by what is due there
 */
GArray *
linli_case_find_sorted (LinliConn      *conn,
                        LinliCaseQuery *query,
                        GArray         *pks,
                        LinliCaseSort   sort,
                        guint           limit,
                        GError        **error)
{
  Finder finder = { .conn = conn, .query = query };

  return sort_hits (&finder, pks, sort, limit, error);
}

/* Asks about every candidate whether it has the words. */
static GArray *
ask_few (Finder       *self,
         LinliCaseSort sort,
         guint         limit,
         GError      **error)
{
  g_autoptr(GArray) candidates = linli_case_select_pks (self->conn, self->query, sort, &self->only, 0, error);
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (candidates == NULL)
    return NULL;
  for (guint i = 0; i < candidates->len && (limit == 0 || pks->len < limit); i++)
    {
      gint64 pk = g_array_index (candidates, gint64, i);

      if (!append_hits (self, pk, pk, 1, pks, error))
        return NULL;
    }

  return g_steal_pointer (&pks);
}

/* When the latest @n hits so far are later than @newest, no hit of a stretch
 * that ends there can displace them. */
static gboolean
is_settled (GArray *hits,
            guint   n,
            gint64  newest)
{
  if (hits->len < n)
    return FALSE;
  g_array_sort (hits, compare_hits);
  g_array_set_size (hits, n);
  return g_array_index (hits, Hit, n - 1).key > newest;
}

/* Whether a stretch of keys may hold what the query asks for beside words. */
static gboolean
may_hold (Finder *self,
          gint64  first,
          gint64  last,
          gint64  oldest,
          gint64  newest)
{
  for (guint i = 0; i < self->query->received->len; i++)
    {
      LinliTimeSpan *span = &g_array_index (self->query->received, LinliTimeSpan, i);

      if (!span->excluded && ((span->before != 0 && oldest >= span->before) || newest < span->from))
        return FALSE;
    }
  return !self->has_only || linli_case_set_touches (&self->only, first, last);
}

/* The hits of a stretch, when it may hold any that are asked for. */
static gboolean
append_stretch (Finder    *self,
                LinliStmt *stretch,
                GArray    *pks,
                GError   **error)
{
  gint64 first = linli_stmt_get_int (stretch, 0) << LINLI_CASE_SPAN_BITS;
  gint64 last = first + (1 << LINLI_CASE_SPAN_BITS) - 1;

  return !may_hold (self, first, last, linli_stmt_get_int (stretch, 2), linli_stmt_get_int (stretch, 1)) ||
         append_hits (self, first, last, -1, pks, error);
}

static GArray *
latest_first (Finder  *self,
              guint    limit,
              GError **error)
{
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr(LinliStmt) stmt = linli_conn_query (self->conn, error, STRETCHES_SQL, "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row && !is_settled (hits, limit, linli_stmt_get_int (stmt, 1)))
    {
      g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (!append_stretch (self, stmt, pks, error) ||
          !append_keys (self, pks, LINLI_CASE_SORT_RECEIVED, hits, error) ||
          !linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return sorted_pks (hits, limit);
}

/* Every hit; those of stretches that cannot hold what is asked may be left out. */
static gboolean
append_all (Finder  *self,
            GArray  *pks,
            GError **error)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  if (!self->has_only && self->query->received->len == 0)
    return append_hits (self, 0, LAST_PK, -1, pks, error);

  stmt = linli_conn_query (self->conn, error, STRETCHES_SQL, "");
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    if (!append_stretch (self, stmt, pks, error) || !linli_stmt_step (stmt, &row, error))
      return FALSE;

  return TRUE;
}

/* All hits, put in order by whichever way is shorter. */
static GArray *
all_in_order (Finder       *self,
              LinliCaseSort sort,
              guint         limit,
              GError      **error)
{
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  LinliCaseSet found = { 0 };
  GArray *ordered;

  if (!append_all (self, pks, error))
    return NULL;
  if (pks->len <= RARE || pks->len < self->n_cases / SORT_SHARE)
    return sort_hits (self, pks, sort, limit, error);

  for (guint i = 0; i < pks->len; i++)
    if (finder_admits (self, g_array_index (pks, gint64, i)))
      linli_case_set_add (&found, g_array_index (pks, gint64, i));
  ordered = linli_case_select_pks (self->conn, self->query, sort, &found, limit, error);
  linli_case_set_clear (&found);

  return ordered;
}

/**
 * linli_case_find_pks:
 * @expression: the query's words, from linli_case_words_to_fts()
 * @limit: how many at most; 0 for all
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64): cases in the order of @sort
 */
GArray *
linli_case_find_pks (LinliConn      *conn,
                     LinliCaseQuery *query,
                     const char     *expression,
                     LinliCaseSort   sort,
                     guint           limit,
                     GError        **error)
{
  g_auto(Finder) finder = { 0 };
  g_autoptr(GArray) pks = NULL;

  if (!finder_init (&finder, conn, query, expression, error))
    return NULL;
  pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!append_hits (&finder, 0, LAST_PK, RARE, pks, error))
    return NULL;
  if (pks->len < RARE)
    return sort_hits (&finder, pks, sort, limit, error);
  if (finder.has_only && (gint64) finder.only.n <= finder.n_cases / FEW_SHARE)
    return ask_few (&finder, sort, limit, error);
  if (limit == 0 || sort != LINLI_CASE_SORT_RECEIVED)
    return all_in_order (&finder, sort, limit, error);

  return latest_first (&finder, limit, error);
}

/**
 * linli_case_find_count:
 * @limit: stop counting there; 0 counts all
 *
 * How many cases linli_case_find_pks() would find.
 */
gboolean
linli_case_find_count (LinliConn      *conn,
                       LinliCaseQuery *query,
                       const char     *expression,
                       guint           limit,
                       gint64         *count,
                       GError        **error)
{
  g_autoptr(GArray) pks = NULL;

  if (!linli_case_select_asks_more (query))
    return linli_conn_get_int (conn, count, error, linli_sight_hides (conn) ? COUNT_SEEN_SQL : COUNT_SQL, "si",
                               expression, limit != 0 ? (gint64) limit : -1);

  pks = linli_case_find_pks (conn, query, expression, LINLI_CASE_SORT_RECEIVED, limit, error);
  if (pks == NULL)
    return FALSE;
  *count = pks->len;
  return TRUE;
}
