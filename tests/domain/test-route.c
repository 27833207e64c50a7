/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a matter is: a table of cases, and what holds for any rules, findings
 * and questions. */

#include <string.h>

#include "linli-attributes.h"
#include "linli-catalogue-tables.h"
#include "linli-route.h"
#include "linli-routing-tables.h"

#define N_ROUNDS 4000

static const char *const units[] = { "street", "water", "drain", "telecom", "power" };
static const char *const kinds[] = { "上水", "污水", "通讯", "不明" };
static const char *const communities[] = { "桂园社区", "松溪社区" };
static const char *const places[] = { "桂园路3号", "兰亭路口", "老村口" };
static const char *const leaves[] = { "06.01.01", "06.01.13", "06.02.01" };

#define PICK(list) list[g_test_rand_int_range (0, G_N_ELEMENTS (list))]

static LinliRow *
make_rule (const char *code,
           int         position,
           const char *items,
           const char *attributes,
           const char *lead)
{
  LinliRow *row = linli_row_new (&linli_table_routing_rule);

  linli_row_set_text (row, LINLI_ROUTING_RULE_ID, code);
  linli_row_set_text (row, LINLI_ROUTING_RULE_CODE, code);
  linli_row_set_int (row, LINLI_ROUTING_RULE_POSITION, position);
  linli_row_set_text (row, LINLI_ROUTING_RULE_NAME, code);
  linli_row_set_int (row, LINLI_ROUTING_RULE_ACTIVE, TRUE);
  linli_row_set_text (row, LINLI_ROUTING_RULE_ITEMS, items);
  linli_row_set_text (row, LINLI_ROUTING_RULE_ATTRIBUTES, attributes);
  linli_row_set_text (row, LINLI_ROUTING_RULE_LEAD_UNIT_ID, lead);
  return row;
}

static LinliPrecedent *
make_precedent (LinliPrecedentKind kind,
                const char        *no,
                const char        *unit,
                const char        *attributes,
                const char        *community,
                const char        *place,
                gint64             at)
{
  LinliPrecedent *precedent = linli_precedent_new (kind);

  precedent->case_id = g_strdup (no);
  precedent->case_no = g_strdup (no);
  precedent->unit_id = g_strdup (unit);
  precedent->unit_name = g_strdup (unit);
  precedent->attributes = linli_attributes_parse (attributes);
  precedent->community = g_strdup (community);
  precedent->place = g_strdup (place);
  precedent->at = at;
  return precedent;
}

typedef struct
{
  GPtrArray  *rules;
  GPtrArray  *precedents;
  GHashTable *attributes;
  LinliRow   *item;
  LinliRouteFacts facts;
} Asking;

static void
asking_clear (Asking *self)
{
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->precedents);
  g_hash_table_unref (self->attributes);
  linli_row_unref (self->item);
}

static void
asking_init (Asking     *self,
             const char *leaf,
             const char *attributes,
             const char *lead)
{
  *self = (Asking) { g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref),
                     g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free),
                     linli_attributes_parse (attributes), linli_row_new (&linli_table_duty_item), { 0 } };
  linli_row_set_text (self->item, LINLI_DUTY_ITEM_LEAD_UNIT_ID, lead);
  linli_row_set_text (self->item, LINLI_DUTY_ITEM_ASSIST_UNIT_IDS, "street drain");
  self->facts = (LinliRouteFacts) { .item = leaf, .attributes = self->attributes, .community = "桂园社区",
                                    .place = "桂园路3号", .urgency = "urgent", .channel = "CK01",
                                    .day = "2026-02-13", .minute = 17 * 60 };
}

/* Asks, and tells who and why as one line. */
static char *
ask (Asking *self)
{
  g_autoptr(LinliRoute) route = linli_route (&self->facts, self->rules, NULL, self->precedents, self->item);

  return g_strdup_printf ("%s:%s:%u/%u", linli_route_reason_to_id (route->reason),
                          route->lead_id != NULL ? route->lead_id : "nobody", route->n_for, route->n_all);
}

static void
expect (Asking     *self,
        const char *answer)
{
  g_autofree char *got = ask (self);

  g_assert_cmpstr (got, ==, answer);
}

static void
test_order_of_questions (void)
{
  Asking f;

  asking_init (&f, "06.01.13", "{\"cover_kind\":\"不明\"}", "drain");
  expect (&f, "item:drain:0/0");

  /* One case is no habit; two of three are. */
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_SETTLED, "A1", "power", "{\"cover_kind\":\"不明\"}", "桂园社区", NULL, 1));
  expect (&f, "item:drain:0/0");
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_SETTLED, "A2", "power", "{\"cover_kind\":\"不明\"}", "桂园社区", NULL, 2));
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_SETTLED, "A3", "water", "{\"cover_kind\":\"不明\"}", "桂园社区", NULL, 3));
  expect (&f, "habit:power:2/3");

  /* A rule goes before a habit. */
  g_ptr_array_add (f.rules, make_rule ("R2", 20, "06.01", "{\"cover_kind\":[\"热力\",\"不明\"]}", "street"));
  g_ptr_array_add (f.rules, make_rule ("R1", 10, "06.01", "{\"cover_kind\":[\"上水\"]}", "water"));
  expect (&f, "rule:street:0/0");

  /* A finding nearby does not go before a rule that knows the owner, only
   * before one that leaves it open. */
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_OWNER, "B1", "telecom", "{\"cover_kind\":\"不明\"}", "桂园社区", "兰亭路口", 4));
  expect (&f, "rule:street:0/0");
  linli_row_set_text (f.rules->pdata[0], LINLI_ROUTING_RULE_LATER_UNIT_ID, "street");
  expect (&f, "community:telecom:1/1");

  /* What was found at the very place goes before everything; the majority of
   * findings, of a tie the latest. */
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_OWNER, "B2", "power", "{\"cover_kind\":\"不明\"}", "桂园社区", "桂园路3号", 5));
  expect (&f, "place:power:1/1");
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_REROUTE, "B3", "water", "{}", "桂园社区", "桂园路3号", 6));
  expect (&f, "place:water:1/2");
  g_ptr_array_add (f.precedents, make_precedent (LINLI_PRECEDENT_RULING, "B4", "power", "{\"cover_kind\":\"不明\"}", "桂园社区", "桂园路3号", 4));
  expect (&f, "place:power:2/3");

  /* The same words in another community are another place; another kind is another thing. */
  f.facts.community = "松溪社区";
  expect (&f, "rule:street:0/0");
  asking_clear (&f);
}

static void
test_conditions (void)
{
  static const struct { guint column; const char *value; LinliRuleOutcome outcome; } cases[] = {
    { LINLI_ROUTING_RULE_ITEMS, "06.01.13", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_ITEMS, "06.01.1", LINLI_RULE_ITEM }, /* no prefix of a code, a code above it */
    { LINLI_ROUTING_RULE_ITEMS, "06.02 06.01", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_ATTRIBUTES, "{\"cover_kind\":[\"上水\"]}", LINLI_RULE_ATTRIBUTE },
    { LINLI_ROUTING_RULE_ATTRIBUTES, "{\"cover_mark\":[\"电信\"]}", LINLI_RULE_ATTRIBUTE }, /* never asked */
    { LINLI_ROUTING_RULE_COMMUNITIES, "松溪社区 望湖社区", LINLI_RULE_COMMUNITY },
    { LINLI_ROUTING_RULE_COMMUNITIES, "松溪社区 桂园社区", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_PLACES, "老村 桂园路", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_PLACES, "老村", LINLI_RULE_PLACE },
    { LINLI_ROUTING_RULE_GRIDS, "7", LINLI_RULE_GRID },
    { LINLI_ROUTING_RULE_URGENCY, "normal", LINLI_RULE_URGENCY },
    { LINLI_ROUTING_RULE_CHANNELS, "DH01", LINLI_RULE_CHANNEL },
    { LINLI_ROUTING_RULE_VALID_FROM, "2026-02-13", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_VALID_FROM, "2026-02-14", LINLI_RULE_DATES },
    { LINLI_ROUTING_RULE_VALID_TO, "2026-02-13", LINLI_RULE_FITS },
    { LINLI_ROUTING_RULE_VALID_TO, "2026-02-12", LINLI_RULE_DATES },
  };
  Asking f;

  asking_init (&f, "06.01.13", "{\"cover_kind\":\"不明\"}", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliRow) rule = make_rule ("R", 1, NULL, NULL, "street");
      LinliRuleAnswer answer = { 0 };

      linli_row_set_text (rule, cases[i].column, cases[i].value);
      linli_rule_ask (rule, &f.facts, NULL, &answer);
      g_assert_cmpint (answer.outcome, ==, cases[i].outcome);
      g_assert_true (answer.outcome == LINLI_RULE_FITS || answer.wanted != NULL);
      g_free (answer.attribute);
      g_free (answer.wanted);
      g_free (answer.got);
    }
  asking_clear (&f);
}

static void
test_time_of_day (void)
{
  static const struct { int from, to, minute; gboolean fits; } cases[] = {
    { 22 * 60, 6 * 60, 23 * 60, TRUE }, { 22 * 60, 6 * 60, 5 * 60 + 59, TRUE }, { 22 * 60, 6 * 60, 6 * 60, FALSE },
    { 22 * 60, 6 * 60, 12 * 60, FALSE }, { 12 * 60, 14 * 60, 12 * 60, TRUE }, { 12 * 60, 14 * 60, 14 * 60, FALSE },
  };
  Asking f;

  asking_init (&f, "03.01.02", "{}", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliRow) rule = make_rule ("R", 1, NULL, NULL, "street");
      LinliRuleAnswer answer = { 0 };

      linli_row_set_int (rule, LINLI_ROUTING_RULE_FROM_MINUTE, cases[i].from);
      linli_row_set_int (rule, LINLI_ROUTING_RULE_TO_MINUTE, cases[i].to);
      f.facts.minute = cases[i].minute;
      linli_rule_ask (rule, &f.facts, NULL, &answer);
      g_assert_true ((answer.outcome == LINLI_RULE_FITS) == cases[i].fits);
      g_free (answer.wanted);
      g_free (answer.got);
    }
  asking_clear (&f);
}

/* --- Whatever is asked --- */

static char *
random_attributes (void)
{
  return g_test_rand_int_range (0, 4) == 0 ? g_strdup ("{}") : g_strdup_printf ("{\"cover_kind\":\"%s\"}", PICK (kinds));
}

static void
add_random (Asking *f)
{
  guint n_rules = (guint) g_test_rand_int_range (0, 8);
  guint n_precedents = (guint) g_test_rand_int_range (0, 12);

  for (guint i = 0; i < n_rules; i++)
    {
      g_autofree char *code = g_strdup_printf ("R%u", i);
      g_autofree char *wanted = g_strdup_printf ("{\"cover_kind\":[\"%s\",\"%s\"]}", PICK (kinds), PICK (kinds));
      LinliRow *rule = make_rule (code, g_test_rand_int_range (0, 3), g_test_rand_int_range (0, 2) ? "06.01" : NULL,
                                  g_test_rand_int_range (0, 3) ? wanted : NULL, PICK (units));

      linli_row_set_int (rule, LINLI_ROUTING_RULE_ACTIVE, g_test_rand_int_range (0, 5) > 0);
      if (g_test_rand_int_range (0, 3) == 0)
        linli_row_set_text (rule, LINLI_ROUTING_RULE_LATER_UNIT_ID, "street");
      if (g_test_rand_int_range (0, 3) == 0)
        linli_row_set_text (rule, LINLI_ROUTING_RULE_COMMUNITIES, PICK (communities));
      g_ptr_array_add (f->rules, rule);
    }
  for (guint i = 0; i < n_precedents; i++)
    {
      g_autofree char *no = g_strdup_printf ("C%02u", i);
      g_autofree char *attributes = random_attributes ();

      g_ptr_array_add (f->precedents, make_precedent ((LinliPrecedentKind) g_test_rand_int_range (0, 4), no, PICK (units),
                                                      attributes, PICK (communities), PICK (places),
                                                      g_test_rand_int_range (0, 5)));
    }
}

static void
shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer other = array->pdata[j];

      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}

/* Every rule has its answer, in order; one at most decided, and then it is
 * the first that fits. */
static void
check_explained (Asking     *f,
                 LinliRoute *route)
{
  gint64 last = G_MININT64;
  guint n_fit = 0;
  gboolean seen = FALSE;

  g_assert_cmpuint (route->rules->len, ==, f->rules->len);
  for (guint i = 0; i < route->rules->len; i++)
    {
      LinliRuleAnswer *answer = route->rules->pdata[i];
      LinliRuleAnswer again = { 0 };

      g_assert_cmpint (linli_row_get_int (answer->rule, LINLI_ROUTING_RULE_POSITION), >=, last);
      last = linli_row_get_int (answer->rule, LINLI_ROUTING_RULE_POSITION);
      linli_rule_ask (answer->rule, &f->facts, NULL, &again);
      g_assert_true ((again.outcome == LINLI_RULE_FITS) ==
                     (answer->outcome == LINLI_RULE_FITS || answer->outcome == LINLI_RULE_LATER));
      if (answer->outcome == LINLI_RULE_FITS)
        g_assert_false (seen);
      seen |= again.outcome == LINLI_RULE_FITS;
      n_fit += answer->outcome == LINLI_RULE_FITS;
      g_free (again.attribute);
      g_free (again.wanted);
      g_free (again.got);
    }
  g_assert_cmpuint (n_fit, ==, route->reason == LINLI_ROUTE_BY_RULE);
}

/* The counts behind a decision are the cases it names. */
static void
check_counts (LinliRoute *route)
{
  gint64 last = G_MAXINT64;

  g_assert_cmpuint (route->precedents->len, ==, route->n_for);
  g_assert_cmpuint (route->n_for, <=, route->n_all);
  for (guint i = 0; i < route->precedents->len; i++)
    {
      LinliPrecedent *precedent = route->precedents->pdata[i];

      g_assert_cmpstr (precedent->unit_id, ==, route->lead_id);
      g_assert_cmpint (precedent->at, <=, last);
      last = precedent->at;
    }
  g_assert_true ((route->lead_id == NULL) == (route->reason == LINLI_ROUTE_BY_NOTHING));
  g_assert_true (route->assist_ids == NULL || strstr (route->assist_ids, route->lead_id) == NULL);
}

static void
test_any_question (void)
{
  for (guint n = 0; n < N_ROUNDS; n++)
    {
      g_autofree char *attributes = random_attributes ();
      g_autofree char *first = NULL;
      g_autofree char *again = NULL;
      g_autoptr(LinliRoute) route = NULL;
      Asking f;

      asking_init (&f, PICK (leaves), attributes, g_test_rand_int_range (0, 3) ? PICK (units) : NULL);
      f.facts.community = PICK (communities);
      f.facts.place = PICK (places);
      add_random (&f);
      route = linli_route (&f.facts, f.rules, NULL, f.precedents, f.item);
      check_explained (&f, route);
      check_counts (route);

      first = ask (&f);
      shuffle (f.rules);
      shuffle (f.precedents);
      again = ask (&f);
      g_assert_cmpstr (first, ==, again);
      g_clear_pointer (&route, linli_route_free);
      asking_clear (&f);
    }
}

/* Whoever no longer takes cases is never proposed. */
static void
test_only_live_units (void)
{
  for (guint n = 0; n < N_ROUNDS / 4; n++)
    {
      g_autoptr(GHashTable) live = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *attributes = random_attributes ();
      g_autoptr(LinliRoute) route = NULL;
      Asking f;

      g_hash_table_add (live, (gpointer) PICK (units));
      asking_init (&f, PICK (leaves), attributes, PICK (units));
      add_random (&f);
      route = linli_route (&f.facts, f.rules, live, f.precedents, f.item);
      g_assert_true (route->lead_id == NULL || g_hash_table_contains (live, route->lead_id));
      g_clear_pointer (&route, linli_route_free);
      asking_clear (&f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/order-of-questions", test_order_of_questions);
  g_test_add_func ("/route/conditions", test_conditions);
  g_test_add_func ("/route/time-of-day", test_time_of_day);
  g_test_add_func ("/route/any-question", test_any_question);
  g_test_add_func ("/route/only-live-units", test_only_live_units);
  return g_test_run ();
}
