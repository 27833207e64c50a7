/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"

G_BEGIN_DECLS

/* What a new answer starts from. */
typedef struct
{
  const char *question;
  const char *reply;
  const char *item_code;
} LinliAnswerProposal;

LinliActionDialog *linli_answer_dialog_new (LinliUiContext            *context,
                                            LinliRow                  *answer,
                                            const LinliAnswerProposal *proposal);

G_END_DECLS
