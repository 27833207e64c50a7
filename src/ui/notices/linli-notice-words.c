/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-notices.h"

#include <glib/gi18n-lib.h>

#include "linli-case-words.h"
#include "linli-closing-words.h"
#include "linli-entry-words.h"

const char *
linli_notice_icon (const LinliDeskNotice *notice)
{
  static const char *const icons[LINLI_N_NOTICE_KINDS] = {
    [LINLI_NOTICE_LATE] = "linli-clock-late-symbolic",   [LINLI_NOTICE_SOON] = "linli-clock-symbolic",
    [LINLI_NOTICE_PRESSED] = "linli-supervise-symbolic", [LINLI_NOTICE_LADDER] = "linli-supervise-symbolic",
    [LINLI_NOTICE_WARNING] = "dialog-warning-symbolic",
  };

  return icons[notice->kind] != NULL ? icons[notice->kind] : linli_entry_kind_icon (notice->what);
}

/* Returns: (transfer full): what it is about, in a few words */
char *
linli_notice_words (const LinliDeskNotice *notice)
{
  const char *clock = linli_clock_kind_words (notice->what);

  switch (notice->kind)
    {
    case LINLI_NOTICE_LATE:
      /* Translators: a clock of a case, "Settle" */
      return g_strdup_printf (_("%s is overdue"), clock);
    case LINLI_NOTICE_SOON:
      return g_strdup_printf (_("%s is due within a working hour"), clock);
    case LINLI_NOTICE_DECISION:
      return g_strdup (g_str_equal (notice->what, "extend") ? _("An extension waits for your decision")
                                                            : _("A result waits for your review"));
    case LINLI_NOTICE_PRESSED:
      return g_strdup_printf (_("%s to %s"), linli_level_words (notice->level), notice->who != NULL ? notice->who : "");
    case LINLI_NOTICE_LADDER:
      /* Translators: a level of supervision, and the unit it would be for */
      return g_strdup_printf (_("%s called for: %s"), linli_level_words (notice->level), notice->who != NULL ? notice->who : "");
    case LINLI_NOTICE_WARNING:
      return g_strdup (_("A resident is not content"));
    case LINLI_NOTICE_WORK:
    case LINLI_NOTICE_ANSWER:
    case LINLI_N_NOTICE_KINDS:
    default:
      if (notice->who == NULL)
        return g_strdup (linli_entry_kind_words (notice->what));
      return g_strdup_printf ("%s · %s", linli_entry_kind_words (notice->what), notice->who);
    }
}
