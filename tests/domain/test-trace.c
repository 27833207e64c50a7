/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentence a clerk reads aloud, word for word. */

#include "calendar-test.h"
#include "linli-json.h"

typedef struct
{
  const char    *start;
  const char    *limit;
  LinliStartRule rule;
  const char    *pause[2]; /* an empty end is open */
  LinliTerm      extension;
  const char    *zh;
  const char    *en;
} Case;

static const Case cases[] = {
  { "2026-02-13 17:00", "2工作时", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周五 17:00 收到，当天剩 1 小时；周六 2 月 14 日补班 9:00 起再 1 小时，到 10:00 止",
    "Received Fri 17:00, 1 h left that day; Sat 14 Feb (make-up day) from 9:00: another 1 h, until 10:00" },
  { "2026-02-12 10:00", "5工作日", LINLI_START_NEXT_DAY, { NULL }, { 0 },
    "周四 2 月 12 日 10:00 收到，次日起算；周五 2 月 13 日 1 个工作日；周六 2 月 14 日补班 1 个工作日；"
    "2 月 15 日至 23 日春节放假 9 天不计；2 月 24 日至 26 日 3 个工作日，到周四 2 月 26 日 18:00 止",
    "Received Thu 12 Feb 10:00, counting from the next day; Fri 13 Feb: 1 working day; Sat 14 Feb (make-up day): 1 working day; "
    "Sun 15 Feb to Mon 23 Feb off (春节); Tue 24 Feb to Thu 26 Feb: 3 working days, until Thu 26 Feb 18:00" },
  { "2025-12-31 10:00", "3工作日", LINLI_START_NEXT_WORKING_DAY, { NULL }, { 0 },
    "周三 10:00 收到，下一个工作日起算；2026 年 1 月 1 日至 3 日元旦放假 3 天不计；周日 1 月 4 日补班 1 个工作日；"
    "周一至周二 2 个工作日，到周二 18:00 止",
    "Received Wed 10:00, counting from the next working day; Thu 1 Jan 2026 to Sat 3 Jan off (元旦); "
    "Sun 4 Jan (make-up day): 1 working day; Mon to Tue: 2 working days, until Tue 18:00" },
  { "2026-03-03 11:30", "2工作时", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周二 11:30 收到，当天计 2 小时（中间休息不计），到 15:30 止",
    "Received Tue 11:30, 2 h that day (without the break), until 15:30" },
  { "2026-03-03 13:00", "30分钟", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周二 13:00 收到，不在工作时间；14:00 起计 30 分钟，到 14:30 止",
    "Received Tue 13:00, outside working hours; from 14:00: 30 min, until 14:30" },
  { "2026-03-07 10:00", "4工作时", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周六 10:00 收到；周末不计；周一 9:00 起计 4 小时（中间休息不计），到 15:00 止",
    "Received Sat 10:00; the weekend does not count; Mon from 9:00: 4 h (without the break), until 15:00" },
  { "2026-02-15 23:00", "2紧急工作时", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周日 23:00 收到，连续计 2 小时，到周一 1:00 止",
    "Received Sun 23:00, counting 2 h round the clock, until Mon 1:00" },
  { "2026-02-12 10:00", "15自然日", LINLI_START_NEXT_DAY, { NULL }, { 0 },
    "周四 2 月 12 日 10:00 收到，次日起算；2 月 13 日至 27 日 15 个自然日，到周五 2 月 27 日 24:00 止",
    "Received Thu 12 Feb 10:00, counting from the next day; Fri 13 Feb to Fri 27 Feb: 15 days, until Fri 27 Feb 24:00" },
  { "2026-03-03 16:01", "立即", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周二 16:01 收到，即 16:01 到期",
    "Received Tue 16:01, due 16:01" },
  /* working weeks in a row are one stretch */
  { "2026-03-03 10:00", "20工作日", LINLI_START_NEXT_WORKING_DAY, { NULL }, { 0 },
    "周二 3 月 3 日 10:00 收到，下一个工作日起算；3 月 4 日至 31 日 20 个工作日（其间休息 8 天），到周二 3 月 31 日 18:00 止",
    "Received Tue 3 Mar 10:00, counting from the next working day; Wed 4 Mar to Tue 31 Mar: 20 working days "
    "(without 8 days of rest), until Tue 31 Mar 18:00" },
  { "2026-03-02 09:00", "30工作时", LINLI_START_IMMEDIATE, { NULL }, { 0 },
    "周一 9:00 收到；周一至周四 4 天共 28 小时；周五 9:00 起再 2 小时，到 11:00 止",
    "Received Mon 9:00; Mon to Thu: 4 days with 28 h; Fri from 9:00: another 2 h, until 11:00" },
  { "2026-03-06 16:00", "3工作时", LINLI_START_IMMEDIATE, { "2026-03-06 17:00", "2026-03-09 10:00" }, { 0 },
    "周五 16:00 收到，当天剩 1 小时；17:00 至周一 10:00 挂起，停 2 小时；10:00 起再 2 小时，到 12:00 止",
    "Received Fri 16:00, 1 h left that day; paused 17:00 to Mon 10:00, which holds up 2 h; from 10:00: another 2 h, until 12:00" },
  { "2026-03-06 16:00", "3工作时", LINLI_START_IMMEDIATE, { "2026-03-06 17:00", "" }, { 0 },
    "周五 16:00 收到，当天计 1 小时；17:00 起挂起，还剩 2 小时，恢复后续计",
    "Received Fri 16:00, 1 h that day; paused since 17:00 with 2 h left once work resumes" },
  { "2026-03-03 10:00", "5工作日", LINLI_START_NEXT_WORKING_DAY, { NULL }, { 3, LINLI_LIMIT_WORKING_DAY },
    "周二 3 月 3 日 10:00 收到，延期 3 个工作日，下一个工作日起算；3 月 4 日至 13 日 8 个工作日（其间休息 2 天），到周五 3 月 13 日 18:00 止",
    "Received Tue 3 Mar 10:00, extended by 3 working days, counting from the next working day; Wed 4 Mar to Fri 13 Mar: "
    "8 working days (without 2 days of rest), until Fri 13 Mar 18:00" },
  { "2026-03-03 10:00", "2紧急工作时", LINLI_START_IMMEDIATE, { NULL }, { 1, LINLI_LIMIT_WORKING_DAY },
    "周二 10:00 收到，连续计 2 小时；延期 1 个工作日；14:00 起再 4 小时；周三 9:00 起再 3 小时，到 12:00 止",
    "Received Tue 10:00, counting 2 h round the clock; extended by 1 working day; from 14:00: another 4 h; "
    "Wed from 9:00: another 3 h, until 12:00" },
};

static LinliDeadline *
compute (LinliWorkCalendar *calendar,
         const Case        *c)
{
  LinliPause pause = { 0, LINLI_PAUSE_OPEN };
  LinliDeadlineQuestion question = {
    .start = AT (c->start), .limit = calendar_test_term (c->limit), .rule = c->rule, .calendar = calendar,
    .pauses = &pause, .n_pauses = c->pause[0] != NULL, .extensions = &c->extension, .n_extensions = c->extension.amount > 0,
  };
  LinliDeadline *deadline;

  if (c->pause[0] != NULL)
    {
      pause.from = AT (c->pause[0]);
      if (*c->pause[1] != '\0')
        pause.to = AT (c->pause[1]);
    }
  deadline = linli_deadline_compute (&question, NULL);
  g_assert_nonnull (deadline);
  return deadline;
}

static void
test_texts (void)
{
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliDeadline) deadline = compute (calendar, &cases[i]);
      g_autofree char *zh = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
      g_autofree char *en = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_EN);

      g_assert_cmpstr (zh, ==, cases[i].zh);
      g_assert_cmpstr (en, ==, cases[i].en);
    }
}

/* A trace from a row of the store tells the same story. */
static void
test_stored (void)
{
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliDeadline) deadline = compute (calendar, &cases[i]);
      g_autoptr(JsonObject) json = linli_trace_to_json (deadline->trace);
      g_autofree char *text = linli_json_object_to_text (json);
      g_autoptr(JsonObject) parsed = linli_json_parse_object (text, -1, NULL);
      g_autoptr(LinliTrace) trace = linli_trace_from_json (parsed, NULL);
      g_autofree char *zh = NULL;

      g_assert_nonnull (trace);
      zh = linli_trace_to_text (trace, LINLI_LANGUAGE_ZH);
      g_assert_cmpstr (zh, ==, cases[i].zh);
    }
}

static void
test_json_shape (void)
{
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();
  g_autoptr(LinliDeadline) deadline = compute (calendar, &cases[0]);
  g_autoptr(JsonObject) json = linli_trace_to_json (deadline->trace);
  g_autofree char *text = linli_json_object_to_text (json);

  g_assert_cmpstr (text, ==,
                   "{\"limit\":{\"amount\":2,\"unit\":\"working_hour\"},\"steps\":["
                   "{\"step\":\"received\",\"date\":\"2026-02-13\",\"from\":\"17:00\"},"
                   "{\"step\":\"counted\",\"date\":\"2026-02-13\",\"from\":\"17:00\",\"to\":\"18:00\",\"minutes\":60},"
                   "{\"step\":\"counted\",\"date\":\"2026-02-14\",\"from\":\"09:00\",\"to\":\"10:00\",\"minutes\":60,"
                   "\"day\":\"make_up\",\"name\":\"春节\"},"
                   "{\"step\":\"due\",\"date\":\"2026-02-14\",\"from\":\"10:00\"}]}");
}

/* Pauses that touch or overlap are one pause to whoever reads. */
static void
test_joined_pauses (void)
{
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();
  const LinliPause pauses[] = {
    { AT ("2026-03-03 11:00"), AT ("2026-03-03 11:30") },
    { AT ("2026-03-03 10:30"), AT ("2026-03-03 11:00") },
    { AT ("2026-03-03 10:45"), AT ("2026-03-03 11:15") },
  };
  const LinliDeadlineQuestion question = {
    .start = AT ("2026-03-03 10:00"), .limit = { 1, LINLI_LIMIT_WORKING_HOUR }, .calendar = calendar,
    .pauses = pauses, .n_pauses = G_N_ELEMENTS (pauses),
  };
  g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, NULL);
  g_autofree char *zh = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);

  g_assert_cmpstr (zh, ==, "周二 10:00 收到，当天剩 30 分钟；10:30 至 11:30 挂起，停 1 小时；11:30 起再 30 分钟，到 12:00 止");
}

static void
test_refused (void)
{
  static const char *bad[] = {
    "{}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"fortnight\"}, \"steps\": []}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [7]}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [{}]}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [{\"step\": \"due\", \"date\": \"2026-02-30\", \"from\": \"10:00\"}]}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [{\"step\": \"due\", \"date\": \"2026-02-03\", \"from\": \"25:00\"}]}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [{\"step\": \"due\", \"date\": \"2026-02-03\", \"until\": \"2026-02-01\", \"from\": \"10:00\"}]}",
    "{\"limit\": {\"amount\": 1, \"unit\": \"day\"}, \"steps\": [{\"step\": \"extended\", \"date\": \"2026-02-03\", \"from\": \"10:00\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonObject) json = linli_json_parse_object (bad[i], -1, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliTrace) trace = linli_trace_from_json (json, &error);

      g_assert_null (trace);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/texts", test_texts);
  g_test_add_func ("/trace/stored", test_stored);
  g_test_add_func ("/trace/json-shape", test_json_shape);
  g_test_add_func ("/trace/joined-pauses", test_joined_pauses);
  g_test_add_func ("/trace/refused", test_refused);
  return g_test_run ();
}
