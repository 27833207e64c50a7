/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands the tokens of linli-text.h to FTS5. Texts are folded in here, so a
 * table may hold them as people wrote them, and snippets keep their bytes.
 *
 * Words get two control characters in front. A table that asks for
 * prefix='1 3 4 5 6' thus has its words by their first one to four
 * characters, as people type telephones and numbers, without a second entry
 * for every pair of Han characters. */

#include "config.h"

#include "linli-tokenizer.h"

#include "linli-store-error.h"
#include "linli-text.h"

#include <sqlite3.h>

/* There is nothing to remember, but FTS5 takes NULL for out of memory. */
static int
tokenizer_create (void           *context,
                  const char    **arguments,
                  int             n_arguments,
                  Fts5Tokenizer **tokenizer)
{
  static const char nothing = 0;

  if (n_arguments > 0)
    return SQLITE_ERROR;

  *tokenizer = (Fts5Tokenizer *) &nothing;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
}

#define WORD_MARK "\001\001"

/* Puts the mark in front of a word; a token of Han characters stays. */
static void
mark_word (LinliToken *token,
           GString    *buffer)
{
  if (linli_char_class (g_utf8_get_char (token->text)) == LINLI_CHAR_HAN)
    return;

  g_string_assign (buffer, WORD_MARK);
  g_string_append_len (buffer, token->text, (gssize) token->length);
  token->text = buffer->str;
  token->length = buffer->len;
}

static int
tokenizer_run (Fts5Tokenizer *tokenizer,
               void          *context,
               int            flags,
               const char    *text,
               int            length,
               int          (*take) (void *, int, const char *, int, int, int))
{
  g_autoptr(GArray) spans = NULL;
  g_autofree char *folded = NULL;
  g_autoptr(GString) word = NULL;
  gboolean places_wanted = (flags & FTS5_TOKENIZE_AUX) != 0; /* highlight(), snippet() */
  LinliTokenIter iter;
  LinliToken token;

  if (text == NULL || length <= 0)
    return SQLITE_OK;

  word = g_string_new (NULL);
  folded = linli_text_fold_spans (text, length, places_wanted ? &spans : NULL);
  linli_token_iter_init (&iter, folded, -1,
                         flags & FTS5_TOKENIZE_QUERY ? LINLI_TOKENS_QUERY : LINLI_TOKENS_DOCUMENT);
  while (linli_token_iter_next (&iter, &token))
    {
      int start = (int) token.start;
      int end = (int) token.end;
      int rc;

      if (places_wanted)
        {
          start = (int) g_array_index (spans, LinliTextSpan, token.start).start;
          end = (int) g_array_index (spans, LinliTextSpan, token.end - 1).end;
        }
      mark_word (&token, word);
      rc = take (context, token.same_place ? FTS5_TOKEN_COLOCATED : 0, token.text,
                 (int) token.length, start, end);
      if (rc != SQLITE_OK)
        return rc;
    }

  return SQLITE_OK;
}

static fts5_api *
find_fts5 (sqlite3 *handle)
{
  sqlite3_stmt *stmt = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK)
    return NULL;

  sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return api;
}

/**
 * linli_tokenizer_register:
 * @handle: a connection, open
 * @error: %LINLI_STORE_ERROR_INTERNAL when this SQLite was built without FTS5
 *
 * Makes `tokenize='linli'` known to @handle until it is closed.
 */
gboolean
linli_tokenizer_register (sqlite3 *handle,
                          GError **error)
{
  static fts5_tokenizer tokenizer = { tokenizer_create, tokenizer_delete, tokenizer_run };
  fts5_api *api;

  g_return_val_if_fail (handle != NULL, FALSE);

  api = find_fts5 (handle);
  if (api == NULL || api->xCreateTokenizer (api, "linli", NULL, &tokenizer, NULL) != SQLITE_OK)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL,
                           "SQLite has no full-text search");
      return FALSE;
    }

  return TRUE;
}
