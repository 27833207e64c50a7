/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-leaf-knowledge.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Keeps what is known of the leaves up to date for an open store: reads what
 * was learned before, learns again in the background when the list changed or
 * cases were settled, and keeps it in the store's folder. */
#define LINLI_TYPE_SUGGESTER (linli_suggester_get_type ())
G_DECLARE_FINAL_TYPE (LinliSuggester, linli_suggester, LINLI, SUGGESTER, GObject)

LinliSuggester     *linli_suggester_new           (LinliStore     *store);
LinliLeafKnowledge *linli_suggester_get_knowledge (LinliSuggester *self);
gboolean            linli_suggester_is_learning   (LinliSuggester *self);
void                linli_suggester_stop          (LinliSuggester *self);

G_END_DECLS
