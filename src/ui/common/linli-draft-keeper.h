/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-request.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Keeps what is being typed in one form as one row of the store: stored less
 * than a second after the key was pressed, and when the form goes away. */
#define LINLI_TYPE_DRAFT_KEEPER (linli_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (LinliDraftKeeper, linli_draft_keeper, LINLI, DRAFT_KEEPER, GObject)

/* Returns: (transfer full) (nullable): the fields as typed; %NULL when nothing is */
typedef LinliRequest *(*LinliDraftBody) (gpointer form);

LinliDraftKeeper *linli_draft_keeper_new     (LinliStore       *store,
                                              const char       *kind,
                                              const char       *subject,
                                              const char       *id,
                                              LinliDraftBody    body,
                                              gpointer          form);
const char       *linli_draft_keeper_get_id  (LinliDraftKeeper *self);
gboolean          linli_draft_keeper_has_row (LinliDraftKeeper *self);
void              linli_draft_keeper_touch   (LinliDraftKeeper *self);
void              linli_draft_keeper_flush   (LinliDraftKeeper *self);
void              linli_draft_keeper_rest    (LinliDraftKeeper *self);
void              linli_draft_keeper_discard (LinliDraftKeeper *self);
void              linli_draft_keeper_leave   (LinliDraftKeeper *self);

G_END_DECLS
