/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* The commands by theme, one file each; linli-case-commands.c lists them. */

#define LINLI_DECLARE_CASE_COMMAND(name) \
  extern const LinliArgSpec linli_case_##name##_args[]; \
  gboolean linli_case_##name##_run (LinliCommandContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_CASE_COMMAND (intake)
LINLI_DECLARE_CASE_COMMAND (accept)
LINLI_DECLARE_CASE_COMMAND (classify)
LINLI_DECLARE_CASE_COMMAND (edit)
LINLI_DECLARE_CASE_COMMAND (assign)
LINLI_DECLARE_CASE_COMMAND (dispatch)
LINLI_DECLARE_CASE_COMMAND (assist)
LINLI_DECLARE_CASE_COMMAND (recall)
LINLI_DECLARE_CASE_COMMAND (release)
LINLI_DECLARE_CASE_COMMAND (sign)
LINLI_DECLARE_CASE_COMMAND (contact)
LINLI_DECLARE_CASE_COMMAND (work)
LINLI_DECLARE_CASE_COMMAND (done)
LINLI_DECLARE_CASE_COMMAND (review)
LINLI_DECLARE_CASE_COMMAND (close)
LINLI_DECLARE_CASE_COMMAND (decline)
LINLI_DECLARE_CASE_COMMAND (withdraw)
LINLI_DECLARE_CASE_COMMAND (note)
LINLI_DECLARE_CASE_COMMAND (attach)
LINLI_DECLARE_CASE_COMMAND (detach)

/* What several of them share. */
LinliRow *linli_case_find_leaf      (LinliCommandContext *context,
                                     const char          *code,
                                     GError             **error);
void      linli_case_set_leaf       (LinliRow            *row,
                                     LinliRow            *item);
gboolean  linli_case_register       (LinliCaseFile       *file,
                                     LinliRow            *item,
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
LinliRow *linli_case_find_appellant (LinliCommandContext *context,
                                     JsonObject          *appellant,
                                     GError             **error);

extern const char *const linli_case_urgencies[];
extern const char *const linli_case_lanes[];
extern const char *const linli_case_audiences[];

G_END_DECLS
