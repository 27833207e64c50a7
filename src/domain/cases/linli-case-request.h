/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* What asking, deciding and suspending share. */

gboolean linli_case_open_request          (LinliCaseFile *file,
                                           LinliRow     **request,
                                           GError       **error);
gboolean linli_case_add_request_entry     (LinliCaseFile *file,
                                           LinliRow      *request,
                                           const char    *step,
                                           const char    *body,
                                           LinliPayload  *payload,
                                           GError       **error);
gboolean linli_case_find_resolve          (LinliCaseFile *file,
                                           LinliRow     **clock,
                                           GError       **error);
gboolean linli_case_check_extensions_left (LinliCaseFile *file,
                                           const char    *field,
                                           GError       **error);
gboolean linli_case_find_opening          (LinliCaseFile *file,
                                           const char    *date,
                                           gint64        *opening,
                                           GError       **error);
gboolean linli_case_begin_suspension      (LinliCaseFile *file,
                                           const char    *cause,
                                           const char    *reason,
                                           const char    *date,
                                           GError       **error);

G_END_DECLS
