/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-closing.h"

#include <string.h>

static JsonObject *
args_of (LinliDemoStory *story)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "case", story->id);
  return args;
}

/* Whether a unit owes its part at that moment, so that it can be pressed. */
gboolean
linli_demo_is_under_way (LinliDemoStory *story,
                         gint64          at)
{
  return story->dispatches[0] != NULL && (story->done == 0 || at < story->done);
}

/* The result is told the way the resident came, as far as the desk can do that. */
JsonObject *
linli_demo_notice_args (LinliDemoStory *story,
                        const char     *words)
{
  JsonObject *args = args_of (story);
  const char *method = "phone";

  if (g_str_has_prefix (story->channel, "WX"))
    method = "wechat";
  else if (g_str_has_prefix (story->channel, "CK"))
    method = "face";
  json_object_set_string_member (args, "method", method);
  json_object_set_string_member (args, "words", words);
  return args;
}

JsonObject *
linli_demo_unreached_args (LinliDemoStory *story,
                           const char     *reason)
{
  JsonObject *args = args_of (story);

  json_object_set_string_member (args, "reached", "no");
  json_object_set_string_member (args, "reason", reason);
  return args;
}

/* What the resident said says how content they are; one in a while who had to
 * wait is not, and the case closes all the same. */
static const char *
grade_of (LinliDemoStory *story,
          const char     *words)
{
  if (story->is_late && g_str_hash (story->case_no) % 4 == 0)
    return "dissatisfied";
  if (strstr (words, "基本满意") != NULL)
    return "basically_satisfied";
  return strstr (words, "非常满意") != NULL || g_str_hash (story->case_no) % 3 == 0 ? "very_satisfied" : "satisfied";
}

/* The call-back that closes the case. */
JsonObject *
linli_demo_callback_args (LinliDemoStory *story,
                          const char     *words)
{
  JsonObject *args = args_of (story);
  const char *grade = grade_of (story, words);

  json_object_set_string_member (args, "reached", "yes");
  json_object_set_string_member (args, "solved", "yes");
  json_object_set_string_member (args, "satisfaction", grade);
  if (g_str_equal (grade, "dissatisfied"))
    json_object_set_string_member (args, "reason", "问题已解决，但办理时间太长。");
  json_object_set_string_member (args, "words", words);
  json_object_set_string_member (args, "then", "close");
  return args;
}

/* The supervisor reminds of what runs out, and urges what has. */
JsonObject *
linli_demo_supervise_args (LinliDemoStory *story,
                           gboolean        late,
                           const char     *words)
{
  JsonObject *args = args_of (story);

  json_object_set_string_member (args, "level", late ? "2" : "1");
  json_object_set_string_member (args, "reason", words);
  return args;
}
