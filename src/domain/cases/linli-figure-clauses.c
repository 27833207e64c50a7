/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The operators of the search line that only the figures can answer. A name
 * behind an equals sign is the whole name: 单位:=桂园街道. */

#include "config.h"

#include "linli-case-query-private.h"

#include "linli-centre-zone.h"
#include "linli-figure-choice.h"

static gboolean
is_exact (const LinliClause *clause)
{
  return clause->values != NULL && clause->values[0][0] == '=' && clause->values[0][1] != '\0';
}

/* Whether @clause is answered by the measures of the cases. */
gboolean
linli_query_reader_is_figure (const LinliClause *clause)
{
  switch (clause->kind)
    {
    case LINLI_CLAUSE_DISPATCHED:
    case LINLI_CLAUSE_FINISHED:
    case LINLI_CLAUSE_LIMIT:
    case LINLI_CLAUSE_CLASS:
    case LINLI_CLAUSE_COMMUNITY:
    case LINLI_CLAUSE_LANE:
    case LINLI_CLAUSE_GRADE:
    case LINLI_CLAUSE_FIGURE:
      return TRUE;
    case LINLI_CLAUSE_UNIT:
    case LINLI_CLAUSE_ITEM:
    case LINLI_CLAUSE_CHANNEL:
      return is_exact (clause);
    case LINLI_CLAUSE_TERM:
    case LINLI_CLAUSE_STATE:
    case LINLI_CLAUSE_OVERDUE:
    case LINLI_CLAUSE_RECEIVED:
    case LINLI_CLAUSE_DUE:
    case LINLI_CLAUSE_PERSON:
    case LINLI_CLAUSE_PHONE:
    case LINLI_CLAUSE_NUMBER:
    case LINLI_CLAUSE_OWNER:
    default:
      return FALSE;
    }
}

static void
read_span (LinliQueryReader  *self,
           const LinliClause *clause)
{
  LinliFigureBasis basis = clause->kind == LINLI_CLAUSE_DISPATCHED ? LINLI_BASIS_DISPATCHED
                           : clause->kind == LINLI_CLAUSE_FINISHED ? LINLI_BASIS_FINISHED
                                                                   : LINLI_BASIS_LIMIT;
  LinliTimeSpan span = { linli_centre_zone_midnight (self->zone, clause->days.from, 0),
                         linli_centre_zone_midnight (self->zone, clause->days.to, 1), clause->excluded };

  linli_figure_choice_add_span (self->query->figures, basis, &span);
}

/* Sets are cut out of each other, so several names are all wanted. */
static void
read_sets (LinliQueryReader  *self,
           const LinliClause *clause)
{
  guint64 *sets = clause->excluded ? &self->query->figures->unwanted : &self->query->figures->wanted;
  guint64 named = 0;

  for (guint i = 0; clause->values[i] != NULL; i++)
    {
      LinliFigureSet set;

      if (!linli_figure_set_find (clause->values[i], &set))
        {
          linli_query_reader_take_as_words (self, clause);
          return;
        }
      named |= LINLI_SET_BIT (set);
    }
  *sets |= named;
}

static void
read_lanes (LinliQueryReader  *self,
            const LinliClause *clause)
{
  static const struct { const char *name; guint lane; } lanes[] = {
    { "none", 0 }, { "未分流", 0 }, { "major", 1 }, { "大事", 1 }, { "minor", 2 }, { "小事", 2 },
    { "private", 3 }, { "私事", 3 },
  };
  guint named = 0;

  for (guint i = 0; clause->values[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (lanes); k++)
      if (g_str_equal (clause->values[i], lanes[k].name))
        named |= 1u << lanes[k].lane;
  if (named == 0)
    linli_query_reader_take_as_words (self, clause);
  else
    self->query->figures->lanes = clause->excluded ? ~named & 0xf : named;
}

/* People say 不满意, the store keeps a code. */
static const char *
grade_code (const char *typed)
{
  static const struct { const char *label; const char *code; } grades[] = {
    { "非常满意", "very_satisfied" }, { "满意", "satisfied" }, { "基本满意", "basically_satisfied" },
    { "不满意", "dissatisfied" }, { "非常不满意", "very_dissatisfied" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (grades); i++)
    if (g_str_equal (grades[i].label, typed))
      return grades[i].code;
  return typed;
}

static gboolean
read_names (LinliQueryReader  *self,
            const LinliClause *clause,
            GError           **error)
{
  gboolean exact = is_exact (clause);
  LinliHead head = clause->kind == LINLI_CLAUSE_CLASS || clause->kind == LINLI_CLAUSE_ITEM ? LINLI_HEAD_ITEM
                   : clause->kind == LINLI_CLAUSE_CHANNEL                                 ? LINLI_HEAD_CHANNEL
                   : clause->kind == LINLI_CLAUSE_UNIT                                    ? LINLI_HEAD_UNIT
                   : clause->kind == LINLI_CLAUSE_COMMUNITY                               ? LINLI_HEAD_COMMUNITY
                                                                                          : LINLI_HEAD_GRADE;
  LinliNameMatch match = clause->kind == LINLI_CLAUSE_CLASS ? (exact ? LINLI_NAMES_CLASS : LINLI_NAMES_IN_CLASS)
                         : exact || head == LINLI_HEAD_GRADE ? LINLI_NAMES_EXACT
                                                             : LINLI_NAMES_CONTAINS;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; clause->values[i] != NULL; i++)
    {
      const char *name = clause->values[i] + (clause->values[i][0] == '=');

      g_strv_builder_add (builder, head == LINLI_HEAD_GRADE ? grade_code (name) : name);
    }
  names = g_strv_builder_end (builder);

  return linli_figure_choice_add_names (self->query->figures, self->conn, head, match, names, clause->excluded, error);
}

/* Reads a clause of which linli_query_reader_is_figure() is true. */
gboolean
linli_query_reader_read_figure (LinliQueryReader  *self,
                                const LinliClause *clause,
                                GError           **error)
{
  if (self->query->figures == NULL)
    self->query->figures = linli_figure_choice_new ();

  switch (clause->kind)
    {
    case LINLI_CLAUSE_DISPATCHED:
    case LINLI_CLAUSE_FINISHED:
    case LINLI_CLAUSE_LIMIT:
      read_span (self, clause);
      return TRUE;
    case LINLI_CLAUSE_FIGURE:
      read_sets (self, clause);
      return TRUE;
    case LINLI_CLAUSE_LANE:
      read_lanes (self, clause);
      return TRUE;
    case LINLI_CLAUSE_TERM:
    case LINLI_CLAUSE_STATE:
    case LINLI_CLAUSE_UNIT:
    case LINLI_CLAUSE_ITEM:
    case LINLI_CLAUSE_CHANNEL:
    case LINLI_CLAUSE_OVERDUE:
    case LINLI_CLAUSE_RECEIVED:
    case LINLI_CLAUSE_DUE:
    case LINLI_CLAUSE_PERSON:
    case LINLI_CLAUSE_PHONE:
    case LINLI_CLAUSE_NUMBER:
    case LINLI_CLAUSE_OWNER:
    case LINLI_CLAUSE_CLASS:
    case LINLI_CLAUSE_COMMUNITY:
    case LINLI_CLAUSE_GRADE:
    default:
      return read_names (self, clause, error);
    }
}
