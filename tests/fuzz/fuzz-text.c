/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "linli-pinyin-sound.h"
#include "linli-pinyin.h"
#include "linli-text.h"

#include <glib.h>
#include <string.h>

typedef struct
{
  char *text;
  guint position;
} Stored;

static void
stored_clear (gpointer data)
{
  g_free (((Stored *) data)->text);
}

static GArray *
read_tokens (const char    *text,
             gssize         length,
             LinliTokenMode mode)
{
  g_autofree char *folded = linli_text_fold (text, length);
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Stored));
  LinliTokenIter iter;
  LinliToken token;

  g_array_set_clear_func (tokens, stored_clear);
  linli_token_iter_init (&iter, folded, -1, mode);
  while (linli_token_iter_next (&iter, &token))
    {
      Stored stored = { g_strndup (token.text, token.length), token.position };

      g_assert_cmpuint (token.length, >, 0);
      g_assert_cmpuint (token.start, <, token.end);
      g_assert_cmpuint (token.end, <=, strlen (folded));
      g_assert_true (g_utf8_validate (token.text, (gssize) token.length, NULL));
      g_array_append_val (tokens, stored);
    }

  return tokens;
}

static gboolean
has_token (GArray     *document,
           guint       position,
           const char *wanted,
           gboolean    prefix)
{
  for (guint i = 0; i < document->len; i++)
    {
      const Stored *stored = &g_array_index (document, Stored, i);

      if (stored->position == position &&
          (prefix ? g_str_has_prefix (stored->text, wanted) : strcmp (stored->text, wanted) == 0))
        return TRUE;
    }

  return FALSE;
}

/* What FTS5 does with one quoted phrase. */
static gboolean
phrase_occurs (GArray     *document,
               const char *phrase,
               gsize       length,
               gboolean    prefix)
{
  g_autoptr(GArray) query = read_tokens (phrase, (gssize) length, LINLI_TOKENS_QUERY);

  g_assert_cmpuint (query->len, >, 0);
  for (guint at = 0; at < document->len; at++)
    {
      guint start = g_array_index (document, Stored, at).position;
      guint i;

      for (i = 0; i < query->len; i++)
        if (!has_token (document, start + i, g_array_index (query, Stored, i).text, prefix && i == query->len - 1))
          break;
      if (i == query->len)
        return TRUE;
    }

  return FALSE;
}

static gboolean
expression_holds (GArray     *document,
                  const char *expression)
{
  gboolean holds = FALSE;

  for (const char *p = strchr (expression, '"'); p != NULL; p = strchr (p, '"'))
    {
      const char *end = strchr (p + 1, '"');

      g_assert_nonnull (end);
      holds |= phrase_occurs (document, p + 1, (gsize) (end - p - 1), end[1] == '*');
      p = end + 1;
    }

  return holds;
}

static void
check_fold (const char *text,
            gsize       length)
{
  g_autoptr(GArray) spans = NULL;
  g_autofree char *folded = linli_text_fold_spans (text, (gssize) length, &spans);
  g_autofree char *again = linli_text_fold (folded, -1);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (folded, ==, again);
  g_assert_cmpuint (spans->len, ==, strlen (folded));
  for (guint i = 0; i < spans->len; i++)
    g_assert_cmpuint (g_array_index (spans, LinliTextSpan, i).end, <=, length);
}

/* The first line is a term, the rest a text: what the tokens say and what the
 * scan says must agree, whatever the bytes. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *bytes = (const char *) data;
  const char *newline = size > 0 ? memchr (bytes, '\n', size) : NULL;
  gsize cut = newline != NULL ? (gsize) (newline - bytes) : size;
  g_autofree char *term = g_strndup (bytes, cut);
  g_autofree char *rest = g_strndup (bytes + cut, size - cut);
  g_autofree char *folded = linli_text_fold (rest, -1);
  g_autofree char *initials = linli_pinyin_initials (rest);
  g_autofree char *name = linli_pinyin_name_initials (rest);
  g_autoptr(GArray) document = read_tokens (rest, -1, LINLI_TOKENS_DOCUMENT);
  g_autoptr(GArray) places = linli_text_find (rest, term);
  int sounds = linli_pinyin_find (rest, term);
  g_auto(GStrv) guesses = linli_pinyin_guess (term);
  LinliTextReason reason;
  g_autofree char *expression = linli_text_to_fts (term, &reason);
  gboolean found = linli_text_contains (folded, term);

  check_fold (bytes, size);
  g_assert_true (g_str_is_ascii (initials) && g_str_is_ascii (name));
  g_assert_true (sounds >= LINLI_PINYIN_NOT_FOUND && sounds <= g_utf8_strlen (folded, -1));
  g_assert_true (g_strv_length (guesses) <= LINLI_PINYIN_GUESSES);
  for (guint i = 0; guesses[i] != NULL; i++)
    g_assert_true (guesses[i][0] != '\0' && strlen (guesses[i]) < strlen (term));
  g_assert_true ((expression == NULL) == (reason != LINLI_TEXT_SEARCHABLE));
  if (reason != LINLI_TEXT_TOO_LONG)
    g_assert_true (found == (expression != NULL && expression_holds (document, expression)));
  g_assert_true (found == (places->len > 0));
  return 0;
}
