/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LINLI_LIMIT_ERROR (linli_limit_error_quark ())

typedef enum
{
  LINLI_LIMIT_ERROR_UNREADABLE, /* no limit could be made of it */
} LinliLimitError;

GQuark linli_limit_error_quark (void);

/* What a limit is counted in. Working time passes while the calendar says so,
 * clock time passes always. */
typedef enum
{
  LINLI_LIMIT_MINUTE,        /* 分钟: a sixtieth of a working hour */
  LINLI_LIMIT_WORKING_HOUR,  /* 工作时 */
  LINLI_LIMIT_WORKING_DAY,   /* 工作日 */
  LINLI_LIMIT_URGENT_MINUTE, /* 紧急分钟: clock time */
  LINLI_LIMIT_URGENT_HOUR,   /* 紧急工作时: clock time, nights and holidays included */
  LINLI_LIMIT_HOUR,          /* 自然时: clock time */
  LINLI_LIMIT_DAY,           /* 自然日: clock time */
} LinliLimitUnit;

#define LINLI_LIMIT_N_UNITS (LINLI_LIMIT_DAY + 1)

/* An amount of time as a rule states it. */
typedef struct
{
  gint64         amount; /* whole units; negative counts backwards */
  LinliLimitUnit unit;
} LinliTerm;

/* More than any rule grants, in any unit; arithmetic stays far from overflow. */
#define LINLI_TERM_MAX 1000000

/* A limit as someone typed it. */
typedef struct
{
  LinliTerm term;
  gint64    least;     /* lower end of a range, in the same unit; equal to the amount otherwise */
  gboolean  assumed;   /* working or clock time was not written, and was assumed */
  char     *qualifier; /* (owned) (nullable): when it applies: 种植季节, 塌陷 */
  char     *source;    /* (owned) the text it was read from, untouched */
} LinliLimit;

/* What 2小时 and 3天 mean, when nobody wrote 工作 or 自然. */
typedef enum
{
  LINLI_BARE_IS_CLOCK,   /* as the law reads hours and days */
  LINLI_BARE_IS_WORKING, /* as many cities' handling standards mean them */
} LinliBareUnit;

typedef struct
{
  GArray    *limits; /* (owned) LinliLimit, in the order of the text */
  GPtrArray *rest;   /* (owned) char *: pieces that are no limit, untouched, in order */
} LinliLimitText;

LinliLimitText *linli_limit_text_parse (const char     *text,
                                        LinliBareUnit   bare);
void            linli_limit_text_free  (LinliLimitText *parsed);
const LinliLimit *linli_limit_text_choose (const LinliLimitText *parsed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliLimitText, linli_limit_text_free)

const char     *linli_limit_unit_to_id     (LinliLimitUnit  unit);
gboolean        linli_limit_unit_from_id   (const char     *id,
                                            LinliLimitUnit *unit);
gboolean        linli_limit_unit_is_working (LinliLimitUnit unit);
gboolean        linli_limit_unit_is_days   (LinliLimitUnit  unit);
char           *linli_term_to_zh           (LinliTerm       term);
char           *linli_term_to_en           (LinliTerm       term);
JsonObject     *linli_term_to_json         (LinliTerm       term);
gboolean        linli_term_from_json       (JsonObject     *object,
                                            LinliTerm      *term,
                                            GError        **error);

G_END_DECLS
