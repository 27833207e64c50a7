/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-link.h"

#define START "linli://join?"
#define END   "&v=1"

/* Returns: (transfer full) */
char *
linli_wire_link_make (const char *url,
                      const char *code)
{
  g_autofree char *hub = g_uri_escape_string (url, NULL, FALSE);
  g_autofree char *word = g_uri_escape_string (code, NULL, FALSE);

  return g_strconcat (START "hub=", hub, "&code=", word, END, NULL);
}

/**
 * linli_wire_link_parse:
 * @text: as it was typed, scanned or pasted
 * @url: (out) (transfer full) (nullable)
 * @code: (out) (transfer full) (nullable)
 *
 * Returns: whether @text is a whole link; nothing is set otherwise
 */
gboolean
linli_wire_link_parse (const char *text,
                       char      **url,
                       char      **code)
{
  g_autofree char *link = g_strstrip (g_strdup (text));
  g_autoptr(GHashTable) words = NULL;
  const char *hub;
  const char *word;

  *url = NULL;
  *code = NULL;
  if (!g_str_has_prefix (link, START) || !g_str_has_suffix (link, END))
    return FALSE;
  words = g_uri_parse_params (link + sizeof START - 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  hub = words != NULL ? g_hash_table_lookup (words, "hub") : NULL;
  word = words != NULL ? g_hash_table_lookup (words, "code") : NULL;
  if (hub == NULL || word == NULL || *hub == '\0' || *word == '\0')
    return FALSE;
  *url = g_strdup (hub);
  *code = g_strdup (word);
  return TRUE;
}
