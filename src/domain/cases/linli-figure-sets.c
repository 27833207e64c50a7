/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-sets.h"

#include <glib/gi18n.h>

#include "linli-case-state.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* Names are typed into the search line: folded, no white space. */
static const struct
{
  const char *id;
  const char *zh;
  const char *doc;
} sets[] = {
  [LINLI_SET_CASES] = { "cases", "全部", N_("all cases; a merged case counts within the case it was merged into") },
  [LINLI_SET_ACCEPTED] = { "accepted", "受理", N_("cases neither declined, withdrawn nor merged") },
  [LINLI_SET_FINISHED] = { "finished", "办结", N_("accepted cases whose handling passed review, or that are closed") },
  [LINLI_SET_UNFINISHED] = { "unfinished", "在办", N_("accepted cases that are not finished") },
  [LINLI_SET_JUDGED] = { "judged", "应办结", N_("finished cases that had a limit, and unfinished ones beyond theirs") },
  [LINLI_SET_IN_TIME] = { "in-time", "按时办结", N_("cases finished within their first limit") },
  [LINLI_SET_LATE] = { "late", "超期办结", N_("cases finished beyond their first limit") },
  [LINLI_SET_OVERDUE] = { "overdue", "超期在办", N_("unfinished cases beyond their limit") },
  [LINLI_SET_NOT_DUE] = { "not-due", "未到期", N_("unfinished cases whose limit lies ahead or is paused") },
  [LINLI_SET_NO_LIMIT] = { "no-limit", "无时限", N_("accepted cases without a limit to finish by") },
  [LINLI_SET_TIMED] = { "timed", "有时长", N_("finished cases of which arrival and end are known") },
  [LINLI_SET_DISPATCHED] = { "dispatched", "已派遣", N_("accepted cases dispatched at least once") },
  [LINLI_SET_FIRST_RIGHT] = { "first-right", "首派准确", N_("dispatched cases whose first lead unit did not return them") },
  [LINLI_SET_RETURNED] = { "returned", "退件", N_("dispatched cases that some unit returned") },
  [LINLI_SET_INSTANT] = { "instant", "秒回", N_("accepted cases closed at once with a known answer") },
  [LINLI_SET_REPEATED] = { "repeated", "重复", N_("accepted cases that more than one submission brought") },
  [LINLI_SET_CALLED_BACK] = { "called-back", "已回访", N_("finished cases about which the resident gave an opinion") },
  [LINLI_SET_ASKED_SOLVED] = { "asked-solved", "评价解决", N_("finished cases where the resident said whether it is solved") },
  [LINLI_SET_SOLVED] = { "solved", "已解决", N_("of these, the resident said it is solved") },
  [LINLI_SET_RATED] = { "rated", "已评价", N_("finished cases that the resident graded") },
  [LINLI_SET_SATISFIED] = { "satisfied", "满意", N_("of these, graded very satisfied, satisfied or basically satisfied") },
  [LINLI_SET_EXTENDED] = { "extended", "延期", N_("dispatched cases whose limit was extended") },
  [LINLI_SET_SUPERVISED] = { "supervised", "督办", N_("accepted cases that were reminded, urged, supervised or reported") },
  [LINLI_SET_REDONE] = { "redone", "重办", N_("dispatched cases that had to be done again") },
  [LINLI_SET_DECLINED] = { "declined", "不予受理", N_("cases declined with a reason") },
  [LINLI_SET_WITHDRAWN] = { "withdrawn", "撤诉", N_("cases withdrawn by the resident") },
  [LINLI_SET_DONE_1] = { "done-1d", "一日内办结", N_("finished within one day") },
  [LINLI_SET_DONE_3] = { "done-3d", "一至三日办结", N_("finished in more than one and up to three days") },
  [LINLI_SET_DONE_7] = { "done-7d", "三至七日办结", N_("finished in more than three and up to seven days") },
  [LINLI_SET_DONE_15] = { "done-15d", "七至十五日办结", N_("finished in more than seven and up to fifteen days") },
  [LINLI_SET_DONE_MORE] = { "done-longer", "十五日以上办结", N_("finished in more than fifteen days") },
  [LINLI_SET_LATE_1] = { "late-1d", "超期一日内", N_("beyond the limit by up to one day") },
  [LINLI_SET_LATE_3] = { "late-3d", "超期一至三日", N_("beyond the limit by more than one and up to three days") },
  [LINLI_SET_LATE_7] = { "late-7d", "超期三至七日", N_("beyond the limit by more than three and up to seven days") },
  [LINLI_SET_LATE_MORE] = { "late-longer", "超期七日以上", N_("beyond the limit by more than seven days") },
  [LINLI_SET_LATE_UNSAID] = { "late-unsaid", "超期不详", N_("late by the word of the file they were imported from") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (sets) == LINLI_N_SETS && LINLI_N_SETS <= 64);

/* The step of a ladder of days that @time falls on. */
static guint64
step_of (gint64         time,
         LinliFigureSet first,
         const guint   *days,
         guint          n_days)
{
  for (guint i = 0; i < n_days; i++)
    if (time <= days[i] * DAY)
      return LINLI_SET_BIT (first + i);
  return LINLI_SET_BIT (first + n_days);
}

static guint64
lateness (const LinliCaseMeasure *self,
          gint64                  until)
{
  static const guint days[] = { 1, 3, 7 };

  if (self->told)
    return LINLI_SET_BIT (LINLI_SET_LATE_UNSAID);
  return step_of (until - self->limit_at, LINLI_SET_LATE_1, days, G_N_ELEMENTS (days));
}

static guint64
finished_sets (const LinliCaseMeasure *self)
{
  static const guint days[] = { 1, 3, 7, 15 };
  guint64 sets_of = LINLI_SET_BIT (LINLI_SET_FINISHED);

  if (self->limit == LINLI_LIMIT_IN_TIME)
    sets_of |= LINLI_SET_BIT (LINLI_SET_JUDGED) | LINLI_SET_BIT (LINLI_SET_IN_TIME);
  else if (self->limit == LINLI_LIMIT_LATE)
    sets_of |= LINLI_SET_BIT (LINLI_SET_JUDGED) | LINLI_SET_BIT (LINLI_SET_LATE) | lateness (self, self->met_at);
  if (self->finished_at >= self->received_at && self->finished_at != 0)
    sets_of |= LINLI_SET_BIT (LINLI_SET_TIMED) |
               step_of (self->finished_at - self->received_at, LINLI_SET_DONE_1, days, G_N_ELEMENTS (days));
  if (self->solved != LINLI_SOLVED_UNKNOWN)
    sets_of |= LINLI_SET_BIT (LINLI_SET_CALLED_BACK) | LINLI_SET_BIT (LINLI_SET_ASKED_SOLVED);
  if (self->solved == LINLI_SOLVED_YES)
    sets_of |= LINLI_SET_BIT (LINLI_SET_SOLVED);
  if (self->rated)
    sets_of |= LINLI_SET_BIT (LINLI_SET_CALLED_BACK) | LINLI_SET_BIT (LINLI_SET_RATED);
  if (self->satisfied)
    sets_of |= LINLI_SET_BIT (LINLI_SET_SATISFIED);

  return sets_of;
}

/* An unfinished case that met its limit, waiting for review or done again, is
 * judged once it is finished; one whose limit stopped has none. */
static guint64
unfinished_sets (const LinliCaseMeasure *self,
                 gint64                  now)
{
  guint64 sets_of = LINLI_SET_BIT (LINLI_SET_UNFINISHED);

  if (self->limit == LINLI_LIMIT_RUNNING && now > self->limit_at)
    return sets_of | LINLI_SET_BIT (LINLI_SET_JUDGED) | LINLI_SET_BIT (LINLI_SET_OVERDUE) | lateness (self, now);
  if (self->limit == LINLI_LIMIT_RUNNING || self->limit == LINLI_LIMIT_PAUSED)
    sets_of |= LINLI_SET_BIT (LINLI_SET_NOT_DUE);

  return sets_of;
}

static guint64
dispatched_sets (const LinliCaseMeasure *self)
{
  guint64 sets_of = LINLI_SET_BIT (LINLI_SET_DISPATCHED);

  if (self->first == LINLI_FIRST_KEPT)
    sets_of |= LINLI_SET_BIT (LINLI_SET_FIRST_RIGHT);
  if (self->returned || self->first == LINLI_FIRST_RETURNED)
    sets_of |= LINLI_SET_BIT (LINLI_SET_RETURNED);
  if (self->extended)
    sets_of |= LINLI_SET_BIT (LINLI_SET_EXTENDED);
  if (self->redone)
    sets_of |= LINLI_SET_BIT (LINLI_SET_REDONE);

  return sets_of;
}

/**
 * linli_figure_sets_of:
 * @now: microseconds UTC; what is unfinished is overdue from then on
 *
 * Returns: the sets the case is in, %LINLI_SET_BIT each
 */
guint64
linli_figure_sets_of (const LinliCaseMeasure *measure,
                      gint64                  now)
{
  guint64 sets_of = LINLI_SET_BIT (LINLI_SET_CASES);

  if (measure->state == LINLI_CASE_STATE_MERGED)
    return 0;
  if (measure->state == LINLI_CASE_STATE_DECLINED)
    return sets_of | LINLI_SET_BIT (LINLI_SET_DECLINED);
  if (measure->state == LINLI_CASE_STATE_WITHDRAWN)
    return sets_of | LINLI_SET_BIT (LINLI_SET_WITHDRAWN);

  sets_of |= LINLI_SET_BIT (LINLI_SET_ACCEPTED);
  if (measure->state == LINLI_CASE_STATE_RESOLVED || measure->state == LINLI_CASE_STATE_CLOSED)
    sets_of |= finished_sets (measure);
  else
    sets_of |= unfinished_sets (measure, now);
  if (measure->dispatched_at != 0)
    sets_of |= dispatched_sets (measure);
  if (measure->limit == LINLI_LIMIT_NONE)
    sets_of |= LINLI_SET_BIT (LINLI_SET_NO_LIMIT);
  if (measure->instant)
    sets_of |= LINLI_SET_BIT (LINLI_SET_INSTANT);
  if (measure->submissions > 1)
    sets_of |= LINLI_SET_BIT (LINLI_SET_REPEATED);
  if (measure->supervision > 0)
    sets_of |= LINLI_SET_BIT (LINLI_SET_SUPERVISED);

  return sets_of;
}

const char *
linli_figure_set_to_id (LinliFigureSet set)
{
  g_return_val_if_fail (set < LINLI_N_SETS, NULL);

  return sets[set].id;
}

/* The name a Chinese search line says. */
const char *
linli_figure_set_to_zh (LinliFigureSet set)
{
  g_return_val_if_fail (set < LINLI_N_SETS, NULL);

  return sets[set].zh;
}

/* Which cases these are, in words; to be translated. */
const char *
linli_figure_set_get_doc (LinliFigureSet set)
{
  g_return_val_if_fail (set < LINLI_N_SETS, NULL);

  return sets[set].doc;
}

/* Returns: whether @typed, folded, names a set */
gboolean
linli_figure_set_find (const char     *typed,
                       LinliFigureSet *set)
{
  g_return_val_if_fail (typed != NULL && set != NULL, FALSE);

  for (guint i = 0; i < LINLI_N_SETS; i++)
    if (g_str_equal (sets[i].id, typed) || g_str_equal (sets[i].zh, typed))
      {
        *set = (LinliFigureSet) i;
        return TRUE;
      }
  return FALSE;
}
