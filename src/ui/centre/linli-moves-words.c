/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-moves-words.h"

#include <glib/gi18n-lib.h>

#include "linli-case-words.h"
#include "linli-clock-recompute.h"
#include "linli-time-words.h"

#define MOVES_SHOWN 8

static char *
due_words (gint64     due,
           GTimeZone *zone)
{
  return due != 0 ? linli_moment_full_words (due, zone) : g_strdup (_("no due time"));
}

/**
 * linli_moves_words:
 * @moves: (element-type LinliClockMove)
 *
 * Returns: (transfer full): how many there are, and the first of them
 */
char *
linli_moves_words (GPtrArray *moves,
                   GTimeZone *zone)
{
  GString *words = g_string_new (NULL);

  if (moves->len == 0)
    g_string_append (words, _("No due time of an open case moves."));
  else
    g_string_append_printf (words, ngettext ("%u due time of an open case moves:", "%u due times of open cases move:", moves->len),
                            moves->len);
  for (guint i = 0; i < moves->len && i < MOVES_SHOWN; i++)
    {
      const LinliClockMove *move = moves->pdata[i];
      g_autofree char *before = due_words (move->before, zone);
      g_autofree char *after = due_words (move->after, zone);

      g_string_append_printf (words, "\n%s %s · %s\n    %s → %s", move->case_no, move->title,
                              linli_clock_kind_words (move->kind), before, after);
    }
  if (moves->len > MOVES_SHOWN)
    g_string_append_printf (words, ngettext ("\nand %u more", "\nand %u more", moves->len - MOVES_SHOWN),
                            moves->len - MOVES_SHOWN);
  return g_string_free (words, FALSE);
}
