/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A search line, understood. Words and operators are all joined by "and";
 * repeating state: adds states. What cannot be understood becomes a plain
 * word, and a warning says so: a search is never silently empty. */

/* Where a word is looked for. */
typedef enum
{
  LINLI_CASE_FIELD_ANY,
  LINLI_CASE_FIELD_PEOPLE,  /* 人: name, initials, telephone of a resident */
  LINLI_CASE_FIELD_UNIT,    /* 单位 */
  LINLI_CASE_FIELD_ITEM,    /* 事项 */
  LINLI_CASE_FIELD_CHANNEL, /* 渠道 */
  LINLI_CASE_FIELD_OWNER,   /* 负责: "me" or an account id */
} LinliCaseField;

typedef struct
{
  LinliCaseField field;
  char          *text;
  gboolean       excluded;
} LinliCaseTerm;

typedef enum
{
  LINLI_CASE_WARNING_UNKNOWN_OPERATOR, /* "foo:bar": searched as words */
  LINLI_CASE_WARNING_UNKNOWN_VALUE,    /* "state:foo", "due:foo": searched as words */
  LINLI_CASE_WARNING_NOT_SEARCHABLE,   /* punctuation only: left out */
  LINLI_CASE_WARNING_TOO_LONG,         /* left out */
} LinliCaseWarningKind;

typedef struct
{
  LinliCaseWarningKind kind;
  char                *text; /* the piece of the line it is about */
} LinliCaseWarning;

/* A span of time, microseconds UTC: from <= t < before; 0 is no bound. */
typedef struct
{
  gint64 from;
  gint64 before;
} LinliTimeSpan;

typedef struct
{
  GPtrArray    *terms;        /* LinliCaseTerm */
  guint         states;       /* set, see linli-case-state.h */
  guint         wanted;       /* what the line names, before exclusions; 0: every state */
  guint         unwanted;
  int           overdue;      /* 1 only overdue, -1 only others, 0 all */
  gboolean      has_due;
  LinliTimeSpan due;
  gboolean      has_received;
  LinliTimeSpan received;
  gint64        now;
  char         *actor;        /* (nullable): whom "me" means */
  GPtrArray    *warnings;     /* LinliCaseWarning */
} LinliCaseQuery;

LinliCaseQuery *linli_case_query_parse (const char     *line,
                                        gint64          now,
                                        GTimeZone      *zone,
                                        const char     *actor);
void            linli_case_query_free  (LinliCaseQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseQuery, linli_case_query_free)

G_END_DECLS
