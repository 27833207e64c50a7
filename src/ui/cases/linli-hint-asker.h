/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hints.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Asks for hints when somebody pauses while typing; the next key calls an
 * unfinished question back. */
#define LINLI_TYPE_HINT_ASKER (linli_hint_asker_get_type ())
G_DECLARE_FINAL_TYPE (LinliHintAsker, linli_hint_asker, LINLI, HINT_ASKER, GObject)

/* Returns: (transfer full): what is known of the matter now */
typedef LinliHintQuestion *(*LinliHintQuestionFunc) (gpointer data);

LinliHintAsker *linli_hint_asker_new   (LinliUiContext        *context,
                                        LinliHintQuestionFunc  func,
                                        gpointer               data);
void            linli_hint_asker_touch (LinliHintAsker        *self);
void            linli_hint_asker_stop  (LinliHintAsker        *self);

G_END_DECLS
