/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-evidence-kinds.h"

#include <glib/gi18n.h>

const char *const linli_evidence_kinds[] = { "photo_before", "photo", "visit", "signature", "file", NULL };

static const char *const words[] = {
  N_("Photo before"),             /* 处置前照片 */
  N_("Photo after"),              /* 处置后照片 */
  N_("Visit or call recorded"),   /* 走访联系记录 */
  N_("Signature"),                /* 签字确认 */
  N_("Document"),                 /* 书面材料 */
};

static int
find_kind (const char *kind)
{
  for (int i = 0; linli_evidence_kinds[i] != NULL; i++)
    if (g_str_equal (linli_evidence_kinds[i], kind))
      return i;
  return -1;
}

/**
 * linli_evidence_kinds_parse:
 * @text: (nullable): kinds separated by spaces; nothing, or "none", asks for none
 * @kinds: (out caller-allocates): room for %LINLI_EVIDENCE_N_KINDS, in the order they
 *   are shown, each once
 *
 * Returns: whether every word is a kind; the ones that are none are left out
 */
gboolean
linli_evidence_kinds_parse (const char  *text,
                            const char **kinds,
                            guint       *n_kinds)
{
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  gboolean asked[LINLI_EVIDENCE_N_KINDS] = { FALSE };
  gboolean known = TRUE;

  *n_kinds = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      int kind = find_kind (parts[i]);

      if (kind >= 0)
        asked[kind] = TRUE;
      else
        known &= *parts[i] == '\0' || g_str_equal (parts[i], "none");
    }
  for (guint i = 0; i < LINLI_EVIDENCE_N_KINDS; i++)
    if (asked[i])
      kinds[(*n_kinds)++] = linli_evidence_kinds[i];
  return known;
}

/* Returns: (transfer full) (nullable): as a duty item keeps them; %NULL for none */
char *
linli_evidence_kinds_normal (const char *text)
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS + 1] = { NULL };
  guint n = 0;

  linli_evidence_kinds_parse (text, kinds, &n);
  return n > 0 ? g_strjoinv (" ", (char **) kinds) : NULL;
}

/* Returns: (transfer none): in English, to be translated where it is shown */
const char *
linli_evidence_kind_words (const char *kind)
{
  int found = find_kind (kind);

  return found >= 0 ? words[found] : kind;
}

/* Returns: (transfer full): one after the other; "" for none */
char *
linli_evidence_kinds_words (const char  *text,
                            const char *(*translate) (const char *sentence))
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS] = { NULL };
  GString *out = g_string_new (NULL);
  guint n = 0;

  linli_evidence_kinds_parse (text, kinds, &n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " · " : "", translate (linli_evidence_kind_words (kinds[i])));
  return g_string_free (out, FALSE);
}
