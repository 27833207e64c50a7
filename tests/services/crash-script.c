/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-script.h"

#include "linli-json.h"
#include "linli-registry.h"

static LinliOutcome *
submit (LinliConn  *conn,
        LinliDesk  *desk,
        const char *command,
        JsonObject *args,
        GError    **error)
{
  return linli_desk_submit (desk, conn, command, args, LINLI_EXECUTE_QUEUE, error);
}

static void
must (LinliConn  *conn,
      LinliDesk  *desk,
      const char *command,
      const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = submit (conn, desk, command, json_node_get_object (node), &error);

  g_assert_no_error (error);
  if (json_object_has_member (outcome->result, "account"))
    linli_desk_set_actor (desk, json_object_get_string_member (outcome->result, "account"));
}

/* A small centre: two units, one duty item, hours on every weekday. */
void
crash_script_prepare (LinliConn *conn,
                      LinliDesk *desk)
{
  must (conn, desk, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}");
  must (conn, desk, "unit.import",
        "{\"units\":[{\"code\":\"A\",\"name\":\"综合执法队\"},{\"code\":\"B\",\"name\":\"市政服务中心\"}]}");
  must (conn, desk, "channel.import", "{\"channels\":[{\"code\":\"CK01\",\"name\":\"窗口\",\"group\":\"窗口\"}]}");
  must (conn, desk, "duty.import",
        "{\"source\":\"t\",\"items\":[{\"code\":\"1\",\"name\":\"井盖破损\",\"level\":3,\"path\":\"市政 / 井盖破损\","
        "\"leaf\":true,\"lead\":\"A\",\"assist\":[\"B\"],\"start_rule\":\"immediate\","
        "\"limits\":{\"resolve\":\"24紧急工作时\",\"sign\":\"30分钟\"}}]}");
}

/* An id picked by @sql among what there is, or NULL. */
static char *
pick (LinliConn  *conn,
      GRand      *rand,
      const char *sql)
{
  g_autofree char *text = g_strdup_printf ("%s ORDER BY pk LIMIT 1 OFFSET %u", sql, g_rand_int_range (rand, 0, 3));
  char *id = NULL;

  linli_conn_get_text (conn, &id, NULL, text, "");
  return id;
}

static char *
set_picked (LinliConn  *conn,
            GRand      *rand,
            JsonObject *args,
            const char *member,
            const char *sql)
{
  char *id = pick (conn, rand, sql);

  if (id != NULL)
    json_object_set_string_member (args, member, id);
  return id;
}

static const char *
choose (LinliConn  *conn,
        GRand      *rand,
        JsonObject *args)
{
  g_autofree char *id = NULL;
  g_autofree char *unit = NULL;

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
    case 1:
      json_object_set_string_member (args, "text", "楼下的井盖坏了，晚上走路很危险，请尽快处理。");
      json_object_set_string_member (args, "channel", "CK01");
      json_object_set_string_member (args, "item", "1");
      json_object_set_boolean_member (args, "accept", g_rand_boolean (rand));
      return "case.intake";
    case 2:
      id = set_picked (conn, rand, args, "case", "SELECT id FROM cases WHERE state = 'received'");
      json_object_set_string_member (args, "item", "1");
      return "case.accept";
    case 3:
      id = set_picked (conn, rand, args, "case", "SELECT id FROM cases WHERE state = 'registered'");
      unit = set_picked (conn, rand, args, "lead", "SELECT id FROM unit WHERE code = 'A'");
      json_object_set_string_member (args, "lead", unit != NULL ? unit : "");
      return "case.dispatch";
    case 4:
      id = set_picked (conn, rand, args, "dispatch", "SELECT id FROM dispatch WHERE state = 'sent'");
      return "case.sign";
    case 5:
      id = set_picked (conn, rand, args, "dispatch", "SELECT id FROM dispatch WHERE state IN ('signed', 'working')");
      json_object_set_string_member (args, "result", "已更换新井盖。");
      return "case.done";
    case 6:
      id = set_picked (conn, rand, args, "case", "SELECT id FROM cases WHERE state = 'pending_review'");
      json_object_set_string_member (args, "verdict", g_rand_boolean (rand) ? "pass" : "reject");
      json_object_set_string_member (args, "note", "核对照片。");
      return "case.review";
    case 7:
      id = set_picked (conn, rand, args, "case", "SELECT id FROM cases WHERE 1 = 1");
      json_object_set_string_member (args, "body", "已电话告知居民。");
      json_object_set_string_member (args, "audience", "internal");
      return "case.note";
    default:
      json_object_set_string_member (args, "id", "0195c0de-7000-7abc-8def-0123456789ab");
      json_object_set_string_member (args, "kind", "intake");
      json_object_set_object_member (args, "body", json_object_new ());
      return "draft.save";
    }
}

/* Offsets past the end fall back to the first row, or to nothing at all; a
 * refused command is part of a day. */
void
crash_script_run (LinliConn *conn,
                  LinliDesk *desk,
                  guint32    seed,
                  guint      n_commands,
                  CrashAck   ack,
                  gpointer   data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n_commands; i++)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      const char *command = choose (conn, rand, args);
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliOutcome) outcome = submit (conn, desk, command, args, &error);

      if (outcome != NULL && !(linli_registry_find_command (command)->flags & LINLI_COMMAND_LOCAL))
        ack (outcome->operation, data);
    }
}
