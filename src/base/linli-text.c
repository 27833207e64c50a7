/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One definition of "occurs in", told twice: as a full-text expression over
 * the tokens of linli-token-iter.c, and as a scan over units that knows
 * nothing of tokens, by which the index is checked. */

#include "config.h"

#include "linli-text-private.h"

#include <string.h>

typedef struct
{
  char   *text; /* folded */
  gsize   length;
  GArray *units;
} Units;

/* The same term twice: as typed, and with the telephone number it ends in
 * written together. */
typedef struct
{
  Units typed;
  Units joined; /* text is NULL where there is no number */
} Term;

static void
units_clear (Units *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->units, g_array_unref);
}

static void
term_clear (Term *self)
{
  units_clear (&self->typed);
  units_clear (&self->joined);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Units, units_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Term, term_clear)

static void
units_read (Units *self,
            char  *folded)
{
  LinliTextUnit unit;

  self->text = folded;
  self->length = strlen (folded);
  self->units = g_array_new (FALSE, FALSE, sizeof (LinliTextUnit));
  for (gboolean more = linli_text_unit_first (folded, self->length, &unit); more;
       more = linli_text_unit_next (folded, self->length, &unit, &unit))
    g_array_append_val (self->units, unit);
}

static const LinliTextUnit *
unit_at (const Units *self,
         guint        i)
{
  return &g_array_index (self->units, LinliTextUnit, i);
}

static void
term_read (Term       *self,
           const char *term)
{
  LinliAlias alias;

  units_read (&self->typed, linli_text_fold (term, -1));

  for (guint i = 0; i < self->typed.units->len; i++)
    {
      const LinliTextUnit *unit = unit_at (&self->typed, i);
      gsize end = unit_at (&self->typed, self->typed.units->len - 1)->end;

      LinliAliasKind kind = linli_text_unit_alias (self->typed.text, self->typed.length, unit, &alias);

      if (kind == LINLI_ALIAS_JOINED && alias.end == end)
        {
          GString *joined = g_string_new_len (self->typed.text, (gssize) unit->start);

          g_string_append_len (joined, alias.digits, (gssize) alias.length);
          units_read (&self->joined, g_string_free (joined, FALSE));
          return;
        }
    }
}

static gboolean
word_matches (const char *word,
              gsize       length,
              const char *wanted,
              gsize       wanted_length,
              gboolean    prefix)
{
  return (prefix ? length >= wanted_length : length == wanted_length) &&
         memcmp (word, wanted, wanted_length) == 0;
}

/* Where the match of one unit of a text ends, or 0 when it does not match. */
static gsize
match_unit (const char          *text,
            gsize                length,
            const LinliTextUnit *unit,
            const Units         *term,
            guint                i)
{
  const LinliTextUnit *wanted = unit_at (term, i);
  const char *bytes = term->text + wanted->start;
  gsize n_bytes = wanted->end - wanted->start;
  gboolean last = i == term->units->len - 1;
  LinliAlias alias;

  if (unit->han != wanted->han || (i > 0 && unit->glued != wanted->glued))
    return 0;
  if (word_matches (text + unit->start, unit->end - unit->start, bytes, n_bytes,
                    last && !unit->han))
    return unit->start + n_bytes;
  if (linli_text_unit_alias (text, length, unit, &alias) != LINLI_ALIAS_NONE &&
      word_matches (alias.digits, alias.length, bytes, n_bytes, last))
    return alias.end;

  return 0;
}

static gsize
match_at (const char          *text,
          gsize                length,
          const LinliTextUnit *at,
          const Units         *term)
{
  LinliTextUnit unit = *at;
  gsize end = 0;

  if (term->text == NULL)
    return 0;
  for (guint i = 0; i < term->units->len; i++)
    {
      gsize unit_end;

      if (i > 0 && !linli_text_unit_next (text, length, &unit, &unit))
        return 0;
      unit_end = match_unit (text, length, &unit, term, i);
      if (unit_end == 0)
        return 0;
      end = MAX (end, unit_end);
    }

  return end;
}

static gsize
match_term_at (const char          *text,
               gsize                length,
               const LinliTextUnit *at,
               const Term          *term)
{
  gsize end = match_at (text, length, at, &term->typed);

  return end > 0 ? end : match_at (text, length, at, &term->joined);
}

/**
 * linli_text_contains:
 * @folded: a text from linli_text_fold()
 * @term: a word or phrase as typed
 *
 * Whether @term occurs in @folded, as linli-text.h defines it. A term with
 * nothing searchable occurs nowhere.
 */
gboolean
linli_text_contains (const char *folded,
                     const char *term)
{
  g_auto(Term) wanted = { 0 };
  LinliTextUnit at;
  gsize length;

  g_return_val_if_fail (folded != NULL && term != NULL, FALSE);

  length = strlen (folded);
  term_read (&wanted, term);
  for (gboolean more = linli_text_unit_first (folded, length, &at); more;
       more = linli_text_unit_next (folded, length, &at, &at))
    if (match_term_at (folded, length, &at, &wanted) > 0)
      return TRUE;

  return FALSE;
}

/**
 * linli_text_find:
 * @text: a text as stored, not folded
 * @term: a word or phrase as typed
 *
 * Where @term occurs in @text, for marking: #LinliTextSpan of bytes of @text,
 * in order, apart from each other.
 *
 * Returns: (transfer full): the places, maybe none
 */
GArray *
linli_text_find (const char *text,
                 const char *term)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (LinliTextSpan));
  g_autoptr(GArray) spans = NULL;
  g_autofree char *folded = NULL;
  g_auto(Term) wanted = { 0 };
  LinliTextUnit at;
  gsize length;

  g_return_val_if_fail (text != NULL && term != NULL, found);

  folded = linli_text_fold_spans (text, -1, &spans);
  length = strlen (folded);
  term_read (&wanted, term);
  for (gboolean more = linli_text_unit_first (folded, length, &at); more;
       more = linli_text_unit_next (folded, length, &at, &at))
    {
      gsize end = match_term_at (folded, length, &at, &wanted);
      LinliTextSpan *last = NULL;
      LinliTextSpan place;

      if (end == 0)
        continue;
      if (found->len > 0)
        last = &g_array_index (found, LinliTextSpan, found->len - 1);
      place.start = g_array_index (spans, LinliTextSpan, at.start).start;
      place.end = g_array_index (spans, LinliTextSpan, end - 1).end;
      if (last != NULL && place.start < last->end)
        last->end = MAX (last->end, place.end);
      else
        g_array_append_val (found, place);
    }

  return found;
}

/* Units hold letters, digits and ideographs only, so nothing needs escaping. */
static void
append_phrase (GString     *out,
               const Units *term)
{
  guint n = term->units->len;
  const LinliTextUnit *last = unit_at (term, n - 1);

  g_string_append_c (out, '"');
  for (guint i = 0; i < n; i++)
    {
      const LinliTextUnit *unit = unit_at (term, i);

      if (i > 0 && !unit->glued)
        g_string_append_c (out, ',');
      g_string_append_len (out, term->text + unit->start, (gssize) (unit->end - unit->start));
    }
  g_string_append (out, last->glued ? "\"" : "\"*");
}

/**
 * linli_text_to_fts:
 * @term: a word or phrase as typed
 * @reason: (out) (optional): why it cannot be searched
 *
 * The FTS5 expression that finds exactly the texts for which
 * linli_text_contains() holds, in a table whose tokenizer is "linli". It can
 * be joined to others with AND, OR and NOT.
 *
 * Returns: (transfer full) (nullable): the expression, or %NULL and @reason
 */
char *
linli_text_to_fts (const char      *term,
                   LinliTextReason *reason)
{
  g_auto(Term) wanted = { 0 };
  LinliTextReason why = LINLI_TEXT_SEARCHABLE;
  GString *out;

  g_return_val_if_fail (term != NULL, NULL);

  term_read (&wanted, term);
  if (wanted.typed.units->len == 0)
    why = wanted.typed.length == 0 ? LINLI_TEXT_EMPTY : LINLI_TEXT_NO_WORDS;
  else if (wanted.typed.units->len > LINLI_TEXT_TERM_MAX)
    why = LINLI_TEXT_TOO_LONG;
  if (reason != NULL)
    *reason = why;
  if (why != LINLI_TEXT_SEARCHABLE)
    return NULL;

  out = g_string_new (NULL);
  if (wanted.joined.text != NULL)
    g_string_append_c (out, '(');
  append_phrase (out, &wanted.typed);
  if (wanted.joined.text != NULL)
    {
      g_string_append (out, " OR ");
      append_phrase (out, &wanted.joined);
      g_string_append_c (out, ')');
    }

  return g_string_free (out, FALSE);
}
