/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-csv-sniff.h"

#include "linli-csv.h"

#include <string.h>

#define SNIFF_RECORDS 32

/* How the head reads with one separator. Compared in this order. */
typedef struct
{
  char    separator;
  guint64 strays;   /* quotes in the wrong place: fewer is better */
  guint   agreeing; /* per thousand records with the most frequent width */
  guint   width;
} Trial;

static void
try_separator (const guint8 *head,
               gsize         length,
               char          separator,
               Trial        *trial)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (head, (gssize) length,
                                                                        NULL);
  g_autoptr(LinliCsv) csv = linli_csv_new_full (stream, separator, NULL, NULL);
  guint widths[SNIFF_RECORDS];
  guint n = 0, best = 0;
  GPtrArray *row;

  trial->separator = separator;
  trial->strays = G_MAXUINT64;
  if (csv == NULL)
    return;
  while (n < SNIFF_RECORDS && linli_csv_next (csv, &row, NULL) && row != NULL)
    widths[n++] = row->len;
  trial->strays = linli_csv_get_notes (csv)->count[LINLI_TABLE_NOTE_STRAY_QUOTE];

  for (guint i = 0; i < n; i++)
    {
      guint same = 0;

      for (guint j = 0; j < n; j++)
        same += widths[j] == widths[i];
      if (same > best || (same == best && widths[i] > trial->width))
        {
          best = same;
          trial->width = widths[i];
        }
    }
  trial->agreeing = n > 0 ? best * 1000 / n : 0;
}

static gboolean
is_better (const Trial *a,
           const Trial *b)
{
  if ((a->width > 1) != (b->width > 1))
    return a->width > 1;
  if (a->strays != b->strays)
    return a->strays < b->strays;
  if (a->agreeing != b->agreeing)
    return a->agreeing > b->agreeing;
  return a->width > b->width;
}

/**
 * linli_csv_sniff_separator:
 * @head: the beginning of a file, its last record perhaps cut off
 *
 * Reads the first records with each candidate. The right one puts quotes where
 * they belong, gives the records one width, and a large one, in this order.
 *
 * Returns: the separator, a comma when nothing speaks for another
 */
char
linli_csv_sniff_separator (const guint8 *head,
                           gsize         length)
{
  static const char candidates[] = ",;\t|";
  Trial best = { 0 };

  try_separator (head, length, candidates[0], &best);
  for (const char *c = candidates + 1; *c != '\0'; c++)
    {
      Trial trial = { 0 };

      try_separator (head, length, *c, &trial);
      if (is_better (&trial, &best))
        best = trial;
    }

  return best.separator;
}

/**
 * linli_csv_find_directive:
 * @head: the beginning of a file
 *
 * Excel's own first line, "sep=;", which a spreadsheet obeys and hides.
 *
 * Returns: the separator it names, or NUL
 */
char
linli_csv_find_directive (const guint8 *head,
                          gsize         length)
{
  if (length >= 5 && g_ascii_strncasecmp ((const char *) head, "sep=", 4) == 0 &&
      strchr (",;\t|", head[4]) != NULL && (length == 5 || head[5] == '\r' || head[5] == '\n'))
    return (char) head[4];
  return '\0';
}
