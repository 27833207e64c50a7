/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search line that opens the cases behind a number. */

#include "config.h"

#include "linli-figures.h"

#include <string.h>

/* English and Chinese names of the operators; both are read everywhere. */
static const char *const basis_words[LINLI_N_BASES][2] = {
  [LINLI_BASIS_RECEIVED] = { "received", "登记" },
  [LINLI_BASIS_DISPATCHED] = { "dispatched", "派遣" },
  [LINLI_BASIS_FINISHED] = { "finished", "办结" },
  [LINLI_BASIS_LIMIT] = { "limit", "时限" },
};

static const char *const group_words[LINLI_N_GROUPS][2] = {
  [LINLI_GROUP_CLASS] = { "class", "大类" },       [LINLI_GROUP_ITEM] = { "item", "事项" },
  [LINLI_GROUP_CHANNEL] = { "channel", "渠道" },   [LINLI_GROUP_UNIT] = { "unit", "单位" },
  [LINLI_GROUP_COMMUNITY] = { "community", "社区" }, [LINLI_GROUP_LANE] = { "lane", "分流" },
  [LINLI_GROUP_GRADE] = { "grade", "满意度" },
};

static void
append_head (GString             *line,
             LinliFigureGrouping  grouping,
             const char          *key,
             gboolean             chinese)
{
  gboolean quoted = key != NULL && strchr (key, '"') != NULL;

  g_string_append_printf (line, " %s:", group_words[grouping][chinese != FALSE]);
  if (grouping == LINLI_GROUP_LANE)
    g_string_append (line, key != NULL ? key : "none");
  else if (key == NULL)
    g_string_append (line, "=-");
  else
    g_string_append_printf (line, quoted ? "「=%s」" : "\"=%s\"", key);
}

/**
 * linli_figures_get_line:
 * @row: (nullable): of @grouping; %NULL for the whole period
 * @before: whether of the period compared with
 * @chinese: whether its operators are Chinese words
 *
 * Returns: (transfer full): a search line; it finds as many cases as were
 *   counted, while nothing changes
 */
char *
linli_figures_get_line (LinliFigures         *self,
                        LinliFigureGrouping   grouping,
                        const LinliFigureRow *row,
                        LinliFigureSet        set,
                        gboolean              before,
                        gboolean              chinese)
{
  gboolean timed = row != NULL && grouping == LINLI_GROUP_TIME;
  const char *from = timed ? row->from : before ? self->before_from : self->from;
  const char *to = timed ? row->to : before ? self->before_to : self->to;
  GString *line = g_string_new (self->line);

  g_return_val_if_fail (self != NULL && set < LINLI_N_SETS, NULL);

  g_string_append_printf (line, "%s%s:%s..%s", line->len > 0 ? " " : "", basis_words[self->basis][chinese != FALSE],
                          from, to);
  if (row != NULL && !timed)
    append_head (line, grouping, row->key, chinese);
  g_string_append_printf (line, " %s:%s", chinese ? "统计" : "figure",
                          chinese ? linli_figure_set_to_zh (set) : linli_figure_set_to_id (set));

  return g_string_free (line, FALSE);
}

/**
 * linli_figures_get_worked_line:
 * @chinese: whether its operators are Chinese words
 *
 * Returns: (transfer full) (nullable): a search line for the cases whose
 *   working time is in the figures: timed, and from beginning to end in years
 *   whose holidays are known; %NULL without a calendar
 */
char *
linli_figures_get_worked_line (LinliFigures *self,
                               gboolean      chinese)
{
  g_autofree char *timed = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  timed = linli_figures_get_line (self, LINLI_GROUP_TIME, NULL, LINLI_SET_TIMED, FALSE, chinese);
  if (*self->known_from == '\0')
    return NULL;
  if (self->counts.working.n == self->counts.natural.n)
    return g_steal_pointer (&timed);

  return g_strdup_printf ("%s %s:%s..%s %s:%s..%s", timed, basis_words[LINLI_BASIS_RECEIVED][chinese != FALSE],
                          self->known_from, self->known_to, basis_words[LINLI_BASIS_FINISHED][chinese != FALSE],
                          self->known_from, self->known_to);
}
