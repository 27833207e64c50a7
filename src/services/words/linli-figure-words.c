/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NOTHING "–"

/* Tenths of a percent, rounded half up. */
static gint64
permille (gint64 part,
          gint64 whole)
{
  return (part * 2000 + whole) / (2 * whole);
}

/**
 * linli_rate_words:
 *
 * "92.3%", or a dash when there is nothing to be part of.
 */
char *
linli_rate_words (gint64 part,
                  gint64 whole)
{
  gint64 tenths = whole > 0 ? permille (part, whole) : 0;

  return whole > 0 ? g_strdup_printf ("%d.%d%%", (int) (tenths / 10), (int) (tenths % 10)) : g_strdup (NOTHING);
}

/**
 * linli_multiple_words:
 * @part: submissions
 * @whole: cases
 *
 * Returns: (transfer full): "1.08", or a dash
 */
char *
linli_multiple_words (gint64 part,
                      gint64 whole)
{
  gint64 hundredths = whole > 0 ? (part * 200 + whole) / (2 * whole) : 0;

  return whole > 0 ? g_strdup_printf ("%d.%02d", (int) (hundredths / 100), (int) (hundredths % 100)) : g_strdup (NOTHING);
}

/**
 * linli_minutes_words:
 *
 * Days have 24 hours; working time is told in hours, for days of work differ.
 */
char *
linli_minutes_words (gint64   minutes,
                     gboolean working)
{
  int days = (int) (minutes / 1440);
  int hours = (int) (minutes / 60);

  if (minutes < 60)
    return g_strdup_printf (_("%d min"), (int) minutes);
  if (days >= 1 && !working)
    /* Translators: days and hours, short */
    return g_strdup_printf (_("%d d %d h"), days, hours % 24);

  /* Translators: hours and minutes, short */
  return g_strdup_printf (_("%d h %d min"), hours, (int) (minutes % 60));
}

/**
 * linli_figure_value_words:
 *
 * Returns: (transfer full): the figure as a percentage, a number or a multiple
 */
char *
linli_figure_value_words (const LinliFigureDef    *def,
                          const LinliFigureCounts *counts)
{
  gint64 part = linli_figure_get_part (def, counts);
  gint64 whole = counts->n[def->whole];

  switch (def->kind)
    {
    case LINLI_FIGURE_RATE:     return linli_rate_words (part, whole);
    case LINLI_FIGURE_MULTIPLE: return linli_multiple_words (part, whole);
    case LINLI_FIGURE_COUNT:
    default:                    return g_strdup_printf ("%'" G_GINT64_FORMAT, part);
    }
}

/* A difference with its sign; what it is of, the caller's unit says. */
static char *
signed_words (gint64      difference,
              guint       decimals,
              const char *unit)
{
  gint64 scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
  gint64 size = ABS (difference);
  const char *sign = difference < 0 ? "▼" : "▲";

  if (decimals == 0)
    return g_strdup_printf ("%s %'" G_GINT64_FORMAT "%s", sign, size, unit);
  return g_strdup_printf ("%s %d.%0*d%s", sign, (int) (size / scale), (int) decimals, (int) (size % scale), unit);
}

/**
 * linli_figure_change_words:
 * @direction: (out): 1 when it went up, -1 down, 0 when neither can be said
 *
 * Returns: (transfer full): how the figure changed
 */
char *
linli_figure_change_words (const LinliFigureDef    *def,
                           const LinliFigureCounts *now,
                           const LinliFigureCounts *before,
                           int                     *direction)
{
  gint64 part = linli_figure_get_part (def, now), whole = now->n[def->whole];
  gint64 old_part = linli_figure_get_part (def, before), old_whole = before->n[def->whole];
  gint64 change;

  *direction = 0;
  if (def->kind != LINLI_FIGURE_COUNT && (whole == 0 || old_whole == 0))
    return g_strdup (_("nothing to compare with"));
  change = def->kind == LINLI_FIGURE_COUNT  ? part - old_part
           : def->kind == LINLI_FIGURE_RATE ? permille (part, whole) - permille (old_part, old_whole)
                                            : (part * 200 + whole) / (2 * whole) - (old_part * 200 + old_whole) / (2 * old_whole);
  *direction = (change > 0) - (change < 0);
  if (change == 0)
    return g_strdup (_("unchanged"));

  /* Translators: percentage points, behind a number */
  return signed_words (change, def->kind == LINLI_FIGURE_RATE ? 1 : def->kind == LINLI_FIGURE_MULTIPLE ? 2 : 0,
                       def->kind == LINLI_FIGURE_RATE ? _(" points") : "");
}

/**
 * linli_basis_words:
 *
 * By which day cases belong to the period.
 */
const char *
linli_basis_words (LinliFigureBasis basis)
{
  switch (basis)
    {
    case LINLI_BASIS_DISPATCHED: return _("by day of dispatch");
    case LINLI_BASIS_FINISHED:   return _("by day of finishing");
    case LINLI_BASIS_LIMIT:      return _("by day of the limit");
    case LINLI_BASIS_RECEIVED:
    case LINLI_N_BASES:
    default:                     return _("by day of arrival");
    }
}

/**
 * linli_figure_meaning_words:
 *
 * Part, whole and what is left out, as sentences.
 */
char *
linli_figure_meaning_words (const LinliFigureDef *def)
{
  const char *part = def->kind == LINLI_FIGURE_MULTIPLE ? _("submissions of these cases")
                                                        : _(linli_figure_set_get_doc (def->part));
  g_autofree char *ratio = def->kind == LINLI_FIGURE_COUNT
                             ? g_strdup (part)
                             /* Translators: numerator and denominator of a figure, in words */
                             : g_strdup_printf (_("%s ÷ %s"), part, _(linli_figure_set_get_doc (def->whole)));
  g_autofree char *left_out = def->excluded != NULL
                                /* Translators: what a figure leaves out */
                                ? g_strdup_printf (_("Left out: %s"), _(def->excluded)) : NULL;

  return g_strjoin ("\n", ratio, left_out, NULL);
}

/**
 * linli_figure_row_words:
 *
 * The name of a row for people, also of the row of those without one.
 */
char *
linli_figure_row_words (LinliFigureGrouping   grouping,
                        const LinliFigureRow *row)
{
  static const char *const lane_names[][2] = {
    { "major", N_("Major matters") }, { "minor", N_("Minor matters") }, { "private", N_("Private matters") },
  };
  static const char *const grades[][2] = {
    { "very_satisfied", N_("Very satisfied") }, { "satisfied", N_("Satisfied") },
    { "basically_satisfied", N_("Basically satisfied") }, { "dissatisfied", N_("Dissatisfied") },
    { "very_dissatisfied", N_("Very dissatisfied") },
  };

  if (grouping == LINLI_GROUP_TIME)
    return g_str_equal (row->from, row->to) ? g_strdup (row->from) : g_strdup_printf ("%s – %s", row->from, row->to);
  if (row->key == NULL)
    return g_strdup (grouping == LINLI_GROUP_UNIT    ? _("With no unit yet")
                     : grouping == LINLI_GROUP_GRADE ? _("Not graded")
                     : grouping == LINLI_GROUP_LANE  ? _("Not assigned to a lane")
                                                     : _("Not stated"));
  for (guint i = 0; grouping == LINLI_GROUP_LANE && i < G_N_ELEMENTS (lane_names); i++)
    if (g_str_equal (lane_names[i][0], row->key))
      return g_strdup (_(lane_names[i][1]));
  for (guint i = 0; grouping == LINLI_GROUP_GRADE && i < G_N_ELEMENTS (grades); i++)
    if (g_str_equal (grades[i][0], row->name))
      return g_strdup (_(grades[i][1]));
  if (grouping == LINLI_GROUP_ITEM && strrchr (row->name, '/') != NULL)
    return g_strstrip (g_strdup (strrchr (row->name, '/') + 1)); /* the leaf; its class has a list of its own */

  return g_strdup (row->name);
}
