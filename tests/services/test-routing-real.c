/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the unit proposed is the one that really settled it: a year of a
 * district's cases, learned from the earlier seventy per cent and asked about
 * the later thirty, without rules and without a duty list. */

#include "linli-route.h"
#include "linli-table-reader.h"

#include "table-test.h"

typedef struct
{
  char *leaf;
  char *community;
  char *unit;
  char *at; /* 2018-07-04 17:24:41: text in the order of time */
} Case;

static void
case_free (gpointer data)
{
  Case *one = data;

  g_free (one->leaf);
  g_free (one->community);
  g_free (one->unit);
  g_free (one->at);
  g_free (one);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 ((*(Case *const *) a)->at, (*(Case *const *) b)->at);
}

static int
find_column (GPtrArray  *header,
             const char *name)
{
  for (guint i = 0; i < header->len; i++)
    if (g_str_equal (header->pdata[i], name))
      return (int) i;
  g_error ("no column %s", name);
}

static GPtrArray *
load (const char *path)
{
  static const char *const names[] = { "SUB_TYPE_NAME", "COMMUNITY_NAME", "DISPOSE_UNIT_NAME", "CREATE_TIME" };
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
  GPtrArray *cases = g_ptr_array_new_with_free_func (case_free);
  GPtrArray *row = NULL;
  int columns[G_N_ELEMENTS (names)];

  g_assert_no_error (error);
  g_assert_true (linli_table_reader_next (reader, &row, &error));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    columns[i] = find_column (row, names[i]);
  while (linli_table_reader_next (reader, &row, &error) && row != NULL)
    {
      Case *one = g_new0 (Case, 1);

      one->leaf = g_strdup (row->pdata[columns[0]]);
      one->community = g_strdup (row->pdata[columns[1]]);
      one->unit = g_strdup (row->pdata[columns[2]]);
      one->at = g_strdup (row->pdata[columns[3]]);
      g_ptr_array_add (cases, one);
    }
  g_assert_no_error (error);
  g_ptr_array_sort (cases, compare);

  return cases;
}

/* What the earlier cases of a leaf teach. */
static GPtrArray *
precedents_of (GPtrArray  *cases,
               guint       n_known,
               const char *leaf)
{
  GPtrArray *precedents = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free);

  for (guint i = 0; i < n_known; i++)
    {
      Case *one = cases->pdata[i];
      LinliPrecedent *precedent;

      if (!g_str_equal (one->leaf, leaf))
        continue;
      precedent = linli_precedent_new (LINLI_PRECEDENT_SETTLED);
      precedent->case_id = g_strdup_printf ("%06u", i);
      precedent->case_no = g_strdup (precedent->case_id);
      precedent->unit_id = g_strdup (one->unit);
      precedent->unit_name = g_strdup (one->unit);
      precedent->community = g_strdup (one->community);
      precedent->at = i;
      g_ptr_array_add (precedents, precedent);
    }
  return precedents;
}

typedef struct
{
  guint n;
  guint right;     /* as proposed */
  guint frequent;  /* the leaf's most frequent unit */
} Score;

static void
ask (GPtrArray *precedents,
     Case      *one,
     GPtrArray *no_rules,
     Score     *score)
{
  const LinliRouteFacts facts = { .item = one->leaf, .community = one->community, .day = "2018-12-01" };
  const LinliRouteFacts elsewhere = { .item = one->leaf, .day = "2018-12-01" };
  g_autoptr(LinliRoute) route = linli_route (&facts, no_rules, NULL, precedents, NULL);
  g_autoptr(LinliRoute) frequent = linli_route (&elsewhere, no_rules, NULL, precedents, NULL);

  score->n++;
  score->right += g_strcmp0 (route->lead_id, one->unit) == 0;
  score->frequent += g_strcmp0 (frequent->lead_id, one->unit) == 0;
}

static gboolean
is_cover (const char *leaf)
{
  return g_strrstr (leaf, "井盖") != NULL || g_str_equal (leaf, "雨水箅子");
}

static void
test_later_cases (void)
{
  g_autofree char *path = table_test_real ("pingshan-cases-2018.csv");
  g_autoptr(GPtrArray) no_rules = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) covers = g_ptr_array_new ();
  Score scores[2] = { { 0 } };

  if (path == NULL)
    return;
  all = load (path);
  for (guint i = 0; i < all->len; i++)
    if (is_cover (((Case *) all->pdata[i])->leaf))
      g_ptr_array_add (covers, all->pdata[i]);

  for (guint set = 0; set < 2; set++)
    {
      GPtrArray *cases = set == 0 ? covers : all;
      guint n_known = cases->len * 7 / 10;
      g_autoptr(GHashTable) of_leaf = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

      for (guint i = n_known; i < cases->len; i++)
        {
          Case *one = cases->pdata[i];

          if (!g_hash_table_contains (of_leaf, one->leaf))
            g_hash_table_insert (of_leaf, one->leaf, precedents_of (cases, n_known, one->leaf));
          ask (g_hash_table_lookup (of_leaf, one->leaf), one, no_rules, &scores[set]);
        }
      g_test_message ("%s: %u later cases, proposed rightly %.1f %%, the leaf's most frequent unit %.1f %%",
                      set == 0 ? "well covers" : "all leaves", scores[set].n, 100.0 * scores[set].right / scores[set].n,
                      100.0 * scores[set].frequent / scores[set].n);
    }

  /* The place tells more than the leaf alone. */
  g_assert_cmpuint (scores[0].n, >, 100);
  g_assert_cmpuint (scores[0].right, >, scores[0].frequent);
  g_assert_cmpuint (scores[1].right, >, scores[1].frequent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/routing-real/later-cases", test_later_cases);
  return g_test_run ();
}
