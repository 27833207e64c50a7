/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-names.h"

#include "linli-text.h"

#define LEAST 2 /* letters of a name that may be recognised */

/* Returns: (transfer full): without what people write or leave out at will */
char *
linli_place_text_strip (const char *text)
{
  g_autofree char *folded = linli_text_fold (text, -1);
  g_autoptr(GString) bare = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

/* @bare: stripped
 *
 * Returns: whether a name is long enough to be recognised */
gboolean
linli_place_name_counts (const char *bare)
{
  return g_utf8_strlen (bare, -1) >= LEAST;
}

/* Whether a name of @n bytes may end there: a number must end where the name's ends. */
gboolean
linli_place_name_ends (const char *typed,
                       gsize       n)
{
  return !(g_ascii_isalnum (typed[n - 1]) && g_ascii_isalnum (typed[n]));
}
