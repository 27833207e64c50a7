/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-duplicates.h"
#include "linli-leaf-knowledge.h"

G_BEGIN_DECLS

/* What there is to say about a matter while it is being typed. */
typedef struct
{
  GPtrArray *leaves;     /* element-type LinliLeafSuggestion */
  GPtrArray *duplicates; /* element-type LinliDuplicate */
  GPtrArray *answers;    /* element-type LinliAnswer */
} LinliHints;

/* What is known of it so far; owned, so that it can go to another thread. */
typedef struct
{
  char  *text;
  char  *appellant; /* these are (nullable) */
  char  *name;
  char  *phone;
  char  *place;
  char  *place_id;
  char  *item_code;
  char  *leave_out;
  gint64 now;
  guint  days;
  LinliLeafKnowledge *knowledge; /* (owned) (nullable) */
} LinliHintQuestion;

LinliHintQuestion *linli_hint_question_new  (const char         *text,
                                             gint64              now,
                                             LinliLeafKnowledge *knowledge);
void               linli_hint_question_free (LinliHintQuestion  *self);
LinliHints        *linli_hints_find         (LinliConn          *conn,
                                             LinliHintQuestion  *question,
                                             GError            **error);
void               linli_hints_free         (LinliHints         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHints, linli_hints_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHintQuestion, linli_hint_question_free)

G_END_DECLS
