/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What is said about returning, ruling, extending and suspending. All words
 * are owned by the caller unless they are constant. */

const char *linli_suspension_cause_words (const char     *cause);
const char *linli_handling_value_words   (const char     *name,
                                          const char     *value);
char       *linli_date_words             (const char     *date);
char       *linli_return_words           (LinliRow       *note);
char       *linli_return_window_words    (LinliCaseSheet *sheet,
                                          const char     *dispatch,
                                          LinliUiContext *context);
char       *linli_request_words          (LinliRow       *request);
char       *linli_request_waits_words    (LinliRow       *request);
char       *linli_extended_words         (gint64          n);
char       *linli_returned_words         (gint64          n);
char       *linli_clock_extension_words  (LinliRow       *clock,
                                          LinliUiContext *context);
char       *linli_clock_pause_words      (LinliRow       *clock,
                                          LinliCaseSheet *sheet,
                                          LinliUiContext *context);

G_END_DECLS
