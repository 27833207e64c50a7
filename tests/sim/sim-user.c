/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the people at the desks do: mostly sensible things, on a few cases that
 * they all share, so that they get into each other's way. */

#include "sim.h"

#include "linli-core-tables.h"
#include "linli-execute.h"
#include "linli-json.h"
#include "linli-outbox.h"
#include "linli-plant.h"

static const char *const furniture[][2] = {
  { "unit.import", "{\"units\":["
    "{\"code\":\"U1\",\"name\":\"市政服务中心\"},{\"code\":\"U2\",\"name\":\"综合执法队\"},{\"code\":\"U3\",\"name\":\"供水公司\"}]}" },
  { "channel.import", "{\"channels\":["
    "{\"code\":\"CK01\",\"name\":\"窗口\",\"group\":\"窗口\"},{\"code\":\"DH01\",\"name\":\"来电\",\"group\":\"来电\"}]}" },
  { "reason.import", "{\"reasons\":[{\"kind\":\"decline\",\"code\":\"D01\",\"label\":\"已进入诉讼\"}]}" },
  { "duty.import", "{\"source\":\"试验清单\",\"items\":["
    "{\"code\":\"06\",\"name\":\"市政设施\",\"leaf\":false},"
    "{\"code\":\"06.01\",\"parent_code\":\"06\",\"level\":2,\"name\":\"井盖破损\",\"leaf\":true,\"lead\":\"U1\","
    "\"start_rule\":\"next_working_day\",\"limits\":{\"dispatch\":\"2工作时\",\"sign\":\"2工作时\",\"contact\":\"4工作时\","
    "\"resolve\":\"5工作日\",\"callback\":\"1工作日\"}},"
    "{\"code\":\"06.02\",\"parent_code\":\"06\",\"level\":2,\"name\":\"路灯不亮\",\"leaf\":true,\"urgency\":\"urgent\","
    "\"limits\":{\"dispatch\":\"30分钟\",\"resolve\":\"24紧急工作时\"}}]}" },
  { "calendar.save", "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":1,\"zone\":\"Asia/Shanghai\","
    "\"covered_from\":2026,\"covered_until\":2026,\"week\":{"
    "\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],\"tue\":[\"09:00-12:00\",\"14:00-18:00\"],"
    "\"wed\":[\"09:00-12:00\",\"14:00-18:00\"],\"thu\":[\"09:00-12:00\",\"14:00-18:00\"],"
    "\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]},\"exceptions\":["
    "{\"date\":\"2026-02-14\",\"kind\":\"work\",\"name\":\"春节调休\"},"
    "{\"date\":\"2026-02-15\",\"until\":\"2026-02-23\",\"kind\":\"off\",\"name\":\"春节\"}]}}" },
};

static LinliOutcome *
submit (SimDesk          *self,
        const char       *command,
        const char       *json,
        LinliExecuteFlags flags,
        GError          **error)
{
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, error);

  return args != NULL ? linli_desk_submit (self->desk, self->conn, command, args, flags, error) : NULL;
}

static void
must (SimDesk    *self,
      const char *command,
      const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = submit (self, command, json, LINLI_EXECUTE_QUEUE, &error);

  if (outcome == NULL)
    g_error ("%s: %s", command, error->message);
}

/* A small centre, as a first desk sets it up. */
void
sim_user_furnish (SimDesk *self)
{
  g_autofree char *unit = NULL;
  g_autofree char *handler = NULL;

  must (self, "centre.create", "{\"name\":\"桂园\",\"person\":\"陈静\"}");
  if (!linli_desk_load (self->desk, self->conn, NULL))
    g_error ("the desk cannot be loaded");
  for (guint i = 0; i < G_N_ELEMENTS (furniture); i++)
    must (self, furniture[i][0], furniture[i][1]);
  if (!linli_conn_get_text (self->conn, &unit, NULL, "SELECT id FROM unit WHERE code = 'U1'", ""))
    g_error ("there is no unit");
  handler = g_strdup_printf ("{\"name\":\"潘秋霞\",\"roles\":\"handler\",\"unit\":\"%s\"}", unit);
  must (self, "account.create", handler);
  for (guint i = 0; i < 3; i++)
    must (self, "case.intake", "{\"text\":\"桂园路井盖破了\",\"channel\":\"CK01\",\"item\":\"06.01\",\"accept\":true}");
}

typedef struct
{
  const char *command, *args;
  int         weight;
} Deed;

/* %c %k cases, %m a merged one, %e a line of what it was merged into, %d a part,
 * %u %v units, %w the one that has a desk, %r a revision, %i a leaf, %o an
 * operation of this desk, %n a small number */
static const Deed centre_deeds[] = {
  { "case.intake", "{\"text\":\"楼道灯坏了%n\",\"channel\":\"CK01\"}", 5 },
  { "case.intake", "{\"text\":\"井盖%n\",\"channel\":\"CK01\",\"item\":\"%i\",\"accept\":true}", 5 },
  { "case.intake", "{\"text\":\"又来反映\",\"channel\":\"DH01\",\"attach_to\":\"%c\","
                   "\"appellant\":{\"name\":\"王%n\",\"phone\":\"1380013800%n\"}}", 3 },
  { "case.accept", "{\"case\":\"%c\",\"item\":\"%i\"}", 5 },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"%i\"}", 3 },
  { "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"标题%n\"}", 8 },
  { "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"place\":\"桂园路%n号\",\"grid\":\"网格%n\"}", 6 },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\"]}", 5 },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}", 3 },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%w\"}", 8 },
  { "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}", 3 },
  { "case.sign", "{\"dispatch\":\"%d\"}", 8 },
  { "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}", 4 },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}", 8 },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}", 4 },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}", 2 },
  { "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}", 3 },
  { "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}", 1 },
  { "case.note", "{\"case\":\"%c\",\"body\":\"记一笔%n\",\"audience\":\"unit\"}", 14 },
  { "core.undo", "{\"operation\":\"%o\"}", 8 },
  { "unit.save", "{\"code\":\"N%n\",\"name\":\"新单位%n\"}", 6 },
  { "view.save", "{\"name\":\"视图%n\",\"query\":\"井盖\"}", 4 },
  { "place.import", "{\"places\":[{\"name\":\"小区%n\",\"kind\":\"estate\"}]}", 3 },
  { "clock.recompute", "{\"limit\":3}", 1 },
  { "case.note", "{\"case\":\"%c\",\"body\":\"只给中心看%n\",\"audience\":\"internal\"}", 3 },
  { "case.mark-confidential", "{\"case\":\"%c\",\"reason\":\"本人要求\"}", 3 },
  { "case.unmark-confidential", "{\"case\":\"%c\",\"reason\":\"本人同意\"}", 3 },
  { "case.merge", "{\"target\":\"%c\",\"sources\":[\"%k\"]}", 4 },
  { "case.unmerge", "{\"case\":\"%m\"}", 2 },
  { "case.unmerge", "{\"case\":\"%m\",\"assign\":[{\"entry\":\"%e\",\"to\":\"source\"}]}", 3 },
  { "case.split", "{\"case\":\"%c\",\"parts\":[{\"text\":\"井盖\",\"item\":\"06.01\"},{\"text\":\"路灯\",\"item\":\"06.02\"}]}", 2 },
  { NULL }
};

static const Deed unit_deeds[] = {
  { "case.sign", "{\"dispatch\":\"%d\"}", 8 },
  { "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}", 6 },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}", 4 },
  { "case.note", "{\"case\":\"%c\",\"body\":\"单位记一笔%n\",\"audience\":\"unit\"}", 8 },
  { "core.undo", "{\"operation\":\"%o\"}", 4 },
  { "view.save", "{\"name\":\"单位视图%n\",\"query\":\"井盖\"}", 3 },
  { NULL }
};

static char *
pick (SimDesk    *self,
      const char *from)
{
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM (%s)", from);
  g_autofree char *sql = g_strdup_printf ("%s LIMIT 1 OFFSET ?1", from);
  char *id = NULL;
  gint64 n = 0;

  if (!linli_conn_get_int (self->conn, &n, NULL, count, "") || n == 0 ||
      !linli_conn_get_text (self->conn, &id, NULL, sql, "i", (gint64) sim_draw (self->sim, (int) n)))
    return g_strdup ("0195c0de-7000-7abc-8def-0123456789ab");
  return id;
}

static void
replace (GString    *text,
         const char *mark,
         char       *value)
{
  g_string_replace (text, mark, value, 0);
  g_free (value);
}

static char *
fill (SimDesk    *self,
      const char *args)
{
  GString *text = g_string_new (args);
  g_autofree char *chosen = pick (self, sim_draw (self->sim, 4) > 0
                                          ? "SELECT id FROM (SELECT id FROM cases WHERE state NOT IN ('closed','declined','withdrawn') "
                                            "ORDER BY id DESC LIMIT 6)"
                                          : "SELECT id FROM cases ORDER BY id");
  gint64 revision = 0;

  linli_conn_get_int (self->conn, &revision, NULL, "SELECT revision FROM cases WHERE id = ?1", "s", chosen);
  replace (text, "%r", g_strdup_printf ("%" G_GINT64_FORMAT, revision));
  replace (text, "%d", pick (self, "SELECT id FROM (SELECT id FROM dispatch WHERE state IN ('sent','signed','working') ORDER BY id DESC LIMIT 6)"));
  replace (text, "%u", pick (self, "SELECT id FROM unit ORDER BY id"));
  replace (text, "%v", pick (self, "SELECT id FROM unit ORDER BY id"));
  replace (text, "%o", pick (self, "SELECT id FROM (SELECT id FROM audit ORDER BY pk DESC LIMIT 4)"));
  replace (text, "%w", pick (self, "SELECT id FROM unit WHERE code = 'U1'"));
  replace (text, "%k", pick (self, "SELECT id FROM (SELECT id FROM cases WHERE merged_into_id IS NULL ORDER BY id DESC LIMIT 6)"));
  replace (text, "%m", pick (self, "SELECT id FROM cases WHERE state = 'merged' ORDER BY id"));
  replace (text, "%e", pick (self, "SELECT id FROM entry WHERE kind = 'note' AND case_id IN (SELECT merged_into_id FROM cases) ORDER BY id DESC"));
  replace (text, "%i", g_strdup (sim_draw (self->sim, 2) == 0 ? "06.01" : "06.02"));
  replace (text, "%n", g_strdup_printf ("%d", sim_draw (self->sim, 6)));
  g_string_replace (text, "%c", chosen, 0);

  return g_string_free (text, FALSE);
}

/* The outbox in a transaction of its own: one of the bugs to be put in. */
static LinliOutcome *
submit_apart (SimDesk    *self,
              const char *command,
              const char *json,
              GError    **error)
{
  LinliOutcome *outcome = submit (self, command, json, 0, error);
  g_autoptr(LinliTx) tx = outcome != NULL ? linli_tx_begin (self->conn, NULL) : NULL;

  if (tx != NULL && linli_outbox_add (tx, outcome->operation, NULL))
    linli_tx_commit (tx, NULL);
  return outcome;
}

/* Returns: (transfer full) (nullable): what somebody has just done here */
LinliOutcome *
sim_user_act (SimDesk *self,
              GError **error)
{
  g_autofree char *json = NULL;
  const Deed *deeds = self->unit != NULL ? unit_deeds : centre_deeds;
  int sum = 0;
  guint i = 0;
  int at;

  for (guint d = 0; deeds[d].command != NULL; d++)
    sum += deeds[d].weight;
  for (at = sim_draw (self->sim, sum); at >= deeds[i].weight; i++)
    at -= deeds[i].weight;
  json = fill (self, deeds[i].args);
  sim_note (self->sim, "desk %u: %s %s", self->n, deeds[i].command, json);
  if (LINLI_PLANTED (OUTBOX_APART))
    return submit_apart (self, deeds[i].command, json, error);
  return submit (self, deeds[i].command, json, LINLI_EXECUTE_QUEUE, error);
}
