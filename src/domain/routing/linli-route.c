/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-route.h"

#include "linli-attributes.h"
#include "linli-catalogue-tables.h"
#include "linli-routing-tables.h"

/* A habit is what was done more than once, and at least every other time: on
 * a real year of a district (tests/services/test-routing-real.c) these bounds
 * proposed the right unit more often than stricter ones and than none. */
#define HABIT_CASES 2

LinliPrecedent *
linli_precedent_new (LinliPrecedentKind kind)
{
  LinliPrecedent *self = g_atomic_rc_box_new0 (LinliPrecedent);

  self->kind = kind;
  return self;
}

static void
precedent_clear (gpointer data)
{
  LinliPrecedent *self = data;

  g_clear_pointer (&self->attributes, g_hash_table_unref);
  if (self->lender != NULL)
    {
      linli_precedent_free (self->lender);
      return;
    }
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->unit_id);
  g_free (self->unit_name);
  g_free (self->community);
  g_free (self->place);
  g_free (self->place_id);
}

/**
 * linli_precedent_copy:
 * @self: not to be changed any more
 *
 * A question about a leaf looks at a thousand of them: what is the same is
 * shared.
 *
 * Returns: (transfer full): may be given other attributes
 */
LinliPrecedent *
linli_precedent_copy (LinliPrecedent *self)
{
  LinliPrecedent *copy = linli_precedent_new (self->kind);

  *copy = *self;
  copy->lender = g_atomic_rc_box_acquire (self->lender != NULL ? self->lender : self);
  if (copy->attributes != NULL)
    g_hash_table_ref (copy->attributes);

  return copy;
}

void
linli_precedent_free (LinliPrecedent *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, precedent_clear);
}

static void
answer_free (LinliRuleAnswer *answer)
{
  linli_row_unref (answer->rule);
  g_free (answer->attribute);
  g_free (answer->wanted);
  g_free (answer->got);
  g_free (answer);
}

void
linli_route_free (LinliRoute *self)
{
  if (self == NULL)
    return;
  g_free (self->lead_id);
  g_free (self->lead_name);
  g_free (self->assist_ids);
  g_free (self->instruction);
  g_free (self->later_id);
  g_clear_pointer (&self->rule, linli_row_unref);
  g_clear_pointer (&self->precedents, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_free (self);
}

const char *
linli_route_reason_to_id (LinliRouteReason reason)
{
  static const char *const ids[] = { "nothing", "place", "rule", "community", "habit", "item", "elsewhere" };

  return ids[reason];
}

const char *
linli_rule_outcome_to_id (LinliRuleOutcome outcome)
{
  static const char *const ids[] = { "fits", "off", "dates", "item", "attribute", "community", "place", "grid",
                                     "urgency", "channel", "time", "unit", "later" };

  return ids[outcome];
}

const char *
linli_precedent_kind_to_id (LinliPrecedentKind kind)
{
  static const char *const ids[] = { "owner", "ruling", "reroute", "settled" };

  return ids[kind];
}

/* --- What earlier cases teach --- */

typedef gboolean (*Counts) (const LinliRouteFacts *facts,
                            const LinliPrecedent  *precedent);

static gboolean
is_alike (const LinliRouteFacts *facts,
          const LinliPrecedent  *precedent)
{
  return linli_attributes_equal (facts->attributes, precedent->attributes);
}

static gboolean
same_text (const char *a,
           const char *b)
{
  return a != NULL && *a != '\0' && g_strcmp0 (a, b) == 0;
}

static gboolean
same_community (const LinliRouteFacts *facts,
                const LinliPrecedent  *precedent)
{
  return same_text (facts->community, precedent->community);
}

/* Nothing that both say differs. */
static gboolean
is_no_other (const LinliRouteFacts *facts,
             const LinliPrecedent  *precedent)
{
  GHashTableIter iter;
  gpointer code, value;

  if (facts->attributes == NULL || precedent->attributes == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, facts->attributes);
  while (g_hash_table_iter_next (&iter, &code, &value))
    {
      const char *theirs = g_hash_table_lookup (precedent->attributes, code);

      if (theirs != NULL && !g_str_equal (theirs, value))
        return FALSE;
    }
  return TRUE;
}

/* Words for a place are only a place within one community. */
static gboolean
found_here (const LinliRouteFacts *facts,
            const LinliPrecedent  *precedent)
{
  return precedent->kind != LINLI_PRECEDENT_SETTLED && is_no_other (facts, precedent) &&
         (same_text (facts->place_id, precedent->place_id) ||
          (same_text (facts->place, precedent->place) && g_strcmp0 (facts->community, precedent->community) == 0));
}

static gboolean
found_nearby (const LinliRouteFacts *facts,
              const LinliPrecedent  *precedent)
{
  return precedent->kind != LINLI_PRECEDENT_SETTLED && is_alike (facts, precedent) && same_community (facts, precedent);
}

static gboolean
settled_nearby (const LinliRouteFacts *facts,
                const LinliPrecedent  *precedent)
{
  return is_alike (facts, precedent) && same_community (facts, precedent);
}

static gboolean
settled_anywhere (const LinliRouteFacts *facts,
                  const LinliPrecedent  *precedent)
{
  return TRUE;
}

/* Returns: (transfer full): unit id -> how many of @precedents name it */
static GHashTable *
count_units (GPtrArray *precedents)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < precedents->len; i++)
    {
      char *unit = ((LinliPrecedent *) precedents->pdata[i])->unit_id;

      g_hash_table_insert (counts, unit, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, unit)) + 1));
    }
  return counts;
}

static guint
count_of (GHashTable *counts,
          const char *unit)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, unit));
}

/* The unit that most of @precedents name, which are latest first. Of several
 * the one that more of @others name, then the one named last. */
static const LinliPrecedent *
find_most (GPtrArray *precedents,
           GPtrArray *others,
           guint     *n_most)
{
  g_autoptr(GHashTable) counts = count_units (precedents);
  g_autoptr(GHashTable) ties = count_units (others);
  const LinliPrecedent *most = NULL;

  *n_most = 0;
  for (guint i = 0; i < precedents->len; i++)
    {
      LinliPrecedent *precedent = precedents->pdata[i];
      guint n = count_of (counts, precedent->unit_id);

      if (n > *n_most ||
          (n == *n_most && count_of (ties, precedent->unit_id) > count_of (ties, most->unit_id)))
        {
          *n_most = n;
          most = precedent;
        }
    }
  return most;
}

/* Decides by what the precedents that count say, if enough of them do. */
static gboolean
decide_by_precedents (LinliRoute            *self,
                      const LinliRouteFacts *facts,
                      GHashTable            *live_units,
                      GPtrArray             *precedents,
                      Counts                 counts,
                      gboolean               is_habit,
                      LinliRouteReason       reason)
{
  g_autoptr(GPtrArray) counted = g_ptr_array_new ();
  gboolean is_finding = counts == found_here || counts == found_nearby; /* there the latest word holds */
  const LinliPrecedent *most;
  guint n;

  for (guint i = 0; i < precedents->len; i++)
    {
      LinliPrecedent *precedent = precedents->pdata[i];

      if (counts (facts, precedent) &&
          (live_units == NULL || g_hash_table_contains (live_units, precedent->unit_id)))
        g_ptr_array_add (counted, precedent);
    }
  most = find_most (counted, is_finding ? counted : precedents, &n);
  if (most == NULL || (is_habit && (n < HABIT_CASES || n * 2 < counted->len)))
    return FALSE;

  self->reason = reason;
  self->lead_id = g_strdup (most->unit_id);
  self->lead_name = g_strdup (most->unit_name);
  self->n_for = n;
  self->n_all = counted->len;
  for (guint i = 0; i < counted->len; i++)
    if (g_str_equal (((LinliPrecedent *) counted->pdata[i])->unit_id, most->unit_id))
      g_ptr_array_add (self->precedents, counted->pdata[i]);

  return TRUE;
}

static int
compare_precedents (gconstpointer a,
                    gconstpointer b)
{
  const LinliPrecedent *x = *(LinliPrecedent *const *) a;
  const LinliPrecedent *y = *(LinliPrecedent *const *) b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return -g_strcmp0 (x->case_id, y->case_id);
}

/* --- The rules --- */

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  LinliRow *x = *(LinliRow *const *) a;
  LinliRow *y = *(LinliRow *const *) b;
  gint64 before = linli_row_get_int (x, LINLI_ROUTING_RULE_POSITION);
  gint64 after = linli_row_get_int (y, LINLI_ROUTING_RULE_POSITION);

  if (before != after)
    return before < after ? -1 : 1;
  return g_strcmp0 (linli_row_get_text (x, LINLI_ROUTING_RULE_CODE), linli_row_get_text (y, LINLI_ROUTING_RULE_CODE));
}

/* Asks every rule, so that each can say why it did not decide. */
static LinliRuleAnswer *
ask_rules (LinliRoute            *self,
           const LinliRouteFacts *facts,
           GHashTable            *live_units,
           GPtrArray             *rules)
{
  g_autoptr(GPtrArray) ordered = g_ptr_array_copy (rules, NULL, NULL);
  LinliRuleAnswer *first = NULL;

  g_ptr_array_set_free_func (ordered, NULL);
  g_ptr_array_sort (ordered, compare_rules);
  for (guint i = 0; i < ordered->len; i++)
    {
      LinliRuleAnswer *answer = g_new0 (LinliRuleAnswer, 1);

      answer->rule = linli_row_ref (ordered->pdata[i]);
      linli_rule_ask (answer->rule, facts, live_units, answer);
      if (answer->outcome == LINLI_RULE_FITS && first == NULL)
        first = answer;
      else if (answer->outcome == LINLI_RULE_FITS)
        answer->outcome = LINLI_RULE_LATER;
      g_ptr_array_add (self->rules, answer);
    }
  return first;
}

/* Only units that take cases, without the lead. */
static char *
keep_live (const char *ids,
           const char *lead,
           GHashTable *live_units)
{
  g_auto(GStrv) parts = g_strsplit (ids != NULL ? ids : "", " ", -1);
  g_autoptr(GString) kept = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && g_strcmp0 (parts[i], lead) != 0 &&
        (live_units == NULL || g_hash_table_contains (live_units, parts[i])))
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "", parts[i]);
  return kept->len > 0 ? g_string_free (g_steal_pointer (&kept), FALSE) : NULL;
}

static void
decide_by_rule (LinliRoute      *self,
                LinliRuleAnswer *answer,
                GHashTable      *live_units)
{
  LinliRow *rule = answer->rule;

  self->reason = LINLI_ROUTE_BY_RULE;
  self->rule = linli_row_ref (rule);
  self->lead_id = g_strdup (linli_row_get_text (rule, LINLI_ROUTING_RULE_LEAD_UNIT_ID));
  self->assist_ids = keep_live (linli_row_get_text (rule, LINLI_ROUTING_RULE_ASSIST_UNIT_IDS), self->lead_id, live_units);
  self->instruction = g_strdup (linli_row_get_text (rule, LINLI_ROUTING_RULE_INSTRUCTION));
  self->later_id = g_strdup (linli_row_get_text (rule, LINLI_ROUTING_RULE_LATER_UNIT_ID));
}

static gboolean
decide_by_item (LinliRoute *self,
                LinliRow   *item,
                GHashTable *live_units)
{
  const char *lead = item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_LEAD_UNIT_ID) : NULL;

  if (lead == NULL || (live_units != NULL && !g_hash_table_contains (live_units, lead)))
    return FALSE;
  self->reason = LINLI_ROUTE_BY_ITEM;
  self->lead_id = g_strdup (lead);
  return TRUE;
}

/* Who assists is the duty list's to say where nothing else names anybody; a
 * rule says it all. */
static void
add_assistants (LinliRoute *self,
                LinliRow   *item,
                GHashTable *live_units)
{
  if (self->reason == LINLI_ROUTE_BY_RULE || self->lead_id == NULL || item == NULL)
    return;
  self->assist_ids = keep_live (linli_row_get_text (item, LINLI_DUTY_ITEM_ASSIST_UNIT_IDS), self->lead_id, live_units);
}

/* A rule that would have decided had nothing been known earlier. */
static void
pass_over (LinliRuleAnswer *rule)
{
  if (rule != NULL)
    rule->outcome = LINLI_RULE_LATER;
}

/**
 * linli_route:
 * @rules: (element-type LinliRow): of routing_rule, in any order
 * @live_units: (nullable): ids of the units that take cases; all when %NULL
 * @precedents: (element-type LinliPrecedent): of the same leaf, in any order;
 *   they must outlive the answer
 * @item: (nullable): the leaf's duty_item row
 *
 * The same question always has the same answer, whatever the order of @rules
 * and @precedents.
 *
 * Returns: (transfer full): the unit, and why
 */
LinliRoute *
linli_route (const LinliRouteFacts *facts,
             GPtrArray             *rules,
             GHashTable            *live_units,
             GPtrArray             *precedents,
             LinliRow              *item)
{
  LinliRoute *self = g_new0 (LinliRoute, 1);
  g_autoptr(GPtrArray) latest = g_ptr_array_copy (precedents, NULL, NULL);
  LinliRuleAnswer *rule;
  gboolean provisional;

  g_ptr_array_set_free_func (latest, NULL);
  g_ptr_array_sort (latest, compare_precedents);
  self->precedents = g_ptr_array_new ();
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  rule = ask_rules (self, facts, live_units, rules);
  provisional = rule != NULL && !linli_row_is_null (rule->rule, LINLI_ROUTING_RULE_LATER_UNIT_ID);

  if (decide_by_precedents (self, facts, live_units, latest, found_here, FALSE, LINLI_ROUTE_BY_PLACE) ||
      ((rule == NULL || provisional) &&
       decide_by_precedents (self, facts, live_units, latest, found_nearby, FALSE, LINLI_ROUTE_BY_COMMUNITY)))
    pass_over (rule);
  else if (rule != NULL)
    decide_by_rule (self, rule, live_units);
  else if (!decide_by_precedents (self, facts, live_units, latest, settled_nearby, TRUE, LINLI_ROUTE_BY_HABIT) &&
           !decide_by_item (self, item, live_units) &&
           !decide_by_precedents (self, facts, live_units, latest, settled_nearby, FALSE, LINLI_ROUTE_BY_HABIT))
    decide_by_precedents (self, facts, live_units, latest, settled_anywhere, FALSE, LINLI_ROUTE_BY_ELSEWHERE);
  add_assistants (self, item, live_units);

  return self;
}
