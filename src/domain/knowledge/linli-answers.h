/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* An answer as a list shows it. */
typedef struct
{
  LinliRow *row;    /* (owned) */
  char     *owner;  /* (owned) (nullable): name of the unit */
  char     *item;   /* (owned) (nullable): name of the leaf */
  gint64    n_uses; /* cases it closed */
  gint64    used_at; /* last; 0 when never */
  gboolean  valid;  /* today */
  gboolean  early;  /* not yet, rather than no longer */
  double    score;  /* how well it fits what was asked, 0 to 1 */
} LinliAnswer;

char      *linli_answer_today  (LinliConn  *conn,
                                gint64      now,
                                GError    **error);
gboolean   linli_answer_is_valid (LinliRow *row,
                                const char *today);
char      *linli_answer_dup_title (LinliRow *row);
GPtrArray *linli_answers_load  (LinliConn  *conn,
                                const char *typed,
                                gint64      now,
                                GError    **error);
GPtrArray *linli_answers_match (LinliConn  *conn,
                                const char *text,
                                gint64      now,
                                guint       limit,
                                GError    **error);
double     linli_answer_fit    (const char *questions,
                                const char *text);
void       linli_answer_free   (LinliAnswer *self);

G_END_DECLS
