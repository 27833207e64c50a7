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

static char *
count_words (guint    n,
             gboolean done)
{
  if (done)
    return n == 0 ? g_strdup (_("No due time of an open case moved."))
                  : g_strdup_printf (ngettext ("%u due time of an open case moved:", "%u due times of open cases moved:", n), n);
  return n == 0 ? g_strdup (_("No due time of an open case moves."))
                : g_strdup_printf (ngettext ("%u due time of an open case moves:", "%u due times of open cases move:", n), n);
}

/**
 * linli_moves_words:
 * @moves: (element-type LinliClockMove)
 * @done: they have moved; else they would
 *
 * Returns: (transfer full): how many there are, and the first of them
 */
char *
linli_moves_words (GPtrArray *moves,
                   GTimeZone *zone,
                   gboolean   done)
{
  g_autofree char *count = count_words (moves->len, done);
  GString *words = g_string_new (count);

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
