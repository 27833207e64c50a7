/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-learn.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* What is known of the leaves of the duty list: their names and residents'
 * words for them, and what was learned from settled cases. Frozen; any thread
 * may ask. */
typedef struct _LinliLeafKnowledge LinliLeafKnowledge;

/* Why a leaf is suggested. */
typedef enum
{
  LINLI_LEAF_BY_NAME,  /* the text says its name */
  LINLI_LEAF_BY_ALIAS, /* the text says a resident's word for it */
  LINLI_LEAF_BY_CASES, /* settled cases of it use the same words */
  LINLI_LEAF_BY_LIST,  /* what the duty list says of it has the same words */
} LinliLeafReason;

typedef struct
{
  LinliRow        *item;     /* (owned) the leaf in force */
  LinliLeafReason  reason;
  char            *words[3]; /* (owned) (nullable): what of the text speaks for it */
  guint            n_cases;  /* settled ones that use the first word */
  double           score;
} LinliLeafSuggestion;

LinliLeafKnowledge *linli_leaf_knowledge_read    (LinliConn          *conn,
                                                  const char         *folder,
                                                  GError            **error);
LinliLeafKnowledge *linli_leaf_knowledge_ref     (LinliLeafKnowledge *self);
void                linli_leaf_knowledge_unref   (LinliLeafKnowledge *self);
gboolean            linli_leaf_knowledge_is_stale (LinliLeafKnowledge *self);
gboolean            linli_leaf_knowledge_has_model (LinliLeafKnowledge *self);
GPtrArray          *linli_leaf_knowledge_examples (LinliLeafKnowledge *self);
gboolean            linli_leaf_examples_page     (LinliConn          *conn,
                                                  GPtrArray          *examples,
                                                  GHashTable         *counts,
                                                  gint64             *before,
                                                  GError            **error);
LinliLeafKnowledge *linli_leaf_knowledge_learn   (LinliLeafKnowledge *self,
                                                  GPtrArray          *examples,
                                                  const char         *folder,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
GPtrArray          *linli_leaf_knowledge_suggest (LinliLeafKnowledge *self,
                                                  const char         *text,
                                                  guint               limit);
void                linli_leaf_suggestion_free   (LinliLeafSuggestion *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliLeafKnowledge, linli_leaf_knowledge_unref)

G_END_DECLS
