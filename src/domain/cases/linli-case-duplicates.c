/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Likely duplicates of a matter being taken in. Candidates come cheaply out of
 * indexes: the resident's own cases, the leaf's latest, and cases that share
 * rare pairs of characters; each is then compared exactly. */

#include "config.h"

#include "linli-case-duplicates.h"

#include <math.h>
#include <string.h>

#include "linli-case-index.h"
#include "linli-case-state.h"
#include "linli-likeness.h"
#include "linli-place-resolve.h"
#include "linli-text.h"

#define PAIRS       40   /* pairs of characters looked up, spread over the text */
#define HITS        250  /* the latest cases that have a pair */
#define BY_WORDS    60   /* that share most are compared */
#define BY_INDEX    60   /* latest cases of the leaf, of the resident */
#define LEAST_PLACE 3    /* characters of a place that says where */

typedef struct
{
  const LinliDuplicateQuestion *question;
  LinliConn                    *conn;
  gint64                        since;
  const char                   *place_id;   /* (nullable): what the words for the place mean */
  char                         *folded;     /* of the text */
  LinliShingles                *shingles;   /* of the text */
  GHashTable                   *candidates; /* pk: reasons known already */
} Search;

static void
search_clear (Search *self)
{
  g_free (self->folded);
  linli_shingles_free (self->shingles);
  g_clear_pointer (&self->candidates, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

void
linli_duplicate_free (LinliDuplicate *self)
{
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->text);
  g_free (self->state);
  g_free (self->place);
  g_free (self->item_name);
  g_free (self);
}

/**
 * linli_duplicate_weigh:
 * @score: (out): for the order
 *
 * One thing in common is everyday, unless it is the words: a leaf has hundreds
 * of cases, a resident several matters.
 *
 * Returns: whether this is worth a look
 */
gboolean
linli_duplicate_weigh (LinliDuplicateReasons reasons,
                       double                likeness,
                       double               *score)
{
  gboolean person = (reasons & LINLI_DUPLICATE_PERSON) != 0;
  gboolean place = (reasons & LINLI_DUPLICATE_PLACE) != 0;
  gboolean item = (reasons & LINLI_DUPLICATE_ITEM) != 0;

  *score = likeness + 0.3 * person + 0.25 * place + 0.15 * item;
  return likeness >= 0.45 ||
         (person && (likeness >= 0.15 || item || place)) ||
         (place && (likeness >= 0.22 || item)) ||
         (item && likeness >= 0.3);
}

static void
add_candidate (Search                *search,
               gint64                 pk,
               LinliDuplicateReasons  reason)
{
  gint64 *key = g_new (gint64, 1);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (search->candidates, &pk));

  *key = pk;
  g_hash_table_replace (search->candidates, key, GUINT_TO_POINTER (known | reason | 1u << 31));
}

static gboolean
add_all (Search               *search,
         LinliStmt            *stmt,
         LinliDuplicateReasons reason,
         GError              **error)
{
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      add_candidate (search, linli_stmt_get_int (stmt, 0), reason);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* The number that was typed may find a resident whom whoever typed it may not
 * see: found is the case, and the number stays what it was. */
static gboolean
add_by_person (Search  *search,
               GError **error)
{
  static const char by_id[] = "SELECT c.pk FROM submission s JOIN cases c ON c.id = s.case_id WHERE s.appellant_id = ?1 "
                              "AND c.received_at >= ?2 ORDER BY s.pk DESC LIMIT ?3";
  static const char by_phone[] = "SELECT c.pk FROM main.appellant a JOIN submission s ON s.appellant_id = a.id "
                                 "JOIN cases c ON c.id = s.case_id WHERE a.phone = ?1 AND c.received_at >= ?2 "
                                 "ORDER BY s.pk DESC LIMIT ?3";
  static const char by_name[] = "SELECT c.pk FROM main.appellant a JOIN submission s ON s.appellant_id = a.id "
                                "JOIN cases c ON c.id = s.case_id WHERE a.name = ?1 AND a.phone IS NULL "
                                "AND c.received_at >= ?2 ORDER BY s.pk DESC LIMIT ?3";
  const LinliDuplicateQuestion *question = search->question;
  g_autofree char *digits = question->phone != NULL ? linli_text_phone_number (question->phone) : NULL;
  const char *phone = digits != NULL ? digits : question->phone;
  struct { const char *sql; const char *value; } ways[] = {
    { by_id, question->appellant },
    { by_phone, phone },
    { by_name, phone == NULL || *phone == '\0' ? question->name : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(LinliStmt) stmt = NULL;

      if (ways[i].value == NULL || *ways[i].value == '\0')
        continue;
      stmt = linli_conn_query (search->conn, error, ways[i].sql, "sii", ways[i].value, search->since, (gint64) BY_INDEX);
      if (!add_all (search, stmt, LINLI_DUPLICATE_PERSON, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_by_item (Search  *search,
             GError **error)
{
  g_autoptr(LinliStmt) stmt = NULL;

  if (search->question->item_code == NULL)
    return TRUE;
  stmt = linli_conn_query (search->conn, error,
                           "SELECT pk FROM cases WHERE item_code = ?1 AND received_at >= ?2 "
                           "ORDER BY received_at DESC LIMIT ?3",
                           "sii", search->question->item_code, search->since, (gint64) BY_INDEX);
  return add_all (search, stmt, LINLI_DUPLICATE_ITEM, error);
}

/* --- Words --- */

typedef struct
{
  gint64 pk;
  double weight;
} Share;

/* Returns: (transfer full) (element-type utf8): pairs of neighbouring Han
 *   characters, each once, as they come */
static GPtrArray *
list_pairs (const char *folded)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *next = g_utf8_next_char (p);
      g_autofree char *pair = NULL;

      if (*next == '\0' || !linli_char_is_han (g_utf8_get_char (p)) || !linli_char_is_han (g_utf8_get_char (next)))
        continue;
      pair = g_strndup (p, (gsize) (g_utf8_next_char (next) - p));
      if (g_hash_table_contains (seen, pair))
        continue;
      g_hash_table_add (seen, pair);
      g_ptr_array_add (pairs, g_steal_pointer (&pair));
    }

  return pairs;
}

/* Adds to the weight of every recent case that has the pair: the fewer have
 * it, the more it says. */
static gboolean
look_up (Search     *search,
         const char *pair,
         gint64      first,
         GHashTable *weights,
         GError    **error)
{
  g_autofree char *expression = linli_text_to_fts (pair, NULL);
  g_autofree char *words = expression != NULL ? g_strconcat ("words : (", expression, ")", NULL) : NULL;
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  if (words == NULL)
    return TRUE;
  stmt = linli_conn_query (search->conn, error,
                           "SELECT rowid FROM case_fts WHERE case_fts MATCH ?1 AND rowid >= ?2 "
                           "ORDER BY rowid DESC LIMIT ?3", "sii", words, first, (gint64) HITS);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      g_array_append_val (pks, pk);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  for (guint i = 0; i < pks->len; i++)
    {
      Share *share = g_hash_table_lookup (weights, &g_array_index (pks, gint64, i));

      if (share == NULL)
        {
          share = g_new0 (Share, 1);
          share->pk = g_array_index (pks, gint64, i);
          g_hash_table_insert (weights, &share->pk, share);
        }
      share->weight += log ((double) (HITS + 1) / pks->len);
    }

  return TRUE;
}

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  const Share *left = *(const Share *const *) a;
  const Share *right = *(const Share *const *) b;

  if (left->weight != right->weight)
    return left->weight > right->weight ? -1 : 1;
  return left->pk > right->pk ? -1 : left->pk < right->pk;
}

static gboolean
add_by_words (Search  *search,
              GError **error)
{
  g_autoptr(GPtrArray) pairs = list_pairs (search->folded);
  g_autoptr(GHashTable) weights = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_autoptr(GPtrArray) shares = NULL;
  GHashTableIter iter;
  gpointer share;
  gint64 stretch = 0;
  guint n = MIN (pairs->len, PAIRS);

  /* Keys grow with time, nearly: stretches of them that end before are left out. */
  if (!linli_conn_get_int (search->conn, &stretch, error,
                           "SELECT coalesce (min (stretch), 0) FROM case_span WHERE newest >= ?1", "i", search->since))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!look_up (search, pairs->pdata[i * pairs->len / n], stretch << LINLI_CASE_SPAN_BITS, weights, error))
      return FALSE;
  shares = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, weights);
  while (g_hash_table_iter_next (&iter, NULL, &share))
    g_ptr_array_add (shares, share);
  g_ptr_array_sort (shares, compare_shares);
  for (guint i = 0; i < MIN (shares->len, BY_WORDS); i++)
    add_candidate (search, ((Share *) shares->pdata[i])->pk, 0);

  return TRUE;
}

/* --- Comparing --- */

#define CASE_SQL \
  "SELECT c.id, c.case_no, c.title, c.state, c.place, c.item_name, c.received_at, c.n_submissions, c.item_code, " \
  "c.place_id, (SELECT s.text_verbatim FROM submission s WHERE s.case_id = c.id ORDER BY s.pk LIMIT 1), " \
  "c.latitude, c.longitude FROM cases c " \
  "WHERE c.pk = ?1 AND c.received_at >= ?2 AND c.merged_into_id IS NULL " \
  "AND c.state NOT IN ('merged', 'withdrawn', 'declined') " \
  "AND NOT EXISTS (SELECT 1 FROM cases part WHERE part.parent_id = c.id)"

static gboolean
is_same_place (Search     *search,
               const char *place,
               const char *place_id)
{
  const LinliDuplicateQuestion *question = search->question;
  g_autofree char *folded = NULL;

  if (search->place_id != NULL && g_strcmp0 (search->place_id, place_id) == 0)
    return TRUE;
  if (place == NULL || g_utf8_strlen (place, -1) < LEAST_PLACE)
    return FALSE;
  if (linli_text_contains (search->folded, place))
    return TRUE;
  folded = question->place != NULL ? linli_text_fold (question->place, -1) : NULL;
  return folded != NULL && linli_text_contains (folded, place);
}

/* Whether the row's position, where it has one, is within the radius asked for:
 * on a flat map, which is true to a metre over a few kilometres. */
static gboolean
is_near (const LinliDuplicateQuestion *question,
         LinliStmt                    *stmt)
{
  const double metres = 111195.0 / 10000000; /* of a stored unit of latitude */
  double north, east;

  if (question->radius == 0 || linli_stmt_is_null (stmt, 11) || linli_stmt_is_null (stmt, 12))
    return FALSE;
  north = (double) (linli_stmt_get_int (stmt, 11) - question->latitude) * metres;
  east = (double) (linli_stmt_get_int (stmt, 12) - question->longitude) * metres *
         cos ((double) question->latitude / 10000000 * G_PI / 180);

  return north * north + east * east <= (double) question->radius * question->radius;
}

static double
compare_words (Search     *search,
               const char *text,
               const char *title)
{
  g_autoptr(LinliShingles) whole = linli_shingles_new (text != NULL ? text : title);
  g_autoptr(LinliShingles) head = linli_shingles_new (title);

  return MAX (linli_shingles_likeness (search->shingles, whole), linli_shingles_likeness (search->shingles, head));
}

static LinliDuplicate *
read_duplicate (Search               *search,
                LinliStmt            *stmt,
                LinliDuplicateReasons reasons)
{
  LinliDuplicate *found = g_new0 (LinliDuplicate, 1);
  LinliCaseState state = LINLI_CASE_STATE_CLOSED;

  found->case_id = linli_stmt_dup_text (stmt, 0);
  found->case_no = linli_stmt_dup_text (stmt, 1);
  found->title = linli_stmt_dup_text (stmt, 2);
  found->state = linli_stmt_dup_text (stmt, 3);
  found->place = linli_stmt_dup_text (stmt, 4);
  found->item_name = linli_stmt_dup_text (stmt, 5);
  found->received_at = linli_stmt_get_int (stmt, 6);
  found->n_submissions = linli_stmt_get_int (stmt, 7);
  found->text = linli_stmt_dup_text (stmt, 10);
  linli_case_state_from_id (found->state, &state);
  found->open = (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN) != 0;
  found->likeness = compare_words (search, found->text, found->title);
  found->reasons = reasons;
  if (search->question->item_code != NULL && g_strcmp0 (linli_stmt_get_text (stmt, 8), search->question->item_code) == 0)
    found->reasons |= LINLI_DUPLICATE_ITEM;
  if (is_same_place (search, found->place, linli_stmt_get_text (stmt, 9)) || is_near (search->question, stmt))
    found->reasons |= LINLI_DUPLICATE_PLACE;
  if (found->likeness >= 0.3)
    found->reasons |= LINLI_DUPLICATE_WORDS;

  return found;
}

static gboolean
compare_one (Search               *search,
             gint64                pk,
             LinliDuplicateReasons reasons,
             GPtrArray            *duplicates,
             GError              **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (search->conn, error, CASE_SQL, "ii", pk, search->since);
  LinliDuplicate *found;
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  found = read_duplicate (search, stmt, reasons);
  if (!linli_duplicate_weigh (found->reasons, found->likeness, &found->score) ||
      g_strcmp0 (found->case_id, search->question->leave_out) == 0)
    linli_duplicate_free (found);
  else
    g_ptr_array_add (duplicates, found);

  return TRUE;
}

/* Open ones first: only to them another voice can be added. */
static int
compare_duplicates (gconstpointer a,
                    gconstpointer b)
{
  const LinliDuplicate *left = *(const LinliDuplicate *const *) a;
  const LinliDuplicate *right = *(const LinliDuplicate *const *) b;

  if (left->open != right->open)
    return left->open ? -1 : 1;
  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  if (left->received_at != right->received_at)
    return left->received_at > right->received_at ? -1 : 1;
  return strcmp (left->case_id, right->case_id);
}

static gboolean
compare_all (Search    *search,
             GPtrArray *duplicates,
             GError   **error)
{
  GHashTableIter iter;
  gpointer pk;
  gpointer reasons;

  g_hash_table_iter_init (&iter, search->candidates);
  while (g_hash_table_iter_next (&iter, &pk, &reasons))
    if (!compare_one (search, *(gint64 *) pk, GPOINTER_TO_UINT (reasons) & ~(1u << 31), duplicates, error))
      return FALSE;
  g_ptr_array_sort (duplicates, compare_duplicates);

  return TRUE;
}

/**
 * linli_case_duplicates_find:
 * @limit: how many at most
 * @error: %LINLI_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Cases of the last days that may be the same matter. Merged cases, wholes
 * that were split, withdrawn and declined ones are none. Without any words,
 * nothing is compared and nothing found.
 *
 * Returns: (transfer full) (element-type LinliDuplicate): likeliest first
 */
GPtrArray *
linli_case_duplicates_find (LinliConn                    *conn,
                            const LinliDuplicateQuestion *question,
                            guint                         limit,
                            GError                      **error)
{
  g_autoptr(GPtrArray) duplicates = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_duplicate_free);
  g_auto(Search) search = { .question = question, .conn = conn };
  g_autoptr(LinliPlaceFound) place = NULL;

  g_return_val_if_fail (conn != NULL && question != NULL && question->text != NULL, NULL);

  search.since = question->now - (gint64) question->days * 24 * 3600 * G_USEC_PER_SEC;
  search.folded = linli_text_fold (question->text, -1);
  search.shingles = linli_shingles_new (question->text);
  search.candidates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (question->days == 0 || linli_shingles_get_n (search.shingles) == 0)
    return g_steal_pointer (&duplicates);
  if (!linli_place_resolve (conn, question->place_id, question->place, NULL, &place, error))
    return NULL;
  search.place_id = place != NULL ? linli_row_get_id (place->row) : question->place_id;
  if (!add_by_person (&search, error) || !add_by_item (&search, error) || !add_by_words (&search, error) ||
      !compare_all (&search, duplicates, error))
    return NULL;
  if (duplicates->len > limit)
    g_ptr_array_set_size (duplicates, (gint) limit);

  return g_steal_pointer (&duplicates);
}
