/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-leaf-knowledge.h"

#include <string.h>

#include "linli-case-examples.h"
#include "linli-catalogue-tables.h"
#include "linli-duty-search.h"
#include "linli-likeness.h"
#include "linli-text.h"

#define FILE_NAME   "suggestions.model"
#define ALL_LEAVES  100000
#define PAGE        500   /* cases a read job */
#define PER_LEAF    80    /* the latest ones of a leaf teach */
#define MOST        12000 /* all together */
#define FAR_ENOUGH  60000 /* cases looked at */
#define MOST_NEWS   1000  /* cases settled since, after which it is learned again */
#define LEAST_SCORE (-0.75) /* of a machine that answers -1 for no and 1 for yes */
#define BY_NAME     1.2   /* what saying the name adds to a score */
#define BY_ALIAS    0.8
#define BY_PIECE    0.2   /* what saying a piece of it adds, and as much again, twice, the more of it */
#define TRIED       12    /* classes of the machine that are looked at */

struct _LinliLeafKnowledge
{
  int             refs;
  GPtrArray      *leaves;  /* element-type LinliRow */
  GPtrArray      *names;   /* GStrv each: the name, then its aliases, folded */
  GPtrArray      *pieces;  /* LinliShingles of the name of each */
  GHashTable     *by_code; /* code: number of the leaf, from 1 */
  LinliTextModel *model;   /* (nullable) */
  char           *basis;   /* what a model must have been learned from */
  gint64          n_cases; /* settled, now */
  gboolean        stale;
};

LinliLeafKnowledge *
linli_leaf_knowledge_ref (LinliLeafKnowledge *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
linli_leaf_knowledge_unref (LinliLeafKnowledge *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->refs))
    return;
  g_ptr_array_unref (self->leaves);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->pieces);
  g_hash_table_unref (self->by_code);
  linli_text_model_unref (self->model);
  g_free (self->basis);
  g_free (self);
}

void
linli_leaf_suggestion_free (LinliLeafSuggestion *suggestion)
{
  linli_row_unref (suggestion->item);
  for (guint i = 0; i < G_N_ELEMENTS (suggestion->words); i++)
    g_free (suggestion->words[i]);
  g_free (suggestion);
}

/* --- The list --- */

/* Names of one character would be found everywhere. */
static char **
fold_names (LinliRow *leaf)
{
  const char *aliases = linli_row_get_text (leaf, LINLI_DUTY_ITEM_ALIASES);
  g_autofree char *all = g_strconcat (linli_row_get_text (leaf, LINLI_DUTY_ITEM_NAME), " ", aliases != NULL ? aliases : "", NULL);
  g_auto(GStrv) words = g_strsplit_set (all, " \n", -1);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = linli_text_fold (words[i], -1);

      if (i == 0 || g_utf8_strlen (folded, -1) >= 2)
        g_strv_builder_add (names, folded);
    }
  return g_strv_builder_end (names);
}

static void
digest_text (GChecksum  *checksum,
             const char *text)
{
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""), -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
}

static gboolean
read_leaves (LinliLeafKnowledge *self,
             LinliConn          *conn,
             GError            **error)
{
  static const guint columns[] = { LINLI_DUTY_ITEM_CODE, LINLI_DUTY_ITEM_NAME, LINLI_DUTY_ITEM_ALIASES,
                                   LINLI_DUTY_ITEM_PATH, LINLI_DUTY_ITEM_STANDARD, LINLI_DUTY_ITEM_FILING };
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  self->leaves = linli_duty_search (conn, "", ALL_LEAVES, error);
  if (self->leaves == NULL)
    {
      self->leaves = g_ptr_array_new ();
      return FALSE;
    }
  for (guint i = 0; i < self->leaves->len; i++)
    {
      LinliRow *leaf = self->leaves->pdata[i];

      g_ptr_array_add (self->names, fold_names (leaf));
      g_ptr_array_add (self->pieces, linli_shingles_new (linli_row_get_text (leaf, LINLI_DUTY_ITEM_NAME)));
      g_hash_table_insert (self->by_code, (gpointer) linli_row_get_text (leaf, LINLI_DUTY_ITEM_CODE), GUINT_TO_POINTER (i + 1));
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        digest_text (checksum, linli_row_get_text (leaf, columns[c]));
    }
  self->basis = g_strdup (g_checksum_get_string (checksum));

  return TRUE;
}

/* --- The file --- */

static char *
model_path (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

/* The list must be exactly the one learned from; cases may have come since,
 * until they are a tenth more, or many. */
static void
read_model (LinliLeafKnowledge *self,
            const char         *folder)
{
  g_autofree char *path = model_path (folder);
  g_autofree char *contents = NULL;
  g_autofree char *basis = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(LinliTextModel) model = NULL;
  g_auto(GStrv) parts = NULL;
  gsize length = 0;
  gint64 then;

  self->stale = TRUE;
  if (!g_file_get_contents (path, &contents, &length, NULL))
    return;
  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  model = linli_text_model_from_bytes (bytes, &basis, NULL);
  if (model == NULL)
    return;
  parts = g_strsplit (basis, " ", 2);
  if (g_strv_length (parts) != 2 || !g_str_equal (parts[0], self->basis))
    return;
  then = g_ascii_strtoll (parts[1], NULL, 10);
  self->stale = ABS (self->n_cases - then) > MIN (then / 10 + 20, MOST_NEWS);
  self->model = g_steal_pointer (&model);
}

static void
write_model (LinliLeafKnowledge *self,
             const char         *folder)
{
  g_autofree char *path = model_path (folder);
  g_autofree char *basis = g_strdup_printf ("%s %" G_GINT64_FORMAT, self->basis, self->n_cases);
  g_autoptr(GBytes) bytes = linli_text_model_to_bytes (self->model, basis);
  g_autoptr(GError) error = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("What was learned is not kept, and will be learned again: %s", error->message);
}

/**
 * linli_leaf_knowledge_read:
 * @folder: the store's
 *
 * The list as it is now, and what was learned for exactly this list, when it
 * is in the folder and whole. Runs in a lane.
 *
 * Returns: (transfer full)
 */
LinliLeafKnowledge *
linli_leaf_knowledge_read (LinliConn  *conn,
                           const char *folder,
                           GError    **error)
{
  g_autoptr(LinliLeafKnowledge) self = g_new0 (LinliLeafKnowledge, 1);

  self->refs = 1;
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_shingles_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  if (!read_leaves (self, conn, error) || !linli_case_examples_count (conn, &self->n_cases, error))
    return NULL;
  read_model (self, folder);

  return g_steal_pointer (&self);
}

/* Whether it should be learned again. */
gboolean
linli_leaf_knowledge_is_stale (LinliLeafKnowledge *self)
{
  return self->stale;
}

gboolean
linli_leaf_knowledge_has_model (LinliLeafKnowledge *self)
{
  return self->model != NULL;
}

/* --- Learning --- */

/* Returns: (transfer full): what the list itself teaches: a leaf that no case
 *   was ever put under is known by its words */
GPtrArray *
linli_leaf_knowledge_examples (LinliLeafKnowledge *self)
{
  GPtrArray *examples = linli_examples_new ();

  for (guint i = 0; i < self->leaves->len; i++)
    {
      LinliRow *leaf = self->leaves->pdata[i];
      const char *code = linli_row_get_text (leaf, LINLI_DUTY_ITEM_CODE);
      const char *aliases = linli_row_get_text (leaf, LINLI_DUTY_ITEM_ALIASES);
      const char *standard = linli_row_get_text (leaf, LINLI_DUTY_ITEM_STANDARD);
      const char *filing = linli_row_get_text (leaf, LINLI_DUTY_ITEM_FILING);
      g_autofree char *brief = g_strjoin ("\n", linli_row_get_text (leaf, LINLI_DUTY_ITEM_NAME),
                                          aliases != NULL ? aliases : "", NULL);
      g_autofree char *whole = g_strjoin ("\n", brief, linli_row_get_text (leaf, LINLI_DUTY_ITEM_PATH),
                                          standard != NULL ? standard : "", filing != NULL ? filing : "", NULL);

      linli_examples_add_rule (examples, brief, code);
      linli_examples_add_rule (examples, whole, code);
    }

  return examples;
}

typedef struct
{
  GPtrArray  *examples;
  GHashTable *counts; /* leaf code: how many are there */
} Page;

static void
take_example (const char *item_code,
              const char *text,
              gpointer    data)
{
  Page *page = data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (page->counts, item_code));

  if (n >= PER_LEAF)
    return;
  g_hash_table_replace (page->counts, g_strdup (item_code), GUINT_TO_POINTER (n + 1));
  linli_examples_add (page->examples, text, item_code);
}

/**
 * linli_leaf_examples_page:
 * @counts: a hash table of owned texts, empty at first
 * @before: (inout): %G_MAXINT64 at first; 0 when enough is read
 *
 * Adds some settled cases to @examples. Runs in a lane, and leaves it free
 * between its pages.
 */
gboolean
linli_leaf_examples_page (LinliConn  *conn,
                          GPtrArray  *examples,
                          GHashTable *counts,
                          gint64     *before,
                          GError    **error)
{
  Page page = { examples, counts };
  guint looked = GPOINTER_TO_UINT (g_hash_table_lookup (counts, "")) + PAGE;

  if (!linli_case_examples_read (conn, before, PAGE, take_example, &page, error))
    return FALSE;
  g_hash_table_replace (counts, g_strdup (""), GUINT_TO_POINTER (looked));
  if (examples->len >= MOST || looked >= FAR_ENOUGH)
    *before = 0;
  return TRUE;
}

/**
 * linli_leaf_knowledge_learn:
 * @folder: (nullable): where to keep what was learned
 *
 * Takes seconds; runs in a thread of its own, never in a lane.
 *
 * Returns: (transfer full): what is known afterwards
 */
LinliLeafKnowledge *
linli_leaf_knowledge_learn (LinliLeafKnowledge *self,
                            GPtrArray          *examples,
                            const char         *folder,
                            GCancellable       *cancellable,
                            GError            **error)
{
  LinliLearning learning = linli_learning_defaults ();
  g_autoptr(LinliTextModel) model = NULL;
  LinliLeafKnowledge *learned;

  /* A thousand leaves, and a desk's memory: the heaviest words of each will do. */
  learning.bayes = 0;
  learning.most = 60000;
  learning.per_class = 400;
  learning.others = 3000;
  model = linli_learn (examples, &learning, cancellable, error);
  if (model == NULL)
    return NULL;
  learned = g_new0 (LinliLeafKnowledge, 1);
  learned->refs = 1;
  learned->leaves = g_ptr_array_ref (self->leaves);
  learned->names = g_ptr_array_ref (self->names);
  learned->pieces = g_ptr_array_ref (self->pieces);
  learned->by_code = g_hash_table_ref (self->by_code);
  learned->basis = g_strdup (self->basis);
  learned->n_cases = self->n_cases;
  learned->model = g_steal_pointer (&model);
  if (folder != NULL && !g_cancellable_is_cancelled (cancellable)) /* else the folder may be gone */
    write_model (learned, folder);

  return learned;
}

/* --- Asking --- */

/* Returns: (transfer none) (nullable): the longest name of the leaf that the
 *   text says; @first: whether it is the name itself */
static const char *
find_name (char      **names,
           const char *folded,
           gboolean   *first)
{
  const char *found = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0' && strstr (folded, names[i]) != NULL && (found == NULL || strlen (names[i]) > strlen (found)))
      {
        found = names[i];
        *first = i == 0;
      }
  return found;
}

static LinliLeafSuggestion *
new_suggestion (LinliLeafKnowledge *self,
                guint               leaf,
                LinliGuess         *guess)
{
  LinliLeafSuggestion *suggestion = g_new0 (LinliLeafSuggestion, 1);

  suggestion->item = linli_row_ref (self->leaves->pdata[leaf]);
  suggestion->score = guess != NULL ? guess->score : -1;
  suggestion->reason = guess != NULL && guess->n_examples > 0 ? LINLI_LEAF_BY_CASES : LINLI_LEAF_BY_LIST;
  suggestion->n_cases = guess != NULL ? guess->n_examples : 0;
  for (guint i = 0; guess != NULL && i < G_N_ELEMENTS (suggestion->words); i++)
    suggestion->words[i] = g_strdup (guess->words[i]);

  return suggestion;
}

/* Naming the thing outweighs sounding like it. */
static void
note_name (LinliLeafSuggestion *suggestion,
           const char          *name,
           gboolean             first)
{
  suggestion->score += first ? BY_NAME : BY_ALIAS;
  if (suggestion->reason == LINLI_LEAF_BY_CASES && suggestion->n_cases > 2)
    return; /* how often it was so before says more */
  suggestion->reason = first ? LINLI_LEAF_BY_NAME : LINLI_LEAF_BY_ALIAS;
  for (guint i = 0; i < G_N_ELEMENTS (suggestion->words); i++)
    g_clear_pointer (&suggestion->words[i], g_free);
  suggestion->words[0] = g_strdup (name);
}

static void
note_piece (LinliLeafSuggestion *suggestion,
            double               cover)
{
  if (cover > 0)
    suggestion->score += BY_PIECE + 2 * BY_PIECE * cover;
}

static int
compare_suggestions (gconstpointer a,
                     gconstpointer b)
{
  const LinliLeafSuggestion *left = *(const LinliLeafSuggestion *const *) a;
  const LinliLeafSuggestion *right = *(const LinliLeafSuggestion *const *) b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return strcmp (linli_row_get_text (left->item, LINLI_DUTY_ITEM_CODE), linli_row_get_text (right->item, LINLI_DUTY_ITEM_CODE));
}

static void
add_learned (LinliLeafKnowledge   *self,
             const char           *text,
             LinliLeafSuggestion **by_leaf)
{
  g_autoptr(GPtrArray) guesses = self->model != NULL ? linli_text_model_rank (self->model, text, TRIED) : NULL;

  for (guint i = 0; guesses != NULL && i < guesses->len; i++)
    {
      LinliGuess *guess = guesses->pdata[i];
      guint leaf = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_code, guess->label));

      /* A leaf that is no longer in force, or one that nothing in the text speaks for. */
      if (leaf != 0 && guess->words[0] != NULL)
        by_leaf[leaf - 1] = new_suggestion (self, leaf - 1, guess);
    }
}

/**
 * linli_leaf_knowledge_suggest:
 * @text: what a resident says
 *
 * Returns: (transfer full) (element-type LinliLeafSuggestion): likeliest first;
 *   none for a text that says nothing
 */
GPtrArray *
linli_leaf_knowledge_suggest (LinliLeafKnowledge *self,
                              const char         *text,
                              guint               limit)
{
  GPtrArray *suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_leaf_suggestion_free);
  g_autofree char *folded = linli_text_fold (text, -1);
  g_autoptr(LinliShingles) said = linli_shingles_new (folded);
  g_autofree LinliLeafSuggestion **by_leaf = g_new0 (LinliLeafSuggestion *, self->leaves->len + 1);

  add_learned (self, text, by_leaf);
  for (guint leaf = 0; leaf < self->leaves->len; leaf++)
    {
      gboolean first = FALSE;
      const char *name = find_name (self->names->pdata[leaf], folded, &first);

      if (name != NULL && by_leaf[leaf] == NULL)
        by_leaf[leaf] = new_suggestion (self, leaf, NULL);
      if (name != NULL)
        note_name (by_leaf[leaf], name, first);
      else if (by_leaf[leaf] != NULL)
        note_piece (by_leaf[leaf], linli_shingles_cover (self->pieces->pdata[leaf], said));
      if (by_leaf[leaf] != NULL && by_leaf[leaf]->score >= LEAST_SCORE)
        g_ptr_array_add (suggestions, by_leaf[leaf]);
      else if (by_leaf[leaf] != NULL)
        linli_leaf_suggestion_free (by_leaf[leaf]);
    }
  g_ptr_array_sort (suggestions, compare_suggestions);
  if (suggestions->len > limit)
    g_ptr_array_set_size (suggestions, (gint) limit);

  return suggestions;
}
