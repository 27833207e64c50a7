/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* Which unit a matter should go to, and why: a pure function of what is known
 * about the case, of the rules and of what earlier cases taught. Questions are
 * asked in a fixed order, and the first that has an answer decides:
 *
 *   1. findings at the same place     whose the thing there turned out to be
 *   2. the rules, in their order      the first that fits; a rule that knows no
 *                                     owner yet (先补后认) lets 3 go first
 *   3. findings in the same community
 *   4. settled cases                  where one unit has settled most of the same
 *                                     kind in the same community, more than once
 *   5. the duty list                  the lead unit of the leaf
 *   6. settled cases, however few     there, else anywhere
 *
 * Every count behind a decision is exact, and every rule that did not decide
 * has a reason. */

typedef struct
{
  const char *item;       /* (nullable) code of the leaf */
  GHashTable *attributes; /* (nullable) code -> value */
  const char *community;  /* (nullable) */
  const char *place;      /* (nullable) in words */
  const char *place_id;   /* (nullable) */
  const char *grid;       /* (nullable) */
  const char *urgency;    /* (nullable) */
  const char *channel;    /* (nullable) code */
  char        day[11];    /* 2026-02-14, of the centre, on which it came */
  int         minute;     /* of that day */
  const char *names;      /* (nullable) what else the place is called, and what it stands in */
} LinliRouteFacts;

typedef enum
{
  LINLI_PRECEDENT_OWNER,   /* 权属认定 recorded */
  LINLI_PRECEDENT_RULING,  /* 裁决 */
  LINLI_PRECEDENT_REROUTE, /* recalled or returned, then kept by another unit */
  LINLI_PRECEDENT_SETTLED, /* done by the unit it was sent to */
} LinliPrecedentKind;

/* What an earlier case of the same leaf teaches. */
typedef struct _LinliPrecedent LinliPrecedent;
struct _LinliPrecedent
{
  LinliPrecedentKind kind;
  char              *case_id;
  char              *case_no;
  char              *unit_id;
  char              *unit_name;
  GHashTable        *attributes; /* (nullable) code -> value */
  char              *community;  /* (nullable) */
  char              *place;      /* (nullable) */
  char              *place_id;   /* (nullable) */
  gint64             at;
  LinliPrecedent    *lender;     /* (owned) (nullable): of a copy: whose the texts are */
};

typedef enum
{
  LINLI_RULE_FITS,
  LINLI_RULE_OFF,        /* switched off */
  LINLI_RULE_DATES,      /* not yet, or no longer */
  LINLI_RULE_ITEM,       /* for other leaves */
  LINLI_RULE_ATTRIBUTE,  /* the attribute named has another value, or none */
  LINLI_RULE_COMMUNITY,
  LINLI_RULE_PLACE,
  LINLI_RULE_GRID,
  LINLI_RULE_URGENCY,
  LINLI_RULE_CHANNEL,
  LINLI_RULE_TIME,       /* of day */
  LINLI_RULE_UNIT,       /* its lead unit no longer takes cases */
  LINLI_RULE_LATER,      /* it would have fitted, but another answer came first */
} LinliRuleOutcome;

/* What became of one rule. */
typedef struct
{
  LinliRow         *rule;      /* (owned) */
  LinliRuleOutcome  outcome;
  char             *attribute; /* (nullable) code of the attribute that decided */
  char             *wanted;    /* (nullable) what the rule wants, in words of the data */
  char             *got;       /* (nullable) what the case has */
} LinliRuleAnswer;

typedef enum
{
  LINLI_ROUTE_BY_NOTHING, /* nobody can be proposed */
  LINLI_ROUTE_BY_PLACE,
  LINLI_ROUTE_BY_RULE,
  LINLI_ROUTE_BY_COMMUNITY,
  LINLI_ROUTE_BY_HABIT,
  LINLI_ROUTE_BY_ITEM,
  LINLI_ROUTE_BY_ELSEWHERE,
} LinliRouteReason;

typedef struct
{
  LinliRouteReason reason;
  char            *lead_id;      /* (nullable) */
  char            *lead_name;    /* (nullable): of a precedent; a rule and an item know ids only */
  char            *assist_ids;   /* (nullable) separated by spaces */
  char            *instruction;  /* (nullable) */
  char            *later_id;     /* (nullable) unit that finds out the owner afterwards */
  LinliRow        *rule;         /* (owned) (nullable) the one that decided */
  GPtrArray       *precedents;   /* (owned) (element-type LinliPrecedent) (elements unowned): those that decided, latest first */
  guint            n_for;        /* precedents for the lead */
  guint            n_all;        /* precedents that were counted */
  GPtrArray       *rules;        /* (owned) (element-type LinliRuleAnswer) every rule, in order */
} LinliRoute;

LinliRoute     *linli_route               (const LinliRouteFacts *facts,
                                           GPtrArray             *rules,
                                           GHashTable            *live_units,
                                           GPtrArray             *precedents,
                                           LinliRow              *item);
void            linli_route_free          (LinliRoute            *self);
LinliPrecedent *linli_precedent_new       (LinliPrecedentKind     kind);
LinliPrecedent *linli_precedent_copy      (LinliPrecedent        *self);
void            linli_precedent_free      (LinliPrecedent        *self);
const char     *linli_route_reason_to_id  (LinliRouteReason       reason);
const char     *linli_rule_outcome_to_id  (LinliRuleOutcome       outcome);
const char     *linli_precedent_kind_to_id (LinliPrecedentKind    kind);

/* Whether the leaf @item stands under @codes, codes separated by spaces. */
gboolean        linli_item_is_among       (const char            *item,
                                           const char            *codes);
GHashTable     *linli_rule_dup_attributes (LinliRow            *rule);
void            linli_rule_ask            (LinliRow              *rule,
                                           const LinliRouteFacts *facts,
                                           GHashTable            *live_units,
                                           LinliRuleAnswer       *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliRoute, linli_route_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPrecedent, linli_precedent_free)

G_END_DECLS
