/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-commands-private.h"
#include "linli-closing-tables.h"

G_BEGIN_DECLS

/* Shared by the commands that lead a case to its end, or back from it. */

gboolean       linli_check_four_eyes      (LinliCaseFile       *file,
                                           GError             **error);
gboolean       linli_check_evidence       (LinliCaseFile       *file,
                                           const char          *field,
                                           GError             **error);
GPtrArray     *linli_load_submissions     (LinliCaseFile       *file,
                                           GError             **error);
LinliRow      *linli_find_submission      (GPtrArray           *submissions,
                                           const char          *id,
                                           GError             **error);
gboolean       linli_check_called_back    (LinliCaseFile       *file,
                                           gboolean             all,
                                           GError             **error);
gboolean       linli_sum_up_callbacks    (LinliCaseFile       *file,
                                           GError             **error);
gboolean       linli_close_case           (LinliCaseFile       *file,
                                           const char          *reply,
                                           GError             **error);
gboolean       linli_redo_case            (LinliCaseFile       *file,
                                           JsonObject          *args,
                                           const char          *reason,
                                           GError             **error);
LinliCaseFile *linli_take_again           (LinliCommandContext *context,
                                           const char          *id,
                                           gboolean            *reopened,
                                           GError             **error);
gboolean       linli_link_again           (LinliCaseFile       *file,
                                           const char          *earlier,
                                           GError             **error);

G_END_DECLS
