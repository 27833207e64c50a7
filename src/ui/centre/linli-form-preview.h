/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"

G_BEGIN_DECLS

/* What a form would do if it were handed in now, said beside its fields while
 * they are filled in. */

/* In the read lane. @args: as the command takes them. Returns: (transfer full):
 * the effect in words; %NULL with @error, whose words are shown instead */
typedef char *(*LinliEffectFunc) (LinliConn  *conn,
                                  JsonObject *args,
                                  gint64      now,
                                  GError    **error);

void linli_form_preview_attach (LinliActionDialog *dialog,
                                LinliUiContext    *context,
                                LinliEffectFunc    effect,
                                LinliCollectFunc   collect,
                                gpointer           collect_data);
/* @result: what the command told. Returns: (transfer full): the same in words */
typedef char *(*LinliTrialWordsFunc) (JsonObject     *result,
                                      LinliUiContext *context);

void linli_form_preview_attach_trial (LinliActionDialog  *dialog,
                                LinliUiContext     *context,
                                const char         *command,
                                LinliTrialWordsFunc words,
                                LinliCollectFunc    collect,
                                gpointer            collect_data);
void linli_form_preview_update (LinliActionDialog *dialog);

G_END_DECLS
