/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* The commands by theme, one file each; linli-case-commands.c lists them. */

#define LINLI_DECLARE_COMMAND(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  gboolean linli_##name##_run (LinliCommandContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_COMMAND (case_intake)
LINLI_DECLARE_COMMAND (case_accept)
LINLI_DECLARE_COMMAND (case_classify)
LINLI_DECLARE_COMMAND (case_edit)
LINLI_DECLARE_COMMAND (case_assign)
LINLI_DECLARE_COMMAND (case_dispatch)
LINLI_DECLARE_COMMAND (case_assist)
LINLI_DECLARE_COMMAND (case_recall)
LINLI_DECLARE_COMMAND (case_release)
LINLI_DECLARE_COMMAND (case_sign)
LINLI_DECLARE_COMMAND (case_contact)
LINLI_DECLARE_COMMAND (case_work)
LINLI_DECLARE_COMMAND (case_done)
LINLI_DECLARE_COMMAND (case_review)
LINLI_DECLARE_COMMAND (case_close)
LINLI_DECLARE_COMMAND (case_decline)
LINLI_DECLARE_COMMAND (case_supervise)
LINLI_DECLARE_COMMAND (case_explain)
LINLI_DECLARE_COMMAND (case_lift)
LINLI_DECLARE_COMMAND (case_notify)
LINLI_DECLARE_COMMAND (case_callback)
LINLI_DECLARE_COMMAND (case_waive_evidence)
LINLI_DECLARE_COMMAND (case_redo)
LINLI_DECLARE_COMMAND (supervision_rule)
LINLI_DECLARE_COMMAND (case_withdraw)
LINLI_DECLARE_COMMAND (case_answer)
LINLI_DECLARE_COMMAND (case_note)
LINLI_DECLARE_COMMAND (case_attach)
LINLI_DECLARE_COMMAND (case_detach)
LINLI_DECLARE_COMMAND (case_mark_confidential)
LINLI_DECLARE_COMMAND (case_unmark_confidential)
LINLI_DECLARE_COMMAND (case_return)
LINLI_DECLARE_COMMAND (case_rule)
LINLI_DECLARE_COMMAND (case_ask_extension)
LINLI_DECLARE_COMMAND (case_ask_suspension)
LINLI_DECLARE_COMMAND (case_withdraw_request)
LINLI_DECLARE_COMMAND (case_decide_extension)
LINLI_DECLARE_COMMAND (case_decide_suspension)
LINLI_DECLARE_COMMAND (case_suspend)
LINLI_DECLARE_COMMAND (case_resume)
LINLI_DECLARE_COMMAND (case_resume_due)
LINLI_DECLARE_COMMAND (case_merge)
LINLI_DECLARE_COMMAND (case_unmerge)
LINLI_DECLARE_COMMAND (case_split)
LINLI_DECLARE_COMMAND (import_start)
LINLI_DECLARE_COMMAND (case_import)
LINLI_DECLARE_COMMAND (import_finish)
LINLI_DECLARE_COMMAND (import_undo)
LINLI_DECLARE_COMMAND (view_save)
LINLI_DECLARE_COMMAND (view_move)
LINLI_DECLARE_COMMAND (view_remove)
LINLI_DECLARE_COMMAND (clock_recompute)

/* What several of them share. */
LinliRow *linli_case_find_leaf      (LinliCommandContext *context,
                                     const char          *code,
                                     GError             **error);
void      linli_case_set_leaf       (LinliRow            *row,
                                     LinliRow            *item);
const char *linli_case_leaf_name    (LinliRow            *item);
gboolean  linli_case_send           (LinliCaseFile       *file,
                                     const char          *unit,
                                     JsonObject          *args,
                                     GError             **error);
gboolean  linli_case_end_part       (LinliCaseFile       *file,
                                     LinliRow            *part,
                                     LinliPartState       state,
                                     const char          *reason,
                                     GError             **error);
gboolean  linli_case_end_round      (LinliCaseFile       *file,
                                     const char          *reason,
                                     GError             **error);
gboolean  linli_case_register       (LinliCaseFile       *file,
                                     LinliRow            *item,
                                     JsonObject          *args,
                                     GError             **error);
gboolean  linli_case_refuse_catch_all (LinliCaseFile     *file,
                                     GError             **error);
gboolean  linli_case_add_attachment (LinliCaseFile       *file,
                                     JsonObject          *attachment,
                                     const char          *field,
                                     const char          *audience,
                                     const char          *submission,
                                     const char          *entry,
                                     char               **id,
                                     GError             **error);
gboolean  linli_case_discard_draft  (LinliCommandContext *context,
                                     JsonObject          *args,
                                     GError             **error);
LinliRow *linli_case_start_round    (LinliCaseFile       *file,
                                     const char          *lead,
                                     JsonObject          *args,
                                     const char          *instruction,
                                     GPtrArray           *assistants,
                                     GError             **error);
gboolean  linli_case_check_seen     (LinliCommandContext *context,
                                     LinliRow            *row,
                                     const char          *field,
                                     GError             **error);
LinliRow *linli_case_find_appellant (LinliCommandContext *context,
                                     JsonObject          *appellant,
                                     GError             **error);

extern const char *const linli_case_urgencies[];
extern const char *const linli_case_lanes[];
extern const char *const linli_case_audiences[];

gboolean linli_case_edit_fill (LinliTx    *tx,
                               JsonObject *args,
                               GError    **error);

G_END_DECLS
