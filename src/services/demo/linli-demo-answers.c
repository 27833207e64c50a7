/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-play.h"

#include "linli-json.h"

/* @days: from now; the past gives an answer that has expired. */
static char *
day_after (gint64 now,
           gint64 days)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr(GDateTime) then = g_date_time_add_days (utc, (int) days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static gboolean
keep_answer (LinliDemoPlay *self,
             JsonObject    *answer,
             gint64         at,
             GError       **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *until = NULL;
  const char *owner = g_hash_table_lookup (self->units, linli_json_get_text (answer, "unit"));
  gint64 days = 0;

  linli_json_get_int (answer, "days", &days);
  until = day_after (self->time->now, days);
  json_object_set_string_member (args, "questions", linli_json_get_text (answer, "questions"));
  json_object_set_string_member (args, "answer", linli_json_get_text (answer, "answer"));
  json_object_set_string_member (args, "item", linli_json_get_text (answer, "item"));
  json_object_set_string_member (args, "valid_until", until);
  if (owner != NULL)
    json_object_set_string_member (args, "owner", owner);
  outcome = linli_demo_play_run (self, LINLI_DEMO_CLERK, "answer.save", g_steal_pointer (&args), at, error);

  return outcome != NULL;
}

/* What the centre has learned to answer on the spot; one of them is no longer right. */
gboolean
linli_demo_play_keep_answers (LinliDemoPlay *self,
                              gint64         at,
                              GError       **error)
{
  JsonArray *answers = linli_json_get_array (self->corpus->desk, "answers");

  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    if (!keep_answer (self, json_array_get_object_element (answers, i), at + (gint64) i * LINLI_DEMO_MINUTE, error))
      return FALSE;
  return TRUE;
}
