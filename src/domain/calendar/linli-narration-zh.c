/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-narration.h"

static const char *weekdays[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };

static void
say_date (LinliNarration *n,
          LinliDate       date)
{
  int year, month, day;

  linli_date_split (date, &year, &month, &day);
  if (year != n->year)
    g_string_append_printf (n->out, "%d 年 ", year);
  n->year = year;
  g_string_append_printf (n->out, "%d 月 %d 日", month, day);
}

/* @exact: with the date, even where the weekday would do. */
static void
say_day (LinliNarration *n,
         LinliDate       date,
         gboolean        exact)
{
  g_string_append (n->out, weekdays[linli_date_get_weekday (date)]);
  if (exact || n->dated)
    {
      g_string_append_c (n->out, ' ');
      say_date (n, date);
    }
  n->spoken = date;
}

static void
say_time (LinliNarration *n,
          int             minute)
{
  g_string_append_printf (n->out, "%d:%02d", minute / 60, minute % 60);
}

static void
say_moment (LinliNarration *n,
            LinliDate       date,
            int             minute)
{
  if (date != n->spoken)
    {
      say_day (n, date, FALSE);
      g_string_append_c (n->out, ' ');
    }
  say_time (n, minute);
}

static void
say_days (LinliNarration  *n,
          const LinliStep *step,
          gboolean         exact)
{
  int year, month, last_month, day;

  if (step->first == step->last)
    say_day (n, step->first, exact);
  else if (!exact && !n->dated)
    g_string_append_printf (n->out, "%s至%s", weekdays[linli_date_get_weekday (step->first)],
                            weekdays[linli_date_get_weekday (step->last)]);
  else
    {
      say_date (n, step->first);
      linli_date_split (step->first, NULL, &month, NULL);
      linli_date_split (step->last, &year, &last_month, &day);
      g_string_append (n->out, "至 ");
      if (year == n->year && month == last_month)
        g_string_append_printf (n->out, "%d 日", day);
      else
        say_date (n, step->last);
    }
  n->spoken = step->first == step->last ? step->last : LINLI_DATE_NONE;
}

static void
say_duration (LinliNarration *n,
              gint64          minutes)
{
  gint64 hours = minutes / 60;

  if (n->term.unit == LINLI_LIMIT_DAY && minutes > 0 && minutes % LINLI_MINUTES_PER_DAY == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " 天", minutes / LINLI_MINUTES_PER_DAY);
  else if (minutes % 60 == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " 小时", hours);
  else if (hours == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " 分钟", minutes);
  else
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " 小时 %" G_GINT64_FORMAT " 分钟",
                            hours, minutes % 60);
}

static void
say_term (LinliNarration *n,
          LinliTerm       term)
{
  static const char *units[LINLI_LIMIT_N_UNITS] = {
    [LINLI_LIMIT_MINUTE] = "分钟",
    [LINLI_LIMIT_WORKING_HOUR] = "个工作时",
    [LINLI_LIMIT_WORKING_DAY] = "个工作日",
    [LINLI_LIMIT_URGENT_MINUTE] = "紧急分钟",
    [LINLI_LIMIT_URGENT_HOUR] = "个紧急工作时",
    [LINLI_LIMIT_HOUR] = "个自然时",
    [LINLI_LIMIT_DAY] = "个自然日",
  };

  g_string_append_printf (n->out, "%" G_GINT64_FORMAT " %s", term.amount, units[term.unit]);
}

static void
say_kind_of_day (LinliNarration  *n,
                 const LinliStep *step)
{
  if (step->day == LINLI_DAY_MAKE_UP)
    g_string_append (n->out, "补班");
  else if (step->name != NULL)
    g_string_append_printf (n->out, "（%s）", step->name);
}

static void
say_counted_days (LinliNarration    *n,
                  const LinliClause *clause)
{
  const LinliStep *step = &clause->step;
  gboolean working = linli_limit_unit_is_working (n->term.unit);

  g_string_append (n->out, "；");
  say_days (n, step, step->day != LINLI_DAY_WORKDAY);
  say_kind_of_day (n, step);
  g_string_append_printf (n->out, " %d 个%s", step->days, working ? "工作日" : "自然日");
  if (clause->skipped > 0)
    g_string_append_printf (n->out, "（其间休息 %d 天）", clause->skipped);
}

static void
say_whole_days (LinliNarration    *n,
                const LinliClause *clause)
{
  g_string_append (n->out, "；");
  say_days (n, &clause->step, FALSE);
  g_string_append_printf (n->out, " %d 天共 ", clause->step.days);
  say_duration (n, clause->step.minutes);
  if (clause->skipped > 0)
    g_string_append_printf (n->out, "（其间休息 %d 天）", clause->skipped);
}

static void
say_counted_minutes (LinliNarration  *n,
                     const LinliStep *step,
                     guint            i)
{
  gboolean right_away = i > 0 && n->clauses[i - 1].step.kind == LINLI_STEP_RECEIVED;

  if (!linli_limit_unit_is_working (n->term.unit))
    {
      g_string_append (n->out, right_away ? "，" : "；");
      if (!right_away)
        {
          say_moment (n, step->first, step->from);
          g_string_append (n->out, n->counted ? " 起再" : " 起");
        }
      g_string_append (n->out, "连续计 ");
    }
  else if (right_away && step->first == n->spoken && step->day == LINLI_DAY_WORKDAY)
    g_string_append (n->out, linli_narration_is_last (n, i) ? "，当天计 " : "，当天剩 ");
  else
    {
      g_string_append (n->out, "；");
      if (step->first != n->spoken)
        {
          say_day (n, step->first, step->day != LINLI_DAY_WORKDAY);
          say_kind_of_day (n, step);
          g_string_append_c (n->out, ' ');
        }
      say_time (n, step->from);
      g_string_append (n->out, n->counted ? " 起再 " : " 起计 ");
    }
  say_duration (n, step->minutes);
  if (linli_narration_has_gap (n, step))
    g_string_append (n->out, "（中间休息不计）");
}

static void
say_counted (LinliNarration *n,
             guint           i)
{
  const LinliClause *clause = &n->clauses[i];

  if (linli_narration_counts_days (n, &clause->step))
    say_counted_days (n, clause);
  else if (clause->step.days > 1)
    say_whole_days (n, clause);
  else
    say_counted_minutes (n, &clause->step, i);
  n->counted = TRUE;
}

static void
say_rest (LinliNarration  *n,
          const LinliStep *step)
{
  g_string_append (n->out, "；");
  if (linli_narration_is_weekend (step))
    g_string_append (n->out, "周末不计");
  else
    {
      say_days (n, step, FALSE);
      g_string_append (n->out, "休息不计");
    }
}

static void
say_holiday (LinliNarration  *n,
             const LinliStep *step)
{
  g_string_append (n->out, "；");
  say_days (n, step, TRUE);
  g_string_append (n->out, step->name != NULL ? step->name : "");
  g_string_append (n->out, "放假");
  if (step->days > 1)
    g_string_append_printf (n->out, " %d 天", step->days);
  g_string_append (n->out, "不计");
}

static void
say_paused (LinliNarration  *n,
            const LinliStep *step)
{
  g_string_append (n->out, "；");
  say_moment (n, step->first, step->from);
  g_string_append (n->out, step->last == n->spoken ? " 至 " : " 至");
  say_moment (n, step->last, step->to);
  g_string_append (n->out, " 挂起，停 ");
  say_duration (n, step->minutes);
}

static void
say_extended (LinliNarration  *n,
              const LinliStep *step,
              guint            i)
{
  n->term = step->term;
  g_string_append (n->out, i == 1 ? "，延期 " : "；延期 ");
  say_term (n, step->term);
  if (step->name != NULL)
    g_string_append_printf (n->out, "（经%s批准）", step->name);
}

/* The end comes first: what follows leads from there back to the start. */
static void
say_backwards (LinliNarration  *n,
               const LinliStep *step)
{
  g_string_append (n->out, "，往前推 ");
  say_term (n, (LinliTerm) { -n->term.amount, n->term.unit });
  g_string_append (n->out, step->first == n->spoken ? "，到 " : "，到");
  say_moment (n, step->first, step->from);
}

static void
say_due (LinliNarration  *n,
         const LinliStep *step)
{
  if (!n->counted)
    g_string_append (n->out, "，即 ");
  else
    g_string_append (n->out, step->first == n->spoken ? "，到 " : "，到");
  say_moment (n, step->first, step->from);
  g_string_append (n->out, n->counted ? " 止" : " 到期");
}

static void
say_still_paused (LinliNarration  *n,
                  const LinliStep *step)
{
  g_string_append (n->out, "；");
  say_moment (n, step->first, step->from);
  g_string_append (n->out, " 起挂起，还剩 ");
  say_duration (n, step->minutes);
  g_string_append (n->out, "，恢复后续计");
}

static void
say_received (LinliNarration  *n,
              const LinliStep *step)
{
  say_moment (n, step->first, step->from);
  g_string_append (n->out, " 收到");
}

/* Returns whether the sentence goes on. */
static gboolean
say_clause (LinliNarration *n,
            guint           i)
{
  const LinliStep *step = &n->clauses[i].step;

  switch (step->kind)
    {
    case LINLI_STEP_RECEIVED:         say_received (n, step); break;
    case LINLI_STEP_EXTENDED:         say_extended (n, step, i); break;
    case LINLI_STEP_NEXT_DAY:         g_string_append (n->out, "，次日起算"); break;
    case LINLI_STEP_NEXT_WORKING_DAY: g_string_append (n->out, "，下一个工作日起算"); break;
    case LINLI_STEP_BACKWARDS:        say_backwards (n, step); return FALSE;
    case LINLI_STEP_OUTSIDE:          g_string_append (n->out, "，不在工作时间"); break;
    case LINLI_STEP_REST:             say_rest (n, step); break;
    case LINLI_STEP_HOLIDAY:          say_holiday (n, step); break;
    case LINLI_STEP_PAUSED:           say_paused (n, step); break;
    case LINLI_STEP_COUNTED:          say_counted (n, i); break;
    case LINLI_STEP_DUE:              say_due (n, step); break;
    case LINLI_STEP_STILL_PAUSED:     say_still_paused (n, step); break;
    default:                          g_assert_not_reached ();
    }

  return TRUE;
}

void
linli_narrate_zh (LinliNarration *n)
{
  for (guint i = 0; i < n->n_clauses && say_clause (n, i); i++)
    continue;
}
