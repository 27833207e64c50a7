/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text for searching.
 *
 * Folding makes texts that a reader takes for the same equal: NFKC (full and
 * half width, compatibility ideographs, circled digits), CJK radicals pasted
 * from PDF files, lower case. Invisible and control characters vanish, white
 * space of any kind becomes one space. Traditional characters stay.
 *
 * What it means that a term occurs in a text
 * ------------------------------------------
 * Both are folded, then read as a row of units:
 *
 *   - every Han or kana character is a unit (々 〇 and private-use characters
 *     of old name systems count as Han);
 *   - every longest run of letters, digits and their combining marks is a
 *     unit, a word; after LINLI_TEXT_WORD_MAX characters a new one begins;
 *   - everything else (white space, punctuation, symbols, emoji) separates.
 *
 * Two neighbouring Han units are glued when nothing, or only white space, is
 * between them (张　三 is 张三, a wrapped line is one line). All separators
 * are alike: "3-2-501", "3/2/501" and "3 2 501" are the same three words, and
 * between a word and a Han character they mean nothing (A3 区 is A3区).
 *
 * The term t1..tk occurs where units u1..uk follow each other in the text so
 * that every ti equals ui, neighbouring Han units are glued in both or in
 * neither, and the last one, when it is a word, may be a prefix of uk.
 *
 * So a Chinese term is a substring; a word is found from its beginning, and
 * exactly when something follows it.
 *
 * Telephone numbers have more than one spelling. A word of the text that
 * begins one is also read as its digits written together, without 86
 * (138-0013-8000, +86 138 0013 8000), and a landline written in one word also
 * as the number behind the area code; a term that ends in a number written in
 * groups or with 86 is also looked for with its digits together.
 *
 * A text field that must not be read on into the next one is closed with
 * LINLI_TEXT_BREAK when fields are joined for the index. */

#define LINLI_TEXT_WORD_MAX 64
#define LINLI_TEXT_BREAK    " | "

typedef enum
{
  LINLI_CHAR_SEPARATOR, /* punctuation, symbols, emoji */
  LINLI_CHAR_SPACE,
  LINLI_CHAR_WORD,      /* letters and digits */
  LINLI_CHAR_MARK,      /* belongs to the letter before it */
  LINLI_CHAR_HAN,       /* Han and kana: a unit each */
} LinliCharClass;

/* Why a term cannot be searched. */
typedef enum
{
  LINLI_TEXT_SEARCHABLE,
  LINLI_TEXT_EMPTY,    /* nothing, or only white space */
  LINLI_TEXT_NO_WORDS, /* only punctuation, symbols, emoji */
  LINLI_TEXT_TOO_LONG, /* more than LINLI_TEXT_TERM_MAX units */
} LinliTextReason;

#define LINLI_TEXT_TERM_MAX 200

typedef struct
{
  guint start; /* bytes */
  guint end;
} LinliTextSpan;

/* Document mode gives what an index stores, query mode what is looked up. */
typedef enum
{
  LINLI_TOKENS_DOCUMENT,
  LINLI_TOKENS_QUERY,
} LinliTokenMode;

typedef struct
{
  const char *text;       /* valid until the next step; not terminated */
  gsize       length;
  gsize       start;      /* bytes of the folded text it stands for */
  gsize       end;
  guint       position;   /* number of its unit */
  gboolean    same_place; /* another reading of the token before it */
} LinliToken;

/* A unit as described above, and the place of the scan; private. */
typedef struct
{
  gboolean han;
  gboolean glued; /* Han, and so is the one before, with nothing between */
  gsize    start;
  gsize    end;
} LinliTextUnit;

typedef struct
{
  const char    *text;
  gsize          length;
  LinliTokenMode mode;
  LinliTextUnit  unit;
  LinliTextUnit  ahead;
  gboolean       has_ahead;
  gboolean       alias_due;
  guint          position;
  char           buffer[32];
} LinliTokenIter;

LinliCharClass linli_char_class       (gunichar         c);
gboolean       linli_char_is_han      (gunichar         c);
gboolean       linli_char_is_kana     (gunichar         c);

char          *linli_text_fold        (const char      *text,
                                       gssize           length);
char          *linli_text_fold_spans  (const char      *text,
                                       gssize           length,
                                       GArray         **spans);

void           linli_token_iter_init  (LinliTokenIter  *iter,
                                       const char      *folded,
                                       gssize           length,
                                       LinliTokenMode   mode);
gboolean       linli_token_iter_next  (LinliTokenIter  *iter,
                                       LinliToken      *token);

char          *linli_text_to_fts      (const char      *term,
                                       LinliTextReason *reason);
gboolean       linli_text_contains    (const char      *folded,
                                       const char      *term);
GArray        *linli_text_find        (const char      *text,
                                       const char      *term);

char          *linli_text_phone_number (const char      *text);
char          *linli_text_phone_digits (const char      *text);

G_END_DECLS
