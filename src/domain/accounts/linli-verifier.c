/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-verifier.h"

#include <string.h>

/* What a verifier is written with, behind its prefix. */
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/,=$"

/**
 * linli_verifier_hide:
 * @text: (nullable): an operation's line, rows before and after, a cell
 *
 * The trail must keep verifiers, because its hashes go over them and other desks
 * get them by it; whoever reads or passes on the trail has no use for them but
 * guessing.
 *
 * Returns: (transfer full) (nullable): @text without what would let one guess
 */
char *
linli_verifier_hide (const char *text)
{
  g_autoptr(GString) out = NULL;
  const char *rest = text;
  const char *found;

  if (text == NULL || strstr (text, LINLI_VERIFIER_PREFIX) == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  while ((found = strstr (rest, LINLI_VERIFIER_PREFIX)) != NULL)
    {
      found += strlen (LINLI_VERIFIER_PREFIX);
      g_string_append_len (out, rest, found - rest);
      g_string_append (out, "…");
      rest = found + strspn (found, LETTERS);
    }
  g_string_append (out, rest);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
