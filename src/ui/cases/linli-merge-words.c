/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-words.h"

#include <glib/gi18n-lib.h>

#include "linli-case-tables.h"

/* What speaks against a merge, in a few words. */
const char *
linli_merge_warning_words (LinliMergeWarning warning)
{
  switch (warning)
    {
    case LINLI_MERGE_OTHER_ITEM:
      return C_("merge", "another item");
    case LINLI_MERGE_OTHER_PLACE:
      return C_("merge", "another place");
    case LINLI_MERGE_FAR_APART:
      return C_("merge", "more than 3 days apart");
    case LINLI_MERGE_UNIT_AT_WORK:
      return C_("merge", "another unit is at work");
    case LINLI_MERGE_EARLIER:
      return C_("merge", "due earlier");
    case LINLI_MERGE_CONFIDENTIAL:
      return C_("merge", "confidential");
    case LINLI_MERGE_SETTLED:
      return C_("merge", "settled already");
    default:
      return "";
    }
}

/* @refusal: a reason of LinliMergeCase */
const char *
linli_merge_refusal_words (const char *refusal)
{
  static const struct { const char *reason, *words; } refusals[] = {
    { "merged-already", N_("It is merged already.") },
    { "finished", N_("It is finished.") },
    { "suspended", N_("It is suspended: let it go on first.") },
    { "target-not-open", N_("The case that goes on is not open, or is suspended.") },
    { "part-of-it", N_("One of these cases is a part of the other.") },
    { "is-split", N_("A case that was split cannot be merged away: merge its parts, or undo the split.") },
    { "target-behind", N_("The target is not registered yet, the other is: merge them the other way round.") },
    { "is-redone", N_("A case that is done again has been answered once: merge the other into it.") },
    { "into-itself", N_("A case cannot be merged into itself.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].reason, refusal))
      return g_dgettext (GETTEXT_PACKAGE, refusals[i].words);

  return refusal;
}

/**
 * linli_merge_kept_words:
 *
 * What each resident of @one still has after a merge.
 *
 * Returns: (transfer full): a line a resident; "" where nobody is known
 */
char *
linli_merge_kept_words (LinliMergeCase *one)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < one->submissions->len; i++)
    {
      LinliRow *submission = one->submissions->pdata[i];
      const char *name = one->names->pdata[i];
      const char *number = linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      if (*name == '\0')
        name = _("The resident");
      if (linli_row_get_int (submission, LINLI_SUBMISSION_REPLY_WANTED))
        /* Translators: a name, and the number of the receipt */
        g_string_append_printf (words, _("%s keeps receipt %s, gets a reply and is called back"), name, number);
      else
        /* Translators: a name, and the number of the receipt */
        g_string_append_printf (words, _("%s keeps receipt %s; no reply is wanted"), name, number);
    }

  return g_string_free (words, FALSE);
}
