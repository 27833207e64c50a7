/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units become tokens: a Han unit together with the one glued behind it is a
 * bigram, the last of a run stands alone, a word is itself. A term of several
 * glued characters is then a phrase of bigrams, and a single character the
 * prefix of exactly those tokens that stand where it does. */

#include "config.h"

#include "linli-text-private.h"

#include <string.h>

/**
 * linli_token_iter_init:
 * @iter: (out caller-allocates): an iterator, nothing to free
 * @folded: a text from linli_text_fold(), which must outlive @iter
 * @length: its bytes, or -1 when NUL-terminated
 * @mode: whether to give what an index stores or what is looked up
 */
void
linli_token_iter_init (LinliTokenIter *iter,
                       const char     *folded,
                       gssize          length,
                       LinliTokenMode  mode)
{
  g_return_if_fail (iter != NULL);
  g_return_if_fail (folded != NULL || length == 0);

  memset (iter, 0, sizeof *iter);
  iter->text = folded;
  iter->length = length < 0 ? strlen (folded) : (gsize) length;
  iter->mode = mode;
  iter->has_ahead = linli_text_unit_first (folded, iter->length, &iter->ahead);
}

static gboolean
next_alias (LinliTokenIter *iter,
            LinliToken     *token)
{
  LinliAlias alias;

  iter->alias_due = FALSE;
  if (linli_text_unit_alias (iter->text, iter->length, &iter->unit, &alias) == LINLI_ALIAS_NONE)
    return FALSE;

  memcpy (iter->buffer, alias.digits, alias.length);
  token->text = iter->buffer;
  token->length = alias.length;
  token->start = iter->unit.start;
  token->end = alias.end;
  token->position = iter->position - 1;
  token->same_place = TRUE;
  return TRUE;
}

static void
fill_bigram (LinliTokenIter *iter,
             LinliToken     *token)
{
  gsize first = iter->unit.end - iter->unit.start;
  gsize second = iter->ahead.end - iter->ahead.start;

  memcpy (iter->buffer, iter->text + iter->unit.start, first);
  memcpy (iter->buffer + first, iter->text + iter->ahead.start, second);
  token->text = iter->buffer;
  token->length = first + second;
  token->end = iter->ahead.end;
}

/**
 * linli_token_iter_next:
 * @iter: an iterator
 * @token: (out caller-allocates): the next token
 *
 * In document mode every unit begins one token, and a telephone number a
 * second one with @same_place. In query mode the last character of a glued
 * run that ends the text has no token of its own: its bigram says enough.
 *
 * Returns: %FALSE after the last one
 */
gboolean
linli_token_iter_next (LinliTokenIter *iter,
                       LinliToken     *token)
{
  g_return_val_if_fail (iter != NULL && token != NULL, FALSE);

  if (iter->alias_due && next_alias (iter, token))
    return TRUE;
  if (!iter->has_ahead)
    return FALSE;

  iter->unit = iter->ahead;
  iter->has_ahead = linli_text_unit_next (iter->text, iter->length, &iter->unit, &iter->ahead);
  if (iter->mode == LINLI_TOKENS_QUERY && !iter->has_ahead && iter->unit.glued)
    return FALSE;

  token->text = iter->text + iter->unit.start;
  token->length = iter->unit.end - iter->unit.start;
  token->start = iter->unit.start;
  token->end = iter->unit.end;
  token->position = iter->position++;
  token->same_place = FALSE;
  if (iter->has_ahead && iter->ahead.glued)
    fill_bigram (iter, token);
  iter->alias_due = iter->mode == LINLI_TOKENS_DOCUMENT && !iter->unit.han;

  return TRUE;
}
