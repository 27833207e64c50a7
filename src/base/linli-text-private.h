/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query-text.h"
#include "linli-text.h"

G_BEGIN_DECLS

/* What the parts of the text search know of each other. */

#define LINLI_RADICAL_FIRST 0x2e80
#define LINLI_RADICAL_LAST  0x2eff
#define LINLI_ALIAS_MAX     16
#define LINLI_PHONE_WORDS   5 /* +86 138 0013 8000 */

/* How a word that begins a telephone number also reads. */
typedef enum
{
  LINLI_ALIAS_NONE,
  LINLI_ALIAS_JOINED, /* its groups together, without the country */
  LINLI_ALIAS_LOCAL,  /* without the area code */
} LinliAliasKind;

typedef struct
{
  char  digits[LINLI_ALIAS_MAX];
  gsize length;
  gsize end; /* of the last word it covers, in the text */
} LinliAlias;

gunichar       linli_radical_ideograph (gunichar             radical);

gboolean       linli_text_unit_first   (const char          *folded,
                                        gsize                length,
                                        LinliTextUnit       *unit);
gboolean       linli_text_unit_next    (const char          *folded,
                                        gsize                length,
                                        const LinliTextUnit *unit,
                                        LinliTextUnit       *next);
LinliAliasKind linli_text_unit_alias   (const char          *folded,
                                        gsize                length,
                                        const LinliTextUnit *unit,
                                        LinliAlias          *alias);

LinliQueryText *linli_query_text_new         (const char     *line);
void            linli_query_text_join_phones (LinliQueryText *query);

G_END_DECLS
